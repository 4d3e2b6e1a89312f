"""Portals of towns."""

from __future__ import annotations

from crawl.web import Reply, html

from portals.building import MEMBERSHIP, Portal, article, day, dull, leaves, links, nav, rss, sitemap, slug


def wordpress(base: str) -> Portal:
    """Feed of ten, a sitemap index of its own making, the news of interest on the eighth leaf of a category."""
    head = '<meta name="generator" content="WordPress 6.4.3"><link rel="https://api.w.org/" href="/wp-json/">'
    menu = nav([("/", "Start"), ("/category/komunikaty/", "Komunikaty"), ("/category/sport/", "Sport"),
                ("/galeria/", "Galeria"), ("/urzad/", "Urząd"), ("/kontakt/", "Kontakt")])  # fmt: skip
    portal = Portal(headers={"Link": '</wp-json/>; rel="https://api.w.org/"'})
    entries = []
    for n in range(90):
        title, body = dull(n), "<p>Zapraszamy.</p>"
        if n == 74:
            title, body = "Ważna decyzja radnych", MEMBERSHIP
        path = f"/{day(n):%Y/%m/%d}/{slug(title)}/"
        entries.append((path, title, f'<article><h2><a href="{path}">{title}</a></h2><p>Wpis z {day(n)}</p></article>'))
        portal.routes[path] = article(title, body, frame=menu)
        if n == 74:
            portal.wanted.append(path)

    def list_page(cards: str, number: int, count: int) -> str:
        following = f'<a class="next page-numbers" href="/category/komunikaty/page/{number + 2}/">Starsze wpisy</a>'
        return html("Komunikaty", menu + cards + (following if number + 1 < count else ""), head)

    leaves(
        portal, entries, lambda n: f"/category/komunikaty/page/{n + 1}/" if n else "/category/komunikaty/", list_page
    )
    portal.routes["/"] = html("Lipniki", menu + "".join(card for _, _, card in entries[:5]), head)
    portal.routes["/feed/"] = rss(base, [(path, title) for path, title, _ in entries[:10]])
    found = f'<article><h2><a href="{portal.wanted[0]}">Ważna decyzja radnych</a></h2></article>'
    portal.routes["/?s=Miast+Polskich"] = html("Wyniki wyszukiwania", menu + found, head)
    for path in ("/category/sport/", "/galeria/", "/urzad/", "/kontakt/"):
        portal.routes[path] = article(path, frame=menu)
    return portal


def wordpress_without_search(base: str) -> Portal:
    """robots.txt closes the search; the sitemap index names the month, the slug says a little."""
    portal = wordpress(base)
    portal.routes["/robots.txt"] = f"User-agent: *\nDisallow: /?s=\nSitemap: {base}/wp-sitemap.xml\n"
    portal.routes["/wp-sitemap.xml"] = sitemap(
        base,
        [("/wp-sitemap-users-1.xml", None), ("/wp-sitemap-taxonomies-category-1.xml", None), ("/mapa-1.xml", None),
         ("/mapa-2.xml", None), ("/mapa-3.xml", None), ("/wp-sitemap-posts-post-1.xml", "2025-02-27")],
        index=True,
    )  # fmt: skip
    del portal.routes[portal.wanted[0]]
    old, clear = portal.wanted[0], "/2024/07/18/lipniki-w-gronie-czlonkow-zmp/"
    portal.wanted = [clear]
    portal.routes[clear] = article("Lipniki w gronie członków", MEMBERSHIP)
    paths = [path for path in portal.routes if path.startswith("/20")]
    portal.routes["/wp-sitemap-posts-post-1.xml"] = sitemap(
        base, [(path, path[1:11].replace("/", "-")) for path in paths]
    )
    portal.routes = {
        path: route.replace(old, clear) if isinstance(route, str) else route for path, route in portal.routes.items()
    }
    return portal


