"""Statements and readings from a few words, for tests of judgement."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from zmpwatch.judge import Reading
from zmpwatch.model import (
    Authority,
    CountStatement,
    EventKind,
    MembershipStatement,
    Qualifier,
    Sighting,
    Source,
    Stage,
    StoredStatement,
    Votes,
)

HOME = "https://zmp.example/"


def moment(text: str) -> datetime:
    return datetime.fromisoformat(str(text)).replace(tzinfo=UTC)


def source(**given: Any) -> Source:
    seen = moment(given.pop("seen", "2025-03-01 08:00"))
    values: dict[str, Any] = {
        "url": HOME,
        "site": "zmp",
        "authority": Authority(given.pop("authority", "other")),
        "published": None,
        "first_seen": seen,
        "last_seen": moment(given.pop("last_seen", seen.replace(tzinfo=None).isoformat())),
        "archived": "0" * 64,
        "visit": 1,
        "extractor": "1",
    }
    return Source(**values | given)


def told(number: int, **given: Any) -> StoredStatement:
    """A membership statement; keys of the source begin with nothing special: url, published, seen, baseline."""
    of_source = {
        key: given.pop(key)
        for key in ("url", "site", "published", "seen", "last_seen", "baseline", "authority")
        if key in given
    }
    votes = given.pop("votes", None)
    of_source["visit"] = given.pop("visit", number)
    statement = MembershipStatement(
        municipality=given.pop("municipality", "Hajnówka"),
        teryt=given.pop("teryt", "2005011"),
        kind=EventKind(given.pop("kind", "accession")),
        stage=Stage(given.pop("stage", "admitted")),
        date=given.pop("date", None),
        resolution=given.pop("resolution", None),
        votes=Votes(*votes) if votes else None,
        quote=given.pop("quote", f"zdanie {number}"),
        start=0,
        end=9,
        rule=given.pop("rule", "sentence.test"),
        confidence=given.pop("confidence", 0.9),
    )
    assert not given, given
    return StoredStatement(number, statement, source(**of_source))


def counted(number: int, value: int, **given: Any) -> StoredStatement:
    qualifier = Qualifier(given.pop("qualifier", "exact"))
    as_of = given.pop("as_of", None)
    start = given.pop("start", 0)
    confidence = given.pop("confidence", 0.9)
    statement = CountStatement(
        value=value,
        qualifier=qualifier,
        as_of=as_of,
        quote=f"{value} miast",
        start=start,
        end=start + 9,
        rule="sentence.count",
        confidence=confidence,
    )
    return StoredStatement(number, statement, source(**{"authority": "news"} | given))


def sighting(stored: StoredStatement, at: str = "2025-03-01 08:00", *, visit: int = 1, fresh: bool = True) -> Sighting:
    return Sighting(stored, moment(at), visit, fresh)


def reading(at: str, value: int, **given: Any) -> Reading:
    return Reading(
        value=value,
        authority=Authority(given.get("authority", "counter")),
        date=given.get("date"),
        statements=tuple(given.get("statements", (value,))),
        url=given.get("url", HOME),
        seen_at=moment(at),
        first_seen=moment(given.get("first_seen", at)),
        fresh=given.get("fresh", True),
        rivals=tuple(given.get("rivals", ())),
    )
