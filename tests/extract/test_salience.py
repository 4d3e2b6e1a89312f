"""The last reader: what it adds where no other reader understood a sentence, and what it must leave alone."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

BANKS = Path(__file__).parent / "salience"
_KINDS = {"a": "accession", "w": "withdrawal"}
_STAGES = {"p": "proposed", "r": "resolved", "j": "rejected", "a": "admitted", "m": "member"}
_LINE = re.compile(r"(?P<steps>.*?)::\s+(?:\[(?P<url>http[^\]]+)\]\s+)?(?P<text>.+)")


@dataclass(frozen=True)
class Item:
    """A short text of a bank, and the steps it tells: municipality, kind, stage."""

    bank: str
    text: str
    url: str | None
    steps: frozenset[tuple[str, str, str]]

    @property
    def held(self) -> bool:
        """Whether it belongs to the half that no weight and no word was chosen by."""
        return int(hashlib.sha256(self.text.encode()).hexdigest(), 16) % 2 == 0


def items() -> list[Item]:
    """All items of all banks."""
    return list(_items())


def _items() -> Iterator[Item]:
    for bank in sorted(BANKS.glob("*.txt")):
        for line in bank.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                match = _LINE.fullmatch(line)
                assert match is not None, line
                steps = [step.strip().rpartition("/") for step in match["steps"].split(",") if step.strip()]
                told = frozenset((name, _KINDS[code[0]], _STAGES[code[1]]) for name, _, code in steps)
                yield Item(bank.stem, match["text"], match["url"], told)
