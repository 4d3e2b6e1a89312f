"""What speaks for and against a sentence telling a step of membership, however it is put.

Evidence is a set of names, each a plain observation: how the association stands in the sentence ("topic.…"), what its
words speak of ("concept.…"), who may be meant ("who.…"), what else it speaks of ("against.…"). `salience_weights.yaml`
has a line for each name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from zmpwatch.extract.bodies import Body, BodyKind
from zmpwatch.extract.clause import Clause, clause_at
from zmpwatch.extract.cues import Cue, Token, load_cues, tokens_of
from zmpwatch.extract.discourse import Discourse
from zmpwatch.extract.event import Actor
from zmpwatch.extract.goals import JOIN, LEAVE
from zmpwatch.extract.lazy import lazy
from zmpwatch.extract.sentences import Sentence
from zmpwatch.extract.towns import Role, Town
from zmpwatch.model import EventKind, Stage

__all__ = ["Guess", "Guesser"]

_IN, _OUT = ("entering", "figurative_entering", "belonging"), ("leaving", "figurative_leaving")
_FIGURATIVE = ("figurative_entering", "figurative_leaving")
_LEADING = {"do", "w", "we", "na", "z", "ze", "pod", "od"}
_WITHIN = 4
"""How many words apart two things stand together."""
_BACK = 2
"""How many sentences back a step still belongs to a decision."""
_PAIR = 2
_FOCUS = 3
"""How many sentences back a town still is "it"."""
_CAME_FROM = lazy(r"(?<!\w)(?:z|ze|spod|od|kolo|for|from)\s+$")
_COUNCIL_FROM = lazy(r"(?<!\w)(?:rad[ayz]|radzie|radn\w+|rajc\w+|samorzad\w*|papier\w*|wnios\w+)\s+z[e]?\s+$")
_BEFORE_THE_WAR = 1989
_TOPICS = tuple(
    f"topic.{name}"
    for name in (
        *("into", "inside", "outside", "dative", "subject", "with", "towards"),
        *("genitive", "bare", "organ", "agent", "activity"),
    )
)
"""How the association may stand in a sentence, the most telling first."""
_REACHED = ("topic.into", "topic.towards", "topic.dative")


@dataclass(frozen=True, slots=True)
class Guess:
    """A step a sentence may tell, and everything that speaks for and against it."""

    sentence: Sentence
    kind: EventKind
    stage: Stage
    actors: tuple[Actor, ...]
    anchor: int
    concept: str
    who: str
    topic: str
    evidence: frozenset[str]
    staged: bool
    """Whether a word tells how far the step has come; without one it is taken for done."""

    @property
    def rule(self) -> str:
        """The name of the rule: what the sentence speaks of, how the association and how the town stand in it."""
        return f"salience.{self.concept}.{self.topic}.{self.who}"


@dataclass(slots=True)
class _View:
    """A sentence, its words and what they speak of."""

    sentence: Sentence
    tokens: list[Token]
    cues: list[Cue]
    negated: set[int] = field(default_factory=set)
    kinds: frozenset[str] = frozenset()
    elsewhere: dict[Cue, bool] = field(default_factory=dict)
    """Which words lead to something else, as far as it has been asked."""

    def of(self, *kinds: str) -> list[Cue]:
        return [cue for cue in self.cues if cue.kind in kinds]

    def has(self, *kinds: str) -> bool:
        return not self.kinds.isdisjoint(kinds)


class Guesser:
    """Looks at the sentences of one document and gathers the evidence."""

    def __init__(self, discourse: Discourse) -> None:
        self._discourse = discourse
        self._reading = discourse.reading
        self._views: dict[int, _View] = {}
        self._topics: dict[int, tuple[str | None, Body | None]] = {}

    def guesses(self, sentence: Sentence) -> Iterator[Guess]:
        """The steps that a sentence may tell: one at most of each kind."""
        topic, body = self._topic(sentence)
        if topic is None:
            return
        view = self._view(sentence)
        kind, cue, concept = self._kind(view, body)
        if kind is None or cue is None:
            return
        before = concept in ("told_before", "spoken_of_before")
        who, actors = self._who(view, cue)
        if not actors:
            return
        evidence = {topic, f"who.{who}"}
        evidence.update(f"concept.{name}" for name in view.kinds if name in _CONCEPTS)
        evidence.update(f"against.{name}" for name in view.kinds if name in _AGAINST)
        if concept not in view.kinds:
            evidence.add(f"concept.{concept}")
        evidence.update(self._against(view))
        evidence.update(self._together(view, cue, body, actors))
        evidence.update(_pairs(concept, topic, who, evidence))
        stage, told = self._stage(view, kind, who, before=before)
        evidence.add(f"step.{kind.value}_{stage.value}")
        evidence.add("stage.told" if told else "stage.untold")
        yield Guess(
            sentence,
            kind,
            stage,
            tuple(actors),
            sentence.start + view.tokens[cue.first].start,
            concept,
            who,
            topic.partition(".")[2],
            frozenset(evidence),
            told,
        )

    # -- words -----------------------------------------------------------------------------------------------------

    def _view(self, sentence: Sentence) -> _View:
        known = self._views.get(sentence.number)
        if known is None:
            tokens = tokens_of(sentence.folded)
            cues = load_cues().find(tokens)
            spans: list[Town | Body] = [*sentence.towns, *(b for b in sentence.bodies if b.named)]
            named = [(span.start - sentence.start, span.end - sentence.start) for span in spans]
            if named:
                inside = {i for i, t in enumerate(tokens) if any(s <= t.start < e for s, e in named)}
                cues = [cue for cue in cues if cue.first not in inside]
            view = _View(sentence, tokens, cues)
            view.negated = {
                c.first
                for c in cues
                if any(t.folded in ("nie", "nigdy") for t in tokens[max(0, c.first - 2) : c.first])
            }
            view.kinds = frozenset(c.kind for c in cues)
            known = self._views[sentence.number] = view
        return known

    def _kind(self, view: _View, body: Body | None) -> tuple[EventKind | None, Cue | None, str]:
        """Joining or leaving, by the words that are about the association, and the word that tells it."""
        out = self._leading(view, body, _OUT)
        into = self._leading(view, body, _IN)
        if out and not (into and view.has("again")):
            return EventKind.WITHDRAWAL, out, out.kind
        if into:
            return EventKind.ACCESSION, into, into.kind
        if body is not None:
            reached = self._reaching(view, body)
            return (EventKind.ACCESSION, reached, "reaching") if reached else (None, None, "")
        decided = view.of("refusing", "objecting", "agreeing", "ballot")
        if not decided or view.has("activity"):
            return None, None, ""
        aimed = False
        for earlier in reversed(self._reading.sentences[max(0, view.sentence.number - _BACK) : view.sentence.number]):
            seen = self._view(earlier)
            for kind, names in ((EventKind.WITHDRAWAL, _OUT), (EventKind.ACCESSION, _IN)):
                if self._leading(seen, self._topic(earlier)[1], names):
                    return kind, decided[0], "told_before"
            ours = any(b.kind is BodyKind.OURS for b in earlier.bodies)
            aimed = aimed or (ours and seen.has("council", "mayor", "planning") and not seen.has("activity", "person"))
        return (EventKind.ACCESSION, decided[0], "spoken_of_before") if aimed else (None, None, "")

    def _reaching(self, view: _View, body: Body) -> Cue | None:
        """As in "rada opowiedziała się za Związkiem", "mierzy w Związek": a will or a word goes to the association."""
        if self._governed(view.sentence, body) not in _REACHED:
            return None
        place = self._index(view, body.start)
        found = [
            c for c in view.of("agreeing", "refusing", "objecting", "planning") if abs(c.last - place) <= _WITHIN + 2
        ]
        return min(found, key=lambda c: abs(c.last - place), default=None)

    def _leading(self, view: _View, body: Body | None, names: tuple[str, ...]) -> Cue | None:
        """The word of joining or leaving that stands nearest to the association, and leads nowhere else."""
        found = [c for c in view.of(*names) if c.first not in view.negated and not self._elsewhere(view, c)]
        if body is None:
            found = [c for c in found if c.kind not in _FIGURATIVE]
            return min(found, key=lambda c: c.first, default=None)
        place = self._index(view, body.start)
        found = [c for c in found if c.kind not in _FIGURATIVE or abs(c.last - place) <= 2 * _WITHIN]
        if not found:
            return None
        return min(found, key=lambda c: (min(abs(c.first - place), abs(c.last - place)), c.first))

    def _elsewhere(self, view: _View, cue: Cue) -> bool:
        """Whether a word leads to something else: "przystąpił do programu", "wystąpił z apelem"."""
        known = view.elsewhere.get(cue)
        if known is None:
            known = view.elsewhere[cue] = self._leads_elsewhere(view, cue)
        return known

    @staticmethod
    def _leads_elsewhere(view: _View, cue: Cue) -> bool:
        tokens = view.tokens
        place = next((i for i in range(cue.last, min(cue.last + 4, len(tokens))) if tokens[i].folded in _LEADING), None)
        if place is None or place + 1 >= len(tokens):
            return False
        start = view.sentence.start
        about_it = {c.first for c in view.of("about_it")}
        for index in range(place + 1, min(place + 4, len(tokens))):
            token = tokens[index]
            spans = [b for b in view.sentence.bodies if b.start - start <= token.start < b.end - start]
            if spans:
                return spans[0].kind is BodyKind.OTHER
            if index in about_it or token.folded[0].isdigit():
                return False
            if any(t.start - start <= token.start < t.end - start for t in view.sentence.towns):
                return False
        return True

    @staticmethod
    def _index(view: _View, position: int) -> int:
        place = position - view.sentence.start
        return next((i for i, t in enumerate(view.tokens) if t.end > place), len(view.tokens))

    # -- the association ---------------------------------------------------------------------------------------------

    def _topic(self, sentence: Sentence) -> tuple[str | None, Body | None]:
        """How the association stands in a sentence, or that those before are about it."""
        known = self._topics.get(sentence.number)
        if known is None:
            known = self._topics[sentence.number] = self._stands(sentence)
        return known

    def _stands(self, sentence: Sentence) -> tuple[str | None, Body | None]:
        ours = [b for b in sentence.bodies if b.kind is BodyKind.OURS]
        if ours:
            told = [(self._governed(sentence, body), body) for body in ours]
            return min(told, key=lambda each: _TOPICS.index(each[0]))
        if any(b.kind is BodyKind.OTHER for b in sentence.bodies):
            return None, None
        if not sentence.number:
            return ("topic.near", None) if self._discourse.named_next(sentence) else (None, None)
        nearest = self._reading.sentences[sentence.number - 1]
        if any(b.kind is BodyKind.OURS for b in nearest.bodies):
            return "topic.near", None
        if sentence.has(*_TELLING) and self._discourse.topic(sentence, sentence.start) is BodyKind.OURS:
            return "topic.far", None
        return None, None

    @staticmethod
    def _governed(sentence: Sentence, body: Body) -> str:
        before = tokens_of(sentence.slice(max(sentence.start, body.start - 40), body.start))
        surface = sentence.slice(body.start, body.end)
        last = before[-1].folded if before else ""
        kinds = {c.kind for c in load_cues().find(before[-1:])}
        if surface.startswith("zwiazkowi"):
            return "topic.dative"
        if last == "przez":
            return "topic.agent"
        if surface.startswith("zwiazkiem"):
            return "topic.with"
        if "organ" in kinds:
            return "topic.organ"
        if "activity" in kinds or "person" in kinds:
            return "topic.activity"
        if "inside" in kinds:
            return "topic.inside" if last in ("w", "we") and not surface.startswith("zwiazek") else "topic.into"
        if "outside" in kinds:
            return "topic.outside"
        if surface.startswith("zwiazek"):
            return "topic.towards" if "towards" in kinds else "topic.subject"
        if "towards" in kinds:
            return "topic.towards"
        if surface.startswith("zwiazku"):
            return "topic.genitive"
        return "topic.bare"

    # -- the town ------------------------------------------------------------------------------------------------------

    def _who(self, view: _View, cue: Cue) -> tuple[str, list[Actor]]:
        """Who is meant, and by what."""
        sentence = view.sentence
        council = view.has("council")
        towns = [t for t in sentence.towns if t.role != Role.BODY and not self._discourse.compared(t, sentence)]
        anchor = sentence.start + view.tokens[cue.first].start
        clause = clause_at(sentence, anchor)

        def near(town: Town) -> tuple[bool, int]:
            return not clause.start <= town.start < clause.end, abs(town.start - anchor)

        councils = [t for t in towns if t.role == Role.COUNCIL or self._lead(sentence, t, _COUNCIL_FROM)]
        plain = [t for t in towns if t.role == Role.PLAIN and not self._lead(sentence, t, _CAME_FROM)]
        for name, group in (
            ("subject", [t for t in plain if t.nominative]),
            ("council", councils),
            ("object", plain),
            ("office", [t for t in towns if t.role == Role.OFFICIAL]),
            ("council_place" if council else "place", [t for t in towns if t.role == Role.PLACE]),
        ):
            if group:
                first = min(group, key=near)
                return name, self._discourse.actors(self._discourse.tail(sentence, [first]) or [first])
        pointed = self._discourse.pointed(sentence, clause) if view.has("council", "mayor", "the_town") else []
        if pointed:
            return "adjective", pointed
        if view.has("home") and self._discourse.home():
            return "home", self._discourse.home()
        if sentence.towns:
            return "none", []
        if view.has("both"):
            return "both", self._last_two(sentence)
        referred = "pronoun" if view.has("pronoun") else "the_town" if view.has("the_town") else "focus"
        for earlier in reversed(self._reading.sentences[max(0, sentence.number - _FOCUS) : sentence.number]):
            named = [t for t in earlier.towns if t.is_actor and not self._discourse.compared(t, earlier)]
            if not named and any(c.kind == "council" for c in self._view(earlier).cues):
                named = [t for t in earlier.towns if t.role == Role.PLACE]
            if named:
                nominative = [t for t in named if t.nominative and t.role == Role.PLAIN] or named
                return referred, self._discourse.actors(self._discourse.tail(earlier, nominative[:1]))
        if self._discourse.home():
            return "site", self._discourse.home()
        return "none", []

    def _last_two(self, sentence: Sentence) -> list[Actor]:
        """Whom "oba miasta" means: the last two that were named, where there are just two."""
        for earlier in reversed(self._reading.sentences[max(0, sentence.number - _FOCUS) : sentence.number]):
            named = self._discourse.actors([t for t in earlier.towns if t.role != Role.BODY])
            if named:
                return named if len(named) == _PAIR else []
        return []

    @staticmethod
    def _lead(sentence: Sentence, town: Town, pattern: re.Pattern[str]) -> bool:
        lead = sentence.slice(max(sentence.start, town.start - 24), town.start)
        return pattern.search(lead) is not None

    # -- the rest ------------------------------------------------------------------------------------------------------

    def _against(self, view: _View) -> Iterator[str]:
        sentence = view.sentence
        if sentence.text.rstrip().endswith("?"):
            yield "against.question"
        if any(b.kind is BodyKind.OTHER for b in sentence.bodies):
            yield "against.other_body"
        if any(self._elsewhere(view, c) for c in view.of(*_IN, *_OUT)):
            yield "against.led_elsewhere"
        if self._denies(view):
            yield "against.not"
        if any(n.value > 1 for n in sentence.numbers) and sentence.has("counted"):
            yield "against.count"
        if any(d.year is not None and d.year <= _BEFORE_THE_WAR for d in sentence.dates):
            yield "against.history"

    @staticmethod
    def _denies(view: _View) -> bool:
        """Whether a "not" stands there that is no part of a phrase told by itself: "nie ma już", "na nie"."""
        within = {i for c in view.cues for i in range(c.first, c.last + 1) if c.last > c.first}
        return any(t.folded in ("nie", "nigdy", "ani") and i not in within for i, t in enumerate(view.tokens))

    def _together(self, view: _View, cue: Cue, body: Body | None, actors: list[Actor]) -> Iterator[str]:
        start = view.sentence.start
        if body is not None:
            place, end = self._index(view, body.start), self._index(view, body.end - 1)
            gap = max(place - cue.last, cue.first - end)
            yield "near.word_and_body" if gap <= _WITHIN else "far.word_and_body"
            if not {t.folded for t in view.tokens}.isdisjoint({"ktory", "ktora", "ktorego", "ktorej", "ktorym"}):
                yield "against.relative"
        places = [t.start - start for t in view.sentence.towns if t.name == actors[0].name]
        if places:
            gap = min(abs(self._index(view, start + p) - cue.first) for p in places)
            yield "near.word_and_town" if gap <= _WITHIN else "far.word_and_town"
        if len({t.name for t in view.sentence.towns}) > len(actors):
            yield "against.other_towns"

    def _stage(self, view: _View, kind: EventKind, who: str, *, before: bool) -> tuple[Stage, bool]:
        """How far it has come, by refusal, by who acts, by plans, by what stands; and whether a word tells it."""
        council = view.has("council") or who in ("council", "council_place", "adjective")
        planned = view.has("planning")
        carried = self._carried(view)
        objected = view.has("objecting") and not view.has("agreeing", "ballot")
        if carried is False or (not carried and (view.has("refusing") or objected)):
            return Stage.REJECTED, True
        if view.has("board") and kind is EventKind.ACCESSION and not planned:
            return Stage.ADMITTED, True
        if carried or (council and (view.has("agreeing") or (view.has("act") and not planned))):
            return Stage.RESOLVED, True
        if planned and not view.has("passed"):
            return Stage.PROPOSED, True
        if before:
            return Stage.RESOLVED, True
        if kind is EventKind.ACCESSION:
            lasting = view.has("lasting") or self._since(view)
            if lasting or (view.has("belonging") and not view.has(*_IN[:2], "passed", "lately")):
                return Stage.MEMBER, lasting
        return Stage.ADMITTED, view.has("passed", "lately")

    def _carried(self, view: _View) -> bool | None:
        """What a ballot told in the sentence came to."""
        if not view.sentence.numbers or not view.has("council", "ballot", "agreeing", "refusing"):
            return None
        whole = Clause(view.sentence.start, view.sentence.end)
        ballot = self._discourse.binder.ballots.told(view.sentence, whole)
        return ballot.carried if ballot is not None else None

    @staticmethod
    def _since(view: _View) -> bool:
        """As in "od 2011 roku", "od maja 2004": what has lasted since."""
        sentence = view.sentence
        return any(
            d.year is not None
            and d.iso is not None
            and sentence.slice(max(sentence.start, d.start - 5), d.start).endswith(("od ", "since "))
            and view.has("belonging")
            for d in sentence.dates
        )


_TELLING = (*JOIN, *LEAVE, "admit_verb", "member_word", "member_noun", "belong", "refuse", "decide", "ballot")
"""What the lexicon calls the words without which a sentence that does not name the association is not looked at."""
_CONCEPTS = frozenset(
    {
        *_IN,
        *_OUT,
        "agreeing",
        "refusing",
        "planning",
        "council",
        "board",
        "mayor",
        "home",
        "again",
        "passed",
        "lately",
        "lasting",
        "act",
    }
)
_AGAINST = frozenset({"activity", "person", "taking_part", "unreal"})


_FIRM_TOPIC = frozenset({"topic.into", "topic.inside", "topic.outside", "topic.dative", "topic.with", "topic.towards"})
_FIRM_WHO = frozenset({"subject", "council", "home", "object", "adjective", "council_place"})
_LOOSE_WHO = frozenset({"focus", "site"})
_REFERRED = frozenset({"pronoun", "the_town", "both"})


def _pairs(concept: str, topic: str, who: str, evidence: set[str]) -> Iterator[str]:
    """What only two observations together tell."""
    if topic in _FIRM_TOPIC and who in _FIRM_WHO and "near.word_and_body" in evidence:
        yield "together.figurative" if concept in _FIGURATIVE else f"together.{concept}"
    if topic == "topic.organ" and who == "office":
        yield "against.official_in_organ"
    if topic in ("topic.near", "topic.far"):
        yield (
            "loose.word_only" if who in _LOOSE_WHO else "referred.no_body" if who in _REFERRED else "loose.town_named"
        )
    elif who in _LOOSE_WHO:
        yield "loose.body_only"
    elif who in _REFERRED:
        yield f"referred.{topic.partition('.')[2]}"
