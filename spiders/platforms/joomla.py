"""Joomla: addresses below index.php, feeds by format, leaves counted in items."""

from __future__ import annotations

from zmpwatch.crawl.platform import Platform, Signs

__all__ = ["JOOMLA"]

JOOMLA = Platform(
    name="joomla",
    title="Joomla",
    signs=Signs(
        generator=r"Joomla",
        markup=(
            r"/media/(?:jui|system|vendor)/(?:js|css)/",
            r"option(?<=[?&]option)=com_[a-z]+",  # begins with what is looked for fast
            r"/components/com_[a-z]+/",
        ),
        links=r"^/(?:index\.php/|[\w/-]*\d+-[\w-]+(?:\.html)?$)",
    ),
    feeds=("/?format=feed&type=rss", "/index.php?format=feed&type=rss"),
    search=(
        "/index.php?option=com_finder&view=search&q={query}",
        "/index.php?option=com_search&searchword={query}",
    ),
    worth={
        r"[?&]option=com_(?:users|mailto|banners|weblinks)|/component/(?:users|mailto)": -60.0,
        r"[?&](?:filter_order|limit=|fontstyle|template=)": -30.0,
    },
)
