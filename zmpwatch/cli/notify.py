"""Commands about alerts: notify test, pending, show, retry, held, release, discard."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from zmpwatch.cli.context import JsonOption, Options, minute, opened, print_json, print_lines
from zmpwatch.cli.groups import group
from zmpwatch.errors import ConfigError
from zmpwatch.plural import counted

if TYPE_CHECKING:
    from datetime import tzinfo

    from zmpwatch.config import Config
    from zmpwatch.service.notifying import Shown
    from zmpwatch.service.outbox import Outbox

__all__ = ["register"]

_SHOWN = 100

Numbers = Annotated[
    list[int] | None, typer.Argument(metavar="[NUMBER]...", help="Numbers that `notify pending` shows; all when none.")
]


class Form(StrEnum):
    """Which body of a message is shown."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"


def register(app: typer.Typer) -> None:
    """Add the commands of this group."""
    alerts = group("Alerts: try an address, see and steer what waits to be sent.")
    alerts.command("test")(send_test)
    for command in (pending, show, retry, held, release, discard):
        alerts.command()(command)
    app.add_typer(alerts, name="notify")


def send_test(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="A subscriber's name, or operator.")],
    as_json: JsonOption = False,
) -> int:
    """Send a marked test to every address of a subscriber, and say what each answered."""
    from zmpwatch.service.checking import load_for_running
    from zmpwatch.service.notifying import send_test as send
    from zmpwatch.service.running import system_clock

    options: Options = context.obj
    config = load_for_running(options.config)
    answers = send(_outbox(config), config.association, name, system_clock())
    if as_json:
        print_lines(answer.as_json() for answer in answers)
    else:
        for answer in answers:
            typer.echo(f"{name}, address {answer.number} ({answer.service}, {answer.address}): {answer.result}")
    return 0 if all(answer.result.outcome == "sent" for answer in answers) else 1


def pending(
    context: typer.Context,
    dead: Annotated[bool, typer.Option("--dead", help="Those that were given up, instead.")] = False,
    sent: Annotated[bool, typer.Option("--sent", help="The last hundred that went out, instead.")] = False,
    as_json: JsonOption = False,
) -> int:
    """What the outbox holds: what waits, why, and when it is tried again."""
    from zmpwatch.model import DeliveryState
    from zmpwatch.service.notifying import UNDELIVERED, list_deliveries

    if dead and sent:
        raise ConfigError("--dead and --sent ask for different lists; give one of them")
    states = [DeliveryState.DEAD] if dead else [DeliveryState.SENT] if sent else UNDELIVERED
    return _list(context, lambda store: list_deliveries(store, states, _SHOWN if sent else None), as_json=as_json)


def held(context: typer.Context, as_json: JsonOption = False) -> int:
    """What waits for your yes, because too much changed at once."""
    from zmpwatch.model import DeliveryState
    from zmpwatch.service.notifying import list_deliveries

    return _list(context, lambda store: list_deliveries(store, [DeliveryState.HELD]), as_json=as_json)


def show(
    context: typer.Context,
    number: Annotated[int, typer.Argument(help="A number that `notify pending` shows (--sent: of what went out).")],
    form: Annotated[Form, typer.Option("--format", help="Which of its bodies to show.")] = Form.TEXT,
    as_json: JsonOption = False,
) -> int:
    """The message a delivery is part of: as it went out, or as it would go out now where it has not yet."""
    from zmpwatch.service.notifying import show_message

    with opened(context.obj) as (config, store):
        shown = show_message(store, _outbox(config), config.association, number)
    if as_json:
        print_json(shown.as_json())
        return 0
    message = shown.message
    body = {Form.TEXT: message.text, Form.MARKDOWN: message.markdown, Form.HTML: message.html}[form]
    typer.echo(f"Subject: {message.subject}\n\n{body.rstrip()}\n\n{_standing(shown, config.timezone)}")
    return 0


def _standing(shown: Shown, zone: tzinfo) -> str:
    """Whether what was shown is what went out, and where the delivery stands."""
    row = shown.delivery
    if shown.kept:
        taken_as = f", given to the service as {shown.body_format}" if shown.body_format else ""
        told = f"as it went out{taken_as}" if row.attempts else "as it goes out"
    elif row.attempts or row.sent:
        told = "what went out was not kept; as it would be composed now"
    else:
        told = "not sent yet; as it would go out now"
    state = f"{row.state} {minute(row.sent.isoformat(), zone)}" if row.sent else str(row.state)
    tries = f", {counted(row.attempts, 'try', 'tries')}" if row.attempts else ""
    result = f": {row.last_result}" if row.last_result else ""
    return f"[{told}]\n[delivery {row.id} to {row.recipient} {row.address}, {state}{tries}{result}]"


