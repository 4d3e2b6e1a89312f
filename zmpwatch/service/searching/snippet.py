"""The piece of a text that shows why it was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from zmpwatch.service.searching.words import fold_word, lemmas_of, spans
from zmpwatch.store.searching import Term

__all__ = ["snippet"]

WIDTH = 240
_MOST_PLACES = 50
"""Of one term: enough to choose the window by."""

Place = tuple[int, int, int]
"""Which term, and where it begins and ends."""


def snippet(text: str, terms: Sequence[Term], *, width: int = WIDTH) -> tuple[str, list[tuple[int, int]]]:
    """Return the window of `text` that shows the most of the terms, on one line, and where they stand in it."""
    shown = [term for term in terms if not term.excluded]
    begin, end = _window(text, _places(text, shown), width)
    line, marks = "", []
    at = begin
    for first, last in ((begin + first, begin + last) for _, first, last in _places(text[begin:end], shown)):
        if first < at:
            continue
        line += _one_line(text[at:first], line)
        start = len(line)
        line += _one_line(text[first:last], line)
        marks.append((start, len(line)))
        at = last
    line = (line + _one_line(text[at:end], line)).rstrip()
    if begin > 0:
        line, marks = f"… {line}", [(first + 2, last + 2) for first, last in marks]
    return line + (" …" if end < len(text.rstrip()) else ""), marks


def _one_line(text: str, before: str) -> str:
    """`text` with single blanks, and none at its beginning where `before` ends in one."""
    flat = " ".join(text.split())
    head = " " if text[:1].isspace() and before and not before.endswith(" ") else ""
    tail = " " if text[-1:].isspace() and flat else ""
    return head + flat + tail


def _places(text: str, terms: Sequence[Term]) -> list[Place]:
    """Where the terms stand, by place; no more than are needed to choose by."""
    words = [(fold_word(word), word, start, end) for word, start, end in spans(text)]
    words = [word for word in words if word[0]]
    phrases = [(number, term.words.split()) for number, term in enumerate(terms) if " " in term.words]
    single = [(number, term) for number, term in enumerate(terms) if " " not in term.words]
    # a form begins like its base form but for a handful of words; asking the dictionary for all would take long
    initials = {lemma[0] for _, term in single for lemma in term.lemmas}
    places: list[Place] = []
    often: Counter[int] = Counter()
    for index, (folded, word, start, end) in enumerate(words):
        for number, phrase in phrases:
            if folded == phrase[0] and [one[0] for one in words[index : index + len(phrase)]] == phrase:
                places.append((number, start, words[index + len(phrase) - 1][3]))
                often[number] += 1
        for number, term in single:
            same = folded.startswith(term.words) if term.prefix else folded == term.words
            if same or (term.lemmas and folded[0] in initials and not lemmas_of(word).isdisjoint(term.lemmas)):
                places.append((number, start, end))
                often[number] += 1
        phrases = [one for one in phrases if often[one[0]] < _MOST_PLACES]
        single = [one for one in single if often[one[0]] < _MOST_PLACES]
    return sorted(places, key=lambda place: (place[1], -place[2]))


def _window(text: str, places: Sequence[Place], width: int) -> tuple[int, int]:
    """Begin and end of the window: the earliest of those with the most different terms, then the most places."""
    best, begin = (0, 0), 0
    for index, (_, start, _) in enumerate(places):
        inside = [place for place in places[index:] if place[2] <= start + width * 3 // 4]
        worth = (len({place[0] for place in inside}), len(inside))
        if worth > best:
            best, begin = worth, start
    begin = _at_blank(text, max(0, begin - width // 4))
    end = min(len(text), begin + width)
    if end < len(text):
        blank = text.rfind(" ", begin + width // 2, end)
        end = blank if blank > 0 else end
        end = max([end, *(last for _, first, last in places if first < end)])
    return begin, end


def _at_blank(text: str, begin: int) -> int:
    """The beginning of a word at or soon behind `begin`."""
    if begin == 0:
        return 0
    for place in range(begin, min(len(text), begin + 30)):
        if text[place - 1].isspace():
            return place
    return begin
