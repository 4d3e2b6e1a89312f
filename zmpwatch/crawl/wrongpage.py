"""Answers that say 200 and are not the page: challenges, log-in, maintenance, consent (docs/faults.md 55, 59)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from zmpwatch.crawl.failure import FetchFailure
from zmpwatch.crawl.scoring import fold
from zmpwatch.model import FailureKind

__all__ = ["LAPSED", "browser_check_in", "check_right_page", "shows_much"]

LAPSED = "a domain that has lapsed or is for sale"
"""How the failure of a parked domain begins."""

_TITLE = re.compile(r"<title[^<>]*>([^<]{0,300})", re.IGNORECASE)
_HEADING = re.compile(r"<h1[^<>]*>([^<]{0,300})", re.IGNORECASE)
_TAG = r"<(script|style|noscript|svg)\b.*?(?:</\1\s*>|$)|<[^<>]*>"
_TAGS = re.compile(_TAG, re.IGNORECASE | re.DOTALL)
_TAGS_IN_BYTES = re.compile(_TAG.encode(), re.IGNORECASE | re.DOTALL)

_CHALLENGE_TITLE = re.compile(
    r"^(?:just a moment|attention required|checking your browser|ddos guard|one moment please|please wait"
    r"|access denied|making sure you re not a bot|bot verification|human verification|are you a robot|security check"
    r"|sprawdzanie przegladarki|weryfikacja (?:przegladarki|uzytkownika)|potwierdz ze nie jestes robotem"
    r"|request rejected|web application firewall)"
)
_CHALLENGE_MARKS = (
    "checking your browser before accessing",
    "enable javascript and cookies to continue",
    "/cdn-cgi/challenge-platform/h/",
    "_cf_chl_opt",
    "cf-browser-verification",
    "_incapsula_resource?",
    "sucuri_cloudproxy_js",
    "ddos-guard.net",
    "captcha-delivery.com",
    "px-captcha",
    "within.website/x/cmd/anubis",
    "aws-waf-token",
    "the requested url was rejected. please consult",
    "nie jestem robotem",
)
_WALLS = (
    (
        "a log-in page",
        re.compile(r"^(?:zaloguj sie|logowanie|log in|login|sign in|panel logowania|sesja wygasla)\b"),
    ),
    (
        "a maintenance page",
        re.compile(
            r"^(?:przerwa techniczna|prace (?:techniczne|serwisowe|konserwacyjne)|serwis w (?:trakcie|przebudowie)"
            r"|strona w (?:budowie|przebudowie)|trwaja prace|konserwacja|under maintenance|maintenance"
            r"|down for maintenance|site (?:is )?under construction|chwilowo niedostepn"
            r"|strona (?:chwilowo |tymczasowo )?niedostepna|serwis (?:chwilowo |tymczasowo )?(?:niedostepny|wylaczony))"
        ),
    ),
    (
        "a soft 404",
        re.compile(
            r"^(?:nie znaleziono(?: strony)?|strona nie istnieje|strony nie znaleziono|nie ma takiej strony|blad 404"
            r"|404\b|(?:page )?not found|error 404|podana strona nie istnieje|brak strony)"
        ),
    ),
    (
        "a fault of the server",
        re.compile(
            r"^(?:error 50\d|blad 50\d|50[0234] |internal server error|bad gateway|gateway timeout"
            r"|service unavailable|error establishing a database connection|blad polaczenia z baza|fatal error"
            r"|apache2 (?:debian|ubuntu) default page|welcome to nginx|iis windows|domain (?:is )?(?:for sale|parked)"
            r"|ta domena jest na sprzedaz|strona zablokowana|konto (?:zawieszone|zablokowane)|account suspended)"
        ),
    ),
    (
        "a wall before the page",
        re.compile(
            r"^(?:zanim przejdziesz|before you continue|twoja prywatnosc|we value your privacy"
            r"|zgoda na przetwarzanie danych|not available in your (?:country|region)"
            r"|dostep z (?:twojego|panstwa) kraju|access from your country)"
        ),
    ),
)
_PARKING_MARKS = (
    "sedoparking.com",
    "parkingcrew.net",
    "bodis.com",
    "parklogic.com",
    "dan.com/buy-domain",
    "afternic.com/forsale",
    "hugedomains.com",
    "aftermarket.pl/domena",
    "this domain is for sale",
    "this domain may be for sale",
    "buy this domain",
    "domena jest na sprzedaż",
    "domena na sprzedaż",
    "kup tę domenę",
    "domena została zaparkowana",
    "domena jest zaparkowana",
    "domena wygasła",
    "domena utrzymywana na serwerach",
    "domena jest utrzymywana na serwerach",
    'location.href="/lander"',
    "location.href='/lander'",
)
_FEW_CHARS = 1500
"""A wall shows little text; a page that merely speaks of one (a news item on "przerwa techniczna") shows more."""


_LOOKED_AT = (12 << 10, 48 << 10)
"""Bytes of a page in which its text is counted: the second where the first does not hold enough."""
_NO_CHARACTER = bytes([*b"\t\n\v\f\r ", *range(0x80, 0xC0)])
"""Blanks, and in UTF-8 all bytes of a character but the first; letters of other encodings lie there, too."""


def shows_much(body: bytes) -> bool:
    """Whether the beginning of a page shows more text than any wall: then none need be looked for.

    Looks at bytes, since decoding costs more: what it counts is never more than there is.
    """
    for length in _LOOKED_AT:
        head = body[: body.rfind(b">", 0, length) + 1]
        if b"\0" in head:
            return False  # UTF-16, where "<" is no byte
        if len(_TAGS_IN_BYTES.sub(b"", head).translate(None, _NO_CHARACTER)) >= _FEW_CHARS:
            return True
    return False


def browser_check_in(headers: Mapping[str, str]) -> bool:
    """Whether a server says in its headers (names in lower case) that a browser check stands before the page."""
    return headers.get("cf-mitigated", "").lower() == "challenge" or bool(headers.get("x-amzn-waf-action"))


def check_right_page(markup: str, headers: Mapping[str, str], status: int) -> None:
    """Refuse markup that stands where the page should be.

    Needs the evidence of a title or heading and little text beside it, or of a mark only such pages bear.

    Args:
        markup: the HTML, decoded; its beginning is enough.
        headers: names in lower case.
        status: of the response; a challenge may come with 200, 202, 403 or 503.

    Raises:
        FetchFailure: CHALLENGE or WRONG_PAGE, with what was recognised.
    """
    if browser_check_in(headers):
        raise FetchFailure(FailureKind.CHALLENGE, "the server asks for a browser check")
    titles = [fold(m.group(1)) for m in (_TITLE.search(markup), _HEADING.search(markup)) if m]
    lower = markup.lower()
    challenge = any(_CHALLENGE_TITLE.match(t) for t in titles) or any(mark in lower for mark in _CHALLENGE_MARKS)
    walls = [name for name, pattern in _WALLS if status == 200 and any(pattern.match(t) for t in titles)]
    if status == 200 and not challenge and any(mark in lower for mark in _PARKING_MARKS):
        walls.insert(0, LAPSED)
    if not (challenge or walls) or len(" ".join(_TAGS.sub(" ", markup).split())) >= _FEW_CHARS:
        return
    title = (titles or [""])[0][:80]
    if challenge:
        raise FetchFailure(FailureKind.CHALLENGE, f"a browser check stands before the page: {title!r}")
    raise FetchFailure(FailureKind.WRONG_PAGE, f"{walls[0]}: {title!r}")
