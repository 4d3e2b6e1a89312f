"""Dashes, quotation marks and blanks that were typed in other ways than print has them, made as print has them."""

from __future__ import annotations

from zmpwatch.extract.words.lazy import lazy

__all__ = ["odd_dashes", "odd_margins", "odd_quotes", "wide_blanks"]

_Run = tuple[int, int, str]

_BEFORE = lazy(r"[\w.,?!”)] ")
_HYPHENS = lazy(r"(?<=\s)-{2,3}(?=\s)")
_COMMAS = lazy(r"(?<![,\w]),,(?=\w)")
_APOSTROPHES = lazy(r"(?:''|``)")
_ARROW = lazy(r"(?:\A|\n)[^\S\n]{0,40}(?P<sign>»)(?=\s[^«\n]*(?:\n|\Z))")
"""Before the items of a list; it also opens or closes what is quoted."""
_SINGLE = lazy(r"‚([^‚‘’\n]{1,200})[‘’](?!\w)")
_TWO_BLANKS = lazy(r"  (?<=\S  )(?=\S)")
_INDENTED = lazy(r"(?:\A|\n)[^\S\n]+(?=\S)")
_AT_MARGIN = lazy(r"(?:\A|\n)\S")
_TAB_IN_PROSE = lazy(r"(?<=[^\W\d_])\t(?=[^\W\d_])")
_SENTENCE_END = tuple(".!?")
_SHORTEST_PROSE = 60


def odd_dashes(text: str) -> list[_Run]:
    """Runs (start, end, what stands for it) of a text where a dash lacks a blank beside it, or is made of hyphens.

    As in "Polskich –to", "Polskich– to", "Polskich—to". One that has none on either side is that of a compound or a
    range, where it is no long one.
    """
    found: list[_Run] = []
    for dash in "–—":
        place = text.find(dash)
        while place >= 0:
            before, after = text[place - 1 : place], text[place + 1 : place + 2]
            if (before != " " or after != " ") and _lacks_blank(text, place):
                found.append((place, place + 1, f"{'' if before == ' ' else ' '}{dash}{'' if after == ' ' else ' '}"))
            place = text.find(dash, place + 1)
    if "--" in text:
        found += ((*match.span(), "–") for match in _HYPHENS.finditer(text))
    return sorted(found)


def _lacks_blank(text: str, place: int) -> bool:
    before, after = text[max(0, place - 2) : place], text[place + 1 : place + 3]
    if before.endswith(" "):
        return _BEFORE.match(before) is not None and after[:1].isalnum()
    if after.startswith(" "):
        return len(before) == 2 and before.isalnum() and after[1:].isalnum()
    return text[place] == "—" and before[-1:].isalpha() and after[:1].isalpha()


def odd_quotes(text: str) -> list[_Run]:
    """The same of quotation marks made of two commas or apostrophes, and of single ones around a few words."""
    found: list[_Run] = []
    if ",," in text:
        found += ((*match.span(), '"') for match in _COMMAS.finditer(text))
    if any(letter in text and letter * 2 in text for letter in "'`"):
        found += ((*match.span(), '"') for match in _APOSTROPHES.finditer(text))
    if "»" in text:
        found += ((*match.span("sign"), "►") for match in _ARROW.finditer(text))
    if "‚" in text:
        for match in _SINGLE.finditer(text):
            found += ((match.start(), match.start() + 1, '"'), (match.end() - 1, match.end(), '"'))
    return sorted(found)


def odd_margins(text: str) -> list[_Run]:
    """The same of tabs within a sentence or before a line, and of a text that is indented as a whole."""
    found: list[_Run] = []
    if "\t" in text:
        found += (
            (*match.span(), " ")
            for match in _TAB_IN_PROSE.finditer(text)
            if _is_prose(text, match.start(), match.end())
        )
    if text and _AT_MARGIN.search(text) is None:
        found += ((match.start() + (match[0][0] == "\n"), match.end(), "") for match in _INDENTED.finditer(text))
    return sorted(found)


def wide_blanks(text: str) -> list[_Run]:
    """The same of two blanks between words; three and more part columns."""
    return [(*match.span(), " ") for match in _TWO_BLANKS.finditer(text)] if "  " in text else []


def _is_prose(text: str, start: int, end: int) -> bool:
    """Whether the line around a tab is a sentence: long, with a full stop, and with more blanks than tabs."""
    low, high = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    line = text[low : high if high >= 0 else len(text)].rstrip()
    return len(line) > _SHORTEST_PROSE and line.endswith(_SENTENCE_END) and line.count("\t") * 2 < line.count(" ")
