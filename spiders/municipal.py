"""Web sites of towns: news by feed, sitemap and listing; pages on the bodies the town belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from spiders.platforms import PORTALS
from zmpwatch.crawl.platform import Platform
from zmpwatch.crawl.sitespider import SiteSpider

__all__ = ["MunicipalSpider"]


class MunicipalSpider(SiteSpider):
    """Feeds tell what is new, the sitemap what there is; words in links tell where to go."""

    name = "municipal"
    feeds = ("/feed/", "/rss.xml", "/rss")
    search = True
    platforms: ClassVar[tuple[Platform, ...]] = PORTALS
    threshold = 6.0
    recency = 4.0
    pagination = 6.0
    documents = 25.0
    terms: ClassVar[Mapping[str, float]] = {
        r"przystap|przystep|akces\b|czlonkostw|czlonk(?:iem|ow)|przynalezn": 35.0,
        r"w zwiazkach|stowarzyszen|zwiazk(?:i|ow)\b|organizacj(?:e|i|ach) samorzad|wspolpraca": 25.0,
        r"zarzad\w* zwiazk|zgromadzeni\w* ogoln|korporacj\w* samorzad": 20.0,
        r"wystapi\w* ze? (?:zwiazk|stowarzysz)": 35.0,
        r"sesj[aeiy]|rad[aey] (?:miejsk|miast|gmin)|uchwal": 15.0,
        r"aktualnosc|wiadomosc|news|wydarzen|komunikat|artykul|z zycia (?:miasta|gminy)|archiwum"
        r"|wiesci|nowosci|co (?:nowego|slychac)|z ratusza": 10.0,
        r"gazet[ay] (?:miejsk|gminn|lokaln|samorzadow)|gazet[ay]$|(?:biuletyn|informator|przeglad|kurier|glos)\w* "
        r"(?:miejsk|gminn|samorzadow|mieszkanc)|archiwum wydan": 10.0,
        r"uchwal\w* (?:nr \S+ )?w sprawie": -15.0,
        r"mapa (?:strony|serwisu|witryny)": 12.0,
        r"o miescie|o gminie|miasto|samorzad|urzad|partnersk": 4.0,
        r"burmistrz|prezydent": 4.0,
        r"galeri|foto|wideo|video|film|kalendar|pogod|kamer|mapa(?! (?:strony|serwisu|witryny))": -30.0,
        r"newsletter|logowan|zaloguj|rejestracj|koszyk": -30.0,
        r"przetarg|zamowien\w* publiczn|ogloszeni|nabor|praca|konkurs ofert": -15.0,
        r"sprzedaz|nieruchomosc|plan\w* miejscow": -15.0,
        r"polityka prywatnosci|cookies|rodo|deklaracja dostepnosci|kontakt|wysoki kontrast|wersja tekstowa": -30.0,
        r"sport|basen|bibliotek|kino|koncert|festiwal|przedszkol|szkol|odpad|rozklad jazdy|zdrow": -10.0,
    }
