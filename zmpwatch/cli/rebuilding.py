"""The command `rebuild`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from zmpwatch.cli.context import Json, JsonOption, Options, dated, opened, print_json, standing
from zmpwatch.errors import ConfigError
from zmpwatch.plural import counted

if TYPE_CHECKING:
    from zmpwatch.service.rebuilding import Rebuilt
    from zmpwatch.service.retelling import Telling

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(rebuild)


def rebuild(
    context: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would change.")] = False,
    tell: Annotated[
        bool, typer.Option("--tell", help="Tell subscribers what is new; says first how much, and asks.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: JsonOption = False,
) -> int:
    """Read all archived pages anew with the rules of today and derive what is held true; alerts nobody by itself."""
    from zmpwatch.service.rebuilding import rebuild as run_rebuild
    from zmpwatch.service.running import system_clock

    options: Options = context.obj
    if yes and not tell:
        raise ConfigError("--yes answers the question of --tell; without it nobody is told anything")
    if tell and not (yes or dry_run or sys.stdin.isatty()):
        raise ConfigError("--tell asks before anything goes out, but nobody is there to answer: add --yes or --dry-run")
    agree = (lambda telling: yes or _asked(telling)) if tell else None
    with opened(options) as (config, store):
        found = run_rebuild(config, store, system_clock(), dry_run=dry_run, agree=agree, progress=_progress)
    if as_json:
        print_json(found.as_json())
    else:
        _echo(found, found.as_json(), dry_run=dry_run or found.refused)
    if found.refused:
        typer.echo("nothing was kept and nobody told; without --tell the same is kept in silence", err=True)
    return 1 if found.problems or found.refused else 0


def _asked(telling: Telling) -> bool:
    _echo_telling(telling, "would go out", err=True)
    if not telling.changes:
        return True
    return typer.confirm("keep the new readings and put these into the outbox?", err=True)


def _echo_telling(telling: Telling, how: str, *, err: bool = False) -> None:
    from zmpwatch.cli.escaping import visible

    for change in telling.changes:
        of = change.municipality or f"{change.before.get('members')} → {change.after.get('members')}"
        typer.echo(visible(f"news: {change.kind:<14} {of}  {change.after.get('date') or ''}".rstrip()), err=err)
    held = f", {telling.held} of them held for your yes (zmpwatch notify held)" if telling.held else ""
    news = counted(len(telling.changes), "piece of news", "pieces of news")
    typer.echo(f"{news} {how}: {counted(telling.deliveries, 'delivery', 'deliveries')}{held}", err=err)


def _progress(pages: int) -> None:
    if sys.stderr.isatty() and pages % 20 == 0:
        typer.echo(f"\r{pages} pages read", err=True, nl=False)


def _echo(found: Rebuilt, told: Json, *, dry_run: bool) -> None:
    from zmpwatch.cli.escaping import visible

    for page in told["reread"]:
        typer.echo(visible(page["url"]))
        for sign, statements in (("-", page["removed"]), ("+", page["added"])):
            for statement in statements:
                typer.echo(visible(f"  {sign} {' '.join(statement.split())[:160]}"))
    for case in told["cases"]:
        before, after = case["before"], case["after"]
        typer.echo(f"{case['teryt']} {case['municipality']}: {standing(before)} → {standing(after)}")
        for sign, some, others in (("-", before, after), ("+", after, before)):
            for event in some["events"]:
                if event not in others["events"]:
                    typer.echo(visible(f"  {sign} {_step(event)}"))
    count = told["count"]
    if count["before"] != count["after"]:
        typer.echo(f"count: {_number(count['before'])} → {_number(count['after'])}")
    elif told["history"]["before"] != told["history"]["after"]:
        typer.echo("count: the same; what was believed before it has changed")
    for problem in found.problems:
        typer.echo(visible(f"problem: {problem}"), err=True)
    would = "would be" if dry_run else "was" if len(found.cases) == 1 else "were"
    typer.echo(
        f"{counted(found.pages, 'page')} read; {counted(len(found.reread), 'states', 'state')} something else; "
        f"{counted(len(found.cases), 'case')} {would} changed"
    )
    if found.told is not None:
        _echo_telling(found.told, "would go out" if dry_run else "wait in the outbox for the next crawl or watch")
    if found.indexed:
        typer.echo(f"{counted(found.indexed, 'page')} can be found by `zmpwatch search` now")


def _step(event: Json) -> str:
    parts = [event["kind"], event["stage"], dated(event["date"], event["date_kind"]) or "undated", event["resolution"]]
    return "  ".join(part for part in parts if part)


def _number(belief: Json) -> str:
    members = "unknown" if belief["members"] is None else belief["members"]
    return f"{members} ({belief['state']}, as of {belief['as_of']})" if belief["as_of"] else str(members)
