"""Words and short phrases that tell what a sentence speaks of, found by stem; read from `data/salience.yaml`.

A phrase is words in a row; a star stands for any ending, a dot for up to two words. Each class is a list of phrases.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import yaml

from zmpwatch.extract.clean import fold_letters
from zmpwatch.extract.lazy import lazy
from zmpwatch.extract.lexicon import Lexicon

__all__ = ["Cue", "CueFinder", "Token", "load_cues", "load_weights", "tokens_of"]

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_GAP = "."
_MOST_BETWEEN = 2
_TOKEN = lazy(r"\w+(?:-\w+)*")


class Token(NamedTuple):
    """A word of a sentence; offsets are those of the sentence's own text."""

    start: int
    end: int
    folded: str


class Cue(NamedTuple):
    """A phrase found: its class, and the first and the last of its tokens."""

    kind: str
    first: int
    last: int


def tokens_of(folded: str) -> list[Token]:
    """The words of a folded sentence."""
    return [Token(m.start(), m.end(), m[0]) for m in _TOKEN.finditer(folded)]


class CueFinder:
    """Finds the phrases of all classes in a row of words, in time that grows with their number."""

    def __init__(self, classes: dict[str, str]) -> None:
        self._phrases: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        self._beginnings: dict[frozenset[str], list[tuple[str, tuple[str, ...]]]] = {}
        words: set[str] = set()
        for kind, body in classes.items():
            for phrase in body.split("|"):
                parts = tuple(fold_letters(word) for word in phrase.split())
                if parts:
                    words.update(part for part in parts if part != _GAP)
                    self._phrases.setdefault(parts[0], []).append((kind, parts))
        self._lexicon = Lexicon({word: [word] for word in sorted(words)})

    def find(self, tokens: list[Token]) -> list[Cue]:
        """All phrases, in order; one word may belong to several."""
        known = [self._lexicon.classes(token.folded) for token in tokens]
        found: list[Cue] = []
        for index, patterns in enumerate(known):
            if not patterns:
                continue
            for kind, parts in self._begun(patterns):
                last = index if len(parts) == 1 else self._rest(known, index, parts)
                if last is not None:
                    found.append(Cue(kind, index, last))
        return found

    def _begun(self, patterns: frozenset[str]) -> list[tuple[str, tuple[str, ...]]]:
        """The phrases that may begin with a word that fits these patterns."""
        begun = self._beginnings.get(patterns)
        if begun is None:
            begun = [phrase for pattern in sorted(patterns) for phrase in self._phrases.get(pattern, ())]
            self._beginnings[patterns] = begun
        return begun

    @staticmethod
    def _rest(known: list[frozenset[str]], place: int, parts: tuple[str, ...]) -> int | None:
        """Where a phrase that begins at `place` ends, None where the words behind are others."""
        reach = 0
        for part in parts[1:]:
            if part == _GAP:
                reach = _MOST_BETWEEN
                continue
            following = range(place + 1, min(place + 2 + reach, len(known)))
            hit = next((index for index in following if part in known[index]), None)
            if hit is None:
                return None
            place, reach = hit, 0
        return place


@cache
def load_cues() -> CueFinder:
    """The phrases of the package, made once a process."""
    text = (files(__package__) / "data" / "salience.yaml").read_text(encoding="utf-8")
    return CueFinder(yaml.load(text, Loader=_LOADER))  # noqa: S506 - a safe one


@cache
def load_weights() -> tuple[float, dict[str, float]]:
    """The threshold, and the weight of each piece of evidence."""
    text = (files(__package__) / "data" / "salience_weights.yaml").read_text(encoding="utf-8")
    body = yaml.load(text, Loader=_LOADER)  # noqa: S506 - a safe one
    return float(body["threshold"]), {name: float(weight) for name, weight in body["weights"].items()}
