"""The sites of the replica as files: ``pages/<site>/site.yaml`` beside its templates and attachments.

`site.yaml` names the site, says how its server behaves (encoding, validators, robots.txt, maintenance) and lists its
addresses. Templates are Jinja2; they see `moment` (0 or 1), `now`, `urls` (site name to base URL), `path`, `site`,
`turn` and the mapping `data` of their site.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from jinja2 import Environment, PackageLoader, StrictUndefined

__all__ = ["MOMENTS", "WARSAW", "PageSource", "Rendered", "SiteSource", "load_sites", "render"]

WARSAW = ZoneInfo("Europe/Warsaw")

MOMENTS = (datetime(2025, 2, 20, 8, 0, tzinfo=WARSAW), datetime(2025, 3, 6, 9, 30, tzinfo=WARSAW))
"""The dates the replica can show: before the change and after it."""

_PACKAGE = "zmpwatch.service.replica"
_TYPES = {
    "html": "text/html",
    "xml": "application/xml",
    "rss": "application/rss+xml",
    "txt": "text/plain",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_BINARY = {"pdf", "docx"}
_DAYS = ("poniedziałek", "wtorek", "środa", "czwartek", "piątek", "sobota", "niedziela")
_MONTHS = (
    *("stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca"),
    *("lipca", "sierpnia", "września", "października", "listopada", "grudnia"),
)


@dataclass(frozen=True, slots=True)
class PageSource:
    """One address of a site.

    `file` is a template or, for documents, the bytes themselves; `redirect` an address to go to instead. `since` is the
    first moment at which the address exists. `dynamic` pages differ at every request and carry no validators.
    """

    file: str | None = None
    redirect: str | None = None
    since: int = 0
    dynamic: bool = False


@dataclass(frozen=True, slots=True)
class SiteSource:
    """A site and how its server behaves.

    `encoding` is that of the bytes; `declare_charset` says whether the Content-Type header names it too. `modified` is
    when its pages were last changed at moment 0, `changed` when those that differ at moment 1 were. From the moment
    `maintenance` on every page answers 503. ``{base}`` in `robots` is the site's own address.
    """

    folder: str
    name: str
    title: str
    family: str
    modified: datetime
    changed: datetime
    pages: Mapping[str, PageSource]
    municipality: str | None = None
    expect_members: tuple[int, int] | None = None
    encoding: str = "utf-8"
    declare_charset: bool = True
    server: str = "Apache"
    robots: str = "User-agent: *\nDisallow:\n"
    maintenance: int | None = None
    data: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for path, page in self.pages.items():
            if not path.startswith("/") or (page.file is None) == (page.redirect is None):
                raise ValueError(f"{self.folder}: {path!r} needs either a file or a redirect")


@dataclass(frozen=True, slots=True)
class Rendered:
    """The bytes of one address at one moment, with their Content-Type."""

    body: bytes
    content_type: str


def _checked(cls: type, values: Mapping[str, Any], where: str) -> dict[str, Any]:
    unknown = set(values) - {each.name for each in fields(cls)}
    if unknown:
        raise ValueError(f"{where}: unknown keys {sorted(unknown)}")
    return dict(values)


def _load(folder: Traversable) -> SiteSource:
    where = f"{folder.name}/site.yaml"
    raw = yaml.safe_load(folder.joinpath("site.yaml").read_text(encoding="utf-8"))
    values = _checked(SiteSource, raw, where)
    pages = {
        path: PageSource(**_checked(PageSource, {"file": page} if isinstance(page, str) else page, where))
        for path, page in values.pop("pages").items()
    }
    dates = {key: values.pop(key).replace(tzinfo=WARSAW) for key in ("modified", "changed")}
    band = values.pop("expect_members", None)
    return SiteSource(folder=folder.name, pages=pages, expect_members=tuple(band) if band else None, **dates, **values)


@cache
def load_sites() -> tuple[SiteSource, ...]:
    """All sites of the replica, the association's first, then by name."""
    folders = [each for each in files(_PACKAGE).joinpath("pages").iterdir() if not each.name.startswith("_")]
    sites = [_load(each) for each in folders if each.is_dir()]
    return tuple(sorted(sites, key=lambda site: (site.family != "association", site.name)))


def long_date(day: datetime) -> str:
    """A date as Polish pages write it: ``6 marca 2025``."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader(_PACKAGE, "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["long_date"] = long_date
    environment.filters["weekday"] = lambda day: _DAYS[day.weekday()]
    return environment


def render(
    site: SiteSource, file: str, *, moment: int, urls: Mapping[str, str], path: str = "/", turn: int = 0
) -> Rendered:
    """What an address serves.

    Args:
        site: Whose page it is.
        file: Template or document, relative to the site's folder; names that begin with ``_shared/`` lie beside it.
        moment: Index into `MOMENTS`.
        urls: Base URL of every site by its name, for links between sites.
        path: The address asked for.
        turn: Counts the requests, for what rotates on dynamic pages.

    Raises:
        jinja2.TemplateError: A template is missing or asks for an unknown name.
        UnicodeEncodeError: A page holds a letter its site's encoding lacks.
    """
    suffix = re.sub(r"\.j2$", "", file).rpartition(".")[2]
    name = file if file.startswith("_shared/") else f"{site.folder}/{file}"
    if suffix in _BINARY:
        return Rendered(files(_PACKAGE).joinpath("pages", *name.split("/")).read_bytes(), _TYPES[suffix])
    text = (
        _environment()
        .get_template(name)
        .render(site=site, data=site.data, moment=moment, now=MOMENTS[moment], urls=urls, path=path, turn=turn)
    )
    charset = f"; charset={site.encoding}" if site.declare_charset else ""
    return Rendered(text.encode(site.encoding), _TYPES[suffix] + charset)
