"""Bulletins on ASP.NET: ``Default.aspx?Page=N&Id=M`` and ``….asp?soid=…``."""

from __future__ import annotations

from zmpwatch.crawl.platform import Platform, Signs

__all__ = ["WEBFORMS"]

WEBFORMS = Platform(
    name="webforms",
    title="ASP.NET",
    signs=Signs(
        header=r"^x-aspnet(?:mvc)?-version:",
        markup=(r"__viewstate\"", r"__dopostback\("),
        links=r"^/[\w/-]*\.aspx?\?(?:Page|Id|soid|k)=",
    ),
    worth={r"[?&](?:print|drukuj)=": -40.0},
)
