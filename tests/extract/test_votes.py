"""Ballots in many orders and wordings."""

from __future__ import annotations

import pytest

from zmpwatch.extract.clean import clean
from zmpwatch.extract.votes import read_ballot

BALLOTS = [
    ("Poparło ją 11 rajców, 5 było innego zdania, a 3 nie zajęło stanowiska.", (11, 5, 3)),
    ("przyjęto głosami 13 radnych przy braku głosów przeciwnych i 2 wstrzymujących się", (13, 0, 2)),
    ("Za było 12 radnych, przeciw – 2.", (12, 2, None)),
    ("„Za” zagłosowało ośmiu radnych, „przeciw” sześciu.", (8, 6, None)),
    ("Poparcie: 14, sprzeciw: 1.", (14, 1, None)),
    ("Result: 12 in favour, none against, three abstentions.", (12, 0, 3)),
    ("przeszła stosunkiem głosów 11:3, przy dwóch wstrzymujących się.", (11, 3, 2)),
    ("Był remis: osiem głosów za, osiem przeciw, dwa wstrzymujące.", (8, 8, 2)),
    ("Kto jest za? Dwanaście. Kto przeciw? Nie ma. Kto się wstrzymał? Dwie osoby.", (12, 0, 2)),
    ("Za: 10\nPrzeciw: 4\nWstrzymało się: 1\nNie głosowało: 2", (10, 4, 1)),
    ("Głosowanie nr 7 Czas: 11:20:35 Za: 9 Przeciw: 2 Wstrzymało się: 3 Nieobecni: 1", (9, 2, 3)),
    ("Za glosowalo 14 radnych, glosow przeciwnych nie bylo, wstrzymalo sie 2.", (14, 0, 2)),
    ("15 radnych było za, nikt nie był przeciw, wstrzymał się jedynie radny Nowak.", (15, 0, 1)),
    ("15 radnych było za, nikt nie był przeciw ani nie wstrzymał się od głosu.", (15, 0, 0)),
    ("15 głosami za, bez głosów przeciwnych i wstrzymujących się", (15, 0, 0)),
    ("14 głosami przeciwko 5 uchwałę podjęto", (14, 5, None)),
    ("Uchwałę przyjęto większością 14 głosów, przy 3 przeciwnych i 1 wstrzymującym się", (14, 3, 1)),
    ("wstrzymujących się – 2, przeciwnych – 4, za – 9", (9, 4, 2)),
    ("2 wstrzymujące się, 4 przeciw, 9 za", (9, 4, 2)),
    ("przeciw 5, wstrzymało się 1, za 9", (9, 5, 1)),
    (
        "Za opowiedziało się trzynaścioro radnych, dwoje było przeciw, troje wstrzymało się.",
        (13, 2, 3),
    ),
    ("wynik głosowania 15-0-2", (15, 0, 2)),
    ("(głosy: 15/0/2)", (15, 0, 2)),
    ("Na 15 obecnych radnych za było 12, przeciw 1, wstrzymało się 2.", (12, 1, 2)),
    ("Za przyjęciem uchwały głosowało 12 z 15 radnych, przeciwnych głosów nie było.", (12, 0, None)),
    ("Uchwała została podjęta jednogłośnie.", None),
    ("Uchwałę w sprawie programu przeciwdziałania alkoholizmowi na 3 lata podjęto 12 głosami.", (12, None, None)),
    ("Za 11, przeciw 0, wstrz. 2", (11, 0, 2)),
    ("ZA: 13, PRZECIW: 0, WSTRZYMUJĘ SIĘ: 1, BRAK GŁOSU: 0, NIEOBECNI: 1", (13, 0, 1)),
    ("za - 13 głosów, przeciw - 2 głosy, wstrzymujących się - brak", (13, 2, 0)),
    ("13 osób za, nikt przeciw, 2 osoby się wstrzymały", (13, 0, 2)),
    ("Przeciw był tylko radny Kowalski, 14 osób zagłosowało za, nikt się nie wstrzymał", (14, 1, 0)),
    ("Głosowało 15 radnych. Za: 10. Przeciw: 3. Wstrzymało się: 2.", (10, 3, 2)),
    ("w głosowaniu jawnym (za 8, przeciw 8)", (8, 8, None)),
    ("ośmioma głosami za, przy siedmiu głosach sprzeciwu", (8, 7, None)),
    ("Za: brak, przeciw: 15", (0, 15, None)),
    ("Kto jest za? 12 głosów. Kto jest przeciw? 1 głos. Kto się wstrzymał od głosu? Nie widzę.", (12, 1, 0)),
    ("przy dwunastu głosach „za” i trzech „wstrzymujących się”", (12, None, 3)),
    ("Za przyjęciem głosowało 10 radnych, 5 radnych wstrzymało się od głosu, głosów przeciw brak", (10, 0, 5)),
    ("jednogłośnie (15 głosów za)", (15, None, None)),
    ("poparło ją czternastu radnych, sprzeciwiło się trzech, a jeden nie wziął udziału w głosowaniu", (14, 3, None)),
    ("głosy za oddało 11 osób, przeciw – 2; od głosu wstrzymała się jedna", (11, 2, 1)),
    ("14 za – 0 przeciw – 1 wstrzymujący", (14, 0, 1)),
    ("za–14, przeciw–0, wstrzymujących–1", (14, 0, 1)),
    ("Składka wynosi 12 tys. zł za 2021 rok, a 3 radnych było nieobecnych.", None),
    ("12 radnych było „za”, żaden nie był przeciwny, a 3 wstrzymało się", (12, 0, 3)),
    ("uchwała przeszła 9:6", (9, 6, None)),
    ("9 do 6", None),
]


@pytest.mark.parametrize(("text", "expected"), BALLOTS)
def test_ballot(text: str, expected: tuple[int | None, int | None, int | None] | None) -> None:
    folded = clean(text).folded
    ballot = read_ballot(folded, 0, len(folded))
    votes = None if ballot is None else (ballot.votes.in_favour, ballot.votes.against, ballot.votes.abstain)
    assert votes == expected


def test_a_tie_is_not_carried() -> None:
    ballot = read_ballot("za 7, przeciw 7", 0, 15)
    assert ballot is not None
    assert ballot.carried is False
