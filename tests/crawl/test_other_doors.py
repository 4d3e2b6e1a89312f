"""A site that gives no answer where it begins, and does without https or under its name with or without www."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from crawl.web import Keeper, Reply, Route, Web, html, plan, settings, visit
from zmpwatch.crawl.doors import silent_door
from zmpwatch.model import FailureKind

HOST, NAME = "127.0.9.80", "miasto.test"
PAGE: dict[str, Route] = {"/": html("Miasto"), "/robots.txt": Reply("", 404)}


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    """A server on port 80, which knows no https, under the one of two names that resolves."""
    look_up = socket.getaddrinfo

    def resolved(host: object, *rest: object, **more: object) -> object:
        if host == NAME:
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        return look_up(HOST if host == f"www.{NAME}" else host, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    try:
        made = Web(PAGE, host=HOST, port=80)
    except PermissionError:
        pytest.skip("port 80 is closed to this user")
    with made:
        yield made


def seen(url: str) -> Keeper:
    return visit(plan(url), Keeper(), settings(NAME, f"www.{NAME}", HOST))


@pytest.mark.parametrize(
    ("url", "answers_at"),
    [
        (f"https://www.{NAME}/", f"http://www.{NAME}/"),
        (f"http://{NAME}/", f"http://www.{NAME}/"),
        (f"https://{HOST}/bip/", f"http://{HOST}/"),
        (f"https://{NAME}/", None),  # two things are wrong with it; one is looked for
        (f"https://{HOST}:1/", None),
    ],
)
def test_where_a_silent_site_answers_is_found_and_not_followed(web: Web, url: str, answers_at: str | None) -> None:
    sink = seen(url)
    assert sink.report.answers_at == answers_at
    assert (sink.pages, sink.kinds(), sink.report.moved_to) == ([], [FailureKind.UNREACHABLE], None)
    assert [one.path for one in web.seen] == (["/robots.txt"] if answers_at else [])


def test_a_door_that_leads_back_or_away_is_none(web: Web) -> None:
    web.routes["/robots.txt"] = Reply("", 301, {"Location": f"https://{HOST}/robots.txt"})
    assert seen(f"https://{HOST}/").report.answers_at is None
    web.routes["/robots.txt"] = Reply("", 500)
    assert seen(f"https://{HOST}/").report.answers_at is None


def test_a_site_that_answers_is_not_asked_elsewhere(web: Web) -> None:
    sink = seen(f"http://www.{NAME}/")
    assert (sink.report.answers_at, [page.url for page in sink.pages]) == (None, [f"http://www.{NAME}/"])


@pytest.mark.parametrize(
    ("origin", "site", "named", "door"),
    [
        ("https://bip.x.pl", "https://bip.x.pl/", True, "http://bip.x.pl"),
        ("http://bip.x.pl", "http://bip.x.pl/", True, None),
        ("https://x.pl", "https://x.pl/", False, "https://www.x.pl"),
        ("https://www.x.pl", "https://www.x.pl/", False, "https://x.pl"),
        ("https://files.x.pl", "https://www.x.pl/", True, None),
        ("https://x.pl:8443", "https://x.pl:8443/", True, None),
    ],
)
def test_which_door_is_tried(origin: str, site: str, named: bool, door: str | None) -> None:
    assert silent_door(origin, site, named=named) == door
