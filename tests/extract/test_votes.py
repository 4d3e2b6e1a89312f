"""Ballots in many orders and wordings."""

from __future__ import annotations

import pytest

from zmpwatch.extract.uniform.clean import clean
from zmpwatch.extract.votes.ballots import read_ballot

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
    ("In June our Town Council voted 12 to 1, with two abstentions, to apply for membership.", (12, 1, 2)),
    ("The council voted 14-2 in favour of joining the association.", (14, 2, None)),
    ("Councillors backed the move by 11 votes to 4.", (11, 4, None)),
    ("The vote was 15 in favour, none against, and one abstention.", (15, 0, 1)),
    ("The town council had voted for accession on 24 June, with 13 votes in favour and 2 against.", (13, 2, None)),
    ("The resolution passed unanimously (15 votes).", (15, None, None)),
    ("wszyscy obecni, w liczbie 19, opowiedzieli się za powrotem", (19, None, None)),
    ("Za przystąpieniem opowiedziało się wszystkich 15 radnych.", (15, None, None)),
    ("Za przystąpieniem zagłosowało zaledwie 4 radnych, 8 powiedziało „nie”, troje wstrzymało się.", (4, 8, 3)),
    ("10 radnych powiedziało „tak”, 3 „nie”, 2 wstrzymało się od głosu.", (10, 3, 2)),
    ("Rękę za podniosło dziewięcioro radnych, przeciw czworo.", (9, 4, None)),
    ("Za uchwałą było czternastu radnych, przeciwko dwóch, jeden nie miał zdania.", (14, 2, 1)),
    ("Głosowanie imienne, elektroniczne: za 6, przeciw 6, wstrz. 1, brak głosu 1.", (6, 6, 1)),
    ("Wynik głosowania: ZA: 12, PRZECIW: 0, WSTRZYMUJĘ SIĘ: 3, BRAK GŁOSU: 0, NIEOBECNI: 0", (12, 0, 3)),
    ("Uchwałę przyjęto 13 głosami za, przy 1 przeciw i 1 wstrzymującym.", (13, 1, 1)),
    ("Radni przyjęli projekt stosunkiem głosów 11:3 przy jednym wstrzymującym się.", (11, 3, 1)),
    ("Siedem do siedmiu – takim wynikiem zakończyło się głosowanie. Nikt się nie wstrzymał.", (7, 7, 0)),
    ("projekt przepadł stosunkiem głosów 6 do 9", (6, 9, None)),
    ("Uchwałę poparło 14 radnych, trzech było przeciw, pozostałych dwóch wstrzymało się od głosu.", (14, 3, 2)),
    ("W głosowaniu jawnym: 17 głosów „za”, 0 głosów „przeciw”, 4 głosy „wstrzymujące się”.", (17, 0, 4)),
    ("Za podjęciem uchwały głosowało 20 radnych, głosów przeciwnych i wstrzymujących nie było.", (20, 0, 0)),
    ("Głosowano następująco: 9 za - 4 przeciw - 2 wstrzymało się", (9, 4, 2)),
    ("Jedenastu radnych poparło wniosek, jeden był przeciwny.", (11, 1, None)),
    ("Rada przychyliła się do wniosku (za: 13, przeciw: 1, wstrzymało się: 1).", (13, 1, 1)),
    ("Za – 12, Przeciw – brak, Wstrzymało się – 2", (12, 0, 2)),
    ("Uchwała została podjęta jednogłośnie (15 za).", (15, None, None)),
    ("Uchwała została podjęta jednogłośnie przy 15 radnych obecnych.", (15, None, None)),
    ("W głosowaniu udział wzięło 14 radnych. Za przyjęciem uchwały oddano 12 głosów, przeciw 2.", (12, 2, None)),
    ("12 rajców było na tak, 2 na nie, a 1 się wstrzymał", (12, 2, 1)),
    ("przy 8 głosach za i 6 przeciw", (8, 6, None)),
    ("8 głosów za, 5 przeciwnych, 2 wstrzymujące", (8, 5, 2)),
    ("głosów za 16, przeciw 0, wstrzymujących 1", (16, 0, 1)),
    ("Za głosowało 13 radnych, nikt nie był przeciw, dwie osoby się wstrzymały.", (13, 0, 2)),
    ("Uchwała przeszła 10 głosami, przeciw było 4 radnych.", (10, 4, None)),
    ("Poparło ją jedenaścioro z piętnaściorga radnych, czworo było przeciw.", (11, 4, None)),
    ("11 z 15 radnych poparło uchwałę.", (11, None, None)),
    ("Trzynastu głosów „za”, jednego „przeciw”, jednego wstrzymującego się doliczyła się komisja.", (13, 1, 1)),
    ("przegłosowano 8:7", (8, 7, None)),
    ("większością 12 głosów przeciwko 3", (12, 3, None)),
    ("zdecydowali radni: 12 do 2, jeden głos wstrzymujący", (12, 2, 1)),
    ("Głosy rozłożyły się tak: 9 radnych na tak, 5 na nie, 1 bez zdania.", (9, 5, 1)),
    ("Za wystąpieniem było 11 radnych, przeciw 8, a dwoje się wstrzymało", (11, 8, 2)),
    ("decyzja zapadła 13 głosami, przeciw było 6, wstrzymały się 2 osoby", (13, 6, 2)),
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
