"""Layout and noise that cannot change what a text states: line breaks, markup, menus, scans; each tried on a sample.

How many of a sample may differ is fixed for each: where a text of two lines does not show that it was broken, or a scan
took the very letter that mattered, nobody could tell. A bound is only ever lowered.
"""

from __future__ import annotations

import random
import re
import textwrap
import unicodedata
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from itertools import chain, islice
from typing import Any

import pytest

from .test_rewordings import facts
from .test_sentences import items

SAMPLE = 50
VOWELS = "aąeęioóuyAEIOUY"
PROSE = re.compile(r"[^|\t;\n]{41,}")
MENU = "Strona główna\nAktualności\nUrząd Miejski\nTurystyka\nKultura i sport\nBIP\nKontakt\nSzukaj\n\n"
FOOTER = (
    "\n\nPolecamy\nNowy Targ: remont drogi wojewódzkiej\nKolno: dożynki gminne w niedzielę\nPrzasnysz zaprasza\n"
    "Urząd Miejski\nul. Rynek 1\nLiczba odwiedzin: 137284\n© 2024 Wszelkie prawa zastrzeżone\n"
)
NEIGHBOURS = "\n\nDrukuj\nPoprzedni artykuł: Kolno szuka ratowników\nNastępny artykuł: Nowe autobusy w Tczewie\n"


def wrapped(width: int) -> Callable[[str], str]:
    """Lines of so many characters, as mail programs and PDF break them."""

    def broken(text: str) -> str:
        lines = (
            textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False)
            if PROSE.fullmatch(line)
            else [line]
            for line in text.split("\n")
        )
        return "\n".join("\n".join(line) for line in lines)

    broken.__name__ = f"lines_of_{width}"
    return broken


def broken_words(text: str) -> str:
    """Long words go on in the next line: "Związ-" / "ku"."""
    chance = random.Random(zlib.crc32(text.encode()))

    def cut(match: re.Match[str]) -> str:
        word = match[0]
        places = [
            n for n in range(2, len(word) - 1) if word[n - 1] in VOWELS and not {word[n], word[n + 1]} & set(VOWELS)
        ]
        if not places or chance.random() > 0.2:
            return word
        place = chance.choice(places)
        return word[:place] + "-\n" + word[place:]

    return re.sub(r"(?<=[a-ząćęłńóśźż,] )[a-ząćęłńóśźż]{7,}", cut, text)


def two_blanks(text: str) -> str:
    return re.sub(r"(?<=[a-ząćęłńóśźż,]) (?=[A-Za-ząćęłńóśźż]{2})", "  ", text)


def hard_blanks(text: str) -> str:
    return re.sub(r"(?<!\w)([azwuioAZWUIO]) (?=\w)", "\\1\u00a0", text)


def soft_hyphens(text: str) -> str:
    return re.sub(r"([^\W\d_]{3})([^\W\d_]{3,})", "\\1\u00ad\\2", text)


