"""What one visit to the association says is its official count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from zmpwatch.judge.dates import first_day
from zmpwatch.model import MIN_CONFIDENCE, Authority, CountStatement, Qualifier, Sighting
from zmpwatch.model.days import day_of

__all__ = ["Reading", "official_readings"]

_A_DAY = timedelta(days=1)
"""What the calendars of two clocks may be apart."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one visit says is the official count.

    `date` is the day the number is stated for (its as_of, else the page's own date). `rivals` are values the same
    authority gave on the same visit: when there are any, the visit proves nothing.
    """

    value: int
    authority: Authority
    date: str | None
    statements: tuple[int, ...]
    url: str
    seen_at: datetime
    first_seen: datetime
    fresh: bool
    rivals: tuple[int, ...] = ()


def official_readings(sightings: Iterable[Sighting]) -> list[Reading]:
    """The official counts one visit to the association gave, strongest first; empty when it gave none.

    `sightings` are the count sightings of one visit. Only exact numbers of the association's own pages count: the
    counter's, the home page's first (teasers stand newest first), the newest dated page's, and those of undated pages.
    """
    exact = [sighting for sighting in sightings if _is_official(sighting)]
    readings = []
    counters = _foremost([sighting for sighting in exact if _authority(sighting) is Authority.COUNTER])
    if counters:
        readings.append(_reading(counters, _values(counters)))
    home = [sighting for sighting in exact if _authority(sighting) is Authority.HOME]
    if home:
        home.sort(key=lambda sighting: sighting.statement.statement.start)
        readings.append(_reading(home, ()))
    dated = [sighting for sighting in exact if _authority(sighting) is Authority.NEWS and _date(sighting)]
    if dated:
        newest = max(first_day(_date(sighting) or "") for sighting in dated)
        chosen = [sighting for sighting in dated if first_day(_date(sighting) or "") == newest]
        readings.append(_reading(chosen, _values(chosen)))
    readings += [
        _reading([sighting], ()) for sighting in exact if _authority(sighting) is Authority.NEWS and not _date(sighting)
    ]
    return readings


def _foremost(counters: list[Sighting]) -> list[Sighting]:
    """The counters of one page: of those that came fresh, if any did, the one nearest to the site's root.

    A counter may stand on every page, and old copies of some in caches; only what one page says twice is a rivalry.
    """
    fresh = [sighting for sighting in counters if sighting.fresh] or counters
    page = min((sighting.statement.source.url for sighting in fresh), key=lambda url: (len(url), url), default=None)
    return [sighting for sighting in fresh if sighting.statement.source.url == page]


def _authority(sighting: Sighting) -> Authority:
    return sighting.statement.source.authority


def _is_official(sighting: Sighting) -> bool:
    statement, source = sighting.statement.statement, sighting.statement.source
    return (
        isinstance(statement, CountStatement)
        and statement.qualifier is Qualifier.EXACT
        and statement.confidence >= MIN_CONFIDENCE
        and source.authority in {Authority.COUNTER, Authority.HOME, Authority.NEWS}
    )


def _count(sighting: Sighting) -> CountStatement:
    statement = sighting.statement.statement
    assert isinstance(statement, CountStatement)
    return statement


def _date(sighting: Sighting) -> str | None:
    date = _count(sighting).as_of
    if date is None and _authority(sighting) not in {Authority.COUNTER, Authority.HOME}:
        # what the home page says holds now, whatever date a template has left in its head
        date = sighting.statement.source.published
    if date is not None and first_day(date) > day_of(sighting.seen_at) + _A_DAY:
        return None  # a slip of the pen, 2052 for 2025, would be the newest news for ever
    return date


def _values(sightings: Sequence[Sighting]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(_count(sighting).value for sighting in sightings))


def _reading(chosen: Sequence[Sighting], values: tuple[int, ...]) -> Reading:
    first = chosen[0]
    value = _count(first).value
    agreeing = [sighting for sighting in chosen if _count(sighting).value == value]
    return Reading(
        value=value,
        authority=first.statement.source.authority,
        date=_date(first),
        statements=tuple(dict.fromkeys(sighting.statement.id for sighting in agreeing)),
        url=first.statement.source.url,
        seen_at=first.seen_at,
        first_seen=first.statement.source.first_seen,
        fresh=any(sighting.fresh for sighting in agreeing),
        rivals=tuple(other for other in values if other != value),
    )
