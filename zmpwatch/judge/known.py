"""What is known from the start: statements of a person who read pages before there was a program."""

from __future__ import annotations

from zmpwatch.model import DateKind, MembershipStatement, Statement

__all__ = ["KNOWLEDGE_RULE", "LATEST_RULES", "date_kind"]

KNOWLEDGE_RULE = "knowledge"
"""Rules of imported statements have names that start so: a person has checked each of them."""

LATEST_RULES = frozenset({f"{KNOWLEDGE_RULE}.member_evidence", f"{KNOWLEDGE_RULE}.left_before"})
"""Rules whose date is that of the evidence: the municipality had joined, or had left, by then."""


def date_kind(statement: Statement) -> DateKind:
    """How the date of a step is meant. A page that gives one says on which day, or since when."""
    by = isinstance(statement, MembershipStatement) and statement.date is not None and statement.rule in LATEST_RULES
    return DateKind.BY if by else DateKind.ON
