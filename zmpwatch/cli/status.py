"""How the watch stands: status, also while config.yaml is wrong."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated, Any

import typer

from zmpwatch.cli.context import JsonOption, Options, existing_store, minute, print_json, print_lines
from zmpwatch.cli.escaping import visible
from zmpwatch.cli.exits import Exit
from zmpwatch.errors import ConfigError
from zmpwatch.plural import counted

if TYPE_CHECKING:
    from zmpwatch.config import Config
    from zmpwatch.model import CountBelief

__all__ = ["register"]

Json = dict[str, Any]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(status)


def status(
    context: typer.Context,
    problems: Annotated[bool, typer.Option("--problems", help="Only sites that are not well.")] = False,
    daemon: Annotated[bool, typer.Option("--daemon", help="How the running `watch` is, instead.")] = False,
    as_json: JsonOption = False,
) -> int:
    """Sites with last verdict, last and next visit; counts that wait; the outbox.

    A wrong config.yaml is told of, and all that can be known without it (exit status 2).
    """
    options: Options = context.obj
    config, wrong = _load(options)
    if wrong is not None:
        typer.echo(f"{wrong}\n{counted(len(wrong.problems), 'problem')} in the configuration", err=True)
        typer.echo(f"what the {'daemon says' if daemon else 'database knows'} nevertheless:", err=True)
    if daemon:
        state = _tell_daemon(config, as_json=as_json)
    else:
        state = _tell_history(config, whole=wrong is None, problems=problems, as_json=as_json)
    return state if state != Exit.DONE or wrong is None else Exit.USAGE


def _load(options: Options) -> tuple[Config, ConfigError | None]:
    """The configuration; or what is right in it, with what is wrong.

    Raises:
        ConfigError: not even the database can be told.
    """
    from zmpwatch.config.remains import remains_of

    try:
        return options.load(), None
    except ConfigError as error:
        found = remains_of(options.config, os.environ)
        if found is None:
            raise
        return found, error


def _tell_history(config: Config, *, whole: bool, problems: bool, as_json: bool) -> int:
    from zmpwatch.model import Verdict
    from zmpwatch.service.countanswers import waiting_count
    from zmpwatch.service.statusanswers import answer_status, answer_visited, outbox_counts

    with existing_store(config) as store:
        answers = answer_status(store, config) if whole else answer_visited(store)
        outbox = outbox_counts(store)
        waiting = waiting_count(store, config.association.key)
    if problems:
        answers = [answer for answer in answers if answer["verdict"] and not Verdict(answer["verdict"]).healthy]
    if as_json:
        print_lines(answers)
        return Exit.DONE
    for answer in answers:
        _tell_site(answer, config)
    _tell_rest(answers, waiting, outbox)
    return Exit.DONE


def _tell_site(answer: Json, config: Config) -> None:
    from zmpwatch.cli.crawlview import told_problems

    verdict, last = answer["verdict"] or "never visited", minute(answer["last_visit"], config.timezone)
    typer.echo(
        f"{verdict:<13} {answer['site']:<32} last {last:<16}  next {minute(answer['next_visit'], config.timezone)}"
    )
    for problem in told_problems(answer["problems"], config.timezone):
        typer.echo(f"{'':14}{problem}")
    if answer["moved"]:
        typer.echo(visible(f"{'':14}config.yaml: {answer['moved']['line']}"))


def _tell_rest(answers: list[Json], waiting: CountBelief | None, outbox: dict[str, int]) -> None:
    scans = sum(answer["needs_ocr"] for answer in answers)
    if scans:
        typer.echo(f"scans         {counted(scans, 'document')} could not be read yet (needs_ocr)")
    if waiting is not None:
        typer.echo(
            f"count         {waiting.members} believed; {waiting.candidate} is {waiting.state} "
            f"(zmpwatch count --why; count accept {waiting.candidate}, or count refuse {waiting.candidate})"
        )
    held = ", ".join(f"{number} {state}" for state, number in outbox.items() if number)
    typer.echo(f"outbox        {held or 'empty'}")


def _tell_daemon(config: Config, *, as_json: bool) -> int:
    """What /healthz of the running daemon says: 0 while the watch itself works, 1 while it does not, 3 without one."""
    from zmpwatch.schedule.asking import ask_daemon

    state = ask_daemon(config)
    if state is None:
        typer.echo(f"no daemon answers on http://{config.web.host}:{config.web.port}/healthz", err=True)
        return Exit.COULD_NOT_RUN
    if as_json:
        print_json(state)
    else:
        sites = state["sites"]
        typer.echo(f"watch         {state['status']}, since {minute(state['started'], config.timezone)}")
        for line in (*state["problems"], *state["warnings"]):
            typer.echo(f"{'':14}{line}")
        typer.echo(
            f"sites         {sites['watched']} watched, {len(sites['running'])} being visited, {sites['due']} waiting, "
            f"{sites['unwell']} not well; next {minute(sites['next_turn'], config.timezone)}"
        )
    return Exit.FAILURES if state["problems"] else Exit.DONE
