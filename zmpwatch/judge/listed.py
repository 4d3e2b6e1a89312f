"""Presence in the association's own member list: a name counts once it lasts."""

from __future__ import annotations

from collections.abc import Sequence

from zmpwatch.model import StoredStatement

__all__ = ["MEMBER_LIST_RULE", "is_listing", "lasting"]

MEMBER_LIST_RULE = "member_list"
"""Rules that read a member list have names that start so."""

_LEAST_VISITS = 2


def is_listing(stored: StoredStatement) -> bool:
    """Whether the statement is a name in a member list."""
    return stored.statement.rule.startswith(MEMBER_LIST_RULE)


def lasting(statements: Sequence[StoredStatement], visits: int) -> list[StoredStatement]:
    """The statements about one municipality, without those of a member list that has shown it only once.

    A list that was re-ordered, cut or filled by mistake once must tell nobody anything (house rule 2). Names of a
    site's first healthy visit (its baseline) were always there.

    Args:
        statements: all statements about the municipality.
        visits: on how many healthy routine visits its name stood in the list.
    """
    listed = [stored for stored in statements if is_listing(stored)]
    if not listed or visits >= _LEAST_VISITS or any(stored.source.baseline for stored in listed):
        return list(statements)
    return [stored for stored in statements if not is_listing(stored)]
