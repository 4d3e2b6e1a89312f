"""Public information bulletins."""

from __future__ import annotations

from collections.abc import Callable

from crawl.web import Reply, html

from portals.building import MEMBERSHIP, PDF, Portal, day, dull, links, nav

SUBJECTS = ("zmian w budżecie", "sprzedaży działki", "opłaty za odpady", "nadania statutu")
JOIN = "Uchwała w sprawie przystąpienia Gminy Konary do Związku Miast Polskich"


def register(address: Callable[[int], str], count: int, at: int, title: str) -> list[tuple[str, str]]:
    rows = []
    for n in range(count):
        what = title if n == at else f"Uchwała nr {n} w sprawie {SUBJECTS[n % len(SUBJECTS)]}"
        rows.append((address(n), what))
    return rows


def idcom(base: str) -> Portal:
    """`/wiadomosci/{menu}/wiadomosc/{id}/{slug}`, lists by menu, the file behind the article."""
    portal = Portal()
    foot = '<footer>Realizacja: <a href="https://www.idcom.pl/">IDcom.pl</a></footer>'
    menu = nav([("/wiadomosci/1", "Urząd"), ("/wiadomosci/2", "Oświadczenia majątkowe"),
                ("/wiadomosci/3", "Rada Miejska"),
                ("/wiadomosci/4", "Przetargi"), ("/wiadomosci/5", "Budżet")])  # fmt: skip
    rows = register(lambda n: f"/wiadomosci/31/wiadomosc/{700 - n}/uchwala-{n}", 60, 47, JOIN)
    for n, (path, title) in enumerate(rows):
        link = f'<a href="/pliki/{700 - n}/akt.pdf">Pobierz plik</a>' if n == 47 else ""
        portal.routes[path] = html(title, f"{menu}<h1>{title}</h1><p>Treść w załączniku. {link}</p>{foot}")
    portal.routes["/pliki/653/akt.pdf"] = PDF
    portal.wanted += [rows[47][0], "/pliki/653/akt.pdf"]
    for leaf in range(6):
        body = links(rows[10 * leaf : 10 * leaf + 10])
        after = f'<a href="/wiadomosci/31/lista/{leaf + 2}">następna</a>' if leaf < 5 else ""
        portal.routes[f"/wiadomosci/31/lista/{leaf + 1}" if leaf else "/wiadomosci/31"] = html(
            "Uchwały", f"{menu}<ul>{body}</ul>{after}{foot}"
        )
    portal.routes["/wiadomosci/3"] = html(
        "Rada Miejska",
        menu
        + links([("/wiadomosci/30", "Skład Rady"), ("/wiadomosci/31", "Uchwały"), ("/wiadomosci/32", "Sesje")])
        + foot,
    )
    for n in (1, 2, 4, 5, 30, 32):
        portal.routes[f"/wiadomosci/{n}"] = html(str(n), menu + foot)
    portal.routes["/"] = html("BIP Konary", menu + foot)
    return portal


def nefeni(base: str) -> Portal:
    """Server-rendered Next.js; a list links no next leaf, and the leaf after the last is empty."""
    portal = Portal()
    head = '<script src="/_next/static/chunks/main.js" async></script>'
    foot = "<footer>Wykonanie: Nefeni</footer>"
    menu = nav([("/kategorie/10-rada-miejska?lang=PL", "Rada Miejska"),
                ("/kategorie/20-zarzadzenia?lang=PL", "Zarządzenia"),
                ("/kategorie/40-petycje?lang=PL", "Petycje")])  # fmt: skip
    rows = register(lambda n: f"/kategorie/11-uchwaly/artykuly/{300 - n}-uchwala-{n}?lang=PL", 72, 61, JOIN)
    for path, title in rows:
        portal.routes[path] = html(title, f"{menu}<main><h1>{title}</h1></main>{foot}", head)
    portal.wanted.append(rows[61][0])
    for leaf in range(9):
        body = f"<main><ul>{links(rows[8 * leaf : 8 * leaf + 8])}</ul></main>"
        portal.routes[f"/kategorie/11-uchwaly?lang=PL{f'&page={leaf + 1}' if leaf else ''}"] = html(
            "Uchwały", menu + body + foot, head
        )
    portal.routes["/kategorie/11-uchwaly?lang=PL&page=10"] = html(
        "Uchwały", f"{menu}<main><p>Brak artykułów</p></main>{foot}", head
    )
    registers = links([("/kategorie/11-uchwaly?lang=PL", "Uchwały"), ("/kategorie/12-sesje?lang=PL", "Sesje")])
    portal.routes["/kategorie/10-rada-miejska?lang=PL"] = html(
        "Rada",
        f"{menu}<main>{registers}</main>{foot}",
        head,
    )
    for path in ("/kategorie/20-zarzadzenia?lang=PL", "/kategorie/40-petycje?lang=PL", "/kategorie/12-sesje?lang=PL"):
        portal.routes[path] = html(path, f"{menu}<main></main>{foot}", head)
    portal.routes["/"] = html("BIP Konary", f"{menu}<main><p>Witamy</p></main>{foot}", head)
    return portal


