"""What does not pass the prefilter names the association nowhere."""

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zmpwatch.extract.bodies.finding import BodyKind, find_bodies
from zmpwatch.extract.bodies.naming import is_about
from zmpwatch.extract.uniform.clean import clean
from zmpwatch.register import load_association

from . import folders

ZMP = load_association("zmp")
UMP = load_association("ump")
FORMS = [
    "Związek Miast Polskich",
    "Związku Miast Polskich",
    "ZWIĄZKIEM MIAST POLSKICH",
    "związkowi miast polskich",
    "Zwiazku Miast Polskich",
    "Związek Miast Polski",
    "Association of Polish Cities",
    "Union of Polish Cities",
    "ZMP",
    "ZMP-u",
    "APC",
]
FILLER = st.text(alphabet='abcząężół ZM.,-\n\r"(1\u00a0\u00ad', max_size=30)
# what print, scans and editors do to a name, at a place between two letters or between two words
BREAKS = ["\u00ad", "\u200b", "-\n", "- \n  ", "-\r\n", "**", "__", "\ufeff"]
BLANKS = [" ", "  ", "\u00a0", "\n", "\r\n", "\t", "\n- 4 -\n", "\n\nStrona 3 z 12\n\n", " \u201e", "\u2009"]


@st.composite
def spoilt_names(draw):
    name = draw(st.sampled_from(FORMS))
    words = name.split(" ")
    joined = words[0]
    for word in words[1:]:
        joined += draw(st.sampled_from(BLANKS)) + word
    places = [m.start() + 1 for m in re.finditer(r"[^\W\d_](?=[^\W\d_])", joined)]
    for place in sorted(draw(st.lists(st.sampled_from(places), max_size=2, unique=True)), reverse=True):
        joined = joined[:place] + draw(st.sampled_from(BREAKS)) + joined[place:]
    spelling = draw(st.sampled_from(["as it is", "NFD", "spaced out", "torn", "foreign marks"]))
    if spelling == "NFD":
        joined = unicodedata.normalize("NFD", joined)
    elif spelling == "spaced out":
        joined = "   ".join(" ".join(word) for word in name.split(" "))
    elif spelling == "torn":
        joined = " ".join(word[0] + " " + word[1:] for word in name.split(" "))
    elif spelling == "foreign marks":
        joined = joined.replace("a", "ä").replace("o", "ö")
    return joined


def names_it(text, association=ZMP):
    return any(b.kind is BodyKind.OURS and b.named for b in find_bodies(clean(text), association))


@settings(max_examples=400, deadline=None)
@given(FILLER, spoilt_names(), FILLER)
def test_a_spoilt_name_that_is_read_passes(before, name, after):
    text = before + name + after
    if names_it(text):
        assert is_about(text, ZMP)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ZzWwIiAaĄąEeKkUuMmSsTtPpOoLlHhCcNn -\n.\u00ad", max_size=60))
def test_nothing_that_is_read_is_kept_out(text):
    if names_it(text):
        assert is_about(text, ZMP)


@pytest.mark.parametrize("name", folders.names())
def test_every_case_that_states_something_passes(name):
    case = folders.load(name)
    if any(case.expected.values()) and names_it(case.content, case.context.association):
        assert is_about(case.content, case.context.association)


def test_what_another_association_is_called_passes_for_it_only():
    text = "Rada przystąpiła do Unii Miasteczek Polskich."
    assert is_about(text, UMP)
    assert not is_about(text, ZMP)


@pytest.mark.parametrize(
    "text",
    [
        "Rada Miejska uchwaliła budżet, w związku z czym miasta będą spokojne.",
        "Kapcie i klapki kupisz na miejscu; ozmpa nie ma.",
        "Zarząd Związku Gmin Wiejskich obradował w Pile. Miasto jest polskie.",
    ],
)
def test_what_names_it_nowhere_is_kept_out(text):
    assert not is_about(text, ZMP)
