"""Where lines end on purpose: headings, paragraphs, list items, table rows.

Segments come from the page's blocks where the reader gave some, and from the look of the lines in them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from zmpwatch.extract.uniform.cleantext import CleanText
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.model import Block, BlockKind

__all__ = ["Segment", "begins_row", "segments"]

_MARK = lazy(
    r"_{0,2}(?:(?P<bullet>[-•■▪▫►▸▶»·◦○●*+✓✔✅☑❌❎✘✗➡👉📌🔹🔸🟢🔴⛔❗–]\ufe0f?(?=\s|\w))|(?P<number>\(?\d{1,3}(?:\.\d{1,2}){0,2}[.)](?=\s|[A-ZŁŚŻŹĆÓ])|\d{1,2}\.\d{1,2}(?:\.\d{1,2})?(?=\s+[^\W\d])(?!\s+(?:mln|mld|tys|proc|zł|ha|km|m\b|r\.|do\s+\d))|(?:pkt|punkt|ad\.?|poz\.)\s?\d{1,3}[.):]?|(?:wniosek|interpelacja|zapytanie|petycja)\s(?:nr\s)?\d{1,3}(?=\s?[-:]\s)|\[\d{1,3}[a-z]?\](?=\s))"
    r"|(?P<letter>\(?[a-z]\)|(?-i:[a-ln-o]\.(?=\s+[a-ząćęłńóśźż]{3}))|(?-i:[A-ZŁŚŻ]\.(?=\s)|[A-ZŁŚŻ]\s-\s(?=[a-ząćęłńóśźż]{3})))|(?P<section>(?:§|(?<!\w)par\.)\s{0,3}\d{1,3}\.?|art\.\s?\d{1,3})|(?P<roman>(?-i:[IVX]{1,5})[.)](?=\s)))",
    flags=re.IGNORECASE,
)
_LINE = lazy(r"\S[^\n]*")
# "Za: 16", "Temat: …", "Wynik - podjęto": a label and its value on a line of their own
_LABELLED = lazy(r"[^\W\d_][\w .()]{1,28}(?::|\s-)\s+\S")
# how a row without bars may begin: a running number and then a number of a resolution or a date
_BARE_ROW = lazy(
    r"\(?(?:\d{1,4}[.)/]?\s{1,6}(?:[IVXLCDM]{1,10}\s?[/.]|\d{1,2}\.\d{1,2}\.(?:19|20)\d\d|\d{1,4}/)"
    r"|(?:nr\s)?[IVXLCDM]{1,10}\s?[/.]\s?[\w/.]{1,20}|\d{1,4}/[\w/]{1,16}\s"
    r"|\d{1,2}\.\d{1,2}\.(?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d|\d{1,3}/\s)",
    flags=re.IGNORECASE,
)
# a line of a calendar: "1925  nowy statut", "9 – nadzwyczajna sesja"
_CALENDAR_LINE = lazy(r"(?:(?:1[89]|20)\d\d\s?(?:r\.)?|\d{1,2}(?:\.\d{2})?\.?)(?:\s{0,2}[-:|]\s|\s{1,6}(?=[^\W\d]))")
# a line of a list by years: "od 1991 r. – Prabuty, Kwidzyn"
_SINCE_LINE = lazy(r"od\s+(?:roku\s+)?(?:1[89]|20)\d\d\s?(?:r\.|roku)?\s?[-:]\s")
# a row of an account: "FV 88/05 – …", "Faktura nr 12/2016 …"
_INVOICE = lazy(r"(?-i:F[VA]|FVS|Fv|Faktura|Rachunek|Rach\.|Dok\.)\s?(?:nr\s)?[\w/.-]{0,12}\d")
_ENDS_TITLE = ('"', ":")
"""What the title over rows may end with."""
_REGION = lazy(
    r"(?:woj(?:\.|ewództwo)\s+)?(?:dolnośląskie|kujawsko-pomorskie|lubelskie|lubuskie|łódzkie|małopolskie|mazowieckie|opolskie|podkarpackie|podlaskie"
    r"|pomorskie|śląskie|świętokrzyskie|warmińsko-mazurskie|wielkopolskie|zachodniopomorskie)\s*(?:[-:|(]|$)",
    flags=re.IGNORECASE,
)
_UNFINISHED = lazy(
    r"(?:[,(:\"-]|(?<!\w)(?:w|we|z|ze|do|na|o|od|po|przy|za|dla|i|oraz|a|ale|lub|że|aby|by|nr|r\.|ul\.|im\.|art\.|ust\.|poz\.|pkt|ok\.|ponad|około|jest|są|był[ao]?|został[ao]?"
    r"|to|nie|się|of|the|and|in|Rad[ay]|Miast[ao]?|Gmin[ayęą]?|Związk\w+|Związek|Miejsk\w{1,3}))\s*$",
    flags=re.IGNORECASE,
)


# nobody changes one; a frozen one takes four times as long to make, and a page has dozens
@dataclass(slots=True)
class Segment:
    """A run of the clean text that is one heading, paragraph, item or row.

    `mark` is what a list item begins with ("5.", "a)", "§ 1", "-"); `body` where the text after it begins; `level` the
    kind of mark. `gap` says that a blank line stands before it. `paragraphs`: those joined to one,
    where there are several.
    """

    start: int
    end: int
    kind: BlockKind
    mark: str = ""
    level: str = ""
    body: int = 0
    gap: bool = False
    boilerplate: bool = False
    paragraphs: tuple[tuple[int, int], ...] = ()

    @property
    def runs(self) -> tuple[tuple[int, int], ...]:
        """Offsets of the paragraphs it is made of."""
        return self.paragraphs or ((self.start, self.end),)


def segments(text: CleanText, blocks: tuple[Block, ...]) -> list[Segment]:
    """Cut a text into segments, in order, without overlaps; blank ones are left out."""
    if not blocks:
        return _lines(text.text, 0, len(text.text), None, boilerplate=False)
    found: list[Segment] = []
    position = 0
    for block in sorted(blocks, key=lambda b: (b.start, -b.end)):
        start, end = text.position(block.start), text.position(block.end)
        start = max(start, position)
        if start > position:
            found.extend(_lines(text.text, position, start, None, boilerplate=False))
        if end > start:
            found.extend(_lines(text.text, start, end, block.kind, boilerplate=block.boilerplate))
            position = end
    if position < len(text.text):
        found.extend(_lines(text.text, position, len(text.text), None, boilerplate=False))
    return found


_LONG_LINE, _TAIL = 45, 15
"""A line of so many characters without a full stop, above a shorter one with it: the end of a wrapped sentence."""
_NARROWEST, _WIDEST, _RAGGED, _FULL_LINES = 45, 120, 12, 3
"""Characters of the longest line where text is wrapped, at least and at most; how much shorter full lines may
be; how few of them show it."""
_COLUMN_GAP = lazy(r"(?<=\S)[ ]{3,}(?=\S)")
_GAP = " " * 3
_LEADER = "....."
"""What leads from an entry of a register or an index to its number."""
_NUMBERED = lazy(
    r"\S[\s(:.-](?:(?i:nr|uchwał[ay])\s+){0,2}[IVXLCDM]{1,9}/\d{1,4}/\d{2,4}[\s,(-]{0,3}(?:(?:z\s+)?(?:dnia\s+)?\d{1,2}(?:\.\d\d?\.|\s[^\W\d]{3,12})(?:\s?(?:19|20)\d\d(?:\s?r\.)?)?\)?)?[.;)]?$",
    "/",
)
"""How an entry ends that is known by its resolution: "…, przystąpienie - X/63/07 (27.06.2007)"."""
_DATED_HEAD = lazy(r"(?:,\s|\([^()\n]{0,60}?)(?:\d{1,2}\.\d{1,2}\.|\d{1,2}\s[^\W\d]{3,12}\s)(?:19|20)\d\d\)?$")
"""How a line ends that heads a paper: "…, Komisja Rewizyjna, 11.06.2015", "… (Biuro Związku, 3 lutego 2009)"."""
_NUMBER_AND_MATTER = lazy(
    r"(?i:(?:uchwała\s)?nr\s)?[IVXLCDM]{1,9}/\d{1,4}/\d{2,4}(?:\s\(?(?:z\s)?(?:dnia\s)?\d{1,2}(?:\.\d\d?\.|\s[^\W\d]{3,12})(?:\s?(?:19|20)\d\d)?(?:\s?r\.|\sroku)?\)?)?\s?[-:]\s"
)
"""How an entry begins that leads with its resolution: "VIII/72/2019 - wystąpienie …", also below a date."""
_NEEDS_NUMBER = lazy(r"(?i:(?<!\w)(?:nr|numer|uchwał\w{0,3}|i|oraz|z)|[,(])\s*$")
_SITTING = lazy(r"(?:[IVXLC]{1,8}\s+)?(?:Sesja|SESJA|Posiedzenie)\s")


def begins_row(line: str) -> bool:
    """Whether a line begins as a row without bars does: a running number, then that of a resolution or a date."""
    return _BARE_ROW.match(line) is not None


def _wrapped_at(lines: list[tuple[int, str]]) -> int:
    """The width at which all lines of a text were broken, as mail programs and PDF do it; 0 where none shows."""
    widths = [len(line) for _, line in lines]
    widest = max(widths, default=0)
    full = sum(width > widest - _RAGGED for width in widths)
    return widest if _NARROWEST <= widest <= _WIDEST and full >= _FULL_LINES and full * 4 >= len(widths) else 0


def _lines(text: str, start: int, end: int, kind: BlockKind | None, *, boilerplate: bool) -> list[Segment]:
    found: list[Segment] = []
    lines = [(match.start(), match[0].rstrip()) for match in _LINE.finditer(text, start, end)]
    width = _wrapped_at(lines)
    run: list[tuple[int, int]] = []
    gap = True

    def close() -> None:
        if run:
            found.append(_segment(text, run[0][0], run[-1][1], kind, gap=run_gap, boilerplate=boilerplate))
            run.clear()

    run_gap = True
    position = start
    for line_start, line in lines:
        line_end = line_start + len(line)
        if text.count("\n", position, line_start) > 1 or position == start:
            close()
            gap = True
        position = line_end
        if run and not _continues(text, run, line, kind, width):
            close()
        if not run:
            run_gap = gap
        run.append((line_start, line_end))
        gap = False
    close()
    return found


def _continues(text: str, run: list[tuple[int, int]], line: str, kind: BlockKind | None, width: int) -> bool:
    """Whether a line goes on with the sentence of the line before it, or begins something of its own."""
    last = text[run[-1][0] : run[-1][1]]
    if last.rfind("(", -_LONG_LINE) > last.rfind(")"):
        return True  # "(druk / 7). Wyjaśnił": within brackets a number is no mark
    if _MARK.match(line) and not (
        line[0] == "-" and line[1:2].isspace() and last[-1:].isalnum() and line[2:3].islower()
    ):
        return False
    if " | " in line or " | " in last or "\t" in line.strip() or "\t" in last.strip():
        return False
    if _GAP in line and _GAP in last and len(_COLUMN_GAP.findall(line)) >= 2 and len(_COLUMN_GAP.findall(last)) >= 2:
        return False
    if _LEADER in line and _LEADER in last:
        return False
    if "/" in line and "/" in last and _NUMBERED.search(line) and _NUMBERED.search(last):
        return False
    if _SITTING.match(line) and _BARE_ROW.match(text[run[0][0] : run[0][1]]):
        return False
    if _SINCE_LINE.match(line) or _INVOICE.match(line):
        return False
    if _BARE_ROW.match(line) and (
        _BARE_ROW.match(text[run[0][0] : run[0][1]])
        or _MARK.match(text[run[0][0] : run[0][1]])
        or last.endswith(_ENDS_TITLE)
    ):
        return False
    if _NUMBER_AND_MATTER.match(line) and not _NEEDS_NUMBER.search(last):
        return False
    if (
        _CALENDAR_LINE.match(line)
        and _CALENDAR_LINE.match(text[run[0][0] : run[0][1]])
        and (line[:4].isdigit() or not _UNFINISHED.search(last))
    ):
        return False
    if line.count(";") >= 3 and line.count(";") == last.count(";"):
        return False
    if line.count("; ") >= 2 and abs(line.count("; ") - last.count("; ")) <= 1:
        return False
    if _LABELLED.match(line) and _LABELLED.match(last) and len(last) < 140 and last[-1] not in ",-":
        return False
    if last.isdigit() or line.isdigit():
        return len(last) > 30  # figures of a counter stand alone; a number in wrapped text follows a long line
    if _REGION.match(line):
        return False
    if line[0].islower():
        return not (last[-1] in ".!?;" and len(last) < 60) or last.endswith((" r.", " ok.", " nr.", " ul."))
    if _UNFINISHED.search(last) and not (last.isupper() and last.isalpha() and line.isupper() and line.isalpha()):
        return True  # but "RADA" above "KONTAKT" is an entry of a menu
    if kind is BlockKind.PARAGRAPH:
        return True
    if width and not last[-1].isdigit() and len(last) + 1 + len(line.split(maxsplit=1)[0]) > width:
        return True  # the next word had no room
    if last[-1] in ".!?;:":
        return False
    if len(run) == 1 and _DATED_HEAD.search(last[-90:]):
        return False
    widest = max(e - s for s, e in run)
    if len(run) > 1:
        return len(last) > 0.6 * widest
    if len(last) >= _LONG_LINE and len(line) < _TAIL and line[-1] == ".":
        return True
    # one line so far: two lines of a like width are wrapped text, a short one above a long one is a heading
    return (
        len(last) >= (60 if len(line) < len(last) else 45)
        and len(line) >= 15
        and len(last) >= 0.55 * min(len(line), 90)
    )


_ANYTHING = re.compile(r"\S")
"""A heading heads something: the last line of a text is a sentence that lost its full stop."""


_PAPER = re.compile(r"(?:Uchwała|UCHWAŁA|Zarządzenie|ZARZĄDZENIE)\s{1,3}(?:[Nn][Rr]|[IVXLC\d])")
_LONGEST_HEADING, _LONGEST_TITLE = 120, 320
"""Characters of a heading, and of the title of a paper, which tells its number, council, day and matter."""


def _may_head(surface: str) -> bool:
    if len(surface) < _LONGEST_HEADING:
        return True
    return len(surface) < _LONGEST_TITLE and _PAPER.match(surface) is not None


def _segment(text: str, start: int, end: int, kind: BlockKind | None, *, gap: bool, boilerplate: bool) -> Segment:
    surface = text[start:end]
    mark = _MARK.match(surface)
    body = start
    level = ""
    if mark and mark.end() < len(surface):
        level = mark.lastgroup or ""
        body = start + mark.end()
        while body < end and text[body].isspace():
            body += 1
    row = (
        " | " in surface
        or surface.startswith("|")
        or "\t" in surface
        or (surface[0].isdigit() and (surface.count("; ") >= 2 or surface.count(";") >= 3) and "\n" not in surface)
        or (_GAP in surface and "\n" not in surface and len(_COLUMN_GAP.findall(surface)) >= 2)
    )
    if row and kind is BlockKind.PARAGRAPH:
        kind = BlockKind.TABLE_ROW
    if kind is None or kind is BlockKind.OTHER:
        if row:
            kind = BlockKind.TABLE_ROW
        elif level:
            kind = BlockKind.LIST_ITEM
        elif _may_head(surface) and surface[-1] not in ".;," and _ANYTHING.search(text, end):
            kind = BlockKind.HEADING
        else:
            kind = BlockKind.PARAGRAPH
    return Segment(start, end, kind, mark[0] if mark and level else "", level, body, gap, boilerplate)
