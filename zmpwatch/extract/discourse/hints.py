"""Steps only hinted at, told in full further on: a headline "X w Związku Miast Polskich", "w X sprawa stanęła"."""

from __future__ import annotations

from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.discourse.topic import Discourse, OpenStep
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.towns.finding import Role
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.signs import signs_of
from zmpwatch.model import BlockKind, EventKind

__all__ = ["OF_A_MATTER", "take_hint"]

_INSIDE = lazy(r"(?<!\w)we?\s+(?:gronie\s+(?:\w+\s+)?)?\"?$")
_WILL_BE_IN = lazy(
    r"(?<!\w)(?<!\bnie\s)(?:bedzie|beda|zostanie|zostana)\s+(?:\w+\s+)?(?:czlonk\w+|czescia)\s+\"?$"
    r"|(?<!\w)(?<!\bnie\s)(?:bedzie|beda)\s+(?:\w+\s+)?we?\s+\"?$",
    "bed",
    "zosta",
)
_NOT_TO_BE = lazy(
    r"(?<!\w)nie\s+(?:bedzie|beda|bedziemy|zostanie|zostana|znajdzie\s+sie)\s+(?:[\w.-]+\s+){0,6}?(?:czlonk(?:iem|ami|inia)\s+|w\s+(?:gronie\s+(?:czlonkow\s+)?)?)\"?$"
    r"|(?<!\w)(?:po)?zosta(?:je|nie|la|lo|l)\s+(?:\w+\s+)?poza\s+\"?$",
    *("=nie", "=poza"),
)
_IS_NOT_TO_BE = lazy(r"\"?\s+(?:(?:na\s+razie|jednak|juz|wiec)\s+){0,2}nie\s+bedzie\W*$", "=nie")
"""As in "Krosna w Związku nie będzie", behind the association."""
_ENDS_THERE = lazy(r"\"?\s*(?:[.,;:!)-]|$|(?:(?:na\s+razie|jednak|juz|wiec)\s+){0,2}nie\s+bedzie\W*$)")
_TURN_OF = lazy(
    r"(?<!\w)(?:przyszl[ay]|przyszedl|nadeszl[ay]|nadszedl)\s+(?:(?:wreszcie|w\s+koncu|na\s+koniec)\s+)?(?:kolej|pora|czas)\s+(?:na\s+)?(?:uchwale\s+o\s+)?\"?$",
    *("kolej", "pora", "czas"),
)
_OF_NOT_TO_BE = signs_of(_NOT_TO_BE, _IS_NOT_TO_BE)
_SHOULD_BE_IN = lazy(
    r"(?:^|[\s\"-])czy\s+[^?]{0,60}?(?:powin\w+|ma|maja|warto|musi|moze|chce|chca)\s+(?:[\w-]+\s+){0,3}?(?:nalezec\s+do|byc\s+(?:\w+\s+)?(?:czlonkiem|w))\s+\"?$",
    *("=nalezec", "=byc"),
)
"""As in "Czy Płock powinien należeć do Związku?": what a council may have decided."""
_WANTS_IN = lazy(r"(?<!\w)nie\s+chc(?:e|a)\s+do\s+\"?$", "=nie")
_A_VERB = lazy(r"(?<!\w)\w{3,}(?:l[aoiy]?|uje|uja|aja|eje|omy|amy)(?!\w)")
_MATTER = lazy(
    r"(?<!\w)(?:sprawa|temat|projekt|pomysl|uchwala|wniosek|rzecz|dyskusja)(?!\w)",
    *("=sprawa", "=temat", "=projekt", "=pomysl", "=uchwala", "=wniosek", "=rzecz", "=dyskusja"),
)
OF_A_MATTER = signs_of(_MATTER)
"""What a sentence has that hints at a step without naming a body."""
_VERBS = ("join_past", "leave_past", "decide", "became", "is", "belong", "admit_verb", "represent")
_LONGEST_HEADLINE = 90


def take_hint(sentence: Sentence, discourse: Discourse) -> None:
    """Remember a step that a sentence only hints at, so that what follows may tell its stage."""
    if sentence.bodies and not _not_to_be(sentence, discourse):
        _headline(sentence, discourse)
        _turn_came(sentence, discourse)
    if sentence.signs & OF_A_MATTER:
        _elsewhere(sentence, discourse)


