"""Whether a council's decision on a step is told: by verbs of deciding, resolutions, consent and numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.decisions.verdicts import (
    ADOPTED_THESE,
    DATED_ACT,
    MAYOR_DECIDED,
    MAYORS_WILL,
    PASSED_BY_VOTE,
    VOTE_ON_AGENDA,
    is_still_open,
    refuses,
)
from zmpwatch.extract.discourse.topic import Discourse
from zmpwatch.extract.papers.kinds import Paper
from zmpwatch.extract.steps.byitsact import act_before
from zmpwatch.extract.structure.clause import Clause
from zmpwatch.extract.structure.entries import told_done
from zmpwatch.extract.structure.sentences import Sentence, Word
from zmpwatch.extract.votes.opposition import oppositions
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.matters import A_STEP, JOINING
from zmpwatch.extract.words.phrases import NEGATED

__all__ = ["Decided", "is_adopted", "is_by_committee"]

_BOARDS_ACT = lazy(r"(?<!\w)uchwal\w{1,3}\s+(?:zarzadu|zgromadzenia)(?!\w)[^.;]{0,60}$")
_AGREED = lazy(
    r"(?:^|(?<!\w))(?:rada|radni)\s+(?:\w+\s+){0,5}?(?:(?:dal[aio]?|dali)\s+zielone\s+swiatlo|(?:powiedzi\w+|byl[ai]\s+na)\s+\"?tak\"?|(?:dal[ai]|dali|wyrazi\w+)\s+zgode)\W*$"
)
_ON_A_STEP = (
    r"(?=\s+(?:[\w-]+\s+){0,5}?(?:o|w\s+sprawie|dotyczac\w+)\s+(?:\w+\s+)?"
    rf"(?:{A_STEP}))"
)
_HAVE_RESOLUTIONS = lazy(
    rf"\W*uchwal[yea]{_ON_A_STEP}\s+(?:[^.;](?!nie\s+ma)){{0,110}}?(?<!\w)(?:ma|maja|mamy)\s+(?:juz|za\s+soba)(?!\w)"
    rf"|[^;?]{{0,140}}?(?<!\w)(?<!\bnie\s)(?:ma|maja|mamy)\s+(?:juz\s+)?za\s+soba\s+(?:\w+\s+)?uchwal[ey]{_ON_A_STEP}"
)
_AMONG_ADOPTED = lazy(
    r"[^.;:]{0,40}?(?<!\w)(?:wsrod|posrod)\s+(?:\w+\s+)?(?:podjetych|przyjetych|uchwalonych|przeglosowanych)\s+(?:[\w-]+\s+){0,4}?(?:uchwal|spraw)(?!\w)"
    r"|[^.;:]{0,40}?(?<!\w)(?:wsrod|posrod)\s+uchwal\s+(?:podjetych|przyjetych)(?!\w)",
    "=uchwal",
    "=spraw",
)
"""As in "Wśród podjętych w środę uchwał: zmiana budżetu, wejście do Związku"."""
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
_TO_BE_DECIDED = lazy(
    r"(?<!\w)(?:bedzie|beda|ma|maja|mial[ay]?|mieli)\s+(?:\w+\s+){0,2}(?:glosow\w+|zdecydowac|podjac|uchwalic|decydowac)"
)
_ONLY_TALKS = lazy(r"\s+(?:\w+\s+){0,2}(?:starani|rozmow|dzialani|temat|inicjatyw|prob)")
_WILL = lazy(r"(?:zgod|wol[ae]|ch[ec]|akces|poparc|przystap|wstap|wejsci|dolacz)")
_A_STEP = lazy(rf"(?:zgod|wol[ae]|ch[ec]|poparc|aprobat|wycofani|{A_STEP})")
_BY_A_COUNCIL = lazy(r"(?<!\w)(?:rad[ay]|radn\w+|uchwal\w+|glos\w*)")
_WANTED = lazy(
    r"(?<!\w)(?:a|ze|aze)?by\s+(?:\w+\s+){0,2}?(?:rad[ay]|radni|samorzad)(?!\w)\s+(?:[\w-]+\s+){0,5}$",
    *("=by", "=aby", "=zeby", "=azeby"),
)
"""Before what a council is asked to decide: "petycja zawiera postulat, by rada podjęła uchwałę"."""
_FAR_BACK = 90
_ONE_COUNCILLOR = lazy(r"(?<!\w)(?<!\bkazdy\s)radn[ay]\s+(?:[\w-]+\s+){0,3}$", "radny", "radna")
_WISH = lazy(rf"ch[ec]c?i?\w*\s+(?:{JOINING})")
_STEP = f"(?:{A_STEP})"
_COUNCIL = r"(?:rada|radni)"
_OF_COUNCIL = r"(?:rad[ay]|radni)"
_IDEA = r"(?:wniosek|projekt|propozycj\w|pomysl|inicjatyw\w)"
_A_WORD = r"(?:[\w-]+\s+)"
_ON_A_DAY = r"\s+(?:(?:w|dnia|w\s+dniu)\s+)?(?:\w+\s+){0,4}?(?:r\.\s+)?"
_SAID_YES = (
    r"(?<!\w)(?:ma|maja|mamy|jest)\s+(?:juz\s+)?(?:zgode|zgoda)\s+(?:swojej\s+|wlasnej\s+|swoich\s+)?rad"
    rf"|(?<!\w){_OF_COUNCIL}\s+{_A_WORD}{{0,4}}?upowaznil\w*\s+(?:\w+\s+)?(?:burmistrz|prezydent)\w*"
    r"\s+do\s+(?:zlozeni|podpisani|wystapieni\w+\s+o)"
    rf"|(?<!\w){_OF_COUNCIL}\s+(?:{_A_WORD}{{0,4}}?byl[ai]\s+)?za\s+(?:\w+\s+)?{_STEP}"
    r"|(?<!\w)(?:decyzja|wola|glosami)\s+(?:\w+\s+)?(?:rady|radnych)(?!\w)"
    r"(?![^.;]{0,60}?(?<!\w)(?:rozwaz|mysli|zastanawia|analizuj|przymierza|planuj|sprawdz)\w*)"
    r"|zielone\s+swiatlo|(?:powiedzi\w+|rzekl\w*)\s+(?:\w+\s+)?\"?tak\"?(?!\w)"
    r"|(?:dal[aio]?|dali|dano|wyda(?:l|la|li|no)|udziel(?:il|ila|ili|ono))\s+(?:\w+\s+){0,3}zgod"
    r"|zgod\w+\s+(?:[\w()]+\s+){0,8}(?:dal|wyrazi|udzieli)|(?<!\w)na\s+\"?tak\"?"
    r"|wypowiedzi(?:al[ai]|eli|ano)\s+sie\s+(?:[\w.-]+\s+){0,4}za\s"
    r"|(?<!\w)(?<!\bnie\s)(?:zyska|uzyska|znalaz|otrzyma|dosta)l\w*\s+(?:[\w.-]+\s+){0,6}?(?:aprobat|akceptacj|poparci|uznani|zgod)\w+\s+(?:(?!mlodziez|dzieciec|senior)\w+\s+){0,2}?(?:rad[ay]|radnych)(?!\w)"
    r"(?!\s+(?:senior|mlodziez|dzieciec|osiedl|dzielnic|solec|powiat|spoleczn|programow|sport|kobiet|pozytku|nadzorcz|rodzic|naukow))"
)
_ADOPTED_IT = (
    rf"uchwalenie\s|rad[ay]\s+(?:\w+\s+){{0,3}}uchwala\s+(?:{A_STEP})|przeglosowani"
    rf"|przyjel[aioy]{_ON_A_DAY}uchwal|zaakceptowano\s"
    r"|przyjeli\s+(?:w\s+)?(?:\w+\s+){0,4}?(?:r\.\s+)?uchwal|przyjal\s+uchwal"
    rf"|uchwal\w+\s+{_A_WORD}{{0,14}}przyje(?:l|to|ta)"
    r"|uchwal\w,\s+(?:dzieki|(?:na\s+)?moc[ay]|na\s+podstawie)\s+ktorej\s[^,;]{3,110},"
    rf"\s+{_A_WORD}{{0,4}}?przyje(?:l[aio]|to)(?!\w)"
    rf"|przyjet[ao]{_ON_A_DAY}uchwal|podjecie\s+przez"
)
_COUNCIL_ADOPTED_IT = (
    rf"{_COUNCIL}\s+{_A_WORD}{{0,5}}?(?:[\w-]+,\s+ktor\w+\s[^,;]{{2,60}},\s+)?zaakceptowal[ai]?(?!\w)"
    rf"|zaakceptowal[ai]?\s+(?:\w+\s+){{0,3}}?{_COUNCIL}(?!\w)"
    r"|(?:wniosek|projekt|propozycj\w+|pomysl|inicjatyw\w+)"
    rf"\s+[^.;]{{0,80}}?{_COUNCIL}\s+(?:\w+\s+){{0,2}}(?:przyjel[ai]|zaakceptowal\w*|uwzglednil\w*)"
    rf"|(?<!\w)za\s+{_STEP}\w*\s+{_A_WORD}{{0,8}}?(?:byla\s+(?:cala\s+)?rada|byli\s+(?:wszyscy\s+)?radni)(?!\w)"
    rf"|(?<!\w)akces\w*\s+{_A_WORD}{{0,8}}?{_COUNCIL}\s+(?:[\w-]+\s+)?"
    r"(?:przyjel[ai]|zatwierdzi(?:la|li)|zaakceptowa(?:la|li))(?!\w)"
    rf"|{_COUNCIL}\s+{_A_WORD}{{0,6}}?(?<!\bnie\s)(?:przyjel[ai]|przepchnel[ai]|przepusci(?:la|li)|klepnel[ai])\s+(?:\w+\s+)?akces"
    rf"|{_COUNCIL}\s+(?:\w+\s+)?{_IDEA}\s+(?:\w+\s+)?"
    r"(?:przyjel[ai]|zaakceptowal\w*|uwzglednil\w*|popar\w+|przeglosowal\w*)"
)
_CONSENT = lazy(f"{_SAID_YES}|{_ADOPTED_IT}|{_COUNCIL_ADOPTED_IT}")
_ORDAINED = lazy(
    r"(?<!\w)(?:uchwala\s+sie\s+(?:\w+\s+)?|wyraza\s+sie\s+(?:zgode\s+na|wole)\s+)(?:przystapieni|wstapieni|wystapieni|akces|czlonkostw|rezygnacj|wyjsci)",
    *("=uchwala", "=wyraza"),
)
"""As in a resolution's first paragraph, wherever it is quoted."""
_BACKED = lazy(
    r"(?<!\w)(?:poparty|popart[aey]|oparty|opart[aey]|podparty|podpart[aey]|poparciem|wsparty|wspart[aey])\s+(?:na\s+|w\s+|przez\s+rade\s+)?(?:stosown\w+\s+)?(?:uchwal[aey]|uchwale)\s+(?:rady\s+(?:\w+\s+){0,3}?)?z\s+(?:dnia\s+)?\d",
    *("opart", "podpart", "poparciem", "wspart"),
)
"""An application that rests on the council's resolution of a day: "wniosek poparty uchwałą rady z 24 lutego"."""
_SUFFICED = lazy(
    r"(?<!\w)(?:(?<!\bnie\s)wystarczyl\w*|(?<!\bnie\s)zajel[aoy]|(?:nie\s+)?potrzebowal\w*|nie\s+wahal\w*)(?!\w)[^.;]{0,90}?"
    r"(?<!\w)(?:opowiedziec\s+sie|zgodzic\s+sie|przystac|poprzec|przyjac|uchwalic|przeglosow\w+|(?:podjac|podjeci\w+|przyjeci\w+)\s+(?:\w+\s+)?uchwal\w+|(?:dac|wyrazic|udzielic)\s+(?:\w+\s+)?(?:zgod\w+|zielone))(?!\w)",
    *("wystarczyl", "zajela", "zajelo", "zajely", "potrzebowal", "wahal"),
)
"""As in "Kwadrans wystarczył radnym, by zgodzić się na wejście": so they did."""
_OVER_IT = lazy(r"\s+(?:[\w.-]+\s+){0,8}?(?:nad|w\s+sprawie|w\s+tej\s+sprawie)(?!\w)")
_OVER = lazy(r"(?:^|[.,;:]\s|\sr\.\s)\W*nad\s(?![^.,;]*[,;])")
"""Before a verb, in its clause: "Nad przystąpieniem głosowały trzy rady"."""
_PASSED = lazy(
    r"(?<!\w)(?:podje\w+|podjal\w*|uchwalen\w+|uchwalil\w*|przyjel\w*|przyjal\w*|przeglosowa\w+|podejmujac|uchwalajac)(?!\w)(?!\s+(?:inicjatyw|starani|dzialan|rozmow|temat))"
)
_TO_SUPPORT = lazy(r"(?<!\w)(?:do|o)\s+(?:\w+\s+)?$")
"""As in "zachęca radnych do poparcia": asked for, not given."""
_BY_A_COMMITTEE = lazy(
    r"(?<!\w)komisj\w+\s+(?:[\w-]+\s+){0,5}(?:poparl|zaopiniow|przyjel|odrzucil|rekomend|opowiedzial)"
    r"|(?<!\w)(?:popar(?:la|cie)|poparci\w+|zaopiniowa|opini|rekomend|przyje)\w*\s+(?:[\w-]+\s+){0,5}?(?:wyrazila\s+|udzielila\s+|dala\s+)?(?:\w+\s+)?komisja(?!\w)"
)


