"""A proof that each match of a pattern holds one of its cues, by going through the parsed pattern.

Of what a pattern may have matched so far only the ending is kept that a cue may begin with. An ending in which a cue is
whole is proven and goes; where none is left at the end, every match holds one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

__all__ = ["is_proven"]

_ANYTHING = "\0"
"""Stands for any run of characters, so that no cue goes across it."""
_EDGE = "\1"
"""Stands for a place where a word begins or ends."""
_MOST_LETTERS = 12
"""A class of more letters stands for any."""


class _Proof:
    def __init__(self, cues: Iterable[str], *, either_case: bool) -> None:
        # a cue that is a whole word stands between two edges of it
        self._cues = frozenset(f"{_EDGE}{cue[1:]}{_EDGE}" if cue.startswith("=") else cue for cue in cues)
        self._beginnings = frozenset(cue[:length] for cue in self._cues for length in range(1, len(cue)))
        self._either_case = either_case

    def unproven(self, endings: set[str], items: Iterable[tuple[Any, Any]]) -> set[str]:
        """The endings without a cue that remain when some parts of a pattern have matched behind others."""
        for operator, argument in items:
            if not endings:
                break
            endings = self._after(endings, operator, argument)
        return endings

    def _after(self, endings: set[str], operator: Any, argument: Any) -> set[str]:
        if operator is sre.LITERAL:
            return self._joined(endings, self._cases(chr(argument)))
        if operator is sre.IN:
            return self._joined(endings, self._letters(argument))
        if operator is sre.BRANCH:
            return set().union(*(self.unproven(endings, branch) for branch in argument[1]))
        if operator is sre.SUBPATTERN and not any(argument[1:3]):  # "(?i:…)" has flags of its own
            return self.unproven(endings, argument[-1])
        if operator is sre.ATOMIC_GROUP:
            return self.unproven(endings, argument)
        if operator in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            return self._repeated(endings, *argument)
        if operator is sre.ASSERT:
            direction, ahead = argument
            return {e for e in endings if self.unproven({e}, ahead)} if direction > 0 else endings
        if (operator is sre.AT and argument is not sre.AT_NON_BOUNDARY) or (
            operator is sre.ASSERT_NOT and _is_word(argument[1])
        ):
            return self._joined(endings, [_EDGE])
        if operator is sre.ASSERT_NOT:
            return endings
        return self._joined(endings, [_ANYTHING])

    def _repeated(self, endings: set[str], least: int, most: Any, items: Any) -> set[str]:
        found = set(endings) if least == 0 else set()
        if len(items) == 1 and items[0][0] is sre.IN and (most is sre.MAXREPEAT or most > 1):
            letters = self._letters(items[0][1])
            # of other letters there are too many runs to spell: "[ivxlc]{1,8}"
            return found | self._joined(endings, letters if letters in ([" "], [_EDGE]) else [_ANYTHING])
        for _ in range(max(least, 1)):
            endings = self.unproven(endings, items)
        found |= endings
        if most is sre.MAXREPEAT or most > max(least, 1):
            # further rounds: anything, then once more what is repeated
            found |= self.unproven(self._joined(endings, [_ANYTHING]), items)
        return found

    def _letters(self, members: Any) -> list[str]:
        letters: list[str] = []
        for operator, argument in members:
            if operator is sre.LITERAL:
                letters += self._cases(chr(argument))
            elif operator is sre.RANGE and argument[1] - argument[0] < _MOST_LETTERS:
                letters += map(chr, range(argument[0], argument[1] + 1))
            elif operator is sre.CATEGORY and argument is sre.CATEGORY_SPACE:
                letters.append(" ")
            elif operator is sre.CATEGORY and argument is sre.CATEGORY_NOT_WORD:
                letters.append(_EDGE)
            else:
                return [_ANYTHING]
        return letters if len(letters) <= _MOST_LETTERS else [_ANYTHING]

    def _cases(self, letter: str) -> list[str]:
        return sorted({letter.lower(), letter.upper()}) if self._either_case else [letter]

    def _joined(self, endings: set[str], letters: Iterable[str]) -> set[str]:
        grown = (ending + letter for letter in letters for ending in endings)
        return {ending for ending in map(self._kept, grown) if ending is not None}

    def _kept(self, grown: str) -> str | None:
        """The longest ending that a cue may begin with; None where a cue is whole."""
        longest = ""
        for each in (grown, _edged(grown)):
            for place in range(len(each)):
                if each[place:] in self._cues:
                    return None
                if each[place:] in self._beginnings and len(each) - place > len(longest):
                    longest = grown[place:]
        return longest


def _edged(ending: str) -> str:
    """The same with an edge for each sign that is in no word."""
    return "".join(each if each.isalpha() or each == _ANYTHING else _EDGE for each in ending)


def _is_word(items: Any) -> bool:
    """Whether what must not stand here is any letter or figure of a word: `(?!\\w)`, `(?<!\\w)`."""
    return list(items) == [(sre.IN, [(sre.CATEGORY, sre.CATEGORY_WORD)])]


def is_proven(source: str, cues: tuple[str, ...], flags: int = 0) -> bool:
    """Whether every match of a pattern is known to hold a cue.

    False tells only that it could not be shown: a look at what must not stand somewhere is not taken into account.
    """
    proof = _Proof(cues, either_case=bool(flags & re.IGNORECASE))
    return not proof.unproven({_ANYTHING}, parser.parse(source, flags))
