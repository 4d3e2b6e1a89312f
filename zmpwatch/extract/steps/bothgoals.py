"""Steps into or out of two bodies at once: "złoży projekt uchwały o wystąpieniu z obu związków naraz"."""

from __future__ import annotations

from zmpwatch.extract.bodies.finding import Body, BodyKind
from zmpwatch.extract.structure.reading import Reading
from zmpwatch.extract.structure.sentences import Sentence, Word
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.model import EventKind

__all__ = ["OF_BOTH", "leads_to_both", "speaks_of_both"]

_BOTH = lazy(
    r"\s+(?:[\w-]+\s+){0,3}?(?P<to>do|ze?)\s+(?:obu|obydwu|obydwoch|obojga)(?!\w)(?:\s+(?:tych|wymienionych|wspomnianych))?"
    r"(?:\s+(?:(?P<unions>zwiazkow)|organizacji|stowarzyszen|zrzeszen|korporacji|gremiow|(?P<other>[a-z]{3,}))(?!\w))?",
    *("=obu", "=obydwu", "=obydwoch", "=obojga"),
)
OF_BOTH = lazy(
    r"(?<!\w)(?:do|ze?)\s+(?:obu|obydwu|obydwoch|obojga)(?!\w)", *("=obu", "=obydwu", "=obydwoch", "=obojga")
)
_GOES_ON = ("naraz", "jednoczesnie", "rownoczesnie", "razem", "jest", "byl", "zostal", "nie", "juz", "oraz", "jeszcze")
"""What may follow "z obu" that is none of the things it means."""
_SPOKEN_OF = 6
_PAIR = 2


def leads_to_both(reading: Reading, sentence: Sentence, word: Word, kind: EventKind) -> bool | None:
    """Whether a step that leads to two things named before leads to the association; None where it leads to no two."""
    both = _BOTH.match(sentence.folded, word.end - sentence.start)
    if both is None or (both["to"] == "do") is (kind is EventKind.WITHDRAWAL):
        return None
    if both["other"] is not None and not both["other"].startswith(_GOES_ON):
        return False  # "z obu spółek"
    return _named_ours(reading, sentence, word.start, unions=both["unions"] is not None)


def speaks_of_both(reading: Reading, sentence: Sentence) -> bool:
    """Whether a sentence takes up two bodies named before, the association and another."""
    return OF_BOTH.search(sentence.folded) is not None and _named_ours(reading, sentence, sentence.end, unions=False)


def _named_ours(reading: Reading, sentence: Sentence, end: int, *, unions: bool) -> bool:
    """Whether the association is one of the two bodies named last before a place; of the two called so, of `unions`."""
    named: list[Body] = []
    for earlier in reading.up_to(sentence, _SPOKEN_OF):
        named += [b for b in earlier.bodies if b.named and b.kind is not BodyKind.GENERIC and b.end <= end]
    if unions:
        named = [b for b in named if b.head == "zwiazek"]
    last: dict[str, BodyKind] = {}
    for body in reversed(named):
        name = "" if body.kind is BodyKind.OURS else reading.clean.folded[body.start : body.end][:-2]
        last.setdefault(name, body.kind)
        if len(last) == _PAIR:
            break
    return len(last) == _PAIR and BodyKind.OURS in last.values()
