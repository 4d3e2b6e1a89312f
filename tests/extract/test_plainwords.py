"""Several ways of writing one thing, read as one; what looks like them stays as it is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zmpwatch.extract.uniform.clean import clean
from zmpwatch.extract.uniform.folding import fold_letters
from zmpwatch.extract.uniform.plainwords import plainly_worded

SAME = {
    "z dnia 14.03.2024 r. w Łebie, dnia 5.04.2024": "z dnia 14 marca 2024 roku w Łebie, 5 kwietnia 2024",
    "od 2024-03-04": "od 4 marca 2024",
    "w dniu 5 II 2019 r., 5.II.2019, dnia 05. 02. 2019 r.": "w dniu 5 lutego 2019 r., 5 lutego 2019, 5 lutego 2019 r.",
    "uchwała XII/80/2020, uchwałą numer 12/2021 z 7 maja": "uchwała nr XII/80/2020, uchwałą nr 12/2021 z 7 maja",
    "od 2012 r. należy (w 2013 r., po głosowaniu)": "od 2012 roku należy (w 2013 roku, po głosowaniu)",
    "Projekt ws. budżetu. Ws. dróg": "Projekt w sprawie budżetu. W sprawie dróg",
    "Rajcy z Łeby i rajców głosy": "Radni z Łeby i radnych głosy",
    "Koło, jak poinformował burmistrz, czeka": "Koło czeka",
    "Koło – zgodnie z zapowiedziami – czeka": "Koło czeka",
    "Koło (o czym pisaliśmy wcześniej) czeka": "Koło czeka",
}
KEPT = (
    "wersja 14.03.2024.1, adres 10.20.2020.1, plik 1-2024-03-14",
    "dnia 31 II/2019, 45.03.2024, 14.13.2024, 2024-13-01",
    "uchwała z 7 maja, uchwała 5 radnych, uchwały nr 4/20",
    "Nowsza ws.",
    "W 2012 r. Rada odmówiła, 2014 r. – nie, 5 r. było",
    "Dnia 4 maja, od dnia dzisiejszego, co dnia 5 osób dnia",
    "Koło, jak zdecydowali radni, czeka",
    "Koło, jak podaje Związek, czeka",
    "Koło, co poprzedziło 5 sesji, czeka",
    "Koło, jak poinformował burmistrz i rada 3 maja, czeka",
)


@pytest.mark.parametrize("written", SAME, ids=str)
def test_it_is_read_in_plain_words(written: str) -> None:
    told = plainly_worded(clean(written))
    assert told.text == SAME[written]
    assert told.folded == fold_letters(told.text)


@pytest.mark.parametrize("written", KEPT, ids=str)
def test_what_only_looks_like_it_is_kept(written: str) -> None:
    assert plainly_worded(clean(written)).folded == clean(written).folded


@settings(max_examples=60, deadline=None, database=None)
@given(st.lists(st.sampled_from((*SAME, *KEPT, "Łeba\n", "„"))))
def test_offsets_lead_back_to_the_page(pieces: list[str]) -> None:
    page = " ".join(pieces)
    told = plainly_worded(clean(page))
    assert len(told.text) == len(told.folded)
    places = [told.span(place, place + 1) for place in range(len(told.text))]
    assert all(0 <= start < end <= len(page) for start, end in places)
    assert places == sorted(places)
    for place, (start, end) in enumerate(places):
        if end - start == 1 and told.text[place].isalnum() and page[start].isalpha():
            assert told.folded[place] == fold_letters(page[start])
