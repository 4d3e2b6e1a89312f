"""Slips that a speaker takes back at once: "Gminy A – przepraszam, Gminy B – do Związku" is told of B alone."""

from __future__ import annotations

from itertools import pairwise

from zmpwatch.extract.towns.finding import Town
from zmpwatch.extract.uniform.cleantext import CleanText
from zmpwatch.extract.words.lazy import lazy

__all__ = ["without_slips"]

_SORRY = r"(?:przepraszam|wroc|pardon|pomylka|pomylilem\s+sie|pomylilam\s+sie|przejezyczylem\s+sie|sprostowanie|errata)"
_TAKEN_BACK = lazy(
    rf"\s*(?:…|\.\.\.)?\s*(?:-|,|\()\s*(?:(?:o|nie|ach|zaraz),?\s+)?{_SORRY}(?:,?\s+{_SORRY})?(?:\s+(?:w|na)\s+\w+)?(?:\s*[-,:)]\s*|\s)(?:(?:chodzi|mowa)\s+o\s+|(?:mialo|powinno)\s+byc\s+|o\s+)?"
)
_WORDS = ("przeprasz", "wroc", "pardon", "pomyl", "przejezycz", "sprostow", "errata")


def without_slips(text: CleanText, towns: list[Town]) -> list[Town]:
    """The towns of a text, in order, without those that the speaker takes back by naming another."""
    if not any(word in text.folded for word in _WORDS):
        return towns
    slips = {
        first.start for first, second in pairwise(towns) if _TAKEN_BACK.fullmatch(text.folded, first.end, second.start)
    }
    return [town for town in towns if town.start not in slips]
