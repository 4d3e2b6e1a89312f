"""Councils' consent without a word of joining: "zgoda rady na Związek", "decyzja rady otwiera drogę do Związku"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from zmpwatch.extract.binding.event import Event
from zmpwatch.extract.bodies.finding import Body, BodyKind
from zmpwatch.extract.dates.forms import MONTH
from zmpwatch.extract.discourse.topic import Discourse
from zmpwatch.extract.structure.clause import Clause, clause_at
from zmpwatch.extract.structure.sentences import Sentence, Word
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.phrases import HYPOTHETICAL, NEGATED
from zmpwatch.extract.words.signs import signs_of
from zmpwatch.model import EventKind, Stage

__all__ = ["ConsentReader"]

_FOR_IT = lazy(
    r"(?<!\w)(?:zgod[aey]\s+(?:\w+\s+)?(?:rady|radnych)\s+na|(?:opowiedzi(?:eli|ala)|wypowiedzi(?:eli|ala))\s+sie\s+(?:\w+\s+)?za"
    r"|(?:za)?glosowa(?:li|la)\s+(?:\w+\s+)?za|postawi(?:li|la)\s+na|zdecydowa(?:li|la)\s+sie\s+na)\s+\"?$",
    *("zgod", "opowiedzi", "wypowiedzi", "glosowa", "postawi", "zdecydowa"),
)
"""Before the association itself, where a council is the subject."""
_LETS_APPLY = lazy(
    r"(?<!\w)(?<!\bnie\s)(?:upowazni|zobowiaza)l\w*\s+(?:\w+\s+)?(?:burmistrz|prezydent|wojt)\w*\s+do\s+(?:zlozeni|podpisani|przeslani|wyslani|wystapieni)\w+\s+(?:z\s+)?(?:deklaracj\w|wniosk\w+|akces\w*)\s+"
    r"(?:(?:czlonkowsk\w+|akcesyjn\w+|przystapieni\w+|o\s+(?:przyjecie|czlonkostwo))\s+)?(?:w|do)\s+\"?$",
    *("upowazni", "zobowiaza"),
)
"""As in "upoważniła burmistrza do złożenia deklaracji członkowskiej w Związku"."""
_NOTHING_ELSE = lazy(
    r"\"?\s*(?:[.;:!?)(]|,\s+(?:a\s+nie|nie|choc|mimo|przy|czyli|jednoglosnie|jednomyslnie|za\s+byl|glosow|\d)|$|-\s|(?:i|a|oraz|jednoglosnie|jednomyslnie|wczoraj|dzis|dnia|\d{1,2}|na\s+(?:\w+\s+)?sesji|w\s+(?:poniedzialek|wtorek|srode|czwartek|piatek|dniu|glosowaniu|"
    rf"{MONTH}\w+))(?!\w))"
)
"""What may follow the association where it is what was agreed to, and not what stands behind it."""


@dataclass(slots=True)
class ConsentReader:
    """Reads that a council chose the association itself."""

    NEEDS: ClassVar[int] = signs_of(_FOR_IT, _LETS_APPLY)
    discourse: Discourse

    def events(self, sentence: Sentence) -> Iterator[Event]:
        """The decision that such a sentence tells."""
        if not sentence.has("council") or sentence.has("refuse", "removed", "decide_later") or "?" in sentence.text:
            return
        for body in sentence.bodies:
            if body.kind is not BodyKind.OURS or not body.named:
                continue
            anchor = self._told_before(sentence, body)
            if anchor is None or _NOTHING_ELSE.match(sentence.slice(body.end, sentence.end)) is None:
                continue
            clause = clause_at(sentence, anchor)
            scope = sentence.slice(clause.start, body.start)
            if HYPOTHETICAL.search(scope) or NEGATED.search(sentence.slice(clause.start, anchor)):
                continue
            word = Word(anchor, body.start, "", frozenset())
            for actor in self.discourse.owners(sentence, word, clause):
                event = Event.told(
                    actor, EventKind.ACCESSION, Stage.RESOLVED, sentence, anchor, "sentence.answered", 0.75
                )  # fmt: skip
                self.discourse.binder.bind(event, sentence, Clause(sentence.start, sentence.end))
                yield event
            return

    @staticmethod
    def _told_before(sentence: Sentence, body: Body) -> int | None:
        """Where the words of consent begin that stand right before the association."""
        start = max(sentence.start, body.start - 140)
        lead = sentence.slice(start, body.start)
        told = _FOR_IT.search(lead) or _LETS_APPLY.search(lead)
        return start + told.start() if told is not None else None
