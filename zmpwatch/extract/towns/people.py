"""Names of towns that are names of people here: "Marek Nowak", "radny Kowal", "Jan Góra", "A. Turek", "Nowak-Góra"."""

from __future__ import annotations

from zmpwatch.extract.towns.forms import cases_of, given_names, is_given_name, town_forms
from zmpwatch.extract.uniform.cleantext import CleanText
from zmpwatch.extract.uniform.folding import fold_letters
from zmpwatch.extract.words.lazy import lazy

__all__ = ["holds_office", "is_forename", "is_person"]

_NEAR_BY = 40
_PREVIOUS = lazy(r"([^\W\d_a-ząćęłńóśźż](?<![^\W\d_].)[^\W\d_]*+)(?:\s[^\W\d_]\.)?\s$")
"""The word before, where it begins with no small letter; the first letter is asked first, as it is found quickly."""
_INITIAL = lazy(r"(?<!\w)[A-ZŁŚŻŹĆ]\.\s?$")
_INITIAL_BEHIND = lazy(r" [A-ZŁŚŻŹĆ]\.(?:\s|$)")
_SURNAME_BEHIND = lazy(r" (?P<name>[A-ZŁŚŻŹĆÓ][a-ząćęłńóśźż]{2,40})(?!\w)")
_HYPHENED = lazy(r"(?<!\w)(?P<first>[A-ZŁŚŻŹĆÓ][a-ząćęłńóśźż]{2,40})-$")
_HOLDERS = frozenset(
    (
        *("radny", "radna", "radni", "burmistrz", "prezydent", "wojt", "starosta", "przewodniczacy", "przewodniczaca"),
        *("wiceprzewodniczacy", "posel", "poslanka", "senator", "dyrektor", "dyrektorka", "prezes", "wiceprezes"),
        *("pan", "pani", "sekretarz", "skarbnik", "mecenas", "redaktor", "wiceburmistrz", "wiceprezydent"),
        *("marszalek", "wojewoda", "minister", "profesor", "doktor"),
    )
)
"""Who holds an office, in the nominative: a town would follow in the genitive."""
_COUNCILLORS = lazy(r"(?<!\w)radni(?:\s(?:miejscy|klubu\s\w+))?\s?[:-]\s$")


def is_person(text: CleanText, start: int, end: int) -> bool:
    """Whether the form of a town's name between two offsets, with no title before it, is the name of somebody."""
    content = text.text
    before = content[max(0, start - _NEAR_BY) : start]
    previous = None if before.islower() else _PREVIOUS.search(before)
    if previous is not None and previous[1][0].isupper() and is_given_name(fold_letters(previous[1])):
        # in a list "Jarosław" may be the town of the line before
        return not (previous[0].endswith("\n") and previous[1].casefold() in town_forms().exact)
    if _INITIAL_BEHIND.match(content, end, end + 4):
        return True
    if before.rstrip().endswith(".") and _INITIAL.search(before) is not None:
        return True
    if before.endswith("-") and (first := _HYPHENED.search(before)) is not None:
        return first["first"].casefold() not in town_forms().exact
    return is_forename(text, start, end)


def is_forename(text: CleanText, start: int, end: int) -> bool:
    """As in "prezydent Marek Zalewski": a given name with a surname behind it, also beside an office."""
    if text.folded[start:end] not in given_names():
        return False
    behind = _SURNAME_BEHIND.match(text.text, end)
    return behind is not None and not text.folded.startswith(("zwiaz", "miast", "gmin", "rad"), end + 1)


def holds_office(text: CleanText, start: int, end: int, names: tuple[str, ...]) -> bool:
    """As in "radny Kowal", "burmistrz Góra", "radni: Kowal": a name in the nominative beside an office."""
    before = text.folded[max(0, start - _NEAR_BY) : start]
    if not before.endswith(" ") or " " in text.text[start:end] or text.text[start:end].isupper():
        return False
    if before.rstrip(" ").rpartition(" ")[2].rpartition("\n")[2] not in _HOLDERS and not _COUNCILLORS.search(before):
        return False
    surface = text.text[start:end]
    if surface.casefold() not in town_forms().register.forms:
        return False
    cases = cases_of(names, surface)
    return "nom" in cases and "gen" not in cases
