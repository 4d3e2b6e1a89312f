"""Letters that a scan took for others within a word, where no word could be written so: "Po1skich", "Zwiqzku", "Miasł".

As long as the text was. What can be told from numbers alone is mended in `clean`, words torn apart in `torn`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from zmpwatch.extract.uniform.cleantext import CleanText
from zmpwatch.extract.uniform.folding import fold_letters
from zmpwatch.extract.uniform.torn import is_known
from zmpwatch.extract.words.lazy import lazy

__all__ = ["reread"]

_SMALL = "a-ząćęłńóśźż"
_WORD = lazy(
    r"(?<![\w/.@])[^\W\d_]{1,24}(?:[01][^\W\d_]{1,24}|(?<=[^\W\d_]{3})0)(?![\w/@])"  # Po1skich, M1ast, teg0
    r"|(?<=[^\W\d_])q(?![uaeio]\w)"  # Zwiqzku: Polish has no q
    rf"|(?<=[{_SMALL}])I(?=[{_SMALL}])"  # PoIskich
    rf"|(?<=[{_SMALL}]a)sł(?!\w)"  # Miasł
)
_BETWEEN_CONSONANTS = lazy(r"(?i:[bcdfghjklłmnprstwzćńśźż]1[bcdfghjkłmnprstwzćńśźż])")
_READINGS = {"0": "o", "1": "li"}
_CAPITALS = {"0": "O", "1": "IL"}
_LEAST = 3
"""So many letters has a word in which a digit is one; "A1b" and "m2o" are none."""
_SHAPE = bytes(
    48 if chr(code) in "01" else 97 if chr(code).isalpha() or code == 63 else 32 for code in range(128)
) + bytes(128)


def reread(text: CleanText) -> CleanText:
    """The text with the letters that were meant."""
    if not _may_be_misread(text):
        return text
    mended = _WORD.sub(lambda match: _meant(match[0]), text.text)
    return replace(text, text=mended, folded=fold_letters(mended)) if mended != text.text else text


def _may_be_misread(text: CleanText) -> bool:
    if "q" in text.text or "asł" in text.text:
        return True
    digits = text.folded.encode("ascii", "replace").translate(_SHAPE)
    return b"a0a" in digits or b"aaa0 " in digits or _CAPITAL_WITHIN.search(text.text) is not None


_CAPITAL_WITHIN = lazy(f"I(?<=[{_SMALL}]I)(?=[{_SMALL}])")


@lru_cache(maxsize=1024)
def _meant(found: str) -> str:
    """What was written where this was read."""
    if found == "q":
        return "ą"
    if found == "I":
        return "l"
    if found == "sł":
        return "st"
    if sum(map(str.isalpha, found)) < _LEAST:
        return found
    if sum(map(str.islower, found)) < len(found) - 2:  # a code of capitals, or a word of them
        return next(filter(is_known, _readings(found, _CAPITALS)), found)
    readings = _readings(found, _READINGS)
    return next(filter(is_known, readings), readings[-1 if _BETWEEN_CONSONANTS.search(found) else 0])


def _readings(found: str, letters: Mapping[str, str]) -> list[str]:
    digit = "0" if "0" in found else "1"
    return [found.replace(digit, letter) for letter in letters[digit]]