@dataclass(slots=True)
class Decided:
    """Looks for a council's decision around a step."""

    discourse: Discourse

    def is_told(self, sentence: Sentence, clause: Clause) -> bool:
        """Whether a council's decision is told: a verb of deciding with a council, a resolution or its object."""
        whole = sentence.folded
        if _TO_BE_DECIDED.search(whole):
            return False
        told = sentence.all(*told_done(self.discourse.reading, sentence, "decide"))
        against = list(oppositions(whole)) if told else []
        for word in told:
            at = word.start - sentence.start
            if any(one.start <= at < one.end for one in against):
                continue  # "przeciwko uchwale zagłosowali tylko radni opozycji"
            if self.is_only_voted_over(word, sentence):
                continue
            lead = self.discourse.reading.clean.folded[max(sentence.start, word.start - 30) : word.start]
            if NEGATED.search(lead) or self._is_wanted(word, sentence) or self._is_one_vote(word, sentence):
                continue
            tail = self.discourse.reading.clean.folded[word.end : min(sentence.end, word.end + 60)]
            if _ONLY_TALKS.match(tail):
                continue
            if self._is_mayors(word, sentence):
                continue
            if re.match(r"wyraz|zadeklar", word.folded) and MAYORS_WILL.search(whole):
                continue
            by_one = word.folded.endswith("l")  # "prezydent zadeklarował": no council
            if re.match(r"wyraz|zadeklar", word.folded) and not (_WILL if by_one else _A_STEP).search(whole):
                continue
            if re.match(r"wyraz|zadeklar|opowied", word.folded) and not (
                word.folded.endswith("no")  # "wyrażono zgodę"
                or sentence.has("council")
                or self._in_councils_list(sentence)
                or (word.folded.endswith("li") and self._of_councillors_before(sentence))
                or _BY_A_COUNCIL.search(whole)
                or self.discourse.binder.ballots.told(sentence, clause)
                or self.discourse.reading.paper.value == "resolution"
            ):
                continue
            if _WISH.search(whole) and not sentence.has("council"):
                continue
            return True
        if "?" in whole or is_still_open(whole):
            return False
        if (
            _CONSENT.search(whole)
            or _ORDAINED.search(whole)
            or _BACKED.search(whole)
            or (DATED_ACT.search(whole) and not sentence.has("plan", "agenda", "decide_later", end=clause.end))
            or PASSED_BY_VOTE.search(whole)
            or _SESSION_BROUGHT.search(whole)
            or (_SUFFICED.search(whole) and sentence.has("council"))
            or _HAVE_RESOLUTIONS.match(whole)
            or _AMONG_ADOPTED.match(whole)
        ):
            return True
        if sentence.segment.level and self._in_list_of_adopted(sentence):
            return True
        return _RECEIVED.search(whole) is not None and not sentence.has("council") and "projekt" not in whole

    def asked_for(self, sentence: Sentence) -> bool:
        """Whether a sentence tells what a council is asked to decide, as a petition does."""
        return any(self._is_wanted(word, sentence) for word in sentence.all("decide"))

    @staticmethod
    def _is_one_vote(word: Word, sentence: Sentence) -> bool:
        """As in "głosowałam za tym, żeby gmina wystąpiła": how one of them voted, and not what all resolved."""
        if not word.folded.startswith(("glosowal", "zaglosowal")):
            return False
        return (
            word.folded.endswith(("lam", "lem"))
            or _ONE_COUNCILLOR.search(sentence.slice(sentence.start, word.start)) is not None
        )

    @staticmethod
    def _is_mayors(word: Word, sentence: Sentence) -> bool:
        """As in "burmistrz zdecydował o wystąpieniu": no decision yet, which is the council's."""
        if not word.folded.startswith(("zdecydowa", "zadecydowa", "postanowi")):
            return False
        return MAYOR_DECIDED.search(sentence.folded) is not None and not sentence.has("council", "ballot", "act")

    def _is_wanted(self, word: Word, sentence: Sentence) -> bool:
        lead = sentence.slice(word.start - _FAR_BACK, word.start)
        return _WANTED.search(lead) is not None or (
            word.folded.startswith("poparci") and _TO_SUPPORT.search(lead) is not None
        )

    def just_before(self, sentence: Sentence) -> bool:
        """As in "Radni dali zielone światło. Gmina przystąpi do Związku": what was decided is told next."""
        if not sentence.number:
            return False
        if act_before(self.discourse.reading, sentence) is not None:
            return True
        before = self.discourse.reading.sentences[sentence.number - 1]
        if before.segment is not sentence.segment or any(b.kind is BodyKind.OTHER for b in before.bodies):
            return False
        return _AGREED.search(before.folded) is not None and not refuses(before.folded)

    def _of_councillors_before(self, sentence: Sentence) -> bool:
        """As in "Radni uchwalili budżet. Wyrazili zgodę …": the councillors of the sentence before do it."""
        before = self.discourse.just_before(sentence)
        return before is not None and before.has("council") and not before.has("board")

    def _in_councils_list(self, sentence: Sentence) -> bool:
        """Whether an item stands in a list of what a council did."""
        intro = self.discourse.intro(sentence)
        return intro is not None and intro.has("council")

    def _in_list_of_adopted(self, sentence: Sentence) -> bool:
        """As in "Rada podjęła uchwały w sprawie: … przystąpienia do Związku": an item among what was adopted."""
        intro = self.discourse.intro(sentence)
        if intro is None or ADOPTED_THESE.search(intro.folded) is None or sentence.has("plan", "removed", "refuse"):
            return False
        return not intro.has("decide_later", "not", "refuse")

    def is_only_voted_over(self, word: Word, sentence: Sentence) -> bool:
        """Whether a verb only tells that there was a ballot: "głosowano nad", "głosowała w sprawie"."""
        rest = self.discourse.reading.clean.folded[word.end : min(sentence.end, word.end + 90)]
        if not word.folded.startswith(("glosowa", "debatow", "zaglosowa")):
            return False
        return _OVER_IT.match(rest) is not None or _OVER.search(sentence.slice(sentence.start, word.start)) is not None

    def has_number(self, sentence: Sentence, word: Word) -> bool:
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


def is_adopted(whole: str) -> bool:
    """Whether a folded sentence tells that something was passed: "podjęto", "uchwalono", "przegłosowano"."""
    return _PASSED.search(whole) is not None and VOTE_ON_AGENDA.search(whole) is None


def is_by_committee(whole: str) -> bool:
    """Whether a folded sentence tells what a committee thinks of it, which decides nothing."""
    return _BY_A_COMMITTEE.search(whole) is not None
