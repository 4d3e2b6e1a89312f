"""What a crawl looks like: a progress display on a terminal, plain lines elsewhere, and the report at the end."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import tzinfo
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import typer

from zmpwatch.cli.escaping import visible
from zmpwatch.model import CountState, FailureKind, Verdict
from zmpwatch.model.days import WARSAW, in_zone
from zmpwatch.plural import counted

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

    from zmpwatch.model import Change, CountBelief, Visit
    from zmpwatch.service.crawling import CrawlResult, Progress

__all__ = ["CrawlView", "change_line", "report_lines", "told_problems"]

_VERDICT_WIDTH = 13
_PROBLEMS = 3
_SILENCE = (f"{FailureKind.UNREACHABLE}: ", f"{FailureKind.TIMEOUT}: ")
_NONE_OF_SO_MANY = 3
"""Sites that are not reached, and no other is: then it is hardly the sites."""


class CrawlView:
    """Shows a crawl while it runs, on stderr, so that stdout stays clean for ``--json``."""

    def __init__(self, label: str = "visiting", zone: tzinfo = WARSAW) -> None:
        self._label, self._zone = label, zone
        self._bar: Bar | None = None
        self._task: TaskID | None = None
        self._total = 0
        self._done = 0

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
            from rich.progress import Progress as Bar

            self._bar = Bar(
                TextColumn(" {task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
                TextColumn("{task.fields[last]}"),
                console=Console(stderr=True),
                transient=False,
            )
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    @property
    def progress(self) -> Progress:
        """The callbacks to give to `crawl`."""
        from zmpwatch.service.crawling import Progress

        return Progress(started=self._started, visited=self._visited, waiting=self._waiting)

    def _started(self, total: int) -> None:
        self._total, self._done = total, 0
        description = f"{self._label} {counted(total, 'site')}"
        if self._bar is not None:
            self._task = self._bar.add_task(description, total=total, last="")
        else:
            typer.echo(f" {description}", err=True)

    def _visited(self, visit: Visit) -> None:
        routine = visit.purpose == "routine"
        self._done += routine
        line = f"{visit.verdict} {visit.site}" if routine else f"{visit.site} read again"
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=self._done, last=line)
        else:
            done = f"{self._done}/{self._total}" if routine else "again"
            typer.echo(f" {done:>7}  {visit.verdict:<{_VERDICT_WIDTH}} {visit.site}", err=True)

    def _waiting(self, belief: CountBelief, seconds: float) -> None:
        line = f"the count went {belief.members} → {belief.candidate}; reading it again in {seconds:.0f} s"
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, last=line)
        else:
            typer.echo(f" {line}", err=True)

    def tell_kept(self) -> None:
        """Say on stderr what an interrupted run leaves behind: whole visits only."""
        typer.echo(
            f"{self._done} of {self._total} visits were finished and are kept; the others left nothing", err=True
        )

    def show(self, result: CrawlResult) -> None:
        """Print the report to stdout."""
        for line in report_lines(result, self._zone):
            typer.echo(line)


def report_lines(result: CrawlResult, zone: tzinfo = WARSAW) -> list[str]:
    """The report of a crawl, a line each; moments as people in `zone` read them."""
    totals = result.as_json()
    fetched = totals["pages"] + totals["not_modified"]
    unchanged = f", {100 * totals['not_modified'] // fetched} % unchanged" if fetched else ""
    visits, requests = counted(totals["visits"], "visit"), counted(totals["requests"], "request")
    lines = [
        f" {visits}, {requests}, {_size(totals['bytes'])}{unchanged}",
        " " + (" · ".join(f"{verdict} {number}" for verdict, number in result.verdicts.items()) or "nothing to do"),
    ]
    if totals["needs_ocr"]:
        lines.append(f" {_scans(totals['needs_ocr'], result.why_no_ocr)}")
    ill = [visit for visit in result.routine if not visit.verdict.healthy]
    if ill:
        lines.append("")
    for visit in ill:
        lines.append(f" {visit.verdict:<{_VERDICT_WIDTH}} {visit.site}")
        lines += [f" {'':{_VERDICT_WIDTH}} {problem}" for problem in told_problems(visit.problems, zone)]
    if len(result.routine) >= _NONE_OF_SO_MANY and all(map(_without_an_answer, result.routine)):
        lines.append(" no site answered at all: is this machine connected, and does its resolver answer?")
    lines.append("")
    if result.baseline is not None:
        lines.append(
            f" baseline: {result.baseline.members} members (as of {result.baseline.as_of}), the first count read; "
            "nobody is told of what was there before"
        )
    if result.pending is not None:
        lines.append(f" {_pending(result.pending)}")
    number = len(result.changes)
    lines.append(f" {counted(number, 'change')}" if number else " no change")
    lines += [f"   {change_line(change, zone)}" for change in result.changes]
    delivery = result.delivery
    lines.append(
        f" {counted(delivery.messages, 'message')} sent, {counted(delivery.waiting, 'delivery', 'deliveries')} waiting"
    )
    if delivery.held:
        lines.append(
            f" {counted(delivery.held, 'delivery', 'deliveries')} held: too much changed at once; "
            "see zmpwatch notify held, then release or discard"
        )
    if not delivery.ok:
        lines += [f"   {in_zone(line, zone)}" for line in delivery.lines]
    return lines


def _without_an_answer(visit: Visit) -> bool:
    """Whether nothing at all came from a site: no certificate, no status, no other name that answers."""
    silent = all(problem.startswith(_SILENCE) for problem in visit.problems)
    return visit.verdict is Verdict.UNREACHABLE and visit.bytes == 0 and silent


def told_problems(problems: Sequence[str], zone: tzinfo) -> list[str]:
    """The first problems of a visit for a person, and how many more there are."""
    told = [visible(in_zone(problem, zone)) for problem in problems[:_PROBLEMS]]
    more = len(problems) - len(told)
    return [*told, f"… and {more} more (status --json)"] if more else told


def _scans(number: int, why: str | None) -> str:
    rest = f"wait for OCR: {why} (docs/operating.md)" if why else "could not be read, nor by OCR"
    return f"{counted(number, 'scanned document')} {rest if number != 1 else rest.replace('wait', 'waits', 1)}"


def _pending(belief: CountBelief) -> str:
    ahead = (
        "a day of agreement or your yes decides (zmpwatch count accept)"
        if belief.state is CountState.IMPLAUSIBLE
        else "a later run confirms it"
    )
    return (
        f"the count {belief.members} → {belief.candidate} is {belief.state}: "
        f"read {counted(len(belief.agreements), 'time')}, told to nobody yet; {ahead}"
    )


def change_line(change: Change, zone: tzinfo = WARSAW) -> str:
    """One change in one line; moments as people in `zone` read them."""
    where = change.evidence[0].site if change.evidence else (change.site or "")
    if change.kind == "count_changed":
        told = f"{change.before.get('members')} → {change.after.get('members')}"
        times = len(change.after.get("read_at", ())) - 1
        confirmed = f"confirmed {counted(times, 'time')}" if times > 0 else ""
        named = ""
        if change.reconciliation is not None:
            told_names = change.reconciliation
            rest = f"{told_names.surplus} too many" if told_names.surplus else f"{told_names.missing} unexplained"
            named = f"{len(told_names.joined)} named, {rest}"
        return _columns("count", told, f"{where}, {confirmed}".rstrip(", "), named)
    if change.teryt is not None:
        after: dict[str, Any] = change.after
        kind = (
            f"{change.kind} (leaving)" if after.get("kind") == "withdrawal" and change.kind != "left" else change.kind
        )
        date = ", ".join(part for part in (after.get("date") or "undated", after.get("resolution")) if part)
        return _columns(str(kind), str(change.municipality), date, where)
    reason = change.after.get("reason") or "; ".join(change.after.get("problems", ()))
    return _columns(str(change.kind), where, in_zone(str(reason), zone), "")


def _columns(*cells: str) -> str:
    first, second, third, fourth = cells
    return f"{first:<18} {second:<24} {third:<30} {fourth}".rstrip()


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 1e5 else f"{count / 1e3:.1f} kB"
