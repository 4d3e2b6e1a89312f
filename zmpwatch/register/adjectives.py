"""Adjectives made of the names of towns: "wolbromski" of Wolbrom, "nowotarski" of Nowy Targ, "łomżyński" of Łomża.

The endings are those of Polish word formation; the register's powiats, which are called by such adjectives, hold them
to it in the tests. What no ending gives is listed by name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from zmpwatch.register.gazetteer import load_register, table_rows
from zmpwatch.register.names import fold, key

__all__ = ["adjective_of", "towns_by_adjective"]

_SECOND_WORDS = ("ski", "cki", "ska", "cka", "skie", "ckie", "zdroj")
"""How second words end that tell towns of one name apart, and are no part of the adjective."""


@cache
def towns_by_adjective() -> Mapping[str, tuple[str, ...]]:
    """Names of towns by their adjective: masculine, nominative, without diacritics."""
    table: dict[str, dict[str, None]] = defaultdict(dict)
    for municipality in load_register():
        name = municipality.town_name or municipality.name
        adjective = adjective_of(name) if municipality.is_city else None
        if adjective is not None:
            table[adjective][municipality.name] = None
    return {adjective: tuple(names) for adjective, names in table.items()}


def adjective_of(name: str) -> str | None:
    """The adjective of a town's name, as a key of `towns_by_adjective`; None where no rule gives one."""
    listed = _listed().get(name)
    if listed is not None:
        return listed
    words = fold(key(name)).split(" ")
    if len(words) > 1 and not (words[1].endswith(_SECOND_WORDS) or words[1] in ("nad", "n")):
        return None
    endings = _endings()
    longest = max(map(len, endings))
    word = words[0]
    for length in range(min(longest, len(word) - 1), 1, -1):
        ending = endings.get(word[-length:])
        if ending is not None:
            return word[:-length] + ending
    return None


@cache
def _endings() -> dict[str, str]:
    return {row["name_ending"]: row["adjective_ending"] for row in table_rows("adjective_endings.csv")}


@cache
def _listed() -> dict[str, str]:
    return {row["name"]: fold(row["adjective"]) for row in table_rows("adjectives.csv")}
