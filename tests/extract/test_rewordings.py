"""Words that cannot change what a text states: each rewording is tried on a third of the short texts of the banks."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from zmpwatch.extract import as_json, extract
from zmpwatch.model import Text
from zmpwatch.service.extracting import context_of, default_association

from .test_sentences import one_in

NAME = re.compile(r"\bZwiąz(?:ek|k\w+) Miast Polskich\b")
INTO_OR_OUT_OF = re.compile(r"(?<=\b[dzDZ][oe] )Związku Miast Polskich\b")
MONTHS = "stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października|listopada|grudnia"


def short_name_in_brackets(text: str) -> str:
    """As most papers name the association first."""
    return text if "ZMP" in text else NAME.sub(r"\g<0> (ZMP)", text, count=1)


def called_an_association(text: str) -> str:
    """As resolutions name it: "do Stowarzyszenia Związek Miast Polskich"."""
    return INTO_OR_OUT_OF.sub("Stowarzyszenia Związek Miast Polskich", text)


def called_by_its_name(text: str) -> str:
    return INTO_OR_OUT_OF.sub("stowarzyszenia pod nazwą „Związek Miast Polskich”", text)


def with_its_seat(text: str) -> str:
    """Where it sits, which is a town that does nothing here."""
    return INTO_OR_OUT_OF.sub("Związku Miast Polskich z siedzibą w Poznaniu", text)


def in_capitals(text: str) -> str:
    return NAME.sub(lambda match: match[0].upper(), text)


def plain_quotation_marks(text: str) -> str:
    return text.replace("„", '"').replace("”", '"')


def hyphens_for_dashes(text: str) -> str:
    return text.replace(" – ", " - ")


def two_digits_of_a_day(text: str) -> str:
    return re.sub(rf"(?<![–-])\b([1-9]) (?={MONTHS})", r"0\1 ", text)


REWORDINGS: tuple[Callable[[str], str], ...] = (
    short_name_in_brackets,
    called_an_association,
    called_by_its_name,
    with_its_seat,
    in_capitals,
    plain_quotation_marks,
    hyphens_for_dashes,
    two_digits_of_a_day,
)


def facts(text: str, item: dict[str, Any]) -> list[str]:
    """What a text states, without where."""
    content = Text(text)
    context = context_of(default_association(), url=item.get("url"), published=item.get("published"))
    body = as_json(content, extract(content, context))
    events = [[e[key] for key in ("municipality", "kind", "stage", "date", "votes")] for e in body["events"]]
    counts = [[c[key] for key in ("value", "qualifier", "as_of")] for c in body["member_counts"]]
    return sorted(map(str, [*events, *counts]))


@pytest.mark.parametrize("turn", range(len(REWORDINGS)), ids=lambda turn: REWORDINGS[turn].__name__)
def test_another_wording_states_the_same(turn: int) -> None:
    changed: list[str] = []
    tried = 0
    for parameters in one_in(3, turn):
        (item,) = parameters.values
        reworded = REWORDINGS[turn](item["text"])
        if reworded != item["text"]:
            tried += 1
            if facts(reworded, item) != facts(item["text"], item):
                changed.append(f"{parameters.id}: {reworded}")
    assert tried > 50
    assert not changed, "\n".join(changed)
