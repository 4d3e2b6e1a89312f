"""Where a town stands: in the association again, or no longer in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from zmpwatch.extract.binding.event import Event
from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.discourse.topic import OpenStep
from zmpwatch.extract.membership.whereabouts import CIRCLE, UNREAL, Whereabouts
from zmpwatch.extract.structure.clause import Clause, clause_at
from zmpwatch.extract.structure.sentences import Sentence, Word
from zmpwatch.extract.towns.finding import Role
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.phrases import AFTER_RESOLUTION
from zmpwatch.extract.words.signs import signs_of
from zmpwatch.model import EventKind, Stage

__all__ = ["StandingReader"]

_OUTSIDE = lazy(rf"(?<!\w)poza\s+{CIRCLE}\"?$", "=poza")
_INSIDE = lazy(rf"(?<!\w)we?\s+{CIRCLE}\"?$")
_IN_AGAIN = lazy(
    r"(?<!\w)(?:juz|znow|znowu|ponownie|oficjalnie|na\s+powrot|z\s+powrotem|od\s+nowa|od\s+(?:dzis|dzisiaj|wczoraj))(?!\w)",
    "=juz",
    "znow",
    "ponownie",
    "oficjalnie",
    "powrot",
    "nowa",
    "dzis",
    "wczoraj",
)
_ALREADY_IN = lazy(rf"(?<!\w)(?<!\bnie\s)juz\s+we?\s+{CIRCLE}\"?$", "=juz")
_AGAIN = lazy(
    r"(?<!\w)(?:znow|znowu|ponownie|oficjalnie|na\s+powrot|z\s+powrotem|od\s+nowa|od\s+(?:dzis|dzisiaj|wczoraj))(?!\w)"
)
_NO_MORE = lazy(r"(?<!\w)nie\s+ma\s+juz(?!\w)")
_SINCE_DAY = lazy(r"(?<!\w)(?:od|z\s+dniem|z\s+koncem|wraz\s+z\s+koncem)\s")
_STAYS_OUT = lazy(r"(?<!\w)(?:po)?zostaj(?:e|a)\s+(?:juz\s+)?(?:tylko|jedynie)(?!\w)", "zostaj")
"""As in "poza organizacją zostaje tylko X": who never was in it."""
_OUT_OF_IT = lazy(r"(?<!\w)(?:jest|sa|byl[aoiy]?|pozostaje|pozostawal\w*)\s+poza\s+(?:nia|nim)(?!\w)", "poza")
_STOPPED = lazy(
    r"(?<!\w)(?P<verb>przesta(?:l|la|lo|li|ly|lismy))\s+(?:[\w-]+\s+){0,3}?(?:wchodzic\s+w\s+sklad|figurowac|wspoltworzyc|przynalezec|byc\s+(?:\w+\s+)?(?:czescia|w(?=\s)))(?!\w)",
    "przesta",
)
_STOPPED_BEING = lazy(
    r"(?<!\w)przesta(?:l|la|lo|li|ly)\s+byc\s+(?:(?:juz|takze|tez|rowniez|miasto|gmina|miasta|gminy|m\.\s?in\.)\s+){0,2}$",
    "przesta",
)
"""Before a town, in "członkiem Związku przestało być Mogilno"."""
_AS_A_MEMBER = lazy(r"(?<!\w)czlonk(?:iem|ami|inia)\s", "czlonk")
_WILL_STOP = lazy(
    r"(?<!\w)przesta(?:nie|na|niemy)\s+(?:[\w-]+\s+){0,3}?(?:byc\s+(?:\w+\s+){0,2}?(?:czlonk\w+|czescia)|nalezec|przynalezec|wchodzic\s+w\s+sklad)(?!\w)"
    r"|(?<!\w)(?:nalezec|przynalezec|byc\s+czlonk\w+)\s[^,.;]{0,60}?przesta(?:nie|na)(?!\w)",
    "przesta",
)
_NOT_MEMBER = lazy(
    r"(?<!\w)nie\s+(?P<verb>jest|sa|jestesmy|nalezy|naleza|nalezymy|figuruje)\s+(?:(?:juz|jej|jego|czlonk\w+|w|do)\s+){0,3}",
    "=nie",
)
_AS_MEMBER = lazy(
    r"(?:od\s+[\w.\s]{2,24}?\s+)?(?:(?:juz|pelnoprawnym)\s+)*(?:czlonk\w+\s+|czescia\s+)?(?:(?:w|we|do)\s+)?(?:(?:gron|szereg|czlonk|rodzin|nasz)\w+\s+)*\"?"
)
_OF_ANOTHER = lazy(r",\s+(?!i\s|a\s+to)|(?<!\w)tak(?!\w)|;|(?<!\w)(?:ale|lecz|za\s+to|natomiast)(?!\w)")
_NO_LONGER = lazy(
    r"(?<!\w)(?:nie\s+(?:jest|sa|jestesmy)\s+(?:juz|wiecej)|juz\s+nie\s+(?:jest|sa|jestesmy)|(?:is|are)\s+no\s+longer)(?!\w)",
    *("=nie", "=longer"),
)
_CHANGED = lazy(r"(?<!\w)(?:juz|znalazl\w*|znalezli\w*|znalezlismy)(?!\w)")
_HEADLINE = 110
_VERBS = (
    "join_past",
    "join_present",
    "leave_past",
    "leave_present",
    "decide",
    "admit_verb",
    "became",
    "handed",
    "represent",
)
_VERB_ENDING = lazy(r"(?<!\w)\w{3,}(?:l[aoiy]?|[ao]no|eto|la\s+sie|uje|uja|aja|eje|omy|amy)(?!\w)")


@dataclass(slots=True)
class StandingReader(Whereabouts):
    """Reads sentences that tell a change by where a town is now, not by a step it took."""

    NEEDS: ClassVar[int] = signs_of(
        _STOPPED, _STOPPED_BEING, _WILL_STOP, _NOT_MEMBER, _OUTSIDE, _NO_LONGER, _OUT_OF_IT, _IN_AGAIN
    )

    def events(self, sentence: Sentence, handled: set[int]) -> Iterator[Event]:
        """Admissions and withdrawals told by a standing; the words they used up are added to `handled`."""
        if not sentence.signs & self.NEEDS or sentence.text.rstrip().endswith("?"):
            return
        told = (
            list(self._will_stop(sentence, handled))
            or list(self._stopped(sentence))
            or list(self._not_since(sentence))
            or list(self._outside(sentence))
            or list(self._outside_of_it(sentence))
            or list(self._in_again(sentence, handled))
        )
        yield from told

    def _stopped(self, sentence: Sentence) -> Iterator[Event]:
        """As in "gmina przestała wchodzić w skład ZMP", "przestaliśmy figurować na liście członków"."""
        match = _STOPPED.search(sentence.folded)
        if match is None:
            yield from self._stopped_being(sentence)
            return
        position = sentence.start + match.start()
        clause = clause_at(sentence, position)
        if UNREAL.search(sentence.slice(clause.start, position)) or not self._about_ours(sentence, position):
            return
        if re.search(r"(?<!\w)(?:zarzad|komisj|wladz|rad[ayz](?!\w))", sentence.slice(position, clause.end)):
            return
        word = Word(position, sentence.start + match.end(), match["verb"], frozenset())
        yield from self._left(sentence, position, clause, self._standing(sentence, word, clause))

    def _stopped_being(self, sentence: Sentence) -> Iterator[Event]:
        """As in "z dniem 31 grudnia członkami Związku przestały być Mogilno i Gniewkowo"."""
        for town in sentence.towns:
            lead = sentence.slice(sentence.start, town.start)
            told = _STOPPED_BEING.search(lead) if town.role == Role.PLAIN else None
            if told is None or not town.nominative:
                continue
            clause = clause_at(sentence, town.start)
            member = _AS_A_MEMBER.search(sentence.slice(clause.start, town.start), 0, told.start())
            ours = [b for b in self._ours(sentence) if clause.start <= b.start < town.start]
            if member is None or not ours or UNREAL.search(sentence.slice(clause.start, town.start)):
                return
            actors = self.discourse.actors(self.discourse.rows.tail(sentence, [town]))
            yield from self._left(sentence, sentence.start + told.start(), clause, actors)
            return

    def _will_stop(self, sentence: Sentence, handled: set[int]) -> Iterator[Event]:
        """As in "zgodnie z uchwałą … z dniem 1 stycznia przestanie być członkiem": decided, or only announced."""
        match = _WILL_STOP.search(sentence.folded)
        if match is None or re.search(r"(?<!\w)(?:nie|gdyby|jesli|jezeli|czy)(?!\w)", sentence.folded):
            return
        position = sentence.start + match.start()
        if not self._about_ours(sentence, sentence.start + match.end()):
            return
        clause = clause_at(sentence, position)
        word = Word(position, sentence.start + match.end(), match[0], frozenset())
        actors = self._standing(sentence, word, clause)
        decided = AFTER_RESOLUTION.search(sentence.folded) is not None or (
            sentence.has("decide") and sentence.has("council", "act") and not sentence.has("refuse")
        )
        for actor in actors:
            event = Event.told(
                actor,
                EventKind.WITHDRAWAL,
                Stage.RESOLVED if decided else Stage.PROPOSED,
                sentence,
                position,
                "sentence.will_stop",
                0.8,
                weak=not decided,
            )
            if decided:
                self.discourse.binder.bind(event, sentence, clause)
            yield event
        if actors:
            handled.update(w.start for w in sentence.all("member_word", "belong") if w.start >= position)
            self.discourse.open = OpenStep(sentence.number, EventKind.WITHDRAWAL, tuple(actors))

    def _not_since(self, sentence: Sentence) -> Iterator[Event]:
        """As in "nie jest członkiem ZMP od 2014 roku": a membership that ended then."""
        match = _NOT_MEMBER.search(sentence.folded)
        if match is None or re.search(r"(?<!\w)(?:nigdy|czy)(?!\w)", sentence.folded):
            return
        position = sentence.start + match.start()
        if not self._about_ours(sentence, position) or self.discourse.binder.dates.since(sentence, position) is None:
            return
        clause = clause_at(sentence, position)
        since = [d.start for d in sentence.dates if d.start > position]
        body = next((b for b in sentence.bodies if b.start >= sentence.start + match.end()), None)
        between = sentence.slice(sentence.start + match.end(), body.start) if body is not None else ""
        if match["verb"] in ("jest", "sa", "jestesmy") and _AS_MEMBER.fullmatch(between) is None:
            return  # "nie jest od 2019 roku uczestnikiem programu Związku"
        if since and _OF_ANOTHER.search(sentence.slice(sentence.start + match.end(), since[0])):
            return  # "A nie należy do Związku, B – tak, od 1992 roku"
        word = Word(position, sentence.start + match.end(), match["verb"], frozenset())
        yield from self._left(sentence, position, clause, self._standing(sentence, word, clause))

    def _outside(self, sentence: Sentence) -> Iterator[Event]:
        """As in "od stycznia miasto jest poza ZMP", "X znalazł się poza Związkiem"."""
        for body in self._ours(sentence):
            clause = clause_at(sentence, body.start)
            scope = sentence.slice(clause.start, clause.end)
            no_longer = _NO_LONGER.search(scope) is not None and self._placed(sentence, body, _INSIDE)
            if not no_longer and not self._placed(sentence, body, _OUTSIDE):
                continue
            if _STAYS_OUT.search(scope):
                continue
            if no_longer and re.match(r"\s+(?:zarzad|wladz|komisj|rady)", sentence.slice(body.end, body.end + 12)):
                continue
            if not no_longer and (UNREAL.search(scope) or not (_CHANGED.search(scope) or _SINCE_DAY.search(scope))):
                continue
            word = Word(body.start, body.end, sentence.slice(body.start, body.end), frozenset())
            actors = self._standing(sentence, word, clause)
            yield from self._left(sentence, body.start, clause, actors)
            return

    def _outside_of_it(self, sentence: Sentence) -> Iterator[Event]:
        """As in "miasto było poza nią od września 2015 roku"."""
        match = _OUT_OF_IT.search(sentence.folded)
        if match is None or UNREAL.search(sentence.folded) or any(b.kind is BodyKind.OTHER for b in sentence.bodies):
            return
        position = sentence.start + match.start()
        if self.discourse.topic(sentence, position) is not BodyKind.OURS:
            return
        if self.discourse.binder.dates.since(sentence, position) is None:
            return
        word = Word(position, sentence.start + match.end(), match[0], frozenset())
        clause = clause_at(sentence, position)
        yield from self._left(sentence, position, clause, self._standing(sentence, word, clause))

    def _in_again(self, sentence: Sentence, handled: set[int]) -> Iterator[Event]:
        """As in "X znów jest w ZMP", and without a verb "X ponownie w gronie członków ZMP"."""
        again = _IN_AGAIN.search(sentence.folded)
        if again is None or sentence.has("plan", "join_future", "decide_later"):
            return
        for body in self._ours(sentence):
            clause = clause_at(sentence, body.start)
            scope = sentence.slice(clause.start, clause.end)
            inside = self._placed(sentence, body, _INSIDE)
            lead = sentence.slice(max(clause.start, body.start - 40), body.start)
            member = re.search(r"(?<!\w)(?:czlonkiem|czlonkami|czlonkinia|miastem\s+czlonkowskim)\s+\"?$", lead)
            if (
                not (inside or member)
                or UNREAL.search(scope)
                or _NO_MORE.search(scope)
                or not (_IN_AGAIN.search(scope) or len(sentence.text) < _HEADLINE)
            ):
                continue
            finite = next((w for w in sentence.all("is", "belong") if clause.start <= w.start < clause.end), None)
            if finite is None and self._finite(sentence, clause):
                continue
            if not _AGAIN.search(sentence.folded) and (
                finite is not None or not self._placed(sentence, body, _ALREADY_IN)
            ):
                continue  # "jest już w Związku": a member
            if re.match(r"\s+(?:zarzad|wladz|komisj|rady)", sentence.slice(body.end, body.end + 12)):
                continue
            if finite is not None and re.match(r"byl|nalezal|dzial\w+l", finite.folded):
                continue
            word = finite or Word(body.start, body.end, "", frozenset())
            actors = self._standing(sentence, word, clause)
            for actor in actors:
                event = Event.told(
                    actor,
                    EventKind.ACCESSION,
                    Stage.ADMITTED,
                    sentence,
                    body.start,
                    "sentence.in_again",
                    0.8 if finite else 0.7,
                    weak=finite is None,
                )
                self.discourse.binder.bind(event, sentence, clause)
                yield event
            if actors:
                handled.update(w.start for w in sentence.all("is", "belong", "member_word"))
                self.discourse.open = OpenStep(sentence.number, EventKind.ACCESSION, tuple(actors), admitted=True)
            return

    @staticmethod
    def _finite(sentence: Sentence, clause: Clause) -> bool:
        return (
            sentence.has(*_VERBS, start=clause.start, end=clause.end)
            or _VERB_ENDING.search(sentence.slice(clause.start, clause.end)) is not None
        )
