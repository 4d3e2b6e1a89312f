"""A list of members names whomever it names: no town is lost for what stands beside it, in any layout."""

import pytest

from zmpwatch.extract import extract
from zmpwatch.model import Context, MembershipStatement, Stage
from zmpwatch.read import text_from_plain
from zmpwatch.register import load_association, load_register

TOWNS = sorted({m.name for m in load_register() if m.is_city})
STEP = 12

LAYOUTS = {
    "a line each": ("Miasta członkowskie Związku Miast Polskich\n\n", "\n"),
    "bullets": ("Miasta członkowskie Związku Miast Polskich\n\n- ", "\n- "),
    "bars": ("Miasta członkowskie Związku Miast Polskich\n\n", " | "),
    "commas": ("Lista miast członkowskich Związku Miast Polskich: ", ", "),
}


def listed(names: list[str], layout: str) -> list[str]:
    head, between = LAYOUTS[layout]
    found = extract(text_from_plain(head + between.join(names) + "\n"), Context(load_association("zmp")))
    return sorted(s.municipality for s in found if isinstance(s, MembershipStatement) and s.stage is Stage.MEMBER)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_all_at_once(layout: str) -> None:
    assert listed(TOWNS, layout) == TOWNS


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("apart", [1, 7, 85])
def test_each_beside_others(layout: str, apart: int) -> None:
    """Every town in a short list, beside those next to it in the alphabet and beside those far away."""
    order = [name for first in range(apart) for name in TOWNS[first::apart]]
    lost = []
    for first in range(0, len(order), STEP):
        names = sorted(order[first : first + STEP])
        lost += [(name, names) for name in set(names).symmetric_difference(listed(names, layout))]
    assert lost == []
