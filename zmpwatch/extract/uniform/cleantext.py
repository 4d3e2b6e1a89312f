"""A text made uniform, with the offsets that its letters have in the text it was made from."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zmpwatch.extract.uniform.folding import fold_letters

__all__ = ["CleanText", "narrowed", "replaced", "with_runs"]


@dataclass(frozen=True, slots=True)
class CleanText:
    """A text made uniform.

    `starts[i]` and `ends[i]` are the offsets of character `i` in the text it was made from; None when nothing moved.
    """

    text: str
    folded: str
    starts: array[int] | None = None
    ends: array[int] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original text of the non-empty run `start` … `end`."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]

    def position(self, original: int) -> int:
        """The first place here that comes from `original` or later."""
        if self.starts is None:
            return original
        low, high = 0, len(self.starts)
        while low < high:
            middle = (low + high) // 2
            if self.starts[middle] < original:
                low = middle + 1
            else:
                high = middle
        return low


def narrowed(text: CleanText, spans: Iterable[tuple[int, int]]) -> CleanText:
    """Only these runs of a text, with a blank line between them; offsets stay true.

    The runs are in order and apart from each other.
    """
    pieces: list[str] = []
    starts, ends = array("L"), array("L")
    for low, high in spans:
        if pieces:
            pieces.append("\n\n")
            at = ends[-1]
            starts.extend((at, at))
            ends.extend((at, at))
        pieces.append(text.text[low:high])
        if text.starts is None or text.ends is None:
            starts.extend(range(low, high))
            ends.extend(range(low + 1, high + 1))
        else:
            starts.extend(text.starts[low:high])
            ends.extend(text.ends[low:high])
    joined = "".join(pieces)
    return CleanText(joined, fold_letters(joined), starts, ends)


def replaced(text: CleanText, edits: Iterable[tuple[int, int, str]]) -> CleanText:
    """A text with these runs (start, end, what stands there instead) replaced; offsets stay true.

    The runs are in order and apart from each other. Each letter that is put in stands for the whole run it replaces.
    """
    due = tuple(edits)
    if not due:
        return text
    whole, starts, ends = with_runs(text.text, text.starts, text.ends, due)
    folded = _with_pieces(text.folded, ((low, high, fold_letters(instead)) for low, high, instead in due))
    return CleanText(whole, folded, starts, ends)


def _with_pieces(text: str, runs: Iterable[tuple[int, int, str]]) -> str:
    pieces: list[str] = []
    begin = 0
    for low, high, instead in runs:
        pieces += (text[begin:low], instead)
        begin = high
    return "".join((*pieces, text[begin:]))


_places = array("L")
"""0, 1, 2 …: the offsets of a text in which nothing moved, as far as any has been needed."""


def _in_place(begin: int, end: int) -> array[int]:
    """The offsets between two; to copy them is much faster than to count."""
    if len(_places) < end:
        _places.extend(range(len(_places), end))
    return _places[begin:end]


def with_runs(
    text: str, starts: array[int] | None, ends: array[int] | None, runs: Sequence[tuple[int, int, str]]
) -> tuple[str, array[int] | None, array[int] | None]:
    """A text and its offsets with some runs replaced."""
    if not runs:
        return text, starts, ends
    new_starts, new_ends = array("L"), array("L")
    begin = 0
    for low, high, instead in (*runs, (len(text), len(text), "")):
        new_starts.extend(_in_place(begin, low) if starts is None else starts[begin:low])
        new_ends.extend(_in_place(begin + 1, low + 1) if ends is None else ends[begin:low])
        if instead:
            new_starts.extend([low if starts is None else starts[low]] * len(instead))
            new_ends.extend([high if ends is None else ends[high - 1]] * len(instead))
        begin = high
    return _with_pieces(text, runs), new_starts, new_ends
