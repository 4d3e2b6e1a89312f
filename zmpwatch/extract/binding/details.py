"""Details that a text tells apart from the event: "… Decyzja zapadła 4 marca", the only ballot below.

What is taken here stands in another sentence than the event, so it must be told of a decision, a ballot or a number of
its own, name nothing else, and leave no choice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from zmpwatch.extract.binding.event import Event
from zmpwatch.extract.binding.followups import FAR, another_between, following, may_speak_of, place_of
from zmpwatch.extract.binding.matters import ANOTHER_MATTER, OF_ANOTHER_BODY
from zmpwatch.extract.binding.plandays import day_of_plan
from zmpwatch.extract.binding.recorddays import day_of_answer, day_of_record
from zmpwatch.extract.binding.seasons import year_of_season
from zmpwatch.extract.binding.sessiondays import day_of_ballot, day_of_session_told
from zmpwatch.extract.binding.sincedays import SINCE_A_WEEKDAY
from zmpwatch.extract.binding.sittings import board_sat, day_of_boards_act
from zmpwatch.extract.binding.tolddays import day_told_apart
from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.dates.resolving import DateMention
from zmpwatch.extract.papers.kinds import Paper
from zmpwatch.extract.structure.reading import Reading
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.votes.ballots import Ballot, read_ballot
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.model import EventKind, Stage

__all__ = ["DetailReader"]

_REACH = 3
"""How many sentences after an event may pass before the day of its decision."""
_RIGHT_AFTER = 40
"""How many characters after the decision's word a day stands right after it."""
_NEAR = 110
"""How many characters may stand between a decision's word and its day."""
_COUNCIL = r"(?:rad[ayezę]\w{0,2}(?!\w)|radni|sesj\w+|samorzad\w*|glosowa\w+)"
_DECIDED = (
    r"(?:decyzj\w+|uchwal\w+|glosowani\w+|stosown\w+\s+\w+)\s+(?:[\w-]+\s+){0,6}?(?:podj\w+|podejm\w+|powzi\w+|zapad\w+|przyj\w+|odby\w+|mial[aoy]?\s+miejsce|przeglosow\w+|uchwal\w+)"
    r"|(?:podj\w+|zapad\w+|przyj\w+|przeglosow\w+)\s+(?:[\w-]+\s+){0,4}?(?:decyzj\w+|uchwal\w+)|(?:uchwal\w+|decyzj\w+)\s+(?:jest\s+)?z\s|formalnosc\w*\s+(?:[\w-]+\s+){0,3}?(?:dopeln\w+|stalo|dokon\w+)|dopeln\w+\s+formalnosci|stalo\s+sie\s+(?:to|tak)|doszlo\s+do\s+tego"
    r"|(?:akt|uchwala|decyzja)\s+(?:\w+\s+){0,2}?nosi\s+date(?!\w)"
    r"|(?:i|to|:|-)\s+uchwal[ae]\s+(?:nasz\w+\s+)?rad[ay](?!\w)"
    r"|bylo\s+to\s+(?:(?:w|we|dnia)\s+)?(?=\d|poniedz|wtor|srod|czwart|piat)|sesj\w+,?\s+(?:ktor\w+\s+)?odbyla\s+sie"
    r"|nastapilo\s+to|tak\s+(?:[\w.]+\s+){0,5}?(?:zdecydowa\w+|postanowi\w+|uchwali\w+|przesadzi\w+)|zdecydowa\w+\s+o\s+(?:tym|niej)|glosowano|glosowali\s+nad|mialo\s+to\s+miejsce|decision\s+(?:was|came|fell)|council\s+voted|board\s+(?:decided|(?:took|made)\s+(?:the|its|this|that)\s+decision)"
)
_DECIDED_CUES = (
    *("=akt", "decision", "=doszlo", "=mialo", "=nastapilo", "=stalo", "=bylo"),
    *("sesj", "decided", "decyzj", "dopeln", "odby", "podejm"),
    *("podj", "powzi", "przeglosow", "stosown", "uchwal", "voted", "zapad", "zdecydowa"),
)
"""What a decision told in a sentence of its own holds at least one of."""
_OF_COUNCIL = lazy(
    rf"(?<!\w)(?:{_DECIDED}|{_COUNCIL}\s[^.;]{{0,60}}?(?:podj\w+|zdecydowa\w+|postanowi\w+|przeglosow\w+|zaglosowa\w+))",
    *_DECIDED_CUES,
    *(
        "=glosowali",
        "glosowani",
        "glosowano",
        "formalnosc",
        "postanowi",
        "przesadzi",
        "zaglosowa",
    ),
)
_OF_BOARD = lazy(
    rf"(?<!\w)(?:{_DECIDED}|zarzad\w*\s[^.;]{{0,60}}?(?:podj\w+|przyj\w+|zdecydowa\w+|zatwierdzi\w+|powzi\w+|glosowa\w+|obradowa\w+)|(?:zatwierdz|zaakcept|zaaprob|potwierdz)\w+\s+(?:[\w-]+\s+){{0,3}}?zarzad|przyjet\w+\s|przyjeto|akces\w*\s[^.;]{{0,40}}(?:zatwierdz\w+|przyj\w+)"
    r"|(?:pozytywnie|przychylnie)\s+rozpatrzy\w+|rozpatrzy\w+\s+(?:pozytywnie|przychylnie)|(?:zielone\s+swiatlo|zgode|aprobate)\s+(?:\w+\s+)?(?:to\s+)?(?:da|zapal|wyda|wyrazi)l\w*\s+(?:\w+\s+)?zarzad(?!\w)(?!\s+(?:drog|dziel|osiedl|powiat|wojewod|spol|region|melior|zieleni|transp|budyn|infra))"
    r"|formaln\w+\s+(?:\w+\s+)?(?:czlonk\w+|od\s)|admitted|accepted)",
    *_DECIDED_CUES,
    *("=zarzad", "pozytywnie", "przychylnie"),
    *(
        "=tak",
        "accepted",
        "admitted",
        "akces",
        "formaln",
        "glosowa",
        "obradowa",
        "potwierdz",
        "przyj",
        "zaakcept",
        "zaaprob",
        "zatwierdz",
    ),
)
_OF_END = lazy(
    r"(?<!\w)(?:okres\w*\s+wypowiedzenia|wypowiedzeni\w+|czlonkostw\w+|stalo\s+sie\s+(?:to|tak)|nastapilo\s+to)(?!\w)[^.;]{0,140}?(?:uplyn\w+|minal\w*|dobieg\w+|wygas\w+|ustal\w*|skoncz\w+|zakoncz\w+)"
    r"|(?<!\w)decyzj\w+\s+(?:\w+\s+)?(?:ma\s+skutek|obowiazuje|weszla\s+w\s+zycie|jest\s+skuteczna)(?=\s+(?:od|z\s+dniem)\s)"
    r"|(?<!\w)(?:skutek|wypowiedzeni\w+|rezygnacj\w+|wystapieni\w+|wyjsci\w+|odejsci\w+)(?!\w)[^.;]{0,80}?(?:nastapil\w*|poskutkowal\w*|weszl\w*\s+w\s+zycie|stal\w*\s+sie\s+skuteczn\w+)"
    r"|stalo\s+sie\s+(?:to|tak)|nastapilo\s+to|(?:uplyn\w+|minal\w*|dobieg\w+|wygas\w+|skoncz\w+)\s+(?:\w+\s+){0,2}?(?:wypowiedzeni\w+|czlonkostw\w+)",
    *(
        "=skutek",
        "czlonkostw",
        "nastapil",
        "poskutkowal",
        "rezygnacj",
        "skuteczn",
        "stalo",
        "weszl",
        "wypowiedzeni",
        "decyzj",
    ),
)
_ADMITS = lazy(
    r"(?<!\w)(?:przyjet\w*|przyjel\w*|przyjal\w*|przyjeci\w+|poczet|czlonk\w+|czlonkini\w*|czlonkostw\w+|uchwal\w+|zdecydowa\w+|zatwierdz\w+|zaakceptowa\w+|powieksz\w+|poszerz\w+)"
)
_BOARD_TOLD = lazy(r"(?<!\w)zarzad(?:u|em|owi)?(?!\w)")
_COMMA = lazy(r"[,;:]\s|\s-\s")
_IN_THE_YEAR = lazy(
    r"(?<!\w)(?:w\s+ciagu\s+(?:calego\s+|tego\s+|minionego\s+)?roku|w\s+okresie\s+sprawozdawczym)(?!\w)"
)
_IN_THAT_YEAR = lazy(
    r"(?<!\w)w\s+(?:(?:minionym|ubieglym|zeszlym|tym|biezacym|omawianym)\s+roku|roku\s+(?:sprawozdawczym|objetym))(?!\w)"
)
_OF_A_YEAR = lazy(r"(?<!\w)za\s+(?:rok\s+)?(?P<y>(?:19|20)\d\d)(?!\d)")
"""How the title of a report names its year, which in the report is "this" or "the past" one."""
_YEAR_TITLE = lazy(
    r"(?<!\w)(?:rok\w*|za|w|bilans|podsumowanie|sprawozdanie)\s+(?:za\s+)?(?:rok\s+)?(?P<y>(?:19|20)\d\d)(?!\d)"
    r"|(?P<y2>(?:19|20)\d\d)\s+(?:rok\w*\s+)?w\s+(?:liczbach|pigulce|skrocie)"
)
_EFFECT = lazy(
    r"(?<!\w)(?:z\s+dniem|od|do|najpozniej|ze\s+skutkiem\s+na|z\s+moca\s+od|wraz\s+z)\s+(?:dnia\s+|roku\s+)?$"
)
_BALLOT = lazy(r"(?<!\w)(?:za|przeciw\w*|wstrzym\w*|glos\w*|favou?r|against|poparl\w*)(?!\w)")
_ACT_TOLD = lazy(r"(?<!\w)(?:uchwal\w+|dokument\w*|akt\w?|nosi|numer\w*|nr)(?!\w)")
_YEAR_ONLY = 4
"""Characters of a date of which no more than the year is known."""
_MISSING = (Stage.RESOLVED, Stage.REJECTED, Stage.ADMITTED)
_WHOLE_DAY = len("2020-01-01")
_COUNCIL_STAGES = (Stage.RESOLVED, Stage.REJECTED)


