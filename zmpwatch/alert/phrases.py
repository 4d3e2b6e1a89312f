"""What a language must be able to say: words, and phrases made of facts. `polish` and `english` say it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from zmpwatch.alert.document import Line
from zmpwatch.alert.news import CountNews, Place, TownNews, Votes
from zmpwatch.model import Association, ChangeKind

__all__ = ["WARSAW", "Phrases", "date_parts", "of_towns"]

WARSAW = ZoneInfo("Europe/Warsaw")


def of_towns(association: Association) -> bool:
    """Whether members may be called towns, as in "381 miast"; else they are members."""
    return "miast " in f"{association.name.casefold()} "


def date_parts(iso: str) -> tuple[int, int, int]:
    """Year, month and day of a date that may be cut; 0 for what is missing."""
    year, month, day = ([int(p) for p in iso.split("-")] + [0, 0])[:3]
    return year, month, day


class Phrases(ABC):
    """One language. All strings that come in are clean; what goes out is escaped by `document`.

    Dates come as they are known (``"2025-02-28"``, ``"2025-02"``, ``"2025"``). Every number of members is told with
    `joining`: of those who join (True) or of those who leave.
    """

    language: ClassVar[str]

    # words
    conjunction: ClassVar[str]
    """Before the last of several: "and"."""
    at_hour: ClassVar[str]
    """Between day and hour: "at"."""
    without: ClassVar[str]
    """Before the names of those who left, in a subject."""
    earlier: ClassVar[str]
    """Before a step that has been passed."""
    balance_is: ClassVar[str]
    no_earlier_number: ClassVar[str]
    new_number_undated: ClassVar[str]
    """That it is not known of which day the new number is."""
    also_in_short: ClassVar[str]
    quotation_marks: ClassVar[tuple[str, str]]
    only_source: ClassVar[str]
    one_source: ClassVar[str]
    copy: ClassVar[str]
    no_copy: ClassVar[str]
    number_of_resolution_unknown: ClassVar[str]
    no_resolution_known: ClassVar[str]

    # -- what is put together the same way everywhere ------------------------------------------------------------------

    def enumeration(self, words: Sequence[str]) -> str:
        """Join words: "A", "A and B", "A, B and C"."""
        return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {self.conjunction} {words[-1]}"

    def day_of(self, moment: datetime) -> str:
        """The day in Poland."""
        return self.date(moment.astimezone(WARSAW).date().isoformat())

    def moment(self, moment: datetime) -> str:
        """Day and hour in Poland."""
        return f"{self.day_of(moment)} {self.at_hour} {self.clock(moment)}"

    # -- slots of the subject ----------------------------------------------------------------------------------------

    @abstractmethod
    def members(self, n: int, association: Association) -> str:
        """The number with its noun: "381 towns"."""

    @abstractmethod
    def others(self, n: int, association: Association, *, after_without: bool) -> str:
        """How many more there are behind those named: "5 others"."""

    @abstractmethod
    def name_after_without(self, place: Place) -> str:
        """The name in the form that `without` asks for."""

    @abstractmethod
    def names_unknown(self, n: int) -> str:
        """That no name is known of those whom the new number asks for."""

    @abstractmethod
    def more_unknown(self, n: int) -> str:
        """How many are not known by name beside those named."""

    @abstractmethod
    def names_in_check(self, n: int) -> str:
        """That no name is told since those there are still have to be checked."""

    @abstractmethod
    def more_in_check(self, n: int) -> str:
        """How many have names that are still to be checked, beside those named."""

    @abstractmethod
    def town_subject(self, town: TownNews) -> str:
        """The news of one municipality."""

    @abstractmethod
    def group(self, kind: ChangeKind, names: str, n: int, *, withdrawal: bool) -> str:
        """The same news of several municipalities, or of one beside others; `names` are joined already."""

    # -- slots of the count ------------------------------------------------------------------------------------------

    @abstractmethod
    def date(self, iso: str) -> str:
        """A date as precise as it is known: "28 February 2025", "February 2025", "2025"."""

    @abstractmethod
    def clock(self, moment: datetime) -> str:
        """The hour in Poland."""

    @abstractmethod
    def membership(self, association: Association) -> tuple[str, str]:
        """What stands before and after the number of members in the first sentence."""

    @abstractmethod
    def as_of(self, iso: str) -> str:
        """The day a number is from, in brackets."""

    @abstractmethod
    def previously(self, before: int, iso: str | None) -> str:
        """The number known before, a sentence."""

    @abstractmethod
    def read_on(self, site: str | None, moment: str) -> str:
        """Where and when the number was read."""

    @abstractmethod
    def confirmed(self, times: int) -> str:
        """That it was read again so many times."""

    @abstractmethod
    def does_not_add_up(self, count: CountNews, *, joining: bool) -> str:
        """That more are known by name than the numbers allow."""

    @abstractmethod
    def the_one_known(self, *, joining: bool) -> str:
        """That the only one is known by name."""

    @abstractmethod
    def the_one_unknown(self, *, joining: bool) -> str:
        """That the only one is not."""

    @abstractmethod
    def none_known(self, total: int, *, joining: bool) -> str:
        """That none of several is known by name."""

    @abstractmethod
    def some_known(self, known: int, total: int, *, joining: bool) -> str:
        """How many of several are."""

    @abstractmethod
    def all_known(self, total: int, *, joining: bool) -> str:
        """That all of several are."""

    @abstractmethod
    def none_told(self, total: int, *, joining: bool) -> str:
        """That none can be told by name yet."""

    @abstractmethod
    def names_being_checked(self, n: int) -> str:
        """How many names are still to be checked."""

    @abstractmethod
    def members_are(self, *, joining: bool, others: bool) -> str:
        """What stands before the list of new or former members."""

    @abstractmethod
    def more_places(self, n: int) -> str:
        """How many are left out of a list: "5 others"."""

    # -- slots of a municipality -------------------------------------------------------------------------------------

    @abstractmethod
    def lead(self, association: Association) -> Line:
        """What a message without a count is about."""

    @abstractmethod
    def proposed(self, iso: str | None, association: Association, *, withdrawal: bool) -> str:
        """That there is a draft resolution."""

    @abstractmethod
    def decided(self, iso: str | None, association: Association, *, passed: bool, withdrawal: bool) -> str:
        """That the council has passed the draft, or turned it down."""

    @abstractmethod
    def left(self, iso: str | None, place: Place, association: Association) -> str:
        """That it is no longer a member."""

    @abstractmethod
    def listed(self, iso: str | None) -> str:
        """That it stands on the list of members."""

    @abstractmethod
    def admitted(self, iso: str | None, place: Place) -> str:
        """That it has been admitted."""

    @abstractmethod
    def paper(self, number: str) -> str:
        """The number of a draft."""

    @abstractmethod
    def resolution(self, number: str | None, iso: str | None) -> str:
        """The council's resolution by number and date, one of them at least."""

    @abstractmethod
    def votes(self, votes: Votes) -> str:
        """Votes for, against and abstaining, as far as they are known."""

    @abstractmethod
    def voted(self, votes: str) -> str:
        """The votes, with what they are."""

    # -- slots of the rest -------------------------------------------------------------------------------------------

    @abstractmethod
    def many_sources(self, n: int) -> str:
        """That several sources say so."""

    @abstractmethod
    def more_quotes(self, n: int) -> str:
        """That `n` quotes are left out."""

    @abstractmethod
    def footer(self, recipient: str, version: str, number: str) -> list[Line]:
        """Whose subscription it is, and the number by which a repeated message is known."""
