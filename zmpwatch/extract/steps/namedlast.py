"""Goals that a sentence names last: "wrócić tam, skąd samo wyszło, czyli do Związku Miast Polskich"."""

from __future__ import annotations

from zmpwatch.extract.bodies.body import Body
from zmpwatch.extract.structure.sentences import Sentence, Word
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.model import EventKind

__all__ = ["in_the_clause_before", "named_last"]

_THERE = lazy(
    r"(?<!\w)tam,?\s+(?P<where>gdzie|skad|dokad)\s(?P<told>[^;:]{2,100}?)(?:,\s+(?:czyli|to\s+jest|to\s+znaczy|tj\.|a\s+wiec|mianowicie)|\s-|:)\s+"
    r"(?:(?:znow|ponownie)\s+)?(?:do|we?)\s+(?:(?:grona|szeregow|rodziny|gronie|szeregach)\s+(?:czlonkow\s+|miast\s+)?)?\"?",
    "=tam",
)
_LEADS_THERE = lazy(r"\s+(?:[\w-]+\s+){0,3}")


def named_last(sentence: Sentence, word: Word, kind: EventKind) -> Body | None:
    """The body that "tam" in front of a relative clause means, where that is a step's goal, or what was left there."""
    for there in _THERE.finditer(sentence.folded):
        end = sentence.start + there.end()
        body = next((b for b in sentence.bodies if b.start == end), None)
        if body is None:
            continue
        start, told, told_end = (sentence.start + at for at in (there.start(), *there.span("told")))
        if kind is EventKind.WITHDRAWAL:
            meant = there["where"] == "skad" and told <= word.start < told_end
        else:
            meant = word.end < start and _LEADS_THERE.fullmatch(sentence.slice(word.end, start)) is not None
        if meant:
            return body
    return None


_WHENCE = lazy(r"(?<!\w)tam,?\s+(?:gdzie|skad|dokad)\s(?P<told>[^;:]{2,100}?)(?:,|\s-|:)\s", "=tam")


def in_the_clause_before(sentence: Sentence, place: int) -> bool:
    """Whether a place stands in a clause that "tam" opens: what is told there happened before, and to nobody else."""
    return any(
        sentence.start + there.start("told") <= place < sentence.start + there.end("told")
        for there in _WHENCE.finditer(sentence.folded)
    )
