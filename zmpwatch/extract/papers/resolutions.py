"""Resolutions and drafts, read by their title, head and closing provisions."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from zmpwatch.extract.binding.event import Actor, Event
from zmpwatch.extract.binding.matters import REFUSAL, leads_to
from zmpwatch.extract.binding.recorddays import signed_day
from zmpwatch.extract.papers.acts import Act
from zmpwatch.extract.papers.formeracts import LOSES, copy_act, former_act, lost_force
from zmpwatch.extract.papers.heads import author, own_act, own_day
from zmpwatch.extract.papers.kinds import Paper
from zmpwatch.extract.papers.ordinances import ordained
from zmpwatch.extract.papers.petitions import answered, of_the_motion
from zmpwatch.extract.papers.titlewords import JOIN, LEAVE, REPEAL
from zmpwatch.extract.structure.reading import Reading
from zmpwatch.extract.votes.ballots import read_ballot
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.matters import A_STEP
from zmpwatch.extract.words.phrases import A_BLANK, OTHER_GOAL
from zmpwatch.model import EventKind, Stage, Votes

__all__ = ["ResolutionReader"]

_SUBJECT = lazy(
    r"(?:w\s+sprawie|(?<!\w)w\s?/\s?s(?!\w)|(?<!\w)w\s+spr\.|w\s+przedmiocie|dotyczac\w|zmieniajac\w+\s+uchwale|uchylajac\w+\s+uchwale)"
)
_ABOUT = lazy(
    r"(?:(?<=\n)|(?<=\n\s)|(?<=\sr\.\s)|(?<=\sroku\s))o\s+(?=(?:[\w-]+\s+){0,2}?(?:przystapieni|wstapieni|wejsci|dolaczeni|przylaczeni|powroci|wystapieni|wyjsci|odejsci|opuszczeni|wypisani|czlonkostwi|akcesie|przynaleznosci|rezygnacji|wypowiedzeni|sprostowani|zmiani|uchyleni|utraci|pozbawieni|uniewaznieni|niewaznosci|wygasnieci|stwierdzeni|wybor|wyznaczeni|wskazani|delegowani)\w*)"
)
"""A title without "w sprawie": "z dnia 30 lipca 2020 r. o przystąpieniu Gminy Reszel do …"."""
_LEGAL = lazy(
    r"na\s+podst(?:awie|\.)|dzialajac\s+na|uchwala,?\s+co\s+nastepuje|uchwala\s+sie|(?:§|(?<!\w)par\.)\s{0,3}[1l](?![a-z])"
    r"|(?<!\w)postanawia(?=\W)|\n\s{0,3}(?:rada\s+(?:miejska|miasta|gminy)(?!\w)|(?:1|a)[.)]\s)"
)
_CHANGE = lazy(
    r"(?<!\w)(?:zmieniajac\w+|zmian(?:[ay]|ie)?(?!\w)(?=(?:\s+[\w-]+){0,4}?\s+(?:uchwal|decyzj|stanowisk|rozstrzygni)|\s*$)|sprostowani\w+)"
)
"""What is changed is a resolution; "w sprawie zmian w przynależności do organizacji" may decide anything."""
_SLIP = lazy(r"(?<!\w)(?:omylk\w+|bled\w+|blad\w*|poprawieni\w+|uzupelnieni\w+)")
_TAKES_BACK = lazy(
    r"(?<!\w)wycofani\w+\s+(?:[\w-]+\s+){0,2}?(?:projekt|wnios|deklaracj|druk|petycj)\w+\s+(?:uchwaly\s+)?(?:o|w\s+sprawie)(?!\w)"
)
"""As in "w sprawie wycofania wniosku o przystąpienie": nothing is joined or left by it."""
_BEING_IN = lazy(r"(?<!\w)(?:czlonkostw\w+|przynalezn\w+)")
"""Words of `JOIN` that only name the membership: "w sprawie członkostwa" may join or leave."""
_OF_A_DRAFT = lazy(
    r"(?<!\w)(?:konsultacj\w+|przekazani\w+|skierowani\w+|przedlozeni\w+|wniesieni\w+|opini\w+)\s+(?:\w+\s+){0,4}?projek\w+\s+uchwal"
)
_DELEGATE = lazy(
    r"(?<!\w)(?:delegat\w*|delegacj\w+|pelnomocni\w+|umocowani\w+|przedstawiciel\w*|reprezentant\w*|reprezentowa\w+|upowazni\w+|wybor\w*|wyznaczeni\w+|wskazani\w+|delegowani\w+|reprezentowani\w+)"
)
_FIRST = lazy(
    r"(?:§|(?<!\w)par\.)\s{0,3}[1l](?![a-z\d])|^\W*(?:uchwala|postanawia|wyraza)\s+sie(?!\w)", flags=re.MULTILINE
)
_ITEM = lazy(r"\W{0,3}(?:\d{1,2}|[a-z])[.)]|[-*•]")
_TO_AN_EVENT = lazy(
    r"(?<!\w)(?:szkoleni\w*|konferencj\w*|kongres\w*|warsztat\w*|seminari\w*|webinar\w*|konkurs\w*|projek(?:cie|ci?e|tu)|program\w*)(?!\w)"
)
_STAYS = lazy(
    r"(?<!\w)(?:dalsz\w+\s+(?:[\w-]+\s+)?(?:uczestnictw|czlonkostw|przynaleznos|udzial|obecnos)|pozostani\w+\s+(?:[\w-]+\s+){0,4}?(?:czlonk|w\s)"
    r"|(?:kontynuowani|kontynuacj|utrzymani|potwierdzeni)\w+\s+(?:czlonkostw|przynaleznos|uczestnictw))"
)
_TAKES_PART = lazy(
    r"(?<!\w)(?:uczestnictw|udzial|obecnos)\w+\s+(?:[\w-]+\s+){0,4}?w\s+(?:(?:stowarzyszeniu|organizacji|zrzeszeniu)\s+)?\"?$"
)
_REFUSES = lazy(
    rf"(?<!\w)(?:nie\s+(?:wyraza|udziela)(?:\s+sie)?\s+zgody|odmawia(?:\s+sie)?\s+(?:wyrazenia\s+|udzielenia\s+)?zgody|odrzuca(?:\s+sie)?\s+(?:wniosek|projekt|petycj)\w*)\s+(?:na|o|w\s+sprawie)\s+(?:\w+\s+)?(?:{A_STEP})"
)
_NAMES_SOMEBODY = lazy(
    r"(?<!\w)(?:wyznacza|wskazuje|wybiera|deleguje|powoluje|ustanawia|upowaznia)\s+(?:sie\s+)?[^.;§]{3,90}?(?<!\w)(?:delegat|przedstawiciel|reprezentant)\w*"
    r"|(?<!\w)na\s+(?:delegat|przedstawiciel|reprezentant)\w+\s+[^.;§]{3,120}?(?<!\w)(?:wyznacza|wskazuje|wybiera|deleguje|powoluje|ustanawia)\s+sie(?!\w)"
    r"|(?<!\w)(?:do\s+)?reprezentowani\w\s+[^.;§]{3,120}?(?<!\w)(?:wyznacza|upowaznia|wskazuje)\s+sie(?!\w)",
    *("delegat", "przedstawiciel", "reprezentant", "reprezentowani"),
)
_TO_SIT_IN = lazy(r"(?<!\w)(?:(?:zgromadzeni|zjazd|zjezdzi|walny|obrad)\w*(?:\s+\w+)?|we?|do)\s+\"?$")
_LOOKS_ON = lazy(r"(?<!\w)(?:obserwator|gosc|sluchacz|ekspert|konsultant)\w*\s+(?:[\w-]+\s+){0,2}\"?$")
"""Before the name of a body that somebody is sent to who stands for no member of it."""
_FIRST_PARAGRAPH = 900
_FEE = lazy(r"(?<!\w)(?:skladk\w+|skladek)")


@dataclass(slots=True)
class ResolutionReader:
    """Reads one resolution or draft."""

    reading: Reading

    def events(self) -> list[Event]:
        """What the paper decides or proposes, and the earlier resolutions it changes or repeals."""
        reading = self.reading
        folded = reading.clean.folded
        subject = self._subject()
        if reading.home_name is None:
            return []
        first = _FIRST.search(folded)
        if first is not None and (subject is None or first.start() < subject.start()):
            below = self._untitled(first.start())
            if below or subject is None or LOSES.search(folded, first.start(), subject.start()):
                return below
        if subject is None:
            return []
        legal = _LEGAL.search(folded, subject.end())
        title_end = legal.start() if legal else min(len(folded), subject.end() + 400)
        body_end = self._body_end(title_end)
        title = folded[subject.start() : title_end]
        if A_BLANK.search(title) or _TAKES_BACK.search(title):
            return []
        ours_in_title = bool(reading.ours(subject.start(), title_end))
        named_to = _DELEGATE.search(title) is not None and not JOIN.search(title) and not LEAVE.search(title)
        if named_to and _TO_AN_EVENT.search(title):
            return []
        if not ours_in_title and named_to and reading.ours(title_end, body_end):
            home = Actor(reading.home_name, reading.home)
            (body, *_) = reading.ours(title_end, body_end)
            sentence = next(s for s in reading.sentences if s.start <= body.start < s.end)
            if not (_DELEGATE.search(sentence.folded) or _ITEM.match(sentence.folded)):
                return []
            return [
                Event.told(home, EventKind.ACCESSION, Stage.MEMBER, sentence, body.start, "resolution.delegate", 0.7)
            ]
        if not ours_in_title:
            about_earlier = _CHANGE.search(title) or REPEAL.search(title) or _SLIP.search(title)
            told = None if about_earlier else self._ordained(title_end, body_end)
            if told is not None:
                return told
            if reading.others(subject.start(), title_end) or not self._is_theirs(title, title_end, body_end):
                return []
        if self._another_goal(title) if not ours_in_title else self._elsewhere(subject.start(), title_end):
            return []
        actor = author(self.reading, subject.start(), title_end)
        start, end = subject.start(), len(folded[:title_end].rstrip())
        own = own_act(self.reading, subject.start())
        date = own_day(reading, subject.start(), body_end)
        draft = reading.paper is Paper.DRAFT or _OF_A_DRAFT.search(title) is not None
        stage = Stage.PROPOSED if draft else Stage.RESOLVED
        date = None if draft and reading.paper is not Paper.DRAFT else date
        number = None if draft or own is None else own.number

        def event(kind: EventKind, **details: str | None) -> Event:
            made = Event(
                actor, kind, stage, start, end, start, "resolution.draft" if draft else "resolution.title", 0.97
            )
            made.date = details.get("date")
            made.resolution = details.get("resolution")
            made.votes = self._votes(kind, body_end)
            if draft:
                self._voted_down(made)
            return made

        former = former_act(self.reading, subject.start(), body_end, own)
        if not ours_in_title:
            earlier = self._earlier_resolution(title, title_end, body_end, actor, own)
            if earlier is not None:
                repeals = REPEAL.search(title) is not None and earlier.kind is EventKind.ACCESSION
                return [event(EventKind.WITHDRAWAL, date=date, resolution=number), earlier] if repeals else [earlier]
        lead = folded[max(0, subject.start() - 60) : subject.start()] + title
        if ours_in_title and self._leaves_open(title, lead):
            told = self._ordained(title_end, body_end)
            if told is not None and (
                told[0].kind is EventKind.WITHDRAWAL or not self._stays(subject.start(), body_end)
            ):
                return told
        steps = JOIN.search(title) or LEAVE.search(title) or self._takes_part(subject.start(), title_end)
        steps = steps or self._stays(subject.start(), title_end)
        if not (steps or _DELEGATE.search(title) or _FEE.search(title)):
            former_events = lost_force(self.reading, actor, title_end, body_end, own)
            return [event(EventKind.WITHDRAWAL, date=date, resolution=number), *former_events] if former_events else []
        if REPEAL.search(lead) and JOIN.search(title):
            repealed = Event(actor, EventKind.ACCESSION, Stage.RESOLVED, start, end, start, "resolution.repealed", 0.9)
            copy_act(self.reading, repealed, former)
            return [event(EventKind.WITHDRAWAL, date=date, resolution=number), repealed]
        if REPEAL.search(lead) and LEAVE.search(title):
            undone = Event(actor, EventKind.WITHDRAWAL, Stage.RESOLVED, start, end, start, "resolution.repealed", 0.9)
            copy_act(self.reading, undone, former)
            return [undone]
        if _CHANGE.search(lead) and (JOIN.search(title) or LEAVE.search(title)):
            kind = EventKind.WITHDRAWAL if LEAVE.search(title) and not JOIN.search(title) else EventKind.ACCESSION
            changed = Event(actor, kind, Stage.RESOLVED, start, end, start, "resolution.changed", 0.9)
            copy_act(self.reading, changed, former)
            return [changed]
        if (_DELEGATE.search(title) and not JOIN.search(title.split("polskich")[0])) or _FEE.search(title):
            if draft and _FEE.search(title):
                return []
            return [Event(actor, EventKind.ACCESSION, Stage.MEMBER, start, end, start, "resolution.delegate", 0.7)]
        if self._stays(subject.start(), body_end) and not draft:
            return [Event(actor, EventKind.ACCESSION, Stage.MEMBER, start, end, start, "resolution.stays", 0.9)]
        answer = answered(title, folded[title_end:body_end]) if steps and not draft else None
        step = EventKind.WITHDRAWAL if LEAVE.search(title) else EventKind.ACCESSION
        if answer is Stage.PROPOSED:
            return [replace(event(step), stage=answer, votes=None)]
        if answer is Stage.REJECTED or (steps and not draft and self._refuses(title, title_end)):
            refused = event(step, date=date)
            refused.stage, refused.votes = Stage.REJECTED, of_the_motion(refused.votes)
            return [refused]
        if LEAVE.search(title):
            events = [event(EventKind.WITHDRAWAL, date=date, resolution=number)]
            if not draft:
                events.extend(lost_force(self.reading, actor, title_end, body_end, own))
            return events
        if JOIN.search(title) or self._takes_part(subject.start(), title_end):
            return [event(EventKind.ACCESSION, date=date, resolution=number)]
        return []

    def _untitled(self, start: int) -> list[Event]:
        """What the paragraphs of a paper without a title ordain, or repeal: "§ 1. Uchyla się uchwałę … w sprawie"."""
        reading = self.reading
        home = Actor(reading.home_name or "", reading.home)
        end = self._body_end(start)
        draft = reading.paper is Paper.DRAFT
        own = own_act(reading, start)
        lost = lost_force(self.reading, home, start, end, own) if draft or reading.paper is Paper.RESOLUTION else []
        if lost and not reading.ours(lost[0].start, lost[0].end):
            return []
        told = self._ordained(start, end) if not lost else []
        if lost:
            left = replace(
                lost[0], kind=EventKind.WITHDRAWAL, rule="resolution.title", date=own_day(reading, start, end)
            )
            left.resolution = own.number if own is not None else None
            if draft:
                left.stage, left.rule, left.resolution = Stage.PROPOSED, "resolution.draft", None
            told = [left, *lost]
        for event in (told or [])[:1]:
            event.date = event.date or signed_day(reading)
        return told or self._delegated(home, start, end)

    def _delegated(self, home: Actor, start: int, end: int) -> list[Event]:
        """As in "§ 1. Na delegata do Zgromadzenia Ogólnego Związku wyznacza się Burmistrza", without a title."""
        for body in self.reading.ours(start, end):
            sentence = next(s for s in self.reading.sentences if s.start <= body.start < s.end)
            sent = _NAMES_SOMEBODY.search(sentence.folded)
            lead = sentence.slice(sentence.start, body.start)
            sent = sent if _TO_SIT_IN.search(lead) and not _LOOKS_ON.search(lead) else None
            if sent is not None and not (JOIN.search(sentence.folded) or _TO_AN_EVENT.search(sentence.folded)):
                kind, stage = EventKind.ACCESSION, Stage.MEMBER
                return [Event.told(home, kind, stage, sentence, body.start, "resolution.delegate", 0.7)]
        return []

    @staticmethod
    def _leaves_open(title: str, lead: str) -> bool:
        """Whether a title names the association but no step: "w sprawie członkostwa Gminy w Związku Miast Polskich"."""
        if REPEAL.search(lead) or _CHANGE.search(lead) or _DELEGATE.search(title) or _FEE.search(title):
            return False
        return JOIN.search(_BEING_IN.sub(" ", title)) is None and LEAVE.search(title) is None

    def _stays(self, start: int, end: int) -> bool:
        return _STAYS.search(self.reading.clean.folded, start, end) is not None

    def _refuses(self, title: str, start: int) -> bool:
        """Whether a title or the first paragraph below it refuses the step: "Nie wyraża się zgody na przystąpienie"."""
        step = JOIN.search(title) or LEAVE.search(title)
        if step is not None and REFUSAL.search(title, 0, step.start()):
            return True
        folded = self.reading.clean.folded
        below = _REFUSES.search(folded, start, start + _FIRST_PARAGRAPH)
        second = re.search(r"(?:§|par\.)\s{0,3}2", folded[start : start + _FIRST_PARAGRAPH])
        return below is not None and (second is None or below.start() < start + second.start())

    def _takes_part(self, start: int, end: int) -> bool:
        """As in "w sprawie uczestnictwa Gminy Wieleń w Związku Miast Polskich"."""
        folded = self.reading.clean.folded
        return any(_TAKES_PART.search(folded, start, body.start) for body in self.reading.ours(start, end))

    def _subject(self) -> re.Match[str] | None:
        """What a title begins with; "o przystąpieniu" below the legal basis is that of another resolution."""
        folded = self.reading.clean.folded
        found: re.Match[str] | None = _SUBJECT.search(folded, 0, 2500)
        about: re.Match[str] | None = _ABOUT.search(folded, 0, found.start() if found else 2500)
        legal = _LEGAL.search(folded)
        return about if about is not None and not (legal and legal.start() < about.start()) else found

    @staticmethod
    def _voted_down(event: Event) -> None:
        """A draft that bears the ballot by which it failed is refused; any other ballot on a draft says nothing."""
        votes = event.votes
        if votes is not None and votes.in_favour is not None and votes.in_favour <= (votes.against or 0):
            event.stage = Stage.REJECTED
        else:
            event.votes = None

    def _ordained(self, start: int, end: int) -> list[Event] | None:
        """The step that the paragraphs decide, whatever the title says, and the resolution that loses force by it."""
        reading = self.reading
        found = ordained(reading, start, end)
        if found is None:
            return None
        draft = reading.paper is Paper.DRAFT
        own = own_act(self.reading, start)
        rule = "resolution.draft" if draft else "resolution.title"
        stage = Stage.PROPOSED if draft else Stage.RESOLVED
        actor = author(self.reading, found.start, found.body.start)
        event = Event(actor, found.kind, stage, found.start, found.body.end, found.body.start, rule)
        event.date = own_day(reading, start, end)
        event.resolution = own.number if own is not None and not draft else None
        event.votes = None if draft else self._votes(found.kind, end)
        left = found.kind is EventKind.WITHDRAWAL and not draft
        return [event, *(lost_force(self.reading, actor, start, end, own) if left else [])]

    def _is_theirs(self, title: str, start: int, end: int) -> bool:
        """Whether the paragraphs below a title without a name are about the association, not about another body."""
        ours, others = self.reading.ours(start, end), self.reading.others(start, end)
        if not ours:
            return False
        step = JOIN.search(title) or LEAVE.search(title)
        return step is None or not others or ours[0].start < others[0].start

    def _elsewhere(self, start: int, end: int) -> bool:
        """Whether a title that names the association leads to something of it: "przystąpienia do badania … Związku"."""
        folded = self.reading.clean.folded
        body = self.reading.ours(start, end)[0]
        steps = [*JOIN.finditer(folded, start, body.start), *LEAVE.finditer(folded, start, body.start)]
        last = max(steps, key=lambda m: m.start(), default=None)
        return last is not None and OTHER_GOAL.match(folded[last.end() : body.start]) is not None

    @staticmethod
    def _another_goal(title: str) -> bool:
        """Whether a title that doesn't name the association leads elsewhere: "przystąpienia do sporządzenia planu"."""
        step = JOIN.search(title) or LEAVE.search(title)
        if step is None:
            return False
        goal = re.search(r"(?<!\w)(?:do|z|ze)\s+(?P<what>\w+(?:\s+\w+){0,2})", title[step.end() :])
        return goal is not None and not re.search(r"stowarzysz|zwiazk|organizacj|zrzesz|gron|czlonk|dni", goal["what"])

    def _earlier_resolution(self, title: str, start: int, end: int, actor: Actor, own: Act | None) -> Event | None:
        """The resolution that a paper with a bare title ("w sprawie sprostowania omyłki") changes in its body."""
        if not (_CHANGE.search(title) or REPEAL.search(title) or _SLIP.search(title)):
            return None
        folded = self.reading.clean.folded
        for body in self.reading.ours(start, end):
            low = max(start, body.start - 400)
            lead = folded[low : body.start]
            named = list(re.finditer(r"(?<!\w)uchwal\w{1,2}\s+(?:nr|numer|rad[ay]|z\s+dnia)", lead))
            if not named:
                continue
            between = lead[named[-1].start() :]
            steps = [(m.end(), EventKind.ACCESSION) for m in JOIN.finditer(between)]
            steps += [(m.end(), EventKind.WITHDRAWAL) for m in LEAVE.finditer(between)]
            offset = low + named[-1].start()
            steps = [(at, kind) for at, kind in steps if leads_to(self.reading, offset + at, body.start, kind)]
            if not steps or not re.search(r"(?:w\s+sprawie|o)\s", between):
                continue
            at = low + named[-1].start()
            rule = "resolution.repealed" if REPEAL.search(title) else "resolution.changed"
            event = Event(actor, max(steps)[1], Stage.RESOLVED, at, body.end, at, rule, 0.9)
            copy_act(self.reading, event, former_act(self.reading, at, body.start, own))
            return event
        return None

    def _body_end(self, start: int) -> int:
        """Where the justification begins."""
        match = re.search(r"\n\s*uzasadnienie", self.reading.clean.folded[start:])
        return start + match.start() if match else len(self.reading.clean.folded)

    def _votes(self, kind: EventKind, body_end: int) -> Votes | None:
        """A result printed on the paper itself; votes of committees in the justification do not count."""
        folded = self.reading.clean.folded
        for match in re.finditer(
            r"(?:wynik\w*\s+glosowania|glosowa[nl]\w+|w\s+glosowaniu|uchwal\w+\s+podje\w+|\n\s{0,40}\(?(?=za(?:\s+(?:uchwal|przyje|podje)\w+)?\s?[:=-]\s?\d))",
            folded[:body_end],
        ):
            start = max(folded.rfind("\n", 0, match.start()) + 1, match.start() - 20)  # "Za głosowało 15 radnych"
            ballot = read_ballot(folded, start, min(body_end, match.end() + 160))
            if ballot is not None and kind is not None:
                return ballot.votes
        return None
