"""What the made-up sites are built of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

from crawl.web import Reply, Route, Seen, html

XML = {"Content-Type": "application/xml"}
PDF = Reply(b"%PDF-1.4\n%%EOF\n", headers={"Content-Type": "application/pdf"})

_WHAT = (
    "Zbiórka odpadów wielkogabarytowych", "Remont chodnika", "Turniej tenisa stołowego", "Koncert orkiestry dętej",
    "Nowe godziny otwarcia kasy", "Dzień seniora", "Wyłączenie prądu", "Dotacja na termomodernizację",
    "Konkurs recytatorski", "Jarmark wielkanocny", "Szczepienie psów", "Półkolonie w bibliotece",
)  # fmt: skip
_WHERE = ("na Zarzeczu", "przy ulicy Lipowej", "w Dolnym Młynie", "na rynku", "w świetlicy", "za torami", "nad stawem")
NEWEST = date(2025, 2, 27)


def dull(number: int) -> str:
    """The title of a piece of news that concerns nobody outside the town."""
    return f"{_WHAT[number % len(_WHAT)]} {_WHERE[number % len(_WHERE)]} ({number})"


def day(number: int) -> date:
    return NEWEST - timedelta(days=3 * number)


def slug(title: str) -> str:
    table = str.maketrans("ąćęłńóśźż", "acelnoszz")
    plain = "".join(c if c.isalnum() else "-" for c in title.lower().translate(table))
    return "-".join(part for part in plain.split("-") if part)


@dataclass
class Portal:
    """One site. `routes` answers by path and query; `headers` go with every page."""

    routes: dict[str, Route] = field(default_factory=dict)
    wanted: list[str] = field(default_factory=list)
    headers: Mapping[str, str] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.routes)


Build = Callable[[str], Portal]

MEMBERSHIP = "<p>Rada podjęła uchwałę o przystąpieniu gminy do Związku Miast Polskich.</p>"


def article(
    title: str, body: str = "<p>Zapraszamy mieszkańców.</p>", *, at: date | None = None, frame: str = ""
) -> str:
    when = f'<p class="data">Opublikowano: {at:%d.%m.%Y}</p>' if at else ""
    return html(title, f'{frame}<div id="tresc"><h1>{title}</h1>{when}{body}</div>')


def links(pairs: Sequence[tuple[str, str]], *, tag: str = "li", cls: str = "") -> str:
    kind = f' class="{cls}"' if cls else ""
    return "".join(f'<{tag}{kind}><a href="{href}">{text}</a></{tag}>' for href, text in pairs)


def nav(pairs: Sequence[tuple[str, str]]) -> str:
    return f"<nav><ul>{links(pairs)}</ul></nav>"


def rss(base: str, entries: Sequence[tuple[str, str]]) -> Reply:
    items = "".join(f"<item><title>{title}</title><link>{base}{path}</link></item>" for path, title in entries)
    return Reply(
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>{items}</channel></rss>', headers=XML
    )


def sitemap(base: str, entries: Sequence[tuple[str, str | None]], *, index: bool = False) -> Reply:
    outer, inner = ("sitemapindex", "sitemap") if index else ("urlset", "url")
    rows = "".join(
        f"<{inner}><loc>{base}{path}</loc>{f'<lastmod>{at}</lastmod>' if at else ''}</{inner}>" for path, at in entries
    )
    return Reply(f'<?xml version="1.0"?><{outer} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</{outer}>',
                 headers=XML)  # fmt: skip


def leaves(
    portal: Portal,
    entries: Sequence[tuple[str, str, str]],
    leaf: Callable[[int], str],
    page: Callable[[str, int, int], str],
    *,
    size: int = 10,
) -> None:
    """Lay a list out over leaves: `leaf` gives the address of a leaf (from 0), `page` its markup."""
    count = -(-len(entries) // size)
    for number in range(count):
        cards = "".join(card for _, _, card in entries[number * size : (number + 1) * size])
        portal.routes[leaf(number)] = page(cards, number, count)


def answering(portal: Portal) -> Callable[[Seen], str | Reply]:
    """The route of a portal for whatever is asked: parameters in any order, the portal's headers with every page."""
    by_key = {_key(path): route for path, route in portal.routes.items()}

    def answer(seen: Seen) -> str | Reply:
        route = by_key.get(_key(seen.path), Reply("nie ma", 404))
        reply = route(seen) if callable(route) else route
        if isinstance(reply, str):
            reply = Reply(reply)
        return Reply(reply.body, reply.status, {**portal.headers, **reply.headers}, reply.delay)

    return answer


def _key(path: str) -> tuple[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    parts = urlsplit(path)
    query = parse_qs(parts.query, keep_blank_values=True)
    return parts.path, tuple(sorted((name, tuple(values)) for name, values in query.items()))
