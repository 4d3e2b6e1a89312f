"""Clauses of nothing but who, what, where and when, in whatever order: "W Związku od 1993 roku Mława jest".

Polish puts its constituents in any order. Where a clause holds a town, the association, a verb, perhaps a time, and no
word besides, there is nothing that the verb could be said of else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from zmpwatch.extract.binding.event import Event
from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.discourse.topic import Discourse
from zmpwatch.extract.structure.clause import Clause, clause_at
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.towns.finding import Role, Town
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.signs import signs_of
from zmpwatch.model import EventKind, Stage

__all__ = ["BareClauseReader"]

_TOWN, _ABOUT, _BODY, _DATE = "\x01", "\x02", "\x03", "\x04"
"""What stands for a town that does something, one that something is done with, the association and a date."""
_ROW = re.compile(rf"(?:(?:miasto|miasta|gmina|gminy)\s+)?{_TOWN}(?:(?:\s*,\s*|\s+(?:i|oraz)\s+){_TOWN})*")
_SINCE = re.compile(rf"(?:juz\s+)?od\s+(?:roku\s+)?{_DATE}(?:\s+(?:r\.|roku))?")
_WHEN = re.compile(rf"(?:(?:we?|na|z|dnia|w\s+dniu|z\s+dniem)\s+)?(?:roku\s+)?{_DATE}(?:\s+(?:r\.|roku))?")
_BESIDES = lazy(
    r"(?<!\w)(?:a|natomiast|zas|juz|tez|takze|rowniez|nadal|wciaz|nieprzerwanie|stale|ciagle|oficjalnie|formalnie|wreszcie|teraz|obecnie|dzis|dzisiaj"
    r"|m\.\s?in\.|miedzy\s+innymi|od\s+(?:wielu\s+)?lat|od\s+dawna|od\s+poczatku|co\s+roku|(?:pelnoprawn|zwyczajn)\w+)(?!\w)"
)
"""Words that change nothing of who is where."""
_OF_BODY = rf"(?:(?:miast\s+|naszego\s+)?{_BODY})"
_CIRCLE = r"(?:grono|szeregi|sklad|rodzin[ae])(?:\s+(?:czlonkow|miast(?:\s+(?:czlonkowskich|zrzeszonych))?))?"
_FORMS: tuple[tuple[str, str, EventKind, Stage, bool], ...] = (
    (
        rf"w(?:\s+(?:gronie|skladzie|szeregach)(?:\s+(?:czlonkow|miast\s+czlonkowskich))?|\s+strukturach)?\s+{_OF_BODY}",
        r"(?:jest|sa|dziala|dzialaja|pozostaje|pozostaja|trwa|trwaja|uczestniczy|uczestnicza|znajduj[ae]\s+sie)",
        EventKind.ACCESSION,
        Stage.MEMBER,
        True,
    ),
    (
        rf"czlonk(?:iem|ami)\s+{_OF_BODY}",
        r"(?:stal[aoy]?\s+sie|stali\s+sie|zostal[aoy]?|zostali)",
        EventKind.ACCESSION,
        Stage.ADMITTED,
        False,
    ),
    (
        rf"(?:now|najnowsz|kolejn)\w{{1,3}}\s+czlonk(?:iem|ami)\s+{_OF_BODY}",
        r"(?:jest|sa)",
        EventKind.ACCESSION,
        Stage.ADMITTED,
        True,
    ),
    (rf"czlonk(?:iem|ami)\s+{_OF_BODY}", r"przesta(?:l[aoy]?|li)\s+byc", EventKind.WITHDRAWAL, Stage.ADMITTED, False),
    (
        rf"{_CIRCLE}\s+{_OF_BODY}",
        r"(?:zasilil|powiekszyl|poszerzyl|uzupelnil)[aoy]?",
        EventKind.ACCESSION,
        Stage.ADMITTED,
        False,
    ),
    (rf"(?:{_CIRCLE}\s+)?{_OF_BODY}", r"opuscil[aoy]?", EventKind.WITHDRAWAL, Stage.ADMITTED, False),
    (
        rf"{_CIRCLE}\s+{_OF_BODY}",
        rf"(?:o\s+{_ABOUT}\s+)?(?:powiekszyl[aoy]?|poszerzyl[aoy]?|rozroslo)\s+sie(?:\s+o\s+{_ABOUT})?",
        EventKind.ACCESSION,
        Stage.ADMITTED,
        False,
    ),
    (
        rf"skladk[ei]\s+(?:czlonkowsk[ai]e?\s+)?(?:do|w|na\s+rzecz)\s+{_OF_BODY}",
        r"(?:placi|placa|oplaca|oplacaja|odprowadza|odprowadzaja|wnosi|wnosza)",
        EventKind.ACCESSION,
        Stage.MEMBER,
        True,
    ),
)
"""Where, by what words, which kind and stage, and whether its day is one since when."""
_READ = tuple(
    (re.compile(where), re.compile(rf"\s*{words}\s*"), kind, stage, lasting)
    for where, words, kind, stage, lasting in _FORMS
)
_LED_BY_ABOUT, _AND = lazy(r"(?<!\w)o\s+(?:miasto\s+)?$"), lazy(r"\s*(?:,|\si|\soraz)\s+")
_MOST_BESIDE = 2
"""Mentions besides the towns: the association and one date."""
_ABOUT_APART = re.compile(rf"(?<!\w)o\s+{_ABOUT}(?:(?:\s*,\s*|\s+(?:i|oraz)\s+){_ABOUT})*")


@dataclass(slots=True)
class BareClauseReader:
    """Reads clauses that no other reader understands, because their words come in another order."""

    NEEDS: ClassVar[int] = signs_of("is", "became", "member_word", "attain", "widen", "leave_past", "fee", "join_past")
    discourse: Discourse

    def events(self, sentence: Sentence) -> Iterator[Event]:
        """Memberships, and who came or went."""
        ours = [body for body in sentence.bodies if body.kind is BodyKind.OURS]
        if len(ours) != 1 or len(sentence.bodies) != 1 or sentence.text.rstrip().endswith("?"):
            return
        clause = clause_at(sentence, ours[0].start)
        towns = [t for t in sentence.towns if t.role == Role.PLAIN and clause.start <= t.start < clause.end]
        skeleton = self._skeleton(sentence, clause, towns)
        if skeleton is None:
            return
        about = _ABOUT_APART.search(skeleton)
        if about is not None:  # "o Mławę i Kutno" is one constituent, wherever it stands
            skeleton = f"{skeleton[: about.start()]} {skeleton[about.end() :]} o {_ABOUT}"
        since = _SINCE.search(skeleton) is not None
        rest = _SINCE.sub(" ", skeleton)
        rest = _WHEN.sub(" ", _BESIDES.sub(" ", _ROW.sub(" ", rest, count=1)))
        for where, words, kind, stage, lasting in _READ:
            place = where.search(rest)
            if place is None or (_DATE in skeleton and since is not lasting):
                continue
            left = re.sub(r"[\s.,!]+", " ", f"{rest[: place.start()]} {rest[place.end() :]}")
            if words.fullmatch(left):
                for actor in self.discourse.actors(towns):
                    event = Event.told(actor, kind, stage, sentence, towns[0].start, "sentence.bare_clause", 0.85)
                    if lasting:
                        event.date = self.discourse.binder.dates.since(sentence, towns[0].start)
                    else:
                        self.discourse.binder.bind(event, sentence, clause)
                    yield event
                return

    @staticmethod
    def _skeleton(sentence: Sentence, clause: Clause, towns: list[Town]) -> str | None:
        """The clause with a sign for each mention in it; None where a mention is of another sort."""
        marks: list[tuple[int, int, str]] = [(b.start, b.end, _BODY) for b in sentence.bodies]
        marks += [(d.start, d.end, _DATE) for d in sentence.dates if clause.start <= d.start < clause.end]
        beside = len(marks)
        about_end = clause.start
        for town in towns:
            led = _LED_BY_ABOUT.search(sentence.slice(max(clause.start, town.start - 12), town.start)) is not None
            if led or (about_end > clause.start and _AND.fullmatch(sentence.slice(about_end, town.start))):
                if not town.accusative:
                    return None
                marks.append((town.start, town.end, _ABOUT))
                about_end = town.end
            elif town.nominative:
                marks.append((town.start, town.end, _TOWN))
            else:
                return None
        if not towns or beside > _MOST_BESIDE:
            return None
        text, last = "", clause.start
        for start, end, sign in sorted(marks):
            if start < last:
                return None
            text += sentence.slice(last, start) + sign
            last = end
        return text + sentence.slice(last, clause.end)
