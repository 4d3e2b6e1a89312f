"""Drupal: nodes and taxonomy terms by number; ``page`` counts leaves from 0; its own robots.txt closes the search."""

from __future__ import annotations

from zmpwatch.crawl.platform import Platform, Signs

__all__ = ["DRUPAL"]

DRUPAL = Platform(
    name="drupal",
    title="Drupal",
    signs=Signs(
        generator=r"^Drupal",
        header=r"^x-generator: drupal|^x-drupal-(?:cache|dynamic-cache):",
        markup=(r"/sites/(?:default|all)/(?:files|themes|modules)/", r"data-drupal-|drupal\.?settings"),
        links=r"^/(?:pl/)?(?:node/\d+|taxonomy/term/\d+)",
    ),
    feeds=("/rss.xml",),
    sitemaps=("/sitemap.xml",),
    search=("/search/node?keys={query}",),
    worth={r"/user(?:/|$)|/comment/|/filter/tips|/print/": -60.0, r"/taxonomy/term/": -2.0},
)
