"""The demo's story on a terminal."""

from __future__ import annotations

import shutil
import sys
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import typer

from zmpwatch.cli.context import ballot
from zmpwatch.cli.crawlview import CrawlView, report_lines

if TYPE_CHECKING:
    from zmpwatch.model import Site
    from zmpwatch.service.crawling import CrawlResult, Progress
    from zmpwatch.service.demo import DemoStory

__all__ = ["DemoView"]

_RULE = "─" * 78


class DemoView:
    """Implements `zmpwatch.service.demo.Narrator` for people."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._view: CrawlView | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def _close(self) -> None:
        if self._view is not None:
            self._view.__exit__(None, None, None)
            self._view = None

    def opening(self, sites: list[Site]) -> None:
        """Say what is watched."""
        typer.echo("zmpwatch demo: everything below is DEMO DATA, made up and served on this machine.")
        typer.echo(f"{len(sites)} sites of a small municipal web:")
        for site in sites:
            typer.echo(f"   {site.family:<12} {site.name:<22} {site.url}")

    def chapter(self, number: int, now: datetime) -> Progress:
        """Head a crawl."""
        typer.echo(f"\n{_RULE}\nCrawl {number}: the web as it stood on {now:%d %B %Y, %H:%M} (demo data)\n")
        self._view = CrawlView("visiting").__enter__()
        return self._view.progress

    def crawled(self, number: int, result: CrawlResult, members: int | None) -> None:
        """Report a crawl."""
        self._close()
        for line in report_lines(result):
            typer.echo(line)
        if number == 1:
            typer.echo(f" {members} members: the first healthy visit is a baseline, so nobody is alerted")

    def ending(self, story: DemoStory) -> None:
        """Tell what happened, show the alert, and say where to go on."""
        count, diff = story.count, story.diff
        typer.echo(f"\n{_RULE}\n{count['previous']} → {count['members']} members (demo data)\n")
        for case in story.cases:
            _tell(case)
        missing = diff["unexplained"]
        named = len(diff["joined"])
        typer.echo(
            f" {named} of the {count['members'] - count['previous']} are known by name; "
            + (f"{missing} no page has named: still unexplained" if missing else "nobody is missing")
        )
        for message in story.messages:
            typer.echo(
                f"\n{_RULE}\nThe alert as the subscriber received it ({message.path.lstrip('/')}, {message.type})\n"
            )
            typer.echo(f"Subject: {message.title}\n")
            typer.echo(message.body)
        folder = _relative(story.folder)
        typer.echo(f"{_RULE}")
        typer.echo(f"database  {folder / 'zmpwatch.db'}")
        typer.echo(f"archive   {folder / 'archive'}")
        typer.echo(f"took      {story.seconds:.1f} s\n")
        typer.echo("try next:")
        command = f"{_program()} --config {folder / 'config.yaml'}"
        typer.echo(f"   {command} changes")
        typer.echo(f"   {command} case Hajnówki")
        typer.echo(f"   {command} diff {_before(story)} {count['as_of'][:10]}")


def _tell(case: dict[str, Any]) -> None:
    typer.echo(f" {case['municipality']} ({case['voivodeship']}, {case['teryt']})")
    for event in case["events"]:
        votes = f", votes {ballot(event['votes'])}" if event["votes"] else ""
        resolution = f", resolution {event['resolution']}" if event["resolution"] else ""
        typer.echo(f"   {event['stage']:<9} {event['date'] or 'date unknown'}{resolution}{votes}")
        typer.echo(f"             “{' '.join((event['quote'] or '').split())}”")
        typer.echo(f"             {event['url']}")


def _program() -> str:
    """How this program can be called from here: by its name where the shell finds it, else by its path."""
    called = Path(sys.argv[0])
    return "zmpwatch" if called.name != "zmpwatch" or shutil.which("zmpwatch") else str(_relative(called.absolute()))


def _before(story: DemoStory) -> str:
    return str(story.diff["from"])


def _relative(folder: Path) -> Path:
    try:
        return folder.relative_to(Path.cwd())
    except ValueError:
        return folder
