"""When a page was published, by what the page itself says; None rather than a guess."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from zmpwatch.model import BlockKind
from zmpwatch.read.dates import dates_in, iso_date, machine_date
from zmpwatch.read.flow import Flow, Line, Stamp

__all__ = ["date_in_path", "find_published", "locate_published"]

_META = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "article.published",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publish-date",
    "publication_date",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.created",
    "dc.date.created",
    "dcterms.date",
    "dc.date",
)
# At the start of a line or part of one, or with a colon: "została opublikowana w Dzienniku" is no label.
# Strongest first: what BIP law calls publication, then the day the item was made.
_LABELS = tuple(
    re.compile(rf"(?:(?:^|[\n|;(•·–])\s*(?:{words})(?!\w)|(?<!\w)(?:{words})\s*:)", re.IGNORECASE)
    for words in (
        (
            r"data\s+publikacji|data\s+opublikowania|data\s+udostępnienia|data\s+zamieszczenia|data\s+ogłoszenia"
            r"|opublikowan[oay]|opublikowana\s+dnia|opublikował\(?a?\)?|udostępnion[oay]|udostępnił\(?a?\)?|zamieszczon[oay]"
            r"|publikacja|published(?:\s+on)?|data\s+dodania|dodan[oay]"
        ),
        (
            r"data\s+utworzenia|utworzon[oay]|data\s+wytworzenia(?:\s+informacji)?|wytworzon[oay]|wytworzył\(?a?\)?"
            r"|data\s+wprowadzenia|wprowadzon[oay]|wprowadził\(?a?\)?"
        ),
    )
)
_NOT_PUBLISHED = re.compile(
    r"modyfikacj|aktualizac|zmian[ayę]|zmodyfikowa|zaktualizowa|wydruk|updated|dzienni|dz\.\s*u", re.IGNORECASE
)
_CLOCK = re.compile(r"\bdzi(?:ś|siaj)\b|\bdzisiaj\s+jest\b|\bimieniny\b|\btoday\b", re.IGNORECASE)
_UPDATED = re.compile(r"updated|modified|aktualizac|modyfikac", re.IGNORECASE)
_BESIDE_A_DATE = re.compile(
    r"\b\d{1,2}[:.]\d{2}(?::\d{2})?\b|\b(?:poniedziałek|wtorek|środa|czwartek|piątek|sobota|niedziela|pon|wt|śr|czw|pt"
    r"|sob|nd|niedz|dnia|data|dodano|opublikowano|w|r|roku|godz|godzina|o|admin|administrator|redakcja|redaktor)\b"
    r"|\b(?:autor|dodał\(?a?\)?|przez|by)\b:?(?:\s[\w.-]+){1,3}",
    re.IGNORECASE,
)
_LABEL_REACH = 90
"""Characters between a label and its date: room for ``: Jan Kowalski, dnia``."""
_MOST_NODES = 10_000
"""Of one JSON-LD script."""
_LONGEST_LINE = 1_000
_LONGEST_DATELINE = 60
_NEAR_TITLE = 4
"""Blocks between a title and the line with its date."""

_PATH_DAY = re.compile(r"(?<!\d)((?:19|20)\d{2})[/,-](\d{1,2})[/,-](\d{1,2})(?=[/,._-]|$)")
_PATH_MONTH = re.compile(r"/((?:19|20)\d{2})/(0[1-9]|1[0-2])(?=/)")


def find_published(page: Flow, *, url: str | None, title: str | None) -> str | None:
    """The publication date, ISO, cut to the precision known.

    Asked in turn: ``<meta>``, JSON-LD, a labelled date in the text, ``<time>``, a line beside the title that is nothing
    but a date, the path of the address. A date of change or of printing, or a clock ("Dzisiaj jest …"), is never taken.
    """
    found = locate_published(page, url=url, title=title)
    return found[0] if found else None


def locate_published(page: Flow, *, url: str | None, title: str | None) -> tuple[str, str] | None:
    """The publication date with the place it stands in, in words for the operator; see `find_published`."""
    readers: tuple[tuple[str, Callable[[], str | None]], ...] = (
        ("meta element", lambda: _from_meta(page.meta)),
        ("JSON-LD", lambda: _from_json_ld(page.json_ld)),
        ("label in the text", lambda: _from_labels(page.lines, title)),
        ("time element", lambda: _from_stamps(page, title)),
        ("line beside the title", lambda: _from_dateline(page.lines, title)),
        ("address", lambda: date_in_path(url)),
    )
    for place, date in readers:
        if found := date():
            return found, place
    return None


def _from_meta(meta: Sequence[tuple[str, str]]) -> str | None:
    for name in _META:
        for key, content in meta:
            if key == name and (found := machine_date(content)):
                return found
    return None


def _from_json_ld(scripts: Sequence[str]) -> str | None:
    best: tuple[int, str] | None = None
    for script in scripts:
        try:
            data = json.loads(script, strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data):
            value = node.get("datePublished")
            found = machine_date(value) if isinstance(value, str) else None
            rank = 1 if re.search("Article|BlogPosting|Report", str(node.get("@type"))) else 0
            if found and (best is None or rank > best[0]):
                best = rank, found
    return best[1] if best else None


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    """Every JSON object of a document; what list pages say of their items is passed over."""
    waiting = deque([data])
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        node = waiting.popleft()
        if isinstance(node, dict):
            yield node
            waiting += [v for k, v in node.items() if k not in {"itemListElement", "hasPart", "comment", "review"}]
        elif isinstance(node, list):
            waiting += node


def _from_labels(lines: Sequence[Line], title: str | None) -> str | None:
    """A date behind a label, on its line or alone on the next.

    Where labels give several days, only the one beside the title counts: a list of news, or a page whose attachments
    have a date each.
    """
    place = _title_line(lines, title)
    beside = _beside(lines, place) if place is not None else []
    for label in _LABELS:
        found: list[tuple[int, str]] = []
        for index, line in enumerate(lines):
            if line.landmark or len(line.text) > _LONGEST_LINE:
                continue
            for match in label.finditer(line.text):
                if _CLOCK.search(line.text):
                    break
                after = line.text[match.end() : match.end() + _LABEL_REACH]
                iso = _first_date(after)
                if iso is None and not after.strip(" :|\n") and index + 1 < len(lines):
                    iso = _bare_date(lines[index + 1].text)
                if iso:
                    found.append((index, iso))
        near = [iso for index, iso in found if index in beside]
        for days in ({iso for _, iso in found}, set(near)):
            if len(days) == 1:
                return days.pop()
    return None


def _first_date(text: str) -> str | None:
    for iso, start, _ in dates_in(text):
        return None if _NOT_PUBLISHED.search(text[:start]) else iso
    return None


def _bare_date(text: str) -> str | None:
    """The date of a line that holds nothing else but a weekday, an hour, or who wrote it."""
    if len(text) > _LONGEST_DATELINE or _CLOCK.search(text) or _NOT_PUBLISHED.search(text):
        return None
    found = list(dates_in(text))
    if len(found) != 1:
        return None
    iso, start, end = found[0]
    rest = _BESIDE_A_DATE.sub("", f"{text[:start]} {text[end:]}")
    return None if any(map(str.isalnum, rest)) else iso


def _from_stamps(page: Flow, title: str | None) -> str | None:
    """The one ``<time>`` of the content, or the one beside the title."""
    stamps = [s for s in page.stamps if not s.boilerplate and not _UPDATED.search(s.classes)]
    named = [s for s in stamps if re.search("pubdate|published|datepublished", s.classes)]
    for group in (named, stamps):
        days = {found for stamp in group if (found := machine_date(stamp.value))}
        if len(days) == 1:
            return days.pop()
        if days and (near := _near_title(group, page.lines, title)):
            return near
    return None


def _near_title(stamps: Sequence[Stamp], lines: Sequence[Line], title: str | None) -> str | None:
    place = _title_line(lines, title)
    if place is None:
        return None
    near = [s for s in stamps if s.line in _beside(lines, place)]
    days = {found for stamp in near if (found := machine_date(stamp.value))}
    return days.pop() if len(days) == 1 else None


def _beside(lines: Sequence[Line], place: int) -> list[int]:
    """The title's own block, a few below it as far as the next heading, and two above it.

    What follows another heading is dated by that heading: on a list of news it is the first item, not the list.
    """
    below: list[int] = []
    for index in range(place + 1, min(len(lines), place + 1 + _NEAR_TITLE)):
        if lines[index].kind is BlockKind.HEADING:
            break
        below.append(index)
    return [place, *below, *range(place - 1, max(-1, place - 3), -1)]


def _title_line(lines: Sequence[Line], title: str | None) -> int | None:
    headings = [i for i, line in enumerate(lines) if line.tag == "h1" and not line.landmark]
    same = [i for i, line in enumerate(lines) if line.text == title]
    return next(iter([*(i for i in same if i in headings), *same, *headings]), None)


def _from_dateline(lines: Sequence[Line], title: str | None) -> str | None:
    place = _title_line(lines, title)
    if place is None:
        return None
    for index in _beside(lines, place):
        if index == place or lines[index].boilerplate:
            continue
        if found := _bare_date(lines[index].text):
            return found
    return None


def date_in_path(url: str | None) -> str | None:
    """The date an address carries: ``/2025/02/28/``, ``,2025-02-28,``, or ``/2025/02/`` to the month."""
    if not url:
        return None
    try:
        path = urlsplit(url).path
    except ValueError:
        return None
    if day := _PATH_DAY.search(path):
        return iso_date(*map(int, day.groups()))
    if month := _PATH_MONTH.search(path):
        return iso_date(*map(int, month.groups()))
    return None
