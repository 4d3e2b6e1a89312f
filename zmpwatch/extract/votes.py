"""Results of ballots: how many were for, against, and abstained."""

from __future__ import annotations

import re
from dataclasses import dataclass

from zmpwatch.extract.numerals import find_numbers
from zmpwatch.model import Votes

__all__ = ["Ballot", "read_ballot"]

_LARGEST_COUNCIL = 120
_ANCHOR = re.compile(
    r"(?P<for>(?<!\w)za(?!\w)(?!\s+(?:rok|rok\w+|\d{4}|miesi\w+|lat\w*|tydzien|kilka|pol|pomoc\w*|granic\w*|posrednictw\w*))|(?<!\w)na\s+\"?tak(?!\w)|poparl\w*|\"tak\"|in\s+favou?r|(?<!\w)votes?\s+for(?!\w)|(?<!\w)for(?=[\s,:-]+\d|$|[,;]))"
    r"|(?P<against>(?<!\w)przeciw\w*|(?<!\w)na\s+\"?nie\"?(?!\w)|sprzeciw\w*|against|\"nie\")"
    r"|(?P<abstain>wstrzym\w*|abstain\w*|abstention\w*)"
)
_CHUNK = re.compile(r"[,;()]|(?<!\w)(?:a|i|oraz|natomiast|przy|zas|and|with|ale|lecz|jednak)(?!\w)|(?<=\w)\.\s+")
_UNIT_AFTER = re.compile(
    r"\s?(?:%|proc|zl|tys|mln|lat\b|rok|dni|godz|min\b|punkt|pkt|mieszk|r\.|os\.|stycz|lut|mar[cz]|kwiet|maj|czerw|lip|sierp|wrzes|pazdz|list|grudn|sesj|gr\b|dzieci|miast\b|gmin\b|glosow\w*\s+waz)"
)
_UNIT_BEFORE = re.compile(
    r"(?:nr|pkt|punkt|art\.?|ust\.?|zal\w*\.?|poz\.?|druk|par\.?|§|godz\.?|sesj\w+)\s*(?:nr\s*)?$"
)
_TRIPLE = re.compile(r"(?<![\d/.-])(\d{1,3})\s?([-:/])\s?(\d{1,3})\s?\2\s?(\d{1,3})(?![\d/-])")
_RATIO = re.compile(r"stosunkiem\s+(?:glosow\s+)?(\d{1,3})\s?(?:do|:|-)\s?(\d{1,3})(?!\s?[:/-]?\s?\d)")
_TRIPLE_LEAD = re.compile(r"(?:glos\w*|wynik\w*|stosunk\w*|za)\W{0,4}(?:\w+\W{1,3}){0,2}$")
_NOBODY = re.compile(
    r"(?:bez|brak|przy\s+braku|zadn\w+)\s+(?:glos\w+\s+)?(?P<what>przeciwn\w*|przeciw|sprzeciw\w*|wstrzymuj\w*)|nikt\s+nie\s+(?:byl\s+|glosowal\s+|zaglosowal\s+)?(?P<who>przeciw\w*|wstrzymal\w*|sie\s+nie\s+wstrzymal|sie\s+wstrzymal)"
)
_SINGLE = re.compile(
    r"wstrzymal[ao]?\s+sie\s+(?:od\s+glosu\s+)?(?:jedynie|tylko)?\s*(?:radn[ya]|przewodnicz\w+|pan[i]?\b)|(?:radn[ya]|jedynie|tylko)\s+(?:\w+\s+){0,3}wstrzymal[a]?\s+sie"
)
_BY_VOTES = re.compile(r"(?P<n>[\w-]+)\s+glos(?:ami|ow|y|em)(?!\s+(?:przeciw|wstrz|sprzeciw))")


@dataclass(frozen=True, slots=True)
class Ballot:
    """One ballot and the run of text that tells it."""

    start: int
    end: int
    votes: Votes

    @property
    def carried(self) -> bool | None:
        """Whether more were for than against; None where that can't be told. A tie is not carried."""
        if self.votes.in_favour is None:
            return None
        return self.votes.in_favour > (self.votes.against or 0)


