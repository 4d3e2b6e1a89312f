"""How far a step has come: planned, decided, refused or done, by the words around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from zmpwatch.extract.binding.event import Actor
from zmpwatch.extract.decisions.repeals import of_a_standing_act
from zmpwatch.extract.decisions.verdicts import (
    AN_AMENDMENT,
    BY_ITS_ACT,
    IF_COUNCIL_BACKS,
    MAYOR_DECIDED,
    MAYORS_WILL,
    NEVER_TAKEN_UP,
    PROCEDURE,
    SEVERAL_COUNCILS,
    VOTE_ON,
    WHETHER_VOTED,
    refuses,
)
from zmpwatch.extract.discourse.suppositions import is_only_supposed
from zmpwatch.extract.discourse.topic import Discourse
from zmpwatch.extract.papers.kinds import Paper
from zmpwatch.extract.steps.amongplans import came_of_efforts, is_one_of_the_plans, is_one_of_the_results, is_talked_of
from zmpwatch.extract.steps.boards import (
    ANNOUNCED,
    BOARD_AGREED,
    BOARD_NOTED,
    BOARD_REFUSED,
    BOARD_TOOK_UP,
    council_only_before,
    of_another_board,
)
from zmpwatch.extract.steps.byitsact import COUNCILS_ACT, declared_by_act
from zmpwatch.extract.steps.byrelative import act_it_hangs_on, hangs_on_no_act
from zmpwatch.extract.steps.decided import Decided, is_adopted, is_by_committee
from zmpwatch.extract.steps.takenout import led_out_before
from zmpwatch.extract.structure.clause import Clause, clause_at
from zmpwatch.extract.structure.entries import told_as_past, told_done
from zmpwatch.extract.structure.sentences import Sentence, Word
from zmpwatch.extract.towns.finding import Role
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.phrases import (
    AFTER_RESOLUTION,
    ANY_TOWN,
    IN_GENERAL,
    IN_ITS_TIME,
    MAY_BE_DONE,
    NEGATED,
    ONCE_DECIDED,
)
from zmpwatch.model import EventKind, Stage

__all__ = ["StageFinder"]

_GIVEN_NOTICE = lazy(
    r"(?<!\w)(?!\w+c\s)(?:zlozyl\w*|zlozon\w+|przesla\w+|wysla\w+|wystosowa\w+|przekaza\w+|wreczy\w+)\s+(?:(?!projekt|wnios)[\w-]+\s+){0,4}?(?:rezygnacj|wypowiedzeni|oswiadczeni\w+\s+o\s+(?:wystapieni|wyjsci|odejsci))"
    r"|(?:rezygnacj\w+|wypowiedzeni\w+|oswiadczeni\w+\s+o\s+(?:wystapieni|wyjsci|odejsci)u)\s+(?:[\w-]+\s+){0,10}?(?!\w+c(?!\w))(?:zlozyl\w*|zlozon\w+|przesla\w+|wysla\w+)"
)
_REFUSED_IT = lazy(
    r"(?<!\w)(?:go|ja|je|ich)\s+(?:[\w-]+\s+){0,2}(?:odrzuc|utrac|zablokow|pogrzeb)\w+|(?:odrzuc|utrac|zablokow|pogrzeb)\w+\s+(?:go|ja|je)(?!\w)|do\s+kosza(?!\w)"
    r"|^\W*(?:uchwal|projekt|wniosek|propozycj)\w*\s[^;]{10,220}?\s-\s(?:(?:zostal\w?|nie)\s+)?(?:nie\s+)?(?:odrzucon|utracon|zablokowan)\w{1,2}(?!\w)",
    *("=kosza", "odrzuc", "pogrzeb", "utrac", "zablokow"),
)
_PERSONS = lazy(
    r"\s+(?:(?:do|ze?)\s+(?:niego|niej|nich)\s+)?(?:takze\s+|tez\s+|rowniez\s+)?(?:wojt|burmistrz|prezyden|starost|mieszkan|uczni|gosci|pracowni|ekspert|osob|dyrektor|przedstawiciel|delegac|radni?(?!\w)|samorzadowc)\w*"
)
_RULED_OUT = lazy(r"(?<!\w)(?<!\bnie\s)wyklucz(?:a|yl|yla|yli|aja)(?!\w)")
_NOT_KNOWN = lazy(
    r"(?<!\w)(?:nie\s+wiadomo|pyta\w*|zapyta\w*|zastanawia\w*|ciekaw\w*|watpliw\w*|nie\s+wiem\w*|nie\s+zdecydow\w+|prosz\w+\s+o\s+(?:\w+\s+)?(?:odpowiedz|informacj|wyjasnien|wskazan)\w*|chcial\w*\s+(?:\w+\s+)?(?:do)?wiedziec|interesuje\s+\w+)[^.;]{0,20},?\s+czy(?!\w)"
    r"|(?<!\w)(?:pyta\w*|zapyta\w*|dopytyw\w+)[^.;]{0,20},\s+(?:kiedy|(?:dlaczego|czemu)(?!\s+(?:projekt|punkt|uchwal|wnios|druk|temat|spraw)\w*\s)|po\s+co|jak)(?!\w)"
)
_BEFORE_THAT = lazy(
    r"(?<!\w)(?:zanim|(?<![wzo]\s)nim|dopoki|poki)\s+(?:[\w-]+\s+){0,3}$", "=zanim", "=nim", "dopoki", "=poki"
)
"""As in "zanim gdziekolwiek wstąpimy, policzymy": what is to be thought over first is no plan."""
_DECIDERS = lazy(
    r"(?<!\w)(?:rad[ayz]\w?|radn\w+|glos\w*)(?!\w)[^.;]{0,90}?(?:zdecydowa|zadecydowa|postanowi|przesadzi|uchwali|rozstrzygn)l?\w*|(?<!\w)(?:zdecydowa|zadecydowa|postanowi|przesadzi|rozstrzygn)\w+\s+(?:[\w-]+\s+){0,4}?(?:rad[ay]|radni|glosy)(?!\w)",
    *("decydowa", "postanowi", "przesadzi", "uchwali", "rozstrzygn"),
)
"""As in "Radni zdecydowali, że X nie wejdzie do Związku": who says that a step will not be taken."""
_CAME_TRUE = lazy(
    r"(?<!\w)(?:sta(?:lo|la|l)\s+sie\s+(?:faktem|skuteczn\w+)|jest\s+(?:juz\s+)?faktem|doszlo\s+do\s+skutku|nastapilo(?!\s+to(?!\w))|nastapil|dokonalo\s+sie|became\s+effective|took\s+effect)(?!\w)"
)
_CAME_TO = lazy(r"(?<!\w)doszlo\s+(?:\w+\s+)?do\s+(?:\w+\s+)?$")
_NOT_PLANNED = lazy(r"(?<!\w)(?:nie|ani|nigdy)\s+(?:(?!tylko|wszys|inn|da\s)\w+\s+)?(?:(?:sie\s+)?z\s+)?$")
_IS_TO = lazy(
    r"(?<!\w)(?:ma|maja|mial[aoy]?|mieli|mamy|powin\w+|trzeba|warto|is|are|will)\s+(?:[\w-]+\s+){0,3}(?:to\s+)?$"
)
_OTHERS_ASKED = lazy(
    r"(?:zachec\w+|namawia\w*|zaprasza\w*|przekonuj\w+|apeluj\w+\s+do)\s+(?:inne|innych|sasiedni\w+|pozostal\w+|kolejn\w+|okoliczn\w+|wszystki\w+|kolegow|samorzady|gminy|miasta)\s+(?:\w+\s+)?(?:do|o)\s+$"
)
_ASIDE = lazy(r"\s-\s[^-;:.]{1,60}\s-\s")
"""As in "aby gmina – wzorem sąsiadów – wstąpiła"."""
_SO_THAT_ASIDE = lazy(r"(?<!\w)(?:aby|zeby|azeby)\s+(?:[\w.-]+\s+){1,6}$")
_WILL_BE = lazy(r"(?<!\w)(?:zostanie|zostana|zostaniemy|bedzie|beda|bedziemy)\s+(?:\w+\s+)?$")
_ASKED_FOR = lazy(
    r"(?<!\w)(?:wystapi\w+|wnios(?:l|la|lo|ly)|wniesli|poprosi\w+|prosi\w*|zwroci\w+\s+sie)\s+(?:[\w-]+\s+){0,3}o\s+(?:\w+\s+(?:na\s+)?)?$"
)
_FOR_IT = lazy(r"(?:.*,\s+)?\W*o\s+")
"""As in "O przyjęcie do Związku wystąpiły A i B"."""
_HANDED_IN = lazy(r"(?<!\w)zloz(?:yl\w*|ono)\s+(?:[\w-]+\s+){0,2}$")
_LATEST_TO = lazy(
    r"(?<!\w)(?:latest|newest|most\s+recent|first|\d{1,3}(?:st|nd|rd|th))\s+(?:\w+\s+)?(?:town|city|municipality|member)\s+to\s+$"
)
_ENTRY_BEGINS = lazy(r"[\W\d_]*(?:[a-z]{3,12}\W+)?(?:(?:19|20)\d\d\W+)?")
_MOVED = lazy(r"(?<!\w)wn(?:osi|osza|iosl[aoy]?|iesli)\s*,\s+(?:ze)?a?by(?:smy)?(?!\w)", "wnos", "wnios", "wniesli")
"""As in "radny wniósł, aby miasto przystąpiło"."""
_WORKS_ON = lazy(
    r"(?<!\w)(?<!\bnie\s)prac\w*\s+nad\s+$|(?<!\w)(?<!\bnie\s)(?:przekonyw|namawia|zachec)\w+\s+(?:\w+\s+)?(?:rad[ey]|radnych)\s+do\s+$"
)
_UP_FOR_DEBATE = lazy(
    r"(?<!\w)(?:pod|na)\s+(?:\w+\s+)?(?:glosowani\w|obrady|sesje)\s+trafi(?!\w)|(?<!\w)trafi\s+(?:pod|na)\s+(?:\w+\s+)?(?:glosowani|obrad|sesj)|(?<!\w)(?:zostanie|bedzie|zostana|beda)\s+(?:\w+\s+)?(?:poddan|przedlozon|przedstawion|rozpatrz|rozpatrywan|glosowan|procedowan|omawian)\w+"
)
_WERE_IT = lazy(r"(?<!\w)(?:gdyby\w*|czy)\s")
_THAT_IT = lazy(r"(?<!\w)(?:a|ze)?by(?:smy|m)?\s")
_COUNCIL_BEFORE = lazy(r"rad\w+\s+(?:[\w.-]+\s+){0,11}$")
_IMPERSONAL = lazy(r"(?:ano|ono)$")
_SESSION = lazy(r"(?<!\w)(?:sesj\w+|obrad\w*)(?!\w)")
_COUNCILLORS = lazy(r"(?<!\w)(?:radni|wlodarze)(?!\w)")
_DOES_NOT_PLAN = lazy(
    r"(?<!\w)(?:nie|ani)\s+(?:planuj|zamierz|chc|mysl|przewiduj|rozwaz|sni)\w*|(?<!\w)planow\s+(?:[\w-]+\s+){0,3}?nie\s+ma(?!\w)|(?<!\w)nie\s+ma\s+(?:[\w-]+\s+){0,3}?planow(?!\w)"
)

_AS_A_SUBJECT = lazy(r"(?:^\W*|(?<!\w)(?:ze|iz|bo|gdyz|poniewaz)\s+|[:;-]\s+)(?:(?:samo|to|tamto|ponowne|nasze)\s+)?$")
_WAS_THEN = lazy(
    r"\"?\s+(?:(?:w|we|z|na)\s+(?:\w+\s+){0,2}?(?:19|20)\d\d(?:\s+(?:roku|r\.))?|(?:w|we)\s+(?:ubieglym|zeszlym|minionym)\s+roku|(?:\w+\s+){1,2}lata?\s+temu|przed\s+(?:\w+\s+)?laty?)"
    r"\s+(?!nie\s)[a-z]{2,}lo(?:\s+sie)?(?!\w)(?!\s+(?:\w+\s+)?(?:przedmiotem|tematem|planowane|rozwazane|odrzucone|wstrzymane|niemozliwe|odlozone|przesuniete))"
)
"""Behind a step: when it was, and a verb of what it did."""
_BUT_REFUSED = lazy(
    r",\s+(?:ale|lecz|jednak|tyle\s+ze)\s+(?:\w+\s+){0,2}?(?:rad[ay]|radni|wiekszosc\s+(?:rady|radnych)|radnych)\s+(?:\w+\s+){0,2}?(?:odmowi|odrzuci|sprzeciwi|utraci|zablokowa)\w+",
    *("odmowi", "odrzuci", "sprzeciwi", "utraci", "zablokowa"),
)
_OUT_OF_WHICH = lazy(r"\W*ze?\s+ktor(?:ego|ej)(?!\w)")
_NO_SUCH_PLANS = lazy(r",\s+ze\s+(?:[\w-]+\s+){0,5}?takich\s+planow\s+(?:[\w-]+\s+){0,3}?nie\s+ma(?!\w)", "planow")
"""As in "pytany o powrót, odpowiada, że takich planów nie ma"."""


@dataclass(frozen=True, slots=True)
class _Told:
    """What the words around a step say of it."""

    refused: bool
    decided: bool
    planned: bool
    procedure: bool
    later: bool


_THANKED = lazy(
    r"(?<!\w)(?:po)?dziekowa\w*\s+(?:[\w-]+\s+){0,3}?(?:radnym|radzie|im)(?:\s+(?:miejskiej|miasta|gminy))?\s+za\s+(?:podjecie\s+|przyjecie\s+)?(?:uchwal|zgod|decyzj|poparci|glos)\w*\s+(?:[\w-]+\s+){0,4}$"
    r"|(?<!\w)(?:po)?dziekuj\w*\s+(?:[\w-]+\s+){0,3}?(?:radnym|radzie)(?:\s+(?:miejskiej|miasta|gminy))?\s+za\s+(?:podjecie\s+|przyjecie\s+)?(?:uchwal|zgod|decyzj|poparci|glos)\w*\s+(?:[\w-]+\s+){0,4}$",
    "dziek",
)
"""Whom a mayor thanks for a resolution, they have adopted it."""


@dataclass(slots=True)
class StageFinder:
    """Finds the stages of a step, and whose step it is."""

    discourse: Discourse
    _decision: Decided = field(init=False)

    def __post_init__(self) -> None:
        self._decision = Decided(self.discourse)

    def stages(
        self, sentence: Sentence, word: Word, kind: EventKind, form: str, clause: Clause, *, named: bool
    ) -> Iterator[tuple[Stage, bool, list[Actor]]]:
        """The stages a step is told at, whether each is weak, and whose it is."""
        folded = self.discourse.reading.clean.folded
        if form == "present" and told_as_past(self.discourse.reading, sentence):
            form = "past"  # a chronicle tells the past in the present tense
        before = folded[max(sentence.start, word.start - 40) : word.start]
        scope = sentence.slice(clause.start, clause.end)
        whole = sentence.folded
        negated = NEGATED.search(before) is not None
        if form != "past" and is_only_supposed(sentence, clause, form):
            if IF_COUNCIL_BACKS.search(whole) and not negated:
                yield Stage.PROPOSED, False, self.discourse.owners(sentence, word, clause)
            return
        general = ANY_TOWN.search(whole) or (form == "noun" and IN_GENERAL.search(whole))
        if general and not any(t.role != Role.PLACE for t in sentence.towns):
            return
        if form == "past":
            yield from self._past(sentence, word, kind, clause, before, negated=negated)
            return
        told = self._told(sentence, word, kind, form, clause, negated=negated)
        refused, decided, procedure, later = told.refused, told.decided, told.procedure, told.later
        ballot = self.discourse.binder.ballots.told(sentence, clause)
        whether = WHETHER_VOTED.search(sentence.slice(sentence.start, word.start)) is not None
        voted = whether or any(self._decision.is_only_voted_over(w, sentence) for w in sentence.all("decide"))
        by_turns = SEVERAL_COUNCILS.search(whole) is not None
        if ballot is None and voted and not (later or by_turns) and (whether or form in ("noun", "infinitive")):
            ballot = self.discourse.binder.ballots.after(sentence)
        if form in ("noun", "infinitive") and _OTHERS_ASKED.search(before):
            return
        if form in ("noun", "infinitive") and (NEVER_TAKEN_UP.search(scope) or _RULED_OUT.search(scope)):
            return
        if form in ("present", "future", "infinitive", "noun") and _NOT_KNOWN.search(
            whole if form != "noun" else sentence.slice(sentence.start, word.start)
        ):
            return
        if form in ("present", "future") and _BEFORE_THAT.search(sentence.slice(sentence.start, word.start)):
            return
        if whether and ballot is None:
            return  # how the vote ended is told behind it
        if form in ("noun", "infinitive") and not (refused or decided) and self._no_plan(sentence, word, clause):
            return
        planned = told.planned or self._planned(sentence, word, form, before, scope, decided=decided)
        owners = self.discourse.owners(sentence, word, clause)
        if (
            kind is EventKind.ACCESSION
            and form == "noun"
            and BOARD_AGREED.search(scope)
            and council_only_before(sentence)
        ):
            if not (negated or refuses(whole) or of_another_board(sentence)):
                yield Stage.ADMITTED, False, owners
                if ONCE_DECIDED.search(scope):
                    yield Stage.RESOLVED, False, owners
            return
        if (
            form == "noun"
            and not negated
            and not refused
            and (_CAME_TRUE.search(scope) or came_of_efforts(sentence, word, kind) or _CAME_TO.search(before))
        ):
            yield Stage.ADMITTED, False, owners
            return
        if (
            form == "noun"
            and not (refused or planned or decided)
            and (self._heads_entry(sentence, word) or self._spoken_of_as_done(sentence, word))
        ):
            yield Stage.ADMITTED, False, owners
            return
        if form in ("present", "future") and negated and not refused:
            voted_down = self.discourse.binder.ballots.told(sentence, Clause(sentence.start, sentence.end))
            lost = voted_down is not None and voted_down.carried is False and not procedure
            if lost or (decided and _DECIDERS.search(whole)):
                yield Stage.REJECTED, False, self.discourse.subjects(sentence, word, clause)
            return
        if form == "infinitive" and _LATEST_TO.search(before):
            yield Stage.ADMITTED, False, self.discourse.subjects(sentence, word, clause)
            return
        if refused and BOARD_REFUSED.search(scope) and not sentence.has("council"):
            return  # what the board says to an applicant is no decision of the town's council
        if refused or (ballot is not None and ballot.carried is False and not procedure):
            yield Stage.REJECTED, False, owners
        elif (
            (decided and not (procedure and not is_adopted(whole)) and not is_by_committee(whole))
            or (ballot is not None and ballot.carried and not procedure and not later)
            or (form == "noun" and self._decision.has_number(sentence, word) and not later)
            or (form == "noun" and declared_by_act(before, whole))
            or (form == "noun" and _THANKED.search(sentence.slice(sentence.start, word.start)) is not None)
            or (form == "infinitive" and _IS_TO.search(before) is not None and BY_ITS_ACT.search(whole) is not None)
        ):
            yield Stage.RESOLVED, False, owners
        elif form in ("present", "future"):
            if negated:
                return
            if self._decision.just_before(sentence) or BY_ITS_ACT.search(whole):
                yield Stage.RESOLVED, False, self.discourse.subjects(sentence, word, clause)
                return
            if kind is EventKind.WITHDRAWAL and BOARD_NOTED.search(whole):
                yield Stage.RESOLVED, False, self.discourse.subjects(sentence, word, clause)
                return
            announced = form == "present" and (ANNOUNCED.search(whole) is not None or self._board_decided(sentence))
            subjects = self.discourse.subjects(sentence, word, clause)
            yield (Stage.ADMITTED, False, subjects) if announced else (Stage.PROPOSED, True, subjects)
        elif _DOES_NOT_PLAN.search(scope) or _NO_SUCH_PLANS.search(whole):
            return
        elif planned or later or procedure or self.discourse.reading.paper is Paper.AGENDA:
            yield Stage.PROPOSED, not named, owners

    @staticmethod
    def _refused_it(sentence: Sentence, word: Word) -> bool:
        """As in "… i odrzucili je": not what another council did, "radni A poparli wstąpienie, w B je odrzucili"."""
        match = _REFUSED_IT.search(sentence.folded)
        if match is None:
            return False
        there, here = clause_at(sentence, sentence.start + match.start()), clause_at(sentence, word.start)
        return there == here or not any(there.start <= t.start < there.end for t in sentence.towns)

    @staticmethod
    def _turned_down(sentence: Sentence, word: Word) -> bool:
        """As in "proponował zerwać ze Związkiem, lecz większość radnych odmówiła mu poparcia"."""
        return _BUT_REFUSED.search(sentence.slice(word.end, sentence.end)) is not None

    def _told(
        self, sentence: Sentence, word: Word, kind: EventKind, form: str, clause: Clause, *, negated: bool
    ) -> _Told:
        """What the words around a step say of it."""
        scope, whole = sentence.slice(clause.start, clause.end), sentence.folded
        refusing = told_done(self.discourse.reading, sentence, "refuse")
        refusals = sentence.all(*refusing, start=clause.start, end=clause.end)
        refused = refuses(scope) or any(AN_AMENDMENT.match(sentence.slice(w.end, clause.end)) is None for w in refusals)
        if not refused and form in ("noun", "infinitive"):
            refused = refuses(whole) or self._refused_it(sentence, word) or self._turned_down(sentence, word)
        refused = refused or (negated and sentence.has("refuse"))
        decided = self._decision.is_told(sentence, clause) or (
            kind is EventKind.WITHDRAWAL
            and form == "noun"
            and not negated
            and (_GIVEN_NOTICE.search(scope) is not None or BOARD_NOTED.search(whole) is not None)
        )
        if form == "noun" and not decided:
            decided = is_one_of_the_results(self.discourse.reading, sentence, word.start) or of_a_standing_act(
                sentence, word.start
            )
        without = whole[: word.start - sentence.start] + whole[word.end - sentence.start :]
        procedure = PROCEDURE.search(without) is not None or any(w.start != word.start for w in sentence.all("removed"))
        planned = sentence.has("plan", "agenda", start=clause.start, end=clause.end) or (
            sentence.has("plan", "agenda") and not decided
        )
        return _Told(refused, decided, planned, procedure, sentence.has("decide_later"))

    def _past(
        self, sentence: Sentence, word: Word, kind: EventKind, clause: Clause, before: str, *, negated: bool
    ) -> Iterator[tuple[Stage, bool, list[Actor]]]:
        """What a verb in the past tells: what came about, what a council decided, or what somebody was to do."""
        if _WILL_BE.search(before):
            if not negated:
                yield Stage.PROPOSED, True, self.discourse.subjects(sentence, word, clause)
            return
        if negated or _WERE_IT.search(before) or MAY_BE_DONE.search(before):
            return
        if hangs_on_no_act(sentence, word.start):
            return
        folded = self.discourse.reading.clean.folded
        lead = _ASIDE.sub(" ", folded[max(sentence.start, word.start - 120) : word.start])
        if _THAT_IT.search(folded[max(clause.start, word.start - 60) : word.start]) or _SO_THAT_ASIDE.search(lead):
            yield from self._to_be_done(sentence, word, kind, clause, before)
            return
        if _PERSONS.match(sentence.slice(word.end, clause.end)):
            return
        actors = self.discourse.subjects(sentence, word, clause)
        scope = sentence.slice(clause.start, clause.end)
        notice = word.folded.startswith("wypowiedzia")
        if notice:
            actors = self._whose_membership(sentence, word) or actors
        if notice or act_it_hangs_on(sentence, word.start) or self._is_councils(sentence, word, clause):
            own = [t for t in sentence.towns if t.role == Role.COUNCIL and clause.start <= t.start < clause.end]
            yield Stage.RESOLVED, False, self.discourse.actors(own) or actors
            return
        yield Stage.ADMITTED, False, actors
        out_of_which = _OUT_OF_WHICH.match(scope) is not None  # "uchwałą nr 5 wraca do Związku, z którego wystąpiła"
        if AFTER_RESOLUTION.search(scope if out_of_which else sentence.folded) is not None:
            yield Stage.RESOLVED, False, actors

    def _to_be_done(
        self, sentence: Sentence, word: Word, kind: EventKind, clause: Clause, before: str
    ) -> Iterator[tuple[Stage, bool, list[Actor]]]:
        """As in "radni zgodzili się, aby gmina wstąpiła do Związku"."""
        told = self._told(sentence, word, kind, "past", clause, negated=False)
        scope = sentence.slice(clause.start, clause.end)
        actors = self.discourse.subjects(sentence, word, clause)
        vote = self.discourse.binder.ballots.told(sentence, Clause(sentence.start, sentence.end))
        lost = vote is not None and vote.carried is False and not told.procedure
        if told.refused or lost or refuses(sentence.folded) or sentence.has("refuse", start=word.end):
            yield Stage.REJECTED, False, actors
        elif told.decided and not told.procedure and not told.later:
            yield Stage.RESOLVED, False, actors
        elif told.planned or self._planned(sentence, word, "past", before, scope, decided=told.decided):
            yield Stage.PROPOSED, False, actors

    @staticmethod
    def _is_councils(sentence: Sentence, word: Word, clause: Clause) -> bool:
        """Whether a step in the past is a council's: "uchwałą rady przystąpiono", "radni wystąpili"."""
        if ONCE_DECIDED.search(sentence.slice(clause.start, word.start)) is not None:
            return False
        scope = sentence.slice(clause.start, clause.end)
        if led_out_before(word, scope) and not COUNCILS_ACT.search(scope):
            return False
        if COUNCILS_ACT.search(scope) is not None or (
            sentence.has("council", start=clause.start, end=word.start)
            and _COUNCIL_BEFORE.search(IN_ITS_TIME.sub(" ", sentence.slice(clause.start, word.start))) is not None
        ):
            return True
        if _IMPERSONAL.search(word.folded) is not None:
            return sentence.has("council", "act") or _SESSION.search(sentence.folded) is not None
        if word.folded.endswith("li") and _COUNCILLORS.search(scope) is not None:
            return True
        return word.folded.startswith("wprowadzi") and sentence.has("council")

    def _planned(self, sentence: Sentence, word: Word, form: str, before: str, scope: str, *, decided: bool) -> bool:
        """Whether a step is still to come, by what leads to it: "ma przystąpić", "prace nad", "wystąpiono o"."""
        return (
            self._decision.asked_for(sentence)
            or (form == "infinitive" and _IS_TO.search(before) is not None)
            or _WORKS_ON.search(before) is not None
            or (form == "noun" and VOTE_ON.search(before) is not None)
            or MAYORS_WILL.search(scope) is not None
            or MAYOR_DECIDED.search(sentence.folded) is not None
            or _MOVED.search(sentence.folded) is not None
            or _ASKED_FOR.search(before) is not None
            or (_FOR_IT.fullmatch(before) is not None and not word.folded.endswith("u"))
            or is_talked_of(before, scope)
            or (word.folded.startswith("akces") and _HANDED_IN.search(before) is not None)
            or (form == "noun" and is_one_of_the_plans(self.discourse.reading, sentence))
            or (not decided and _UP_FOR_DEBATE.search(sentence.folded) is not None)
        )

    @staticmethod
    def _no_plan(sentence: Sentence, word: Word, clause: Clause) -> bool:
        """As in "nie przygotowuje się do wystąpienia", "nie złożyła wniosku": what would be planned is not."""
        plans = sentence.all("plan", start=clause.start, end=word.start)
        return bool(plans) and all(
            _NOT_PLANNED.search(sentence.slice(clause.start, plan.start)) and not plan.folded.startswith("wyklucz")
            for plan in plans
        )

    def _board_decided(self, sentence: Sentence) -> bool:
        """As in "Zarząd rozpatrzył trzy wnioski. Do Związku wchodzą: A, B i C": the board's decision, told before."""
        earlier = self.discourse.reading.before(sentence)
        return any(
            BOARD_TOOK_UP.search(s.folded) and s.segment is sentence.segment and not refuses(s.folded) for s in earlier
        )

    def _heads_entry(self, sentence: Sentence, word: Word) -> bool:
        """As in "2001 – wstąpienie do Związku" in a chronicle: it came about then."""
        lead = sentence.slice(sentence.start, word.start)
        return _ENTRY_BEGINS.fullmatch(lead) is not None and told_as_past(self.discourse.reading, sentence)

    @staticmethod
    def _spoken_of_as_done(sentence: Sentence, word: Word) -> bool:
        """As in "odejście miasta z ZMP w 2014 roku przyniosło straty": what had consequences came about."""
        body = next((b for b in sentence.bodies if b.start >= word.end), None)
        if body is None or _AS_A_SUBJECT.search(sentence.slice(sentence.start, word.start)) is None:
            return False
        return _WAS_THEN.match(sentence.slice(body.end, sentence.end)) is not None

    def _whose_membership(self, sentence: Sentence, word: Word) -> list[Actor]:
        """As in "wypowiedziano członkostwo gminy Nowe w ZMP"."""
        body = next((b for b in sentence.bodies if b.start >= word.end), None)
        named = [t for t in sentence.towns if body is not None and word.end <= t.start < body.start]
        return self.discourse.actors(named)
