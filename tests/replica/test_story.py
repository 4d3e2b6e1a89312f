"""The ground truth against the pages: each fact stands where it is said to stand, and nowhere too early."""

from __future__ import annotations

import re
from typing import Any

import pytest
from browse import get, read

from zmpwatch.register import load_register
from zmpwatch.service.replica import Replica

STEMS = {  # what every case form of the name has in common
    "Hajnówka": "hajnów",
    "Zaniemyśl": "zaniemyśl",
    "Tuchów": "tuch",
    "Wieruszów": "wierusz",
    "Drohiczyn": "drohiczyn",
    "Łasin": "łasin",
    "Lądek-Zdrój": "ląd[e]?k",
}
ACRONYM = re.compile(r"Związ\w* Miast Polskich|\bZMP\b")


def texts(web: Replica) -> dict[str, dict[str, str]]:
    """Text by site and path, of everything that answers 200."""
    found: dict[str, dict[str, str]] = {}
    for site in web.sites:
        for url in web.addresses(site.name):
            reply = get(url)
            if reply.status == 200:
                found.setdefault(site.name, {})[url.removeprefix(web.urls[site.name])] = read(url, reply)[0]
    return found


@pytest.fixture(scope="module")
def told() -> list[dict[str, dict[str, str]]]:
    with Replica() as web:
        first = texts(web)
        web.move_on()
        return [first, texts(web)]


def mentions(pages: dict[str, str], *needles: str) -> bool:
    return any(all(needle in text for needle in needles) for text in pages.values())


def test_the_numbers_add_up(story: Any) -> None:
    before, after = (moment["members"] for moment in story["moments"])
    assert after - before == len(story["joined"]) + story["unexplained"]
    assert len({each["teryt"] for each in story["joined"]}) == len(story["joined"]) == 7


def test_the_towns_exist_and_were_no_members(story: Any, told: list[dict[str, dict[str, str]]]) -> None:
    register = load_register()
    listed = told[0]["demo-zmp"]["/miasta/wg-wojewodztw"]
    for each in story["joined"]:
        town = register.by_teryt(each["teryt"])
        assert (town.name, town.voivodeship) == (each["name"], each["voivodeship"])
        assert each["name"] not in listed
    for each in (*story["proposed"], *story["rejected"], story["baseline"]["member"]):
        assert register.by_teryt(each["teryt"]).name == each["name"]


def test_the_counter(story: Any, told: list[dict[str, dict[str, str]]]) -> None:
    for moment, pages in zip(story["moments"], told, strict=True):
        home = pages["demo-zmp"]["/"]
        assert re.search(rf"Jest z nami {moment['members']} (\w+ ){{2}}miast", home)
    assert "381" not in " ".join(re.findall(r"(\d+) miast", " ".join(told[0]["demo-zmp"].values())))


def test_each_step_stands_where_the_story_says(story: Any, told: list[dict[str, dict[str, str]]]) -> None:
    for each in story["joined"]:
        for stage in ("resolved", "admitted"):
            step = each[stage]
            if step is None:
                continue
            for site in step["sites"]:
                pages = told[step["since"]][site]
                pages = {step["page"]: pages[step["page"]]} if "page" in step else pages
                stem = STEMS[each["name"]]
                assert any(re.search(stem, text.lower()) for text in pages.values()), (each["name"], site)
                if step.get("resolution"):
                    assert mentions(pages, step["resolution"]), (each["name"], site)
                if step.get("votes"):
                    needed = [str(number) for number in step["votes"].values()]
                    assert mentions(pages, step["resolution"], *needed), (each["name"], site)


def test_nothing_is_told_before_its_time(story: Any, told: list[dict[str, dict[str, str]]]) -> None:
    for each in story["joined"]:
        step = each["resolved"]
        if step and step["since"] == 1:
            for site in step["sites"]:
                assert not mentions(told[0][site], step["resolution"]), each["name"]
    later = {"proposed": "Związku Miast Polskich", "rejected": "odrzuciła"}
    for kind, words in later.items():
        for each in story[kind]:
            for site in each["sites"]:
                assert not mentions(told[0][site], words)
                assert mentions(told[1][site], words)


def test_the_documents_alone_tell_of_their_towns(story: Any, told: list[dict[str, dict[str, str]]]) -> None:
    """Łasin and Lądek-Zdrój joined by the word of their attachment, Zaniemyśl by the counter block."""
    for each in story["joined"]:
        page = each["admitted"].get("page")
        if page is None:
            continue
        stem = STEMS[each["name"]]
        telling = {
            (site, path)
            for site, pages in told[1].items()
            for path, text in pages.items()
            if re.search(stem, text.lower()) and (ACRONYM.search(text) or "Jest z nami" in text)
        }
        allowed = {(each["admitted"]["sites"][0], page)}
        if each["resolved"]:
            allowed.add((each["resolved"]["sites"][0], each["resolved"]["page"]))
        assert telling == allowed, each["name"]


def test_the_eighth_is_nowhere_named(story: Any, told: list[dict[str, dict[str, str]]]) -> None:
    """The news says eight and names three; the list takes in those three, so no source gives the missing name."""
    welcome = told[1]["demo-zmp"]["/aktualnosci/w-zwiazku-jest-juz-381-miast"]
    assert "osiem samorządów" in welcome
    new_in_list = set(told[1]["demo-zmp"]["/miasta/wg-wojewodztw"].split()) - set(
        told[0]["demo-zmp"]["/miasta/wg-wojewodztw"].split()
    )
    assert new_in_list == {"Hajnówka", "Tuchów", "Wieruszów"}


def test_the_other_association_is_told_apart_by_name_only(told: list[dict[str, dict[str, str]]]) -> None:
    pages = told[1]["demo-bip-bialosliwie"]
    assert mentions(pages, "przystąpienia Gminy Białośliwie do Związku Gmin Wiejskich")
    assert not any(ACRONYM.search(text) for text in pages.values())


def test_the_baseline(story: Any, told: list[dict[str, dict[str, str]]]) -> None:
    item = told[0]["demo-zmp"]["/aktualnosci/zwiazek-liczy-373-miasta-witamy-piec-samorzadow"]
    for name in story["baseline"]["admitted"]["names"]:
        assert name[:-1] in item
    assert "członkiem Związku Miast Polskich" in told[0]["demo-goldap"]["/o-miescie/przynaleznosc-do-stowarzyszen.html"]
