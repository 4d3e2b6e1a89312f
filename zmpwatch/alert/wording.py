"""What a language must be able to say; `polish` and `english` say it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

from zmpwatch.alert.document import Line
from zmpwatch.alert.news import CountNews, News, Place, Proof, TownNews
from zmpwatch.model import Association

__all__ = ["Wording", "of_towns"]


def of_towns(association: Association) -> bool:
    """Whether members may be called towns, as in "381 miast"; else they are members."""
    return "miast " in f"{association.name.casefold()} "


class Wording(ABC):
    """One language. All strings that come in are clean; what goes out is escaped by `document`."""

    language: str

    @abstractmethod
    def subject(self, news: News, association: Association) -> str:
        """The news in one line."""

    @abstractmethod
    def lead(self, association: Association) -> Line:
        """What a message without a count is about."""

    @abstractmethod
    def count(self, count: CountNews, association: Association) -> list[Line]:
        """The number, the one before, where and when it was read, by how many sources."""

    @abstractmethod
    def balance(self, count: CountNews) -> list[Line]:
        """How the new number follows from the old one, and who is known by name."""

    @abstractmethod
    def joined_elsewhere(self, places: Sequence[Place], *, others: bool, more: int) -> Line:
        """New members this message says nothing more of; `others` when it has told of some, `more` are left out."""

    @abstractmethod
    def left_elsewhere(self, places: Sequence[Place], *, others: bool, more: int) -> Line:
        """The same of former members."""

    @abstractmethod
    def town(self, town: TownNews, association: Association) -> list[Line]:
        """Where a municipality stands, the resolution, and what is not known."""

    @abstractmethod
    def evidence(self, proof: Proof, *, only: bool) -> str:
        """The sentence in quotation marks, where and when it was read, our copy; `only` when no other site says so."""

    @abstractmethod
    def sources(self, sites: Sequence[str]) -> str:
        """That one source says so, or which ones."""

    @abstractmethod
    def more_quotes(self, n: int) -> str:
        """That `n` quotes are left out."""

    @abstractmethod
    def more_towns(self, places: Sequence[Place], more: int) -> Line:
        """Municipalities whose block was left out, and how many are not even named."""

    @abstractmethod
    def footer(self, recipient: str, version: str, number: str) -> list[Line]:
        """Whose subscription it is, and the number by which a repeated message is known."""
