"""Another town in its place changes only the town: tried on some texts of the banks, with towns of all shapes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from zmpwatch.extract import as_json, extract
from zmpwatch.extract.structure.reading import read
from zmpwatch.model import Text
from zmpwatch.register import load_register
from zmpwatch.register.gazetteer import CASES
from zmpwatch.register.names import fold, key
from zmpwatch.service.extracting import context_of, default_association

from .test_sentences import one_in

TURNS = {
    "plain": {"m": "Szczebrzeszyn", "f": "Bochnia", "n": "Grajewo", "pl": "Gorlice"},
    "of two words": {"m": "Nowy Targ", "f": "Zielona Góra", "n": "Dobre Miasto", "pl": "Siemianowice Śląskie"},
    "called like things": {"m": "Hel", "f": "Piła", "n": "Koło", "pl": "Łazy"},
    "called like what happens": {"m": "Gniew", "f": "Wisła", "n": "Błonie", "pl": "Police"},
    "called like adjectives": {"m": "Biały Bór", "f": "Limanowa", "n": "Zakopane", "pl": "Końskie"},
    "hyphened": {"m": "Golub-Dobrzyń", "f": "Krynica-Zdrój", "n": "Busko-Zdrój", "pl": "Czechowice-Dziedzice"},
    "with a river": {
        "m": "Kostrzyn nad Odrą",
        "f": "Biała Podlaska",
        "n": "Nakło nad Notecią",
        "pl": "Tarnowskie Góry",
    },
}
SPACED = re.compile(r"(?<!\w)\w \w \w \w(?!\w)")
"""Letters with blanks between them, which are not replaced."""
EACH = 31
"""One of so many texts of the banks is tried in each turn."""


def by_case(name: str) -> dict[str, tuple[str, ...]]:
    return {case: forms for case, forms in load_register().inflections(name).items() if case in CASES and forms}


def forms_instead(name: str, other: str) -> dict[str, str] | None:
    """Which form of the other town stands for each of the first; None where one form would have to be two."""
    instead: dict[str, str] = {}
    others = by_case(other)
    for case, forms in by_case(name).items():
        for form in forms:
            if instead.setdefault(form, others[case][0]) != others[case][0]:
                return None
    return instead


def _put(spelt: re.Pattern[str], instead: dict[str, str], text: str) -> str:
    return spelt.sub(lambda match: instead[match[0]], text)


def with_another_town(text: str, item: dict[str, Any], others: dict[str, str]) -> tuple[str, str, str] | None:
    """The text with its first town that can be replaced, that town and the other one."""
    register = load_register()
    content = Text(text)
    for town in read(content, context_of(default_association(), url=None, published=item.get("published"))).towns:
        municipality = town.municipality
        if municipality is None or not municipality.is_city or not town.is_actor or municipality.name == "Września":
            continue
        name, other = municipality.name, others[register.gender(municipality)]
        instead = forms_instead(name, other)
        stem = re.compile(rf"(?<![a-z]){fold(key(name)).split(' ')[0][:3]}")
        if instead is None or fold(key(other))[:4] in fold(text.casefold()):
            continue
        longest_first = sorted(instead, key=len, reverse=True)
        spelt = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])")
        replaced = _put(spelt, instead, text)
        if replaced != text and not stem.search(fold(spelt.sub("", text).casefold())):
            return replaced, name, other
    return None


def facts(text: str, item: dict[str, Any], name: str) -> list[str]:
    """What a text states, with "@" for the town."""
    content = Text(text)
    body = as_json(
        content, extract(content, context_of(default_association(), url=None, published=item.get("published")))
    )
    keys = ("kind", "stage", "date", "votes", "resolution")
    events = [["@" if e["municipality"] == name else e["municipality"], *(e[k] for k in keys)] for e in body["events"]]
    counts = [[count[k] for k in ("value", "qualifier", "as_of")] for count in body["member_counts"]]
    return sorted(map(str, [*events, *counts]))


def texts(turn: int) -> Iterator[tuple[str, dict[str, Any]]]:
    for parameters in one_in(EACH, turn):
        (item,) = parameters.values
        if "url" not in item and not SPACED.search(item["text"]):
            yield str(parameters.id), item


@pytest.mark.parametrize("turn", range(len(TURNS)), ids=list(TURNS))
def test_another_town_states_the_same(turn: int) -> None:
    changed: list[str] = []
    tried = 0
    for where, item in texts(turn):
        swapped = with_another_town(item["text"], item, list(TURNS.values())[turn])
        if swapped is not None:
            text, name, other = swapped
            tried += 1
            if facts(text, item, other) != facts(item["text"], item, name):
                changed.append(f"{where}: {text}")
    assert tried > 20
    assert not changed, "\n".join(changed)
