"""Dates as texts tell them, against the page's date: Thursday, 16 November 2023."""

import pytest

from zmpwatch.extract.dates.resolving import ReferenceDate, match_dates, resolve_dates
from zmpwatch.extract.uniform.clean import clean

TOLD = {
    "w ubiegły piątek": "2023-11-10",
    "w miniony czwartek": "2023-11-09",
    "w poniedziałek, 13 listopada,": "2023-11-13",
    "na wtorkowej sesji": "2023-11-14",
    "podczas środowych obrad": "2023-11-15",
    "w najbliższy czwartek": "2023-11-23",
    "w piątek rada zagłosuje": "2023-11-17",
    "w piątek rada zagłosowała": "2023-11-10",
    "wczorajszej sesji": "2023-11-15",
    "na jutrzejszej sesji": "2023-11-17",
    "tydzień temu": "2023-11-09",
    "przed godziną": "2023-11-16",
    "w ubiegłym tygodniu": "2023-11",
    "w zeszłym miesiącu": "2023-10",
    "12 bm.": "2023-11-12",
    "27.09 br.": "2023-09-27",
    "27 IX br.": "2023-09-27",
    "dnia 14.11. radni": "2023-11-14",
    "pierwszego października": "2023-10-01",
    "dwudziestego ósmego maja 2021 r.": "2021-05-28",
    "5-go maja 2022 r.": "2022-05-05",
    "14 marca 22 r.": "2022-03-14",
    "w maju rok temu": "2022-05",
    "w zeszłym roku w maju": "2022-05",
    "jesienią ubiegłego roku": "2022",
    "z końcem roku": "2023-12-31",
    "z końcem ubiegłego roku": "2022-12-31",
    "na marcowej sesji": "2023-03",
    "głosowanie wyznaczono na 28 listopada": "2023-11-28",
    "28 listopada zapadła decyzja": "2022-11-28",
    "on 27 February": "2023-02-27",
    "last Friday": "2023-11-10",
    "na sesji 12-13 września": "2023-09",
}


def told(text: str, published: str | None = "2023-11-16") -> list[str | None]:
    dates = resolve_dates(match_dates(clean(text).folded), ReferenceDate.of(published))
    return [mention.iso for mention in dates]


@pytest.mark.parametrize(("text", "iso"), TOLD.items(), ids=str)
def test_a_date_is_computed_from_the_page(text, iso):
    assert told(text) == [iso]


@pytest.mark.parametrize("text", ["na ostatniej sesji", "pkt 14.11.", "tydzień później", "kiedyś w maju bieżąca"])
def test_nothing_is_guessed(text):
    assert all(iso is None for iso in told(text, None))


def test_days_joined_by_and_share_the_year():
    assert told("27 czerwca i 4 lipca 2019 r.", None) == ["2019-06-27", "2019-07-04"]
    assert told("uchwała z 26 kwietnia 2022 r., a zarząd przyjął ją 16 czerwca", None) == ["2022-04-26", "2022-06-16"]
    assert told("26 kwietnia 2022 r. Potem cisza. A 16 października i koniec", None) == ["2022-04-26", None]


def test_a_later_day_counts_from_the_one_told_before():
    assert told("4 maja 2021 r. uchwalono, a tydzień później ogłoszono", None) == ["2021-05-04", "2021-05-11"]
    assert told("Do 2015 r. należał, dwa lata później wrócił", None) == ["2015", "2017"]
    assert told("w lutym 2017 r. przyjęła, w sierpniu tego samego roku uchyliła", None) == ["2017-02", "2017-08"]


def test_early_in_a_year_the_end_of_the_year_that_was_is_the_last_one():
    assert told("Z końcem roku gmina wystąpiła z organizacji", "2024-01-10") == ["2023-12-31"]
    assert told("Z końcem roku członkostwo wygaśnie", "2024-01-10") == ["2024-12-31"]
