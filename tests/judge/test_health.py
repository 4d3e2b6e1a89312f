"""Verdicts, and when the operator hears of a site."""

from __future__ import annotations

from dataclasses import replace

import pytest

from zmpwatch.judge import Findings, HealthRules, judge_visit, site_change
from zmpwatch.model import ChangeKind, Failure, FailureKind, Purpose, Site, Verdict, Visit, VisitReport

from .builders import moment

SITE = Site("hajnowka", "municipal", "https://hajnowka.example/")


def report(*failures: FailureKind | tuple[FailureKind, str], **given: object) -> VisitReport:
    made = VisitReport("hajnowka", Purpose.ROUTINE, moment("2025-03-03 08:00"), requests=10)
    for item in failures:
        kind, detail = item if isinstance(item, tuple) else (item, "detail")
        made.failures.append(Failure(kind, "https://hajnowka.example/x", detail))
    for key, value in given.items():
        setattr(made, key, value)
    return made


GOOD = Findings(read=5, new_texts=1)


@pytest.mark.parametrize(
    ("made", "findings", "verdict"),
    [
        (report(), GOOD, Verdict.OK),
        (report(not_modified=5), Findings(), Verdict.UNCHANGED),
        (report(), Findings(read=5), Verdict.UNCHANGED),
        (report(), Findings(), Verdict.EMPTY),
        (report(FailureKind.UNREACHABLE), Findings(), Verdict.UNREACHABLE),
        (report(FailureKind.TIMEOUT), Findings(), Verdict.UNREACHABLE),
        (report(FailureKind.TLS), Findings(), Verdict.UNREACHABLE),
        (report(FailureKind.ROBOTS_UNREACHABLE), Findings(), Verdict.UNREACHABLE),
        (report(FailureKind.REFUSED_ADDRESS), Findings(), Verdict.UNREACHABLE),
        (report(FailureKind.ROBOTS), Findings(), Verdict.DISALLOWED),
        (report(FailureKind.CHALLENGE), Findings(), Verdict.BLOCKED),
        (report(FailureKind.RETRY_LATER), Findings(), Verdict.BLOCKED),
        (report((FailureKind.STATUS, "403 Forbidden")), Findings(), Verdict.BLOCKED),
        (report((FailureKind.STATUS, "status 401")), Findings(), Verdict.BLOCKED),
        (report((FailureKind.STATUS, "status 451")), Findings(), Verdict.BLOCKED),
        (report((FailureKind.STATUS, "500 Internal Server Error")), Findings(), Verdict.BROKEN),
        (report(FailureKind.WRONG_PAGE), Findings(), Verdict.BROKEN),
        (report(FailureKind.INCOMPLETE), GOOD, Verdict.PARTIAL),
        (report(*[(FailureKind.STATUS, "500")] * 6), GOOD, Verdict.PARTIAL),
        (report(*[(FailureKind.STATUS, "500")] * 5), GOOD, Verdict.OK),
        (report(*[(FailureKind.STATUS, "404 Not Found")] * 9), GOOD, Verdict.OK),
        (report(FailureKind.TIMEOUT), replace(GOOD, start_failed=True), Verdict.PARTIAL),
        (report(*[FailureKind.ROBOTS] * 9), GOOD, Verdict.OK),
        (report(FailureKind.NEEDS_OCR), GOOD, Verdict.OK),
        (report(capped=["requests"]), GOOD, Verdict.OK),
        (report(capped=["seconds"]), GOOD, Verdict.PARTIAL),
        (report(FailureKind.RETRY_LATER, left_alone=True, pages=1), GOOD, Verdict.PARTIAL),
        (report(FailureKind.RETRY_LATER, left_alone=True, not_modified=1), Findings(), Verdict.PARTIAL),
        (report(FailureKind.RETRY_LATER, left_alone=True), Findings(), Verdict.BLOCKED),
        (report(), replace(GOOD, count_expected=True, count_found=True, count_page_seen=True), Verdict.OK),
        (report(), replace(GOOD, count_expected=True, count_page_seen=True), Verdict.BROKEN),
        (report(), replace(GOOD, count_expected=True), Verdict.PARTIAL),
    ],
)
def test_verdict(made: VisitReport, findings: Findings, verdict: Verdict) -> None:
    assert judge_visit(made, findings)[0] is verdict


