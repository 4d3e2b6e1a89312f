"""Characters that look like others, or like nothing: one form for all text that is read."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["clean", "fold_space"]

_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
# Soft hyphen, zero-width space and joiners, word joiner, direction marks.  Bidirectional overrides stay: without them
# "\u202e183" would be taken for a number nobody was shown (docs/faults.md 75).
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_CONTROLS = "".join(map(chr, [*range(0x09), 0x0B, *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0)]))

_TABLE = str.maketrans(
    {
        **dict.fromkeys(_SPACES, " "),
        **dict.fromkeys(_INVISIBLE + _CONTROLS, None),
        "\u2011": "-",  # no-break hyphen
        "\u2010": "-",
        "\x0c": "\n",
        "\x85": "\n",
        "\u2028": "\n",
        "\u2029": "\n",
    }
)
_SURROGATES = re.compile("[\ud800-\udfff]")
_RUNS = re.compile(r"[ \t\n]+")


def clean(text: str) -> str:
    """Text in NFC, with plain spaces and line ends, without controls, invisible characters and lone surrogates.

    A decomposed "Ż", a soft hyphen inside a name or a no-break space must not hide it (docs/faults.md 64, 66).
    """
    if text.isascii() and text.isprintable():
        return text
    text = _SURROGATES.sub("\ufffd", text).translate(_TABLE)
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def fold_space(text: str) -> str:
    """`text` with every run of blanks and line ends as one space, and none at the ends."""
    if not text.isprintable() or "  " in text:
        text = _RUNS.sub(" ", text)
    return text.strip(" ")
