"""Search forms of town sites: which forms search, and what a browser would ask for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zmpwatch.errors import ReadError
from zmpwatch.read import find_search_forms

URL = "https://lipniki.example/dzial/wiesci.php?id=3"
WORDS = "Miast Polskich"

FILLED = """<form action="index.php?x=1"><input type="hidden" name="option" value="com_finder">
<input type="checkbox" name="c" value="1"><input type="radio" name="r" value="2" checked>
<input type="text" name="q"></form>"""


def asked(markup: str, words: str = WORDS) -> list[str]:
    return [form.url(words) for form in find_search_forms(markup.encode(), url=URL)]


@pytest.mark.parametrize(
    ("markup", "address"),
    [
        ('<form action="/"><input type="search" name="s"></form>', "https://lipniki.example/?s=Miast+Polskich"),
        (
            '<form role="search" action="/szukaj"><input name="fraza" type="text"><button>Szukaj</button></form>',
            "https://lipniki.example/szukaj?fraza=Miast+Polskich",
        ),
        (
            "<form action='szukaj.php'><input name=tekst><input type=submit value=Szukaj></form>",
            "https://lipniki.example/dzial/szukaj.php?tekst=Miast+Polskich",
        ),
        (
            FILLED,
            "https://lipniki.example/dzial/index.php?option=com_finder&r=2&q=Miast+Polskich",
        ),
        ("<form><input name=q></form>", "https://lipniki.example/dzial/wiesci.php?q=Miast+Polskich"),
        (
            '<form action="/s"><p>Wyszukiwarka</p><input type="text" name="pole1"></form>',
            "https://lipniki.example/s?pole1=Miast+Polskich",
        ),
        (
            '<form action="/s"><input name="searchword"><input type="text" name="od"></form>',
            "https://lipniki.example/s?od=&searchword=Miast+Polskich",
        ),
        (
            '<form action="/s"><input name="_com_liferay_search_web_portlet_INSTANCE_x_keywords"></form>',
            "https://lipniki.example/s?_com_liferay_search_web_portlet_INSTANCE_x_keywords=Miast+Polskich",
        ),
        (
            '<base href="https://lipniki.example/pl/"><form action="s"><input name=q></form>',
            "https://lipniki.example/pl/s?q=Miast+Polskich",
        ),
    ],
)
def test_what_a_browser_would_ask_for(markup: str, address: str) -> None:
    assert asked(markup) == [address]


@pytest.mark.parametrize(
    "markup",
    [
        '<form method="post" action="/szukaj"><input type="search" name="q"></form>',
        '<form action="/login"><input name="login"><input type="password" name="haslo"></form>',
        '<form action="/newsletter"><input type="text" name="email" placeholder="Zapisz się"></form>',
        '<form action="/newsletter" class="newsletter"><input type="text" name="q"></form>',
        '<form action="/szukaj"><input type="email" name="q"></form>',
        '<form action="/s"><input type="text" name="imie"><input type="text" name="nazwisko"></form>',
        '<form action="/szukaj"><select name="rok"><option>2024</select></form>',
        '<form action="javascript:szukaj()"><input name="q"></form>',
        '<form action="mailto:a@b.example"><input name="q"></form>',
        '<input name="q">',
    ],
)
def test_forms_that_search_nothing(markup: str) -> None:
    assert asked(markup) == []


def test_the_likeliest_form_comes_first() -> None:
    markup = (
        '<form action="/filtr"><input type="text" name="nazwa"><p>Szukaj na liście</p></form>'
        '<form action="/szukaj"><input type="search" name="q"><button>Szukaj</button></form>'
    )
    assert [address.split("?")[0] for address in asked(markup)] == [
        "https://lipniki.example/szukaj",
        "https://lipniki.example/filtr",
    ]


def test_words_go_in_the_encoding_of_the_page() -> None:
    page = "<p>Zażółć gęślą jaźń</p><form action='/s'><input name=q></form>"
    (form,) = find_search_forms(page.encode("cp1250"), url=URL)
    assert form.url("Związek") == "https://lipniki.example/s?q=Zwi%B9zek"
    (form,) = find_search_forms(page.replace("<form", "<form accept-charset='utf-8'").encode("cp1250"), url=URL)
    assert form.url("Związek") == "https://lipniki.example/s?q=Zwi%C4%85zek"
    (form,) = find_search_forms(page.replace("<form", "<form accept-charset='nie-ma'").encode(), url=URL)
    assert form.url("Związek") == "https://lipniki.example/s?q=Zwi%C4%85zek"


PIECES = st.sampled_from(
    ["<form>", "<form action='/s'>", "</form>", "<input name=q>", "<input>", "<input type=password>", "szukaj", "<p>"]
)


@given(st.lists(PIECES, max_size=30).map("".join), st.text(max_size=20))
def test_any_markup_gives_addresses_of_the_web(markup: str, words: str) -> None:
    try:
        found = find_search_forms(markup.encode(), url=URL)
    except ReadError:
        return
    for form in found:
        assert form.url(words).startswith("https://lipniki.example/")