def bip_net(base: str) -> Portal:
    """`?c=N` and `?a=N`, terms of office as categories, "pobierz" beside the title in a table."""
    portal = Portal()
    foot = '<div>System: <a href="https://www.bip.net.pl/">www.bip.net.pl</a></div>'
    menu = (
        "<ul>"
        + links([("?c=1", "Władze"), ("?c=2", "Prawo lokalne"), ("?c=3", "Majątek"), ("?c=4", "Rejestr zmian")])
        + "</ul>"
    )
    rows = register(lambda n: f"?a={800 - n}", 60, 52, JOIN)
    for path, title in rows:
        portal.routes[f"/{path}"] = html(title, f"{menu}<h2>{title}</h2>{foot}")
    portal.routes["/?c=2"] = html(
        "Prawo lokalne", menu + links([("?c=21", "Uchwały Rady"), ("?c=22", "Zarządzenia")]) + foot
    )
    portal.routes["/?c=21"] = html(
        "Uchwały", menu + links([(f"?c={210 + n}", f"Kadencja {2006 + 4 * n}-{2010 + 4 * n}") for n in range(4)]) + foot
    )
    for term in range(4):
        some = rows[15 * (3 - term) : 15 * (3 - term) + 15]
        table = "".join(
            f'<tr><td>{n}</td><td>{title}</td><td><a href="{path}">pokaż</a></td></tr>'
            for n, (path, title) in enumerate(some)
        )
        portal.routes[f"/?c={210 + term}"] = html("Kadencja", f"{menu}<table>{table}</table>{foot}")
    for path in ("/?c=1", "/?c=3", "/?c=4", "/?c=22"):
        portal.routes[path] = html(path, menu + foot)
    portal.routes["/"] = html("BIP", menu + foot)
    portal.wanted.append(f"/{rows[52][0]}")
    return portal


def wokiss(base: str) -> Portal:
    """Descriptive paths below `/konary/bip/`, years as branches of a tree."""
    portal = Portal()
    foot = "<div id=stopka>WOKISS</div>"
    root = "/konary/bip"
    offices = {
        "wladze": "Władze",
        "rada-miejska": "Rada Miejska",
        "zamowienia": "Zamówienia",
        "oswiadczenia": "Majątek",
    }
    menu = "<div id=menu>" + links([(f"{root}/{name}.html", text) for name, text in offices.items()]) + "</div>"
    years = range(2014, 2026)
    portal.routes[f"{root}/rada-miejska.html"] = html(
        "Rada",
        menu
        + links(
            [(f"{root}/rada-miejska/uchwaly.html", "Uchwały"), (f"{root}/rada-miejska/protokoly.html", "Protokoły")]
        )
        + foot,
    )
    portal.routes[f"{root}/rada-miejska/uchwaly.html"] = html(
        "Uchwały", menu + links([(f"{root}/rada-miejska/uchwaly/{year}.html", str(year)) for year in years]) + foot
    )
    portal.routes[f"{root}/rada-miejska/protokoly.html"] = html("Protokoły", menu + foot)
    for year in years:
        rows = register(
            lambda n, y=year: f"{root}/rada-miejska/uchwaly/{y}/uchwala-{n}.html",
            8,
            5 if year == 2017 else -1,
            JOIN,
        )
        for path, title in rows:
            portal.routes[path] = html(title, f"{menu}<h3>{title}</h3>{foot}")
        if year == 2017:
            portal.wanted.append(rows[5][0])
        portal.routes[f"{root}/rada-miejska/uchwaly/{year}.html"] = html(str(year), menu + links(rows) + foot)
    for name in ("wladze", "zamowienia", "oswiadczenia"):
        portal.routes[f"{root}/{name}.html"] = html(name, menu + foot)
    portal.routes["/"] = html("BIP Konary", menu + foot)
    return portal


