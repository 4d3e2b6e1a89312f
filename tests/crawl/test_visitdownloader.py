"""When a host may be asked: its pause counts from what was asked of it, not from the start of the machine."""

from __future__ import annotations

import pytest
from scrapy import Request
from scrapy.core.downloader import Slot

from zmpwatch.crawl.visitdownloader import is_free

MINUTE, HOUR = 60.0, 3600.0


@pytest.fixture
def slot() -> Slot:
    return Slot(concurrency=1, delay=2 * HOUR, jitter=0.0)


def test_a_host_never_asked_is_free_also_right_after_the_machine_started(slot: Slot) -> None:
    assert is_free(slot, now=20 * MINUTE)


def test_a_host_that_was_asked_is_free_when_its_pause_is_over(slot: Slot) -> None:
    slot.lastseen = 20 * MINUTE
    assert not is_free(slot, now=20 * MINUTE + HOUR)
    assert is_free(slot, now=20 * MINUTE + 2 * HOUR)


def test_a_host_that_answers_just_now_is_not_free(slot: Slot) -> None:
    slot.transferring.add(Request("http://127.0.0.1/"))
    assert not is_free(slot, now=20 * MINUTE)