def joomla(base: str) -> Portal:
    """Leaves by items (`start=`), opaque titles, the old search component."""
    head = '<meta name="generator" content="Joomla! - Open Source Content Management">'
    menu = nav([("/index.php", "Strona główna"), ("/index.php/aktualnosci", "Aktualności"),
                ("/index.php/samorzad", "Samorząd"), ("/index.php/dla-turysty", "Dla turysty"),
                ("/index.php/przetargi", "Przetargi")])  # fmt: skip
    form = (
        '<form action="/index.php/wyszukiwanie" method="post"><input name="searchword" type="search">'
        '<input type="hidden" name="option" value="com_search"></form>'
    )
    portal = Portal()
    entries = []
    for n in range(70):
        title = "Jesteśmy w Związku Miast Polskich" if n == 63 else dull(n)
        path = f"/index.php/aktualnosci/{900 - n}-{slug(title)}"
        entries.append((path, title, f'<div class="item"><h2><a href="{path}">{title}</a></h2><p>{day(n)}</p></div>'))
        portal.routes[path] = article(title, MEMBERSHIP if n == 63 else "<p>Zapraszamy.</p>", frame=menu)
        if n == 63:
            portal.wanted.append(path)

    def list_page(cards: str, number: int, count: int) -> str:
        pages = "".join(
            f'<li><a href="/index.php/aktualnosci?start={10 * n}">{n + 1}</a></li>'
            for n in (number - 1, number + 1)
            if 0 <= n < count
        )
        return html(
            "Aktualności", f'{menu}{form}<div class="blog">{cards}</div><ul class="pagination">{pages}</ul>', head
        )

    leaves(portal, entries, lambda n: f"/index.php/aktualnosci{f'?start={10 * n}' if n else ''}", list_page)
    portal.routes["/"] = html("Brzezinki", menu + form + "".join(card for _, _, card in entries[:4]), head)
    for n in range(20):
        portal.routes[f"/index.php/przetargi/{n}-przetarg-{n}"] = article(f"Przetarg {n}", frame=menu)
    return portal


def drupal(base: str) -> Portal:
    """Nodes by number, `page` from 0, the search closed by robots.txt; teasers tell what titles do not."""
    head = '<meta name="Generator" content="Drupal 10 (https://www.drupal.org)">'
    menu = nav([("/", "Start"), ("/aktualnosci", "Aktualności"), ("/miasto", "Miasto"), ("/kultura", "Kultura")])
    portal = Portal(headers={"X-Generator": "Drupal 10 (https://www.drupal.org)"})
    portal.routes["/robots.txt"] = "User-agent: *\nDisallow: /search/\nDisallow: /admin/\n"
    entries = []
    for n in range(80):
        title, teaser, body = dull(n), "Zapraszamy mieszkańców.", "<p>Zapraszamy.</p>"
        if n == 66:
            title, teaser, body = (
                "Krok w dobrą stronę",
                "Nasze miasto w Związku Miast Polskich od nowego roku.",
                MEMBERSHIP,
            )
        path = f"/node/{2000 - n}"
        card = (
            f'<div class="views-row"><h3><a href="{path}">{title}</a></h3><p>{teaser}</p>'
            f'<a href="{path}" title="{title}">Czytaj więcej</a></div>'
        )
        entries.append((path, title, card))
        portal.routes[path] = article(title, body, frame=menu)
        if n == 66:
            portal.wanted.append(path)

    def list_page(cards: str, number: int, count: int) -> str:
        after = f'<li><a href="?page={number + 1}" rel="next">Następna ›</a></li>' if number + 1 < count else ""
        return html("Aktualności", f'{menu}<div class="view-content">{cards}</div><ul class="pager">{after}</ul>', head)

    leaves(portal, entries, lambda n: f"/aktualnosci{f'?page={n}' if n else ''}", list_page)
    portal.routes["/"] = html("Hrubice", menu + "".join(card for _, _, card in entries[:5]), head)
    portal.routes["/rss.xml"] = rss(base, [(path, title) for path, title, _ in entries[:10]])
    for path in ("/miasto", "/kultura"):
        portal.routes[path] = article(path, frame=menu)
    return portal


