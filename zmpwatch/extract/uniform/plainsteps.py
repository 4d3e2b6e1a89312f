"""Steps, memberships and resolutions that the press words in its own way, in the words of papers.

"Rada wymówiła członkostwo", "gminę dokooptowano do Związku" and "członkowski staż" mean what "wypowiedziała",
"przyjęto" and "członkostwo" do, and no reader need know them all. Only where what stands beside leaves no doubt that
it is of a membership, or goes into the association; offsets stay true.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from zmpwatch.extract.uniform.plainacts import plain_acts
from zmpwatch.extract.uniform.plainjoining import plain_joining
from zmpwatch.extract.uniform.plainleaving import plain_leaving
from zmpwatch.extract.uniform.plainmembers import plain_members

__all__ = ["plain_steps"]


def plain_steps(text: str, folded: str) -> Iterator[tuple[int, int, str]]:
    """Edits (start, end, what to read instead) that say steps, memberships and resolutions plainly.

    A capital stays one, since a sentence may begin with it.

    Args:
        text: the text.
        folded: the same, folded.
    """
    told = chain(
        plain_joining(text, folded), plain_leaving(folded), plain_members(text, folded), plain_acts(text, folded)
    )
    for start, end, instead in told:
        yield start, end, instead[:1].upper() + instead[1:] if text[start].isupper() else instead
