"""Decisions on a step told elsewhere: in a later sentence, or in another clause than the admission."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import ClassVar

from zmpwatch.extract.binding.datespread import DateSpread
from zmpwatch.extract.binding.event import Event
from zmpwatch.extract.binding.followups import council_spoke, owner_of_decision
from zmpwatch.extract.binding.matters import ANOTHER_MATTER, OF_ANOTHER_BODY
from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.decisions.deciders import ANOTHER_GOAL, NOT_THERE, deciders, turned_to_another
from zmpwatch.extract.decisions.decisionwords import ABOUT_IT, NOT_YET, PASSED, RESULT
from zmpwatch.extract.decisions.gapping import each_in_brackets
from zmpwatch.extract.decisions.verdicts import (
    BARE_DECISION,
    BARE_VERDICT,
    ON_SOMETHING_ELSE,
    PROCEDURE,
    VOTE_ON_AGENDA,
    refuses,
)
from zmpwatch.extract.discourse.denial import plans
from zmpwatch.extract.discourse.topic import Discourse, OpenStep
from zmpwatch.extract.papers.heads import opens_title
from zmpwatch.extract.papers.kinds import Paper
from zmpwatch.extract.steps.decided import is_by_committee
from zmpwatch.extract.structure.clause import Clause
from zmpwatch.extract.structure.entries import told_done
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.towns.finding import Role
from zmpwatch.extract.votes.ballots import Ballot, read_ballot
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.matters import A_STEP, OTHER_ACTS
from zmpwatch.extract.words.signs import signs_of
from zmpwatch.model import BlockKind, EventKind, Stage

__all__ = ["DecisionReader"]

_ALL_AGREED = lazy(
    r"\W*(?:(?:w\s+koncu|ostatecznie|na\s+koniec|tym\s+razem|mimo\s+to|jednak|po\s+dyskusji|w\s+glosowaniu)\s+)?(?:(?:rada|radni|wszyscy)\s+(?!nie(?!\w))(?:\w+\s+){0,2}?(?:byl[ai]|okazal[ai]\s+sie|glosowal[ai]|zaglosowal[ai])"
    r"|glosowano|zaglosowano|byl[ai])\s+(?:w\s+tej\s+sprawie\s+|co\s+do\s+tego\s+)?(?:jednomysln\w+|jednoglosn\w+|zgodn\w+)\W*"
    r"|\W*(?:(?:mimo\s+\w+|ostatecznie|w\s+glosowaniu|po\s+dyskusji),?\s+)?(?:\w+\s+)?wiekszosc(?:\s+(?:rady|radnych|sali))?\s+(?:jednak\s+)?(?:byla|opowiedziala\s+sie|zaglosowala|glosowala)\s+(?:jednak\s+)?za\W*",
    *("jednoglosn", "jednomysln", "zgodn", "wiekszosc"),
)
"""A whole sentence on a council of one mind, and on nothing else: "Radni byli jednomyślni."."""
_IMPERSONAL = lazy(r"\W*(?:\w+\s+){0,3}?(?:za)?glosowano(?!\w)|\W*(?:\w+\s+){0,2}?wszyscy(?!\w)")
_CONSENT = lazy(
    r"(?<!\w)zgod[ye]\s+(?:\w+\s+){0,2}?(?:nie\s+)?(?:wyrazi|wydal|da|udzieli|otrzyma|uzyska)\w{1,3}(?!\w)", "zgod"
)
_FIRST = lazy(r"(?<!\w)pierwsz(?:a|e)", "pierwsza", "pierwsze")
_COUNCIL_FIRST = lazy(r"(?<!\w)pierwsz(?:a|e)\s+\w*\s?(?:radni|rada)\s", "=pierwsza", "=pierwsze")
_OF_THE_BALLOT = lazy(
    r"\W*(?:kto|ktos|za|przeciw\w*|wstrzym\w*|nikt|\d{1,2}|glosow\w+|dyskusj\w+|debat\w+|pyta\w*|dziekuj\w+)(?!\w)"
)
"""How sentences begin that ballots, speakers and chairs put between a matter and its decision."""
_RESULTS = (
    *("wiekszosc", "wynik", "rezultat", "za", "zwolennic", "przeciwnic"),
    *("radnych", "osob", "opowiedzial", "byl", "zaglosowal", "przesz", "przepadl", "upadl"),
)
_BALLOTS_NOUNS = ("uchwal", "glos", "projekt", "wnios", "popar", *_RESULTS)
_WON = lazy(r"(?<!\w)(?:wygral|wybral|wybran|zwyciez)\w*|(?<=[^\W\d] )[A-ZŁŚŻŹĆ]")
"""Somebody who was elected, or anybody named: no result of the matter alone."""
_DID_IT = lazy(
    r"(?<!\w)(?:go|ja|je)\s+(?:\w+\s+)?(?:uchwali|przyje|przyja|podje|przeglosowa|zatwierdzi)l\w*|(?:uchwali|przyje|przyja|podje|przeglosowa|zatwierdzi)l\w*\s+(?:go|ja|je)(?!\w)",
    *("podjel", "przeglosowal", "przyjal", "przyjel", "uchwalil", "zatwierdzil"),
)
_TURNED = lazy(
    r"(?<!\w)(?:nastepnie|potem|pozniej|z\s+kolei|kolejny\w*)\s+(?!glosow|zaglosow|podnies|odby)",
    *("=kolei", "=nastepnie", "=potem", "=pozniej", "kolejny"),
)
"""What a text turns to another matter with."""
_ONCE_LEFT = lazy(r",\s+z\s+ktor(?:ego|ej|ych)(?!\w)", "=ktorego", "=ktorej", "=ktorych")
"""Opens a clause on when a town left what it now joins again: "powróciło do organizacji, z której w 2017 roku …"."""
_SITTING = lazy(
    r"(?<!\w)(?:sesj|posiedzeni|obrad|glosow|debat|dyskusj)|(?<!\w)(?:rada|radni)(?!\w)[^.;]{0,80}?(?<!\w)(?:zaje(?:la|li)|zajmowa|rozpatr|omawia|omowi|dyskutow|rozstrzyga|decydowa|spiera)"
)
_TO_BE_DECIDED = lazy(
    r"\s+(?:sie\s+)?(?:(?:o|nad|w)\s+)?(?:t(?:ym|a|ej|o)(?!\w)|spraw\w+|projekt\w*|uchwal\w+|wnios\w+|decyzj\w+|(?:w|na)\s|jutro|\d{1,2}(?:\.|\s+[a-z]+)(?:\s+\d{4})?(?:\s+r(?:oku|\.))?(?:,?\s+(?:o|nad|w|na|podczas|sie|t(?:ym|a|ej|o)|spraw\w+|projekt\w*|uchwal\w+|wnios\w+)(?!\w)|\W*$)|$|[.,])"
)
"""What follows "zagłosuje", "zajmie się" where no other matter does."""
_AFTER_THAT = lazy(r"(?<!\w)po\s+tym,?\s+(?:jak|gdy|kiedy)(?!\w)")
_BOARD_DECIDED = lazy(
    r"(?<!\w)decyzj\w+\s+(?:[\w-]+\.?\s+){0,6}?(?:podja?l\w*|podjeto|zapadl\w*)(?!\w)|(?<!\w)(?:podja?l\w*|podjeto|zapadl\w*)\s+(?:[\w-]+\s+){0,4}?decyzj\w+|(?<!\w)zdecydowal(?!\w)"
)
_SO_DECIDED = lazy(
    r"(?<!\w)(?:tak|taka|takie|taki)\s+(?:\w+\s+){0,2}?(?:za)?(?:postanowi|zdecydowa|zadecydowa|przeglosowa|glosowa|uchwali|uzna|byl|brzmi|jest|zapadl|decyzj|wol)\w*",
    "=tak",
    "=taka",
    "=takie",
    "=taki",
)
_ON_ANOTHER_MATTER = lazy(
    rf"(?<!\w)(?:uchwal\w+\s+(?:{OTHER_ACTS})\w*"
    rf"|(?:uchwal|wnios|projek|propozycj|inicjatyw|pomysl)\w+\s+o\s+(?!tym|nim|niej|{A_STEP}|numer|tresci|godz|ponown)|glosowani\w+\s+(?:za|nad)\s+(?:budzetem|absolutorium|wotum)(?!\w))",
    *("uchwal", "wnios", "projek", "propozycj", "inicjatyw", "pomysl", "=budzetem", "=absolutorium", "=wotum"),
)
"""A paper on the budget, on waste, on somebody's dismissal: not on the step that was spoken of before."""
_OF_SOMETHING_ELSE = lazy(
    r"w\s+sprawie\s+(?!tej|przystap|wstap|wejsci|dolacz|akces|(?:naszego\s+|tego\s+)?(?:zwiazku|zmp|stowarzyszenia|czlonkostw))"
    r"|(?<!\w)zgod\w+\s+(?:sie\s+)?na\s+to,\s+(?:a|ze)?by\s(?![^.;]{0,60}?(?:przystap|wstap|wystap|dolacz|wesz|nalez|opusc|czlonk))"
    r"|(?<!\w)(?:podjeci|przyjeci)\w{1,2}\s+(?:przez\s+rade\s+)?(?:niniejszej|przedmiotowej|proponowanej)\s+uchwaly"
)
_OF_A_COUNCIL = lazy(
    r"(?<!\w)(?:uchwal\w+\s+(?:nr|numer)|(?:rad[ay]|radzie|radni|radnych|council)(?!\w)|(?:na|podczas|w\s+trakcie)\s+(?:\w+\s+)?sesji(?!\w))"
)
"""A council, what only it adopts, and where only it decides."""
_BY_NUMBER = lazy(r"(?<!\w)uchwal[aey]\s+(?:nr\s+|numer\s+)?(?=[ivxlcdm\d]+/)")
_WENT_THROUGH = lazy(
    r"(?<!\w)(?<!\bnie\s)przeszl[ao]\s+(?:\w+\s+)?(?:glosami|stosunkiem|wiekszoscia|przewaga|jednoglosnie)"
)
_FIRST_TO = lazy(r"(?<!\w)pierwsz(?:a|e)\s+(?:\w+\s+){0,3}(?:przeglosowal\w*|podjel\w*|podjal|uchwalil\w*)")
_PAPER = lazy(r"(?<!\w)(?:projekt\w*|uchwal\w+|wnios\w+|sprawa|temat|go|ja)(?!\w)")
_ADOPTED_IT = lazy(
    r"(?<!\w)uchwal[aey]\s+(?:\w+\s+){0,2}?(?:podj|przyj|przeglosowa)\w+|(?<!\w)(?:podj|przyj|przeglosowa)\w+\s+(?:\w+\s+)?uchwal[aey](?!\w)",
    "uchwal",
)
_SESSION = lazy(r"(?<!\w)(?:sesj|obrad|porzad|komisj)")
_THE_SAME_ONCE = lazy(
    r"(?<!\w)(?:podobn|tak|identyczn|analogiczn|ten)\w{0,3}\s+(?:sam\w{0,3}\s+)?(?:wnios|projekt|pomysl|uchwal|propozycj)\w*",
    *("podobn", "tak", "identyczn", "analogiczn", "ten"),
)
"""What was voted on in another year: "W 2003 roku podobny wniosek upadł"."""
_WANTS_IT = lazy(r"(?<!\w)(?<!nie\s)(?:wystapi|wnios|zabiega|wniesli)\w*\s+o\s+to(?!\w)")
_MOST_BETWEEN, _FAR, _SHORT = 9, 10, 120


