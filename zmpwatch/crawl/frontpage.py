"""Front pages that are none of a site's: a list of files, the page a server or hoster puts where there is no site yet.

They come with status 200 and are whole, so only what they say tells them. Elsewhere on a site a list of files is a way
to documents like any other, and is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urlsplit

from zmpwatch.crawl.failure import FetchFailure
from zmpwatch.crawl.scoring import fold
from zmpwatch.model import FailureKind

__all__ = ["check_front_page"]

_HEADING = re.compile(r"<(?:title|h1|h2)\b[^<>]*>([^<]{0,300})", re.IGNORECASE)
_HEADINGS = 4
"""So many titles and headings are looked at, from the top."""
_UNSEEN = re.compile(r"<(script|style|noscript|svg)\b.*?(?:</\1\s*>|$)|<[^<>]*>", re.IGNORECASE | re.DOTALL)
_LINK = re.compile(r"<a\s", re.IGNORECASE)

_LEADS_ON = re.compile(r"<frame\b|\blocation\b", re.IGNORECASE)
"""What leads to the site instead: where to is found when the page is read."""

_LISTING = re.compile(
    r"\s*(?:Index of\s*/|Directory listing (?:for|of)\s*\[?/|Directory:\s*/|Zawarto(?:ść|sc) katalogu\s*/)",
    re.IGNORECASE,
)
_IIS_LISTING = re.compile(r"\s*[\w.-]+(?::\d+)? - /\s*$")
_PREFORMATTED = re.compile(r"<pre\b", re.IGNORECASE)

_DEFAULT = re.compile(
    r"^(?:apache2? (?:\w+ )?default page|(?:apache |nginx )?(?:http server )?test page (?:for|powered|of)\b"
    r"|welcome to (?:nginx|openresty|tengine|caddy|lighttpd|xampp|wildfly|jboss|glassfish)\b"
    r"|nginx is (?:successfully installed|functioning)|apache is functioning|caddy works"
    r"|iis(?:\d+| windows\b.*)?$|microsoft internet information services|apache tomcat(?: \d|$)"
    r"|(?:domain default|server default|plesk default|default (?:web site|plesk|parallels)) page\b"
    r"|web server s default page|success your new web server"
    r"|wordpress (?:installation|instalacja|setup configuration)|joomla web installer|choose language drupal)"
)
"""A title or heading in small letters, as the servers and panels that hosters run name these pages."""
_MAY_BE_DEFAULT = re.compile(
    r"^(?:it works|default (?:website )?page|default web site|strona domyslna|domyslna strona"
    r"|congratulations (?:your|the) (?:web ?site|web ?server|hosting|domain)\b.*"
    r"|gratulacje (?:twoja?|twoj) (?:strona|witryna|serwer|hosting|domena)\b.*"
    r"|(?:strona domyslna|domyslna strona) (?:serwera|hostingu|domeny)\b.*)$"
)
"""One that a site may bear as well: its makers left "Default Page" in the title, or it is the headline of news."""
_SAYS_DEFAULT = re.compile(
    r"\b(?:this is (?:the|a) default (?:index|web|welcome|home) ?page|apache is functioning normally"
    r"|this page is (?:generated|used) by plesk|there is no web ?site (?:configured )?at this address"
    r"|if you are the owner of this web ?site please contact your hosting provider"
    r"|(?:strona|witryna|domena)(?: [\w-]+){0,4} (?:jest )?utrzymywana na serwerach"
    r"|konto hostingowe (?:zostalo|jest) (?:utworzone|aktywne|zalozone)|future home of something quite cool"
    r"|(?:twoj|panstwa) (?:serwer|hosting) (?:dziala|zostal (?:uruchomiony|aktywowany|zainstalowany)))\b"
)
_UNBUILT = re.compile(
    r"\b(?:(?:strona|witryna|serwis)(?: (?:internetow[ay]|www|jest|gminy|miasta|urzedu)){0,3}"
    r" w (?:trakcie )?(?:budow(?:ie|y)|przygotowani[ua]|przebudow(?:ie|y))"
    r"|(?:tu|tutaj) (?:(?:juz )?wkrotce )?(?:powstanie|powstaje|bedzie|pojawi sie) (?:nowa |nasza )?(?:strona|witryna)"
    r"|(?:nowa|nasza) (?:strona|witryna)(?: internetowa)?(?: juz)? wkrotce|under construction|coming soon"
    r"|wkrotce (?:(?:pojawi sie|powstanie|bedzie) )?(?:tu |tutaj )?(?:nowa |nasza )?(?:strona|witryna))\b"
)
_CLOSED = re.compile(
    r"\b(?:(?:strona|witryna|serwis)(?: internetow[ay])? (?:jest )?(?:chwilowo|tymczasowo) (?:niedostepn|wylaczon)[aey]"
    r"|(?:konto|strona|witryna|usluga|hosting) (?:zostal[ao]? |jest )(?:zawieszon|zablokowan|wylaczon)[aey]"
    r"|(?:account|web ?site|site) (?:has been |is )?suspended|bandwidth limit exceeded|przekroczono limit transferu"
    r"|(?:ta )?domena zostala zarejestrowana (?:w|przez))\b"
)
_LONGEST = 6_000
"""Characters: the default page of Apache on Debian explains itself in 3,000."""
_SHORT, _FEW_LINKS = 800, 10
"""Characters and links: a page of a site that merely says that some part of it is being built shows more."""


def check_front_page(markup: str, url: str, *, much: bool) -> None:
    """Refuse the page a site begins with where it is none of the site's.

    Args:
        markup: the HTML, decoded; its beginning is enough.
        url: where it came from. Of a list of files only that of the whole server is refused: a folder that was written
            down as a site's address is meant.
        much: whether it shows more text than such pages do, but for those that name themselves in their title.

    Raises:
        FetchFailure: WRONG_PAGE, with what was recognised.
    """
    heads = [unescape(found[1]) for found in _first(markup)]
    folded = [fold(head) for head in heads]
    if (named := next((head for head in folded if _DEFAULT.match(head)), None)) and len(_shown(markup)) <= _LONGEST:
        raise _refused("the default page of a server, and no site yet", named)
    if (urlsplit(url).path or "/") == "/":
        listed = next((head for head in heads if _LISTING.match(head)), None)
        if listed is None and _PREFORMATTED.search(markup):
            listed = next((head for head in heads if _IIS_LISTING.match(head)), None)
        if listed is not None:
            raise _refused("a list of files, and no page", listed.strip())
    if much or _LEADS_ON.search(markup) or len(_LINK.findall(markup)) > _FEW_LINKS:
        return
    if named := next((head for head in folded if _MAY_BE_DEFAULT.match(head)), None):
        raise _refused("the default page of a server, and no site yet", named)
    if len(shown := _shown(markup)) > _SHORT:
        return
    said = fold(" ".join((*heads[:1], unescape(shown))))
    if found := _SAYS_DEFAULT.search(said):
        raise _refused("the default page of a server, and no site yet", found[0])
    if found := _UNBUILT.search(said):
        raise _refused("a page that stands in for a site that is not there yet", found[0])
    if found := _CLOSED.search(said):
        raise _refused("a page that stands in for a site that was closed", found[0])


def _first(markup: str) -> Iterator[re.Match[str]]:
    for count, found in enumerate(_HEADING.finditer(markup), 1):
        yield found
        if count == _HEADINGS:
            return


def _shown(markup: str) -> str:
    return " ".join(_UNSEEN.sub(" ", markup).split())


def _refused(what: str, said: str) -> FetchFailure:
    return FetchFailure(FailureKind.WRONG_PAGE, f"{what}: {said[:80]!r}")
