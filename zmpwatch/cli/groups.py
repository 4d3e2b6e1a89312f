"""Groups of commands: listed by use, with their help where nothing was asked for."""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperGroup

from zmpwatch.cli.exits import Exit

__all__ = ["Group", "group"]

BY_USE = (
    *("init", "check", "crawl", "watch", "status", "notify", "sites", "demo"),
    *("count", "history", "changes", "members", "case", "diff", "search", "page", "export"),
    *("extract", "eval", "rebuild", "backup", "prune", "forget"),
)
"""The commands as they are listed: to run the watch, to ask it, to look after it."""


_WHOLE = 1_000
"""Characters of a sentence that are shown."""


class Group(TyperGroup):
    """A group of commands. One that is called without any shows its help on stderr, and ends as a wrong usage does."""

    def list_commands(self, ctx: Any) -> list[str]:
        """The commands by use; what is not named in `BY_USE` as it was registered."""
        names = super().list_commands(ctx)
        return sorted(names, key=lambda name: BY_USE.index(name) if name in BY_USE else len(BY_USE))

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Writes what each command does, whole: a sentence that is cut tells little."""
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl([(name, one.get_short_help_str(_WHOLE)) for name, one in commands if one is not None])

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Reads the arguments."""
        if not args and not ctx.resilient_parsing:
            typer.echo(ctx.get_help(), err=True)
            raise typer.Exit(Exit.USAGE)
        return super().parse_args(ctx, args)


def group(help_text: str, name: str | None = None) -> typer.Typer:
    """An empty group; plain help, for the coloured one takes a tenth of a second to load."""
    return typer.Typer(
        name=name,
        cls=Group,
        help=help_text,
        rich_markup_mode=None,
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
