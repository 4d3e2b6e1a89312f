"""Sites that are not where they were: noticed on a visit, told to the operator, with the address to take instead.

Three things are noticed, each by evidence of its own: the start address leads to another host for good (HTTP 301 or
308, or a page that does nothing else), its domain is parked or for sale, or the page that stands there is another
municipality's. Nothing that was read there is kept: it is not the word of whom it is taken for.
"""

from __future__ import annotations

import re
from datetime import datetime
from html import unescape
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from zmpwatch.crawl.address import AddressPolicy, parse_literal
from zmpwatch.crawl.urls import own_folder, page_key, twin
from zmpwatch.errors import AddressRefused, ReadError
from zmpwatch.model import FailureKind, Municipality, Page, Site, VisitReport
from zmpwatch.read import MediaType, read_bytes, read_with_links, sniff
from zmpwatch.read.decode import decode
from zmpwatch.register import Found, Register
from zmpwatch.register.gazetteer import CASES
from zmpwatch.register.names import fold
from zmpwatch.service.catalogue import register_host
from zmpwatch.service.signpost import leads_away, may_lead_away
from zmpwatch.store.pagekeeping import SiteMove

__all__ = [
    "LAPSED",
    "MOVED",
    "STRANGER",
    "Standing",
    "is_bare",
    "is_its_own",
    "leads_inside",
    "move_json",
    "move_of",
    "proposal",
    "what_stands_there",
    "why_elsewhere",
]

MOVED, LAPSED, STRANGER = "moved", "lapsed", "stranger"

_PARKED = re.compile(
    r"\b(?:(?:this|the) domain(?: name)? (?:is|may be) (?:for sale|parked|available)|buy this domain"
    r"|parked (?:free|domain)"
    r"|domain (?:(?:has |is )?(?:expired|for sale)|(?:is )?parked)|kup te domene|oferta sprzedazy domeny"
    r"|(?:ta |twoja )?domena (?:(?:jest )?(?:na sprzedaz|zaparkowana)|wygasla|zostala zarejestrowana w)"
    r"|domena [\w.-]+ (?:jest|zostala) (?:zarejestrowana|utrzymywana|zaparkowana) (?:i utrzymywana )?(?:w|na|przez)"
    r"|odnow(?:ic)? domene|domena utrzymywana na serwerach)\b"
)
_MAY_BE_PARKED = (b"domen", b"domain", b"parked")
"""One of these stands in every phrase of `_PARKED`; in small letters, a tenth of the cost of a pattern."""
_LITTLE = 3_000
"""Characters: a parked page shows little else; a town's page may well speak of a domain for sale."""

_OF_A_SITE = re.compile(
    r"\b(?:aktualnosc|wiadomosc|ogloszen|komunikat|uchwal|przetarg|sesj|rad[ay]\b|zwiaz|kultur|bibliotek|szkol|powitan|zapraszam)"
)
"""Words of a site that somebody keeps, for whomever; hosters have none of them on theirs."""
_OR_ITS_CODE = ", or set its municipality right"
_NEXT_TO_NOTHING = 300
"""Characters."""

_GAMBLING = re.compile(
    r"\b(?:kasyn\w*|casinos?|bukmacher\w*|darmowe spiny|free spins?|ruletk\w*|blackjack|jackpot\w*|automat\w* do gier"
    r"|sloty|slotow|slots|bonus\w* bez depozytu|zaklad\w+ (?:sportow|bukmachersk)\w+|betting|gambling)\b"
)
_MUCH_GAMBLING = 5
_OF_A_MUNICIPALITY = re.compile(
    r"\b(?:gmin(?:a|y|ie|e|om|ach|ami|n\w{1,3})|urz(?:ad|edu|edem|edzie|edow)|burmistrz\w*|wojt\w*|soltys\w*|solectw\w*"
    r"|miast\w*|miejsk\w*|mieszkanc\w*|radn(?:y|i|a|ych|ego|ym|ymi)|rad[ay] gminy|sesj\w+ rady"
    r"|biuletyn\w* informacji|e?bip|samorzad\w*|magistrat\w*|starost\w*|powiat\w*|e-?puap|municipality|town hall)\b"
)
"""One of these words stands on every page of a municipality, in its menu if nowhere else."""
_TRADE = re.compile(
    r"\b(?:(sklep)\w*|(koszyk)\w*|(promocj)\w*|(dostaw)\w*|(kup) teraz|(rabat)\w*|(zamow)\w*|(gwarancj)\w*"
    r"|(kredyt|pozyczk|chwilowk)\w*|(shop)\w*|(buy) now|(add to cart)|(prices?)|(discount)\w*|(delivery)|(loans?))\b"
)
_MUCH_TRADE = 3
"""So many kinds of such words; one or two stand on any page."""
_NAME_OF_A_HOST = re.compile(
    r"(?<![\w.-])[\w-]++(?:\.[\w-]++)++"
    r"(?:(?<=\.pl)|(?<=\.eu)|(?<=\.com)|(?<=\.net)|(?<=\.org)|(?<=\.info))"
)
"""From its first letter to its last and nowhere between, so that no page takes more than linear time."""

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


