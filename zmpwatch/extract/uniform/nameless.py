"""A text in whose folded form no name of a town can be read as words.

"Nowego Miasta" speaks of no new town, "Starachowice" of nobody who tries, "Golub-Dobrzyń" is one word, and "Mława" no
verb. What a rule makes of a sentence must not hang on which town it tells of, so that each name stands there as one
word of letters that no Polish word has.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from zmpwatch.extract.towns.finding import Town
from zmpwatch.extract.uniform.cleantext import CleanText
from zmpwatch.extract.words.tokens import take_over

__all__ = ["without_names"]

_LETTER = "q"


def _word_like(name: str) -> str:
    if "\n" in name:
        return "\n".join(_LETTER * len(line) for line in name.split("\n"))
    return _LETTER * len(name)


def without_names(text: CleanText, towns: Iterable[Town]) -> CleanText:
    """The text with the names of these towns, in order, made one word each; titles ("Gmina") and line breaks stay."""
    pieces: list[str] = []
    spans: list[tuple[int, int]] = []
    position = 0
    for town in towns:
        if town.name_start < position:
            continue
        name = text.folded[town.name_start : town.end].removesuffix(".")
        pieces += (text.folded[position : town.name_start], _word_like(name))
        position = town.name_start + len(name)
        spans.append((town.name_start, position))
    if not spans:
        return text
    nameless = "".join((*pieces, text.folded[position:]))
    take_over(text.folded, nameless, spans)
    return replace(text, folded=nameless)
