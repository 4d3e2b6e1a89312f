"""Patterns that are tried only where a cue of theirs stands, and compiled when first tried.

The rules hold some hundred patterns. Compiling them all would make up most of the time it takes to load the package,
and most sentences hold nothing that most patterns could match: a search for a plain word is many times faster.
"""

from __future__ import annotations

import itertools
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Set
from functools import cached_property
from typing import Any, cast

from zmpwatch.extract.words.signs import SignedText, cue_sign

__all__ = ["lazy"]

_SYNTAX = re.compile(r"\\.|\[\^?\]?|[]()|]", flags=re.DOTALL)
"""What tells where groups, classes of letters and alternatives begin and end."""
_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split", "pattern", "flags", "groups")
_SEARCHES: dict[str, Any] = {"search": None, "finditer": ()}
"""Methods that look for cues first, and what they give where none stands."""
_MATCHES = ("match", "fullmatch")


_AT_WORD = r"(?<!\w)"
_BEHIND_FIRST = r"(?<!\w.)"
"""The same, asked behind the first letter of the word."""
_FIRST_LETTER = re.compile(r"[^\W\d_](?![?*+{])")
_CAPTURES = re.compile(r"(?<!\\)\((?:[^?]|\?P)")
_GROUP, _QUANTIFIERS = "(?:", ("?", "*", "+", "{")


def _at_words_only(source: str) -> str:
    """The same pattern, which asks once whether a word begins where each of its alternatives would ask for itself.

    At most letters of a text no word begins, and one question is several times faster than twenty. Alternatives that
    begin with their first letter are passed over at a glance.
    """
    several = _alternatives(source)
    if not all(one.startswith(_AT_WORD) for one in several):
        return source
    if len(several) > 1:
        source = f"{_AT_WORD}{_GROUP}{'|'.join(one.removeprefix(_AT_WORD) for one in several)})"
    return _letters_first(source)


def _letters_first(source: str) -> str:
    """The same pattern of a word, which looks for a first letter before it asks whether a word begins there.

    A search passes over what is none of a few letters many times faster than it tries a pattern.
    """
    begun = source.removeprefix(_AT_WORD)
    end = _end_of_group(begun) if begun.startswith(_GROUP) else 0
    beginnings, behind = (_alternatives(begun[len(_GROUP) : end - 1]), begun[end:]) if end else ([begun], "")
    if behind.startswith(_QUANTIFIERS) or not all(map(_FIRST_LETTER.match, beginnings)):
        return source
    by_letter: dict[str, list[str]] = defaultdict(list)
    for one in beginnings:
        by_letter[one[0]].append(one[1:])
    if len(by_letter) > 1 and _CAPTURES.search(begun) is not None:
        return source  # its groups would change places
    words = (f"{letter}{_BEHIND_FIRST}{_GROUP}{'|'.join(rest)})" for letter, rest in by_letter.items())
    return f"{_GROUP}{'|'.join(words)}){behind}"


def _structure(source: str) -> Iterator[tuple[int, re.Match[str]]]:
    """The signs of a pattern for groups and alternatives, each with the number of groups around what follows."""
    depth, in_class = 0, False
    for part in _SYNTAX.finditer(source):
        sign = part[0]
        if in_class:
            in_class = sign != "]"
        elif sign.startswith("["):
            in_class = True
        elif sign in "(|)":
            depth += (sign == "(") - (sign == ")")
            yield depth, part


def _alternatives(source: str) -> list[str]:
    """The alternatives of a pattern that stand in no group."""
    begins = [0, *(part.end() for depth, part in _structure(source) if depth == 0 and part[0] == "|")]
    return [source[start : end - 1] for start, end in itertools.pairwise((*begins, len(source) + 1))]


def _end_of_group(source: str) -> int:
    """Where the group ends that a pattern begins with."""
    return next(part.end() for depth, part in _structure(source) if depth == 0)


_LETTERS = 6
"""So many letters of a word tell well enough which cue it may begin with."""


class _Lazy:
    """Stands for a compiled pattern until something must be matched; where no cue stands, nothing need be."""

    def __init__(self, source: str, cues: tuple[str, ...], flags: int) -> None:
        self._source, self._cues, self._flags = source, cues, flags
        self.sign = cue_sign(cues) if cues else 0
        self._begin: frozenset[str] | None = None
        """The bit that the pattern has among the signs of a sentence; 0 where it has none."""

    def __getattr__(self, name: str) -> Any:
        if name not in _METHODS:
            raise AttributeError(name)
        if self._cues and name in _SEARCHES:
            method = self._where_cued(name)
        elif self.sign and name in _MATCHES:
            method = self._where_signed(name)
        else:
            method = self._source if name == "pattern" else getattr(self._compiled, name)
        setattr(self, name, method)
        return method

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(_at_words_only(self._source), self._flags)

    def cued_by(self, begun: Set[str]) -> bool:
        """Whether some cue may stand in a text, by the first six letters of its words; cues begin words there."""
        if self._begin is None:
            cues = [cue.removeprefix("=") for cue in self._cues]
            self._begin = (
                frozenset(cue[:_LETTERS] for cue in cues) if all(len(cue) >= _LETTERS for cue in cues) else frozenset()
            )
        return not self._begin or not begun.isdisjoint(self._begin)

    def _where_cued(self, name: str) -> Any:
        cues, sign, otherwise = [cue.removeprefix("=") for cue in self._cues], self.sign, _SEARCHES[name]
        method: Any = None

        def search(text: str, pos: int = 0, endpos: int = sys.maxsize) -> Any:
            nonlocal method
            if sign and type(text) is SignedText:
                if not text.signs & sign:
                    return otherwise
            else:
                for cue in cues:
                    if (text.find(cue, pos, endpos) >= 0) if pos else (cue in text):
                        break
                else:
                    return otherwise
            if method is None:
                method = getattr(self._compiled, name)
            return method(text, pos, endpos)

        return search

    def _where_signed(self, name: str) -> Any:
        """For methods that are quick to fail, so that looking for cues in a text without signs would not pay."""
        sign = self.sign
        method: Any = None

        def match(text: str, pos: int = 0, endpos: int = sys.maxsize) -> Any:
            nonlocal method
            if type(text) is SignedText and not text.signs & sign:
                return None
            if method is None:
                method = getattr(self._compiled, name)
            return method(text, pos, endpos)

        return match


def lazy(source: str, *cues: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern like that of `re.compile`.

    Args:
        source: the pattern.
        cues: strings of which each match of the pattern holds at least one; `search` and `finditer` ask for them first,
            `match` and `fullmatch` for their signs where a text has some.
            With "=" before it a cue is a whole word of small letters.
        flags: as for `re.compile`.
    """
    return cast("re.Pattern[str]", _Lazy(source, cues, flags))
