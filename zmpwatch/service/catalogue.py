"""Which sites are watched: those of the configuration, and the register's where the catalogue is on."""

from __future__ import annotations

from urllib.parse import urlsplit

from zmpwatch.config import Config
from zmpwatch.model import Site
from zmpwatch.register import load_register

__all__ = ["all_sites"]


def all_sites(config: Config) -> tuple[Site, ...]:
    """The configured sites and, where the catalogue is on, the web site and BIP of every municipality.

    A municipality whose web site (or BIP) is configured by hand is not added a second time.
    """
    if not config.catalogue.enabled:
        return config.sites
    register = load_register()
    hosts = {_host(site.url) for site in config.sites}
    names = {site.name for site in config.sites}
    sites = list(config.sites)
    for municipality in register:
        if config.catalogue.voivodeships and municipality.voivodeship not in config.catalogue.voivodeships:
            continue
        websites = register.websites(municipality)
        for family, host in (("municipal", websites.www), ("bip", websites.bip)):
            if not host or _host(f"https://{host}/") in hosts:
                continue
            name = host.removeprefix("www.")
            if name in names:
                name = f"{name} {municipality.teryt}"
            hosts.add(_host(f"https://{host}/"))
            names.add(name)
            sites.append(Site(name, family, f"https://{host}/", municipality.teryt, every=config.catalogue.every))
    return tuple(sites)


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")