class Standing(NamedTuple):
    """What is wrong with a start page: how it shows, and the site it leads to, if it does."""

    kind: str
    detail: str
    leads_to: str | None = None


def what_stands_there(page: Page, municipality: Municipality | None, register: Register) -> Standing | None:
    """What is wrong with a start page, and how it shows; None where nothing is, or nothing can be told.

    A page is another municipality's when its title or first heading names one, and the name of the one whose site it
    should be stands nowhere on it, in no case form. A domain was sold when that name stands on the page in no other way
    than in the name of a host, and it is about gambling, or sells something and has no word that municipalities have.
    """
    if (elsewhere := leads_away(page)) is not None:
        return Standing(MOVED, f"{page.url} shows nothing and leads to {elsewhere}", elsewhere)
    try:
        text = read_bytes(page.body, url=page.url, headers=page.headers)
        title = _TITLE.search(decode(page.body[:_TITLE_WITHIN], page.headers).text)
    except ReadError:
        return None  # the sink has it, too, and says what is the matter with it
    whole = unescape(title[1]) if title else ""  # `text.title` leaves out what all pages of a site have in theirs
    folded = fold(f"{whole}\n{text.content[:_NAMED_IN_FULL]}".casefold())
    if len(text.content) < _LITTLE and (found := _PARKED.search(folded)):
        return Standing(LAPSED, f"the domain is parked or for sale ({found[0]!r})")
    if municipality is None:
        return None
    if _is_named(municipality, register, folded):
        return _sold(page, whole, text.content, municipality, register)
    other = _named_instead((whole, text.content[:_HEAD]), municipality, register)
    if other:
        return Standing(STRANGER, f"the page is of {other.name} ({other.teryt}), not of {municipality.name}")
    return _sold(page, whole, text.content, municipality, register)


def is_bare(page: Page, municipality: Municipality | None, register: Register) -> bool:
    """Whether a start page says next to nothing, has no word of a municipality, and no link into its own site.

    So look pages that a hoster or a new owner has put there, in whatever words; a picture that leads in is none.
    """
    if sniff(page.body, page.headers) is not MediaType.HTML:
        return False
    try:
        text, found = read_with_links(page.body, url=page.url, headers=page.headers)
        markup = decode(page.body, page.headers).text
    except ReadError:
        return False
    own, here = twin(urlsplit(page.url).hostname or ""), page_key(page.url)
    links = (*found.links, *found.feeds) if found is not None else ()
    leads = {link.url for link in links if twin(urlsplit(link.url).hostname or "") == own}
    if len(text.content) > _NEXT_TO_NOTHING or any(page_key(url) != here for url in leads):
        return False
    said = _without_hosts(markup)
    named = municipality is not None and _is_named(municipality, register, said)
    return not (named or _OF_A_MUNICIPALITY.search(said) or _OF_A_SITE.search(said))


def _sold(page: Page, title: str, content: str, municipality: Municipality, register: Register) -> Standing | None:
    """How a page shows that the domain has another owner, who is no municipality."""
    said = _without_hosts(f"{title}\n{content[:_NAMED_IN_FULL]}")
    if _is_named(municipality, register, said):
        return None
    called = " ".join(title.split())[:80]
    if len(_GAMBLING.findall(said)) >= _MUCH_GAMBLING:
        return Standing(LAPSED, f"the domain was sold: its page {called!r} is about gambling")
    if len({found.lastindex for found in _TRADE.finditer(said)}) < _MUCH_TRADE:
        return None
    # names and menus may stand in pictures: then in the words that stand for these
    markup = _without_hosts(decode(page.body, page.headers).text)
    if _OF_A_MUNICIPALITY.search(markup) or _is_named(municipality, register, markup):
        return None
    said_not = f"says nothing of {municipality.name} or any municipality"
    return Standing(LAPSED, f"the domain was sold: its page {called!r} has goods to sell, and {said_not}")


