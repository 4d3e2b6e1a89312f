"""The application: global options, error lines, exit statuses."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Annotated

import typer
from typer.core import TyperGroup

from zmpwatch import __version__
from zmpwatch.cli import (
    asking,
    crawling,
    documents,
    keeping,
    notify,
    rebuilding,
    searching,
    setup,
    sites,
    status,
    watching,
)
from zmpwatch.cli.context import Options
from zmpwatch.cli.exits import Exit, exit_of
from zmpwatch.cli.groups import group
from zmpwatch.errors import ConfigError, ZmpwatchError

__all__ = ["app", "run"]

app = group("Which Polish towns belong to the Związek Miast Polskich (ZMP), and since when?", "zmpwatch")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"zmpwatch {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    context: typer.Context,
    config: Annotated[
        Path, typer.Option("--config", "-c", help="The configuration file.", envvar="ZMPWATCH_CONFIG")
    ] = Path("config.yaml"),
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Log what happens to stderr.")] = False,
    _version_wanted: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    context.obj = Options(config=config, verbose=verbose)


setup.register(app)
crawling.register(app)
asking.register(app)
status.register(app)
searching.register(app)
documents.register(app)
keeping.register(app)
rebuilding.register(app)
watching.register(app)
notify.register(app)
sites.register(app)


@cache
def _parser() -> TyperGroup:
    """What reads the command line: it takes its time to be made, and tests and benches ask many times in a process."""
    return typer.main.get_group(app)


def run(arguments: Sequence[str]) -> int:
    """Run the program; returns the exit status. Known errors end in one clear line on stderr."""
    try:
        result = _parser().main(args=list(arguments), prog_name="zmpwatch", standalone_mode=False)
    except (typer.Abort, KeyboardInterrupt):
        return _interrupted()
    except typer.TyperException as error:
        # what was typed may be part of a command, whose help tells more than that of all
        context = getattr(error, "ctx", None)
        command = context.command_path if context is not None else "zmpwatch"
        _say(f"{command}: {error.format_message()}")
        _say(f"try: {command} --help")
        return Exit.USAGE
    except ConfigError as error:
        _say(error)
        count = len(error.problems)
        if count:
            _say(f"{count} {'problem' if count == 1 else 'problems'}; nothing was run")
        return Exit.USAGE
    except ZmpwatchError as error:
        _say(error)
        return exit_of(error)
    except OSError as error:
        if not isinstance(error, BrokenPipeError):
            _say(f"{error.filename or 'output'}: {error.strerror or error}")
            return Exit.COULD_NOT_RUN
        # the reader of our output has seen enough (`zmpwatch changes | head`)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.DONE
    if result == Exit.INTERRUPTED:
        return _interrupted()
    return result if isinstance(result, int) else Exit.DONE


def _interrupted() -> int:
    _say("interrupted; what was stored is whole")
    return Exit.INTERRUPTED


def _say(what: object) -> None:
    typer.echo(str(what), err=True)
