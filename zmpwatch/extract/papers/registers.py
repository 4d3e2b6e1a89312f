"""Rows: registers of resolutions and of drafts, indexes, printed results of ballots. One row, one matter."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from zmpwatch.extract.binding.event import Actor, Event
from zmpwatch.extract.binding.matters import leads_to, step_behind
from zmpwatch.extract.bodies.finding import Body
from zmpwatch.extract.dates.resolving import DateMention
from zmpwatch.extract.papers.acts import Act
from zmpwatch.extract.papers.kinds import Paper
from zmpwatch.extract.papers.rowremarks import RowRemarks
from zmpwatch.extract.papers.titlewords import REPEAL
from zmpwatch.extract.structure.layout import Segment, begins_row
from zmpwatch.extract.structure.reading import Reading
from zmpwatch.extract.votes.ballots import Ballot, read_ballot
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.model import BlockKind, EventKind, Stage, Votes

__all__ = ["RegisterReader"]

_JOIN = lazy(
    r"(?<!\w)(?:przystapieni\w+|przystapic|wstapieni\w+|wstapic|akces\w{0,3}|czlonkostw\w+|przynaleznosc\w*|dolaczeni\w+|przylaczeni\w+|powrot\w*|powrocie|wejsci\w+)(?!\w)",
    *(
        "=przystapic",
        "=wstapic",
        "akces",
        "czlonkostw",
        "dolaczeni",
        "powro",
        "przylaczeni",
        "przynaleznosc",
        "przystapieni",
        "wejsci",
        "wstapieni",
    ),
)
_LEAVE = lazy(
    r"(?<!\w)(?:wystapieni\w+|wystapic|rezygnacj\w+|wyjsci\w+|odejsci\w+|opuszczeni\w+|wypisani\w+|wypowiedzeni\w+|(?:ustani|zakonczeni|zaprzestani)\w+\s+czlonkostwa|odstapieni\w+)(?!\w)",
    *("=czlonkostwa", "=wystapic", "odejsci", "odstapieni", "opuszczeni", "rezygnacj", "wyjsci", "wypisani"),
    *("wypowiedzeni", "wystapieni"),
)
"""Rows name a step by its noun or infinitive; where a verb tells it, sentences are read."""
_LEADING = lazy(
    r"(?<!\w)(?:uchwal\w*|nr|numer|z|dnia|dn|w|we|sprawie|spr|o|do|przedmiocie|dotycz\w+|dot|projekt\w*|druk\w*|rad[ay]|miejsk\w+|miasta|miasto|gminy|gmin[ae]|podje\w+|rozpatrzeni\w+"
    r"|glosowani\w+|nad|temat|tytul|przedmiot|tresc|ponown\w+|wyrazeni\w+|zgod[ay]|na|woli|zamiar\w*|lp|pkt|poz|punkt|ad|r|roku|sesj\w+|posiedzeni\w+|rok|burmistrz\w*|prezydent\w*|grup\w*|radn\w+"
    r"|stowarzyszeni\w+|zwiazk\w+|organizacj\w+|i|oraz|zmian\w*|zmieniajac\w*|uchyleni\w+|uchylajac\w*|sprostowani\w*|utrat\w*|mocy|styczen|luty|marzec|kwiecien|maj|czerwiec|lipiec|sierpien|wrzesien|pazdziernik|listopad|grudzien|[ivxlcdm]+|[a-z])(?!\w)"
)
_NEXT_CELL = lazy(r"\"?\s?(?:[-:,|]|przystapieni\w|wstapieni\w|wejsci\w|wystapieni\w|wyjsci\w|odejsci\w|\s){1,12}")
_CHANGES = lazy(r"(?<!\w)(?:zmian\w*|zmieniajac\w+|sprostowani\w+)(?!\w)")
_REPEALED_BY = lazy(r"(?<!\w)(?:uchylon\w+|uchyl\.|utracila\s+moc|uniewaznion\w+)(?!\w)[^|\t;\n]{0,40}$")
_BY_COLUMN = lazy(r"(?<!\w)(?:uchylon\w+\s+przez|uchylona\s+uchwala|akt\s+uchylajac\w+|uchylajac\w+)(?!\w)")
_OTHER_ACT = lazy(r"(?<!\w)(?:zm\.|zmien\w+|zmian\w+|uchyl\w*\.?|zastapion\w*|por\.|zob\.)[^|\t;\n]{0,30}$")
_OTHER_DATE = lazy(
    r"(?<!\w)(?:przekaz\w+|oglosz\w+|opublik\w+|publik\w+|wejsci\w+|wchodzi|obowiaz\w+|wykona\w+|termin\w*|uchyl\w+|zmien\w+|zm\.|stan\s+na|wplyn\w+|wplyw\w*|aktualiz\w+)[^|\t;\n]{0,30}$"
)
_NUMBERLESS = lazy(r"(?<!\w)(?:druk|projekt)\w*\s*(?:uchwal\w{0,2}\s*)?(?:nr\s*)?$")
"""Before the number of a draft, which is none of a resolution."""
_VALUE = lazy(r"(?:[^\W\d_][\w ()-]{1,28}):\s")
_TITLE_LABEL = re.compile(r"(?:tytul|przedmiot|temat|nazwa|dotyczy|w\s+sprawie|tresc)(?:\s+\w+){0,2}\s?:\s")
_HEADS_BALLOT = re.compile(
    r"(?:\A|\n)(?:glosowani\w+|glosowano|temat|tytul|przedmiot|podjeci\w+|uchwala|projekt|w\s+sprawie)(?!\w)"
)
_RESULT = re.compile(
    r"[-+*\d ]{0,4}(?:wynik\w*(?:\s+glosowania)?\s?[:|-]"
    r"|(?:(?:glosy\s+)?za|przeciw\w*|wstrzym\w*(?:\s+sie)?)\s?[:|=-]?\s?\d)"
)
_CELL = lazy(r"\s*\|\s*|\t\s*|\s{3,}|;\s?")
_OUTCOME = lazy(
    r"(?:za|przeciw\w*|wstrzym\w*|wynik\w*|rezultat|nie\s+glosow\w+|nieobecn\w*|obecn\w*|uprawnion\w*|ustawow\w*|kworum|quorum|liczba\s+(?:\w+\s+)?(?:glos|radn|obecn|uprawn)\w*|glosow\s+\w+|oddan\w*)(?!\w)"
)
_TALLY = lazy(
    r"[-+*\s]{0,4}(?:wynik\w*\s+glosowania\s?:?\s{0,3}$|(?:glosy\s+)?za\s?[:=-]?\s?\d{1,3}\W{1,4}(?:glosy\s+)?przeciw)"
)
"""Below a title and a blank line: "ZA: 12, PRZECIW: 6"."""
_COLUMNS = {"za": "for", "glosy za": "for", "przeciw": "against", "wstrz": "abstain"}
_LONGEST_ROW = 600
_SEVERAL, _BESIDE_NUMBER = 3, 10
"""How many lines that are numbers make entries of what stands below them; how much more than it such a line has."""
_SESSION = lazy(r"(?<!\w)(?:sesj\w+|posiedzeni\w+|obrad\w*)")


@dataclass(slots=True)
class RegisterReader:
    """Reads the rows of one document. `used` are the starts of the segments that it has read."""

    reading: Reading
    used: set[int] = field(default_factory=set)
    _remarks: RowRemarks = field(init=False)
    _numbers: set[int] | None = None

    def __post_init__(self) -> None:
        self._remarks = RowRemarks(self.reading)

    def events(self) -> list[Event]:
        """What rows about joining or leaving the association tell."""
        if self.reading.paper in (Paper.RESOLUTION, Paper.DRAFT, Paper.AGENDA):
            return []
        tables_only = self.reading.paper is Paper.MINUTES
        found: list[Event] = []
        for index, part in enumerate(self.reading.parts):
            if not tables_only or part.kind is BlockKind.TABLE_ROW:
                found.extend(self._row(index, part))
        for event in found:
            if event.date is None and event.resolution is not None:
                event.date = self._dated_elsewhere(event.resolution)
        return found + self._repealed_elsewhere(found)

    def _dated_elsewhere(self, number: str) -> str | None:
        """The day that another row gives for a resolution that this one only names: "uchylona uchw. XV/99/2007"."""
        return next((a.date.iso for a in self.reading.acts if a.number == number and a.date is not None), None)

    def _repealed_elsewhere(self, found: list[Event]) -> list[Event]:
        """The withdrawals of rows that name an accession's resolution only by number: "uchylenie uchwały nr V/3"."""
        joined = {e.resolution: e for e in found if e.stage is Stage.RESOLVED and e.kind is EventKind.ACCESSION}
        joined.pop(None, None)
        left = {e.actor.name for e in found if e.kind is EventKind.WITHDRAWAL}
        folded = self.reading.clean.folded
        repeals: list[Event] = []
        for part in self.reading.parts if joined else ():
            if part.start in self.used or part.end - part.start > _LONGEST_ROW:
                continue
            word = REPEAL.search(folded, part.start, part.end)
            acts = [a for a in self.reading.acts if part.start <= a.start < part.end] if word is not None else []
            told = next((joined[a.number] for a in acts[1:] if a.number in joined), None)
            if word is None or told is None or told.actor.name in left or acts[0].start > word.start():
                continue
            if self._remarks.was_not_passed(part):
                continue
            left_by, stage, at = EventKind.WITHDRAWAL, Stage.RESOLVED, word.start()
            repeal = Event(told.actor, left_by, stage, part.start, part.end, at, "register.row", 0.85)
            repeal.resolution, repeal.date = acts[0].number, self._beside(acts[0])
            self.used.add(part.start)
            repeals.append(repeal)
        return repeals

    def _row(self, index: int, part: Segment) -> list[Event]:
        reading = self.reading
        folded = reading.clean.folded
        if part.end - part.start > _LONGEST_ROW:
            return []
        subject = self._subject(part)
        if subject is None or not self._among_rows(index):
            return []
        step, kind, body = subject
        first, last = self._record(index)
        start, end = reading.parts[first].start, reading.parts[last].end
        before, after = folded[start:step], folded[body.end : end]
        acts = [a for a in reading.acts if start <= a.start < end]
        own = self._own_act(acts, step, body.end)
        ballot = self._columns(index) or read_ballot(folded, step, end)
        stage = self._remarks.stage(after, own, ballot, part)
        towns = [t for t in reading.towns if step <= t.start < body.start and t.is_actor]
        if not towns:
            towns = [t for t in reading.towns if start <= t.start < step and t.role == "council"]
        if not towns:  # "przystąpienie do ZMP – Gmina Wolbrom"
            behind = [t for t in reading.towns if body.end <= t.start < end and t.is_actor]
            towns = [t for t in behind[:1] if _NEXT_CELL.fullmatch(folded, body.end, t.start)]
        name = towns[0].name if towns else reading.home_name
        if stage is None or name is None:
            return []
        actor = Actor(name, towns[0].municipality if towns else reading.home)

        def event(of: EventKind, at: Stage, act: Act | None, day: str | None) -> Event:
            made = Event(actor, of, at, part.start, part.end, step, "register.row", 0.85)
            made.resolution = act.number if act is not None else None
            made.date = day
            return made

        self.used.update(p.start for p in reading.parts[first : last + 1])
        day = (own.date.iso if own is not None and own.date is not None else None) or self._day(first, start, end)
        inner = next((a for a in acts if part.start <= a.start < step and a is not own), None)
        if inner is None and own is not None and own.start < step and own.start > part.start:
            lead = folded[start : own.start]
            inner = own if REPEAL.search(lead) or _CHANGES.search(lead) else None
        if kind is EventKind.ACCESSION and REPEAL.search(before):
            former = event(EventKind.ACCESSION, Stage.RESOLVED, inner, self._beside(inner))
            own = None if own is inner else own
            repeal = event(EventKind.WITHDRAWAL, stage, own, day)
            repeal.votes = ballot.votes if ballot and stage is not Stage.PROPOSED else None
            return [repeal, former]
        if _CHANGES.search(before) and re.search(r"(?<!\w)uchwal", before):
            return [event(kind, Stage.RESOLVED, inner, self._beside(inner))]
        told = event(kind, stage, None if stage is Stage.PROPOSED else own, day)
        if stage is not Stage.PROPOSED and ballot is not None:
            told.votes = ballot.votes
        events = [told]
        repealing = next(
            (
                a
                for a in acts
                if a.start > body.end
                and (_REPEALED_BY.search(folded[body.end : a.start]) or (a is not own and self._repealed_column(first)))
            ),
            None,
        )
        joined = self._remarks.board_took(body.end, end)
        if kind is EventKind.ACCESSION and stage is Stage.RESOLVED and joined is not None:
            events.append(event(EventKind.ACCESSION, Stage.ADMITTED, None, joined[0]))
        ended = self._remarks.ended(body.end, end)
        if kind is EventKind.WITHDRAWAL and stage is Stage.RESOLVED and ended is not None:
            events.append(event(EventKind.WITHDRAWAL, Stage.ADMITTED, None, ended[0]))
        if kind is EventKind.ACCESSION and stage is Stage.RESOLVED and repealing is not None:
            events.append(event(EventKind.WITHDRAWAL, Stage.RESOLVED, repealing, self._beside(repealing)))
        return events

    def _repealed_column(self, index: int) -> bool:
        """Whether a column of the table names the resolutions that repealed those of its rows."""
        parts, folded = self.reading.parts, self.reading.clean.folded
        headers = [p for p in parts[max(0, index - 60) : index] if p.kind is BlockKind.TABLE_ROW]
        return bool(headers) and _BY_COLUMN.search(folded[headers[0].start : headers[0].end]) is not None

    @staticmethod
    def _beside(act: Act | None) -> str | None:
        return act.date.iso if act is not None and act.date is not None else None

    def _subject(self, part: Segment) -> tuple[int, EventKind, Body] | None:
        """Where a row says "przystąpienie … do" or "wystąpienie … z" the association, with no sentence before it.

        An index puts the body first: "Związek Miast Polskich – przystąpienie, nr V/22/2019".
        """
        folded = self.reading.clean.folded
        for body in self.reading.ours(part.start, part.end):
            entered = step_behind(folded, body.end, part.end)
            if entered is not None and self._bare(part.body or part.start, body.start):
                return body.start, entered, body
            lead = folded[max(part.start, body.start - 130) : body.start]
            offset = body.start - len(lead)
            steps = [(m, EventKind.ACCESSION) for m in _JOIN.finditer(lead)]
            steps += [(m, EventKind.WITHDRAWAL) for m in _LEAVE.finditer(lead)]
            if not steps:
                continue
            step, kind = max(steps, key=lambda s: s[0].start())
            if not leads_to(self.reading, offset + step.end(), body.start, kind):
                continue
            if kind is EventKind.ACCESSION and len(steps) > 1:
                earlier = [k for m, k in steps if m.start() < step.start()]
                if step[0].startswith("czlonkostw") and EventKind.WITHDRAWAL in earlier:
                    kind = EventKind.WITHDRAWAL
            start = offset + step.start()
            if self._bare(part.body or part.start, start):
                return start, kind, body
        return None

    def _bare(self, start: int, end: int) -> bool:
        """Whether nothing but numbers, dates, towns and words of titles stands before the matter of a row."""
        reading = self.reading
        text = list(reading.clean.folded[start:end])
        spans = [(a.start, a.end) for a in reading.acts] + [(d.start, d.end) for d in reading.dates]
        spans += [(t.start, t.end) for t in reading.towns]
        for first, last in spans:
            if start <= first < end:
                text[first - start : min(last, end) - start] = " " * (min(last, end) - first)
        rest = _LEADING.sub(" ", "".join(text))
        for word in (_JOIN, _LEAVE):
            rest = word.sub(" ", rest)
        cells = re.split(r"[|\t;:]|\s-\s", rest)
        return not re.search(r"[a-z]{2,}", cells[-1]) and len(re.findall(r"[a-z]{3,}", rest)) <= 5

    def _row_like(self, part: Segment) -> bool:
        if part.kind is BlockKind.TABLE_ROW or part.level:
            return True
        return begins_row(self.reading.clean.text[part.start : part.end])

    def _among_rows(self, index: int) -> bool:
        """Whether a segment is a row among rows, or an entry of a printed record of ballots."""
        parts = self.reading.parts
        if self.reading.paper is Paper.REGISTER:
            return True
        if not self._row_like(parts[index]):
            return self._labelled(index) or self._balloted(index) or self._below_its_number(index)
        near = parts[max(0, index - 4) : index] + parts[index + 1 : index + 5]
        return sum(self._row_like(p) for p in near) >= 1

    def _labelled(self, index: int) -> bool:
        """Whether a segment is the line "Tytuł: …" of a card whose other lines are labels and values as well."""
        parts, folded = self.reading.parts, self.reading.clean.folded
        if not _TITLE_LABEL.match(folded[parts[index].start : parts[index].end]):
            return False
        near = parts[max(0, index - 3) : index] + parts[index + 1 : index + 5]
        return sum(_VALUE.match(folded[p.start : min(p.end, p.start + 40)]) is not None for p in near) >= 2

    def _below_its_number(self, index: int) -> bool:
        """Whether a segment stands below a line that is the number of a resolution, as others of the text do."""
        numbers = self._lines_of_numbers()
        return index > 0 and self.reading.parts[index - 1].start in numbers and len(numbers) >= _SEVERAL

    def _lines_of_numbers(self) -> set[int]:
        """Where the segments begin that are nothing but the number of a resolution."""
        if self._numbers is None:
            starts = [part.start for part in self.reading.parts]
            self._numbers = set()
            for act in self.reading.acts:
                part = self.reading.parts[max(0, bisect_right(starts, act.start) - 1)]
                if part.end - part.start - (act.end - act.start) <= _BESIDE_NUMBER:
                    self._numbers.add(part.start)
        return self._numbers

    def _balloted(self, index: int) -> bool:
        """Whether a segment heads the record of a ballot: "Głosowanie nr 4: …", and below it "Wynik: przyjęto"."""
        parts, folded = self.reading.parts, self.reading.clean.folded
        if not _HEADS_BALLOT.search(folded[parts[index].start : parts[index].end]):
            return False
        below = parts[index + 1 : index + 4]
        return any(_RESULT.match(folded, p.start, p.end) is not None for p in below)

    def _record(self, index: int) -> tuple[int, int]:
        """The segments of a row: those before it back to its number, and those after it up to the next row."""
        parts = self.reading.parts
        first = last = index
        row = self._row_like(parts[index]) or self._numbered(parts[index])
        while not row and first > 0 and not parts[first].gap and index - first < 6:
            first -= 1
            if self._row_like(parts[first]) or self._numbered(parts[first]):
                break
        while last + 1 < len(parts) and last - index < 8:
            after = parts[last + 1]
            line = self.reading.clean.folded[after.start : min(after.end, after.start + 40)]
            opens = re.match(r"(?:lp|nr|temat|tytul|przedmiot|uchwala|glosowanie|sesja|posiedzenie)(?!\w)", line)
            value = (_VALUE.match(line) is not None or _RESULT.match(line) is not None) and not opens
            another = self._row_like(after) or (row and self._numbered(after))
            apart = after.gap and (not _OUTCOME.match(line) or (row and not _TALLY.match(line)))
            if apart or opens or (another and not value):
                break
            last += 1
        return first, last

    def _numbered(self, part: Segment) -> bool:
        return any(part.start <= a.start < part.end for a in self.reading.acts)

    def _own_act(self, acts: list[Act], step: int, body_end: int) -> Act | None:
        """The row's own number: the first before the matter, else the first after it that is no remark on another."""
        folded = self.reading.clean.folded
        named = [a for a in acts if not _NUMBERLESS.search(folded[max(0, a.start - 16) : a.start])]
        before = [a for a in named if a.start < step and not _OTHER_ACT.search(folded[self._line(a.start) : a.start])]
        if before:
            return before[0]
        after = [
            a for a in named
            if a.start >= body_end and not _OTHER_ACT.search(folded[max(body_end, a.start - 60) : a.start])
        ]  # fmt: skip
        return after[0] if after else None

    def _line(self, place: int) -> int:
        """Where the line of a place begins, sixty characters before it at most."""
        return max(self.reading.clean.folded.rfind("\n", 0, place) + 1, place - 60)

    def _columns(self, index: int) -> Ballot | None:
        """The ballot of a row whose table has a column each for "za", "przeciw" and "wstrzymało się"."""
        parts, folded = self.reading.parts, self.reading.clean.folded
        row = parts[index]
        values = _CELL.split(folded[row.start : row.end].strip("| "))
        for header in reversed(parts[max(0, index - 60) : index]):
            names = _CELL.split(folded[header.start : header.end].strip("| "))
            if len(names) != len(values) or len(names) < 4:
                continue
            found: dict[str, int] = {}
            for name, value in zip(names, values, strict=True):
                column = next((c for c in _COLUMNS if name.strip(' ".').startswith(c)), None)
                if column is not None and re.fullmatch(r"\d{1,3}|-", value.strip()):
                    found[_COLUMNS[column]] = int(value) if value.strip() != "-" else 0
            if "for" in found and "against" in found:
                return Ballot(row.start, row.end, Votes(found["for"], found["against"], found.get("abstain")))
        return None

    def _day(self, first: int, start: int, end: int) -> str | None:
        """The day in the row, else that of the session under which the row stands."""
        reading = self.reading
        folded = reading.clean.folded

        def fits(mention: DateMention) -> bool:
            return mention.day is not None and not _OTHER_DATE.search(
                folded[max(0, mention.start - 60) : mention.start]
            )

        inside = [d for d in reading.dates if start <= d.start < end and fits(d)]
        if inside:
            return inside[0].iso
        for earlier in reversed(reading.parts[max(0, first - 40) : first]):
            if self._row_like(earlier) and earlier.kind is BlockKind.TABLE_ROW:
                continue
            line = folded[earlier.start : earlier.end]
            days = [d for d in reading.dates if earlier.start <= d.start < earlier.end and fits(d)]
            if len(days) == 1 and len(line) < 160 and _SESSION.search(line):
                return days[0].iso
        return reading.session.iso if reading.session is not None else None
