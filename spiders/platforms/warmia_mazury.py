"""The bulletins of Warmia and Mazury: acts with their whole title in the address, ``/akty/N/uchwala-….html``."""

from __future__ import annotations

from zmpwatch.crawl.platform import Platform, Signs

__all__ = ["WARMIA_MAZURY"]

WARMIA_MAZURY = Platform(
    name="warmia_mazury",
    title="BIP Warmia i Mazury",
    signs=Signs(host=r"\.warmia\.mazury\.pl$", links=r"^/akty/\d+/[\w.-]+\.html"),
    worth={r"^/akty/\d+/": 4.0, r"/(?:historia|wersja)/": -40.0},
)
