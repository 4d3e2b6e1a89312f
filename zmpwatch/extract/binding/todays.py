"""What "dziś" tells: the day of what was done, or only the present."""

from __future__ import annotations

import re

from zmpwatch.extract.binding.event import Event
from zmpwatch.extract.dates.resolving import DateMention
from zmpwatch.extract.structure.clause import Clause, clause_at
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.model import Stage

__all__ = ["done_today"]

_LED_BY_NEWS = lazy(
    r"\W*(?:dzis|dzisiaj)\s+(?:o\s+\d\d?[:.]\d\d\s+|rano\s+|w\s+poludnie\s+)?(?:(?:zadzwonil|zadzwieczal|rozdzwonil\s+sie)\s+telefon|stalo\s+sie(?:\s+to)?(?:\s+faktem)?)\s?:\s*",
    "dzis",
)
"""As in "Dziś zadzwonił telefon: Zarząd przyjął X": what was told at once; a letter tells what was done before."""
_IN_RELATIVE = lazy(r",\s+(?:(?:do|z|ze|w|we|na|od|przez)\s+)?ktor\w{1,3}\s[^,;]*$", "ktor")
_DECIDED = (Stage.RESOLVED, Stage.REJECTED)


def done_today(mention: DateMention, sentence: Sentence, event: Event) -> bool:
    """Whether "dziś" is the day of what is told, not the present: "Dziś Zarząd przyjął …" in the event's clause."""
    clause = clause_at(sentence, event.anchor)
    if _in_an_aside(mention, sentence, event.anchor):
        return False
    if event.stage in _DECIDED and sentence.has("board") and not sentence.has("council"):
        return False  # "Zarząd rozpatrzył dziś uchwały trzech miast": the councils' were before
    led = _LED_BY_NEWS.match(sentence.folded)
    if led is not None and sentence.start + led.end() == clause.start:
        clause = Clause(sentence.start, clause.end)
    if event.stage in _DECIDED and not clause.start <= mention.start < clause.end:
        clause = clause_at(sentence, mention.start)  # "X przystępuje do Związku - rada podjęła dziś uchwałę"
    if event.stage is Stage.ADMITTED and re.search(r"(?<!\w)od\s+$", sentence.slice(clause.start, mention.start)):
        return clause.start <= mention.start < clause.end and mention.day is not None
    return (
        event.stage in (Stage.ADMITTED, Stage.RESOLVED, Stage.REJECTED)
        and clause.start <= mention.start < clause.end
        and mention.day is not None
        and sentence.has(
            "decide",
            "admit_verb",
            "join_past",
            "leave_past",
            "refuse",
            "became",
            start=clause.start,
            end=clause.end,
        )
        and not re.search(r"(?<!\w)(?:do|po|na|od)\s+$", sentence.slice(sentence.start, mention.start))
        and not sentence.has("is", "belong", "decide_later", start=clause.start, end=clause.end)
    )


def _in_an_aside(mention: DateMention, sentence: Sentence, anchor: int) -> bool:
    """As in "z organizacji, która skupia dziś 370 miast, X wystąpiła": said of the body in a clause that has ended."""
    if not _IN_RELATIVE.search(sentence.slice(sentence.start, mention.start)):
        return False
    return "," in sentence.slice(mention.end, anchor)
