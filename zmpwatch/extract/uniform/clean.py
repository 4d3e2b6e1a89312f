"""The text as rules read it: one kind of blank, dash and quotation mark, words made whole, offsets kept.

Everything later works on `CleanText.text` and `CleanText.folded` (same length, small letters, no diacritics), and turns
offsets back into those of the page with `CleanText.span` at the very end.
"""

from __future__ import annotations

import re
import unicodedata
from array import array

from zmpwatch.extract.uniform.cleantext import CleanText, with_runs
from zmpwatch.extract.uniform.folding import POLISH, fold_letters
from zmpwatch.extract.uniform.linenumbers import line_numbers
from zmpwatch.extract.uniform.markup import markup
from zmpwatch.extract.uniform.punctuation import odd_dashes, odd_margins, odd_quotes, wide_blanks
from zmpwatch.extract.uniform.wrapping import begins_no_sentence, is_unfinished, unwrapped
from zmpwatch.extract.words.lazy import lazy

__all__ = ["clean"]


# Arabic, Indian, full-width, mathematical …: no page of ours counts with them, and `\d` and `int` would take them
_ZEROS = (
    *(0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xE50, 0xED0, 0xF20),
    *(0x1040, 0x17E0, 0x1810, 0xFF10, *range(0x1D7CE, 0x1D800, 10)),
)
_OTHER_DIGITS = "".join(chr(zero + digit) for zero in _ZEROS for digit in range(10))
_SAME_LENGTH = str.maketrans(
    {
        **dict.fromkeys(
            "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "
        ),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        **dict.fromkeys("„”“‟»«″‶ˮ❝❞＂", '"'),
        **dict.fromkeys("’‘`´", "'"),
        **dict.fromkeys("\v\f\u2028\u2029\u0085", "\n"),
        **dict.fromkeys(_OTHER_DIGITS, "¤"),
    }
)
_VARIED = frozenset(map(chr, _SAME_LENGTH))
_VARIED_ASCII = tuple(sorted(letter for letter in _VARIED if letter.isascii()))
_UNUSUAL = lazy(f"[^\\x00-\\x7f{''.join(POLISH)}]")
_MOST_REPLACED = 16
"""So many different letters are replaced one after the other; more at once."""
_LOWER = "a-ząćęłńóśźż"
# What changes the length: (pattern, what it leaves). All bounded. Tried in this order at each place.
_EDITS: tuple[tuple[str, str], ...] = (
    ("invisible", r"[\u00ad\u200b\u200c\u200d\u2060\ufeff]+"),
    ("emphasis", r"\*\*|(?<!_)__(?!_)"),  # a longer line is a blank to be filled in
    (
        "page_number",
        r"(?<=\n)[ ]{0,80}(?:-\s?\d{1,4}\s?-|[Ss]tr(?:on[ay]|\.)\s?\d{1,4}(?:\s?(?:z|/)\s?\d{1,4})?)[ ]{0,40}\n",
    ),
    ("broken_word", rf"(?<=[{_LOWER}])-[ ]{{0,20}}\r?\n[ ]{{0,80}}(?=[{_LOWER}])"),
    ("broken_name", r"(?<=\w)-[ ]{0,20}\r?\n[ ]{0,80}(?=\w)"),
    (
        "spaced",
        (
            r"(?<!\w)(?:[IVXLC] ){0,12}[IVXLC] /(?: [\dA-Z]){1,6}(?: /(?: \d){2,4})?(?!\w)"  # "L V I / 4 0 2 / 2 0 2 3"
            r"|(?<!\w)(?:\d ){1,4}/(?: [IVXLC]){1,8} /(?: \d){2,4}(?!\w)"  # "3 8 / V I I / 2 0 1 5"
            r"|(?<!\w)(?:[^\W\d_] ){4,60}[^\W\d_](?!\w)"
            r"|(?:(?<=  )|(?<=\n))(?:[^\W\d_] ){1,3}[^\W\d_](?=  |\n|:| :)"  # a short word of a spaced-out line
            r"|(?<=[^\W\d_]  )(?:\d ){1,3}\d(?=  [^\W\d_])"
            r"|(?:(?<=\n)|(?<=  ))(?:\d ){2,3}\d(?=[ ]{0,9}(?:\n|$))"  # a figure alone in its line: "3 7 9"
            r"|(?<=[^\W\d_] )(?:\d ){2,3}\d(?= (?:miast|człon|czlon|samorz|gmin|cities|towns|members))"
        ),
    ),
)
_EDIT = lazy("|".join(f"(?P<{name}>{pattern})" for name, pattern in _EDITS))
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
_MAY_NEED_EDITS = tuple(
    map(
        re.compile,
        (
            r"-[ ]{0,20}\r?\n",
            r"\n[ ]{0,80}(?:-\s?\d|[Ss]tr(?:on[ay]|\.)\s?\d)",
            r"\n[^\W\d_] [^\W\d_](?!\w)",
        ),
    )
)
_EMPHASIS = "*_"
"""Letters two of which stand for emphasis; one alone is found many times faster than two, and most texts have none."""
_WIDE_GAP = "  "
_AFTER_WIDE_GAP = lazy(r"  [^\W_] [^\W_](?!\w)")
_DIGITS_APART = lazy(r"(?<!\w)\d \d \d(?!\w)")
"""Signs of which one, or invisible letters, or four letters apart, stand where an edit is due; quick to look for."""
_LETTERS_APART = lazy(r" [^\W\d_] [^\W\d_] [^\W\d_] [^\W\d_]")
_APART = b" a a a a"
_SHAPE = bytes(97 if chr(code).isalnum() or code == 63 else code for code in range(128)) + bytes(128)
"""All letters and digits alike, and question marks, which stand for all that is beyond ASCII."""
_MONTH = r"(?:stycz|lut|mar[cz]|kwie|maja|czerw|lip|sierp|wrze|pa[źz]dz|listop|grud)"
# Scanned papers take a nought for an O and a one for an l or an I; only in numbers of days, years, resolutions and
# votes is it clear that they did. What is left out: "5l" is a volume, "O2" a gas.
_MISREAD = lazy(
    r"(?<![\w,])(?:(?=\w{0,4}\d)[\dOolI]{4}(?=\s?r\.|\s+rok|[-./\s,;)]|$)"  # 2O25, 20l9
    r"|(?:\d[Oo]|[OolI]\d|\d[lI])(?=[./-][\dOol]|\s+" + _MONTH + r")"  # 3O września, l2.03, O4.2019
    r"|[OolI]\d(?=[.,;:)]?(?:\s|$))"  # Punkt l2
    r"|(?<=za )[Oo](?=[,;. ])|(?<=- )[Oo](?=[,;.]))"
    r"|(?<=[XVLI]|\d)/(?:[\dOolI]{1,4})(?=/\d|/[OolI]\d)|(?<=\d/)(?:(?=[OolI]{0,3}\d)[\dOolI]{2,4})(?!\w)"
)
_ONES_IN_ROMAN = lazy(r"(?<!\w)[XVIL]{1,6}[l1]{1,3}[VX]?(?=[/.][\dOolI])|(?<!\w)l{1,3}(?=/[\dOolI]{1,4}/)")
_MAY_BE_MISREAD = tuple(map(re.compile, (r"\d[OolI]", r"[OolI]\d", r"[XVIL][l1]", r"l/")))
"""Signs of a number with letters for digits, or with digits for letters."""
_DIGIT_SHAPE = bytes(48 if 48 <= code < 58 else 79 if chr(code) in "OolI" else 32 for code in range(256))
_ROMAN_SHAPE = bytes(88 if chr(code) in "XVIL" else 108 if chr(code) in "l1" else 32 for code in range(256))
"""Shapes of a text, in which those signs look like "0O", "O0" and "Xl"."""
_DIGITS_MEANT = str.maketrans("OolI", "0011")
_ROMAN_MEANT = str.maketrans("l1", "II")
_RETURN = lazy(r"\r\n?")


