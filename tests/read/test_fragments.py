"""Selectors that must fit."""

import pytest

from zmpwatch.errors import LimitExceeded, SelectorError
from zmpwatch.read.fragments import rows_of, select_all, select_one, select_optional, soup_of, text_of

URL = "https://zwiazek.example/"
PAGE = b"""<html><body><div class=stat>Jest z nami <b>3</b>7<i>3</i><script>9</script> <span hidden>8</span>miasta</div>
<ul id=lista><li>Lipniki<li>Olszyny<li>Modrzew</ul>
<table id=rada><tr><th>Nr</th><th>Tytu\xb3</th></tr>
<tr><td>V/31</td><td>w&nbsp;sprawie <p>zgody</p></td></tr></table></body></html>"""


@pytest.fixture
def page():
    return soup_of(PAGE, url=URL)


def test_one(page):
    assert text_of(select_one(page, ".stat", url=URL)) == "Jest z nami 373 miasta"


@pytest.mark.parametrize(("selector", "found"), [(".counter", 0), ("li", 3)])
def test_another_number_than_one_raises(page, selector, found):
    with pytest.raises(SelectorError) as caught:
        select_one(page, selector, url=URL)
    assert (caught.value.url, caught.value.selector, caught.value.found) == (URL, selector, found)


def test_optional(page):
    assert select_optional(page, ".counter", url=URL) is None
    assert select_optional(page, "#lista", url=URL) is not None
    with pytest.raises(SelectorError, match="0 to 1"):
        select_optional(page, "li", url=URL)


def test_all(page):
    assert [text_of(item) for item in select_all(page, "#lista li", url=URL, least=3, most=3)] == [
        "Lipniki",
        "Olszyny",
        "Modrzew",
    ]
    with pytest.raises(SelectorError, match="at least 4"):
        select_all(page, "#lista li", url=URL, least=4)
    with pytest.raises(ValueError, match="selector"):
        select_all(page, "li[", url=URL)


def test_rows(page):
    table = select_one(page, "#rada", url=URL)
    assert rows_of(table, url=URL, columns=2) == [["Nr", "Tytuł"], ["V/31", "w sprawie zgody"]]
    with pytest.raises(SelectorError, match="exactly 3"):
        rows_of(table, url=URL, columns=3)


def test_guarded():
    with pytest.raises(LimitExceeded):
        soup_of(b"<div>" * 20_000, url=URL)
