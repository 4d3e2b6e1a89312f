"""Commands that ask the history: changes, members, case, diff, status; count and history have modules of their own."""

from __future__ import annotations

import shutil
from datetime import date, datetime
from textwrap import wrap
from typing import TYPE_CHECKING, Annotated

import typer

from zmpwatch.cli import counting
from zmpwatch.cli.context import (
    AtOption,
    Json,
    JsonOption,
    KnownAtOption,
    Options,
    ballot,
    dated,
    minute,
    opened,
    parse_day,
    parse_known_at,
    print_json,
    print_lines,
    quoted,
    standing,
)
from zmpwatch.cli.history import export, history
from zmpwatch.errors import ConfigError
from zmpwatch.plural import counted

if TYPE_CHECKING:
    from datetime import tzinfo

    from zmpwatch.model import ChangeKind

__all__ = ["register"]

_WIDEST = 110


def register(app: typer.Typer) -> None:
    """Add the commands of this group."""
    counting.register(app)
    for command in (history, changes, members, case, diff, export):
        app.command()(command)


def changes(
    context: typer.Context,
    since: Annotated[str | None, typer.Option(help="Only from that day on (YYYY-MM-DD).")] = None,
    kind: Annotated[list[str] | None, typer.Option(help="Only this kind; may be given several times.")] = None,
    voivodeship: Annotated[str | None, typer.Option(help="Only municipalities there.")] = None,
    municipality: Annotated[str | None, typer.Option(help="Only this one: a name in any case form, or a code.")] = None,
    at: Annotated[str | None, typer.Option(help="Only what had happened by that day (YYYY-MM-DD).")] = None,
    known_at: Annotated[str | None, typer.Option(help="Only what had been told by that day (YYYY-MM-DD).")] = None,
    as_json: JsonOption = False,
) -> int:
    """What changed, oldest first, with the evidence."""
    from zmpwatch.service.answers import answer_changes
    from zmpwatch.service.naming import find_municipality, find_voivodeship

    options: Options = context.obj
    kinds = _kinds(kind) if kind else None
    first = parse_day(since, "--since") if since else None
    day = parse_day(at, "--at") if at else None
    where = find_voivodeship(voivodeship) if voivodeship is not None else None
    whose = find_municipality(municipality) if municipality is not None else None
    with opened(options) as (config, store):
        start = datetime.combine(first, datetime.min.time(), tzinfo=config.timezone) if first else None
        answers = answer_changes(
            store,
            since=start,
            kinds=kinds,
            voivodeship=where,
            municipality=whose,
            at=day,
            known_at=parse_known_at(known_at, config.timezone),
        )
    if as_json:
        print_lines(answers)
        return 0
    if not answers:
        typer.echo("no change is on record")
    for answer in answers:
        typer.echo(f"{minute(answer['at'], config.timezone)}  {answer['kind']:<17} {_told(answer, config.timezone)}")
        for evidence in answer["evidence"][:1]:
            typer.echo(f"{'':18}{quoted(evidence['quote'], 200)}")
            typer.echo(f"{'':18}{evidence['url']}")
    return 0


def _kinds(names: list[str]) -> list[ChangeKind]:
    from difflib import get_close_matches

    from zmpwatch.model import ChangeKind

    try:
        return [ChangeKind(name) for name in names]
    except ValueError as error:
        unknown = next(name for name in names if name not in set(ChangeKind))
        near = get_close_matches(unknown, list(ChangeKind), n=1)
        hint = f" (did you mean {near[0]}?)" if near else ""
        there = ", ".join(ChangeKind)
        raise ConfigError(f"--kind: {unknown!r} is no kind of change{hint}; there are: {there}") from error


def _told(answer: Json, zone: tzinfo) -> str:
    """A change in one line; moments as people in `zone` read them."""
    from zmpwatch.model.days import in_zone

    if answer["kind"] == "count_changed":
        told = f"{answer['before']} → {answer['after']}"
        if "reconciliation" in answer:
            rest = answer["reconciliation"]["unexplained"]
            told += f", {len(answer['reconciliation']['joined'])} named"
            told += f", {abs(rest)} {_gap(rest, answer['after'] - answer['before'])}" if rest else ""
        return told
    if answer["municipality"]:
        after = answer["after"]
        parts = [answer["municipality"], after.get("date") or "date unknown", after.get("resolution") or ""]
        return "  ".join(part for part in parts if part)
    if answer["kind"] == "count_unconfirmed":
        return str(answer["after"].get("reason") or answer["after"])
    after = answer["after"]
    problems = (in_zone(str(problem), zone) for problem in after.get("problems", []))
    return "  ".join(str(part) for part in (answer.get("site"), after.get("verdict"), *problems) if part)