def read_ballot(folded: str, start: int, end: int) -> Ballot | None:
    """The result that a run of folded text tells, or None where it tells none, or two that contradict each other."""
    region = folded[start:end]
    triple = _triple(region, start, folded)
    if triple is not None:
        return triple
    ratio = _RATIO.search(region)
    if ratio is not None:
        return Ballot(start + ratio.start(), start + ratio.end(), Votes(int(ratio[1]), int(ratio[2]), None))
    results: dict[str, int] = {}
    low, high = end, start
    clash = False

    def put(kind: str, value: int, first: int, last: int) -> None:
        nonlocal low, high, clash
        if kind in results and results[kind] != value:
            clash = True
            return
        results[kind] = value
        low, high = min(low, first), max(high, last)

    for match in _NOBODY.finditer(region):
        word = match["what"] or match["who"] or ""
        put("abstain" if "wstrzym" in word else "against", 0, start + match.start(), start + match.end())
    masked = _NOBODY.sub(lambda m: " " * len(m[0]), region)
    for first, last in _chunks(masked):
        for kind, value, a, b in _pairs(masked[first:last]):
            put(kind, value, start + first + a, start + first + b)
    if "abstain" not in results:
        single = _SINGLE.search(masked)
        if single:
            put("abstain", 1, start + single.start(), start + single.end())
    if "for" not in results:
        for match in _BY_VOTES.finditer(masked):
            number = next(find_numbers(match["n"]), None)
            if number is not None and 0 < number.value <= _LARGEST_COUNCIL:
                put("for", number.value, start + match.start(), start + match.end())
                break
    if clash or not results or ("for" not in results and len(results) < 2):
        return None
    return Ballot(low, high, Votes(results.get("for"), results.get("against"), results.get("abstain")))


def _triple(region: str, start: int, folded: str) -> Ballot | None:
    found = [m for m in _TRIPLE.finditer(region) if max(int(m[1]), int(m[3]), int(m[4])) <= _LARGEST_COUNCIL]
    if len(found) != 1:
        return None
    match = found[0]
    lead = region[max(0, match.start() - 40) : match.start()]
    if not _TRIPLE_LEAD.search(lead) and "za-przeciw" not in folded.replace(" ", ""):
        return None
    votes = Votes(int(match[1]), int(match[3]), int(match[4]))
    return Ballot(start + match.start(), start + match.end(), votes)


def _chunks(region: str) -> list[tuple[int, int]]:
    edges = [0]
    for match in _CHUNK.finditer(region):
        edges += [match.start(), match.end()]
    edges.append(len(region))
    return [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if b > a]


def _pairs(chunk: str) -> list[tuple[str, int, int, int]]:
    """Pair anchors with numbers in their order: "za - 14" or "14 za"."""
    items = [(m.start(), m.end(), m.lastgroup or "", -1) for m in _ANCHOR.finditer(chunk)]
    if not items:
        return []
    for number in find_numbers(chunk):
        if number.value > _LARGEST_COUNCIL or number.decimal or (number.ordinal and number.word):
            continue
        if _UNIT_AFTER.match(chunk, number.end) or _UNIT_BEFORE.search(chunk[: number.start]):
            continue
        items.append((number.start, number.end, "", number.value))
    items.sort()
    pairs: list[tuple[str, int, int, int]] = []
    anchors = [i for i in items if i[2]]
    numbers = [i for i in items if not i[2]]
    if len(anchors) == 1 and numbers:
        nearest = min(numbers, key=lambda n: _distance(n, anchors[0]))
        return [(anchors[0][2], nearest[3], min(nearest[0], anchors[0][0]), max(nearest[1], anchors[0][1]))]
    index = 0
    while index + 1 < len(items):
        one, two = items[index], items[index + 1]
        if bool(one[2]) != bool(two[2]):
            pairs.append((one[2] or two[2], two[3] if one[2] else one[3], one[0], two[1]))
            index += 2
        else:
            index += 1
    return pairs


def _distance(a: tuple[int, int, str, int], b: tuple[int, int, str, int]) -> int:
    return max(a[0] - b[1], b[0] - a[1], 0)
