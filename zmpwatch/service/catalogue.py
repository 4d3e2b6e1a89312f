"""Which sites are watched: those of the configuration, and the register's where the catalogue is on."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from zmpwatch.config import Config
from zmpwatch.model import Municipality, Site
from zmpwatch.register import Register, load_register

__all__ = ["all_sites", "register_host", "unknown_hosts"]


def all_sites(config: Config) -> tuple[Site, ...]:
    """The configured sites and, where the catalogue is on, the web site and BIP of every municipality.

    A municipality whose web site (or BIP) is configured by hand is not added a second time. A host that has moved is
    visited where it is now (`catalogue.moved`), under the name it had, so that its history goes on; several may have
    moved into folders of one host.
    """
    if not config.catalogue.enabled:
        return config.sites
    register = load_register()
    places = {place(site.url) for site in config.sites for place in (_host, _place)}
    names = {site.name for site in config.sites}
    sites = list(config.sites)
    for municipality in register:
        if config.catalogue.voivodeships and municipality.voivodeship not in config.catalogue.voivodeships:
            continue
        for family, host in _hosts(register, municipality):
            url = _moved(config, host)
            if url is None:
                continue
            name = host.removeprefix("www.")
            # the register holds bare names of hosts: most of what costs time here is taking addresses apart
            place = name if url == _home(host) else _place(url)
            if place in places or name in places:
                continue
            if name in names:
                name = f"{name} {municipality.teryt}"
            places.add(place)
            names.add(name)
            sites.append(Site(name, family, url, municipality.teryt, every=config.catalogue.every))
    return tuple(sites)


def register_host(site: Site) -> str | None:
    """The host the register has for a site of the catalogue: what `catalogue.moved` calls it; None for all others."""
    register = load_register()
    municipality = register.get(site.municipality) if site.municipality else None
    if municipality is None:
        return None
    named = (host for _, host in _hosts(register, municipality))
    return next((host for host in named if site.name.split(" ")[0] == host.removeprefix("www.")), None)


def unknown_hosts(config: Config) -> tuple[str, ...]:
    """Hosts under `catalogue.moved` that the register does not have: such a line does nothing."""
    register = load_register()
    known = {host.removeprefix("www.") for municipality in register for _, host in _hosts(register, municipality)}
    return tuple(host for host in config.catalogue.moved if host.removeprefix("www.") not in known)


def _hosts(register: Register, municipality: Municipality) -> Iterator[tuple[str, str]]:
    websites = register.websites(municipality)
    for family, host in (("municipal", websites.www), ("bip", websites.bip)):
        if host:
            yield family, host


def _moved(config: Config, host: str) -> str | None:
    """Where a host of the register is now: with or without ``www.`` it is the same one."""
    moved = config.catalogue.moved
    for spelling in (host, host.removeprefix("www."), f"www.{host}"):
        if spelling in moved:
            return moved[spelling]
    return _home(host)


def _home(host: str) -> str:
    return f"https://{host}/"


def _host(url: str) -> str:
    """Host and port: what tells one site from another, where each has a host of its own."""
    parts = urlsplit(url)
    port = parts.port
    return (parts.hostname or "").removeprefix("www.") + (f":{port}" if port else "")


def _place(url: str) -> str:
    """Host and port, and the folder of a site that shares its host with others."""
    return _host(url) + urlsplit(url).path.rstrip("/")
