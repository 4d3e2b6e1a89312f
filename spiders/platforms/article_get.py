"""Bulletins with ``/Article/get/id,N.html``: the file behind ``/Download/get/id,N.html`` is an office document."""

from __future__ import annotations

from zmpwatch.crawl.platform import Platform, Signs

__all__ = ["ARTICLE_GET"]

ARTICLE_GET = Platform(
    name="article_get",
    title="BIP with /Article/get",
    signs=Signs(
        markup=(r"/article/(?:get|index)/id,\d+", r"/download/get/id,\d+"), links=r"/Article/(?:get|index)/id,\d+"
    ),
    worth={r"/Article/(?:print|history)/": -40.0},
)