def clean(content: str) -> CleanText:
    """Make a text uniform.

    Unifies blanks, dashes, quotation marks and line ends, composes letters, takes out invisible characters, emphasis
    marks and page numbers, and joins words that were broken at line ends or s p a c e d out.
    """
    if unicodedata.is_normalized("NFC", content):
        text, starts, ends = content, None, None
    else:
        text, starts, ends = _composed(content)
    for odd in (markup, odd_dashes, odd_quotes):
        text, starts, ends = with_runs(text, starts, ends, odd(text))
    unusual = frozenset() if text.isascii() else frozenset(_UNUSUAL.findall(text))
    text = _unified(text, unusual)
    if "\r" in text:
        text = _RETURN.sub(lambda m: "\n" if len(m[0]) == 1 else " \n", text)
    for odd in (line_numbers, odd_margins):
        text, starts, ends = with_runs(text, starts, ends, odd(text))
    text = unwrapped(text)
    plain = text.encode("ascii", "replace")
    if _may_be_misread(text, plain, unusual):
        text = _MISREAD.sub(lambda m: m[0].translate(_DIGITS_MEANT), text)
        text = _ONES_IN_ROMAN.sub(lambda m: m[0].translate(_ROMAN_MEANT), text)
    if _may_need_edits(text, plain, unusual) and _EDIT.search(text) is not None:
        text, starts, ends = _edited(text, starts, ends)
    text, starts, ends = with_runs(text, starts, ends, wide_blanks(text))
    folded = fold_letters(text)
    return CleanText(text, folded, starts, ends)


def _unified(text: str, unusual: frozenset[str]) -> str:
    """One kind of blank, dash and quotation mark. `unusual` are the letters beyond ASCII that are no Polish ones."""
    varied = [*(unusual & _VARIED), *(letter for letter in _VARIED_ASCII if letter in text)]
    if len(varied) > _MOST_REPLACED:
        return text.translate(_SAME_LENGTH)
    for letter in varied:
        text = text.replace(letter, _SAME_LENGTH[ord(letter)])
    return text


