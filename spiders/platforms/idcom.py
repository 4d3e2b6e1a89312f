"""IDcom.pl bulletins: ``/wiadomosci/{menu}/wiadomosc/{id}/{slug}``, the vendor named in the footer."""

from __future__ import annotations

from zmpwatch.crawl.platform import Platform, Signs

__all__ = ["IDCOM"]

IDCOM = Platform(
    name="idcom",
    title="IDcom.pl",
    signs=Signs(
        generator=r"idcom",
        markup=(r"idcom\.(?:pl|eu)", r"/wiadomosci/\d+/wiadomosc/\d+/"),
        links=r"^/wiadomosci/\d+/(?:wiadomosc|lista)/\d+",
    ),
    feeds=("/rss",),
    worth={r"/(?:drukuj|pdf|historia|wersja)/\d+|/statystyk": -40.0},
)
