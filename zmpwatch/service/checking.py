"""The use case `check`: is everything in order before a crawl?"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from zmpwatch.config import Config, load_config
from zmpwatch.crawl.families import check_spiders_package
from zmpwatch.errors import ReadError
from zmpwatch.plural import counted
from zmpwatch.register import load_register
from zmpwatch.service.catalogue import all_sites, unknown_hosts
from zmpwatch.service.opening import open_store
from zmpwatch.service.pagereading import ASSOCIATION_FAMILY

__all__ = ["CheckReport", "check", "load_for_running"]


@dataclass(slots=True)
class CheckReport:
    """What `check` found. `facts` are lines for the terminal; `problems` are empty when all is well."""

    facts: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def load_for_running(path: Path, env: Mapping[str, str] = os.environ) -> Config:
    """Load the configuration for a command that will send: addresses are tried for form, too.

    Raises:
        ConfigError: with every problem found; nothing may be run.
        CrawlError: the `spiders` package found is not ours.
    """
    from zmpwatch.alert.addresses import address_problem

    config = load_config(path, env, register=load_register(), check_address=address_problem)
    check_spiders_package()
    return config


def check(path: Path, env: Mapping[str, str] = os.environ, *, integrity: bool = False) -> CheckReport:
    """Validate configuration, database and archive; changes nothing but makes a database that is not there yet.

    With `integrity` the whole history is read: every row against the hash chain, every cited page in the archive.

    Raises:
        ConfigError: the configuration is wrong.
        CrawlError: the `spiders` package found is not ours.
        StoreError: the database can't be used.
    """
    config = load_for_running(path, env)
    report = CheckReport()
    added = f" and {counted(len(all_sites(config)) - len(config.sites), 'site')} of the catalogue"
    report.facts.append(
        f"{config.path}: {counted(len(config.sites), 'site')}{added if config.catalogue.enabled else ''}, "
        f"{counted(len(config.subscribers), 'subscriber')}"
    )
    report.facts += _misplaced(config)
    report.facts += [
        f"catalogue.moved: {host} is no host of the register; the line does nothing" for host in unknown_hosts(config)
    ]
    with open_store(config) as store:
        state = store.describe()
        report.facts.append(f"{state['database']}: {state['library']}, schema {state['schema']}")
        report.facts.append(f"journal mode {state['journal_mode']}: {state['reason']}")
        report.facts.append(f"archive {state['archive']}")
        report.facts += _document_facts()
        if integrity:
            found = store.verify()
            rows, pages = counted(found.rows, "row"), counted(found.archived, "archived page")
            report.facts.append(f"chain: {rows}, {pages}, head {found.head}")
            report.problems += found.problems
            if found.problems:
                report.facts.append("the first problem names the first bad row; docs/operating.md tells how to restore")
        else:
            report.problems += store.check()
    report.problems += _archive_problems(config)
    return report


def _misplaced(config: Config) -> list[str]:
    """Hosts of the association whose word would be taken for another's."""
    return [
        f"{site.name}: {host} is the association's own, and watched as {site.family}; is its family not association?"
        for site in config.sites
        if site.family != ASSOCIATION_FAMILY and config.association.owns(host := urlsplit(site.url).hostname or "")
    ]


def _document_facts() -> list[str]:
    """What documents can be read here, and what holds the processes that read them."""
    from zmpwatch.read.ocr import find_tesseract, why_no_ocr
    from zmpwatch.read.sandbox import confinement

    tesseract = find_tesseract()
    scans = (
        f"scans: read by tesseract {tesseract.version} with Polish"
        if tesseract
        else f"scans: not read, {why_no_ocr()}; they are counted as needs_ocr (apt-get install tesseract-ocr-pol)"
    )
    try:
        found = confinement()
    except ReadError as error:
        return [scans, f"documents: the process that reads them does not start: {error.reason}"]
    held = " and ".join(found["held"])
    if found["reached"]:
        return [scans, "documents: read in limited processes; nothing here keeps these from the network"]
    return [scans, f"documents: read in limited processes without network ({held})"]


def _archive_problems(config: Config) -> list[str]:
    folder = config.archive
    place = folder
    while not place.exists() and place != place.parent:
        place = place.parent
    return [] if os.access(place, os.W_OK) else [f"{folder}: the archive can't be written ({place} is read-only)"]
