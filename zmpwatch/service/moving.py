"""Sites that are not where they were: noticed on a visit, told to the operator, with the address to take instead.

Three things are noticed, each by evidence of its own: the start address leads to another host for good (HTTP 301 or
308), its domain is parked or for sale, or the page that stands there is another municipality's. Of the last two nothing
that was read on the visit is kept: it is not the word of whom it is taken for.
"""

from __future__ import annotations

import re
from datetime import datetime
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from zmpwatch.errors import ReadError
from zmpwatch.model import FailureKind, Municipality, Page, Site, VisitReport
from zmpwatch.read import read_bytes
from zmpwatch.read.decode import decode
from zmpwatch.register import Found, Register
from zmpwatch.register.gazetteer import CASES
from zmpwatch.register.names import fold
from zmpwatch.service.catalogue import register_host
from zmpwatch.store.pagekeeping import SiteMove

__all__ = ["LAPSED", "MOVED", "STRANGER", "is_its_own", "move_json", "move_of", "proposal", "what_stands_there"]

MOVED, LAPSED, STRANGER = "moved", "lapsed", "stranger"

_PARKED = re.compile(
    r"\b(?:(?:this|the) domain(?: name)? (?:is|may be) (?:for sale|parked|available)|buy this domain"
    r"|parked (?:free|domain)"
    r"|domain (?:(?:has |is )?(?:expired|for sale)|(?:is )?parked)|kup te domene|oferta sprzedazy domeny"
    r"|(?:ta |twoja )?domena (?:(?:jest )?(?:na sprzedaz|zaparkowana)|wygasla|zostala zarejestrowana w)"
    r"|odnow(?:ic)? domene|domena utrzymywana na serwerach)\b"
)
_MAY_BE_PARKED = (b"domen", b"domain", b"parked")
"""One of these stands in every phrase of `_PARKED`; in small letters, a tenth of the cost of a pattern."""
_LITTLE = 3_000
"""Characters: a parked page shows little else; a town's page may well speak of a domain for sale."""

_HEAD = 400
_NAMED_IN_FULL = 60_000
_TITLE_WITHIN = 100_000
_CAPITAL = r"[A-ZĄĆĘŁŃÓŚŹŻ][\w-]+"
# a look ahead, so that "BIP Urzędu Miejskiego w Augustowie" is read from each of its words on
_TITLE_OF = re.compile(
    r"\b(?=(?i:miast\w+\s+i\s+gmin\w+|gmin\w+(?:\s+(?:miejsk\w+|wiejsk\w+))?|miast\w+|miejski\w*"
    r"|biuletyn\s+informacji\s+publicznej|bip)(?:\s+we?|\s*[-–|:])?\s+"
    rf"(?P<name>{_CAPITAL}(?:\s+(?:{_CAPITAL}|nad|koło|k\.)){{0,3}}))"
)
_TITLE = re.compile(r"<title[^<>]*>([^<]{0,300})", re.IGNORECASE)


def what_stands_there(page: Page, municipality: Municipality | None, register: Register) -> tuple[str, str] | None:
    """What is wrong with a start page, and how it shows; None where nothing is, or nothing can be told.

    A page is another municipality's when its title or first heading names one, and the name of the one whose site it
    should be stands nowhere on it, in no case form.
    """
    try:
        text = read_bytes(page.body, url=page.url, headers=page.headers)
        title = _TITLE.search(decode(page.body[:_TITLE_WITHIN], page.headers).text)
    except ReadError:
        return None  # the sink has it, too, and says what is the matter with it
    whole = unescape(title[1]) if title else ""  # `text.title` leaves out what all pages of a site have in theirs
    folded = fold(f"{whole}\n{text.content[:_NAMED_IN_FULL]}".casefold())
    if len(text.content) < _LITTLE and (found := _PARKED.search(folded)):
        return LAPSED, f"the domain is parked or for sale ({found[0]!r})"
    if municipality is None or _is_named(municipality, register, folded):
        return None
    other = _named_instead((whole, text.content[:_HEAD]), municipality, register)
    return (STRANGER, f"the page is of {other.name} ({other.teryt}), not of {municipality.name}") if other else None


