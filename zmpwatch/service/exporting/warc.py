"""The archived pages as a WARC file (ISO 28500:2017), for web-archive tools.

One response record a stored version of a page, with the headers as they were received; before it one request record
where the headers of the request were kept. The archive holds bodies after content decoding, so ``Content-Encoding``,
``Transfer-Encoding`` and ``Content-Length`` as they were received are told as ``X-Archive-Orig-…``, as web archives do.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import zmpwatch
from zmpwatch.errors import ArchiveError, ConfigError
from zmpwatch.service.files import made_folder, placed
from zmpwatch.store import Snapshot, Store

__all__ = ["WarcExport", "export_warc"]

_BATCH = 200
_OF_TRANSFER = {"content-encoding", "transfer-encoding", "content-length"}
_CONFORMS_TO = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"


@dataclass(slots=True)
class WarcExport:
    """What was written: `pages` versions of pages; `pruned` were left out, and each of `problems` is one that lacks."""

    path: Path
    pages: int = 0
    pruned: int = 0
    problems: list[str] = field(default_factory=list)


def export_warc(store: Store, folder: Path, association: str, now: datetime) -> WarcExport:
    """Write every archived page into one compressed WARC file, oldest first; pages that were taken down are not there.

    Raises:
        ConfigError: the library warcio is not installed.
        StoreError: the file can't be written.
    """
    try:
        from warcio.warcwriter import WARCWriter
    except ImportError as error:
        raise ConfigError("WARC needs the library warcio: pip install 'zmpwatch[warc]'") from error
    done = WarcExport(made_folder(folder) / f"zmpwatch-{now.astimezone(UTC):%Y%m%d%H%M%S}.warc.gz")
    with placed(done.path) as draft, draft.open("wb") as file:
        writer = WARCWriter(file, gzip=True, warc_version="1.1")
        about = {
            "software": f"zmpwatch {zmpwatch.__version__}",
            "format": "WARC file version 1.1",
            "conformsTo": _CONFORMS_TO,
            "description": f"Pages that state who belongs to the {association}",
            "history": str(store.head()),
        }
        info = writer.create_warcinfo_record(done.path.name, about)
        info.rec_headers.replace_header("WARC-Date", _date(now))
        writer.write_record(info)
        told = info.rec_headers.get_header("WARC-Record-ID")
        for snapshot, body, request in _pages(store, done):
            _write(writer, snapshot, body, request, told)
            done.pages += 1
    return done


def _pages(store: Store, done: WarcExport) -> Iterator[tuple[Snapshot, bytes, dict[str, str] | None]]:
    forgotten, pruned = store.forgotten_snapshots(), store.pruned()
    last = 0
    while some := store.snapshots(after=last, limit=_BATCH):
        last = some[-1].id
        requests = store.request_headers([snapshot.id for snapshot in some])
        for snapshot in some:
            # what was known from the start has no status: it was never fetched
            if snapshot.id in forgotten or not snapshot.status:
                continue
            try:
                body = store.archive.get(snapshot.sha256)
            except ArchiveError as error:
                if snapshot.sha256 in pruned:
                    done.pruned += 1
                else:
                    done.problems.append(f"{snapshot.url}: {error}")
                continue
            yield snapshot, body, requests.get(snapshot.id)


def _write(writer: Any, snapshot: Snapshot, body: bytes, request: dict[str, str] | None, info: str) -> None:
    from warcio.statusandheaders import StatusAndHeaders

    common = {"WARC-Date": _date(snapshot.fetched_at), "WARC-Warcinfo-ID": info}
    answered = StatusAndHeaders(_status_line(snapshot.status), _response_headers(snapshot, body), protocol="HTTP/1.1")
    extra = common | ({} if snapshot.complete else {"WARC-Truncated": "disconnect"})
    response = writer.create_warc_record(
        snapshot.url,
        "response",
        payload=io.BytesIO(body),
        length=len(body),
        http_headers=answered,
        warc_headers_dict=extra,
    )
    if request is None:
        writer.write_record(response)
        return
    parts = urlsplit(snapshot.url)
    asked = [("Host", parts.netloc.rpartition("@")[2])]
    asked += [(_title_case(name), _one_line(value)) for name, value in request.items() if name != "host"]
    line = f"GET {parts._replace(scheme='', netloc='', fragment='').geturl() or '/'} HTTP/1.1"
    asking = writer.create_warc_record(
        snapshot.url,
        "request",
        http_headers=StatusAndHeaders(line, asked, is_http_request=True),
        warc_headers_dict=common,
    )
    writer.write_request_response_pair(asking, response)


def _date(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"


def _status_line(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return f"{status} Unknown"


def _response_headers(snapshot: Snapshot, body: bytes) -> list[tuple[str, str]]:
    headers = [
        (f"X-Archive-Orig-{_title_case(name)}" if name in _OF_TRANSFER else _title_case(name), _one_line(value))
        for name, value in snapshot.headers.items()
    ]
    return [*headers, ("Content-Length", str(len(body)))]


def _title_case(name: str) -> str:
    return "-".join(part[:1].upper() + part[1:] for part in _one_line(name).split("-"))


def _one_line(value: str) -> str:
    return " ".join(value.split())
