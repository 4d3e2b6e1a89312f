"""What a crawl looks like where there is no terminal."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from zmpwatch.cli.asking import _told
from zmpwatch.cli.crawlview import change_line, report_lines
from zmpwatch.model import (
    Change,
    ChangeKind,
    CountBelief,
    CountState,
    Evidence,
    Purpose,
    Reconciliation,
    Verdict,
    Visit,
)
from zmpwatch.service.crawling import CrawlResult
from zmpwatch.service.delivering import DeliveryReport

NOW = datetime(2025, 3, 3, 9, 52, tzinfo=UTC)


def visit(site: str, verdict: Verdict, *problems: str) -> Visit:
    return Visit(site, Purpose.ROUTINE, NOW, NOW, verdict, 20, 400_000, 9, 3, 2, problems)


def result(*visits: Visit, **more: object) -> CrawlResult:
    verdicts: dict[str, int] = {}
    for item in visits:
        verdicts[str(item.verdict)] = verdicts.get(str(item.verdict), 0) + 1
    values: dict[str, object] = {
        "visits": list(visits),
        "changes": [],
        "verdicts": verdicts,
        "statements": 4,
        "delivery": DeliveryReport(),
        "seconds": 41.2,
    }
    return CrawlResult(**values | more)  # type: ignore[arg-type]


def test_the_report_of_a_quiet_crawl() -> None:
    lines = report_lines(result(visit("zmp", Verdict.OK), visit("hajnowka", Verdict.UNCHANGED)))
    assert lines == [
        " 2 visits, 40 requests, 0.8 MB, 25 % unchanged",
        " ok 1 · unchanged 1",
        "",
        " no change",
        " 0 messages sent, 0 deliveries waiting",
    ]


def test_the_first_crawl_says_which_count_it_took() -> None:
    first = CountBelief(CountState.STABLE, members=373, as_of="2025-03-03", since=NOW)
    made = result(visit("zmp", Verdict.OK), baseline=first)
    assert " baseline: 373 members (as of 2025-03-03), the first count read" in "\n".join(report_lines(made))
    assert made.as_json()["baseline"] == 373


def test_what_is_not_well_is_told_with_its_reasons() -> None:
    made = result(
        visit("zmp", Verdict.OK),
        visit("bip.xyz.pl", Verdict.BLOCKED, "challenge: https://bip.xyz.pl/: a challenge page answers"),
        delivery=DeliveryReport(failed=1, waiting=1, messages=1, lines=["redakcja abc: 1 change, failed: HTTP 500"]),
    )
    assert made.failed
    text = "\n".join(report_lines(made))
    assert " blocked       bip.xyz.pl\n               challenge: https://bip.xyz.pl/: a challenge page answers" in text
    assert " 1 message sent, 1 delivery waiting\n   redakcja abc: 1 change, failed: HTTP 500" in text


def test_a_count_that_waits_is_told() -> None:
    belief = CountBelief(CountState.PENDING, 373, candidate=381, agreements=(NOW,))
    text = "\n".join(report_lines(result(visit("zmp", Verdict.OK), pending=belief)))
    assert "the count 373 → 381 is pending: read 1 time, told to nobody yet; a later run confirms it" in text


def test_a_count_that_can_hardly_be_true_waits_for_more_than_a_run() -> None:
    belief = CountBelief(CountState.IMPLAUSIBLE, 381, candidate=500, agreements=(NOW, NOW))
    text = "\n".join(report_lines(result(visit("zmp", Verdict.OK), pending=belief)))
    assert "read 2 times, told to nobody yet; a day of agreement or your yes decides (zmpwatch count accept)" in text


EVIDENCE = (Evidence("https://zmp.example/", "381 miast", "0" * 64, "zmp", NOW),)


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (
            Change(
                ChangeKind.COUNT_CHANGED,
                NOW,
                "k",
                before={"members": 373},
                after={"members": 381, "read_at": ["a", "b", "c"]},
                evidence=EVIDENCE,
                reconciliation=Reconciliation(373, 381, ("2005011",) * 6, ()),
            ),
            "count              373 → 381                zmp, confirmed 2 times         6 named, 2 unexplained",
        ),
        (
            Change(
                ChangeKind.RESOLVED,
                NOW,
                "k",
                teryt="2005011",
                municipality="Hajnówka",
                after={"kind": "accession", "date": "2025-02-26", "resolution": "XI/59/25"},
                evidence=EVIDENCE,
            ),
            "resolved           Hajnówka                 2025-02-26, XI/59/25           zmp",
        ),
        (
            Change(
                ChangeKind.PROPOSED,
                NOW,
                "k",
                teryt="0664011",
                municipality="Zamość",
                after={"kind": "withdrawal", "date": None},
                evidence=EVIDENCE,
            ),
            "proposed (leaving) Zamość                   undated                        zmp",
        ),
        (
            Change(ChangeKind.SITE_BROKEN, NOW, "k", site="bip", after={"problems": ["timeout: after 30 s"]}),
            "site_broken        bip                      timeout: after 30 s",
        ),
    ],
    ids=["count", "resolved", "leaving", "broken"],
)
def test_a_change_is_one_line(change: Change, line: str) -> None:
    assert change_line(change) == line


def test_moments_are_those_of_the_clock_on_the_wall() -> None:
    problem = "retry_later: https://bip.example/: 503, not to be asked before 2025-03-03T23:30:00+00:00"
    ill = result(visit("bip", Verdict.BLOCKED, problem, *(f"status: https://bip.example/{n}" for n in range(4))))
    ill.delivery.lines.append("redakcja mailto: 1 change, failed, again after 2025-03-03T10:00+00:00")
    ill.delivery.failed = 1
    text = "\n".join(report_lines(ill, ZoneInfo("Europe/Warsaw")))
    assert "not to be asked before 2025-03-04 00:30\n" in text
    assert "… and 2 more" in text
    assert "again after 2025-03-03 11:00" in text
    assert "+00:00" not in text
    assert "2025-03-03 18:30" in "\n".join(report_lines(ill, ZoneInfo("America/New_York")))


def test_it_is_said_when_no_site_answers_at_all() -> None:
    silent = "unreachable: https://x.pl/: the name does not resolve"
    away = [replace(visit(f"town{number}", Verdict.UNREACHABLE, silent), bytes=0) for number in range(3)]
    distrusted = replace(away[0], problems=("tls: https://d.pl/: the certificate is for another host",))
    said = " no site answered at all: is this machine connected, and does its resolver answer?"
    assert said in report_lines(result(*away))
    assert said not in report_lines(result(*away[:2]))
    assert said not in report_lines(result(*away, visit("zmp", Verdict.OK)))
    assert said not in report_lines(result(*away, distrusted))


def test_moments_in_a_change_are_those_of_the_operator() -> None:
    problem = "retry_later: https://x.pl/: 503, not to be asked before 2025-03-03T10:30:00+00:00"
    change = Change(ChangeKind.SITE_BROKEN, NOW, "key", site="x", after={"verdict": "blocked", "problems": [problem]})
    assert change_line(change).endswith("503, not to be asked before 2025-03-03 11:30")
    assert change_line(change, ZoneInfo("UTC")).endswith("503, not to be asked before 2025-03-03 10:30")
    answer = {"kind": "site_broken", "municipality": None, "site": "x", "after": change.after}
    assert _told(answer, ZoneInfo("Europe/Warsaw")).endswith("503, not to be asked before 2025-03-03 11:30")
