"""Verbs, nouns, asides and dates for one another cannot change what a text states; a sample of the banks is tried."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import pytest

from .test_rewordings import MONTHS, facts
from .test_sentences import items, one_in

OURS = r"(?:Związku Miast Polskich|ZMP)\b(?! [A-ZŁŚŻ])"
INTO, OUT_OF = rf"do {OURS}", rf"ze? {OURS}"
VERBS_IN = (
    "przystąpił przystąpiła przystąpiło przystąpili przystąpiły przystąpi przystąpią przystąpić przystępuje",
    "wstąpił wstąpiła wstąpiło wstąpili wstąpiły wstąpi wstąpią wstąpić wstępuje",
    "dołączył dołączyła dołączyło dołączyli dołączyły dołączy dołączą dołączyć dołącza",
    "wszedł weszła weszło weszli weszły wejdzie wejdą wejść wchodzi",
)
VERBS_OUT = (
    "wystąpił wystąpiła wystąpiło wystąpili wystąpiły wystąpi wystąpią wystąpić występuje",
    "wyszedł wyszła wyszło wyszli wyszły wyjdzie wyjdą wyjść wychodzi",
)
NOUNS_IN = (
    "przystąpienie przystąpienia przystąpieniu przystąpieniem",
    "wstąpienie wstąpienia wstąpieniu wstąpieniem",
    "dołączenie dołączenia dołączeniu dołączeniem",
    "wejście wejścia wejściu wejściem",
)
NOUNS_OUT = (
    "wystąpienie wystąpienia wystąpieniu wystąpieniem",
    "wyjście wyjścia wyjściu wyjściem",
    "odejście odejścia odejściu odejściem",
)
DAY = rf"(?<![\d.,–-])(?P<d>\d\d?) (?P<m>{MONTHS}) (?P<y>(?:19|20)\d\d)(?: r\.| roku)(?=[ ,;)])(?! [A-ZŁŚŻĆ])"
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
COUNCIL = (
    r"\b(?:Rada (?:Miejska|Miasta|Gminy) we? [A-ZŁŚŻĆ][\w-]+|Radni)(?= (?:podję|zgodzi|zdecydowa|opowiedzi|popar))"
)


def _forms(paradigms: tuple[str, ...], chosen: int) -> dict[str, str]:
    into = paradigms[chosen].split()
    return {form: into[place] for verbs in paradigms for place, form in enumerate(verbs.split())}


def _swapped(paradigms: tuple[str, ...], goal: str, chosen: int) -> Callable[[str], str]:
    forms: Mapping[str, str] = _forms(paradigms, chosen)
    pattern = re.compile(rf"\b({'|'.join(forms)})(?=(?: (?!do |ze? |o )[\w.-]+){{0,3}} {goal})")
    return lambda text: pattern.sub(lambda match: forms[match[1]], text)


def _behind_council(aside: str) -> Callable[[str], str]:
    return lambda text: re.sub(COUNCIL, lambda match: match[0] + aside, text)


def _in_figures(write: Callable[[int, int, str], str]) -> Callable[[str], str]:
    months = MONTHS.split("|")
    return lambda text: re.sub(
        DAY, lambda match: write(int(match["d"]), months.index(match["m"]) + 1, match["y"]), text
    )


REWORDINGS: dict[str, Callable[[str], str]] = {
    **{VERBS_IN[n].split()[0]: _swapped(VERBS_IN, INTO, n) for n in range(len(VERBS_IN))},
    **{VERBS_OUT[n].split()[0]: _swapped(VERBS_OUT, OUT_OF, n) for n in range(1, len(VERBS_OUT))},
    **{NOUNS_IN[n].split()[0]: _swapped(NOUNS_IN, INTO, n) for n in range(len(NOUNS_IN))},
    **{NOUNS_OUT[n].split()[0]: _swapped(NOUNS_OUT, OUT_OF, n) for n in range(len(NOUNS_OUT))},
    "as the mayor said": _behind_council(", jak poinformował burmistrz,"),
    "as planned": _behind_council(" – zgodnie z planem –"),
    "with full stops": _in_figures(lambda day, month, year: f"{day:02}.{month:02}.{year} r."),
    "as computers write": _in_figures(lambda day, month, year: f"{year}-{month:02}-{day:02}"),
    "in Roman months": _in_figures(lambda day, month, year: f"{day} {ROMAN[month - 1]} {year} r."),
    "without nr": lambda text: re.sub(r"\b([uU]chwał\w{1,2}) [nN]r (?=[IVXLC]+/\d)", r"\1 ", text),
    "short for the matter": lambda text: re.sub(r"\bw sprawie (?=przystąp|wystąp|wstąp|wyjści)", "ws. ", text),
    "an older word": lambda text: re.sub(r"\b([rR])adni\b(?= \w+li )", r"\1ajcy", text),
}
FEWEST = 5
EACH = 5
"""One of so many of the texts a rewording changes is tried."""


def _reworded(reword: Callable[[str], str], tried: Iterable[Any]) -> Iterator[tuple[str, dict[str, Any], str]]:
    for parameters in tried:
        (item,) = parameters.values
        text = reword(item["text"])
        if text != item["text"]:
            yield str(parameters.id), item, text


@pytest.mark.parametrize("name", REWORDINGS)
def test_another_word_states_the_same(name: str) -> None:
    reword = REWORDINGS[name]
    turn = list(REWORDINGS).index(name)
    tried = list(_reworded(reword, one_in(EACH, turn)))
    if len(tried) < FEWEST:  # few texts have the word: a share of them would be too few to tell anything
        tried = list(_reworded(reword, items()))
    assert tried
    changed = [f"{ident}: {text}" for ident, item, text in tried if facts(text, item) != facts(item["text"], item)]
    assert not changed, "\n".join(changed)
