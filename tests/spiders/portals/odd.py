"""Layouts that follow no platform: frames, splash pages, trees of years, big sitemaps, titles in attributes."""

from __future__ import annotations

from crawl.web import Reply, html

from portals.building import MEMBERSHIP, PDF, Portal, article, day, dull, links, nav, sitemap, slug


def frames(base: str) -> Portal:
    """A frameset behind a splash page; the menu is a frame of its own, news are numbered."""
    portal = Portal()
    portal.routes["/"] = html("Olszyny", '<a href="start.html"><img src="herb.png" alt="Wejście"></a>')
    portal.routes["/start.html"] = (
        '<html><head><title>O</title></head><frameset cols="200,*"><frame src="menu.html"><frame src="tresc.html">'
        "</frameset></html>"
    )
    portal.routes["/menu.html"] = html(
        "menu", links([("nowe.html", "Co nowego"), ("foto.html", "Fotki"), ("mapa.html", "Dojazd")])
    )
    portal.routes["/tresc.html"] = html("tresc", "<p>Witamy</p>")
    portal.routes["/nowe.html"] = html(
        "Co nowego",
        "".join(
            f"<p>{day(n)} {'Radni o przystąpieniu do związku miast' if n == 38 else dull(n)} "
            f'<a href="n{n}.html">tutaj</a></p>'
            for n in range(45)
        ),
    )
    for n in range(45):
        portal.routes[f"/n{n}.html"] = html(f"{n}", MEMBERSHIP if n == 38 else "<p>Zapraszamy</p>")
    for path in ("/foto.html", "/mapa.html"):
        portal.routes[path] = html(path)
    portal.wanted.append("/n38.html")
    return portal


def year_tree(base: str) -> Portal:
    """A bulletin: terms, years, sessions, and the words only beside a file; everything has a number for a name."""
    portal = Portal()
    names = ("Urząd", "Samorząd", "Finanse", "Ogłoszenia")
    menu = f'<div id="lewy">{links([(f"/index.php?m={n}", name) for n, name in enumerate(names, 1)])}</div>'
    portal.routes["/"] = html("BIP", menu)
    portal.routes["/index.php?m=2"] = html(
        "Samorząd",
        menu + links([("/index.php?m=21", "Burmistrz"), ("/index.php?m=22", "Rada"), ("/index.php?m=23", "Komisje")]),
    )
    portal.routes["/index.php?m=22"] = html(
        "Rada", menu + links([(f"/index.php?m={2200 + y}", str(y)) for y in range(2014, 2026)])
    )
    for year in range(2014, 2026):
        sessions = [(f"/index.php?d={year}{n:02}", f"{n}. posiedzenie, {n}.0{1 + n % 9}.{year}") for n in range(1, 6)]
        portal.routes[f"/index.php?m={2200 + year}"] = html(str(year), menu + links(sessions))
        for path, title in sessions:
            number = path.rpartition("=")[2]
            hit = number == "202404"
            what = "przystąpienia do Związku Miast Polskich" if hit else "zmian w budżecie"
            rows = f"<tr><td>Uchwała w sprawie {what}</td><td><a href='/plik.php?id={number}'>pobierz</a></td></tr>"
            portal.routes[path] = html(title, f"{menu}<h2>{title}</h2><table>{rows}</table>")
            portal.routes[f"/plik.php?id={number}"] = PDF
    portal.wanted += ["/index.php?d=202404", "/plik.php?id=202404"]
    for path in ("/index.php?m=1", "/index.php?m=3", "/index.php?m=4", "/index.php?m=21", "/index.php?m=23"):
        portal.routes[path] = html(path, menu)
    return portal


def big_sitemap(base: str) -> Portal:
    """Three thousand addresses in a sitemap, the news among them changed yesterday and called by its number."""
    portal = Portal()
    entries: list[tuple[str, str | None]] = [(f"/id/{n}", f"20{10 + n % 14}-0{1 + n % 9}-11") for n in range(3000)]
    entries[1713] = ("/id/1713", "2025-02-28")
    entries[2222] = ("/id/czlonkostwo-w-organizacjach", "2012-01-01")
    portal.routes["/sitemap.xml"] = sitemap(base, entries)
    for path, _ in entries:
        portal.routes[path] = html(path, "<p>Zapraszamy</p>")
    portal.routes["/id/1713"] = portal.routes["/id/czlonkostwo-w-organizacjach"] = html("Wieść", MEMBERSHIP)
    portal.routes["/"] = html("Wierzbno", '<div id="app"></div><script src="/app.js"></script>')
    portal.wanted += ["/id/1713", "/id/czlonkostwo-w-organizacjach"]
    return portal


