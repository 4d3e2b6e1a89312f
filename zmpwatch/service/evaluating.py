"""The use case `eval`: how much of what careful readers found does extraction find, and what does it invent?

A *count* is right when value and qualifier agree, an *event* when municipality, kind and stage agree; a document is
*relevant* when it states either. The same fact stated twice in one document is one fact. Of the events that are right,
date, resolution and votes are scored apart, where the label gives one; of the counts that are right, `as_of`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Self

from zmpwatch.extract import extract
from zmpwatch.model import Association, CountStatement, MembershipStatement, Statement
from zmpwatch.read import text_from_plain
from zmpwatch.service.corpus import CountFact, EventFact, LabelledDocument
from zmpwatch.service.extracting import context_of

__all__ = ["Assessment", "Detail", "Figures", "Miss", "Share", "Tally", "assess", "assess_corpus", "figures_of"]

Fact = CountFact | EventFact
_EVENT_DETAILS = ("date", "resolution", "votes")
_DETAILS = (*_EVENT_DETAILS, "as_of")


@dataclass(frozen=True, slots=True)
class Tally:
    """How often a kind of fact was found (`right`), found where there is none (`spurious`), or missed."""

    right: int = 0
    spurious: int = 0
    missed: int = 0

    def __add__(self, other: Self) -> Tally:
        return Tally(self.right + other.right, self.spurious + other.spurious, self.missed + other.missed)

    @property
    def precision(self) -> float:
        """Of what was found, the share that is right; 1 where nothing was found."""
        found = self.right + self.spurious
        return self.right / found if found else 1.0

    @property
    def recall(self) -> float:
        """Of what there is, the share that was found; 1 where there is nothing."""
        there = self.right + self.missed
        return self.right / there if there else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def as_json(self) -> dict[str, Any]:
        """Precision, recall and F1 to four places, with what they come from."""
        return {
            "precision": round(self.precision, 4),
            "recall": round(self.recall, 4),
            "f1": round(self.f1, 4),
            "tp": self.right,
            "fp": self.spurious,
            "fn": self.missed,
        }


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the details a label gives were read right."""

    right: int = 0
    of: int = 0

    def __add__(self, other: Self) -> Share:
        return Share(self.right + other.right, self.of + other.of)

    @property
    def ratio(self) -> float:
        """The share that is right; 1 where there is none to read."""
        return self.right / self.of if self.of else 1.0


@dataclass(frozen=True, slots=True)
class Miss:
    """A fact that was not found, or one found that is not there.

    `statements` are what extraction said for a spurious fact; for a missed one, `fact` has the labeller's evidence.
    """

    fact: Fact
    spurious: bool
    statements: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class Detail:
    """A date, resolution, ballot or `as_of` of a right fact that was not read as the label has it."""

    name: str
    fact: Fact
    found: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Assessment:
    """One document: label against statements."""

    document: LabelledDocument
    relevant: Tally
    counts: Tally
    events: Tally
    details: dict[str, Share]
    misses: tuple[Miss, ...]
    wrong_details: tuple[Detail, ...]

    @property
    def perfect(self) -> bool:
        """No count and no event is missed or spurious."""
        return not self.misses


@dataclass(frozen=True, slots=True)
class Figures:
    """The sums over documents."""

    documents: int
    perfect: int
    relevant: Tally
    counts: Tally
    events: Tally
    details: dict[str, Share]
    by_qualifier: dict[str, Tally]
    by_step: dict[str, Tally]

    def as_json(self) -> dict[str, Any]:
        """The figures as one JSON object; `tp`, `fp` and `fn` are facts right, spurious and missed."""
        return {
            "documents": self.documents,
            "perfect": self.perfect,
            "relevant": self.relevant.as_json(),
            "counts": self.counts.as_json(),
            "events": self.events.as_json(),
            **{name: {"right": share.right, "of": share.of} for name, share in self.details.items()},
            "counts_by_qualifier": {name: tally.as_json() for name, tally in self.by_qualifier.items()},
            "events_by_step": {name: tally.as_json() for name, tally in self.by_step.items()},
        }


def assess_corpus(documents: Iterable[LabelledDocument], association: Association) -> list[Assessment]:
    """Extract from each document and compare with its label.

    Args:
        documents: what `read_corpus` gave.
        association: who is watched, where a label names no other profile.

    Raises:
        ReadError: a document's text can't be taken.
    """
    assessments = []
    for document in documents:
        text = text_from_plain(document.text, url=document.url, published=document.published)
        context = context_of(
            document.association or association,
            url=document.url,
            published=document.published or text.published,
            municipality=document.municipality,
        )
        assessments.append(assess(document, extract(text, context)))
    return assessments


