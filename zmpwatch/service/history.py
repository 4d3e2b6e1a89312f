"""The use case `history`: every number of members ever stated for a day, and which of them make the history."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from zmpwatch.judge import CountPoint, count_line, count_points, quotability
from zmpwatch.service.charting import Chart, Mark
from zmpwatch.store import Store

__all__ = ["answer_history", "chart_of", "known_points"]

Json = dict[str, Any]


def known_points(store: Store, association: str) -> list[CountPoint]:
    """All exact counts with the day each is true of, oldest first."""
    believed = {belief.members for belief in store.count_history(association) if belief.members is not None}
    return count_points(store.count_statements(), believed)


def answer_history(store: Store, association: str, since: date | None = None) -> list[Json]:
    """What ``zmpwatch history`` says: one object a number and day, oldest first.

    ``on_line`` marks the numbers that answer ``count --at``: the association's own (``official``) and those of the
    initial knowledge (``checked``); others' where both are silent. ``day`` is where it stands on the time line.
    """
    points = known_points(store, association)
    line = {id(point) for point in count_line(points)}
    grouped: dict[tuple[int, str, bool, bool], list[CountPoint]] = {}
    for point in points:
        grouped.setdefault((point.members, point.as_of, point.official, point.checked), []).append(point)
    answers = [_point_json(same, any(id(point) in line for point in same)) for same in grouped.values()]
    return [answer for answer in answers if since is None or answer["day"] >= since.isoformat()]


def _point_json(same: Sequence[CountPoint], on_line: bool) -> Json:
    best = min((point.statement for point in same), key=quotability)
    first = same[0]
    return {
        "day": first.day.isoformat(),
        "as_of": first.as_of,
        "members": first.members,
        "official": first.official,
        "checked": first.checked,
        "on_line": on_line,
        "source": best.source.url,
        "quote": best.statement.quote,
        "archived": best.source.archived,
        "sources": len({point.statement.source.url for point in same}),
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
