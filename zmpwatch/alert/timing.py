"""When somebody is told: at once, with the day's or the week's digest, and never during quiet hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Literal
from zoneinfo import ZoneInfo

__all__ = ["AT_ONCE", "DIGEST_HOUR", "MONDAY", "WARSAW", "Digest", "QuietHours", "Timing"]

Digest = Literal["now", "daily", "weekly"]

WARSAW = ZoneInfo("Europe/Warsaw")
DIGEST_HOUR = time(8, 0)
MONDAY = 0


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From `start` until before `end` on the local clock; over midnight when `start` is the later one.

    Raises:
        ValueError: both are the same, which would be never or always.
    """

    start: time
    end: time

    def __post_init__(self) -> None:
        if self.start == self.end:
            raise ValueError("quiet hours begin and end at the same time")

    def over(self, moment: datetime, zone: tzinfo) -> datetime:
        """The first moment from `moment` (aware) on that is not quiet, in UTC."""
        local = moment.astimezone(zone)
        clock = local.time()
        if self.start < self.end:
            quiet, tomorrow = self.start <= clock < self.end, False
        else:
            quiet, tomorrow = clock >= self.start or clock < self.end, clock >= self.start
        if not quiet:
            return moment
        day = local.date() + timedelta(days=1) if tomorrow else local.date()
        # an hour the clock jumps over in spring is taken as the same span after midnight: an hour late, never never
        return max(moment, datetime.combine(day, self.end, tzinfo=zone).astimezone(UTC))


@dataclass(frozen=True, slots=True)
class Timing:
    """When one subscriber wants to be told.

    `at` is the digest's time of day in `zone`, `weekday` the day of the weekly one (0 is Monday).
    """

    digest: Digest = "now"
    at: time = DIGEST_HOUR
    weekday: int = MONDAY
    quiet: QuietHours | None = None
    zone: tzinfo = WARSAW

    def due(self, now: datetime) -> datetime:
        """When a change noticed at `now` (aware) is to be told, in UTC.

        `daily` is the next time the local clock shows `at` after `now`, `weekly` the same on the weekday: counted on
        the calendar, so that the hour stays the same across clock changes.
        """
        return self.not_quiet(self._digest(now))

    def not_quiet(self, moment: datetime) -> datetime:
        """The same moment, or the end of the quiet hours it falls into."""
        return self.quiet.over(moment, self.zone) if self.quiet else moment

    def _digest(self, now: datetime) -> datetime:
        if self.digest == "now":
            return now
        day = now.astimezone(self.zone).date()
        if self.digest == "weekly":
            day += timedelta(days=(self.weekday - day.weekday()) % 7)
        step = timedelta(days=7 if self.digest == "weekly" else 1)
        due = datetime.combine(day, self.at, tzinfo=self.zone).astimezone(UTC)
        while due <= now:
            day += step
            due = datetime.combine(day, self.at, tzinfo=self.zone).astimezone(UTC)
        return due


AT_ONCE = Timing()
"""No digest, no quiet hours."""
