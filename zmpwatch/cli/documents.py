"""Commands that read documents: extract."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zmpwatch.cli.context import JsonOption, Options, print_json

if TYPE_CHECKING:
    from zmpwatch.model import Association
    from zmpwatch.service.extracting import Extraction

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the commands of this group."""
    app.command()(extract)


def extract(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="HTML, TXT, PDF, DOCX, ODT, RTF, DOC, or JSONL.")],
    url: Annotated[str | None, typer.Option(help="Where the documents were found.")] = None,
    published: Annotated[
        str | None, typer.Option(help="When they were published (YYYY, YYYY-MM or YYYY-MM-DD).")
    ] = None,
    as_json: JsonOption = False,
) -> int:
    """What documents state: member counts and steps of membership."""
    from zmpwatch.extract.document import as_json as statements_json
    from zmpwatch.register import load_register
    from zmpwatch.service.extracting import extract_files

    options: Options = context.obj
    day = _published(published) if published else None
    failed = False
    for found in extract_files(files, _association(options), load_register(), url=url, published=day):
        if found.error is not None or found.text is None:
            failed = True
            if as_json:
                print_json({"path": found.path, "error": found.error})
            typer.echo(f"{found.path}: {found.error}", err=True)
        elif as_json:
            identity = {"id": found.id} if found.id is not None else {}
            print_json({"path": found.path, **identity, **statements_json(found.text, found.statements)})
        else:
            _echo(found)
    return 1 if failed else 0


def _association(options: Options) -> Association:
    """The association of the configuration where there is one; documents can be read without any."""
    from zmpwatch.register import load_association

    return options.load().association if options.config.exists() else load_association("zmp")


def _published(text: str) -> str:
    import re
    from datetime import date

    from zmpwatch.errors import ConfigError

    match = re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", text)
    if match:
        try:
            date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
        except ValueError:
            match = None
    if not match:
        raise ConfigError(f"--published: {text!r} is no date; write it as 2025, 2025-02 or 2025-02-28")
    return text


def _echo(found: Extraction) -> None:
    from zmpwatch.model import CountStatement

    typer.echo(found.path)
    if not found.statements:
        typer.echo("  states nothing about membership")
    for statement in found.statements:
        if isinstance(statement, CountStatement):
            as_of = f", as of {statement.as_of}" if statement.as_of else ""
            told = f"count       {statement.value} ({statement.qualifier}{as_of})"
        else:
            votes = statement.votes
            parts = [
                f"{statement.kind} {statement.stage}",
                f"{statement.municipality} {statement.teryt or '(ambiguous)'}",
                statement.date or "date unknown",
                statement.resolution or "",
                f"votes {votes.in_favour}:{votes.against}:{votes.abstain}" if votes else "",
            ]
            told = "  ".join(part for part in parts if part)
        typer.echo(f"  {told}")
        typer.echo(f"    “{' '.join(statement.quote.split())}”")
        typer.echo(
            f"    characters {statement.start}–{statement.end}, rule {statement.rule}, {statement.confidence:.2f}"
        )
