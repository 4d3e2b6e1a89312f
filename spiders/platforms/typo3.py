"""TYPO3: ``index.php?id=N`` or spoken paths; its news extension lists by ``tx_news``."""

from __future__ import annotations

from zmpwatch.crawl.platform import Platform, Signs

__all__ = ["TYPO3"]

TYPO3 = Platform(
    name="typo3",
    title="TYPO3",
    signs=Signs(generator=r"TYPO3", markup=(r"/typo3(?:conf|temp)/", r"tx_[a-z]+(?:_pi\d|\[)")),
    sitemaps=("/sitemap.xml",),
    worth={r"tx_(?:felogin|indexedsearch)|&type=98": -40.0},
)
