"""A document's text with its statements marked in place and explained below.

Marks are numbered in the order of the text. Statements may share their words or overlap: an opening mark bears the
numbers of all statements that begin there with the same end, and where several marks are open, a closing mark says
which of them it closes.
"""

from __future__ import annotations

import re
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise
from typing import TYPE_CHECKING

import typer

from zmpwatch.cli.escaping import visible
from zmpwatch.cli.explaining import particulars, reasons, sentence
from zmpwatch.model import CountStatement, EventKind, MembershipStatement, Municipality

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text as Styled

    from zmpwatch.model import Statement
    from zmpwatch.service.extracting import Extraction

__all__ = ["Mark", "Piece", "PieceKind", "marks_of", "pieces", "plain_lines", "show_extraction", "styled_lines"]

OPENING, CLOSING = "⟦", "⟧"
_MARGIN = "│ "
_SUPERSCRIPTS = str.maketrans("0123456789,", "⁰¹²³⁴⁵⁶⁷⁸⁹˒")

_SHORT_LINES, _SHORT_CHARACTERS = 40, 4_000
"""A text within both bounds is shown whole."""
_LONG_LINE = 1_000
_LINE_PIECE = 400
"""A longer line (a page that lost its line ends) is shown in pieces of about this many characters."""

_BLANK_LINES = re.compile(r"\n(?:[^\S\n]*\n){2,}")


class PieceKind(Enum):
    """What a piece of the marked text is."""

    TEXT = auto()
    OPEN = auto()
    CLOSE = auto()
    GAP = auto()


