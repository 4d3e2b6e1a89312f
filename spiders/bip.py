"""Public information bulletins (BIP): registers of resolutions, sessions, minutes, attachments."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import ClassVar

from spiders.platforms import BULLETINS
from zmpwatch.crawl.platform import Platform
from zmpwatch.crawl.scoring import is_attachment
from zmpwatch.crawl.sitespider import SiteSpider

__all__ = ["BipSpider"]

_VIEW = re.compile(
    r"[/=](?:drukuj|wydruk\w*|print|metryka|historia|porownaj\w*|polec\w*)(?:[/?&,.]|$)|/wersja/\d+$", re.IGNORECASE
)
"""Another view of a page, linked beside it on each: to print, to recommend, what it said before."""


class BipSpider(SiteSpider):
    """From the menu to the council, its resolutions and drafts, and down to the file behind a resolution."""

    name = "bip"
    feeds = ("/rss", "/rss.xml")
    search = True
    platforms: ClassVar[tuple[Platform, ...]] = BULLETINS
    threshold = 8.0
    recency = 8.0
    pagination = 14.0
    documents = 20.0
    terms: ClassVar[Mapping[str, float]] = {
        r"przystap|wystapi\w* ze? |czlonkostw|przynalezn|akces\b": 45.0,
        r"w zwiazkach|stowarzyszen|zwiazk(?:i|u|ow|ach) (?:miedzygminn|miast|komunaln)|organizacj\w* samorzad": 25.0,
        r"rejestr\w* uchwal|uchwal\w* rady|uchwal": 25.0,
        r"projekt\w* uchwal": 22.0,
        r"rad[aey] (?:miejsk|miast|gmin)|sesj[aeiy]|posiedzen|porzadek obrad|wyniki glosowan|glosowani": 18.0,
        r"protokol": 16.0,
        # the subject of a single act is told: what it is worth, other words say
        r"w sprawie\b|zmieniajac\w* uchwal": -45.0,
        r"organ\w* gmin|wladze|organy": 8.0,
        r"mapa (?:strony|serwisu|biuletynu)|spis tresci": 10.0,
        r"prawo lokalne|akty prawne|(?:baza|zbior|rejestr)\w* aktow|prawo miejscowe|(?:rejestr|dziennik) zmian"
        r"|ostatnio (?:dodane|zmienione)|aktualnosci": 14.0,
        r"kadencj": 12.0,
        r"20(?:1\d|2\d)": 4.0,
        r"zarzadzeni|oswiadczeni\w* majatkow|przetarg|zamowien|nabor|obwieszczeni|srodowisk|petycj|kontrol": -20.0,
        r"budzet|wpf|plan\w* (?:miejscow|zagospodarowan)|podatk|opla[tc]|studium": -12.0,
        r"statystyk|licznik|redakcj|instrukcj|logowan": -30.0,
        r"polityka prywatnosci|rodo|deklaracja dostepnosci": -30.0,
    }

    def promise(self, url: str, anchor: str, context: str, rel: str) -> float:
        """Attachments carry the resolution itself, and the words that tell stand beside the link."""
        score = super().promise(url, anchor, context, rel)
        if _VIEW.search(url):
            return score - 40.0
        if is_attachment(url):
            score += 0.7 * self.scorer.text(context)
        return score

    def heir(self, url: str) -> float:
        """The page of a resolution is often one line with a file: the file is what the page promised."""
        return 0.8 if is_attachment(url) else super().heir(url)
