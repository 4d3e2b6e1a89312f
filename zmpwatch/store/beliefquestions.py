"""Questions about what is held true, and what was."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, select

from zmpwatch.model import Case, CaseEvent, CountBelief, CountVersion, Decision, Stage
from zmpwatch.store import rows
from zmpwatch.store.questions import Questions
from zmpwatch.store.schema import AwaitingRow, CaseEventRow, CaseRow, CountBeliefRow, CountHistoryRow, DecisionRow
from zmpwatch.store.selects import columns, sets
from zmpwatch.store.steps import memberships, moved_since, moves
from zmpwatch.store.versions import case_versions, count_version, count_versions, held_counts

__all__ = ["BeliefQuestions"]


class BeliefQuestions(Questions):
    """The count, the cases, and the operator's word on them."""

    def count_belief(self, association: str) -> CountBelief | None:
        """Return the member count held true now."""
        query = select(*columns(CountBeliefRow)).where(CountBeliefRow.association == association)
        with self._reading() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else rows.to_belief(row)

    def count_version(self, association: str, known_at: datetime) -> CountVersion | None:
        """Return what was held true of the count at a time, and why; None where nothing was."""
        with self._reading() as connection:
            return count_version(connection, association, known_at)

    def count_versions(
        self, association: str, limit: int | None = None, known_at: datetime | None = None
    ) -> list[CountVersion]:
        """Return the last versions of what was held true of the count (up to a time), newest first."""
        with self._reading() as connection:
            return count_versions(connection, association, limit, known_at)

    def count_history(self, association: str, known_at: datetime | None = None) -> list[CountBelief]:
        """Return every number that was held true (until a time), oldest first; the last one still is (was)."""
        if known_at is not None:
            with self._reading() as connection:
                return held_counts(connection, association, known_at)
        query = (
            select(*columns(CountHistoryRow))
            .where(CountHistoryRow.association == association)
            .order_by(CountHistoryRow.id)
        )
        with self._reading() as connection:
            return [rows.to_past_belief(row) for row in connection.execute(query)]

    def decisions(self, association: str) -> list[Decision]:
        """Return the operator's decisions on official counts, oldest first."""
        query = select(*columns(DecisionRow)).where(DecisionRow.association == association).order_by(DecisionRow.id)
        with self._reading() as connection:
            return [rows.to_decision(row) for row in connection.execute(query)]

    def case(self, teryt: str, known_at: datetime | None = None) -> Case | None:
        """Return all that is known (or was known at a time) of one municipality's membership."""
        with self._reading() as connection:
            if known_at is not None:
                found = case_versions(connection, known_at, teryt)
            else:
                found = _cases(connection, [CaseRow.teryt == teryt], [CaseEventRow.teryt == teryt])
        return found[0] if found else None

    def cases(self, known_at: datetime | None = None) -> list[Case]:
        """Return all cases, by TERYT, as they are held true now, or were at a time."""
        with self._reading() as connection:
            return _cases(connection, [], []) if known_at is None else case_versions(connection, known_at)

    def memberships(self, known_at: datetime | None = None) -> list[Case]:
        """Return the cases, by TERYT, of those held true (now, or at a time) to be members or to have been once.

        Only what decides who was a member when can be relied on in them: the steps in and out, and for each the
        statement that shows it best.
        """
        with self._reading() as connection:
            if known_at is not None:
                return case_versions(connection, known_at, stages=(Stage.ADMITTED, Stage.MEMBER))
            return memberships(connection)

    def moves(self, since: date, known_at: datetime | None = None) -> list[Case]:
        """Return the cases of `cases_moved`, or those with any move that were held true at a time.

        Only admissions, departures and the councils' decisions can be relied on in them, and what an admission without
        a date rests on.
        """
        with self._reading() as connection:
            if known_at is not None:
                return case_versions(connection, known_at, stages=(Stage.ADMITTED,))
            return moves(connection, since)

    def cases_of(self, teryts: Collection[str]) -> dict[str, Case]:
        """Return the cases of these municipalities as they are held true now, by TERYT."""
        with self._reading() as connection:
            return {
                case.teryt: case
                for some in sets(teryts)
                for case in _cases(connection, [CaseRow.teryt.in_(some)], [CaseEventRow.teryt.in_(some)])
            }

    def cases_moved(self, since: date) -> list[Case]:
        """Return the cases with an admission or departure that is dated, or became known, on this day or later."""
        moved = moved_since(since)
        with self._reading() as connection:
            return _cases(connection, [CaseRow.teryt.in_(moved)], [CaseEventRow.teryt.in_(moved)])

    def awaiting(self) -> list[str]:
        """Return the municipalities whose cases must be judged: a run was cut off before it could."""
        with self._reading() as connection:
            return list(connection.execute(select(AwaitingRow.teryt).order_by(AwaitingRow.teryt)).scalars())


def _cases(
    connection: Connection, of_cases: Sequence[ColumnElement[bool]], of_events: Sequence[ColumnElement[bool]]
) -> list[Case]:
    events: dict[str, list[CaseEvent]] = defaultdict(list)
    query = select(*columns(CaseEventRow)).where(*of_events).order_by(CaseEventRow.teryt, CaseEventRow.position)
    for row in connection.execute(query).all():
        events[row.teryt].append(rows.to_event(row))
    found = connection.execute(select(*columns(CaseRow)).where(*of_cases).order_by(CaseRow.teryt)).all()
    return [rows.to_case(row, events[row.teryt]) for row in found]
