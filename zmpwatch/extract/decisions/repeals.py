"""Accession resolutions taken back by the council itself: "uchyliła uchwałę o akcesie", "w sierpniu ją uchyliła"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from zmpwatch.extract.binding.event import Actor, Event
from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.dates.resolving import DateMention
from zmpwatch.extract.decisions.verdicts import refuses
from zmpwatch.extract.discourse.topic import Discourse
from zmpwatch.extract.papers.acts import Act
from zmpwatch.extract.structure.clause import Clause, clause_at
from zmpwatch.extract.structure.sentences import Sentence, Word
from zmpwatch.extract.votes.ballots import Ballot
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.matters import JOINING
from zmpwatch.extract.words.signs import signs_of
from zmpwatch.extract.words.undoing import UNDO, UNDO_CUES, UNDOING
from zmpwatch.model import EventKind, Stage

__all__ = ["RepealReader", "of_a_standing_act", "repealed", "speaks_of_repeal"]

_TAKES_BACK = rf"(?:{UNDO}|(?:cofn|odwola|pozbawi|wycofa)\w+)"
_CUES = (*UNDO_CUES, "cofn", "odwola", "pozbawi", "wycof")
_UNDONE = (
    r"(?:(?:uchyl|uniewazni|odwola|skasowa|anulowa)(?:[ily]*l(?:[aoiy]|iby|yby)?|no|ono|n[aey]|on[aey])"
    r"|cofn(?:al|ela|eli|eto)|wycofa(?:l[aio]?|no))"
)
"""What a council has done to a resolution, in its finite forms."""
_FEW = r"(?:(?!(?:auto)?poprawk|projekt|wnios)[\w-]+\.?\s+){0,6}?"
"""A few words, none of them of a paper that is no resolution yet: "wycofał autopoprawkę do projektu uchwały"."""
_REPEALED = lazy(
    rf"(?<!\w)(?<!\bnie\s)(?:(?:{_UNDONE}|{UNDOING})\s+{_FEW}uchwal(?!\w*\s+z\s+(?:porzadku|obrad))"
    rf"|pozbawi(?:l[ai]|ono)\s+(?:[\w-]+\s+){{0,3}}?mocy\s+(?:\w+\s+)?{_FEW}uchwal"
    r"|wycof(?:al\w*|uje\w*|uja)\s+sie\s+z\s+(?:\w+\s+)?(?:decyzji|uchwaly)|cofn(?:al|ela|eli|ieto)\s+(?:\w+\s+)?(?:zgode|uchwale)(?!\w))",
    *_CUES,
)
_NOT_DONE = (
    r"(?:nie|ani|nigdy|moze|mog\w+|powin\w+|mial\w*|maja?|mus[iz]\w*|zostani\w+|zostana"
    r"|bedzie|beda|\w+l[aoiy]?by|oby|niech)(?!\w)"
)
"""Before what has not been undone: "nie została", "powinna być", "zostałaby uchylona"."""
_STILL_STANDS = lazy(rf"(?<!\w){_NOT_DONE}\s+(?:\w+\s+){{0,2}}$")
_WOULD_UNDO = lazy(r"(?<!\w)(?:uchyli|uniewazni|anulowa|skasowa|cofn)\w*l[aoiy]?by(?!\w)", *_CUES)
_BEHIND_IT = lazy(rf"(?:(?!{_NOT_DONE})[\w.-]+\s+){{0,9}}?(?:{_UNDONE}|pozbawi(?:l[ai]|ono)\s+mocy)(?!\w)", *_CUES)
_ANOTHER_PASSED = lazy(
    r"(?<!\w)(?:podje\w+|podjal\w*|uchwalil\w*|przyjel\w*|przyjal\w*)\s+(?:[\w-]+\s+){0,4}?uchwal", "uchwal"
)
"""As in "uchyliła uchwałę w sprawie opłat i podjęła uchwałę o przystąpieniu"."""
_BEFORE_IT = lazy(r"(?<!\w)(?<!projekt\s)uchwal[ea]\s[^;]{0,120}$")
"""As in "uchwałę o przystąpieniu do Związku rada uchyliła": what is undone stands first."""
_OTHERS = r"(?:(?:wojewod|nadzor|kolegi|zgromadzeni|prokurator|trybunal|regionaln\w+\s+izb)\w*|sad|rio|nsa|wsa)"
_BY_OTHERS = lazy(
    rf"(?<!\w)(?:po|mimo|pomimo)\s+(?:\w+\s+)?{UNDOING}"
    rf"|{UNDO}[^.;]{{0,60}}?(?<!\w){_OTHERS}(?!\w)|(?<!\w){_OTHERS}\s+(?:[\w-]+\s+){{0,4}}{UNDO}"
)
"""Repealed by the voivode, a court or whoever else watches over councils, not by the council that took the decision."""
_REPEALED_ACT = lazy(rf"{_TAKES_BACK}\s+{_FEW}uchwal\w+\s+(?:nr\.?\s+|numer\s+)?$")
_RESOLUTION_OF = lazy(
    rf"{_TAKES_BACK}\s+{_FEW}uchwal\w+\s+(?:(?:nr|numer)\.?\s+\S+\s+)?(?:podjet\w+\s+)?(?:z|w)?\s*(?:dnia\s+|roku\s+)?$"
)
_WHICH_WAS_TAKEN = lazy(
    r",\s+ktora\s+(?:[\w-]+\s+){0,4}?(?:podj|przyj|uchwal|przeglosow|powzi)\w+\s+(?:w\s+|dnia\s+|roku\s+){0,2}$"
)
"""As in "uchyliła uchwałę o wstąpieniu, którą poprzednia rada podjęła 4 maja"."""
_OF_ITS_DAY = lazy(r"\s*(?:(?:do|ze?)\s*)?(?:z|podjet\w)\s+(?:dnia\s+|roku\s+)?")
_TO_BE_UNDONE = lazy(
    rf"(?<!\w)(?:a|ze)?by\s+(?:[\w-]+\s+){{0,6}}?(?:{_UNDONE}|pozbawi)"
    rf"|(?<!\w)(?:projekt\w*|(?<!\bna\s)wnios\w+|propozycj\w+|proponuj\w*|chc[eai]\w*|postulat\w*|apel\w*|domaga\w*|petycj\w+|pomysl\w*)(?!\w)[^.;]{{0,60}}?(?<!\w)(?:{UNDOING}|(?:uchyli|uniewazni|anulowa|skasowa|cofna)c|uchylajac\w+)(?!\w)",
    *_CUES,
)
"""As in "radny chce, by rada uchyliła uchwałę": what is asked for."""
_AGAINST_IT = lazy(
    rf"(?<!\w)(?:przeciw(?:ko|na|ni|ny|nych)?|sprzeciwi\w+\s+sie|nie\s+(?:zgodzi\w+\s+sie\s+na|popar\w+)|odrzuci\w+|odmowi\w+)\s+(?:[\w-]+\s+){{0,4}}?{UNDOING}(?!\w)",
    *("przeciw", "zgodzi", "popar", "odrzuci", "odmowi"),
)
_ON_OTHER_MATTER = (
    rf"\s+(?:(?:o|w\s+sprawach?|w\s+sprawie|dotycz\w+)\s+(?!(?:\w+\s+)?(?:{JOINING}))"
    r"|(?!(?:intencyjna|akcesyjna|wlasna|poprzednia)(?!\w))\w+(?:ow|sk|ck|jn|zn|ln)a(?!\w))"
)
"""Behind a resolution that is not the one told before: "uchwałę o opłatach", "uchwałę budżetową"."""
_TAKEN_BACK = lazy(
    r"(?<!\w)(?:ja|je|te\s+uchwale|swoja\s+(?:uchwale|decyzje)|te\s+decyzje|tamta\s+(?:uchwale|decyzje)|uchwale(?!"
    rf"{_ON_OTHER_MATTER}"
    r"))\s+(?:[\w-]+\s+){0,3}?(?P<a>uchyli\w+|uchylon\w+"
    r"|uniewaznil\w*|cofn\w+|odwolal\w*|anulowal\w*|anulowano|skasowal\w*|skasowano|wycofa(?:l[ai]|no)(?!\w)(?!\s+z\s))"
    r"|(?<!\w)(?P<b>uchyli(?:l|la|li|lo|ly)|uniewaznil\w*|cofnel\w*|anulowal\w*|skasowal\w*|wycofal[ai])\s+(?:[\w-]+\s+){0,2}?(?:ja|te\s+uchwale|swoja\s+(?:uchwale|decyzje)|te\s+decyzje|wlasna\s+(?:uchwale|decyzje)|poprzednia\s+(?:uchwale|decyzje))(?!\w)(?!\s+z\s)"
    r"|(?<!\w)(?P<c>uchwal[ae]\s+(?:ta\s+|te\s+)?(?:zosta\w+\s+)?(?:uchylon|anulowan|uniewaznion)\w+)"
    r"|(?<!\w)(?P<d>wycofa(?:l|la|li)\s+sie)\s+z\s+(?:tej|niej|swojej|podjetej)\s*(?:decyzji|uchwaly)?"
    r"|(?<!\w)(?P<e>pozbawi(?:l[ai]|ono))\s+(?:ja\s+)?(?:\w+\s+)?mocy(?!\w)(?!\s+(?:\w+\s+)?uchwale)",
    *_CUES,
)
_WHOSE_ACT = lazy(
    rf"(?<!\w)(?<!\bnie\s){_UNDONE}\s+{_FEW}uchwal\w+[^;]{{0,80}}?,\s+(?:ktora|(?:na\s+)?mo[ac][cay]\w?\s+ktorej|na\s+podstawie\s+ktorej)(?!\w)"
    rf"|(?<!\w)uchwal[ea]\s[^;]{{0,80}}?,\s+(?:ktora|(?:na\s+)?mo[ac][cay]\w?\s+ktorej|na\s+podstawie\s+ktorej)\s[^;,]{{5,120}},\s+(?:(?!{_NOT_DONE}|uchwal|projekt)[\w.-]+\s+){{0,8}}?{_UNDONE}(?!\w)",
    *_CUES,
)
"""As in "uchylono uchwałę, którą X przystąpiła do Związku": what the resolution did stands in a relative clause."""
_UNREAL = lazy(
    r"(?<!\w)(?:nie|gdyby|jesli|jezeli|czy|moze|chce\w*|wniosek|projekt\w*|proponuj\w*|bedzie|zostanie|powin\w+|\w+l[aoiy]?by|wojewod\w*|sad\w*)(?!\w)"
)


_UNDONE_OR_TO_BE = lazy(rf"(?<!\w){UNDO}", *UNDO_CUES)
_NO_SUCH_ACT = lazy(
    r"(?<!\w)(?:nie\s+(?:ma|bylo|podje\w+|podjal\w*|uchwali\w+|zapad\w+|istniej\w+)|brak\w*|projekt\w*|gdyby|jesli|jezeli|czy)(?!\w)"
)
_ITS_SUBJECT = lazy(
    r"(?<!\w)uchwal[aeyi]?\s+[^;,:]{0,90}?(?:o|w\s+sprawie|dotycz\w+)\s+(?:\w+\s+)?$"
    r"|(?<!\w)uchwal[aey]\s*,\s+(?:na\s+mocy|moca|na\s+podstawie)\s+ktorej\s[^;,:]{2,60}$"
)


def of_a_standing_act(sentence: Sentence, start: int) -> bool:
    """As in "sąd uchylił uchwałę o przystąpieniu", "uchwała powinna być uchylona": what is undone had been adopted."""
    folded = sentence.folded
    if _UNDONE_OR_TO_BE.search(folded) is None or _NO_SUCH_ACT.search(folded) is not None:
        return False
    return _ITS_SUBJECT.search(sentence.slice(sentence.start, start)) is not None


def speaks_of_repeal(sentence: Sentence, word: Word, clause: Clause) -> bool:
    """Whether the resolution on a step is what a council undoes in its clause."""
    if _BY_OTHERS.search(sentence.folded) or _WOULD_UNDO.search(sentence.folded):
        return False
    scope = sentence.slice(clause.start, clause.end)
    undone = next((m for m in _REPEALED.finditer(scope) if _STILL_STANDS.search(scope[: m.start()]) is None), None)
    if undone is None:
        return _is_undone_behind(sentence, word, clause)
    return _ANOTHER_PASSED.search(sentence.slice(clause.start + undone.end(), word.start)) is None


def _is_undone_behind(sentence: Sentence, word: Word, clause: Clause) -> bool:
    """As in "uchwałę o przystąpieniu do Związku rada anulowała": with no other matter in between."""
    body = next((b for b in sentence.bodies if word.end <= b.start < clause.end), None)
    if body is None or _BEFORE_IT.search(sentence.slice(clause.start, word.start)) is None:
        return False
    return _BEHIND_IT.match(sentence.slice(body.end, clause.end).lstrip(' "')) is not None


def repealed(discourse: Discourse, sentence: Sentence, word: Word, clause: Clause) -> Iterator[Event]:
    """As in "rada uchyliła uchwałę o przystąpieniu": a withdrawal, and the accession that was resolved before."""
    own, act = _its_day(sentence, word), _its_number(discourse, sentence, word)
    stage = _how_far(sentence, clause, discourse.binder.ballots.told(sentence, clause))
    for actor in discourse.owners(sentence, word, clause):
        left = Event.told(actor, EventKind.WITHDRAWAL, stage, sentence, word.start, "sentence.repeal", 0.8)
        joined = Event.told(actor, EventKind.ACCESSION, Stage.RESOLVED, sentence, word.start, "sentence.repeal", 0.8)
        joined.undone = True
        discourse.binder.bind(left, sentence, clause)
        if own is not None:
            joined.date = own.iso
            left.date = None if left.date == own.iso else left.date
        if act is not None:
            joined.resolution = act.number
        acts = discourse.reading.acts
        others = [a for a in acts if sentence.start <= a.start < word.start and a is not act]
        left.resolution = others[0].number if act is not None and len(others) == 1 else None
        if left.date is None:
            days = [d for d in sentence.dates if d.day is not None and d.iso not in (None, joined.date)]
            left.date = days[0].iso if len(days) == 1 else None
        yield left
        yield joined


def _how_far(sentence: Sentence, clause: Clause, ballot: Ballot | None) -> Stage:
    """How far a repeal has come: asked for, refused or done."""
    scope = sentence.slice(clause.start, clause.end)
    if _AGAINST_IT.search(scope) or refuses(scope) or (ballot is not None and ballot.carried is False):
        return Stage.REJECTED
    return Stage.PROPOSED if _TO_BE_UNDONE.search(sentence.folded) else Stage.RESOLVED


def _its_day(sentence: Sentence, word: Word) -> DateMention | None:
    """The day of the resolution that is undone."""
    own = next((d for d in sentence.dates if _RESOLUTION_OF.search(sentence.slice(sentence.start, d.start))), None)
    return own or next(
        (
            d
            for d in sentence.dates
            if _is_its_acts(sentence, word, d)
            or (d.start > word.end and _WHICH_WAS_TAKEN.search(sentence.slice(word.end, d.start)))
        ),
        None,
    )


def _its_number(discourse: Discourse, sentence: Sentence, word: Word) -> Act | None:
    """The number of the resolution that is undone."""
    return next(
        (
            a
            for a in discourse.reading.acts
            if sentence.start <= a.start < word.start and _REPEALED_ACT.search(sentence.slice(sentence.start, a.start))
        ),
        None,
    )


def _is_its_acts(sentence: Sentence, word: Word, day: DateMention) -> bool:
    """As in "uchyliła uchwałę o przystąpieniu z 27 lutego": the day behind what the repealed resolution was on."""
    between = sentence.slice(word.end, day.start)
    for body in sentence.bodies:
        if word.end <= body.start and body.end <= day.start:
            between = between.replace(sentence.slice(body.start, body.end), "")
    return day.start >= word.end and _OF_ITS_DAY.fullmatch(between) is not None


@dataclass(slots=True)
class RepealReader:
    """Reads that a council took an accession back that was told just before, or in the same sentence."""

    NEEDS: ClassVar[int] = signs_of(_TAKEN_BACK, _WHOSE_ACT)
    discourse: Discourse

    def events(self, sentence: Sentence, told: Sequence[Event]) -> Iterator[Event]:
        """The withdrawal that a repeal is."""
        if any(e.undone for e in told):
            return
        whose = _WHOSE_ACT.search(sentence.folded)
        match = whose or _TAKEN_BACK.search(sentence.folded)
        if match is None or _BY_OTHERS.search(sentence.folded):
            return
        anchor = sentence.start + (match.end() - 1 if whose else match.start())
        clause = clause_at(sentence, anchor)
        if _UNREAL.search(sentence.slice(clause.start, clause.end)):
            return
        actors = self._whose(sentence, told, sentence.end if whose else anchor)
        if whose is not None and actors and self.discourse.open is not None:
            self.discourse.open = replace(self.discourse.open, kind=EventKind.WITHDRAWAL)
        for actor in actors:
            event = Event.told(
                actor, EventKind.WITHDRAWAL, Stage.RESOLVED, sentence, anchor, "sentence.repeal", 0.8
            )  # fmt: skip
            self.discourse.binder.bind(event, sentence, clause)
            if whose is not None:
                self._part(event, told)
            yield event

    @staticmethod
    def _part(left: Event, told: Sequence[Event]) -> None:
        """Keep apart what is told of a repeal and of the resolution it undoes, which stands beside its verb."""
        for joined in told:
            if joined.kind is EventKind.ACCESSION and joined.actor.name == left.actor.name:
                joined.undone = True
                joined.date = None if joined.date == left.date else joined.date
                left.resolution = None if left.resolution == joined.resolution else left.resolution

    def _whose(self, sentence: Sentence, told: Sequence[Event], before_place: int) -> list[Actor]:
        here = [
            e.actor
            for e in told
            if e.kind is EventKind.ACCESSION and e.stage is Stage.RESOLVED and e.anchor < before_place
        ]
        if here:
            return list({a.name: a for a in here}.values())
        before = self.discourse.open
        if before is None or before.kind is not EventKind.ACCESSION or before.admitted:
            return []
        if not 0 < sentence.number - before.sentence <= 3 or any(b.kind is BodyKind.OTHER for b in sentence.bodies):
            return []
        return list(before.actors)
