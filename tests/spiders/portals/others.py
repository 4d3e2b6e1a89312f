"""The association and a local paper."""

from __future__ import annotations

from crawl.web import html

from portals.building import MEMBERSHIP, Portal, article, day, dull, leaves, links, nav, rss, slug


def association(base: str) -> Portal:
    """News over many leaves, press releases, static pages, the member list; items with the leaf of a side list."""
    portal = Portal()
    menu = nav(
        [
            ("/", "Start"),
            ("/aktualnosci", "Aktualności"),
            ("/miasta/wg-wojewodztw", "Miasta członkowskie"),
            ("/informacje-prasowe", "Dla prasy"),
            ("/zaproszenie", "Dołącz"),
        ]
    )
    entries = []
    for n in range(100):
        title = {83: "Kolejne miasta dołączają", 57: "Witamy w naszym gronie"}.get(n, f"Szkolenie o finansach {n}")
        path = f"/aktualnosci/{slug(title)}"
        entries.append(
            (
                path,
                title,
                f'<div class="teaser"><h3><a href="{path}">{title}</a></h3><p>Opublikowano {day(n):%d.%m.%Y}</p></div>',
            )
        )
        side = "".join(f'<a href="{path}?page={k}">{k}</a>' for k in (2, 3))
        portal.routes[path] = article(title, side, at=day(n), frame=menu)
        for k in (2, 3):
            portal.routes[f"{path}?page={k}"] = article(title, "<p>bliźniak</p>", frame=menu)
    portal.wanted += [entries[83][0], entries[57][0], "/miasta/wg-wojewodztw", "/informacje-prasowe", "/zaproszenie"]

    def list_page(cards: str, number: int, count: int) -> str:
        pager = "".join(
            f'<a href="/aktualnosci?page={n + 1}">{n + 1}</a>' for n in {number + 1, number + 2} if n < count
        )
        return html("Aktualności", f'{menu}{cards}<div class="pagination">{pager}</div>')

    leaves(portal, entries, lambda n: f"/aktualnosci{f'?page={n + 1}' if n else ''}", list_page)
    portal.routes["/"] = html(
        "Związek", f"{menu}<div>Jest z nami <b>381</b> miast</div>" + "".join(card for _, _, card in entries[:4])
    )
    portal.routes["/miasta/wg-wojewodztw"] = html("Lista", f"{menu}<h2>podlaskie</h2><p>1. Augustów</p>")
    portal.routes["/informacje-prasowe"] = html("Prasa", menu)
    portal.routes["/zaproszenie"] = html("Zaproszenie", menu)
    return portal


def press(base: str) -> Portal:
    """A local paper: sections, tags, a feed with campaign parameters, and no end of sport and accidents."""
    portal = Portal()
    menu = nav(
        [
            ("/wydarzenia", "Wydarzenia"),
            ("/sport", "Sport"),
            ("/kryminalne", "Kryminalne"),
            ("/ogloszenia", "Ogłoszenia"),
            ("/tag/samorzad", "Samorząd"),
        ]
    )
    entries = []
    for n in range(110):
        title = {71: "Radni zdecydowali: miasto wejdzie do ZMP", 95: "Gorąca sesja w ratuszu"}.get(n, dull(n))
        path = f"/artykul/{slug(title)},n,{10**6 + n}.html"
        entries.append(
            (
                path,
                title,
                f'<article><a href="{path}?utm_source=lista"><h2>{title}</h2></a><p>{day(n):%d.%m.%Y}</p></article>',
            )
        )
        portal.routes[path] = portal.routes[f"{path}?utm_source=lista"] = article(
            title, MEMBERSHIP if n in (71, 95) else "<p>Tekst.</p>", at=day(n), frame=menu
        )
    portal.wanted += [entries[71][0], entries[95][0]]

    def list_page(cards: str, number: int, count: int) -> str:
        return html(
            "Wydarzenia",
            menu + cards + (f'<a rel="next" href="/wydarzenia,{number + 2}">Starsze</a>' if number + 1 < count else ""),
        )

    leaves(portal, entries, lambda n: f"/wydarzenia,{n + 1}" if n else "/wydarzenia", list_page)
    portal.routes["/tag/samorzad"] = html("Samorząd", menu + entries[95][2] + entries[3][2])
    portal.routes["/"] = html(
        "Kurier",
        menu + "".join(card for _, _, card in entries[:6]),
        '<link rel="alternate" type="application/rss+xml" href="/rss.xml">',
    )
    portal.routes["/rss.xml"] = rss(base, [(f"{path}?utm_source=rss", title) for path, title, _ in entries[:15]])
    for n in range(20):
        portal.routes[f"/sport/{n}"] = article(f"Mecz {n}", frame=menu)
    for path in ("/sport", "/kryminalne", "/ogloszenia"):
        portal.routes[path] = html(path, menu + links([(f"/sport/{n}", f"Mecz {n}") for n in range(20)]))
    return portal
