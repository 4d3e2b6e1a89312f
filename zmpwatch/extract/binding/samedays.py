"""Steps told to have been taken together with the one before, on its day or in its year."""

from __future__ import annotations

from zmpwatch.extract.binding.event import Event
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.model import Stage

__all__ = ["take_day_before"]

_TOGETHER = lazy(
    r"(?<!\w)(?:razem|wraz|wspolnie|jednoczesnie|rownoczesnie)\s+z(?:e)?\s+(?:nami|nia|nim|nimi|naszym?\w*)(?!\w)|(?<!\w)(?:obok\s+nas|tego\s+samego\s+dnia|przy\s+tej\s+samej\s+okazji|(?:w|na|podczas)\s+(?:tym\s+samym|tego\s+samego|tych\s+samych)\s+(?:glosowani|posiedzeni|obrad)\w*)(?!\w)",
    *(
        "=samym",
        "=samych",
        "=jednoczesnie",
        "=obok",
        "=okazji",
        "=razem",
        "=rownoczesnie",
        "=samego",
        "=wraz",
        "=wspolnie",
    ),
)
_AT_THAT_TIME = lazy(
    r"(?<!\w)(?:w\s+tym\s+samym\s+(?:czasie|roku|miesiacu|okresie)|tego\s+samego\s+(?:roku|miesiaca)|(?:wtedy|wowczas)\s+(?:tez|takze|rowniez|wlasnie)|rownoczesnie|jednoczesnie)(?!\w)",
    *("=samym", "=samego", "=wtedy", "=wowczas", "=rownoczesnie", "=jednoczesnie"),
)
"""Of another town's step than the one just told, but of the same year or day."""
_THEN = lazy(r"(?<!\w)(?:wtedy|wowczas)(?!\w)", "=wtedy", "=wowczas")
_YEAR = 4
"""How much of a day is its year: when a council decided "wtedy" is told no closer."""
_NEXT = 4
"""How far from the sentence before one begins."""


def take_day_before(sentence: Sentence, told: list[Event], found: list[Event]) -> None:
    """As in "Razem z nami legitymację uzyskały A i B": the day is that of the admission told before."""
    before = next((e for e in reversed(found) if e.stage is Stage.ADMITTED and e.date is not None), None)
    if before is None:
        return
    if _THEN.search(sentence.folded) is not None and 0 <= sentence.start - before.end < _NEXT:
        for event in told:
            decided = event.stage in (Stage.RESOLVED, Stage.REJECTED) and event.date is None
            if decided and event.kind is before.kind and event.actor == before.actor:
                event.date = (before.date or "")[:_YEAR]
    if _AT_THAT_TIME.search(sentence.folded) is not None and 0 <= sentence.start - before.end < _NEXT:
        for event in told:
            if event.stage is Stage.ADMITTED and event.date is None:
                event.date = before.date
    if _TOGETHER.search(sentence.folded) is None:
        return
    for event in told:
        if event.stage is Stage.ADMITTED and event.kind is before.kind and event.date is None:
            event.date = before.date
