"""Patterns that wait to be compiled behave as compiled ones do, and their cues never hide a match."""

import importlib
import pkgutil
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import zmpwatch.extract
from zmpwatch.extract.lazy import lazy


def cued():
    """All patterns of the package that have cues, by where they stand."""
    found = {}
    for info in pkgutil.iter_modules(zmpwatch.extract.__path__):
        module = importlib.import_module(f"zmpwatch.extract.{info.name}")
        for name, value in vars(module).items():
            if getattr(value, "_cues", ()):
                found[f"{info.name}.{name}"] = value
    return found


CUED = cued()


@pytest.mark.parametrize("name", sorted(CUED))
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(data=st.data())
def test_each_match_holds_a_cue(name, data):
    pattern = CUED[name]
    text = data.draw(st.from_regex(pattern.pattern))
    assert (pattern.search(text) is None) == (re.compile(pattern.pattern).search(text) is None)


def test_there_are_cued_patterns():
    assert len(CUED) > 8


def test_it_does_what_a_compiled_pattern_does():
    pattern = lazy(r"(?P<word>b\w+)", flags=re.IGNORECASE)
    assert pattern.search("a Bc")["word"] == "Bc"
    assert pattern.match("a Bc") is None
    assert pattern.match("a Bc", 2)["word"] == "Bc"
    assert pattern.fullmatch("bc")
    assert pattern.sub("x", "a bc bd") == "a x x"
    assert pattern.findall("bc bd") == ["bc", "bd"]
    assert [m.start() for m in pattern.finditer("bc bd")] == [0, 3]
    assert pattern.split("1bc!2") == ["1", "bc", "!2"]


def test_cues_are_asked_for_first():
    pattern = lazy(r"b\w+", "bc", "bd")
    assert pattern.search("a be") is None
    assert pattern.search("a bd")[0] == "bd"
    assert list(pattern.finditer("a be")) == []
    assert [m[0] for m in pattern.finditer("bc bd")] == ["bc", "bd"]


def test_a_wrong_name_is_an_error():
    with pytest.raises(AttributeError):
        _ = lazy("a").no_such_method