def test_a_visit_that_its_host_ended_says_so() -> None:
    _, problems = judge_visit(report(FailureKind.RETRY_LATER, left_alone=True, pages=1), GOOD)
    assert problems[-1] == "stopped early: the host was left alone for the rest of the visit"
    _, problems = judge_visit(report(FailureKind.RETRY_LATER, left_alone=True), Findings())
    assert problems == ("retry_later: https://hajnowka.example/x: detail",)


def test_a_pause_that_outlasts_the_visit_is_told_as_what_it_is() -> None:
    _, problems = judge_visit(report(capped=["seconds"], crawl_delay=86400.0), GOOD)
    assert problems == (
        "stopped early: the budget of seconds ran out",
        "robots.txt asks for 86400 s between two requests: the visit ended before that",
    )


def test_problems_are_told_once_each_and_bounded() -> None:
    made = report(*[(FailureKind.STATUS, "404 Not Found")] * 30, *[(FailureKind.TIMEOUT, str(n)) for n in range(40)])
    _, problems = judge_visit(made, GOOD)
    assert problems[0] == "status: https://hajnowka.example/x: 404 Not Found (and 29 more)"
    assert len(problems) == 12
    assert problems[-1] == "and 30 more problems"


def test_an_ill_visit_without_failures_still_says_why() -> None:
    assert judge_visit(report(), Findings()) == (Verdict.EMPTY, ("no page came",))


def visit(day: int, verdict: Verdict) -> Visit:
    at = moment(f"2025-03-{day:02} 08:00")
    return Visit("hajnowka", Purpose.ROUTINE, at, at, verdict, 1, 0, 0, 0, 0, ("why",))


def health_of(verdicts: list[Verdict], *, told_broken: bool = False) -> ChangeKind | None:
    """What the operator hears after the last of these visits, oldest first."""
    visits = [visit(day, verdict) for day, verdict in enumerate(verdicts, 1)]
    change = site_change(
        SITE,
        visits[-1],
        visits[-2::-1],
        told_broken=told_broken,
        rules=HealthRules(patience=3),
        now=moment("2025-03-20 08:00"),
    )
    return change.kind if change else None


OK, BAD, OFF, SHUT = Verdict.OK, Verdict.BROKEN, Verdict.UNREACHABLE, Verdict.DISALLOWED


@pytest.mark.parametrize(
    ("verdicts", "told_broken", "heard"),
    [
        ([OK], False, None),
        ([OK, BAD], False, None),
        ([OK, BAD, OFF], False, None),
        ([OK, BAD, OFF, BAD], False, ChangeKind.SITE_BROKEN),
        ([BAD, BAD, BAD], False, ChangeKind.SITE_BROKEN),
        ([BAD, BAD, BAD, BAD], True, None),
        ([BAD, BAD, OK, BAD, BAD], False, None),
        ([BAD, BAD, BAD, OK], True, ChangeKind.SITE_RECOVERED),
        ([BAD, OK], False, None),
        ([SHUT, SHUT], False, None),
        ([SHUT, SHUT, SHUT], False, ChangeKind.SITE_BROKEN),
        ([SHUT, SHUT, OFF], False, None),
        ([SHUT, SHUT, OFF, OFF, OFF], False, ChangeKind.SITE_BROKEN),
        ([OFF, SHUT, OFF, SHUT], False, None),
        ([OFF, SHUT, OFF, SHUT, OFF], False, ChangeKind.SITE_BROKEN),
        ([SHUT, SHUT, OK, SHUT], False, None),
    ],
)
def test_the_operator_hears_of_it(verdicts: list[Verdict], told_broken: bool, heard: ChangeKind | None) -> None:
    assert health_of(verdicts, told_broken=told_broken) is heard


def test_the_message_names_the_last_good_visit() -> None:
    visits = [visit(4, BAD), visit(3, BAD), visit(2, BAD), visit(1, OK)]
    change = site_change(SITE, visits[0], visits[1:], told_broken=False, now=moment("2025-03-04 09:00"))
    assert change is not None
    assert change.after["last_good"] == "2025-03-01T08:00:00+00:00"
    assert change.after["problems"] == ["why"]