def esesja(base: str) -> Portal:
    """Sessions by a GUID, windows-1250 declared in the page; only an agenda has the words."""
    portal = Portal(headers={"Content-Type": "text/html"})
    menu = (
        '<div class="menu">'
        + links(
            [
                ("/posiedzenia", "Posiedzenia"),
                ("/glosowania", "Głosowania"),
                ("/radni", "Radni"),
                ("/transmisje", "Transmisje"),
            ]
        )
        + "</div>"
    )

    def page(title: str, body: str) -> Reply:
        head = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1250"><link href="https://static.esesja.pl/css/s.css">'
        return Reply(
            f"<html><head><title>{title}</title>{head}</head><body>{menu}{body}</body></html>".encode("cp1250"),
            headers={"Content-Type": "text/html"},
        )

    rows = []
    for n in range(40):
        key = f"{n:08x}-0000-4000-8000-{n:012x}"
        path = f"/wcag/posiedzenie.asp?k={key}"
        rows.append((path, f"Sesja nr {40 - n} w dniu {day(7 * n):%d.%m.%Y}"))
        points = ["Otwarcie sesji", "Przyjęcie protokołu", "Interpelacje"]
        if n == 27:
            points.insert(2, "Podjęcie uchwały w sprawie przystąpienia do Związku Miast Polskich")
            portal.wanted.append(path)
        portal.routes[path] = page(rows[-1][1], "<ol>" + "".join(f"<li>{point}</li>" for point in points) + "</ol>")
        for vote in range(3):
            portal.routes[f"/glosowanie/{n}{vote}/abc"] = page("Głosowanie", "za, przeciw")
    for leaf in range(2):
        more = '<a href="/posiedzenia/2">2</a>' if not leaf else ""
        portal.routes["/posiedzenia/2" if leaf else "/posiedzenia"] = page(
            "Posiedzenia", f"<ul>{links(rows[20 * leaf : 20 * leaf + 20])}</ul>{more}"
        )
    votes = links([(f"/glosowanie/{n}{vote}/abc", f"Głosowanie {vote}") for n in range(40) for vote in range(3)])
    portal.routes["/glosowania"] = page("Głosowania", f"<ul>{votes}</ul>")
    portal.routes["/radni"] = portal.routes["/transmisje"] = page("Radni", "")
    portal.routes["/"] = page("eSesja", "<p>Rada Miejska w Konarach</p>")
    return portal


def generic_bip(base: str) -> Portal:
    """An unknown vendor: a change register names what was added, the tree is deep, addresses say nothing."""
    portal = Portal()
    menu = links([("/m,1.html", "Podstawowe informacje"), ("/m,2.html", "Organy gminy"), ("/m,3.html", "Finanse"),
                  ("/zmiany.html", "Rejestr zmian w biuletynie"), ("/m,9.html", "Instrukcja obsługi")])  # fmt: skip
    portal.routes["/m,2.html"] = html(
        "Organy",
        menu + links([("/m,20.html", "Burmistrz"), ("/m,21.html", "Rada Miejska"), ("/m,22.html", "Jednostki")]),
    )
    portal.routes["/m,21.html"] = html(
        "Rada",
        menu + links([("/m,210.html", "Komisje"), ("/m,211.html", "Kadencja VIII"), ("/m,212.html", "Kadencja IX")]),
    )
    portal.routes["/m,211.html"] = html(
        "VIII", menu + links([("/m,2110.html", "Protokoły z sesji"), ("/m,2111.html", "Uchwały")])
    )
    rows = register(lambda n: f"/d,{n}.html", 48, 33, "Uchwała w sprawie wystąpienia ze Związku Miast Polskich")
    rows_8 = "".join(
        f"<tr><td>{title}</td><td>{day(n)}</td><td><a href='{path}'>Szczegóły</a></td></tr>"
        for n, (path, title) in enumerate(rows)
    )
    portal.routes["/m,2111.html"] = html("Uchwały VIII", f"{menu}<table>{rows_8}</table>")
    portal.routes["/m,2110.html"] = html("Protokoły", menu)
    for path, title in rows:
        portal.routes[path] = html(title, f"{menu}<h1>{title}</h1>")
    portal.routes["/m,212.html"] = html(
        "IX", menu + links([("/m,2120.html", "Sesje"), ("/m,2121.html", "Projekty uchwał")])
    )
    draft = "Projekt uchwały o akcesie do ZMP"
    changes = "".join(
        f"<tr><td>{draft if n == 19 else dull(n)}</td><td><a href='/z,{n}.html'>pokaż</a></td></tr>" for n in range(25)
    )
    portal.routes["/zmiany.html"] = html("Rejestr zmian", f"{menu}<table>{changes}</table>")
    for n in range(25):
        portal.routes[f"/z,{n}.html"] = html("Dokument", menu + (MEMBERSHIP if n == 19 else "<p>Treść</p>"))
    for path in (
        "/m,1.html",
        "/m,3.html",
        "/m,9.html",
        "/m,20.html",
        "/m,22.html",
        "/m,210.html",
        "/m,2120.html",
        "/m,2121.html",
    ):
        portal.routes[path] = html(path, menu)
    portal.routes["/"] = html("Biuletyn Informacji Publicznej", menu)
    portal.wanted += ["/d,33.html", "/z,19.html"]
    return portal


