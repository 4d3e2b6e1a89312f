"""Every error zmpwatch raises on purpose.

::

    ZmpwatchError
    ├── ConfigError             config.yaml, a variable or an option is wrong (exit status 2)
    ├── RegisterError
    │   └── UnknownTeryt        no municipality has this code
    ├── ReadError               bytes that give no text; `reason` says why
    │   ├── Unreadable          damaged, encrypted, of an unknown type or encoding
    │   ├── LimitExceeded       a bound on size, nesting, time or memory stopped the reader
    │   └── NeedsOcr            a scan: pages without a text layer
    ├── SelectorError           a selector found another number of things than it must
    ├── StoreError              the database or the archive refused (exit status 3)
    │   ├── DatabaseTooNew      written by a newer zmpwatch
    │   ├── DatabaseLocked      another process holds it
    │   └── ArchiveError        an archived page is missing or damaged
    ├── CrawlError              a crawl could not be run at all (exit status 3)
    │   └── AddressRefused      an address the crawler must not reach
    └── DeliveryError           an alert could not be handed over
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = [
    "AddressRefused",
    "ArchiveError",
    "ConfigError",
    "ConfigProblem",
    "CrawlError",
    "DatabaseLocked",
    "DatabaseTooNew",
    "DeliveryError",
    "LimitExceeded",
    "NeedsOcr",
    "ReadError",
    "RegisterError",
    "SelectorError",
    "StoreError",
    "UnknownTeryt",
    "Unreadable",
    "ZmpwatchError",
]


class ZmpwatchError(Exception):
    """Base of all errors below; its text is one line made for the person at the terminal."""


@dataclass(frozen=True, slots=True)
class ConfigProblem:
    """One thing wrong in a configuration file.

    `line` and `column` count from 1; 0 means the problem belongs to the whole file.
    """

    path: str
    line: int
    column: int
    key: str
    message: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        return f"{place}: {self.key}: {self.message}" if self.key else f"{place}: {self.message}"


class ConfigError(ZmpwatchError):
    """The configuration can't be used. Carries every problem found, so that one run shows all."""

    def __init__(self, problems: Sequence[ConfigProblem] | str) -> None:
        self.problems: tuple[ConfigProblem, ...] = () if isinstance(problems, str) else tuple(problems)
        text = problems if isinstance(problems, str) else "\n".join(map(str, problems))
        super().__init__(text)


class RegisterError(ZmpwatchError):
    """The register of municipalities was asked for something it can't answer."""


class UnknownTeryt(RegisterError):
    """No municipality has this TERYT code."""


class ReadError(ZmpwatchError):
    """Bytes that give no text. `reason` is a short English phrase an operator understands."""

    def __init__(self, reason: str, *, url: str | None = None) -> None:
        self.reason = reason
        self.url = url
        super().__init__(f"{url}: {reason}" if url else reason)


class Unreadable(ReadError):
    """Damaged, encrypted, of an unknown type, or in an encoding that can't be told."""


class LimitExceeded(ReadError):
    """A bound on size, nesting, time or memory stopped the reader."""


class NeedsOcr(ReadError):
    """A scanned document: there are pages, but no text layer."""


class SelectorError(ZmpwatchError):
    """A selector found another number of things than it must: the layout has changed."""

    def __init__(self, url: str, selector: str, found: int, expected: str) -> None:
        self.url, self.selector, self.found, self.expected = url, selector, found, expected
        super().__init__(f"{url}: {selector!r} found {found}, expected {expected}")


class StoreError(ZmpwatchError):
    """The database or the archive refused."""


class DatabaseTooNew(StoreError):
    """The database was written by a newer zmpwatch; it is left as it is."""


class DatabaseLocked(StoreError):
    """Another process holds the database longer than we wait."""


class ArchiveError(StoreError):
    """An archived page is missing, damaged or can't be written."""


class CrawlError(ZmpwatchError):
    """A crawl could not be run at all."""


class AddressRefused(CrawlError):
    """A host led to an address the crawler must not reach (loopback, private, link-local …)."""


class DeliveryError(ZmpwatchError):
    """An alert could not be handed over."""
