"""Commands over the archived pages: search, page."""

from __future__ import annotations

import sys
import time
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zmpwatch.cli.context import Json, JsonOption, Options, opened, parse_day, print_json, print_lines
from zmpwatch.errors import ConfigError, StoreError
from zmpwatch.plural import counted

if TYPE_CHECKING:
    from zmpwatch.service.opening import Store
    from zmpwatch.service.pageview import PageView

__all__ = ["register"]

_MOST_HITS = 10_000
_FILLED_FOR = 10.0
"""Seconds that a search spends on pages that are not in the index yet."""


def register(app: typer.Typer) -> None:
    """Add the commands of this group."""
    # words to leave out begin with a dash like options; of those with one letter only -h would be taken for one
    app.command(context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]})(search)
    app.command()(page)


def search(
    context: typer.Context,
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="TEXT",
            help='Words in any form, with or without diacritics; "a phrase" in quotation marks; uchwał*; -without.',
        ),
    ],
    since: Annotated[str | None, typer.Option(help="Only pages of that day or later (YYYY-MM-DD).")] = None,
    municipality: Annotated[
        str | None, typer.Option(help="Only pages of or about this municipality: a name, or a TERYT code.")
    ] = None,
    limit: Annotated[int, typer.Option(help="Most hits.", min=1, max=_MOST_HITS)] = 20,
    as_json: JsonOption = False,
) -> int:
    """Find archived pages by their words, the newest first."""
    from zmpwatch.service.naming import find_municipality
    from zmpwatch.service.searching import answer_search, not_searchable
    from zmpwatch.service.searching.query import parse

    options: Options = context.obj
    unknown = next((word for word in words if word.startswith("--") and word[2:3].isalpha()), None)
    if unknown is not None:
        raise ConfigError(f"search: there is no option {unknown} (a word to leave out is written with one dash)")
    day = parse_day(since, "--since") if since else None
    found = find_municipality(municipality) if municipality else None
    parse(" ".join(words))
    with opened(options) as (_config, store):
        if not_searchable(store):
            _fill(store)
        answers = answer_search(store, " ".join(words), since=day, teryt=found.teryt if found else None, limit=limit)
        missing = not_searchable(store)
    if as_json:
        print_lines(answers)
    else:
        _echo_hits(answers)
    if missing:
        pages = "page is" if missing == 1 else "pages are"
        typer.echo(
            f"{missing} archived {pages} not in the index yet: the next search goes on with web pages, "
            "zmpwatch rebuild puts all in, documents too",
            err=True,
        )
    return 0


def _fill(store: Store) -> None:
    """A history from before there was an index is made searchable by the searches themselves, a while each."""
    from zmpwatch.service.searching import fill_some

    end = time.monotonic() + _FILLED_FOR
    try:
        done = fill_some(store, lambda: time.monotonic() >= end)
    except StoreError as error:
        typer.echo(f"the index could not be brought up to date: {error}", err=True)
        return
    if done:
        typer.echo(f"{counted(done, 'archived page')} put into the index", err=True)


def _echo_hits(answers: list[Json]) -> None:
    from zmpwatch.cli.escaping import visible

    if not answers:
        typer.echo("no archived page has that")
    for answer in answers:
        whose = answer["municipality"] or answer["site"]
        typer.echo(visible(f"{answer['date']:<10}  {whose}  {answer['title'] or ''}".rstrip()))
        typer.echo(f"{'':12}{_highlighted(visible(answer['snippet']))}")
        typer.echo(visible(f"{'':12}{answer['url']}  {answer['archived'][:12]}"))


def _highlighted(text: str) -> str:
    """What stands between two stars in bold, on a terminal."""
    if not sys.stdout.isatty():
        return text
    parts = text.split("**")
    return "".join(typer.style(part, bold=True) if number % 2 else part for number, part in enumerate(parts))


def page(
    context: typer.Context,
    which: Annotated[
        str,
        typer.Argument(metavar="PAGE", help="An address, or a hash as `archived` names it (8 digits are enough)."),
    ],
    at: Annotated[str | None, typer.Option(help="The version of that day (YYYY-MM-DD); the newest without.")] = None,
    output: Annotated[Path | None, typer.Option(help="Write the bytes, as they were served, into this file.")] = None,
    raw: Annotated[bool, typer.Option("--raw", help="Write the bytes, as they were served, to stdout.")] = False,
    as_json: JsonOption = False,
) -> int:
    """Show an archived page: when it was fetched, its text, and the sentences that were read as facts."""
    from zmpwatch.model.days import day_of
    from zmpwatch.service.files import write_file
    from zmpwatch.service.pageview import find_page

    options: Options = context.obj
    if raw and as_json:
        raise ConfigError("--raw and --json both claim stdout; give one of them")
    day = parse_day(at, "--at") if at else None
    with opened(options) as (config, store):
        view = find_page(store, which.strip(), day)
    if output is not None:
        write_file(output, view.body)
        typer.echo(
            f"{output}: {len(view.body):,} bytes, as served on {day_of(view.snapshot.fetched_at, config.timezone)}",
            err=True,
        )
    if raw:
        sys.stdout.buffer.write(view.body)
        sys.stdout.buffer.flush()
    elif as_json:
        print_json(view.as_json())
    elif output is None:
        _echo_page(view, config.timezone)
    return 0


def _echo_page(view: PageView, zone: tzinfo) -> None:
    from zmpwatch.cli.escaping import visible
    from zmpwatch.model.days import day_of, minute_of
    from zmpwatch.service.knowledge import KNOWLEDGE_SITE

    snapshot = view.snapshot
    typer.echo(visible(snapshot.title or snapshot.url))
    typer.echo(visible(f" address    {snapshot.url}"))
    if snapshot.site == KNOWLEDGE_SITE:
        typer.echo(f" imported   {minute_of(snapshot.fetched_at, zone)}, a collector's notes; the page was not fetched")
    else:
        typer.echo(f" fetched    {minute_of(snapshot.fetched_at, zone)}, status {snapshot.status}")
    if snapshot.published:
        typer.echo(visible(f" published  {snapshot.published}"))
    typer.echo(f" sha-256    {snapshot.sha256}")
    typer.echo(visible(f" file       {view.file} (zstd), {len(view.body):,} bytes"))
    for other in view.versions:
        if other.id != snapshot.id:
            gone = "  pruned: no statement rested on it" if other.sha256 in view.pruned else ""
            typer.echo(f" other      {day_of(other.fetched_at, zone)}  {other.sha256[:12]}{gone}")
    for _, _, told in view.quotes:
        typer.echo(visible(f" states     {told}"))
    typer.echo()
    if view.text is None:
        typer.echo(visible(f"its text can't be read: {view.unreadable}"))
        return
    marked, at = "", 0
    for start, end, _ in view.quotes:
        if start >= at:
            marked += f"{view.text[at:start]}**{view.text[start:end]}**"
            at = end
    typer.echo(_highlighted(visible(marked + view.text[at:], keep="\n\t")))
