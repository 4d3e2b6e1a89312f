"""What messages need to know of municipalities: a view on the register."""

from __future__ import annotations

from typing import Literal, Protocol

__all__ = ["Case", "Gender", "Names"]

Case = Literal["nom", "gen", "dat", "acc", "inst", "loc"]
Gender = Literal["m", "f", "n", "pl"]


class Names(Protocol):
    """Names of municipalities by TERYT code, in the forms a sentence asks for.

    The service implements it with the register, which `zmpwatch.alert` must not import.
    """

    def name(self, teryt: str) -> str:
        """The official name: ``"Janów Lubelski"``."""
        ...

    def form(self, teryt: str, case: Case) -> str:
        """The name in a grammatical case: ``form(t, "gen") == "Janowa Lubelskiego"``."""
        ...

    def gender(self, teryt: str) -> Gender:
        """What verbs and adjectives agree with; ``"pl"`` for names such as Kielce."""
        ...

    def voivodeship(self, teryt: str) -> str:
        """The voivodeship: ``"podlaskie"``."""
        ...
