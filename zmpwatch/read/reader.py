"""The ways in: a page, a document, whatever the bytes are, and a page with its links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from zmpwatch.errors import ReadError, Unreadable
from zmpwatch.model import Page, Text
from zmpwatch.read.mediatype import MediaType
from zmpwatch.read.sniff import OLE_MAGIC, sniff

if TYPE_CHECKING:
    from zmpwatch.read.links import PageLinks

__all__ = ["read_bytes", "read_document", "read_page", "read_with_links"]


def read_page(page: Page) -> Text:
    """Text of HTML, XML or plain text, read in this process behind the guard.

    Raises:
        LimitExceeded: Too big, too many attributes in a tag, too deep a nesting.
        Unreadable: Another type, an encoding that can't be told, no text in a body that should have some.
    """
    kind = sniff(page.body, page.headers)
    if not kind.is_page:
        raise Unreadable(_not_a("page", kind, page.body), url=page.url)
    return _with_transfer(_read(page.body, kind, page.url, page.headers), page)


def read_document(page: Page) -> Text:
    """Text of a PDF, DOCX, ODT, RTF or DOC, read in a limited child process.

    Raises:
        LimitExceeded: Memory, time, size or output ran over a bound.
        NeedsOcr: A scan without a text layer.
        Unreadable: Another type, damaged, encrypted, or the parser crashed on it.
    """
    kind = sniff(page.body, page.headers)
    if not kind.is_document:
        raise Unreadable(_not_a("document", kind, page.body), url=page.url)
    return _with_transfer(_read(page.body, kind, page.url, page.headers), page)


def read_bytes(body: bytes, *, url: str | None = None, headers: Mapping[str, str] | None = None) -> Text:
    """Text of a body, whichever of the two ways fits its magic bytes.

    Args:
        body: The bytes after content decoding.
        url: Its address, for the date in the path and for messages.
        headers: Response headers, names in lower case.

    Raises:
        ReadError: As `read_page` and `read_document` do.
    """
    kind = sniff(body, headers)
    if kind is MediaType.UNKNOWN:
        raise Unreadable(_not_a("readable file", kind, body), url=url)
    return _read(body, kind, url, headers)


def read_with_links(
    body: bytes, *, url: str, headers: Mapping[str, str] | None = None
) -> tuple[Text, PageLinks | None]:
    """Text and links of a body from one parse; no links but of HTML.

    Raises:
        ReadError: As `read_bytes` does.
    """
    if sniff(body, headers) is not MediaType.HTML:
        return read_bytes(body, url=url, headers=headers), None
    from zmpwatch.read.decode import decode  # noqa: PLC0415 - heavy
    from zmpwatch.read.html import read_html_with_links  # noqa: PLC0415 - heavy

    with _addressed(url):
        return read_html_with_links(decode(body, headers), url=url)


def _read(body: bytes, kind: MediaType, url: str | None, headers: Mapping[str, str] | None) -> Text:
    """Text of a body of a known kind."""
    with _addressed(url):
        if kind.is_document:
            from zmpwatch.read.document import read_office_or_pdf  # noqa: PLC0415 - the chain below is heavy

            return read_office_or_pdf(body, kind, url=url)
        from zmpwatch.read.decode import decode  # noqa: PLC0415 - heavy

        if kind is MediaType.PLAIN:
            from zmpwatch.read.plain import text_from_plain  # noqa: PLC0415 - heavy

            decoded = decode(body, headers, markup=False)
            text = text_from_plain(decoded.text, url=url)
            return replace(text, encoding=decoded.encoding, notes=decoded.notes)
        if kind is MediaType.HTML:
            from zmpwatch.read.html import read_html  # noqa: PLC0415 - heavy

            return read_html(decode(body, headers), url=url)
        from zmpwatch.read.feed import read_xml  # noqa: PLC0415 - heavy

        return read_xml(body, kind, url=url, headers=headers)


@contextmanager
def _addressed(url: str | None) -> Iterator[None]:
    """Gives a `ReadError` that passes the address of what could not be read."""
    try:
        yield
    except ReadError as error:
        if error.url is None and url is not None:
            raise type(error)(error.reason, url=url) from error
        raise


def _with_transfer(text: Text, page: Page) -> Text:
    """A transfer that broke off makes the text incomplete, whatever the text says of itself."""
    if page.complete:
        return text
    return replace(text, complete=False, notes=(*text.notes, "the transfer broke off"))


def _not_a(wanted: str, kind: MediaType, body: bytes) -> str:
    if not body:
        return "empty"
    if body.startswith(OLE_MAGIC):
        return f"no {wanted}: an office file that is encrypted, damaged or no document of Word"
    return f"no {wanted}: {'unknown type' if kind is MediaType.UNKNOWN else kind.value}"
