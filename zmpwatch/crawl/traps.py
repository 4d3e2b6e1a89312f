"""Places of a site that have no end: recognised while a visit runs, left alone from then on, and named.

No trap is known by its address alone, but for a path that repeats itself and a calendar of years to come. All others
are known by what they give: pages that lead to ever more addresses of their own kind, to nothing else, and say nothing
that was not said before. What other pages link to is followed all the same.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from urllib.parse import parse_qsl, urlsplit

from zmpwatch.crawl.datedaddress import date_of, dated_place, tells_a_date
from zmpwatch.crawl.scoring import is_attachment, is_pagination
from zmpwatch.crawl.sessionids import SessionIds, is_made_up, shown_in
from zmpwatch.crawl.urls import Scope, has_session, is_trap
from zmpwatch.model import Trap, TrapKind

__all__ = ["SAME_BODY", "Kindred", "Traps", "kindred_of"]

SAME_BODY = 20
"""A body served under more addresses than this is a trap (docs/faults.md 51)."""
_SAME_OF_KIND = 12
"""So often in a row may addresses of one kind give pages that came before; what is of other kinds is asked for all the
same."""
_BARREN = 3
"""So many pages in a row that give nothing but more of their own kind are a trap."""
_BARREN_LEAVES = 24
"""So many leaves of a list are: what is new may stand behind leaves of old items."""
_DATES = 24
"""Most months and days of one calendar or dated archive that a visit looks at, of those that its own pages lead to."""
_UNCOUNTED = 25
"""Most leaves of one list whose addresses do not say that they are leaves: the days of a calendar look like them."""
_ARCHIVE = 3
"""So many months of a place make it an archive by months: numbers of articles are not all of years past."""
_NEW_TEXT = 30
"""Letters: a page with less text of its own says nothing new. Names of months and numbers are less."""
_MOST = 20_000
"""Links, and letters of text, that are remembered of a visit: a hostile site makes up new ones without end."""
_ASKED_ALL_THE_SAME = 4
"""One in so many links, others in each visit, is asked for although its place gives one body again and again: a wall
that some pages stand behind says nothing of the others."""
_DEEPEST = 16
"""No site has more folders below each other."""

_DIGITS = re.compile(r"\d+")
_NUMBERED = re.compile(r"/\d{4}/\d{1,7}/?$")
"""How months end, and sections with numbered articles."""
_HEX = re.compile(r"[0-9a-f]{16,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_CALENDAR = re.compile(
    r"kalendar|calendar|terminarz|(?:[?&/])(?:miesiac|month|date|dzien|day|tydzien|week)\b", re.IGNORECASE
)
"""In a path: what stands below it are dates. Elsewhere "2145" is the number of an article."""


@dataclass(frozen=True, slots=True)
class Kindred:
    """What addresses of one kind have in common: host and path, numbers and repeated folders aside."""

    place: str
    leaf: bool


@lru_cache(maxsize=1024)  # asked for again with each link of a page, and when it is fetched
def kindred_of(url: str, *, leaf: bool = False) -> tuple[Kindred, frozenset[str]]:
    """The kind of an address, and the names of its parameters.

    >>> kindred_of("https://a.example/k/12/k/7/?x=1")[0].place
    'a.example/k/#?'
    """
    parts = urlsplit(url)
    segments = dict.fromkeys(
        "*" if _HEX.fullmatch(segment) else _DIGITS.sub("#", segment) for segment in parts.path.split("/") if segment
    )
    query = parse_qsl(parts.query, keep_blank_values=True) if parts.query else ()
    names = frozenset(name for name, _ in query)
    return Kindred(f"{parts.netloc}/{'/'.join(segments)}{'?' if names else ''}", leaf), names


@dataclass(slots=True)
class _Kind:
    """What the pages of one kind gave that were reached from pages of their own kind."""

    shown: set[str] = field(default_factory=set)
    letters: int = 0
    pages: int = 0
    barren: int = 0


class Traps:
    """The traps of one visit.

    Args:
        today: the day of the visit.
        scope: the hosts of the site.
    """

    def __init__(self, today: date, scope: Scope) -> None:
        self._scope = scope
        self._latest = (today.year + 1, today.month)
        self._kinds: dict[Kindred, _Kind] = {}
        self._seen: set[int] = set()
        self._sessions = SessionIds()
        self._closed: dict[Kindred, Trap] = {}
        self._again: Counter[str] = Counter()
        self._months: dict[str, set[int]] = {}
        self._numbered: set[str] = set()
        self._dates: Counter[str] = Counter()
        self._calendars: dict[str, Trap] = {}
        self._uncounted: Counter[Kindred] = Counter()
        self._today = today
        self._same_body: dict[str, Trap] = {}
        self._found: dict[tuple[TrapKind, str], Trap] = {}

    def told(self) -> list[Trap]:
        """The traps found so far, in order."""
        return list(self._found.values())

    # --- addresses

    def address(self, link: str, urls: Iterable[str]) -> list[str]:
        """What to ask for in place of a link; nothing where its address alone says that it leads nowhere.

        Args:
            link: as it stands in the page, absolute.
            urls: its canonical address, or none where it is not to be asked for anyway.
        """
        kept = []
        for url in urls:
            asked = date_of(url)
            if asked is None and _NUMBERED.search(url) and len(self._numbered) < _MOST // 100:
                self._numbered.add(kindred_of(url)[0].place)
            if asked is not None and self._is_to_come(url, asked):
                self._leave(TrapKind.CALENDAR, kindred_of(url)[0].place, url)
            elif url.count("/") > _DEEPEST + 2:
                self._leave(TrapKind.PATH, urlsplit(url).netloc, url)
            else:
                kept.append(self._pin(url))
        if not kept and is_trap(link):
            self._leave(TrapKind.PATH, urlsplit(link).netloc, link)
        elif kept and has_session(link):
            self._leave(TrapKind.SESSION, urlsplit(link).netloc, link)
        return kept

    def _is_to_come(self, url: str, asked: tuple[int, int]) -> bool:
        """Whether an address is that of a month that no site has news of.

        Where only a year and a month would make it one, months that follow each other up to it have to have been met,
        or months past of an archive that has nothing but months.
        """
        if tells_a_date(url):
            return asked > self._latest
        place, number = kindred_of(url)[0].place, asked[0] * 12 + asked[1]
        known = self._months.get(place, set())
        archive = len(known) >= _ARCHIVE and place not in self._numbered
        if asked > self._latest and number - 1 not in known and not archive:
            return False
        if place in self._months or len(self._months) < _MOST // 100:
            self._months.setdefault(place, known).add(number)
        return asked > self._latest

    def _pin(self, url: str) -> str:
        pinned = self._sessions.pinned(url)
        if pinned != url:
            self._leave(TrapKind.SESSION, urlsplit(url).netloc, url)
        return pinned

    def closed(self, url: str, source: str | None, *, leaf: bool = False) -> bool:
        """Whether a link is one that a trap makes up: from one of its pages to another; counts it where it is."""
        if self._same_body and (trap := self._same_body.get(kindred_of(url)[0].place)) is not None:
            if self.kind(url, source) is None and self._is_asked_all_the_same(url):
                return False
            trap.left += 1
            return True
        if source is None:
            return False
        trap = self._calendars.get(self._calendar_of(url, source) or "") if self._calendars else None
        if trap is None and self._closed and (kind := self.kind(url, source, leaf=leaf)) is not None:
            trap = self._closed.get(kind)
        if trap is None:
            return False
        trap.left += 1
        return True

    def asks(self, url: str, source: str | None, *, leaf: bool = False) -> None:
        """Take note of a link that is asked for: a calendar is looked at only so far, whatever its pages say."""
        if source is None:
            return
        if (place := self._calendar_of(url, source)) is not None:
            self._dates[place] += 1
            if self._dates[place] == _DATES:
                self._calendars[place] = self._leave(TrapKind.CALENDAR, place, url, left=0)
        if leaf and not is_pagination(url, "", "") and (kind := self.kind(url, source, leaf=True)) is not None:
            self._uncounted[kind] += 1
            if self._uncounted[kind] == _UNCOUNTED and kind not in self._closed:
                self._closed[kind] = self._leave(_name(url, kind), kind.place, url, left=0)

    def can_wait(self, url: str, source: str | None, *, leaf: bool = False) -> bool:
        """Whether all else comes before a link: pages of its kind led to a trap, and one of them leads there."""
        kind = self.kind(url, source, leaf=leaf) if self._closed else None
        return kind is not None and Kindred(kind.place, not leaf) in self._closed

    def _calendar_of(self, url: str, source: str) -> str | None:
        """The calendar that a link belongs to which leads from one date to another; None where it is no such link."""
        if date_of(url) is None or date_of(source) is None or is_pagination(url, "", "") or is_attachment(url):
            return None
        return dated_place(url, kindred_of(url)[0].place)

    def _is_asked_all_the_same(self, url: str) -> bool:
        return (zlib.crc32(url.encode()) + self._today.toordinal()) % _ASKED_ALL_THE_SAME == 0

    def repeats(self, url: str) -> bool:
        """Whether addresses of this kind gave one body again and again in this visit."""
        return bool(self._same_body) and kindred_of(url)[0].place in self._same_body

    def is_closed(self, url: str, source: str | None) -> bool:
        """Whether a link that waits for a later visit was born in a trap."""
        if self._calendars and source is not None and self._calendar_of(url, source) in self._calendars:
            return True
        return bool(self._closed) and any(self.kind(url, source, leaf=leaf) in self._closed for leaf in (True, False))

    def kind(self, url: str, source: str | None, *, leaf: bool = False) -> Kindred | None:
        """The kind of an address that a page of its own kind links to; None where it is another kind of page's.

        Filters add parameters to those of the page they stand on, so a page with more of them is of its kind, too.
        """
        if source is None:
            return None
        kind, names = kindred_of(url, leaf=leaf)
        above, had = kindred_of(source, leaf=leaf)
        return kind if kind.place.rstrip("?") == above.place.rstrip("?") and had <= names else None

    # --- pages

    def read(
        self,
        url: str,
        kind: Kindred | None,
        markup: Callable[[], str],
        links: Iterable[str],
        *,
        relevant: bool,
    ) -> None:
        """Take note of a page.

        Args:
            url: its address.
            kind: what kind it is of, where a page of its own kind led to it.
            markup: gives what it shows.
            links: where it leads.
            relevant: whether it stated something: then it is no trap, whatever it looks like.
        """
        new = [link for link in links if hash(link) not in self._seen]
        self._seen.update(map(hash, new[: max(0, _MOST - len(self._seen))]))
        self._sessions.note(new)
        self._sessions.compare(url, markup)
        if kind is None or kind in self._closed:
            return
        inside = [link for link in new if link in self._scope]
        own = sum(self._is_own(link, url, kind) for link in inside)
        growing = 2 * sum(len(kindred_of(link)[1]) > len(kindred_of(url)[1]) for link in inside) > own
        known = self._kinds.setdefault(kind, _Kind())
        said = _letters_of(markup(), known.shown)
        known.pages += 1
        if known.letters < _MOST:
            known.shown |= said
            known.letters += sum(map(len, said))
        says_nothing = sum(map(len, said)) < _NEW_TEXT and known.pages > 1
        known.barren = known.barren + 1 if says_nothing and own == len(inside) > 0 and not relevant else 0
        if known.barren >= _patience(url, kind):
            self._closed[kind] = self._leave(_name(url, kind, growing=growing), kind.place, url, left=0)

    def differs(self, url: str) -> None:
        """Take note of an address that gave a body of its own, or said that it is as it was."""
        if self._again:
            self._again.pop(kindred_of(url)[0].place, None)

    def read_again(self, url: str, source: str | None, kind: Kindred | None, *, first: str, times: int) -> None:
        """Take note of a page that came before, byte for byte, under another address.

        Args:
            url: its address.
            source: the page that led there.
            kind: what kind it is of, where a page of its own kind led to it.
            first: the address these bytes came from first.
            times: how often these bytes came in all.
        """
        place = kindred_of(url)[0].place
        self._again[place] += 1
        below = urlsplit(source).path.rstrip("/") + "/" if source is not None else ""
        if times > SAME_BODY or self._again[place] == _SAME_OF_KIND:
            self._same_body[place] = self._leave(TrapKind.SAME_BODY, place, url, left=0)
        elif first == source and below.count("/") > 1 and urlsplit(url).path.startswith(below):
            # every address below a folder gives the folder again: relative links then grow without end
            self._leave(TrapKind.PATH, urlsplit(url).netloc, url)
        if kind is not None and kind not in self._closed:
            known = self._kinds.setdefault(kind, _Kind())
            known.barren += 1
            if known.barren >= _patience(url, kind):
                self._closed[kind] = self._leave(_name(url, kind), kind.place, url, left=0)

    def _is_own(self, link: str, url: str, kind: Kindred) -> bool:
        one = self.kind(link, url, leaf=kind.leaf)
        return one is not None and one.place.rstrip("?") == kind.place.rstrip("?")

    def _leave(self, kind: TrapKind, place: str, url: str, *, left: int = 1) -> Trap:
        trap = self._found.setdefault((kind, place), Trap(kind, url[:300]))
        trap.left += left
        return trap


def _patience(url: str, kind: Kindred) -> int:
    """How many pages in a row may give nothing: more where the address counts leaves of no calendar."""
    counted = kind.leaf and is_pagination(url, "", "") and date_of(url) is None and not _CALENDAR.search(url)
    return _BARREN_LEAVES if counted else _BARREN


def _letters_of(markup: str, known: Iterable[str]) -> set[str]:
    """The runs of text of a page, digits aside, that are not known."""
    return {_DIGITS.sub("", run).strip() for run in shown_in(markup)}.difference(known) - {""}


def _name(url: str, kind: Kindred, *, growing: bool = False) -> TrapKind:
    """What a trap is, by the address of one of its pages; `growing` says that its links have ever more parameters."""
    if date_of(url) is not None or _CALENDAR.search(url):
        return TrapKind.CALENDAR
    parts = urlsplit(url)
    segments = [segment for segment in parts.path.split("/") if segment]
    if len(segments) > len(set(segments)):
        return TrapKind.PATH
    if "*" in kind.place or any(is_made_up(value) for _, value in parse_qsl(parts.query)):
        return TrapKind.SESSION
    if growing or (len(parse_qsl(parts.query, keep_blank_values=True)) > 1 and not kind.leaf):
        return TrapKind.FACETS
    return TrapKind.ENDLESS
