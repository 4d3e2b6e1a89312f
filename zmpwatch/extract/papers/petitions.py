"""What a council's resolution makes of a petition, or of a motion, for joining or leaving."""

from __future__ import annotations

from zmpwatch.extract.words.lazy import lazy
from zmpwatch.model import Stage, Votes

__all__ = ["answered", "of_the_motion"]

_ON_PETITION = lazy(
    r"(?<!\w)(?:rozpatrzeni|zalatwieni|rozstrzygnieci|uznani|uwzglednieni)\w+\s+(?:[\w-]+\s+){0,3}?(?:petycj|wnios|postulat|zadani)\w*"
)
"""The title of such a resolution: "w sprawie rozpatrzenia petycji dotyczącej przystąpienia do Związku"."""
_TURNED_DOWN = lazy(
    r"(?<!\w)(?:nie\s+(?:uwzglednia|zasluguje|przychyla)(?!\w)|(?:nie\s*)zaslugujac\w+\s+na\s+uwzglednienie|(?:bez|nie)zasadn\w+|oddala(?!\w)|odrzuca(?!\w)|odmawia(?!\w))"
)
_UPHELD = lazy(r"(?<!\w)(?:uwzgledni\w+|(?:za\s+)?zasadn\w+|przychyla\s+sie|zaslugujac\w+\s+na\s+uwzglednienie)(?!\w)")


def answered(title: str, paragraphs: str) -> Stage | None:
    """Whether a council refuses what it was asked for, or agrees that it be proposed; None for other resolutions.

    Args:
        title: the folded title, from "w sprawie" on.
        paragraphs: what is ordained below it, folded.
    """
    if _ON_PETITION.search(title) is None:
        return None
    whole = f"{title} {paragraphs}"
    if _TURNED_DOWN.search(whole) is not None:
        return Stage.REJECTED
    return Stage.PROPOSED if _UPHELD.search(whole) is not None else None


def of_the_motion(votes: Votes | None) -> Votes | None:
    """The ballot below a refusal, where it was on the motion: more were against than for what was then adopted."""
    lost = votes is not None and votes.in_favour is not None and votes.in_favour <= (votes.against or 0)
    return votes if lost else None
