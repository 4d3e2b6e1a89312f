"""Saved pages, one a platform and some traps: what each runs on, and which links its family follows."""

from __future__ import annotations

from pathlib import Path

import pytest
from crawl.web import NOW, plan, settings

from spiders.platforms import BULLETINS, PORTALS, PRESS
from zmpwatch.crawl.casefolder import check_case, read_case
from zmpwatch.crawl.discovery import Discovery
from zmpwatch.crawl.families import find_family
from zmpwatch.crawl.platform import Evidence, Platform, Signs, recognise
from zmpwatch.crawl.state import VisitState
from zmpwatch.crawl.urls import Scope
from zmpwatch.errors import CrawlError
from zmpwatch.model import Page, Site
from zmpwatch.register import load_association

CASES = sorted(folder for folder in (Path(__file__).parent / "cases").iterdir() if folder.is_dir())
ALL = {platform.name: platform for platform in (*BULLETINS, *PORTALS, *PRESS)}


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_a_saved_page_is_taken_for_what_it_is(folder: Path) -> None:
    case = read_case(folder)
    problems = check_case(find_family(case.expected["family"]), case, load_association("zmp"))
    assert not problems, "\n".join(problems)


def test_every_platform_has_a_case() -> None:
    shown = {read_case(folder).expected["platform"] for folder in CASES}
    # Kraków's is told by its host alone, below
    assert set(ALL) - {"krakow"} <= shown


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://konary.esesja.pl/", "esesja"),
        ("https://konary.posiedzenia.pl/", "posiedzenia"),
        ("https://posiedzenia.pl.example/", None),
        ("https://bip2.wokiss.pl/konary/", "wokiss"),
        ("https://konary.samorzady.pl/", "samorzady"),
        ("https://konary.archiwum.bip.net.pl/", "bip_net"),
        ("https://www.bip.krakow.pl/", "krakow"),
        ("https://notesesja.pl.example/", None),
        ("https://esesja.pl.example/", None),
    ],
)
def test_some_are_told_by_their_host_alone(url: str, name: str | None) -> None:
    found = recognise(ALL.values(), Evidence(url, ""))
    assert (found.platform.name if found else None) == name


def test_one_weak_sign_is_none() -> None:
    page = '<link href="/wp-content/uploads/x.css">'
    assert recognise(PORTALS, Evidence("https://a.example/", page)) is None
    found = recognise(PORTALS, Evidence("https://a.example/", f"{page}<script src='/wp-includes/x.js'></script>"))
    assert found is not None
    assert found.platform.name == "wordpress"
    assert len(found.signs) == 2


def test_signs_of_a_hostile_page_cost_little() -> None:
    markup = "<meta name=generator " * 20_000 + 'href="' * 20_000 + "realizacja" * 20_000
    assert recognise(ALL.values(), Evidence("https://a.example/", markup)) is None


@pytest.mark.parametrize(
    ("platform", "url", "following"),
    [
        ("nefeni", "https://a.bip.net.pl/kategorie/11-uchwaly?lang=PL", "https://a.bip.net.pl/kategorie/11-uchwaly?lang=PL&page=2"),
        ("nefeni", "https://a.bip.net.pl/kategorie/11-uchwaly?lang=PL&page=9", "https://a.bip.net.pl/kategorie/11-uchwaly?lang=PL&page=10"),
        ("nefeni", "https://a.bip.net.pl/kategorie/11-uchwaly/artykuly/3-x?lang=PL", None),
        ("drupal", "https://a.example/aktualnosci", None),
    ],
)  # fmt: skip
def test_leaves_that_nothing_links_are_counted(platform: str, url: str, following: str | None) -> None:
    assert ALL[platform].next_leaf(url) == following


def test_files_of_a_vendor_lie_on_a_host_of_the_same_site() -> None:
    scope = Scope(Site("konary", "bip", "https://konary.bip.net.pl/"))
    file = "https://konary-api.bip.net.pl/api/attachments/512"
    assert file not in scope
    scope.widen(ALL["nefeni"].hosts[0].format(label="konary", rest="bip.net.pl"))
    assert file in scope
    assert "https://inne-api.bip.net.pl/api/attachments/512" not in scope


def test_worth_of_addresses_adds_up() -> None:
    platform = Platform("x", "X", Signs(), worth={r"/a": 5.0, r"\?b=1": -2.0})
    assert platform.promise("https://x.example/a?b=1") == 3.0
    assert platform.promise("https://x.example/c") == 0.0


def test_a_folder_that_is_no_case_is_told(tmp_path: Path) -> None:
    with pytest.raises(CrawlError, match="no case of a family"):
        read_case(tmp_path)


def test_the_frame_of_a_session_portal_is_asked_for_by_the_towns_name() -> None:
    """portal-posiedzenia.pl/TOWN?ignoreIFrame=true is what TOWN.posiedzenia.pl shows in a frame."""
    one = plan("https://konary.posiedzenia.pl/", family="bip")
    state = VisitState.open(one, settings(), lambda: NOW)
    found = Discovery(state, BULLETINS, feeds=(), sitemap=False, search=False)
    page = Page("https://konary.posiedzenia.pl/", "https://konary.posiedzenia.pl/", 200, {}, b"", NOW)
    (asked,) = found.registers(page)
    assert asked == "https://portal-posiedzenia.pl/konary?ignoreIFrame=true&action=glosowania"
    assert asked in state.scope
