"""Where the words and numbers of a folded text stand that somebody looks for.

A text is cut into words once, and what a word may be for those who look at words (a number, the name of a month, the
beginning of a body's name) is asked once of each word, for all texts. Two ways to cut are known: *tokens* are runs of
digits or of plain letters, *words* are runs of any letters, those joined by hyphens as one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain

from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.signs import signs_not_given

__all__ = ["NUMBER", "ask_anew", "kind_of_tokens", "kind_of_words", "marked", "marked_apart", "take_over"]

_TOKEN = lazy(r"\d+|[a-z]+")
_WORD = lazy(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BEYOND_ASCII = lazy(r"[^\x00-\x7f]")
_BLANKED = bytes(code if chr(code) in "-0123456789abcdefghijklmnopqrstuvwxyz" else 32 for code in range(256))
"""What stands for each byte when a text is cut up at blanks."""
_SHORT = 500
"""A shorter text is a piece of a document that one reader asks for once."""
_LONGEST_RUN, _MOST_KEPT = 40, 65_536
_one_more = (1).__add__

_Asked = Callable[[str], object]
_of_tokens: dict[int, _Asked] = {}
_of_words: dict[int, _Asked] = {}
_PARTED = 1
"""The mark of a run that is neither letters nor digits alone."""


class _Marks(dict[str, int]):
    """The marks of all runs of letters, digits and hyphens met so far."""

    version = 0
    not_given = 0

    def forget(self) -> None:
        """Ask anew what each run is, where what is asked has changed."""
        self.clear()
        self.version += 1
        self.not_given = signs_not_given()

    def __missing__(self, run: str) -> int:
        if run.isalpha():
            marks = _marks_of(run, _of_tokens) | _marks_of(run, _of_words)
        elif run.isdigit():
            marks = _marks_of(run, _of_tokens)
        else:
            marks = _PARTED if run else 0
        if len(self) < _MOST_KEPT and len(run) <= _LONGEST_RUN:
            self[run] = marks
        return marks


_known = _Marks()


def kind_of_tokens(is_one: _Asked) -> int:
    """The mark of those tokens for which a function of the token is true."""
    return _new_kind(_of_tokens, is_one)


def kind_of_words(is_one: _Asked) -> int:
    """The mark of those words for which a function of the word is true; it may depend on the signs given so far."""
    return _new_kind(_of_words, is_one)


def _new_kind(kinds: dict[int, _Asked], is_one: _Asked) -> int:
    mark = _PARTED << len(_of_tokens) + len(_of_words) + 1
    kinds[mark] = is_one
    _known.forget()
    return mark


def ask_anew() -> None:
    """Forget what is known of words, since what is asked of them has changed."""
    _known.forget()


def _marks_of(word: str, kinds: dict[int, _Asked]) -> int:
    return sum(mark for mark, is_one in kinds.items() if is_one(word))


@dataclass(slots=True)
class _Runs:
    """Runs of letters or digits of a text, their offsets, and the numbers of those that have the same marks.

    Kept in three lists, since the collector of garbage looks through every pair that is kept.
    """

    runs: list[str]
    places: list[int]
    alike: dict[int, list[int]]
    whole: int
    """So many stand in their order; those behind are parts of some of them."""

    def add_part(self, run: str, place: int, marks: int) -> None:
        """Add a part of a run."""
        self.alike[marks].append(len(self.runs))
        self.runs.append(run)
        self.places.append(place)

    def of_kind(self, kind: int) -> tuple[Iterator[str], Iterator[int]]:
        """The runs of a kind, and their offsets, in order."""
        numbers = sorted(chain.from_iterable(alike for marks, alike in self.alike.items() if marks & kind))
        run_at, place_of = self.runs.__getitem__, self.places.__getitem__
        if numbers and numbers[-1] >= self.whole:
            numbers.sort(key=place_of)
        return map(run_at, numbers), map(place_of, numbers)


def marked(folded: str, kind: int) -> list[tuple[str, int]]:
    """The tokens or words of a text that are of a kind, each with its offset, in order."""
    return list(zip(*_of_kind(folded, kind), strict=True))


def marked_apart(folded: str, kind: int) -> tuple[list[str], list[int]]:
    """The same, and their offsets in a list of their own, for who asks for most of a text."""
    words, places = _of_kind(folded, kind)
    return list(words), list(places)


def _of_kind(folded: str, kind: int) -> tuple[Iterator[str], Iterator[int]]:
    if _known.not_given != signs_not_given():
        _known.forget()
    runs = _found(folded) if len(folded) < _SHORT else _found_once(folded, _known.version)
    return runs.of_kind(kind)


@lru_cache(maxsize=4)
def _found_once(folded: str, version: int) -> _Runs:
    """All tokens and words. Kept, since several ask for those of one document."""
    return _in_letters(folded) or _cut_once(_blanked(folded), version)


@lru_cache(maxsize=4)
def _cut_once(blanked: str, version: int) -> _Runs:
    """The same by what is cut up: a text with blanks for some of its line breaks has the same words."""
    return _taken_over.pop((blanked, version), None) or _cut(blanked)


_taken_over: dict[tuple[str, int], _Runs] = {}
"""The runs of the one text that is asked for next."""


def take_over(before: str, after: str, spans: Iterable[tuple[int, int]]) -> None:
    """Keep what is known of a folded text for another that differs only in words nobody asks for.

    Args:
        before: the text that has been asked about.
        after: the same with other letters between these offsets; of what stands there nothing is of any kind.
        spans: the offsets, in order.
    """
    _taken_over.clear()
    if len(before) < _SHORT or not before.isascii() or _known.not_given != signs_not_given():
        return
    runs = _cut_once(_blanked(before), _known.version)
    alike = _without(runs, spans)
    if alike is not None:
        _taken_over[_blanked(after), _known.version] = _Runs(runs.runs, runs.places, alike, runs.whole)


def _without(runs: _Runs, spans: Iterable[tuple[int, int]]) -> dict[int, list[int]] | None:
    """The numbers of runs alike but those between some offsets; None where a run stands across one."""
    gone: dict[int, set[int]] = defaultdict(set)
    for start, end in spans:
        number = bisect_left(runs.places, start, 0, runs.whole)
        if number == runs.whole or runs.places[number] != start:
            return None
        while number < runs.whole and runs.places[number] < end:
            run = runs.runs[number]
            if runs.places[number] + len(run) > end or _known[run] & _PARTED:
                return None
            gone[_known[run]].add(number)
            number += 1
    left = {marks: [n for n in runs.alike[marks] if n not in numbers] for marks, numbers in gone.items() if marks}
    return runs.alike | left


def _found(folded: str) -> _Runs:
    """All tokens and words of any kind."""
    return _in_letters(folded) or _cut(_blanked(folded))


def _in_letters(folded: str) -> _Runs | None:
    """The tokens and words of a text with letters beyond ASCII, found letter by letter; None of any other text."""
    if folded.isascii() or not any(map(str.isalnum, set(_BEYOND_ASCII.findall(folded)))):
        return None
    return _with_parts(_Runs([folded], [0], defaultdict(list, {_PARTED: [0]}), 1))


def _blanked(folded: str) -> str:
    """A text with blanks for all that stands in no token and no word."""
    return folded.encode("ascii", "replace").translate(_BLANKED).decode("ascii")


def _cut(blanked: str) -> _Runs:
    """The tokens and words between blanks; to cut there is much faster than to look for patterns."""
    runs = blanked.split(" ")
    places = [0, *accumulate(map(_one_more, map(len, runs[:-1])))]
    found = _Runs(runs, places, defaultdict(list), len(runs))
    for number, marks in enumerate(map(_known.__getitem__, runs)):
        found.alike[marks].append(number)
    return _with_parts(found)


def _with_parts(found: _Runs) -> _Runs:
    """The same with the parts of those runs that are neither a token nor a word."""
    for number in found.alike.pop(_PARTED, []):
        for part, place, marks in _parts(found.runs[number], found.places[number]):
            found.add_part(part, place, marks)
    return found


def _parts(run: str, offset: int) -> Iterator[tuple[str, int, int]]:
    """Tokens and words of a run in which they are not the same, with their marks."""
    for pattern, kinds in ((_TOKEN, _of_tokens), (_WORD, _of_words)):
        for match in pattern.finditer(run):
            marks = _marks_of(match[0], kinds)
            if marks:
                yield match[0], offset + match.start(), marks


NUMBER = kind_of_tokens(str.isdigit)
"""Runs of digits."""
