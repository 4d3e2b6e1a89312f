"""The quick look at bytes never says no where the look at letters says yes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zmpwatch.extract.bodies.naming import is_about
from zmpwatch.extract.bodies.presence import can_be_named
from zmpwatch.model import Association
from zmpwatch.register import load_association

ZMP = load_association("zmp")
SILESIA = Association(key="szgip", name="Śląski Związek Gmin", short="ŚZGiP", acronyms=("ŚZGiP", "ŚZ"))

NAMED = (
    "Związek Miast Polskich zrzesza 381 miast.",
    "do ZWIĄZKU MIAST POLSKICH",
    "Zwiazkowi  Miast Polskich",
    "w Zwią\u00adzku\u200b Miast",
    "Zwia\u0328zek Miast",
    "Związëk Miast",
    "Związe\N{KELVIN SIGN} Miast",
    "Zwią-\nzek Miast",
    "Związek\nStrona 1 z 3\nMiast Polskich",
    "Związek – „Miast” Polskich",
    "Z W I Ą Z E K  M I A S T",
    "(z w i ą z e k)",
    "składka ZMP",
    "Association of Polish Cities",
    "Związek\t– Miast",
)


@pytest.mark.parametrize("text", NAMED)
def test_finds_every_spelling_the_letters_give(text: str) -> None:
    assert is_about(text, ZMP)
    assert can_be_named(text.encode(), ZMP)


@pytest.mark.parametrize(
    "text",
    [
        "Burmistrz Miasta ogłasza przetarg na remont ulicy Szkolnej w związku z budową.",
        "W mieście i gminie: 12 miast, 3 związki gmin.",
        "Zażółć gęślą jaźń; Ł, Ś, Ż a w mieście 1 2 3",
        "na rynku oraz w innych miejscach, także z windą",
        "z m powiatu, a p cieniste; (z) mp3",
    ],
)
def test_leaves_what_is_said_of_nothing(text: str) -> None:
    assert not can_be_named(text.encode(), ZMP)


def test_names_of_any_association_are_found() -> None:
    assert can_be_named("w Śląskim Związku Gmin".encode(), SILESIA)
    assert can_be_named("członek ŚZ".encode(), SILESIA)
    assert not can_be_named(b"Rada Miejska w Gliwicach", SILESIA)


SPELT = (
    "Związ|związ|ZWIĄZ|Zwiaz|ek|ku|kiem| |\n|\u00ad|-\n|Miast|mias|M iast|Polish|Union of |Cities|ZMP|APC|Z|z w i|a p c"
)
PIECES = st.sampled_from(
    [*SPELT.split("|"), "strona 2 z 4", "–", "(", "ż", "ë", "×", "7", ".", "*", "**", "__", "ą z", "M", "P"]
)


@given(st.lists(PIECES | st.characters(max_codepoint=0x300), max_size=12))
def test_says_no_only_where_nothing_is_named(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert can_be_named(text.encode("utf-8", "replace"), ZMP) or not is_about(text, ZMP)
