"""Sites of the association itself: its member counter, its news, its list of members."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import ClassVar
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from zmpwatch.crawl.sitespider import SiteSpider

__all__ = ["AssociationSpider"]

_ITEM = re.compile(r"^/(?:en/)?(?:aktualnosci|news)/(?!dzialalnosc-na-rzecz-miast)[^/]+/?$")


class AssociationSpider(SiteSpider):
    """The home page with its counter first, then listings of news, press releases, static pages and the member list."""

    name = "association"
    mirrors = True
    patience = timedelta(0)
    sitemap = False
    feeds = ()
    paths = (
        "/aktualnosci",
        "/miasta/wg-wojewodztw",
        "/informacje-prasowe",
        "/strony/o-zwiazku-miast-polskich",
        "/strony/jak-przystapic-do-zmp",
        "/kategorie-aktualnosci/zgromadzenia-i-zarzady-zmp",
    )
    threshold = 5.0
    pagination = 8.0
    # The association's name is on every page of its own site and tells nothing there: the scale is that of the terms.
    terms: ClassVar[Mapping[str, float]] = {
        r"przystep|przystap|przylacz|dolacz|wstapi|wstepuj|powrot|powrac|wraca\b": 60.0,
        r"now(?:e|y|ych|i) (?:miast|czlonk)|kolejn\w* (?:now\w* )?miast|witamy": 50.0,
        r"liczy (?:juz )?\d{3}|\d{3} miast|miasta? czlonkowski": 60.0,
        r"czlonk(?:ow|ostw|ami|iem)|w poczet": 30.0,
        r"wg wojewodztw|lista (?:miast|czlonkow)|miasta czlonk": 60.0,
        r"zarzad\w* zmp|zarzad\w* zwiazk|posiedzeni\w* zarzad|zgromadzeni\w* ogoln": 25.0,
        r"o zwiazku|jak przystapic|dlaczego warto|zaproszenie|wspolprac": 20.0,
        r"aktualnosc|informacje prasowe|news|kategorie": 15.0,
        r"wystapi|opuszcz|rezygn": 25.0,
        r"szkoleni|webinar|konferencj|oferta pracy|przetarg|galeri|logowani": -25.0,
        r"polityka prywatnosci|cookies|rodo|kontakt": -25.0,
        r"felieton|na goraco|sport|kultur": -10.0,
    }

    def page_key(self, url: str) -> str:
        """An item is the same whatever leaf of its side list is shown beside it: ``?page=N`` is dropped there."""
        parts = urlsplit(url)
        if parts.query and _ITEM.match(parts.path):
            query = urlencode([(k, v) for k, v in parse_qsl(parts.query) if k not in {"page", "locale"}])
            url = urlunsplit(parts._replace(query=query))
        return super().page_key(url)
