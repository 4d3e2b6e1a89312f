"""Results of ballots: how many were for, against, and abstained."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from zmpwatch.extract.hands import hands_as_votes
from zmpwatch.extract.lazy import lazy
from zmpwatch.extract.numerals import Number, find_numbers
from zmpwatch.model import Votes

__all__ = ["Ballot", "read_ballot"]

_LARGEST_COUNCIL = 120
_SHORTENED = lazy(r"(?<!\w)(wstrz\w{0,6}|przeciw|glos)\.(?=\s?[-:]?\s?\d)")
_MAY_BE_SHORTENED = ("wstrz", "przeciw.", "glos.")
_YES_NO = lazy(
    r"(?<![\w/])(?P<y>\d{1,2})\s?(?:x|razy|glos\w{0,3}|-)?\s?\"?tak\"?[\s,;:/-]{1,4}(?:i\s)?(?P<n>\d{1,2})\s?(?:x|razy|glos\w{0,3}|-)?\s?\"?nie\"?(?!\w)"
    r"|(?<!\w)\"?tak\"?\s?[:=x-]?\s?(?P<y2>\d{1,2})[\s,;/-]{1,4}\"?nie\"?\s?[:=x-]?\s?(?P<n2>\d{1,2})(?!\w)",
    "tak",
)
"""As in "6 x tak, 6 x nie", "tak: 9, nie: 4"."""
_AGAINST = (
    r"(?<!\w)(?:przeciw(?:ko|n\w{1,4}|nik\w*)?(?!\w)|sprzeciw\w*"
    r"|(?<!\w)(?:(?:odmiennego|innego)\s+zdania|(?:odmienne|inne|przeciwne)\s+zdanie)(?!\w)"
    r"|(?<!\w)nie\s+chc\w+\s+(?:o\s+(?:tym|nim|niej)\s+)?(?:nawet\s+)?slyszec(?!\w))"
)
_ABSTAIN = (
    r"(?<!\w)nie\s+zaj[ea]\w+\s+stanowiska|(?<!\w)(?:nie\s+mia\w+|bez)\s+(?:wlasnego\s+)?(?:zdania|opinii)(?!\w)|(?<!\w)nie\s+opowiedzi\w+\s+sie\s+po\s+zadnej"
    r"|(?<!\w)wstrzym(?!ani\w)\w*|(?<!\w)wstrz\.?(?!\w)|(?<!\w)neutraln\w{1,2}(?!\w)"
)
_AT_A_WORD = r"(?=[abfinoprsvwz\"])(?:(?<!\w)|(?=in\s|\"))"
"""Where an anchor may begin: asked first, since most letters are no such place."""
_ANCHOR = lazy(
    rf"{_AT_A_WORD}(?:"
    r"(?P<for>(?<!\w)za(?!\w)(?!\s+(?:rok|rok\w+|\d{4}|miesi\w+|lat\w*|tydzien|kilka|pol|pomoc\w*|granic\w*|posrednictw\w*|zgod\w*))|(?<!\w)na\s+\"?tak(?!\w)|(?<!\w)popar(?:l\w*|ci\w*)|(?<!\w)rak\s+(?:w\s+gor[ez]e?|podniesionych)|\"tak\"|(?<!\w)radnych\s+(?:[a-z-]+\s+)?chcial\w*|in\s+favou?r|(?<!\w)votes?\s+for(?!\w)|(?<!\w)for(?=[\s,:-]+\d|$|[,;]))"
    rf"|(?P<against>{_AGAINST}|(?<!\w)na\s+\"?nie\"?(?!\w)|(?<!\w)against|(?<!\w)opposed|\"nie\"|(?<=[\w\d]\s)nie(?=\s?(?:[,.;)]|$)))"
    rf"|(?P<abstain>{_ABSTAIN}|(?<!\w)abstain\w*|(?<!\w)abstention\w*))"
)
_CHUNK = lazy(r"[,;()]|(?<!\w)(?:a|i|oraz|natomiast|przy|zas|and|with|ale|lecz)(?!\w)|(?<=\w)\.\s+")
_UNIT_AFTER = lazy(
    r"\s?(?:%|:\d|proc|zl|tys|mln|lat\b|rok|dni|godz|min\b|punkt|pkt|mieszk|r\.|os\.|stycz|lut|mar[cz]|kwiet|maj|czerw|lip|sierp|wrzes|pazdz|list|grudn|sesj|gr\b|dzieci|miast[ay]?\b|gmin[ya]?\b|rady?\b|glosow\w*\s+waz)"
)
_UNIT_BEFORE = lazy(
    r"(?:nr|pkt|punkt|art\.?|ust\.?|zal\.|zalacznik\w*|poz\.?|druk|par\.?|§|godz\.?|sesj\w+)\s*(?:nr\s*)?$"
)
_TRIPLE = lazy(r"(?<![\d/.-])(\d{1,3})\s?([-:/])\s?(\d{1,3})\s?\2\s?(\d{1,3})(?![\d/-])")
_RATIO = lazy(
    r"(?:(?:stosunkiem|w\s+stosunku|wiekszosc(?:ia)?:?|wynikiem|przewaga|glosami|glosem:?|glosowani\w+:?|przeglosow\w+|przeszl\w+|przepadl\w+|przegra\w+|wygra\w+|odrzuc\w+|przyje\w+|podje\w+|(?<!\w)(?:radni|rajcy|rada):|voted|vote\s+of|result\w*|passed|carried|rejected|defeated|voted\s[^.;,]{2,80},|(?<!\w)by)\s+(?:glosow\s+|by\s+)?|(?<!\w)glosow\s+)(\d{1,3})\s?(?:glos\w*\s+|votes\s+)?(?:do|to|:|-|na)\s?(\d{1,3})(?!\s?[:/-]?\s?\d)",
    *(
        "=by",
        "=rada",
        "=radni",
        "=rajcy",
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
        "result",
        "stosunkiem",
        "vote",
        "wiekszosc",
        "wygra",
        "wynikiem",
    ),
)
_TRIPLE_LEAD = lazy(
    r"(?:glos\w*|wynik\w*|stosunk\w*|za|podje\w+|przyje\w+|uchwal(?:il|on)\w*)\W{0,4}(?:\w+\W{1,3}){0,2}$"
)
_OF_COUNCIL = lazy(r"(?<!\w)(?:rad[ayezn]\w*|rajc\w+|uchwal\w+|sesj\w+|przesadz\w+|glos\w+)")
_ORDER = lazy(
    rf"(?P<a>(?<!\w)za(?!\w)|{_AGAINST}|{_ABSTAIN})(?:\s+sie)?\s?[-/:,]\s?(?P<b>(?<!\w)za(?!\w)|{_AGAINST}|{_ABSTAIN})(?:\s+sie)?\s?[-/:,]\s?(?P<c>(?<!\w)za(?!\w)|{_AGAINST}|{_ABSTAIN})"
)
_INITIALS = lazy(r"(?<!\w)z\s?[:=-]?\s?(\d{1,3})\W{1,3}p\s?[:=-]?\s?(\d{1,3})\W{1,3}w\s?[:=-]?\s?(\d{1,3})(?!\w)")
# who was not there: "nikt nie był przeciw", "bez głosów przeciwnych i wstrzymujących", "przeciwnych nie było"
_NONE = (
    r"nikt(?:\s+z\s+\w+)?|bez|brak\w{0,2}|zad(?:en|n\w+)|zero|ani\s+jed\w+|nie\s+(?:bylo|ma|mial\w*|stwierdzono|odnotowano|zanotowano|oddano|padl\w*|zgloszono)"
    r"|none|no(?:body)?|no\s+one|without"
)
_SOME = rf"(?:{_AGAINST}|{_ABSTAIN}|(?<!\w)against|(?<!\w)opposed|(?<!\w)abstain\w*|(?<!\w)abstention\w*)"
_BETWEEN = (
    r"(?:\s+(?:radn\w+|nie|sie|byl[ao]?|glos\w*|zaglosowal\w*|od|osob\w*|jest|votes?|voted|were"
    r"|ani|i|oraz|czy|lub|and|or|takze|tez|rowniez)){0,6}\s+"
)
_NOBODY = lazy(
    rf"(?<!\w)(?:{_NONE}){_BETWEEN}{_SOME}(?:(?:\s+sie)?(?:{_BETWEEN}){_SOME})?"
    rf"|{_SOME}(?:(?:\s+sie)?\s+(?:i|oraz|ani|and)(?:\s+glos\w*)?\s+{_SOME})?(?:\s+(?:sie|od\s+glosu|glos\w*)){{0,3}}\s*[:-]?\s*(?<!\w)(?:nie\s+(?:bylo|ma|stwierdzono|odnotowano|zanotowano|oddano|zgloszono|widze|zglosil\s+sie\s+nikt)|nikt(?:\s+nie\s+(?:byl|glosowal|zaglosowal))?|brak|none|nobody)(?!\w)",
    *("przeciw", "wstrz", "zdani", "opini", "slyszec", "stanowiska", "opowiedzi", "neutraln"),
    *("against", "opposed", "abst"),
)
_NOT_ONE = lazy(r"(?<!\w)ani\s+jed\w+")
_PERSON = r"(?:radn(?:y|a|ego|ej)|przewodnicz\w+|wiceprzewodnicz\w+|pani?(?!\w)|burmistrz)"
_SINGLE = lazy(
    rf"(?P<abstain>wstrzymal[ao]?\s+sie\s+(?:od\s+glosu\s+)?(?:(?:jedynie|tylko|wylacznie|zaledwie)\s+(?!\d)\w+|{_PERSON})|(?:{_PERSON}|jedynie|tylko)\s+(?:\w+\s+){{0,3}}?wstrzymal[a]?\s+sie)"
    rf"|(?P<against>(?<!\w)przeciw(?:ko|ny|na)?\s+(?:byl|byla|glosowal|glosowala|zaglosowal|zaglosowala|opowiedzial\s+sie|opowiedziala\s+sie)\s+(?:(?:jedynie|tylko|wylacznie)\s+(?!\d)\w+|{_PERSON})"
    rf"|(?<!\w)sprzeciwil[a]?\s+sie\s+(?:(?:jedynie|tylko|wylacznie)\s+(?!\d)\w+|{_PERSON})|przy\s+sprzeciwie\s+(?:radnego|radnej)"
    rf"|(?:jedynie|tylko)\s+(?:\w+\s+){{1,3}}?(?:byl|byla|glosowal|glosowala|zaglosowal|zaglosowala)\s+przeciw)",
    "przeciw",
    "wstrzymal",
)
_BY_VOTES = lazy(
    r"(?<!\w)glosami\s+(?P<m>[\w-]+)\s+(?:radn|rajc|osob)|(?P<n>[\w-]+)\s+glos(?:ami|ow|y|em)(?!\s+[\w-]+\s+(?:radn|rajc|osob))(?!\s+(?:przeciw\w*+|wstrz\w*+|sprzeciw\w*+)(?!\s+(?:glos\w*\s+)?(?:\d|jedn|dwo|trz|czter|piec)))",
    "glos",
)
_VOTED_DOWN = lazy(
    r"(?<!\w)(?:odrzuc(?:il|on|aj)\w*|utrac(?:il|on)\w*|storpedowa\w+|zablokowa\w+|pogrzeba\w+|przepad\w+|upad[lh]\w*"
    r"|nie\s+(?:zgodz|popar|przyj|wyraz|uchwal)\w+|rejected|defeated|voted\s+down)"
)
_CARRIED = lazy(
    r"(?<!\w)(?<!nie\s)(?:przyj[ea]\w+|podj\w+|uchwal[io]\w+|zgodz\w+|popar\w+|przeglosowa\w+|przesz\w+|zatwierdz\w+|wyraz\w+|zdecydowa\w+)"
)
# one number is enough where it counts votes: "jeden głos sprzeciwu", "przy dwóch głosach wstrzymujących"
_ALONE = lazy(r"(?<!\w)[\w-]+\s+glos\w{0,3}\s+(?:sprzeciwu|przeciw\w*|wstrzymuj\w*)", "glos")
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
# "10 głosów, tyle samo było przeciwnych"
_AS_MANY = lazy(
    r"(?<!\w)(?:dokladnie\s+)?(?:tyle|tylu)\s+samo(?!\w)(?=\s+(?:\w+\s+){0,3}?(?:za|przeciw\w*|wstrzym\w*|sprzeciw\w*|odmienn\w+|inn\w+)(?!\w))"
)
_BARELY = lazy(
    r"(?<!\w)(?:popar\w+|glosowa\w+|zaglosowa\w+|opowiedzi\w+\s+sie|bylo|byl[aoiy]?|podnios\w+\s+rek\w)\s+(?:za\s+)?(?:tylko|zaledwie|jedynie|raptem|ledwie)\s+(?:\w+\s+){0,2}(?:radn|glos|osob|rajc|czlonk)",
    *("=jedynie", "=ledwie", "=raptem", "=tylko", "=zaledwie", "czlonk"),
)
# "11 z 15 radnych": of so many
_OUT_OF = lazy(r"\s+(?:(?:radn|glos|osob|rajc)\w*\s+)?(?:z|ze|sposrod|of|out\s+of)\s+(?:obecnych\s+)?")
# "siedem do siedmiu – takim wynikiem zakończyło się głosowanie"
_RATIO_SIGN = lazy(r"\s+do\s+", "do")
_RATIO_AFTER = lazy(
    r"\W{0,4}(?:(?:taki\w*|to|oto)\s+){0,2}(?:(?:jest|byl|byl[ao]?|padl)\s+)?(?:wynik|rezultat|stosun|glosow)\w*"
)
_BRACKETED = lazy(r"(?P<what>(?<!\w)(?:za|przeciw|wstrzym\w{1,8} sie|tak|nie) )\((?P<n>\d{1,3})\)")
# "na 21 radnych rękę podniosło 12"
_PRESENT = lazy(r"(?<!\w)(?:na|sposrod)\s+(?:obecnych\s+)?$")
_COUNCILLORS = lazy(r"\s+(?:obecnych\s+)?(?:radnych|rajcow|glosujacych|obecnych|osob)(?!\w)")
_HYPHEN = lazy(r"(?<=[a-z\"])-(?=\d)")
_STRONG = lazy(r"(?:\s+(?:sie|od\s+glosu|glosow\w*|glos\w*|byl[ao]?|jest))*\"?\s*(?P<sign>[:=-])\s*")


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
    ballot = _read(region, folded, start, end)
    if ballot is None and "(" in region and len(_BRACKETED.findall(region)) > 1:
        ballot = _read(_BRACKETED.sub(r"\g<what> \g<n> ", region), folded, start, end)
    return ballot


_DIGIT = lazy(r"\d")
_OF_NO_NUMBER = (
    *("przeciw", "wstrz", "zdani", "slyszec", "stanowiska", "opini", "opowiedzi"),
    *("against", "opposed", "abst"),
)
"""What stands in a ballot that is told without a number: "nikt nie był przeciw", "wstrzymał się radny"."""


def _may_tell(region: str) -> bool:
    """Whether a number, or what is told without one, stands in a text; without either it tells no ballot."""
    return (
        _DIGIT.search(region) is not None
        or any(stem in region for stem in _OF_NO_NUMBER)
        or any(number in region for number in _ENGLISH_NUMBERS)
        or next(find_numbers(region), None) is not None
    )


def _read(region: str, folded: str, start: int, end: int) -> Ballot | None:
    region = region.replace("?", ":")
    if any(word in region for word in _MAY_BE_SHORTENED):
        region = _SHORTENED.sub(r"\1 ", region)
    if any(number in region for number in _ENGLISH_NUMBERS):
        region = _ENGLISH.sub(lambda m: str(_ENGLISH_NUMBERS.index(m[0]) + 1).ljust(len(m[0])), region)
    if "samo" in region:
        region = _AS_MANY.sub(lambda m: _the_same(region, m), region)
    region = hands_as_votes(region)
    if "liczbie" in region:
        region = _NUMBERING.sub(lambda m: f" {m['n']}".ljust(len(m[0])), region)
    triple = _triple(region, start, folded) or _yes_no(region, start)
    if triple is not None:
        return triple
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

    ratio = _RATIO.search(region)
    if ratio is not None:
        low_high = sorted((int(ratio[1]), int(ratio[2])))
        lost = _voted_down(region, ratio.start(1), ratio.end(2))
        in_favour, against = low_high if lost else (int(ratio[1]), int(ratio[2]))
        put("for", in_favour, start + ratio.start(), start + ratio.end())
        put("against", against, start + ratio.start(), start + ratio.end())
        region = region[: ratio.start()] + " " * len(ratio[0]) + region[ratio.end() :]
    else:
        for one, two in _in_words(region):
            put("for", one.value, start + one.start, start + two.end)
            put("against", two.value, start + one.start, start + two.end)
            region = region[: one.start] + " " * (two.end - one.start) + region[two.end :]
            break
    nobody = list(_NOBODY.finditer(region))
    for match in nobody:
        if next((n for n in find_numbers(_NOT_ONE.sub(" ", match[0])) if n.value), None) is not None:
            continue
        for anchor in _ANCHOR.finditer(match[0]):
            if anchor.lastgroup in ("against", "abstain"):
                put(anchor.lastgroup, 0, start + match.start(), start + match.end())
    masked = _without(region, nobody)
    for first, last in _chunks(masked):
        for kind, value, a, b in _pairs(masked[first:last]):
            put(kind, value, start + first + a, start + first + b)
    for single in _SINGLE.finditer(masked):
        kind = single.lastgroup or ""
        rest = re.split(r"[.,;)]", masked[single.end() : single.end() + 60])[0]
        if kind not in results and not re.search(r"(?<!\w)(?:i|oraz)(?!\w)", rest):
            put(kind, 1, start + single.start(), start + single.end())
    down = False
    for match in (*_UNANIMOUS.finditer(masked), *_BY_VOTES.finditer(masked)):
        number = next(find_numbers(next(text for text in match.groups() if text)), None)
        if number is not None and 0 < number.value <= _LARGEST_COUNCIL:
            down = _voted_down(masked, match.start(), match.end())
            kind = "against" if down else "for"
            if kind not in results:
                put(kind, number.value, start + match.start(), start + match.end())
            break
    alone = "for" not in results and len(results) < 2 and not down
    if clash or not results or (alone and _ALONE.search(region) is None):
        return None
    barely = _BARELY.search(region) is not None
    return Ballot(low, high, Votes(results.get("for"), results.get("against"), results.get("abstain")), barely)


def _without(region: str, matches: list[re.Match[str]]) -> str:
    """The region with blanks in place of some matches, so that offsets stay."""
    for match in matches:
        region = region[: match.start()] + " " * len(match[0]) + region[match.end() :]
    return region


def _the_same(region: str, match: re.Match[str]) -> str:
    """The number that "tyle samo" repeats, in as many letters."""
    before = [n for n in find_numbers(region[: match.start()]) if n.value <= _LARGEST_COUNCIL]
    return str(before[-1].value).ljust(len(match[0])) if before else match[0]


def _voted_down(region: str, start: int, end: int) -> bool:
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
            max(one.value, two.value) <= _LARGEST_COUNCIL
            and _RATIO_SIGN.fullmatch(region, one.end, two.start)
            and _RATIO_AFTER.match(region, two.end)
        ):
            yield one, two


def _yes_no(region: str, start: int) -> Ballot | None:
    found = list(_YES_NO.finditer(region))
    if len(found) != 1:
        return None
    match = found[0]
    yes, no = int(match["y"] or match["y2"]), int(match["n"] or match["n2"])
    return Ballot(start + match.start(), start + match.end(), Votes(yes, no, None)) if yes + no else None


def _triple(region: str, start: int, folded: str) -> Ballot | None:
    initials = _INITIALS.search(region)
    if initials is not None:
        values = [int(initials[n]) for n in (1, 2, 3)]
        return Ballot(start + initials.start(), start + initials.end(), Votes(*values))
    found = [m for m in _TRIPLE.finditer(region) if max(int(m[1]), int(m[3]), int(m[4])) <= _LARGEST_COUNCIL]
    if len(found) != 1:
        return None
    match = found[0]
    lead = region[max(0, match.start() - 60) : match.start()]
    order = _ORDER.search(folded)
    if re.search(r"(?:czas|godz\w*\.?|o)\W*$", lead):
        return None
    bracketed = lead.endswith("(") and region[match.end() : match.end() + 1] == ")" and _OF_COUNCIL.search(region)
    if not _TRIPLE_LEAD.search(lead) and order is None and not bracketed:
        return None
    kinds = ["for", "against", "abstain"]
    if order is not None:
        told = [(_ANCHOR.match(order[name]) or order).lastgroup or "" for name in ("a", "b", "c")]
        kinds = told if set(told) == set(kinds) else kinds
    values_by_kind = dict(zip(kinds, (int(match[1]), int(match[3]), int(match[4])), strict=True))
    votes = Votes(values_by_kind["for"], values_by_kind["against"], values_by_kind["abstain"])
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
    last = None
    for number in find_numbers(chunk):
        if _PRESENT.search(chunk, 0, number.start) and _COUNCILLORS.match(chunk, number.end):
            continue
        if last is not None and _OUT_OF.fullmatch(chunk, last.end, number.start):
            continue
        last = number
        if number.value > _LARGEST_COUNCIL or number.decimal or (number.ordinal and number.word):
            continue
        if _UNIT_AFTER.match(chunk, number.end) or _UNIT_BEFORE.search(chunk[: number.start]):
            continue
        items.append((number.start, number.end, "", number.value))
    items.sort()
    pairs: list[tuple[str, int, int, int]] = []
    anchors = [i for i in items if i[2]]
    numbers = [i for i in items if not i[2]]
    for anchor in list(anchors):  # "za: 14", "za - 14" leave no choice
        after = next((n for n in numbers if n[0] >= anchor[1]), None)
        sign = _STRONG.fullmatch(chunk, anchor[1], after[0]) if after is not None else None
        if after is not None and sign is not None and (sign["sign"] != "-" or items[0][2]):
            pairs.append((anchor[2], after[3], anchor[0], after[1]))
            anchors.remove(anchor)
            numbers = [n for n in numbers if n[0] >= after[1] or n[1] <= anchor[0]]
            numbers = [n for n in numbers if n is not after]
    if pairs:
        items = sorted([*anchors, *numbers])
        if not anchors:
            return pairs
    if len(anchors) == 1 and numbers and not pairs:
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
