"""Commands that keep the history: backup, forget, prune."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from zmpwatch.cli.context import JsonOption, Options, opened, print_json
from zmpwatch.errors import ConfigError
from zmpwatch.plural import counted

__all__ = ["register"]

_LONGEST_AGE = timedelta(days=36_525)


def register(app: typer.Typer) -> None:
    """Add the commands of this group."""
    app.command()(backup)
    app.command()(forget)
    app.command()(prune)


def backup(
    context: typer.Context,
    file: Annotated[
        Path | None,
        typer.Argument(help="Where to; the archive goes beside it. Without: backup/zmpwatch.db beside the database."),
    ] = None,
    as_json: JsonOption = False,
) -> int:
    """Copy database and archive while they are in use, and check the copy before it replaces the last one."""
    from zmpwatch.service.keeping import back_up

    options: Options = context.obj
    made = back_up(options.load(), file)
    if as_json:
        print_json(
            {
                "file": str(made.path),
                "bytes": made.bytes,
                "rows": made.found.rows,
                "head": str(made.found.head),
                "archived": made.found.archived,
                "new": made.pages,
            }
        )
        return 0
    rows = counted(made.found.rows, "row")
    typer.echo(f"{made.path}: {counted(made.bytes, 'byte')}, checked; the chain covers {rows}")
    typer.echo(f"{made.path.parent / 'archive'}: {counted(made.found.archived, 'page')}, {made.pages:,} of them new")
    typer.echo(f"head {made.found.head}")
    return 0


def forget(
    context: typer.Context,
    url: Annotated[str, typer.Argument(help="The address, as the history has it.")],
    reason: Annotated[str, typer.Option("--reason", help="Who asked and when; it stays in the history.")],
    as_json: JsonOption = False,
) -> int:
    """Take a page down: its archived bytes and the words quoted from it go for good; facts and a tombstone stay."""
    from zmpwatch.service.keeping import forget as take_down
    from zmpwatch.service.running import system_clock

    options: Options = context.obj
    done = take_down(options.load(), url, reason, system_clock())
    if as_json:
        print_json(
            {
                "url": done.url,
                "snapshots": done.snapshots,
                "quotes": done.quotes,
                "removed": list(done.removed),
                "kept": done.kept,
            }
        )
        return 0
    gone = (
        f"{counted(done.snapshots, 'version')} of the page, {counted(done.quotes, 'quote')} and "
        f"{counted(len(done.removed), 'file')} removed"
    )
    if not (done.snapshots or done.quotes or done.removed):
        typer.echo(f"{url}: was taken down before; nothing more came from it")
        return 0
    typer.echo(f"{url}: {gone}")
    for other in sorted(set(done.kept.values())):
        typer.echo(f"the same bytes stay for {other}; take it down too if it is meant")
    typer.echo("older backups still hold it: make a new one (zmpwatch backup) and delete the others")
    return 0


def prune(
    context: typer.Context,
    older_than: Annotated[
        str, typer.Option("--older-than", help="Only pages not served for so long: 90d, 52w.", metavar="AGE")
    ] = "365d",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would be removed.")] = False,
    as_json: JsonOption = False,
) -> int:
    """Remove archived pages that state nothing, are old and out of use; never one that a statement cites."""
    from zmpwatch.cli.escaping import visible
    from zmpwatch.config.intervals import parse_duration
    from zmpwatch.model.days import day_of
    from zmpwatch.service.pruning import prune as run_prune
    from zmpwatch.service.running import system_clock

    options: Options = context.obj
    try:
        age = parse_duration(older_than, _LONGEST_AGE)
    except ValueError as error:
        raise ConfigError(f"--older-than: {error}") from error
    with opened(options) as (config, store):
        done = run_prune(store, system_clock(), age, dry_run=dry_run)
    if as_json:
        print_json(done.as_json())
        return 0
    for one in done.unused:
        typer.echo(visible(f"{one.sha256[:12]}  last served {day_of(one.last_seen, config.timezone)}  {one.url}"))
    others = len(done.left_over) + len(done.taken_down)
    removed = "would be removed" if dry_run else "removed"
    gone = f"{counted(len(done.unused), 'page')} and {counted(others, 'left-over file')} {removed}"
    stay = counted(done.kept, "file stays", "files stay")
    typer.echo(f"{gone}, {counted(done.bytes, 'byte')}; {stay}")
    return 0