def article_get(base: str) -> Portal:
    """`/Article/get/id,N.html`, and an old office file whose address ends in .html."""
    portal = Portal()
    menu = links(
        [
            ("/Article/index/id,5.html", "Gmina"),
            ("/Article/index/id,6.html", "Rada Miejska"),
            ("/Article/index/id,7.html", "Zamówienia"),
        ]
    )
    portal.routes["/Article/index/id,6.html"] = html(
        "Rada",
        menu + links([(f"/Article/index/id,{60 + n}.html", f"Sesja {n} z {day(9 * n):%d.%m.%Y}") for n in range(12)]),
    )
    for n in range(12):
        rows = register(lambda k, s=n: f"/Article/get/id,{100 * s + k}.html", 6, 3 if n == 9 else -1, JOIN)
        portal.routes[f"/Article/index/id,{60 + n}.html"] = html("Sesja", menu + links(rows))
        for path, title in rows:
            number = path.rpartition(",")[2]
            portal.routes[path] = html(
                title, f'{menu}<h1>{title}</h1><p>Załączniki: <a href="/Download/get/id,{number}">plik</a></p>'
            )
    portal.routes["/Download/get/id,903.html"] = PDF
    portal.wanted += ["/Article/get/id,903.html", "/Download/get/id,903.html"]
    portal.routes["/Article/index/id,5.html"] = portal.routes["/Article/index/id,7.html"] = html("x", menu)
    portal.routes["/"] = html("BIP", menu)
    return portal


def samorzady(base: str) -> Portal:
    """Numbered articles under spoken menus; the search form is the short way, the tree the long one."""
    portal = Portal()
    foot = '<footer>Hosting i system: <a href="https://www.samorzady.pl/">samorzady.pl</a></footer>'
    form = '<form method="get" action="/szukaj/"><input type="text" name="q"><button>Szukaj</button></form>'
    menu = form + links([("/urzad/", "Urząd"), ("/rada/", "Rada Gminy"), ("/inne/", "Inne dokumenty")])
    rows = [(f"/artykul/{n}", f"Dokument {n}") for n in range(60)]
    for path, title in rows:
        portal.routes[path] = html(title, f"{menu}<h1>{title}</h1>{MEMBERSHIP if path == '/artykul/51' else ''}{foot}")
    for leaf in range(6):
        portal.routes[f"/inne/strona/{leaf + 1}" if leaf else "/inne/"] = html(
            "Inne",
            f"{menu}<ul>{links(rows[10 * leaf : 10 * leaf + 10])}</ul>"
            f"<a href='/inne/strona/{leaf + 2}'>Następna strona</a>{foot}",
        )
    portal.routes["/szukaj/?q=Miast+Polskich"] = html(
        "Wyniki", f"{menu}<p>Znaleziono: 1</p><ul>{links([('/artykul/51', 'Dokument 51')])}</ul>{foot}"
    )
    for path in ("/urzad/", "/rada/"):
        portal.routes[path] = html(path, menu + foot)
    portal.routes["/"] = html("BIP", menu + foot)
    portal.wanted.append("/artykul/51")
    return portal
