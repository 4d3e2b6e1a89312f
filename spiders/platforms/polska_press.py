"""Polska Press (naszemiasto.pl and its papers): articles as ``/slug/ar/c1-N``."""

from __future__ import annotations

from zmpwatch.crawl.platform import Platform, Signs

__all__ = ["POLSKA_PRESS"]

POLSKA_PRESS = Platform(
    name="polska_press",
    title="Polska Press",
    signs=Signs(host=r"(?:^|\.)naszemiasto\.pl$", links=r"/ar/c\d+-\d+$"),
    feeds=("/rss/artykuly/1.xml", "/rss"),
    worth={r"/ar/c\d+-\d+": 3.0, r"/(?:galeria|zdjecie|quiz|ogloszenia|pogoda|nekrologi)/": -40.0},
)
