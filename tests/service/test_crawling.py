"""A crawl from the page to the alert, against real servers: what is told, and what is not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from zmpwatch.model import ChangeKind, CountState, Purpose, Verdict
from zmpwatch.service.answers import answer_case, answer_changes, answer_members
from zmpwatch.service.countanswers import answer_count
from zmpwatch.service.opening import open_store
from zmpwatch.service.replica import Receiver

from .conftest import QUIET, Crawl
from .world import Answer, World, association_home

ADMITTED = """
<h1>Hajnówka w gronie miast Związku</h1>
<p>Opublikowano: 03.03.2025</p>
<p>Zarząd Związku Miast Polskich 28 lutego 2025 r. przyjął Hajnówkę w poczet członków.
Uchwałę nr XI/59/25 o przystąpieniu do Związku Miast Polskich Rada Miasta Hajnówka podjęła 26 lutego 2025 r.</p>
"""


def subjects(inbox: Receiver, recipient: str = "redakcja") -> list[str]:
    return [message.title for message in inbox.messages if message.path == f"/{recipient}"]


def publish_admission(world: World) -> None:
    """The counter goes up and the town says why."""
    world.now = datetime(2025, 3, 4, 8, 0, tzinfo=UTC)
    world.sites["zmp"].put("/", association_home(381, names="HAJNÓWKA"))
    world.sites["hajnowka"].put("/", QUIET + '<a href="/aktualnosci/zmp">Hajnówka w Związku Miast Polskich</a>')
    world.sites["hajnowka"].put("/aktualnosci/zmp", ADMITTED)


def test_first_visit_is_a_baseline_and_the_second_without_change_is_silent(
    world: World, run: Crawl, inbox: Receiver
) -> None:
    first = run()
    assert first.verdicts == {"ok": 3}
    second = run()
    assert second.verdicts == {"unchanged": 3}
    assert (first.changes, second.changes) == ([], [])
    assert inbox.messages == ()
    with open_store(world.config()) as store:
        count = answer_count(store, "zmp")
    assert count is not None
    assert (count["members"], count["previous"]) == (373, None)


def test_a_change_gives_exactly_one_alert(world: World, run: Crawl, inbox: Receiver) -> None:
    run()
    publish_admission(world)
    result = run()
    kinds = sorted(str(change.kind) for change in result.changes)
    assert kinds == ["admitted", "count_changed", "resolved"]
    assert [visit.purpose for visit in result.visits].count(Purpose.CONFIRMATION) == 2
    (subject,) = subjects(inbox)
    assert subject.startswith("ZMP: 373 → 381 (+8): Hajnówka")
    (message,) = inbox.messages
    for expected in ("28 lutego 2025", "XI/59/25", "przyjął Hajnówkę w poczet członków", "373 + 8 = 381"):
        assert expected in message.body
    again = run()
    assert again.changes == []
    assert len(inbox.messages) == 1


def test_two_subscribers_get_one_alert_each_of_what_they_asked_for(world: World, run: Crawl, inbox: Receiver) -> None:
    world.subscribers = [
        {"name": "numbers", "to": [inbox.url("numbers")], "events": ["count_changed"], "language": "en"},
        {"name": "north", "to": [inbox.url("north")], "voivodeships": ["pomorskie"], "events": ["admitted"]},
        {"name": "podlasie", "to": [inbox.url("podlasie")], "voivodeships": ["podlaskie"], "events": ["admitted"]},
    ]
    run()
    publish_admission(world)
    run()
    paths = sorted(message.path for message in inbox.messages)
    assert paths == ["/numbers", "/podlasie"]


def test_the_history_answers(world: World, run: Crawl) -> None:
    run()
    publish_admission(world)
    run()
    with open_store(world.config()) as store:
        from zmpwatch.register import load_register

        register = load_register()
        case = answer_case(store, register.by_teryt("2005011"))
        members = answer_members(store)
        changes = answer_changes(store)
        (count,) = answer_changes(store, kinds=[ChangeKind.COUNT_CHANGED])
        archived = count["evidence"][0]["archived"]
        assert b"381" in store.archive.get(archived)
    assert case["status"] == "member"
    assert [(event["stage"], event["date"], event["resolution"]) for event in case["events"]] == [
        ("resolved", "2025-02-26", "XI/59/25"),
        ("admitted", "2025-02-28", None),
    ]
    assert "2005011" in {member["teryt"] for member in members}
    assert (count["before"], count["after"]) == (373, 381)
    assert {change["municipality"] for change in changes} == {None, "Hajnówka"}


def test_long_waits_are_left_to_later_runs(world: World, run: Crawl, inbox: Receiver) -> None:
    world.crawl["confirm_after"] = "10m"
    run()
    publish_admission(world)
    first = run()
    assert first.pending is not None
    assert first.pending.state is CountState.PENDING
    assert not [subject for subject in subjects(inbox) if "381" in subject]
    run()
    run()
    assert [subject for subject in subjects(inbox) if "373 → 381" in subject]


def _gone(world: World) -> None:
    world.sites["zmp"].put("/", "<h1>Związek Miast Polskich</h1><p>Związek działa na rzecz samorządności.</p>")


def _status(code: int) -> Callable[[World], None]:
    return lambda world: world.sites["zmp"].put("/", "<p>500 członków</p>", status=code)


def _empty(world: World) -> None:
    world.sites["zmp"].pages["/"] = Answer(b"")


def _maintenance(world: World) -> None:
    world.sites["zmp"].put("/", "<h1>Przerwa techniczna</h1><p>Wracamy za 381 minut.</p>", "Przerwa techniczna")


def _challenge(world: World) -> None:
    world.sites["zmp"].put(
        "/", "<h1>Checking your browser before accessing</h1><p>Just a moment...</p>", "Just a moment..."
    )


def _half(world: World) -> None:
    whole = world.sites["zmp"].pages["/"]
    assert isinstance(whole, Answer)
    world.sites["zmp"].pages["/"] = Answer(whole.body[: len(whole.body) // 2])


def _cut(world: World) -> None:
    whole = world.sites["zmp"].pages["/"]
    assert isinstance(whole, Answer)
    world.sites["zmp"].pages["/"] = Answer(whole.body[:200], declared_length=len(whole.body))


def _zero(world: World) -> None:
    world.sites["zmp"].put("/", association_home(0))


def _absurd(world: World) -> None:
    world.sites["zmp"].put("/", association_home(999))


NUISANCES = {
    "counter gone": (_gone, Verdict.BROKEN),
    "500": (_status(500), Verdict.BROKEN),
    "503": (_status(503), Verdict.BLOCKED),
    "403": (_status(403), Verdict.BLOCKED),
    "empty": (_empty, Verdict.BROKEN),
    "maintenance": (_maintenance, Verdict.BROKEN),
    "challenge": (_challenge, Verdict.BLOCKED),
    "half a body": (_half, None),
    "cut transfer": (_cut, None),
    "zero": (_zero, None),
    "absurd": (_absurd, None),
}


@pytest.mark.parametrize("nuisance", NUISANCES)
def test_a_nuisance_on_the_associations_page_is_no_news(
    world: World, run: Crawl, inbox: Receiver, nuisance: str
) -> None:
    spoil, verdict = NUISANCES[nuisance]
    run()
    good = world.sites["zmp"].pages["/"]
    spoil(world)
    result = run("zmp")
    if verdict is not None:
        assert result.routine[0].verdict is verdict
    world.sites["zmp"].pages["/"] = good
    run("zmp")
    assert subjects(inbox) == []
    with open_store(world.config()) as store:
        count = answer_count(store, "zmp")
    assert count is not None
    assert count["members"] == 373


def test_mirrors_that_disagree_reach_the_operator_once(world: World, run: Crawl, inbox: Receiver) -> None:
    run()
    turns = [373, 381]

    def flap() -> Answer:
        turns.append(turns.pop(0))
        return Answer(
            f"<html><body>{association_home(turns[0])}</body></html>".encode(),
        )

    world.sites["zmp"].pages["/"] = flap
    for _ in range(4):
        run("zmp")
    assert subjects(inbox) == []
    assert len(subjects(inbox, "operator")) <= 1
    with open_store(world.config()) as store:
        belief = store.count_belief("zmp")
    assert belief is not None
    assert belief.members == 373


def test_a_clock_and_a_visit_counter_are_no_news(world: World, run: Crawl, inbox: Receiver) -> None:
    hits = iter(range(10_000, 20_000, 7))

    def ticking() -> Answer:
        clock = f"<p>Dzisiaj jest {world.now:%d.%m.%Y %H:%M:%S}. Odwiedzin: {next(hits)}</p>"
        return Answer(f"<html><body>{clock}{association_home(373)}</body></html>".encode())

    world.sites["zmp"].pages["/"] = ticking
    results = [run() for _ in range(4)]
    assert [result.changes for result in results] == [[], [], [], []]
    assert [result.statements for result in results[1:]] == [0, 0, 0]
    assert inbox.messages == ()


def test_a_receiver_that_is_down_gets_the_alert_later(world: World, run: Crawl, inbox: Receiver) -> None:
    world.subscribers = [{"name": "redakcja", "to": ["json://127.0.0.1:9/redakcja"]}]
    run()
    publish_admission(world)
    result = run()
    assert result.failed
    assert result.delivery.failed
    world.subscribers = [{"name": "redakcja", "to": [inbox.url("redakcja")]}]
    world.later(hours=2)
    run()
    assert len(subjects(inbox)) == 1


def test_sites_that_do_not_answer_are_told_to_the_operator_after_three_visits(
    world: World, run: Crawl, inbox: Receiver
) -> None:
    run()
    world.sites["hajnowka"].close()
    for _ in range(2):
        assert run().verdicts["unreachable"] == 1
    assert subjects(inbox, "operator") == []
    run()
    run()
    assert len(subjects(inbox, "operator")) == 1
    assert subjects(inbox) == []


def test_a_name_new_in_the_member_list_is_news_once_it_stays(world: World, run: Crawl, inbox: Receiver) -> None:
    def listing(*names: str) -> str:
        towns = "".join(f"<li>{name}</li>" for name in names)
        return f"<h1>Miasta członkowskie według województw</h1><h2>podlaskie</h2><ol>{towns}</ol>"

    zmp = world.sites["zmp"]
    zmp.put(
        "/", association_home(373) + '<a href="/miasta/wg-wojewodztw">Miasta członkowskie Związku Miast Polskich</a>'
    )
    zmp.put("/miasta/wg-wojewodztw", listing("Augustów", "Białystok", "Łomża", "Suwałki"))
    run()
    zmp.put("/miasta/wg-wojewodztw", listing("Augustów", "Białystok", "Hajnówka", "Łomża", "Suwałki"))
    assert run().changes == []
    (change,) = run().changes
    assert (change.kind, change.municipality, change.after["date"]) == (ChangeKind.ADMITTED, "Hajnówka", None)
    assert run().changes == []
    assert len(subjects(inbox)) == 1


def test_a_name_missing_from_the_member_list_once_is_no_news(world: World, run: Crawl, inbox: Receiver) -> None:
    zmp = world.sites["zmp"]
    zmp.put(
        "/", association_home(373) + '<a href="/miasta/wg-wojewodztw">Miasta członkowskie Związku Miast Polskich</a>'
    )
    page = "<h1>Miasta członkowskie Związku Miast Polskich według województw</h1><h2>podlaskie</h2><ol><li>{}</li></ol>"
    zmp.put("/miasta/wg-wojewodztw", page.format("Augustów</li><li>Suwałki"))
    run()
    zmp.put("/miasta/wg-wojewodztw", page.format("Augustów"))
    run()
    zmp.put("/miasta/wg-wojewodztw", page.format("Augustów</li><li>Suwałki"))
    run()
    run()
    assert inbox.messages == ()


def test_nothing_is_stored_of_a_visit_whose_storing_fails(
    world: World, run: Crawl, monkeypatch: pytest.MonkeyPatch
) -> None:
    from zmpwatch.errors import StoreError
    from zmpwatch.store import Writer

    def refuse(*_: object) -> None:
        raise StoreError("disk full")

    run()
    publish_admission(world)
    with monkeypatch.context() as patch:
        patch.setattr(Writer, "await_judgement", refuse)
        with pytest.raises(StoreError, match="disk full"):
            run()
    with open_store(world.config()) as store:
        assert store.case("2005011") is None
        assert len(store.visits("hajnowka")) == 1
    assert "admitted" in {str(change.kind) for change in run().changes}


def test_a_neighbour_that_asks_for_a_pause_or_hangs_holds_up_no_other_site(world: World, run: Crawl) -> None:
    run()
    world.sites["bip"].put("/", "<p>Zaraz wracamy.</p>", status=503, Retry_After="3600")
    world.crawl["timeout"] = 2
    result = run()
    verdicts = {visit.site: visit.verdict for visit in result.routine}
    assert verdicts == {"zmp": Verdict.UNCHANGED, "hajnowka": Verdict.UNCHANGED, "bip": Verdict.BLOCKED}


def test_old_pages_that_a_later_visit_finds_are_history(world: World, run: Crawl, inbox: Receiver) -> None:
    zmp = world.sites["zmp"]
    links = "".join(
        f'<li><a href="/aktualnosci/zwiazek-{n}">Związek Miast Polskich: nowe miasta, {n}</a></li>' for n in range(9)
    )
    zmp.put("/", association_home(373, news=links))
    for n in range(9):
        town = ("Augustów", "Suwałki", "Łomża", "Siemiatycze", "Grajewo", "Kolno", "Zambrów", "Sokółka", "Mońki")[n]
        zmp.put(
            f"/aktualnosci/zwiazek-{n}",
            "<h1>Nowe miasto</h1><p>Zarząd Związku Miast Polskich 15 listopada 2024 r. "
            f"przyjął {town} w poczet członków.</p>",
        )
    world.crawl["requests_per_visit"] = 6
    run()
    world.crawl["requests_per_visit"] = 60
    results = [run() for _ in range(3)]
    assert [result.changes for result in results] == [[], [], []]
    assert inbox.messages == ()
    with open_store(world.config()) as store:
        assert len(answer_members(store)) >= 9


LISTING = "<h1>Miasta członkowskie Związku Miast Polskich według województw</h1><h2>podlaskie</h2><ol>{}</ol>"


def test_a_member_list_that_is_first_reached_late_is_a_baseline(world: World, run: Crawl, inbox: Receiver) -> None:
    run()
    run()
    world.sites["zmp"].put("/miasta/wg-wojewodztw", LISTING.format("<li>Augustów</li><li>Suwałki</li><li>Łomża</li>"))
    for _ in range(3):
        assert run().changes == []
    assert inbox.messages == ()


def test_two_lists_of_one_visit_are_one_sighting(world: World, run: Crawl) -> None:
    zmp = world.sites["zmp"]
    link = '<a href="/miasta/{0}">Miasta członkowskie Związku Miast Polskich, {0}</a>'
    zmp.put("/", association_home(373) + link.format("wg-wojewodztw") + link.format("alfabetycznie"))
    for path in ("/miasta/wg-wojewodztw", "/miasta/alfabetycznie"):
        zmp.put(path, LISTING.format("<li>Augustów</li><li>Suwałki</li>"))
    run()
    for path in ("/miasta/wg-wojewodztw", "/miasta/alfabetycznie"):
        zmp.put(path, LISTING.format("<li>Augustów</li><li>Łomża</li><li>Suwałki</li>"))
    assert run().changes == []
    assert [change.municipality for change in run().changes] == ["Łomża"]


def test_a_first_count_of_an_unhealthy_visit_is_not_believed(world: World, run: Crawl, inbox: Receiver) -> None:
    zmp = world.sites["zmp"]
    good = zmp.pages["/"]
    zmp.put("/", "<p>błąd</p>", status=500)
    zmp.put(
        "/aktualnosci",
        "<h1>Aktualności</h1><p>Opublikowano: 01.07.2024</p><p>Związek Miast Polskich liczy 360 miast.</p>",
    )
    run("zmp")
    zmp.pages["/"] = good
    assert run("zmp").changes == []
    assert run("zmp").changes == []
    assert inbox.messages == ()


def test_a_visit_that_can_not_be_judged_holds_up_no_other(
    world: World, run: Crawl, inbox: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    from zmpwatch.store import Writer

    run()
    publish_admission(world)
    whole = Writer.put_municipalities

    def poisoned(self: Writer, municipalities: list[object]) -> None:
        if any(getattr(item, "teryt", "") == "2005011" for item in municipalities):
            raise ValueError("poison")
        whole(self, municipalities)  # type: ignore[arg-type]

    world.sites["zmp"].put("/", association_home(381, names="SUCHA BESKIDZKA"))
    with monkeypatch.context() as patch:
        patch.setattr(Writer, "put_municipalities", poisoned)
        result = run()
    assert {visit.site: visit.verdict for visit in result.routine}["hajnowka"] is Verdict.BROKEN
    assert [subject for subject in subjects(inbox) if "373 → 381" in subject]


def test_a_shared_name_is_told_to_the_operator_not_guessed(world: World, run: Crawl, inbox: Receiver) -> None:
    run()
    world.now = datetime(2025, 3, 4, 8, 0, tzinfo=UTC)
    zmp = world.sites["zmp"]
    zmp.put("/", association_home(373) + '<a href="/aktualnosci/nowe">Nowe miasta w Związku Miast Polskich</a>')
    zmp.put(
        "/aktualnosci/nowe",
        "<h1>Nowe miasta</h1><p>Zarząd Związku Miast Polskich 28 lutego 2025 r. "
        "przyjął Gminę Dąbrowa w poczet członków.</p>",
    )
    result = run("zmp")
    assert result.changes == []
    assert any(problem.startswith("ambiguous: ") and "Dąbrowa" in problem for problem in result.routine[0].problems)
