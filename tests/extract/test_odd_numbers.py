"""Numbers that are no member count, and counters written oddly: one strict rule, or no value (docs/faults.md 67-73)."""

import pytest

from zmpwatch.extract import extract
from zmpwatch.model import Context, CountStatement
from zmpwatch.read import read_bytes
from zmpwatch.register import load_association

CONTEXT = Context(load_association("zmp"), url="https://www.zmp.example/", family="association")
COUNTER = "<div><p>Jest z nami</p><p><strong>{}</strong></p><p>SUCHA BESKIDZKA</p><p>miast</p></div>"
SENTENCE = "<p>Związek Miast Polskich zrzesza {} miast członkowskich.</p>"
FIGURE = "<div>{}</div><div>miasta członkowskie</div>"
PLACES = {"counter": COUNTER, "sentence": SENTENCE, "figure": FIGURE}


def values(body: str) -> set[int]:
    page = (
        "<!doctype html><html lang=pl><head><meta charset=utf-8><title>ZMP</title></head><body>"
        f"<h1>Związek Miast Polskich</h1>{body}<p>Związek Miast Polskich działa na rzecz miast.</p></body></html>"
    )
    text = read_bytes(page.encode(), url=CONTEXT.url, headers={"content-type": "text/html"})
    return {found.value for found in extract(text, CONTEXT) if isinstance(found, CountStatement)}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "written", ["373", "<b>3</b>7<i>3</i>", "<span>3</span><span>7</span><span>3</span>", "3\u200b73"]
)
def test_a_plain_number_is_read_however_it_is_marked_up(place: str, written: str) -> None:
    assert values(PLACES[place].format(written)) == {373}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1 373", 1373),
        ("1&nbsp;373", 1373),
        ("1\u202f373", 1373),
        ("1.373", None),
        ("1,373", None),
        ("3" * 40, None),
        ("-373", None),
        ("\u2212373", None),
        ("373,5", None),
        ("373.5", None),
        ("373%", None),
        ("0", None),
        ("3 7 3", 373),
        ("37\u0417", None),
        ("373/50", None),
        ("12:37", None),
        ("\u202e183\u202c", None),
        ("٣٧٣", None),
        ("３７３", None),
        ("³⁷³", None),
        ("𝟯𝟳𝟯", None),
    ],
)
def test_an_odd_number_is_what_it_says_or_nothing(place: str, written: str, meant: int | None) -> None:
    assert values(PLACES[place].format(written)) <= {meant}


@pytest.mark.parametrize("place", PLACES)
def test_words_are_the_number_they_say_or_nothing(place: str) -> None:
    assert values(PLACES[place].format("trzysta siedemdziesiąt trzy")) <= {373}


@pytest.mark.parametrize(
    "body",
    [
        COUNTER.format("50 lat, 373"),
        COUNTER.format("373 miast, 50 lat"),
        COUNTER.format("373") + "<p>50 lat tradycji</p><p>16 województw</p>",
        "<p>35</p><p>lat działalności</p><p>373</p><p>miasta członkowskie</p><p>16</p><p>województw</p>",
        "<p>Od 35 lat Związek Miast Polskich, w którym jest 373 miast, organizuje 12 konferencji rocznie.</p>",
    ],
)
def test_the_number_beside_another_is_bound_to_its_words(body: str) -> None:
    assert values(body) <= {373}
