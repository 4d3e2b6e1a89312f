"""Text of strangers on a terminal: shown, never obeyed."""

from __future__ import annotations

import unicodedata

__all__ = ["visible"]

_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
"""Unicode categories of characters that steer a terminal, turn the direction of writing or can't be seen."""


def visible(text: str, *, keep: str = "", also: str = "") -> str:
    r"""`text` with each character that has no picture written as its code.

    Escape sequences, carriage returns, bidirectional overrides, soft hyphens and zero-width characters appear as
    ``\x1b`` or ``\u202e``; letters and spaces of every script stay.

    Args:
        text: anything a document holds.
        keep: characters to leave as they are all the same, such as line ends.
        also: further characters to write as codes.
    """
    if text.isprintable() and not also:
        return text
    return "".join(
        _code(character)
        if character not in keep and (character in also or unicodedata.category(character) in _UNSEEN)
        else character
        for character in text
    )


def _code(character: str) -> str:
    number = ord(character)
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
