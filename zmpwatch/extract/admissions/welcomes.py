"""Welcomes: "Witamy w Związku Miast Polskich A oraz B"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from zmpwatch.extract.binding.event import Actor, Event
from zmpwatch.extract.bodies.finding import Body, BodyKind
from zmpwatch.extract.discourse.topic import Discourse
from zmpwatch.extract.membership.memberwords import of_another
from zmpwatch.extract.structure.clause import clause_at
from zmpwatch.extract.structure.sentences import Sentence, Word
from zmpwatch.extract.towns.finding import Role
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.phrases import ACTIVITY
from zmpwatch.extract.words.signs import signs_of
from zmpwatch.model import EventKind, Stage

__all__ = ["WelcomeReader"]

_GUESTS = lazy(
    r"\s+(?:(?!now)\w+\s+){0,2}?(?:uczestni|gosci|delegat|delegac|przedstawicie|samorzadow[cy]|burmistrz|prezydent|wojt|radn|ekspert|participants|guests|delegates|mayors?|councillors|officials|representatives)\w*"
    r"(?!\s+(?:\w+\s+)?now)"
)
_GUESTS_FIRST = lazy(
    r"^\W*(?:delegatow|przedstawicieli|reprezentantow|uczestnikow|gosci|samorzadowcow|burmistrzow|prezydentow)(?!\w)",
    *("delegatow", "przedstawicieli", "reprezentantow", "uczestnikow", "gosci", "samorzadowcow", "burmistrzow"),
    "prezydentow",
)
"""At the front, who is greeted: "delegatów powitała Bydgoszcz"."""
_WHO_GREETS = lazy(r"wita(?:ja)?|\w*wital[aoiy]?|welcome[sd]")
_NOT_GREETED = lazy(r"(?<!\w)(?:nie\s+(?:\w+\s+)?$|gdyby|jesli|jezeli)")
_OUR_TOWN = lazy(r"(?<!\w)nasz\w{1,3}\s+(?:miasto|gmina|grod)\s+(?:\w+\s+)?zosta(?:lo|la|l)\s+(?:\w+\s+)?$")
_SOON = lazy(r"(?<!\w)(?:zostanie|zostana|zostaniemy|bedzie|beda|bedziemy)\s+(?:\w+\s+)?$")
_NEW = lazy(r"(?<!\w)now\w{1,3}\s+(?:miast|czlonk|samorz|gmin)|(?<!\w)gron")
_CIRCLE = lazy(
    r"(?<!\w)(?:w\s+gronie|wsrod)\s+(?:now\w+\s+)?(?:czlonkow|miast\s+(?:czlonkowskich|zrzeszonych))(?!\w)",
    "gronie",
    "wsrod",
)
_LIST_FOLLOWS = lazy(r":[^\w]*$")


@dataclass(slots=True)
class WelcomeReader:
    """Reads who is welcomed into the association."""

    NEEDS: ClassVar[int] = signs_of("welcome")
    discourse: Discourse

    def events(self, sentence: Sentence) -> Iterator[Event]:
        """As in "Witamy w ZMP: A i B" — with towns named, and nothing else they could be welcomed to."""
        word = sentence.first("welcome")
        if word is None or any(b.kind is BodyKind.OTHER for b in sentence.bodies):
            return
        if _NOT_GREETED.search(sentence.slice(sentence.start, word.start)):
            return
        if _GUESTS.match(sentence.slice(word.end, sentence.end)) or _GUESTS_FIRST.search(
            sentence.slice(sentence.start, word.start)
        ):
            return
        # "witamy gości z Jasła", "prezydentów Jasła i Krosna": towns in the genitive are whose guests they are
        towns = [t for t in sentence.towns if t.role == Role.PLAIN and (t.nominative or t.accusative)]
        if _WHO_GREETS.fullmatch(word.folded):  # who greets may be a town, too: "Gniezno wita delegatów Związku"
            towns = [t for t in towns if t.start > word.end and t.accusative]
        if (
            not towns
            and _LIST_FOLLOWS.search(sentence.text)
            and self.discourse.topic(sentence, sentence.end) is BodyKind.OURS
        ):
            yield from self._greeted(
                sentence, word, self.discourse.actors(self.discourse.rows.following(sentence)), 0.8
            )
            return
        about = any(b.kind is BodyKind.OURS for b in sentence.bodies) or re.search(
            r"now\w+\s+(?:miast|czlonk|samorz|gmin)|(?<!\w)w\s+(?:nasz\w{1,3}|zwiazkow\w{1,3})\s+(?:gron|szereg|rodzin|wspoln)",
            sentence.folded,
        )
        about = about or self._among_members(sentence)
        if about and all(self._runs_it(sentence, b) for b in sentence.bodies) and sentence.bodies:
            return  # "na szkoleniu Związku witamy A i B"
        if not about and sentence.number and self.discourse.alone():
            before = self.discourse.reading.sentences[sentence.number - 1]
            about = re.search(
                r"(?<!\w)(?:przyby\w+|powiekszy\w+|dolaczy\w+)\s+(?:\w+\s+){0,3}(?:miast|czlonk|samorz)", before.folded
            )
            if towns and about and before.segment is sentence.segment:
                yield from self._greeted(sentence, word, self.discourse.actors(towns), 0.9)
            return
        if not towns and about and _OUR_TOWN.search(sentence.slice(sentence.start, word.start)):
            yield from self._greeted(sentence, word, self.discourse.home(), 0.85)
            return
        if not towns or not about or self.discourse.topic(sentence, sentence.end) is not BodyKind.OURS:
            return
        yield from self._greeted(sentence, word, self.discourse.actors(towns), 0.9)

    @staticmethod
    def _among_members(sentence: Sentence) -> re.Match[str] | None:
        """As in "w gronie członków witamy A": not of those of something else."""
        circle = _CIRCLE.search(sentence.folded)
        return circle if circle and not of_another(sentence, sentence.start + circle.end()) else None

    @staticmethod
    def _runs_it(sentence: Sentence, body: Body) -> bool:
        """Whether a body is named as who runs what one is greeted at."""
        lead = sentence.slice(max(sentence.start, body.start - 80), body.start)
        return ACTIVITY.search(lead) is not None and _NEW.search(sentence.folded) is None

    def _greeted(self, sentence: Sentence, word: Word, actors: list[Actor], confidence: float) -> Iterator[Event]:
        soon = _SOON.search(sentence.slice(sentence.start, word.start)) is not None
        for actor in actors:
            stage = Stage.PROPOSED if soon else Stage.ADMITTED
            event = Event.told(
                actor, EventKind.ACCESSION, stage, sentence, word.start, "sentence.welcomed", confidence, weak=soon
            )
            self.discourse.binder.bind(event, sentence, clause_at(sentence, word.start))
            yield event
