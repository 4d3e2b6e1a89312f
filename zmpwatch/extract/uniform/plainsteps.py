"""Steps, memberships, resolutions and counts that the press words in its own way, in the words of papers.

"Rada wymówiła członkostwo", "gminę dokooptowano do Związku" and "członkowski staż" mean what "wypowiedziała",
"przyjęto" and "członkostwo" do, and no reader need know them all. Only where what stands beside leaves no doubt that
it is of a membership, or goes into the association; offsets stay true.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from zmpwatch.extract.uniform.plainacts import plain_acts
from zmpwatch.extract.uniform.plaincounts import plain_counts
from zmpwatch.extract.uniform.plainjoining import plain_joining
from zmpwatch.extract.uniform.plainleaving import plain_leaving
from zmpwatch.extract.uniform.plainmembers import plain_members
from zmpwatch.extract.uniform.wordings import word_beginnings
from zmpwatch.extract.words.lazy import lazy

__all__ = ["plain_steps"]

_NAMED = lazy(r"zwiaz[ek]|zmp", "zwiaz", "zmp")
_AROUND = 300
"""How far from a mention of the association something may be worded otherwise, up to the ends of lines."""


def plain_steps(text: str, folded: str) -> Iterator[tuple[int, int, str]]:
    """Edits (start, end, what to read instead) that say steps, memberships, resolutions and counts plainly.

    A capital stays one, since a sentence may begin with it.

    Args:
        text: the text.
        folded: the same, folded.
    """
    for low, high in _near(folded):
        piece, plain = text[low:high], folded[low:high]
        begun = word_beginnings(plain)
        told = chain(
            plain_joining(piece, plain, begun),
            plain_leaving(plain, begun),
            plain_members(piece, plain, begun),
            plain_acts(piece, plain, begun),
            plain_counts(plain, begun),
        )
        for start, end, instead in told:
            capital = piece[start : start + 1].isupper()
            yield low + start, low + end, instead[:1].upper() + instead[1:] if capital else instead


def _near(folded: str) -> Iterator[tuple[int, int]]:
    """The lines around mentions of the association, those that touch joined."""
    low = high = 0
    for match in _NAMED.finditer(folded):
        start = folded.rfind("\n", 0, max(0, match.start() - _AROUND)) + 1
        end = folded.find("\n", match.end() + _AROUND)
        end = end if end >= 0 else len(folded)
        if start > high:
            if high > low:
                yield low, high
            low = start
        high = max(high, end)
    if high > low:
        yield low, high
