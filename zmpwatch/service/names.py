"""The register as messages see it."""

from __future__ import annotations

from zmpwatch.alert.names import Case, Gender
from zmpwatch.register import Register

__all__ = ["RegisterNames"]

_GENDERS: dict[str, Gender] = {"m": "m", "f": "f", "n": "n", "pl": "pl"}


class RegisterNames:
    """Implements `zmpwatch.alert.names.Names` with the register."""

    def __init__(self, register: Register) -> None:
        self._register = register

    def name(self, teryt: str) -> str:
        """The official name."""
        return self._register.by_teryt(teryt).name

    def form(self, teryt: str, case: Case) -> str:
        """The name in a grammatical case."""
        return self._register.form(self._register.by_teryt(teryt), case)

    def gender(self, teryt: str) -> Gender:
        """What verbs agree with."""
        return _GENDERS[self._register.gender(self._register.by_teryt(teryt))]

    def voivodeship(self, teryt: str) -> str:
        """The voivodeship."""
        return self._register.by_teryt(teryt).voivodeship