def letters_in_pieces(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def indented(text: str) -> str:
    return re.sub(r"(?m)^(?=\S)", "\t", text)


def entities(text: str) -> str:
    """As pages that were escaped twice have them."""
    text = text.replace("„", "&bdquo;").replace("”", "&rdquo;").replace(" – ", " &ndash; ")
    return re.sub(r"(?<!\w)([azwuioAZWUIO]) (?=\w)", r"\1&nbsp;", text).replace("ą", "&#261;").replace("ó", "&oacute;")


def line_break_tags(text: str) -> str:
    return text.replace("\n", "<br />\n")


def starred(text: str) -> str:
    return re.sub(r"\b(?:Związ(?:ek|k\w+) Miast Polskich|ZMP|Rada Miejska)\b", r"*\g<0>*", text)


def underscored(text: str) -> str:
    return re.sub(r"\A[^\n_]{10,300}?[.!?](?=\s)", r"_\g<0>_", text)


def linked(text: str) -> str:
    return re.sub(r"\b(?:Związ(?:ek|k\w+) Miast Polskich|ZMP)\b", r"[\g<0>](https://www.example.org/)", text)


def below_a_menu(text: str) -> str:
    return MENU + text


def below_a_menu_in_capitals(text: str) -> str:
    return "AKTUALNOŚCI\nURZĄD\nRADA\nKONTAKT\n" + text


def above_a_footer(text: str) -> str:
    """With towns in the titles of other pages."""
    return text.rstrip() + FOOTER


def above_its_neighbours(text: str) -> str:
    return text.rstrip() + NEIGHBOURS


def over_two_pages(text: str) -> str:
    """A page's number within a sentence."""
    lines = wrapped(80)(text).split("\n")
    return "\n".join([*lines[:1], "", "Strona 1 z 2", "", *lines[1:]]) if len(lines) > 1 and lines[1].strip() else text


def numbered_lines(text: str) -> str:
    lines = wrapped(80)(text).split("\n")
    return "\n".join(f"{n:>3} {line}" for n, line in enumerate(lines, 1)) if len(lines) > 1 and all(lines) else text


def commas_for_quotation_marks(text: str) -> str:
    return text.replace("„", ",,").replace("”", "''")


def dashes_without_a_blank(text: str) -> str:
    return text.replace(" – ", " –")


def two_hyphens_for_dashes(text: str) -> str:
    return text.replace(" – ", " -- ")


def short_name_with_full_stops(text: str) -> str:
    return re.sub(r"(?<![\w.])ZMP(?![\w.-])", "Z.M.P.", text)


def short_name_spaced_out(text: str) -> str:
    return re.sub(r"(?<![\w.])ZMP(?![\w.-])", "Z M P", text)


def one_letter_misread(found: str, read: str) -> Callable[[str], str]:
    """In one word of the text, not at its end."""

    def misread(text: str) -> str:
        words = [m for m in re.finditer(r"(?<!\w)[^\W\d_]{5,}(?!\w)", text) if found in m[0][1:-1]]
        if not words:
            return text
        word = random.Random(zlib.crc32(text.encode())).choice(words)
        return text[: word.start() + 1] + text[word.start() + 1 :].replace(found, read, 1)

    misread.__name__ = f"{found}_read_as_{read}"
    return misread


NOISES: tuple[tuple[Callable[[str], str], int], ...] = (
    (wrapped(40), 3),
    (wrapped(55), 3),
    (wrapped(70), 2),
    (wrapped(90), 2),
    (broken_words, 1),
    (two_blanks, 1),
    (hard_blanks, 0),
    (soft_hyphens, 0),
    (letters_in_pieces, 0),
    (indented, 1),
    (entities, 0),
    (line_break_tags, 0),
    (starred, 0),
    (underscored, 0),
    (linked, 0),
    (below_a_menu, 1),
    (below_a_menu_in_capitals, 2),
    (above_a_footer, 0),
    (above_its_neighbours, 0),
    (over_two_pages, 4),
    (numbered_lines, 3),
    (commas_for_quotation_marks, 0),
    (dashes_without_a_blank, 1),
    (two_hyphens_for_dashes, 0),
    (short_name_with_full_stops, 1),
    (short_name_spaced_out, 1),
    (one_letter_misread("l", "1"), 1),
    (one_letter_misread("o", "0"), 1),
    (one_letter_misread("ą", "q"), 1),
)


@cache
def _items() -> list[tuple[str, dict[str, Any]]]:
    """The texts of all banks in an order that hardly changes where others come in."""
    found = [(str(parameters.id), parameters.values[0]) for parameters in items()]
    return sorted(found, key=lambda item: zlib.crc32(item[1]["text"].encode()))


@cache
def _stated(place: int) -> list[str]:
    item = _items()[place][1]
    return facts(item["text"], item)


def _touched(noise: Callable[[str], str], begin: int) -> Iterator[tuple[int, str]]:
    """Places of texts that a noise changes, and what it makes of them."""
    for place in chain(range(begin, len(_items())), range(begin)):
        text = _items()[place][1]["text"]
        noisy = noise(text)
        if noisy != text:
            yield place, noisy


@pytest.mark.parametrize("turn", range(len(NOISES)), ids=lambda turn: NOISES[turn][0].__name__)
def test_noise_states_the_same(turn: int) -> None:
    noise, most = NOISES[turn]
    sample = list(islice(_touched(noise, turn % 5 * SAMPLE), SAMPLE))
    differing = [
        f"{_items()[place][0]}: {noisy}"
        for place, noisy in sample
        if facts(noisy, _items()[place][1]) != _stated(place)
    ]
    assert len(sample) == SAMPLE
    assert len(differing) <= most, "\n".join(differing)
