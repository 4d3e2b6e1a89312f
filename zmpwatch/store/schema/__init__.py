"""The tables, as declarative models; docs/database.md tells them to analysts.

::

    visits ──< snapshots ──< readings ──< statements        append-only: what we saw, and what it says
       └─────────< sightings >──┘
    changes ──< change_evidence >── statements              append-only: what people were told
       └────< deliveries >── messages                       the outbox, and what went out
    case_versions  count_versions  decisions                 append-only: what was held true when; the operator's words
    count_beliefs  count_history  cases ──< case_events      derived: rebuilt from statements
    count_points  count_lines                                derived: the exact counts with their days, and summed up
    sites  site_moves  pages  municipalities                state and names
    page_texts (and the index page_words)  pruned           full-text search; what `prune` removed from the archive
    tombstones  chain                                       append-only: what was taken down; a link a row (`chain`)

Rows are read and written with Core statements on these models (8–12 times faster than unit-of-work
inserts); no session is used. Triggers and views live in the migrations alone.

Annotations are evaluated here, not kept as strings: SQLAlchemy would have to evaluate each again, a third of the time
this module takes at every start.
"""

from zmpwatch.store.schema.base import Base, table
from zmpwatch.store.schema.held import (
    CaseEventRow,
    CaseRow,
    CaseVersionRow,
    CountBeliefRow,
    CountHistoryRow,
    CountLineRow,
    CountPointRow,
    CountVersionRow,
    DecisionRow,
)
from zmpwatch.store.schema.kept import (
    AwaitingRow,
    LinkRow,
    MunicipalityRow,
    PageRequestRow,
    PageRow,
    PageTextRow,
    PrunedRow,
    SiteMoveRow,
    SiteRow,
    TombstoneRow,
)
from zmpwatch.store.schema.seen import ReadingRow, SightingRow, SnapshotRow, StatementRow, VisitRow
from zmpwatch.store.schema.told import ChangeRow, DeliveryRow, EvidenceRow, MessageRow

__all__ = [
    "APPEND_ONLY",
    "AwaitingRow",
    "Base",
    "CaseEventRow",
    "CaseRow",
    "CaseVersionRow",
    "ChangeRow",
    "CountBeliefRow",
    "CountHistoryRow",
    "CountLineRow",
    "CountPointRow",
    "CountVersionRow",
    "DecisionRow",
    "DeliveryRow",
    "EvidenceRow",
    "LinkRow",
    "MessageRow",
    "MunicipalityRow",
    "PageRequestRow",
    "PageRow",
    "PageTextRow",
    "PrunedRow",
    "ReadingRow",
    "SightingRow",
    "SiteMoveRow",
    "SiteRow",
    "SnapshotRow",
    "StatementRow",
    "TombstoneRow",
    "VisitRow",
    "table",
]

APPEND_ONLY = (
    *("visits", "snapshots", "sightings", "readings", "statements", "changes", "change_evidence"),
    *("tombstones", "chain", "case_versions", "count_versions", "decisions"),
)
"""Tables whose rows triggers keep from being changed or deleted."""
