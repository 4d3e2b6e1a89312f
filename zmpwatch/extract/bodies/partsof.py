"""What belongs to the association on pages in English: "the Association of Polish Cities contest"."""

from __future__ import annotations

from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.words.lazy import lazy

__all__ = ["of_its_part"]

_PART = (
    r"(?:projects?|program(?:me)?s?|contests?|competitions?|rankings?|networks?|committees?|boards?|building|office"
    r"|headquarters|commission|council|campaigns?|conference|congress|team|league|championships?|tournament|delegation"
    r"|working\s+group|awards?|pilot|initiative|partnership|survey|database|hall|jury)"
)
_BEHIND = lazy(rf"\"?(?:\W?s?)?\s+(?:(?!in\s|on\s|and\s|for\s|after\s|as\s)[\w-]+\s+){{0,2}}?{_PART}(?!\w)")
_BEFORE = lazy(rf"(?<!\w){_PART}\s+(?:of|by|run\s+by)\s+(?:the\s+)?\"?$")


def of_its_part(sentence: Sentence) -> bool:
    """Whether what a sentence names is something of the association's, and not itself."""
    return any(
        _BEHIND.match(sentence.slice(body.end, min(sentence.end, body.end + 60)))
        or _BEFORE.search(sentence.slice(max(sentence.start, body.start - 60), body.start))
        for body in sentence.bodies
        if body.kind is BodyKind.OURS
    )
