"""Results told as a score: "14-0-1", "12:9", "6 x tak, 6 x nie", "siedem do siedmiu"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from zmpwatch.extract.votes.sides import ABSTAIN, AGAINST, LARGEST_COUNCIL, side_named
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.numerals import Number, find_numbers
from zmpwatch.model import Votes

__all__ = ["Score", "ratio", "voted_down", "whole_score"]

_YES_NO = lazy(
    r"(?<![\w/])(?P<y>\d{1,2})\s?(?:x|razy|glos\w{0,3}|-)?\s?\"?tak\"?[\s,;:/-]{1,4}(?:i\s)?(?P<n>\d{1,2})\s?(?:x|razy|glos\w{0,3}|-)?\s?\"?nie\"?(?!\w)"
    r"|(?<!\w)\"?tak\"?\s?[:=x-]?\s?(?P<y2>\d{1,2})[\s,;/-]{1,4}\"?nie\"?\s?[:=x-]?\s?(?P<n2>\d{1,2})(?!\w)",
    "tak",
)
"""As in "6 x tak, 6 x nie", "tak: 9, nie: 4"."""
_TRIPLE_LEAD = lazy(
    r"(?:glos\w*|wynik\w*|stosunk\w*|za|podje\w+|przyje\w+|uchwal(?:il|on)\w*)\W{0,4}(?:\w+\W{1,3}){0,2}$"
)
_OPENS_BRACKET = lazy(r"\((?:(?:(?:w|we|dnia)\s+)?[\w. ]{3,24}[,:]\s?)?$")
"""Before three numbers in a bracket: "(14:2:3)", "(w lipcu, 14:2:3)"."""
_TRIPLE = lazy(r"([0-9](?<![\d/.-].)\d{0,2})\s?([-:/])\s?(\d{1,3})\s?\2\s?(\d{1,3})(?![\d/-])")
_RATIO = lazy(
    r"(?:(?:stosunkiem|w\s+stosunku|remis(?:em)?,?|wiekszosc(?:ia)?:?|wynik(?:iem|:)|przewaga|glosami|glosem:?|glosowani\w+:?|przeglosow\w+|przeszl\w+|przepadl\w*|przegra\w+|wygra\w+|odrzuc\w+|przyje\w+|podje\w+|(?<!\w)(?:poparcia|aprobaty|zgody):|(?<!\w)(?:radni|rada):|voted|vote\s+of|result\w*|passed|carried|rejected|defeated|voted\s[^.;,]{2,80},|(?<!\w)(?:za)?glosowa(?:li|no|la|ly)\s[^.;,:]{2,60}:|(?<!\w)by)\s+\(?(?:glosow\s+|by\s+)?|(?<!\w)glosow\s+|\((?=\d{1,2}:\d{1,2},\s+\d{1,2}\s+(?:glos\w*\s+|osob\w*\s+)?wstrzym))(\d{1,3})\s?(?:glos\w*\s+|votes\s+)?(?:do"
    r"|to|:|-|na)\s?(\d{1,3})(?!\s?[:/-]?\s?\d)",
    *(
        "=aprobaty",
        "=by",
        "=poparcia",
        "=rada",
        "=radni",
        "=stosunku",
        "carried",
        "defeated",
        "glos",
        "odrzuc",
        "passed",
        "podje",
        "przegra",
        "przepadl",
        "przeszl",
        "przewaga",
        "przyje",
        "rejected",
        "remis",
        "result",
        "stosunkiem",
        "wstrzym",
        "vote",
        "wiekszosc",
        "wygra",
        "wynik",
        "=zgody",
    ),
)
_TWO_NUMBERS = lazy(r"\d\s*(?:(?:glos\w*|votes)\s+)?(?:do|to|:|-|na)\s*\d")
"""What each ratio in figures holds; quick to look for."""
_EACH = lazy(
    r"(?<!\w)po\s+(?P<n>\w+)\s+(?:glos\w*\s+|radn\w+\s+|os[oó]b\w*\s+)?(?:(?:byl[oai]?\s+)?(?:na\s+)?\"?(?:za|tak)\"?\s+i\s+(?:na\s+)?\"?(?:przeciw\w*|nie)\"?)(?!\w)",
    "=po",
)
"""As in "po sześć głosów za i przeciw"."""
_ABSTAINED_TOO = lazy(r"\"?[\s,;/-]{1,4}(?:i\s|a\s)?(?P<n>\d{1,2})\s?(?:x|razy|glos\w{0,3}|osob\w*|-)?\s?\"?wstrz")
_SIDE_LINE = lazy(
    rf"(?:(?<=\n)|^)[\x20|]{{0,20}}(?:glosy\s|glosow\s)?(?P<side>za|{AGAINST}|{ABSTAIN})(?:\s+sie)?[\x20:=|.-]{{1,24}}(?P<n>\d{{1,3}})(?:\s+glos\w*)?[\x20|.,;]*(?=\n|$)"
)
_RATIO_IN_BRACKETS = lazy(r"\((\d{1,2})(?:\s?[:-]\s?|\s+do\s+)(\d{1,2})(?=\)|,\s[^()]{0,50}wstrz)")
_OF_COUNCIL = lazy(r"(?<!\w)(?:rad[ayezn]\w*|uchwal\w+|sesj\w+|przesadz\w+|glos\w+)")
_ORDER = lazy(
    rf"(?P<a>(?<!\w)za(?!\w)|{AGAINST}|{ABSTAIN})(?:\s+sie)?\s?[-/:,]\s?(?P<b>(?<!\w)za(?!\w)|{AGAINST}|{ABSTAIN})(?:\s+sie)?\s?[-/:,]\s?(?P<c>(?<!\w)za(?!\w)|{AGAINST}|{ABSTAIN})"
)
_INITIALS = lazy(r"(?<!\w)z\s?[:=-]?\s?(\d{1,3})\W{1,3}p\s?[:=-]?\s?(\d{1,3})\W{1,3}w\s?[:=-]?\s?(\d{1,3})(?!\w)")
_RATIO_SIGN = lazy(r"\s+do\s+", "=do")
_RATIO_AFTER = lazy(
    r"\W{1,4}tak\s+(?:[\w-]+\s+){0,3}?(?:podzieli|rozlozy|(?:za)?glosowa)\w+(?!\w|\s+(?:[\w-]+\s+)?(?:komisj|klub|zarzad|mlodziez|senior|mieszkanc|czlonk))|\W{0,4}(?:(?:taki\w*|to|oto)\s+){0,2}(?:(?:jest|byl|byl[ao]?|padl)\s+)?(?:wynik|rezultat|stosun|glosow)\w*"
)
"""As in "siedem do siedmiu – takim wynikiem zakończyło się głosowanie"."""
_VOTED_DOWN = lazy(
    r"(?<!\w)(?:odrzuc(?:il|on|aj)\w*|utrac(?:il|on)\w*|storpedowa\w+|zablokowa\w+|pogrzeba\w+|polegl\w*|przegra\w+|przepad\w+|upad[lh]\w*"
    r"|nie\s+(?:zgodz|popar|przyj|wyraz|uchwal)\w+|rejected|defeated|voted\s+down)"
)
_CARRIED = lazy(
    r"(?<!\w)(?<!\bnie\s)(?:przyj[ea]\w+|podj\w+|uchwal[io]\w+|zgodz\w+|popar\w+|przeglosowa\w+|przesz\w+|zatwierdz\w+|wyraz\w+|zdecydowa\w+)"
)
_TIME = lazy(r"\d{2}:\d{2}:\d{2}")
_OF_TIME = lazy(r"(?:czas|godz\w*\.?|o)\W*$")
_KINDS = ("for", "against", "abstain")


@dataclass(frozen=True, slots=True)
class Score:
    """A result that is told at once, and where in a run of text it stands."""

    start: int
    end: int
    votes: Votes


def whole_score(region: str, around: str) -> Score | None:
    """The score that is all a run of folded text tells of a ballot: three numbers, or so many times yes and no.

    Args:
        region: the run.
        around: the text around it, which may say what the three numbers count.
    """
    return (_by_lines(region) if "\n" in region else None) or _triple(region, around) or _yes_no(region)


def ratio(region: str) -> Score | None:
    """The first ratio of votes for to votes against: "10 do 5", or in words that are said to be a result."""
    told = _TWO_NUMBERS.search(region) is not None
    match = _RATIO.search(region) if told else None
    if match is None and told and "(" in region:
        match = _RATIO_IN_BRACKETS.search(region)
        match = match if match is not None and _OF_COUNCIL.search(region, 0, match.start()) else None
    if match is not None:
        one, two = int(match[1]), int(match[2])
        if voted_down(region, match.start(1), match.end(2)):
            one, two = sorted((one, two))
        return Score(match.start(), match.end(), Votes(one, two, None))
    each = _EACH.search(region)
    tied = next(find_numbers(each["n"]), None) if each is not None else None
    if each is not None and tied is not None and tied.value <= LARGEST_COUNCIL:
        return Score(*each.span(), Votes(tied.value, tied.value, None))
    words = next(_in_words(region), None)
    return Score(words[0].start, words[1].end, Votes(words[0].value, words[1].value, None)) if words else None


def voted_down(region: str, start: int, end: int) -> bool:
    """Whether the verb nearest to a number tells that the matter was lost: "odrzucili projekt 10 głosami"."""

    def distance(pattern: re.Pattern[str]) -> int:
        return min((max(m.start() - end, start - m.end(), 0) for m in pattern.finditer(region)), default=len(region))

    return distance(_VOTED_DOWN) < distance(_CARRIED)


def _in_words(region: str) -> Iterator[tuple[Number, Number]]:
    """Ratios whose numbers are words, where the words after them say that they are a result."""
    if _RATIO_SIGN.search(region) is None:
        return
    for one, two in pairwise(find_numbers(region)):
        if (
            max(one.value, two.value) <= LARGEST_COUNCIL
            and _RATIO_SIGN.fullmatch(region, one.end, two.start)
            and _RATIO_AFTER.match(region, two.end)
        ):
            yield one, two


def _by_lines(region: str) -> Score | None:
    """As in a printed record: "ZA 11", "PRZECIW 1", "WSTRZYMAŁO SIĘ 2", each a line of its own."""
    found = {side_named(match["side"]): match for match in _SIDE_LINE.finditer(region)}
    if "for" not in found or "against" not in found or len(found) < len(_SIDE_LINE.findall(region)):
        return None
    counts = {side: int(match["n"]) for side, match in found.items()}
    start, end = min(m.start() for m in found.values()), max(m.end() for m in found.values())
    return Score(start, end, Votes(counts["for"], counts["against"], counts.get("abstain")))


def _yes_no(region: str) -> Score | None:
    found = list(_YES_NO.finditer(region))
    if len(found) != 1:
        return None
    match = found[0]
    yes, no = int(match["y"] or match["y2"]), int(match["n"] or match["n2"])
    also = _ABSTAINED_TOO.match(region, match.end())
    abstained = int(also["n"]) if also is not None else None
    return Score(match.start(), match.end(), Votes(yes, no, abstained)) if yes + no else None


def _triple(region: str, around: str) -> Score | None:
    initials = _INITIALS.search(region)
    if initials is not None:
        values = [int(initials[n]) for n in (1, 2, 3)]
        return Score(initials.start(), initials.end(), Votes(*values))
    found = [m for m in _TRIPLE.finditer(region) if max(int(m[1]), int(m[3]), int(m[4])) <= LARGEST_COUNCIL]
    if len(found) != 1:
        return None
    match = found[0]
    lead = region[max(0, match.start() - 60) : match.start()]
    order = _ORDER.search(around)
    if _OF_TIME.search(lead) or _TIME.fullmatch(match[0]):
        return None
    bracketed = (
        _OPENS_BRACKET.search(lead) and region[match.end() : match.end() + 1] == ")" and _OF_COUNCIL.search(region)
    )
    if not _TRIPLE_LEAD.search(lead) and order is None and not bracketed:
        return None
    told = tuple(side_named(order[name]) for name in ("a", "b", "c")) if order is not None else _KINDS
    counts = dict(zip(told if set(told) == set(_KINDS) else _KINDS, map(int, match.group(1, 3, 4)), strict=True))
    return Score(match.start(), match.end(), Votes(counts["for"], counts["against"], counts["abstain"]))
