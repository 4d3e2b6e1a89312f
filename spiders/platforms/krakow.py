"""Kraków's bulletin: documents by number; ``vReg=1`` shows the versions of the same one."""

from __future__ import annotations

from zmpwatch.crawl.platform import Platform, Signs

__all__ = ["KRAKOW"]

KRAKOW = Platform(
    name="krakow",
    title="BIP Kraków",
    signs=Signs(host=r"^(?:www\.)?bip\.krakow\.pl$", links=r"[?&](?:sub_)?dok_id=\d+"),
    worth={r"[?&]vReg=1": -80.0},
)
