"""Memberships told without a verb, behind one that there are several: "Od 1992 roku w Związku Miast Polskich"."""

from __future__ import annotations

from collections.abc import Iterator

from zmpwatch.extract.binding.event import Actor, Event
from zmpwatch.extract.bodies.finding import Body, BodyKind
from zmpwatch.extract.discourse.topic import Discourse
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.towns.finding import Role
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.model import EventKind, Stage

__all__ = ["LONGEST", "longest_of_them", "without_a_verb"]

_IN_SEVERAL = lazy(
    r"(?<!\w)(?<!\bnie\s)(?:dziala\w{0,3}|jest|jestesmy|nalez(?:y|ymy)|uczestnicz\w+|zrzeszon\w+|wspoltworz\w+)\s+(?:[\w-]+\s+){0,2}?(?:w|do)\s+(?:[\w-]+\s+){0,2}?"
    r"(?:podmio|organizacj|stowarzysze|zwiazk|gremi|zrzesze|federacj)\w*(?=\s*[.:,(-])",
    *("podmio", "organizacj", "stowarzysze", "zwiazk", "gremi", "zrzesze", "federacj"),
)
_WHERE = lazy(
    r"\W*(?:gdzie|do\s+jakich|w\s+jakich|do\s+czego)\s[^?]{0,60}?(?<!\w)(?:jestesmy|nalezymy|dzialamy|nalezy|dziala|jest)(?!\w)[^?]{0,40}\?"
)
_PERSON = lazy(
    r"(?<!\w)(?:burmistrz|prezydent|wojt|starosta|radn|przewodnicz|prezes|mieszkan|dyrektor|ktory|wlodarz)\w*",
)
_WE = lazy(r"(?<!\w)(?:jestesmy|nalezymy|dzialamy|miasto|gmina|samorzad|uzdrowisko)(?!\w)")
_DIGIT = lazy(r"\d")
_BARE = lazy(
    r"\W*(?:(?:najdluzej|najkrocej|najdawniej|najwczesniej|bo|juz|dopiero|od|roku|r|dnia|a|i|przede|wszystkim|miedzy|innymi)\W+)*(?:w|we|do)\s+\"?"
)
LONGEST = lazy(
    r"\W*(?:najdluzej|najkrocej|najdawniej|najwczesniej|najpozniej)(?:\s+(?:jest|sa|nalezy|naleza))?\W*(?:(?:bo|juz|dopiero|a|miasto|gmina|roku|rok|od|w|r|dnia)(?!\w)\W*)*",
    *("najdluzej", "najkrocej", "najdawniej", "najwczesniej", "najpozniej"),
)
"""A sentence that has nothing besides but a town and a date: "Najdłużej, bo od 1991 r., Jarocin"."""
_THEY_ARE = lazy(r"(?<!\w)(?<!\bnie\s)(?:sa|naleza|nalezy|jest|dziala(?:ja)?|przynaleza)(?!\w)")
_NONE = lazy(r"(?<!\w)zadn\w+(?!\w)")
_REACH = 3
_MARK = 4
"""How many letters before a town that heads a sentence the mark of an item may have."""
_ASIDE = 6
"""How many letters beside its name a question for a town alone may have: "A Wąbrzeźno?"."""


def without_a_verb(sentence: Sentence, discourse: Discourse) -> Iterator[Event]:
    """The membership of a sentence that is "od 1992 roku w Związku Miast Polskich" and no more."""
    body = next((b for b in sentence.bodies if b.kind is BodyKind.OURS), None)
    if body is None or not sentence.dates:
        return
    first = sentence.towns[0] if sentence.towns else None
    heads = first is not None and first.nominative and first.role == Role.PLAIN and first.start - sentence.start < _MARK
    if not _stands_bare(sentence, body, first.end if heads and first is not None else sentence.start):
        return
    since = discourse.binder.dates.since(sentence, body.start)
    if since is None:
        return
    named = discourse.actors([first]) if heads and first is not None else []
    for actor in named or _who_is_in_several(sentence, discourse):
        yield Event.told(
            actor, EventKind.ACCESSION, Stage.MEMBER, sentence, body.start, "sentence.fragment", 0.75, date=since
        )  # fmt: skip


def _stands_bare(sentence: Sentence, body: Body, start: int) -> bool:
    """Whether nothing but dates and small words leads to the body, from `start` or the body before in its list."""
    earlier = max((b.end for b in sentence.bodies if b.end <= body.start), default=start)
    lead = sentence.slice(earlier, body.start)
    for day in sentence.dates:
        if earlier <= day.start and day.end <= body.start:
            lead = lead.replace(sentence.slice(day.start, day.end), "", 1)
    return _BARE.fullmatch(_DIGIT.sub("", lead)) is not None


def _who_is_in_several(sentence: Sentence, discourse: Discourse) -> list[Actor]:
    """Of whom a sentence before says that it is in several bodies, or asks in which, or asks "Wąbrzeźno?" alone."""
    last = discourse.just_before(sentence)
    if last is not None and len(last.towns) == 1 and last.text.rstrip().endswith("?"):
        town = last.towns[0]
        if town.role == Role.PLAIN and town.nominative and len(last.text.rstrip()) <= town.end - town.start + _ASIDE:
            return discourse.actors([town])
    for before in reversed(discourse.reading.before(sentence, _REACH)):
        told = _IN_SEVERAL.search(before.folded)
        if told is None and _WHERE.match(before.folded) is None:
            continue
        if _PERSON.search(before.folded):
            return []
        named = [t for t in before.towns if t.role == Role.PLAIN and t.nominative]
        if named:
            return discourse.actors(named) if len({t.name for t in named}) == 1 else []
        return discourse.home() if _WE.search(before.folded) else []
    return []


def longest_of_them(sentence: Sentence, discourse: Discourse) -> Iterator[Event]:
    """As in "Trzy gminy powiatu są w Związku. Najdłużej, bo od 1991 r., Jarocin": one of those told just before."""
    before = discourse.just_before(sentence)
    if before is None or LONGEST.match(sentence.folded) is None or len(sentence.dates) != 1:
        return
    rest = sentence.folded
    places = [(d.start, d.end) for d in sentence.dates] + [(t.start, t.end) for t in sentence.towns]
    for first, last in ((start - sentence.start, end - sentence.start) for start, end in places):
        rest = rest[:first] + " " * (last - first) + rest[last:]
    towns = [t for t in sentence.towns if t.role == Role.PLAIN and t.nominative]
    if len(towns) != 1 or towns != list(sentence.towns) or LONGEST.fullmatch(rest) is None:
        return
    body = before.bodies[-1] if before.bodies else None
    if body is None or body.kind is not BodyKind.OURS or not _THEY_ARE.search(before.folded):
        return
    since = discourse.binder.dates.since(sentence, towns[0].start) or sentence.dates[0].iso
    if _NONE.search(before.folded) is None and since is not None:
        yield Event.told(
            discourse.actors(towns)[0],
            EventKind.ACCESSION,
            Stage.MEMBER,
            sentence,
            towns[0].start,
            "sentence.fragment",
            0.75,
            date=since,
        )
