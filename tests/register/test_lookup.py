import pytest
from hypothesis import given
from hypothesis import strategies as st

from zmpwatch.errors import UnknownTeryt
from zmpwatch.register import Ambiguous, Found, NotFound, load_register
from zmpwatch.register.gazetteer import CASES
from zmpwatch.register.names import fold

REGISTER = load_register()
MUNICIPALITIES = sorted(REGISTER, key=lambda m: m.teryt)


def test_every_municipality_of_2026_is_there():
    assert len(REGISTER) == 2479
    assert len({m.voivodeship for m in REGISTER}) == 16


def test_by_code():
    assert REGISTER.by_teryt("2005011").name == "Hajnówka"
    assert REGISTER.get("9999999") is None
    with pytest.raises(UnknownTeryt, match="9999999"):
        REGISTER.by_teryt("9999999")


def test_a_code_that_changed_leads_to_the_one_of_today():
    assert REGISTER.by_teryt("3025052").teryt == "3025053"  # Zaniemyśl became a town in 2025


@pytest.mark.parametrize(
    ("surface", "teryt"),
    [
        ("Radzynia Podlaskiego", "0615011"),
        ("HAJNÓWKA", "2005011"),
        ("Hajnowki", "2005011"),
        ("laziskach gornych", "2408011"),
        ("Gorzowa Wlkp.", "0861011"),
        ("Gorzów Wlkp", "0861011"),
        ("Kostrzyna n. Odrą", "0801011"),
        ("Kostrzyn n/Odrą", "0801011"),
        ("Nowym Mieście n. Pilicą", "1406083"),
        ("Konstancin-\nJeziorna", "1418023"),
        ("Konstancina – Jeziorny", "1418023"),
        ("Konstancinie Jeziornie", "1418023"),
        ("Gmina Miasto Elbląg", "2861011"),
        ("Gminy Miasta Elbląg", "2861011"),
        ("Miasta i Gminy Brzesko", "1202023"),
        ("m. Opole", "1661011"),
        ("Hajnów-\nka", "2005011"),
        ("Haj\u00adnów\u00adce", "2005011"),
        ("Stalowej\u00a0Woli", "1818011"),
        ("Stargardu Szczecińskiego", "3214011"),
        ("Duszników-Zdroju", "0208011"),
        ("Ostrów Maz.", "1416011"),
        ("„Suwałk”", "2063011"),
    ],
)
def test_a_name_in_any_form_finds_its_town(surface, teryt):
    assert REGISTER.lookup(surface, prefer_town=True) == Found(REGISTER.by_teryt(teryt))


def test_short_names_stay_ambiguous_until_something_decides():
    answer = REGISTER.lookup("Radzynia", prefer_town=True)
    assert isinstance(answer, Ambiguous)
    assert {m.name for m in answer.candidates} == {"Radzyń Podlaski", "Radzyń Chełmiński"}
    near = REGISTER.by_teryt("0615011")
    assert REGISTER.lookup("Radzynia", near=near) == Found(near)


def test_the_rural_twin_needs_to_be_named_so():
    assert REGISTER.lookup("Zamość", prefer_town=True) == Found(REGISTER.by_teryt("0664011"))
    assert REGISTER.lookup("Gminy Wiejskiej Zamość", prefer_town=True) == Found(REGISTER.by_teryt("0620142"))
    assert REGISTER.lookup("Zamość", kind="rural") == Found(REGISTER.by_teryt("0620142"))
    assert isinstance(REGISTER.lookup("Zamość"), Ambiguous)


def test_two_towns_of_one_name_are_never_guessed_between():
    answer = REGISTER.lookup("Oleśnicy", prefer_town=True)
    assert isinstance(answer, Ambiguous)
    assert {m.teryt for m in answer.candidates} == {"0214011", "2612033"}
    assert REGISTER.lookup("Oleśnicy", prefer_town=True, voivodeship="dolnośląskie") == Found(
        REGISTER.by_teryt("0214011")
    )
    assert REGISTER.lookup("Oleśnicy", prefer_town=True, powiat="staszowski") == Found(REGISTER.by_teryt("2612033"))


def test_what_is_no_name_is_not_found():
    for surface in ("Xyzów", "", "   ", "-", "w związku", "Polska"):
        assert REGISTER.lookup(surface) == NotFound()
    assert REGISTER.lookup("Hajnówka", kind="mixed") == NotFound()


@given(st.sampled_from(MUNICIPALITIES), st.sampled_from(CASES), st.booleans(), st.booleans())
def test_every_form_leads_back_to_its_municipality(municipality, case, capitals, no_diacritics):
    form = REGISTER.form(municipality, case)
    if capitals:
        form = form.upper()
    if no_diacritics:
        form = fold(form)
    found = REGISTER.candidates(form)
    # without diacritics another name may be spelt just so; with them the municipality itself must be among them
    assert municipality in found if not no_diacritics else found


@given(st.text(max_size=60))
def test_any_text_gets_an_answer(text):
    answer = REGISTER.lookup(text, prefer_town=True)
    if isinstance(answer, Found):
        assert REGISTER.by_teryt(answer.municipality.teryt) is answer.municipality


def test_forms_and_gender():
    town = {m.name: m for m in REGISTER if m.is_city}
    assert REGISTER.form(town["Łaziska Górne"], "gen") == "Łazisk Górnych"
    assert REGISTER.form(town["Hajnówka"], "inst") == "Hajnówką"
    genders = {"Łódź": "f", "Opole": "n", "Zakopane": "n", "Suwałki": "pl", "Nowy Targ": "m", "Biała Podlaska": "f"}
    assert {name: REGISTER.gender(town[name]) for name in genders} == genders
    with pytest.raises(ValueError, match="vocative"):
        REGISTER.form(town["Opole"], "vocative")


def test_did_you_mean():
    assert REGISTER.suggest("200501")[0].name == "Hajnówka"
    assert REGISTER.suggest("Hajnowca")[0].teryt == "2005011"
    assert len(REGISTER.suggest("Nowe Miasto", limit=2)) == 2
    assert REGISTER.suggest("qqqqqqqq") == ()
