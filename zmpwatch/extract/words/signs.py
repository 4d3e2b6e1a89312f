"""What stands in a sentence, as bits of one number, so that nothing is asked that can't find anything there.

Each class of words has a bit, and so has each pattern with cues. The bits of a word are those of its classes and of the
patterns of which it holds a cue; the signs of a sentence are those of its words. Without the bit of a pattern a search
for it is vain, and a reader that needs one of several bits need not be asked where none of them is set.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Protocol, cast

__all__ = ["SignedText", "cue_sign", "signs_not_given", "signs_of", "signs_of_classes", "word_signs"]

_HEAD = 2
"""Cues are looked up by so many of their first letters."""
_WHOLE = "="
_wholes: dict[str, int] = {}
_given: dict[str | tuple[str, ...], int] = {}
_cues: dict[str, list[tuple[str, int]]] = defaultdict(list)


def _sign(what: str | tuple[str, ...]) -> int:
    """The bit of a class or of the cues of a pattern; a new one where it has none yet."""
    return _given.setdefault(what, 1 << len(_given))


class _Signed(Protocol):
    @property
    def sign(self) -> int: ...


def signs_of(*needed: str | re.Pattern[str]) -> int:
    """The bits of classes of words and of patterns, any of which will do.

    Args:
        needed: names of classes, and patterns made by `lazy` with cues of plain letters.

    Raises:
        ValueError: a pattern has no cues.
    """
    bits = 0
    for one in needed:
        bit = _sign(one) if isinstance(one, str) else cast("_Signed", one).sign
        if not bit:
            raise ValueError(f"a pattern without cues is no sign: {one}")
        bits |= bit
    return bits


class _ByClasses(dict[tuple[str, ...], int]):
    def __missing__(self, classes: tuple[str, ...]) -> int:
        bits = self[classes] = signs_of(*classes)
        return bits


signs_of_classes = _ByClasses()
"""The bits of some classes of words, by `[]`; the rules ask for the same few again and again."""


def cue_sign(cues: tuple[str, ...]) -> int:
    """The bit of a pattern each match of which holds one of these cues; 0 where they are not all of plain letters.

    A cue may stand anywhere in a word; with "=" before it, it is a whole word or a whole part of one with hyphens.
    """
    bare = [cue.removeprefix(_WHOLE) for cue in cues]
    if not all(len(cue) >= _HEAD and cue.isascii() and cue.isalpha() and cue.islower() for cue in bare):
        return 0
    if cues not in _given:
        for cue, letters in zip(cues, bare, strict=True):
            if cue.startswith(_WHOLE):
                _wholes[letters] = _wholes.get(letters, 0) | _sign(cues)
            else:
                _cues[letters[:_HEAD]].append((letters, _sign(cues)))
    return _sign(cues)


def word_signs(word: str) -> int:
    """The bits of the patterns of which a folded word holds a cue."""
    bits = 0
    for place in range(len(word) - 1):
        for cue, bit in _cues.get(word[place : place + _HEAD], ()):
            if word.startswith(cue, place):
                bits |= bit
    for part in word.split("-"):
        bits |= _wholes.get(part, 0)
    return bits


def signs_not_given() -> int:
    """All bits that no class or pattern has yet; a text signed before they are given may hold any of them."""
    return -1 << len(_given)


class SignedText(str):
    """The folded text of a sentence, with the signs of its words."""

    __slots__ = ("signs",)
    signs: int

    def __new__(cls, text: str, signs: int) -> SignedText:
        """A text with these signs."""
        signed = str.__new__(cls, text)
        signed.signs = signs
        return signed
