"""Families of sites, one module each: where their pages are and what is worth following. A site itself is data."""

ZMPWATCH_SPIDERS = "zmpwatch"
"""Tells this package from others of its name; see `zmpwatch.crawl.families`."""
