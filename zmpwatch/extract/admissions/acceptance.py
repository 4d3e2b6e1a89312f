"""A word for accepting, and what its sentence tells of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from zmpwatch.extract.bodies.finding import Body, BodyKind
from zmpwatch.extract.steps.boards import of_another_board
from zmpwatch.extract.structure.clause import Clause
from zmpwatch.extract.structure.sentences import Sentence, Word
from zmpwatch.extract.words.lazy import lazy

__all__ = ["CAME_ABOUT", "Acceptance", "hangs_on_who_accepts", "is_to_be_decided", "it_did"]

CAME_ABOUT = lazy(
    r"(?<!\w)decyzj[ae]\s+(?:\w+\s+){0,2}?o\s+przyjeciu\s[^.;]{0,110}?(?:zapadl[ay]|podjeto|podja?l\w*)(?!\w)|(?<!\w)(?:podjeto|podjal|zapadla)\s+(?:\w+\s+)?decyzj[ae]\s+o\s+przyjeciu(?!\w)|"
    r"(?<!\w)(?:nastapilo|mialo\s+miejsce|stalo\s+sie\s+faktem|odbylo\s+sie|dokonalo\s+sie|took\s+place)(?!\w)"
    r"|(?<!\w)przyjecia\s[^.;]{0,110}?(?<!\w)dokona(?:l|la|lo|li|no)(?!\w)|(?<!\w)dokona(?:l|la|lo|li|no)\s+(?:\w+\s+){0,3}?przyjecia(?!\w)"
    r"|(?<!\w)przyjecia\s[^.;]{0,80}?(?<!\w)doczeka(?:l|la|lo|li|ly)\s+sie(?!\w)|(?<!\w)doczeka(?:l|la|lo|li|ly)\s+sie\s+(?:\w+\s+){0,2}?przyjecia(?!\w)",
    *("=dokonalo", "=faktem", "=miejsce", "=nastapilo", "=odbylo", "=place", "=przyjeciu", "=przyjecia"),
)
_WAS_DONE = lazy(
    r"(?<!\w)(?:pism\w+\s+o|akt(?!\w)|informac\w+\s+o|potwierdz\w+|odebra\w+|otrzyma\w+|uchwal\w+|zatwierdz\w+|podje\w+|podjal|nastapil\w*|odbylo\s+sie|mialo\s+miejsce)"
)
_TO_BE_DECIDED = lazy(
    r"(?<!\w)(?:podejm(?:ie|a)|podjac|rozstrzygn(?:ie|a)|(?:za)?decyduje|(?:za|z)decyduj[ea]|rozpatrz(?:y|a)|rozwaz(?:y|a)|zaopiniuj[ea]|zapadn(?:ie|a)|przesadzi|zatwierdzic|zatwierdz(?:i|a)"
    r"|wyda|wyraz(?:i|a)|glosowac|zaglosuj[ea]|zajmie|zajma|oczekuj\w+|czeka(?:my|ja)?|bedzie|beda|wymaga|musi|zalezy|nalezy\s+do\s+zarzadu|(?:odlozy|odroczy|przelozy|wstrzyma)\w+|przesun\w+)(?!\w)"
)
_ONLY_NAMED = lazy(
    r"(?<!\w)(?:warunk\w+|wymaga|po|zgodnie|decyduje|od\s+miesiaca|zalezy|zasad\w+|wnios\w+\s+(?:[\w-]+\s+){0,2}o)\s+(?:\w+\s+){0,3}$"
)
_HUNG = lazy(
    r",\s+(?:(?:z|ze|w|we|do|od|dla|na|o|u)\s+)?ktor\w+\s+(?!zwiazek|zmp|zarzad)(?:[\w-]+\s+){0,4}?\"?$", "ktor"
)
_IT_DID = lazy(
    r"\W*(?:(?:\w+nie|tez|takze|ponadto)\s+)?(?:zgodzil\s+sie|postanowil|zdecydowal|zadecydowal|wyrazil\s+zgode|zatwierdzil|zaakceptowal|przyjal)(?!\w)"
)
"""As in "Zebrał się Zarząd. Zgodził się na przyjęcie …": who does it was named just before."""


def it_did(sentence: Sentence, before: Sentence) -> bool:
    """Whether a sentence goes on with what the association's board, named in the one before it, did."""
    told = _IT_DID.match(sentence.folded) is not None
    return told and not before.has("council") and not of_another_board(before)


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


def is_to_be_decided(sentence: Sentence, clause: Clause) -> bool:
    """Whether an admission is still before the board: "który podejmie ostateczną decyzję o przyjęciu X"."""
    return _TO_BE_DECIDED.search(sentence.slice(clause.start, clause.end)) is not None


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

    def is_more_than_named(self) -> bool:
        """Whether a noun tells an admission that was, or is to be decided: not "po przyjęciu", "warunek przyjęcia"."""
        if not (self.board or self.circle or self.came_about):
            return False
        sentence, word = self.sentence, self.word
        if _ONLY_NAMED.search(sentence.slice(max(sentence.start, word.start - 50), word.start)):
            return False
        return (
            self.came_about
            or sentence.has("decide", "decision_noun", "handed")
            or is_to_be_decided(sentence, self.clause)
            or _WAS_DONE.search(sentence.folded) is not None
        )
