"""The sides of a ballot, and how many stood on each: "14 za", "nikt nie był przeciw", "wstrzymał się radny"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.numerals import find_numbers

__all__ = ["ABSTAIN", "AGAINST", "LARGEST_COUNCIL", "SideCount", "blanked", "counted", "nobody", "side_named", "single"]

LARGEST_COUNCIL = 120
"""More votes than this no council casts."""
AGAINST = (
    r"(?<!\w)(?:przeciw(?:ko|n\w{1,4}|nik\w*)?(?!\w)|sprzeciw\w*"
    r"|(?<!\w)(?:(?:odmiennego|innego)\s+zdania|(?:odmienne|inne|przeciwne)\s+zdanie)(?!\w)"
    r"|(?<!\w)nie\s+chc\w+\s+(?:o\s+(?:tym|nim|niej)\s+)?(?:nawet\s+)?slyszec(?!\w)|(?<!\w)wolal[oy](?!\w)"
    r"|(?<!\w)chcial[oya]?\s+(?:po)?zostac(?!\w))"
)
ABSTAIN = (
    r"(?<!\w)nie\s+(?:zaj[ea]\w+\s+stanowiska|mia\w+\s+(?:wlasnego\s+)?(?:zdania|opinii)(?!\w)|opowiedzi\w+\s+sie\s+po\s+zadnej"
    r"|(?:popar|stan[ea]|wskaza|wybra|przyzna)\w+\s+(?:racji\s+)?(?:po\s+)?(?:zadn\w+\s+(?:(?:ze\s+)?stron\w*|z\s+opcji)|ani\s+jedn(?:ych|ej\s+strony))"
    r"|(?:(?:za)?glosowa|podni[oe]s)\w+\s+(?:rek\w\s+)?ani\s+za(?!\w))|(?<!\w)bez\s+(?:wlasnego\s+)?(?:zdania|opinii)(?!\w)"
    r"|(?<!\w)wstrzym(?!ani\w)\w*|(?<!\w)wstrz\.?(?!\w)|(?<!\w)neutraln\w{1,2}(?!\w)"
)
_AT_A_WORD = r"(?=[abcfinoprsvwz\"])(?:(?<!\w)|(?=in\s|\"))"
"""Where a word for a side may begin: asked first, since most letters are no such place."""
_SIDE = lazy(
    rf"{_AT_A_WORD}(?:"
    r"(?P<for>(?<!\w)za(?!\w)(?!\s+(?:rok|rok\w+|\d{4}|miesi\w+|lat\w*|tydzien|(?:dwa|trzy|cztery)\s+lata|kilka|pol|pomoc\w*|granic\w*|posrednictw\w*|zgod\w*"
    r"|(?:\w+\s+)?(?:udzial|czlonkostwo|przynaleznosc|wejscie|przystapienie|wstapienie|uczestnictwo|obecnosc|skladk[ei]|pieniadze)(?!\w)(?!\s+by(?:l|lo|la|li)\s|\s+(?:(?:za)?glosowa|opowiedzi)\w+|\s?:\s?\d{1,3}(?!\s?(?:zl|tys|\d|,\d)))))"
    r"|(?<!\w)na\s+\"?tak(?!\w)|(?<!\w)p(?<!\bnie\s.)opar(?:l\w*|ci\w*)|(?<!\w)zwolenni\w+"
    r"|(?<!\w)zaa(?:kceptow|probow)a(?:lo|li|no)(?!\w)|(?<!\w)rak\s+(?:w\s+gor[ez]e?|podniesionych)"
    r"|(?:(?<=\blapek\s)|(?<=\blapki\s)|(?<=\bdloni\s)|(?<=\brece\s))w\s+gor[ez]e?(?!\w)|\"tak\""
    r"|(?<!\w)radnych\s+(?:[a-z-]+\s+)?chcial\w*|in\s+favou?r|(?<!\w)votes?\s+for(?!\w)"
    r"|(?<!\w)for(?=[\s,:-]+\d|$|[,;]))"
    rf"|(?P<against>{AGAINST}|(?<!\w)(?<!sie\s)(?<!stala\s)(?<!stali\s)(?<!stano\s)(?<!zgode\s)na\s+\"?nie\"?(?!\w)|(?<!\w)against|(?<!\w)opposed|\"nie\"|(?<!\w)w\s+dol(?!\w)|(?<=[\w\d]\s)nie(?=\s?(?:[,.;)]|$)))"
    rf"|(?P<abstain>{ABSTAIN}|(?<!\w)abstain\w*|(?<!\w)abstention\w*))"
)
_CHUNK = lazy(
    r",(?!(?<=\d,)\d)|[;()]|(?<!\w)(?:a|i|oraz|natomiast|przy|zas|and|with|ale|lecz)(?!\w)|(?<=\w)(?<!\d\sr)\.\s+"
)
_UNIT_AFTER = lazy(
    r"\s?(?:%|:\d|proc|zl|tys|mln|lata?\b|rok|dni|kwarta|polrocz|miesi|tydz|tygod|semestr|grosz|euro\b|godz|min\b|punkt|pkt|mieszk|r\.|os\.|stycz|lut|mar[cz]|kwiet|maj|czerw|lip|sierp|wrzes|pazdz|list|grudn|sesj|gr\b|dzieci|miast[ay]?\b|gmin[ya]?\b|rady?\b|glosow\w*\s+waz)"
)
_UNIT_BEFORE = lazy(
    r"(?:nr|pkt|punkt|art\.?|ust\.?|zal\.|zalacznik\w*|poz\.?|druk|par\.?|§|godz\.?|sesj\w+)\s*(?:nr\s*)?$"
)
_OF_THEM = lazy(r"\s+(?:z\s+nich|radnych|osob)(?!\w)")
"""As in "na sesji 14 radnych było za": no number of the session."""
_NONE = (
    r"nikt(?:\s+z\s+\w+)?|bez(?:\s+(?:ani\s+)?jedn\w+)?|brak\w{0,2}|zad(?:en|n\w+)|zero|ani\s+jed\w+|nie\s+(?:bylo|ma|mial\w*|stwierdzono|odnotowano|zanotowano|oddano|padl\w*|zgloszono)"
    r"|none|no(?:body)?|no\s+one|without"
)
_SOME = (
    rf"(?:{AGAINST}|(?<!\w)na\s+\"nie\"|{ABSTAIN}|(?<!\w)against|(?<!\w)opposed|(?<!\w)abstain\w*|(?<!\w)abstention\w*)"
)
_BETWEEN = (
    r"(?:\s+(?:radn\w+|nie|sie|byl[ao]?|glos\w*|zaglosowal\w*|od|osob\w*|jest|votes?|voted|were"
    r"|ani|i|oraz|czy|lub|and|or|takze|tez|rowniez)){0,6}\s+"
)
_NOBODY = lazy(
    rf"(?<!\w)(?:{_NONE}){_BETWEEN}{_SOME}(?:(?:\s+sie)?(?:{_BETWEEN}){_SOME})?"
    rf"|{_SOME}(?:(?:\s+sie)?\s+(?:i|oraz|ani|and)(?:\s+glos\w*)?\s+{_SOME})?\"?(?:\s+(?:sie|od\s+glosu|glos\w*)){{0,3}}\s*[:-]?\s*(?<!\w)(?:nie\s+(?:bylo|padl\w*|ma|stwierdzono|odnotowano|zanotowano|oddano|zgloszono|widze|zglosil\s+sie\s+nikt)|nikt(?:\s+nie\s+(?:byl|glosowal|zaglosowal))?|brak|none|nobody)(?!\w)",
    *("przeciw", "wstrz", "zdani", "opini", "slyszec", "stanowiska", "opowiedzi", "neutraln", "zadn", "=ani"),
    *("against", "opposed", "abst", "wolal", "zostac", '"nie"'),
)
"""Who was not there: "nikt nie był przeciw", "bez głosów przeciwnych i wstrzymujących", "przeciwnych nie było"."""
_MAY_BE_NONE = lazy(r"(?<!\w)(?:nikt|bez|brak|zad|zero|ani|nie|no|without)")
"""How words begin by which nobody is told to have been on a side; quick to look for."""
_NOT_ONE = lazy(r"(?<!\w)(?:ani|bez)\s+jed\w+")
_PERSON = r"(?:radn(?:y|a|ego|ej)|przewodnicz\w+|wiceprzewodnicz\w+|pani?(?!\w)|burmistrz)"
_SINGLE = lazy(
    rf"(?P<abstain>wstrzymal[ao]?\s+sie\s+(?:od\s+glosu\s+)?(?:(?:jedynie|tylko|wylacznie|zaledwie)\s+(?!\d)\w+|{_PERSON})|(?:{_PERSON}|jedynie|tylko)\s+(?:\w+\s+){{0,3}}?wstrzymal[a]?\s+sie|jedyn\w+\s+(?:osob[aye]|radn\w{{1,2}}),?\s+ktor[aey]\s+sie\s+wstrzymal[aoy]?)"
    rf"|(?P<against>(?<!\w)przeciw(?:ko|ny|na)?\s+(?:byl|byla|glosowal|glosowala|zaglosowal|zaglosowala|opowiedzial\s+sie|opowiedziala\s+sie)\s+(?:(?:jedynie|tylko|wylacznie)\s+(?!\d)\w+|{_PERSON})"
    rf"|(?<!\w)sprzeciwil[a]?\s+sie\s+(?:(?:jedynie|tylko|wylacznie)\s+(?!\d)\w+|{_PERSON})|przy\s+sprzeciwie\s+(?:radnego|radnej)"
    rf"|(?:jedynie|tylko)\s+(?:\w+\s+){{1,3}}?(?:byl|byla|glosowal|glosowala|zaglosowal|zaglosowala)\s+przeciw)",
    "przeciw",
    "wstrzymal",
)
_OUT_OF = lazy(r"\s+(?:(?:radn|glos|osob)\w*\s+)?(?:z|ze|sposrod|of|out\s+of)\s+(?:obecnych\s+)?")
"""As in "11 z 15 radnych": of so many."""
_PRESENT = lazy(r"(?<!\w)(?:na|sposrod)\s+(?:obecnych\s+)?$")
"""As in "na 21 radnych rękę podniosło 12"."""
_COUNCILLORS = lazy(r"\s+(?:obecnych\s+)?(?:radnych|glosujacych|obecnych|osob)(?!\w)")
_VOTED = lazy(r"(?<!za\s)(?<!przeciw\s)(?<!sie\s)(?<!\w)(?:glosowalo|glosujacych|obecnych|udzial\s+wzielo)\s+$")
_IN_ALL = lazy(r"\s+(?:\w+\s+)?(?:radnych|osob)\s?:")
"""As in "Głosowało 24 radnych: za …": how many voted, told before the sides."""
_STRONG = lazy(r"(?:\s+(?:sie|od\s+glosu|glosow\w*|glos\w*|byl[ao]?|jest))*\"?\s*(?P<sign>[:=-])\s*")
_PART_ENDS = lazy(r"[.,;)]")
_AND = lazy(r"(?<!\w)(?:i|oraz)(?!\w)")


class SideCount(NamedTuple):
    """How many stood on a side ("for", "against", "abstain"), and where in a run of text that is told."""

    side: str
    votes: int
    start: int
    end: int


def side_named(text: str) -> str:
    """The side that folded text begins to name; nothing where it names none."""
    match = _SIDE.match(text)
    return (match.lastgroup or "") if match is not None else ""


def nobody(region: str) -> tuple[list[SideCount], str]:
    """The sides that nobody stood on: "przy braku głosów przeciwnych i wstrzymujących".

    Returns:
        Counts of nought, and the region with blanks where it told them.
    """
    counts: list[SideCount] = []
    rest = region
    if _MAY_BE_NONE.search(region) is None:
        return counts, rest
    for match in _NOBODY.finditer(region):
        rest = blanked(rest, *match.span())
        if any(number.value for number in find_numbers(_NOT_ONE.sub(" ", match[0]))):
            continue
        sides = [side.lastgroup for side in _SIDE.finditer(match[0])]
        counts += [SideCount(side, 0, *match.span()) for side in sides if side in ("against", "abstain")]
    return counts, rest


def counted(region: str) -> Iterator[SideCount]:
    """Counts told as numbers, each beside the word for its side."""
    for first, last in _chunks(region):
        for pair in _pairs(region[first:last]):
            yield SideCount(pair.side, pair.votes, first + pair.start, first + pair.end)


def single(region: str) -> Iterator[SideCount]:
    """Sides that one person stood on: "wstrzymał się radny", unless another is named beside."""
    for match in _SINGLE.finditer(region):
        rest = _PART_ENDS.split(region[match.end() : match.end() + 60])[0]
        if not _AND.search(rest):
            yield SideCount(match.lastgroup or "", 1, *match.span())


def blanked(region: str, start: int, end: int) -> str:
    """The region with blanks from one place to another, so that offsets stay."""
    return region[:start] + " " * (end - start) + region[end:]


def _chunks(region: str) -> list[tuple[int, int]]:
    edges = [0]
    for match in _CHUNK.finditer(region):
        edges += [match.start(), match.end()]
    edges.append(len(region))
    return [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if b > a]


class _Item(NamedTuple):
    """A word for a side, or a number, which has no side."""

    start: int
    end: int
    side: str
    value: int


def _numbers(chunk: str) -> Iterator[_Item]:
    """The numbers of a chunk that may count votes."""
    last = None
    for number in find_numbers(chunk):
        if _PRESENT.search(chunk, 0, number.start) and _COUNCILLORS.match(chunk, number.end):
            continue
        if _VOTED.search(chunk, 0, number.start) and _IN_ALL.match(chunk, number.end):
            continue
        if last is not None and _OUT_OF.fullmatch(chunk, last.end, number.start):
            continue
        last = number
        if number.value > LARGEST_COUNCIL or number.decimal or (number.ordinal and number.word):
            continue
        if _UNIT_AFTER.match(chunk, number.end):
            continue
        if _UNIT_BEFORE.search(chunk[: number.start]) and not _OF_THEM.match(chunk, number.end):
            continue
        yield _Item(number.start, number.end, "", number.value)


def _pairs(chunk: str) -> list[SideCount]:
    """Pair words for sides with numbers in their order: "za - 14" or "14 za"."""
    sides = [_Item(m.start(), m.end(), m.lastgroup or "", -1) for m in _SIDE.finditer(chunk)]
    if not sides:
        return []
    numbers = list(_numbers(chunk))
    pairs, sides, numbers = _signed_pairs(chunk, sides, numbers)
    if not sides:
        return pairs
    if len(sides) == 1 and numbers and not pairs:
        return [_pair(sides[0], min(numbers, key=lambda number: _distance(number, sides[0])))]
    items = sorted([*sides, *numbers])
    index = 0
    while index + 1 < len(items):
        one, two = items[index], items[index + 1]
        if bool(one.side) != bool(two.side):
            pairs.append(_pair(one, two) if one.side else _pair(two, one))
            index += 2
        else:
            index += 1
    return pairs


def _signed_pairs(
    chunk: str, sides: list[_Item], numbers: list[_Item]
) -> tuple[list[SideCount], list[_Item], list[_Item]]:
    """The pairs that leave no choice, "za: 14", "za - 14", and the sides and numbers that are left."""
    pairs: list[SideCount] = []
    left: list[_Item] = []
    side_first = bool(min((*sides, *numbers)).side)
    for side in sides:
        after = next((number for number in numbers if number.start >= side.end), None)
        sign = _STRONG.fullmatch(chunk, side.end, after.start) if after is not None else None
        if after is not None and sign is not None and (sign["sign"] != "-" or side_first):
            pairs.append(_pair(side, after))
            numbers = [n for n in numbers if n is not after and (n.start >= after.end or n.end <= side.start)]
        else:
            left.append(side)
    return pairs, left, numbers


def _pair(side: _Item, number: _Item) -> SideCount:
    return SideCount(side.side, number.value, min(side.start, number.start), max(side.end, number.end))


def _distance(one: _Item, other: _Item) -> int:
    return max(one.start - other.end, other.start - one.end, 0)
