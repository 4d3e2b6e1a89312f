"""The command `count`: the number of members, and why it is believed."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Annotated

import typer

from zmpwatch.cli.context import (
    Json,
    JsonOption,
    KnownAtOption,
    Options,
    minute,
    opened,
    parse_day,
    parse_known_at,
    print_json,
    quoted,
)
from zmpwatch.cli.deciding import accept, refuse
from zmpwatch.plural import counted

if TYPE_CHECKING:
    from datetime import tzinfo

    from zmpwatch.config import Config

__all__ = ["register"]

_NOTHING = ("members", "as_of", "since", "previous", "source", "quote")


def register(app: typer.Typer) -> None:
    """Add the group: `count` alone asks, `count accept` and `count refuse` decide."""
    group = typer.Typer(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
    group.callback()(count)
    group.command()(accept)
    group.command()(refuse)
    app.add_typer(group, name="count")


def count(
    context: typer.Context,
    at: Annotated[str | None, typer.Option(help="As it was true on that day (YYYY-MM-DD).")] = None,
    known_at: KnownAtOption = None,
    why: Annotated[bool, typer.Option("--why", help="Also what it rests on, what it overruled, and why.")] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="With --why: old counts of the initial knowledge and guesses as well.")
    ] = False,
    as_json: JsonOption = False,
) -> int | None:
    """The member count believed, with its source."""
    if context.invoked_subcommand is not None:
        return None
    from zmpwatch.service.countanswers import answer_count, newest_known

    options: Options = context.obj
    day = parse_day(at, "--at") if at else None
    with opened(options) as (config, store):
        key = config.association.key
        known = parse_known_at(known_at, config.timezone)
        answer = answer_count(store, key, day, known)
        newest = newest_known(store, key) if answer is None and day is None and known is None else None
        grounds = None
        if why or everything:
            from zmpwatch.service.grounds import answer_grounds

            grounds = answer_grounds(store, key, known)
    if as_json:
        found = answer or ({**dict.fromkeys(_NOTHING), "newest_known": newest} if newest else dict.fromkeys(_NOTHING))
        print_json({**found, "why": grounds} if grounds is not None else found)
        return 0
    if answer is None:
        _echo_unknown(config, day, known_at, newest)
    else:
        _echo_count(answer, config)
    if grounds is not None:
        _echo_grounds(grounds, config.timezone, everything=everything)
    return 0


def _echo_unknown(config: Config, day: date | None, known_at: str | None, newest: Json | None) -> None:
    short = config.association.short
    if newest is None:
        when = f" on {day}" if day else "" if known_at else " yet"
        typer.echo(f"{short}: no member count is known{when}" + (f", as known on {known_at}" if known_at else ""))
        return
    typer.echo(f"{short}: no member count is believed yet; the association's own site has not given one")
    whence = "from the initial knowledge" if newest["checked"] else "as others say"
    typer.echo(f" newest    {newest['members']} (as of {newest['as_of']}), {whence}")
    typer.echo(f" source    {newest['source']}")


def _echo_count(answer: Json, config: Config) -> None:
    typer.echo(f"{config.association.short}: {answer['members']} members (as of {answer['as_of']})")
    if answer["previous"] is not None:
        typer.echo(f" before    {answer['previous']}")
    typer.echo(f" first read {minute(answer['since'], config.timezone)}")
    typer.echo(f" source    {answer['source']}")
    typer.echo(f" quote     {quoted(answer['quote'])}")
    if answer["candidate"] is not None:
        typer.echo(f" waiting   {answer['candidate']} is stated now and not yet believed ({answer['state']});")
        typer.echo(f"           zmpwatch count accept {answer['candidate']}, or count refuse {answer['candidate']}")


def _echo_grounds(grounds: Json, zone: tzinfo, *, everything: bool) -> None:
    for title, told in (("rests on", grounds["rests_on"]), ("waiting one rests on", grounds["waiting_rests_on"])):
        if told:
            typer.echo(f" {title}")
        for statement in told:
            typer.echo(f"   {_stated(statement, zone)}")
    if grounds["agreements"]:
        typer.echo(" read at   " + ", ".join(_said_once([minute(moment, zone) for moment in grounds["agreements"]])))
    _echo_overruled(grounds["overruled"], everything=everything)
    for decision in grounds["decisions"]:
        word = "accepted" if decision["accepted"] else "refused"
        when = minute(decision["at"], zone)
        typer.echo(f" {word:<9} {decision['value']} by {decision['by']} on {when}: {decision['reason']}")
    if grounds["steps"]:
        typer.echo(" how it came to be")
    for line in _said_once([_step(step, zone) for step in grounds["steps"]]):
        typer.echo(f"   {line}")


def _step(step: Json, zone: tzinfo) -> str:
    held = "nothing" if step["members"] is None else str(step["members"])
    waits = f", {step['waiting']} waits" if step["waiting"] is not None else ""
    return f"{minute(step['at'], zone)}  {step['state']:<11} {held}{waits}  ({step['reason']})"


def _said_once(lines: list[str]) -> list[str]:
    """Lines that follow one another and are the same, once, with how often: minutes hide what tells them apart."""
    told = [(line, len(list(same))) for line, same in groupby(lines)]
    return [line if times == 1 else f"{line}, {times} times" for line, times in told]


def _echo_overruled(overruled: list[Json], *, everything: bool) -> None:
    """Those that matter, unless all are asked for; how many others there are, and of what kind."""
    old = [one for one in overruled if one["checked"] and one["older"]]
    unsure = [one for one in overruled if one["unsure"]]
    left_out = [] if everything else [*old, *unsure]
    if overruled:
        typer.echo(" overruled")
    for statement in overruled:
        if statement not in left_out:
            typer.echo(f"   {statement['reason']}")
            typer.echo(f"     {statement['source']}")
    if left_out:
        kinds = [counted(len(old), "older count") + " of the initial knowledge, stale"] if old else []
        kinds += [counted(len(unsure), "count") + " read with little confidence"] if unsure else []
        typer.echo(f"   {'; '.join(kinds)} (--why --all lists them)")


def _stated(statement: Json, zone: tzinfo) -> str:
    day = statement["as_of"] or f"read {minute(statement['first_seen'], zone)[:10]}"
    return f"{statement['value']} {statement['qualifier']}, {day}, {statement['authority']}: {statement['source']}"
