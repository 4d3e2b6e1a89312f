"""Cases of a family: a saved page, its headers, and which of its links must be followed and which left.

A folder holds ``page.html`` (bytes as they came), ``headers.json`` (``url`` and response headers, names in lower case)
and ``expected.json`` (``follow`` and ``leave``: addresses as they stand in the page; ``platform``: what it runs on).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from zmpwatch.crawl.platform import Evidence, Recognised, recognise
from zmpwatch.crawl.scoring import LinkScorer, is_document
from zmpwatch.crawl.sitespider import SiteSpider
from zmpwatch.errors import CrawlError
from zmpwatch.model import Association
from zmpwatch.read import page_links

__all__ = ["Case", "Weighed", "check_case", "read_case", "weigh"]


@dataclass(frozen=True, slots=True)
class Case:
    """One folder, read."""

    folder: Path
    url: str
    body: bytes
    headers: Mapping[str, str]
    expected: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a family makes of a page: each link's promise, and those high enough to be followed."""

    promises: Mapping[str, float]
    followed: frozenset[str]
    recognised: Recognised | None


def read_case(folder: Path) -> Case:
    """Read a case folder.

    Raises:
        CrawlError: a file is missing or is no JSON.
    """
    try:
        headers = json.loads((folder / "headers.json").read_text(encoding="utf-8"))
        expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
        return Case(folder, headers.pop("url"), (folder / "page.html").read_bytes(), headers, expected)
    except (OSError, ValueError, KeyError) as error:
        raise CrawlError(f"{folder}: no case of a family: {type(error).__name__}: {error}") from error


def weigh(family: type[SiteSpider], case: Case, association: Association) -> Weighed:
    """What the links of a saved page promise to a family, without crawling.

    Raises:
        ReadError: the page gives no markup.
    """
    spider = family(url=case.url)
    spider.scorer = LinkScorer(association, family.terms)
    found = page_links(case.body, url=case.url, headers=case.headers)
    links = tuple(link.url for link in found.links)
    recognised = recognise(family.platforms, Evidence(case.url, case.body.decode("latin-1"), case.headers, links))
    promises = {
        link.url: spider.promise(link.url, link.anchor, link.context, link.rel)
        + (recognised.platform.promise(link.url) if recognised else 0.0)
        for link in found.links
    }
    followed = frozenset(
        url
        for url, promise in promises.items()
        if promise >= (family.documents if is_document(url) else family.threshold)
    )
    return Weighed(promises, followed, recognised)


def check_case(family: type[SiteSpider], case: Case, association: Association) -> list[str]:
    """What is wrong with a family by a case, in lines for the person who writes it; empty when all is as expected."""
    weighed = weigh(family, case, association)
    follow = [urljoin(case.url, url) for url in case.expected.get("follow", ())]
    leave = [urljoin(case.url, url) for url in case.expected.get("leave", ())]
    place = case.folder / "expected.json"
    if not follow:
        ranked = sorted(weighed.promises.items(), key=lambda item: -item[1])
        return [
            f"{place}: name under follow which links of the page lead to news of the association, and under leave",
            "which do not; these are its links, with what they promise to the family now:",
            *(f"{promise:8.1f}  {url}" for url, promise in ranked),
        ]
    problems = [
        f"{url}: stands in {place}, but not in the page" for url in (*follow, *leave) if url not in weighed.promises
    ]
    problems += [
        f"{url}: promises {weighed.promises[url]:.1f}, and should be followed (from {family.threshold:g} on)"
        for url in follow
        if url in weighed.promises and url not in weighed.followed
    ]
    problems += [
        f"{url}: promises {weighed.promises[url]:.1f}, and should be left" for url in leave if url in weighed.followed
    ]
    if "platform" in case.expected:
        told = weighed.recognised.platform.name if weighed.recognised else None
        if told != case.expected["platform"]:
            problems.append(f"{case.folder}: runs on {case.expected['platform']}, was taken for {told}")
    return problems
