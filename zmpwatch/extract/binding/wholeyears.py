"""Years told as the last one or this one: whether a step was taken in them."""

from __future__ import annotations

from zmpwatch.extract.binding.event import Event
from zmpwatch.extract.dates.mention import DateMention
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.model import Stage

__all__ = ["was_done_then"]

_NOT_DONE_THEN = lazy(r"(?<!\w)(?:skladk\w+|budzet\w*|konkurs\w*|kosztowa\w+|zaplac\w+)(?!\w)")


def was_done_then(mention: DateMention, sentence: Sentence, event: Event) -> bool:
    """As in "w ubiegłym roku dołączyły A i B": not what is promised for a year, or a fee or a contest of that year.

    What stands behind a comma from the step is told of something else: ", podobnie jak w zeszłym roku B".
    """
    beside = sentence.slice(max(sentence.start, mention.start - 30), mention.end + 60)
    apart = sentence.slice(min(event.anchor, mention.end), max(event.anchor, mention.start))
    return event.stage is not Stage.PROPOSED and "," not in apart and _NOT_DONE_THEN.search(beside) is None
