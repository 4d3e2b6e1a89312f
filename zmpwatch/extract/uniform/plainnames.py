"""The association's name said at length, as if it were said plainly.

"do Stowarzyszenia »Związek Miast Polskich« (ZMP) z siedzibą w Poznaniu" says what "do Związku Miast Polskich" says.
Papers of councils write the one, newspapers the other; what stands between the name and the rest of the sentence would
part the one from the other, and the seat is a town that does nothing here. So the rules get the plain name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from zmpwatch.extract.bodies.naming import name_pattern, patterns_of
from zmpwatch.extract.uniform.cleantext import CleanText, replaced
from zmpwatch.extract.uniform.folding import fold_letters
from zmpwatch.model import Association

__all__ = ["plainly_named"]

_CALLED = r"(?:(?:zwan\w{1,4}\s)?(?:w\s(?:skrocie|dalszej\sczesci)|dalej|skrot)(?:\szwan\w{1,4}|\sjako)?[:,]?\s?-?\s?)?"
"""What may lead to the short form of a name, in its bracket."""
_SEAT = (
    r",?\s{1,3}z\ssiedziba\swe?\s\w[\w-]{2,20}(?:,?\s(?:przy\s)?ul\.\s?\w[\w-]{2,20}(?:\s\w[\w-]{2,20})?\s\d{1,4}\w?)?"
)
_KRS = r"\s{0,2}\((?:nr\s)?krs\W{0,3}\d{5,10}\)"
_KIND = (
    r"stowarzyszeni(?<!\w.{13})(?P<case>em|[aeu])\s{1,3}"
    r"(?:(?:o\snazwie|pod\snazwa|pn\.|p\.n\.)\s?:?\s?)?(?P<quote>\"?)"
)
"""A word for what the body is, in the case of the sentence; its name follows in the nominative.

A pattern that begins with a letter is found much faster than one that looks back first.
"""
# Case of "stowarzyszenie" by its ending, and the endings of names in that case.
_ENDINGS = {
    "ek": {"a": "ku", "u": "ku", "em": "kiem", "e": "ek"},
    "ia": {"a": "ii", "u": "ii", "em": "ią", "e": "ia"},
}


@dataclass(frozen=True, slots=True)
class _Patterns:
    """How one association's name is said at length."""

    kind: re.Pattern[str]
    more: re.Pattern[str]
    acronyms: tuple[str, ...]
    """In small letters."""
    first: str
    apart: re.Pattern[str] | None
    """The short form with full stops or blanks between its letters."""


@lru_cache(maxsize=16)
def _patterns_of(association: Association) -> _Patterns:
    names = sorted({association.name, *association.aliases}, key=len, reverse=True)
    full = "|".join(map(name_pattern, names))
    shorts = "|".join(re.escape(acronym.lower()) for acronym in association.acronyms)
    short = rf"|\s{{0,2}}[(/]\s?{_CALLED}\"?(?:{shorts})\"?\s?[)/]" if shorts else ""
    nominative = r"\s{1,3}".join(map(re.escape, fold_letters(association.name).split()))
    return _Patterns(
        kind=re.compile(rf"{_KIND}(?P<name>{nominative})(?!\w)"),
        more=re.compile(rf"(?<!\w)(?:{full})(?!\w)(?P<more>(?:(?:\"(?=\s?[(/]))?(?:{_SEAT}|{_KRS}{short})){{1,3}})"),
        acronyms=tuple(acronym.lower() for acronym in association.acronyms),
        first=association.name.split()[0],
        apart=_letters_apart(association.acronyms),
    )


def _letters_apart(acronyms: Iterable[str]) -> re.Pattern[str] | None:
    forms = [
        form
        for acronym in acronyms
        if acronym.isalpha()
        for form in (r"\.\s?".join(acronym) + r"(?:\.(?!\s{1,3}[A-ZŁŚŻŹĆÓ]))?", " ".join(acronym))
    ]
    alone = "[B-HJ-NPR-TXY]"  # no word of one letter, so that it would be one more of the same row
    return re.compile(rf"(?<![\w.])(?<!(?<!\w){alone}\s)(?:{'|'.join(forms)})(?!\w|\s{alone}(?!\w))") if forms else None


_ENDS = (")", "/", '"', " )", " /")
"""What stands behind a short form that only repeats the name."""
_SIGNS = ("siedzib", "krs")


def plainly_named(text: CleanText, association: Association) -> CleanText:
    """A text with the association's name said plainly wherever it is said at length; offsets stay true."""
    patterns = _patterns_of(association)
    if patterns.apart is not None and any(apart in text.text for apart in patterns_of(association).apart):
        text = replaced(text, (_together(match) for match in patterns.apart.finditer(text.text)))
    if "towarzyszeni" in text.folded:
        text = replaced(text, _in_the_case_of_its_kind(text, patterns))
    if _may_be_at_length(text.folded, patterns.acronyms):
        text = replaced(text, (_cut(text, *match.span("more")) for match in patterns.more.finditer(text.folded)))
    return text


def _may_be_at_length(folded: str, acronyms: Iterable[str]) -> bool:
    """Whether a seat, a register or a short form stands somewhere that may belong to a name."""
    return any(sign in folded for sign in _SIGNS) or any(
        acronym in folded and any(f"{acronym}{end}" in folded for end in _ENDS) for acronym in acronyms
    )


def _together(match: re.Match[str]) -> tuple[int, int, str]:
    """Letters that stand apart, as one word."""
    return *match.span(), "".join(filter(str.isalpha, match[0]))


def _cut(text: CleanText, start: int, end: int) -> tuple[int, int, str]:
    """A run taken out: the letter before it stands for both, so that a quote that ends there still holds all."""
    return start - 1, end, text.text[start - 1]


def _in_the_case_of_its_kind(text: CleanText, patterns: _Patterns) -> Iterator[tuple[int, int, str]]:
    """Where "Stowarzyszenia Związek Miast Polskich" becomes "Związku Miast Polskich"."""
    name = patterns.first
    ending = next((end for end in _ENDINGS if name.endswith(end)), None)
    if ending is None:
        return
    stem = name.removesuffix(ending)
    for match in patterns.kind.finditer(text.folded):
        yield match.start(), match.start("name") + len(name), stem + _ENDINGS[ending][match["case"]]
        if match["quote"] and text.text[match.end() : match.end() + 1] == '"':
            yield _cut(text, match.end(), match.end() + 1)
