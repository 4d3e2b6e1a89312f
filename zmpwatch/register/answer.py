"""What a look-up answers."""

from __future__ import annotations

from dataclasses import dataclass

from zmpwatch.model import Municipality

__all__ = ["Ambiguous", "Answer", "Found", "NotFound"]


@dataclass(frozen=True, slots=True)
class Found:
    """Exactly one municipality is meant."""

    municipality: Municipality


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several municipalities bear the name and nothing given decides between them."""

    candidates: tuple[Municipality, ...]


@dataclass(frozen=True, slots=True)
class NotFound:
    """No municipality bears the name."""


Answer = Found | Ambiguous | NotFound