def retry(context: typer.Context, numbers: Numbers = None, as_json: JsonOption = False) -> int:
    """Try deliveries again now, those given up included, and say what became of them."""
    from zmpwatch.service.checking import load_for_running
    from zmpwatch.service.notifying import retry as try_again
    from zmpwatch.service.opening import open_store
    from zmpwatch.service.running import system_clock

    options: Options = context.obj
    config = load_for_running(options.config)
    with open_store(config, create=False) as store:
        number = try_again(store, numbers or [], system_clock())
        return _deliver(config, store, {"retried": number}, as_json=as_json)


def release(context: typer.Context, numbers: Numbers = None, as_json: JsonOption = False) -> int:
    """Say yes to what is held: it is sent now, or with the subscriber's next digest."""
    from zmpwatch.service.checking import load_for_running
    from zmpwatch.service.notifying import release as let_go
    from zmpwatch.service.opening import open_store
    from zmpwatch.service.running import system_clock

    options: Options = context.obj
    config = load_for_running(options.config)
    with open_store(config, create=False) as store:
        released = let_go(store, _outbox(config), numbers or [], system_clock())
        status = _deliver(config, store, {"released": released.number}, as_json=as_json)
    if not as_json:
        for name, due in sorted(released.later.items()):
            typer.echo(f"  {name}: with what is due {due.astimezone(config.timezone):%Y-%m-%d %H:%M}")
    return status


def discard(
    context: typer.Context,
    reason: Annotated[str, typer.Option("--reason", help="Why; it stays with the deliveries.")],
    numbers: Numbers = None,
    as_json: JsonOption = False,
) -> int:
    """Say no to what is held: nobody is ever told. The changes stay in the history."""
    from zmpwatch.service.notifying import discard as give_up

    with opened(context.obj) as (_, store):
        number = give_up(store, numbers or [], reason)
    if as_json:
        print_json({"discarded": number})
    else:
        typer.echo(f"{counted(number, 'delivery', 'deliveries')} discarded")
    return 0


def _outbox(config: Config) -> Outbox:
    from zmpwatch.service.outbox import Outbox

    return Outbox.of(config)


def _deliver(config: Config, store: Any, done: dict[str, int], *, as_json: bool) -> int:
    from zmpwatch.model.days import in_zone
    from zmpwatch.service.delivering import deliver
    from zmpwatch.service.running import system_clock

    report = deliver(store, _outbox(config), config.association, system_clock())
    if as_json:
        print_json(
            {
                **done,
                "sent": report.sent,
                "failed": report.failed,
                "unknown": report.unknown,
                "dead": report.dead,
                "moved": report.moved,
                "waiting": report.waiting,
                "held": report.held,
            }
        )
    else:
        verb, number = next(iter(done.items()))
        typer.echo(f"{counted(number, 'delivery', 'deliveries')} {verb}")
        for line in report.lines:
            typer.echo(f"  {in_zone(line, config.timezone)}")
    return 0 if report.ok else 1


def _list(context: typer.Context, read: Any, *, as_json: bool) -> int:
    with opened(context.obj) as (config, store):
        rows: list[dict[str, Any]] = read(store)
        zone = config.timezone
    if as_json:
        print_lines(rows)
        return 0
    from datetime import datetime

    for row in rows:
        what = " ".join(str(part) for part in (row["kind"], row["municipality"] or row["site"]) if part)
        due = f", due {datetime.fromisoformat(row['due']).astimezone(zone):%Y-%m-%d %H:%M}" if row["due"] else ""
        tries = f", {counted(row['attempts'], 'try', 'tries')}" if row["attempts"] else ""
        gone = f", {minute(row['sent'], zone)}" if row["sent"] else ""
        result = f": {row['last_result']}" if row["last_result"] else ""
        typer.echo(
            f"{row['id']:>6}  {row['state']:<8} {row['recipient']} {row['address']}  {what}{tries}{due}{gone}{result}"
        )
    if not rows:
        typer.echo("nothing")
    return 0
