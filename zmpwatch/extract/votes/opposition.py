"""Who is against a step: what a council votes against is refused, what some of its members do is not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.numerals import find_numbers

__all__ = ["Opposition", "council_is_against", "is_of_some", "is_outvoted", "oppositions"]

_VERB = (
    r"(?:(?:za)?glosowa(?:l[aoiy]?|no)(?!\w)|(?:za)?glosuj\w+"
    r"|(?:o|wy)powiedzi(?:al[aoy]?|el[iy]|ano)\s+sie(?!\w)|(?:o|wy)powiada\w*\s+sie(?!\w)|oddal[aoiy]?\s+glos\w?(?!\w)|podni[oe]sl[aoiy]?\s+rek\w(?!\w))"
)
_MATTER = (
    r"(?:przystap|wstap|wejsci|dolacz|przylacz|akces|czlonkostw|przynalezn|zapisan|powrot|wystap|wyjsci|wycof|wypis|odejsc|opuszcz"
    r"|rezygnac|rozsta|pozost|uchwal|projek|wnios|propozyc|pomysl|inicjat|pom\w+\s|niemu|niej|nim|temu|tej|takie|jej|jego|tamt|dalsz|dalej)"
)
_AGAINST = lazy(
    rf"(?<!\w)(?P<verb>{_VERB})(?:\s+[\w.-]+){{0,5}}?\s+przeciw(?:ko)?(?!\w)(?=\s*(?:$|\W|{_MATTER}))"
    rf"|(?<!\w)przeciw(?:ko)?\s+(?={_MATTER})(?:[\w.-]+\s+){{1,14}}?(?P<after>{_VERB})",
    "przeciw",
)
_OBJECT = lazy(rf"\s+(?!{_MATTER})[a-z-]+(?:owi|emu|iu|om|niu|ciu|twu|ce|dze|sce)(?!\w)")
"""What is voted against where that is no step: "przeciwko budżetowi"."""
_FEW = lazy(
    r"(?<!\w)(?:opozycj\w*|klub\w*|frakcj\w*|mniejszosc\w*|jed(?:en|na|nej|nego)|radny|radna|tylko|jedynie|zaledwie|wylacznie|ledwie"
    r"|(?:nie)?ktorzy|niektor\w+|czesc|kilk\w+|paru|pojedyncz\w+|(?:dw(?:aj|oje|och|ie)|troje|trzej|trzy|czterej|cztery)(?!\s+raz)|autor\w*|wnioskodawc\w*|mieszkan\w*|ankietowan\w*|internau\w*|komisj\w*|nikt)(?!\w)"
)
"""Who is none of a council's majority."""
_MOST = lazy(
    r"(?<!\w)(?:wiekszosc\w*|reszta|pozostal\w*|wszys\w+|cal[aey]|jednoglosnie|jednomyslnie|wspolnie|zgodnie)(?!\w)"
)
_FOR_IT = (
    r"(?:popar(?:l[aoy]?|li)|(?:byl[aoy]?|(?:za)?glosowal[aoy]?|opowiedzial[aoy]?\s+sie|podniesi\w+)\s+(?:\w+\s+){0,2}za|za\s+(?:\w+\s+){0,3}?(?:byl|(?:za)?glosowal|opowiedzial)\w*"
    r"|(?<!\bnie\s)(?:zyskal|uzyskal|zebral|dostal|otrzymal)\w*)(?!\w)"
)
_SUPPORTERS = lazy(
    rf"(?<!\w){_FOR_IT}\s+(?:(?:sie|je|go|ja)\s+)?(?:(?:tylko|ledwie|zaledwie|jedynie|ledwo)\s+)?(?P<who>[\w-]+)"
)
_THE_REST = lazy(
    r"(?<!\w)(?:reszta|pozostal[ia]|pozostalych|wiekszosc)(?!\w)\s+(?:[\w-]+\s+){0,3}?(?:przeciw|\"nie\"|nie\s|wolal|wolel|odmienn\w+|inne(?:go)?\s+zdani|reke?\s+przeciw)",
    *("reszta", "pozostal", "wiekszosc"),
)
"""As in "poparło go trzech radnych, reszta powiedziała „nie”"."""
_FEWEST_TO_CARRY = 8
"""The smallest council has fifteen members (Local Government Act of 8 March 1990, art. 17); fewer votes carry nothing
where everybody else is against."""
_CLAUSE = lazy(r"[,;:()]|(?<!\w)(?:ale|lecz|a|choc|chociaz|mimo|natomiast|zas)(?!\w)|(?<=[a-z]{3})\.\s")
_FOR = lazy(r"(?<!\w)za(?!\w)")
_NOT_BACKED = lazy(r"nie\s+(?:popar|zgodzi|przychyli|zaakceptowa)l(?P<ending>[aoiy]?)(?!\w)")
_COUNCILS = lazy(
    r"(?<!\w)(?:(?<!\bz\s)rad[ay]|(?<!aj\s)(?<!ej\s)(?<!rzy\s)(?<!ko\s)(?<!nie\s)(?<!wie\s)(?<!jni\s)radni(?!\s+(?:opozyc|klub|frakcj|z\s)))(?!\w)"
)
"""Councils themselves: "dwie rady nie poparły", "po apelu mieszkańców radni nie zgodzili się"; not "trzej radni"."""
_LEAD, _TAIL = 90, 40


