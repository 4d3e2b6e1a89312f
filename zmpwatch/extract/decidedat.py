"""Towns named as the places of decisions: "uchwały podjęto w A (29 stycznia), B (5 lutego) i C"."""

from __future__ import annotations

from zmpwatch.extract.lazy import lazy
from zmpwatch.extract.sentences import Sentence
from zmpwatch.extract.towns import Role, Town

__all__ = ["where_decided"]

_DECIDED = (
    r"(?:podje(?:to|ta|te|ly)|zapadl[ayo]|uchwalon[aoey]|przyjeto|przyjet[aey]|przeglosowan[aoey]|zdecydowano|zadecydowano|postanowiono"
    r"|(?:za)?glosowano|poparto|odrzucono|rozstrzygnieto)"
)
_DECIDED_IN = lazy(rf"(?<!\w){_DECIDED}\s+(?:[\w-]+\s+){{0,3}}?(?:takze\s+|rowniez\s+|juz\s+)?we?\s+$")
_IN = lazy(r"(?<!\w)we?\s+$")
_THEN_DECIDED = lazy(rf"(?:\s*\([^()]{{0,60}}\))?\s+(?:[\w.-]+\s+){{0,4}}?{_DECIDED}(?!\w)")
_NEXT = lazy(r"(?:\s*\([^()]{0,60}\))?\s*(?:,|i|oraz|,?\s*a\s+takze)\s*(?:we?\s+)?")


def where_decided(sentence: Sentence) -> list[Town]:
    """The places where something was decided; none where the board decides, or the sentence names none."""
    if not sentence.has("decide", "admit_verb", "refuse") or sentence.has("board"):
        return []
    for number, town in enumerate(sentence.towns):
        lead = sentence.slice(sentence.start, town.start)
        if town.role != Role.PLACE or _IN.search(lead) is None:
            continue
        listed = [town]
        for other in sentence.towns[number + 1 :]:
            if _NEXT.fullmatch(sentence.slice(listed[-1].end, other.start)) is None:
                break
            listed.append(other)
        if _DECIDED_IN.search(lead) or _THEN_DECIDED.match(sentence.slice(listed[-1].end, sentence.end)):
            return listed
    return []
