"""Keeping what is held true: the count, cases, the operator's decisions."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from zmpwatch.model import (
    Case,
    CaseEvent,
    CountBelief,
    Decision,
    EventKind,
    MembershipStatement,
    MembershipStatus,
    Overruled,
    Stage,
    StoredStatement,
)
from zmpwatch.store import rows
from zmpwatch.store.schema import (
    AwaitingRow,
    CaseEventRow,
    CaseRow,
    CountBeliefRow,
    CountHistoryRow,
    DecisionRow,
    table,
)
from zmpwatch.store.versions import record_case, record_count
from zmpwatch.store.writing import Writing

__all__ = ["BeliefKeeping"]


class BeliefKeeping(Writing):
    """What is held true."""

    def put_count_belief(
        self,
        association: str,
        belief: CountBelief,
        *,
        known_from: datetime | None = None,
        reason: str = "",
        overruled: Sequence[Overruled] = (),
    ) -> None:
        """Replace the count held true; a number that differs from the last one also begins a row of the history.

        With `known_from` it is kept for good that this was held true from then on, why, and against which others
        (`count_version`).

        Raises:
            ValueError: `members` is given without `since`.
        """
        self._upsert(CountBeliefRow, [{"association": association} | rows.belief_values(belief)])
        if known_from is not None:
            held = replace(belief, overruled=(*belief.overruled, *overruled))
            record_count(self._connection, association, held, known_from, reason)
        if belief.members is None:
            return
        if belief.since is None:
            raise ValueError("a member count is believed since some time; `since` is missing")
        values = {
            "association": association,
            "members": belief.members,
            "as_of": belief.as_of,
            "since": belief.since,
            "previous": belief.previous,
            "previous_as_of": belief.previous_as_of,
            "rests_on": list(belief.rests_on),
            "statement_id": self._best_statement(belief.rests_on),
        }
        last = self._connection.execute(
            select(CountHistoryRow.id, CountHistoryRow.members)
            .where(CountHistoryRow.association == association)
            .order_by(CountHistoryRow.id.desc())
            .limit(1)
        ).one_or_none()
        if last is not None and last.members == belief.members:
            self._connection.execute(update(table(CountHistoryRow)).where(CountHistoryRow.id == last.id).values(values))
        else:
            self._insert_one(CountHistoryRow, values)

    def add_decision(self, decision: Decision) -> None:
        """Store the operator's yes or no to an official count."""
        self._insert_one(DecisionRow, rows.decision_values(decision))

    def put_case(
        self, case: Case, *, known_from: datetime | None = None, told: Mapping[int, StoredStatement] | None = None
    ) -> None:
        """Replace all that is known of one municipality's membership.

        With `known_from` it is kept for good that this was held true from then on (`case` with `known_at`). `told` are
        the statements its events name, where the caller has them.
        """
        shows = _telling_event(case)
        if told is None:
            told = self.statements_by_id({number for event in case.events for number in event.statements})
        best = {event: _best([told[number] for number in event.statements if number in told]) for event in case.events}
        if known_from is not None:
            record_case(self._connection, case, best, known_from)
        values = rows.case_values(case) | {"statement_id": best[shows] if shows else None}
        self._upsert(CaseRow, [values])
        self._connection.execute(delete(table(CaseEventRow)).where(CaseEventRow.teryt == case.teryt))
        if case.events:
            self._connection.execute(
                insert(table(CaseEventRow)),
                [
                    rows.event_values(case.teryt, position, event) | {"statement_id": best[event]}
                    for position, event in enumerate(case.events)
                ],
            )

    def await_judgement(self, teryts: Collection[str]) -> None:
        """Note that the cases of these municipalities must be judged: in the transaction that stores what is new."""
        if teryts:
            statement = self._dialect_insert(AwaitingRow).on_conflict_do_nothing(index_elements=["teryt"])
            self._connection.execute(statement, [{"teryt": teryt} for teryt in sorted(teryts)])

    def take_awaiting(self) -> list[str]:
        """Return the municipalities whose cases must be judged, and forget them: in the judging transaction."""
        taken = self._connection.execute(delete(table(AwaitingRow)).returning(table(AwaitingRow).c.teryt))
        return sorted(taken.scalars())

    def clear_beliefs(self) -> None:
        """Forget all that is derived from statements (count, its history, cases): `rebuild` derives it again."""
        for model in (CaseEventRow, CaseRow, CountHistoryRow, CountBeliefRow):
            self._connection.execute(delete(table(model)))

    def _best_statement(self, ids: Collection[int]) -> int | None:
        return _best(self.statements_by_id(ids).values())


def _best(statements: Collection[StoredStatement]) -> int | None:
    """Return the statement to show for a belief: one that gives a date, of the strongest source, surest, oldest."""

    def order(stored: StoredStatement) -> tuple[bool, int, float, int]:
        statement = stored.statement
        undated = isinstance(statement, MembershipStatement) and statement.date is None
        return undated, stored.source.authority.rank, -statement.confidence, stored.id

    return min(statements, key=order).id if statements else None


def _telling_event(case: Case) -> CaseEvent | None:
    """Return the event that shows best why a case stands where it does."""
    settled = {
        MembershipStatus.MEMBER: (EventKind.ACCESSION, {Stage.ADMITTED, Stage.MEMBER}),
        MembershipStatus.LEFT: (EventKind.WITHDRAWAL, {Stage.ADMITTED}),
    }
    if case.status in settled:
        kind, stages = settled[case.status]
        fitting = [event for event in case.events if event.kind is kind and event.stage in stages]
        dated = [event for event in fitting if event.date is not None and event.date == case.since]
        if dated or fitting:
            return (dated or fitting)[0]
    return case.events[-1] if case.events else None
