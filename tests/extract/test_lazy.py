"""Patterns that wait to be compiled behave as compiled ones do, and their cues hide no match."""

import importlib
import pkgutil
import re

import pytest

import zmpwatch.extract
from zmpwatch.extract.words.lazy import lazy

from .cueproof import is_proven


def cued():
    """All patterns of the package that have cues, by where they stand."""
    found = {}
    for info in pkgutil.walk_packages(zmpwatch.extract.__path__, "zmpwatch.extract."):
        module = importlib.import_module(info.name)
        for name, value in vars(module).items():
            for number, each in enumerate(value if isinstance(value, tuple) else (value,)):
                if isinstance(each, type(lazy("a"))) and each._cues:
                    found[f"{info.name.removeprefix('zmpwatch.extract.')}.{name}.{number}"] = each
    return found


CUED = cued()


def test_each_match_of_each_pattern_holds_a_cue():
    unproven = [name for name, pattern in CUED.items() if not is_proven(pattern.pattern, pattern._cues, pattern.flags)]
    assert not unproven, unproven


def test_no_cue_holds_another():
    idle = [(name, cue) for name, pattern in CUED.items() for cue in pattern._cues if _is_idle(cue, pattern._cues)]
    assert not idle, idle


def _is_idle(cue, cues):
    """Whether another cue stands wherever this one does, so that nothing is gained by asking for both."""
    return cues.count(cue) > 1 or any(other != cue and other in cue.removeprefix("=") for other in cues)


@pytest.mark.parametrize(
    ("source", "cues"),
    [
        (r"abc|xbcd", ("bc",)),
        (r"[ab]{2}cd", ("cd",)),
        (r"(?:przy|od)jazd\w*", ("jazd",)),
        (r"(?<!\w)za(?!\w)", ("=za",)),
        (r"(?<!\w)za\s+\d", ("=za",)),
        (r"\d(?=\s*glos)", ("glos",)),
        (r"a(?:bc){1,3}", ("abc",)),
        (r"(?:\w+\s+){0,5}sesj\w+", ("sesj",)),
    ],
)
def test_what_holds_a_cue_is_proven(source, cues):
    assert is_proven(source, cues)


@pytest.mark.parametrize(
    ("source", "cues"),
    [
        (r"abc|bcd", ("abc",)),
        (r"ab?c", ("abc",)),
        (r"a(?:bc)*", ("bc",)),
        (r"a\w*b", ("ab",)),
        (r"za(?!\w)", ("=za",)),
        (r"(?<!\w)za\w*", ("=za",)),
        (r"(?<=glos)\d", ("glos",)),
        (r"a(?!bc)", ("bc",)),
        (r"(?i:abc)", ("abc",)),
        (r"(a)\1", ("aa",)),
    ],
)
def test_what_may_hold_none_is_not(source, cues):
    assert not is_proven(source, cues)


def test_a_pattern_for_either_case_may_hold_none_of_small_letters():
    assert not is_proven("abc", ("abc",), re.IGNORECASE)


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


@pytest.mark.parametrize(
    "source",
    [
        r"(?<!\w)zgoda(?!\w)",
        r"(?<!\w)(?:rad[ay]|radni|za(?:rzad|wsze)?|by?)(?!\w)",
        r"(?<!\w)(?:(?P<first>ra)da|(?P<second>zarzad))",
        r"(?<!\w)(?:ra|za)+d",
        r"(?<!\w)(?:rady|(?:za)?rzad|\w+a)",
        r"(?<!\w)rada|(?<!\w)[zr](?:a|b)rzad\w*|(?<!\w)zarzad",
    ],
)
def test_a_pattern_of_words_finds_what_it_finds_as_it_is_written(source):
    text = "rada zarzadu, narada i radni; zarada za zgoda, by\nradziraza zawsze niezgoda b zarzad radzad"
    found = [(m.span(), m.groups()) for m in re.compile(source).finditer(text)]
    assert found
    assert [(m.span(), m.groups()) for m in lazy(source).finditer(text)] == found
    assert [(m.span(), m.groups()) for m in lazy(source).finditer(text, 7)] == [
        (m.span(), m.groups()) for m in re.compile(source).finditer(text, 7)
    ]


def test_cues_are_asked_for_first():
    pattern = lazy(r"b\w+", "bc", "bd")
    assert pattern.search("a be") is None
    assert pattern.search("a bd")[0] == "bd"
    assert list(pattern.finditer("a be")) == []
    assert [m[0] for m in pattern.finditer("bc bd")] == ["bc", "bd"]


def test_a_wrong_name_is_an_error():
    with pytest.raises(AttributeError):
        _ = lazy("a").no_such_method
