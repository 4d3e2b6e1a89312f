"""Paragraphs of running text, joined: news set every sentence in a paragraph of its own, and mean nothing by it.

What a blank line divides are headings, items, rows, entries that begin with a name or a date, side lists. Between two
whole sentences of prose it divides nothing: who, when and what is told before it is spoken of behind it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from zmpwatch.extract.structure.layout import Segment, begins_row
from zmpwatch.extract.structure.sentences import has_verb
from zmpwatch.extract.uniform.cleantext import CleanText
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.model import BlockKind

__all__ = ["joined"]

_ENDS = lazy(r"[.!?…][\")\]]{0,2}$")
_BEGINS = lazy(r"[\"(]?(?:[A-ZŁŚŻŹĆÓ]\w|[ZWOIA]\s|\d{1,2}\s(?=[^\W\d]{3}))")
_NAME = r"[A-ZŁŚŻŹĆÓ][\w.-]*(?:\s(?:nad\s)?[A-ZŁŚŻŹĆÓ][\w.-]*){0,3}"
# what an entry begins with: a town or a label and a mark, a dateline, a year, the number of an item
_ENTRY = lazy(
    rf"\W{{0,3}}(?!(?:Za|Przeciw|Wstrzym\w+|Głos\w+|Wynik|Powód|Efekt|To)\s)(?:{_NAME}(?:\s?:\s|\s-\s|\s?\|)|{_NAME}\s?(?:\([^()\n]{{1,40}}\))?\.\s"
    rf"|{_NAME},\s(?:dnia\s)?\d{{1,2}}[.\s][^,;\n]{{1,20}}\.\s)"
    r"|\W{0,3}\d[\d.\s]*(?:[^\W\d_]{1,12}\s)?(?:\d{4}\s)?(?:r\.|roku)?\s?[-:|]\s|Ad\s?\d"
)
_MARKS_OF_ENTRY = ":|.-"
"""What parts the begin of an entry from the rest; only an "Ad 5" has none."""
_SHORTEST, _LEAD = 12, 80
"""Characters of a paragraph of prose, what is shorter is a caption; and of its beginning, which tells an entry."""


def joined(text: CleanText, parts: Sequence[Segment]) -> tuple[CleanText, list[Segment]]:
    """A text whose running paragraphs are one, with blanks for the line breaks between them, and its segments.

    Offsets stay what they were.
    """
    found: list[Segment] = []
    breaks: list[tuple[int, int]] = []
    run: list[Segment] = []

    def close() -> None:
        if run:
            several = tuple((part.start, part.end) for part in run) if len(run) > 1 else ()
            found.append(replace(run[0], end=run[-1].end, paragraphs=several))
            run.clear()

    for part in parts:
        prose = _is_prose(text, part)
        if run and not (prose and part.boilerplate == run[0].boilerplate):
            close()
        if not prose:
            found.append(part)
            continue
        if run:
            breaks.append((run[-1].end, part.start))
        run.append(part)
    close()
    if not breaks:
        return text, found
    return replace(text, text=_without(text.text, breaks), folded=_without(text.folded, breaks)), found


def _without(text: str, breaks: Sequence[tuple[int, int]]) -> str:
    """A text with blanks in place of some runs."""
    pieces: list[str] = []
    position = 0
    for start, end in breaks:
        pieces += (text[position:start], " " * (end - start))
        position = end
    return "".join((*pieces, text[position:]))


def _is_entry(line: str) -> bool:
    """Whether a line begins as an entry does."""
    marked = any(mark in line for mark in _MARKS_OF_ENTRY) or line.startswith("Ad")
    return marked and _ENTRY.match(line) is not None


def _is_prose(text: CleanText, part: Segment) -> bool:
    """Whether a segment is whole sentences, none of them an entry's or a row's."""
    if part.kind is not BlockKind.PARAGRAPH or part.level or part.end - part.start < _SHORTEST:
        return False
    if _ENDS.search(text.text, max(part.start, part.end - 4), part.end) is None:
        return False
    line = text.text[part.start : min(part.end, part.start + _LEAD)]
    if _BEGINS.match(line) is None or _is_entry(line) or begins_row(line):
        return False
    return not text.folded.endswith(" r.", part.start, part.end) or has_verb(text.folded, part.start, part.end)
