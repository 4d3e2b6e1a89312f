"""Bulletins and portals on samorzady.pl."""

from __future__ import annotations

from zmpwatch.crawl.platform import Platform, Signs

__all__ = ["SAMORZADY"]

SAMORZADY = Platform(
    name="samorzady",
    title="samorzady.pl",
    signs=Signs(
        host=r"(?:^|\.)samorzady\.pl$",
        markup=(r"samorzady\.pl[/\"]", r"samorzady\.pl</a>"),
    ),
    worth={r"/(?:statystyk\w*|licznik|drukuj|historia)(?:[/?.]|$)": -40.0},
)
