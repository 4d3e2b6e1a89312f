"""What a person types into the search, as terms.

>>> [term.words for term in parse('"Związek Miast" Hajnówka -projekt uchwał*')]
['zwiazek miast', 'hajnowka', 'projekt', 'uchwal']
"""

from __future__ import annotations

import re

from zmpwatch.errors import ConfigError
from zmpwatch.service.searching.words import fold_word, folded_words, lemmas_looked_for, spans
from zmpwatch.store.searching import Term

__all__ = ["parse"]

MOST_TERMS = 32
LEAST_PREFIX = 2
LONGEST_QUERY = 2_000
# A minus and quotation marks are signs of the query where a word or phrase begins; the Polish pair of marks counts too.
_PART = re.compile(r"(?P<minus>-?)(?:[\"„”“](?P<phrase>[^\"„”“]*)[\"„”“]?|(?P<word>[^\s\"„”“]+))")


def parse(query: str) -> list[Term]:
    """The terms of a query; pages must have all of them.

    A word is found in all its forms, with or without diacritics; what stands in quotation marks, or is a number with
    signs in it (XI/59/25), is found word by word as it is; ``uchwał*`` is found by its beginning; what a minus stands
    before must not be on the page. All else has no meaning: no query is malformed.

    Raises:
        ConfigError: there is no word to look for, or there are too many.
    """
    if len(query) > LONGEST_QUERY:
        raise ConfigError(f"the text to search for has {len(query):,} characters, at most {LONGEST_QUERY:,} are taken")
    terms: list[Term] = []
    for part in _PART.finditer(query):
        excluded = bool(part["minus"])
        if part["phrase"] is not None:
            terms += _phrase(part["phrase"], excluded)
        else:
            terms += _words(part["word"], excluded)
    terms = list(dict.fromkeys(terms))
    if not any(not term.excluded for term in terms):
        raise ConfigError("nothing to search for: name at least one word that shall be on the page")
    if len(terms) > MOST_TERMS:
        raise ConfigError(f"{len(terms)} things to search for, at most {MOST_TERMS} are taken")
    return terms


def _phrase(text: str, excluded: bool) -> list[Term]:
    words = folded_words(text)
    return [Term(" ".join(words), excluded=excluded)] if words else []


def _words(text: str, excluded: bool) -> list[Term]:
    found = [word for word, _, _ in spans(text) if fold_word(word)]
    if not found:
        return []
    if len(found) > 1 and (excluded or any(character.isdigit() for character in text)):
        return _phrase(text, excluded)
    terms = [Term(fold_word(word), tuple(sorted(lemmas_looked_for(word))), excluded=excluded) for word in found]
    last = terms[-1].words
    if text.endswith("*") and len(last) >= LEAST_PREFIX:
        terms[-1] = Term(last, prefix=True, excluded=excluded)
    return terms
