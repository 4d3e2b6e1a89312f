"""Pages are found by words in any form, with or without diacritics, by phrases, and by nothing that is gone."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zmpwatch.errors import ConfigError
from zmpwatch.model import Text
from zmpwatch.service.searching import answer_search, fill_index, not_searchable, prepared
from zmpwatch.service.searching.query import parse
from zmpwatch.service.searching.snippet import snippet
from zmpwatch.service.searching.words import analyser, fold_word, folded_words, lemmas_of
from zmpwatch.store import Store

from .conftest import NOON, Keep, membership

SESSION = (
    "<h1>XI sesja Rady Miasta</h1><p>Radni z Hajnówki podjęli uchwałę nr XI/59/25 o przystąpieniu do Związku Miast "
    "Polskich. Łódzcy goście przywieźli pozdrowienia z Łodzi.</p>"
)
MARKET = "<h1>Kiermasz</h1><p>W bibliotece miejskiej odbędzie się kiermasz książek; zapraszają związkowcy.</p>"


def urls(store: Store, query: str, **options: object) -> list[str]:
    return [hit["url"] for hit in answer_search(store, query, **options)]  # type: ignore[arg-type]


FOUND = [
    "hajnówka",
    "Hajnowka",
    "HAJNÓWCE",
    "hajnowce",
    "uchwała",
    "uchwaly",
    "uchwał",
    "Łódź",
    "lodz",
    "Lodzi",
    "łodzią",
    "lodzki",
    "radny",
    "przystąpienie związek",
    '"związku miast polskich"',
    '"ZWIAZKU MIAST"',
    "„Związku Miast Polskich”",
    "XI/59/25",
    "uchwa*",
    "gość -kiermasz",
    "podjęli uchwałę nr",
    "rada miasta hajnówka uchwała",
]
LOST = [
    "augustów",
    '"miast związku"',
    '"związek miast polskich"',  # quotation marks: word by word as it stands
    "uchwała -hajnówka",
    "uchwała kiermasz",
    '-"związku miast" uchwała',
    "XI/59/26",
    "loda*",
]


@pytest.mark.parametrize("query", FOUND)
def test_a_page_is_found(store: Store, keep: Keep, query: str) -> None:
    keep(SESSION)
    keep(MARKET, "https://hajnowka.pl/kiermasz")
    assert urls(store, query) == ["https://hajnowka.pl/sesja"]


@pytest.mark.parametrize("query", LOST)
def test_a_page_is_not_found(store: Store, keep: Keep, query: str) -> None:
    keep(SESSION)
    assert urls(store, query) == []


@pytest.mark.sqlite_only
def test_a_hit_says_where_when_and_why(store: Store, keep: Keep, tmp_path: Path) -> None:
    keep(SESSION, published="2025-02-26")
    (hit,) = answer_search(store, "hajnowka uchwala")
    assert hit["url"] == "https://hajnowka.pl/sesja"
    assert (hit["site"], hit["municipality"], hit["teryt"]) == ("hajnowka", "Hajnówka", "2005011")
    assert (hit["date"], hit["published"], hit["fetched"]) == ("2025-02-26", "2025-02-26", "2025-03-07T12:01:00+00:00")
    assert hit["title"] == "XI sesja Rady Miasta"
    assert "Radni z **Hajnówki** podjęli **uchwałę** nr XI/59/25" in hit["snippet"]
    assert "\n" not in hit["snippet"]
    assert store.archive.get(hit["archived"]).startswith(b"<!doctype html>")
    assert Path(hit["file"]).is_file()


def test_the_newest_day_comes_first_and_an_address_once(store: Store, keep: Keep) -> None:
    keep(SESSION, published="2025-02-26")
    keep(SESSION, "https://hajnowka.pl/stara", published="2009-05")
    keep(SESSION, "https://hajnowka.pl/nowa", published="2025-03-01")
    keep(SESSION + "<p>Sprostowanie.</p>", published="2025-02-26")
    found = answer_search(store, "uchwała")
    assert [hit["url"].rpartition("/")[2] for hit in found] == ["nowa", "sesja", "stara"]
    assert [hit["fetched"] for hit in found][1] == "2025-03-07T12:04:00+00:00"
    assert urls(store, "uchwała", since=date(2025, 2, 26)) == [
        "https://hajnowka.pl/nowa",
        "https://hajnowka.pl/sesja",
    ]
    assert urls(store, "uchwała", limit=1) == ["https://hajnowka.pl/nowa"]


def test_pages_of_a_municipality_and_about_it(store: Store, keep: Keep) -> None:
    keep(SESSION)
    keep(SESSION, "https://www.miasta.pl/a", site="zmp", municipality=None)
    keep(SESSION, "https://augustow.pl/", site="augustow", municipality="2001011", statements=())
    assert sorted(urls(store, "uchwała", teryt="2005011")) == ["https://hajnowka.pl/sesja", "https://www.miasta.pl/a"]
    assert urls(store, "uchwała", teryt="2001011") == ["https://augustow.pl/"]
    assert urls(store, "uchwała", teryt="0201011") == []


@pytest.mark.sqlite_only
def test_a_page_taken_down_is_not_found_and_leaves_no_word(store: Store, keep: Keep, tmp_path: Path) -> None:
    for number in range(30):
        keep(f"<p>Sesja numer {number} o przystąpieniu.</p>", f"https://hajnowka.pl/{number}")
    keep("<p>Pan Bonifacy Zgódka głosował za przystąpieniem.</p>", "https://hajnowka.pl/zgodka")
    assert urls(store, "zgódka") == ["https://hajnowka.pl/zgodka"]
    assert b"bonifacy" in (tmp_path / "zmpwatch.db").read_bytes()
    store.forget("https://hajnowka.pl/zgodka", "asked for", NOON)
    assert urls(store, "zgódka") == []
    assert len(urls(store, "przystąpienie", limit=100)) == 30
    assert fill_index(store) == (0, [])
    store.close()
    content = (tmp_path / "zmpwatch.db").read_bytes()
    assert b"bonifacy" not in content
    assert b"zgodka" not in content.replace(b"https://hajnowka.pl/zgodka", b"")


def test_a_takedown_empties_the_index_on_each_database(store: Store, keep: Keep) -> None:
    keep(SESSION)
    store.forget("https://hajnowka.pl/sesja", "asked for", NOON)
    assert urls(store, "uchwała") == []
    assert not_searchable(store) == 0


def test_pages_stored_before_are_put_in(store: Store, keep: Keep) -> None:
    first = keep(SESSION, indexed=False)
    keep(MARKET, "https://hajnowka.pl/kiermasz", indexed=False)
    assert (urls(store, "uchwała"), not_searchable(store)) == ([], 2)
    assert fill_index(store) == (2, [])
    assert (urls(store, "uchwała"), not_searchable(store)) == (["https://hajnowka.pl/sesja"], 0)
    assert fill_index(store) == (0, [])
    with store.write() as tx:
        assert tx.unindex_pages([first]) == 1
    assert not_searchable(store) == 1


def test_a_page_missing_from_the_archive_is_told(store: Store, keep: Keep) -> None:
    keep(SESSION, indexed=False)
    (snapshot,) = store.snapshots()
    store.archive.remove(snapshot.sha256)
    done, problems = fill_index(store)
    assert done == 0
    assert len(problems) == 1
    assert "missing from the archive" in problems[0]


def test_a_failed_visit_leaves_nothing_in_the_index(store: Store, keep: Keep) -> None:
    keep(SESSION, indexed=False)

    def fail() -> None:
        with store.write() as tx:
            tx.index_pages({1: prepared(Text("uchwała"), NOON)})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert urls(store, "uchwała") == []


def test_a_text_indexed_again_replaces_the_first(store: Store, keep: Keep) -> None:
    snapshot = keep(SESSION)
    with store.write() as tx:
        tx.index_pages({snapshot: prepared(Text("Zupełnie inne słowa", published="2024"), NOON)})
    assert urls(store, "uchwała") == []
    assert [hit["date"] for hit in answer_search(store, "slowo")] == ["2024"]


NOTHING = ["", "   ", '""', "-", "-uchwała", "!!!", '"', "*", "---", "„”", "\x00", "\u202e", "ab " * 40 + "c" * 2000]


@pytest.mark.parametrize("query", NOTHING)
def test_a_query_without_words_is_refused_in_one_line(query: str) -> None:
    with pytest.raises(ConfigError, match="search"):
        parse(query)


ODD = [
    'words : "x"',
    "uchwała OR",
    "NEAR(uchwała miasta)",
    "(uchwała",
    "uchwała)",
    'uchwała "',
    "uchwała^2",
    "{words}: uchwała",
    "uchwała & !miasta",
    "uchwała:*",
    "'; DROP TABLE page_texts; --",
    "a*b*c*",
    "'' uchwała",
    "²³ ½ ٣٧٣",
    "ß ﬁ İ",
]


@pytest.mark.parametrize("query", ODD)
def test_no_query_is_malformed(store: Store, keep: Keep, query: str) -> None:
    keep(SESSION)
    assert urls(store, query) in ([], ["https://hajnowka.pl/sesja"])


@pytest.mark.sqlite_only
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(max_size=60))
def test_any_text_may_be_asked_for(store: Store, query: str) -> None:
    with suppress(ConfigError):
        assert answer_search(store, query) == []


@settings(max_examples=200, deadline=None)
@given(text=st.text(alphabet=st.sampled_from("ąćęłńóśźżĄĆĘŁabcdeź -.,\n1"), max_size=200))
def test_folding_keeps_words_apart_and_loses_no_letter(text: str) -> None:
    words = folded_words(text)
    assert all(word.isascii() and word.isalnum() and word == word.lower() for word in words)
    assert sum(map(len, words)) == sum(character.isalnum() for character in text)


def test_base_forms() -> None:
    assert lemmas_of("uchwałą") == {"uchwala"}
    assert lemmas_of("Zaniemyślu") == {"zaniemysl"}
    assert lemmas_of("Konstancina") == {"konstancin"}
    assert lemmas_of("qwxyz") == frozenset()
    assert fold_word("ŁÓDŹ") == "lodz"
    assert analyser().startswith("1 pl.sgjp")


@settings(max_examples=100, deadline=None)
@given(
    before=st.text(alphabet="abc ąę\n.", max_size=900),
    after=st.text(alphabet="abc ąę\n.", max_size=900),
)
def test_a_snippet_shows_what_was_found(before: str, after: str) -> None:
    line, marks = snippet(f"{before} Hajnówce {after}", parse("hajnówka"))
    assert [line[start:end] for start, end in marks if line[start:end] == "Hajnówce"]
    assert "\n" not in line
    assert len(line) < 400


def test_a_snippet_of_a_long_text_shows_the_best_place() -> None:
    text = "Rada obraduje. " * 400 + "Rada Hajnówki podjęła uchwałę. " + "Rada obraduje. " * 400
    line, marks = snippet(text, parse("rada hajnówka uchwała"))
    assert {line[start:end] for start, end in marks} >= {"Hajnówki", "uchwałę"}
    assert line.startswith("… ")
    assert line.endswith(" …")


def test_words_of_the_title_are_found(store: Store, keep: Keep) -> None:
    keep(MARKET)
    assert urls(store, "kiermasz") == ["https://hajnowka.pl/sesja"]


def test_search_does_not_wait_for_a_statement_of_the_town(store: Store, keep: Keep) -> None:
    keep(SESSION, statements=(membership(teryt=None),))
    assert urls(store, "uchwała", teryt="2005011") == ["https://hajnowka.pl/sesja"]
