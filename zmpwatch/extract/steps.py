"""Steps of joining and leaving, told by a verb or a noun, and the decisions about them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from zmpwatch.extract.bodies import Body, BodyKind
from zmpwatch.extract.clause import Clause, clause_at
from zmpwatch.extract.coordination import ours_in_list
from zmpwatch.extract.decisions import DECIDES_IT, NEVER_TAKEN_UP, PROCEDURE, REFUSED
from zmpwatch.extract.discourse import Discourse, OpenStep
from zmpwatch.extract.event import Actor, Event
from zmpwatch.extract.reading import Paper
from zmpwatch.extract.sentences import Sentence, Word
from zmpwatch.extract.towns import Role
from zmpwatch.model import EventKind, Stage

__all__ = ["JOIN", "LEAVE", "StepReader"]

JOIN = ("join_past", "join_present", "join_future", "join_infinitive", "join_noun")
LEAVE = ("leave_past", "leave_present", "leave_future", "leave_infinitive", "leave_noun")
_FORMS = ("past", "present", "future", "infinitive", "conditional", "noun")
"""Of the forms a word may be ("wróci" and "wrócił" begin alike) the first counts."""
_MOST_STEPS = 12
_REPEALED = re.compile(
    r"(?<!\w)(?:uchyl(?:il|ono|enie|ila|ili)\w*|uniewazni\w+)\s+(?:[\w-]+\s+){0,4}uchwal|wycof(?:al\w*|uje\w*|uja)\s+sie\s+z\s+(?:\w+\s+)?(?:decyzji|uchwaly)"
)
_ELLIPTIC = re.compile(
    r"(?:przystap|przystep|wstap|dolacz|akces|powrot|powroc|wroc|wystap|wyjsci|wyszl|wypis|zrezygn|odszed|odesz|rezygnac|zapis|opuscil|joined|access|acced|withdr)"
)
_WRONG_GOVERNOR = re.compile(
    r"(?:zarzad\w*|komisj\w*|biur\w*|prezes\w*|wiceprezes\w*|rad[ayzeę]\w{0,2}|zgromadzeni\w*|statut\w*|wladz\w*|konkurs\w*|projekt\w*|program\w*|kampani\w*|delegat\w*|dyrektor\w*|sekretar\w*"
    r"|grup\w*|zespol\w*|kongres\w*|seminari\w*|szkoleni\w*|stanowisk\w*|apel\w*|inicjatyw\w*|prezydium|patronat\w*|list\w?|pism\w?|skladk\w*)\s*\"?$"
)
_OTHER_GOAL = re.compile(
    r"^(?:\W+[\w-]+){0,5}?\W+(?:do|w)\s+(?P<goal>sporzadz\w+|zmian\w*|opracowan\w*|realizacj\w*|projekt\w*|program\w*|konkurs\w*|plan\w*|budow\w*|przetarg\w*|otwarci\w*|sklad\w*|zycie|spolk\w*|porozumien\w*|klast\w*|partnerstw\w*|deklaracj\w*|platform\w*|szkole\w*|badani\w*|umow\w*"
    r"|zarzad\w*|rad[ay]|komisj\w*|sejm\w*|wojewod\w*|rzad\w*|ministr\w*|ministerstw\w*|temat\w*|gry|spraw\w*|prac\w*|kanalizacj\w*|sieci|miasta|unii|strefy|lig\w*|szkol\w*|uni\w+|prokurat\w*|sad\w*|wladz\w*|rozmow\w*|kampani\w*|akcj\w*|obrad\w*|tabel\w*|grup\w*)"
)
_ASKS = re.compile(
    r"(?:^|\W)(?:do\s+(?:rad\w|sejm\w*|wojewod\w*|rzad\w*|ministr\w*|premier\w*|prezydent\w*|burmistrz\w*)|z\s+(?:wnioskiem|apelem|pismem|prosba|inicjatywa|projektem|propozycja|pytaniem|koncertem))"
)
_HYPOTHETICAL = re.compile(
    r"(?<!\w)(?:gdyby|jesli|jezeli|moga|moze|mogloby|mozna|warunkiem|aby\s+zostac|zeby\s+zostac|kazde|kazda|wymaga|nalezy\s+zlozyc)(?!\w)"
)
_AFTER_RESOLUTION = re.compile(
    r"(?:po|na\s+mocy|na\s+podstawie|zgodnie\s+z|w\s+wyniku|moca)\s+(?:[\w-]+\s+){0,2}?(?:uchwal\w+|decyzj\w+\s+rad\w+)|uchwala\s+(?:rady|nr|z\s|numer)"
)
_NEGATED = re.compile(r"(?<!\w)(?:nie|nigdy)\s+(?:\w+\s+){0,2}$")
_BOARD_AGREED = re.compile(
    r"(?<!\w)zarzad(?!\w)(?:\s+[\w-]+){0,6}?\s+(?:zatwierdzil|zaakceptowal|przyjal|potwierdzil|przychylil|zgodzil|poparl|zaaprobowal|wyrazil\s+zgode)(?!\w)"
    r"|(?<!\w)zarzad\w*[^;]{0,80}?(?<!\w)akces\w*\s+(?:[\w-]+\s+){0,3}(?:zaakceptowan|zatwierdzon|przyjet)\w+"
    r"|(?<!\w)(?:zatwierdzon\w+|zaakceptowan\w+|przyjet\w+)\s+(?:\w+\s+)?przez\s+zarzad(?!\w)"
)
_GIVEN_NOTICE = re.compile(
    r"(?<!\w)(?:zlozy\w+|zlozon\w+|przesla\w+|wysla\w+|wystosowa\w+|przekaza\w+|wreczy\w+)\s+(?:(?!projekt|wnios)[\w-]+\s+){0,4}?(?:rezygnacj|wypowiedzeni|oswiadczeni\w+\s+o\s+wystapieni)"
    r"|(?:rezygnacj\w+|wypowiedzeni\w+|oswiadczeni\w+\s+o\s+wystapieniu)\s+(?:[\w-]+\s+){0,10}?(?:zlozy\w+|zlozon\w+|przesla\w+|wysla\w+)"
)


@dataclass(slots=True)
class StepReader:
    """Reads steps into and out of the association ("przystąpić", "wystąpić" …) and how far each has come."""

    discourse: Discourse

    def events(self, sentence: Sentence, handled: set[int]) -> Iterator[Event]:
        """Events of all steps a sentence speaks of, but those whose words others have handled."""
        steps = 0
        for word in sentence.words:
            if word.start in handled:
                continue
            steps += not word.classes.isdisjoint((*JOIN, *LEAVE))
            if steps > _MOST_STEPS:
                break
            if not word.classes.isdisjoint(JOIN):
                yield from self._step(sentence, word, EventKind.ACCESSION)
            elif not word.classes.isdisjoint(LEAVE):
                yield from self._step(sentence, word, EventKind.WITHDRAWAL)
            elif "plan" in word.classes and word.folded.startswith(("chc", "wybiera")):
                yield from self._wish(sentence, word)
            elif "member_noun" in word.classes and self._decided_upon(sentence, word):
                yield from self._step(sentence, word, EventKind.ACCESSION)

    def _body_of(self, sentence: Sentence, word: Word, kind: EventKind, clause: Clause) -> Body | bool | None:
        """The body that a step leads into or out of.

        Returns:
            The mention; True when none is named but the association is meant; None when it is something else.
        """
        folded = self.discourse.reading.clean.folded
        after = [b for b in sentence.bodies if b.start >= word.end and b.start - word.end <= 170]
        others = [w.start for w in sentence.words if w.start > word.start and not w.classes.isdisjoint((*JOIN, *LEAVE))]
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
            return body if body.kind is BodyKind.OURS else ours_in_list(sentence, body)
        for body in reversed([b for b in sentence.bodies if b.end <= word.start]):
            if body.start < clause.start - 60:
                break
            lead = folded[max(sentence.start, body.start - 60) : body.start]
            if _WRONG_GOVERNOR.search(lead):
                sent = re.search(r"(?<!\w)biur\w*\s*\"?$", lead) is not None  # a resolution sent to the office
                if (
                    not sent
                    and re.search(r"(?<!\w)(?:do|z|ze)\s+(?:[\w-]+\s+){1,3}\"?$", lead)
                    and body.start >= clause.start
                ):
                    return None  # "do projektu Związku … dołączył": a goal, but not the association
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
            if (
                word.folded.startswith(("opus", "pozegn"))
                and re.fullmatch(r"\s+(?:[\w-]+\s+){0,3}", folded[body.end : word.start])
                and re.search(r"(?:^|[.,;:!-]\s|(?<!\w)(?:ze|i|a)\s)\W*$", lead)
            ):
                return body if body.kind is BodyKind.OURS else None  # "Związek opuściły A i B"
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
        return True if self.discourse.topic(sentence, word.start) is BodyKind.OURS else None

    def _has_municipal_subject(self, sentence: Sentence, word: Word, clause: Clause) -> bool:
        """Whether a town, "miasto", "gmina" or "my" can be the subject of a verb that names no goal."""
        if re.search(r"(?:lismy|lysmy|emy|amy|imy)$", word.folded) or sentence.has("town_noun", "home"):
            return True
        if word.folded.startswith("opus"):
            return False
        if re.match(r"\W*ktor\w+\s", sentence.slice(clause.start, word.start)) and any(
            clause.start - 3 <= t.end <= clause.start for t in sentence.towns
        ):
            return True
        return any(
            t.nominative and t.role == Role.PLAIN and clause.start <= t.start < clause.end for t in sentence.towns
        )

    def _relative(self, sentence: Sentence, word: Word, kind: EventKind) -> Body | None:
        """The body a relative clause hangs on: "do organizacji, z której zrezygnował burmistrz"."""
        preposition = "do" if kind is EventKind.ACCESSION else "(?:z|ze)"
        for body in reversed([b for b in sentence.bodies if b.end <= word.start]):
            between = self.discourse.reading.clean.folded[body.end : word.start]
            if re.match(rf"\s*,\s+{preposition}\s+ktor\w+", between) and len(between) < 90:
                return body
        return None

    def _leads(self, between: str, word: Word, kind: EventKind) -> bool:
        """Whether the words between a step and a body make the body its goal, or what is left."""
        if word.folded.startswith(("uzysk", "naby", "utrac", "ustal", "wygas", "wypowiedzial")):
            return re.search(r"czlonkostw\w*\s+(?:[\w-]+\s+){0,3}w\s+\"?$", between) is not None
        if kind is EventKind.WITHDRAWAL:
            direct = word.folded.startswith(("opus", "left", "leav", "quit", "wypowied"))
            return self._out_of(between) or (direct and len(between) < 60) or between.strip() in ("", "the")
        if word.folded.startswith(("zasil", "join", "access")):
            return len(between) < 60
        return (
            re.search(r"(?:^|\W)(?:do|w|we|of|the|to|dla|na\s+rzecz)[\s:]+(?:[\w\"-]+[\s,]+){0,6}\"?$", between)
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
        before = self.discourse.open
        if before is not None and before.kind is EventKind.WITHDRAWAL:
            return True
        head = self.discourse.reading.clean.folded[: sentence.end]
        return (
            re.search(
                r"(?:wystap\w+|wyjsc\w+|rezygnac\w+|opuszcz\w+|opusc\w+|zegna\w*|pozegna\w*|rozsta\w*|wypis\w+|wychodz\w+|odchodz\w+)\s+(?:[\w-]+\s+){0,5}(?:z\s+|ze\s+)?(?:zwiazk|zmp|stowarzysz|organizac)",
                head,
            )
            is not None
        )

    def _step(self, sentence: Sentence, word: Word, kind: EventKind) -> Iterator[Event]:
        clause = clause_at(sentence, word.start)
        body = self._body_of(sentence, word, kind, clause)
        if body is None or body is False:
            return
        named = isinstance(body, Body)
        form = next((f for f in _FORMS if f"join_{f}" in word.classes or f"leave_{f}" in word.classes), "noun")
        if self._founding(sentence) or self._person_leaves(sentence, word, clause):
            return
        self._mention(sentence, word, kind, form, clause)
        if (
            kind is EventKind.ACCESSION
            and form == "noun"
            and _REPEALED.search(sentence.slice(clause.start, clause.end))
        ):
            yield from self._repeal(sentence, word, clause)
            return
        if form == "present" and re.search(r"(?<!\w)w\s+sklad\s", sentence.folded):
            return
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
                self.discourse.binder.bind(event, sentence, clause)
                yield event

    def _wish(self, sentence: Sentence, word: Word) -> Iterator[Event]:
        """As in "burmistrz chciał do Związku, ale rada powiedziała «nie»": a step without a verb of its own."""
        folded = self.discourse.reading.clean.folded
        body = next((b for b in sentence.bodies if b.start >= word.end), None)
        if body is None or body.kind is not BodyKind.OURS:
            return
        if not re.fullmatch(r"\s+(?:sie\s+)?(?:\w+\s+)?(?:do|z|ze)\s+\"?", folded[word.end : body.start]):
            return
        kind = EventKind.ACCESSION if re.search(r"(?<!\w)do\s+\"?$", folded[: body.start]) else EventKind.WITHDRAWAL
        clause = clause_at(sentence, word.start)
        negated = _NEGATED.search(folded[max(sentence.start, word.start - 24) : word.start]) is not None
        refused = sentence.has("refuse") or REFUSED.search(sentence.slice(word.end, sentence.end)) is not None
        actors = self.discourse.owners(sentence, word, clause)
        if not negated and actors:
            self.discourse.open = OpenStep(sentence.number, kind, tuple(actors))
        if negated and not refused:
            return
        for actor in actors:
            event = Event(
                actor,
                kind,
                Stage.REJECTED if refused else Stage.PROPOSED,
                sentence.start,
                sentence.end,
                word.start,
                "sentence.wish",
                0.75,
                weak=not refused,
            )
            self.discourse.binder.bind(event, sentence, Clause(sentence.start, sentence.end) if refused else clause)
            if not refused:
                event.date = None
            yield event

    @staticmethod
    def _person_leaves(sentence: Sentence, word: Word, clause: Clause) -> bool:
        """Whether it may be a person who "odchodzi", "żegna się": no town, "miasto" or council does it."""
        if not word.folded.startswith(("odch", "odsz", "odesz", "zegna", "pozegna", "wycof", "rozst")):
            return False
        if any(t.role in (Role.PLAIN, Role.COUNCIL) and clause.start <= t.start < clause.end for t in sentence.towns):
            return False
        return not sentence.has("town_noun", "home", "council", start=clause.start, end=clause.end)

    def _mention(self, sentence: Sentence, word: Word, kind: EventKind, form: str, clause: Clause) -> None:
        """Remember a step whose decision may follow."""
        finite = form in ("past", "present", "future")
        actors = (
            self.discourse.subjects(sentence, word, clause) if finite else self.discourse.owners(sentence, word, clause)
        )
        if actors and not DECIDES_IT.search(sentence.folded):
            self.discourse.open = OpenStep(sentence.number, kind, tuple(actors))

    def _repeal(self, sentence: Sentence, word: Word, clause: Clause) -> Iterator[Event]:
        """As in "rada uchyliła uchwałę o przystąpieniu": a withdrawal, and the accession that was resolved before."""
        for actor in self.discourse.owners(sentence, word, clause):
            event = Event(
                actor,
                EventKind.WITHDRAWAL,
                Stage.RESOLVED,
                sentence.start,
                sentence.end,
                word.start,
                "sentence.repeal",
                0.8,
            )
            self.discourse.binder.bind(event, sentence, clause)
            event.resolution = None
            yield event
            yield Event(
                actor,
                EventKind.ACCESSION,
                Stage.RESOLVED,
                sentence.start,
                sentence.end,
                word.start,
                "sentence.repeal",
                0.8,
            )

    def _decided_upon(self, sentence: Sentence, word: Word) -> bool:
        """Whether membership is what is decided upon: "uchwała o przynależności", "zgoda na członkostwo"."""
        lead = self.discourse.reading.clean.folded[max(sentence.start, word.start - 50) : word.start]
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
            r"(?<!\w)(?:rad[ay]|samorzad\w+|przedstawiciel\w+|councils)\s+(?:of\s+)?(?:\w+\s+){0,2}(?:\d+|kilkudziesieciu|kilkunastu|kilkuset|wielu|kilku|licznych|tych|dziesiatek|stu|piecdziesieciu|szescdziesieciu|many|dozens\s+of)\s+(?:\w+\s+)?(?:miast|cities|towns)(?!\w)",
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

    def _stages(
        self, sentence: Sentence, word: Word, kind: EventKind, form: str, clause: Clause, *, named: bool
    ) -> Iterator[tuple[Stage, bool, list[Actor]]]:
        folded = self.discourse.reading.clean.folded
        before = folded[max(sentence.start, word.start - 40) : word.start]
        scope = sentence.slice(clause.start, clause.end)
        whole = sentence.folded
        negated = _NEGATED.search(before) is not None
        if _HYPOTHETICAL.search(scope) and form != "past":
            return
        refused = sentence.has("refuse", start=clause.start, end=clause.end) or REFUSED.search(scope) is not None
        if not refused and REFUSED.search(whole) and form in ("noun", "infinitive"):
            refused = True
        refused = refused or (negated and sentence.has("refuse"))
        decided = self._decided(sentence, clause, whole) or (
            kind is EventKind.WITHDRAWAL and form == "noun" and _GIVEN_NOTICE.search(scope) is not None and not negated
        )
        procedure = PROCEDURE.search(whole) is not None or sentence.has("removed")
        later = sentence.has("decide_later")
        planned = sentence.has("plan", "agenda", start=clause.start, end=clause.end) or (
            sentence.has("plan", "agenda") and not decided
        )
        ballot = self.discourse.binder.ballots.told(sentence, clause)
        voted = any(self._voted_over(w, sentence) for w in sentence.all("decide"))
        if ballot is None and voted and form in ("noun", "infinitive") and not later:
            ballot = self.discourse.binder.ballots.after(sentence)
        if form in ("noun", "infinitive") and NEVER_TAKEN_UP.search(scope):
            return
        if form == "past":
            if negated or re.search(r"(?<!\w)(?:gdyby\w*|czy)\s", before):
                return
            if re.search(r"(?<!\w)(?:a|ze)?by(?:smy|m)?\s", folded[max(sentence.start, word.start - 60) : word.start]):
                actors = self.discourse.subjects(sentence, word, clause)
                if refused or REFUSED.search(whole) or sentence.has("refuse", start=word.end):
                    yield Stage.REJECTED, False, actors
                elif planned:
                    yield Stage.PROPOSED, False, actors
                return
            council_acts = re.search(r"(?<!\w)uchwala\s+(?:nr|rady|numer|z\s)", scope) is not None or (
                sentence.has("council", start=clause.start, end=word.start)
                and re.search(r"rad\w+\s+(?:[\w-]+\s+){0,6}$", folded[clause.start : word.start]) is not None
            )
            council_acts = council_acts or (
                word.folded.endswith("li")
                and re.search(r"(?<!\w)(?:radni|rajcy|rajce|wlodarze)(?!\w)", scope) is not None
            )
            actors = self.discourse.subjects(sentence, word, clause)
            if council_acts or word.folded.startswith("wypowiedzia"):
                own = [t for t in sentence.towns if t.role == Role.COUNCIL and clause.start <= t.start < clause.end]
                yield Stage.RESOLVED, False, self.discourse.actors(own) or actors
                return
            yield Stage.ADMITTED, False, actors
            if _AFTER_RESOLUTION.search(whole) is not None:
                yield Stage.RESOLVED, False, actors
            return
        owners = self.discourse.owners(sentence, word, clause)
        if (
            kind is EventKind.ACCESSION
            and form == "noun"
            and _BOARD_AGREED.search(scope)
            and not sentence.has("council")
        ):
            if not negated and REFUSED.search(whole) is None:
                yield Stage.ADMITTED, False, owners
            return
        if form == "future" and negated and not refused:
            return
        if refused or (ballot is not None and ballot.carried is False and not procedure):
            yield Stage.REJECTED, False, owners
        elif (
            (decided and not (procedure and not self._adopted(whole)) and not self._committee(whole))
            or (ballot is not None and ballot.carried and not procedure and not later)
            or (form == "noun" and self._numbered(sentence, word) and not later)
        ):
            yield Stage.RESOLVED, False, owners
        elif form in ("present", "future"):
            if negated:
                return
            yield Stage.PROPOSED, True, self.discourse.subjects(sentence, word, clause)
        elif re.search(r"(?<!\w)nie\s+(?:planuj|zamierz|chc|mysl|przewiduj|rozwaz)\w*", scope):
            return
        elif planned or later or procedure or self.discourse.reading.paper is Paper.AGENDA:
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
            if self._voted_over(word, sentence):
                continue
            lead = self.discourse.reading.clean.folded[max(sentence.start, word.start - 30) : word.start]
            if _NEGATED.search(lead):
                continue
            tail = self.discourse.reading.clean.folded[word.end : min(sentence.end, word.end + 60)]
            if re.match(r"\s+(?:\w+\s+){0,2}(?:starani|rozmow|dzialani|temat|inicjatyw|prob)", tail):
                continue
            if re.match(r"wyraz|zadeklar", word.folded) and not re.search(
                r"(?:zgod|wol[ae]|ch[ec]|akces|poparc|przystap)", whole
            ):
                continue
            if re.match(r"wyraz|zadeklar|opowied", word.folded) and not (
                sentence.has("council")
                or re.search(r"(?<!\w)(?:rad[ay]|radn\w+|rajc\w+|uchwal\w+|glos\w*)", whole)
                or self.discourse.binder.ballots.told(sentence, clause)
                or self.discourse.reading.paper.value == "resolution"
            ):
                continue
            if re.search(r"ch[ec]c?i?\w*\s+(?:przystap|dolacz|wstap|powrot)", whole) and not sentence.has("council"):
                continue
            return True
        if re.search(
            r"zielone\s+swiatlo|dal[aio]?\s+(?:\w+\s+){0,3}zgod|dali\s+(?:\w+\s+){0,3}zgod|zgod\w+\s+(?:\w+\s+){0,6}(?:dal|wyrazi|udzieli)|(?<!\w)na\s+\"?tak\"?|uchwalenie\s|przeglosowani|przyjel[aio]\s+(?:\w+\s+){0,2}uchwal|przyjal\s+uchwal|uchwal\w+\s+(?:[\w-]+\s+){0,10}przyje(?:l|to|ta)|przyjet[ao]\s+uchwal|podjecie\s+przez",
            whole,
        ):
            return "?" not in whole
        return False

    def _voted_over(self, word: Word, sentence: Sentence) -> bool:
        """Whether a verb only tells that there was a ballot: "głosowano nad", "głosowała w sprawie"."""
        rest = self.discourse.reading.clean.folded[word.end : min(sentence.end, word.end + 60)]
        return (
            word.folded.startswith(("glosowa", "debatow", "zaglosowa"))
            and re.match(r"\s+(?:[\w-]+\s+){0,3}?(?:nad|w\s+sprawie|w\s+tej\s+sprawie|ws\.?)(?!\w)", rest) is not None
        )

    def _numbered(self, sentence: Sentence, word: Word) -> bool:
        """Whether a resolution's number stands before the step: "Uchwała nr XI/59/25 … w sprawie przystąpienia"."""
        if sentence.has("plan", "agenda", "removed", end=word.start):
            return False
        return any(
            sentence.start <= a.start < word.start and word.start - a.start < 200 for a in self.discourse.reading.acts
        )