def _not_to_be(sentence: Sentence, discourse: Discourse) -> bool:
    """As in "Nie będzie Kocka w Związku. Radni powiedzieli „nie”": states nothing, and what follows may."""
    told_here = discourse.open is not None and discourse.open.sentence == sentence.number
    if not sentence.signs & _OF_NOT_TO_BE or told_here:
        return False
    for body in sentence.bodies:
        if body.kind is not BodyKind.OURS:
            continue
        told = _NOT_TO_BE.search(sentence.slice(sentence.start, body.start))
        if told is None and not _IS_NOT_TO_BE.match(sentence.slice(body.end, sentence.end)):
            continue
        named = [t for t in sentence.towns if t.role == Role.PLAIN and t.end <= body.start]
        if len(named) == 1 and _ENDS_THERE.match(sentence.slice(body.end, sentence.end)):
            discourse.focus = discourse.actors(named)
            discourse.open = OpenStep(sentence.number, EventKind.ACCESSION, tuple(discourse.focus), negated=True)
        return True
    return False


def _headline(sentence: Sentence, discourse: Discourse) -> None:
    """As in "Wąchock w Związku Miast Polskich!" over a text that tells of plans."""
    body = next((b for b in sentence.bodies if b.kind is BodyKind.OURS), None)
    if body is not None and _SHOULD_BE_IN.search(sentence.slice(sentence.start, body.start)):
        asked_of = [t for t in sentence.towns if t.role == Role.PLAIN and t.nominative and t.end <= body.start]
        if len(asked_of) == 1 and sentence.text.rstrip(' "').endswith("?"):
            discourse.focus = discourse.actors(asked_of)
            discourse.open = OpenStep(sentence.number, EventKind.ACCESSION, tuple(discourse.focus), headline=True)
        return
    if body is None or len(sentence.text) > _LONGEST_HEADLINE or sentence.has(*_VERBS):
        return
    if _WANTS_IN.search(sentence.slice(sentence.start, body.start)):
        subject = [t for t in sentence.towns if t.role == Role.PLAIN and t.nominative and t.end <= body.start]
        if len(subject) == 1:
            discourse.focus = discourse.actors(subject)
            discourse.open = OpenStep(sentence.number, EventKind.ACCESSION, tuple(discourse.focus))
        return
    will_be = _WILL_BE_IN.search(sentence.slice(sentence.start, body.start)) is not None
    asked = sentence.text.rstrip().endswith("?") and _A_VERB.search(sentence.folded) is None
    called_out = sentence.text.rstrip().endswith("!") and _A_VERB.search(sentence.folded) is None
    if sentence.segment.kind is not BlockKind.HEADING and not (will_be or asked or called_out):
        return
    if not will_be and not _INSIDE.search(sentence.slice(sentence.start, body.start)):
        return
    towns = [t for t in sentence.towns if t.role == Role.PLAIN and t.nominative]
    if towns:
        discourse.focus = discourse.actors(towns)
        discourse.open = OpenStep(sentence.number, EventKind.ACCESSION, tuple(discourse.focus), headline=True)


def _turn_came(sentence: Sentence, discourse: Discourse) -> None:
    """As in "Najpierw radni uchwalili regulamin, wreszcie przyszła kolej na Związek": what follows decides."""
    body = next((b for b in sentence.bodies if b.kind is BodyKind.OURS), None)
    if body is None or _TURN_OF.search(sentence.slice(sentence.start, body.start)) is None:
        return
    of_a_council = any(s.has("council", "decide") for s in discourse.reading.up_to(sentence, 2))
    whose = discourse.home() or list(discourse.focus)
    if of_a_council and len(whose) == 1 and _ENDS_THERE.match(sentence.slice(body.end, sentence.end)):
        discourse.open = OpenStep(sentence.number, EventKind.ACCESSION, tuple(whose), headline=True)


def _elsewhere(sentence: Sentence, discourse: Discourse) -> None:
    """As in "W Szamocinie sprawa stanęła w martwym punkcie", after another town's accession."""
    before = discourse.open
    if before is None or not 0 < sentence.number - before.sentence <= before.reach:
        return
    if not _MATTER.search(sentence.folded) or any(b.kind is BodyKind.OTHER for b in sentence.bodies):
        return
    there = discourse.led_by_place(sentence)
    if there and there[0].name not in {actor.name for actor in before.actors}:
        discourse.focus = there
        discourse.open = OpenStep(sentence.number, before.kind, tuple(there), headline=True)
