"""The commands about the number of members: count, and the operator's yes or no to one that waits."""

from __future__ import annotations

import getpass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from zmpwatch.cli.context import (
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
from zmpwatch.errors import ConfigError

if TYPE_CHECKING:
    from datetime import tzinfo

    from zmpwatch.config import Config

__all__ = ["register"]

Json = dict[str, Any]

_NOTHING = ("members", "as_of", "since", "previous", "source", "quote")
ReasonOption = Annotated[str, typer.Option(help="Why; it is kept in the history.")]
ByOption = Annotated[str | None, typer.Option(help="Who decides; the name you are logged in with unless given.")]
ValueArgument = Annotated[int | None, typer.Argument(help="The number; the one that waits unless given.")]


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
        if why:
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
        _echo_grounds(grounds, config.timezone)
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


def _echo_grounds(grounds: Json, zone: tzinfo) -> None:
    for title, told in (("rests on", grounds["rests_on"]), ("waiting one rests on", grounds["waiting_rests_on"])):
        if told:
            typer.echo(f" {title}")
        for statement in told:
            typer.echo(f"   {_stated(statement, zone)}")
    if grounds["agreements"]:
        typer.echo(" read at   " + ", ".join(minute(moment, zone) for moment in grounds["agreements"]))
    if grounds["overruled"]:
        typer.echo(" overruled")
    for statement in grounds["overruled"]:
        typer.echo(f"   {statement['reason']}")
        typer.echo(f"     {statement['source']}")
    for decision in grounds["decisions"]:
        word = "accepted" if decision["accepted"] else "refused"
        when = minute(decision["at"], zone)
        typer.echo(f" {word:<9} {decision['value']} by {decision['by']} on {when}: {decision['reason']}")
    if grounds["steps"]:
        typer.echo(" how it came to be")
    for step in grounds["steps"]:
        held = "nothing" if step["members"] is None else str(step["members"])
        waits = f", {step['waiting']} waits" if step["waiting"] is not None else ""
        typer.echo(f"   {minute(step['at'], zone)}  {step['state']:<11} {held}{waits}  ({step['reason']})")


def _stated(statement: Json, zone: tzinfo) -> str:
    day = statement["as_of"] or f"read {minute(statement['first_seen'], zone)[:10]}"
    return f"{statement['value']} {statement['qualifier']}, {day}, {statement['authority']}: {statement['source']}"


def accept(
    context: typer.Context,
    reason: ReasonOption,
    value: ValueArgument = None,
    by: ByOption = None,
    as_json: JsonOption = False,
) -> int:
    """Believe an official count that waits, and tell subscribers."""
    from zmpwatch.service.checking import load_for_running
    from zmpwatch.service.deciding import accept_count

    options: Options = context.obj
    # subscribers are told at once, so that nothing in the configuration may be missing
    config = load_for_running(options.config)
    with opened(options) as (_, store):
        belief, changes, delivery = accept_count(
            config, store, value, by=_who(by), reason=_why(reason), now=datetime.now(UTC)
        )
    if as_json:
        told = {"changes": len(changes), "delivered": delivery.sent}
        print_json({"members": belief.members, "previous": belief.previous, "state": str(belief.state)} | told)
    else:
        before = f"{belief.previous} → " if belief.previous is not None else ""
        typer.echo(f"{before}{belief.members}: believed from now on; {len(changes)} changes, {delivery.sent} delivered")
    return 0 if delivery.ok else 1


def refuse(
    context: typer.Context,
    reason: ReasonOption,
    value: ValueArgument = None,
    by: ByOption = None,
    as_json: JsonOption = False,
) -> int:
    """Do not believe an official count that waits, or take back a first count that was misread; nobody is told."""
    from zmpwatch.service.deciding import refuse_count

    options: Options = context.obj
    with opened(options) as (config, store):
        belief = refuse_count(config, store, value, by=_who(by), reason=_why(reason), now=datetime.now(UTC))
    if as_json:
        print_json({"members": belief.members, "previous": belief.previous, "state": str(belief.state)})
    else:
        held = "no count" if belief.members is None else str(belief.members)
        typer.echo(f"refused; {held} is believed, and nobody is told")
    return 0


def _who(by: str | None) -> str:
    if by is not None and by.strip():
        return by.strip()
    try:
        return getpass.getuser()
    except (KeyError, OSError) as error:
        raise ConfigError("--by: who decides? this account has no name") from error


def _why(reason: str) -> str:
    if not reason.strip():
        raise ConfigError("--reason: must say something; it is kept in the history")
    return " ".join(reason.split())
