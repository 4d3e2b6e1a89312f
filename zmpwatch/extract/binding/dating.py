"""The date of an event, out of the dates of its sentence and of those around it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from zmpwatch.extract.binding.councilsat import BALLOT_ON_ANOTHER, OTHER_COUNCIL
from zmpwatch.extract.binding.decidedat import then_decided
from zmpwatch.extract.binding.event import Event
from zmpwatch.extract.binding.followups import is_of_another_town
from zmpwatch.extract.binding.matters import same_matter
from zmpwatch.extract.binding.messagedays import is_of_what_tells
from zmpwatch.extract.binding.sessiondays import OTHER_MEETING, headed_session, led_by_session, sat_just_before
from zmpwatch.extract.binding.sincedays import FOUNDED, SINCE, since_day
from zmpwatch.extract.binding.sittings import BOARDS_OWN, board_sat
from zmpwatch.extract.binding.todays import done_today
from zmpwatch.extract.binding.wholeyears import was_done_then
from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.dates.resolving import DateMention
from zmpwatch.extract.papers.acts import year_of_number
from zmpwatch.extract.structure.clause import Clause, clause_at
from zmpwatch.extract.structure.reading import Reading
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.phrases import DAYS_AFTER, LED_TO_IT, OF_COUNCILS_ACT, SO_DECIDED, TAKES_IT_UP
from zmpwatch.model import BlockKind, EventKind, Stage

__all__ = ["EventDates"]

_STEPS = ("join_past", "join_noun", "join_infinitive", "leave_past", "leave_noun", "leave_infinitive", "admit_verb")
_FISCAL = lazy(r"(?:skladk\w*|budzet\w*|stawk\w*|dz\.\s?u\.|ustaw\w*|stan\s+na|na\s+dzien)[^.;,]{0,24}$")
_MEETING = lazy(
    r"(?<!\w)(?:w\s+czasie|podczas|w\s+trakcie|w\s+dniu|(?:tuz\s+)?przed|na)\s+(?:tego\s+|tej\s+|tym\s+|tegorocznego\s+|samego\s+)?(?P<meeting>zgromadzeni\w+|posiedzeni\w+|obrad\w*|sesji|spotkani\w+)",
    *("obrad", "posiedzeni", "sesji", "spotkani", "zgromadzeni"),
)
_MET = lazy(
    r"(?<!\w)(?:zgromadzeni\w{1,2}|posiedzeni\w{1,2}|sesja|zarzad|delegaci)(?!\w)[^.;]{0,60}?(?:zebra|spotka|odby|obrad)\w+"
    r"|(?<!\w)(?:zebra|spotka|odby|obrad)\w+[^.;]{0,60}?(?<!\w)(?:zgromadzeni\w{1,2}|posiedzeni\w{1,2}|sesja|zarzad|delegaci)(?!\w)",
    *("zgromadzeni", "posiedzeni", "sesja", "zarzad", "delegaci"),
)
_THAT_DAY = lazy(
    r"(?<!\w)(?:tego\s+(?:samego\s+)?dnia|w\s+tym\s+dniu|wtedy\s+tez)(?!\w)", *("=dniu", "=tego", "=wtedy")
)
_VOTE_TOLD = lazy(
    r"(?<!\w)(?:council\s+voted|voted\s+on|vote\s+took|stalo\s+sie\s+to|doszlo\s+do\s+tego|nastapilo\s+to|(?:glosowanie|glosowano)\s+(?:\w+\s+){0,3}(?:odbylo|w\s+dniu|\d)|glosowali|uchwal[ae]\s+(?:\w+\s+){0,3}(?:podjet\w+|podjeto|przyjet\w+|przyjeto|zapadl\w+|nosi)|decyzj[ae]\s+(?:\w+\s+){0,3}(?:zapadl\w+|podjet\w+))"
)
_EARLIEST = 1990
"""Councils that resolve have been since then."""
_AFTER_IT = lazy(r"(?<!\w)po\s+(?:roku\s+)?$")
_HALF_A_YEAR, _NEARLY_A_YEAR = 190, 300
_EFFECT = lazy(
    r"(?<!\w)(?:z\s+dniem|ze\s+skutkiem\s+na|z\s+moca\s+od|(?:nastapi|ustanie|wygasnie|uplynie|wejdzie\s+w\s+zycie|zacznie\s+obowiazywac)(?:\s+od|\s+z)?|with\s+effect\s+from|effective(?:\s+from)?|as\s+of|najpozniej\s+do|wraz\s+z)\s+(?:dnia\s+)?$"
)
_NO_LONGER = ("sentence.gone", "sentence.ceased")
"""Of these "od 1 stycznia" is the day of leaving: "od 1 stycznia X już tam nie ma"."""
_BY_THE_BOARD = ("sentence.accepted", "sentence.widened")
_ADOPTED = lazy(r"przyje(?:la|li|to)\s+(?:[\w-]+\s+){0,3}?uchwale(?!\w)")
"""No admission: "rada przyjęła uchwałę 12 września"."""
_MEETING_TOLD = 4
_DATELINE = 5
"""Of so many words a dateline may be, a day that nothing is told of."""
_DECIDED = (Stage.RESOLVED, Stage.REJECTED)
_WHEN_IT_WAS = lazy(r"\s*(?:r\.|roku)?,\s+(?:kiedy|gdy|w\s+ktorym)(?:\s+to)?\s")
_SESSION_BEFORE = lazy(
    r"(?<!\w)(?:sesj\w+|obrad\w*|glosowani\w+|porzad\w+)(?:\s+(?:rad\w+|miejsk\w+|miasta|gminy|w|dniu|dnia|na|planowan\w+|zaplanowan\w+|wyznaczon\w+|zwolan\w+|,)){0,4}\s+$"
)
_SESSION_AFTER = lazy(r"\s*(?:r\.|roku)?\s*(?:odbedzie\s+sie|na|podczas)?\s*(?:sesj|obrad)")
_MET_IN_BRACKETS = lazy(
    r"(?<!\w)(?:zarzad\w{0,3}|posiedzeni\w{1,2}|obrad\w{0,3})(?!\w)[^.;()]{0,60}\(\s*(?:w\s+dniu\s+|dnia\s+)?$"
)
"""As in "Na Zarządzie w Łodzi (24 stycznia 2026 r.) przyjęto dwa miasta": when it met."""
_TURNS = lazy(
    r"(?<!\w)(?:lecz|ale|natomiast|bo|choc|chociaz|gdyz|poniewaz|mimo\s+(?:ze|iz))(?!\w)",
    *("lecz", "=ale", "natomiast", "=bo", "choc", "gdyz", "poniewaz", "mimo"),
)
_TURNS_THERE = lazy(r"\W*(?<!\w)(?:lecz|ale|natomiast)(?!\w)", "lecz", "=ale", "natomiast")
_THEN = lazy(r"\W*(?<!\w)(?:juz\s+|wlasnie\s+)?(?:wtedy|wowczas)(?!\w)", "wtedy", "wowczas")
"""At the front of a sentence, what takes up the time of the one before."""
_WAS_IN = lazy(r"(?<!\w)(?:byl[aoy]?|bylismy|nalezal[aoy]?|nalezelismy|pozostawal[aoy]?|dzialal[aoy]?)(?!\w)")
_UNTIL = lazy(r"(?<!\w)do\s+(?:roku\s+)?$")


def _day_last_told(before: list[Sentence]) -> str | None:
    """The day that "tego dnia" takes up: the last of the sentence before, else the only one of an earlier one."""
    for earlier in reversed(before):
        days = [d for d in earlier.dates if d.day is not None]
        if days and earlier is before[-1]:
            return days[-1].iso
        if days:
            return days[0].iso if len(days) == 1 and len(earlier.text.split()) > _DATELINE else None
    return None


@dataclass(slots=True)
class EventDates:
    """Finds the dates of events in one document."""

    reading: Reading

    def date_of(self, event: Event, sentence: Sentence, clause: Clause) -> str | None:
        """The date in the event's clause, else in its sentence, that is nearest to the word that tells it."""
        if event.stage is Stage.MEMBER:
            return self.since(sentence, event.anchor)
        if event.stage is Stage.ADMITTED and event.kind is EventKind.ACCESSION:
            told_next = (
                sentence.text.endswith(";") or event.rule == "sentence.widened"
            )  # "ma nowego członka. Jest nim …"
            goes_on = self.reading.sentences[sentence.number + 1 : sentence.number + 2] if told_next else []
            ruled = [d for s in (sentence, *goes_on) for d in s.dates if d.iso is not None and self._of_the_board(d, s)]
            ruled = ruled or [
                d for d in sentence.dates if _MET_IN_BRACKETS.search(sentence.slice(sentence.start, d.start))
            ]
            if len(ruled) == 1:
                return ruled[0].iso
        usable = [d for d in sentence.dates if self._usable(d, sentence, event)]
        inside = [d for d in usable if clause.start <= d.start < clause.end]
        if (
            inside
            and event.rule.endswith(".future")
            and event.stage in _DECIDED
            and not self._decides(sentence, clause)
        ):
            usable, inside = [d for d in usable if d not in inside], []  # the day from which the decision has effect
        chosen = inside or [d for d in usable if self._same_thought(d, sentence, clause)]
        if event.stage is Stage.PROPOSED:
            chosen = [d for d in chosen if not self._ends_a_membership(d, sentence)]
            related = [d for d in usable if d in chosen or self._same_thought(d, sentence, clause)]
            chosen = [d for d in related if self._of_a_session(d, sentence)] or chosen
        chosen = (then_decided(usable, sentence) if event.stage in _DECIDED else []) or chosen
        if not chosen:
            return self._meeting_date(event, sentence)
        whole = [d for d in chosen if d.day is not None] or [d for d in chosen if d.month is not None] or chosen
        best = min(whole, key=lambda d: abs(d.start - event.anchor))
        if event.stage is Stage.PROPOSED and not best.explicit_year:
            return self._to_come(best) or best.iso
        if event.stage is not Stage.PROPOSED and not best.explicit_year and best.iso is not None:
            return self._not_to_come(best)
        return best.iso or self._with_year(best, event, sentence)

    @staticmethod
    def _ends_a_membership(mention: DateMention, sentence: Sentence) -> bool:
        """As in "wraca: był członkiem od 16 marca 2000 r. do 31 grudnia 2012 r.": no day of what is to come."""
        lead = sentence.slice(sentence.start, mention.start)
        return _UNTIL.search(lead) is not None and _WAS_IN.search(lead) is not None

    def _to_come(self, mention: DateMention) -> str | None:
        """A day without a year that a plan is made for: the next one where the last lies half a year back and more."""
        today, told = self.reading.reference, mention
        if None in (today.year, today.month, told.year, told.month) or (told.day is not None and today.day is None):
            return None
        now = date(today.year or 1, today.month or 1, today.day or 1)
        day = min(told.day or 1, 28)
        if (date(told.year or 1, told.month or 1, day) - now).days > _NEARLY_A_YEAR:
            return replace(told, year=(told.year or 1) - 1).iso  # a session that has just passed
        if (now - date(told.year or 1, told.month or 1, day)).days < _HALF_A_YEAR:
            return None
        ahead = date((told.year or 1) + 1, told.month or 1, day)
        return replace(told, year=ahead.year).iso if (ahead - now).days < _HALF_A_YEAR else None

    def later_day(self, event: Event, mention: DateMention) -> str | None:
        """The day that a later sentence gives for an event."""
        if event.stage is Stage.PROPOSED and not mention.explicit_year:
            return self._to_come(mention) or mention.iso
        return mention.iso

    def _not_to_come(self, mention: DateMention) -> str | None:
        """A day on which something was decided lies behind, whatever is to come of it."""
        today, told = self.reading.reference, mention
        if None in (today.year, today.month, told.year, told.month) or (told.day is not None and today.day is None):
            return told.iso
        known = 2 if told.day is None else 3
        day = (told.year or 1, told.month or 1, told.day or 1)
        if day[:known] <= (today.year or 1, today.month or 1, today.day or 1)[:known]:
            return told.iso
        if told.kind == "weekday":
            return (date(*day) - timedelta(days=7)).isoformat()
        return replace(told, year=day[0] - 1).iso

    def _with_year(self, mention: DateMention, event: Event, sentence: Sentence) -> str | None:
        """A day without a year in a text without a date: the year that the resolution's own number ends with.

        A council's decision told right behind the admission it led to was the last such day before it.
        """
        if mention.month is None or event.stage not in (Stage.RESOLVED, Stage.REJECTED):
            return self._year_after(mention, event, sentence) if mention.month is not None else None
        acts = [a for a in self.reading.acts if sentence.start <= a.start < sentence.end]
        if len(acts) == 1:
            year = year_of_number(acts[0].number)
            return replace(mention, year=year).iso if year is not None and year >= _EARLIEST else None
        if mention.explicit_year or event.kind is not EventKind.ACCESSION:
            return None
        for earlier in reversed(self.reading.before(sentence, 2)):
            days = [d for d in earlier.dates if d.year is not None and d.month is not None and d.explicit_year]
            if (
                len(days) == 1
                and earlier.has("admit_verb", "admit_noun", "board")
                and earlier.segment.end - 400 < sentence.end
            ):
                told = days[0]
                same_year = (mention.month, mention.day or 1) <= (told.month or 12, told.day or 31)
                return replace(mention, year=(told.year or 0) - (not same_year)).iso
        return None

    def _year_after(self, mention: DateMention, event: Event, sentence: Sentence) -> str | None:
        """The board's day told right behind the council's: the first such day after it."""
        if mention.explicit_year or event.stage is not Stage.ADMITTED or event.kind is not EventKind.ACCESSION:
            return None
        for earlier in self.reading.before(sentence):
            days = [d for d in earlier.dates if d.year is not None and d.month is not None and d.explicit_year]
            if len(days) == 1 and earlier.has("council") and not earlier.has("board"):
                same_year = (mention.month or 0, mention.day or 31) >= (days[0].month or 0, days[0].day or 0)
                return replace(mention, year=(days[0].year or 0) + (not same_year)).iso
        return None

    def _meeting_date(self, event: Event, sentence: Sentence) -> str | None:
        """The day of the meeting that "podczas Zgromadzenia", "na tej sesji" takes up from an earlier sentence."""
        before = list(self.reading.told_before(sentence, _MEETING_TOLD))[::-1]
        same = _THAT_DAY.search(sentence.folded)
        if same is not None:
            days = [d for d in sentence.dates if d.day is not None and d.end <= sentence.start + same.start()]
            if days:
                return days[-1].iso
        if same is not None and before:
            return _day_last_told(before)
        if before and _THEN.match(sentence.folded) and event.stage is not Stage.PROPOSED:
            told, goes_on = before[-1].dates, before[-1].segment is sentence.segment
            if len(told) == 1 and (told[0].explicit_year if goes_on else told[0].day is not None):
                return told[0].iso
        if event.stage is Stage.ADMITTED and event.rule in (*_BY_THE_BOARD, "sentence.present", "sentence.status"):
            board_met = board_sat(self.reading, sentence)
            if board_met is not None:
                return board_met.iso
        if event.stage in (Stage.RESOLVED, Stage.REJECTED) and before and before[-1].segment is sentence.segment:
            day = sat_just_before(event, before[-1], sentence)
            if day is not None:
                return day
        found = _MEETING.search(sentence.folded)
        council = event.stage in (Stage.RESOLVED, Stage.REJECTED)
        if OTHER_MEETING.search(sentence.folded) or (found is None and not council):
            return None
        stem = found["meeting"][:6] if found else "sesj"
        for earlier in reversed(before):
            met = _MET.search(earlier.folded) if stem.startswith(("obrad", "zgroma")) else None
            if OTHER_COUNCIL.search(earlier.folded) or (council and is_of_another_town(event, earlier)):
                continue
            if stem in earlier.folded or met or ("obrad" in earlier.folded and not council):
                days = [d for d in earlier.dates if d.day is not None]
                if sentence.number - earlier.number > _MEETING_TOLD:
                    days = [d for d in days if _SESSION_BEFORE.search(earlier.slice(earlier.start, d.start))]
                if len(days) == 1 and not re.search(r"(?<!\w)(?:nastepn\w+|kolejn\w+)\s+sesj", earlier.folded):
                    return self.later_day(event, days[0])
                if found is None and earlier.segment.kind is not BlockKind.HEADING:
                    return None
        return (led_by_session(self.reading, sentence) or headed_session(self.reading)) if council else None

    @staticmethod
    def _decides(sentence: Sentence, clause: Clause) -> bool:
        """Whether a clause speaks of the decision, not only of what it leads to."""
        return sentence.has("decide", "council", "act", start=clause.start, end=clause.end)

    @staticmethod
    def _of_a_session(mention: DateMention, sentence: Sentence) -> bool:
        """Whether a date is that of the session which takes a draft up, not that of the draft."""
        lead = sentence.slice(max(sentence.start, mention.start - 40), mention.start)
        after = sentence.slice(mention.end, min(sentence.end, mention.end + 30))
        return _SESSION_BEFORE.search(lead) is not None or _SESSION_AFTER.match(after) is not None

    def _of_the_board(self, mention: DateMention, sentence: Sentence) -> bool:
        """Whether a date is that of a decision of the board: "decyzją Zarządu ZMP z 16 czerwca 2023 r."."""
        lead = self.reading.clean.folded[max(sentence.start, mention.start - 70) : mention.start]
        return BOARDS_OWN.search(lead) is not None

    def _usable(self, mention: DateMention, sentence: Sentence, event: Event) -> bool:
        if mention.kind == "year_range" or (
            mention.kind == "relative_year" and not was_done_then(mention, sentence, event)
        ):
            return False
        lead = self.reading.clean.folded[max(sentence.start, mention.start - 40) : mention.start]
        if mention.kind == "relative_day" and self.reading.clean.folded[mention.start : mention.end] in (
            "dzis",
            "dzisiaj",
        ):
            return done_today(mention, sentence, event)
        if mention.kind == "years_back" and not self.reading.clean.folded.startswith("temu", mention.end - 4):
            return False
        if FOUNDED.search(lead) or _FISCAL.search(lead) or (mention.day is None and _AFTER_IT.search(lead)):
            return False
        if event.stage is not Stage.PROPOSED and is_of_what_tells(mention, sentence):
            return False
        if event.stage is Stage.PROPOSED and mention.day is None and _UNTIL.search(lead):
            return False  # "strategia do 2030 r."
        led_to_it = LED_TO_IT.search(sentence.slice(sentence.start, mention.start))
        if event.stage is Stage.ADMITTED and led_to_it and event.anchor < sentence.start + led_to_it.start():
            return False
        if event.stage is Stage.ADMITTED and OF_COUNCILS_ACT.search(sentence.slice(sentence.start, mention.start)):
            return False
        decides = event.stage in _DECIDED or (event.stage is Stage.PROPOSED and event.kind is EventKind.WITHDRAWAL)
        if decides and (mention.kind == "end_of_year" or _EFFECT.search(lead) is not None):
            return False
        with_end = self.reading.clean.folded.startswith("koncem", mention.start)
        if decides and with_end and event.rule.endswith(".future"):
            return False  # "zdecydowała, że z końcem grudnia gmina opuści Związek"
        rest = sentence.slice(mention.end, mention.end + 40)
        if event.stage in _DECIDED and DAYS_AFTER.match(rest):
            return False
        if _WHEN_IT_WAS.match(rest) and (event.stage in _DECIDED or mention.end <= event.anchor):
            return True  # "czeka od lutego, kiedy uchwałę poparło 17 radnych"
        if SINCE.search(lead) and not re.search(r"dniem\s+$", lead) and event.stage is not Stage.MEMBER:
            if event.stage is not Stage.ADMITTED or re.search(r"(?<!\w)od\s+(?:dnia\s+)?$", lead) is None:
                return False
            return event.rule in _NO_LONGER or (event.kind is EventKind.ACCESSION and mention.day is not None)
        return True

    def _same_thought(self, mention: DateMention, sentence: Sentence, clause: Clause) -> bool:
        """Outside the clause a date counts only when no other body or opposite step stands nearer to it."""
        if SO_DECIDED.search(sentence.slice(sentence.start, mention.start)) and mention.start >= clause.end:
            return True
        if TAKES_IT_UP.search(self._own(mention, sentence)):
            return True
        low, high = min(mention.start, clause.start), max(mention.end, clause.end)
        between = (
            sentence.slice(clause.end, mention.start)
            if mention.start >= clause.end
            else sentence.slice(mention.end, clause.start)
        )
        if any(b.kind is BodyKind.OTHER and low <= b.start < high for b in sentence.bodies):
            return False
        own = clause_at(sentence, mention.start)
        steps = sentence.all(*_STEPS, start=own.start, end=own.end) if own != clause else ()
        if any(not _ADOPTED.match(sentence.slice(step.start, own.end)) for step in steps):
            return False
        if mention.end <= clause.start and _TURNS_THERE.match(sentence.slice(clause.start, clause.end)):
            return False  # "w 1991 roku odtwarzali Związek, ale za poprzedniej rady miasto go opuściło"
        return _TURNS.search(between) is None and len(between) < 160

    @staticmethod
    def _own(mention: DateMention, sentence: Sentence) -> str:
        """The clause that a date stands in."""
        own = clause_at(sentence, mention.start)
        return sentence.slice(own.start, own.end)

    def since(self, sentence: Sentence, anchor: int) -> str | None:
        """Since when somebody is a member, by what the sentence says near a place."""
        return since_day(sentence, self.reading.clean.folded, anchor)

    def interval_end(self, sentence: Sentence, anchor: int) -> str | None:
        """The end of "od A do B", "w latach A-B" or "do B"."""
        ranges = [d for d in sentence.dates if d.until is not None]
        if ranges:
            return str(min(ranges, key=lambda d: abs(d.start - anchor)).until)
        for mention in sorted(sentence.dates, key=lambda d: abs(d.start - anchor)):
            lead = self.reading.clean.folded[max(sentence.start, mention.start - 14) : mention.start]
            inside = sentence.slice(mention.start, mention.end).startswith("do ")
            if inside or re.search(r"(?<!\w)do\s+(?:dnia\s+|roku\s+)?$", lead):
                return mention.iso
        return None

    def vote_date(self, event: Event, sentence: Sentence) -> str | None:
        """The day in the next sentence, where that tells of the vote: "The council voted on 27 February: …"."""
        for later in self.reading.sentences[sentence.number + 1 : sentence.number + 2]:
            days = [d for d in later.dates if d.day is not None and self._usable(d, later, event)]
            told = _VOTE_TOLD.search(later.folded)
            if (
                told
                and len(days) == 1
                and later.segment is sentence.segment
                and not any(b.kind is BodyKind.OTHER for b in later.bodies)
                and not later.has("board", "decide_later")
                and not OTHER_MEETING.search(later.folded)
                and not BALLOT_ON_ANOTHER.search(later.folded)
                and same_matter(self.reading, event, later)
                and abs(days[0].start - later.start - told.start()) < 90
            ):
                return days[0].iso
        return None
