"""From a response to a page, or to the reason why it is none."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.http import Headers, Response

from zmpwatch.crawl.failure import FetchFailure
from zmpwatch.crawl.fetch import Role, fetch_of
from zmpwatch.crawl.frontpage import check_front_page
from zmpwatch.crawl.middlewares import UNVERIFIED
from zmpwatch.crawl.state import logger
from zmpwatch.crawl.wrongpage import browser_check_in, check_right_page, shows_much
from zmpwatch.errors import ReadError
from zmpwatch.model import FailureKind, Page

if TYPE_CHECKING:
    from zmpwatch.read import MediaType, PageLinks

__all__ = ["links_of", "markup_of", "page_of"]

_HEAD_BYTES, _WALL_BYTES = 16 << 10, 300 << 10
"""How much of a page is looked at for its encoding, and for a wall that stands before it."""
_CUT = re.compile(rb"[\xc2-\xf4][\x80-\xbf]{0,2}\Z")
"""The beginning of a UTF-8 character at the end; where it is a whole one, nothing is lost."""
_UNPROVEN = {"partial", "dataloss", "download_stopped", UNVERIFIED}
"""Flags of a response whose body can't be proved whole."""


def page_of(request: Request, response: Response, *, fetched_at: datetime, max_text: int) -> tuple[Page, MediaType]:
    """The page a response carries, and what it is by its bytes.

    Args:
        request: as it was answered, after redirects; its fetch has what was asked for.
        response: decoded.
        fetched_at: the present moment.
        max_text: most bytes of text or markup, whatever the headers called it.

    Raises:
        FetchFailure: CHALLENGE, WRONG_PAGE (a wall, an empty answer, a front page of nobody's), STATUS, TOO_BIG.
    """
    from zmpwatch.read import MediaType, sniff  # noqa: PLC0415 - reading is loaded with the first page

    headers = _names_and_values(response.headers)
    kind = sniff(response.body, headers) if response.body else MediaType.UNKNOWN
    fetch = fetch_of(request)
    if kind is MediaType.HTML:
        much = shows_much(response.body)
        if not much or browser_check_in(headers):
            check_right_page(markup_of(response.body, headers), headers, response.status)
        if fetch.role is Role.START and response.status == 200:
            check_front_page(markup_of(response.body, headers), response.url, much=much)
    if response.status == 204 or (response.status == 200 and not response.body):
        raise FetchFailure(FailureKind.WRONG_PAGE, f"an empty answer, status {response.status}")
    if response.status != 200:
        raise FetchFailure(FailureKind.STATUS, f"status {response.status}", absent=response.status in {404, 410})
    if kind.is_page and len(response.body) > max_text:
        raise FetchFailure(FailureKind.TOO_BIG, f"{len(response.body)} bytes of text")
    page = Page(
        url=response.url,
        requested=fetch.url,
        status=response.status,
        headers=headers,
        body=response.body,
        fetched_at=fetched_at,
        complete=not _UNPROVEN & set(response.flags),
        anchor=fetch.anchor,
        referrer=fetch.referrer,
        request_headers=_names_and_values(request.headers),
        fresh=fetch.fresh,
        told_sha256=hashlib.sha256(response.body).hexdigest(),
    )
    return page, kind


def _names_and_values(headers: Headers) -> dict[str, str]:
    return {k.decode("latin-1").lower(): b", ".join(v).decode("latin-1") for k, v in headers.items() if k}


def links_of(page: Page) -> PageLinks | None:
    """The links of a page; None where it can't be read."""
    from zmpwatch.read import page_links  # noqa: PLC0415 - reading is loaded with the first page

    try:
        return page_links(page.body, url=page.url, headers=page.headers)
    except ReadError as error:
        # the sink has the page, and says itself that it can't be read
        logger.info("%s: no links followed: %s", page.url, error.reason)
        return None


def markup_of(body: bytes, headers: Mapping[str, str]) -> str:
    """The text of a page, well enough to know a wall by: in the encoding of its head, at a tenth of the cost."""
    from zmpwatch.read.decode import decode  # noqa: PLC0415 - as above

    head = body[:_HEAD_BYTES]
    if len(body) > _HEAD_BYTES:
        # a character cut in two would send the decoder off to look for other encodings
        head = _CUT.sub(b"", head)
    return body[:_WALL_BYTES].decode(decode(head, headers).encoding, "replace")
