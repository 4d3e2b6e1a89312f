"""Numbers of lines in the margin, as transcripts and drafts have them: "1 Rada Miejska …", "2 podjęła …"."""

from __future__ import annotations

from zmpwatch.extract.uniform.wrapping import unwrapped
from zmpwatch.extract.words.lazy import lazy

__all__ = ["line_numbers", "plain_of_line_numbers"]

_FIRST = lazy(r"\s{0,200}1[ \t]{1,8}\S")
_NUMBERED = lazy(r"(?P<margin>[ \t]{0,12}(?P<number>\d{1,4})[ \t]{1,2})[ \t]*\S")
_BROKEN_WORD = lazy(r"[^\W\d_]-\n[^\W\d_]")
_FEWEST = 2


_AT_LINE = lazy(r"\n[ \t]{0,12}\d{1,4}[ \t]{1,8}")


def plain_of_line_numbers(text: str) -> str:
    """A text without the numbers before its lines, where the first has one; no offsets are kept."""
    return _AT_LINE.sub("\n", text) if _FIRST.match(text) is not None else text


def line_numbers(text: str) -> list[tuple[int, int, str]]:
    """The numbers of the lines of a text as runs (start, end, what stands for it).

    A list is numbered, too, but each of its numbers begins an item. Here lines go on with those before them.
    """
    if _FIRST.match(text) is None:
        return []
    found: list[tuple[int, int, str]] = []
    bare: list[str] = []
    place = 0
    for line in text.split("\n"):
        if line and not line.isspace():
            match = _NUMBERED.match(line)
            if match is None or int(match["number"]) != len(found) + 1:
                return []
            found.append((place, place + match.end("margin"), ""))
            bare.append(line[match.end("margin") :])
        else:
            bare.append("")
        place += len(line) + 1
    whole = "\n".join(bare)
    if len(found) < _FEWEST:
        return []
    return found if _BROKEN_WORD.search(whole) is not None or unwrapped(whole) != whole else []