def is_its_own(page: Page, municipality: Municipality | None, register: Register) -> bool:
    """Whether a look at the title shows that `what_stands_there` will find nothing wrong: true of most start pages.

    False does not say that something is: then the page must be read.
    """
    body = page.body.lower()
    if any(word in body for word in _MAY_BE_PARKED) or b"\0" in body:
        return False
    if municipality is None:
        return True
    try:
        title = _TITLE.search(decode(page.body[:_TITLE_WITHIN], page.headers).text)
    except ReadError:
        return False
    return title is not None and _is_named(municipality, register, fold(unescape(title[1]).casefold()))


def _is_named(municipality: Municipality, register: Register, folded: str) -> bool:
    forms = {fold(register.form(municipality, case).casefold()) for case in CASES}
    return any(re.search(rf"(?<!\w){re.escape(form)}(?!\w)", folded) for form in forms)


def _named_instead(heads: tuple[str, ...], municipality: Municipality, register: Register) -> Municipality | None:
    """The one municipality that the title or the beginning of the page names in full."""
    found: dict[str, Municipality] = {}
    for head in heads:
        for mention in _TITLE_OF.finditer(head):
            words = mention["name"].split()
            # the longest run of words that is a name: "Gmina Leśna Aktualności"
            for length in range(len(words), 0, -1):
                answer = register.lookup(" ".join(words[:length]), prefer_town=True)
                if isinstance(answer, Found):
                    found[answer.municipality.teryt] = answer.municipality
                    break
    names = {fold(one.name) for one in found.values()} - {fold(municipality.name)}
    return next((one for one in found.values() if fold(one.name) in names), None) if len(names) == 1 else None


def move_of(site: Site, report: VisitReport, found: tuple[str, str] | None, now: datetime) -> SiteMove | None:
    """What a visit shows of the site's place; None where it is where it was, or nothing was seen of it.

    Args:
        site: as it is watched.
        report: what the crawler saw.
        found: what `what_stands_there` said of its start page.
        now: the time of the visit.
    """
    if report.moved_to is not None:
        detail = f"{site.url} leads to {report.moved_to} for good"
        return SiteMove(site.name, MOVED, site.url, _beginning(report.moved_to), detail, now, now)
    if found is not None:
        return SiteMove(site.name, found[0], site.url, None, found[1], now, now)
    from zmpwatch.crawl.wrongpage import LAPSED as LAPSED_DOMAIN  # it comes with Scrapy, and `status` crawls nothing

    starts = {site.url, *site.start_urls}
    for failure in report.failures:
        if failure.kind is not FailureKind.WRONG_PAGE or failure.url not in starts:
            continue
        if failure.detail.startswith(LAPSED_DOMAIN) or _PARKED.search(fold(failure.detail.casefold())):
            return SiteMove(site.name, LAPSED, site.url, None, failure.detail, now, now)
    return None


def _beginning(url: str) -> str:
    """Where the site at an address begins: its root, unless it lives in a folder of a host it shares."""
    parts = urlsplit(url)
    folder = parts.path if parts.path.endswith("/") else parts.path.rpartition("/")[0] + "/"
    shared = (
        folder if folder.count("/") == 2 and not parts.query and not parts.path.endswith((".html", ".php")) else "/"
    )
    return f"{parts.scheme}://{parts.netloc}{shared}"


def proposal(site: Site, move: SiteMove, *, configured: bool) -> str:
    """The line of config.yaml that takes the new address, or takes the site out; and where it goes."""
    if configured:
        return (
            f"url: {move.proposed}    # of the site {site.name}"
            if move.proposed
            else f"# take out the site {site.name}"
        )
    host = register_host(site) or (urlsplit(site.url).hostname or "")
    return f"{host}: {move.proposed or 'null'}    # under catalogue.moved"


def move_json(site: Site, move: SiteMove | None, *, configured: bool) -> dict[str, Any] | None:
    """What ``status --json`` and ``sites list --json`` say of a site that has moved."""
    if move is None or move.url != site.url:
        return None  # it is watched at another address by now
    return {
        "kind": move.kind,
        "detail": move.detail,
        "since": move.since.isoformat(),
        "proposed": move.proposed,
        "line": proposal(site, move, configured=configured),
    }
