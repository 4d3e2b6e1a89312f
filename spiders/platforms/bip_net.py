"""The older engine of bip.net.pl, there and on hosts of towns: ``?c=N`` is a category, ``?a=N`` an article."""

from __future__ import annotations

from zmpwatch.crawl.platform import Platform, Signs

__all__ = ["BIP_NET"]

BIP_NET = Platform(
    name="bip_net",
    title="bip.net.pl",
    signs=Signs(
        host=r"(?:^|\.)archiwum\.bip\.net\.pl$",
        markup=(r"bip\.net\.pl", r"\?(?:a|c)=\d+\""),
        links=r"^/(?:index\.php)?\?(?:a|c)=\d+|^/[ac]\d+\.html",
    ),
    # a print view, the versions of an article and its statistics are the article again
    worth={r"[?&](?:print|wersja|ver|stat|zmiany)=\d*": -40.0},
)
