"""A browser small enough to trust: one request, and what came back."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from http.client import HTTPConnection
from urllib.parse import urldefrag, urljoin, urlsplit

import docx
import pypdfium2
from defusedxml import ElementTree


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def kind(self) -> str:
        return self.headers["content-type"].partition(";")[0]


def get(url: str, *, method: str = "GET", **headers: str) -> Reply:
    parts = urlsplit(url)
    assert parts.hostname == "127.0.0.1"
    connection = HTTPConnection(parts.hostname, parts.port, timeout=10)
    try:
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return Reply(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
    finally:
        connection.close()


class _Reader(HTMLParser):
    def __init__(self, url: str) -> None:
        super().__init__()
        self.url, self.links, self.words, self._hidden = url, [], [], 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in {"style", "script", "title"}
        for name, value in attrs:
            if name in {"href", "src"} and value:
                self.links.append(urldefrag(urljoin(self.url, value)).url)

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in {"style", "script", "title"}

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data)


def charset(reply: Reply) -> str:
    declared = re.search(r"charset=([\w-]+)", reply.headers["content-type"])
    if declared is None:
        declared = re.search(r"charset=\"?([\w-]+)", reply.body[:1024].decode("ascii", "replace"))
    assert declared is not None, reply.body[:200]
    return declared[1]


def read(url: str, reply: Reply) -> tuple[str, list[str]]:
    """Visible text and links of whatever was served."""
    match reply.kind:
        case "text/html":
            reader = _Reader(url)
            reader.feed(reply.body.decode(charset(reply)))
            return " ".join(" ".join(reader.words).split()), reader.links
        case "application/pdf":
            document = pypdfium2.PdfDocument(reply.body)
            text = "\n".join(page.get_textpage().get_text_range() for page in document)
            document.close()
            return " ".join(text.split()), []
        case kind if kind.endswith("wordprocessingml.document"):
            paragraphs = docx.Document(io.BytesIO(reply.body)).paragraphs
            return " ".join(" ".join(paragraph.text for paragraph in paragraphs).split()), []
        case "application/xml" | "application/rss+xml":
            tree = ElementTree.fromstring(reply.body)
            links = [each.text for each in tree.iter() if each.tag.rpartition("}")[2] in {"loc", "link"} and each.text]
            return reply.body.decode(charset(reply)), links
        case _:
            return reply.body.decode(charset(reply)), []
