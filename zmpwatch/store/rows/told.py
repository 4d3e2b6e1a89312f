"""Changes, their evidence and deliveries as rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row

from zmpwatch.model import Change, ChangeKind, Delivery, DeliveryState, Evidence, KeptMessage, Message, Reconciliation
from zmpwatch.store.rows.enums import Values

__all__ = [
    "change_values",
    "delivery_values",
    "evidence_values",
    "message_values",
    "to_change",
    "to_delivery",
    "to_evidence",
    "to_message",
]


def change_values(change: Change) -> Values:
    """Columns of a change, without its evidence."""
    told = change.reconciliation
    return {
        "dedup_key": change.dedup_key,
        "kind": change.kind,
        "at": change.at,
        "teryt": change.teryt,
        "municipality": change.municipality,
        "site": change.site,
        "before": change.before,
        "after": change.after,
        "reconciliation": told
        and {"before": told.before, "after": told.after, "joined": list(told.joined), "left": list(told.left)},
    }


def evidence_values(change: int, position: int, evidence: Evidence) -> Values:
    """Columns of one piece of evidence."""
    return {
        "change_id": change,
        "position": position,
        "url": evidence.url,
        "quote": evidence.quote,
        "archived": evidence.archived,
        "site": evidence.site,
        "seen_at": evidence.seen_at,
        "published": evidence.published,
        "statement_id": evidence.statement,
    }


def to_evidence(row: Row[Any]) -> Evidence:
    """One piece of evidence from its columns."""
    return Evidence(
        url=row.url,
        quote=row.quote,
        archived=row.archived,
        site=row.site,
        seen_at=row.seen_at,
        published=row.published,
        statement=row.statement_id,
    )


def to_change(row: Row[Any], evidence: Sequence[Evidence]) -> Change:
    """A change from its columns and its evidence in order."""
    told = row.reconciliation
    return Change(
        kind=ChangeKind(row.kind),
        at=row.at,
        dedup_key=row.dedup_key,
        teryt=row.teryt,
        municipality=row.municipality,
        site=row.site,
        before=row.before,
        after=row.after,
        evidence=tuple(evidence),
        reconciliation=told
        and Reconciliation(told["before"], told["after"], tuple(told["joined"]), tuple(told["left"])),
        id=row.id,
    )


def delivery_values(delivery: Delivery) -> Values:
    """Columns of a delivery."""
    return {
        "change_id": delivery.change,
        "recipient": delivery.recipient,
        "address": delivery.address,
        "key": delivery.key,
        "state": delivery.state,
        "attempts": delivery.attempts,
        "created": delivery.created,
        "due": delivery.due,
        "lease_until": delivery.lease_until,
        "last_result": delivery.last_result,
        "sent": delivery.sent,
        "message": delivery.message,
    }


def to_delivery(row: Row[Any]) -> Delivery:
    """A delivery from its columns."""
    return Delivery(
        change=row.change_id,
        recipient=row.recipient,
        address=row.address,
        key=row.key,
        state=DeliveryState(row.state),
        attempts=row.attempts,
        created=row.created,
        due=row.due,
        lease_until=row.lease_until,
        last_result=row.last_result,
        sent=row.sent,
        message=row.message,
        id=row.id,
    )


def message_values(kept: KeptMessage) -> Values:
    """Columns of a message."""
    message = kept.message
    return {
        "key": message.key,
        "composed": kept.composed,
        "subject": message.subject,
        "text": message.text,
        "markdown": message.markdown,
        "html": message.html,
        "body_format": kept.body_format,
    }


def to_message(row: Row[Any]) -> KeptMessage:
    """A message from its columns."""
    return KeptMessage(Message(row.subject, row.text, row.markdown, row.html, row.key), row.composed, row.body_format)
