"""Cells of rows that a sign divides ("1;Związek …;1999;uchwała …"), under the names of their columns."""

from __future__ import annotations

import re

from zmpwatch.extract.words.lazy import lazy

__all__ = ["since_cell", "until_cell"]

_SIGNS = (";", "|", "\t")
_FEWEST = 2
"""So many signs at least make a row."""
_HIGHEST = 40
"""How many rows up the names of the columns may stand."""
_SINCE = lazy(
    r"(?:rok|data|dzien)\s+(?:przystapieni\w+|wstapieni\w+|akcesu|wejscia|dolaczenia|przyjecia|uzyskania\s+czlonkostwa)|od\s+kiedy|(?:czlonek|czlonkostwo|nalezy|w\s+organizacji)\s+od(?:\s+(?:roku|dnia|kiedy))?|przystapienie|member\s+since|since|joined"
)


_UNTIL = lazy(
    r"(?:rok|data|dzien)\s+(?:wystapieni\w+|rezygnacji|zakonczenia(?:\s+czlonkostwa)?|ustania(?:\s+czlonkostwa)?|wykreslenia|skreslenia)|do\s+kiedy|(?:czlonek|czlonkostwo|nalezal[aoy]?|w\s+organizacji)\s+do(?:\s+(?:roku|dnia|kiedy))?|wystapienie"
)


def since_cell(folded: str, position: int) -> tuple[int, int] | None:
    """The cell of a row that tells since when, by the name of its column: "Rok przystąpienia".

    Args:
        folded: the folded text.
        position: a place in the row.
    """
    return _cell(folded, position, _SINCE)


def until_cell(folded: str, position: int) -> tuple[int, int] | None:
    """The cell of a row that tells until when: "Data wystąpienia"; parameters as for `since_cell`."""
    return _cell(folded, position, _UNTIL)


def _cell(folded: str, position: int, column_name: re.Pattern[str]) -> tuple[int, int] | None:
    start, end = folded.rfind("\n", 0, position) + 1, folded.find("\n", position)
    row = folded[start : end if end >= 0 else len(folded)]
    sign = next((s for s in _SIGNS if row.count(s) >= _FEWEST), None)
    if sign is None:
        return None
    above = folded[:start].rstrip("\n").split("\n")[-_HIGHEST:]
    for line in reversed(above):
        names = line.split(sign)
        column = next((n for n, name in enumerate(names) if column_name.fullmatch(name.strip(" .:\"'"))), None)
        if column is None:
            continue
        cells = row.split(sign)
        if len(cells) != len(names):
            return None
        low = start + sum(len(cell) + 1 for cell in cells[:column])
        return low, low + len(cells[column])
    return None
