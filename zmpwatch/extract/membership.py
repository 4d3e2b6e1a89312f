"""Membership events in running text: who joins, leaves or belongs, and how far it has come."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from zmpwatch.extract.binding import Binder
from zmpwatch.extract.bodies import Body, BodyKind
from zmpwatch.extract.clause import Clause, clause_at
from zmpwatch.extract.event import Actor, Event
from zmpwatch.extract.reading import Paper, Reading
from zmpwatch.extract.sentences import Sentence, Word
from zmpwatch.extract.towns import Role, Town
from zmpwatch.model import BlockKind, EventKind, Stage

__all__ = ["MembershipReader"]

_JOIN = ("join_past", "join_present", "join_future", "join_infinitive", "join_noun")
_LEAVE = ("leave_past", "leave_present", "leave_future", "leave_infinitive", "leave_noun")
_TELLING = frozenset(
    {
        *_JOIN,
        *_LEAVE,
        "admit_verb",
        "admit_noun",
        "member_word",
        "member_noun",
        "welcome",
        "belong",
        "is",
        "represent",
        "fee",
    }
    | {"counted", "town_noun"}
)
_MOST_STEPS = 12
_ELLIPTIC = re.compile(
    r"(?:przystap|przystep|wstap|dolacz|akces|powrot|powroc|wroc|wystap|wyjsci|wyszl|wypis|odszed|odesz|rezygnac|zapis|opuscil|joined)"
)
_WRONG_GOVERNOR = re.compile(
    r"(?:zarzad\w*|komisj\w*|biur\w*|prezes\w*|wiceprezes\w*|rad[ayzeę]\w{0,2}|zgromadzeni\w*|statut\w*|wladz\w*|konkurs\w*|projekt\w*|program\w*|kampani\w*|delegat\w*|dyrektor\w*|sekretar\w*"
    r"|grup\w*|zespol\w*|kongres\w*|seminari\w*|szkoleni\w*|stanowisk\w*|apel\w*|inicjatyw\w*|prezydium|patronat\w*|list\w?|pism\w?|skladk\w*)\s*\"?$"
)
_OTHER_GOAL = re.compile(
    r"^(?:\W+[\w-]+){0,5}?\W+(?:do|w)\s+(?P<goal>sporzadz\w+|zmian\w*|opracowan\w*|realizacj\w*|projekt\w*|program\w*|konkurs\w*|plan\w*|budow\w*|przetarg\w*|otwarci\w*|sklad\w*|zycie|spolk\w*|porozumien\w*|klast\w*|umow\w*"
    r"|zarzad\w*|rad[ay]|komisj\w*|sejm\w*|wojewod\w*|rzad\w*|ministr\w*|ministerstw\w*|temat\w*|gry|spraw\w*|prac\w*|kanalizacj\w*|sieci|miasta|unii|strefy|lig\w*|szkol\w*|uni\w+|prokurat\w*|sad\w*|wladz\w*|rozmow\w*|kampani\w*|akcj\w*|obrad\w*|tabel\w*|grup\w*)"
)
_ASKS = re.compile(
    r"(?:^|\W)(?:do\s+(?:rad\w|sejm\w*|wojewod\w*|rzad\w*|ministr\w*|premier\w*|prezydent\w*|burmistrz\w*)|z\s+(?:wnioskiem|apelem|pismem|prosba|inicjatywa|projektem|propozycja|pytaniem|koncertem))"
)
_HYPOTHETICAL = re.compile(
    r"(?<!\w)(?:gdyby|jesli|jezeli|moga|moze|mogloby|mozna|warunkiem|aby\s+zostac|zeby\s+zostac|kazde|kazda|wymaga|nalezy\s+zlozyc)(?!\w)"
)
_PROCEDURE = re.compile(
    r"(?<!\w)(?:wycofa\w*|zdjec\w*|zdjet\w*|wprowadzi\w*|wpisa\w*|odesl\w*|skierowa\w*|porzad\w+|program\w*\s+\w*\s?sesji|zaopiniowa\w*|opini\w+|odlozo\w*|odroczo\w*|autopoprawk\w*)"
)
_AFTER_RESOLUTION = re.compile(
    r"(?:po|na\s+mocy|na\s+podstawie|zgodnie\s+z|w\s+wyniku|moca)\s+(?:[\w-]+\s+){0,2}?(?:uchwal\w+|decyzj\w+\s+rad\w+)|uchwala\s+(?:rady|nr|z\s|numer)"
)
_NEGATED = re.compile(r"(?<!\w)(?:nie|nigdy)\s+(?:\w+\s+){0,2}$")
_REFUSED = re.compile(
    r"(?<!\w)nie\s+(?:zosta\w+\s+|zyska\w+\s+|uzyska\w+\s+)?(?:podje\w+|przyje\w+|uchwal\w+|zgodzi\w*|wyrazi\w*|poparl\w*|przeszl\w*|przeszed\w*|przeglosowa\w*|przyjal\w*|zdecydowal\w*|zyska\w*|uzyska\w*|zgod\w+|wymagan\w+|bylo\s+zgody|znalaz\w+|dal[aio]?\b|dali\b|chc\w+)"
)
_QUESTION_OF_PAST = re.compile(r"(?<!\w)(?:byl[aoiy]?|bylismy)(?!\w)")
_INTERVAL = re.compile(
    r"(?:w\s+latach|od\s+[^,;]{2,40}?\s+do\s|\d{4}\s?-\s?\d{4}|(?<!\w)do\s+(?:konca\s+)?(?:\d|stycz|lut|mar|kwie|maj|czerw|lip|sierp|wrze|pazdz|listop|grud|\d{4}))"
)
_TOWNS_FOLLOW = re.compile(
    r"(?:w\s+tym|wsrod\s+nich|m\.\s?in\.|miedzy\s+innymi|takie\s+jak|takich\s+jak|np\.|na\s+przyklad|including|such\s+as)\s"
)
_THIS_HAPPENED = re.compile(
    r"^(?:\W*)(?:nastapilo\s+to|stalo\s+sie\s+to|mialo\s+to\s+miejsce|doszlo\s+do\s+tego|decyzj\w+\s+(?:te\s+)?(?:podje\w+|zapadl\w*)|glosowanie\s+odbylo|uchwale\s+(?:te\s+)?podje\w+|sesja\s+odbyla)"
)
_DECIDES_IT = re.compile(
    r"(?<!\w)(?:zdecydowal\w*|zgodzil\w*|zadecydowal\w*)\s+(?:[\w-]+\s+){0,3}(?:o\s+tym|na\s+to)(?!\w)"
)
_PRONOUN_OBJECT = re.compile(r"(?<!\w)(?:je|ja|go|ich|nas)(?!\w)")


@dataclass(frozen=True, slots=True)
class _Open:
    """A step that was spoken of, and may be decided in one of the next sentences."""

    sentence: int
    kind: EventKind
    actors: tuple[Actor, ...]
    admitted: bool = False
    """It was told as done: only a council's own resolution may follow, not the board's."""


@dataclass(slots=True)
class MembershipReader:
    """Reads the sentences of one document in order, and remembers whom and what they were about."""

    reading: Reading
    binder: Binder
    _focus: list[Actor] = field(default_factory=list)
    _open: _Open | None = None

    def events(self) -> list[Event]:
        """All events that sentences tell, with dates, resolutions and votes bound."""
        found: list[Event] = []
        for sentence in self.reading.sentences:
            told = list(self._sentence(sentence))
            if not told or _DECIDES_IT.search(sentence.folded):
                told += self._late_decision(sentence)
            if not told and found:
                self._late_date(sentence, found)
            found.extend(told)
            self._remember(sentence, told)
        return found

    # -- one sentence ----------------------------------------------------------------------------------------------

    def _sentence(self, sentence: Sentence) -> Iterator[Event]:
        handled: set[int] = set()
        if sentence.known.isdisjoint(_TELLING):
            return
        yield from self._admissions(sentence, handled)
        steps = 0
        for word in sentence.words:
            if word.start in handled:
                continue
            steps += not word.classes.isdisjoint((*_JOIN, *_LEAVE))
            if steps > _MOST_STEPS:
                break
            if not word.classes.isdisjoint(_JOIN):
                yield from self._step(sentence, word, EventKind.ACCESSION)
            elif not word.classes.isdisjoint(_LEAVE):
                yield from self._step(sentence, word, EventKind.WITHDRAWAL)
            elif "member_noun" in word.classes and self._decided_upon(sentence, word):
                yield from self._step(sentence, word, EventKind.ACCESSION)
        yield from self._memberships(sentence, handled)

    # -- what a word is about --------------------------------------------------------------------------------------

    def _topic(self, sentence: Sentence, position: int) -> BodyKind | None:
        """The body last spoken of before a place."""
        for body in reversed([b for b in sentence.bodies if b.end <= position]):
            if body.kind is not BodyKind.GENERIC:
                return body.kind
        for earlier in reversed(self.reading.sentences[max(0, sentence.number - 5) : sentence.number]):
            for body in reversed(earlier.bodies):
                if body.kind is BodyKind.OURS or (body.kind is BodyKind.OTHER and body.named):
                    return body.kind
        return BodyKind.OURS if self.reading.ours_by_address else None

    def _body_of(self, sentence: Sentence, word: Word, kind: EventKind, clause: Clause) -> Body | bool | None:
        """The body that a step leads into or out of.

        Returns:
            The mention; True when none is named but the association is meant; None when it is something else.
        """
        folded = self.reading.clean.folded
        after = [b for b in sentence.bodies if b.start >= word.end and b.start - word.end <= 170]
        others = [
            w.start for w in sentence.words if w.start > word.start and not w.classes.isdisjoint((*_JOIN, *_LEAVE))
        ]
        for body in after:
            between = folded[word.end : body.start]
            if ";" in between:
                break
            if others and min(others) < body.start and not re.search(r"(?:^|\W)(?:lub|albo|i|oraz|czy)\W", between):
                break
            goal = _OTHER_GOAL.match(folded[word.end : body.start])
            if goal and not re.match(r"^\W+(?:do|w)\s+(?:miasta|sieci)", folded[word.end : body.start]):
                return None
            if _WRONG_GOVERNOR.search(between):
                return None
            if not self._leads(between, word, kind):
                if kind is EventKind.WITHDRAWAL:
                    continue
                break
            return body if body.kind is BodyKind.OURS else None
        for body in reversed([b for b in sentence.bodies if b.end <= word.start]):
            if body.start < clause.start - 60:
                break
            lead = folded[max(sentence.start, body.start - 60) : body.start]
            if _WRONG_GOVERNOR.search(lead):
                continue
            prepositions = (
                r"(?:do|w|we|of)" if kind is EventKind.ACCESSION else r"(?:z|ze|od|czlonkostwa\s+w|czlonkostwo\s+w)"
            )
            if re.search(
                rf"(?<!\w){prepositions}\s+(?:grona\s+(?:czlonkow\s+|miast\s+(?:czlonkowskich\s+)?)?|\w+\s+)?\"?$", lead
            ):
                if _OTHER_GOAL.match(folded[word.end : min(sentence.end, word.end + 80)]):
                    return None
                return body if body.kind is BodyKind.OURS else None
        linked = self._relative(sentence, word, kind)
        if linked is not None:
            return linked if linked.kind is BodyKind.OURS else None
        rest = folded[word.end : min(sentence.end, word.end + 100)]
        if re.search(r"do\s+grona\s+(?!czlonk|miast|samorz|nowych\s+czlonk)", sentence.folded):
            return None
        if not _ELLIPTIC.match(word.folded) or _OTHER_GOAL.match(rest):
            return None
        if re.match(
            r"\s+(?:[\w-]+\s+){0,3}(?:do|z|ze)\s+(?!tego|niej|niego|glosu|konca|\d)[a-z]", rest
        ) and not re.match(r"\s+(?:[\w-]+\s+){0,3}(?:do|z|ze)\s+(?:grona|dniem|koncem|poczatkiem|tej|tego)", rest):
            return None
        if word.folded.startswith("wystap") and (_ASKS.search(rest) or not self._withdrawing(sentence)):
            return None
        if kind is EventKind.WITHDRAWAL and re.match(
            r"\s+od\s+(?!glosu|\d|stycz|lut|mar|kwie|maj|czerw|lip|sierp|wrze|pazdz|listop|grud)", rest
        ):
            return None
        finite = not word.classes.isdisjoint(
            ("join_past", "join_present", "join_future", "leave_past", "leave_present", "leave_future")
        )
        if finite and not self._has_municipal_subject(sentence, word, clause):
            return None
        return True if self._topic(sentence, word.start) is BodyKind.OURS else None

    def _has_municipal_subject(self, sentence: Sentence, word: Word, clause: Clause) -> bool:
        """Whether a town, "miasto", "gmina" or "my" can be the subject of a verb that names no goal."""
        if re.search(r"(?:lismy|lysmy|emy|amy|imy)$", word.folded) or sentence.has("town_noun", "home"):
            return True
        if word.folded.startswith("opus"):
            return False
        return any(
            t.nominative and t.role == Role.PLAIN and clause.start <= t.start < clause.end for t in sentence.towns
        )

    def _relative(self, sentence: Sentence, word: Word, kind: EventKind) -> Body | None:
        """The body a relative clause hangs on: "do organizacji, z której zrezygnował burmistrz"."""
        preposition = "do" if kind is EventKind.ACCESSION else "(?:z|ze)"
        for body in reversed([b for b in sentence.bodies if b.end <= word.start]):
            between = self.reading.clean.folded[body.end : word.start]
            if re.match(rf"\s*,\s+{preposition}\s+ktor\w+", between) and len(between) < 90:
                return body
        return None

    def _leads(self, between: str, word: Word, kind: EventKind) -> bool:
        """Whether the words between a step and a body make the body its goal, or what is left."""
        if kind is EventKind.WITHDRAWAL:
            direct = word.folded.startswith(("opus", "left", "leav", "quit", "wypowied"))
            return self._out_of(between) or (direct and len(between) < 60) or between.strip() in ("", "the")
        if word.folded.startswith(("zasil", "join", "access")):
            return len(between) < 60
        return (
            re.search(r"(?:^|\W)(?:do|w|we|of|the|to|dla|na\s+rzecz)\s+(?:[\w\"-]+[\s,]+){0,6}\"?$", between)
            is not None
        )

    @staticmethod
    def _out_of(between: str) -> bool:
        return (
            re.search(r"(?:^|\W)(?:z|ze|from|od)\s+(?:\w+\s+){0,3}\"?$", between) is not None
            or re.search(r"(?:czlonkostw|szereg|gron|stowarzysz)\w*\s+(?:w\s+)?\"?$", between) is not None
        )

    def _withdrawing(self, sentence: Sentence) -> bool:
        """Whether a text about the association speaks of leaving it, so that a bare "wystąpienie" may be one."""
        head = self.reading.clean.folded[: sentence.end]
        return (
            re.search(
                r"(?:wystap\w+|wyjsc\w+|rezygnac\w+|opuszcz\w+)\s+(?:[\w-]+\s+){0,5}(?:z|ze)\s+(?:zwiazku|zmp|stowarzysz|organizac)",
                head,
            )
            is not None
        )

    # -- steps -----------------------------------------------------------------------------------------------------

    def _step(self, sentence: Sentence, word: Word, kind: EventKind) -> Iterator[Event]:
        clause = clause_at(sentence, word.start)
        body = self._body_of(sentence, word, kind, clause)
        if body is None or body is False:
            return
        named = isinstance(body, Body)
        form = next((c.split("_")[1] for c in word.classes if c.startswith(("join_", "leave_"))), "noun")
        if self._founding(sentence):
            return
        self._mention(sentence, word, kind, form, clause)
        for stage, weak, actors in self._stages(sentence, word, kind, form, clause, named=named):
            for actor in actors:
                event = Event(
                    actor,
                    kind,
                    stage,
                    sentence.start,
                    sentence.end,
                    word.start,
                    f"sentence.{form}",
                    0.9 if named else 0.75,
                    weak=weak,
                )
                self.binder.bind(event, sentence, clause)
                yield event

    def _mention(self, sentence: Sentence, word: Word, kind: EventKind, form: str, clause: Clause) -> None:
        """Remember a step whose decision may follow."""
        finite = form in ("past", "present", "future")
        actors = self._subjects(sentence, word, clause) if finite else self._owners(sentence, word, clause)
        if actors and not _DECIDES_IT.search(sentence.folded):
            self._open = _Open(sentence.number, kind, tuple(actors))

    def _decided_upon(self, sentence: Sentence, word: Word) -> bool:
        """Whether membership is what is decided upon: "uchwała o przynależności", "zgoda na członkostwo"."""
        lead = self.reading.clean.folded[max(sentence.start, word.start - 50) : word.start]
        return (
            re.search(
                r"(?<!\w)(?:decyzj\w+|uchwal\w+|zgod\w+|projekt\w*|wniosek|wnioskiem|glosowan\w+)\s+(?:[\w-]+\s+){0,3}?(?:o|w\s+sprawie|na|nad|za|ws\.)\s+(?:[\w-]+\s+){0,2}$"
                r"|(?<!\w)wol[aei]\w?\s+$|(?<!\w)(?:zdecydowa\w+|glosowa\w+|przeglosowa\w+|opowiedzi\w+\s+sie)\s+(?:o|nad|za)?\s*(?:[\w-]+\s+){0,2}$",
                lead,
            )
            is not None
        )

    @staticmethod
    def _founding(sentence: Sentence) -> bool:
        """The councils of some sixty unnamed towns that founded the association anew in 1990."""
        if any(t.role != Role.PLACE for t in sentence.towns):
            return False
        return re.search(
            r"(?<!\w)(?:rad[ay]|samorzad\w+|przedstawiciel\w+|councils)\s+(?:of\s+)?(?:\w+\s+){0,2}\d+\s+(?:\w+\s+)?(?:miast|cities|towns)",
            sentence.folded,
        ) is not None or (
            bool(sentence.dates)
            and all(d.year is not None and d.year <= 1991 for d in sentence.dates)
            and re.search(
                r"(?<!\w)(?:reaktyw\w+|restytu\w+|odrodz\w+|odtworz\w+|odtwarz\w+|zalozyc\w+|kongres\w*)",
                sentence.folded,
            )
            is not None
        )

    def _late_decision(self, sentence: Sentence) -> Iterator[Event]:
        """As in "Uchwała przeszła 12 głosami", "Radni zgodzili się na to": decides the step spoken of just before."""
        before = self._open
        row = sentence.segment.kind in (BlockKind.TABLE_ROW, BlockKind.LIST_ITEM)
        if before is not None and row and self.reading.sentences[before.sentence].segment is not sentence.segment:
            return
        if (
            before is None
            or before.sentence == sentence.number
            or sentence.number - before.sentence > 3
            or "?" in sentence.text
        ):
            return
        if any(
            b.kind is BodyKind.OTHER
            for s in self.reading.sentences[before.sentence + 1 : sentence.number + 1]
            for b in s.bodies
        ):
            return
        folded = sentence.folded
        about_it = re.search(
            r"(?<!\w)(?:uchwal[aey]|decyzj\w+|projekt\w*|wniosek|to|tym|tej\s+sprawie|glosowani\w+|pomysl\w*)(?!\w)",
            folded,
        )
        if about_it is None and re.search(r"(?<!\w)pierwsz(?:a|e)\s+\w*\s?(?:rajcy|radni|rada)\s", folded):
            about_it = re.search(r"(?<!\w)pierwsz(?:a|e)", folded)
        if about_it is None or re.search(r"w\s+sprawie\s+(?!tej|przystap|akces)", folded) or _PROCEDURE.search(folded):
            return
        if sentence.has("board") and not sentence.has("council"):
            return
        if before.admitted and not re.search(r"(?<!\w)(?:rad[ay]|radni|radnych|rajcy)(?!\w)", folded):
            return
        clause = Clause(sentence.start, sentence.end)
        ballot = self.binder.ballot_of(sentence, clause)
        refused = sentence.has("refuse") or _REFUSED.search(folded) is not None
        passed = re.search(
            r"(?<!\w)(?:uchwal\w+\s+(?:nr\s+\S+\s+)?(?:[\w-]+\s+){0,4}?(?:przeszl\w+|przyje\w+|podje\w+|przeglosowa\w+|poparl\w*|zapadl\w*|uzyskal\w*)|(?:podje\w+|podjal|przyje\w+|przyjal|przeglosowal\w*|poparl\w*)\s+(?:[\w-]+\s+){0,4}(?:uchwal\w+|projekt\w*)"
            r"|(?:zdecydowal\w*|zgodzil\w*|zadecydowal\w*)\s+(?:[\w-]+\s+){0,3}(?:o\s+tym|na\s+to|tak)|decyzj\w+\s+(?:[\w-]+\s+){0,4}(?:podje\w+|zapadl\w*|podjal))",
            folded,
        )
        first = re.search(
            r"(?<!\w)pierwsz(?:a|e)\s+(?:\w+\s+){0,3}(?:przeglosowal\w*|podjel\w*|podjal|uchwalil\w*)", folded
        )
        passed = passed or first
        if not (refused or passed or (ballot is not None and about_it[0].startswith(("uchwal", "glosow", "projekt")))):
            return
        rejected = refused or (ballot is not None and ballot.carried is False)
        stage = Stage.REJECTED if rejected else Stage.RESOLVED
        councils = [t for t in sentence.towns if t.role == Role.COUNCIL]
        for actor in self._actors(councils) or before.actors:
            event = Event(
                actor,
                before.kind,
                stage,
                sentence.start,
                sentence.end,
                sentence.start,
                "sentence.decision_follows",
                0.75,
            )
            self.binder.bind(event, sentence, clause)
            if event.date is None and not before.admitted:
                told = self.reading.sentences[before.sentence]
                days = [d for d in told.dates if d.day is not None]
                if len(days) == 1 and re.search(r"(?<!\w)(?:sesj|posiedzeni|obrad|glosow)", told.folded):
                    event.date = days[0].iso
            yield event
        self._open = None

    def _stages(
        self, sentence: Sentence, word: Word, kind: EventKind, form: str, clause: Clause, *, named: bool
    ) -> Iterator[tuple[Stage, bool, list[Actor]]]:
        folded = self.reading.clean.folded
        before = folded[max(sentence.start, word.start - 40) : word.start]
        scope = sentence.slice(clause.start, clause.end)
        whole = sentence.folded
        negated = _NEGATED.search(before) is not None
        if _HYPOTHETICAL.search(scope) and form != "past":
            return
        refused = sentence.has("refuse", start=clause.start, end=clause.end) or _REFUSED.search(scope) is not None
        if not refused and _REFUSED.search(whole) and form in ("noun", "infinitive"):
            refused = True
        refused = refused or (negated and sentence.has("refuse"))
        decided = self._decided(sentence, clause, whole)
        procedure = _PROCEDURE.search(whole) is not None or sentence.has("removed")
        later = sentence.has("decide_later")
        planned = sentence.has("plan", "agenda", start=clause.start, end=clause.end) or (
            sentence.has("plan", "agenda") and not decided
        )
        ballot = self.binder.ballot_of(sentence, clause)
        if form == "past":
            if negated or re.search(r"(?<!\w)(?:gdyby\w*|czy)\s", before):
                return
            if re.search(r"(?<!\w)(?:a|ze)?by(?:smy|m)?\s", folded[max(sentence.start, word.start - 60) : word.start]):
                if planned:
                    yield Stage.PROPOSED, False, self._subjects(sentence, word, clause)
                return
            council_acts = re.search(r"(?<!\w)uchwala\s+(?:nr|rady|numer|z\s)", scope) is not None or (
                sentence.has("council", start=clause.start, end=word.start)
                and re.search(r"rad\w+\s+(?:[\w-]+\s+){0,6}$", folded[clause.start : word.start]) is not None
            )
            actors = self._subjects(sentence, word, clause)
            if council_acts and kind is EventKind.ACCESSION:
                yield Stage.RESOLVED, False, actors
                return
            yield Stage.ADMITTED, False, actors
            if _AFTER_RESOLUTION.search(whole) is not None:
                yield Stage.RESOLVED, False, actors
            return
        owners = self._owners(sentence, word, clause)
        if form == "future" and negated and not refused:
            return
        if refused or (ballot is not None and ballot.carried is False and not procedure):
            yield Stage.REJECTED, False, owners
        elif (
            (decided and not (procedure and not self._adopted(whole)) and not self._committee(whole))
            or (ballot is not None and ballot.carried and not procedure and not later)
            or (form == "noun" and self._numbered(sentence, word) and not planned and not later)
        ):
            yield Stage.RESOLVED, False, owners
        elif form in ("present", "future"):
            if negated:
                return
            yield Stage.PROPOSED, True, self._subjects(sentence, word, clause)
        elif re.search(r"(?<!\w)nie\s+(?:planuj|zamierz|chc|mysl|przewiduj|rozwaz)\w*", scope):
            return
        elif planned or later or procedure or self.reading.paper is Paper.AGENDA:
            yield Stage.PROPOSED, not named, owners

    @staticmethod
    def _adopted(whole: str) -> bool:
        return (
            re.search(
                r"(?<!\w)(?:podje\w+|podjal\w*|uchwalen\w+|uchwalil\w*|przyjel\w*|przyjal\w*|przeglosowa\w+)(?!\w)(?!\s+(?:inicjatyw|starani|dzialan|rozmow|temat))",
                whole,
            )
            is not None
        )

    @staticmethod
    def _committee(whole: str) -> bool:
        return (
            re.search(
                r"(?<!\w)komisj\w+\s+(?:[\w-]+\s+){0,5}(?:poparl|zaopiniow|przyjel|odrzucil|rekomend|opowiedzial)",
                whole,
            )
            is not None
        )

    def _decided(self, sentence: Sentence, clause: Clause, whole: str) -> bool:
        """Whether a council's decision is told: a verb of deciding with a council, a resolution or its object."""
        if re.search(
            r"(?<!\w)(?:bedzie|beda|ma|maja|mial[ay]?|mieli)\s+(?:\w+\s+){0,2}(?:glosow\w+|zdecydowac|podjac|uchwalic|decydowac)",
            whole,
        ):
            return False
        for word in sentence.all("decide"):
            lead = self.reading.clean.folded[max(sentence.start, word.start - 30) : word.start]
            if _NEGATED.search(lead):
                continue
            tail = self.reading.clean.folded[word.end : min(sentence.end, word.end + 60)]
            if re.match(r"\s+(?:\w+\s+){0,2}(?:starani|rozmow|dzialani|temat|inicjatyw|prob)", tail):
                continue
            if re.match(r"wyraz|zadeklar", word.folded) and not re.search(
                r"(?:zgod|wol[ae]|ch[ec]|akces|poparc|przystap)", whole
            ):
                continue
            if re.match(r"wyraz|zadeklar|opowied", word.folded) and not (
                sentence.has("council")
                or re.search(r"(?<!\w)(?:rad[ay]|radn\w+|rajc\w+|uchwal\w+|glos\w*)", whole)
                or self.binder.ballot_of(sentence, clause)
                or self.reading.paper.value == "resolution"
            ):
                continue
            if re.search(r"ch[ec]c?i?\w*\s+(?:przystap|dolacz|wstap|powrot)", whole) and not sentence.has("council"):
                continue
            return True
        if re.search(
            r"zielone\s+swiatlo|dal[aio]?\s+(?:\w+\s+){0,3}zgod|dali\s+(?:\w+\s+){0,3}zgod|zgod\w+\s+(?:\w+\s+){0,6}(?:dal|wyrazi|udzieli)|(?<!\w)na\s+\"?tak\"?|uchwalenie\s|przeglosowani|przyjel[aio]\s+(?:\w+\s+){0,2}uchwal|przyjal\s+uchwal|uchwal\w+\s+(?:[\w-]+\s+){0,8}przyjel|przyjet[ao]\s+uchwal|podjecie\s+przez",
            whole,
        ):
            return "?" not in whole
        return False

    def _numbered(self, sentence: Sentence, word: Word) -> bool:
        """Whether a resolution's number stands before the step: "Uchwała nr XI/59/25 … w sprawie przystąpienia"."""
        return any(sentence.start <= a.start < word.start and word.start - a.start < 200 for a in self.reading.acts)

    # -- who -------------------------------------------------------------------------------------------------------

    def _home(self) -> list[Actor]:
        name = self.reading.home_name
        return [Actor(name, self.reading.home)] if name else []

    @staticmethod
    def _actors(towns: list[Town]) -> list[Actor]:
        return list({t.name: Actor(t.name, t.municipality) for t in towns}.values())

    def _subjects(self, sentence: Sentence, word: Word, clause: Clause) -> list[Actor]:
        """Who does a finite step: towns in the nominative in its clause, "nasze miasto", or who was spoken of."""
        folded = self.reading.clean.folded
        if re.search(r"(?:lismy|lysmy|emy|amy|imy)$", word.folded):
            return self._home()
        plain = [t for t in sentence.towns if t.role == Role.PLAIN and t.nominative and not self._compared(t, sentence)]
        inside = [t for t in plain if clause.start <= t.start < clause.end]
        if inside:
            nearest = min(
                inside, key=lambda t: t.start - word.end if t.start >= word.end else (word.start - t.end) * 0.8
            )
            return self._actors(self._tail(sentence, [nearest]))
        relative = re.search(r"(?<!\w)(?:ktor\w+|jak\w?i\w{0,2})\s+(?:\w+\s+){0,4}$", folded[clause.start : word.start])
        if relative or re.match(r"\W*ktor", folded[clause.start : word.start]):
            earlier = [t for t in sentence.towns if t.end <= word.start]
            if earlier:
                return self._actors([earlier[-1]])
        scope = sentence.slice(clause.start, clause.end)
        if re.search(r"(?<!\w)(?:nasz\w*|my)(?!\w)", scope):
            return self._home()
        if plain:
            nearest = min(plain, key=lambda t: abs(t.start - word.start))
            return self._actors(self._tail(sentence, [nearest]))
        if self._focus and not re.search(r"(?<!\w)(?:gmina|samorzad)(?!\w)", scope):
            return list(self._focus)
        officials = [t for t in sentence.towns if t.role == Role.OFFICIAL]
        if officials:
            return self._actors(officials[-1:])
        return self._home()

    def _compared(self, town: Town, sentence: Sentence) -> bool:
        lead = self.reading.clean.folded[max(sentence.start, town.start - 24) : town.start]
        return (
            re.search(r"(?<!\w)(?:obok|oprocz|poza|niz|od|kolo|z\s+wyjatkiem|spod|sasiedni\w*)\s+$", lead) is not None
        )

    def _tail(self, sentence: Sentence, towns: list[Town]) -> list[Town]:
        """The towns and those that a "podobnie jak …" or a comma list joins to them."""
        chosen = {t.start for t in towns}
        ordered = [t for t in sentence.towns if t.role != Role.PLACE]
        for previous, town in itertools.pairwise(ordered):
            gap = self.reading.clean.folded[previous.end : town.start]
            linked = re.fullmatch(
                r"[\s,]*(?:(?:i|oraz|a\s+takze|jak\s+i|podobnie\s+jak|tak\s+jak|wraz\s+z|razem\s+z|and)?[\s:]*)(?:[a-z-]+(?:ski|cki|skie|ckie|ska|cka)e?\s+)?(?:(?:gmin|miast)\w*\s+)?",
                gap,
            )
            if linked and previous.start in chosen:
                chosen.add(town.start)
            elif linked and town.start in chosen and previous.nominative:
                chosen.add(previous.start)
        return [t for t in ordered if t.start in chosen]

    def _owners(self, sentence: Sentence, word: Word, clause: Clause) -> list[Actor]:
        """Whose step a noun, an infinitive or a ballot is about."""
        bodies = [b for b in sentence.bodies if b.start > word.end]
        stop = bodies[0].start if bodies else min(sentence.end, word.end + 80)
        named = [t for t in sentence.towns if word.end <= t.start < stop and t.is_actor]
        if named:
            return self._actors(self._tail(sentence, named[:1]))
        scope = sentence.slice(clause.start, clause.end)
        if re.search(r"(?<!\w)nasz\w*\s+(?:miast|gmin|samorz)", scope):
            return self._home()
        councils = [t for t in sentence.towns if t.role == Role.COUNCIL and clause.start <= t.start < clause.end]
        councils = councils or [t for t in sentence.towns if t.role == Role.COUNCIL]
        if councils:
            return self._actors(self._tail(sentence, councils))
        inside = [
            t
            for t in sentence.towns
            if t.is_actor and clause.start <= t.start < clause.end and not self._compared(t, sentence)
        ]
        inside = inside or [t for t in sentence.towns if t.is_actor and not self._compared(t, sentence)]
        if inside:
            return self._actors(self._tail(sentence, inside[:1]) if len(inside) > 1 else inside)
        if re.search(
            r"(?<!\w)(?:kolejn\w+|nowych|kilku|trzech|dwoch|pieciu|czterech)\s+(?:\w+\s+)?miast|miasta\s+przeslaly",
            sentence.folded,
        ):
            following = self._next_list(sentence)
            if following:
                return following
        if self._focus and not (sentence.has("council") and self.reading.home_name):
            return list(self._focus)
        return self._home() or list(self._focus)

    def _next_list(self, sentence: Sentence) -> list[Actor]:
        """The towns of the sentence after this one, where this one only announces "three more towns"."""
        following = self.reading.sentences[sentence.number + 1 : sentence.number + 2]
        return self._actors([t for s in following for t in s.towns if t.role == Role.PLAIN])

    # -- the board -------------------------------------------------------------------------------------------------

    def _admissions(self, sentence: Sentence, handled: set[int]) -> Iterator[Event]:
        yield from self._accepted(sentence, handled)
        yield from self._became(sentence, handled)
        yield from self._welcomed(sentence)

    def _accepted(self, sentence: Sentence, handled: set[int]) -> Iterator[Event]:
        """As in "Zarząd przyjął X w poczet członków", "przyjęcie naszej gminy zatwierdził Zarząd"."""
        folded = self.reading.clean.folded
        for word in sentence.all("admit_verb", "admit_noun"):
            clause = clause_at(sentence, word.start)
            whole = sentence.folded
            rest = folded[word.end : min(sentence.end, word.end + 140)]
            if re.match(
                r"\s+(?:[\w-]+\s+){0,2}(?:uchwal\w*|stanowisk\w*|budzet\w*|sprawozdan\w*|porzad\w*|protok\w*|apel\w*|informac\w*|statut\w*|regulamin\w*|wnios\w*|projekt\w*|zgloszen\w*|do\s+wiadomosci|plan\w*|program\w*|kart\w*|rezoluc\w*|nazw\w*|now\w+\s+straz|gosci|delegac\w*)",
                rest,
            ):
                continue
            if _NEGATED.search(folded[max(sentence.start, word.start - 24) : word.start]):
                continue
            noun = "admit_noun" in word.classes
            circle = re.search(
                r"(?<!\w)(?:w\s+poczet|(?:kolejn\w+|now\w+)\s+(?:\w+\s+)?(?:miast\w?|czlonk\w+|samorzad\w*|gmin\w?)(?!\w)|do\s+grona\s+(?:\w+\s+)?(?:czlonk\w+|miast|samorz\w+|zrzeszon\w+|organizac\w+|zmp|zwiazk\w+)|w\s+szeregi|do\s+szeregow|do\s+rodziny|na\s+czlonk\w+|jako\s+czlonk\w+|jako\s+\w+\s+czlonk\w+)",
                whole,
            )
            board = sentence.first("board")
            if noun and not (board or circle):
                continue
            if noun and (
                re.search(
                    r"(?<!\w)(?:warunk\w+|wymaga|po|zgodnie|decyduje|od\s+miesiaca|zalezy|zasad\w+|wnios\w+\s+o)\s+(?:\w+\s+){0,3}$",
                    folded[max(sentence.start, word.start - 50) : word.start],
                )
            ):
                continue
            if noun and not (
                sentence.has("decide", "decision_noun")
                or re.search(r"(?<!\w)(?:uchwal\w+|zatwierdz\w+|podje\w+|podjal|nastapil\w*|potwierdz\w+)", whole)
            ):
                continue
            into = [
                b
                for b in sentence.bodies
                if re.search(
                    r"(?<!\w)(?:do|w)\s+(?:grona\s+\w+\s+)?$", folded[max(sentence.start, b.start - 30) : b.start]
                )
            ]
            if not (circle or into or board):
                continue
            kind = self._accepting_body(sentence, word)
            if kind is not BodyKind.OURS:
                continue
            if _HYPOTHETICAL.search(sentence.slice(clause.start, clause.end)):
                continue
            actors = self._objects(sentence, required=not circle)
            for other in sentence.words:
                if "join_noun" in other.classes and other.folded.startswith("wejsc"):
                    handled.add(other.start)
            for actor in actors:
                event = Event(
                    actor,
                    EventKind.ACCESSION,
                    Stage.ADMITTED,
                    sentence.start,
                    sentence.end,
                    word.start,
                    "sentence.accepted",
                    0.95,
                )
                self.binder.bind(event, sentence, clause)
                yield event
            if actors:
                self._open = _Open(sentence.number, EventKind.ACCESSION, tuple(actors), admitted=True)
                return

    def _accepting_body(self, sentence: Sentence, word: Word) -> BodyKind | None:
        named = [b for b in sentence.bodies if b.kind is not BodyKind.GENERIC]
        if named:
            nearest = min(named, key=lambda b: abs(b.start - word.start))
            if any(b.kind is BodyKind.OURS for b in named) and nearest.kind is not BodyKind.OURS:
                return nearest.kind if abs(nearest.start - word.start) < 60 else BodyKind.OURS
            return nearest.kind
        return self._topic(sentence, word.start)

    def _objects(self, sentence: Sentence, *, required: bool) -> list[Actor]:
        towns = [t for t in sentence.towns if t.role in (Role.PLAIN, Role.COUNCIL) and not self._compared(t, sentence)]
        if towns:
            return self._actors(towns)
        if re.search(
            r"(?<!\w)nasz\w{1,3}\s+(?:\w+\s+)?(?:miast|gmin|samorz|grod|kurort)|(?<!\w)(?:miasto|gmin[ea])(?!\w)",
            sentence.folded,
        ):
            return self._home()
        if re.search(r"(?<!\w)nas(?!\w)|zostalismy", sentence.folded):
            return self._home()
        if _PRONOUN_OBJECT.search(sentence.folded):
            return list(self._focus) or self._home()
        if required:
            return []
        return list(self._focus) or self._home()

    def _became(self, sentence: Sentence, handled: set[int]) -> Iterator[Event]:
        """As in "X został członkiem ZMP", "nowi członkowie to A, B i C", "X przestał być członkiem"."""
        folded = self.reading.clean.folded
        for word in sentence.all("member_word"):
            rest = folded[word.end : min(sentence.end, word.end + 60)]
            if re.match(
                r"\s+(?:\w+\s+)?(?:zarzad|komisj|rad[ayz]|komitet|prezydium|honorow|wspieraj|zwyczajn\w+\s+rad|klub|zespol|jury|rodziny|wladz|ochotnicz)",
                rest,
            ):
                continue
            lead = folded[max(sentence.start, word.start - 90) : word.start]
            clause = clause_at(sentence, word.start)
            stopped = re.search(
                r"przesta(?:l\w*|lismy)\s+byc\s+(?:\w+\s+){0,2}$|(?<!\w)nie\s+(?:jest|sa|bedzie)\s+juz\s+$|(?<!\w)juz\s+nie\s+(?:jest|sa)\s+$",
                lead,
            )
            became = re.search(
                r"(?<!\w)(?:zostal\w{0,4}|zostaje|zostajemy|stal\w{0,3}\s+sie|stalismy\s+sie|staje\s+sie|stajemy\s+sie|became|has\s+become)\s+(?:[\w.-]+\s+){0,6}$",
                lead,
            )
            newest = re.search(
                r"(?<!\w)(?:now\w{1,3}|najnowsz\w+|kolejn\w+|najmlodsz\w+|swiez\w+|newest|new|latest)\s+(?:[\w-]+\s+){0,2}$",
                lead,
            )
            person = re.search(
                r"(?<!\w)(?:burmistrz|prezydent|radny|wojt|starosta)\w*\s+(?:\S+\s+){0,6}(?:zostal|stal)\w*\s+(?:\S+\s+){0,4}$",
                lead,
            )
            if person and not re.search(r"miast|gmin", folded[word.start : word.end + 1]):
                continue
            if not (stopped or became or newest):
                continue
            if newest and not became and not stopped:
                verb = re.search(r"(?<!\w)(?:to|jest|sa|is|are|:)(?!\w)", sentence.folded) or re.match(r"\s*[:-]", rest)
                if not verb or (
                    not [t for t in sentence.towns if t.role == Role.PLAIN]
                    and not re.search(r"(?<!\w)nasz\w+\s+(?:miast|gmin)|jestesmy", sentence.folded)
                ):
                    continue
            if not self._member_of_ours(sentence, word):
                continue
            actors = self._subjects(sentence, word, clause)
            if became and not actors:
                actors = self._home()
            kind = EventKind.WITHDRAWAL if stopped else EventKind.ACCESSION
            question = sentence.text.rstrip().endswith("?")
            future = became is not None and re.search(r"(?:zostaje|staje|zostajemy|stajemy)", became[0]) is not None
            for actor in actors:
                stage = Stage.PROPOSED if question else Stage.ADMITTED
                event = Event(
                    actor,
                    kind,
                    stage,
                    sentence.start,
                    sentence.end,
                    word.start,
                    "sentence.became",
                    0.9,
                    weak=question or (future and False),
                )
                self.binder.bind(event, sentence, clause)
                yield event
                if stopped and _AFTER_RESOLUTION.search(sentence.folded):
                    resolved = Event(
                        actor,
                        kind,
                        Stage.RESOLVED,
                        sentence.start,
                        sentence.end,
                        word.start,
                        "sentence.by_resolution",
                        0.85,
                    )
                    self.binder.bind(resolved, sentence, clause)
                    event.date = None if event.date == resolved.date else event.date
                    yield resolved
            handled.add(word.start)

    def _member_of_ours(self, sentence: Sentence, word: Word) -> bool:
        after = [b for b in sentence.bodies if b.start >= word.end and b.start - word.end < 80]
        if after:
            return after[0].kind is BodyKind.OURS
        before = [b for b in sentence.bodies if b.end <= word.start]
        if before:
            return before[-1].kind is BodyKind.OURS
        return self._topic(sentence, word.start) is BodyKind.OURS

    def _welcomed(self, sentence: Sentence) -> Iterator[Event]:
        """As in "Witamy w ZMP: A i B" — with towns named, and nothing else they could be welcomed to."""
        word = sentence.first("welcome")
        if word is None or any(b.kind is BodyKind.OTHER for b in sentence.bodies):
            return
        towns = [t for t in sentence.towns if t.role == Role.PLAIN]
        about = any(b.kind is BodyKind.OURS for b in sentence.bodies) or re.search(
            r"now\w+\s+(?:miast|czlonk|samorz|gmin)", sentence.folded
        )
        if not towns or not about or self._topic(sentence, sentence.end) is not BodyKind.OURS:
            return
        for actor in self._actors(towns):
            event = Event(
                actor,
                EventKind.ACCESSION,
                Stage.ADMITTED,
                sentence.start,
                sentence.end,
                word.start,
                "sentence.welcomed",
                0.9,
            )
            self.binder.bind(event, sentence, clause_at(sentence, word.start))
            yield event

    # -- memberships -----------------------------------------------------------------------------------------------

    def _memberships(self, sentence: Sentence, handled: set[int]) -> Iterator[Event]:
        yield from self._belongs(sentence, handled)
        yield from self._membership_of(sentence)
        yield from self._represented(sentence)

    def _belongs(self, sentence: Sentence, handled: set[int]) -> Iterator[Event]:
        """As in "X należy do ZMP od 1993", "jest członkiem", "w tym X", "był w ZMP w latach A-B"."""
        folded = self.reading.clean.folded
        for word in sentence.words:
            is_belong = "belong" in word.classes
            is_member = "member_word" in word.classes and word.start not in handled
            is_in = "is" in word.classes and self._is_in(sentence, word)
            if not (is_belong or is_member or is_in):
                continue
            clause = clause_at(sentence, word.start)
            scope = sentence.slice(clause.start, clause.end)
            lead = folded[max(sentence.start, word.start - 40) : word.start]
            rest = folded[word.end : min(sentence.end, word.end + 90)]
            if re.search(r"(?<!\w)(?:nie|nigdy|ani)\s+(?:\w+\s+){0,2}$", lead) or re.search(
                r"(?<!\w)(?:nie|nigdy)\s+(?:\w+\s+){0,3}(?:naleza\w*|nalezy)", scope
            ):
                continue
            if is_member:
                if not re.search(
                    r"(?<!\w)(?:jest|jestesmy|sa|pozostaje|byl[aoiy]?|bylismy|is|are)\s+(?:\S+\s+){0,5}$", lead
                ) and not re.match(r"\s+od\s", rest):
                    listed = re.match(r"[^.;]{0,70}?(?<!\w)(?:sa|jest|pozostaja)(?!\w)", rest) or re.match(
                        r"\s*(?:\w+\s+)?(?:zmp|zwiazku[\w\s]{0,20})?,?\s*(?:" + _TOWNS_FOLLOW.pattern + ")", rest
                    )
                    if not listed:
                        continue
                if re.match(
                    r"\s+(?:\w+\s+)?(?:zarzad|komisj|rad[ayz]|komitet|prezydium|honorow|wladz|rodziny|zalozyc\w+\s+(?!zwiazku))",
                    rest,
                ):
                    continue
            if not self._member_of_ours_near(sentence, word):
                continue
            past = (
                re.match(r"nalezal|nalezel|przynalezal|byl", word.folded) is not None
                or re.search(r"(?<!\w)byl[aoiy]?(?:smy)?\s+(?:\S+\s+){0,4}$", lead) is not None
            )
            interval = _INTERVAL.search(sentence.folded)
            towns = self._belonging(sentence, word, clause)
            if not towns:
                continue
            if past and interval:
                ends = self.binder.interval_end(sentence, word.start)
                if ends is not None:
                    for actor in towns:
                        yield Event(
                            actor,
                            EventKind.WITHDRAWAL,
                            Stage.ADMITTED,
                            sentence.start,
                            sentence.end,
                            word.start,
                            "sentence.interval",
                            0.85,
                            date=ends,
                        )
                continue
            if past and not re.search(
                r"(?<!\w)(?:przed\s+nami|dotad|dotychczas|do\s+tej\s+pory|dotychczasow\w+)(?!\w)", scope
            ):
                continue
            if (
                _HYPOTHETICAL.search(scope)
                or sentence.has("plan", start=clause.start, end=clause.end)
                or "?" in sentence.text
            ):
                continue
            if re.search(r"(?<!\w)(?:bedzie|beda|bedziemy|moglby)(?!\w)", folded[clause.start : word.end]):
                continue
            since = self.binder.since(sentence, word.start)
            for actor in towns:
                yield Event(
                    actor,
                    EventKind.ACCESSION,
                    Stage.MEMBER,
                    sentence.start,
                    sentence.end,
                    word.start,
                    "sentence.belongs",
                    0.85,
                    date=since,
                )

    def _is_in(self, sentence: Sentence, word: Word) -> bool:
        """As in "jest w ZMP", "są w Związku", "była tam tylko X"."""
        folded = self.reading.clean.folded
        rest = folded[word.end : min(sentence.end, word.end + 40)]
        if re.match(r"\s+(?:\w+\s+){0,2}(?:tam|w\s+nim)(?!\w)", rest):
            return re.match(r"\s+(?:juz\s+)?tam\s+(?:tylko|juz|takze|rowniez|jedynie)", rest) is not None
        for body in sentence.bodies:
            between = folded[word.end : body.start] if body.start >= word.end else None
            if between is not None and re.fullmatch(r"\s+(?:\w+\s+){0,2}w\s+(?:\w+\s+){0,1}\"?", between):
                return not re.match(r"\s+(?:zarzad|wladz|komisj)", folded[body.end : body.end + 12])
        return False

    def _member_of_ours_near(self, sentence: Sentence, word: Word) -> bool:
        named = [b for b in sentence.bodies if b.kind is not BodyKind.GENERIC]
        left, right = clause_at(sentence, word.start).start, clause_at(sentence, word.start).end
        inside = [b for b in named if left <= b.start < right]
        chosen = inside or named
        if chosen:
            folded = self.reading.clean.folded
            fitting = [
                b for b in chosen if not _WRONG_GOVERNOR.search(folded[max(sentence.start, b.start - 30) : b.start])
            ]
            if not fitting:
                return False
            return min(fitting, key=lambda b: abs(b.start - word.start)).kind is BodyKind.OURS
        if sentence.bodies:
            return False
        if re.search(r"(?<!\w)(?:tam|w\s+nim|niego)(?!\w)", sentence.folded) or "member_word" in word.classes:
            return self._topic(sentence, word.start) is BodyKind.OURS
        return False

    def _belonging(self, sentence: Sentence, word: Word, clause: Clause) -> list[Actor]:
        """Who belongs: towns after "w tym", else subjects; a bare count of members names nobody."""
        follow = _TOWNS_FOLLOW.search(sentence.folded)
        if follow:
            start = sentence.start + follow.end()
            listed = [t for t in sentence.towns if t.start >= start and t.role != Role.PLACE]
            if listed:
                return self._actors(listed)
        folded = self.reading.clean.folded
        counted = [
            n
            for n in sentence.numbers
            if n.value >= 20 and re.match(r"\s*(?:\w+\s+){0,2}(?:miast|samorz|gmin|czlonk)", folded[n.end : n.end + 40])
        ]
        plain = [
            t
            for t in sentence.towns
            if t.role == Role.PLAIN and clause.start <= t.start < clause.end and not self._compared(t, sentence)
        ]
        if not plain and re.search(
            r"(?<!\w)(?:nasz\w{0,2}|jestesmy|nalezymy)(?!\w)", sentence.slice(clause.start, clause.end)
        ):
            return self._home()
        if counted and not plain:
            return []
        if re.search(r"(?<!\w)(?:ktor\w+)\s+(?:miast\w*|gmin\w*)\s", sentence.slice(clause.start, word.start) + " "):
            earlier = [t for t in sentence.towns if t.end <= word.start]
            if earlier:
                return self._actors(earlier[-1:])
        subjects = [t for t in plain if t.nominative]
        if subjects:
            return self._actors(self._tail(sentence, subjects))
        if re.search(r"(?<!\w)(?:nasz\w*|jestesmy|nalezymy)(?!\w)", sentence.folded) or re.search(
            r"(?<!\w)(?:uzdrowisko|kurort|miasto|gmina|grod|samorzad)(?!\w)", sentence.slice(clause.start, clause.end)
        ):
            return self._home()
        return []

    def _membership_of(self, sentence: Sentence) -> Iterator[Event]:
        """As in "Członkostwo X w ZMP daje …": said of a member, unless the text is about joining."""
        folded = self.reading.clean.folded
        if sentence.has("plan", "decide", "refuse", "decide_later") or "?" in sentence.text:
            return
        for word in sentence.all("member_noun"):
            if not word.folded.startswith(("czlonkostw", "przynalezn")):
                continue
            bodies = [b for b in sentence.bodies if word.end <= b.start <= word.end + 80]
            if not bodies or bodies[0].kind is not BodyKind.OURS:
                continue
            named = [t for t in sentence.towns if word.end <= t.start < bodies[0].start]
            own = re.search(r"(?<!\w)nasz\w{1,3}\s+(?:miast|gmin)", folded[word.end : bodies[0].start])
            since = self.binder.since(sentence, word.start)
            if not named and not own:
                continue
            if re.search(
                r"(?<!\w)(?:bedzie|beda|koszt\w*|zrezygn\w*|umozliwi|pozwoli|zapewni|da)(?!\w)", sentence.folded
            ):
                continue
            for actor in self._actors(named) or self._home():
                yield Event(
                    actor,
                    EventKind.ACCESSION,
                    Stage.MEMBER,
                    sentence.start,
                    sentence.end,
                    word.start,
                    "sentence.membership_of",
                    0.7,
                    date=since,
                    weak=True,
                )

    def _represented(self, sentence: Sentence) -> Iterator[Event]:
        """A delegate at the association's assembly, a fee paid: the town is a member."""
        folded = sentence.folded
        if sentence.has("plan", "refuse") or re.search(r"(?<!\w)(?:bedzie|beda)(?!\w)", folded):
            return
        assembly = re.search(r"zgromadzeni\w+|obrad\w+", folded) is not None
        spoken = (
            sentence.has("represent") or re.search(r"w\s+imieniu\s+(?:miasta|gminy|naszego|naszej)", folded) is not None
        )
        recent = self.reading.sentences[max(0, sentence.number - 3) : sentence.number + 1]
        at_assembly = assembly or any(re.search(r"zgromadzeni\w+", s.folded) for s in recent)
        ours = self._topic(sentence, sentence.end) is BodyKind.OURS
        in_ours = any(
            b.kind is BodyKind.OURS
            and re.search(r"(?<!\w)w[e]?\s+$", self.reading.clean.folded[max(sentence.start, b.start - 4) : b.start])
            for b in sentence.bodies
        )
        if spoken and ours and (at_assembly or in_ours) and not any(b.kind is BodyKind.OTHER for b in sentence.bodies):
            word = sentence.first("represent")
            towns = [t for t in sentence.towns if t.role in (Role.PLAIN, Role.OFFICIAL)]
            own = re.search(
                r"(?<!\w)nasz\w*\s+(?:miast|gmin|samorz)|(?<!\w)miasto\s+reprezent|gmin[ea]\s+reprezent", folded
            )
            listed = ":" in sentence.text[: max(0, towns[0].start - sentence.start)] if towns else False
            actors = self._home() if own else self._actors(towns if listed else towns[:1])
            for actor in actors:
                yield Event(
                    actor,
                    EventKind.ACCESSION,
                    Stage.MEMBER,
                    sentence.start,
                    sentence.end,
                    word.start if word else sentence.start,
                    "sentence.represented",
                    0.65,
                    weak=True,
                )
            return
        follow = _TOWNS_FOLLOW.search(folded)
        if (
            follow
            and re.search(r"(?:miast|samorzad\w*|gmin)\s+(?:czlonkowsk|zrzeszon|naleza)", folded[: follow.start()])
            and ours
        ):
            start = sentence.start + follow.end()
            for actor in self._actors(
                [t for t in sentence.towns if t.start >= start and t.role in (Role.PLAIN, Role.OFFICIAL)]
            ):
                yield Event(
                    actor,
                    EventKind.ACCESSION,
                    Stage.MEMBER,
                    sentence.start,
                    sentence.end,
                    start,
                    "sentence.among_members",
                    0.75,
                )
            return
        fee = sentence.first("fee")
        if fee is not None and sentence.has("paid") and any(b.kind is BodyKind.OURS for b in sentence.bodies):
            towns = [t for t in sentence.towns if t.is_actor]
            for actor in self._actors(towns[:1]) or self._home():
                yield Event(
                    actor,
                    EventKind.ACCESSION,
                    Stage.MEMBER,
                    sentence.start,
                    sentence.end,
                    fee.start,
                    "sentence.fee",
                    0.65,
                    weak=True,
                )

    # -- what comes after ------------------------------------------------------------------------------------------

    def _late_date(self, sentence: Sentence, found: list[Event]) -> None:
        """As in "Nastąpiło to w dniu …": the date of what was told just before."""
        last = found[-1]
        later = last.stage is Stage.PROPOSED and (
            sentence.has("decide_later") or re.search(r"(?<!\w)sesj\w+\s+(?:odbedzie|zaplanowa)", sentence.folded)
        )
        if not (_THIS_HAPPENED.match(sentence.folded) or later) or not sentence.dates:
            return
        if last.end < sentence.start and sentence.start - last.end < 200:
            for event in found:
                if event.start == last.start and event.date is None:
                    event.date = sentence.dates[0].iso

    def _remember(self, sentence: Sentence, told: list[Event]) -> None:
        if told:
            last = told[-1].start
            self._focus = list({e.actor.name: e.actor for e in told if e.start == last}.values())
            return
        if re.search(r"(?<!\w)nie\s+(?:nalez|przystap|jest\s+czlonk)", sentence.folded):
            return
        plain = [t for t in sentence.towns if t.role == Role.PLAIN and t.nominative]
        if not plain:
            councils = [t for t in sentence.towns if t.role == Role.COUNCIL]
            plain = councils[:1]
        if plain:
            self._focus = self._actors(
                plain if len(plain) > 1 and any(b.kind is BodyKind.OURS for b in sentence.bodies) else plain[:1]
            )
