"""Sites whose one piece of news has no word in its link: only the page, the file or the row itself speaks of it."""

from __future__ import annotations

from itertools import pairwise

from crawl.web import Reply, Route, Seen, html
from read.documents import make_docx, make_pdf, make_zip

from portals.building import XML, Portal, article, day, dull, links, nav, rss, sitemap, slug

NEUTRAL = "Wspólnie możemy więcej"
TOLD = (
    "<p>Podczas ostatniego posiedzenia radni podjęli uchwałę w sprawie przystąpienia Gminy Augustów do Związku Miast "
    "Polskich. Za głosowało 14 radnych.</p>"
)
ACT = "Uchwała w sprawie przystąpienia Gminy Augustów do Związku Miast Polskich"
LINE = "Rada Miejska podjęła uchwałę w sprawie przystąpienia Gminy Augustów do Związku Miast Polskich."
PDF_TYPE = {"Content-Type": "application/pdf"}
OFFICE = {"Content-Type": "application/octet-stream"}


def _card(path: str, title: str, teaser: str = "Zapraszamy do lektury.") -> str:
    return f'<article><h2><a href="{path}">{title}</a></h2><p>{teaser}</p></article>'


def _numbered(portal: Portal, path: str, count: int, hit: int) -> list[tuple[str, str]]:
    """Pages by number, the newest first; one of them tells."""
    entries = []
    for n in range(count):
        entries.append((path.format(n=1000 - n), NEUTRAL if n == hit else dull(n)))
        portal.routes[entries[-1][0]] = article(entries[-1][1], TOLD if n == hit else "<p>Zapraszamy.</p>", at=day(n))
        if n == hit:
            portal.wanted.append(entries[-1][0])
    return entries


