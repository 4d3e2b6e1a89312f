"""How far a step has come: planned, decided, refused or done, by the words around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from zmpwatch.extract.bodies import BodyKind
from zmpwatch.extract.clause import Clause
from zmpwatch.extract.discourse import Discourse
from zmpwatch.extract.entries import told_as_past
from zmpwatch.extract.event import Actor
from zmpwatch.extract.lazy import lazy
from zmpwatch.extract.phrases import AFTER_RESOLUTION, HYPOTHETICAL, NEGATED
from zmpwatch.extract.reading import Paper
from zmpwatch.extract.sentences import Sentence, Word
from zmpwatch.extract.towns import Role
from zmpwatch.extract.verdicts import DATED_ACT, NEVER_TAKEN_UP, PASSED_BY_VOTE, PROCEDURE, REFUSED, WHETHER_VOTED
from zmpwatch.model import EventKind, Stage

__all__ = ["StageFinder"]

_BOARD_AGREED = lazy(
    r"(?<!\w)zarzad(?!\w)(?:\s+[\w-]+){0,6}?\s+(?:zatwierdzil|zaakceptowal|przyjal|potwierdzil|przychylil|rozpatrzyl\s+pozytywnie|pozytywnie\s+rozpatrzyl|zgodzil|poparl|zaaprobowal|wyrazil\s+zgode)(?!\w)"
    r"|(?<!\w)zarzad\w*[^;]{0,80}?(?<!\w)akces\w*\s+(?:[\w-]+\s+){0,3}(?:zaakceptowan|zatwierdzon|przyjet)\w+"
    r"|(?<!\w)(?:zatwierdzon\w+|zaakceptowan\w+|przyjet\w+)\s+(?:\w+\s+)?przez\s+zarzad(?!\w)"
)
_GIVEN_NOTICE = lazy(
    r"(?<!\w)(?:zlozy\w+|zlozon\w+|przesla\w+|wysla\w+|wystosowa\w+|przekaza\w+|wreczy\w+)\s+(?:(?!projekt|wnios)[\w-]+\s+){0,4}?(?:rezygnacj|wypowiedzeni|oswiadczeni\w+\s+o\s+wystapieni)"
    r"|(?:rezygnacj\w+|wypowiedzeni\w+|oswiadczeni\w+\s+o\s+wystapieniu)\s+(?:[\w-]+\s+){0,10}?(?:zlozy\w+|zlozon\w+|przesla\w+|wysla\w+)"
)
_BOARD_NOTED = lazy(
    r"(?<!\w)zarzad(?!\w)[^.;]{0,60}?(?:przyj\w+\s+do\s+wiadomosci|zapozna\w+\s+sie\s+z|odnotowa\w+|rozpatrzy\w+|otrzyma\w+|przyja\w+)\s*,?\s+(?:[\w-]+\s+){0,2}?(?:uchwal\w+|rezygnacj\w+|wypowiedzeni\w+|oswiadczeni\w+|(?:ze|iz)(?!\w))",
    "wiadomosci",
    "zapozna",
    "odnotowa",
    "rozpatrzy",
    "otrzyma",
    "przyja",
)
"""As in "Zarząd zapoznał się z uchwałą o wystąpieniu", "przyjął rezygnację": a decision that has reached the board."""
_REFUSED_IT = lazy(
    r"(?<!\w)(?:go|ja|je|ich)\s+(?:[\w-]+\s+){0,2}(?:odrzuc|utrac|zablokow|pogrzeb)\w+|(?:odrzuc|utrac|zablokow|pogrzeb)\w+\s+(?:go|ja|je)(?!\w)|do\s+kosza(?!\w)",
    *("=kosza", "odrzuc", "pogrzeb", "utrac", "zablokow"),
)
_PERSONS = lazy(
    r"\s+(?:takze\s+|tez\s+|rowniez\s+)?(?:wojt|burmistrz|prezyden|starost|mieszkan|uczni|gosci|pracowni|ekspert|osob|dyrektor|przedstawiciel|delegac|radni?(?!\w)|samorzadowc)\w*"
)
_ANNOUNCED = lazy(
    r"(?<!\w)(?:prezes|zarzad|biuro|dyrektor\s+biura)\s+\"?(?:zwiazku\s+miast\s+polskich|zmp|zwiazku)\"?\s+(?:\w+\s+){0,2}(?:oglosil|poinformowal|potwierdzil|przekazal|zakomunikowal)\w*[^.;]{0,40},\s+(?:ze|iz)\s"
)
_RULED_OUT = lazy(r"(?<!\w)(?<!nie\s)wyklucz(?:a|yl|yla|yli|aja)(?!\w)")
_NOT_KNOWN = lazy(
    r"(?<!\w)(?:nie\s+wiadomo|pyta\w*|zapyta\w*|zastanawia\w*|ciekaw\w*|watpliw\w*|nie\s+wiem\w*|nie\s+zdecydow\w+)[^.;]{0,20},?\s+czy(?!\w)"
    r"|(?<!\w)(?:pyta\w*|zapyta\w*|dopytyw\w+)[^.;]{0,20},\s+(?:kiedy|dlaczego|czemu|po\s+co|jak)(?!\w)"
)
_CAME_TRUE = lazy(
    r"(?<!\w)(?:sta(?:lo|la|l)\s+sie\s+(?:faktem|skuteczn\w+)|jest\s+(?:juz\s+)?faktem|doszlo\s+do\s+skutku|nastapilo(?!\s+to(?!\w))|nastapil|dokonalo\s+sie|became\s+effective|took\s+effect)(?!\w)"
)
_NOT_PLANNED = lazy(r"(?<!\w)(?:nie|ani|nigdy)\s+(?:(?!tylko|wszys|inn|da\s)\w+\s+)?$")
_IS_TO = lazy(
    r"(?<!\w)(?:ma|maja|mial[aoy]?|mieli|mamy|powin\w+|trzeba|warto|is|are|will)\s+(?:[\w-]+\s+){0,3}(?:to\s+)?$"
)
_IN_GENERAL = lazy(
    r"(?<!\w)(?:uchwal\w{1,2}|wniosek|projekt|decyzja)\s+(?:\w+\s+)?o\s+(?:przystap|wystap|wstap|wejsc|wyjsc|akces)\w+[^.;]{0,60}?(?<!\w)(?:powinn\w+|musi|wymaga|zapada|podejmuje\s+(?:rada|sie))(?!\w)",
    "przystap",
    "wystap",
    "wstap",
    "wejsc",
    "wyjsc",
    "akces",
)
"""As in "uchwała o przystąpieniu powinna wskazywać źródło składki": what holds for any town."""
_BOARDS_ACT = lazy(r"(?<!\w)uchwal\w{1,3}\s+(?:zarzadu|zgromadzenia)(?!\w)[^.;]{0,60}$")
_AGREED = lazy(
    r"(?:^|(?<!\w))(?:rada|radni|rajcy)\s+(?:\w+\s+){0,5}?(?:(?:dal[aio]?|dali)\s+zielone\s+swiatlo|(?:powiedzi\w+|byl[ai]\s+na)\s+\"?tak\"?|(?:dal[ai]|dali|wyrazi\w+)\s+zgode)\W*$"
)
_BOARD_TOOK_UP = lazy(
    r"(?<!\w)zarzad(?!\w)[^.;]{0,80}?(?:rozpatrzyl|rozpoznal|zaakceptowal|przyjal|zatwierdzil|zdecydowal|podjal)\s+(?:\w+\s+){0,3}?(?:wnios|kandydatur|deklaracj|zgloszen|o\s+przyjeci|decyzj)\w*"
)
_OTHERS_ASKED = lazy(
    r"(?:zachec\w+|namawia\w*|zaprasza\w*|przekonuj\w+|apeluj\w+\s+do)\s+(?:inne|innych|sasiedni\w+|pozostal\w+|kolejn\w+|okoliczn\w+|wszystki\w+|kolegow|samorzady|gminy|miasta)\s+(?:\w+\s+)?(?:do|o)\s+$"
)
_ASIDE = lazy(r"\s-\s[^-;:.]{1,60}\s-\s")
"""As in "aby gmina – wzorem sąsiadów – wstąpiła"."""
_SO_THAT_ASIDE = lazy(r"(?<!\w)(?:aby|zeby|azeby)\s+(?:[\w.-]+\s+){1,6}$")
_WILL_BE = lazy(r"(?<!\w)(?:zostanie|zostana|zostaniemy|bedzie|beda|bedziemy)\s+(?:\w+\s+)?$")
_ASKED_FOR = lazy(
    r"(?<!\w)(?:wystapi\w+|poprosi\w+|prosi\w*|zwroci\w+\s+sie)\s+(?:[\w-]+\s+){0,3}o\s+(?:\w+\s+(?:na\s+)?)?$"
)
_FOR_IT = lazy(r"(?:.*,\s+)?\W*o\s+")
"""As in "O przyjęcie do Związku wystąpiły A i B"."""
_HANDED_IN = lazy(r"(?<!\w)zloz(?:yl\w*|ono|yly|yli)\s+(?:[\w-]+\s+){0,2}$")
_HAVE_RESOLUTIONS = lazy(
    r"\W*uchwal[yea]\s+(?:[^.;](?!nie\s+ma)){0,110}?(?<!\w)(?:ma|maja|mamy)\s+(?:juz|za\s+soba)(?!\w)"
)
_LATEST_TO = lazy(
    r"(?<!\w)(?:latest|newest|most\s+recent|first|\d{1,3}(?:st|nd|rd|th))\s+(?:\w+\s+)?(?:town|city|municipality|member)\s+to\s+$"
)
_BOARD_REFUSED = lazy(
    r"(?<!\w)(?:zarzad|board)(?!\w)[^.;]{0,60}?(?:odrzuci|odmowi|nie\s+(?:przyja|zgodzi|wyrazi)|rejected|refused|declined)"
)
_ENTRY_BEGINS = lazy(r"[\W\d_]*(?:[a-z]{3,12}\W+)?(?:(?:19|20)\d\d\W+)?")
_MAYORS_WILL = lazy(
    r"(?<!\w)(?:burmistrz|wojt|prezydent|wladze|wlodarz)(?!\w)(?:\s+(?!rad)[\w-]+){0,4}\s+(?:wyrazi\w*|wyraza\w*|deklaruj\w*|zadeklarowa\w*)\s+(?:\w+\s+)?(?:wol[aei]\w?|chec\w*|gotowosc)",
    "wol",
    "chec",
    "gotow",
)
_UP_TO_NUMBER = lazy(r"\W{1,4}(?:uchwal\w\s+)?(?:(?:nr|numer)\.?\s*)?")
_SESSION_BROUGHT = lazy(
    r"(?<!\w)(?:sesj[aei]|obrady|posiedzenie|glosowanie)(?!\w)(?:[^.;]|(?<=\dr)\.|(?<=\sr)\.){0,90}?(?<!\snie\s)(?<!\w)(?:przyniosl\w*|zakonczyl\w*\s+sie|zaowocowal\w*|dal[aoy]?)\s+(?:\w+\s+){0,2}?(?:decyzj\w+|uchwal\w+|zgod\w+)(?!\w)",
    "sesj",
    "obrady",
    "posiedzeni",
    "glosowani",
)
_RECEIVED = lazy(
    r"(?<!\w)(?:wplyn\w+|nadesz\w+|nadesl\w+|dotarl\w*|otrzyma\w+|naplyn\w+|przesl\w+|przekaz\w+)\s+(?:(?!projekt|zapyt|pism)[\w-]+\s+){0,4}?(?:uchwal[aey]|uchwal)(?!\w)"
    r"|(?<!\w)(?<!projekty\s)(?<!projekt\s)(?:uchwal[aey]|uchwalami|uchwal)(?!\w)[^.;:]{0,110}?(?<!\w)(?:wplyn\w+|nadesz\w+|nadesl\w+|dotarl\w*|naplyn\w+)(?!\w)",
    "uchwal",
)
_AN_AMENDMENT = lazy(
    r"\s+(?:[\w-]+\s+){0,2}?(?:poprawk|(?:wnios|propozycj|pomysl)\w*\s+(?:[\w-]+\s+){0,2}?o\s+(?:odroczeni|odeslani|przelozeni|odlozeni|zdjeci|wycofani|przerw))"
)
"""What was refused is no step, but a change or delay of it."""
_ONE_OF_THEM = lazy(r"\W*(?:[\w-]+\s+)?(?:jedn\w{1,3}\s+z(?:e)?\s+|wsrod\s+|w\s+planach|to\s+m|to\s+miedzy|sa\s+to)")


@dataclass(slots=True)
class StageFinder:
    """Finds the stages of a step, and whose step it is."""

    discourse: Discourse

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
        if HYPOTHETICAL.search(scope) and form != "past" and not self._may(sentence, clause, form):
            return
        refusals = sentence.all("refuse", start=clause.start, end=clause.end)
        if form == "noun" and _IN_GENERAL.search(whole) and not any(t.role != Role.PLACE for t in sentence.towns):
            return
        refused = REFUSED.search(scope) is not None or any(
            _AN_AMENDMENT.match(sentence.slice(w.end, clause.end)) is None for w in refusals
        )
        if not refused and (REFUSED.search(whole) or _REFUSED_IT.search(whole)) and form in ("noun", "infinitive"):
            refused = True
        refused = refused or (negated and sentence.has("refuse"))
        decided = self._decided(sentence, clause, whole) or (
            kind is EventKind.WITHDRAWAL
            and form == "noun"
            and not negated
            and (_GIVEN_NOTICE.search(scope) is not None or _BOARD_NOTED.search(whole) is not None)
        )
        without = whole[: word.start - sentence.start] + whole[word.end - sentence.start :]
        procedure = PROCEDURE.search(without) is not None or any(w.start != word.start for w in sentence.all("removed"))
        later = sentence.has("decide_later")
        planned = sentence.has("plan", "agenda", start=clause.start, end=clause.end) or (
            sentence.has("plan", "agenda") and not decided
        )
        ballot = self.discourse.binder.ballots.told(sentence, clause)
        whether = WHETHER_VOTED.search(sentence.slice(sentence.start, word.start)) is not None
        voted = whether or any(self._voted_over(w, sentence) for w in sentence.all("decide"))
        if ballot is None and voted and (whether or form in ("noun", "infinitive")) and not later:
            ballot = self.discourse.binder.ballots.after(sentence)
        if form in ("noun", "infinitive") and _OTHERS_ASKED.search(before):
            return
        if form in ("noun", "infinitive") and (NEVER_TAKEN_UP.search(scope) or _RULED_OUT.search(scope)):
            return
        if form in ("present", "future", "infinitive") and _NOT_KNOWN.search(whole):
            return
        if whether and ballot is None and form != "past":
            return  # how the vote ended is told behind it
        if form in ("noun", "infinitive") and not (refused or decided) and self._no_plan(sentence, word, clause):
            return
        planned = planned or (form == "infinitive" and _IS_TO.search(before) is not None)
        planned = planned or re.search(r"(?<!\w)prac\w*\s+nad\s+$", before) is not None
        planned = planned or _MAYORS_WILL.search(scope) is not None or _ASKED_FOR.search(before) is not None
        planned = planned or (_FOR_IT.fullmatch(before) is not None and not word.folded.endswith("u"))
        planned = planned or (word.folded.startswith("akces") and _HANDED_IN.search(before) is not None)
        planned = planned or (
            not decided
            and re.search(
                r"(?<!\w)(?:pod|na)\s+(?:\w+\s+)?(?:glosowani\w|obrady|sesje)\s+trafi(?!\w)|(?<!\w)trafi\s+(?:pod|na)\s+(?:\w+\s+)?(?:glosowani|obrad|sesj)|(?<!\w)(?:zostanie|bedzie|zostana|beda)\s+(?:\w+\s+)?(?:poddan|przedlozon|przedstawion|rozpatrz|rozpatrywan|glosowan|procedowan|omawian)\w+",
                whole,
            )
            is not None
        )
        planned = planned or (form == "noun" and self._one_of_the_plans(sentence))
        if form == "past" and _WILL_BE.search(before):
            yield Stage.PROPOSED, True, self.discourse.subjects(sentence, word, clause)
            return
        if form == "past":
            if negated or re.search(r"(?<!\w)(?:gdyby\w*|czy)\s", before):
                return
            lead = _ASIDE.sub(" ", folded[max(sentence.start, word.start - 120) : word.start])
            clause_lead = folded[max(clause.start, word.start - 60) : word.start]
            if re.search(r"(?<!\w)(?:a|ze)?by(?:smy|m)?\s", clause_lead) or _SO_THAT_ASIDE.search(lead):
                actors = self.discourse.subjects(sentence, word, clause)
                vote = self.discourse.binder.ballots.told(sentence, Clause(sentence.start, sentence.end))
                lost = vote is not None and vote.carried is False and not procedure
                if refused or lost or REFUSED.search(whole) or sentence.has("refuse", start=word.end):
                    yield Stage.REJECTED, False, actors
                elif decided and not procedure and not later:
                    yield Stage.RESOLVED, False, actors
                elif planned:
                    yield Stage.PROPOSED, False, actors
                return
            if _PERSONS.match(sentence.slice(word.end, clause.end)):
                return
            council_acts = re.search(r"(?<!\w)uchwala\s+(?:nr|rady|numer|z\s)", scope) is not None or (
                sentence.has("council", start=clause.start, end=word.start)
                and re.search(r"rad\w+\s+(?:[\w.-]+\s+){0,8}$", folded[clause.start : word.start]) is not None
            )
            council_acts = council_acts or (
                re.search(r"(?:ano|ono)$", word.folded) is not None
                and (
                    sentence.has("council", "act") or re.search(r"(?<!\w)(?:sesj\w+|obrad\w*)(?!\w)", whole) is not None
                )
            )
            council_acts = council_acts or (
                word.folded.endswith("li")
                and re.search(r"(?<!\w)(?:radni|rajcy|rajce|wlodarze)(?!\w)", scope) is not None
            )
            council_acts = council_acts or (word.folded.startswith("wprowadzi") and sentence.has("council"))
            actors = self.discourse.subjects(sentence, word, clause)
            if word.folded.startswith("wypowiedzia"):
                actors = self._whose_membership(sentence, word) or actors
            if council_acts or word.folded.startswith("wypowiedzia"):
                own = [t for t in sentence.towns if t.role == Role.COUNCIL and clause.start <= t.start < clause.end]
                yield Stage.RESOLVED, False, self.discourse.actors(own) or actors
                return
            yield Stage.ADMITTED, False, actors
            if AFTER_RESOLUTION.search(whole) is not None:
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
        if form == "noun" and not negated and not refused and _CAME_TRUE.search(scope):
            yield Stage.ADMITTED, False, owners
            return
        if form == "noun" and not (refused or planned or decided) and self._heads_entry(sentence, word):
            yield Stage.ADMITTED, False, owners
            return
        if form == "future" and negated and not refused:
            voted_down = self.discourse.binder.ballots.told(sentence, Clause(sentence.start, sentence.end))
            if voted_down is not None and voted_down.carried is False and not procedure:
                yield Stage.REJECTED, False, self.discourse.subjects(sentence, word, clause)
            return
        if form == "infinitive" and _LATEST_TO.search(before):
            yield Stage.ADMITTED, False, self.discourse.subjects(sentence, word, clause)
            return
        if refused and _BOARD_REFUSED.search(scope) and not sentence.has("council"):
            return  # what the board says to an applicant is no decision of the town's council
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
            if self._decided_just_before(sentence):
                yield Stage.RESOLVED, False, self.discourse.subjects(sentence, word, clause)
                return
            if kind is EventKind.WITHDRAWAL and _BOARD_NOTED.search(whole):
                yield Stage.RESOLVED, False, self.discourse.subjects(sentence, word, clause)
                return
            announced = form == "present" and (_ANNOUNCED.search(whole) is not None or self._board_decided(sentence))
            subjects = self.discourse.subjects(sentence, word, clause)
            yield (Stage.ADMITTED, False, subjects) if announced else (Stage.PROPOSED, True, subjects)
        elif re.search(r"(?<!\w)(?:nie|ani)\s+(?:planuj|zamierz|chc|mysl|przewiduj|rozwaz|sni)\w*", scope):
            return
        elif planned or later or procedure or self.discourse.reading.paper is Paper.AGENDA:
            yield Stage.PROPOSED, not named, owners

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
        earlier = self.discourse.reading.sentences[max(0, sentence.number - 1) : sentence.number]
        return any(
            _BOARD_TOOK_UP.search(s.folded) and s.segment is sentence.segment and REFUSED.search(s.folded) is None
            for s in earlier
        )

    def _heads_entry(self, sentence: Sentence, word: Word) -> bool:
        """As in "2001 – wstąpienie do Związku" in a chronicle: it came about then."""
        lead = sentence.slice(sentence.start, word.start)
        return _ENTRY_BEGINS.fullmatch(lead) is not None and told_as_past(self.discourse.reading, sentence)

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

    def _whose_membership(self, sentence: Sentence, word: Word) -> list[Actor]:
        """As in "wypowiedziano członkostwo gminy Nowe w ZMP"."""
        body = next((b for b in sentence.bodies if b.start >= word.end), None)
        named = [t for t in sentence.towns if body is not None and word.end <= t.start < body.start]
        return self.discourse.actors(named)

    def _one_of_the_plans(self, sentence: Sentence) -> bool:
        """As in "Przedstawiła program. Jednym z punktów jest przystąpienie": what one of several plans is."""
        if not _ONE_OF_THEM.match(sentence.folded):
            return False
        around = self.discourse.reading.sentences[max(0, sentence.number - 1) : sentence.number + 1]
        return any(s.has("plan", "agenda") for s in around)

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
            if NEGATED.search(lead):
                continue
            tail = self.discourse.reading.clean.folded[word.end : min(sentence.end, word.end + 60)]
            if re.match(r"\s+(?:\w+\s+){0,2}(?:starani|rozmow|dzialani|temat|inicjatyw|prob)", tail):
                continue
            if re.match(r"wyraz|zadeklar", word.folded) and _MAYORS_WILL.search(whole):
                continue
            if re.match(r"wyraz|zadeklar", word.folded) and not re.search(
                r"(?:zgod|wol[ae]|ch[ec]|akces|poparc|przystap)", whole
            ):
                continue
            if re.match(r"wyraz|zadeklar|opowied", word.folded) and not (
                word.folded.endswith("no")  # "wyrażono zgodę"
                or sentence.has("council")
                or self._in_councils_list(sentence)
                or re.search(r"(?<!\w)(?:rad[ay]|radn\w+|rajc\w+|uchwal\w+|glos\w*)", whole)
                or self.discourse.binder.ballots.told(sentence, clause)
                or self.discourse.reading.paper.value == "resolution"
            ):
                continue
            if re.search(r"ch[ec]c?i?\w*\s+(?:przystap|dolacz|wstap|powrot)", whole) and not sentence.has("council"):
                continue
            return True
        if re.search(
            r"(?<!\w)(?:ma|maja|mamy|jest)\s+(?:juz\s+)?(?:zgode|zgoda)\s+rad|(?<!\w)(?:rad[ay]|radni|rajcy)\s+za\s+(?:\w+\s+)?(?:przystap|wstap|czlonkostw|akces|wejsci|wystap|wyjsci)|(?<!\w)(?:decyzja|wola|glosami)\s+(?:\w+\s+)?(?:rady|radnych|rajcow)(?!\w)|zielone\s+swiatlo|(?:powiedzi\w+|rzekl\w*)\s+(?:\w+\s+)?\"?tak\"?(?!\w)|(?:dal[aio]?|dali|dano|wyda(?:l|la|li|no)|udziel(?:il|ila|ili|ono))\s+(?:\w+\s+){0,3}zgod|zgod\w+\s+(?:[\w()]+\s+){0,8}(?:dal|wyrazi|udzieli)|(?<!\w)na\s+\"?tak\"?|uchwalenie\s|rad[ay]\s+(?:\w+\s+){0,3}uchwala\s+(?:przystap|wystap|wstap|akces)|przeglosowani|przyjel[aio]\s+(?:(?:w|dnia|w\s+dniu)\s+)?(?:\w+\s+){0,4}?(?:r\.\s+)?uchwal|zaakceptowano\s|przyjeli\s+(?:w\s+)?(?:\w+\s+){0,4}?(?:r\.\s+)?uchwal|przyjal\s+uchwal|uchwal\w+\s+(?:[\w-]+\s+){0,10}przyje(?:l|to|ta)|przyjet[ao]\s+(?:(?:w|dnia|w\s+dniu)\s+)?(?:\w+\s+){0,4}?(?:r\.\s+)?uchwal|podjecie\s+przez|(?:rada|radni|rajcy)\s+(?:[\w-]+\s+){0,5}?zaakceptowal[ai]?(?!\w)|zaakceptowal[ai]?\s+(?:\w+\s+){0,3}?(?:rada|radni|rajcy)(?!\w)|(?:wniosek|projekt|propozycj\w+|pomysl|inicjatyw\w+)\s+[^.;]{0,80}?(?:rada|radni|rajcy)\s+(?:\w+\s+){0,2}(?:przyjel[ai]|zaakceptowal\w*|uwzglednil\w*)"
            r"|(?:rada|radni|rajcy)\s+(?:\w+\s+)?(?:wniosek|projekt|propozycj\w|pomysl|inicjatyw\w)\s+(?:\w+\s+)?(?:przyjel[ai]|zaakceptowal\w*|uwzglednil\w*|popar\w+|przeglosowal\w*)",
            whole,
        ):
            return "?" not in whole
        if DATED_ACT.search(whole) and not sentence.has("plan", "agenda", "decide_later", end=clause.end):
            return "?" not in whole
        if PASSED_BY_VOTE.search(whole) or _SESSION_BROUGHT.search(whole):
            return "?" not in whole
        if _HAVE_RESOLUTIONS.match(whole):
            return "?" not in whole
        if _RECEIVED.search(whole):
            return not sentence.has("council") and "?" not in whole and "projekt" not in whole
        return False

    @staticmethod
    def _may(sentence: Sentence, clause: Clause, form: str) -> bool:
        """As in "X może przystąpić – projekt uchwały jest gotowy": said of a town that has a draft."""
        named = any(
            t.nominative and t.role == Role.PLAIN and clause.start <= t.start < clause.end for t in sentence.towns
        )
        return (
            form == "infinitive"
            and named
            and re.search(r"(?<!\w)(?:gdyby|jesli|jezeli|kazd\w+|wymaga|aby)(?!\w)", sentence.folded) is None
            and re.search(r"(?<!\w)(?:projekt\w*\s+uchwal|(?:na|pod)\s+(?:\w+\s+)?(?:sesj|obrad))", sentence.folded)
            is not None
        )

    def _decided_just_before(self, sentence: Sentence) -> bool:
        """As in "Radni dali zielone światło. Gmina przystąpi do Związku": what was decided is told next."""
        if not sentence.number:
            return False
        before = self.discourse.reading.sentences[sentence.number - 1]
        if before.segment is not sentence.segment or any(b.kind is BodyKind.OTHER for b in before.bodies):
            return False
        return _AGREED.search(before.folded) is not None and REFUSED.search(before.folded) is None

    def _in_councils_list(self, sentence: Sentence) -> bool:
        """Whether an item stands in a list of what a council did."""
        intro = self.discourse.intro(sentence)
        return intro is not None and intro.has("council")

    def _voted_over(self, word: Word, sentence: Sentence) -> bool:
        """Whether a verb only tells that there was a ballot: "głosowano nad", "głosowała w sprawie"."""
        rest = self.discourse.reading.clean.folded[word.end : min(sentence.end, word.end + 90)]
        return (
            word.folded.startswith(("glosowa", "debatow", "zaglosowa"))
            and re.match(r"\s+(?:[\w.-]+\s+){0,8}?(?:nad|w\s+sprawie|w\s+tej\s+sprawie|ws\.?)(?!\w)", rest) is not None
        )

    def _numbered(self, sentence: Sentence, word: Word) -> bool:
        """Whether a resolution's number stands before the step: "Uchwała nr XI/59/25 … w sprawie przystąpienia"."""
        if sentence.has("plan", "agenda", "removed", end=word.start):
            return False
        if self._closed_by_number(sentence, word):
            return True
        return any(
            sentence.start <= a.start < word.start
            and word.start - a.start < 200
            and not _BOARDS_ACT.search(sentence.slice(max(sentence.start, a.start - 80), a.start))
            for a in self.discourse.reading.acts
        )

    def _closed_by_number(self, sentence: Sentence, word: Word) -> bool:
        """Whether an item ends with a resolution's number: "b) rezygnacja z udziału w Związku – XXI/130/2013"."""
        ours = [b for b in sentence.bodies if b.kind is BodyKind.OURS and b.start >= word.end]
        reading = self.discourse.reading
        intro = self.discourse.intro(sentence)
        if not ours or not sentence.segment.level or reading.paper is Paper.AGENDA or sentence.has("plan", "removed"):
            return False
        if intro is not None and intro.has("plan", "agenda"):
            return False
        return any(
            ours[0].end <= a.start < sentence.end and _UP_TO_NUMBER.fullmatch(sentence.slice(ours[0].end, a.start))
            for a in reading.acts
        )
