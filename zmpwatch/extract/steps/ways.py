"""Resolutions told by what they lead to: "uchwała, która otwiera Trzciance drogę do Związku"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from zmpwatch.extract.binding.event import Event
from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.decisions.verdicts import refuses
from zmpwatch.extract.discourse.topic import Discourse
from zmpwatch.extract.structure.clause import Clause
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.signs import signs_of
from zmpwatch.model import EventKind, Stage

__all__ = ["WayReader"]

_WAY_TO = lazy(
    r"(?<!\w)(?:drog[aei]|drzwi|furtk[aei]|bram[aye])\s+(?:[\w-]+\s+){0,2}?do\s+(?:(?:grona|szeregow)\s+(?:czlonkow\s+)?)?\"?$"
)
_OPENS = lazy(r"(?<!\w)(?:otwier|otworzy|otwart|utorowa|toruj)\w*", "otwier", "otworzy", "otwart", "torowa", "toruj")
_ADOPTED = lazy(
    r"(?<!\w)uchwal(?:a|e)(?!\w)[^;!?]{0,160}?(?<!\w)(?<!nie\s)(?:podje\w+|podjal|przyje\w+|przeglosowa\w+|zapadl\w*|(?:przy)?klep\w+|popar\w+|zatwierdzil\w*|uchwalil\w*)"
    r"|(?<!\w)(?<!nie\s)(?:podje\w+|przyje\w+|przeglosowa\w+|zapadl\w*|(?:przy)?klep\w+|popar\w+|zatwierdzil\w*|uchwalil\w*)\s[^;!?]{0,80}?(?<!\w)uchwal(?:a|e)(?!\w)"
    r"|(?<!\w)(?:uchwala\s+(?:rady|nr|z\s+\d)|uchwala\s+(?:\w+\s+)?z\s+(?:dnia\s+)?\d|(?:decyzja|zgoda)\s+(?:rady|radnych)(?!\w))",
    *("uchwal", "decyzj", "zgod"),
)
_FOR_ELSE = lazy(r"\"?\s+(?:po|o|na|dla|w\s+sprawie)\s")
"""As in "drogę do Związku po dotację": what the way is opened for is no membership."""
_DRAFT = lazy(
    r"(?<!\w)(?:zloz|wnios|wnies|przygotow|skierow|trafi|opracow|przedstaw|przedloz)\w*\s[^;!?]{0,60}?(?<!\w)projekt\w*\s+uchwaly(?!\w)"
    r"|(?<!\w)projekt\w*\s+uchwaly(?!\w)[^;!?]{0,120}?(?<!\w)(?:zloz|wnios|wnies|przygotow|skierow|trafi|opracow|przedstaw|przedloz|jest\s+gotow)\w*",
    "projekt",
)
_UNREAL = lazy(r"(?<!\w)(?:gdyby|jesli|jezeli|czy|ma\s+otworzyc|moze\s+otworzyc|mialaby|otworzylaby)(?!\w)")


@dataclass(slots=True)
class WayReader:
    """Reads that a council adopted, or was handed, what opens its town the way into the association."""

    NEEDS: ClassVar[int] = signs_of(_OPENS)
    discourse: Discourse

    def events(self, sentence: Sentence) -> Iterator[Event]:
        """The resolution to join that a sentence speaks of so."""
        if not sentence.bodies or "?" in sentence.text:
            return
        opens, adopted = _OPENS.search(sentence.folded), _ADOPTED.search(sentence.folded)
        draft = _DRAFT.search(sentence.folded)
        adopted = None if "projekt" in sentence.folded else adopted
        if (
            opens is None
            or (adopted is None and draft is None)
            or _UNREAL.search(sentence.folded)
            or refuses(sentence.folded)
        ):
            return
        ours = [b for b in sentence.bodies if b.kind is BodyKind.OURS]
        led_to = [b for b in ours if _WAY_TO.search(sentence.slice(sentence.start, b.start))]
        if not led_to or _FOR_ELSE.match(sentence.slice(led_to[0].end, sentence.end)):
            return
        named = self.discourse.actors([t for t in sentence.towns if t.is_actor])
        anchor = sentence.start + opens.start()
        for actor in named if len(named) == 1 else [] if named else self.discourse.home():
            stage = Stage.RESOLVED if adopted is not None else Stage.PROPOSED
            weak = adopted is None
            event = Event.told(actor, EventKind.ACCESSION, stage, sentence, anchor, "sentence.way", 0.75, weak=weak)
            if adopted is not None:
                self.discourse.binder.bind(event, sentence, Clause(sentence.start, sentence.end))
            yield event
