"""How the watch stands, as the JSON objects that `status` prints: its sites, and the outbox."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from zmpwatch.config import Config
from zmpwatch.model import DeliveryState, Visit
from zmpwatch.service.knowledge import KNOWLEDGE_SITE
from zmpwatch.service.moving import move_json
from zmpwatch.service.timetable import Timetable
from zmpwatch.store import Store

__all__ = ["answer_status", "answer_visited", "outbox_counts"]

Json = dict[str, Any]


def answer_status(store: Store, config: Config) -> list[Json]:
    """What ``zmpwatch status`` says: each site that is watched with its last visit and the time of the next."""
    last = store.last_visits()
    now = datetime.now(UTC)
    timetable = Timetable.of(config, store, now, last)
    moves, scans = store.site_moves(), store.scans_waiting()
    configured = {site.name for site in config.sites}
    answers = []
    for site in timetable.sites:
        visit = last.get(site.name)
        due = timetable.turn(site, visit.started, now).due if visit else None
        moved = move_json(site, moves.get(site.name), configured=site.name in configured)
        answers.append(_standing(site.name, visit, due, scans.get(site.name, 0), moved))
    return answers


def answer_visited(store: Store) -> list[Json]:
    """The same for each site that was ever visited, by the database alone: which are watched, and when, nobody says.

    What was known from the start is no site.
    """
    scans = store.scans_waiting()
    visited = sorted((name, visit) for name, visit in store.last_visits().items() if name != KNOWLEDGE_SITE)
    return [_standing(name, visit, None, scans.get(name, 0), None) for name, visit in visited]


def _standing(site: str, visit: Visit | None, due: datetime | None, scans: int, moved: Json | None) -> Json:
    return {
        "site": site,
        "verdict": str(visit.verdict) if visit else None,
        "last_visit": visit.started.isoformat() if visit else None,
        "next_visit": due.isoformat() if due else None,
        "problems": list(visit.problems) if visit else [],
        "needs_ocr": scans,
        "moved": moved,
    }


def outbox_counts(store: Store) -> dict[str, int]:
    """How many deliveries stand where."""
    return dict.fromkeys(map(str, DeliveryState), 0) | store.delivery_counts()
