"""What a council's resolution did, told in a relative clause: "uchwała, którą X przystąpiła do Związku"."""

from __future__ import annotations

from zmpwatch.extract.binding.event import Event
from zmpwatch.extract.structure.clause import clause_at
from zmpwatch.extract.structure.reading import Reading
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.words.lazy import lazy

__all__ = ["act_it_hangs_on", "hangs_on_no_act", "take_from_its_act"]

_BY_WHICH = lazy(
    r"(?<!\w)uchwal(?:[aey]|om|ami)?(?!\w)(?!\s+(?:zarzadu|zgromadzenia|sejmu))(?P<of>[^;,]{0,90}(?:,\s+podjet\w+[^;,]{3,60})?),\s+(?:ktora|(?:na\s+)?moc[ay]\s+ktorej|na\s+podstawie\s+ktorej|dzieki\s+ktorej)\s+[^,;]{0,80}$",
    "uchwal",
)
_A_YEAR = len("1993")
_IS_MISSING = lazy(
    r"(?<!\w)(?:nie\s+(?:ma|bylo|istnieje|istniala|zapadl[ao]|podje\w+|odnalezion\w+|znaleziono|znalazl\w*|uchwal\w+)|brak\w*|zabrakl\w*)(?!\w)\s+(?:[\w-]+\s+){0,3}$",
    "=nie",
    "brak",
)
_ON_WHOSE_GROUND = lazy(r",\s+(?:(?:na\s+)?moc[ay]|na\s+podstawie|dzieki)\s+ktorej\s", "=ktorej")


def hangs_on_no_act(sentence: Sentence, position: int) -> bool:
    """As in "nie ma uchwały, na mocy której X przystąpiła do Związku": what no resolution did is not done."""
    match = _BY_WHICH.search(sentence.slice(sentence.start, position))
    return match is not None and _IS_MISSING.search(sentence.folded[: match.start()]) is not None


def act_it_hangs_on(sentence: Sentence, position: int) -> tuple[int, int] | None:
    """Where the sentence tells the resolution by which what stands at a place was done.

    A year alone beside the step is the town's, not its council's: "uchwała, na podstawie której X przystąpiła w 1993".
    """
    match = _BY_WHICH.search(sentence.slice(sentence.start, position))
    if match is not None and _ON_WHOSE_GROUND.search(match[0]):
        clause = clause_at(sentence, position)
        told = [d for d in sentence.dates if d.iso is not None]
        if told and all(clause.start <= d.start < clause.end and len(d.iso or "") == _A_YEAR for d in told):
            return None
    return (sentence.start + match.start(), sentence.start + match.end("of")) if match is not None else None


def take_from_its_act(reading: Reading, sentence: Sentence, event: Event) -> None:
    """Give a step its resolution's own day and number, and no other day of the sentence."""
    act = act_it_hangs_on(sentence, event.anchor)
    if act is None:
        return
    start, end = act
    days = [d for d in sentence.dates if start <= d.start < end and d.iso is not None]
    numbers = [a for a in reading.acts if start <= a.start < end]
    clause = clause_at(sentence, event.anchor)
    if days or not all(clause.start <= d.start < clause.end for d in sentence.dates):
        event.date = days[0].iso if len(days) == 1 else None
    event.resolution = numbers[0].number if len(numbers) == 1 else event.resolution
