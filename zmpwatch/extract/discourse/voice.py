"""Who "we" is: whether the association itself speaks in a sentence, by its president, its office or its own pages."""

from __future__ import annotations

from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.structure.reading import Reading
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.towns.finding import Role
from zmpwatch.extract.words.lazy import lazy

__all__ = ["nobody_else", "speaks_for_it"]

_SPEAKER = lazy(
    r"(?<!\w)(?:(?:wice)?prezes|dyrektor|sekretarz|rzeczni|szef|przewodnicz|president|director|secretary|spokes)\w{0,6}"
    r"\s+(?:(?:generaln|wykonawcz)\w{1,3}\s+)?(?:(?:biura|zarzadu|of)\s+)?(?:the\s+)?\"?$|(?<!\w)(?:jako|my,?\s+czyli)\s+$"
)
"""What stands before the association's name where somebody speaks for it: "prezes", "dyrektor Biura", "jako"."""
_SIGNS = lazy(
    r"\W*(?:(?:opracowal\w*|przygotowal\w*|zrodlo|fot)\W+)?(?:biuro|redakcja|zespol|sekretariat|rzeczni\w+(?:\s+prasow\w+)?|zarzad|wydzial\s+\w+)\s+(?:biura\s+)?\"?"
)
_SIGNATURE = 70
"""How long a line is that only signs a text."""
_A_WHILE = 12
_JUST_BEFORE = 5


def speaks_for_it(reading: Reading, sentence: Sentence) -> bool:
    """Whether the last speaker named up to a sentence is the association's, or the page is its own.

    A mayor or a council named later speaks for a town.
    """
    for earlier in reversed(reading.up_to(sentence, _A_WHILE)):
        ours = any(
            b.kind is BodyKind.OURS
            and _SPEAKER.search(earlier.slice(max(earlier.start, b.start - 60), b.start)) is not None
            for b in earlier.bodies
        )
        if ours:
            return True
        if any(t.role in (Role.OFFICIAL, Role.COUNCIL) for t in earlier.towns):
            return False
    return reading.own_site or _signed_by_it(reading)


def _signed_by_it(reading: Reading) -> bool:
    """Whether the last line of a text is the association's signature: "Biuro Związku, 14 stycznia 2020 r."."""
    last = reading.parts[-1] if reading.parts else None
    if last is None or last.end - last.start > _SIGNATURE:
        return False
    folded = reading.clean.folded
    return any(_SIGNS.fullmatch(folded, last.start, body.start) for body in reading.ours(last.start, last.end))


def nobody_else(reading: Reading, sentence: Sentence) -> bool:
    """Whether a sentence names no body but the association, or neither it nor those just before name another."""
    if sentence.bodies:
        return not any(b.kind is BodyKind.OTHER and b.named for b in sentence.bodies)
    before = reading.before(sentence, _JUST_BEFORE)
    return not any(b.kind is BodyKind.OTHER for s in before for b in s.bodies)
