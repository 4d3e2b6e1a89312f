"""The example that `zmpwatch init` writes and the repository shows."""

import csv
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit

from zmpwatch.config import example_config, load_config
from zmpwatch.register import load_register

ROOT = Path(__file__).parents[2]
FAMILIES = ("association", "bip", "municipal")


def test_it_is_the_file_at_the_top():
    assert (ROOT / "config.yaml").read_text(encoding="utf-8") == example_config()


def test_it_is_right_without_any_variable_set():
    config = load_config(ROOT / "config.yaml", {}, families=FAMILIES)
    assert config.sites[0].url == "https://www.miasta.pl/"
    assert config.subscribers == ()
    towns = {site.municipality for site in config.sites if site.family in {"municipal", "bip"}}
    assert {"2005011", "1418023", "0605053"} <= towns  # Hajnówka, Konstancin-Jeziorna, Janów Lubelski
    assert sum(site.family == "municipal" for site in config.sites) >= 10
    assert sum(site.family == "bip" for site in config.sites) >= 2


def test_every_site_is_the_one_the_register_knows_of_its_municipality():
    register = load_register()
    for site in load_config(ROOT / "config.yaml", {}, families=FAMILIES).sites:
        if site.municipality is not None:
            known = register.websites(register.by_teryt(site.municipality))
            assert urlsplit(site.url).hostname in {known.www, known.bip}, site.name


def test_the_voivodeships_are_those_of_the_register():
    from zmpwatch.config.values import VOIVODESHIPS

    text = (files("zmpwatch.register") / "data" / "gminas.csv").read_text(encoding="utf-8")
    assert {row["voivodeship"] for row in csv.DictReader(text.splitlines())} == set(VOIVODESHIPS)