def members(
    context: typer.Context,
    at: AtOption = None,
    known_at: KnownAtOption = None,
    voivodeship: Annotated[str | None, typer.Option(help="Only municipalities there.")] = None,
    as_json: JsonOption = False,
) -> int:
    """The members known by name."""
    from zmpwatch.service.answers import answer_members
    from zmpwatch.service.naming import find_voivodeship

    options: Options = context.obj
    day = parse_day(at, "--at") if at else None
    where = find_voivodeship(voivodeship) if voivodeship is not None else None
    with opened(options) as (config, store):
        answers = answer_members(store, day, parse_known_at(known_at, config.timezone), where)
    if as_json:
        print_lines(answers)
        return 0
    for answer in answers:
        since = dated(answer["since"], answer["since_kind"]) or "date unknown"
        typer.echo(f"{answer['teryt']}  {answer['municipality']:<28} {answer['voivodeship']:<20} {since}")
    typer.echo(f"{counted(len(answers), 'member is', 'members are')} known by name", err=True)
    if any(answer["since_kind"] == "by" for answer in answers):
        typer.echo("by DATE: a member at the latest since then, the date of the first evidence", err=True)
    return 0


def case(
    context: typer.Context,
    municipality: Annotated[str, typer.Argument(help="A name in any case form, or a TERYT code.")],
    at: AtOption = None,
    known_at: KnownAtOption = None,
    as_json: JsonOption = False,
) -> int:
    """One municipality's membership as a dated timeline."""
    from zmpwatch.service.answers import answer_case
    from zmpwatch.service.naming import find_municipality, namesakes

    options: Options = context.obj
    found = find_municipality(municipality)
    day = parse_day(at, "--at") if at else None
    with opened(options) as (config, store):
        answer = answer_case(store, found, day, parse_known_at(known_at, config.timezone))
    if as_json:
        print_json(answer)
        return 0
    typer.echo(f"{found.name}  {found.teryt}  {found.kind}, powiat {found.powiat}, {found.voivodeship}")
    for other in namesakes(found):
        typer.echo(f" another: {other.teryt}  {other.name} ({other.kind}, powiat {other.powiat}, {other.voivodeship})")
    typer.echo(f" status: {standing(answer)}")
    if not answer["events"]:
        typer.echo(" nothing is known of it")
    for event in answer["events"]:
        _echo_event(event)
    return 0


def _echo_event(event: Json) -> None:
    way = " (leaving)" if event["kind"] == "withdrawal" else ""
    parts = [f"{event['stage']}{way}", event["resolution"] or "", ballot(event["votes"])]
    typer.echo(f" {dated(event['date'], event['date_kind']) or 'undated':<14}" + "  ".join(filter(None, parts)))
    typer.echo(f"{'':15}{quoted(event['quote'], 200)}")
    typer.echo(f"{'':15}{event['url']}" + (f" and {event['sources'] - 1} more" if event["sources"] > 1 else ""))
    for contradiction in event["contradictions"]:
        typer.echo(f"{'':15}disputed: {contradiction}")


def diff(
    context: typer.Context,
    start: Annotated[str, typer.Argument(metavar="FROM", help="The first day (YYYY-MM-DD).")],
    end: Annotated[str, typer.Argument(metavar="TO", help="The second day (YYYY-MM-DD).")],
    known_at: KnownAtOption = None,
    as_json: JsonOption = False,
) -> int:
    """Count and membership between two days, reconciled."""
    from zmpwatch.service.answers import answer_diff

    options: Options = context.obj
    days: tuple[date, date] = parse_day(start, "FROM"), parse_day(end, "TO")
    if days[0] > days[1]:
        raise ConfigError(f"FROM ({start}) lies after TO ({end})")
    with opened(options) as (config, store):
        answer = answer_diff(store, config.association.key, *days, parse_known_at(known_at, config.timezone))
    if as_json:
        print_json(answer)
        return 0
    before, after = answer["before"], answer["after"]
    change = f"  ({after - before:+d})" if before is not None and after is not None else ""
    typer.echo(f" {_known(before)} → {_known(after)}{change}")
    for word in ("joined", "left"):
        for moved in answer[word]:
            parts = [f"resolved {moved['resolved']}" if moved["resolved"] else "", moved["resolution"] or ""]
            who = f"{moved['municipality']:<24} {moved['voivodeship']:<20}"
            told = " ".join(part for part in parts if part)
            typer.echo(f" {word:<7} {who} {moved['date'] or 'undated':<11}{told}".rstrip())
    if answer["list"] is not None:
        _echo_list(answer["list"], config.timezone)
    rest = answer["unexplained"]
    if rest is not None:
        typer.echo(f" {_gap(rest, after - before):<12} {abs(rest)}")
    return 0


def _echo_list(told: Json, zone: tzinfo) -> None:
    """What the association's own list of members says of it."""
    typer.echo(f" list         {counted(told['names'], 'name')}, read {minute(told['read'], zone)[:10]}")
    for title, towns in (("not in it", told["missing"]), ("only there", told["only"])):
        if towns:
            names = ", ".join(town["municipality"] for town in towns)
            columns = min(shutil.get_terminal_size().columns, _WIDEST)
            for line in wrap(names, columns, initial_indent=f" {title:<11}  ", subsequent_indent=" " * 14):
                typer.echo(line)


def _known(members_or_none: int | None) -> str:
    return "unknown" if members_or_none is None else str(members_or_none)


def _gap(unexplained: int, difference: int) -> str:
    """How names and numbers don't meet: a number without names, or more names than the number asks for."""
    return "too many" if unexplained and unexplained * difference <= 0 else "unexplained"
