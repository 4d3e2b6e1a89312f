"""Patterns that are compiled when first used, and tried only where a cue of theirs stands.

The rules hold some hundred patterns. Compiling them all would make up most of the time it takes to load the package,
and most sentences hold nothing that most patterns could match: a search for a plain word is many times faster.
"""

from __future__ import annotations

import re
import sys
from typing import Any, cast

from zmpwatch.extract.signs import SignedText, cue_sign

__all__ = ["lazy"]

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split", "pattern", "flags", "groups")


class _Lazy:
    """Stands for a compiled pattern until somebody asks it for something; then its methods are that pattern's own."""

    def __init__(self, source: str, cues: tuple[str, ...], flags: int) -> None:
        self._source, self._cues, self._flags = source, cues, flags
        self.sign = cue_sign(cues) if cues else 0
        """The bit that the pattern has among the signs of a sentence; 0 where it has none."""

    def __getattr__(self, name: str) -> Any:
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(self._source, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        if self._cues:
            self.search = self._where_cued(compiled.search, None)
            self.finditer = self._where_cued(compiled.finditer, ())
        return getattr(self, name)

    def _where_cued(self, method: Any, otherwise: Any) -> Any:
        cues, sign = [cue.removeprefix("=") for cue in self._cues], self.sign

        def search(text: str, pos: int = 0, endpos: int = sys.maxsize) -> Any:
            if sign and type(text) is SignedText:
                return method(text, pos, endpos) if text.signs & sign else otherwise
            for cue in cues:
                if cue in text:
                    return method(text, pos, endpos)
            return otherwise

        return search


def lazy(source: str, *cues: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern like that of `re.compile`.

    Args:
        source: the pattern.
        cues: strings of which each match of the pattern holds at least one; `search` and `finditer` ask for them first.
            With "=" before it a cue is a whole word of small letters.
        flags: as for `re.compile`.
    """
    return cast("re.Pattern[str]", _Lazy(source, cues, flags))