def attributes(base: str) -> Portal:
    """Tiles of pictures: what a link is about stands in its title or its picture's; leaves are an `offset`."""
    portal = Portal()
    menu = nav([("/", "Start"), ("/dzieje-sie", "Dzieje się"), ("/dla-dzieci", "Dla dzieci"), ("/e-urzad", "E-urząd")])
    size = 8
    for leaf in range(7):
        tiles = ""
        for n in range(size * leaf, size * leaf + size):
            title = "Nasza gmina dołącza do Związku Miast Polskich" if n == 51 else dull(n)
            picture = f'<img src="/i/{n}.jpg" alt="{title}">' if n % 2 else '<img src="/i/x.jpg">'
            named = "" if n % 2 else f' title="{title}"'
            tiles += f'<div class="kafel"><a href="/dzieje-sie/{n}"{named}>{picture}</a></div>'
            portal.routes[f"/dzieje-sie/{n}"] = article(
                title, MEMBERSHIP if n == 51 else "<p>Zapraszamy</p>", frame=menu
            )
        after = f'<a href="/dzieje-sie?offset={size * (leaf + 1)}">Pokaż starsze</a>' if leaf < 6 else ""
        portal.routes[f"/dzieje-sie{f'?offset={size * leaf}' if leaf else ''}"] = html(
            "Dzieje się", menu + tiles + after
        )
    for path in ("/dla-dzieci", "/e-urzad"):
        portal.routes[path] = html(path, menu)
    portal.routes["/"] = html("Jodłowo", menu)
    portal.wanted.append("/dzieje-sie/51")
    return portal


def minutes(base: str) -> Portal:
    """No news speaks of it: only the minutes of one session do, among twenty of the same name but for its number."""
    portal = Portal()
    menu = nav(
        [
            ("/", "Start"),
            ("/aktualnosci", "Aktualności"),
            ("/rada-miejska", "Rada Miejska"),
            ("/turystyka", "Turystyka"),
        ]
    )
    portal.routes["/rada-miejska"] = html(
        "Rada", menu + links([("/rada-miejska/sklad", "Skład"), ("/rada-miejska/protokoly", "Protokoły z sesji")])
    )
    rows = [
        (f"/rada-miejska/protokoly/protokol-nr-{n}", f"Protokół nr {n} z sesji z dnia {day(9 * n):%d.%m.%Y}")
        for n in range(1, 21)
    ]
    portal.routes["/rada-miejska/protokoly"] = html("Protokoły", menu + links(rows))
    for path, title in rows:
        portal.routes[path] = article(
            title, MEMBERSHIP if path.endswith("-17") else "<p>Otwarto sesję.</p>", frame=menu
        )
    news = [(f"/aktualnosci/{slug(dull(n))}", dull(n)) for n in range(40)]
    portal.routes["/aktualnosci"] = html("Aktualności", menu + links(news))
    for path, title in news:
        portal.routes[path] = article(title, frame=menu)
    for path in ("/rada-miejska/sklad", "/turystyka"):
        portal.routes[path] = html(path, menu)
    portal.routes["/"] = html("Świerki", menu)
    portal.wanted.append("/rada-miejska/protokoly/protokol-nr-17")
    return portal


def tags_and_archives(base: str) -> Portal:
    """A paper's archive by months, with addresses of dates alone; the tag of the town hall leads to it, late."""
    portal = Portal()
    menu = nav([("/", "Główna"), ("/miasto", "Miasto"), ("/sport", "Sport"), ("/archiwum", "Archiwum")])
    months = [f"{year}/{month:02}" for year in (2023, 2024) for month in range(1, 13)]
    portal.routes["/archiwum"] = html(
        "Archiwum", menu + links([(f"/archiwum/{month}", month) for month in reversed(months)])
    )
    for number, month in enumerate(months):
        rows = []
        for n in range(4):
            title = "Wracamy do związku po latach" if (month, n) == ("2023/09", 2) else dull(4 * number + n)
            path = f"/{month}/{n + 10}/{slug(title)}.html"
            rows.append((path, title))
            portal.routes[path] = article(
                title, MEMBERSHIP if n == 2 and month == "2023/09" else "<p>Tekst</p>", frame=menu
            )
            if (month, n) == ("2023/09", 2):
                portal.wanted.append(path)
        portal.routes[f"/archiwum/{month}"] = html(month, menu + links(rows))
    portal.routes["/miasto"] = html("Miasto", menu)
    portal.routes["/sport"] = html("Sport", menu + links([(f"/sport/{n}", f"Mecz {n}") for n in range(30)]))
    for n in range(30):
        portal.routes[f"/sport/{n}"] = article(f"Mecz {n}", frame=menu)
    portal.routes["/"] = html("Gazeta", menu)
    return portal


def packed_sitemap(base: str) -> Portal:
    """The sitemap is a file of gzip named by robots.txt; its addresses have the title, the pages have no links."""
    import gzip

    portal = Portal()
    rows = [(f"/wpis/{n}-{slug(dull(n))}", str(day(n))) for n in range(60)]
    rows[55] = ("/wpis/55-gmina-w-zwiazku-miast-polskich", str(day(55)))
    inner = sitemap(base, rows)
    assert isinstance(inner.body, str)
    portal.routes["/robots.txt"] = f"User-agent: *\nAllow: /\nSitemap: {base}/mapa.xml.gz\n"
    portal.routes["/mapa.xml.gz"] = Reply(
        gzip.compress(inner.body.encode()), headers={"Content-Type": "application/gzip"}
    )
    for path, _ in rows:
        portal.routes[path] = html(path, MEMBERSHIP if "zwiazku" in path else "<p>Zapraszamy</p>")
    portal.routes["/"] = html("Klonowo", "<p>Witamy</p>")
    portal.wanted.append(rows[55][0])
    return portal
