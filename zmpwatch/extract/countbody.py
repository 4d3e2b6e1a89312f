"""Whose members a number counts."""

from __future__ import annotations

import re

from zmpwatch.extract.bodies import BodyKind
from zmpwatch.extract.numerals import Number
from zmpwatch.extract.reading import Reading
from zmpwatch.extract.sentences import Sentence

__all__ = ["about_ours", "clause"]


def about_ours(reading: Reading, sentence: Sentence, number: Number, *, weak: bool = True) -> bool:
    """Whether the body that a number belongs to is the association.

    The nearest mention in the number's own clause decides, then the nearest in the sentence, then what the sentence
    before was about.
    """
    mentions = [b for b in sentence.bodies if b.kind is not BodyKind.GENERIC]
    if mentions:
        left, right = clause(sentence, number.start)
        inside = [b for b in mentions if left <= b.start < right]
        if not inside:
            inside = [b for b in mentions if b.end <= number.start][-1:]
        if not inside:
            earlier = _named_before(reading, sentence)
            if earlier is not None:
                return earlier is BodyKind.OURS
            inside = mentions
        nearest = min(
            inside, key=lambda b: b.start - number.end if b.start >= number.end else (number.start - b.end) * 0.6
        )
        return nearest.kind is BodyKind.OURS
    unresolved = [b for b in sentence.bodies if b.kind is BodyKind.GENERIC]
    if unresolved:
        return False
    before = _named_before(reading, sentence)
    if before is not None:
        return before is BodyKind.OURS
    if not weak and not reading.ours_by_address:
        return False
    return reading.ours_by_address or (
        reading.paper.value in ("resolution", "draft") and bool(reading.bodies) and _main_is_ours(reading)
    )


def _named_before(reading: Reading, sentence: Sentence) -> BodyKind | None:
    """The body that the three sentences before speak of last."""
    for earlier in reversed(reading.sentences[max(0, sentence.number - 3) : sentence.number]):
        named = [b for b in earlier.bodies if b.kind is not BodyKind.GENERIC]
        if named:
            return named[-1].kind
    return None


def _main_is_ours(reading: Reading) -> bool:
    own = sum(b.kind is BodyKind.OURS for b in reading.bodies)
    others = sum(b.kind is BodyKind.OTHER for b in reading.bodies)
    return own > others


def clause(sentence: Sentence, position: int) -> tuple[int, int]:
    """The run between semicolons, dashes, brackets and commas with a relative or contrary word."""
    left, right = sentence.start, sentence.end
    for match in re.finditer(r"[;()]|\s-\s|,\s+(?:a|ale|lecz|natomiast|zas|choc)\s", sentence.folded):
        if sentence.start + match.end() <= position:
            left = sentence.start + match.end()
        elif sentence.start + match.start() >= position:
            right = sentence.start + match.start()
            break
    return left, right
