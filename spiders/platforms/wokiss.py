"""WOKISS (Wielkopolska): ``/GMINA/bip/…html`` on the bulletin's own host or on bip2.wokiss.pl."""

from __future__ import annotations

from zmpwatch.crawl.platform import Platform, Signs

__all__ = ["WOKISS"]

WOKISS = Platform(
    name="wokiss",
    title="WOKISS",
    signs=Signs(
        host=r"(?:^|\.)wokiss\.pl$",
        footer=r"wokiss\b",
        links=r"^/[\w-]+/bip/[\w/,-]+\.html",
    ),
    worth={r"/(?:drukuj|wersje|rejestr-odwiedzin)[\w-]*\.html": -40.0},
)
