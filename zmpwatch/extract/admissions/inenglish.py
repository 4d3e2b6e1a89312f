"""Admissions that pages in English tell in words of their own: "was granted membership of", "is now part of"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from zmpwatch.extract.binding.event import Event
from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.bodies.partsof import of_its_part
from zmpwatch.extract.discourse.topic import Discourse, OpenStep
from zmpwatch.extract.structure.clause import Clause
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.towns.finding import Role, Town
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.signs import signs_of
from zmpwatch.model import EventKind, Stage

__all__ = ["EnglishReader"]

_GIVEN = lazy(
    r"(?<!\w)(?:(?:was|were|has\s+been|have\s+been|is|are)\s+(?:\w+\s+)?(?:granted|given|awarded)|(?:has\s+|have\s+)?(?:gained|obtained|received|secured|won|acquired))"
    r"\s+(?:full\s+)?membership\s+(?:of|in)\s+(?:the\s+)?\"?(?=association|zmp|apc|organi[sz]ation)"
    r"|(?<!\w)(?:is|are)\s+now\s+(?:officially\s+)?(?:a\s+)?(?:part|member|members)\s+of\s[^.;]{3,80}?(?<!\w)becoming\s+(?:its|the|their)\s+(?:newest|latest|\d{2,3}(?:st|nd|rd|th))(?!\w)"
    r"|(?<!\w)(?:has\s+been|is(?:\s+now)?)\s+(?:officially\s+)?the\s+\d{2,3}(?:st|nd|rd|th)\s+(?:\w+\s+)?(?:member|city|town|municipality)\s+(?:of|in)\s+(?:the\s+)?\"?(?=association|zmp|apc)",
    "membership",
    "=becoming",
    "=the",
)
"""What stands behind the town that was admitted, or is by now the n-th member."""
_TAKEN = lazy(
    r"(?<!\w)(?:board|association\s+of\s+polish\s+cities|association|zmp|apc)(?!\w)[^.;]{0,60}?\s(?:approved|accepted|confirmed|granted)\s+(?:the\s+|full\s+)?(?:membership|admission|accession|application)\s+(?:of|by|from|to)\s+$"
    r"|(?<!\w)board(?!\w)[^.;]{0,80}?\s(?:voted|decided|agreed|chose|resolved)\s(?:[^.;,]{0,40}?\s)?to\s+(?:take|let|bring)\s+$"
    r"|(?<!\w)members?(?!\w)[^.;]{0,40}?\s(?:has|have|got|gained|welcomed)\s+(?:a\s+)?new\s+ones?\s?[:-]\s+$"
    r"|(?<!\w)(?:gained|added|got)\s+(?:\w+\s+){0,2}(?:members?|cities|towns|municipalities)(?:\s+(?:in|on|this|last)\s+[\w\s]{4,20})?\s?[:-]\s+$"
)
"""What stands before the towns that were admitted."""
_FOR_ELSE = lazy(r"\s+(?:for|to)\s+(?!membership|admission|accession|join|become|be\s)")
_CONFIRMED = lazy(
    r"\W?s\s+(?:accession|admission|application|membership)(?!\w)(?!\s[^.;]{0,60}?(?:project|contest|program|grant|campaign|award))[^.;]{0,90}?\s(?:was|were|has\s+been|have\s+been)\s+(?:\w+ly\s+)?(?:approved|confirmed|accepted|ratified|granted)\s+by\s+(?:its|the)\s+(?:\w+\s+)?board(?!\w)"
)
"""Behind a town: "…'s accession was confirmed by its Board"."""
_CALLED_SO = lazy(r"(?<!\w)(?:the\s+)?(?:towns?|cit(?:y|ies)|municipalit(?:y|ies)|communes?)\s+(?:of\s+)?$")
_BY_BOARD = lazy(
    r"(?<!\w)board(?!\w)[^.;]{0,60}?\s(?:approved|accepted|confirmed|granted|(?:voted|decided|agreed|chose|resolved)(?=\s[^.;,]{0,40}?(?<!\w)to\s+(?:take|let|bring)\s))|(?<!\w)by\s+(?:its|the)\s+(?:\w+\s+)?board"
)
_SIGNS = lazy(
    r"(?<!\w)(?:membership|becoming|approved|accepted|confirmed|granted|ratified|gained|added|got|ones?|take|let|bring)(?!\w)"
    r"|(?<!\w)the\s+\d{2,3}(?:st|nd|rd|th)(?!\w)",
    "=the",
    *("=membership", "=becoming", "=approved", "=accepted", "=confirmed", "=granted", "=one", "=ones"),
    *("=ratified", "=gained", "=added", "=got", "=take", "=let", "=bring"),
)
_NOT_SO = lazy(
    r"(?<!\w)(?:not|never|if|whether|would|will|may|might|could|should|hopes?|wants?|council|councillors|proposed|proposal|before|until|unless)(?!\w)"
)


@dataclass(slots=True)
class EnglishReader:
    """Reads admissions on pages in English."""

    NEEDS: ClassVar[int] = signs_of(_SIGNS)
    discourse: Discourse

    def events(self, sentence: Sentence, handled: set[int]) -> Iterator[Event]:
        """Admissions told by what a town was given or by what the board approved.

        Words of membership that are used up here are added to `handled`.
        """
        if _SIGNS.search(sentence.folded) is None or _NOT_SO.search(sentence.folded):
            return
        ours = any(b.kind is BodyKind.OURS for b in sentence.bodies)
        if not ours or any(b.kind is BodyKind.OTHER for b in sentence.bodies) or sentence.text.rstrip().endswith("?"):
            return
        if of_its_part(sentence) and _BY_BOARD.search(sentence.folded) is None:
            return
        towns = self._given(sentence) or self._taken(sentence)
        actors = self.discourse.actors(self.discourse.rows.tail(sentence, towns) if towns else [])
        for actor in actors:
            event = Event.told(
                actor, EventKind.ACCESSION, Stage.ADMITTED, sentence, towns[0].start, "sentence.in_english", 0.85
            )
            self.discourse.binder.bind(event, sentence, Clause(sentence.start, sentence.end))
            yield event
        if actors:
            handled.update(w.start for w in sentence.all("is", "belong", "member_word", "member_noun", "join_noun"))
            self.discourse.open = OpenStep(sentence.number, EventKind.ACCESSION, tuple(actors), admitted=True)

    @staticmethod
    def _given(sentence: Sentence) -> list[Town]:
        """The town right before what it was given."""
        told = _GIVEN.search(sentence.folded)
        if told is None:
            return []
        place = sentence.start + told.start()
        return [t for t in sentence.towns if t.is_actor and t.end <= place][-1:]

    @staticmethod
    def _taken(sentence: Sentence) -> list[Town]:
        """The town right behind what tells that the board took it in."""
        for town in sentence.towns:
            if _CONFIRMED.match(sentence.slice(town.end, sentence.end)):
                return [town]
            lead = _CALLED_SO.sub("", sentence.slice(sentence.start, town.start))
            rest = sentence.slice(town.end, sentence.end)
            if (
                town.role in (Role.PLAIN, Role.OFFICIAL, Role.PLACE)
                and _TAKEN.search(lead)
                and not _FOR_ELSE.match(rest)
            ):
                return [town]
        return []