def liferay(base: str) -> Portal:
    """Portlet addresses, leaves as `_cur`, "więcej" as the only link of a card."""
    instance = "_com_liferay_asset_publisher_web_portlet_AssetPublisherPortlet_INSTANCE_aBc1"
    head = "<script>var x = Liferay.ThemeDisplay;</script>"
    menu = nav([("/web/sosnowka/start", "Start"), ("/web/sosnowka/z-zycia-miasta", "Z życia miasta"),
                ("/web/sosnowka/urzad", "Urząd"), ("/web/sosnowka/sport", "Sport")])  # fmt: skip
    portal = Portal(headers={"Liferay-Portal": "Liferay Community Edition Portal"})
    entries = []
    for n in range(64):
        title = "Sosnówka przystąpi do ogólnopolskiej organizacji samorządów" if n == 57 else dull(n)
        path = f"/web/sosnowka/-/{slug(title)[:18]}-{n}"
        card = (
            f'<div class="asset-abstract"><h4>{title}</h4><p>{day(n)} Krótko.</p>'
            f'<div class="asset-more"><a href="{path}?redirect=%2Fweb%2Fsosnowka%2Fstart">Więcej</a></div></div>'
        )
        entries.append((path, title, card))
        body = article(title, MEMBERSHIP if n == 57 else "<p>Zapraszamy.</p>", frame=menu)
        portal.routes[path] = portal.routes[f"{path}?redirect=%2Fweb%2Fsosnowka%2Fstart"] = body
        if n == 57:
            portal.wanted.append(f"{path}?redirect=%2Fweb%2Fsosnowka%2Fstart")

    def address(n: int) -> str:
        return (
            f"/web/sosnowka/z-zycia-miasta?p_p_id={instance}&{instance}_cur={n + 1}"
            if n
            else "/web/sosnowka/z-zycia-miasta"
        )

    def list_page(cards: str, number: int, count: int) -> str:
        pager = (
            f'<div class="lfr-pagination"><a href="{address(number + 1)}">Następne</a></div>'
            if number + 1 < count
            else ""
        )
        return html("Z życia miasta", f'{menu}<div class="portlet-body">{cards}</div>{pager}', head)

    leaves(portal, entries, address, list_page, size=8)
    portal.routes["/"] = html("Sosnówka", menu + "".join(card for _, _, card in entries[:3]), head)
    for path in ("/web/sosnowka/urzad", "/web/sosnowka/sport", "/web/sosnowka/start"):
        portal.routes[path] = article(path, frame=menu)
    return portal


def homemade_cp1250(base: str) -> Portal:
    """A portal of the year 2006: windows-1250 without a word of it, a search form, tables for layout."""
    portal = Portal(headers={"Content-Type": "text/html"})
    menu = ('<table><tr><td><a href="/">Start</a></td><td><a href="/index.php?id=3">Wieści</a></td>'
            '<td><a href="/index.php?id=4">Kultura</a></td><td><a href="/ogloszenia.php">Ogłoszenia</a></td>'
            '<td><form action="szukaj.php"><input name="fraza" size="12"><input type="submit" value="OK"></form></td>'
            "</tr></table>")  # fmt: skip

    def page(title: str, body: str) -> Reply:
        markup = f"<html><head><title>{title}</title></head><body>{menu}<table><tr><td>{body}</table></body></html>"
        return Reply(markup.encode("cp1250"), headers={"Content-Type": "text/html"})

    for n in range(50):
        title = "Głosowanie w ratuszu" if n == 44 else dull(n)
        body = MEMBERSHIP if n == 44 else "<p>Zapraszamy wszystkich mieszkańców.</p>"
        portal.routes[f"/pokaz.php?nr={500 - n}"] = page(title, f"<b>{title}</b><br>{day(n):%d.%m.%Y}{body}")
    target = "/pokaz.php?nr=456"
    portal.wanted.append(target)
    for leaf in range(5):
        rows = "".join(f'<a href="pokaz.php?nr={500 - n}">{dull(n)}</a><br>' for n in range(10 * leaf, 10 * leaf + 10))
        portal.routes[f"/index.php?id=3{f'&str={leaf + 1}' if leaf else ''}"] = page(
            "Wieści", f'{rows}<a href="index.php?id=3&str={leaf + 2}">&gt;&gt;</a>'
        )
    portal.routes["/"] = page("Gmina Dąbki", '<h1>Witamy w Dąbkach</h1><a href="index.php?id=3">więcej wieści</a>')
    portal.routes["/index.php?id=4"] = page("Kultura", "Dom kultury zaprasza")
    portal.routes["/ogloszenia.php"] = page("Ogłoszenia", "Brak")
    portal.routes["/szukaj.php?fraza=Miast+Polskich"] = page(
        "Wyniki", f'<a href="{target[1:]}">Głosowanie w ratuszu</a>'
    )
    return portal


