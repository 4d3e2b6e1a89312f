"""What is kept of the pages of a visit until it is stored: no more than is stored of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from zmpwatch.model import Page, Text
from zmpwatch.service.gathered import Gathered
from zmpwatch.service.pagereading import PageReading, known_page
from zmpwatch.store.searching import PageText

NOW = datetime(2025, 3, 1, tzinfo=UTC)
HEADERS = {"etag": '"7"', "last-modified": "Sat, 01 Mar 2025 00:00:00 GMT", "server": "nginx", "x-powered-by": "PHP"}
ADDRESS = "https://miasto.example/aktualnosci/{}"


def reading(number: int, *, searched: PageText | None = None) -> PageReading:
    page = Page(
        url=ADDRESS.format(number),
        requested=ADDRESS.format(number),
        status=200,
        headers=HEADERS,
        body=b"<p>Wiadomosc</p>" * 1000,
        fetched_at=NOW,
        request_headers={"accept": "text/html"},
    )
    links = tuple(ADDRESS.format(one) for one in range(60))
    return PageReading(page, Text("Wiadomość"), (), (), "digest", "sha", links, searched)


def test_of_a_page_that_gets_no_snapshot_only_what_is_remembered_is_held() -> None:
    gathered = Gathered()
    gathered.add(reading(1))
    (held,) = gathered.readings
    assert (held.page.body, held.text.content, held.found) == (b"", "", None)
    assert set(held.page.headers) == {"etag", "last-modified"}
    assert not held.page.request_headers
    assert known_page(held, NOW) == known_page(reading(1), NOW)


def test_of_a_page_that_gets_a_snapshot_all_headers_are_held() -> None:
    gathered = Gathered()
    gathered.add(reading(1, searched=PageText("7", "2025-03-01", b"", b"")))
    (held,) = gathered.readings
    assert held.page == replace(reading(1).page, body=b"")


def test_an_address_that_stands_on_every_page_is_held_once() -> None:
    gathered = Gathered()
    for number in range(3):
        gathered.add(reading(number))
    first, second, third = (one.links for one in gathered.readings)
    assert first == second == third == reading(1).links
    assert all(a is b is c for a, b, c in zip(first, second, third, strict=True))
