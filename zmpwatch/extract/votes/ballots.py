"""Results of ballots: how many were for, against, and abstained."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from functools import lru_cache

from zmpwatch.extract.votes.hands import hands_as_votes
from zmpwatch.extract.votes.opposition import is_outvoted
from zmpwatch.extract.votes.scores import Score, ratio, voted_down, whole_score
from zmpwatch.extract.votes.sides import LARGEST_COUNCIL, SideCount, blanked, counted, nobody, single
from zmpwatch.extract.votes.voters import without_voters
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.numerals import find_numbers
from zmpwatch.model import Votes

__all__ = ["Ballot", "read_ballot"]

_SHORTENED = lazy(r"(?<!\w)(wstrz\w{0,6}|przeciw|glos)\.(?=\s?[-:]?\s?\d)")
_MAY_BE_SHORTENED = ("wstrz", "przeciw.", "glos.")
_BY_VOTES = lazy(
    r"(?<!\w)glosami\s+(?P<m>[\w-]+)\s+(?:radn|osob)|(?P<n>[\w-]+)\s+glos(?:ami|ow|y|em)(?!\s+[\w-]+\s+(?:radn|osob))(?!\s+(?:przeciw\w*+|wstrz\w*+|sprzeciw\w*+)(?!\s+(?:glos\w*\s+)?(?:\d|jedn|dwo|trz|czter|piec)))",
    "glos",
)
_SIDES_TO_TELL = 2
"""How many sides tell a ballot where none of them is the one that was for."""
_ALONE = lazy(
    r"(?<!\w)[\w-]+\s+glos\w{0,3}\s+(?:sprzeciwu|przeciw\w*|wstrzymuj\w*)"
    r"|\A\W*(?:[\w-]+\s+){0,5}?(?:przeciw|(?:sie\s+)?wstrzymal\w{0,2})(?:\s+[\w-]+){0,4}\W*\Z",
    *("glos", "przeciw", "wstrzymal"),
)
"""One number is enough where it counts votes ("jeden głos sprzeciwu", "przy dwóch głosach wstrzymujących"), and where a
sentence tells nothing else: "Tylko jeden radny był przeciw"."""
_ENGLISH_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_ENGLISH = lazy(
    rf"(?<!\w)(?:{'|'.join(reversed(_ENGLISH_NUMBERS))})(?=\s+(?:abst|against|in\s+favou?r|opposed|to\s|votes?(?!\w)|voted|councillors?(?!\w)))"
)
_UNANIMOUS = lazy(
    r"(?<!\w)(?:jednoglosn\w+|jednomyslni\w*|unanimous\w*)\W{0,3}(?:\w+\s+)?(?:przy|w\s+obecnosci|glosami|moca|with|by|\()\s*(?:\w+\s+)??(?P<n>[\w-]+)\s+"
    r"(?:radn|obecn|glos|osob|votes|councillors)",
    "jednoglosn",
    "jednomyslni",
    "unanimous",
)
# "wszyscy obecni, w liczbie 19, opowiedzieli się za"
_NUMBERING = lazy(r"\W{0,2}\bw\s+liczbie\s(?P<n>[\w-]+)\W{0,2}(?=\s)")
_SO_MANY_PERSONS = {
    "dwojk": 2,
    "trojk": 3,
    "czwork": 4,
    "piatk": 5,
    "szostk": 6,
    "siodemk": 7,
    "osemk": 8,
    "dziewiatk": 9,
    "dziesiatk": 10,
    "jedenastk": 11,
    "dwunastk": 12,
    "trzynastk": 13,
    "czternastk": 14,
    "pietnastk": 15,
}
"""Numbers of people by one noun: "trójka wstrzymała się", "poparła go jedenastka radnych"."""
_PERSONS = lazy(rf"(?<!\w)(?P<n>{'|'.join(_SO_MANY_PERSONS)})(?:a|i|e)(?!\w)")
# as in "wszyscy obecni, czyli 19 osób, głosowali za", "cała rada, 21 osób, była za", "za byli wszyscy radni (15)"
_ALL_OF_THEM = lazy(
    r"(?<!\w)(?:wszyscy|cala\s+rada)(?:\s+(?:obecni|radni|uczestnicz\w+|glosujac\w+|w|na|sesji|obradach|sali)){0,5}"
    r"(?:,?\s+(?:czyli|to\s+jest|tj\.|to\s+znaczy|a\s+bylo\s+ich|a\s+wiec|w\s+sumie|w\s+liczbie|razem)|,|\s+-|(?=\s+\()|(?=\s+\d+\s+(?:radn|osob)))\s+\(?(?P<n>[\w-]+)"
    r"(?:\s+(?:radn|osob|obecn)\w*)?(?:[,)](?=\s)|(?=[,).;\s]|$))"
)
_ASIDE = lazy(r"\([^()]{0,80}\)")
"""As in "14 osób (jedna wyszła na papierosa) było za": what stands in brackets and tells of no side."""
_OF_A_SIDE = lazy(
    r"\d|(?<!\w)(?:za|tak|nie|przeciw\w*|sprzeciw\w*|wstrz\w*|glos\w*|vot\w*|for|against|opposed|abst\w*)(?!\w)"
)
# "10 głosów, tyle samo było przeciwnych"
_AS_MANY = lazy(
    r"(?<!\w)(?:dokladnie\s+)?(?:tyle|tylu)\s+samo(?!\w)(?=\s+(?:\w+\s+){0,3}?(?:za|przeciw\w*|wstrzym\w*|sprzeciw\w*|odmienn\w+|inn\w+)(?!\w))"
)
_BARELY = lazy(
    r"(?<!\w)(?:popar\w+|glosowa\w+|zaglosowa\w+|opowiedzi\w+\s+sie|bylo|byl[aoiy]?|podnios\w+\s+rek\w)\s+(?:(?:za|go|ja|je)\s+)?(?:tylko|zaledwie|jedynie|raptem|ledwie)\s+(?:(?:\w+\s+){0,2}(?:radn|glos|osob|czlonk|rek|rec)|(?:\d{1,2}|[a-z]{3,}(?:ro|ch|u))(?:\s+z\s+nich)?\s*(?:[.,;]|$))",
    *("=jedynie", "=ledwie", "=raptem", "=tylko", "=zaledwie", "czlonk"),
)
_BRACKETED = lazy(r"(?P<what>(?<!\w)(?:za|przeciw|wstrzym\w{1,8} sie|tak|nie) )\((?P<n>\d{1,3})\)")
_HYPHEN = lazy(r"(?<=[a-z\"])-(?=\d)")


@dataclass(frozen=True, slots=True)
class Ballot:
    """One ballot and the run of text that tells it."""

    start: int
    end: int
    votes: Votes
    barely: bool = False
    """Only so few were for that the others were not: "poparło tylko trzech radnych"."""

    @property
    def carried(self) -> bool | None:
        """Whether more were for than against; None where that can't be told. A tie is not carried."""
        if self.votes.in_favour is None:
            return None
        if self.barely and self.votes.against is None:
            return False
        return self.votes.in_favour > (self.votes.against or 0)


