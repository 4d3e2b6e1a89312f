"""The JSON object of one document, as `zmpwatch extract --json` prints it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from zmpwatch.model import CountStatement, MembershipStatement, Statement, Text

__all__ = ["as_json"]


def as_json(text: Text, statements: Iterable[Statement], *, path: str | None = None) -> dict[str, Any]:
    """What a document states, as a JSON object.

    Args:
        text: the text the statements were read from.
        statements: what `extract` gave for it.
        path: file name or id of the document; left out when None.

    Returns:
        The promised keys (`path`, `relevant`, `member_counts`, `events`) and, beside them, `published` where the
        text bears a date; each statement also names its `rule` and `confidence`.
    """
    found = list(statements)
    body: dict[str, Any] = {} if path is None else {"path": path}
    body["relevant"] = bool(found)
    if text.published is not None:
        body["published"] = text.published
    body["member_counts"] = [_count(s) for s in found if isinstance(s, CountStatement)]
    body["events"] = [_event(s) for s in found if isinstance(s, MembershipStatement)]
    return body


def _place(statement: Statement) -> dict[str, Any]:
    return {
        "quote": statement.quote,
        "start": statement.start,
        "end": statement.end,
        "rule": statement.rule,
        "confidence": statement.confidence,
    }


def _count(statement: CountStatement) -> dict[str, Any]:
    return {
        "value": statement.value,
        "qualifier": statement.qualifier.value,
        "as_of": statement.as_of,
        **_place(statement),
    }


def _event(statement: MembershipStatement) -> dict[str, Any]:
    return {
        "municipality": statement.municipality,
        "teryt": statement.teryt,
        "kind": statement.kind.value,
        "stage": statement.stage.value,
        "date": statement.date,
        "resolution": statement.resolution,
        "votes": statement.votes.as_json() if statement.votes else None,
        **_place(statement),
    }
