"""A blank line between two sentences of running prose changes nothing of what is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from zmpwatch.extract import extract
from zmpwatch.model import Block, BlockKind, MembershipStatement, Statement, Text
from zmpwatch.service.extracting import context_of, default_association

BANKS = Path(__file__).parent / "sentences"
PROSE = re.compile(r"[A-ZŁŚŻĆ„][^\n|;:–]{20,}[.!?]$")
ENTRY = re.compile(r"(?:[^\W\d_][\w-]+ ?){1,3}(?::| –| \(|\.) |[^,]{3,30}, \d")
"""What begins with a name and a mark is an entry, and its sentences belong together."""
BOUNDARY = re.compile(r"(?<=[a-ząćęłńóśźż]{4}\.) (?=[A-ZŁŚŻĆ][a-ząćęłńóśźż]{2,})")


def prose() -> Iterator[dict[str, Any]]:
    """Items of the banks that are running prose of several sentences."""
    for bank in sorted(BANKS.glob("*.yaml")):
        for item in yaml.safe_load(bank.read_text(encoding="utf-8")):
            text = item["text"].strip()
            if PROSE.match(text) and not ENTRY.match(text) and BOUNDARY.search(text):
                yield item


def facts(text: Text, item: dict[str, Any]) -> list[tuple[object, ...]]:
    context = context_of(default_association(), url=item.get("url"), published=item.get("published"))
    return sorted((told(s) for s in extract(text, context)), key=str)


def told(statement: Statement) -> tuple[object, ...]:
    if isinstance(statement, MembershipStatement):
        s = statement
        return (s.municipality, s.kind, s.stage, s.date, s.resolution, s.votes)
    return (statement.value, statement.qualifier, statement.as_of)


def test_every_sentence_may_stand_in_a_paragraph_of_its_own() -> None:
    items = list(prose())
    assert len(items) > 500
    for item in items:
        text = item["text"].strip()
        apart = BOUNDARY.sub("\n\n", text)
        assert facts(Text(apart), item) == facts(Text(text), item), apart


def blocks_of(paragraphs: list[str], kind: BlockKind = BlockKind.PARAGRAPH) -> Text:
    """Paragraphs as an HTML reader gives them."""
    blocks, start = [], 0
    for paragraph in paragraphs:
        blocks.append(Block(kind, start, start + len(paragraph)))
        start += len(paragraph) + 1
    return Text("\n".join(paragraphs), blocks=tuple(blocks), media_type="text/html")


ADMITTED_AND_VOTED = [
    "Rada Miejska w Szamocinie głosowała nad przystąpieniem do Związku Miast Polskich.",
    "Za było 11 radnych.",
    "Przeciw głosowało dwóch.",
]


def test_paragraphs_of_a_page_are_read_as_those_of_plain_text() -> None:
    item: dict[str, Any] = {}
    assert facts(blocks_of(ADMITTED_AND_VOTED), item) == facts(Text(" ".join(ADMITTED_AND_VOTED)), item)
    assert "against=2" in str(facts(blocks_of(ADMITTED_AND_VOTED), item))


def test_items_of_a_list_stay_apart() -> None:
    apart = facts(blocks_of(ADMITTED_AND_VOTED, BlockKind.LIST_ITEM), {})
    assert "against=2" not in str(apart)


TWO_COUNCILS = """Dwie rady głosowały nad wejściem do Związku Miast Polskich.

Kępno (wtorek). Piętnaście głosów za.

Syców (środa). Wynik: 6 za, 8 przeciw. Projekt nie przeszedł."""
TWO_TOWNS = """Kępno – w marcu przyjęto je do Związku Miast Polskich.

Syców – rada odrzuciła wystąpienie ze spółki."""


def told_of(text: str) -> dict[str, str]:
    read = extract(Text(text), context_of(default_association(), url=None, published=None))
    return {s.municipality: s.stage.value for s in read if isinstance(s, MembershipStatement)}


def test_entries_headed_by_a_town_stay_apart() -> None:
    assert told_of(TWO_COUNCILS) == {"Kępno": "resolved", "Syców": "rejected"}
    assert told_of(TWO_TOWNS) == {"Kępno": "admitted"}


def test_a_quote_ends_with_its_paragraph() -> None:
    text = "Dziś Związek Miast Polskich zrzesza 380 miast.\n\nWczoraj obradował jego Zarząd."
    (statement,) = extract(Text(text), context_of(default_association(), url=None, published=None))
    assert statement.quote == "Dziś Związek Miast Polskich zrzesza 380 miast."
