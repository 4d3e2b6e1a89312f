"""What the association's own list of members says of those who joined: who is not in it, and who is only there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from zmpwatch.model import Authority
from zmpwatch.service.answers import answer_diff

from .chronicle import ASSOCIATION, KEY, TOWN, Chronicle, counted, step

HAJNOWKA, TUCHOW, DROHICZYN, AUGUSTOW = "2005011", "1216103", "2010023", "2001011"
SPAN = date(2025, 2, 21), date(2025, 3, 31)


def listed(chronicle: Chronicle, at: str, *teryts: str, path: str = "miasta") -> None:
    names = [replace(step("member", teryt=teryt), rule="member_list.names") for teryt in teryts]
    chronicle.visit(at, ASSOCIATION, *names, path=path, authority=Authority.MEMBER_LIST)


def names(towns: list[dict[str, str]]) -> list[str]:
    return [town["municipality"] for town in towns]


def test_no_list_says_nothing(chronicle: Chronicle) -> None:
    chronicle.visit("2025-02-20 08:00", ASSOCIATION, counted(373))
    assert answer_diff(chronicle.store, KEY, *SPAN)["list"] is None


def test_who_joined_is_held_against_the_list(chronicle: Chronicle) -> None:
    chronicle.visit("2025-02-20 08:00", ASSOCIATION, counted(373))
    listed(chronicle, "2025-02-20 09:00", AUGUSTOW)
    joined = [step("admitted", "2025-02-28", teryt=teryt) for teryt in (HAJNOWKA, TUCHOW)]
    chronicle.visit("2025-03-01 08:00", TOWN, *joined, path="zmp")
    before = answer_diff(chronicle.store, KEY, *SPAN)["list"]
    assert (before["names"], before["missing"], before["only"]) == (1, [], []), "it was read before they joined"
    listed(chronicle, "2025-03-10 08:00", AUGUSTOW, HAJNOWKA, DROHICZYN)
    found = answer_diff(chronicle.store, KEY, *SPAN)["list"]
    assert found["read"] == "2025-03-10T08:00:00+00:00"
    assert found["pages"] == ["https://www.miasta.pl/miasta"]
    assert found["names"] == 3
    assert names(found["missing"]) == ["Tuchów"]
    assert names(found["only"]) == ["Drohiczyn"]
    listed(chronicle, "2025-03-20 08:00", AUGUSTOW, HAJNOWKA, TUCHOW)
    found = answer_diff(chronicle.store, KEY, *SPAN)["list"]
    assert (found["names"], found["missing"], found["only"]) == (3, [], []), "a name that went is not in it any more"
    assert answer_diff(chronicle.store, KEY, date(2025, 3, 15), date(2025, 3, 31))["list"]["missing"] == []


def test_what_stood_in_the_list_when_watching_began_is_not_new_in_it(chronicle: Chronicle) -> None:
    listed(chronicle, "2025-02-20 09:00", AUGUSTOW)
    listed(chronicle, "2025-03-10 08:00", AUGUSTOW, DROHICZYN)
    found = answer_diff(chronicle.store, KEY, date(2024, 12, 31), date(2025, 3, 31))["list"]
    assert names(found["only"]) == ["Drohiczyn"]


def test_a_page_of_the_list_that_is_gone_says_nothing(chronicle: Chronicle) -> None:
    chronicle.visit("2024-01-20 08:00", ASSOCIATION, counted(373))
    listed(chronicle, "2024-01-20 09:00", AUGUSTOW, path="stara-lista")
    listed(chronicle, "2025-03-10 08:00", HAJNOWKA, path="a-k")
    listed(chronicle, "2025-03-11 08:00", TUCHOW, path="l-z")
    found = answer_diff(chronicle.store, KEY, *SPAN)["list"]
    assert [page.rpartition("/")[2] for page in found["pages"]] == ["a-k", "l-z"]
    assert found["names"] == 2
    assert names(found["only"]) == ["Tuchów", "Hajnówka"]
