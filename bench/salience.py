"""Weighs the evidence of the last reader: which observations speak for a step of membership, and how much.

::

    .venv/bin/python -m bench.salience            # show how well the weights do
    .venv/bin/python -m bench.salience --write    # and write zmpwatch/extract/data/salience_weights.yaml

Logistic regression over the evidence of every guess, on the tuning half of `tests/extract/salience`, the banks and
cases of `tests/extract`, and the labelled documents of `tests/eval` that are not held out. Deterministic; needs nothing
beyond the standard library. The threshold is the lowest at which, with weights made without the texts judged (ten
folds), four of five guesses are right.
"""

from __future__ import annotations

import argparse
import hashlib
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from tests.extract import folders
from tests.extract.test_salience import Item, items
from zmpwatch.extract.evidence import Guess
from zmpwatch.extract.extractor import guesses_of
from zmpwatch.model import Text
from zmpwatch.read import text_from_plain
from zmpwatch.service.corpus import held_out, read_corpus
from zmpwatch.service.extracting import context_of, default_association

ROOT = Path(__file__).parents[1]
FILE = ROOT / "zmpwatch/extract/data/salience_weights.yaml"
FOLDERS = ("documents", "second", "third", "fourth", "fifth", "sixth")
PRECISION = 0.8
LEAST_BELIEVED = 55
"""No guess is believed, in hundredths, that is hardly more likely right than wrong."""
FOLDS = 10
STEPS, RATE, SHRINK = 1500, 1.0, 0.03
LEAST_SEEN = 3
"""Evidence seen in fewer guesses gets no weight."""
COUNTS_AS = {"paragraphs": 3.0, "plain": 3.0, "telling": 0.7}
"""How often an example counts, by where it is from: pages tell a step in paragraphs more than in one bold sentence."""
BELIEFS = {"against.": -2.0, "loose.": -1.0, "topic.far": -1.5, "topic.near": -0.5, "told.of_town": -1.5, "told.": -0.3}
"""What is held before anything is seen, by the beginning of a name; weights move from it as far as texts bear out."""

HEAD = """\
# How much each piece of evidence weighs where the last reader guesses: above 0 it speaks for a step of membership,
# below 0 against. Written by `python -m bench.salience --write`; may be changed by hand. A guess is believed where the
# sum of "any" and the weights of its evidence, squeezed between 0 and 1, reaches the threshold. See docs/extraction.md.
"""


@dataclass(frozen=True)
class Example:
    """A guess, whether it is right, and by which fold its text is judged."""

    evidence: frozenset[str]
    right: bool
    fold: int
    source: str
    guess: Guess


def _example(guess: Guess, expected: set[tuple[str, str, str]], text: str, source: str) -> Example:
    told = {(actor.name, guess.kind.value, guess.stage.value) for actor in guess.actors}
    fold = int(hashlib.sha256(text.encode()).hexdigest(), 16) // 7 % FOLDS
    return Example(guess.evidence, told <= expected, fold, source, guess)


def of_items(chosen: list[Item]) -> Iterator[Example]:
    """Examples out of our own sentences."""
    for item in chosen:
        context = context_of(default_association(), url=item.url, published=None)
        for guess in guesses_of(Text(item.text), context):
            yield _example(guess, set(item.steps), item.text, item.bank)


def of_banks() -> Iterator[Example]:
    """Examples out of the banks and case folders of the other readers: above all, near misses that tell nothing."""
    for bank in sorted((ROOT / "tests/extract/sentences").glob("*.yaml")):
        for entry in yaml.safe_load(bank.read_text(encoding="utf-8")):
            context = context_of(default_association(), url=entry.get("url"), published=entry.get("published"))
            expected = {(name, kind, stage) for name, kind, stage, _ in entry.get("events", ())}
            for guess in guesses_of(Text(entry["text"]), context):
                yield _example(guess, expected, entry["text"], "banks")
    for name in folders.names():
        case = folders.load(name)
        expected = {(e["municipality"], e["kind"], e["stage"]) for e in case.expected["events"]}
        for guess in guesses_of(Text(case.content), case.context):
            yield _example(guess, expected, case.content, "cases")


