"""A message as lines of spans, and its three ways to be written: text, Markdown, HTML.

Only here is anything escaped. Whoever builds lines hands over plain strings; no string is ever read as markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from html import escape

__all__ = ["Document", "Line", "Section", "Span", "Style", "bold", "line", "link", "plain"]


class Style(Enum):
    """How a span stands out."""

    PLAIN = "plain"
    BOLD = "bold"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Span:
    """A run of characters; a link's text is its address (`clean.safe_url` made it so that no format must escape it)."""

    text: str
    style: Style = Style.PLAIN


Line = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Lines that belong together; `quiet` ones (the footer) are set small where that can be done."""

    lines: tuple[Line, ...]
    quiet: bool = False


def plain(text: str) -> Span:
    """A span without emphasis."""
    return Span(text)


def bold(text: str) -> Span:
    """A span with emphasis."""
    return Span(text, Style.BOLD)


def link(url: str) -> Span:
    """An address that can be followed; it must come from `clean.safe_url`."""
    return Span(url, Style.LINK)


def line(*parts: str | Span) -> Line:
    """A line of spans; bare strings are plain, empty ones are left out."""
    return tuple(plain(p) if isinstance(p, str) else p for p in parts if p)


_MARKDOWN = re.compile(r"([\\`*_\[\]<>#~|])")
_MARKDOWN_START = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))")


def _markdown(span: Span) -> str:
    if span.style is Style.LINK:
        return f"<{span.text}>"
    text = _MARKDOWN.sub(r"\\\1", span.text)
    if span.style is Style.BOLD and text.strip():
        return f"**{text.strip()}**"
    return text


def _markdown_line(spans: Line) -> str:
    text = "".join(map(_markdown, spans))
    # a line that opens like a list item or a heading's underline would be read as one
    if match := _MARKDOWN_START.match(text):
        token = match.group(2)
        place = match.end(2) if token.isdigit() else match.start(2)
        text = f"{text[:place]}\\{text[place:]}"
    return text


def _html(span: Span) -> str:
    text = escape(span.text, quote=True)
    if span.style is Style.LINK:
        return f'<a href="{text}">{text}</a>'
    return f"<strong>{text}</strong>" if span.style is Style.BOLD else text


@dataclass(frozen=True, slots=True)
class Document:
    """Sections in order."""

    sections: tuple[Section, ...]

    @classmethod
    def of(cls, sections: Iterable[Section | Sequence[Line]]) -> Document:
        """A document of sections or plain lists of lines; empty ones are left out."""
        made = (s if isinstance(s, Section) else Section(tuple(s)) for s in sections)
        return cls(tuple(s for s in made if s.lines))

    def text(self) -> str:
        """Plain text: a blank line between sections."""
        return "\n\n".join("\n".join("".join(s.text for s in row) for row in sec.lines) for sec in self.sections) + "\n"

    def markdown(self) -> str:
        """CommonMark; lines of a section are kept apart by hard breaks (two blanks, which chats show as nothing)."""
        return "\n\n".join("  \n".join(map(_markdown_line, sec.lines)) for sec in self.sections) + "\n"

    def html(self) -> str:
        """Body markup for a mail, without images, styles from elsewhere or scripts."""
        rows = []
        for section in self.sections:
            # no line break beside <br>: the text part of a mail is made of this, and would begin its lines with a blank
            body = "<br>".join("".join(map(_html, row)) for row in section.lines)
            rows.append(f'<p style="color:#555;font-size:85%">{body}</p>' if section.quiet else f"<p>{body}</p>")
        return "\n".join(rows) + "\n"
