"""Bodies named in one list: "jest członkiem: Związku Gmin Lubuskich, Euroregionu Tatry oraz Związku Miast Polskich"."""

from __future__ import annotations

from zmpwatch.extract.bodies import Body, BodyKind
from zmpwatch.extract.lazy import lazy
from zmpwatch.extract.sentences import Sentence

__all__ = ["ours_in_list"]

_FARTHEST = 140
"""Names of bodies that are not known as such may stand between two that are."""
_BREAKS = lazy(
    r"(?<!\w)(?:nie|ale|lecz|natomiast|zas|z\s+kolei|jednak|ktor\w+|gdzie|poniewaz|gdyz|bo|dlatego|oprocz|poza|zamiast|podobnie|obok|wystap\w+|przystap\w+|a(?!\s+(?:takze|ponadto|rowniez)))(?!\w)|\.\s|\?"
)
_JOINT = lazy(r"[,;:•)]|(?<!\w)(?:oraz|i|a\s+takze|jak\s+i|and)(?!\w)|\s-\s")
_FINITE = ("belong", "is", "became", "decide", "join_past", "join_present", "leave_past", "leave_present", "admit_verb")


def ours_in_list(sentence: Sentence, first: Body) -> Body | None:
    """The mention of the association in the list of bodies that begins with `first`, none where it is not in it."""
    last = first
    nominative = first.head == "zwiazek" and sentence.slice(first.start, first.end).startswith("zwiazek")
    for body in sentence.bodies:
        if body.start < last.end:
            continue
        gap = sentence.slice(last.end, body.start)
        if len(gap) > _FARTHEST or _BREAKS.search(gap) or not _JOINT.search(gap):
            return None
        if sentence.has(*_FINITE, start=last.end, end=body.start):
            return None
        if body.kind is BodyKind.OURS:
            begun = sentence.slice(body.start, body.end).startswith("zwiazek")
            after_colon = ":" in sentence.slice(sentence.start, first.start)
            return body if begun == nominative or after_colon else None
        last = body
    return None
