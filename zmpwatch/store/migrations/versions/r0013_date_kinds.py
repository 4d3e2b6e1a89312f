"""How the date of a step is meant: taken on that day, or known to have been taken by then.

Revision: 0013, after 0012.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

TEXT = sa.Text()

VIEWS = {
    "v_memberships": """
        SELECT cases.teryt AS teryt,
               municipalities.name AS municipality,
               municipalities.voivodeship AS voivodeship,
               cases.status AS status,
               cases.since AS since,
               snapshots.url AS evidence_url,
               cases.since_kind AS since_kind
        FROM cases
        LEFT JOIN municipalities ON municipalities.teryt = cases.teryt
        LEFT JOIN statements ON statements.id = cases.statement_id
        LEFT JOIN snapshots ON snapshots.id = statements.snapshot_id
    """,
    "v_events": """
        SELECT events.teryt AS teryt,
               municipalities.name AS municipality,
               events.kind AS kind,
               events.stage AS stage,
               events.date AS date,
               events.resolution AS resolution,
               events.votes_for AS votes_for,
               events.votes_against AS votes_against,
               events.votes_abstain AS votes_abstain,
               snapshots.url AS source_url,
               statements.quote AS quote,
               events.date_kind AS date_kind
        FROM case_events AS events
        LEFT JOIN municipalities ON municipalities.teryt = events.teryt
        LEFT JOIN statements ON statements.id = events.statement_id
        LEFT JOIN snapshots ON snapshots.id = statements.snapshot_id
    """,
}
EVIDENCE = "knowledge.member_evidence"
"""The rule of statements whose date is that of the evidence."""


def upgrade() -> None:
    """Add the columns and fill them; what was told before the upgrade stays told as it was, in `case_versions`."""
    op.add_column("cases", sa.Column("since_kind", TEXT, nullable=True))
    op.add_column("case_versions", sa.Column("since_kind", TEXT, nullable=True))
    op.add_column("case_events", sa.Column("date_kind", TEXT, nullable=True))
    op.drop_index("ix_case_events_step", "case_events")
    op.create_index(
        "ix_case_events_step",
        "case_events",
        [
            *("stage", "teryt", "position", "kind", "date", "date_kind", "known_since", "statement_id"),
            *("resolution", "has_votes", "votes_for", "votes_against", "votes_abstain"),
        ],
    )
    for name, query in VIEWS.items():
        op.execute(f"DROP VIEW {name}")
        op.execute(f"CREATE VIEW {name} AS {' '.join(query.split())}")
    op.execute("UPDATE cases SET since_kind = 'on' WHERE since IS NOT NULL")
    op.execute("UPDATE case_events SET date_kind = 'on' WHERE date IS NOT NULL")
    for teryt in _known_by():
        _keep_version(teryt)


def _known_by() -> list[str]:
    """Mark the steps that rest on evidence alone, and the cases that begin with one; return their municipalities."""
    here = op.get_bind()
    evidence = set(here.execute(sa.text("SELECT id FROM statements WHERE rule = :rule"), {"rule": EVIDENCE}).scalars())
    steps = here.execute(
        sa.text("SELECT teryt, position, date, statements FROM case_events WHERE stage = 'member' AND date IS NOT NULL")
    ).all()
    marked = []
    for step in steps:
        told = set(json.loads(step.statements))
        if told & evidence and not _dated(told - evidence):
            marked.append({"teryt": step.teryt, "position": step.position, "date": step.date})
    if not marked:
        return []
    here.execute(
        sa.text("UPDATE case_events SET date_kind = 'by' WHERE teryt = :teryt AND position = :position"), marked
    )
    here.execute(
        sa.text("UPDATE cases SET since_kind = 'by' WHERE teryt = :teryt AND status = 'member' AND since = :date"),
        marked,
    )
    return sorted({str(step["teryt"]) for step in marked})


def _dated(statements: set[int]) -> bool:
    here = op.get_bind()
    query = sa.text("SELECT date FROM statements WHERE id = :id")
    return any(here.execute(query, {"id": one}).scalar() is not None for one in statements)


def _keep_version(teryt: str) -> None:
    """Keep from when on the difference is known."""
    here = op.get_bind()
    last = here.execute(
        sa.text("SELECT * FROM case_versions WHERE teryt = :teryt ORDER BY id DESC LIMIT 1"), {"teryt": teryt}
    ).one_or_none()
    if last is None:
        return
    query = sa.text("SELECT kind, stage, date, date_kind FROM case_events WHERE teryt = :teryt")
    kinds = {(step.kind, step.stage, step.date): step.date_kind for step in here.execute(query, {"teryt": teryt})}
    since_kind = here.execute(sa.text("SELECT since_kind FROM cases WHERE teryt = :teryt"), {"teryt": teryt}).scalar()
    events = [
        event | {"date_kind": kinds.get((event["kind"], event["stage"], event["date"]))}
        for event in json.loads(last.events)
    ]
    here.execute(
        sa.text(
            "INSERT INTO case_versions (teryt, known_from, status, since, events, since_kind) "
            "VALUES (:teryt, :known_from, :status, :since, :events, :since_kind)"
        ),
        {
            "teryt": teryt,
            "known_from": datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z"),
            "status": last.status,
            "since": last.since,
            "events": json.dumps(events, ensure_ascii=False, sort_keys=True),
            "since_kind": since_kind,
        },
    )
