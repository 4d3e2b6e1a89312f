"""Visits and pages as rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row

from zmpwatch.model import KnownPage, Visit
from zmpwatch.store.records import Snapshot
from zmpwatch.store.rows.enums import PURPOSES, VERDICTS, Values

__all__ = ["page_values", "to_known_page", "to_snapshot", "to_visit", "visit_values"]


def visit_values(visit: Visit) -> Values:
    """Columns of a visit."""
    return {
        "site": visit.site,
        "purpose": visit.purpose,
        "started": visit.started,
        "finished": visit.finished,
        "verdict": visit.verdict,
        "requests": visit.requests,
        "bytes": visit.bytes,
        "pages": visit.pages,
        "not_modified": visit.not_modified,
        "statements": visit.statements,
        "problems": list(visit.problems),
        "cycle": visit.cycle,
        "needs_ocr": visit.needs_ocr,
    }


def to_visit(row: Sequence[Any]) -> Visit:
    """A visit from all columns of its table, in their order."""
    number, site, purpose, started, finished, verdict, requests, size, pages, not_modified, told, *rest = row
    problems, cycle, needs_ocr = rest
    return Visit(
        site=site,
        purpose=PURPOSES[purpose],
        started=started,
        finished=finished,
        verdict=VERDICTS[verdict],
        requests=requests,
        bytes=size,
        pages=pages,
        not_modified=not_modified,
        statements=told,
        problems=tuple(problems),
        cycle=cycle,
        needs_ocr=needs_ocr,
        id=number,
    )


def to_snapshot(row: Row[Any]) -> Snapshot:
    """A snapshot from its columns."""
    return Snapshot(
        id=row.id,
        visit=row.visit_id,
        site=row.site,
        url=row.url,
        requested=row.requested,
        status=row.status,
        headers=row.headers,
        sha256=row.sha256,
        text_sha256=row.text_sha256,
        title=row.title,
        published=row.published,
        fetched_at=row.fetched_at,
        complete=row.complete,
        anchor=row.anchor,
        referrer=row.referrer,
        baseline=row.baseline,
    )


def page_values(site: str, page: KnownPage) -> Values:
    """Columns of a known page."""
    return {
        "site": site,
        "url": page.url,
        "etag": page.etag,
        "last_modified": page.last_modified,
        "body_sha256": page.body_sha256,
        "text_sha256": page.text_sha256,
        "fetched_at": page.fetched_at,
        "full_fetch_at": page.full_fetch_at,
        "status": page.status,
        "statements": page.statements,
        "links": list(page.links),
        "content_sha256": page.content_sha256,
        "extractor": page.extractor,
        "changed_at": page.changed_at,
        "worth": page.worth,
        "leads": page.leads,
    }


def to_known_page(row: Row[Any]) -> KnownPage:
    """A known page from its columns."""
    return KnownPage(
        url=row.url,
        etag=row.etag,
        last_modified=row.last_modified,
        body_sha256=row.body_sha256,
        text_sha256=row.text_sha256,
        fetched_at=row.fetched_at,
        full_fetch_at=row.full_fetch_at,
        status=row.status,
        statements=row.statements,
        links=tuple(row.links),
        content_sha256=row.content_sha256,
        extractor=row.extractor,
        changed_at=row.changed_at,
        worth=row.worth,
        leads=row.leads,
    )
