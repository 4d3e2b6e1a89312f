"""AlfaTV's "System Rada" on rada.TOWN.pl: votes of a session under ``/glosowania/posiedzenie/{id}``."""

from __future__ import annotations

from zmpwatch.crawl.platform import Platform, Signs

__all__ = ["SYSTEM_RADA"]

SYSTEM_RADA = Platform(
    name="system_rada",
    title="System Rada (AlfaTV)",
    signs=Signs(
        footer=r"alfa\s?tv\b",
        markup=(r"system rada", r"/glosowania/posiedzenie/\d+"),
        links=r"^/(?:glosowania/posiedzenie/\d+|sklad-rady)",
    ),
    paths=("/glosowania",),
    worth={r"/glosowania/posiedzenie/": 10.0, r"/sklad-rady|/radny/|/transmisj": -30.0},
)
