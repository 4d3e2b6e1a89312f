"""The same done by another town: "Podobną decyzję podjęły Sejny", "Burmistrz zaproponuje radnym podobny krok"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from zmpwatch.extract.binding.event import Event
from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.decisions.verdicts import refuses
from zmpwatch.extract.discourse.topic import Discourse
from zmpwatch.extract.structure.clause import Clause
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.towns.finding import Role
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.signs import signs_of
from zmpwatch.model import Stage

__all__ = ["LikewiseReader"]

_ALIKE = (
    r"(?:podobnie|tak\s+samo|identycznie|analogicznie)\s+(?:\w+\s+)?"
    r"(?:postapi|zrobi|uczyni|zdecydowa|zadecydowa|zaglosowa|uchwali)(?:l[aoiy]?|li)(?!\w)"
)
_DID_THE_SAME = lazy(
    r"(?<!\w)(?P<paper>(?:podobn|analogiczn|identyczn|tak)\w{1,3}\s+(?:sam\w{1,3}\s+)?(?:uchwal|decyzj)\w*)\s+[^.;]{0,40}?(?:podj\w+|przyj\w+|przeglosow\w+|zapad\w+|ma(?:ja)?(?!\w))"
    r"|(?<!\w)(?:podj\w+|przyj\w+|przeglosow\w+|zapad\w+)\s+[^.;]{0,40}?(?P<paper2>(?:podobn|analogiczn|identyczn|tak)\w{1,3}\s+(?:sam\w{1,3}\s+)?(?:uchwal|decyzj)\w*)"
    r"|(?<!\w)to\s+samo\s+[^.;]{0,30}?(?:zrobi|uczyni)l\w*|(?:zrobi|uczyni)l\w*\s+to\s+samo"
    rf"|(?<!\w){_ALIKE}|(?<!\w)w\s+(?:jego|jej|ich)\s+slady\s+(?:\w+\s+)?poszl\w+|(?<!\w)poszl\w+\s+w\s+(?:jego|jej|ich)\s+slady"
    r"|(?<!\w)(?:taki|ten)\s+sam\s+los\s+spotkal"
)
_ON_A_MATTER = lazy(r"(?<!\w)(?:w\s+sprawie|dotyczac\w+)\s+(?!tej)\w")
_THE_SAME = lazy(
    r"(?<!\w)(?:(?:podobn|analogiczn|identyczn|tak)\w{1,3}\s+(?:sam\w{1,3}\s+)?(?:krok\w*|uchwal\w*|decyzj\w*|ruch\w*|projekt\w*|wnios\w*|plan\w*|zamiar\w*)|to\s+samo|(?:o|nad)\s+tym\s+samym|pojsc\s+w\s+(?:ich\s+)?slady|w\s+(?:jego|jej|ich)\s+slady|(?:taki|ten)\s+sam\s+los)(?!\w)"
    rf"|(?<!\w){_ALIKE}",
    *("podobn", "analogiczn", "identyczn", "tak", "=samo", "=sam", "=samym", "=slady"),
)
_SO_DID = lazy(
    r"\W*(?<!\w)(?:podobnie|tak\s+samo|identycznie|analogicznie)(?:\s+(?:tez|takze|i|jest|bylo|postapil[aoiy]?|postapily|zrobil[aoiy]?|uczynil[aoiy]?))*\s+$",
    *("=podobnie", "=samo", "identycznie", "analogicznie"),
)
"""Before a town that did what another did: "Podobnie Police"."""
_DOES_NOT = lazy(
    r"(?<!\w)(?:nie|ani|nikt)\s+(?:(?:sie|nad|o|ich|go|jej)\s+)?(?:(?!tylko)\w+\s+)?(?:ma(?:ja)?|mial[aoiy]?|bylo|bedzie|pada\w*|slychac|widac|sklada\w*|zloz\w+|wniesl\w*|wnios\w*"
    r"|planuj\w*|zamierz\w*|przygot\w*|szykuj\w*|rozwaz\w*|mysl\w*|pracuj\w*|przewid\w*|chc\w+|dyskut\w*|rozmawia\w*)(?!\w)"
    r"|(?<!\w)nikt\s+(?:\w+\s+){0,2}nie\s|(?<!\w)(?:doradza|radzi|podpowiada|poleca)\w*\s+(?:\w+\s+){0,2}?(?:urzedni|kole)\w+"
)
"""As in "Krasnystaw podobnego projektu nie ma": whose plan is denied."""
_NO_MORE = lazy(r"\s*(?:[.!…)]|$|,\s+(?:choc|ale|tyle|z\s+t\w+|lecz|jednak|mimo)(?!\w))")
_NEARBY = 900
_SOON = 120


@dataclass(slots=True)
class LikewiseReader:
    """Reads who did, or plans, what another town is told of."""

    NEEDS: ClassVar[int] = signs_of(_THE_SAME, _SO_DID)
    discourse: Discourse

    def events(self, sentence: Sentence, found: Sequence[Event]) -> list[Event]:
        """As in "Burmistrz zaproponuje radnym podobny krok": what another town did is planned here, too."""
        if not found:
            return []
        if _THE_SAME.search(sentence.folded) is None:
            return self._so_did(sentence, found)
        if not sentence.has("plan", "decide_later"):
            return self._did_likewise(sentence, found)
        last = found[-1]
        if sentence.start - last.end > _NEARBY or "?" in sentence.text or refuses(sentence.folded):
            return []
        if _DOES_NOT.search(sentence.folded):
            return []
        if any(b.kind is BodyKind.OTHER for b in sentence.bodies) or (last.stage is Stage.MEMBER and len(found) == 1):
            return []
        step = next((e for e in reversed(found) if e.stage is not Stage.MEMBER), None)
        if step is None:
            return []
        named = [t for t in sentence.towns if t.role in (Role.PLAIN, Role.OFFICIAL)]
        actors = (
            self.discourse.actors(named[:1]) or self.discourse.led_by_place(sentence) or list(self.discourse.headed)
        )
        return [
            Event.told(actor, step.kind, Stage.PROPOSED, sentence, sentence.start, "sentence.likewise", 0.65, weak=True)
            for actor in actors
            if actor.name != step.actor.name
        ]

    def _so_did(self, sentence: Sentence, found: Sequence[Event]) -> list[Event]:
        """As in "Zarząd przyjął Leżajsk. Podobnie Police": a town, and nothing else said of it."""
        first = sentence.towns[0] if sentence.towns else None
        if first is None or _SO_DID.match(sentence.slice(sentence.start, first.start)) is None:
            return []
        step = found[-1]
        if sentence.start - step.end > _SOON or sentence.bodies or first.role != Role.PLAIN or not first.nominative:
            return []
        actors = self.discourse.actors(self.discourse.rows.tail(sentence, [first]))
        last = next(t for t in sentence.towns if t.name == actors[-1].name)
        if _NO_MORE.match(self.discourse.reading.clean.folded, last.end) is None:
            return []
        events = []
        for actor in actors:
            event = Event.told(actor, step.kind, step.stage, sentence, sentence.start, "sentence.likewise", 0.7)
            event.date = step.date if step.stage is Stage.ADMITTED else None
            events.append(event)
        return [e for e in events if e.actor.name != step.actor.name]

    def _did_likewise(self, sentence: Sentence, found: Sequence[Event]) -> list[Event]:
        """As in "Podobną decyzję rok wcześniej podjęły Sejny", "To samo zrobiła Hajnówka"."""
        step = next((e for e in reversed(found) if e.stage in (Stage.RESOLVED, Stage.ADMITTED)), None)
        done = _DID_THE_SAME.search(sentence.folded)
        if step is None or done is None or sentence.start - found[-1].end > _SOON or "?" in sentence.text:
            return []
        if refuses(sentence.folded) or _ON_A_MATTER.search(sentence.folded) or sentence.has("not", "board"):
            return []
        if any(b.kind is BodyKind.OTHER for b in sentence.bodies):
            return []
        towns = [
            t
            for t in sentence.towns
            if (t.role == Role.COUNCIL or (t.role == Role.PLAIN and t.nominative))
            and not self.discourse.rows.compared(t, sentence)
        ]
        stage = Stage.RESOLVED if done["paper"] or done["paper2"] else step.stage
        clause = Clause(sentence.start, sentence.end)
        events = []
        for actor in self.discourse.actors(self.discourse.rows.tail(sentence, towns[:1])):
            if actor.name != step.actor.name:
                event = Event.told(actor, step.kind, stage, sentence, sentence.start, "sentence.likewise", 0.7)
                self.discourse.binder.bind(event, sentence, clause)
                if event.stage is Stage.ADMITTED and not sentence.dates:
                    event.date = step.date  # "Tak samo postąpiły B i C"
                if event.votes == step.votes:
                    event.votes = None  # of the step that it is likened to
                events.append(event)
        return events
