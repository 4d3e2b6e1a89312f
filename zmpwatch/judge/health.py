"""How a visit went: its verdict, and what the operator is told of the site."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile

from zmpwatch.judge.rules import HealthRules
from zmpwatch.model import Change, ChangeKind, Failure, FailureKind, Site, Verdict, Visit, VisitReport

__all__ = ["Findings", "judge_visit", "site_change"]

_BLOCKED_STATUS = ("401", "403", "429", "451")
_GONE = ("404", "410")
_GRAVE = {FailureKind.INCOMPLETE, FailureKind.INTERNAL}
"""One is enough to make a visit partial: what the page held is not known."""
_NET = {FailureKind.UNREACHABLE, FailureKind.TIMEOUT, FailureKind.TLS, FailureKind.ROBOTS_UNREACHABLE}
_HARMLESS = {FailureKind.ROBOTS, FailureKind.NEEDS_OCR}
"""Failures that say nothing against a visit: single paths closed to us, scans that wait for OCR."""
_USUAL_ENDS = {"requests", "pages"}
"""Budgets that a visit of a big site always spends: the rest waits for the next one."""
_MAX_PROBLEMS = 12


@dataclass(frozen=True, slots=True)
class Findings:
    """What the readers made of a visit's pages.

    `read` pages gave text, `new_texts` of them a text not seen before; `count_expected` says that the site is the
    association's and gave a count before, `count_found` that it gave one now, `count_page_seen` that the page which
    carries it was served; `start_failed` that the site's own address, where every visit begins, gave no page.
    `advertising` are the addresses of pages, new in this visit, that advertise what no town sells;
    `bare` says that nothing came but a front page without a word of a municipality, which counts as unread.
    """

    read: int = 0
    new_texts: int = 0
    statements: int = 0
    count_expected: bool = False
    count_found: bool = False
    count_page_seen: bool = False
    start_failed: bool = False
    advertising: tuple[str, ...] = ()
    bare: bool = False


def judge_visit(
    report: VisitReport, findings: Findings, rules: HealthRules | None = None
) -> tuple[Verdict, tuple[str, ...]]:
    """The verdict on a visit, with its problems in words.

    Args:
        report: what the crawler saw; failures made while reading are in it as well.
        findings: what the readers made of it.
        rules: thresholds.
    """
    rules = rules or HealthRules()
    problems = _problems(report.failures)
    problems += map(str, report.traps)
    if report.redesigned is not None:
        problems.append(f"redesigned: {report.redesigned}")
    if spent := set(report.capped) - _USUAL_ENDS:
        problems.append("stopped early: the budget of " + ", ".join(sorted(spent)) + " ran out")
    elif report.left_alone and (report.pages or report.not_modified):
        problems.append("stopped early: the host was left alone for the rest of the visit")
    if report.crawl_delay is not None:
        problems.append(
            f"robots.txt asks for {report.crawl_delay:g} s between two requests: the visit ended before that"
        )
    if findings.bare:
        problems.insert(
            0, "bare: the front page says nothing of a municipality and leads nowhere: is this still the site?"
        )
    if findings.read == 0 and report.not_modified == 0:
        return _verdict_without_pages(report), tuple(problems or [_why_none(report)])
    if findings.count_expected and not findings.count_found and findings.count_page_seen:
        problems.insert(0, "the member count that stood here is gone; subscribers were told nothing")
        return Verdict.BROKEN, tuple(problems)
    if _is_spam(findings, rules):
        problems.insert(
            0,
            f"spam: {len(findings.advertising)} of {findings.new_texts} new pages advertise gambling or the like, "
            f"such as {findings.advertising[0]}: was the site broken into?",
        )
        return Verdict.PARTIAL, tuple(problems)
    if _is_partial(report, findings, rules):
        return Verdict.PARTIAL, tuple(problems)
    if report.proven_empty and findings.statements == 0 and report.pages <= 1:
        return Verdict.PROVEN_EMPTY, tuple(problems)
    if findings.new_texts == 0:
        return Verdict.UNCHANGED, tuple(problems)
    return Verdict.OK, tuple(problems)


def _why_none(report: VisitReport) -> str:
    spent = ", ".join(sorted(report.capped))
    return f"no page came: the budget of {spent} ran out before one did" if spent else "no page came"


def _problems(failures: Sequence[Failure]) -> list[str]:
    grouped = Counter((failure.kind, failure.detail) for failure in failures)
    first: dict[tuple[FailureKind, str], str] = {}
    for failure in failures:
        first.setdefault((failure.kind, failure.detail), failure.url)
    lines = []
    for (kind, detail), times in grouped.most_common():
        more = f" (and {times - 1} more)" if times > 1 else ""
        lines.append(f"{kind}: {first[kind, detail]}: {detail}{more}")
    if len(lines) > _MAX_PROBLEMS:
        lines[_MAX_PROBLEMS - 1 :] = [f"and {len(lines) - _MAX_PROBLEMS + 1} more problems"]
    return lines


def _verdict_without_pages(report: VisitReport) -> Verdict:
    kinds = {failure.kind for failure in report.failures}
    refused = any(
        failure.kind is FailureKind.STATUS and _status(failure).startswith(_BLOCKED_STATUS)
        for failure in report.failures
    )
    if FailureKind.CHALLENGE in kinds or FailureKind.RETRY_LATER in kinds or refused:
        return Verdict.BLOCKED
    if kinds & _NET or FailureKind.REFUSED_ADDRESS in kinds:
        return Verdict.UNREACHABLE
    if kinds == {FailureKind.ROBOTS}:
        return Verdict.DISALLOWED
    if kinds - _HARMLESS:
        return Verdict.BROKEN
    return Verdict.EMPTY


def _is_partial(report: VisitReport, findings: Findings, rules: HealthRules) -> bool:
    if set(report.capped) - _USUAL_ENDS or findings.start_failed or report.left_alone:
        return True
    if findings.count_expected and not findings.count_found and not findings.count_page_seen:
        return True
    bad = [failure for failure in report.failures if not _is_harmless(failure)]
    if any(failure.kind in _GRAVE for failure in bad):
        return True
    return len(bad) > rules.failure_share * max(1, report.requests)


def _is_spam(findings: Findings, rules: HealthRules) -> bool:
    many = max(rules.advertising, findings.new_texts * rules.advertising_share)
    return len(findings.advertising) >= many


def _status(failure: Failure) -> str:
    return failure.detail.removeprefix("status ")


def _is_harmless(failure: Failure) -> bool:
    """Whether it says nothing against the visit: dead links are on every site."""
    gone = failure.kind is FailureKind.STATUS and _status(failure).startswith(_GONE)
    return gone or failure.kind in _HARMLESS


def site_change(
    site: Site,
    visit: Visit,
    earlier: Sequence[Visit],
    *,
    told_broken: bool,
    rules: HealthRules | None = None,
    now: datetime,
) -> Change | None:
    """What the operator is told of a site: broken after some bad visits in a row, recovered after a good one.

    A site that robots.txt closes to us has not failed. Visits that it forbade say so when there are enough of them;
    they do not make a failure of the one time that the site, or this machine, is not to be reached.

    Args:
        site: the site.
        visit: the visit just judged.
        earlier: its earlier routine visits, newest first.
        told_broken: whether the operator's last word on the site is that it is broken.
        rules: thresholds.
        now: the time of judgement.
    """
    rules = rules or HealthRules()
    if visit.verdict.healthy:
        if not told_broken:
            return None
        return _site_change(ChangeKind.SITE_RECOVERED, site, visit, earlier, now)
    if told_broken:
        return None
    streak = list(takewhile(lambda item: not item.verdict.healthy, [visit, *earlier]))
    closed = sum(item.verdict is Verdict.DISALLOWED for item in streak)
    if max(closed, len(streak) - closed) < rules.patience:
        return None
    return _site_change(ChangeKind.SITE_BROKEN, site, visit, earlier, now)


def _site_change(kind: ChangeKind, site: Site, visit: Visit, earlier: Sequence[Visit], now: datetime) -> Change:
    last_good = next((item for item in earlier if item.verdict.healthy), None)
    return Change(
        kind=kind,
        at=now,
        dedup_key=f"{kind}:{site.name}:{visit.started.isoformat()}",
        site=site.name,
        before={"verdict": str(earlier[0].verdict) if earlier else None},
        after={
            "verdict": str(visit.verdict),
            "problems": list(visit.problems[:3]),
            "url": site.url,
            "last_good": last_good.finished.isoformat() if last_good else None,
        },
    )