@lru_cache(maxsize=128)  # several readers ask for the ballots of the same few sentences
def read_ballot(folded: str, start: int, end: int) -> Ballot | None:
    """The result that a run of folded text tells, or None where it tells none, or two that contradict each other."""
    region = folded[start:end]
    if not _may_tell(region):
        return None
    region = _HYPHEN.sub(" ", region)
    ballot = _read(region, folded, start)
    if ballot is None and "(" in region and len(_BRACKETED.findall(region)) > 1:
        ballot = _read(_BRACKETED.sub(r"\g<what> \g<n> ", region), folded, start)
    return ballot


_DIGIT = lazy(r"\d")
_OF_NO_NUMBER = (
    *("przeciw", "wstrz", "zdani", "slyszec", "stanowiska", "opini", "opowiedzi"),
    *("against", "opposed", "abst"),
)
"""What stands in a ballot that is told without a number: "nikt nie był przeciw", "wstrzymał się radny"."""


_OF_A_RESULT = (
    *(
        "glos",
        "vot",
        "zaakc",
        "zaapr",
        "przeciw",
        "wstrz",
        "popar",
        "chcial",
        "podnios",
        "podnies",
        "gor",
        "neutraln",
        "jednomyslni",
    ),
    *("unanim", "favo", "against", "opposed", "abst", "zdani", "slyszec", "stanowiska", "opini", "opowiedzi", "stosun"),
    *("wynik", "rezultat", "wiekszosc", "przewaga", "przeszl", "przepadl", "przegra", "wygra", "odrzuc", "przyje"),
    *("podje", "result", "passed", "carried", "rejected", "defeated"),
)
_SIDE_OR_COUNCIL = lazy(r"(?<!\w)(?:za|tak|nie|for|by|rada|radni)(?!\w)")
_THREE_NUMBERS = lazy(r"\d\W{1,3}(?:p\W{0,3})?\d{1,3}\W{1,3}(?:w\W{0,3})?\d")


def _may_tell(region: str) -> bool:
    """Whether a text may tell a ballot: it names a side or a result, and a number or what is told without one."""
    if not (
        any(stem in region for stem in _OF_A_RESULT)
        or _SIDE_OR_COUNCIL.search(region) is not None
        or _THREE_NUMBERS.search(region) is not None
    ):
        return False
    return (
        _DIGIT.search(region) is not None
        or any(stem in region for stem in _OF_NO_NUMBER)
        or any(number in region for number in _ENGLISH_NUMBERS)
        or next(find_numbers(region), None) is not None
    )