@dataclass(frozen=True, slots=True)
class Mark:
    """A run of the text, characters `start` to `end`, and the statements read from it; `numbers` count from 1."""

    numbers: tuple[int, ...]
    statements: tuple[Statement, ...]
    start: int
    end: int

    @property
    def label(self) -> str:
        """The numbers as they are shown."""
        return ",".join(map(str, self.numbers))


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text, a mark that opens or closes, or a gap (`text` then says what was left out).

    `inside` are the marks open there, the innermost last; of a mark that opens or closes, itself included.
    """

    kind: PieceKind
    text: str = ""
    mark: Mark | None = None
    inside: tuple[Mark, ...] = ()


def marks_of(statements: Iterable[Statement]) -> list[Mark]:
    """One mark for each run of text that statements were read from, longer ones before those inside them."""
    runs: dict[tuple[int, int], list[Statement]] = {}
    for statement in statements:
        runs.setdefault((statement.start, statement.end), []).append(statement)
    marks: list[Mark] = []
    number = 1
    for (start, end), said in sorted(runs.items(), key=lambda run: (run[0][0], -run[0][1])):
        marks.append(Mark(tuple(range(number, number + len(said))), tuple(said), start, end))
        number += len(said)
    return marks


def pieces(content: str, marks: Sequence[Mark], *, full: bool = False) -> Iterator[Piece]:
    """Cut a text at its marks.

    Args:
        content: the text.
        marks: what `marks_of` gave.
        full: show a long text whole, not only the lines around its marks.
    """
    waiting = deque(marks)
    at = 0
    for start, end in [(0, len(content))] if full else _windows(content, marks):
        if content[at:start].strip():
            yield Piece(PieceKind.GAP, _gap(content, at, start))
        here = []
        while waiting and waiting[0].end <= end:
            here.append(waiting.popleft())
        yield from _window(content, here, start, end)
        at = end
    if content[at:].strip():
        yield Piece(PieceKind.GAP, _gap(content, at, len(content)))


def _window(content: str, marks: Sequence[Mark], start: int, end: int) -> Iterator[Piece]:
    beginning: dict[int, list[Mark]] = {}
    for mark in marks:
        beginning.setdefault(mark.start, []).append(mark)
    cuts = sorted({start, end, *beginning, *(mark.end for mark in marks)})
    inside: list[Mark] = []
    for place, following in pairwise([*cuts, end]):
        for mark in [mark for mark in reversed(inside) if mark.end == place]:
            yield Piece(PieceKind.CLOSE, mark=mark, inside=tuple(inside))
            inside.remove(mark)
        for mark in beginning.get(place, ()):
            inside.append(mark)
            yield Piece(PieceKind.OPEN, mark=mark, inside=tuple(inside))
            if mark.end == place:
                yield Piece(PieceKind.CLOSE, mark=mark, inside=tuple(inside))
                inside.remove(mark)
        if following > place:
            yield Piece(PieceKind.TEXT, content[place:following], inside=tuple(inside))


def _windows(content: str, marks: Sequence[Mark]) -> list[tuple[int, int]]:
    """The parts of a text to show: all of a short one, of a long one the lines around marks."""
    if len(content) <= _SHORT_CHARACTERS and content.count("\n") < _SHORT_LINES:
        return [(0, len(content))]
    units = list(_units(content))
    wanted: set[int] = set()
    unit = 0
    for mark in marks:
        while unit and units[unit][0] > mark.start:
            unit -= 1
        while units[unit][1] <= mark.start and unit + 1 < len(units):
            unit += 1
        last = unit
        while units[last][1] < mark.end and last + 1 < len(units):
            last += 1
        wanted.update(range(unit, last + 1))
        wanted.update(_neighbour(content, units, unit, -1), _neighbour(content, units, last, 1))
    windows: list[tuple[int, int]] = []
    for start, end in (units[number] for number in sorted(wanted)):
        if windows and not content[windows[-1][1] : start].strip():
            windows[-1] = (windows[-1][0], end)
        else:
            windows.append((start, end))
    return windows


def _units(content: str) -> Iterator[tuple[int, int]]:
    """Lines with their ends, overlong ones cut at spaces."""
    start = 0
    while start < len(content):
        newline = content.find("\n", start)
        end = newline + 1 if newline >= 0 else len(content)
        if end - start > _LONG_LINE:
            space = content.find(" ", start + _LINE_PIECE, start + _LONG_LINE)
            end = space + 1 if space >= 0 else start + _LONG_LINE
        yield start, end
        start = end


def _neighbour(content: str, units: Sequence[tuple[int, int]], number: int, step: int) -> Iterator[int]:
    """The next line that is not blank."""
    number += step
    while 0 <= number < len(units):
        if content[slice(*units[number])].strip():
            yield number
            return
        number += step


def _gap(content: str, start: int, end: int) -> str:
    lines = content.count("\n", start, end)
    whole = (start == 0 or content[start - 1] == "\n") and (end == len(content) or content[end - 1] == "\n")
    if whole and lines:
        return f"⋯ {lines:,} {'line' if lines == 1 else 'lines'}"
    return f"⋯ {end - start:,} characters"


def plain_lines(parts: Iterable[Piece]) -> list[str]:
    """The marked text with brackets: ``⟦1: these words⟧``. What strangers wrote is shown, never obeyed."""
    told: list[str] = []
    for part in parts:
        if part.kind is PieceKind.TEXT:
            told.append(visible(_unspaced(part.text), keep="\n\t", also=OPENING + CLOSING))
        elif part.kind is PieceKind.GAP:
            told.append(f"\n{part.text}\n")
        elif part.kind is PieceKind.OPEN and part.mark is not None:
            told.append(f"{OPENING}{part.mark.label}: ")
        elif part.mark is not None:
            told.append(CLOSING + _closing_label(part))
    return [_MARGIN + line for line in _unspaced("".join(told)).strip("\n").split("\n")]


def styled_lines(parts: Iterable[Piece], console: Console) -> list[Styled]:
    """The marked text in colours, wrapped to the terminal."""
    from rich.text import Text as Styled

    told = Styled()
    for part in parts:
        if part.kind is PieceKind.TEXT:
            style = f"underline {_colour(part.inside[-1].statements[0])}" if part.inside else ""
            told.append(visible(_unspaced(part.text), keep="\n\t"), style)
        elif part.kind is PieceKind.GAP:
            told.append(f"\n{part.text}\n", "dim italic")
        elif part.kind is PieceKind.OPEN and part.mark is not None:
            told.append_text(_badge(part.mark.label, part.mark.statements[0]))
            told.append(" ")
        elif part.mark is not None:
            told.append(_closing_label(part), f"bold {_colour(part.mark.statements[0])}")
    lines = []
    for line in told.wrap(console, max(20, console.width - len(_MARGIN)), tab_size=4):
        line.rstrip()
        lines.append(Styled.assemble((_MARGIN, "dim"), line))
    while lines and not lines[-1].plain.removeprefix(_MARGIN).strip():
        lines.pop()
    while lines and not lines[0].plain.removeprefix(_MARGIN).strip():
        lines.pop(0)
    return lines


def show_extraction(found: Extraction, *, full: bool = False) -> None:
    """Print a document that could be read: on a terminal in colours, elsewhere with brackets."""
    from rich.console import Console

    console = Console(highlight=False, markup=False, emoji=False)
    if console.is_terminal and not console.is_dumb_terminal:
        with console.capture() as captured:
            _print_styled(console, found, full)
        sys.stdout.write(captured.get())
        return
    for line in _plain(found, full):
        typer.echo(line)


def _plain(found: Extraction, full: bool) -> Iterator[str]:
    content = found.text.content if found.text else ""
    marks = marks_of(found.statements)
    yield _name(found)
    yield f"  {_circumstances(found)}"
    if marks or full:
        yield from plain_lines(pieces(content, marks, full=full))
        yield ""
    for number, statement in _numbered(marks):
        yield f"{OPENING}{number}{CLOSING} {sentence(statement)}"
        yield f"    {particulars(statement, _bearers(statement))}"
        yield f"    {reasons(statement)}"
    if not marks:
        yield "states nothing about membership"
    yield ""


def _print_styled(console: Console, found: Extraction, full: bool) -> None:
    from rich.padding import Padding
    from rich.text import Text as Styled

    content = found.text.content if found.text else ""
    marks = marks_of(found.statements)
    console.print(Styled(_name(found), "bold"))
    console.print(Padding(Styled(_circumstances(found), "dim"), (0, 0, 0, 2)))
    if marks or full:
        for line in styled_lines(pieces(content, marks, full=full), console):
            console.print(line)
        console.print()
    for number, statement in _numbered(marks):
        console.print(Styled.assemble(_badge(str(number), statement), " ", (sentence(statement), "bold")))
        console.print(Padding(Styled(particulars(statement, _bearers(statement))), (0, 0, 0, 4)))
        console.print(Padding(Styled(reasons(statement), "dim"), (0, 0, 0, 4)))
    if not marks:
        console.print("states nothing about membership")
    console.print()


def _name(found: Extraction) -> str:
    return visible(f"{found.path} ({found.id})" if found.id is not None else found.path)


def _circumstances(found: Extraction) -> str:
    """What is known of the document besides its text: it decides whom "our town" and what day "yesterday" means."""
    text, context = found.text, found.context
    if text is None or context is None:
        return ""
    size = len(text.content)
    parts = [text.media_type, f"{size:,} {'character' if size == 1 else 'characters'}"]
    parts.append(f"published {visible(context.published)}" if context.published else "date of publication unknown")
    if context.municipality is not None:
        parts.append(f"on a site of {context.municipality} ({context.municipality.teryt})")
    elif context.family == "association":
        parts.append(f"on a site of {visible(context.association.short)} itself")
    parts += [visible(note) for note in text.notes]
    return " · ".join(parts)


def _numbered(marks: Iterable[Mark]) -> Iterator[tuple[int, Statement]]:
    for mark in marks:
        yield from zip(mark.numbers, mark.statements, strict=True)


def _bearers(statement: Statement) -> tuple[Municipality, ...]:
    from zmpwatch.service.extracting import bearers

    return bearers(statement) if isinstance(statement, MembershipStatement) else ()


def _closing_label(part: Piece) -> str:
    """Which mark is closed, as superscript numbers, where more than one is open."""
    return part.mark.label.translate(_SUPERSCRIPTS) if part.mark is not None and len(part.inside) > 1 else ""


def _unspaced(text: str) -> str:
    """One blank line where there were several: pages leave dozens of them."""
    return _BLANK_LINES.sub("\n\n", text)


def _badge(label: str, statement: Statement) -> Styled:
    from rich.text import Text as Styled

    return Styled(f" {label} ", f"bold reverse {_colour(statement)}")


def _colour(statement: Statement) -> str:
    if isinstance(statement, CountStatement):
        return "cyan"
    return "green" if statement.kind is EventKind.ACCESSION else "red"
