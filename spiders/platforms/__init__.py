"""What sites run on, one description each: content management systems of portals, vendors of bulletins."""

from __future__ import annotations

from spiders.platforms.article_get import ARTICLE_GET
from spiders.platforms.bip_net import BIP_NET
from spiders.platforms.drupal import DRUPAL
from spiders.platforms.esesja import ESESJA
from spiders.platforms.idcom import IDCOM
from spiders.platforms.joomla import JOOMLA
from spiders.platforms.krakow import KRAKOW
from spiders.platforms.liferay import LIFERAY
from spiders.platforms.nefeni import NEFENI
from spiders.platforms.polska_press import POLSKA_PRESS
from spiders.platforms.posiedzenia import POSIEDZENIA
from spiders.platforms.samorzady import SAMORZADY
from spiders.platforms.system_rada import SYSTEM_RADA
from spiders.platforms.typo3 import TYPO3
from spiders.platforms.warmia_mazury import WARMIA_MAZURY
from spiders.platforms.webforms import WEBFORMS
from spiders.platforms.wokiss import WOKISS
from spiders.platforms.wordpress import WORDPRESS

__all__ = ["BULLETINS", "PORTALS", "PRESS"]

PORTALS = (WORDPRESS, JOOMLA, DRUPAL, LIFERAY, TYPO3)
"""Systems of portals; towns, bulletins and the press use them all."""

BULLETINS = (
    ESESJA,
    POSIEDZENIA,
    NEFENI,
    BIP_NET,
    IDCOM,
    SAMORZADY,
    WOKISS,
    SYSTEM_RADA,
    WARMIA_MAZURY,
    KRAKOW,
    ARTICLE_GET,
    WEBFORMS,
    *PORTALS,
)
"""Vendors of bulletins and council systems, the most particular first."""

PRESS = (POLSKA_PRESS, *PORTALS)
"""Systems of local press."""
