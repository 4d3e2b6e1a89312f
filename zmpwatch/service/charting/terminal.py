"""A step line in characters."""

from __future__ import annotations

from itertools import pairwise

from zmpwatch.service.charting.chart import Chart, Scale, day_ticks, value_ticks

__all__ = ["lines_of"]

_PLAIN = str.maketrans("─│╭╮╰╯┤┼└┬∘•", "-|.--'|+++o*")
_LABEL_SPACE = 4
"""Cells of line a number needs beside itself."""


class _Canvas:
    """Cells, row 0 on top."""

    def __init__(self, width: int, height: int) -> None:
        self.rows = [[" "] * width for _ in range(height)]

    def put(self, row: int, column: int, text: str) -> None:
        for offset, character in enumerate(text):
            if 0 <= column + offset < len(self.rows[row]):
                self.rows[row][column + offset] = character

    def free(self, row: int, column: int) -> bool:
        return self.rows[row][column] == " "


def lines_of(chart: Chart, *, width: int = 80, height: int = 14, plain: bool = False) -> list[str]:
    """The chart in at most `width` columns and about `height` rows; `plain` keeps to ASCII.

    Several numbers that fall into one column are drawn as the newest of them.
    """
    ticks = value_ticks(*chart.values, max(2, height // 3))
    gutter = max(len(str(tick)) for tick in ticks)
    last_label = f" {chart.marks[-1].value}"
    columns = max(20, width - gutter - 3 - len(last_label))
    first, last = chart.days
    across = Scale(first.toordinal(), last.toordinal(), 0, columns - 1)
    down = Scale(ticks[0], ticks[-1], height - 1, 0)
    canvas = _Canvas(columns + len(last_label), height)
    for run in chart.runs:
        places = {round(across(mark.day.toordinal())): mark.value for mark in run}
        stops = sorted(places)
        again = {stop for before, stop in pairwise(stops[:-1]) if places[before] == places[stop]}
        _draw(canvas, {stop: places[stop] for stop in stops if stop not in again}, down)
    for mark in chart.others:
        row, column = round(down(mark.value)), round(across(mark.day.toordinal()))
        if canvas.free(row, column):
            canvas.put(row, column, "∘")
    at_row = {round(down(tick)): tick for tick in ticks}
    lines = [
        f"{at_row.get(row, ''):>{gutter}} {'┤' if row in at_row else '│'}{''.join(cells)}".rstrip()
        for row, cells in enumerate(canvas.rows)
    ]
    lines += _day_axis(chart, across, columns, gutter)
    return [line.translate(_PLAIN) for line in lines] if plain else lines


def _draw(canvas: _Canvas, places: dict[int, int], down: Scale) -> None:
    """One run of the line: along, up and down, its numbers where there is room."""
    stops = sorted(places)
    row = round(down(places[stops[0]]))
    for stop, following in zip(stops, [*stops[1:], None], strict=True):
        new = round(down(places[stop]))
        begin = stop
        if new != row:
            _climb(canvas, stop, row, new)
            begin = stop + 1
        row = new
        end = following if following is not None else stop + 1
        canvas.put(row, begin, "─" * (end - begin))
        number = str(places[stop])
        if following is None:
            canvas.put(row, stop, "•" if stop == stops[0] else canvas.rows[row][stop])
            canvas.put(row, stop + 1, f" {number}")
        elif end - begin >= len(number) + _LABEL_SPACE:
            canvas.put(row, begin + (end - begin - len(number) - 2) // 2, f" {number} ")


def _climb(canvas: _Canvas, column: int, old: int, new: int) -> None:
    up = new < old
    canvas.put(old, column, "╯" if up else "╮")
    canvas.put(new, column, "╭" if up else "╰")
    for row in range(min(old, new) + 1, max(old, new)):
        canvas.put(row, column, "│")


def _day_axis(chart: Chart, across: Scale, columns: int, gutter: int) -> list[str]:
    ticks = day_ticks(*chart.days, columns // 12)
    if ticks and len(ticks[0][1]) == len("2025"):
        ticks = day_ticks(*chart.days, columns // 7)
    axis, labels = ["─"] * columns, [" "] * (columns + 10)
    for day, label in ticks:
        column = round(across(day.toordinal()))
        axis[column] = "┬"
        begin = max(0, column - len(label) // 2)
        labels[begin : begin + len(label)] = label
    pad = " " * gutter
    return [f"{pad} └{''.join(axis)}", f"{pad}  {''.join(labels)}".rstrip()]
