"""Whole web sites of towns that do not exist, one a platform: many pages, and few of them speak of the association.

Each is built as its platform builds sites (addresses, lists, leaves, feeds, search), with names and news made up here.
`Portal.wanted` are the pages that must be found.
"""

from __future__ import annotations

from portals import bulletins, odd, others, towns
from portals.building import Build, Portal, answering

__all__ = ["SITES", "Build", "Portal", "answering"]

SITES: dict[str, tuple[str, Build]] = {
    "wordpress": ("municipal", towns.wordpress),
    "wordpress_without_search": ("municipal", towns.wordpress_without_search),
    "joomla": ("municipal", towns.joomla),
    "drupal": ("municipal", towns.drupal),
    "liferay": ("municipal", towns.liferay),
    "homemade_cp1250": ("municipal", towns.homemade_cp1250),
    "homemade_opaque": ("municipal", towns.homemade_opaque),
    "homemade_dated": ("municipal", towns.homemade_dated),
    "idcom": ("bip", bulletins.idcom),
    "nefeni": ("bip", bulletins.nefeni),
    "bip_net": ("bip", bulletins.bip_net),
    "wokiss": ("bip", bulletins.wokiss),
    "esesja": ("bip", bulletins.esesja),
    "generic_bip": ("bip", bulletins.generic_bip),
    "article_get": ("bip", bulletins.article_get),
    "samorzady": ("bip", bulletins.samorzady),
    "frames": ("municipal", odd.frames),
    "big_sitemap": ("municipal", odd.big_sitemap),
    "packed_sitemap": ("municipal", odd.packed_sitemap),
    "attributes": ("municipal", odd.attributes),
    "minutes": ("municipal", odd.minutes),
    "year_tree": ("bip", odd.year_tree),
    "tags_and_archives": ("press", odd.tags_and_archives),
    "association": ("association", others.association),
    "press": ("press", others.press),
}
