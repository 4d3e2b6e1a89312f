"""A municipality of the register."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Municipality", "MunicipalityKind"]


class MunicipalityKind(StrEnum):
    """Kind of a gmina, named as the TERC register names it (the last digit of the code: 1, 2, 3)."""

    URBAN = "miejska"
    RURAL = "wiejska"
    MIXED = "miejsko-wiejska"


@dataclass(frozen=True, slots=True)
class Municipality:
    """One gmina, keyed by its 7-digit TERYT code; names are no key (226 are shared by 466 gminas)."""

    teryt: str
    name: str
    kind: MunicipalityKind
    powiat: str
    voivodeship: str
    is_city: bool
    """A town lies in it, so it may join an association of towns as one."""
    town_name: str | None = None
    seat: str | None = None

    def __str__(self) -> str:
        return self.name
