"""The archive as WARC: other programs read it, every digest holds, and no header is made up."""

from __future__ import annotations

import base64
import hashlib
import subprocess
import sys
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from zmpwatch.service.exporting import export_warc
from zmpwatch.service.opening import open_store

from .conftest import Crawl
from .world import World

NEWS = (
    "<h1>XI sesja</h1><p>Rada Miasta Hajnówka podjęła 26 lutego 2025 r. uchwałę nr XI/59/25 w sprawie przystąpienia "
    "Miasta Hajnówka do Związku Miast Polskich.</p>"
)


def records(path: Path):  # type: ignore[no-untyped-def]
    with path.open("rb") as stream:
        for record in ArchiveIterator(stream, check_digests="raise"):
            yield record, record.content_stream().read()


@pytest.fixture
def crawled(world: World, run: Crawl) -> World:
    world.sites["hajnowka"].put("/", NEWS, X_Server="próba")
    assert run().statements
    return world


def test_pages_leave_as_they_came(crawled: World, tmp_path: Path) -> None:
    with open_store(crawled.config()) as store:
        done = export_warc(store, tmp_path / "out", "Związek Miast Polskich", crawled.now)
        snapshots = {snapshot.url: snapshot for snapshot in store.snapshots() if snapshot.status}
        bodies = {url: store.archive.get(snapshot.sha256) for url, snapshot in snapshots.items()}
    assert done.problems == []
    assert done.pages == len(snapshots) > 1
    found = list(records(done.path))
    info, body = found[0]
    assert info.rec_type == "warcinfo"
    assert b"software: zmpwatch" in body
    assert "Związek Miast Polskich" in body.decode()
    responses = {
        record.rec_headers["WARC-Target-URI"]: (record, content)
        for record, content in found
        if record.rec_type == "response"
    }
    assert {url: content for url, (_, content) in responses.items()} == bodies
    home = crawled.sites["hajnowka"].url
    record, content = responses[home]
    assert record.http_headers.get_statuscode() == "200"
    assert record.http_headers["Content-Type"] == "text/html; charset=utf-8"
    assert record.http_headers["Content-Length"] == str(len(content))
    assert record.rec_headers["WARC-Payload-Digest"] == sha1(content)
    assert record.rec_headers["WARC-Date"] == snapshots[home].fetched_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def sha1(content: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(content, usedforsecurity=False).digest()).decode()


def test_requests_are_those_that_were_sent(crawled: World, tmp_path: Path) -> None:
    with open_store(crawled.config()) as store:
        done = export_warc(store, tmp_path, "ZMP", crawled.now)
    found = list(records(done.path))
    answers = {r.rec_headers["WARC-Record-ID"]: r for r, _ in found if r.rec_type == "response"}
    asked = [record for record, _ in found if record.rec_type == "request"]
    assert len(asked) == len(answers)
    site = crawled.sites["hajnowka"]
    for record in asked:
        answer = answers[record.rec_headers["WARC-Concurrent-To"]]
        assert record.rec_headers["WARC-Target-URI"] == answer.rec_headers["WARC-Target-URI"]
        if record.rec_headers["WARC-Target-URI"] != site.url:
            continue
        received = next(headers for path, headers in site.requests if path == "/")
        assert f"{record.http_headers.protocol} {record.http_headers.statusline}" == "GET / HTTP/1.1"
        for name in ("user-agent", "accept", "host"):
            if name in received:
                assert record.http_headers[name] == received[name]


def test_the_checker_of_warcio_finds_nothing(crawled: World, tmp_path: Path) -> None:
    with open_store(crawled.config()) as store:
        done = export_warc(store, tmp_path, "ZMP", crawled.now)
    program = [sys.executable, "-m", "warcio.cli", "check", "-v", str(done.path)]
    checked = subprocess.run(program, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout
    assert "digest pass" in checked.stdout
    assert "digest failed" not in checked.stdout
    index = subprocess.run(
        [sys.executable, "-m", "warcio.cli", "index", str(done.path)], capture_output=True, text=True, check=True
    )
    assert len(index.stdout.splitlines()) == 1 + 2 * done.pages


def test_pages_taken_down_are_not_there(crawled: World, tmp_path: Path) -> None:
    home = crawled.sites["hajnowka"].url
    with open_store(crawled.config()) as store:
        before = export_warc(store, tmp_path / "before", "ZMP", crawled.now).pages
        store.forget(home, "asked for", crawled.now)
        done = export_warc(store, tmp_path / "after", "ZMP", crawled.now)
    assert done.pages == before - 1
    assert not any(b"XI/59/25" in content for _, content in records(done.path))


def test_a_page_missing_from_the_archive_is_named(crawled: World, tmp_path: Path) -> None:
    with open_store(crawled.config()) as store:
        first = next(snapshot for snapshot in store.snapshots() if snapshot.status)
        store.archive.remove(first.sha256)
        done = export_warc(store, tmp_path, "ZMP", crawled.now)
    assert len(done.problems) == 1
    assert "missing from the archive" in done.problems[0]


def test_what_the_transfer_did_to_a_body_is_told_apart(tmp_path: Path, crawled: World) -> None:
    from zmpwatch.service.exporting.warc import _response_headers

    with open_store(crawled.config()) as store:
        snapshot = next(snapshot for snapshot in store.snapshots() if snapshot.status)
    snapshot.headers.update({"content-encoding": "gzip", "content-length": "7", "x-odd": "a\r\nX-Made-Up: b"})
    headers = dict(_response_headers(snapshot, b"twelve bytes"))
    assert headers["X-Archive-Orig-Content-Encoding"] == "gzip"
    assert headers["X-Archive-Orig-Content-Length"] == "7"
    assert headers["Content-Length"] == "12"
    assert headers["X-Odd"] == "a X-Made-Up: b"


def test_the_command(crawled: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from zmpwatch.cli.application import run as program

    monkeypatch.chdir(crawled.folder)
    assert program(["export", "--format", "warc", "--output", "warc"]) == 0
    (made,) = Path("warc").iterdir()
    assert made.name.startswith("zmpwatch-")
    assert made.name.endswith(".warc.gz")
    assert f"{made}: " in capsys.readouterr().out
