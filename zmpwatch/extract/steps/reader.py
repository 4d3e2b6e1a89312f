"""Steps of joining and leaving, told by a verb or a noun, and the decisions about them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import ClassVar

from zmpwatch.extract.binding.decidedat import DECIDED_THERE
from zmpwatch.extract.binding.event import Event
from zmpwatch.extract.bodies.finding import Body
from zmpwatch.extract.dates.forms import MONTH
from zmpwatch.extract.decisions.repeals import repealed, speaks_of_repeal
from zmpwatch.extract.decisions.verdicts import DECIDES_IT
from zmpwatch.extract.discourse.topic import Discourse, OpenStep
from zmpwatch.extract.papers.kinds import Paper
from zmpwatch.extract.steps.byrelative import take_from_its_act
from zmpwatch.extract.steps.goals import JOIN, LEAVE, GoalFinder
from zmpwatch.extract.steps.namedlast import in_the_clause_before
from zmpwatch.extract.steps.othersubjects import has_another_subject, people_behind, people_do
from zmpwatch.extract.steps.stages import StageFinder
from zmpwatch.extract.steps.unnamedgoals import gives_up_membership
from zmpwatch.extract.steps.wishes import WishReader
from zmpwatch.extract.structure.clause import Clause, clause_at
from zmpwatch.extract.structure.sentences import Sentence, Word
from zmpwatch.extract.towns.finding import Role
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.matters import BEING_LET_IN
from zmpwatch.extract.words.phrases import A_BLANK, NEGATED
from zmpwatch.extract.words.signs import signs_of
from zmpwatch.model import BlockKind, EventKind, Stage

__all__ = ["StepReader"]

_FORMS = ("past", "present", "future", "infinitive", "conditional", "noun")
"""Of the forms a word may be ("wróci" and "wrócił" begin alike) the first counts."""
_BARE_FORMS = ("quit",)
_PUT_ON_THE_LIST = ("wpisan", "zapisan", "dopisan")
_TO = lazy(r"(?<!\w)(?:to|not|(?:will|would|should|could|might|may|can)(?:\s+\w+)?|did(?:\s+[\w-]+){0,3})\s+$")
_MOST_STEPS = 12
_STEPS = frozenset((*JOIN, *LEAVE))
_OF_STEPS = signs_of(*JOIN, *LEAVE, "member_noun", "admit_noun", "candidacy")
_APPLIED = lazy(
    r"(?<!\w)(?:ubiega\w*|stara\w*|zabiega\w*|wnios\w+|prosb\w*|prosi\w*|poprosi\w*|wystapi\w*|zwroci\w*|starani\w*|aplik\w+|zglosi\w*|zglosze\w+)\s+(?:sie\s+)?(?:[\w-]+\s+){0,4}?o\s+(?:\w+\s+)?$"
)
_ONLY_FOR = lazy(r"(?:^\W*|[,:;-]\s+(?:(?:ze|iz|a|i)\s+)?|(?<!\w)(?:ze|iz)\s+)o\s+$")
_ASKS_FOR_IT = lazy(
    rf"(?:.{{0,80}}?,\s+(?:ze|iz)\s+)?\W*(?:[\w-]+\s+){{0,2}}?o\s+(?:\w+\s+)?(?:{BEING_LET_IN}|zgod)\w*\s[^.;]{{0,80}}(?<!\sna\s)"
)
_ASKING = lazy(rf"\s+(?:[\w-]+\s+){{0,3}}?o\s+(?:[\w-]+\s+)?(?:{BEING_LET_IN}|zgod|wpis)\w*")
_DOES_NOT = lazy(r"(?<!\w)nie\s+(?!tylko)(?:\w+\s+){0,3}$")
_APPLIES = lazy(r"(?<!\w)(?:wystapi|ubiega|stara|zabiega|prosi|poprosi|wniosk|zwroci|aplik)\w*")
"""As in "O przyjęcie do Związku wystąpiły A i B"."""
_UPON = lazy(r"\W*(?:o|nad|za|przeciw(?:ko)?)\s+(?:\w+\s+)?")
_THEY_DECIDE = lazy(
    r"(?<!\w)(?:rad[ay]|radni)\s+(?:[\w-]+\s+){0,4}?(?:zdecydow|zadecydow|decydow|glosow|przesadz|opowied|postanow|zdecyduj|zadecyduj|zaglosuj|rozstrzyg)\w*"
    r"|(?<!\w)(?:zdecydow|zadecydow|przesadz|zdecyduj|zadecyduj|rozstrzyg)\w+\s+(?:[\w-]+\s+){0,3}?(?:rad[ay]|radni)(?!\w)"
)
"""As in "O członkostwie w ZMP radni zdecydowali w lutym"."""
_AT_SOMETHING = lazy(
    r"\"?(?:\s\(\w{2,5}\))?\s+(?:podczas|w\s+(?:trakcie|ramach|czasie)|z\s+okazji|na\s+(?:kongres|zjez|zgromadz|posiedz|spotka|sesj)\w*"
    r"|(?:i|oraz|a\s+takze)\s+(?:[\w-]+\s+){0,3}?(?:program|projek|konkurs|kongres|zjez|szkoleni|warsztat|konferencj|zgromadz|kampani|badani|pilota)\w*)(?!\w)"
)
"""Behind the association, where it is no member that takes part: "udział w Związku i norweskim programie"."""
_ENDING_IT = lazy(r"(?<!\w)(?:rezygnac\w+|wypowiedz\w+|ustani\w+|zrzecz\w+|wystapi\w+|wygas\w+)\s+(?:z\s+)?$")
_AS_A_PERSON = lazy(
    r"\s+(?:w\s+\w+\s+)?jako\s+(?:\w+\s+)?(?:ekspert|doradc|pracowni|dyrektor|prezes|wykladowc|gosc|prelegent|trener|wolontariusz|obserwator|rzeczni|prawni|koordynator)"
)
"""What only a person joins as."""
_WHEN = rf"(?:(?:w|dnia|\d+|r\.|roku|{MONTH}\w*)\s+){{0,4}}?"
_ON_MEMBERSHIP = lazy(
    rf"\s+(?:(?:sie|wole|chec)\s+)?{_WHEN}(?:(?:o|na|nad|za|przeciw(?:ko)?|w\s+sprawie|dla|do)\s+)?(?:(?:pelne|ponowne)(?:go|mu|)\s+)?\"?"
)
_ASIDE = lazy(r"\s*(?:,|-|\([^()]{0,60}\))\s*")
_GOODBYES = ("zegna", "pozegn", "rozsta")
_PERSONS = lazy(
    r"(?<!\w)(?:burmistrz|prezydent|wojt|radn|prezes|dyrektor|starost|skarbni|sekretarz|przewodnicz|delegat|posel|poslan|ekspert)"
)
_FOR_A_WHILE = lazy(
    r"\"?\s+(?:(?:az\s+)?do\s+(?:nastepn|kolejn|przyszl|zobaczeni|jutra|wiosny|jesieni|lata|zimy|spotkani|wrzesnia|konca\s+wakacji|20\d\d)"
    r"|na\s+(?:rok|pol\s+roku|dwa\s+lata|trzy\s+lata|\d\s+lat\w?|kilka\s+\w+|jakis\s+czas|chwile|krotko|wakacje)(?!\w))"
)
"""Till when guests say goodbye: "żegna się ze Związkiem do przyszłego roku"."""
_RETURNS = ("wrac", "wroc", "powroc", "powrac", "idz")
_WITH_A_MATTER = lazy(
    r"\"?\s+(?:ze?|po)\s+(?:\w+\s+){0,2}?(?:pytani|prosb|wniosk|propozycj|apel|temat|spraw|postulat|rad[ay]|pomoc|opini|skarg|uwag|pism)\w*"
)
_COMES_OUT = ("wystap", "wystep", "wysz", "wychodz", "wyjdz")
_OF_A_GOAL = lazy(r"\W*(?:do|w)\s+ktor(?:ego|ej|ym|ych)(?!\w)")
_APPROVAL = lazy(
    r"\s+(?:[\w-]+\s+){0,2}?(?:aprobat\w+|poparci\w+|akceptacj\w+|wiekszosc\w*|glos\w*|zielone\s+swiatlo|przychylnosc\w*)(?!\w)"
)
_PROMISED = lazy(
    r"(?<!\w)(?:(?:zaproponuj|zawnioskuj)e(?:my)?|poprosze|poprosimy|zwroc(?:e|imy)|zloz(?:e|ymy)|wniose|wniesiemy|przedstawi(?:e|my)|bed(?:e|ziemy)\s+(?:wniosk|prosi|proponow|namawia|przekonyw)\w+)(?!\w)",
    *("zaproponuj", "popros", "zwroc", "zloz", "wnios", "wniesiemy", "przedstawi", "=bede", "=bedziemy"),
)
_FRONT = lazy(r"(?:^\W*|[:;]\s+|,\s+a\s+)$")
_CARRIED_BEHIND = lazy(
    r"\s+we?\s+\"?(?:zwiazku(?:\s+miast\s+polskich)?|zmp)\"?\s+(?:(?!nie(?!\w))[\w-]+\s+){0,2}?(?:przeglosowa|uchwali|popar|odrzuci)l\w*(?!\w)(?!\s+(?:nie|ani)\s)"
)
"""As in "Członkostwo w Związku przegłosowały A i B"."""
_SENT_IN = lazy(
    r"\W*ktor[aey]\s+(?:[\w-]+\s+){0,3}?(?:nadesla|przesla|dostarczy|przekaza|zlozy)\w*\s+(?:[\w-]+\s+){0,3}?uchwal\w{0,2}(?!\w)",
    "uchwal",
)
_SESSION = lazy(r"(?<!\w)(?:sesj|obrad|posiedzeni)\w*", "sesj", "obrad", "posiedzeni")
_FOR = lazy(r"\W*o\s+(?:(?:pelne|ponowne|swoje)\s+)?")
_THEY_TRY = lazy(r"(?<!\w)(?:zabieg|stara|ubieg|wystapi)\w*", "zabieg", "stara", "ubieg", "wystapi")
_LEADS_TO_MATTER = lazy(
    r"(?<!\w)(?:decyzj\w+|uchwal\w+|zgod\w+|projekt\w*|wniosek|wnioskiem|wniosku|glosowan\w+|stara\w*\s+sie|spiera\w*\s+sie|ubiega\w*\s+sie|zabiega\w*|aplik\w+|starani\w+|wystapi\w*|apply|applied|application)\s+(?:[\w-]+\s+){0,3}?(?:o|w\s+sprawie|na|nad|za|for|dotycz\w+)\s+(?:[\w-]+\s+){0,2}$"
    r"|(?<!\w)(?<!w\s)(?:spraw\w{1,2}|kwesti\w|temat\w*)\s+$"
    r"|(?<!\w)(?:nici\s+z|koniec\s+marzen\s+o|fiasko)\s+(?:\w+\s+)?$|(?<!\w)(?:rad[ay]|radni)\s+(?:za|przeciw)\s+$"
    rf"|(?<!\w)(?:przeciwn\w{{1,2}}|przeciw(?:ko)?|sprzeciwil\w+\s+sie)\s+{_WHEN}$"
    r"|(?<!\w)(?:przymierz\w+\s+sie|przygotow\w+(?:\s+sie)?|szykuj\w+\s+sie|aspiruj\w+|kandyduj\w+|dazy|daza|droga|kroki?)\s+do\s+(?:pelnego\s+)?$|(?<!\w)prac\w+\s+nad\s+$|(?<!\w)(?:przekonyw|namawia|zachec)\w+\s+(?:\w+\s+)?(?:rad[ey]|radnych)\s+do\s+$|(?<!\w)marz\w+\s+o\s+$|(?<!\w)zamiar\w*\s+$"
    r"|(?<!\w)podzieli\w+\s+(?:[\w-]+\s+){0,4}w\s+sprawie\s+$"
    rf"|(?<!\w)aprobat\w+\s+{_WHEN}(?:dla\s+)?$|(?<!\w)wol[aei]\w?\s+$|(?<!\w)uzna(?:l[ai]|no)(?:,\s+ze)?\s+$|(?<!\w)(?:tak\"?\s+{_WHEN}(?:dla\s+)?|nie\"\s+{_WHEN}dla\s+|zaakceptowano\s+{_WHEN})$"
    rf"|(?<!\w)(?:zdecydowa\w+|(?:za)?glosowa\w+|przeglosowa\w+|(?:opowiedzi|wypowiedzi)\w+\s+sie)\s+{_WHEN}(?:o|nad|za)?\s*(?:[\w-]+\s+){{0,2}}$"
)
"""Before what is decided upon: "uchwała o", "radni są przeciw", "przymierza się do"."""
_HEADS_ITEM = lazy(
    r"[\W\d_]{0,12}(?:[a-z][.)]\s+)?(?:(?:klub|radn[ya]|komisja|burmistrz)\s[^:;.\n]{1,40}(?:\s-|:)\s+)?(?:(?:podjeci\w+|rozpatrzeni\w+|projekt\w*|uchwal\w+|dotycz\w+|druk\w*|nr|glosowani\w+|nad|w|sprawie|dyskusj\w+|temat|sprawa|\d+)[\s.:,-]+){0,8}"
)


@dataclass(slots=True)
class StepReader:
    """Reads steps into and out of the association ("przystąpić", "wystąpić" …) and how far each has come."""

    NEEDS: ClassVar[int] = _OF_STEPS | WishReader.NEEDS
    discourse: Discourse
    _goals: GoalFinder = field(init=False)
    _how_far: StageFinder = field(init=False)
    _wishes: WishReader = field(init=False)

    def __post_init__(self) -> None:
        self._goals = GoalFinder(self.discourse)
        self._how_far = StageFinder(self.discourse)
        self._wishes = WishReader(self.discourse)

    def events(self, sentence: Sentence, handled: set[int]) -> Iterator[Event]:
        """Events of all steps a sentence speaks of, but those whose words stand in `handled`: others have read them."""
        steps = 0
        for word in sentence.words if sentence.signs & _OF_STEPS else ():
            if word.start in handled:
                continue
            steps += not word.classes.isdisjoint(_STEPS)
            if steps > _MOST_STEPS:
                break
            if not word.classes.isdisjoint(JOIN):
                yield from self._step(sentence, word, EventKind.ACCESSION)
            elif not word.classes.isdisjoint(LEAVE):
                yield from self._step(sentence, word, EventKind.WITHDRAWAL)
            elif (
                (
                    "member_noun" in word.classes
                    and (self._decided_upon(sentence, word) or self._heads_item(sentence, word))
                )
                or ("admit_noun" in word.classes and self._applied_for(sentence, word))
                or ("candidacy" in word.classes and self._put_to_council(word))
            ):
                yield from self._step(sentence, word, EventKind.ACCESSION)
        if sentence.signs & WishReader.NEEDS:
            yield from self._wishes.events(sentence)

    def _step(self, sentence: Sentence, word: Word, kind: EventKind) -> Iterator[Event]:
        clause = clause_at(sentence, word.start)
        if kind is EventKind.WITHDRAWAL and _ASKS_FOR_IT.fullmatch(sentence.slice(clause.start, word.start)):
            return  # "o członkostwo rada wystąpiła w maju"
        if (
            kind is EventKind.WITHDRAWAL
            and word.folded.startswith("wystap")
            and _ASKING.match(sentence.slice(word.end, clause.end))
        ):
            return  # "wystąpi o członkostwo w Związku"
        body = self._goals.body_of(sentence, word, kind, clause)
        if body is None or body is False:
            return
        named = isinstance(body, Body)
        form = next((f for f in _FORMS if f"join_{f}" in word.classes or f"leave_{f}" in word.classes), "noun")
        if form == "past" and word.folded in _BARE_FORMS and _TO.search(sentence.slice(sentence.start, word.start)):
            form = "infinitive"
        if self._founding(sentence) or self._person_leaves(sentence, word, clause):
            return
        if word.folded.startswith(_PUT_ON_THE_LIST) and sentence.has("board", start=clause.start, end=clause.end):
            return  # "uchwałą Zarządu wpisano na listę członków A i B": an admission
        if form in ("past", "present", "future") and people_behind(sentence, word):
            return
        if form == "past" and (has_another_subject(sentence, word, clause) or people_do(sentence, word, clause)):
            return
        brought = _WITH_A_MATTER.match(sentence.slice(body.end, sentence.end)) if isinstance(body, Body) else None
        if brought is not None and word.folded.startswith(_RETURNS):
            return  # "wraca do Związku z pytaniem"
        if (
            brought is not None
            and isinstance(body, Body)
            and word.folded.startswith(_COMES_OUT)
            and sentence.slice(body.start, body.end).isalpha()
        ):
            return  # "wystąpił z ZMP z apelem": together with it, which the short name does not tell by its case
        goal_end = body.end if isinstance(body, Body) else clause.end
        told_end = body.end if isinstance(body, Body) else word.end
        if _AS_A_PERSON.match(sentence.slice(told_end, clause.end)):
            return
        if word.folded.startswith(_GOODBYES) and _FOR_A_WHILE.match(sentence.slice(told_end, sentence.end)):
            return
        if word.folded.startswith("uzysk") and _APPROVAL.match(sentence.slice(word.end, sentence.end)):
            return  # "akces do Związku uzyskał aprobatę": what a council decided
        if A_BLANK.search(self.discourse.reading.clean.folded, max(0, word.start - 60), max(goal_end, word.end)):
            return  # a form for anybody
        self._mention(sentence, word, kind, form, clause)
        if kind is EventKind.ACCESSION and form == "noun" and speaks_of_repeal(sentence, word, clause):
            if self.discourse.open is not None:  # what is told behind it decides the repeal
                self.discourse.open = replace(self.discourse.open, kind=EventKind.WITHDRAWAL)
            yield from repealed(self.discourse, sentence, word, clause)
            return
        if form == "present" and re.search(r"(?<!\w)w\s+sklad\s", sentence.folded):
            return
        for stage, weak, actors in self._how_far.stages(sentence, word, kind, form, clause, named=named):
            for actor in actors:
                event = Event.told(
                    actor, kind, stage, sentence, word.start, f"sentence.{form}", 0.9 if named else 0.75, weak=weak
                )
                self.discourse.binder.bind(event, sentence, clause)
                if form == "past" and stage is Stage.RESOLVED:
                    take_from_its_act(self.discourse.reading, sentence, event)
                if (stage is Stage.PROPOSED and _promised(sentence)) or self._of_an_aside(sentence, word, event):
                    event.date = None
                if stage is Stage.RESOLVED and _sent_in(sentence, clause, event):
                    event.date = None
                yield event

    @staticmethod
    def _of_an_aside(sentence: Sentence, word: Word, event: Event) -> bool:
        """As in "wraca tam, skąd wyszedł w 2009 r.": the day is that of what came before."""
        days = [d for d in sentence.dates if d.iso is not None and d.iso == event.date]
        return bool(days) and all(
            in_the_clause_before(sentence, d.start) and not in_the_clause_before(sentence, word.start) for d in days
        )

    def _person_leaves(self, sentence: Sentence, word: Word, clause: Clause) -> bool:
        """Whether it may be a person who "odchodzi", "żegna się": no town, "miasto" or council does it."""
        if not word.folded.startswith(("odch", "odsz", "odesz", "zegna", "pozegna", "wycof", "rozst")):
            return False
        if any(t.role in (Role.PLAIN, Role.COUNCIL) and clause.start <= t.start < clause.end for t in sentence.towns):
            return False
        if word.folded.endswith("lo") or self._goes_on_about_town(sentence, word):
            return False  # no person is an "it"
        hung = [t for t in sentence.towns if t.role == Role.PLAIN and t.nominative and t.end <= clause.start]
        if hung and _ASIDE.fullmatch(sentence.slice(hung[-1].end, clause.start)):
            return False  # "Łomża, która odeszła", "trzy miasta – A, B i C – odeszły"
        if "leave_noun" in word.classes and (
            sentence.has("decide", "council", "act", "plan", "refuse")
            or DECIDED_THERE.search(sentence.folded)
            or sentence.slice(sentence.start, word.start).endswith(" nad ")
        ):
            return False  # "radni, którzy zadecydowali o rozstaniu"
        if gives_up_membership(sentence, word, clause):
            return False
        if word.folded.endswith("smy"):
            return False  # "rozstaliśmy się ze Związkiem", whoever says so
        return not sentence.has("town_noun", "home", "council", start=clause.start, end=clause.end)

    def _goes_on_about_town(self, sentence: Sentence, word: Word) -> bool:
        """As in "Mława chce do Związku. Przed laty wycofała się z niego": a town was spoken of, and nobody else."""
        before = self.discourse.just_before(sentence)
        if before is None or not word.folded.startswith("wycof") or sentence.towns:
            return False
        told = any(t.role == Role.PLAIN and t.nominative for t in before.towns)
        return told and not any(_PERSONS.search(s.folded) for s in (before, sentence))

    def _mention(self, sentence: Sentence, word: Word, kind: EventKind, form: str, clause: Clause) -> None:
        """Remember a step whose decision may follow."""
        finite = form in ("past", "present", "future")
        if form == "past" and (
            _OF_A_GOAL.match(sentence.slice(clause.start, word.start)) or in_the_clause_before(sentence, word.start)
        ):
            return  # "głosowano nad wyjściem ze Związku, do którego wstąpił w 1995 r."
        actors = (
            self.discourse.subjects(sentence, word, clause) if finite else self.discourse.owners(sentence, word, clause)
        )
        told = self.discourse.open
        if told is not None and told.admitted and told.sentence == sentence.number and told.kind is kind:
            return  # "rozpatrzył pozytywnie wniosek o członkostwo": done already
        if actors and not DECIDES_IT.search(sentence.folded):
            lead = sentence.slice(max(clause.start, word.start - 40), word.start)
            negated = form in ("present", "future") and NEGATED.search(lead) is not None
            self.discourse.open = OpenStep(sentence.number, kind, tuple(actors), negated=negated)

    def _decided_upon(self, sentence: Sentence, word: Word) -> bool:
        """Whether membership is what is decided upon: "uchwała o przynależności", "zgoda na członkostwo"."""
        if _ENDING_IT.search(sentence.slice(max(sentence.start, word.start - 30), word.start)):
            return False
        if word.folded.startswith(("udzial", "uczestnictw", "obecnos")) and _takes_part(sentence, word):
            return False
        lead = self.discourse.reading.clean.folded[max(sentence.start, word.start - 50) : word.start]
        if _FOR.fullmatch(sentence.slice(sentence.start, word.start)) and _THEY_TRY.search(sentence.folded):
            return True  # "O członkostwo zabiega X"
        if _UPON.fullmatch(sentence.slice(sentence.start, word.start)) and _THEY_DECIDE.search(
            sentence.slice(word.end, sentence.end)
        ):
            return True
        if _CARRIED_BEHIND.match(sentence.slice(word.end, sentence.end)) and _FRONT.search(
            sentence.slice(sentence.start, word.start)
        ):
            return True
        return self._object_of_decision(sentence, word) or _LEADS_TO_MATTER.search(lead) is not None

    @staticmethod
    def _object_of_decision(sentence: Sentence, word: Word) -> bool:
        """As in "radni poparli członkostwo", "miasto rozważa członkostwo": right behind what is done with it."""
        verbs = sentence.all("decide", "refuse", "plan", "decision_noun", "admit_verb", end=word.start)[-2:]
        return any(
            _ON_MEMBERSHIP.fullmatch(sentence.slice(verb.end, word.start))
            and not verb.folded.startswith("utrac")  # who loses it, not who thwarts it
            and ("admit_verb" not in verb.classes or verb.folded.startswith("zaakcept"))
            for verb in verbs
        )

    def _heads_item(self, sentence: Sentence, word: Word) -> bool:
        """Whether membership is what an item of an agenda is about: "3.2 przynależność Gminy X do …"."""
        item = sentence.segment.level or sentence.segment.kind is BlockKind.HEADING
        if self.discourse.reading.paper is not Paper.AGENDA or not item:
            return False
        return _HEADS_ITEM.fullmatch(sentence.slice(sentence.start, word.start)) is not None

    def _put_to_council(self, word: Word) -> bool:
        """As in an agenda's item "kandydatura X do Związku – dyskusja nad projektem"."""
        return self.discourse.reading.paper is Paper.AGENDA and word.folded.startswith("kandydatur")

    @staticmethod
    def _applied_for(sentence: Sentence, word: Word) -> bool:
        """As in "ubiega się o przyjęcie do ZMP", "wniosek o przyjęcie w poczet członków"."""
        lead = sentence.slice(max(sentence.start, word.start - 60), word.start)
        if _APPLIED.search(lead):
            return True
        rest = sentence.slice(word.end, sentence.end)
        applies = _APPLIES.search(rest)
        return (
            applies is not None
            and _DOES_NOT.search(rest, 0, applies.start()) is None
            and _ONLY_FOR.search(sentence.slice(sentence.start, word.start)) is not None
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


def _sent_in(sentence: Sentence, clause: Clause, event: Event) -> bool:
    """As in "5 maja przyjęto gminy, które nadesłały uchwały": the day is not that of their resolutions."""
    own = [d for d in sentence.dates if clause.start <= d.start < clause.end]
    return not own and event.date is not None and _SENT_IN.match(sentence.slice(clause.start, clause.end)) is not None


def _promised(sentence: Sentence) -> bool:
    """As in "w marcu poproszę radę o zgodę": a promise, for no session that is named."""
    return _PROMISED.search(sentence.folded) is not None and _SESSION.search(sentence.folded) is None


def _takes_part(sentence: Sentence, word: Word) -> bool:
    """As in "burmistrz zapowiedział udział w Związku podczas obrad": of what goes on there, not of its members."""
    body = next((b for b in sentence.bodies if b.start >= word.end), None)
    return body is not None and _AT_SOMETHING.match(sentence.slice(body.end, sentence.end)) is not None
