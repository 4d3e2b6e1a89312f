"""The use case `sites new-family`: a module, a saved page and a test that fails until it is told what is expected."""

from __future__ import annotations

import asyncio
import json
import keyword
import re
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from string import Template
from urllib.parse import urlsplit

from zmpwatch.config import DEFAULT_USER_AGENT, Config
from zmpwatch.crawl.plan import CrawlSettings
from zmpwatch.crawl.probe import probe_site
from zmpwatch.errors import ConfigError, CrawlError
from zmpwatch.model import Page, Site
from zmpwatch.register import load_association
from zmpwatch.service.wiring import crawl_settings, local_addresses

__all__ = ["make_family"]

_NAME = re.compile(r"[a-z][a-z0-9_]{1,40}")
_MARK = "ZMPWATCH_SPIDERS"
_KEPT_HEADERS = ("content-type", "link", "x-generator", "liferay-portal", "x-aspnet-version", "content-language")


def make_family(
    folder: Path, name: str, url: str, config: Config | None = None, *, saved: Path | None = None
) -> tuple[Path, ...]:
    """Write the files of a new family; the last one is its test.

    Args:
        folder: the checkout, with ``spiders/``.
        name: of the family, and of its module.
        url: the page of the case; fetched as a probe fetches, unless it is `saved` already.
        config: names the user agent and the time-outs of the fetch; usual ones without.
        saved: the page as a file.

    Raises:
        ConfigError: the name is no module's or taken, or the folder is no checkout.
        CrawlError: the page could not be fetched.
    """
    if not _NAME.fullmatch(name) or keyword.iskeyword(name) or name in {"platforms", "site", "probe"}:
        raise ConfigError(f"{name!r} can't name a family: small letters, digits and _ make a Python module")
    package = folder / "spiders" / "__init__.py"
    if not package.is_file() or _MARK not in package.read_text(encoding="utf-8"):
        raise ConfigError(f"{folder.resolve()}: no checkout of zmpwatch: there is no spiders/ of its own")
    case = folder / "tests" / "spiders" / "families" / name
    module, test = folder / "spiders" / f"{name}.py", folder / "tests" / "spiders" / f"test_{name}_family.py"
    for path in (module, test, case):
        if path.exists():
            raise ConfigError(f"{path}: is there already; nothing was written")
    body, headers = (saved.read_bytes(), {}) if saved is not None else _fetched(url, config)
    words = {
        "name": name,
        "class_name": "".join(part.capitalize() for part in name.split("_")) + "Spider",
        "host": urlsplit(url).hostname or url,
    }
    templates = files("zmpwatch.service") / "familytemplates"
    written = {
        module: Template((templates / "family.py.txt").read_text(encoding="utf-8")).substitute(words).encode(),
        case / "page.html": body,
        case / "headers.json": _json({"url": url, **headers}),
        case / "expected.json": _json({"follow": [], "leave": []}),
        test: Template((templates / "test_family.py.txt").read_text(encoding="utf-8")).substitute(words).encode(),
    }
    for path, content in written.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return tuple(written)


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _fetched(url: str, config: Config | None) -> tuple[bytes, dict[str, str]]:
    site = Site("page", "probe", url)
    settings = (
        crawl_settings(config, (site,))
        if config is not None
        else CrawlSettings(user_agent=DEFAULT_USER_AGENT, allowed_private=local_addresses((site,)))
    )
    association = config.association if config is not None else load_association("zmp")
    findings = asyncio.run(probe_site(url, association, settings, lambda: datetime.now(UTC), only_home=True))
    page: Page | None = findings.home
    if page is None:
        failures = findings.report.failures if findings.report else []
        raise CrawlError(f"{url}: not fetched: {'; '.join(f'{f.kind}: {f.detail}' for f in failures) or 'no answer'}")
    return page.body, {key: page.headers[key] for key in _KEPT_HEADERS if key in page.headers}
