"""Strokes between cells of rows are bars, other strokes are not."""

import pytest

from zmpwatch.extract.uniform.slashrows import slashed_rows

ROWS = "1 / ZMP / Burmistrz\n2 / Unia / Sekretarz"


def barred(text: str) -> str:
    letters = list(text)
    for start, end, bar in slashed_rows(text):
        letters[start:end] = bar
    return "".join(letters)


def test_rows_one_below_the_other_are_cut() -> None:
    assert (
        barred(f"Wykaz\n{ROWS}\n\nkino / teatr / koncert")
        == f"Wykaz\n{ROWS.replace('/', '|')}\n\nkino / teatr / koncert"
    )


@pytest.mark.parametrize(
    "text",
    ["", "1 / ZMP / Burmistrz", "a / b\nc / d", "1/2/3\n4/5/6", "a / b / c\n\nd / e / f", "a / b / c\nd / e / f / g"],
)
def test_other_strokes_stay(text: str) -> None:
    assert barred(text) == text
