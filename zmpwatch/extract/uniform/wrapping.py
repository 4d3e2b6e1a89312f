"""Lines that were broken where the next word had no room, as mail programs, scans and PDF break them, made whole.

Such a break means nothing, while the other breaks of a page do: they end headings, items, rows and entries. A text that
was broken shows it: its lines end within sentences, and the next word would have been too long for the line each time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from zmpwatch.extract.words.lazy import lazy

__all__ = ["begins_no_sentence", "is_unfinished", "unwrapped"]

_WITHIN = lazy(r"\n(?:[ ]{0,80}(?:[a-ząćęłńóśźż(\"-]|Zwi|Mia|Pol|Cit|\d)|(?<=[\w,( -]\n)[ ]{0,80}\w)")
"""A line that may end within a sentence, as far as the letters beside the break tell."""
_SHORTEST, _NARROWEST, _WIDEST = 12, 30, 130
"""Characters of a line without room for another word, and of the longest line of a text that was broken."""
_RAGGED = 6
"""So much longer than the widest line that ends within a sentence another line may be."""
_LONGER, _WORDS = 20, 8
"""So much longer, and of so many words, is a line of prose that was not broken."""
_ENOUGH = 3
"""So many lines that end within a sentence show that a line that ends with one was broken, too."""
_PAGE_NUMBER = lazy(r"[ ]{0,80}(?:-\s?\d{1,4}\s?-|[Ss]tr(?:on[ay]|\.)\s?\d{1,4}(?:\s?(?:z|/)\s?\d{1,4})?)[ ]{0,40}")
_HYPHEN = lazy(r"\w-$")
"""At the end of a line, where a word was broken."""
_COLUMNS = re.compile(r"\S[ ]{3,}\S")
_GAP = "   "
_CELLS = 3
"""So many semicolons part the cells of a row."""
_ENDING = 24
"""Characters at the end of a line that tell whether its sentence goes on."""
_NO_LINE_BEGINS = lazy(
    r"[ ]{0,80}(?:[-*•■▪►»·●○✓✔+#>|]|\(?(?:[a-z]|[ivx]{1,4}|\d{1,3}[a-z]?)\)\s"
    r"|\d[\d.]{0,9}(?:\s\w{1,12})?(?:\s\d{4})?(?:\s?r\.)?(?:\s-|:)\s|nr\s[IVXLC\d]{1,9}/)"
)
"""What an item, a row or an entry with its day begins with."""
_DASHED = lazy(r"[^\s.!?\"][ ]{0,20}\n[ ]{0,80}-\s")
_NUMBERED = lazy(r"[ ]{0,80}(\d{1,3})\.?\d?[.)]?\s")
_SECTION = lazy(r"[ ]{0,80}(?:§|[Aa]rt\.|[Pp]ar\.|[Pp]kt|[Pp]unkt|[Aa]d\.?|[Pp]oz\.)\s?\d")
_LABEL = lazy(r"[ ]{0,80}[^\W\d_][\w .()/-]{1,28}(?<! [ap]rzy)(?::|\s-)\s+\S")
_MONTH = r"(?:stycz|lut|mar[cz]|kwie|maja|maju|czerw|lip|sierp|wrze[sś]|październik|listopad|grud)\w{0,5}"
_UNFINISHED = lazy(
    r"(?:[,(-]|(?<!\w)(?:w|we|z|ze|do|na|o|od|po|przy|przed|przez|nad|pod|bez|za|dla|i|oraz|a|ale|lub|że|aby|by|jako|czyli|też|także|również|właśnie"
    r"|nr|ul\.|im\.|art\.|ust\.|poz\.|pkt|ok\.|m\.\s?in\.|ponad|około|niespełna|blisko|prawie|licz[yą]|skupiają?|zrzeszają?|jest|są|był[ao]?|został[ao]?"
    r"|to|nie|się|jak|w\stym|ich|któr\w{1,3}|of|the|and|in|over|(?-i:Rad[ay]|Miast[ao]?|Gmin[ayęą]?|Związk\w{1,4}|Związek|Miejsk\w{1,3}|General)"
    r"|(?:przy|wy|w)stąpieni\w{1,2}|przyjmiemy|przyjęto|\w{2,}(?:uje|[au]ją|zą|ął|ęł[aoy]|ęli|[yia]ł[aoy]?|[ia]li|[iyaeś]ć)))$",
    flags=re.IGNORECASE,
)
"""What the line before a break ends with where a sentence goes on."""
_SHORTENED = lazy(r"(?:\d|(?<!\w)(?:r|ok|nr|ul|im|m\.\s?in|św|tys|proc|godz|pkt|art|ust|poz|tzw|np|tj|wg))\.$")
"""What a full stop behind ends no sentence."""
_NO_BEGINNING = lazy(
    r"(?:(?:Związk(?:u|iem|owi)|Miast|Polskich|Miejskie[jm]u?|Cities)(?!\w)|(?:19|20)\d\d\s(?:r\.|roku?)|\d{1,4}\s(?:tys|mln|zł|głos))"
    rf"|\d{{1,2}}\s{_MONTH}(?!\w)"
)
"""What no sentence begins with."""
_DAY = lazy(
    r"[ ]{0,80}(?:\w{3,20},?\s)?(?:dnia\s)?\d{1,2}(?:\.\d{1,2}\.|\s[^\W\d_]{3,12}\s)\d{4}(?:\s?r\.?|\s?roku)?[ ]{0,80}"
)


_ENTRY = lazy(
    rf"(?:(?:19|20)\d\d(?:\s?r\.|\sroku?)?|\d{{1,2}}\s{_MONTH}(?:\s(?:19|20)\d\d)?(?:\s?r\.)?)\s?(?::|[-–])\s"
)
"""How an entry of a chronicle, or of a list by years, begins: "1992: Kórnik", "5 maja – otwarcie szkoły"."""


class _Break(NamedTuple):
    """The break between two lines of which none is blank."""

    place: int
    last: str
    """The line before it, and the one behind, without blanks at their ends."""
    line: str
    within: bool
    """Whether it stands within a sentence, as far as the words beside it tell."""
    of_two: bool
    """Whether these are all lines between two blank ones."""

    @property
    def needed(self) -> int:
        """Characters of the line before with the next word."""
        return len(self.last) + 1 + len(self.line.split(maxsplit=1)[0])


def unwrapped(text: str) -> str:
    """A text with blanks for the line breaks that mean nothing; as long as it was."""
    if _WITHIN.search(text) is None:
        return text
    breaks = list(_breaks(text))
    inside = [one for one in breaks if one.within]
    width = max((len(one.last) for one in inside), default=0)
    if not _NARROWEST <= width <= _WIDEST or sum(one.needed > width for one in inside) * 5 < len(inside) * 4:
        return text
    longer = (line for line in text.split("\n") if len(line) > width + _LONGER)
    if sum(line.count(" ") >= _WORDS and not _has_columns(line) for line in longer) >= len(inside):
        return text  # other lines had all the room they needed
    sure = len(inside) >= _ENOUGH
    numbers = {int(m[1]) for one in breaks if (m := _NUMBERED.match(one.line)) is not None} if sure else set()
    pieces: list[str] = []
    position = 0
    for one in breaks:
        if _goes_on(one, width, numbers, sure=sure) and _HYPHEN.search(one.last[-2:]) is None:
            pieces += (text[position : one.place], " ")
            position = one.place + 1
    return "".join((*pieces, text[position:])) if pieces else text


def _breaks(text: str) -> Iterator[_Break]:
    """The breaks behind lines that are long enough."""
    dashes = text.count("\n-") + text.count("\n -") > 1 and len(_DASHED.findall(text)) > 1
    lines = text.split("\n")
    lines.append("")
    before, place = "", -1
    alone = True
    for number, line in enumerate(lines[:-1]):
        last, before = before, line.rstrip()
        if not before or _PAGE_NUMBER.fullmatch(before) is not None:
            before = ""
            alone = True
        elif last:
            if len(last) >= _SHORTEST:
                within = _is_within(last, before, dashes=dashes)
                of_two = alone and (not lines[number + 1] or lines[number + 1].isspace())
                yield _Break(place, last, before, within, of_two)
            alone = False
        else:
            alone = True
        place += len(line) + 1


def _is_within(last: str, line: str, *, dashes: bool) -> bool:
    """Whether a break stands within a sentence, by the words beside it; `dashes`: several lines begin with one."""
    if _has_columns(last) or _has_columns(line):
        return False
    begins = line.lstrip()
    if begins[0] == "-":
        return not dashes and begins[1:2] == " " and last[-1].isalnum()
    if _NO_LINE_BEGINS.match(line) is not None or _ENTRY.match(begins) is not None:
        return False
    if begins[0].islower():
        return last[-1] not in ".;:!?" or _SHORTENED.search(last[-_ENDING:]) is not None
    if begins[0] in '("' and begins[1:2].isalnum():
        return last[-1].isalnum() and (begins[0] == "(" or begins[1].islower())
    if _DAY.fullmatch(begins) is not None and not is_unfinished(last):
        return False
    return (begins[0].isalnum() and is_unfinished(last)) or (last[-1] not in ".;:!?" and begins_no_sentence(begins))


def is_unfinished(line: str) -> bool:
    """Whether a line ends with a word that another must follow."""
    return _UNFINISHED.search(line[-_ENDING:]) is not None


def begins_no_sentence(line: str) -> bool:
    """Whether a line begins with a word that must follow another."""
    return _NO_BEGINNING.match(line) is not None


def _has_columns(line: str) -> bool:
    return (
        "|" in line or "\t" in line or line.count(";") >= _CELLS or (_GAP in line and _COLUMNS.search(line) is not None)
    )


def _goes_on(one: _Break, width: int, numbers: set[int], *, sure: bool) -> bool:
    """Whether the line behind a break goes on with what stands before it."""
    if one.within:
        return len(one.last) <= width
    if not sure or one.needed <= width or len(one.last) > width + _RAGGED:
        return False
    if _has_columns(one.last) or _has_columns(one.line):
        return False
    ended = one.last[-1] in ".;:!?"
    if _NO_LINE_BEGINS.match(one.line) is not None:
        return False
    numbered = _NUMBERED.match(one.line)
    if numbered is not None:
        number = int(numbered[1])
        if number - 1 in numbers or number + 1 in numbers:
            return False
    if _SECTION.match(one.line) is not None:
        return not ended
    if ended:
        return _LABEL.match(one.line) is None
    if _LABEL.match(one.line) is not None and _LABEL.match(one.last) is not None:
        return False
    if one.of_two:
        return _DAY.fullmatch(one.line) is None
    return True