def homemade_opaque(base: str) -> Portal:
    """No feed, no sitemap, no search, no words in addresses; "więcej" is the only link, the teaser stands above it."""
    portal = Portal()
    menu = '<div class="belka">' + "".join(
        f'<span><a href="/dzial/{n}">{name}</a></span>'
        for n, name in enumerate(("Co słychać", "Historia", "Dla inwestora", "Zdjęcia", "Sprawy"))
    ) + "</div>"  # fmt: skip

    def card(n: int) -> str:
        text = (
            "Gmina przystępuje do związku miast. Radni byli zgodni." if n == 41 else f"{dull(n)}. Szczegóły wewnątrz."
        )
        return (
            f'<div><div class="c">{day(n):%d.%m.%Y}</div><div class="d">{text}</div><a href="/w/{n}">więcej »</a></div>'
        )

    for n in range(48):
        portal.routes[f"/w/{n}"] = article("Komunikat", MEMBERSHIP if n == 41 else "<p>Zapraszamy.</p>", frame=menu)
    portal.wanted.append("/w/41")
    for leaf in range(8):
        cards = "".join(card(n) for n in range(6 * leaf, 6 * leaf + 6))
        pager = "".join(f'<a href="/dzial/0/{n}">{n + 1}</a> ' for n in range(8) if abs(n - leaf) == 1)
        portal.routes[f"/dzial/0/{leaf}" if leaf else "/dzial/0"] = html(
            "Co słychać", f"{menu}{cards}<div>{pager}</div>"
        )
    for n in range(1, 5):
        portal.routes[f"/dzial/{n}"] = article(f"Dział {n}", frame=menu)
    portal.routes["/"] = html("Zalesie", menu + card(0) + card(1))
    return portal


def homemade_dated(base: str) -> Portal:
    """A listing with addresses like ``,2025-02-27,a.html``, years as sections, a page on the town's associations."""
    portal = Portal()
    menu = nav(
        [
            ("/", "Start"),
            ("/informacje.html", "Informacje"),
            ("/o-gminie.html", "O gminie"),
            ("/mapa-strony.html", "Mapa strony"),
        ]
    )
    years: dict[int, list[str]] = {}
    for n in range(160):
        title = "Kolejna sesja za nami" if n == 150 else dull(n)
        path = f"/{slug(title)},{day(n)},a.html"
        portal.routes[path] = article(title, MEMBERSHIP if n == 150 else "<p>Zapraszamy.</p>", frame=menu)
        years.setdefault(day(n).year, []).append(f'<li><a href="{path}">{title}</a> <i>{day(n)}</i></li>')
        if n == 150:
            portal.wanted.append(path)
    for year, rows in years.items():
        portal.routes[f"/informacje-{year}.html"] = html(str(year), f"{menu}<ul>{''.join(rows)}</ul>")
    archive = links([(f"/informacje-{year}.html", f"Archiwum {year}") for year in years])
    portal.routes["/informacje.html"] = html("Informacje", f"{menu}<ul>{archive}</ul>")
    portal.routes["/o-gminie.html"] = html("O gminie", menu + links([("/zwiazki.html", "W jakich związkach jesteśmy")]))
    portal.routes["/zwiazki.html"] = article("Związki", MEMBERSHIP, frame=menu)
    portal.wanted.append("/zwiazki.html")
    portal.routes["/mapa-strony.html"] = html(
        "Mapa strony", menu + links([("/o-gminie.html", "O gminie"), ("/zwiazki.html", "Związki")])
    )
    portal.routes["/"] = html("Pyskowo", menu)
    return portal
