"""Pages that advertise what no town sells, told by title and address."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from zmpwatch.model import Page
from zmpwatch.service.spam import advertises

NOW = datetime(2025, 3, 7, 12, tzinfo=UTC)


def page(title: str, path: str) -> Page:
    url = f"https://www.lipniki.example{path}"
    return Page(url, url, 200, {}, f"<html><head><title>{title}</title></head></html>".encode(), NOW)


@pytest.mark.parametrize(
    ("title", "path"),
    [
        ("Kasyno online: darmowe spiny bez depozytu – Gmina Lipniki", "/2025/03/wpis"),
        ("Urząd Gminy Lipniki | Best Online Casinos 2025", "/?p=17"),
        ("Bukmacherzy z premią na start", "/wpis"),
        ("Chwil&oacute;wki online w 15 minut", "/wpis"),
        ("Buy Viagra without prescription", "/wpis"),
        ("Nowy wpis", "/blog/mostbet-casino-login/"),
        ("", "/slot-machines.html"),
    ],
)
def test_what_no_town_sells(title: str, path: str) -> None:
    assert advertises(page(title, path))


@pytest.mark.parametrize(
    ("title", "path"),
    [
        ("Opinia w sprawie lokalizacji kasyna gry", "/uchwaly/kasyno"),
        ("Policja ostrzega przed fałszywym kasynem online", "/aktualnosci/kasyno-online"),
        ("Uwaga na chwilówki online – dyżur rzecznika konsumentów", "/aktualnosci/chwilowki-online"),
        ("Koncert w Kasynie Oficerskim", "/kultura/koncert"),
        ("Sesja Rady Gminy Lipniki", "/sesja-xi"),
        ("Essex i Lipniki: umowa partnerska", "/essex"),
        ("Turniej w pokera dla seniorów", "/senior"),
        ("Slotowisko rowerowe", "/sloty"),
    ],
)
def test_what_a_town_may_speak_of(title: str, path: str) -> None:
    assert not advertises(page(title, path))


def test_a_page_without_a_title_costs_no_time() -> None:
    whole = Page("https://x.pl/", "https://x.pl/", 200, {}, b"<title" * 500_000, NOW)
    assert not advertises(whole)
