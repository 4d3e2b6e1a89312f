"""The commands `count accept` and `count refuse`: the operator's yes or no to a number that waits."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from zmpwatch.cli.context import Json, JsonOption, Options, opened, print_json
from zmpwatch.errors import ConfigError
from zmpwatch.plural import counted

if TYPE_CHECKING:
    from zmpwatch.model import CountBelief

__all__ = ["accept", "refuse"]

ReasonOption = Annotated[str, typer.Option(help="Why; it is kept in the history.")]
ByOption = Annotated[str | None, typer.Option(help="Who decides; the name you are logged in with unless given.")]
ValueArgument = Annotated[int | None, typer.Argument(help="The number; the one that waits unless given.")]


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
        print_json(_held_json(belief) | {"changes": len(changes), "delivered": delivery.sent})
    else:
        before = f"{belief.previous} → " if belief.previous is not None else ""
        told = f"{counted(len(changes), 'change')}, {delivery.sent} delivered"
        typer.echo(f"{before}{belief.members}: believed from now on; {told}")
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
        print_json(_held_json(belief))
    else:
        held = "no count" if belief.members is None else str(belief.members)
        typer.echo(f"refused; {held} is believed, and nobody is told")
    return 0


def _held_json(belief: CountBelief) -> Json:
    return {"members": belief.members, "previous": belief.previous, "state": str(belief.state)}


def _who(by: str | None) -> str:
    if by is not None and by.strip():
        return by.strip()
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError) as error:
        raise ConfigError("--by: who decides? this account has no name") from error


def _why(reason: str) -> str:
    if not reason.strip():
        raise ConfigError("--reason: must say something; it is kept in the history")
    return " ".join(reason.split())