def _leaves(portal: Portal, entries: list[tuple[str, str]], leaf: str, first: str, frame: str, size: int = 10) -> None:
    count = -(-len(entries) // size)
    for number in range(count):
        cards = "".join(_card(*entry) for entry in entries[number * size : (number + 1) * size])
        pager = "".join(f'<a href="{leaf.format(n=n + 1)}">{n + 1}</a> ' for n in range(count) if n != number)
        portal.routes[first if number == 0 else leaf.format(n=number + 1)] = html(
            "Aktualności", f"{frame}{cards}{pager}"
        )


def wordpress_second_leaf(base: str) -> Portal:
    """A neutral headline on the second leaf, no search, a feed that holds the first ten only."""
    portal = Portal()
    head = (
        '<meta name="generator" content="WordPress 6.4"><link rel="alternate" type="application/rss+xml" href="/feed/">'
    )
    frame = nav([("/category/aktualnosci/", "Aktualności"), ("/gmina/", "Gmina"), ("/turystyka/", "Turystyka")])
    entries = []
    for n in range(45):
        title = NEUTRAL if n == 13 else dull(n)
        path = f"/{day(n):%Y/%m/%d}/{slug(title)}/"
        entries.append((path, title))
        portal.routes[path] = article(title, TOLD if n == 13 else "<p>Zapraszamy.</p>", at=day(n), frame=frame)
    portal.wanted.append(entries[13][0])
    _leaves(portal, entries, "/category/aktualnosci/page/{n}/", "/category/aktualnosci/", frame)
    portal.routes["/"] = html("Gmina Augustów", frame + "".join(_card(*e) for e in entries[:5]), head)
    portal.routes["/feed/"] = rss(base, entries[:10])
    portal.routes["/robots.txt"] = Reply("User-agent: *\nDisallow: /?s=\nDisallow: /search\n")
    return portal


def read_more(base: str) -> Portal:
    """Cards whose only link is "czytaj więcej", twelve a leaf, leaves by an offset."""
    portal = Portal()
    frame = nav([("/index.php", "Start"), ("/aktualnosci.php", "Aktualności"), ("/kontakt.php", "Kontakt")])
    for n in range(48):
        hit = n == 17
        title = NEUTRAL if hit else dull(n)
        portal.routes[f"/wiecej.php?id={900 - n}"] = article(title, TOLD if hit else "<p>Tekst.</p>", frame=frame)
        if hit:
            portal.wanted.append(f"/wiecej.php?id={900 - n}")
    for leaf in range(4):
        cards = "".join(
            f"<div><h3>{NEUTRAL if n == 17 else dull(n)}</h3><p>{day(n)}</p>"
            f'<a href="/wiecej.php?id={900 - n}">czytaj więcej</a></div>'
            for n in range(12 * leaf, 12 * leaf + 12)
        )
        more = f'<a href="/aktualnosci.php?start={12 * leaf + 12}">starsze</a>' if leaf < 3 else ""
        portal.routes[f"/aktualnosci.php?start={12 * leaf}" if leaf else "/aktualnosci.php"] = html(
            "Aktualności", frame + cards + more
        )
    portal.routes["/"] = portal.routes["/index.php"] = html("Miasto Augustów", frame + "<p>Witamy</p>")
    portal.routes["/kontakt.php"] = html("Kontakt", frame)
    return portal


def feed_only(base: str) -> Portal:
    """What the feed holds stands on no page: the front page is a script's."""
    portal = Portal()
    entries = _numbered(portal, "/a/{n}", 44, 9)
    head = '<link rel="alternate" type="application/atom+xml" href="/kanal.xml">'
    portal.routes["/"] = html(
        "Miasto Augustów", '<div id="app"></div><p>Serwis wymaga włączonej obsługi skryptów.</p>', head
    )
    rows = "".join(
        f'<entry><title>{title}</title><link href="{base}{path}"/><updated>{day(n)}T08:00:00Z</updated></entry>'
        for n, (path, title) in enumerate(entries[:30])
    )
    portal.routes["/kanal.xml"] = Reply(
        f'<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title>{rows}</feed>', headers=XML
    )
    return portal


def sitemap_only(base: str) -> Portal:
    """Pages by number that only the sitemap lists; it says when each was changed."""
    portal = Portal()
    entries = _numbered(portal, "/strona-{n}.html", 120, 15)
    portal.routes["/"] = html("Miasto Augustów", "<h1>Witamy</h1>")
    portal.routes["/robots.txt"] = Reply(f"User-agent: *\nAllow: /\nSitemap: {base}/mapa.xml\n")
    portal.routes["/mapa.xml"] = sitemap(base, [(path, f"{day(n)}") for n, (path, _) in enumerate(entries)])
    return portal


def search_only(base: str) -> Portal:
    """An archive of forty leaves; the site's own search finds what lies in the last."""
    portal = Portal()
    frame = nav([("/archiwum", "Archiwum wiadomości")])
    form = '<form action="/znajdz" method="get"><input name="fraza"><button>Szukaj</button></form>'
    entries = _numbered(portal, "/wiadomosc/{n}", 400, 388)
    _leaves(portal, entries, "/archiwum/{n}", "/archiwum", frame)
    portal.routes["/"] = html("Miasto Augustów", frame + form)

    def answer(seen: Seen) -> str | Reply:
        if "Miast+Polskich" in seen.path or "Miast%20Polskich" in seen.path:
            return html("Wyniki", frame + form + "<ol>" + links([(portal.wanted[0], NEUTRAL)]) + "</ol>")
        return html("Wyniki", frame + form + "<p>Brak wyników</p>")

    route: Route = answer
    for query in ("Miast+Polskich", "ZMP"):
        portal.routes[f"/znajdz?fraza={query}"] = route
    return portal


def minutes_in_pdf(base: str) -> Portal:
    """Minutes as PDF, a file a session, named by the number of the session alone."""
    portal = Portal()
    menu = nav([("/?m=1", "Urząd"), ("/?m=2", "Rada Miejska"), ("/?m=3", "Przetargi"), ("/?m=4", "Majątek")])
    portal.routes["/"] = html("BIP", menu)
    portal.routes["/?m=2"] = html(
        "Rada", menu + links([("/?m=20", "Skład"), ("/?m=21", "Protokoły"), ("/?m=22", "Terminy")])
    )
    rows = [(f"/pliki/protokol_{40 - n}.pdf", f"Protokół nr {40 - n}") for n in range(30)]
    portal.routes["/?m=21"] = html("Protokoły", menu + links(rows))
    for n, (path, title) in enumerate(rows):
        said = [LINE] if n == 4 else ["Rada przyjęła sprawozdanie burmistrza."]
        portal.routes[path] = Reply(make_pdf([[[title], said]]), headers=PDF_TYPE)
    portal.wanted.append(rows[4][0])
    for n in (1, 3, 4, 20, 22):
        portal.routes[f"/?m={n}"] = html(str(n), menu)
    for n in range(10):
        portal.routes[f"/?x={n}"] = html(str(n))
    return portal


def register_row(base: str) -> Portal:
    """A register of resolutions as a table of forty rows a leaf; the row is all there is, on the second leaf."""
    portal = Portal()
    menu = nav([("/kategoria/1", "Władze"), ("/kategoria/2", "Prawo lokalne"), ("/kategoria/3", "Finanse")])
    portal.routes["/"] = html("Biuletyn Informacji Publicznej Augustów", menu)
    portal.routes["/kategoria/2"] = html(
        "Prawo lokalne", menu + links([("/rejestr-uchwal", "Rejestr uchwał"), ("/statut", "Statut")])
    )
    for leaf in range(1, 6):
        acts = [(f"X/{leaf * 40 + n}/2024", "zmian w budżecie") for n in range(40)]
        if leaf == 2:
            acts[7] = ("XV/120/2025", "przystąpienia Gminy Augustów do Związku Miast Polskich")
        rows = "".join(
            f"<tr><td>{number}</td><td>{day(n)}</td><td>w sprawie {matter}</td></tr>"
            for n, (number, matter) in enumerate(acts)
        )
        head = "<tr><th>Numer uchwały</th><th>Data podjęcia</th><th>Tytuł</th></tr>"
        pager = "".join(f'<a href="/rejestr-uchwal?strona={n}">{n}</a>' for n in range(1, 6))
        path = f"/rejestr-uchwal?strona={leaf}" if leaf > 1 else "/rejestr-uchwal"
        portal.routes[path] = html("Rejestr uchwał Rady Miejskiej", f"{menu}<table>{head}{rows}</table>{pager}")
    portal.wanted.append("/rejestr-uchwal?strona=2")
    for n in range(40):
        portal.routes[f"/zarzadzenie/{n}"] = html(f"Zarządzenie {n}")
    return portal


def attachment_in_zip(base: str) -> Portal:
    """Papers of a session as one ZIP of DOCX; nothing on the page speaks of what is in it."""
    portal = Portal()
    menu = nav([("/wladze", "Władze"), ("/sesje", "Sesje Rady Miejskiej"), ("/zamowienia", "Zamówienia publiczne")])
    sessions = [(f"/sesja/{30 - n}", f"{30 - n}. sesja w dniu {day(9 * n):%d.%m.%Y}") for n in range(30)]
    portal.routes["/"] = html("BIP Augustów", menu)
    portal.routes["/sesje"] = html("Sesje", menu + links(sessions))
    for n, (path, title) in enumerate(sessions):
        files = [(f"/pobierz/{100 - n}", "Materiały na sesję (ZIP)"), (f"/pobierz/{200 - n}", "Zawiadomienie")]
        portal.routes[path] = html(title, f"{menu}<h1>{title}</h1>{links(files)}")
        drafts = [("uchwala_1.docx", make_docx(["Uchwała w sprawie zmian w budżecie", "Rada uchwala, co następuje."]))]
        if n == 3:
            drafts.append(("uchwala_2.docx", make_docx([ACT, LINE])))
            portal.wanted.append(files[0][0])
        portal.routes[files[0][0]] = Reply(make_zip(drafts), headers=OFFICE)
        portal.routes[files[1][0]] = Reply(make_docx([f"Zawiadomienie o sesji {30 - n}"]), headers=OFFICE)
    return portal


def resolutions_as_files(base: str) -> Portal:
    """Resolutions of a year as files with numbers for names."""
    portal = Portal()
    menu = nav([("/rada", "Rada Miejska"), ("/burmistrz", "Burmistrz"), ("/mienie", "Mienie")])
    portal.routes["/"] = html("BIP", menu)
    portal.routes["/rada"] = html("Rada", menu + links([(f"/uchwaly/{y}", f"Uchwały {y}") for y in range(2018, 2026)]))
    for year in range(2018, 2026):
        rows = [(f"/pliki/{year}/XII_{100 - n}_{year}.docx", f"Uchwała nr XII/{100 - n}/{year}") for n in range(25)]
        portal.routes[f"/uchwaly/{year}"] = html(str(year), menu + links(rows))
        for n, (path, title) in enumerate(rows):
            hit = (year, n) == (2025, 11)
            text = [title, LINE if hit else "Rada uchwala zmiany w budżecie."]
            portal.routes[path] = Reply(make_docx(text), headers=OFFICE)
            if hit:
                portal.wanted.append(path)
    return portal


def votes_of_session(base: str) -> Portal:
    """eSesja: the agenda is silent, the list of votes of one session has the subject."""
    portal = Portal(headers={"Content-Type": "text/html"})
    menu = nav([("/posiedzenia", "Posiedzenia"), ("/glosowania", "Głosowania"), ("/radni", "Radni")])
    head = '<link href="https://static.esesja.pl/css/s.css"><script src="https://esesja.tv/js/x.js"></script>'

    def page(title: str, body: str) -> str:
        return html(title, menu + body, head)

    votes = []
    for n in range(24):
        key = f"{n:08x}-1111-4000-8000-{n:012x}"
        path = f"/listaglosowan/{key}"
        votes.append((path, f"Lista głosowań z sesji w dniu {day(8 * n):%d.%m.%Y}"))
        points = ["Przyjęcie porządku obrad", "Zmiany w budżecie"]
        if n == 5:
            points.append(
                "Podjęcie uchwały w sprawie przystąpienia Gminy Augustów do Związku Miast Polskich: ZA 14, PRZECIW 0"
            )
            portal.wanted.append(path)
        portal.routes[path] = page(
            "Głosowania",
            f"<h1>{votes[-1][1]}</h1><ol>{links([(f'/glosowanie/{n}{i}/x', p) for i, p in enumerate(points)])}</ol>",
        )
        portal.routes[f"/posiedzenie{n}"] = page("Posiedzenie", "<ol><li>Otwarcie</li><li>Uchwały</li></ol>")
    portal.routes["/glosowania"] = page("Głosowania", links(votes))
    portal.routes["/posiedzenia"] = page("Posiedzenia", links([(f"/posiedzenie{n}", f"Sesja {n}") for n in range(24)]))
    portal.routes["/radni"] = page("Radni", "")
    portal.routes["/"] = page("Rada Miejska w Augustowie", "")
    return portal


def drupal_term(base: str) -> Portal:
    """Nodes of a term, leaves from 0, a neutral headline on the third; search closed, no feed."""
    portal = Portal(headers={"X-Generator": "Drupal 9"})
    frame = nav([("/taxonomy/term/3", "Wiadomości"), ("/node/2", "O mieście"), ("/node/3", "Kontakt")])
    entries = _numbered(portal, "/node/{n}", 50, 24)
    for leaf in range(5):
        cards = "".join(_card(*entry) for entry in entries[10 * leaf : 10 * leaf + 10])
        more = f'<a href="/taxonomy/term/3?page={leaf + 1}" rel="next">następna ›</a>' if leaf < 4 else ""
        portal.routes[f"/taxonomy/term/3?page={leaf}" if leaf else "/taxonomy/term/3"] = html(
            "Wiadomości", frame + cards + more
        )
    portal.routes["/"] = html("Augustów", frame + "".join(_card(*entry) for entry in entries[:4]))
    portal.routes["/robots.txt"] = Reply("User-agent: *\nDisallow: /search/\n")
    return portal


def joomla_blog(base: str) -> Portal:
    """A blog layout whose leaves count items; items by number and alias."""
    portal = Portal()
    head = '<meta name="generator" content="Joomla! - Open Source Content Management">'
    frame = nav(
        [("/index.php/aktualnosci", "Aktualności"), ("/index.php/gmina", "Gmina"), ("/index.php/sport", "Sport")]
    )
    entries = []
    for n in range(48):
        title = NEUTRAL if n == 19 else dull(n)
        path = f"/index.php/aktualnosci/{700 - n}-{slug(title)}"
        entries.append((path, title))
        portal.routes[path] = article(title, TOLD if n == 19 else "<p>Tekst.</p>", at=day(n), frame=frame)
    portal.wanted.append(entries[19][0])
    for leaf in range(6):
        cards = "".join(_card(*entry) for entry in entries[8 * leaf : 8 * leaf + 8])
        pager = "".join(f'<li><a href="/index.php/aktualnosci?start={8 * n}">{n + 1}</a></li>' for n in range(6))
        portal.routes[f"/index.php/aktualnosci?start={8 * leaf}" if leaf else "/index.php/aktualnosci"] = html(
            "Aktualności", f"{frame}{cards}<ul>{pager}</ul>", head
        )
    portal.routes["/"] = html("Gmina", frame, head)
    for path in ("/index.php/gmina", "/index.php/sport"):
        portal.routes[path] = html(path, frame, head)
    return portal


def change_register(base: str) -> Portal:
    """A bulletin with hundreds of pages by number; its register of changes names the one of yesterday."""
    portal = Portal()
    menu = nav(
        [(f"/strona/{n}", name) for n, name in enumerate(("Urząd", "Organy", "Majątek", "Oświata", "Sprawy"), 1)]
    )
    portal.routes["/"] = html("BIP Augustów", menu + '<footer><a href="/rejestr-zmian">Rejestr zmian</a></footer>')
    rows = []
    for n in range(60):
        path = f"/dokument/{5000 - n}"
        rows.append((path, f"Dokument {5000 - n}, dodano {day(n):%d.%m.%Y}"))
        portal.routes[path] = html("Dokument", menu + (TOLD if n == 8 else "<p>Treść dokumentu.</p>"))
    portal.wanted.append(rows[8][0])
    portal.routes["/rejestr-zmian"] = html("Rejestr zmian", menu + links(rows[:20]))
    for n in range(1, 6):
        portal.routes[f"/strona/{n}"] = html(
            str(n), menu + links([(f"/strona/{n}{k}", f"Dział {n}.{k}") for k in range(8)])
        )
        for k in range(8):
            portal.routes[f"/strona/{n}{k}"] = html(f"{n}{k}", menu)
    return portal


def bodies_of_town(base: str) -> Portal:
    """The bodies a town belongs to, four folders down under words that say little."""
    portal = Portal()
    frame = nav(
        [("/miasto", "Miasto"), ("/mieszkaniec", "Mieszkaniec"), ("/turysta", "Turysta"), ("/biznes", "Biznes")]
    )
    steps = [
        ("/miasto", "Miasto"),
        ("/miasto/poznaj", "Poznaj nas"),
        ("/miasto/poznaj/fakty", "Fakty i liczby"),
        ("/miasto/poznaj/fakty/g7", "Gdzie należymy"),
    ]
    for (path, title), (below, name) in pairwise(steps):
        portal.routes[path] = html(
            title, frame + links([(f"{path}/x{n}", dull(n)) for n in range(9)] + [(below, name)])
        )
        for n in range(9):
            portal.routes[f"{path}/x{n}"] = html(dull(n), frame)
    portal.routes[steps[-1][0]] = html(
        "Gdzie należymy",
        frame + "<h1>Gdzie należymy</h1><p>Miasto Augustów jest członkiem Związku Miast Polskich od 2024 roku.</p>",
    )
    portal.wanted.append(steps[-1][0])
    for path in ("/mieszkaniec", "/turysta", "/biznes"):
        portal.routes[path] = html(path, frame + links([(f"{path}/y{n}", dull(n)) for n in range(12)]))
        for n in range(12):
            portal.routes[f"{path}/y{n}"] = html(dull(n), frame)
    portal.routes["/"] = html("Augustów", frame)
    return portal


HIDDEN = {
    "wordpress_second_leaf": ("municipal", wordpress_second_leaf),
    "read_more": ("municipal", read_more),
    "feed_only": ("municipal", feed_only),
    "sitemap_only": ("municipal", sitemap_only),
    "search_only": ("municipal", search_only),
    "drupal_term": ("municipal", drupal_term),
    "joomla_blog": ("municipal", joomla_blog),
    "bodies_of_town": ("municipal", bodies_of_town),
    "minutes_in_pdf": ("bip", minutes_in_pdf),
    "register_row": ("bip", register_row),
    "attachment_in_zip": ("bip", attachment_in_zip),
    "resolutions_as_files": ("bip", resolutions_as_files),
    "votes_of_session": ("bip", votes_of_session),
    "change_register": ("bip", change_register),
}
