"""The sentences behind one that tells an event: which of them may still speak of it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from operator import attrgetter

from zmpwatch.extract.binding.councilsat import OTHER_COUNCIL
from zmpwatch.extract.binding.event import Actor, Event
from zmpwatch.extract.binding.matters import ANOTHER_MATTER
from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.structure.reading import Reading
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.towns.finding import Role
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.matters import A_STEP
from zmpwatch.model import Stage

__all__ = [
    "FAR",
    "another_between",
    "answers_petition",
    "council_spoke",
    "following",
    "is_of_another_town",
    "may_speak_of",
    "owner_of_decision",
    "place_of",
]

FAR = 7
"""How many sentences may pass before an event's ballot, or the session that takes a plan up."""


_BEGIN = attrgetter("start")


def place_of(reading: Reading, event: Event) -> Sentence | None:
    """The sentence that tells an event."""
    number = bisect_right(reading.sentences, event.anchor, key=_BEGIN) - 1
    here = reading.sentences[number] if number >= 0 else None
    return here if here is not None and event.anchor < here.end else None


def following(reading: Reading, here: Sentence, reach: int) -> Iterator[Sentence]:
    """The sentences after one, as far as the text goes on: not into side lists."""
    for later in reading.sentences[here.number + 1 : here.number + 1 + reach]:
        if later.segment.boilerplate:
            return
        yield later


def may_speak_of(event: Event, later: Sentence) -> bool:
    """Whether a later sentence can speak of an event's decision, and of that of nobody else."""
    another = ANOTHER_MATTER.search(later.folded)
    applied = another is not None and another[0].startswith("wnios") and event.stage is Stage.ADMITTED
    return (another is None or applied) and _of_nobody_else(event, later)


def answers_petition(event: Event, here: Sentence, later: Sentence) -> bool:
    """Whether a later sentence tells what became of the petition, or the motion, that the event's own is about."""
    asked = _PETITION.search(here.folded)
    return asked is not None and asked["what"] in later.folded and _of_nobody_else(event, later)


_PETITION = lazy(r"(?<!\w)(?P<what>petycj|wnios(?=ek|k))\w+", "petycj", "wnios")


def _of_nobody_else(event: Event, later: Sentence) -> bool:
    if any(b.kind is BodyKind.OTHER for b in later.bodies) or OTHER_COUNCIL.search(later.folded):
        return False
    names = {t.name for t in later.towns if t.role in (Role.PLAIN, Role.COUNCIL)}
    return not names - {event.actor.name}


def is_of_another_town(event: Event, sentence: Sentence) -> bool:
    """Whether a sentence names other towns alone: what it tells of a council is told of theirs."""
    names = {t.name for t in sentence.towns if t.role != Role.BODY}
    return bool(names) and event.actor.name not in names


def another_between(event: Event, events: list[Event], start: int, end: int) -> bool:
    """Whether between two places something else is told that a decision could be about."""
    return any(
        start <= e.anchor < end
        and e.stage is not Stage.MEMBER
        and (e.actor.name != event.actor.name or e.stage is not event.stage)
        for e in events
    )


_SPOKE = lazy(
    r"(?<!\w)(?:wypowiedzi(?:ala|eli)\s+sie|zabra(?:la|li)\s+glos|glos\s+zabra(?:la|li)|(?:za)?glosowa(?:la|li)|(?:za)?decydowa(?:la|li)|debatowa(?:la|li)|dyskutowa(?:la|li)"
    r"|(?:zajela|zajeli|pochylila|pochylili|zebrala|zebrali|zajmowala|zajmowali)\s+sie|(?:sprawa|tematem|tym|wnioskiem)\s+(?:zajela|zajeli)\s+sie)(?!\w)",
    *("wypowiedzi", "zabra", "glosowa", "decydowa", "debatowa", "dyskutowa", "zajel", "pochylil", "zebral", "zajmowal"),
)
_OF_ELSE = lazy(
    rf"(?<!\w)(?:o|nad|w\s+sprawie|na\s+temat|dotycz\w+)\s+(?!t[aeoy]|nim|niej|{A_STEP}|proje|spraw|uchwa|wnios|glosow)[a-z]"
)


def council_spoke(reading: Reading, step: int, sentence: Sentence) -> Sentence | None:
    """The sentence behind a step, right before another, that tells of a council at work.

    As in "Wcześniej, w grudniu, wypowiedziała się Rada Miejska w X. Uchwałę poparło 14 osób".
    """
    before = reading.sentences[sentence.number - 1] if sentence.number - step > 1 else None
    if before is None or not before.has("council") or before.has("board") or _SPOKE.search(before.folded) is None:
        return None
    return None if before.bodies or before.has("not", "refuse", "plan") else before


def owner_of_decision(step: tuple[Actor, ...], spoke: Sentence, home: str | None) -> tuple[Actor, ...]:
    """Whose decision such a sentence tells of, among those who took a step; nobody where it is on something else."""
    if _OF_ELSE.search(spoke.folded):
        return ()
    named = {t.name for t in spoke.towns}
    alone = len(step) == 1 and not named
    owners = tuple(a for a in step if alone or (a.name in named if named else a.name == home))
    return owners if len(owners) == 1 else ()
