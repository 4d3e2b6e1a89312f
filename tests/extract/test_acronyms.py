"""What an acronym stands for is looked for where a word begins."""

import re

import pytest

from zmpwatch.extract.bodies.acronyms import _at_word

TEXTS = ("zespol", "azespol", "a-zespol", "-zespol", "x -zespol", "\nzespol", "\n-zespol", "3zespol", "espol", "z.")
PATTERNS = ("z", "zesp", re.escape("-zesp"), re.escape("."), r"\wesp", "[yz]esp", "(?:z|y)esp", "z?esp", "z{1,2}esp")


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_is_found_where_it_would_be_by_looking_back_first(pattern):
    for text in TEXTS:
        found = [match.span() for match in re.finditer(_at_word(pattern), text)]
        assert found == [match.span() for match in re.finditer(rf"(?<!\w){pattern}", text)], text


def test_what_begins_with_a_letter_does_not_look_back_first():
    assert _at_word("zesp").startswith("z")
