"""Municipalities of the tests, with the forms a register would give."""

from __future__ import annotations

from dataclasses import dataclass

from zmpwatch.alert.names import Case, Gender


@dataclass(frozen=True)
class Town:
    teryt: str
    name: str
    genitive: str
    gender: Gender
    voivodeship: str


TOWNS = {
    town.teryt: town
    for town in (
        Town("2005011", "Hajnówka", "Hajnówki", "f", "podlaskie"),
        Town("3025053", "Zaniemyśl", "Zaniemyśla", "m", "wielkopolskie"),
        Town("2001011", "Augustów", "Augustowa", "m", "podlaskie"),
        Town("1202023", "Brzesko", "Brzeska", "n", "małopolskie"),
        Town("2604123", "Morawica", "Morawicy", "f", "świętokrzyskie"),
        Town("0615011", "Radzyń Podlaski", "Radzynia Podlaskiego", "m", "lubelskie"),
        Town("1418023", "Konstancin-Jeziorna", "Konstancina-Jeziorny", "m", "mazowieckie"),
        Town("0605053", "Janów Lubelski", "Janowa Lubelskiego", "m", "lubelskie"),
        Town("0664011", "Zamość", "Zamościa", "m", "lubelskie"),
        Town("2661011", "Kielce", "Kielc", "pl", "świętokrzyskie"),
        Town("2805011", "Ełk", "Ełku", "m", "warmińsko-mazurskie"),
        Town("1462011", "Płock", "Płocka", "m", "mazowieckie"),
    )
}


class TownNames:
    """`Names` over the table above; codes beyond it are numbered villages, for long lists."""

    def __init__(self, towns: dict[str, Town] | None = None) -> None:
        self._towns = TOWNS if towns is None else towns

    def _town(self, teryt: str) -> Town:
        return self._towns.get(teryt) or Town(teryt, f"Wieś {teryt}", f"Wsi {teryt}", "f", "opolskie")

    def name(self, teryt: str) -> str:
        return self._town(teryt).name

    def form(self, teryt: str, case: Case) -> str:
        return {"nom": self._town(teryt).name, "gen": self._town(teryt).genitive}[case]

    def gender(self, teryt: str) -> Gender:
        return self._town(teryt).gender

    def voivodeship(self, teryt: str) -> str:
        return self._town(teryt).voivodeship
