"""The use case `sites list`: what is watched, how often, and how the last visits ended."""

from __future__ import annotations

from typing import Any

from zmpwatch.config import Config
from zmpwatch.register import load_register
from zmpwatch.service.catalogue import all_sites
from zmpwatch.service.moving import move_json
from zmpwatch.service.opening import Store

__all__ = ["list_sites"]


def list_sites(config: Config, store: Store | None, *, family: str | None = None) -> list[dict[str, Any]]:
    """Every site of the configuration, then those of the catalogue where it is on; one object a site.

    Args:
        config: the configuration.
        store: where the last verdicts are; None before the first crawl.
        family: only sites of this family.
    """
    last = store.last_visits() if store is not None else {}
    configured = {site.name for site in config.sites}
    register = load_register()
    moves = store.site_moves() if store is not None else {}
    platforms = store.platforms() if store is not None else {}
    rows = []
    for site in all_sites(config):
        if family is not None and site.family != family:
            continue
        municipality = register.get(site.municipality) if site.municipality else None
        visit = last.get(site.name)
        rows.append(
            {
                "site": site.name,
                "family": site.family,
                "url": site.url,
                "every": site.every or site.cron,
                "teryt": site.municipality,
                "municipality": municipality.name if municipality else None,
                "voivodeship": municipality.voivodeship if municipality else None,
                "from": "config" if site.name in configured else "catalogue",
                "platform": platform.name if (platform := platforms.get(site.name)) is not None else None,
                "verdict": str(visit.verdict) if visit is not None else None,
                "last_visit": visit.started.isoformat() if visit is not None else None,
                "moved": move_json(site, moves.get(site.name), configured=site.name in configured),
            }
        )
    return rows