def assess(document: LabelledDocument, statements: Sequence[Statement]) -> Assessment:
    """Compare what was extracted from a document with its label."""
    counts = [s for s in statements if isinstance(s, CountStatement)]
    events = [s for s in statements if isinstance(s, MembershipStatement)]
    count_tally, count_misses = _compare(document.counts, counts)
    event_tally, event_misses = _compare(document.events, events)
    details = dict.fromkeys(_DETAILS, Share())
    wrong = []
    facts: tuple[Fact, ...] = (*document.events, *document.counts)
    for fact in facts:
        twins = [s for s in statements if _key(s) == _key(fact)]
        for name in _EVENT_DETAILS if isinstance(fact, EventFact) else ("as_of",):
            expected = getattr(fact, name)
            if expected is None or not twins:
                continue
            found = tuple(getattr(twin, name) for twin in twins)
            details[name] += Share(int(expected in found), 1)
            if expected not in found:
                wrong.append(Detail(name, fact, found))
    return Assessment(
        document=document,
        relevant=Tally(
            right=int(document.relevant and bool(statements)),
            spurious=int(not document.relevant and bool(statements)),
            missed=int(document.relevant and not statements),
        ),
        counts=count_tally,
        events=event_tally,
        details=details,
        misses=(*count_misses, *event_misses),
        wrong_details=tuple(wrong),
    )


def figures_of(assessments: Iterable[Assessment]) -> Figures:
    """Sum up; of no document at all every share is 1."""
    given = list(assessments)
    by_key: dict[tuple[str, ...], Tally] = {}
    for one in given:
        facts: tuple[Fact, ...] = (*one.document.counts, *one.document.events)
        missed = {_key(miss.fact) for miss in one.misses if not miss.spurious}
        for key in {_key(fact): None for fact in facts}:
            step = _kind(key)
            by_key[step] = by_key.get(step, Tally()) + (Tally(missed=1) if key in missed else Tally(right=1))
        for miss in one.misses:
            if miss.spurious:
                step = _kind(_key(miss.fact))
                by_key[step] = by_key.get(step, Tally()) + Tally(spurious=1)
    return Figures(
        documents=len(given),
        perfect=sum(one.perfect for one in given),
        relevant=sum((one.relevant for one in given), Tally()),
        counts=sum((one.counts for one in given), Tally()),
        events=sum((one.events for one in given), Tally()),
        details={name: sum((one.details[name] for one in given), Share()) for name in _DETAILS},
        by_qualifier={step[0]: by_key[step] for step in sorted(by_key) if len(step) == 1},
        by_step={" ".join(step): by_key[step] for step in sorted(by_key) if len(step) == 2},
    )


def _key(fact: Fact | Statement) -> tuple[Any, ...]:
    """What makes two facts of one document the same."""
    if isinstance(fact, CountFact | CountStatement):
        return (fact.value, fact.qualifier)
    return (fact.municipality, fact.kind, fact.stage)


def _kind(key: tuple[Any, ...]) -> tuple[str, ...]:
    """The kind of a fact: its qualifier, or kind and stage."""
    return tuple(str(part) for part in key[1:])


def _compare(labelled: Sequence[Fact], found: Sequence[Statement]) -> tuple[Tally, list[Miss]]:
    expected = {_key(fact): fact for fact in reversed(labelled)}
    got: dict[tuple[Any, ...], list[Statement]] = {}
    for statement in found:
        got.setdefault(_key(statement), []).append(statement)
    missed = [Miss(fact, spurious=False) for key, fact in sorted(expected.items()) if key not in got]
    spurious = [
        Miss(_fact(said[0]), spurious=True, statements=tuple(said))
        for key, said in sorted(got.items())
        if key not in expected
    ]
    return Tally(right=len(expected) - len(missed), spurious=len(spurious), missed=len(missed)), [*missed, *spurious]


def _fact(statement: Statement) -> Fact:
    if isinstance(statement, CountStatement):
        return CountFact(statement.value, statement.qualifier, statement.as_of, statement.quote)
    return EventFact(
        statement.municipality,
        statement.kind,
        statement.stage,
        statement.date,
        statement.resolution,
        statement.votes,
        statement.quote,
    )