def _may_be_misread(text: str, plain: bytes, unusual: frozenset[str]) -> bool:
    """Whether a sign of a misread number stands in a text; `plain` has a "?" for each letter beyond ASCII."""
    if any(map(str.isdecimal, unusual - _VARIED)):  # digits of other scripts
        return any(sign.search(text) is not None for sign in _MAY_BE_MISREAD)
    digits = plain.translate(_DIGIT_SHAPE)
    return "l/" in text or b"0O" in digits or b"O0" in digits or b"Xl" in plain.translate(_ROMAN_SHAPE)


def _may_need_edits(text: str, plain: bytes, unusual: frozenset[str]) -> bool:
    """Whether a sign of an edit that changes the length stands in a text."""
    return (
        not unusual.isdisjoint(_INVISIBLE)
        or any(letter in text and letter * 2 in text for letter in _EMPHASIS)
        or any(sign.search(text) is not None for sign in _MAY_NEED_EDITS)
        or (_WIDE_GAP in text and _AFTER_WIDE_GAP.search(text) is not None)
        or (b"0 0 0" in plain.translate(_DIGIT_SHAPE) and _DIGITS_APART.search(text) is not None)
        or (_APART in plain.translate(_SHAPE) and _LETTERS_APART.search(text) is not None)
    )


def _composed(content: str) -> tuple[str, array[int], array[int]]:
    """NFC with offsets: each letter is composed with the marks that follow it."""
    pieces: list[str] = []
    starts, ends = array("L"), array("L")
    position = 0
    for match in re.finditer(r"[^\u0300-\u036f][\u0300-\u036f]{1,8}", content):
        for index in range(position, match.start()):
            starts.append(index)
            ends.append(index + 1)
        pieces.append(content[position : match.start()])
        composed = unicodedata.normalize("NFC", match[0])
        for _ in composed:
            starts.append(match.start())
            ends.append(match.end())
        pieces.append(composed)
        position = match.end()
    for index in range(position, len(content)):
        starts.append(index)
        ends.append(index + 1)
    pieces.append(content[position:])
    return "".join(pieces), starts, ends


_BROKEN_OVERLEAF = lazy(rf"[{_LOWER}]-[{_LOWER}]")
_ROW_OVERLEAF = lazy(r"nr\s[IVXLCDM\d]{1,10}\s?/\S{1,20}\s\(")
_ACT_ENDS = lazy(r"(?:chwał\w{1,3}|[,(-])$")
"""What begins a row on the next page, unless the last line ends with what a number goes with."""
_FULL_LINE, _MOST_BLANK = 45, 200
"""Characters of a line that is no heading, where a page ends with it; and of the blank lines before the next page."""


def _between_pages(text: str, last: int, number: int, first: int) -> str:
    """What stands for a page's number and the blank lines around it: the sentence may go on overleaf, or end there.

    `last` is where the text before it ends, `number` where the number stands, `first` where the next page begins.
    """
    line = text[text.rfind("\n", 0, last) + 1 : last]
    overleaf = text[first : first + 1]
    if len(line) >= _FULL_LINE and line[-1] not in ".!?:;":
        heading = text[last - len(line) - 2 : last - len(line)] in ("", "\n\n") and not (
            is_unfinished(line) or begins_no_sentence(text[first : first + 20])
        )
        row = _ROW_OVERLEAF.match(text, first) is not None and _ACT_ENDS.search(line) is None
        if not row and (overleaf.islower() or ((overleaf.isalnum() or overleaf in ("(", '"')) and not heading)):
            return " "
    return "\n\n" if text.count("\n", last, number) > 1 else "\n"


def _edited(text: str, starts: array[int] | None, ends: array[int] | None) -> tuple[str, array[int], array[int]]:
    if starts is None or ends is None:
        starts, ends = array("L", range(len(text))), array("L", range(1, len(text) + 1))
    pieces: list[str] = []
    new_starts, new_ends = array("L"), array("L")
    position = 0

    def keep(start: int, end: int) -> None:
        pieces.append(text[start:end])
        new_starts.extend(starts[start:end])
        new_ends.extend(ends[start:end])

    def put(instead: str, match: re.Match[str]) -> None:
        pieces.append(instead)
        new_starts.extend([starts[match.start()]] * len(instead))
        new_ends.extend([ends[match.end() - 1]] * len(instead))

    for match in _EDIT.finditer(text):
        if match.lastgroup == "page_number":  # with the blank lines around it
            last = position + len(text[position : match.start()].rstrip())
            behind = text[match.end() : match.end() + _MOST_BLANK]
            first = match.end() + len(behind) - len(behind.lstrip())
            if _BROKEN_OVERLEAF.fullmatch(text[last - 2 : last] + text[first : first + 1]) is not None:
                keep(position, last - 1)
            else:
                keep(position, last)
                put(_between_pages(text, last, match.start(), first), match)
            position = first
            continue
        keep(position, match.start())
        position = match.end()
        if match.lastgroup == "broken_name":
            put("-", match)
        elif match.lastgroup == "spaced":
            for index in range(match.start(), match.end(), 2):
                keep(index, index + 1)
    keep(position, len(text))
    return "".join(pieces), new_starts, new_ends
