"""The three real documents, where the shared material is at hand; re-worded equivalents stand among the cases."""

from pathlib import Path

import pytest

from zmpwatch.extract import extract
from zmpwatch.model import Context, CountStatement, MembershipStatement, Text
from zmpwatch.register import load_association

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed documents are not beside the checkout")


def read(prefix, published=None):
    (path,) = SEEDS.glob(f"{prefix}*.txt")
    found = extract(Text(path.read_text(encoding="utf-8")), Context(load_association("zmp"), published=published))
    counts = {(s.value, s.qualifier.value) for s in found if isinstance(s, CountStatement)}
    events = {
        (
            s.municipality,
            s.teryt,
            s.stage.value,
            s.date,
            s.resolution,
            tuple(s.votes.as_json().values()) if s.votes else None,
        )
        for s in found
        if isinstance(s, MembershipStatement)
    }
    return counts, events


def test_hajnowka():
    counts, events = read("000")
    assert counts == {(381, "exact")}
    assert events == {
        ("Hajnówka", "2005011", "resolved", "2025-02-26", "XI/59/25", None),
        ("Hajnówka", "2005011", "admitted", "2025-02-28", None, None),
        ("Zaniemyśl", "3025053", "admitted", None, None, None),
    }


@pytest.mark.parametrize(
    ("published", "session", "board"), [(None, None, None), ("2024-11-20", "2024-10", "2024-11-15")]
)
def test_konstancin_jeziorna(published, session, board):
    counts, events = read("002", published)
    assert counts == {(370, "at_least"), (373, "exact")}
    assert events == {
        ("Konstancin-Jeziorna", "1418023", "resolved", session, None, (11, 5, 3)),
        ("Konstancin-Jeziorna", "1418023", "admitted", board, None, None),
        ("Augustów", "2001011", "admitted", board, None, None),
        ("Brzesko", "1202023", "admitted", board, None, None),
        ("Morawica", "2604123", "admitted", board, None, None),
        ("Radzyń Podlaski", "0615011", "admitted", board, None, None),
    }


def test_janow_lubelski():
    counts, events = read("004")
    assert counts == set()
    assert events == {("Janów Lubelski", "0605053", "proposed", "2025-03-31", None, None)}
