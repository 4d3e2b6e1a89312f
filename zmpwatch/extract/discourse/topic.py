"""Whom and what a text has been about so far, and who is meant in a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from zmpwatch.extract.binding.binder import Binder
from zmpwatch.extract.binding.decidedat import DECIDED_THERE, led_by_place, was_voted, where_decided
from zmpwatch.extract.binding.event import Actor
from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.discourse.allofthem import all_portrayed
from zmpwatch.extract.discourse.pointing import actors_of, pointed_at
from zmpwatch.extract.discourse.relatives import (
    behind_what_they_did,
    told_of_by_their_mayors,
    town_of_the_place,
    town_of_the_speaker,
    towns_unnamed,
    where_a_council_is,
    where_it_was,
)
from zmpwatch.extract.discourse.whoseparagraph import ParagraphTown
from zmpwatch.extract.steps.takenout import taken_out
from zmpwatch.extract.structure.clause import Clause
from zmpwatch.extract.structure.reading import Reading
from zmpwatch.extract.structure.sentences import Sentence, Word
from zmpwatch.extract.towns.finding import Role
from zmpwatch.extract.towns.rows import TownRows
from zmpwatch.extract.words.aspect import WHEN_OTHERS_DID
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.phrases import BESIDE_ANOTHER, OTHER_TOWNS, UNNAMED_TOWNS
from zmpwatch.model import BlockKind, EventKind

__all__ = ["Discourse", "OpenStep"]


_LONG_BEFORE = 12
"""How far back the only body that a text names at all is still meant."""
_MEANT = lazy(r"\W*(?:chodzi|chodzilo|mowa)\s+(?:tu\s+|oczywiscie\s+)?o\s")
_DENIED = lazy(r"(?<!\w)nie\s+o\s+(?:\w+\s+)?\"?$")
_SITTING = lazy(
    r"(?<!\w)(?:sesj\w{1,3}|komisj\w{1,3}|obrad\w{0,3}|glosowani\w{1,2}|(?:za|prze)?glosowa(?:no|l[yia]?))(?!\w)"
)
_THEIR_COUNCILS = lazy(
    r"(?<!\w)(?:rady|radni)\s+(?:obu|obydwu|wszystkich|tych|trzech|czterech)\s+(?:\w+\s+)?(?:miast|gmin|samorzadow)(?!\w)|(?<!\w)obie\s+rady(?!\w)",
    *("=czterech", "=obie", "=obu", "=obydwu", "=trzech", "=tych", "=wszystkich"),
)
_BOTH = lazy(r"(?<!\w)(?:oba|obie|obydwa|obydwie)\s+(?:te\s+)?(?:miasta|gminy|samorzady)(?!\w)")
_THEY = lazy(r"(?<!\w)(?:one|oni)(?!\w)")
_OPINES = lazy(r"(?<!\w)(?:zaopiniowa|zarekomendowa|opiniowa|opiniuj)\w+")
_THEY_DID = lazy(r"\W*ktore\s+(?:[\w.-]+\s+){0,5}?(?:\w{3,}ly|sa|naleza|beda)(?!\w)")
_SO_MANY_ACTS = lazy(
    r"(?<!\w)(?:\d{1,2}|dwie|trzy|cztery|piec|szesc|siedem|osiem|dziewiec|dziesiec|kilka|kilkanascie|kolejne|kolejnych|nowe|nowych|liczne|wiele)\s+(?:\w+\s+)?uchwal(?:y|e)?(?!\w)",
    "uchwal",
)


@dataclass(frozen=True, slots=True)
class OpenStep:
    """A step that was spoken of, and may be decided in one of the next sentences."""

    sentence: int
    kind: EventKind
    actors: tuple[Actor, ...]
    admitted: bool = False
    """It was told as done: only a council's own resolution may follow, not the board's."""
    portrait: bool = False
    """It is a heading over the portrait of a town admitted: all that follows is about that town."""
    negated: bool = False
    """It was told as not to be: "X nie wejdzie do Związku. Tak zdecydowali radni"."""
    headline: bool = False
    """It was only hinted at, by a headline without a verb or by "in X the matter …"."""

    @property
    def reach(self) -> int:
        """How many sentences on a decision may still be about the step."""
        return 16 if self.portrait else 3


@dataclass(slots=True)
class Discourse:
    """What a reader of running text keeps in mind: whom and what the last sentences were about."""

    reading: Reading
    binder: Binder
    focus: list[Actor] = field(default_factory=list)
    open: OpenStep | None = None
    headed: tuple[Actor, ...] = ()
    """Who heads the paragraph, or the paragraphs, that are being read: "KŁOBUCK – …", a line with a bare name."""
    paragraph: Actor | None = None
    """The town that the paragraph being read is about, where it is another than the text's."""
    rows: TownRows = field(init=False)
    _paragraphs: ParagraphTown = field(init=False)

    def __post_init__(self) -> None:
        self.rows = TownRows(self.reading)
        self._paragraphs = ParagraphTown(self.reading)

    def enter(self, sentence: Sentence) -> None:
        """Begin with a sentence; one of a paragraph about one town is about that, whoever the text was about before."""
        if not sentence.towns and sentence.start < self._paragraphs.end:
            return  # it goes on as before
        town = self._paragraphs.enter(sentence)
        if town is None:
            self.paragraph = None
            return
        if self.paragraph is not None and self.paragraph.name == town.name:
            return
        self.paragraph = Actor(town.name, town.municipality)
        if self.focus and all(actor.name != town.name for actor in self.focus):
            self.focus = [self.paragraph]

    def close_leaving(self, sentence: Sentence, inside: set[str]) -> None:
        """Forget a leaving that a paragraph before told of others than those now told to be in: "A i B są w ZMP"."""
        before = self.open
        if before is None or before.kind is not EventKind.WITHDRAWAL:
            return
        earlier = self.reading.sentences[before.sentence].start < sentence.paragraph[0]
        if earlier and inside.isdisjoint(actor.name for actor in before.actors):
            self.open = None

    def topic(self, sentence: Sentence, position: int) -> BodyKind | None:
        """The body last spoken of before a place."""
        for body in reversed(sentence.bodies):
            if body.end <= position and body.kind is not BodyKind.GENERIC:
                return body.kind
        if self.open is not None and self.open.portrait and 0 < sentence.number - self.open.sentence <= self.open.reach:
            return BodyKind.OURS
        if self._another_meant_next(sentence):
            return BodyKind.OTHER
        before = self.reading.named_before(sentence)
        if before is not None:
            return before
        if self.reading.ours_by_address or self.named_next(sentence):
            return BodyKind.OURS
        if not self.alone():
            return None
        long_before = self.reading.before(sentence, _LONG_BEFORE)
        return BodyKind.OURS if any(s.bodies for s in long_before) else None

    def away(self, sentence: Sentence) -> bool:
        """Whether a sentence names no body but others', and none before it means the association.

        It tells nothing of that.
        """
        if self.alone() or any(body.kind is not BodyKind.OTHER for body in sentence.bodies):
            return False
        return self.topic(sentence, sentence.start) is not BodyKind.OURS

    def admitted_just_before(self, sentence: Sentence) -> bool:
        """Whether the sentence before told of an admission, so that this one may go on with it."""
        before = self.open
        return before is not None and before.admitted and sentence.number - before.sentence <= 1

    def named_next(self, sentence: Sentence) -> bool:
        """Whether the next sentence only says which body was meant: "Chodzi o Związek Miast Polskich"."""
        following = self.reading.sentences[sentence.number + 1 : sentence.number + 2]
        if not following or not following[0].bodies or following[0].bodies[0].kind is not BodyKind.OURS:
            return False
        return _MEANT.match(following[0].folded) is not None or (
            sentence.segment.kind is BlockKind.HEADING and not sentence.bodies
        )

    def _another_meant_next(self, sentence: Sentence) -> bool:
        """Whether the next sentence says that another body was meant: "Chodzi o Związek Gmin, nie o Związek Miast"."""
        following = self.reading.sentences[sentence.number + 1 : sentence.number + 2]
        if not following or _MEANT.match(following[0].folded) is None:
            return False
        return (
            not following[0].bodies
            or following[0].bodies[0].kind is BodyKind.OTHER
            or any(_DENIED.search(following[0].slice(following[0].start, b.start)) for b in following[0].bodies)
        )

    def just_before(self, sentence: Sentence) -> Sentence | None:
        """The sentence before one in the same paragraph, if there is one."""
        before = self.reading.sentences[sentence.number - 1] if sentence.number else None
        return before if before is not None and before.segment is sentence.segment else None

    def alone(self) -> bool:
        """Whether a text names the association and no other body at all."""
        return self.reading.names_only_ours

    def we(self, sentence: Sentence) -> list[Actor]:
        """Who says "we": who heads the paragraph ("Zagórów: „Jesteśmy …”"), else whose text it is."""
        before = self.open
        if before is not None and before.headline and before.sentence == sentence.number - 1:
            return list(before.actors)  # "Sochaczew w Związku! Zarząd przyjął nas w czerwcu"
        if self.headed:
            first = self.reading.sentences_of(sentence.segment)[:1]
            if first and any(t.name == self.headed[0].name for t in first[0].towns):
                return list(self.headed)
        return self.home()

    def home(self) -> list[Actor]:
        """The municipality whose site, paper or paragraph it is, as the only entry; none where that is not known."""
        if self.paragraph is not None:
            return [self.paragraph]
        name = self.reading.home_name
        return [Actor(name, self.reading.home)] if name else []

    actors = staticmethod(actors_of)

    def subjects(self, sentence: Sentence, word: Word, clause: Clause) -> list[Actor]:
        """Who does a finite step: towns in the nominative in its clause, "nasze miasto", or who was spoken of."""
        folded = self.reading.clean.folded
        if re.search(r"(?:lismy|lysmy|emy|amy|imy)$", word.folded):
            return self.we(sentence)
        if re.match(r"\W*ktor(?:y|a|e|zy)(?!\w)", sentence.slice(clause.start, clause.end)):
            hung = [t for t in sentence.towns if t.role == Role.PLAIN and clause.start - 3 <= t.end <= clause.start]
            if hung:
                all_of_them = hung[0].nominative or (
                    not hung[0].accusative and _THEY_DID.search(sentence.slice(clause.start, clause.end))
                )
                return self.actors(self.rows.tail(sentence, hung) if all_of_them else hung)
            hung = told_of_by_their_mayors(self.rows, sentence, clause) or where_it_was(sentence, clause)
            if hung:
                return self.actors(hung)
        where = town_of_the_place(sentence, word)
        if where:
            return self.actors(where)
        plain = [
            t for t in sentence.towns if t.role == Role.PLAIN and t.nominative and not self.rows.compared(t, sentence)
        ]
        examples = self.rows.exemplified(sentence)
        if examples:
            return self.actors(examples)
        inside = [t for t in plain if clause.start <= t.start < clause.end]
        if inside and behind_what_they_did(sentence, word, clause, inside):
            return []
        if inside:
            nearest = min(
                inside, key=lambda t: t.start - word.end if t.start >= word.end else (word.start - t.end) * 0.8
            )
            return self.actors(self.rows.tail(sentence, [nearest]))
        if towns_unnamed(sentence, clause):
            behind = [t for t in plain if t.start >= clause.end]
            return self.actors(self.rows.tail(sentence, behind[:1]))
        relative = re.search(r"(?<!\w)(?:ktor\w+|jak\w?i\w{0,2})\s+(?:\w+\s+){0,4}$", folded[clause.start : word.start])
        if relative or re.match(r"\W*ktor", folded[clause.start : word.start]):
            earlier = [t for t in sentence.towns if t.end <= word.start]
            if earlier:
                return self.actors([earlier[-1]])
        scope = sentence.slice(clause.start, clause.end)
        if re.search(r"(?<!\w)(?:nasz\w*|my)(?!\w)", scope):
            return self.home()
        pointed = self.pointed(sentence, clause)
        if pointed:
            return pointed
        portrayed = all_portrayed(self.reading, sentence, scope)
        if portrayed and not any(t.end <= clause.start for t in plain):
            return self.actors(portrayed)
        if _BOTH.search(scope):
            named = self.actors(t for t in plain if t.end <= clause.start)
            spoken_of = (named, list(self.focus), list(self.open.actors) if self.open is not None else [])
            return next((group for group in spoken_of if len(group) > 1), [])
        if WHEN_OTHERS_DID.match(scope):
            return []
        if plain:
            nearest = min(plain, key=lambda t: abs(t.start - word.start))
            return self.actors(self.rows.tail(sentence, [nearest]))
        if OTHER_TOWNS.search(scope):
            return self.actors(self.rows.following(sentence))
        heads = town_of_the_speaker(sentence, word, clause)
        if heads:
            return self.actors(heads)
        if self.headed:
            return list(self.headed)
        if self.focus and not re.search(r"(?<!\w)(?:gmina|samorzad)(?!\w)", scope):
            several = len(self.focus) > 1 or _THEY.search(scope) is None
            return list(self.focus) if several else []
        officials = [t for t in sentence.towns if t.role == Role.OFFICIAL]
        if officials:
            return self.actors(officials[-1:])
        return self.home() or self.only_one(scope)

    def only_one(self, scope: str) -> list[Actor]:
        """The only municipality that a text names at all, where "miasto" or "gmina" is who does something."""
        only = self.actors(
            [
                t
                for t in self.reading.towns
                if t.role != Role.BODY
                and not BESIDE_ANOTHER.search(self.reading.clean.folded[max(0, t.start - 34) : t.start])
                and not re.search(r"siedzib\w+\s+w[e]?\s+$", self.reading.clean.folded[max(0, t.start - 20) : t.start])
            ]
        )
        return only if len(only) == 1 and re.search(r"(?<!\w)(?:miasto|gmina)(?!\w)", scope) else []

    def intro(self, sentence: Sentence) -> Sentence | None:
        """The sentence that introduces the list an item stands in: "Radni na sesji 30 grudnia:"."""
        if not sentence.segment.level:
            return None
        for earlier in reversed(self.reading.before(sentence, 12)):
            if not earlier.segment.level:
                return earlier if earlier.text.rstrip().endswith(":") else None
        return None

    def owners(self, sentence: Sentence, word: Word, clause: Clause) -> list[Actor]:
        """Whose step a noun, an infinitive or a ballot is about."""
        bodies = [b for b in sentence.bodies if b.start > word.end]
        stop = bodies[0].start if bodies else min(sentence.end, word.end + 80)
        acting = self.rows.acting(sentence)
        if (not bodies or bodies[0].start >= clause.end) and any(
            t.role == Role.PLAIN and t.nominative and clause.start <= t.start < word.start for t in acting
        ):
            stop = min(stop, clause.end)  # "A uchwałę o akcesji podjęła w czerwcu, a B ją do tego zachęcał"
        named = [t for t in acting if word.end <= t.start < stop]
        if named:
            return self.actors(self.rows.tail(sentence, named[:1]))
        taken = taken_out(sentence, word, clause, self.just_before(sentence))
        if taken:
            return self.actors(taken)
        scope = sentence.slice(clause.start, clause.end)
        if re.search(r"(?<!\w)nasz\w*\s+(?:miast|gmin|samorz)", scope):
            return self.home()
        pointed = self.pointed(sentence, clause)
        if pointed:
            return pointed
        if self.focus and re.search(
            r"(?<!\w)(?:ich|jej|jego)\s+(?:rad[ay]|radni|samorzad\w*|burmistrz|prezydent|wojt|wladze|wlodarz)(?!\w)",
            scope,
        ):
            return list(self.focus)
        if re.match(r"\W*ktor(?:ego|ej|ych)(?!\w)", scope):
            hung = [t for t in sentence.towns if t.role != Role.BODY and clause.start - 3 <= t.end <= clause.start]
            if hung:
                return self.actors(hung)
        where = where_a_council_is(sentence, word)
        if where:
            return self.actors(where)
        if _THEIR_COUNCILS.search(scope):
            several = [t for t in sentence.towns if t.role == Role.PLAIN and t.nominative]
            if len(several) > 1:
                return self.actors(several)
            if len(self.focus) > 1 and not sentence.towns:
                return list(self.focus)
        councils = [t for t in sentence.towns if t.role == Role.COUNCIL and clause.start <= t.start < clause.end]
        if not councils and WHEN_OTHERS_DID.match(scope):
            return []
        councils = councils or where_decided(sentence) or [t for t in sentence.towns if t.role == Role.COUNCIL]
        if councils and councils[0].role == Role.PLACE:
            return self.actors(councils)
        if councils:
            return self.actors(self.rows.tail(sentence, councils))
        acting = [t for t in acting if not self.rows.compared(t, sentence)]
        told = [t for t in acting if t.role != Role.PLAIN or t.nominative or t.accusative or t.genitive]
        inside = [t for t in acting if clause.start <= t.start < clause.end] or told
        if inside:
            return self.actors(self.rows.tail(sentence, inside[:1]) if len(inside) > 1 else inside)
        if re.search(
            r"(?<!\w)(?:kolejn\w+|nowych|kilku|trzech|dwoch|pieciu|czterech)\s+(?:\w+\s+)?(?:miast|gmin(?!\w)|samorzadow(?!\w))|miasta\s+przeslaly"
            r"|(?<!\w)(?:dwie|trzy|cztery|piec|szesc|kilka|kolejne|nastepne|two|three|four|several)\s+(?:\w+\s+)?(?:rady?|councils)(?!\w)",
            sentence.folded,
        ):
            following = self.actors(self.rows.following(sentence))
            if following:
                return following
        led = self.led_by_place(sentence)
        if led:
            return led
        places = {t.name: t for t in sentence.towns if t.role == Role.PLACE}
        if (
            len(places) == 1
            and (sentence.has("council", "refuse") or _SITTING.search(sentence.folded))
            and (sentence.has("decide", "ballot", "refuse", "decision_noun") or _OPINES.search(sentence.folded))
            and not sentence.has("board")
        ) or (
            len(places) == 1
            and (DECIDED_THERE.search(sentence.folded) is not None or was_voted(self.binder.ballots, sentence, clause))
            and not sentence.has("board")
        ):
            return self.actors(list(places.values()))  # "uchwałę poparło w X 14 radnych"
        if not sentence.towns and (_SO_MANY_ACTS.search(sentence.folded) or UNNAMED_TOWNS.search(sentence.folded)):
            return []  # "wpłynęło dziewięć uchwał": of towns that are not named
        if self.headed:
            return list(self.headed)
        if not self.focus and self.reading.home_name is None:
            sat = self._where_they_sat(sentence)
            if sat:
                return sat
        if self.focus and not (sentence.has("council") and self.reading.home_name):
            return list(self.focus)
        return self.home() or list(self.focus)

    def pointed(self, sentence: Sentence, clause: Clause) -> list[Actor]:
        """Whose council "tamtejsza rada" or "solecka rada" is, where a clause points to one so."""
        return pointed_at(self.reading, sentence, clause, self.home(), self.headed)

    def _where_they_sat(self, sentence: Sentence) -> list[Actor]:
        """As in "Sesja w Krobi trwała kwadrans. Jedynym punktem było …": the only town of a text that names one."""
        places = {t.name: t for t in self.reading.towns if t.role != Role.BODY}
        earlier = self.reading.before(sentence)
        sat = any(_SITTING.search(s.folded) and any(t.role == Role.PLACE for t in s.towns) for s in earlier)
        return self.actors(list(places.values())) if sat and len(places) == 1 else []

    def led_by_place(self, sentence: Sentence) -> list[Actor]:
        """As in "W Drawsku temat ma wrócić": the place a sentence on councils and mayors begins with."""
        return self.actors(led_by_place(sentence))
