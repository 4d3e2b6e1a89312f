"""A step line as SVG, complete in itself: no script, no font and no style from elsewhere."""

from __future__ import annotations

import math
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from zmpwatch.service.charting.chart import Chart, Mark, Scale, day_ticks, value_ticks

if TYPE_CHECKING:
    from jinja2 import Template

__all__ = ["svg_of"]

WIDTH, HEIGHT = 960, 480
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 56, 72, 64
_LABEL_WIDTH, _LABEL_HEIGHT = 30.0, 11.0

_Box = tuple[float, float, float, float]


@cache
def _template() -> Template:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    return environment.get_template("chart.svg.jinja")


def svg_of(chart: Chart) -> str:
    """The chart as an SVG document of 960 × 480 points that scales to any size."""
    ticks = value_ticks(*chart.values, 6)
    first, last = chart.days
    across = Scale(first.toordinal(), last.toordinal(), _LEFT, WIDTH - _RIGHT)
    down = Scale(ticks[0], ticks[-1], HEIGHT - _BOTTOM, _TOP)

    def place(mark: Mark) -> tuple[float, float]:
        return round(across(mark.day.toordinal()), 1), round(down(mark.value), 1)

    return _template().render(
        chart=chart,
        width=WIDTH,
        height=HEIGHT,
        left=_LEFT,
        right=WIDTH - _RIGHT,
        top=_TOP,
        bottom=HEIGHT - _BOTTOM,
        values=[(tick, round(down(tick), 1)) for tick in ticks],
        days=[(label, round(across(day.toordinal()), 1)) for day, label in day_ticks(first, last, 12)],
        paths=[_path([place(mark) for mark in run]) for run in chart.runs],
        dots=[(mark, *place(mark)) for run in chart.runs for mark in run],
        others=[(mark, *place(mark)) for mark in chart.others],
        labels=_labels([[(mark, *place(mark)) for mark in run] for run in chart.runs]),
    )


def _path(places: list[tuple[float, float]]) -> str:
    (x, y), rest = places[0], places[1:]
    return f"M{x} {y}" + "".join(f"H{right}V{up}" for right, up in rest)


def _labels(runs: list[list[tuple[Mark, float, float]]]) -> list[tuple[int, float, float]]:
    """Where numbers may stand without covering one another, a dot or the line: newest first, each once in a row.

    A number that finds no place where its own dot is the nearest is left out; its dot still tells it.
    """
    taken = [box for run in runs for box in _drawn([(x, y) for _, x, y in run])]
    dots = [(x, y) for run in runs for _, x, y in run]
    labels = []
    for run in reversed(runs):
        for index in range(len(run) - 1, -1, -1):
            mark, x, y = run[index]
            if index and run[index - 1][0].value == mark.value:
                continue
            for at_x, at_y in ((x, y - 9), (x - 16, y - 9), (x + 17, y + 16), (x - 17, y + 16)):
                box = (at_x - _LABEL_WIDTH / 2, at_y - _LABEL_HEIGHT, at_x + _LABEL_WIDTH / 2, at_y + 1)
                centre = (at_x, at_y - _LABEL_HEIGHT / 2)
                own = min(dots, key=lambda dot: math.dist(dot, centre)) == (x, y)
                inside = box[2] <= WIDTH - _RIGHT + _LABEL_WIDTH / 2 and box[3] <= HEIGHT - _BOTTOM
                if own and inside and not any(_overlap(box, other) for other in taken):
                    taken.append(box)
                    labels.append((mark.value, round(at_x, 1), round(at_y, 1)))
                    break
    return labels


def _drawn(places: list[tuple[float, float]]) -> list[_Box]:
    """What a run covers: its dots, and the lines between them."""
    boxes = [(x - 4, y - 4, x + 4, y + 4) for x, y in places]
    for (x, y), (right, up) in pairwise(places):
        boxes += [(x, y - 1, right, y + 1), (right - 1, min(y, up), right + 1, max(y, up))]
    return boxes


def _overlap(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
