"""Charts: scales that fit, lines that step, and nothing drawn where nothing is known."""

from __future__ import annotations

import math
import re
import sys
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zmpwatch.errors import ConfigError
from zmpwatch.service.charting import Chart, Mark, lines_of, png_of, svg_of
from zmpwatch.service.charting.chart import day_ticks, value_ticks

SVG = "{http://www.w3.org/2000/svg}"


def chart(*marks: tuple[str, int] | tuple[str, int, bool]) -> Chart:
    told = [Mark(date.fromisoformat(mark[0]), mark[1], mark[2] if len(mark) > 2 else True) for mark in marks]
    return Chart("Members", tuple(told), "a note")


STORY = chart(("2024-07-01", 356), ("2024-11-15", 373), ("2025-01-10", 350, False), ("2025-06-18", 389))


def test_the_plot_of_three_numbers() -> None:
    assert lines_of(STORY, width=60, height=7) == [
        "400 ┤",
        "    │                                                 ╭ 389",
        "    │                                                 │",
        "    │                   ╭──────────── 373 ────────────╯",
        "    │                   │",
        "    │─────── 356 ───────╯",
        "350 ┤                           ∘",
        "    └┬────────────┬────────────┬───────────┬───────────",
        "     2024-07   2024-10      2025-01     2025-04",
    ]


def test_a_plot_in_plain_characters_is_ascii() -> None:
    assert all(line.isascii() for line in lines_of(STORY, plain=True))


def test_a_misread_number_does_not_flatten_the_line() -> None:
    misread = chart(("2024-07-01", 373), ("2024-08-01", 30, False), ("2025-06-18", 381))
    assert misread.values == (372, 382)
    assert misread.others == []


def test_no_line_over_decades_without_a_number() -> None:
    long_ago = chart(("1937-07-01", 494), ("1939-07-01", 515), ("1991-01-15", 60), ("2008-02-15", 307))
    assert [[mark.value for mark in run] for run in long_ago.runs] == [[494, 515], [60, 307]]
    assert len(re.findall("<path", svg_of(long_ago))) == 2


def test_the_picture_is_sound_xml_with_every_number() -> None:
    root = ElementTree.fromstring(svg_of(STORY))
    texts = [element.text for element in root.iter(f"{SVG}text")]
    assert {"356", "373", "389"} <= set(texts)
    dots = [circle for circle in root.iter(f"{SVG}circle") if circle.find(f"{SVG}title") is not None]
    assert len(dots) == 4
    (path,) = root.iter(f"{SVG}path")
    assert re.fullmatch(r"M[\d.]+ [\d.]+(H[\d.]+V[\d.]+){2}", path.get("d") or "")


def labels_of(drawn: str) -> list[tuple[int, float, float]]:
    """The numbers of the line with where each stands: the middle of its base line."""
    (group,) = (group for group in ElementTree.fromstring(drawn).iter(f"{SVG}g") if group.get("font-weight") == "bold")
    return [(int(text.text or ""), float(text.get("x") or 0), float(text.get("y") or 0)) for text in group]


def places_of(found: Chart) -> list[tuple[int, float, float]]:
    """The dots of the line, each with its number."""
    told = [(mark.value, f"{mark.value} of {mark.day}") for mark in found.marks if mark.on_line]
    marks = tuple(Mark(mark.day, mark.value, mark.on_line, f"{mark.value} of {mark.day}") for mark in found.marks)
    root = ElementTree.fromstring(svg_of(Chart(found.title, marks)))
    circles = {c.findtext(f"{SVG}title"): c for c in root.iter(f"{SVG}circle")}
    return [(value, float(circles[t].get("cx") or 0), float(circles[t].get("cy") or 0)) for value, t in told]


CROWDED = chart(
    *(("1991-01-15", 60), ("2008-02-15", 307), ("2015-07-02", 300), ("2019-03-06", 306), ("2019-07-02", 314)),
    *(("2019-09-19", 321), ("2020-07-01", 325), ("2021-02-24", 335), ("2021-04-22", 337), ("2023-07-02", 355)),
    *(("2024-07-01", 356), ("2024-11-15", 373), ("2025-06-18", 389)),
)


@pytest.mark.parametrize("drawn", [STORY, CROWDED], ids=["roomy", "crowded"])
def test_a_number_stands_at_its_own_dot_and_inside_the_picture(drawn: Chart) -> None:
    labels, dots = labels_of(svg_of(drawn)), places_of(drawn)
    assert labels
    for value, x, y in labels:
        nearest = min(dots, key=lambda dot: math.dist(dot[1:], (x, y - 5)))
        assert nearest[0] == value
        assert math.dist(nearest[1:], (x, y - 5)) < 25
        assert x <= 904


def test_days_are_to_scale() -> None:
    root = ElementTree.fromstring(svg_of(STORY))
    places = [float(c.get("cx") or 0) for c in root.iter(f"{SVG}circle") if c.find(f"{SVG}title") is not None]
    other, first, second, third = places  # the number of others is drawn below the line
    days = [(date.fromisoformat(day) - date(2024, 7, 1)).days for day in ("2024-11-15", "2025-01-10", "2025-06-18")]
    for place, passed in zip((second, other, third), days, strict=True):
        assert (place - first) / (third - first) == pytest.approx(passed / days[-1], abs=0.001)


def test_strange_titles_stay_text() -> None:
    drawn = svg_of(Chart("<script>&", STORY.marks, '"><x>'))
    assert ElementTree.fromstring(drawn).findtext(f"{SVG}title") == "<script>&"


def test_png_without_the_library_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    with pytest.raises(ConfigError, match=r"pip install 'zmpwatch\[picture\]'"):
        png_of(svg_of(STORY))


def test_png_is_one() -> None:
    pytest.importorskip("resvg_py", reason="the extra `picture` is not installed")
    assert png_of(svg_of(STORY)).startswith(b"\x89PNG")


marks = st.lists(
    st.builds(Mark, st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 3000), st.booleans()), min_size=1
).map(lambda found: tuple(sorted(found, key=lambda mark: mark.day)))


@given(marks, st.integers(20, 200))
def test_any_chart_can_be_drawn_within_its_width(found: tuple[Mark, ...], width: int) -> None:
    lines = lines_of(Chart("x", found), width=width)
    assert max(map(len, lines)) <= max(width, 40) + 10
    ElementTree.fromstring(svg_of(Chart("x", found)))


@given(st.integers(0, 100_000), st.integers(10, 100_000), st.integers(2, 12))
def test_ticks_of_values_enclose_them(low: int, span: int, most: int) -> None:
    ticks = value_ticks(low, low + span, most)
    assert ticks[0] <= low
    assert ticks[-1] >= low + span
    assert len(ticks) <= most + 2


@given(st.dates(date(1900, 1, 1), date(2030, 1, 1)), st.integers(29, 60_000), st.integers(3, 16))
def test_ticks_of_days_lie_within(first: date, span: int, most: int) -> None:
    last = first + timedelta(days=span)
    ticks = day_ticks(first, last, most)
    assert len(ticks) <= most
    assert all(first <= day <= last for day, _ in ticks)
