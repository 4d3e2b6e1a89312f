"""Commands that read documents: extract, eval."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zmpwatch.cli.context import JsonOption, Options, print_json

if TYPE_CHECKING:
    from zmpwatch.model import Association

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the commands of this group."""
    app.command()(extract)
    app.command("eval")(evaluate)


def extract(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="HTML, TXT, PDF, DOCX, ODT, RTF, DOC, ZIP or JSONL; - is stdin.")],
    url: Annotated[str | None, typer.Option(help="Where the documents were found.")] = None,
    published: Annotated[
        str | None, typer.Option(help="When they were published (YYYY, YYYY-MM or YYYY-MM-DD).")
    ] = None,
    full: Annotated[
        bool, typer.Option("--full", help="Show whole texts, not only the lines around statements.")
    ] = False,
    as_json: JsonOption = False,
) -> int:
    """What documents state, marked in their text: member counts and steps of membership."""
    from zmpwatch.cli.escaping import visible
    from zmpwatch.cli.marking import show_extraction
    from zmpwatch.service.extracting import extract_files

    options: Options = context.obj
    day = _published(published) if published else None
    failed = False
    for found in extract_files(files, _association(options), url=url, published=day):
        if found.error is not None:
            failed = True
            typer.echo(visible(f"{found.path}: {found.error}"), err=True)
        if as_json:
            print_json(found.as_json())
        elif found.error is None:
            show_extraction(found, full=full)
    return 1 if failed else 0


def evaluate(
    context: typer.Context,
    corpus: Annotated[Path, typer.Argument(help="Folder with labelled documents.")],
    misses: Annotated[
        bool,
        typer.Option("--misses", help="List each fact missed, invented or read wrong, outside the third held back."),
    ] = False,
    held_out: Annotated[
        bool, typer.Option("--held-out", help="Only the third that is held back while rules are written.")
    ] = False,
    as_json: JsonOption = False,
) -> int:
    """Score extraction against a labelled corpus: precision, recall and F1 by kind of fact."""
    from zmpwatch.cli.evaluating import echo_figures, echo_misses, misses_as_json
    from zmpwatch.errors import ConfigError
    from zmpwatch.service import corpus as labelled
    from zmpwatch.service.evaluating import assess_corpus, figures_of

    read = labelled.read_corpus(corpus)
    documents = [d for d in read.documents if labelled.held_out(d.name)] if held_out else read.documents
    if not documents:
        raise ConfigError(f"{corpus}: none of its {len(read.documents)} documents belongs to the third held out")
    if read.unlabelled:
        names = ", ".join(read.unlabelled[:3]) + (", …" if len(read.unlabelled) > 3 else "")
        typer.echo(f"{len(read.unlabelled)} without a label, left out: {names}", err=True)
    assessments = assess_corpus(documents, _association(context.obj))
    # what the third held back gets wrong is scored, but shown to nobody who did not ask for that very third
    shown = [a for a in assessments if held_out or not labelled.held_out(a.document.name)]
    if as_json:
        told = figures_of(assessments).as_json()
        print_json({**told, "misses": misses_as_json(shown)} if misses else told)
        return 0
    if misses:
        echo_misses(shown)
    echo_figures(assessments, part="the third held out" if held_out else None)
    return 0


def _association(options: Options) -> Association:
    """The association of the configuration where there is one; documents can be read without any."""
    from zmpwatch.service.extracting import default_association

    return options.load().association if options.config.exists() else default_association()


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
