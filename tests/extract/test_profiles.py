"""Another association by its profile: the same rules, another name."""

import pytest

from zmpwatch.extract import extract
from zmpwatch.extract.bodies.naming import is_about
from zmpwatch.model import Context, CountStatement, MembershipStatement, Qualifier, Stage, Text
from zmpwatch.register import load_association

ADMITTED = (
    "9 maja 2022 r. Zarząd Unii Miasteczek Polskich przyjął Reszel w poczet członków. Miasto zostało 95. członkiem tej"
    " organizacji. Uchwałę w sprawie przystąpienia do Unii Rada Miejska w Reszlu podjęła 30 marca 2022 r."
)


def read(text, key):
    return extract(Text(text), Context(load_association(key)))


@pytest.mark.parametrize(
    "text",
    [
        "Do Unii Miasteczek Polskich przystąpiła gmina Lipsko.",
        "Razem z Unią Miasteczek Polskich",
        "UNIĘ MIASTECZEK POLSKICH",
        "unii  miasteczek\npolskich",
        "Unii\u00a0Polskich Miasteczek",
        "U N I I  M I A S T E C Z E K  P O L S K I C H",
        "U\u00adnia Mia\u00adsteczek",
    ],
)
def test_every_case_of_the_name_passes_the_prefilter(text):
    assert is_about(text, load_association("ump"))


def test_steps_and_counts_are_read_for_the_other_profile():
    found = read(ADMITTED, "ump")
    steps = {(s.municipality, s.stage, s.date) for s in found if isinstance(s, MembershipStatement)}
    assert steps == {("Reszel", Stage.ADMITTED, "2022-05-09"), ("Reszel", Stage.RESOLVED, "2022-03-30")}
    assert [(s.value, s.qualifier) for s in found if isinstance(s, CountStatement)] == [(95, Qualifier.ORDINAL)]


@pytest.mark.parametrize("qualifier", ["ponad", "blisko", ""])
def test_members_of_the_other_association_are_counted(qualifier):
    (count,) = read(f"Unia Miasteczek Polskich zrzesza {qualifier} 130 samorządów.", "ump")
    assert count.value == 130
    assert count.qualifier is {"ponad": Qualifier.AT_LEAST, "blisko": Qualifier.ABOUT, "": Qualifier.EXACT}[qualifier]


def test_what_is_said_of_one_association_says_nothing_of_the_other():
    assert read(ADMITTED, "zmp") == []
    assert read("Rada Miejska w Pszowie przystąpiła do Związku Miast Polskich, który zrzesza 340 miast.", "ump") == []
    assert read("Unia Metropolii Polskich (UMP) liczy 12 miast, a Unia Miasteczek Polskich ją wspiera.", "ump") == []
