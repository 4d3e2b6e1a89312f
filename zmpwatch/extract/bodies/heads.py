"""Mentions of bodies by what they are: "Związek", "stowarzyszenie", "Unia Metropolii", "do niego".

Whether "Związek" is the association, only what was named before it can tell.
"""

from __future__ import annotations

import re

from zmpwatch.extract.bodies.body import BodyKind
from zmpwatch.extract.bodies.names import (
    FOREIGN,
    OTHER_ONLY,
    QUALIFIERS,
    adjective_before,
    english_before,
    extended,
    really_other,
)
from zmpwatch.extract.uniform.cleantext import CleanText
from zmpwatch.extract.uniform.folding import fold_letters
from zmpwatch.extract.words.beginnings import matches_at
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.tokens import kind_of_tokens, marked

__all__ = ["head_of", "heads", "is_description"]

_HEADS: tuple[tuple[str, str], ...] = (
    ("zwiazek", r"zwiaz(?:ek|ku|kowi|kiem)"),
    ("unia", r"uni(?:a|i|e)"),
    ("stowarzyszenie", r"stowarzyszeni(?:e|a|u|em)"),
    ("organizacja", r"organizacj(?:a|i|e)"),
    ("zrzeszenie", r"zrzeszeni(?:e|a|u|em)"),
    ("federacja", r"federacj(?:a|i|e)"),
    ("association", r"association"),
    ("union", r"union"),
)
_NAME_BEGINS = tuple((head, lazy(rf"(?:[a-z-]+\s+)?{pattern}\b")) for head, pattern in _HEADS)
_HEAD_PATTERN = lazy(
    r"(?<!\w)(?:"
    + "|".join(f"(?P<{head}>{pattern})" for head, pattern in _HEADS)
    + rf"|(?P<only>{'|'.join(OTHER_ONLY)}))(?!\w)"
)
_HEAD_BEGINNINGS = tuple(re.split("[^a-z]", each)[0] for each in (*(pattern for _, pattern in _HEADS), *OTHER_ONLY))
"""The letters that heads begin with before the first that may vary."""
_HEAD = kind_of_tokens(lambda token: token.startswith(_HEAD_BEGINNINGS))
_PRONOUNS = frozenset(("niego", "niej", "nim"))
_PRONOUN = kind_of_tokens(_PRONOUNS.__contains__)
_OF_IT = lazy(r"(?<!\w)(?:do|z|w|ze)$")
"""Before a pronoun: it may mean a body that a step leads into or out of."""
_NOT_SINGULAR = lazy(
    r"(?<!\w)(?:kilku|wielu|roznych|innych|(?:drug|trzec|czwart|piat|kolejn|now|pewn|lokaln|regionaln|branzow|podobn|tutejsz|miejscow|osobn|sasiedni|pokrewn|slask|dolnoslask|malopolsk|pomorsk|mazowieck|podkarpack|lubelsk|opolsk|mazursk|swietokrzysk|podlask|lodzk|lubusk)(?:ego|iego|ej|iej|emu|ym|im|a|ia|e|ie|y|i)|zadnej|zadnego|zadnym|ktorych|ktorego|ktorej|innej|inny|innego|innym|analogiczn\w+|jednej|ktorejs|drugiej|kazdej|szeregu|takiej)\s+$"
)
_AIMS = lazy(
    r",?\s+(?:promuj|wspieraj|zajmuj|opiekuj|prowadz|organizuj|chroni|popularyzuj|rozwijaj|dbaj|kultywuj|pielegnuj)ac\w+(?!\w)"
    r"|,\s+ktor\w+\s+(?:\w+\s+)?(?:promuj|wspiera|zajmuj|opiekuj|prowadzi|organizuj|chroni|popularyzuj|rozwija|dba)\w*(?!\w)"
)
"""As in "stowarzyszenie promujące szlaki wodne", "organizacja, która zajmuje się oświatą": some other body …"""
_IN_APPOSITION = lazy(r"(?:[,(-]|(?<!\w)(?:to|jest|jako|bedac\w*))\s*(?:\w+\s+)?$")
"""… unless it is: "Związek Miast Polskich, stowarzyszenie wspierające miasta", "jest organizacją, która"."""
_ORGANISING = lazy(
    r"\s+(?:\w+(?:ego|ej|ych|ich)\s+)?(?:zjazd|kongres|konferencj|impr[ea]z|koncert|wybor|zawod|obchod|spotka|szkole|prac[yo]|ruchu|festiwal|dni|turniej|konkurs|wydarze|uroczysto|przedsiewziec|gal[ai]|forum|wystaw|jarmark|wycieczk|transport)\w*"
)
_OF_SEVERAL = lazy(
    r"(?<!\w)(?:na|przez|te|dwa|trzy|cztery|oba|wszystkie|inne|rozne|liczne|kolejne|pozostale|lokalne|miejscowe)\s+$"
)
"""Before "stowarzyszenia" the accusative plural, or the nominative: never the genitive of one."""
_LITTLE = 3
_LETTER = lazy(r"\w")
_ENGLISH = ("association", "union")
_STOPS = lazy(r"\s*(?:[.,;:()\n]|$)")
_DESCRIPTION = lazy(
    r"(?:zwiazek|zwiazkiem|stowarzyszeni(?:e|em)|organizacja|zrzeszeni(?:e|em))\s{1,3}(?:gmin|miast)(?:\s{1,3}i\s{1,3}(?:gmin|miast)(?!\w))?"
)
"""Only as a predicate or a title; "do stowarzyszenia gmin" is some other body, unnamed."""
_IS = lazy(
    r"(?<!\w)(?:jest|to|jako|bedac\w*|pozostaje|stanowi)\s+(?:[a-z-]+\s+){0,3}$",
    "=jest",
    "=to",
    "=jako",
    "bedac",
    "=pozostaje",
    "=stanowi",
)
"""Before what only says what a body is."""
_QUALIFIED = lazy(rf"\s+(?:{QUALIFIERS})")
_QUALIFIER = lazy(r"\s+[\w-]+")
_EUROPEAN = lazy(r"\s+europejsk")
_IN, _WITH = lazy(r"(?<!\w)(?:w|zw\.)$"), lazy(r"(?<=zwiazku)\s+(?:z|ze)\s")


