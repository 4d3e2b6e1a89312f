"""Who did the same, named behind the whole of what was done: "A przystąpiła do Związku, podobnie jak B i C"."""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile

from zmpwatch.extract.binding.event import Event
from zmpwatch.extract.discourse.topic import Discourse
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.towns.finding import Role, Town
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.signs import signs_of
from zmpwatch.model import Stage

__all__ = ["ALIKE", "with_alike"]

_ALIKE = lazy(
    r"(?:,?\s|^\W*)(?:podobnie|tak\s+samo|tak)\s+jak\s+(?P<before>(?:(?:wczesniej|dawniej|niegdys|przedtem|juz|(?:rok|dwa\s+lata|trzy\s+lata|kilka\s+lat)\s+(?:temu|wczesniej)|w\s+(?:ubieglym|zeszlym)\s+roku|w\s+\d{4}\s+(?:r\.|roku))\s+)*)"
    r"(?:(?:sasiedni|pobliski)\w{1,3}\s+|miast[oa]\s+|gmin[ay]\s+)?",
    *("podobnie", "=tak"),
)
_ENDS = lazy(r"\s*(?:[.;)!]|,\s|\s-\s|$|(?:juz\s+)?(?:rok|dwa\s+lata|trzy\s+lata)\s+(?:temu|wczesniej)|w\s+\d{4})")
_ENDS_FRONT = lazy(r"\s*,\s")
_THEN = lazy(r"\s*(?:rok|dwa\s+lata|trzy\s+lata|w\s+\d{4})")
ALIKE = signs_of(_ALIKE)


def _behind_comma(sentence: Sentence, town: Town) -> bool:
    return sentence.slice(sentence.start, town.start).endswith(", ")


def with_alike(told: list[Event], sentence: Sentence, discourse: Discourse) -> list[Event]:
    """The events of a sentence, and the same of the towns that did likewise; what they did before has no day."""
    match = _ALIKE.search(sentence.folded) if told and sentence.signs & ALIKE else None
    if match is None:
        return told
    place, front = sentence.start + match.end(), not sentence.folded[: match.start()].strip('" -')
    first = next((t for t in sentence.towns if t.start == place and t.role == Role.PLAIN and t.nominative), None)
    spoken_of = told if front else [e for e in told if e.anchor < sentence.start + match.start()]
    if first is None or not spoken_of:
        return told
    known = {e.actor.name for e in told}
    row = discourse.rows.tail(sentence, [first])
    if front:  # "Tak jak B, A jest członkiem" is no row of B and A
        row = list(takewhile(lambda t: t.name not in known or not _behind_comma(sentence, t), row))
    if not row:
        return told
    behind = sentence.slice(row[-1].end, sentence.end)
    if (_ENDS_FRONT if front else _ENDS).match(behind) is None:
        return told
    done = max(spoken_of, key=lambda e: e.anchor)
    if done.stage is Stage.PROPOSED and (match["before"] or _THEN.match(behind)):
        return told  # "chce przystąpić, tak jak B w 2019 roku": what B wants is not told
    day = None if match["before"] else done.date
    others = [actor for actor in discourse.actors(row) if actor.name not in known]
    return [
        *told,
        *(replace(done, actor=a, anchor=first.start, date=day, resolution=None, votes=None) for a in others),
    ]
