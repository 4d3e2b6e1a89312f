"""Whether the bytes of a text can name an association at all: a tenth of the cost of looking at its letters.

Of most pages of a town nothing but this is ever asked. The text is taken in UTF-8, as a parser gives it: all but
letters dropped, small letters made of capital ones, and every letter of two bytes told as one wildcard, which Python
does to a whole page at once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from zmpwatch.extract.bodies.naming import name_stems, patterns_of
from zmpwatch.extract.uniform.markup import plain_of_tags
from zmpwatch.model import Association

__all__ = ["can_be_named"]

_MARKED = b"*"
"""Stands for a letter of U+00C0 to U+024F: those with marks, of which Polish has nine."""
_LEADS = range(0xC3, 0xCA)
_CAPITALS, _SMALL = range(0x41, 0x5B), range(0x61, 0x7B)
_LETTERS = {*_CAPITALS, *_SMALL, *_LEADS}
_ELSE = bytes(byte for byte in range(256) if byte not in _LETTERS)
_FOLD = bytes(_MARKED[0] if b in _LEADS else b + 0x20 if b in _CAPITALS else b for b in range(256))

_FOREIGN = (
    re.compile(rb"\xc3[^\x93\xb3]"),
    re.compile(rb"\xc4[^\x84-\x87\x98\x99]"),
    re.compile(rb"\xc5[^\x81-\x84\x9a\x9b\xb9-\xbc]"),
)
"""Letters with marks that are not Polish, which a scanned paper may show for any other."""
_FOREIGN_BEGIN = (*(bytes([lead]) for lead in range(0xC6, 0xCA)), "\N{KELVIN SIGN}".encode())

_ASCII = bytes(range(0x80))
_TAILS = bytes(range(0x80, 0xC0))
"""All bytes of a character but the first."""
_PAGE_NUMBER = re.compile(rb"\n[ \t]{0,80}[Ss]tr(?:on[ay]|\.)\s?\d")
_BETWEEN_PAGES = re.compile(rb"str(?:on[ay]z?)?")
_MARKED_UP = re.compile(rb"&(?:#|amp;|[A-Za-z]{2,8}\d?;)|</?[a-z]{1,6}[ >/]")
"""Where markup may be left."""

_HIDDEN = bytes([*range(0x80, 0x100), *b"*_"])
"""What may stand inside an acronym and is not shown, and more: no acronym is told by what is left out."""


@dataclass(frozen=True, slots=True)
class _Signs:
    acronyms: tuple[bytes, ...]
    apart: tuple[bytes, ...]
    in_no_acronym: bytes
    """Bytes that may be left out before an acronym is looked for, and small letters that none has."""
    names: tuple[re.Pattern[bytes], ...]
    spaced: tuple[tuple[bytes, re.Pattern[bytes]], ...]
    """A plain run in the beginning of a name with blanks between its letters, and the pattern for all of it."""


def can_be_named(content: bytes, association: Association) -> bool:
    """A cheap necessary condition: where it is false, `is_about` is false of the text.

    Args:
        content: the text in UTF-8.
        association: whose names are looked for.
    """
    if (b"&" in content or b"<" in content) and _MARKED_UP.search(content) is not None:
        content = plain_of_tags(content.decode("utf-8", "replace")).encode("utf-8", "replace")
    beyond = content.translate(None, _ASCII)
    if any(begin in beyond for begin in _FOREIGN_BEGIN) or any(foreign.search(beyond) for foreign in _FOREIGN):
        return True
    letters = content.translate(_FOLD, _ELSE)
    signs = _signs_of(association)
    # most of a text is small letters, which few acronyms have
    rest = content.translate(None, signs.in_no_acronym)
    if any(acronym in rest for acronym in signs.acronyms):
        shown = content.translate(None, _HIDDEN)
        if any(acronym in shown for acronym in signs.acronyms):
            return True
    if any(apart in rest and apart in content for apart in signs.apart):
        return True
    lower = content.lower()
    if any(run in lower for run, _ in signs.spaced):
        apart = content.translate(_FOLD, _TAILS)
        if any(begins.search(apart) for _, begins in signs.spaced):
            return True
    if any(name.search(letters) for name in signs.names):
        return True
    # a name broken by the end of a printed page, "strona 1 z 3"
    numbered = (b"stron" in letters or b"str. " in lower) and _PAGE_NUMBER.search(content) is not None
    whole = _BETWEEN_PAGES.sub(b"", letters) if numbered else letters
    return whole != letters and any(name.search(whole) for name in signs.names)


@lru_cache(maxsize=16)
def _signs_of(association: Association) -> _Signs:
    # without its first letter, as in `is_about`
    stems = {(_spelt(first[1:]), _spelt(second[:4])) for first, second in name_stems(association)}
    # "wiaz" is one of the spellings that "wi[a-z*]z" finds
    whole = {stem for stem in stems if not any(_covers(other, stem) for other in stems - {stem})}
    names = {rb"[a-z*]{0,6}".join(stem) for stem in whole}
    acronyms = {acronym.encode().translate(None, _HIDDEN) for acronym in association.acronyms}
    spaced = sorted({letters.encode().translate(_FOLD, _TAILS) for letters in patterns_of(association).spaced})
    return _Signs(
        tuple(sorted(acronyms)),
        tuple(apart.encode() for apart in patterns_of(association).apart),
        bytes({*_HIDDEN, *_SMALL} - {byte for acronym in acronyms for byte in acronym}),
        tuple(re.compile(name) for name in sorted(names)),
        tuple((max(letters.split(_MARKED), key=len), _beginning(letters)) for letters in spaced),
    )


def _covers(patterns: tuple[bytes, bytes], letters: tuple[bytes, bytes]) -> bool:
    return all(re.fullmatch(pattern, one) for pattern, one in zip(patterns, letters, strict=True))


def _beginning(spaced: bytes) -> re.Pattern[bytes]:
    """Spaced letters that begin a word, as far as plain letters tell: "oraz w innych" is no "z w i ą z e k"."""
    letters = re.escape(spaced)
    return re.compile(letters + rb"(?<![a-z0-9]" + letters + rb")(?! ?[a-z0-9]{2})")


def _spelt(letters: str) -> bytes:
    """A pattern for letters, with or without their marks."""
    return b"".join(_letter(letter) for letter in letters)


def _letter(letter: str) -> bytes:
    spelt = letter.encode().translate(_FOLD, _ELSE)
    return re.escape(spelt) if spelt != _MARKED else b"[a-z*]"
