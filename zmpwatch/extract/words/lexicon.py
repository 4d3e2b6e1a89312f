"""Words the rules go by, read from data files that a Polish speaker can edit.

`data/lexicon.yaml` gives word classes: a name and a list of words, without regard to diacritics and capitals; a star at
the end of a word stands for any ending.
"""

from __future__ import annotations

import csv
import re
from functools import cache, cached_property
from typing import Any

import yaml

from zmpwatch.extract.uniform.folding import fold_letters
from zmpwatch.extract.words.aspect import DONE_WHEN
from zmpwatch.extract.words.signs import signs_not_given, signs_of, word_signs
from zmpwatch.register.packaged import packaged_text

__all__ = ["Lexicon", "load_classes", "load_lexicon", "load_table"]

_LONGEST_WORD = 40
_MOST_KEPT = 50_000
_CONDITIONAL = re.compile(r"l[aoiy]?by(?:m|s|smy|scie)?$")
"""How a Polish verb ends that tells what would be: "wystąpiłaby", "zgodziliby"."""
_DEEDS = frozenset(
    (
        *("join_past", "leave_past", "cease", "stop_being", "admit_verb", "enrol", "handed", "gone"),
        *("attain", "gain", "widen", "became", "decide", "refuse", "removed", "paid"),
    )
)
"""Classes of words that tell what was done; what only would be is none of it, whatever it begins with."""
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""That of libyaml where it is built in: ten times as fast."""


def load_table(name: str) -> list[dict[str, str]]:
    """Rows of a CSV file in the package's data folder."""
    text = packaged_text("zmpwatch.extract", f"data/{name}")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


class Lexicon:
    """Word classes by word."""

    def __init__(self, classes: dict[str, list[str]]) -> None:
        self._whole: dict[str, set[str]] = {}
        self._stems: dict[str, set[str]] = {}
        for name, words in classes.items():
            for word in words:
                folded = fold_letters(word)
                if folded.endswith("*"):
                    self._stems.setdefault(folded[:-1], set()).add(name)
                else:
                    self._whole.setdefault(folded, set()).add(name)
        self._known: dict[str, frozenset[str]] = {}
        self._lengths = sorted({len(stem) for stem in self._stems})
        self._classes = tuple(classes)
        self._forms: _Forms | None = None

    def classes(self, word: str) -> frozenset[str]:
        """All classes a folded word belongs to."""
        known = self._known.get(word)
        if known is None:
            if len(word) > _LONGEST_WORD:
                return frozenset()
            found = set(self._whole.get(word, ()))
            for length in self._lengths:
                if length > len(word):
                    break
                found |= self._stems.get(word[:length], set())
            if found and _CONDITIONAL.search(word):
                found -= _DEEDS
            known = frozenset(found)
            if len(self._known) < _MOST_KEPT:
                self._known[word] = known
        return known

    @cached_property
    def signs(self) -> int:
        """The bits of all classes."""
        return signs_of(*self._classes)

    def forms(self) -> _Forms:
        """For any folded word (by `[]`) its classes and its signs."""
        if self._forms is None or self._forms.not_given != signs_not_given():
            signs_of(*self._classes)
            self._forms = _Forms(self)
        return self._forms


class _Forms(dict[str, tuple[frozenset[str], int]]):
    """Words met so far; those that are new are looked up."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self.not_given = signs_not_given()
        self.signs = _Signs(self)
        """The signs alone, for who joins those of many words."""

    def __missing__(self, word: str) -> tuple[frozenset[str], int]:
        classes = self._lexicon.classes(word)
        may_be = (DONE_WHEN[one] for one in classes if one in DONE_WHEN)
        known = classes, signs_of(*classes, *may_be) | word_signs(word)
        if len(self) < _MOST_KEPT and len(word) <= _LONGEST_WORD:
            self[word] = known
        return known


class _Signs(dict[str, int]):
    """The signs of words met so far."""

    def __init__(self, forms: _Forms) -> None:
        self._forms = forms

    def __missing__(self, word: str) -> int:
        signs = self._forms[word][1]
        if word in self._forms:
            self[word] = signs
        return signs


def load_classes(name: str) -> dict[str, list[str]]:
    """Words by class from a YAML file in the package's data folder."""
    text = packaged_text("zmpwatch.extract", f"data/{name}")
    classes: dict[str, list[str]] = {}
    for kind, words in yaml.load(text, Loader=_LOADER).items():  # noqa: S506 - a safe one
        classes[kind] = [str(word) for word in (words.split() if isinstance(words, str) else words)]
    return classes


@cache
def load_lexicon() -> Lexicon:
    """The lexicon of the package, made once a process."""
    return Lexicon(load_classes("lexicon.yaml"))
