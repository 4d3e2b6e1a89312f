"""What is written comes back equal."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from zmpwatch.errors import StoreError
from zmpwatch.model import (
    Authority,
    Case,
    ChangeKind,
    CountState,
    DateKind,
    DeliveryState,
    EventKind,
    MembershipStatus,
    Overruled,
    Purpose,
    Site,
    Source,
    Stage,
    Verdict,
    Votes,
)
from zmpwatch.store import SiteState, Store

from .factories import (
    ASSOCIATION,
    AUGUSTOW,
    DAY,
    HAJNOWKA,
    MINUTE,
    NOON,
    belief,
    change,
    count,
    delivery,
    event,
    known_page,
    membership,
    page,
    sha,
    store_page,
    text,
    visit,
)


def test_visit(store: Store) -> None:
    stored = visit(verdict=Verdict.PARTIAL, purpose=Purpose.CONFIRMATION)
    with store.write() as tx:
        number = tx.add_visit(stored)
    assert store.visits() == [replace(stored, id=number)]


def test_visits_come_newest_first_and_can_be_chosen(store: Store) -> None:
    with store.write() as tx:
        for minute in range(4):
            tx.add_visit(visit("miasta.pl", started=NOON + minute * MINUTE))
            tx.add_visit(visit("hajnowka", started=NOON + minute * MINUTE, purpose=Purpose.CONFIRMATION))
    assert [one.started for one in store.visits("miasta.pl", limit=2)] == [NOON + 3 * MINUTE, NOON + 2 * MINUTE]
    assert {one.site for one in store.visits(purpose=Purpose.CONFIRMATION)} == {"hajnowka"}
    # a confirmation is no visit in its turn: neither what a site is like nor when it is due goes by it
    assert {name: one.started for name, one in store.last_visits().items()} == {"miasta.pl": NOON + 3 * MINUTE}


def test_each_site_has_a_last_visit(store: Store) -> None:
    with store.write() as tx:
        for minute, site in enumerate(["augustow", "hajnowka", "miasta.pl", "hajnowka", "augustow", "sulechow"]):
            tx.add_visit(visit(site, started=NOON + minute * MINUTE))
    assert {name: one.started for name, one in store.last_visits().items()} == {
        "augustow": NOON + 4 * MINUTE,
        "hajnowka": NOON + 3 * MINUTE,
        "miasta.pl": NOON + 2 * MINUTE,
        "sulechow": NOON + 5 * MINUTE,
    }


def test_snapshot_gives_the_page_back(store: Store) -> None:
    fetched = page()
    with store.write() as tx:
        seen_by = tx.add_visit(visit())
        number = tx.add_snapshot(seen_by, "miasta.pl", fetched, text(), sha("body"), sha("text"), True)
        again = tx.add_snapshot(seen_by, "miasta.pl", fetched, text(), sha("other"), sha("text"), False)
    assert again == number == store.snapshot_id("miasta.pl", fetched.url, sha("text"))
    assert store.snapshot_id("miasta.pl", fetched.url, sha("newer")) is None
    (snapshot,) = store.snapshots(site="miasta.pl")
    assert snapshot.page(fetched.body) == fetched
    assert (snapshot.id, snapshot.visit, snapshot.sha256, snapshot.baseline) == (number, seen_by, sha("body"), True)
    assert (snapshot.title, snapshot.published) == ("O związku", "2025-03-07")
    assert store.snapshots(after=number) == []


def test_statements_come_back_with_their_source(store: Store) -> None:
    statements = [
        count(),
        membership(),
        membership(votes=None),
        membership(votes=Votes()),
        membership(None, date=None, resolution=None),
    ]
    with store.write() as tx:
        seen_by, snapshot, ids = store_page(tx, statements, baseline=True)
        tx.add_sighting(snapshot, seen_by, NOON + DAY, False)
    found = store.statements_by_id(ids)
    assert [found[number].statement for number in ids] == statements
    assert found[ids[0]].source == Source(
        url="https://www.miasta.pl/o-nas",
        site="miasta.pl",
        authority=Authority.COUNTER,
        published="2025-03-07",
        first_seen=NOON,
        last_seen=NOON + DAY,
        archived=sha("body"),
        visit=seen_by,
        extractor="extract 1",
        baseline=True,
        title="O związku",
    )
    assert store.count_statements() == [found[ids[0]]]
    assert store.membership_statements() == [found[number] for number in ids[1:]]
    assert store.membership_statements({HAJNOWKA.teryt}) == [found[number] for number in ids[1:4]]
    assert store.membership_statements([]) == []
    assert store.statements_by_id([10_000]) == {}


def test_an_authority_each(store: Store) -> None:
    with store.write() as tx:
        _, snapshot, _ = store_page(tx, [])
        ids = tx.add_statements(snapshot, [count(1), count(2)], [Authority.NEWS, Authority.OTHER], "extract 2")
        with pytest.raises(ValueError, match="2 statements, but 1 authorities"):
            tx.add_statements(snapshot, [count(1), count(2)], [Authority.NEWS], "extract 3")
    found = store.statements_by_id(ids)
    assert [found[number].source.authority for number in ids] == [Authority.NEWS, Authority.OTHER]


def test_only_the_newest_reading_counts(store: Store) -> None:
    with store.write() as tx:
        _, snapshot, old = store_page(tx, [count(), membership()])
        new = tx.add_statements(snapshot, [membership(AUGUSTOW)], Authority.COUNTER, "extract 2")
    assert [one.id for one in store.membership_statements()] == new
    assert store.count_statements() == []
    assert store.count_sightings(["miasta.pl"]) == []
    assert set(store.statements_by_id(old)) == set(old), "old statements stay: alerts rest on them"


def test_a_reading_is_stored_once(store: Store) -> None:
    with store.write() as tx:
        _, snapshot, ids = store_page(tx, [count(), membership()])
        assert tx.add_statements(snapshot, [count(), membership()], Authority.COUNTER, "extract 1") == ids
    assert len(store.count_statements()) == 1


def test_many_statements_keep_their_order(store: Store) -> None:
    many = [count(number) for number in range(2_500)]
    with store.write() as tx:
        _, _, ids = store_page(tx, many)
    found = store.statements_by_id(ids)
    assert [found[number].statement for number in ids] == many


def test_count_sightings(store: Store) -> None:
    with store.write() as tx:
        first, snapshot, ids = store_page(tx, [count(373), membership()])
        second = tx.add_visit(visit(started=NOON + MINUTE))
        tx.add_sighting(snapshot, second, NOON + MINUTE, False)
        tx.add_sighting(snapshot, second, NOON + MINUTE, False)
        third, _, other = store_page(tx, [count(381)], version="2", at=NOON + 2 * MINUTE)
        store_page(tx, [count(350)], site="hajnowka", url="https://hajnowka.pl/")
    sightings = store.count_sightings({"miasta.pl"})
    assert [(one.statement.id, one.seen_at, one.visit, one.fresh) for one in sightings] == [
        (ids[0], NOON, first, True),
        (ids[0], NOON + MINUTE, second, False),
        (other[0], NOON + 2 * MINUTE, third, True),
    ]
    assert store.count_sightings(["miasta.pl"], since=NOON + MINUTE) == sightings[1:]
    assert store.count_sightings([]) == []


def test_many_pages_served_again(store: Store) -> None:
    store.archive.put(b"body")
    with store.write() as tx:
        _, first, _ = store_page(tx, [count(373)])
        _, newer, _ = store_page(tx, [count(374)], version="2", at=NOON + MINUTE)
        _, elsewhere, _ = store_page(tx, [count(350)], site="hajnowka", url="https://hajnowka.pl/")
        again = tx.add_visit(visit(started=NOON + DAY))
        versions = {one.id: (one.url, one.text_sha256) for one in tx.snapshots()}
        asked = [*versions.values(), ("https://www.miasta.pl/nic", versions[first][1])]
        assert tx.snapshot_ids("miasta.pl", asked) == {versions[first]: first, versions[newer]: newer}
        assert tx.snapshot_ids("hajnowka", asked) == {versions[elsewhere]: elsewhere}
        assert tx.snapshot_ids("miasta.pl", []) == {}
        seen = [(first, NOON + DAY, False), (newer, NOON + DAY + MINUTE, True)]
        tx.add_sightings(again, [*seen, *seen])
        tx.add_sightings(again, [])
    found = [(one.seen_at, one.fresh) for one in store.count_sightings(["miasta.pl"], since=NOON + DAY)]
    assert found == [(NOON + DAY, False), (NOON + DAY + MINUTE, True)]
    assert not store.verify().problems


def test_who_stood_in_a_member_list(store: Store) -> None:
    listed = membership(rule="member_list_row", stage=Stage.MEMBER)
    with store.write() as tx:
        first, snapshot, _ = store_page(tx, [listed, membership(AUGUSTOW), count(rule="member_list_length")])
        always, _, _ = store_page(tx, [listed], version="2", baseline=True)
        again = tx.add_visit(visit(started=NOON + DAY))
        tx.add_sighting(snapshot, again, NOON + DAY, True)
        partial = tx.add_visit(visit(started=NOON + 2 * DAY, verdict=Verdict.PARTIAL))
        tx.add_sighting(snapshot, partial, NOON + 2 * DAY, True)
    assert store.listed_on(first) == store.listed_on(partial) == {HAJNOWKA.teryt}
    assert store.listed_on(always) == set()
    assert store.listing_visits([HAJNOWKA.teryt, AUGUSTOW.teryt]) == {HAJNOWKA.teryt: 2}


def test_a_page_is_heard_once_however_often_it_is_read(store: Store) -> None:
    with store.write() as tx:
        _, _, first = store_page(tx, [membership()])
        store_page(tx, [membership(quote="w innych słowach")], version="2", at=NOON + DAY)
        _, _, dated = store_page(tx, [membership(date="2025-03-01")], version="3", at=NOON + DAY)
        _, _, elsewhere = store_page(tx, [membership()], url="https://hajnowka.pl/", at=NOON + DAY)
    heard = [one.id for one in store.tellings([HAJNOWKA.teryt])]
    assert heard == [*first, *dated, *elsewhere]
    assert store.tellings() == store.tellings([HAJNOWKA.teryt, AUGUSTOW.teryt])
    assert store.tellings([]) == []


def test_counts_of_one_visit_and_when_the_counter_was_seen_before(store: Store) -> None:
    with store.write() as tx:
        first, snapshot, ids = store_page(tx, [count(), membership()])
        store_page(tx, [count(350)], url="https://www.miasta.pl/news", at=NOON + DAY, authority=Authority.NEWS)
        last = tx.add_visit(visit(started=NOON + 2 * DAY))
        tx.add_sighting(snapshot, last, NOON + 2 * DAY, False)
    (sighting,) = store.count_sightings_of(last)
    assert (sighting.statement.id, sighting.seen_at, sighting.fresh) == (ids[0], NOON + 2 * DAY, False)
    assert store.counter_seen("miasta.pl", last, NOON - DAY) == NOON
    assert store.counter_seen("miasta.pl", last, NOON + DAY) is None
    assert store.counter_seen("miasta.pl", first, NOON - DAY) is None
    assert store.counter_seen("hajnowka", last, NOON - DAY) is None


def test_count_belief(store: Store) -> None:
    with store.write() as tx:
        _, _, ids = store_page(tx, [count(373), count(381)])
        full = belief(
            373,
            rests_on=tuple(ids[:1]),
            state=CountState.PENDING,
            previous=372,
            previous_as_of="2025",
            candidate=381,
            agreements=(NOON, NOON + MINUTE),
            candidate_rests_on=tuple(ids[1:]),
            overruled=(Overruled(ids[1], "older than what is believed"),),
        )
        tx.put_count_belief("zmp", full)
        assert tx.count_belief("zmp") == full
    assert store.count_belief("zmp") == full
    assert store.count_belief("zgw") is None
    with store.write() as tx:
        tx.put_count_belief("zmp", belief(None, state=CountState.UNKNOWN))
    assert store.count_belief("zmp") == belief(None, state=CountState.UNKNOWN)


def test_count_history_has_one_row_a_number(store: Store) -> None:
    with store.write() as tx:
        tx.put_count_belief("zmp", belief(373, as_of=None))
        tx.put_count_belief("zmp", belief(373))
        tx.put_count_belief("zmp", belief(381, since=NOON + DAY, previous=373, previous_as_of="2025-03"))
        tx.put_count_belief("zmp", belief(None, state=CountState.FLAPPING))
        tx.put_count_belief("zmp", belief(373, since=NOON + 2 * DAY))
        with pytest.raises(ValueError, match="since"):
            tx.put_count_belief("zmp", belief(390, since=None))
    assert [(one.members, one.as_of, one.since, one.previous) for one in store.count_history("zmp")] == [
        (373, "2025-03", NOON, None),
        (381, "2025-03", NOON + DAY, 373),
        (373, "2025-03", NOON + 2 * DAY, None),
    ]


def test_case(store: Store) -> None:
    case = Case(
        HAJNOWKA.teryt,
        MembershipStatus.MEMBER,
        "2025-03",
        (event(), event(Stage.ADMITTED, date="2025-03", resolution=None, votes=None, contradictions=())),
    )
    evidence = event(Stage.MEMBER, date="2015", date_kind=DateKind.BY, resolution=None, votes=None, contradictions=())
    other = Case(AUGUSTOW.teryt, MembershipStatus.MEMBER, "2015", (evidence,), since_kind=DateKind.BY)
    with store.write() as tx:
        tx.put_case(replace(case, events=case.events[:1], status=MembershipStatus.CANDIDATE))
        tx.put_case(case, known_from=NOON)
        tx.put_case(other, known_from=NOON)
    assert store.case(HAJNOWKA.teryt) == case
    assert store.case("0000000") is None
    assert store.cases() == store.cases(NOON) == [other, case]
    assert store.memberships() == [other, replace(case, events=case.events[1:])]


def test_clear_beliefs(store: Store) -> None:
    with store.write() as tx:
        tx.put_count_belief("zmp", belief())
        tx.put_case(Case(HAJNOWKA.teryt, MembershipStatus.MEMBER, None, (event(),)))
        tx.clear_beliefs()
    assert (store.count_belief("zmp"), store.count_history("zmp"), store.cases()) == (None, [], [])


def test_change(store: Store) -> None:
    told = change()
    with store.write() as tx:
        stored = tx.add_change(told)
        assert tx.add_change(replace(told, at=NOON + DAY)) is None
    assert stored is not None
    assert stored.id is not None
    assert stored == replace(told, id=stored.id)
    assert store.changes() == [stored]


def test_changes_can_be_chosen(store: Store) -> None:
    with store.write() as tx:
        late = tx.add_change(change("late", at=NOON + DAY, reconciliation=None, evidence=()))
        early = tx.add_change(
            change("early", kind=ChangeKind.ADMITTED, teryt=HAJNOWKA.teryt, municipality="Hajnówka", site="miasta.pl")
        )
    assert late is not None
    assert early is not None
    assert store.changes() == [early, late]
    assert store.changes(since=NOON + DAY) == [late]
    assert store.changes(until=NOON + DAY) == [early]
    assert store.changes(kinds=[ChangeKind.COUNT_CHANGED]) == [late]
    assert store.changes(teryt=HAJNOWKA.teryt) == [early]
    assert store.changes(ids=[late.id or 0]) == [late]
    assert store.changes(ids=[]) == []


def test_deliveries(store: Store) -> None:
    with store.write() as tx:
        told = tx.add_change(change())
        assert told is not None
        assert told.id is not None
        planned = [delivery(told.id), delivery(told.id, "burmistrz", due=NOON + DAY), delivery(told.id, "x", due=None)]
        assert tx.add_deliveries(planned) == 3
        assert tx.add_deliveries([*planned, delivery(told.id, "nowy")]) == 1
    assert [replace(one, id=None) for one in store.deliveries()] == [*planned, delivery(told.id, "nowy")]
    assert [one.recipient for one in store.deliveries(due_before=NOON)] == ["redakcja", "x", "nowy"]
    assert store.deliveries(states=[DeliveryState.SENT]) == []
    assert len(store.deliveries(change=told.id)) == 4
    assert store.deliveries(change=told.id + 1) == []


def test_lease_and_mark(store: Store) -> None:
    with store.write() as tx:
        told = tx.add_change(change())
        assert told is not None
        tx.add_deliveries([delivery(told.id or 0), delivery(told.id or 0, "later", due=NOON + DAY)])
        first, later = (one.id or 0 for one in tx.deliveries())
        assert tx.lease_deliveries([first, later], NOON + MINUTE, NOON) == [first]
        assert tx.lease_deliveries([first], NOON + MINUTE, NOON) == [], "it is leased"
        assert tx.lease_deliveries([first], NOON + 3 * MINUTE, NOON + 2 * MINUTE) == [first], "the lease is over"
        tx.mark_delivery(first, DeliveryState.SENT, 2, None, "200")
        assert tx.lease_deliveries([first], NOON + 9 * DAY, NOON + 8 * DAY) == [], "it is sent"
        with pytest.raises(StoreError, match="no delivery 999"):
            tx.mark_delivery(999, DeliveryState.SENT, 1, None, None)
    sent = store.deliveries(states=[DeliveryState.SENT])
    assert [(one.id, one.attempts, one.due, one.lease_until, one.last_result) for one in sent] == [
        (first, 2, None, None, "200")
    ]


def test_deliveries_that_went_out_last(store: Store) -> None:
    with store.write() as tx:
        told = tx.add_change(change())
        assert told is not None
        tx.add_deliveries([delivery(told.id or 0, name) for name in ("late", "first", "second", "never", "unknown")])
        ids = [one.id or 0 for one in tx.deliveries()]
        for number, hours in zip(ids, (9, 1, 2), strict=False):
            tx.mark_delivery(number, DeliveryState.SENT, 1, None, "200", sent=NOON + timedelta(hours=hours))
        tx.mark_delivery(ids[4], DeliveryState.SENT, 1, None, "200")
    sent = [[one.recipient for one in store.deliveries(states=[DeliveryState.SENT], newest=n)] for n in (2, 9)]
    assert sent == [["second", "late"], ["unknown", "first", "second", "late"]]


def test_known_pages(store: Store) -> None:
    bare = known_page("https://www.miasta.pl/b", **dict.fromkeys(("etag", "last_modified", "fetched_at", "status")))
    with store.write() as tx:
        tx.save_pages("miasta.pl", [known_page(statements=0), bare])
        tx.save_pages("miasta.pl", [known_page()])
        tx.save_pages("hajnowka", [known_page("https://hajnowka.pl/")])
        tx.save_pages("hajnowka", [])
    assert store.known_pages("miasta.pl") == {bare.url: bare, known_page().url: known_page()}
    assert store.known_pages("nowhere") == {}


def test_site_state(store: Store) -> None:
    assert store.site_state("miasta.pl") is None
    with store.write() as tx:
        for minute in range(12):
            tx.add_visit(visit(started=NOON + minute * MINUTE, verdict=Verdict.BLOCKED if minute else Verdict.OK))
        tx.add_visit(visit(started=NOON + DAY, verdict=Verdict.UNCHANGED))
        tx.mark_site(ASSOCIATION, None)
    assert store.site_state("miasta.pl") == SiteState("miasta.pl", None, (Verdict.UNCHANGED, *[Verdict.BLOCKED] * 9))
    with store.write() as tx:
        tx.mark_site(ASSOCIATION, NOON)
        tx.mark_site(replace(ASSOCIATION, url="https://miasta.pl/"), NOON + DAY)
        tx.mark_site(ASSOCIATION, None)
        tx.mark_site(Site("new", "bip", "https://bip.example/"), NOON)
    state = store.site_state("miasta.pl")
    assert state is not None
    assert state.first_healthy == NOON, "the first healthy visit, once known, stays"
    assert store.site_state("new") == SiteState("new", NOON)


def test_municipalities_are_overwritten(store: Store) -> None:
    with store.write() as tx:
        tx.put_municipalities([HAJNOWKA, AUGUSTOW, HAJNOWKA])
        tx.put_municipalities([HAJNOWKA])
        tx.put_municipalities([])
        tx.put_case(Case(HAJNOWKA.teryt, MembershipStatus.MEMBER, None, (event(kind=EventKind.ACCESSION),)))
    assert store.case(HAJNOWKA.teryt) is not None


def test_times_are_kept_to_the_microsecond_in_utc(store: Store) -> None:
    warsaw = datetime(2025, 7, 1, 2, 0, 0, 1, tzinfo=timezone(timedelta(hours=2)))
    with store.write() as tx:
        tx.add_visit(visit(started=warsaw))
    (found,) = store.visits()
    assert found.started == warsaw
    assert found.started.isoformat() == "2025-07-01T00:00:00.000001+00:00"


def test_a_time_without_zone_is_refused(store: Store) -> None:
    with pytest.raises(StoreError, match="time zone"), store.write() as tx:
        tx.add_visit(visit(started=datetime(2025, 7, 1)))  # noqa: DTZ001 - one without a zone is meant
    assert store.visits() == []


def test_characters_no_database_takes_are_replaced_one_for_one(store: Store) -> None:
    with store.write() as tx:
        _, _, (number,) = store_page(tx, [count(quote="a\0b\ud800c")])
    assert store.statements_by_id([number])[number].statement.quote == "a\ufffdb\ufffdc"
