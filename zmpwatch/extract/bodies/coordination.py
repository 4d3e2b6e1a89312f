"""Bodies named in one list: "jest członkiem: Związku Gmin Lubuskich, Euroregionu Tatry oraz Związku Miast Polskich"."""

from __future__ import annotations

import re

from zmpwatch.extract.bodies.finding import Body, BodyKind
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.uniform.folding import fold_letters
from zmpwatch.extract.words.lazy import lazy

__all__ = ["ours_in_list"]

_FARTHEST = 140
"""Names of bodies that are not known as such may stand between two that are."""
_BREAKS = lazy(
    r"(?<!\w)(?:nie|ale|lecz|natomiast|zas|z\s+kolei|jednak|ktor\w+|gdzie|poniewaz|gdyz|bo|dlatego|oprocz|poza|zamiast|podobnie|obok|wystap\w+|wyszl\w|wyszedl|odeszl\w|odszedl|opuscil\w?|przystap\w+|wstapil\w?|weszl\w|wszedl|dolaczyl\w?|a(?!\s+(?:takze|ponadto|rowniez)))(?!\w)|\.\s|\?"
)
_JOINT = lazy(r"[,;:•)]|(?<!\w)(?:oraz|i|a\s+takze|jak\s+i|and)(?!\w)|\s-\s")
_OF_LISTS = lazy(
    r"(?:do|w|we|z|ze|na|rzecz|nad|od|i|oraz|a|jak|takze|rowniez|tez|ponadto|wreszcie|m|in|dla|nr|r|ul|zl|pn|"
    r"and|the|of|roku|lat|dnia|gmin|miast|powiatow|samorzadow|regionow|imienia|siedziba|stowarzyszenia|"
    r"stowarzyszeniu|fundacji|towarzystwa|organizacji|grupy|spolki|klubu|sieci|zwiazku|dzialania|[a-z]+(?:ego|iej|nej|wej|kiej|zej|lej|ych|ich))"
)
"""Small-letter words that stand between the bodies of a list; other words tell something of the next body."""
_NAMES = lazy(r"[(\"][^()\"]{0,80}[)\"]|(?<!\w)[A-ZŁŚŻŹĆÓĄĘŃ][\w-]*|[\d.,]+")
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
        if sentence.has(*_FINITE, start=last.end, end=body.start) or not _goes_on(sentence, last.end, body.start):
            return None
        if body.kind is BodyKind.OURS:
            begun = sentence.slice(body.start, body.end).startswith("zwiazek")
            after_colon = ":" in sentence.slice(sentence.start, first.start)
            return body if begun == nominative or after_colon else None
        last = body
    return None


def _goes_on(sentence: Sentence, start: int, end: int) -> bool:
    """Whether between two bodies stand only names and what joins them: not "…, o czym pisze biuletyn Związku"."""
    words = _NAMES.sub(" ", sentence.text[start - sentence.start : end - sentence.start])
    return all(_OF_LISTS.fullmatch(word) for word in re.findall(r"[a-z]+", fold_letters(words)))
