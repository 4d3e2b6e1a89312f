"""Tables with numbers of members: of the association by years, and of several bodies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.counts.count import Count
from zmpwatch.extract.structure.reading import Reading
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.model import Qualifier

__all__ = ["counts_in_tables"]

_CELL = lazy(r"\s*\|\s*|\t\s*|\s{2,}|;\s")
_SEPARATOR = lazy(r"[|\t;]|\s{2}")
"""What each separator of cells holds; much faster to look for."""
_WHEN = lazy(r"(?:rok|lata|data|stan\s+na|na\s+dzien|year)(?:\s+\w+)?")
_MEMBERS = lazy(
    r"(?:liczba\s+)?(?:czlonk(?:owie|ow)|miast(?:a|)?\s+czlonkowski\w+|miasta|liczba\s+miast|czlonkowie\s+zwiazku|zrzeszone\s+miasta|members|member\s+cities)(?:\s+(?:\"?zwiazku(?:\s+miast\s+polskich)?\"?|zmp|ogolem|razem))?"
)
_OF_THE_OTHER = (
    "rok",
    "lata",
    "data",
    "stan",
    "dzien",
    "year",
    "nazwa",
    "organi",
    "zwiaz",
    "stowarz",
    "korpor",
    "name",
)
_OF_MEMBERS = ("czlonk", "miast", "member")
_HEADS_MEMBERS = (*_OF_MEMBERS, "liczba", "ilosc")
"""Of which the head of a column of members holds one, whatever its table is of."""
_YEAR = lazy(r"(?P<y>1[89]\d\d|20\d\d)(?:\s?r\.?|\s+rok\w*)?")
_VALUE = lazy(r"\d{2,4}")
_ABOUT_VALUE = lazy(
    r"(?:(?P<about>ponad|przeszlo|ok\.?|okolo|blisko|prawie|niemal)\s)?(?P<value>\d{2,4})(?:\s(?:miast|gmin|samorzadow|czlonkow))?"
)
_ASIDE = lazy(r"\s*\([^()]{0,60}\)")
_QUALIFIERS = {"ponad": Qualifier.AT_LEAST, "przeszlo": Qualifier.AT_LEAST} | dict.fromkeys(
    ("ok", "ok.", "okolo", "blisko", "prawie", "niemal"), Qualifier.ABOUT
)
_YEAR_END = lazy(r"(?:31\s+grudnia|31\.12|na\s+koniec\s+(?:kazdego\s+)?roku|koniec\s+roku)")
_OURS_IN_TITLE = 600
_LEAST, _MOST = 20, 3000


_BY_YEARS = lazy(
    r"\W*(?:liczba|ilosc)\s+(?:czlonkow|miast\s+czlonkowskich)(?:\s+\"?(?:zwiazku(?:\s+miast\s+polskich)?|zmp|stowarzyszenia)\"?)?(?:\s+(?:w|na\s+koniec)\s+(?:\w+\s+)?lat\w*[^\n]{0,30})?\W*"
)
_YEARS_ROW = lazy(
    r"\W*(?P<y>1[89]\d\d|20\d\d)(?:\s?r\.?)?\s*[-:]\s*(?P<value>\d{2,4})(?:\s(?:miast\w?|czlonk\w+|samorzad\w*))?\W*"
)
_WHICH = lazy(
    r"(?:pelna\s+)?(?:nazwa|organizacj[ae]|stowarzyszeni[ae]|zwiazek|zwiazki|korporacj[ae]|podmiot|instytucja|zrzeszenie|name|organi[sz]ation)(?:\s+(?:\w+\s+)?(?:organizacji|stowarzyszenia|zwiazku|samorzadowa|korporacji))?"
)
_HOW_MANY = lazy(
    r"(?:liczba|ilosc)\s+(?:czlonkow|miast(?:\s+czlonkowskich)?|gmin\s+czlonkowskich|samorzadow|zrzeszonych\s+\w+|podmiotow)|czlonkowie\s+\((?:liczba|ilu)\)|(?:number\s+of\s+)?members"
)
_PARTING = ("|", "\t", "  ")
"""What parts cells besides semicolons."""


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which columns of a table tell when (or which body) and how many, and how many columns there are."""

    when: int
    members: int
    width: int
    bodies: bool = False
    """The rows are of bodies, not of years."""


