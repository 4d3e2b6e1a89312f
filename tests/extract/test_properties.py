"""What must not change what a text states: how it is broken, spelt and surrounded."""

import random
import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zmpwatch.extract import extract
from zmpwatch.model import Block, BlockKind, Context, MembershipStatement, Text
from zmpwatch.register import load_association, load_register

from . import folders

CASES = [folders.load(name) for name in folders.names()]
PROSE = [case for case in CASES if case.name.startswith(("news", "two-", "count-", "sub-count", "mixed", "rejected"))]
MENU = "Start\nUrząd\nSport i kultura\nGaleria\nUżywamy plików cookie. Zgadzam się\n\n"
FOOTER = "\n\nTelefon: 12 345 67 89\nPolityka prywatności\nLiczba odwiedzin: 137284\n"
# a town whose forms no other town shares, and that stands in no case
TOWNS = ["Olkusz", "Wejherowo", "Krasnystaw", "Sandomierz", "Bełchatów", "Zawiercie", "Prudnik", "Tczew"]


def same(case, content):
    assert folders.facts(content, case.context) == folders.facts(case.content, case.context)


@given(st.sampled_from(PROSE), st.randoms(use_true_random=False))
def test_a_newline_between_words_of_a_sentence(case, chance):
    places = [m.start() for m in re.finditer(r"(?<=[a-ząćęłńóśźż,]) (?=[a-ząćęłńóśźż])", case.content)]
    if places:
        place = chance.choice(places)
        same(case, case.content[:place] + "\n" + case.content[place + 1 :])


@given(st.sampled_from(CASES), st.randoms(use_true_random=False))
def test_a_soft_hyphen_in_a_word(case, chance):
    places = [m.start() + 2 for m in re.finditer(r"[^\W\d_]{4}", case.content)]
    place = chance.choice(places)
    same(case, case.content[:place] + "\u00ad" + case.content[place:])


@given(st.sampled_from(CASES), st.randoms(use_true_random=False))
def test_a_hard_blank(case, chance):
    places = [m.start() for m in re.finditer(r"(?<=\w) (?=\w)", case.content)]
    place = chance.choice(places)
    same(case, case.content[:place] + "\u00a0" + case.content[place + 1 :])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_letters_in_pieces(case):
    same(case, unicodedata.normalize("NFD", case.content))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_line_ends_of_another_system(case):
    same(case, case.content.replace("\n", "\r\n"))


@pytest.mark.parametrize("case", PROSE, ids=lambda case: case.name)
def test_a_menu_around_the_text(case):
    same(case, MENU + case.content + FOOTER)


def test_a_menu_marked_as_such_by_the_reader():
    case = folders.load("news-board-admits-several")
    content = MENU + case.content
    blocks = (
        Block(BlockKind.LIST_ITEM, 0, len(MENU), boilerplate=True),
        Block(BlockKind.PARAGRAPH, len(MENU), len(content)),
    )
    found = extract(Text(content, blocks=blocks), case.context)
    assert {s.municipality for s in found if isinstance(s, MembershipStatement)} == {
        "Sulechów",
        "Drezdenko",
        "Iława",
        "Kłobuck",
    }


SENTENCES = [
    ("Zarząd Związku Miast Polskich 7 czerwca 2024 r. przyjął {acc} w poczet członków.", "admitted"),
    ("Radni {gen} podjęli 7 czerwca 2024 r. uchwałę o przystąpieniu do Związku Miast Polskich.", "resolved"),
    ("Gmina {nom} przystąpiła do Związku Miast Polskich 7 czerwca 2024 r.", "admitted"),
    ("Uchwała nr X/1/24 z 7 czerwca 2024 r. w sprawie przystąpienia {gen} do Związku Miast Polskich.", "resolved"),
    ("Na sesji 7 czerwca 2024 r. rozpatrzony będzie projekt uchwały o przystąpieniu {gen} do ZMP.", "proposed"),
]


@settings(deadline=None)
@given(st.sampled_from(SENTENCES), st.sampled_from(TOWNS))
def test_another_town_changes_only_the_town(sentence, name):
    template, stage = sentence
    register = load_register()
    (town,) = [m for m in register.candidates(name) if m.is_city and m.name == name]
    content = template.format(**{case: register.form(town, case) for case in ("nom", "gen", "acc")})
    (found,) = extract(Text(content), Context(load_association("zmp")))
    assert isinstance(found, MembershipStatement)
    assert (found.municipality, found.teryt) == (name, town.teryt)
    assert (found.stage.value, found.date) == (stage, "2024-06-07")


@settings(deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_read(content):
    text = Text("Związek Miast Polskich " + content)
    for statement in extract(text, Context(load_association("zmp"))):
        assert statement.quote == text.content[statement.start : statement.end]


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 2**32), st.integers(5, 60))
def test_words_of_the_field_in_any_order_are_read(seed, length):
    words = (
        "Rada podjęła uchwałę nr XI/59/25 przystąpieniu do Związku Miast Polskich Kutno 2024 r. za 11 ( ) ; – nie ZMP"
    )
    chance = random.Random(seed)
    content = " ".join(chance.choice(words.split()) for _ in range(length)) + " ZMP"
    for statement in extract(Text(content), Context(load_association("zmp"))):
        assert statement.quote == content[statement.start : statement.end]
