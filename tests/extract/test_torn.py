"""Words that a scan tore before a Polish letter are made whole, and quotes stay true."""

import pytest

from zmpwatch.extract import as_json, extract
from zmpwatch.extract.bodies.naming import is_about
from zmpwatch.extract.uniform.clean import clean
from zmpwatch.extract.uniform.torn import mended
from zmpwatch.model import Text
from zmpwatch.register import load_association
from zmpwatch.service.extracting import context_of, default_association

ZMP = load_association("zmp")


@pytest.mark.parametrize(
    ("torn", "whole"),
    [
        ("podj ęła uchwa łę o przyst ąpieniu", "podjęła uchwałę o przystąpieniu"),
        ("W ągrowiec i Ko ścian nale żą do Zwi ązku", "Wągrowiec i Kościan należą do Związku"),
        ("26 wrze śnia zosta ł przyj ęty", "26 września został przyjęty"),
        ("Burmistrz Ła ńcuta zapowiedzia ł", "Burmistrz Łańcuta zapowiedział"),
        ("UCHWA ŁA O PRZYST ĄPIENIU", "UCHWAŁA O PRZYSTĄPIENIU"),
    ],
)
def test_tears_are_mended(torn: str, whole: str) -> None:
    assert mended(clean(torn)).text == whole


@pytest.mark.parametrize(
    "text",
    [
        "w środę w Łodzi i na łące, od źródła do ósmej",  # no tear at all
        "podj ęto w środę, projekt środków, głosy z Łodzi",  # one tear: these are words of their own
        "Z w i ą z e k   M i a s t",  # spaced out, which is read elsewhere
    ],
)
def test_words_of_their_own_stay_apart(text: str) -> None:
    assert mended(clean(text)).text.replace("podjęto", "podj ęto") in (clean(text).text, text)


def test_a_quote_is_that_of_the_page() -> None:
    page = "Zarz ąd Zwi ązku Miast Polskich przyj ął w poczet cz łonków Krosno. Koniec."
    event = as_json(Text(page), extract(Text(page), context_of(default_association(), url=None, published=None)))[
        "events"
    ][0]
    assert page[event["start"] : event["end"]].startswith("Zarz ąd Zwi ązku")
    assert event["municipality"] == "Krosno"


@pytest.mark.parametrize("name", ["Zwi ązek Miast Polskich", "ZWI ĄZKU MIAST POLSKICH", "zwi ązkiem  Miast Polskich"])
def test_a_torn_name_passes_the_prefilter(name: str) -> None:
    assert is_about(f"Gmina przyst ąpiła do {name} w maju.", ZMP)
