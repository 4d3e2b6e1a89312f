"""Commands that set up and check: init, check."""

from __future__ import annotations

import os
from itertools import count
from pathlib import Path
from typing import Annotated

import typer

from zmpwatch.cli.context import JsonOption, Options, print_json
from zmpwatch.errors import ConfigError, StoreError
from zmpwatch.plural import counted

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the commands of this group."""
    app.command()(init)
    app.command()(check)


def init(
    context: typer.Context,
    force: Annotated[
        bool, typer.Option("--force", help="Write config.yaml anew, keeping the old as config.yaml.bak.")
    ] = False,
) -> int:
    """Write a commented config.yaml (if there is none) and make the database."""
    from zmpwatch.config import example_config
    from zmpwatch.service.opening import open_store, prepare_store

    options: Options = context.obj
    path = options.config
    try:
        if path.exists() and force:
            kept = _free_name(path)
            path.replace(kept)
            typer.echo(f"{path}: the old one is kept as {kept}")
        if path.exists():
            typer.echo(f"{path}: kept as it is")
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(example_config(), encoding="utf-8")
            typer.echo(f"{path}: written; it watches the association and some towns, and alerts nobody yet")
    except OSError as error:
        raise StoreError(f"{path}: can't be written: {error.strerror}") from error
    config = options.load()
    with open_store(config) as store:
        state = store.describe()
        known = prepare_store(config, store)
    typer.echo(f"{state['database']}: ready (schema {state['schema']}, journal mode {state['journal_mode']})")
    if known:
        typer.echo(f"{counted(known, 'statement')} known from the start: try zmpwatch history, zmpwatch members")
    typer.echo("next: zmpwatch check, then zmpwatch crawl")
    return 0


def _free_name(path: Path) -> Path:
    """A name beside `path` that is not taken: config.yaml.bak, then config.yaml.bak2, and so on."""
    names = (path.with_name(f"{path.name}.bak{number if number > 1 else ''}") for number in count(1))
    return next(name for name in names if not name.exists())


def check(
    context: typer.Context,
    integrity: Annotated[
        bool, typer.Option("--integrity", help="Read the whole history and prove that it is what was stored.")
    ] = False,
    as_json: JsonOption = False,
) -> int:
    """Validate config.yaml, addresses, database and archive; sends nothing."""
    from zmpwatch.service.checking import check as run_check

    options: Options = context.obj
    try:
        report = run_check(options.config, os.environ, integrity=integrity)
    except ConfigError as error:
        if not as_json:
            raise
        problems = [str(problem) for problem in error.problems] or [str(error)]
        print_json({"ok": False, "facts": [], "problems": problems})
        return 2
    if as_json:
        print_json({"ok": not report.problems, "facts": report.facts, "problems": report.problems})
    else:
        for fact in report.facts:
            typer.echo(fact)
        for problem in report.problems:
            typer.echo(f"problem: {problem}", err=True)
        if not report.problems:
            typer.echo("all is well")
    return 3 if report.problems else 0
