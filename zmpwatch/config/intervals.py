"""How often: durations such as ``30m``, cron lines, and when a site's turn comes."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from zmpwatch.model import Site

__all__ = ["DEFAULT_EVERY", "check_cron", "next_due", "parse_duration"]

DEFAULT_EVERY = "12h"
"""How often a site is visited that says nothing of it."""

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 7 * 86400}
_LONGEST = timedelta(days=366)
_DURATION = re.compile(r"(?:\d{1,9}(?:\.\d{1,3})?[smhdw])+", re.ASCII)
_PART = re.compile(r"(\d+(?:\.\d+)?)([smhdw])", re.ASCII)
_LONGEST_CRON_LINE = 200


@lru_cache(maxsize=1_000)
def parse_duration(text: str, longest: timedelta = _LONGEST) -> timedelta:
    """Reads ``90s``, ``30m``, ``12h``, ``1d``, ``2w``, ``1h30m`` or a plain ``0``.

    Raises:
        ValueError: in words for the person who wrote it.
    """
    compact = text.replace(" ", "")
    if compact == "0":
        return timedelta(0)
    if not _DURATION.fullmatch(compact):
        hint = f"; did you mean {compact}m?" if compact.isdecimal() else ""
        raise ValueError(f'a duration such as 90s, 30m, 12h, 1d or 2w was expected, not "{text}"{hint}')
    seconds = sum(float(number) * _UNITS[unit] for number, unit in _PART.findall(compact))
    if seconds > longest.total_seconds():
        raise ValueError(f'"{text}" is longer than {longest.days} days')
    return timedelta(seconds=seconds)


def check_cron(text: str) -> None:
    """Checks a cron line of five fields, as Debian's cron understands them.

    Raises:
        ValueError: in words for the person who wrote it.
    """
    from cronsim import CronSim, CronSimError

    expected = 'a cron line of five fields such as "*/30 * * * *" was expected'
    if len(text) > _LONGEST_CRON_LINE or len(text.split()) != 5:
        raise ValueError(f'{expected}, not "{text[:_LONGEST_CRON_LINE]}"')
    try:
        next(CronSim(text, datetime(2000, 1, 1, tzinfo=UTC)))
    except CronSimError as error:
        reason = str(error).removeprefix("Bad ")
        raise ValueError(f'{expected}; in "{text}" the field {reason} is wrong') from error
    except StopIteration as error:
        raise ValueError(f'{expected}; no day ever fits "{text}"') from error


def next_due(site: Site, last_visit: datetime | None, timezone: ZoneInfo) -> datetime | None:
    """Tells when the site's next turn comes; None means at once, for it was never visited.

    `last_visit` is the start of the newest visit (aware). A cron line counts in `timezone`, also over changes
    to and from summer time: a run at a fixed hour happens once on each day. The result is in UTC.
    """
    if last_visit is None:
        return None
    if site.cron is None:
        return last_visit.astimezone(UTC) + parse_duration(site.every or DEFAULT_EVERY)
    from cronsim import CronSim

    # over UTC, so that an hour that does not exist on the day of the change can't come in
    moments = CronSim(site.cron, last_visit.astimezone(UTC).astimezone(timezone))
    # asked in the hour that comes twice in autumn, the second time, for a fixed hour it begins with the first time
    return next(due for moment in moments if (due := moment.astimezone(UTC)) > last_visit)
