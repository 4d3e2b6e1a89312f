"""From a configuration to the parts that the use cases work with."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import urlsplit

from zmpwatch.config import Config
from zmpwatch.crawl.plan import CrawlSettings
from zmpwatch.errors import ConfigError
from zmpwatch.judge import CaseRules, CountRules, HealthRules
from zmpwatch.model import Site
from zmpwatch.register import Register
from zmpwatch.service.judging import Judge

__all__ = ["chosen_sites", "crawl_settings", "judge_of", "local_addresses"]


def judge_of(config: Config, register: Register) -> Judge:
    """The rules of judgement with the operator's numbers in them."""
    return Judge(
        association=config.association,
        register=register,
        count_rules=CountRules(
            confirmations=config.crawl.confirmations,
            confirm_after=config.crawl.confirm_after,
            zone=config.timezone,
        ),
        case_rules=CaseRules(zone=config.timezone),
        health_rules=HealthRules(),
    )


def crawl_settings(config: Config, sites: tuple[Site, ...]) -> CrawlSettings:
    """Bounds of every visit.

    Only an address that is itself written in the configuration may lie on loopback or a private network. A name may
    not: a lapsed or rebound domain could lead the crawler to any machine of the operator's network.
    """
    crawl = config.crawl
    return CrawlSettings(
        user_agent=crawl.user_agent,
        delay=crawl.delay,
        concurrent_sites=crawl.concurrent_sites,
        per_address=crawl.requests_per_address,
        requests_per_visit=crawl.requests_per_visit,
        pages_per_visit=crawl.pages_per_visit,
        bytes_per_visit=crawl.bytes_per_visit,
        seconds_per_visit=crawl.seconds_per_visit,
        errors_per_visit=crawl.errors_per_visit,
        watched_pages=crawl.watched_pages,
        pending_links=crawl.pending_links,
        max_depth=crawl.max_depth,
        max_redirects=crawl.max_redirects,
        max_links=crawl.max_links,
        max_html_bytes=crawl.max_page_size,
        max_document_bytes=crawl.max_document_size,
        full_fetch_after=crawl.full_fetch_after,
        timeout=crawl.timeout,
        dns_timeout=crawl.dns_timeout,
        allowed_private=local_addresses(sites),
    )


def local_addresses(sites: Iterable[Site]) -> frozenset[str]:
    """`host:port` of the sites that are written as an IP address or as this machine's own name."""
    return frozenset(filter(None, (_local(url) for site in sites for url in (site.url, *site.start_urls))))


def _local(url: str) -> str | None:
    """`host:port` of a URL whose host is an IP address or this machine's own name; None for all others."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    try:
        ip_address(host)
    except ValueError:
        if host != "localhost" and not host.endswith(".localhost"):
            return None
    return parts.netloc.rpartition("@")[2]


def chosen_sites(sites: tuple[Site, ...], wanted: list[str]) -> tuple[Site, ...]:
    """The sites named on the command line, in that order; all when none is named.

    Raises:
        ConfigError: a name is no site's; the message has the nearest.
    """
    if not wanted:
        return sites
    by_name = {site.name: site for site in sites}
    missing = [name for name in wanted if name not in by_name]
    if missing:
        from difflib import get_close_matches

        near = get_close_matches(missing[0], by_name, n=1)
        hint = f" (did you mean {near[0]}?)" if near else f"; there are: {', '.join(list(by_name)[:20])}"
        raise ConfigError(f"no site is called {missing[0]!r}{hint}")
    return tuple(by_name[name] for name in dict.fromkeys(wanted))