def _told_of_it(event: Event, later: Sentence) -> bool:
    """Whether a sentence with a ballot, right behind an event, can be about it."""
    return may_speak_of(event, later) and read_ballot(later.folded, 0, len(later.folded)) is not None


@dataclass(slots=True)
class DetailReader:
    """Fills the gaps of the events of one document."""

    reading: Reading

    def complete(self, events: list[Event]) -> None:
        """Add to each event what other sentences tell of it beyond doubt."""
        told = [e for e in events if e.rule.startswith("sentence.")]
        for event in told:
            if event.undone:
                continue
            if event.date is None and event.stage in _MISSING:
                event.date = (
                    self._of_its_ballot(event)
                    or day_of_record(self.reading, event)
                    or self._day_after(event, events)
                    or day_told_apart(self.reading, event, events)
                    or self._board_met(event)
                    or self._year_reported(event)
                    or year_of_season(self.reading, event)
                    or day_of_answer(self.reading, event)
                )
                if event.date is None and event.kind is EventKind.WITHDRAWAL and event.stage is Stage.ADMITTED:
                    event.date = self._end_before(event)
            elif event.stage is Stage.MEMBER and event.kind is EventKind.ACCESSION:
                event.date = event.date or day_of_answer(self.reading, event)
                self._just_joined(event, events)
            elif event.stage is Stage.PROPOSED and (event.date is None or len(event.date) == _YEAR_ONLY):
                day = day_of_plan(self.reading, event, events) or day_of_record(self.reading, event)
                event.date = day if day is not None and day.startswith(event.date or "") else event.date
            elif event.date is not None and event.stage in _COUNCIL_STAGES:
                day = day_told_apart(self.reading, event, events) if len(event.date) < _WHOLE_DAY else None
                event.date = day if day is not None and day.startswith(event.date) else event.date
        for event in told:
            if event.stage is Stage.MEMBER and event.resolution is None:
                event.resolution = self._number_of_accession(event, events)
        decisions = [e for e in told if e.stage in _COUNCIL_STAGES]
        if self.reading.paper is Paper.OTHER and len(decisions) == 1:
            self._only_ballot(decisions[0])
            self._only_number(decisions[0])

    @staticmethod
    def _number_of_accession(event: Event, events: list[Event]) -> str | None:
        """The number of the resolution by which a member joined, where a text tells one."""
        numbers = {
            e.resolution
            for e in events
            if e.stage is Stage.RESOLVED and e.kind is event.kind and e.actor.name == event.actor.name and e.resolution
        }
        return numbers.pop() if len(numbers) == 1 else None

    # -- dates -----------------------------------------------------------------------------------------------------

    def _day_after(self, event: Event, events: list[Event]) -> str | None:
        """The day in one of the next sentences, where that tells when the decision was taken."""
        here = place_of(self.reading, event)
        if here is None:
            return None
        tells = (
            _OF_COUNCIL
            if event.stage in _COUNCIL_STAGES
            else _OF_BOARD
            if event.kind is EventKind.ACCESSION
            else _OF_END
        )
        for later in following(self.reading, here, _REACH):
            word = tells.search(later.folded)
            boards = day_of_boards_act(later) if tells is _OF_BOARD and event.stage is Stage.ADMITTED else None
            if word is None and boards is None:
                continue
            if another_between(event, events, here.end, later.start):
                return None
            if not may_speak_of(event, later) or OF_ANOTHER_BODY.search(later.folded):
                continue
            if boards is not None or word is None:
                return boards
            ends = tells is _OF_END
            by_council = self._of_the_council(event, events, later)
            days = [d for d in later.dates if d.month is not None and d.iso is not None]
            days = [d for d in days if ends or not self._effect(d, later)]
            days = [d for d in days if self._by_whom(event, self._part_of(d, later))]
            if by_council:  # of a sentence on both, only what the board's part says
                only = any(e.rule == "sentence.decision_follows" for e in by_council)
                days = [
                    d
                    for d in days
                    if _BOARD_TOLD.search(self._part_of(d, later))
                    or not (only or any(d.iso == e.date for e in by_council))
                ]
            near = [
                d
                for d in days
                if min(abs(d.start - later.start - word.start()), abs(d.start - later.start - word.end())) < _NEAR
            ]
            right_after = [d for d in near if 0 <= d.start - later.start - word.end() < _RIGHT_AFTER]
            if len(near) == 1 or len(right_after) == 1:
                return (right_after or near)[0].iso
            if near:
                return None
        return None

    def _of_its_ballot(self, event: Event) -> str | None:
        """The day of the ballot that the sentence itself tells behind the event."""
        here = place_of(self.reading, event)
        if here is None or event.stage not in _COUNCIL_STAGES or not may_speak_of(event, here):
            return None
        behind = next(iter(following(self.reading, here, 1)), None)
        later = day_of_session_told(behind) if behind is not None and _told_of_it(event, behind) else None
        return day_of_ballot(here) or later

    @staticmethod
    def _of_the_council(event: Event, events: list[Event], later: Sentence) -> list[Event]:
        """The council's own decisions that a later sentence tells with their days."""
        return [
            e
            for e in events
            if event.stage is Stage.ADMITTED
            and e.stage in _COUNCIL_STAGES
            and e.actor.name == event.actor.name
            and e.date is not None
            and later.start <= e.anchor < later.end
        ]

    @staticmethod
    def _by_whom(event: Event, scope: str) -> bool:
        """Whether the part of a sentence that a day stands in can tell of the council's step, or of the board's."""
        council = re.search(rf"(?<!\w){_COUNCIL}", scope) is not None
        board = re.search(r"(?<!\w)(?:zarzad\w*|board)(?!\w)", scope) is not None
        if event.stage in _COUNCIL_STAGES or event.stage is Stage.PROPOSED:
            return not board
        return event.kind is EventKind.WITHDRAWAL or board or not council

    @staticmethod
    def _part_of(mention: DateMention, sentence: Sentence) -> str:
        """The part of a sentence, between commas and conjunctions, that a date stands in."""
        before = _COMMA.split(sentence.slice(sentence.start, mention.start))[-1]
        return before + " " + _COMMA.split(sentence.slice(mention.start, sentence.end))[0]

    @staticmethod
    def _effect(mention: DateMention, sentence: Sentence) -> bool:
        """Whether a day is that from which a decision has effect."""
        lead = sentence.slice(max(sentence.start, mention.start - 30), mention.start)
        return mention.kind in ("end_of_year", "years_back", "year_range") or _EFFECT.search(lead) is not None

    def _board_met(self, event: Event) -> str | None:
        """The day of the board's meeting that the text tells of before it comes to what was decided."""
        here = place_of(self.reading, event)
        if (
            here is None
            or event.stage is not Stage.ADMITTED
            or not (_ADMITS.search(here.folded) if event.kind is EventKind.ACCESSION else here.has("struck"))
        ):
            return None
        sat = board_sat(self.reading, here)
        return sat.iso if sat is not None else None

    def _end_before(self, event: Event) -> str | None:
        """As in "15 grudnia minął okres wypowiedzenia. Tym samym X przestał …": the day on which a membership ended."""
        here = place_of(self.reading, event)
        before = self.reading.up_to(here) if here is not None else []
        for sentence in reversed(before):
            days = [d for d in sentence.dates if d.day is not None and d.iso is not None]
            if len(days) == 1 and _OF_END.search(sentence.folded) and may_speak_of(event, sentence):
                return days[0].iso
        return None

    def _just_joined(self, event: Event, events: list[Event]) -> None:
        """Who is a member since a few days ago, or by a decision of the board told next, has been admitted."""
        if event.date is None:
            here = place_of(self.reading, event)
            behind = following(self.reading, here, 1) if here is not None else ()
            if not any(_BOARD_TOLD.search(s.folded) for s in behind):
                return
            day = self._day_after(replace(event, stage=Stage.ADMITTED), [e for e in events if e is not event])
            if day is None:
                return
            event.date = day
        elif not self._is_news(event):
            return
        event.stage = Stage.ADMITTED

    def _is_news(self, event: Event) -> bool:
        """Whether the day is told from the page's own, or with its weekday: "od wczoraj", "od piątku (24 stycznia)"."""
        here = place_of(self.reading, event)
        return here is not None and any(
            d.iso == event.date
            and (d.kind in ("relative_day", "weekday") or SINCE_A_WEEKDAY.search(here.slice(here.start, d.start)))
            for d in here.dates
        )

    def _year_reported(self, event: Event) -> str | None:
        """As in "W ciągu roku członkostwo uzyskały …" under "Rok 2021 w liczbach": the year of the title."""
        here = place_of(self.reading, event)
        if here is None or event.stage is not Stage.ADMITTED:
            return None
        before = self.reading.sentences[here.number - 1] if here.number else None
        goes_on = before is not None and before.text.endswith(";") and not here.dates
        told = f"{before.folded} {here.folded}" if before and goes_on else here.folded
        title = _YEAR_TITLE if _IN_THE_YEAR.search(told) else _OF_A_YEAR if _IN_THAT_YEAR.search(told) else None
        if title is None:
            return None
        head = self.reading.parts[:3]
        titles = [title.search(self.reading.clean.folded, p.start, min(p.end, p.start + 160)) for p in head]
        years = {next(filter(None, m.groups())) for m in titles if m is not None}
        return years.pop() if len(years) == 1 else None

    # -- ballots and numbers ---------------------------------------------------------------------------------------

    def _only_ballot(self, event: Event) -> None:
        """The only ballot of a text that tells of one decision, where it stands near and says nothing against it."""
        here = place_of(self.reading, event)
        if here is None or event.votes is not None:
            return
        found: list[Ballot] = []
        for later in following(self.reading, here, FAR):
            if not found and later.towns and all(t.name != event.actor.name for t in later.towns):
                return  # "Zupełnie inne nastroje panują w X": the ballot behind it is theirs
            if not _BALLOT.search(later.folded):
                continue
            ballot = read_ballot(self.reading.clean.folded, later.start, later.end)
            if ballot is None:
                continue
            if any(b.kind is BodyKind.OTHER for b in later.bodies) or ANOTHER_MATTER.search(later.folded):
                return
            found.append(ballot)
        if len(found) != 1 or found[0].votes.in_favour is None or found[0].votes.against is None:
            return
        if found[0].carried == (event.stage is Stage.RESOLVED):
            event.votes = found[0].votes

    def _only_number(self, event: Event) -> None:
        """The only number of a resolution in a text that tells of one decision."""
        here = place_of(self.reading, event)
        acts = self.reading.acts
        if here is None or event.resolution is not None or event.stage is not Stage.RESOLVED:
            return
        if len({a.number for a in acts}) != 1:
            return
        later = next((s for s in following(self.reading, here, _REACH) if s.start <= acts[0].start < s.end), None)
        if later is None or not may_speak_of(event, later) or not _ACT_TOLD.search(later.folded):
            return
        if OF_ANOTHER_BODY.search(later.folded):
            return
        event.resolution = acts[0].number
        if event.date is None and acts[0].date is not None:
            event.date = acts[0].date.iso
