"""Rows to model objects and back: the only place that knows both shapes.

Rows that come by the thousand are taken apart in the order of their columns: to ask a row of SQLAlchemy for each by its
name costs four times as much.
"""

from __future__ import annotations

from zmpwatch.store.rows.enums import Values
from zmpwatch.store.rows.held import (
    belief_values,
    case_values,
    case_version_values,
    decision_values,
    event_values,
    to_belief,
    to_case,
    to_case_version,
    to_decision,
    to_event,
    to_past_belief,
    to_step,
)
from zmpwatch.store.rows.seen import page_values, to_known_page, to_snapshot, to_visit, visit_values
from zmpwatch.store.rows.stated import statement_values, to_source, to_statement, to_stored_statement, votes_values
from zmpwatch.store.rows.told import (
    change_values,
    delivery_values,
    evidence_values,
    message_values,
    to_change,
    to_delivery,
    to_evidence,
    to_message,
)

__all__ = [
    "Values",
    "belief_values",
    "case_values",
    "case_version_values",
    "change_values",
    "decision_values",
    "delivery_values",
    "event_values",
    "evidence_values",
    "message_values",
    "page_values",
    "statement_values",
    "to_belief",
    "to_case",
    "to_case_version",
    "to_change",
    "to_decision",
    "to_delivery",
    "to_event",
    "to_evidence",
    "to_known_page",
    "to_message",
    "to_past_belief",
    "to_snapshot",
    "to_source",
    "to_statement",
    "to_step",
    "to_stored_statement",
    "to_visit",
    "visit_values",
    "votes_values",
]
