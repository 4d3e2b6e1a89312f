"""What the believed count rests on, what it overruled and why, and how it came to be: for ``zmpwatch count --why``."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from zmpwatch.judge import KNOWLEDGE_RULE
from zmpwatch.judge.dates import first_day
from zmpwatch.model import MIN_CONFIDENCE, CountBelief, CountState, CountStatement, StoredStatement
from zmpwatch.service.judging import weighed
from zmpwatch.store import Store

__all__ = ["answer_grounds"]

Json = dict[str, Any]

_STEPS = 10


def answer_grounds(store: Store, association: str, known_at: datetime | None = None) -> Json:
    """The statements behind the count, newest last.

    Args:
        store: the history.
        association: whose members are counted.
        known_at: of what was believed at that time; of what is believed now when it is None.

    Returns:
        ``state``, ``rests_on`` and ``waiting_rests_on`` (statements), ``agreements`` (when the waiting or confirmed
        number was read), ``overruled`` (statements with a ``reason``; ``older`` says that the day it gives lies before
        that of the number held true, ``checked`` that it is of the initial knowledge, ``unsure`` that it may be
        misread), ``decisions`` of the operator, and ``steps``, the last states with the time each began.
    """
    if known_at is None:
        belief = store.count_belief(association)
    else:
        version = store.count_version(association, known_at)
        belief = version.belief if version else None
    belief = belief or CountBelief(CountState.UNKNOWN)
    # others go on stating numbers between two visits to the association
    newest = weighed(store, belief) if known_at is None else []
    overruled = {item.statement: item.reason for item in (*newest, *belief.overruled)}
    told = store.statements_by_id({*belief.rests_on, *belief.candidate_rests_on, *overruled})
    return {
        "state": str(belief.state),
        "rests_on": [_statement_json(told[number]) for number in belief.rests_on if number in told],
        "waiting_rests_on": [_statement_json(told[number]) for number in belief.candidate_rests_on if number in told],
        "agreements": [moment.isoformat() for moment in belief.agreements],
        "overruled": [
            _statement_json(told[number]) | _weight_json(told[number], belief) | {"reason": reason}
            for number, reason in overruled.items()
            if number in told
        ],
        "decisions": [
            {
                "value": decision.value,
                "accepted": decision.accepted,
                "by": decision.by,
                "at": decision.at.isoformat(),
                "reason": decision.reason,
            }
            for decision in store.decisions(association)
            if known_at is None or decision.at <= known_at
        ],
        "steps": [
            {
                "at": version.known_from.isoformat(),
                "state": str(version.belief.state),
                "members": version.belief.members,
                "waiting": version.belief.candidate,
                "reason": version.reason,
            }
            for version in reversed(store.count_versions(association, _STEPS, known_at))
        ],
    }


def _weight_json(stored: StoredStatement, belief: CountBelief) -> Json:
    statement = stored.statement
    day = (statement.as_of if isinstance(statement, CountStatement) else None) or stored.source.published
    return {
        "older": bool(day and belief.as_of and first_day(day) < first_day(belief.as_of)),
        "checked": statement.rule.startswith(KNOWLEDGE_RULE),
        "unsure": statement.confidence < MIN_CONFIDENCE,
    }


def _statement_json(stored: StoredStatement) -> Json:
    statement, source = stored.statement, stored.source
    if not isinstance(statement, CountStatement):
        raise TypeError(f"statement {stored.id} is no count")
    return {
        "value": statement.value,
        "qualifier": str(statement.qualifier),
        "as_of": statement.as_of or source.published,
        "authority": str(source.authority),
        "source": source.url,
        "quote": statement.quote,
        "archived": source.archived,
        "first_seen": source.first_seen.isoformat(),
        "extractor": source.extractor,
    }
