"""WordPress: dated or numbered addresses, feeds everywhere, its own sitemap since version 5.5."""

from __future__ import annotations

from zmpwatch.crawl.platform import Platform, Signs

__all__ = ["WORDPRESS"]

WORDPRESS = Platform(
    name="wordpress",
    title="WordPress",
    signs=Signs(
        generator=r"^WordPress",
        header=r"^link:.*wp-json|^x-pingback:.*xmlrpc\.php",
        markup=(r"/wp-content/(?:themes|plugins|uploads)/", r"/wp-includes/", r"api\.w\.org/"),
        links=r"^/(?:\?p=\d+|20\d\d/\d\d/)",
    ),
    feeds=("/feed/",),
    sitemaps=("/wp-sitemap.xml", "/sitemap_index.xml"),
    search=("/?s={query}",),
    worth={
        # who wrote, how to log in, machine interfaces, comments
        r"/author/|/wp-(?:login|admin|json)|xmlrpc\.php|replytocom=|/comments/|\?attachment_id=|/attachment/": -60.0,
        r"/(?:tag|category)/": -2.0,
        r"^/20\d\d/(?:\d\d/)?(?:\d\d/)?$": -6.0,
    },
)
