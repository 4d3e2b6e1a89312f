"""Nefeni's bulletins on bip.net.pl: rendered by Next.js, leaves that nothing links, files on a host of their own."""

from __future__ import annotations

from zmpwatch.crawl.platform import Platform, Signs

__all__ = ["NEFENI"]

NEFENI = Platform(
    name="nefeni",
    title="Nefeni (bip.net.pl)",
    signs=Signs(
        footer=r"nefeni\b",
        markup=(r"/_next/static/", r"-api\.bip\.net\.pl/api/"),
        links=r"^/kategorie/\d+(?:-[\w-]+)?(?:/artykuly/\d+)?",
    ),
    # a list has no link to its next leaf; the leaf after the last one is empty
    leaves="page",
    lists=r"^/kategorie/\d+(?:-[\w-]+)?/?(?:\?|$)",
    hosts=("{label}-api.{rest}",),
    worth={r"/(?:historia|wersje|drukuj)(?:/|$)|[?&]lang=(?!PL)\w+": -40.0},
)