def _without_hosts(text: str) -> str:
    """A text, folded, without names of hosts: "grodek.pl" names no Gródek."""
    return _NAME_OF_A_HOST.sub(" ", fold(text.casefold()))


def is_its_own(page: Page, municipality: Municipality | None, register: Register) -> bool:
    """Whether a look at the title shows that `what_stands_there` will find nothing wrong: true of most start pages.

    False does not say that something is: then the page must be read.
    """
    body = page.body.lower()
    if any(word in body for word in _MAY_BE_PARKED) or b"\0" in body or may_lead_away(body):
        return False
    if municipality is None:
        return True
    try:
        title = _TITLE.search(decode(page.body[:_TITLE_WITHIN], page.headers).text)
    except ReadError:
        return False
    return title is not None and _is_named(municipality, register, _without_hosts(unescape(title[1])))


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


def move_of(site: Site, report: VisitReport, found: Standing | None, now: datetime) -> SiteMove | None:
    """What a visit shows of the site's place; None where it is where it was, or nothing was seen of it.

    Args:
        site: as it is watched.
        report: what the crawler saw.
        found: what `what_stands_there` said of its start page.
        now: the time of the visit.
    """
    if report.moved_to is not None and not leads_inside(site.url, report.moved_to):
        detail = f"{site.url} leads to {report.moved_to} for good"
        return SiteMove(site.name, MOVED, site.url, _beginning(report.moved_to), detail, now, now)
    if report.answers_at is not None:
        door = urljoin(report.answers_at, urlsplit(site.url).path)
        return SiteMove(site.name, MOVED, site.url, door, why_elsewhere(site.url, door, report), now, now)
    if found is not None:
        led = found.leads_to
        proposed = _beginning(led) if led is not None and not leads_inside(site.url, led) else None
        return SiteMove(site.name, found.kind, site.url, proposed, found.detail, now, now)
    from zmpwatch.crawl.wrongpage import LAPSED as LAPSED_DOMAIN  # it comes with Scrapy, and `status` crawls nothing

    starts = {site.url, *site.start_urls}
    for failure in report.failures:
        if failure.kind is not FailureKind.WRONG_PAGE or failure.url not in starts:
            continue
        if failure.detail.startswith(LAPSED_DOMAIN) or _PARKED.search(fold(failure.detail.casefold())):
            return SiteMove(site.name, LAPSED, site.url, None, failure.detail, now, now)
    return None


def leads_inside(url: str, target: str) -> bool:
    """Whether a public site leads to an address that only the operator may name: an IP address of a private network.

    It is proposed to nobody: written into config.yaml it would be the operator's word, and be asked for.
    """
    literal = parse_literal(urlsplit(target).hostname or "")
    if literal is not None and literal.is_link_local:
        return True  # where clouds keep the secrets of a machine: no site is there, whoever says so
    return _is_inside(target) and not _is_inside(url)


def _is_inside(url: str) -> bool:
    try:
        AddressPolicy().check_url(url)
    except AddressRefused:
        return True
    return False


def why_elsewhere(url: str, door: str, report: VisitReport) -> str:
    """Why a site is to be looked for at another address, where it was seen to answer: for the operator."""
    distrusted = next((failure.detail for failure in report.failures if failure.kind is FailureKind.TLS), None)
    if distrusted is None:
        return f"{url} gives no answer, {door} does"
    why = distrusted.removeprefix("robots.txt: ")
    instead = "has one that is trusted" if door.startswith("https:") else "answers without one"
    return f"{url} has no certificate that is trusted ({why}), {door} {instead}"


def _beginning(url: str) -> str:
    """Where the site at an address begins: there, or at the root where it names a page of it."""
    parts = urlsplit(url)
    path = parts.path or "/"
    if parts.query or "." in path.rpartition("/")[2]:
        path = own_folder(url) or "/"
    return f"{parts.scheme}://{parts.netloc}{path}"


def proposal(site: Site, move: SiteMove, *, configured: bool) -> str:
    """The line of config.yaml that takes the new address, or takes the site out; and where it goes."""
    if configured:
        return (
            f"url: {move.proposed}    # of the site {site.name}"
            if move.proposed
            else f"# take out the site {site.name}{_OR_ITS_CODE if move.kind == STRANGER else ''}"
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
