"""Words for the index: without diacritics, in small letters, and beside each the base forms it may be a form of.

>>> folded_words("Rada Gminy Łódź przyjęła uchwałę nr XI/59/25")
['rada', 'gminy', 'lodz', 'przyjela', 'uchwale', 'nr', 'xi', '59', '25']
>>> sorted(lemmas_of("Hajnówce"))
['hajnowka']
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import combinations, islice, product
from threading import Lock
from typing import Any

from zmpwatch.register.names import fold

__all__ = ["analyser", "fold_word", "folded_words", "lemmas_looked_for", "lemmas_of", "spans", "words_of"]

RULES = "1"
"""Counted up when folding or cutting into words changes: older rows of the index are then made anew."""

LONGEST_WORD = 64
_WORD = re.compile(r"[^\W_]+")
_LOST = {"a": "ą", "c": "ć", "e": "ę", "l": "ł", "n": "ń", "o": "ó", "s": "ś", "z": "źż"}
_MOST_LOST = 4
_MOST_SPELLINGS = 2_048
"""Spellings tried for a word typed without diacritics: 25 ms at worst."""

_asking = Lock()


def spans(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each word as it stands, with where it begins and ends."""
    for found in _WORD.finditer(text):
        yield found[0], found.start(), found.end()


@lru_cache(maxsize=65_536)
def fold_word(word: str) -> str:
    """One word as the index has it; empty where nothing of it is a letter or digit."""
    return "".join(_WORD.findall(fold(word.casefold()).casefold()))[:LONGEST_WORD]


def folded_words(text: str) -> list[str]:
    """All words of a text as the index has them, in order."""
    return [folded for word, _, _ in spans(text) if (folded := fold_word(word))]


@lru_cache(maxsize=65_536)
def lemmas_of(word: str) -> frozenset[str]:
    """The base forms a word may belong to, folded; none where the dictionary does not know it."""
    if not word[:1].isalpha() or len(word) > LONGEST_WORD:
        return frozenset()
    with _asking:
        readings = _morfeusz().analyse(word)
    # a form with its own dictionary entry is "form:S"; what is cut from the end of a word (aglutination) begins later
    return frozenset(
        fold_word(lemma.partition(":")[0]) for start, _, (_, lemma, tag, *_) in readings if tag != "ign" and start == 0
    ) - {""}


@lru_cache(maxsize=4_096)
def lemmas_looked_for(word: str) -> frozenset[str]:
    """The base forms to look for when somebody types a word: one typed without diacritics may have lost some."""
    found = set(lemmas_of(word))
    lower = word.casefold()
    if lower.isascii():
        for spelling in islice(_spellings(lower), _MOST_SPELLINGS):
            found |= lemmas_of(spelling)
    return frozenset(found)


def analyser() -> str:
    """Names the rules and the dictionary that words are made by."""
    return f"{RULES} {_morfeusz().dict_id()}"


def words_of(content: str) -> tuple[str, str, str]:
    """What the index keeps of a text: the name of the analyser, its words in order, and their base forms."""
    lemmas: set[str] = set()
    for word in {word for word, _, _ in spans(content)}:
        lemmas |= lemmas_of(word)
    return analyser(), " ".join(folded_words(content)), " ".join(sorted(lemmas))


def _spellings(word: str) -> Iterator[str]:
    """The word with one lost diacritic put back, then with two, and so on."""
    places = [place for place, letter in enumerate(word) if letter in _LOST]
    for lost in range(1, min(len(places), _MOST_LOST) + 1):
        for chosen in combinations(places, lost):
            for letters in product(*(_LOST[word[place]] for place in chosen)):
                spelled = list(word)
                for place, letter in zip(chosen, letters, strict=True):
                    spelled[place] = letter
                yield "".join(spelled)


@cache
def _morfeusz() -> Any:
    import morfeusz2

    return morfeusz2.Morfeusz(generate=False, expand_tags=False)
