"""docs/faults.md names every fault and the tests that prove it; comments cite nothing outside this repository."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "docs" / "faults.md"
ROW = re.compile(r"^\| (\d+) \| ([^|]+) \| (.+?) \| ([^|]*) \|$", re.MULTILINE)
ROWS = ROW.findall(DOCUMENT.read_text(encoding="utf-8"))
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+(?:::\w+)?)`")
ELSEWHERE = re.compile(r"\b(?:FAULTS|PAGES|DEPENDENCIES|EXAMPLES|INTERFACES)\b")
"""Notes that are no part of the repository; a constant may bear such a name, words may not cite one."""
CITED = re.compile(r"docs/faults\.md (\d[\d, -]*)")


@cache
def names_in(path: str) -> frozenset[str]:
    """The tests of a file, those of a class with its name before them."""
    found = set()
    for node in ast.parse((ROOT / path).read_text(encoding="utf-8")).body:
        inner = node.body if isinstance(node, ast.ClassDef) else [node]
        lead = f"{node.name}::" if isinstance(node, ast.ClassDef) else ""
        for item in inner:
            if isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef) and item.name.startswith("test_"):
                found.add(lead + item.name)
    return frozenset(found)


def test_every_fault_is_there_once_and_in_order() -> None:
    assert [int(number) for number, *_ in ROWS] == list(range(1, 113))


@pytest.mark.parametrize(("number", "behaviour", "proof"), [(row[0], row[2], row[3]) for row in ROWS])
def test_every_fault_names_tests_there_are_or_says_that_it_has_none(number: str, behaviour: str, proof: str) -> None:
    named = NAMED.findall(proof)
    assert bool(named) != ("**not proven**" in behaviour)
    assert proof.count("::") == sum(1 + test.count("::") for _, test in named), f"fault {number}: {proof}"
    assert not [f"{path}::{test}" for path, test in named if test not in names_in(path)]


def test_tests_named_in_the_text_exist() -> None:
    named = NAMED.findall(DOCUMENT.read_text(encoding="utf-8"))
    assert not [f"{path}::{test}" for path, test in named if test not in names_in(path)]


def test_the_figures_at_its_head_are_those_of_its_tables() -> None:
    differ = sum("**differs**" in behaviour for _, _, behaviour, _ in ROWS)
    unproven = sum("**not proven**" in behaviour for _, _, behaviour, _ in ROWS)
    head = " ".join(DOCUMENT.read_text(encoding="utf-8").partition("\n## ")[0].split())
    assert f"Of 112 faults {112 - differ - unproven} are handled as they should be" in head
    assert f"{differ} **differ**" in head
    assert f"**not proven**; {unproven or 'none'} do" in head


def words(path: Path, sign: re.Pattern[str]) -> Iterator[str]:
    """The comments and docstrings of a module that shows a sign somewhere, and the whole of another text."""
    text = path.read_text(encoding="utf-8")
    if sign.search(text) is None:
        return
    if path.suffix != ".py":
        yield text
        return
    yield from (t.string for t in tokenize.generate_tokens(io.StringIO(text).readline) if t.type == tokenize.COMMENT)
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield node.value.value


def test_nothing_cites_what_is_not_in_the_repository() -> None:
    folders = ("zmpwatch", "spiders", "tests", "bench", "docs")
    suffixes = {".py", ".md", ".yaml", ".toml", ".sql"}
    paths = [p for folder in folders for p in (ROOT / folder).rglob("*") if p.suffix in suffixes]
    assert len(paths) > 300
    me = Path(__file__)
    citing = {
        p.relative_to(ROOT).as_posix() for p in paths if p != me and any(map(ELSEWHERE.search, words(p, ELSEWHERE)))
    }
    assert citing == set()


def test_numbers_that_are_cited_are_those_of_the_document() -> None:
    cited = {
        (path.relative_to(ROOT).as_posix(), int(number))
        for folder in ("zmpwatch", "spiders", "tests", "bench")
        for path in (ROOT / folder).rglob("*.py")
        for text in words(path, CITED)
        for numbers in CITED.findall(text)
        for number in re.findall(r"\d+", numbers)
    }
    assert cited
    assert not {(path, number) for path, number in cited if not 1 <= number <= 112}
