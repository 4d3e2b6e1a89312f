"""Returns told behind a withdrawal, without a goal: "w 1991 r. X wystąpiło ze Związku, a w 2001 r. wróciło"."""

from __future__ import annotations

from dataclasses import replace

from zmpwatch.extract.binding.event import Event
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.model import EventKind, Stage

__all__ = ["with_returned"]

_BACK = lazy(
    r"(?:,\s+|\s-\s)(?:(?:a|ale|lecz|i|jednak|by|po\s+czym|potem|nastepnie|pozniej)\s+)?(?:[\w-]+\.?\s+){0,8}?"
    r"(?P<verb>(?:po)?wroci(?:l|la|lo|ly)|ponownie\s+(?:do\s+(?:niego|niej)\s+)?(?:(?:wstapi|przystapi|dolaczy)(?:l|la|lo|ly)|wszedl|wesz(?:la|lo|ly)))(?!\w)"
    r"(?!\s+(?:do|na)\s+(?!niego(?!\w)|niej(?!\w)|zwiazku|zmp|organizacji|stowarzyszenia|grona|koniec|dobre))",
    *("wroci", "ponownie"),
)
_NOT = lazy(r"(?<!\w)(?:nie|nigdy|gdyby|jesli|moze|czy|aby|zeby|by)(?!\w)")


def with_returned(told: list[Event], sentence: Sentence) -> list[Event]:
    """The events of a sentence, and the return that it tells behind the withdrawal of a town.

    Without it the town would count as gone for ever.
    """
    gone = [e for e in told if e.kind is EventKind.WITHDRAWAL and e.stage is Stage.ADMITTED and not e.weak]
    if not gone or any(e.kind is EventKind.ACCESSION for e in told):
        return told
    match = _BACK.search(sentence.folded, max(e.anchor for e in gone) - sentence.start)
    if match is None or _NOT.search(match[0]):
        return told
    first, verb = sentence.start + match.start(), sentence.start + match.start("verb")
    day = next((d.iso for d in sentence.dates if first <= d.start and d.iso is not None), None)
    return [
        *told,
        *(
            replace(
                event,
                kind=EventKind.ACCESSION,
                anchor=verb,
                rule="sentence.returned",
                date=day,
                resolution=None,
                votes=None,
            )
            for event in gone
        ),
    ]
