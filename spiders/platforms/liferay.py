"""Liferay: friendly addresses after ``/-/``, leaves as ``…_cur=N``, portlet actions that change nothing we read."""

from __future__ import annotations

from zmpwatch.crawl.platform import Platform, Signs

__all__ = ["LIFERAY"]

LIFERAY = Platform(
    name="liferay",
    title="Liferay",
    signs=Signs(
        generator=r"Liferay",
        header=r"^liferay-portal:",
        cookie=r"\b(?:GUEST_LANGUAGE_ID|COOKIE_SUPPORT|LFR_SESSION_STATE_\d+)=",
        markup=(r"liferay\.(?:themedisplay|portlet|on|util)\b", r"portlet-(?:boundary|body|content)\b"),
        links=r"/-/(?:asset_publisher/|[\w%-]+)|^/web/[\w-]+/",
    ),
    sitemaps=("/sitemap.xml",),
    search=("/search?q={query}",),
    worth={
        r"/-/(?:asset_publisher/\w+/content/)?[\w%-]+": 3.0,
        r"p_p_lifecycle=[12]|p_p_state=(?:pop_up|exclusive)|/c/portal/|/login|_struts_action=": -60.0,
    },
)
