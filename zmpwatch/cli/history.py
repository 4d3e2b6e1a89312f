"""Commands that give the history as a whole: history, export."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from zmpwatch.cli.context import JsonOption, KnownAtOption, Options, opened, parse_day, parse_known_at, print_lines
from zmpwatch.plural import counted

if TYPE_CHECKING:
    from zmpwatch.service.exporting.warc import WarcExport

__all__ = ["export", "history"]

_WIDEST = 110


def history(
    context: typer.Context,
    since: Annotated[str | None, typer.Option(help="Only from that day on (YYYY-MM-DD).")] = None,
    at: Annotated[str | None, typer.Option(help="Only up to that day (YYYY-MM-DD).")] = None,
    known_at: KnownAtOption = None,
    svg: Annotated[Path | None, typer.Option(help="Draw the picture into this file, as SVG.")] = None,
    png: Annotated[Path | None, typer.Option(help="The same as PNG (needs the extra `picture`).")] = None,
    as_json: JsonOption = False,
) -> int:
    """The member count over time: every number stated for a day, as a plot and a list."""
    from zmpwatch.service.charting import png_of, svg_of
    from zmpwatch.service.files import write_file
    from zmpwatch.service.history import answer_history, chart_of

    options: Options = context.obj
    first = parse_day(since, "--since") if since else None
    last = parse_day(at, "--at") if at else None
    with opened(options) as (config, store):
        known = parse_known_at(known_at, config.timezone)
        answers = answer_history(store, config.association.key, first, at=last, known_at=known)
    short = config.association.short
    if answers and (svg or png):
        drawn = svg_of(chart_of(answers, short))
        if png:
            write_file(png, png_of(drawn))
        if svg:
            write_file(svg, drawn.encode())
    if as_json:
        print_lines(answers)
        return 0
    if not answers:
        typer.echo(f"{short}: no member count is known" + (f" since {first}; nothing to draw" if first else " yet"))
        return 0
    _echo_plot(answers, short)
    for path in (svg, png):
        if path:
            typer.echo(f"{path}: written", err=True)
    return 0


def _echo_plot(answers: list[dict[str, Any]], short: str) -> None:
    from zmpwatch.cli.escaping import visible
    from zmpwatch.service.charting import lines_of
    from zmpwatch.service.history import chart_of

    columns = min(shutil.get_terminal_size().columns, _WIDEST)
    for line in lines_of(chart_of(answers, short), width=columns, plain=not _can_draw()):
        typer.echo(line)
    typer.echo()
    for answer in answers:
        whose = "own" if answer["official"] else "checked" if answer["checked"] else "others"
        beside = "" if answer["on_line"] else "  (not followed)"
        more = f" and {answer['sources'] - 1} more" if answer["sources"] > 1 else ""
        typer.echo(
            visible(f"{answer['as_of']:<10} {answer['members']:>5}  {whose:<7}  {answer['source']}{more}{beside}")
        )


def _can_draw() -> bool:
    try:
        "─╭∘".encode(sys.stdout.encoding or "ascii")
    except (LookupError, UnicodeEncodeError):
        return False
    return True


def export(
    context: typer.Context,
    form: Annotated[str, typer.Option("--format", help="csv, jsonl, sqlite, parquet or warc.")],
    output: Annotated[Path, typer.Option(help="The folder the files go into.")] = Path("export"),
) -> int:
    """Write the five views for analysts as files with a data dictionary, or the archived pages as WARC."""
    from datetime import UTC, datetime

    from zmpwatch.service.exporting import export as run_export
    from zmpwatch.service.exporting import export_warc

    options: Options = context.obj
    if form == "warc":
        with opened(options) as (config, store):
            archived = export_warc(store, output, config.association.name, datetime.now(UTC))
        return _echo_warc(archived)
    with opened(options) as (config, store):
        written = run_export(store, form, output, config.association.name, datetime.now(UTC))
    for path, rows in written.items():
        typer.echo(f"{path}: {counted(rows, 'row')}")
    typer.echo(f"{output / 'dictionary.json'}: what the columns mean")
    return 0


def _echo_warc(done: WarcExport) -> int:
    from zmpwatch.cli.escaping import visible

    pruned = f", {counted(done.pruned, 'pruned one')} left out" if done.pruned else ""
    typer.echo(f"{done.path}: {counted(done.pages, 'page')}{pruned}")
    for problem in done.problems:
        typer.echo(visible(f"problem: {problem}"), err=True)
    return 1 if done.problems else 0