def is_description(surface: str) -> bool:
    """Whether two small words only describe, like "jest stowarzyszeniem miast"; longer ones are names anyhow."""
    return surface.islower() and _DESCRIPTION.fullmatch(fold_letters(surface)) is not None


def head_of(folded: str) -> str:
    """The kind of body that a folded name begins with, "other" where it is none of those known."""
    return next((head for head, pattern in _NAME_BEGINS if pattern.match(folded)), "other")


def _has_aims_of_its_own(folded: str, start: int, end: int) -> bool:
    """Whether what stands behind an unnamed body tells some other body."""
    return _AIMS.match(folded, end) is not None and _IN_APPOSITION.search(folded, max(0, start - 24), start) is None


def _stands_before(word: re.Pattern[str], folded: str, place: int) -> bool:
    """Whether a little word stands before a place, with blanks between."""
    end = place
    while end > 0 and folded[end - 1].isspace():
        end -= 1
    return end < place and word.search(folded, max(0, end - _LITTLE), end) is not None


def heads(text: CleanText, taken: bytearray) -> list[tuple[int, int, str, BodyKind]]:
    """The mentions that begin with a word for a kind of body, and pronouns that may stand for one.

    Args:
        text: the clean text.
        taken: for each letter whether a name has been found there; what begins in one is left out.

    Returns:
        Of each where it begins and ends, the kind of body, and whether it is another's or has no name of its own.
    """
    found: list[tuple[int, int, str, BodyKind]] = []
    folded = text.folded
    for match in matches_at(_HEAD_PATTERN, folded, [place for _, place in marked(folded, _HEAD)]):
        start, end = match.span()
        if taken[start]:
            continue
        head = match.lastgroup or "other"
        if head == "only":
            stop = extended(text, start, end)
            if really_other(text, start, match[0]):
                found.append((start, stop, "other", BodyKind.OTHER))
            continue
        if _WITH.match(folded, end) and _stands_before(_IN, folded, start):
            continue  # "w związku z awarią"
        if head == "unia" and not text.text[start].isupper():
            continue
        if match[0] == "stowarzyszenia" and _OF_SEVERAL.search(folded, max(0, start - 24), start):
            continue  # "na stowarzyszenia": several
        if head == "organizacja" and _ORGANISING.match(folded, end):
            continue  # "organizacja zjazdu": what is done, no body
        tail = extended(text, start, end)
        before = adjective_before(text, start) if head not in _ENGLISH else english_before(text, start)
        described = _DESCRIPTION.match(folded, start)
        if described and text.text[start : described.end()].islower() and _STOPS.match(folded, described.end()):
            found.append((start, end, head, BodyKind.GENERIC))
            continue
        if described and text.text[start:tail].islower() and _IS.search(folded, max(0, start - 60), start):
            found.append((start, end, head, BodyKind.GENERIC))  # "jest dobrowolnym stowarzyszeniem gmin miejskich"
            continue
        if tail > end or before is not None or _QUALIFIED.match(folded[end : end + 40]):
            if tail == end:
                qualifier = _QUALIFIER.match(folded[end : end + 60])
                tail = end + (qualifier.end() if qualifier and before is None else 0)
            if head == "unia" and _EUROPEAN.match(folded[end : end + 15]):
                continue
            found.append((start if before is None else before, tail, head, BodyKind.OTHER))
        elif (
            _NOT_SINGULAR.search(folded, max(0, start - 25), start)
            or FOREIGN.search(folded, max(0, start - 36), start)
            or _has_aims_of_its_own(folded, start, end)
        ):
            found.append((start, end, head, BodyKind.OTHER))  # some other body, unnamed
        else:
            found.append((start, end, head, BodyKind.GENERIC))
    found += [
        (place, place + len(token), "pronoun", BodyKind.GENERIC)
        for token, place in marked(folded, _PRONOUN)
        if not _LETTER.match(folded, place + len(token)) and _stands_before(_OF_IT, folded, place)
    ]
    return found
