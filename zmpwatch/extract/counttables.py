"""Tables and calendars of the association's own history: a year in each row, and how many members it had then."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from zmpwatch.extract.bodies import BodyKind
from zmpwatch.extract.count import Count
from zmpwatch.extract.lazy import lazy
from zmpwatch.extract.reading import Reading
from zmpwatch.model import Qualifier

__all__ = ["counts_in_tables"]

_CELL = lazy(r"\s*\|\s*|\t\s*|\s{2,}|;\s")
_SEPARATOR = lazy(r"[|\t;]|\s{2}")
"""What each separator of cells holds; much faster to look for."""
_WHEN = lazy(r"(?:rok|lata|data|stan\s+na|na\s+dzien|year)(?:\s+\w+)?")
_MEMBERS = lazy(
    r"(?:liczba\s+)?(?:czlonk(?:owie|ow)|miast(?:a|)?\s+czlonkowski\w+|miasta|liczba\s+miast|czlonkowie\s+zwiazku|zrzeszone\s+miasta|members|member\s+cities)(?:\s+(?:zwiazku|zmp|ogolem|razem))?"
)
_OF_TIME = ("rok", "lata", "data", "stan", "dzien", "year")
_OF_MEMBERS = ("czlonk", "miast", "member")
_YEAR = lazy(r"(?P<y>1[89]\d\d|20\d\d)(?:\s?r\.?|\s+rok\w*)?")
_VALUE = lazy(r"\d{2,4}")
_YEAR_END = lazy(r"(?:31\s+grudnia|31\.12|na\s+koniec\s+(?:kazdego\s+)?roku|koniec\s+roku)")
_OURS_IN_TITLE = 600
_LEAST, _MOST = 20, 3000


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which columns of a table tell when and how many, and how many columns there are."""

    when: int
    members: int
    width: int


def counts_in_tables(reading: Reading) -> Iterator[Count]:
    """Yield the counts of tables whose header names a year and the members, below a mention of the association."""
    lines = list(_lines(reading))
    columns: _Columns | None = None
    end_of_year = False
    for start, end in lines:
        if columns is None and not _may_be_header(reading.clean.folded[start:end]):
            continue
        cells = _cells(reading, start, end)
        header = _header(cells)
        if header is not None:
            title = reading.clean.folded[max(0, start - _OURS_IN_TITLE) : start]
            columns = header if _of_ours(reading, start) else None
            end_of_year = _YEAR_END.search(title) is not None
            continue
        if columns is None:
            continue
        if len(cells) != columns.width:
            columns = None
            continue
        year, value = _YEAR.fullmatch(cells[columns.when]), _VALUE.fullmatch(cells[columns.members])
        if year is not None and value is not None and _LEAST <= int(value[0]) <= _MOST:
            as_of = f"{year['y']}-12-31" if end_of_year else year["y"]
            yield Count(int(value[0]), Qualifier.EXACT, as_of, start, end, "table.members", 0.9)


def _may_be_header(line: str) -> bool:
    """Whether a line holds words of both columns, and something to part them."""
    return (
        any(word in line for word in _OF_MEMBERS)
        and any(word in line for word in _OF_TIME)
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
    return _Columns(when[0], members[0], len(cells)) if len(when) == 1 and len(members) == 1 else None


def _of_ours(reading: Reading, start: int) -> bool:
    """Whether the body named last before a table is the association."""
    named = [b for b in reading.bodies if b.named and start - _OURS_IN_TITLE < b.start < start]
    return named[-1].kind is BodyKind.OURS if named else reading.own_site
