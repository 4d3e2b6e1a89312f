from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from zmpwatch.config import next_due, parse_duration
from zmpwatch.model import Site

WARSAW = ZoneInfo("Europe/Warsaw")


def site(**timing: str) -> Site:
    return Site(name="a", family="association", url="https://a.pl/", **timing)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("90s", 90),
        ("30m", 1800),
        ("12h", 43200),
        ("1d", 86400),
        ("2w", 1209600),
        ("1h30m", 5400),
        ("1.5h", 5400),
        ("0", 0),
    ],
)
def test_durations(text, seconds):
    assert parse_duration(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize("text", ["", "30", "m", "30 minutes", "-1h", "1e3s", "٣h", "999999999w", "1..5h"])
def test_what_is_no_duration(text):
    with pytest.raises(ValueError, match=r"expected|longer"):
        parse_duration(text)


def test_a_site_never_visited_is_due_at_once():
    assert next_due(site(every="1d"), None, WARSAW) is None


def test_every_counts_from_the_last_visit():
    visited = datetime(2025, 3, 1, 9, 30, tzinfo=WARSAW)
    assert next_due(site(every="12h"), visited, WARSAW) == datetime(2025, 3, 1, 20, 30, tzinfo=UTC)
    assert next_due(site(), visited, WARSAW) == datetime(2025, 3, 1, 20, 30, tzinfo=UTC)


def test_cron_counts_in_the_time_zone():
    visited = datetime(2025, 3, 1, 9, 31, tzinfo=UTC)
    assert next_due(site(cron="0 12 * * *"), visited, WARSAW) == datetime(2025, 3, 1, 11, 0, tzinfo=UTC)
    assert next_due(site(cron="*/30 * * * *"), visited, WARSAW) == datetime(2025, 3, 1, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "days"),
    [(datetime(2025, 3, 28, tzinfo=UTC), 5), (datetime(2025, 10, 24, tzinfo=UTC), 5)],
    ids=["to summer time", "from summer time"],
)
def test_a_fixed_hour_comes_once_on_each_day(start, days):
    moment, seen = start, []
    while len(seen) < days:
        due = next_due(site(cron="30 2 * * *"), moment, WARSAW)
        assert due is not None
        assert due > moment
        moment = due
        seen.append(due.astimezone(WARSAW).date())
    assert [(day - seen[0]).days for day in seen] == list(range(days))
