"""Towns that sign up for the association: "zgłasza się do Związku", "do ZMP zgłosiły się A i B"."""

from __future__ import annotations

from collections.abc import Iterator

from zmpwatch.extract.binding.decidedat import led_by_place
from zmpwatch.extract.binding.event import Actor, Event
from zmpwatch.extract.bodies.finding import Body, BodyKind
from zmpwatch.extract.discourse.topic import Discourse, OpenStep
from zmpwatch.extract.structure.clause import Clause, clause_at
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.towns.finding import Role
from zmpwatch.extract.uniform.folding import fold_letters
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.phrases import NEGATED
from zmpwatch.model import EventKind, Stage

__all__ = ["SIGNS_UP", "signed_up"]

SIGNS_UP = lazy(r"(?<!\w)(?:zglasza(?:ja|my)?|zglosi(?:l|la|lo|ly|lismy|my)?|zglosza)\s+sie(?!\w)", "zgl")
_INTO = lazy(
    r"\s+(?:(?:tez|takze|rowniez|teraz|ponownie|znow|znowu|wiec|juz)\s+){0,2}do\s+(?:(?:grona|listy|rodziny)\s+(?:\w+\s+)?)?\"?"
)
"""Between the verb and the association …"""
_BY_THEM = lazy(r"(?<!\w)do\s+\"?$")
_SIGNED_BEHIND = lazy(r"\"?\s+(?:(?:tez|takze|rowniez|teraz|ponownie|znow|juz)\s+){0,2}$")
"""… and before the association and behind it, where the verb follows: "do Związku zgłaszają się A i B"."""
_FOR_SOMETHING = lazy(
    r"(?<!\w)(?:z|ze|po|o|jako|celem|w\s+(?:sprawie|celu|roli|charakterze)|na)\s"
    r"(?!\d|(?:\w+\s+)?(?:wnios\w+|prosb\w+)\s+o\s+(?:czlonk|przyjec)|(?:\w+\s+)?(?:akces|deklaracj|czlonk)|poczatk|jesien|wiosn)"
)
"""Behind it, what somebody only turns to it for: "z prośbą o opinię", "po radę"."""
_IN_A_PLACE = lazy(r"\W*we?\s(?P<place>[a-z-]{4,})\s")
_LONGEST_ENDING = 3
_RULES = lazy(
    r"(?<!\w)(?:burmistrz|prezydent|wojt|wladze|wlodarze|samorzad|rada|radni)(?!\w)",
    *("burmistrz", "prezydent", "wojt", "wladze", "wlodarze", "samorzad", "=rada", "=radni"),
)


def signed_up(discourse: Discourse, sentence: Sentence) -> Iterator[Event]:
    """Who asks to be taken in: towns and who speaks for them, nobody else."""
    match = SIGNS_UP.search(sentence.folded)
    if match is None or "?" in sentence.text[-3:]:
        return
    start, end = sentence.start + match.start(), sentence.start + match.end()
    clause = clause_at(sentence, start)
    body = next((b for b in sentence.bodies if _leads_to(sentence, start, end, b)), None)
    if body is None or body.kind is not BodyKind.OURS or NEGATED.search(sentence.slice(clause.start, start)):
        return
    if _FOR_SOMETHING.search(sentence.slice(max(body.end, end), clause.end)):
        return
    actors = _who(discourse, sentence, clause)
    if actors:
        discourse.open = OpenStep(sentence.number, EventKind.ACCESSION, tuple(actors))
    for actor in actors:
        yield Event.told(
            actor, EventKind.ACCESSION, Stage.PROPOSED, sentence, start, "sentence.applied", 0.7, weak=True
        )


def _leads_to(sentence: Sentence, start: int, end: int, body: Body) -> bool:
    """Whether the verb from `start` to `end` leads to a body behind it or right before it."""
    if body.start >= end:
        return _INTO.fullmatch(sentence.slice(end, body.start)) is not None
    into = _BY_THEM.search(sentence.slice(sentence.start, body.start)) is not None
    return into and _SIGNED_BEHIND.fullmatch(sentence.slice(body.end, start)) is not None


def _who(discourse: Discourse, sentence: Sentence, clause: Clause) -> list[Actor]:
    """The town, its mayor, or those "in X" that a clause names as who signs up."""
    inside = [t for t in sentence.towns if clause.start <= t.start < clause.end]
    towns = [t for t in inside if t.role == Role.PLAIN and t.nominative]
    spoken_for = _RULES.search(sentence.slice(clause.start, clause.end)) is not None
    officials = [t for t in inside if spoken_for and t.role in (Role.OFFICIAL, Role.COUNCIL)]
    named = discourse.rows.tail(sentence, towns[:1]) or officials[:1] or led_by_place(sentence)
    return discourse.actors(named) if named or sentence.towns else _at_home(discourse, sentence)


def _at_home(discourse: Discourse, sentence: Sentence) -> list[Actor]:
    """The town whose text it is, where the sentence begins with a part of its name: "W Bielsku zgłaszają się"."""
    there = _IN_A_PLACE.match(sentence.folded)
    home = discourse.home()
    name, _, rest = fold_letters(home[0].name).partition(" ") if home else ("", "", "")
    short = there is not None and rest and there["place"][: len(name)] == name
    return home if there is not None and short and len(there["place"]) - len(name) <= _LONGEST_ENDING else []
