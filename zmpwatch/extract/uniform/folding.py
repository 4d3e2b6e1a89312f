"""Small letters without diacritics, one for one, so that offsets stay."""

from __future__ import annotations

import unicodedata

from zmpwatch.extract.words.lazy import lazy

__all__ = ["POLISH", "fold_letters"]

POLISH = dict(zip("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ", "acelnoszzACELNOSZZ", strict=True))


def _fold_table() -> dict[int, str]:
    """One letter to one letter for all Latin letters with marks, so that offsets stay."""
    table = {ord(a): b for a, b in POLISH.items()}
    for code in range(0xC0, 0x250):
        base = unicodedata.normalize("NFKD", chr(code))[0]
        if base.isascii() and base.isalpha():
            table.setdefault(code, base)
    table[0x130] = "I"
    return table


_FOLD = _fold_table()
_POLISH_ENCODING = "iso8859-2"
_PLAIN_SMALL = bytes(
    ord(POLISH.get(letter, letter).lower()) if letter in POLISH or letter.isascii() else code
    for code, letter in enumerate(bytes(range(256)).decode(_POLISH_ENCODING))
)
"""For each byte of a Polish text that of its small letter without a mark; others beyond ASCII stay."""
_THAT = (", iz ", ", ze ")
_POLISH_SMALL = tuple((a, b) for a, b in POLISH.items() if a.islower())
_FOREIGN_LETTERS = frozenset(map(chr, _FOLD)) - POLISH.keys()
_FOREIGN = lazy("[" + "".join(sorted(_FOREIGN_LETTERS)) + "]")


def fold_letters(text: str) -> str:
    """Small letters without diacritics, as long as the text was."""
    plain = _folded_in_bytes(text)
    return _folded(text if _FOREIGN.search(text) is None else text.translate(_FOLD)) if plain is None else plain


def _folded(text: str) -> str:
    """The same of a text that has no letter with a mark but Polish ones."""
    plain = _folded_in_bytes(text)
    if plain is not None:
        return plain
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    for letter, plain in _POLISH_SMALL:
        lowered = lowered.replace(letter, plain)
    return lowered.replace(*_THAT)


def _folded_in_bytes(text: str) -> str | None:
    """The same, several times faster, of a text of ASCII and Polish letters alone; None of any other."""
    try:
        plain = text.encode(_POLISH_ENCODING).translate(_PLAIN_SMALL)
    except UnicodeEncodeError:
        return None
    return plain.decode("ascii").replace(*_THAT) if plain.isascii() else None
