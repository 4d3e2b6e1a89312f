"""The families of sites: the spiders of the ``spiders`` package, by name."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from types import ModuleType

from zmpwatch.crawl.sitespider import SiteSpider
from zmpwatch.errors import CrawlError

__all__ = ["MARKER", "check_spiders_package", "families", "find_family"]

MARKER = "ZMPWATCH_SPIDERS"
"""Constant by which our package is told from any other of that common name on ``sys.path``."""


def check_spiders_package(name: str = "spiders") -> ModuleType:
    """Import the package of spiders and make sure it is ours and not empty.

    Raises:
        CrawlError: there is none, it is another project's, or it holds no spider.
    """
    try:
        package = import_module(name)
    except ImportError as error:
        raise CrawlError(f"no package {name!r} of site families: {error}") from error
    place = getattr(package, "__file__", None) or list(getattr(package, "__path__", []))
    if getattr(package, MARKER, None) is None:
        raise CrawlError(f"the package {name!r} at {place} is not zmpwatch's: another one hides it on the Python path")
    if not _spiders_of(package):
        raise CrawlError(f"the package {name!r} at {place} holds no site family")
    return package


def _spiders_of(package: ModuleType) -> dict[str, type[SiteSpider]]:
    found: dict[str, type[SiteSpider]] = {}
    for module_info in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        if module_info.ispkg:  # what families share
            continue
        module = import_module(module_info.name)
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, SiteSpider) and value.__module__ == module.__name__:
                found[value.name] = value
    return found


def families() -> dict[str, type[SiteSpider]]:
    """Every family by name.

    Raises:
        CrawlError: see `check_spiders_package`.
    """
    return dict(sorted(_spiders_of(check_spiders_package()).items()))


def find_family(name: str) -> type[SiteSpider]:
    """The spider of a family.

    Raises:
        CrawlError: there is no such family; the message lists those there are.
    """
    known = families()
    if name not in known:
        raise CrawlError(f"no family {name!r} of sites; there are {', '.join(known)}")
    return known[name]
