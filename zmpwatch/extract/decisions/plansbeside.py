"""Plans of one town told beside, or right behind, the step of another: "a B ma projekt uchwały w tej sprawie"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from zmpwatch.extract.binding.event import Event
from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.discourse.topic import Discourse
from zmpwatch.extract.structure.clause import Clause
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.towns.finding import Role, Town
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.matters import A_STEP
from zmpwatch.extract.words.signs import signs_of
from zmpwatch.model import Stage

__all__ = ["PlanBesideReader"]

_A_PAPER = (
    r"(?:projek(?:t|ty|tem|cie|towi)|uchwal(?:a|e|y|om)|wnios(?:ek|ki|kiem|ku)|glosowani(?:e|a|u)|decyzj(?:a|e|i)"
    r"|sprawa|temat)"
)
_ITSELF = (
    r"(?:\s+(?:uchwaly|uchwale|w\s+tej\s+sprawie|o\s+tym|o\s+to\s+samo|taki|gotowy|gotowa|dopiero|na\s+razie|juz))"
)
_HAS_ONE = lazy(
    rf"\s+(?:(?:dopiero|juz|na\s+razie|tymczasem)\s+)?(?:ma|maja|przygotowuje|przygotowuja|szykuje|szykuja|opracowuje|opracowuja|czeka\s+na|czekaja\s+na)\s+"
    rf"(?:(?:dopiero|juz|gotowy|gotowe|taki|podobny|analogiczny|wlasny)\s+){{0,2}}{_A_PAPER}(?!\w){_ITSELF}{{0,3}}\s*(?:[.;!)]|$)",
    *("projek", "uchwal", "wnios", "glosowani", "decyzj", "=sprawa", "=temat"),
)
"""Behind a town: "… ma gotowy projekt uchwały w tej sprawie"."""
_TO_COME_THERE = lazy(
    rf"\s+(?:[\w-]+\s+){{0,2}}?{_A_PAPER}(?!\w){_ITSELF}{{0,2}}\s+(?:(?:\w+\s+){{0,2}}?(?:ma|maja)\s+(?:(?:[\w-]+\s+){{0,2}}?(?:byc|zostac|trafic|zapasc|podjac|stanac|pojawic)(?!\w))"
    r"|(?:zostanie|bedzie|trafi|trafia|stanie|zapadnie|podejmie|podejma|pojawi|czeka|lezy|jest\s+(?:dopiero\s+)?(?:w\s+przygotowaniu|przygotowywan\w|gotow\w)|rozpatrz[ya]|zajm[ai]e?)(?!\w))",
    *("projek", "uchwal", "wnios", "glosowani", "decyzj", "=sprawa", "=temat"),
)
"""Behind the place that a sentence begins with: "W Dobczycach projekt ma być głosowany"."""
_BEGINS = lazy(r"\W*(?:(?:a|zas|natomiast|tymczasem|z\s+kolei|takze|rowniez|za\s+to)\s+){0,2}we?\s+$")
_AND_IT = lazy(r"(?:,|;)\s+(?:(?:a|zas|natomiast|tymczasem)\s+)?(?:(?:miasto|gmina|sasiednie|sasiednia|sasiedni)\s+)?$")
_AND_THERE = lazy(r"(?:,|;)\s+(?:(?:a|zas|natomiast|tymczasem)\s+)?we?\s+$")
_ON_ELSE = lazy(
    rf"(?<!\w)(?:uchwal|projekt|wnios|decyzj|glosowani|spraw)\w*\s+(?:uchwaly\s+)?(?:o|nad)\s+(?!tym|to(?!\w)|{A_STEP}|ni[ma](?!\w)|niej)|(?<!\w)w\s+sprawie\s+(?!tej|{A_STEP})|(?<!\w)(?:budzet|absolutori|plan\w*\s+miejscow|stud(?:ium|ni)|podat|statut)\w*"
)
_NOT = lazy(r"(?<!\w)(?:nie|ani|nigdy)(?!\w)")
_NEAR = 160


@dataclass(slots=True)
class PlanBesideReader:
    """Reads the plans of towns beside others that have taken the same step, or decided on it."""

    NEEDS: ClassVar[int] = signs_of(_HAS_ONE, _TO_COME_THERE)
    discourse: Discourse

    def beside(self, sentence: Sentence, told: list[Event], found: Sequence[Event]) -> list[Event]:
        """What a sentence tells, and the plans of towns of which it tells nothing else."""
        if "?" in sentence.text or not sentence.towns:
            return told
        known = {event.actor.name for event in told}
        return [*told, *(e for e in self._events(sentence, told, found) if e.actor.name not in known)]

    def _events(self, sentence: Sentence, told: Sequence[Event], found: Sequence[Event]) -> Iterator[Event]:
        if any(b.kind is BodyKind.OTHER for b in sentence.bodies):
            return
        for town in sentence.towns:
            model = self._model(sentence, town, told, found)
            match = self._planned(sentence, town) if model is not None else None
            if model is None or match is None or town.name == model.actor.name:
                continue
            if _ON_ELSE.search(sentence.slice(town.end, sentence.end)) or _NOT.search(match[0]):
                continue
            for actor in self.discourse.actors([town]):
                event = Event.told(
                    actor, model.kind, Stage.PROPOSED, sentence, town.start, "sentence.plan_beside", 0.7, weak=True
                )  # fmt: skip
                self.discourse.binder.bind(event, sentence, Clause(town.start, sentence.end))
                yield event

    @staticmethod
    def _model(sentence: Sentence, town: Town, told: Sequence[Event], found: Sequence[Event]) -> Event | None:
        """The step of another that was told before: in the sentence, else just before it."""
        here = [e for e in told if e.anchor < town.start]
        if here or told:
            return here[-1] if here else None
        last = found[-1] if found else None
        return last if last is not None and sentence.start - last.end < _NEAR else None

    @staticmethod
    def _planned(sentence: Sentence, town: Town) -> re.Match[str] | None:
        """What tells that a town is still to decide, where its clause begins with it."""
        lead, rest = sentence.slice(sentence.start, town.start), sentence.slice(town.end, sentence.end)
        if town.role == Role.PLACE and (_BEGINS.fullmatch(lead) or _AND_THERE.search(lead)):
            return _TO_COME_THERE.match(rest)
        if town.role == Role.PLAIN and town.nominative and (not lead.strip() or _AND_IT.search(lead) is not None):
            return _HAS_ONE.match(rest)
        return None