def counts_in_tables(reading: Reading) -> Iterator[Count]:
    """Yield the counts of tables whose header names a year and the members, below a mention of the association."""
    yield from _year_by_year(reading)
    if not _may_be_headed(reading.clean.folded):
        return
    columns: _Columns | None = None
    end_of_year = False
    for start, end in _lines(reading):
        if columns is None and not _may_be_header(reading.clean.folded[start:end]):
            continue
        cells = _cells(reading, start, end)
        header = _header(cells)
        if header is not None:
            title = reading.clean.folded[max(0, start - _OURS_IN_TITLE) : start]
            columns = header if header.bodies or _of_ours(reading, end) else None
            end_of_year = _YEAR_END.search(title) is not None
            continue
        if columns is None:
            continue
        if len(cells) != columns.width:
            columns = None
            continue
        if columns.bodies:
            yield from _of_our_row(reading, cells[columns.when], cells[columns.members], start, end)
            continue
        year, value = _YEAR.fullmatch(cells[columns.when]), _VALUE.fullmatch(cells[columns.members])
        if year is not None and value is not None and _LEAST <= int(value[0]) <= _MOST:
            as_of = f"{year['y']}-12-31" if end_of_year else year["y"]
            yield Count(int(value[0]), Qualifier.EXACT, as_of, start, end, "table.members", 0.9)


def _year_by_year(reading: Reading) -> Iterator[Count]:
    """Counts in lines below a heading: "Liczba członków Związku w latach 2015-2023", "2015: 301", "2019: 325"."""
    if "liczba" not in reading.clean.folded and "ilosc" not in reading.clean.folded:
        return
    headed = False
    for start, end in _lines(reading):
        line = reading.clean.folded[start:end]
        if _BY_YEARS.fullmatch(line):
            headed = _of_ours(reading, end)
            continue
        row = _YEARS_ROW.fullmatch(line) if headed else None
        headed = row is not None
        if row is not None and _LEAST <= int(row["value"]) <= _MOST:
            yield Count(int(row["value"]), Qualifier.EXACT, row["y"], start, end, "table.members", 0.9)


def _of_our_row(reading: Reading, name: str, cell: str, start: int, end: int) -> Iterator[Count]:
    """The number of members in the row of the association, in a table of several bodies."""
    bodies = [b for b in reading.bodies if start <= b.start < end]
    value = _ABOUT_VALUE.fullmatch(cell)
    if value is None or not bodies or any(b.kind is not BodyKind.OURS for b in bodies):
        return
    ours = reading.clean.folded[bodies[0].start : bodies[0].end]
    if _ASIDE.sub("", name).strip('" ') != _ASIDE.sub("", ours).strip('" '):
        return  # of a project or a forum of ours
    if _LEAST <= int(value["value"]) <= _MOST:
        qualifier = _QUALIFIERS[value["about"].split()[0]] if value["about"] else Qualifier.EXACT
        yield Count(int(value["value"]), qualifier, None, start, end, "table.bodies", 0.9)


def _may_be_headed(folded: str) -> bool:
    """Whether the head of a column of members may stand in a text at all."""
    for sign in _PARTING:
        folded = folded.replace(sign, ";")
    lines = (line for line in folded.split("\n") if ";" in line and any(word in line for word in _HEADS_MEMBERS))
    return any(_tells_members(cell.strip(" .:")) for line in lines for cell in line.split(";"))


def _tells_members(cell: str) -> bool:
    return _MEMBERS.fullmatch(cell) is not None or _HOW_MANY.fullmatch(cell) is not None


def _may_be_header(line: str) -> bool:
    """Whether a line holds words of both columns, and something to part them."""
    return (
        any(word in line for word in _OF_MEMBERS)
        and any(word in line for word in _OF_THE_OTHER)
        and _SEPARATOR.search(line) is not None
    )


def _lines(reading: Reading) -> Iterator[tuple[int, int]]:
    """The lines of the text without their blanks; an empty line stands for nothing."""
    for match in re.finditer(r"[^\n]+", reading.clean.text):
        surface = match[0].strip()
        if surface:
            start = match.start() + match[0].index(surface)
            yield start, start + len(surface)


def _cells(reading: Reading, start: int, end: int) -> list[str]:
    return [cell.strip(" .:") for cell in _CELL.split(reading.clean.folded[start:end].strip("| "))]


def _header(cells: list[str]) -> _Columns | None:
    """The columns of a header row, where one tells when and one alone the members."""
    if len(cells) < 2:
        return None
    when = [n for n, cell in enumerate(cells) if _WHEN.fullmatch(cell)]
    members = [n for n, cell in enumerate(cells) if _MEMBERS.fullmatch(cell)]
    which = [n for n, cell in enumerate(cells) if _WHICH.fullmatch(cell)]
    many = [n for n, cell in enumerate(cells) if _HOW_MANY.fullmatch(cell)]
    if which and len(many) == 1:
        return _Columns(which[0], many[0], len(cells), bodies=True)
    return _Columns(when[0], members[0], len(cells)) if len(when) == 1 and len(members) == 1 else None


def _of_ours(reading: Reading, start: int) -> bool:
    """Whether the body named last before a table is the association."""
    named = [b for b in reading.bodies if b.named and start - _OURS_IN_TITLE < b.start < start]
    return named[-1].kind is BodyKind.OURS if named else reading.own_site
