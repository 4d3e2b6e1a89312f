"""What every command needs: options, configuration, store, output."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from zmpwatch.errors import ConfigError, ConfigProblem, StoreError

if TYPE_CHECKING:
    from zmpwatch.config import Config
    from zmpwatch.service.opening import Store

__all__ = [
    "AtOption",
    "Json",
    "JsonOption",
    "KnownAtOption",
    "Options",
    "ballot",
    "dated",
    "existing_store",
    "minute",
    "opened",
    "parse_day",
    "parse_known_at",
    "print_json",
    "print_lines",
    "quoted",
    "standing",
]

Json = dict[str, Any]

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, and nothing else, to stdout.")]
AtOption = Annotated[str | None, typer.Option(help="As it was true on that day (YYYY-MM-DD), as is known now.")]
KnownAtOption = Annotated[str | None, typer.Option(help="As it was known at the end of that day (YYYY-MM-DD).")]


@dataclass(frozen=True, slots=True)
class Options:
    """The global options."""

    config: Path
    verbose: bool

    def load(self) -> Config:
        """Read the configuration, without trying addresses: for commands that only ask.

        A secret that is missing keeps nobody from asking; whoever sends (`crawl`, `check`) must have it.

        Raises:
            ConfigError: with every problem found.
        """
        from zmpwatch.config import load_config

        try:
            return load_config(self.config, os.environ)
        except ConfigError as error:
            if not all(_lacks_secret(problem) for problem in error.problems) or not error.problems:
                raise
        return load_config(self.config, os.environ, stand_in="json://unset.invalid")


def _lacks_secret(problem: ConfigProblem) -> bool:
    recipients = problem.key.startswith(("subscribers.", "operator."))
    return recipients and problem.message.startswith("${")


@contextmanager
def opened(options: Options) -> Iterator[tuple[Config, Store]]:
    """Configuration and store for a command that only asks.

    Raises:
        ConfigError: the configuration is wrong.
        StoreError: there is no database yet, or it can't be used.
    """
    config = options.load()
    with existing_store(config) as store:
        yield config, store


@contextmanager
def existing_store(config: Config) -> Iterator[Store]:
    """The store of a configuration, for a command that only asks.

    Raises:
        StoreError: there is no database yet, or it can't be used.
    """
    from zmpwatch.service.opening import open_store

    try:
        store = open_store(config, create=False)
    except StoreError as error:
        if "there is no database" in str(error):
            raise StoreError(f"{error}; `zmpwatch crawl` makes it") from error
        raise
    with store:
        yield store


_ENCODER = json.JSONEncoder(ensure_ascii=False)


def print_json(value: Any) -> None:
    """One JSON object on one line."""
    sys.stdout.write(_ENCODER.encode(value) + "\n")


def print_lines(values: Iterable[Any]) -> None:
    """One JSON object a line."""
    for value in values:
        print_json(value)


def parse_known_at(text: str | None, zone: tzinfo) -> datetime | None:
    """The end of a day given for ``--known-at``; None where none is.

    Raises:
        ConfigError: it is no day.
    """
    if text is None:
        return None
    day = parse_day(text, "--known-at")
    return datetime.combine(day, time.max, tzinfo=zone)


def minute(moment: str | None, zone: tzinfo) -> str:
    """A time as people write it, in their time zone; a dash where there is none."""
    from zmpwatch.model.days import minute_of

    return minute_of(datetime.fromisoformat(moment), zone) if moment else "–"


def quoted(text: str | None, limit: int = 300) -> str:
    """A quote on one line, cut to `limit` characters."""
    line = " ".join((text or "").split())
    return f"“{line[: limit - 1] + '…' if len(line) > limit else line}”"


def ballot(votes: Json | None) -> str:
    """Votes for, against and abstaining: ``13:1:?`` where a page does not give the last; empty without any."""
    if not votes:
        return ""
    return ":".join("?" if votes[key] is None else str(votes[key]) for key in ("for", "against", "abstain"))


def dated(day: str | None, kind: str | None) -> str:
    """The date of a step: ``2025-02-28``, or ``by 2015`` where it is that of the first evidence; empty without one."""
    return f"by {day}" if day and kind == "by" else day or ""


def standing(case: Json) -> str:
    """Where a municipality stands, and since when: ``member since 2025-02-28``."""
    if not case["since"]:
        return str(case["status"])
    if case["since_kind"] == "by":
        return f"{case['status']}, at the latest since {case['since']} (first evidence)"
    return f"{case['status']} since {case['since']}"


def parse_day(text: str, option: str) -> date:
    """A day given on the command line as YYYY-MM-DD.

    Raises:
        ConfigError: it is none.
    """
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ConfigError(f"{option}: {text!r} is no day; write it as 2025-02-28") from error
