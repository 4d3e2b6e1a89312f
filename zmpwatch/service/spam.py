"""Pages that advertise what no town sells: what a site shows that was broken into while its front page stays."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import unquote, urlsplit

from zmpwatch.model import Page
from zmpwatch.register.names import fold

__all__ = ["advertises"]

_TITLE = re.compile(rb"<title[^<>]*>([^<]{0,300})", re.IGNORECASE)
_TITLE_WITHIN = 32 << 10
_PARTS = re.compile(r"\s+[-–—|•»·]\s+|\s*[|•»·]\s*")
"""What divides the title of a page from the name of its site."""
_GOODS = re.compile(
    r"(?<![a-z])(?:kasyn(?:o|a|ach)|casinos?|bukmacher\w*|darmowe spiny|free spins?|slot machines?|online slots?"
    r"|sloty (?:online|za darmo)|automaty (?:do gier|online)|ruletka online|blackjack|jackpot|poker online|online poker"
    r"|betting|mostbet|1xbet|vulkan vegas|viagr[ay]|cialis|levitra|kamagr[ay]|payday loans?|chwilowki? (?:online|bez)"
    r"|escorts?|porno?|sex (?:cam|chat|shop)s?|onlyfans|replica watches)(?![a-z])"
)
"""In small letters without diacritics."""
_OF_A_TOWN = re.compile(
    r"\b(?:uchwal\w*|opini\w*|lokalizacj\w*|rad[ayzn]\w*|sesj\w*|gmin\w*|miast\w*|miejsk\w*|urzed\w*|urzad\w*|wojt\w*"
    r"|burmistrz\w*|konsultacj\w*|protok\w*|zezwole\w*|wniose?k\w*|obwieszczen\w*|uzalezni\w*|policj\w*|oszust\w*|uwaga"
    r"|ostrzez\w*|ostrzeg\w*)"
)
"""Councils give opinions on where a casino may stand, and the police warn of such advertisements."""


def advertises(page: Page) -> bool:
    """Whether the title or the address of a page offers games of chance, medicines, loans or the like.

    >>> from datetime import UTC, datetime
    >>> def of(url, title):
    ...     body = f"<html><title>{title}</title>".encode()
    ...     return Page(url, url, 200, {}, body, datetime(2025, 3, 1, tzinfo=UTC))
    >>> advertises(of("https://x.pl/a", "Najlepsze kasyno online 2025 - Urząd Gminy Lipniki"))
    True
    >>> advertises(of("https://x.pl/free-spins/", "Witaj"))
    True
    >>> advertises(of("https://x.pl/b", "Opinia o lokalizacji kasyna gry"))
    False
    """
    found = _TITLE.search(page.body, 0, _TITLE_WITHIN)
    title = unescape(found[1].decode("utf-8", "replace")) if found else ""
    parts = _PARTS.split(title)
    if any(map(_offers, parts)):
        return True
    slug = unquote(urlsplit(page.url).path).rstrip("/").rpartition("/")[2]
    # an address is short: where the title says what of a casino is told, it says more
    return _OF_A_TOWN.search(fold(parts[0].casefold())) is None and _offers(re.sub(r"[\W_]+", " ", slug))


def _offers(words: str) -> bool:
    folded = fold(words.casefold())
    return _GOODS.search(folded) is not None and _OF_A_TOWN.search(folded) is None