@dataclass(slots=True)
class DecisionReader:
    """Reads how a step that was spoken of just before, or beside, has been decided."""

    NEEDS: ClassVar[int] = signs_of(
        *(_DID_IT, _ALL_AGREED, BARE_VERDICT, ABOUT_IT, _CONSENT, _COUNCIL_FIRST, RESULT, PROCEDURE),
        *("decide_later", "removed", "agenda"),
    )
    discourse: Discourse

    def following(self, sentence: Sentence) -> list[Event]:
        """The events that decide the step spoken of just before."""
        before = self.discourse.open
        if before is None or not sentence.signs & self.NEEDS:
            return []
        if "?" in sentence.text or sentence.number - before.sentence > max(_FAR, before.reach):
            return []
        events = list(self._following(sentence))
        if not events:
            return events
        DateSpread(self.discourse.reading).spread(events, sentence)  # "A uchwałę podjęła w maju, B – we wrześniu"
        each_in_brackets(events, sentence)
        return events

    def _following(self, sentence: Sentence) -> Iterator[Event]:
        """As in "Uchwała przeszła 12 głosami", "Radni zgodzili się na to": decides the step spoken of just before."""
        before = self.discourse.open
        if before is None or not self._may_decide(before, sentence):
            return
        if before.kind is EventKind.WITHDRAWAL and sentence.has("join_present", "join_past") and not sentence.towns:
            before = replace(before, kind=EventKind.ACCESSION)  # "Dziś wraca: sesja dała na to zgodę"
        folded = sentence.folded
        did_it = _DID_IT.search(folded) if sentence.has("council") else None
        agreed = _ALL_AGREED.fullmatch(folded) if self._of_a_council(sentence) else None
        about_it = self._about_it(before, sentence, did_it, agreed)
        if about_it is None and self._to_come(sentence):
            yield from self._planned(before, sentence)
            return
        if about_it is None and _COUNCIL_FIRST.search(folded):
            about_it = _FIRST.search(folded)
        if (
            about_it is not None
            and about_it[0].startswith(("popar", "zapopar"))
            and self._dropped(before.sentence, sentence)
        ):
            return
        if (before.headline or before.negated) and self._put_off(sentence):
            yield from self._planned(before, sentence)
            return
        if about_it is None or _OF_SOMETHING_ELSE.search(folded) or PROCEDURE.search(folded):
            return
        if is_by_committee(folded) and not sentence.has("council"):
            return
        if VOTE_ON_AGENDA.search(self.discourse.reading.sentences[before.sentence].folded):
            return
        if sentence.has("board") and not sentence.has("council"):
            if before.headline and before.kind is EventKind.ACCESSION and _BOARD_DECIDED.search(folded):
                yield from self._taken_in(before, sentence)
            return
        spoke = council_spoke(self.discourse.reading, before.sentence, sentence) if before.admitted else None
        if before.admitted and not (
            before.portrait or spoke or _OF_A_COUNCIL.search(folded) or self._adopted_by(before, sentence)
        ):
            return
        passed = (agreed or did_it or self._passed(before, sentence)) is not None
        if spoke is not None:
            before = replace(before, actors=owner_of_decision(before.actors, spoke, self.discourse.reading.home_name))
        for event in self._decided(before, sentence, about_it[0], passed=passed) if before.actors else ():
            if spoke is not None and event.date is None and len(spoke.dates) == 1:
                whole = Clause(spoke.start, spoke.end)
                event.date = spoke.dates[0].iso or self.discourse.binder.dates.date_of(event, spoke, whole)
            yield event

    @staticmethod
    def _adopted_by(before: OpenStep, sentence: Sentence) -> bool:
        """As in "A uchwałę podjęła w maju, B – we wrześniu": a town is who adopted it, not the board."""
        names = {actor.name for actor in before.actors}
        return _ADOPTED_IT.search(sentence.folded) is not None and any(
            t.name in names and t.nominative and t.role == Role.PLAIN for t in sentence.towns
        )

    def _may_decide(self, before: OpenStep, sentence: Sentence) -> bool:
        """Whether a sentence may speak of a step before: within reach, of the same row, with no other body between."""
        reading = self.discourse.reading
        if reading.paper is Paper.REGISTER or opens_title(reading, sentence):
            return False  # each row and title tells of a matter of its own
        row = sentence.segment.kind in (BlockKind.TABLE_ROW, BlockKind.LIST_ITEM)
        if row and reading.sentences[before.sentence].segment is not sentence.segment:
            return False
        if before.sentence == sentence.number or "?" in sentence.text or not self._is_in_reach(before, sentence):
            return False
        first = sentence.number if before.portrait else before.sentence + 1
        between = reading.sentences[first : sentence.number + 1]
        if any(b.kind is BodyKind.OTHER for s in between for b in s.bodies) or OF_ANOTHER_BODY.search(sentence.folded):
            return False
        if before.kind is EventKind.ACCESSION and NOT_THERE.search(sentence.folded) is not None:
            return False
        if turned_to_another(reading, before, sentence):
            return False
        return not any(told.search(sentence.folded) for told in (_ON_ANOTHER_MATTER, NOT_YET, ANOTHER_GOAL))

    def _about_it(
        self, before: OpenStep, sentence: Sentence, did_it: re.Match[str] | None, agreed: re.Match[str] | None
    ) -> re.Match[str] | None:
        """What tells that a sentence is about the step: "uchwała", "zgodzili się na to", a result alone."""
        about_it = ABOUT_IT.search(sentence.folded)
        if about_it is not None:
            return about_it
        result = agreed or self._result_alone(sentence) or self._verdict_alone(before, sentence)
        return (
            did_it
            or _CONSENT.search(sentence.folded)
            or (result if result and self._keeps_to(before, sentence) else None)
        )

    def _passed(self, before: OpenStep, sentence: Sentence) -> re.Match[str] | None:
        """What tells that the council has decided: "uchwała przeszła", "podjęła uchwałę", "uchwała nr …"."""
        folded = sentence.folded
        passed = PASSED.search(folded)
        acts = [a for a in self.discourse.reading.acts if sentence.start <= a.start < sentence.end]
        if passed is None and acts and len(folded) < _SHORT and not before.admitted:
            passed = _BY_NUMBER.search(folded)
        passed = passed or next((m for m in (BARE_VERDICT.fullmatch(folded),) if m is not None and m["passed"]), None)
        return passed or _WENT_THROUGH.search(folded) or _FIRST_TO.search(folded) or BARE_DECISION.search(folded)

    def _decided(self, before: OpenStep, sentence: Sentence, about_it: str, *, passed: bool) -> Iterator[Event]:
        """The step as it was decided, where a verb, a refusal or a ballot tells that it was."""
        folded = sentence.folded
        after = _AFTER_THAT.search(folded)
        left = _ONCE_LEFT.search(folded)
        clause = Clause(
            sentence.start + after.start() if after is not None else sentence.start,
            sentence.start + left.start() if left is not None else sentence.end,
        )
        ballot = self.discourse.binder.ballots.told(sentence, clause)
        refused = sentence.has(*told_done(self.discourse.reading, sentence, "refuse")) or refuses(folded)
        asked = before.headline or self.discourse.reading.sentences[before.sentence].text.rstrip().endswith("?")
        wanted = plans(sentence) or _WANTS_IT.search(folded) is not None
        if asked and not (refused or passed or ballot) and wanted and "?" not in sentence.text:
            yield from self._planned(before, sentence)
            return
        by_ballot = ballot is not None and ("glosowani" in folded or about_it.startswith(_BALLOTS_NOUNS))
        if not (refused or passed or by_ballot):
            return
        if before.admitted and refused:
            return  # who has been taken in was not refused
        if before.negated and not refused and (ballot is None or ballot.carried):
            if _SO_DECIDED.search(folded) is None:
                return  # "X nie wejdzie do Związku. Uchwałę podjęto": on what, is not told
            refused = True
        rejected = refused or (ballot is not None and ballot.carried is False)
        told = self.discourse.reading.sentences[before.sentence]
        if not rejected and about_it.startswith("popar") and (told.has("refuse") or refuses(told.folded)):
            return  # "Radni odrzucili projekt. Poparło go pięcioro": who was for what was refused
        ballot = ballot or self._ballot_between(before, sentence)
        actors = deciders(self.discourse, before, sentence, clause)
        if actors is None:
            return
        for actor in actors:
            event = Event.told(
                actor,
                before.kind,
                Stage.REJECTED if rejected else Stage.RESOLVED,
                sentence,
                sentence.start,
                "sentence.decision_follows",
                0.75,
            )
            event.votes = ballot.votes if ballot is not None else None
            self._date(event, before, sentence, clause, follows=after is not None)
            yield event
        self.discourse.open = None

    def _date(self, event: Event, before: OpenStep, sentence: Sentence, clause: Clause, *, follows: bool) -> None:
        """Bind the day of a decision; `follows` says that a step which followed it is told first."""
        self.discourse.binder.bind(event, sentence, clause)
        if follows and not any(d.iso == event.date and d.start >= clause.start for d in sentence.dates):
            event.date = None  # that of the step which followed the decision
        if event.date is None and not before.admitted:
            told = self.discourse.reading.sentences[before.sentence]
            days = [d for d in told.dates if d.day is not None]
            if len(days) == 1 and _SITTING.search(told.folded):
                event.date = days[0].iso

    def _is_in_reach(self, before: OpenStep, sentence: Sentence) -> bool:
        """Whether few sentences lie between a step and what may decide it, but those that only tell of the sitting."""
        between = self.discourse.reading.sentences[before.sentence + 1 : sentence.number]
        if len(between) > _MOST_BETWEEN:
            return len(between) < before.reach
        if _THE_SAME_ONCE.search(sentence.folded) and any(d.explicit_year for d in sentence.dates):
            return True
        others = (s for s in between if s.towns or s.bodies or _OF_THE_BALLOT.match(s.folded) is None)
        return next(islice(others, before.reach - 1, None), None) is None

    def _of_a_council(self, sentence: Sentence) -> bool:
        """Whether a council is spoken of, here or just before: "Radni dyskutowali o tym. Byli jednomyślni"."""
        around = self.discourse.reading.up_to(sentence)
        return _IMPERSONAL.match(sentence.folded) is not None or any(s.has("council") for s in around)

    def _keeps_to(self, before: OpenStep, sentence: Sentence) -> bool:
        """Whether the sentences since a step turn to no other matter."""
        own = {actor.name for actor in before.actors}
        return not any(
            ANOTHER_MATTER.search(s.folded)
            or _TURNED.search(s.folded)
            or s.has("join_past", "join_present", "leave_past", "leave_present")
            or any(t.name not in own for t in s.towns)
            for s in self.discourse.reading.sentences[before.sentence + 1 : sentence.number]
        )

    def _result_alone(self, sentence: Sentence) -> re.Match[str] | None:
        """As in "Przekonała większość: 9 do 6": a short sentence that tells a result and nothing else."""
        told = RESULT.search(sentence.folded) if len(sentence.folded) < _SHORT else None
        if told is None or sentence.towns or sentence.bodies or ANOTHER_MATTER.search(sentence.folded):
            return None
        if _WON.search(sentence.folded) or _WON.search(sentence.text):
            return None
        ballot = self.discourse.binder.ballots.told(sentence, Clause(sentence.start, sentence.end))
        whole = ballot is not None and None not in (ballot.votes.in_favour, ballot.votes.against)
        return told if whole else None

    def _verdict_alone(self, before: OpenStep, sentence: Sentence) -> re.Match[str] | None:
        """As in "Głosowano nad wejściem do Związku. Odrzucono.": right behind what was put to the vote."""
        told = BARE_VERDICT.fullmatch(sentence.folded)
        asked = self.discourse.reading.sentences[before.sentence]
        return told if told and sentence.number - before.sentence == 1 and asked.has("ballot") else None

    def _ballot_between(self, before: OpenStep, sentence: Sentence) -> Ballot | None:
        """The ballot told between a question and its decision: "Kto jest za? 11. Kto przeciw? 2. Uchwałę podjęto"."""
        between = self.discourse.reading.sentences[before.sentence + 1 : sentence.number]
        if not between or any(s.towns or s.bodies or _OF_THE_BALLOT.match(s.folded) is None for s in between):
            return None
        return read_ballot(self.discourse.reading.clean.folded, between[0].start, sentence.end)

    @staticmethod
    def _to_come(sentence: Sentence) -> bool:
        """Whether a council will decide on what was spoken of: "Rada zagłosuje w maju"."""
        later = sentence.first("decide_later")
        return (
            later is not None
            and sentence.has("council")
            and len(sentence.folded) < _SHORT
            and not sentence.bodies
            and not sentence.has("not", "refuse")
            and ON_SOMETHING_ELSE.search(sentence.folded) is None
            and _TO_BE_DECIDED.match(sentence.slice(later.end, sentence.end)) is not None
        )

    def _taken_in(self, before: OpenStep, sentence: Sentence) -> Iterator[Event]:
        """As in "X w Związku Miast Polskich! Decyzję podjął 10 czerwca Zarząd"."""
        if sentence.has("refuse", "plan", "decide_later", "not") or refuses(sentence.folded):
            return
        for actor in before.actors:
            event = Event.told(
                actor, before.kind, Stage.ADMITTED, sentence, sentence.start, "sentence.decision_follows", 0.75
            )  # fmt: skip
            self.discourse.binder.bind(event, sentence, Clause(sentence.start, sentence.end))
            yield event
        self.discourse.open = None

    @staticmethod
    def _put_off(sentence: Sentence) -> bool:
        """Whether a sentence speaks of a draft before, or taken off, a session's agenda."""
        return (
            (PROCEDURE.search(sentence.folded) is not None or sentence.has("removed", "agenda"))
            and _PAPER.search(sentence.folded) is not None
            and _SESSION.search(sentence.folded) is not None
        )

    def _planned(self, before: OpenStep, sentence: Sentence) -> Iterator[Event]:
        for actor in before.actors:
            event = Event.told(
                actor, before.kind, Stage.PROPOSED, sentence, sentence.start, "sentence.plan_follows", 0.7, weak=True
            )  # fmt: skip
            self.discourse.binder.bind(event, sentence, Clause(sentence.start, sentence.end))
            yield event

    def _dropped(self, first: int, sentence: Sentence) -> bool:
        """Whether the matter was put off in between: what "go" means then is another."""
        between = self.discourse.reading.sentences[first : sentence.number]
        return any(PROCEDURE.search(s.folded) or s.has("removed") or "znikn" in s.folded for s in between)
