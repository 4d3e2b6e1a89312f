"""A word for accepting, and what its sentence tells of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from zmpwatch.extract.bodies.finding import Body, BodyKind
from zmpwatch.extract.steps.boards import of_another_board
from zmpwatch.extract.structure.clause import Clause
from zmpwatch.extract.structure.sentences import Sentence, Word
from zmpwatch.extract.words.lazy import lazy

__all__ = ["CAME_ABOUT", "WAS_DONE", "Acceptance", "hangs_on_who_accepts", "it_did"]

CAME_ABOUT = lazy(
    r"(?<!\w)decyzj[ae]\s+(?:\w+\s+){0,2}?o\s+przyjeciu\s[^.;]{0,110}?(?:zapadl[ay]|podjeto|podja?l\w*)(?!\w)|(?<!\w)(?:podjeto|podjal|zapadla)\s+(?:\w+\s+)?decyzj[ae]\s+o\s+przyjeciu(?!\w)|"
    r"(?<!\w)(?:nastapilo|mialo\s+miejsce|stalo\s+sie\s+faktem|odbylo\s+sie|dokonalo\s+sie|took\s+place)(?!\w)"
    r"|(?<!\w)przyjecia\s[^.;]{0,110}?(?<!\w)dokona(?:l|la|lo|li|no)(?!\w)|(?<!\w)dokona(?:l|la|lo|li|no)\s+(?:\w+\s+){0,3}?przyjecia(?!\w)"
    r"|(?<!\w)przyjecia\s[^.;]{0,80}?(?<!\w)doczeka(?:l|la|lo|li|ly)\s+sie(?!\w)|(?<!\w)doczeka(?:l|la|lo|li|ly)\s+sie\s+(?:\w+\s+){0,2}?przyjecia(?!\w)",
    *("=dokonalo", "=faktem", "=miejsce", "=nastapilo", "=odbylo", "=place", "=przyjeciu", "=przyjecia"),
)
WAS_DONE = lazy(
    r"(?<!\w)(?:pism\w+\s+o|akt(?!\w)|informac\w+\s+o|potwierdz\w+|odebra\w+|otrzyma\w+|uchwal\w+|zatwierdz\w+|podje\w+|podjal|nastapil\w*|odbylo\s+sie|mialo\s+miejsce)"
)
_IT_DID = lazy(
    r"\W*(?:(?:\w+nie|tez|takze|ponadto)\s+)?(?:zgodzil\s+sie|postanowil|zdecydowal|zadecydowal|wyrazil\s+zgode|zatwierdzil|zaakceptowal|przyjal)(?!\w)"
)
"""As in "Zebrał się Zarząd. Zgodził się na przyjęcie …": who does it was named just before."""


def it_did(sentence: Sentence, before: Sentence) -> bool:
    """Whether a sentence goes on with what the association's board, named in the one before it, did."""
    told = _IT_DID.match(sentence.folded) is not None
    return told and not before.has("council") and not of_another_board(before)


_HUNG = lazy(
    r",\s+(?:(?:z|ze|w|we|do|od|dla|na|o|u)\s+)?ktor\w+\s+(?!zwiazek|zmp|zarzad)(?:[\w-]+\s+){0,4}?\"?$", "ktor"
)


def hangs_on_who_accepts(sentence: Sentence, body: Body, word: Word) -> bool:
    """As in "Konwent, którego partnerem jest Związek, przyjął A": the body stands in a clause on who accepts."""
    if body.end > word.start or "," not in sentence.slice(body.end, word.start):
        return False
    lead = sentence.slice(sentence.start, body.start)
    hung = _HUNG.search(lead)
    if hung is None:
        return False
    head = sentence.start + hung.start()
    return not any(b.end == head and b.kind is BodyKind.OURS for b in sentence.bodies)


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A word for accepting, and what its sentence tells of it."""

    sentence: Sentence
    word: Word
    clause: Clause
    noun: bool
    """It is a word like "przyjęcie"."""
    circle: re.Match[str] | None
    """What tells that one becomes a member by it: "w poczet członków"."""
    board: Word | None
    came_about: bool
    """It is told that the noun's admission was: "nastąpiło przyjęcie"."""
    by_us: bool
    """The association itself says that it took somebody in."""
