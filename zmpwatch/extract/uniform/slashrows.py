"""Rows whose cells a stroke divides, as if a bar did: "113 / członkostwo w Związku / 26.05.2021 / odrzucono".

A stroke also stands in numbers and between choices; only lines that several strokes with blanks cut up, one below the
other, are rows of a table.
"""

from __future__ import annotations

from collections.abc import Iterator

__all__ = ["slashed_rows"]

_STROKE = " / "
_FEWEST_STROKES, _FEWEST_ROWS = 2, 2


def slashed_rows(text: str) -> Iterator[tuple[int, int, str]]:
    """The strokes between cells of rows, with the bars that stand for them."""
    if text.count(_STROKE) < _FEWEST_STROKES * _FEWEST_ROWS:
        return
    rows: list[list[int]] = []
    start = 0
    for line in (*text.split("\n"), ""):
        strokes = _strokes(line)
        if len(strokes) >= _FEWEST_STROKES and (not rows or len(rows[-1]) == len(strokes)):
            rows.append([start + place for place in strokes])
        else:
            if len(rows) >= _FEWEST_ROWS:
                yield from ((place + 1, place + 2, "|") for row in rows for place in row)
            rows = [[start + place for place in strokes]] if len(strokes) >= _FEWEST_STROKES else []
        start += len(line) + 1


def _strokes(line: str) -> list[int]:
    places: list[int] = []
    place = line.find(_STROKE)
    while place >= 0:
        places.append(place)
        place = line.find(_STROKE, place + len(_STROKE) - 1)
    return places
