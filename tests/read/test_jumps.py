"""Selects, rows and buttons that lead to a page are followed as links are, by both readers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from read.test_skim import same
from zmpwatch.read import page_links
from zmpwatch.read.jumps import jump_of

URL = "https://www.miasto.example/rada/"


def found(body: str) -> list[tuple[str, str, str]]:
    links = page_links(f"<html><body>{body}</body></html>".encode(), url=URL).links
    return [(link.url.removeprefix("https://www.miasto.example"), link.anchor, link.context) for link in links]


@pytest.mark.parametrize(
    ("body", "links"),
    [
        ('<select><option value="/akty/2025.html">2025</option></select>', [("/akty/2025.html", "", "")]),
        ('<select><option value="?rok=2025">2025</option><option value="2024">2024</option></select>',
         [("/rada/?rok=2025", "", "")]),
        ('<select><option value="akty.php?rok=2025">2025</option></select>', [("/rada/akty.php?rok=2025", "", "")]),
        ("<table><tr onclick=\"location.href='/akt/7'\"><td>VII/7/2025</td></tr></table>",
         [("/akt/7", "", "VII/7/2025")]),
        ("<div onclick='window.location = \"akt/8\";'>VIII/8</div>", [("/rada/akt/8", "", "VIII/8")]),
        ('<button onclick="window.open(&quot;/plik/9&quot;, &quot;_blank&quot;)">Otwórz</button>', None),
        ('<div data-href="/akt/10">Akt 10</div>', [("/akt/10", "", "Akt 10")]),
        ("<a href=\"#\" onclick=\"location.assign('/akt/11')\">Protokół</a>", [("/akt/11", "Protokół", "Protokół")]),
        ("<a href=\"/akt/12\" onclick=\"window.open('/statystyka')\">Akt</a>", [("/akt/12", "Akt", "Akt")]),
        ("<p onclick=\"return confirm('/akt/13')\">x</p>", []),
        ("<p onclick=\"location.href='javascript:alert(1)'\">x</p>", []),
        ('<select><option value="/akt/14">14</option></select><a href="/akt/14">Akt</a>', [("/akt/14", "Akt", "Akt")]),
    ],
)  # fmt: skip
def test_where_it_leads(body: str, links: list[tuple[str, str, str]] | None) -> None:
    if links is not None:
        assert found(body) == links
    else:
        assert [url for url, *_ in found(body)] == ["/plik/9"]
    same(f"<html><body>{body}</body></html>".encode())


@given(st.text(max_size=200), st.sampled_from(["a", "tr", "option", "div"]))
def test_any_handler_is_read(text: str, tag: str) -> None:
    attributes = {"onclick": text, "value": text}
    jump = jump_of(tag, attributes)
    assert jump is None or jump in text


def test_a_long_handler_takes_no_long() -> None:
    assert jump_of("tr", {"onclick": "location" * 500_000 + "='/x'"}) is None
    assert jump_of("option", {"value": "a/" * 500_000}) is None
