"""Adjectives of towns, held to the names of powiats: these are made of the names of their seats."""

from __future__ import annotations

from zmpwatch.register import load_register
from zmpwatch.register.adjectives import adjective_of, towns_by_adjective
from zmpwatch.register.gazetteer import table_rows
from zmpwatch.register.names import fold

# called after two towns, after mountains, or after another river
_CALLED_OTHERWISE = {"bieszczadzki", "karkonoski", "tatrzański"}
_SEVERAL_WORDS = {"sępoleński", "wysokomazowiecki"}


def test_each_powiat_is_called_by_the_adjective_of_a_town_in_it_or_of_a_city_beside_it() -> None:
    powiats = {(m.powiat, m.voivodeship) for m in load_register() if m.powiat.endswith("ki")}
    checked = 0
    for powiat, voivodeship in sorted(powiats):
        if "-" in powiat or " " in powiat or powiat in _CALLED_OTHERWISE | _SEVERAL_WORDS:
            continue
        bearers = load_register().bearers(towns_by_adjective().get(fold(powiat), ()))
        assert any(m.voivodeship == voivodeship and m.powiat in (powiat, f"m. {m.name}", m.name) for m in bearers), (
            powiat
        )
        checked += 1
    assert checked > 290


def test_every_ending_has_a_town_that_shows_it() -> None:
    for row in table_rows("adjective_endings.csv"):
        adjective = adjective_of(row["example"])
        assert adjective is not None
        assert adjective.endswith(row["adjective_ending"])


def test_every_town_listed_is_one_and_is_found() -> None:
    towns = {m.name for m in load_register() if m.is_city}
    for row in table_rows("adjectives.csv"):
        assert row["name"] in towns
        assert row["name"] in towns_by_adjective()[fold(row["adjective"])]


def test_one_adjective_of_several_towns_names_them_all() -> None:
    assert set(towns_by_adjective()["brzeski"]) == {"Brzeg", "Brzesko"}
    assert towns_by_adjective()["wolbromski"] == ("Wolbrom",)


def test_a_name_that_no_rule_fits_has_no_adjective() -> None:
    assert adjective_of("Konstancin-Jeziorna") is None
