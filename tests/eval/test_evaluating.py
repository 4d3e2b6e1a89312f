"""What the figures mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zmpwatch.model import CountStatement, EventKind, MembershipStatement, Qualifier, Stage, Statement, Votes
from zmpwatch.register import load_association
from zmpwatch.service.corpus import CountFact, EventFact, LabelledDocument
from zmpwatch.service.evaluating import Assessment, Share, Tally, assess, assess_corpus, figures_of


def document(*facts: CountFact | EventFact, text: str = "", **fields: object) -> LabelledDocument:
    given = {
        "path": "a",
        "name": "a",
        "url": None,
        "published": None,
        "relevant": bool(facts),
        "counts": tuple(f for f in facts if isinstance(f, CountFact)),
        "events": tuple(f for f in facts if isinstance(f, EventFact)),
        **fields,
    }
    return LabelledDocument(text=text, **given)  # type: ignore[arg-type]


def count(value: int = 381, qualifier: str = "exact", as_of: str | None = None) -> CountFact:
    return CountFact(value, Qualifier(qualifier), as_of)


def event(
    town: str = "Kutno",
    stage: str = "admitted",
    date: str | None = None,
    resolution: str | None = None,
    votes: Votes | None = None,
    kind: str = "accession",
) -> EventFact:
    return EventFact(town, EventKind(kind), Stage(stage), date, resolution, votes)


def said(fact: CountFact | EventFact) -> Statement:
    place = {"quote": "", "start": 0, "end": 0, "rule": "a.rule"}
    if isinstance(fact, CountFact):
        return CountStatement(value=fact.value, qualifier=fact.qualifier, as_of=fact.as_of, **place)  # type: ignore[arg-type]
    return MembershipStatement(
        municipality=fact.municipality,
        teryt=None,
        kind=fact.kind,
        stage=fact.stage,
        date=fact.date,
        resolution=fact.resolution,
        votes=fact.votes,
        **place,  # type: ignore[arg-type]
    )


def compared(labelled: list[CountFact | EventFact], found: list[CountFact | EventFact]) -> Assessment:
    return assess(document(*labelled), [said(fact) for fact in found])


class TestTallies:
    def test_figures(self) -> None:
        tally = Tally(right=6, spurious=2, missed=4)
        assert (tally.precision, tally.recall, tally.f1) == (0.75, 0.6, pytest.approx(2 / 3))
        assert tally.as_json() == {"precision": 0.75, "recall": 0.6, "f1": 0.6667, "tp": 6, "fp": 2, "fn": 4}

    def test_nothing_there_and_nothing_found(self) -> None:
        assert (Tally().precision, Tally().recall, Tally().f1, Share().ratio) == (1, 1, 1, 1)

    def test_all_wrong(self) -> None:
        assert Tally(spurious=1, missed=1).f1 == 0

    @given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
    def test_f1_lies_between(self, right: int, spurious: int, missed: int) -> None:
        tally = Tally(right, spurious, missed)
        assert min(tally.precision, tally.recall) - 1e-9 <= tally.f1 <= max(tally.precision, tally.recall) + 1e-9


class TestFacts:
    def test_all_right(self) -> None:
        one = compared([count(), event()], [event(), count()])
        assert (one.relevant, one.counts, one.events) == (Tally(1), Tally(1), Tally(1))
        assert one.perfect

    def test_a_count_needs_value_and_qualifier(self) -> None:
        one = compared([count(370, "at_least")], [count(370), count(371, "at_least")])
        assert one.counts == Tally(right=0, spurious=2, missed=1)
        assert [(miss.fact, miss.spurious) for miss in one.misses] == [
            (count(370, "at_least"), False),
            (count(370), True),
            (count(371, "at_least"), True),
        ]

    @pytest.mark.parametrize("other", [event("Kutnow"), event(stage="member"), event(kind="withdrawal")])
    def test_an_event_needs_municipality_kind_and_stage(self, other: EventFact) -> None:
        assert compared([event()], [other]).events == Tally(right=0, spurious=1, missed=1)

    def test_the_same_fact_twice_is_one(self) -> None:
        twice = [event(date="2024"), event()]
        assert compared(twice, [event()]).events == Tally(1)
        assert compared([event()], [*twice, *twice]).events == Tally(1)
        assert compared([], twice).events == Tally(spurious=1)
        assert len(compared([], twice).misses[0].statements) == 2

    def test_relevance(self) -> None:
        assert compared([], []).relevant == Tally()
        assert compared([], [count()]).relevant == Tally(spurious=1)
        assert compared([count()], []).relevant == Tally(missed=1)
        assert compared([count()], [event()]).relevant == Tally(1)

    def test_a_wrong_detail_leaves_a_document_without_error(self) -> None:
        one = compared([event(date="2024")], [event(date="2025")])
        assert one.perfect
        assert [(d.name, d.found) for d in one.wrong_details] == [("date", ("2025",))]


class TestDetails:
    def shares(self, labelled: list[CountFact | EventFact], found: list[CountFact | EventFact]) -> dict[str, Share]:
        details = compared(labelled, found).details
        return {name: share for name, share in details.items() if share.of}

    def test_only_where_the_label_gives_one(self) -> None:
        assert not self.shares([event(), count()], [event(date="2024", resolution="I/1/24"), count(as_of="2024")])

    def test_only_of_facts_that_are_right(self) -> None:
        assert not self.shares([event(date="2024")], [event("Płock", date="2024")])

    def test_each_apart(self) -> None:
        labelled = event(date="2024-04-25", resolution="V/1/24", votes=Votes(9, 0, None))
        assert self.shares([labelled], [event(date="2024-04", resolution="V/1/24", votes=Votes(9, 0, 0))]) == {
            "date": Share(0, 1),
            "resolution": Share(1, 1),
            "votes": Share(0, 1),
        }
        assert self.shares([count(as_of="2012")], [count(as_of="2012")]) == {"as_of": Share(1, 1)}

    def test_one_right_twin_is_enough(self) -> None:
        assert self.shares([event(date="2024")], [event(), event(date="2024")]) == {"date": Share(1, 1)}


def test_sums() -> None:
    figures = figures_of(
        [
            compared([count(), event(), event("Płock", "member")], [count(), event()]),
            compared([], [event("Płock", "member"), count(400, "about")]),
            compared([], []),
        ]
    )
    assert (figures.documents, figures.perfect) == (3, 1)
    assert figures.counts == Tally(1, 1, 0)
    assert figures.events == Tally(1, 1, 1)
    assert figures.by_qualifier == {"about": Tally(0, 1, 0), "exact": Tally(1)}
    assert figures.by_step == {"accession admitted": Tally(1), "accession member": Tally(0, 1, 1)}
    assert sum(figures.by_step.values(), Tally()) == figures.events
    told = figures.as_json()
    assert told["counts"]["f1"] == 0.6667
    assert told["date"] == {"right": 0, "of": 0}


def test_documents_are_read_with_what_their_label_tells() -> None:
    from zmpwatch.register import load_register

    text = "Wczoraj Rada Miejska podjęła uchwałę w sprawie przystąpienia do Związku Miast Polskich."
    fields = {
        "published": "2023-03-31",
        "association": load_association("zmp"),
        "municipality": load_register().by_teryt("1063011"),
    }
    labelled = document(event("Skierniewice", "resolved", "2023-03-30"), text=text, **fields)
    (one,) = assess_corpus([labelled], load_association("ump"))
    assert one.perfect
    assert one.details["date"] == Share(1, 1)
