"""Retry-After: seconds, dates and nonsense (docs/faults.md 33-35)."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zmpwatch.crawl.courtesy import DEFAULT_PAUSE, LONGEST_PAUSE, retry_after

NOW = datetime(2025, 3, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "pause"),
    [
        ("7", timedelta(seconds=7)),
        ("0", timedelta(0)),
        (" 120 ", timedelta(minutes=2)),
        ("Sat, 01 Mar 2025 13:00:00 GMT", timedelta(hours=1)),
        ("Sat, 01 Mar 2025 13:00:00 -0000", timedelta(hours=1)),
        ("Fri, 28 Feb 2025 13:00:00 GMT", timedelta(0)),
        ("Sat, 01 Mar 2098 13:00:00 GMT", LONGEST_PAUSE),
        ("99999999999", LONGEST_PAUSE),
        ("9" * 5000, LONGEST_PAUSE),
        ("-5", DEFAULT_PAUSE),
        ("soon", DEFAULT_PAUSE),
        ("٣", DEFAULT_PAUSE),
        ("", DEFAULT_PAUSE),
        (None, DEFAULT_PAUSE),
    ],
)
def test_retry_after(value: str | None, pause: timedelta) -> None:
    assert retry_after(value, NOW) - NOW == pause


@given(st.text(max_size=60))
def test_any_text_gives_a_moment_within_a_day(value: str) -> None:
    assert timedelta(0) <= retry_after(value, NOW) - NOW <= LONGEST_PAUSE
