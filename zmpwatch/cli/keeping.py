"""Commands that keep the history: backup, forget."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zmpwatch.cli.context import JsonOption, Options, print_json

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the commands of this group."""
    app.command()(backup)
    app.command()(forget)


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
    typer.echo(f"{made.path}: {made.bytes:,} bytes, checked; the chain covers {made.found.rows:,} rows")
    typer.echo(f"{made.path.parent / 'archive'}: {made.found.archived:,} pages, {made.pages:,} of them new")
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
    versions = "version" if done.snapshots == 1 else "versions"
    typer.echo(
        f"{url}: {done.snapshots} {versions} of the page, {done.quotes} quotes and {len(done.removed)} files removed"
    )
    for other in sorted(set(done.kept.values())):
        typer.echo(f"the same bytes stay for {other}; take it down too if it is meant")
    typer.echo("older backups still hold it: make a new one (zmpwatch backup) and delete the others")
    return 0
