"""The floors of the figures: read them, and raise them (``python -m tests.eval.floors``) after rules got better."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from zmpwatch.service.corpus import read_corpus
from zmpwatch.service.evaluating import Figures, assess_corpus, figures_of
from zmpwatch.service.extracting import default_association

ROOT = Path(__file__).parents[2]
FILE = Path(__file__).with_name("floors.yaml")
FOLDERS = tuple(
    f"tests/eval/{name}"
    for name in (
        *("documents", "second", "third", "fourth", "fifth", "sixth"),
        *("seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"),
        *("thirteenth", "fourteenth", "fifteenth", "sixteenth"),
        *("seventeenth", "eighteenth", "nineteenth", "twentieth", "twentyfirst"),
        *("twentysecond", "twentythird", "twentyfourth", "twentyfifth"),
        *("twentysixth", "twentyseventh", "twentyeighth", "twentyninth", "thirtieth"),
        *("thirtyfirst", "thirtythird", "thirtyfourth", "thirtyfifth"),
    )
)
"""The case folders of tests/extract have no floor: each must be read without any error."""
MARGIN = 0.02
"""An F1 this much above its floor should raise it."""

HEAD = """\
# What extraction must not fall below, by folder of labelled documents (`zmpwatch eval FOLDER` shows the figures).
# Floors only rise: `python -m tests.eval.floors` raises those that figures have outgrown. Where documents were added or
# mended, so that figures say something else than before, write their number and the floors anew.
# Relevance, counts and events: F1. The others: how many are right, and how many documents are without any error.
"""


@dataclass(frozen=True)
class Floors:
    """Floors of one folder, and the number of documents they were set with."""

    documents: int
    least: dict[str, float]


def parse(content: str) -> dict[str, Floors]:
    """The floor file: folder → floors."""
    body: dict[str, dict[str, Any]] = yaml.safe_load(content)
    return {folder: Floors(entry["documents"], entry["least"]) for folder, entry in body.items()}


def labelled(folder: str) -> bool:
    """Whether there is any document in the folder."""
    return any((ROOT / folder).rglob("*.txt"))


def figures(folder: str) -> Figures:
    """The figures as they are now."""
    return figures_of(assess_corpus(read_corpus(ROOT / folder).documents, default_association()))


def measured(now: Figures) -> dict[str, float]:
    """The figures that have a floor, by the name they have there."""
    return {
        # 0.936 is stored as a little less where it is computed and as a little more where it is read
        "relevant": round(now.relevant.f1, 6),
        "counts": round(now.counts.f1, 6),
        "events": round(now.events.f1, 6),
        # numbers, no shares: a share falls when an event is found whose date is not
        **{name: share.right for name, share in now.details.items()},
        "perfect": now.perfect,
    }


def outgrown(floors: Floors, now: Figures) -> dict[str, float]:
    """The figures that should raise their floors: an F1 by a margin, a number by one."""
    return {
        name: value
        for name, value in measured(now).items()
        if value >= floors.least.get(name, 0) + (1 if isinstance(value, int) else MARGIN)
    }


def raised(floors: Floors, now: Figures) -> Floors:
    """The same floors, each lifted to its figure where that is higher; new figures get a floor."""
    least = {
        name: max(value if isinstance(value, int) else int(value * 1000) / 1000, floors.least.get(name, 0))
        for name, value in measured(now).items()
    }
    return Floors(now.documents, {**floors.least, **least})


def written(floors: dict[str, Floors]) -> str:
    """The floor file's content."""
    body = {folder: {"documents": entry.documents, "least": entry.least} for folder, entry in sorted(floors.items())}
    return HEAD + yaml.safe_dump(body, sort_keys=False, allow_unicode=True)


if __name__ == "__main__":
    known = parse(FILE.read_text(encoding="utf-8"))
    FILE.write_text(
        written(
            {
                folder: raised(known.get(folder, Floors(0, {})), figures(folder))
                for folder in FOLDERS
                if labelled(folder)
            }
        ),
        encoding="utf-8",
    )
