"""Numbers told first, and whose they are behind: "391! Tyle miast tworzy od dzisiaj ZMP"."""

from __future__ import annotations

import re

from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.structure.reading import Reading
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.words.lazy import lazy

__all__ = ["so_many"]

_THAT_MANY = lazy(
    r"(?:\s+\w+){0,12}\s*[-,:]\s?(?:(?:bo|gdyz|poniewaz|wlasnie|dokladnie)\s+){0,2}(?:tyle|tylu)\s+(?:\w+\s+){0,2}?(?:(?:miast|samorzadow|czlonkow|gmin)\s+)?(?:[\w-]+\s+){0,4}?(?:nalez\w+|liczy\w*|skupia\w*|zrzesza\w*|tworzy|ma|mial[ao]?|jest)(?!\w)"
)


_SO_MANY_OF_THEM = lazy(
    r"\W*(?:wlasnie\s+)?(?:tyle|tylu)\s+ich\s+(?:\w+\s+){0,2}(?:w|do)\s+\"?(?:zwiazk|zmp|organizac|stowarzysz)\w*"
)
"""As in "353 miasta nie mogą się mylić – mówi burmistrz. – Tyle ich dzisiaj w Związku jest"."""


def so_many(reading: Reading, sentence: Sentence, after: str, *, counted: bool) -> bool:
    """As in "391! Tyle miast tworzy od dzisiaj ZMP"; `counted` says that towns or members stand behind the number."""
    if _THAT_MANY.match(after):
        return any(b.kind is BodyKind.OURS for b in sentence.bodies)
    following = reading.sentences[sentence.number + 1 : sentence.number + 2]
    if re.match(r"\W*$", after) is None:
        of_them = counted and following and _SO_MANY_OF_THEM.match(following[0].folded)
        return bool(of_them) and any(b.kind is BodyKind.OURS for b in following[0].bodies)
    return bool(
        following
        and re.match(
            r"\W*(?:wlasnie\s+)?(?:tyle|tylu)\s+(?:\w+\s+)?(?:miast|samorzadow|czlonkow|gmin)(?!\w)",
            following[0].folded,
        )
        and any(b.kind is BodyKind.OURS for b in following[0].bodies)
        and not any(b.kind is BodyKind.OTHER for b in following[0].bodies)
    )
