"""Which of several towns a form means: "Lipska" of Lipsk or Lipsko, "Żarów" or of Żary, one of four Brzezinys.

What other forms of the text bear out decides, then grammar, the page's site, and the voivodeships that the text names.
Where nothing bears one out the mention is dropped, or stays without a municipality: a name is never guessed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from zmpwatch.extract.towns.forms import cases_of, voivodeships
from zmpwatch.extract.towns.town import Town
from zmpwatch.extract.towns.words import agrees_with_verb
from zmpwatch.extract.uniform.cleantext import CleanText
from zmpwatch.extract.uniform.folding import fold_letters
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.model import Municipality
from zmpwatch.register import Found, load_register
from zmpwatch.register.gazetteer import decide

__all__ = ["in_a_row", "resolved"]

_VOIVODESHIP = lazy(
    r"(?<!\w)(dolnoslaski|kujawsko-pomorski|lubelski|lubuski|lodzki|malopolski|mazowiecki|opolski|podkarpacki|podlaski|pomorski"
    r"|slaski|swietokrzyski|warminsko-mazurski|wielkopolski|zachodniopomorski)(?:e|ego|m|emu)(?!\w)"
)
_LEAD = lazy(r"(?<!\w)(?P<word>\w+)\s$")
_CASE_BEHIND = {
    **dict.fromkeys(("w", "we", "o", "przy", "po"), "loc"),
    **dict.fromkeys(("do", "z", "ze", "od", "dla", "bez", "u", "burmistrz", "burmistrza", "prezydent"), "gen"),
    **dict.fromkeys(("rada", "rady", "radni", "radnych", "wladze", "mieszkancy", "czlonkostwo", "wniosek"), "gen"),
    **dict.fromkeys(("miasto", "gmina", "gmine", "of"), "nom"),
}
_JOINING = lazy(r"[^\w.:()!?\"]{1,8}|\si\s|\soraz\s|\n\W{0,3}\d{1,3}[.)]\s{1,3}")
"""Between two towns of a row: a comma, a bullet or number on a new line, the bar of a table."""
_ROW = 12
"""How many towns of a row away one may stand that tells the case of all: most forms leave one."""


def resolved(text: CleanText, towns: list[Town], near: Municipality | None) -> list[Town]:
    """The mentions of a text, each of one municipality where the text leaves one; `near` is that whose site it is."""
    if all(town.municipality is not None for town in towns):
        return towns
    towns = _one_name_each(text, towns, near)
    regions = set(_VOIVODESHIP.findall(text.folded))
    named = {v for v in voivodeships() if any(fold_letters(v)[:-1] == r for r in regions)}
    return [_in_regions(town, named) for town in towns]


def _in_regions(town: Town, named: set[str]) -> Town:
    """A homonym takes the meaning that the voivodeships named in the text leave it."""
    if town.municipality is not None:
        return town
    fitting = tuple(m for m in load_register().bearers((town.name,)) if m.voivodeship in named)
    answer = decide(fitting, prefer_town=True)
    return replace(town, municipality=answer.municipality) if isinstance(answer, Found) else town


def _one_name_each(text: CleanText, towns: list[Town], near: Municipality | None) -> list[Town]:
    """The mentions with one name each; those of which several remain possible are left out."""
    register = load_register()
    votes: Counter[str] = Counter()
    for town in towns:
        for name in town.names:
            votes[name] += 1
    kept: list[Town] = []
    for index, town in enumerate(towns):
        rivals = [n for n in town.names if any(m.is_city for m in register.bearers((n,)))] or list(town.names)
        if town.municipality is not None or len(rivals) == 1:
            kept.append(town)
            continue
        chosen = _in_its_row(text, towns, index, rivals)
        if len(chosen) != 1:
            best = max(votes[n] for n in rivals)
            chosen = [n for n in rivals if votes[n] == best]
        if len(chosen) != 1:
            chosen = _fitting(text, town, chosen)
        if len(chosen) != 1:
            continue
        answer = decide(register.bearers(chosen), near=near, prefer_town=True)
        found = answer.municipality if isinstance(answer, Found) else None
        cases = cases_of(tuple(chosen), text.text[town.name_start : town.end])
        kept.append(
            replace(
                town,
                name=chosen[0],
                municipality=found,
                nominative="nom" in cases,
                accusative="acc" in cases,
                genitive="gen" in cases,
            )
        )
    return kept


def _in_its_row(text: CleanText, towns: Sequence[Town], index: int, rivals: Sequence[str]) -> list[str]:
    """Those of the names that the form can be of in the case of its row: a list of members has "Żary" and "Żarów"."""
    case = _case_of_a_row(text, towns, index)
    surface = text.text[towns[index].name_start : towns[index].end]
    return [n for n in rivals if case in cases_of((n,), surface)]


def _fitting(text: CleanText, town: Town, rivals: Sequence[str]) -> list[str]:
    """Those of the names that the form can be of in the case that the words around it ask for."""
    surface = text.text[town.name_start : town.end]
    lead = _LEAD.search(text.folded, max(0, town.name_start - 16), town.name_start)
    case = _CASE_BEHIND.get(lead["word"]) if lead else None
    if case is None:
        doing = [n for n in rivals if "nom" in cases_of((n,), surface) and agrees_with_verb(text, town.end, n)]
        if len(doing) == 1:
            return doing
    return [n for n in rivals if case in cases_of((n,), surface)] if case is not None else list(rivals)


def in_a_row(text: CleanText, towns: Sequence[Town], index: int) -> bool:
    """Whether another town stands right beside one: "A, B i C"."""
    pairs = ((one, one + 1) for one in (index - 1, index) if 0 <= one < len(towns) - 1)
    return any(_JOINING.fullmatch(text.folded, towns[one].end, towns[two].start) for one, two in pairs)


def _case_of_a_row(text: CleanText, towns: Sequence[Town], index: int) -> str | None:
    """The case of the nearest town in the same row, "A, B i C", whose form leaves one."""
    for step in (-1, 1):
        here = index
        while 0 <= here + step < len(towns) and abs(here - index) < _ROW:
            one, two = sorted((here, here + step))
            if _JOINING.fullmatch(text.folded, towns[one].end, towns[two].start) is None:
                break
            here += step
            if towns[here].nominative != towns[here].genitive:
                return "nom" if towns[here].nominative else "gen"
    return None