def _in_known_words(region: str) -> str:
    """The region with numbers in figures and "za" where it says either in a way of its own, in as many letters."""
    region = without_voters(region.replace("?", ":"))
    if "(" in region:
        region = _ASIDE.sub(lambda m: m[0] if _OF_A_SIDE.search(m[0]) else " " * len(m[0]), region)
    if any(word in region for word in _MAY_BE_SHORTENED):
        region = _SHORTENED.sub(r"\1 ", region)
    if any(number in region for number in _ENGLISH_NUMBERS):
        region = _ENGLISH.sub(lambda m: str(_ENGLISH_NUMBERS.index(m[0]) + 1).ljust(len(m[0])), region)
    if "samo" in region:
        region = _AS_MANY.sub(lambda m: _the_same(region, m), region)
    region = hands_as_votes(region)
    if "jk" in region or "tk" in region or "rk" in region or "mk" in region:
        region = _PERSONS.sub(lambda m: str(_SO_MANY_PERSONS[m["n"]]).ljust(len(m[0])), region)
    if "wszyscy" in region or "cala rada" in region:
        region = _ALL_OF_THEM.sub(lambda m: f" {m['n']}".ljust(len(m[0])) if _is_number(m["n"]) else m[0], region)
    if "liczbie" in region:
        region = _NUMBERING.sub(lambda m: f" {m['n']}".ljust(len(m[0])), region)
    return region


def _read(region: str, folded: str, start: int) -> Ballot | None:
    region = _in_known_words(region)
    score = whole_score(region, folded)
    if score is not None and score.votes.abstain is not None:
        return Ballot(start + score.start, start + score.end, score.votes)
    tally = _Tally()
    if score is not None:  # "Tak: 8, Nie: 5, Wstrzymano: 1"
        tally.add_score(score)
        for count in counted(blanked(region, score.start, score.end)):
            if count.side == "abstain":
                tally.add(count)
        return Ballot(start + tally.start, start + tally.end, tally.votes)
    score = ratio(region)
    if score is not None:
        tally.add_score(score)
        region = blanked(region, score.start, score.end)
    nobodies, rest = nobody(region)
    for count in (*nobodies, *counted(rest)):
        tally.add(count)
    for count in single(rest):
        if count.side not in tally.results:
            tally.add(count)
    whole = _by_votes(rest)
    if whole is not None and whole.side not in tally.results:
        tally.add(whole)
    lost = whole is not None and whole.side == "against"
    alone = "for" not in tally.results and len(tally.results) < _SIDES_TO_TELL and not lost
    if tally.clash or not tally.results or (alone and _ALONE.search(region) is None):
        return None
    barely = _BARELY.search(region) is not None or is_outvoted(region)
    return Ballot(start + tally.start, start + tally.end, tally.votes, barely)


@dataclass(slots=True)
class _Tally:
    """What a run of text tells of each side, and where."""

    results: dict[str, int] = field(default_factory=dict)
    start: int = sys.maxsize
    end: int = 0
    clash: bool = False
    """Whether two numbers were told of one side."""

    def add(self, count: SideCount) -> None:
        """Take what is told of one side."""
        if self.results.setdefault(count.side, count.votes) != count.votes:
            self.clash = True
            return
        self.start, self.end = min(self.start, count.start), max(self.end, count.end)

    def add_score(self, score: Score) -> None:
        """Take a score of votes for and against."""
        for side, votes in (("for", score.votes.in_favour), ("against", score.votes.against)):
            if votes is not None:
                self.add(SideCount(side, votes, score.start, score.end))

    @property
    def votes(self) -> Votes:
        """The result as far as it is told."""
        return Votes(self.results.get("for"), self.results.get("against"), self.results.get("abstain"))


def _by_votes(region: str) -> SideCount | None:
    """As in "jednogłośnie, przy obecności 15 radnych", "12 głosami": how many decided it, for or against."""
    for match in (*_UNANIMOUS.finditer(region), *_BY_VOTES.finditer(region)):
        number = next(find_numbers(next(text for text in match.groups() if text)), None)
        if number is not None and 1 < number.value <= LARGEST_COUNCIL:  # "jednym głosem" tells the margin
            side = "against" if voted_down(region, *match.span()) else "for"
            return SideCount(side, number.value, *match.span())
    return None


def _is_number(word: str) -> bool:
    return next(find_numbers(word), None) is not None


def _the_same(region: str, match: re.Match[str]) -> str:
    """The number that "tyle samo" repeats, in as many letters."""
    before = [n for n in find_numbers(region[: match.start()]) if n.value <= LARGEST_COUNCIL]
    return str(before[-1].value).ljust(len(match[0])) if before else match[0]