class Opposition(NamedTuple):
    """A vote against something: where it is told, and whether a whole council cast it."""

    start: int
    end: int
    by_council: bool


def oppositions(folded: str) -> Iterator[Opposition]:
    """All votes against a step, or against a matter that isn't named, in order."""
    for match in _AGAINST.finditer(folded):
        if _OBJECT.match(folded, match.end()) and match["after"] is None:
            continue
        yield Opposition(match.start(), match.end(), _by_council(folded, match))


def council_is_against(folded: str) -> bool:
    """As in "radni zagłosowali przeciwko uchwale": not "tylko radni opozycji", not "trzech radnych"."""
    return any(one.by_council for one in oppositions(folded))


def is_outvoted(folded: str) -> bool:
    """As in "poparło go trzech radnych, reszta była przeciw": too few were for it."""
    if _THE_REST.search(folded) is None:
        return False
    for match in _SUPPORTERS.finditer(folded):
        if _THE_REST.search(folded, match.end()) is None:
            continue
        number = next(find_numbers(match["who"]), None)
        if number is not None and 0 < number.value < _FEWEST_TO_CARRY:
            return True
    return False


def is_of_some(folded: str, match: re.Match[str]) -> bool:
    """Whether a match of "nie poparł" and the like tells what some of a council did: "dwie osoby nie poparły jej"."""
    told = _NOT_BACKED.match(match[0])
    if told is None:
        return False
    who = _same_clause(
        folded[max(0, match.start() - _LEAD) : match.start()], folded[match.end() : match.end() + _TAIL], ""
    )
    if _MOST.search(who):
        return False
    if told["ending"] == "o":
        number = next(find_numbers(who), None)
        return number is not None and number.value < _FEWEST_TO_CARRY
    return _FEW.search(who) is not None and _COUNCILS.search(who) is None


def _by_council(folded: str, match: re.Match[str]) -> bool:
    """Whether nobody else than the council, or most of it, can be the subject of a verb of voting."""
    group = "verb" if match["verb"] is not None else "after"
    verb, (start, end) = match[group], match.span(group)
    who = _same_clause(folded[max(0, start - _LEAD) : start], folded[end : end + _TAIL], match[0])
    if _MOST.search(who):
        return True
    if verb.split()[0].endswith("lo"):  # "10 osób głosowało przeciw": as many as can refuse, where nobody was for it
        number = next(find_numbers(who), None)
        return number is not None and number.value >= _FEWEST_TO_CARRY and _FOR.search(folded) is None
    return not verb.split()[0].endswith("l") and _FEW.search(who) is None


def _same_clause(lead: str, tail: str, told: str) -> str:
    """What stands in one clause with a verb, where its subject may be."""
    before = _CLAUSE.split(lead)[-1]
    after = _CLAUSE.split(tail)[0]
    return f"{before} {after} {told}"
