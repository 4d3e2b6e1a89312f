"""Commands that crawl: crawl, demo."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zmpwatch.cli.context import JsonOption, Options, print_json

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the commands of this group."""
    app.command()(crawl)
    app.command()(demo)


def crawl(
    context: typer.Context,
    sites: Annotated[
        list[str] | None, typer.Argument(metavar="[SITE]...", help="Names of sites; all when none.")
    ] = None,
    due: Annotated[bool, typer.Option("--due", help="Only sites whose time has come.")] = False,
    as_json: JsonOption = False,
) -> int:
    """Visit sites, judge what they say, put alerts in the outbox, and deliver."""
    from zmpwatch.cli.crawlview import CrawlView
    from zmpwatch.cli.logs import log_to_stderr
    from zmpwatch.service.checking import load_for_running
    from zmpwatch.service.running import run_crawl

    options: Options = context.obj
    config = load_for_running(options.config)
    log_to_stderr(verbose=options.verbose)
    with CrawlView(zone=config.timezone) as view:
        try:
            result = run_crawl(config, wanted=sites or [], due=due, progress=view.progress)
        except KeyboardInterrupt:
            view.tell_kept()
            raise
    if as_json:
        print_json(result.as_json())
    else:
        view.show(result)
    return 1 if result.failed else 0


def demo(
    context: typer.Context,
    folder: Annotated[
        Path, typer.Option("--folder", help="Where database and archive of the demo go; made anew each time.")
    ] = Path("demo"),
) -> int:
    """Watch a bundled replica of the web on loopback go from 373 to 381 members, and see the alert (demo data)."""
    from zmpwatch.cli.demoview import DemoView
    from zmpwatch.cli.logs import log_to_stderr
    from zmpwatch.service.demo import run_demo

    options: Options = context.obj
    log_to_stderr(verbose=options.verbose)
    with DemoView(folder) as view:
        run_demo(folder, view)
    return 0
