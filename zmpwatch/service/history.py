"""The use case `history`: every number of members ever stated for a day, and which of them make the history."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from zmpwatch.judge import CountPoint, count_line, count_points
from zmpwatch.service.charting import Chart, Mark
from zmpwatch.store import Store
from zmpwatch.store.records import Citation

__all__ = ["answer_history", "chart_of", "known_points"]

Json = dict[str, Any]


def known_points(
    store: Store, association: str, known_at: datetime | None = None, *, own: bool = False
) -> list[CountPoint]:
    """All exact counts with the day each is true of, oldest first.

    Args:
        store: the history.
        association: whose members are counted.
        known_at: as was known at that time; as is known now when it is None.
        own: only the numbers that make the line wherever there are any: the association's and checked ones.
    """
    held = store.count_history(association, known_at)
    return count_points(store.count_points(known_at, own=own), held)


def answer_history(
    store: Store,
    association: str,
    since: date | None = None,
    *,
    at: date | None = None,
    known_at: datetime | None = None,
) -> list[Json]:
    """What ``zmpwatch history`` says: one object a number and day, oldest first.

    ``on_line`` marks the numbers that answer ``count --at``: the association's own (``official``) and those of the
    initial knowledge (``checked``); others' where both are silent. ``day`` is where it stands on the time line.

    Args:
        store: the history.
        association: whose members are counted.
        since: only numbers from that day on.
        at: only numbers up to that day.
        known_at: as was known at that time.
    """
    points = known_points(store, association, known_at)
    line = {id(point) for point in count_line(points)}
    grouped: dict[tuple[int, str, bool, bool], list[CountPoint]] = {}
    for point in points:
        grouped.setdefault((point.members, point.as_of, point.official, point.checked), []).append(point)
    chosen = [
        (same, any(id(point) in line for point in same))
        for same in grouped.values()
        if (since is None or same[0].day >= since) and (at is None or same[0].holds_from <= at)
    ]
    best = {id(same): min(same, key=lambda point: (point.authority.rank, point.statement)) for same, _ in chosen}
    cited = store.citations({point.statement for point in best.values()})
    return [_point_json(same, cited[best[id(same)].statement], on_line=on_line) for same, on_line in chosen]


def _point_json(same: Sequence[CountPoint], best: Citation, *, on_line: bool) -> Json:
    first = same[0]
    return {
        "day": first.day.isoformat(),
        "as_of": first.as_of,
        "members": first.members,
        "official": first.official,
        "checked": first.checked,
        "on_line": on_line,
        "source": best.url,
        "quote": best.quote,
        "archived": best.archived,
        "sources": sum(point.pages for point in same),
    }


def chart_of(answers: Sequence[Json], short: str) -> Chart:
    """The picture of an answer with at least one number."""
    marks = tuple(
        Mark(
            date.fromisoformat(answer["day"]),
            answer["members"],
            answer["on_line"],
            f"{answer['members']} ({answer['as_of']}), {answer['source']}",
        )
        for answer in answers
    )
    first, last = answers[0], answers[-1]
    note = f"{first['as_of']} to {last['as_of']}; {len(answers)} numbers, with sources in zmpwatch history --json"
    return Chart(f"Members of the {short}", marks, note)
