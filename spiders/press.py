"""Local newspapers and portals: sections, tags, search and feeds; articles only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import ClassVar
from urllib.parse import urlsplit

from spiders.platforms import PRESS
from zmpwatch.crawl.platform import Platform
from zmpwatch.crawl.sitespider import SiteSpider

__all__ = ["PressSpider"]

_ARTICLE = re.compile(r"\d{4,}|/[a-z0-9]+(?:-[a-z0-9]+){3,}", re.IGNORECASE)
"""A number, or a title in the address: what sections, tags and people of a paper lack."""
_REPELLING = -30.0


class PressSpider(SiteSpider):
    """Few of a paper's articles concern the town hall, and hardly any the association: words decide, not freshness."""

    name = "press"
    feeds = ("/feed/", "/rss.xml", "/rss")
    search = True
    platforms: ClassVar[tuple[Platform, ...]] = PRESS
    threshold = 8.0
    recency = 6.0
    pagination = 5.0
    documents = 60.0
    terms: ClassVar[Mapping[str, float]] = {
        r"przystap|przystep|akces\b|czlonkostw|czlonk(?:iem|ow)|przynalezn|dolacz": 30.0,
        r"w zwiazkach|stowarzyszen|zwiazk(?:i|u|ow)\b|organizacj(?:e|i|ach) samorzad": 20.0,
        r"wystapi\w* ze? (?:zwiazk|stowarzysz)|opuszcz\w* zwiaz": 30.0,
        r"sesj[aeiy]|rad[aey] (?:miejsk|miast|gmin)|radni|radnych|uchwal|ratusz": 14.0,
        r"samorzad|burmistrz|prezydent miasta|urzad miast|polityka lokalna|z miasta|miasto|region": 8.0,
        r"wiadomosci|aktualnosci|wydarzenia|artykul|news|archiwum": 8.0,
        r"sport|pilk|mecz|lig[aiey]\b|kryminal|wypad|policj|pozar|nekrolog|horoskop|pogod|kulinar|przepis": -25.0,
        r"ogloszeni|praca|motoryzacj|nieruchomosc|galeri|zdjeci|foto|wideo|video|quiz|konkurs|program tv": -30.0,
        r"logow|zaloguj|rejestracj|prenumerat|reklama|kontakt|redakcja|regulamin|prywatnosc|cookies|rodo": -40.0,
        r"kultur|koncert|kino|festiwal|rozrywk|celebryt|zdrowi|moda\b|szkol": -12.0,
    }

    def promise(self, url: str, anchor: str, context: str, rel: str) -> float:
        """An article is worth its words; in a section for sport or accidents it is worth less."""
        score = super().promise(url, anchor, context, rel)
        section = urlsplit(url).path.strip("/").partition("/")[0]
        if section and _ARTICLE.search(urlsplit(url).path) and self.scorer.text(section) <= _REPELLING:
            score += _REPELLING
        return score
