"""Where a town stands: in the association again, or no longer in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from zmpwatch.extract.bodies import Body, BodyKind
from zmpwatch.extract.clause import Clause, clause_at
from zmpwatch.extract.discourse import Discourse, OpenStep
from zmpwatch.extract.event import Actor, Event
from zmpwatch.extract.lazy import lazy
from zmpwatch.extract.phrases import AFTER_RESOLUTION
from zmpwatch.extract.sentences import Sentence, Word
from zmpwatch.extract.towns import Role, Town
from zmpwatch.model import EventKind, Stage

__all__ = ["StandingReader"]

_UNREAL = lazy(
    r"(?<!\w)(?:nie\s+(?!ma(?!\w))|gdyby\w*|jesli|jezeli|czy|moze|mogl\w*|mogloby|bedzie|beda|zostanie|stanie|wkrotce|niebawem|chce\w*|planuj\w*|zamierz\w*)"
)
_CIRCLE = (
    r"(?:(?:gron\w+|szereg\w+|rodzin\w+|wspolnot\w+|list\w+|poczet)\s+)?"
    r"(?:(?:miast\s+|samorzadow\s+|gmin\s+)?(?:czlonk\w+|czlonkowsk\w+|zrzeszon\w+)\s+(?:w\s+)?)?"
)
_OUTSIDE = lazy(rf"(?<!\w)poza\s+{_CIRCLE}\"?$")
_INSIDE = lazy(rf"(?<!\w)we?\s+{_CIRCLE}\"?$")
_IN_AGAIN = lazy(
    r"(?<!\w)(?:znow|znowu|ponownie|oficjalnie|na\s+powrot|z\s+powrotem|od\s+nowa)(?!\w)",
    "znow",
    "ponownie",
    "oficjalnie",
    "powrot",
    "nowa",
)
_SINCE_DAY = lazy(r"(?<!\w)(?:od|z\s+dniem|z\s+koncem|wraz\s+z\s+koncem)\s")
_OUT_OF_IT = lazy(r"(?<!\w)(?:jest|sa|byl[aoiy]?|pozostaje|pozostawal\w*)\s+poza\s+(?:nia|nim)(?!\w)", "poza")
_STOPPED = lazy(
    r"(?<!\w)(?P<verb>przesta(?:l|la|lo|li|ly|lismy))\s+(?:[\w-]+\s+){0,3}?(?:wchodzic\s+w\s+sklad|figurowac|wspoltworzyc|przynalezec|byc\s+(?:\w+\s+)?(?:czescia|w(?=\s)))(?!\w)",
    "przesta",
)
_WILL_STOP = lazy(
    r"(?<!\w)przesta(?:nie|na|niemy)\s+(?:[\w-]+\s+){0,3}?(?:byc\s+(?:\w+\s+){0,2}?(?:czlonk\w+|czescia)|nalezec|przynalezec|wchodzic\s+w\s+sklad)(?!\w)",
    "przesta",
)
_WALKED_OUT = lazy(
    r"(?:,\s+|\s-\s|(?<!\w))(?:ale|lecz|jednak|jednakze|po\s+czym|potem|pozniej|az|i|a)\s+(?:[\w-]+\.?\s+){0,5}?"
    r"(?P<end>(?:sie\s+)?(?:wycofa|wypisa)(?:l|la|lo|ly|lismy)(?:\s+sie)?|(?:sie\s+)?pozegna(?:l|la|lo|ly)(?:\s+sie)?|(?:z\s+niego\s+|z\s+niej\s+)?(?:wystapi(?:l|la|lo|ly|lismy)|odszedl|odeszl[aoy]|wyszedl|wyszl[aoy]|zrezygnowa(?:l|la|lo|ly|lismy))"
    r"|trzasn(?:al|ela|elo|ely|elismy)\s+drzwiami)(?!\w)",
    "wycofa",
    "wypisa",
    "pozegna",
    "wystapi",
    "odsz",
    "odesz",
    "wysz",
    "zrezygnowa",
    "trzasn",
)
_OUT_OF_ELSE = lazy(
    r"\s+(?:sie\s+)?(?:juz\s+)?ze?\s+(?!niego(?!\w)|niej(?!\w)|organizacji(?!\w)|stowarzyszenia(?!\w)|zwiazku\s*(?:[.,;]|$|w\s|\d)|zmp|dniem|koncem|powod|hukiem|przyczyn|wzgled|czlonkostwa)"
)
_HAD_BEEN = lazy(
    r"(?<!\w)(?:(?:przy)?nalezal[aoy]?|nalezelismy|bylismy|byl[aoy]?(?=\s+(?:[\w-]+\s+){0,4}?(?:we?\s|czlonk)))(?!\w)"
)
_LOST = lazy(
    r"\s+(?:[\w]+\s+){0,2}?(?P<verb>stracil\w*|utracil\w*|zegna|pozegnal)\s+(?!czlonkostw|wplyw|pieniadz|dotacj|szans)"
)
_NOT_MEMBER = lazy(
    r"(?<!\w)nie\s+(?P<verb>jest|sa|jestesmy|nalezy|naleza|nalezymy|figuruje)\s+(?:(?:juz|jej|jego|czlonk\w+|w|do)\s+){0,3}"
)
_NO_LONGER = lazy(
    r"(?<!\w)(?:nie\s+(?:jest|sa|jestesmy)\s+(?:juz|wiecej)|juz\s+nie\s+(?:jest|sa|jestesmy)|(?:is|are)\s+no\s+longer)(?!\w)"
)
_CHANGED = lazy(r"(?<!\w)(?:juz|znalazl\w*|znalezli\w*|znalezlismy)(?!\w)")
_NO_MORE = lazy(
    r"(?<!\w)(?:nie\s+(?:ma|bylo)\s+(?:juz|wiecej)|juz\s+nie\s+(?:ma|bylo)|tam\s+nie\s+ma|nie\s+ma\s+tam|zabraklo(?:\s+(?:juz|tez))?|brakuje\s+juz|ubylo|ubyl[aoiy]?|ubyly)(?!\w)",
    "nie",
    "zabrak",
    "brakuje",
    "ubyl",
)
_WITH_US = lazy(
    r"(?<!\w)(?:z\s+nami|wsrod\s+nas|posrod\s+nas|w\s+naszym\s+(?:gronie|zwiazku)|w\s+naszych\s+szeregach)(?!\w)"
)
_STRUCK_OFF = lazy(
    r"\s+(?:\w+\s+){0,2}?z\s+(?:listy|grona|rejestru|ewidencji|wykazu|spisu|szeregow)\s+(?:\w+\s+)?(?:czlonk\w+|miast|samorzadow|zwiazku|zmp)"
)
_STRIKING_OFF = lazy(r"(?<!\w)(?:wykreslen|skreslen)i\w{1,2}(?!\w)", "kreslen")
_DONE = lazy(r"(?<!\w)(?:nastapilo|dokonano|stalo\s+sie\s+faktem)(?!\w)")
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
_VERB_ENDING = lazy(r"(?<!\w)\w{3,}(?:l[aoiy]?|la\s+sie|uje|uja|aja|eje|omy|amy)(?!\w)")


@dataclass(slots=True)
class StandingReader:
    """Reads sentences that tell a change by where a town is now, not by a step it took."""

    discourse: Discourse

    def events(self, sentence: Sentence, handled: set[int]) -> Iterator[Event]:
        """Admissions and withdrawals told by a standing; the words they used up are added to `handled`."""
        if sentence.text.rstrip().endswith("?"):
            return
        told = (
            list(self._gone(sentence))
            or list(self._will_stop(sentence, handled))
            or list(self._stopped(sentence))
            or list(self._lost(sentence))
            or list(self._walked_out(sentence, handled))
            or list(self._not_since(sentence))
            or list(self._struck_off(sentence, handled))
            or list(self._membership_ended(sentence, handled))
            or list(self._outside(sentence))
            or list(self._outside_of_it(sentence))
            or list(self._in_again(sentence, handled))
        )
        yield from told

    def _gone(self, sentence: Sentence) -> Iterator[Event]:
        """As in "od stycznia nie ma już w ZMP Jasła", "ze Związku ubyły dwa miasta: A i B"."""
        match = _NO_MORE.search(sentence.folded)
        if match is None or re.search(r"(?<!\w)(?:nie\s+(?:zabrak|ubyl)|gdyby|jesli)", sentence.folded):
            return
        position = sentence.start + match.start()
        if not self._about_ours(sentence, position):
            return
        anywhere = any(
            self._placed(sentence, b, re.compile(rf"(?<!\w)(?:we?|z|ze|wsrod|posrod)\s+{_CIRCLE}\"?$"))
            for b in self._ours(sentence)
        )
        by_verb = match[0].startswith("ubyl") and re.search(
            r"(?<!\w)(?:zwiazkowi|zmp|organizacji)(?!\w)", sentence.folded
        )
        there = "tam" in match[0] and self.discourse.binder.dates.since(sentence, position) is not None
        if not (anywhere or by_verb or there or _WITH_US.search(sentence.folded)):
            return
        genitive = not match[0].startswith("ubyl")
        towns = [
            t
            for t in sentence.towns
            if t.role == Role.PLAIN
            and not self.discourse.compared(t, sentence)
            and (t.genitive if genitive else t.nominative)
        ]
        yield from self._left(sentence, position, clause_at(sentence, position), self.discourse.actors(towns))

    def _stopped(self, sentence: Sentence) -> Iterator[Event]:
        """As in "gmina przestała wchodzić w skład ZMP", "przestaliśmy figurować na liście członków"."""
        match = _STOPPED.search(sentence.folded)
        if match is None:
            return
        position = sentence.start + match.start()
        clause = clause_at(sentence, position)
        if _UNREAL.search(sentence.slice(clause.start, position)) or not self._about_ours(sentence, position):
            return
        if re.search(r"(?<!\w)(?:zarzad|komisj|wladz|rad[ayz](?!\w))", sentence.slice(position, clause.end)):
            return
        word = Word(position, sentence.start + match.end(), match["verb"], frozenset())
        yield from self._left(sentence, position, clause, self._standing(sentence, word, clause))

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
        decided = AFTER_RESOLUTION.search(sentence.folded) is not None
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

    def _lost(self, sentence: Sentence) -> Iterator[Event]:
        """As in "Związek stracił X": the association is who loses."""
        for body in self._ours(sentence):
            match = _LOST.match(sentence.slice(body.end, body.end + 60))
            if match is None or re.search(r"(?<!\w)(?:w|do|ze?)\s+\"?$", sentence.slice(sentence.start, body.start)):
                continue
            position = body.end + match.start("verb")
            towns = [t for t in sentence.towns if t.role == Role.PLAIN and t.accusative and t.start >= position]
            yield from self._left(sentence, position, clause_at(sentence, position), self.discourse.actors(towns))
            return

    def _walked_out(self, sentence: Sentence, handled: set[int]) -> Iterator[Event]:
        """As in "X kiedyś należała do ZMP, ale się wycofała": a membership that was, and its end without a goal."""
        match = _WALKED_OUT.search(sentence.folded)
        if match is None:
            return
        position = sentence.start + match.start("end")
        before = sentence.slice(sentence.start, position)
        been = _HAD_BEEN.search(before)
        if been is None or re.search(r"(?<!\w)(?:nie|gdyby|jesli|czy)(?!\w)", before[: been.end()]):
            return
        if _OUT_OF_ELSE.match(sentence.folded, match.end()):
            return
        if not self._about_ours(sentence, sentence.start + been.start()):
            return
        clause = clause_at(sentence, sentence.start + been.start())
        word = Word(sentence.start + been.start(), sentence.start + been.end(), been[0], frozenset())
        actors = self._standing(sentence, word, clause)
        handled.update(w.start for w in sentence.all("leave_past", "belong", "is", "member_word"))
        yield from self._left(sentence, position, clause_at(sentence, position), actors)

    def _not_since(self, sentence: Sentence) -> Iterator[Event]:
        """As in "nie jest członkiem ZMP od 2014 roku": a membership that ended then."""
        match = _NOT_MEMBER.search(sentence.folded)
        if match is None or re.search(r"(?<!\w)(?:nigdy|czy)(?!\w)", sentence.folded):
            return
        position = sentence.start + match.start()
        if not self._about_ours(sentence, position) or self.discourse.binder.dates.since(sentence, position) is None:
            return
        clause = clause_at(sentence, position)
        word = Word(position, sentence.start + match.end(), match["verb"], frozenset())
        yield from self._left(sentence, position, clause, self._standing(sentence, word, clause))

    def _struck_off(self, sentence: Sentence, handled: set[int]) -> Iterator[Event]:
        """As in "z listy członków ZMP skreślono A", "A wykreślono z grona członków"."""
        nouns = [
            Word(sentence.start + m.start(), sentence.start + m.end(), m[0], frozenset())
            for m in (_STRIKING_OFF.finditer(sentence.folded) if _DONE.search(sentence.folded) else ())
        ]
        for word in (*sentence.all("leave_past"), *nouns):
            if not word.folded.startswith(("skres", "wykres", "usun")):
                continue
            clause = clause_at(sentence, word.start)
            scope = sentence.slice(clause.start, clause.end)
            if not _STRUCK_OFF.search(" " + scope) or _UNREAL.search(scope) or not self._about_ours(sentence, word.end):
                continue
            towns = [t for t in sentence.towns if t.role == Role.PLAIN and clause.start <= t.start < clause.end]
            actors = self.discourse.actors(towns) or self.discourse.subjects(sentence, word, clause)
            handled.add(word.start)
            yield from self._left(sentence, word.start, clause, actors)
            return

    def _membership_ended(self, sentence: Sentence, handled: set[int]) -> Iterator[Event]:
        """As in "członkostwo X w ZMP ustało", "X straciła członkostwo w ZMP"."""
        for noun in sentence.all("member_noun"):
            if not noun.folded.startswith(("czlonkostw", "przynalezn", "membership")):
                continue
            clause = clause_at(sentence, noun.start)
            ended = next(
                (
                    w
                    for w in sentence.all("cease")
                    if clause.start <= w.start < clause.end and abs(w.start - noun.start) < 120
                ),
                None,
            )
            if ended is None or _UNREAL.search(sentence.slice(clause.start, clause.end)):
                continue
            if not self._about_ours(sentence, noun.end):
                continue
            body = next((b for b in self._ours(sentence) if b.start >= noun.end), None)
            stop = body.start if body is not None else min(clause.end, noun.end + 60)
            named = [t for t in sentence.towns if noun.end <= t.start < stop and t.is_actor]
            actors = (
                self.discourse.actors(self.discourse.tail(sentence, named[:1]))
                if named
                else self.discourse.subjects(sentence, ended, clause)
            )
            handled.add(ended.start)
            handled.add(noun.start)
            yield from self._left(sentence, ended.start, clause, actors)
            return

    def _outside(self, sentence: Sentence) -> Iterator[Event]:
        """As in "od stycznia miasto jest poza ZMP", "X znalazł się poza Związkiem"."""
        for body in self._ours(sentence):
            clause = clause_at(sentence, body.start)
            scope = sentence.slice(clause.start, clause.end)
            no_longer = _NO_LONGER.search(scope) is not None and self._placed(sentence, body, _INSIDE)
            if not no_longer and not self._placed(sentence, body, _OUTSIDE):
                continue
            if no_longer and re.match(r"\s+(?:zarzad|wladz|komisj|rady)", sentence.slice(body.end, body.end + 12)):
                continue
            if not no_longer and (_UNREAL.search(scope) or not (_CHANGED.search(scope) or _SINCE_DAY.search(scope))):
                continue
            word = Word(body.start, body.end, sentence.slice(body.start, body.end), frozenset())
            actors = self._standing(sentence, word, clause)
            yield from self._left(sentence, body.start, clause, actors)
            return

    def _outside_of_it(self, sentence: Sentence) -> Iterator[Event]:
        """As in "miasto było poza nią od września 2015 roku"."""
        match = _OUT_OF_IT.search(sentence.folded)
        if match is None or _UNREAL.search(sentence.folded) or any(b.kind is BodyKind.OTHER for b in sentence.bodies):
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
                or _UNREAL.search(scope)
                or not (_IN_AGAIN.search(scope) or len(sentence.text) < _HEADLINE)
            ):
                continue
            finite = next((w for w in sentence.all("is", "belong") if clause.start <= w.start < clause.end), None)
            if finite is None and self._finite(sentence, clause):
                continue
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

    def _left(self, sentence: Sentence, anchor: int, clause: Clause, actors: list[Actor]) -> Iterator[Event]:
        for actor in actors:
            event = Event.told(actor, EventKind.WITHDRAWAL, Stage.ADMITTED, sentence, anchor, "sentence.gone", 0.85)
            self.discourse.binder.bind(event, sentence, clause)
            if event.date is None:
                event.date = self.discourse.binder.dates.since(sentence, anchor)
            yield event
        if actors:
            self.discourse.open = OpenStep(sentence.number, EventKind.WITHDRAWAL, tuple(actors), admitted=True)

    def _standing(self, sentence: Sentence, word: Word, clause: Clause) -> list[Actor]:
        """Who stands there: "we", towns in the nominative of the clause, else who was spoken of."""
        scope = sentence.slice(clause.start, clause.end)
        if re.search(r"(?<!\w)(?:jestesmy|znalezlismy|nalezymy|nasz\w{0,3}\s+(?:miast|gmin|samorz)\w*)(?!\w)", scope):
            return self._we(sentence)
        named: list[Town] = [
            t
            for t in sentence.towns
            if t.role == Role.PLAIN
            and t.nominative
            and clause.start <= t.start < clause.end
            and not self.discourse.compared(t, sentence)
        ]
        if named:
            return self.discourse.actors(self.discourse.tail(sentence, named[:1]))
        return self.discourse.subjects(sentence, word, clause)

    def _we(self, sentence: Sentence) -> list[Actor]:
        """Whose "we" it is: the mayor's who says so, else whose text it is."""
        speaker = [t for t in sentence.towns if t.role == Role.OFFICIAL]
        return self.discourse.actors(speaker[:1]) or self.discourse.home()

    @staticmethod
    def _finite(sentence: Sentence, clause: Clause) -> bool:
        return (
            sentence.has(*_VERBS, start=clause.start, end=clause.end)
            or _VERB_ENDING.search(sentence.slice(clause.start, clause.end)) is not None
        )

    def _placed(self, sentence: Sentence, body: Body, pattern: re.Pattern[str]) -> bool:
        return pattern.search(sentence.slice(max(sentence.start, body.start - 60), body.start)) is not None

    @staticmethod
    def _ours(sentence: Sentence) -> list[Body]:
        return [b for b in sentence.bodies if b.kind is BodyKind.OURS]

    def _about_ours(self, sentence: Sentence, position: int) -> bool:
        named = [b for b in sentence.bodies if b.kind is not BodyKind.GENERIC]
        if named:
            return min(named, key=lambda b: abs(b.start - position)).kind is BodyKind.OURS
        return self.discourse.topic(sentence, position) is BodyKind.OURS
