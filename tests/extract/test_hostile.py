"""No input takes long: the time grows with the length at most, and long texts are read around what matters."""

import time

import pytest

from zmpwatch.extract import extract
from zmpwatch.model import Context, CountStatement, Text
from zmpwatch.register import load_association

CONTEXT = Context(load_association("zmp"))
SIZE = 400_000
SECONDS_A_MEGABYTE = 5.0
"""The bound aimed at is one second; a shared machine may be several times slower than a quiet one."""

PATTERNS = [
    "ZMP ", "Związek Miast Polskich ", "1 ", "123 ", "9", "I/", "XI/59/25 ", "26 lutego ", "Hajnówka ", "Hajnówka, ",
    "A", "a ", "\n", "\n \n", " ", "przystąpił do ", "przystąpiła do Związku Miast Polskich ", "za 5 przeciw 3 ", "za ",
    '"', "(", "- ", "300 miast ", "a | b\n", "Brzeg\n", "a\u0301", "\u0301", "\u00ad", ". ", "uchwała w sprawie ",
    "Rada Miejska w ", "w związku z ", "Stowarzyszenie Abc i ", "Konstancin-\n", "- 1 -\n",
    "przyst ąpi ł do Zwi ązku ", "ąą łł ", "brzeska rada ", "odrzucili 10 głosami ", "do ", "do niej ",
    "ZMP do niego ",
]  # fmt: skip


@pytest.mark.parametrize("pattern", PATTERNS)
def test_repetition_takes_linear_time(pattern):
    content = "Związek Miast Polskich zrzesza 381 miast.\n\n" + pattern * (SIZE // len(pattern))
    begun = time.perf_counter()
    found = extract(Text(content), CONTEXT)
    spent = time.perf_counter() - begun
    assert spent < SECONDS_A_MEGABYTE * len(content.encode()) / 1e6
    assert all(s.quote == content[s.start : s.end] for s in found)


def test_a_fact_deep_in_a_long_document_is_found():
    filler = "Radni rozmawiali o drogach, szkołach i wodociągach.\n" * 4000
    content = filler + "\nZwiązek Miast Polskich zrzesza obecnie 381 miast.\n\n" + filler
    (found,) = extract(Text(content), CONTEXT)
    assert isinstance(found, CountStatement)
    assert (found.value, content[found.start : found.end]) == (381, "Związek Miast Polskich zrzesza obecnie 381 miast.")