def of_documents(*, held: bool) -> Iterator[Example]:
    """Examples out of the labelled documents of `tests/eval`."""
    for folder in FOLDERS:
        for document in read_corpus(ROOT / "tests/eval" / folder).documents:
            if held_out(document.name) is not held:
                continue
            context = context_of(default_association(), url=document.url, published=document.published)
            expected = {(e.municipality, e.kind.value, e.stage.value) for e in document.events}
            for guess in guesses_of(text_from_plain(document.text), context):
                yield _example(guess, expected, document.text, folder)


def trained(examples: list[Example]) -> dict[str, float]:
    """Weights by gradient descent, shrunk towards what was held before, so that rare evidence weighs little."""
    seen = Counter(name for example in examples for name in example.evidence)
    names = ["any", *sorted(name for name, count in seen.items() if count >= LEAST_SEEN)]
    held = [next((value for start, value in BELIEFS.items() if name.startswith(start)), 0.0) for name in names]
    place = {name: index for index, name in enumerate(names)}
    rows = [[0, *(place[n] for n in sorted(e.evidence) if n in place)] for e in examples]
    weights = list(held)
    for _ in range(STEPS):
        slope = [SHRINK * (weight - before) for weight, before in zip(weights, held, strict=True)]
        for row, example in zip(rows, examples, strict=True):
            error = 1 / (1 + math.exp(-sum(weights[i] for i in row))) - example.right
            for index in row:
                slope[index] += error * COUNTS_AS.get(example.source, 1.0) / len(rows)
        weights = [weight - RATE * down for weight, down in zip(weights, slope, strict=True)]
    return {name: round(weight, 2) for name, weight in zip(names, weights, strict=True)}


def score(example: Example, weights: dict[str, float]) -> float:
    """How likely an example is right."""
    return 1 / (1 + math.exp(-sum(weights.get(name, 0.0) for name in ("any", *example.evidence))))


def threshold_of(scored: list[tuple[float, Example]]) -> float:
    """The lowest threshold at which the guesses believed are right often enough."""
    best = 0.9
    for cut in (step / 100 for step in range(90, LEAST_BELIEVED - 1, -1)):
        believed = [example for likely, example in scored if likely >= cut]
        if believed and sum(e.right for e in believed) / len(believed) >= PRECISION:
            best = cut
    return best


def told(name: str, scored: list[tuple[float, Example]], threshold: float) -> str:
    """How many guesses are believed, and how many of them are right."""
    believed = [example for likely, example in scored if likely >= threshold]
    right, there = sum(e.right for e in believed), sum(e.right for _, e in scored)
    share = right / len(believed) if believed else 1.0
    counted = f"{len(scored):4} guesses, {there:3} right; believed {len(believed):3}, {right:3} right ({share:.2f})"
    return f"{name:<24} {counted}"


def main() -> None:
    """Train, show, and write where asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the weights")
    parser.add_argument("--list", action="store_true", help="list the guesses of what is tuned on")
    arguments = parser.parse_args()
    tune = [*of_items([i for i in items() if not i.held]), *of_banks(), *of_documents(held=False)]
    apart: list[tuple[float, Example]] = []
    for fold in range(FOLDS):
        weights = trained([e for e in tune if e.fold != fold])
        apart += [(score(e, weights), e) for e in tune if e.fold == fold]
    threshold = threshold_of(apart)
    weights = trained(tune)
    print(f"threshold {threshold}")
    print(told("tuned on, ten folds", apart, threshold))
    for source in sorted({e.source for e in tune}):
        print(told(f"  {source}", [(s, e) for s, e in apart if e.source == source], threshold))
    print(
        told(
            "own sentences, held", [(score(e, weights), e) for e in of_items([i for i in items() if i.held])], threshold
        )
    )
    print(told("documents, held", [(score(e, weights), e) for e in of_documents(held=True)], threshold))
    if arguments.list:
        for likely, example in sorted(apart, key=lambda each: -each[0]):
            guess = example.guess
            names = ", ".join(actor.name for actor in guess.actors)
            verdict = "right" if example.right else "WRONG"
            print(f"{likely:.2f} {verdict} {example.source} {guess.kind} {guess.stage} {names}")
            print(f"     {guess.rule} | {guess.sentence.text[:200]!r}")
    if arguments.write:
        body = {"threshold": threshold, "weights": dict(sorted(weights.items(), key=lambda each: each[0]))}
        FILE.write_text(HEAD + yaml.safe_dump(body, sort_keys=False), encoding="utf-8")


if __name__ == "__main__":
    main()
