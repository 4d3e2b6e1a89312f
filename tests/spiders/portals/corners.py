"""Sites that keep their news in corners: a select, a row's handler, a paper's issue, a module in a frame, a change log.

Each builder makes the site as it is at first, or `later`, when one piece more has come. `Portal.wanted` names the pages
that speak of the association, the one that came later last.
"""

from __future__ import annotations

from collections.abc import Callable

from crawl.web import Reply, Route, Seen, html
from read.documents import make_docx, make_pdf

from portals.building import Portal, article, day, dull, links, nav, sitemap, slug

RESOLVED = (
    "<p>Radni podjęli uchwałę w sprawie przystąpienia Gminy Augustów do Związku Miast Polskich. "
    "Za głosowało 14 radnych.</p>"
)
ADMITTED = "<p>Zarząd Związku Miast Polskich 24 lutego 2025 r. przyjął Augustów w poczet członków Związku.</p>"
ACT = "Rada Miejska podjęła uchwałę w sprawie przystąpienia Gminy Augustów do Związku Miast Polskich."
VOTED = "Podjęcie uchwały w sprawie przystąpienia Gminy Augustów do Związku Miast Polskich. ZA 14, PRZECIW 0."
PDF_TYPE = {"Content-Type": "application/pdf"}
FILE = {"Content-Type": "application/octet-stream"}
Later = Callable[[str, bool], Portal]


def _pdf(title: str, *lines: str) -> Reply:
    return Reply(make_pdf([[[title], list(lines)]]), headers=PDF_TYPE)


def _docx(*lines: str) -> Reply:
    return Reply(make_docx(list(lines)), headers=FILE)


def years_in_a_select(base: str, later: bool) -> Portal:
    """Acts by year, and nothing but a jump menu leads to the years."""
    portal = Portal()
    menu = nav([("/urzad.html", "Urząd"), ("/akty.html", "Prawo lokalne"), ("/mienie.html", "Majątek")])
    options = "".join(f'<option value="/akty/{y}.html">{y}</option>' for y in range(2026, 2014, -1))
    jump = f'<form><select onchange="location=this.value"><option value="">rok</option>{options}</select></form>'
    portal.routes["/"] = html("BIP Augustów", menu)
    portal.routes["/akty.html"] = html("Prawo lokalne", f"{menu}<h1>Uchwały Rady Miejskiej</h1>{jump}")
    for year in range(2015, 2027):
        rows = []
        for n in range(20):
            path, title = f"/akty/{year}/{20 - n}.html", f"Uchwała nr {20 - n}/{year}"
            body = RESOLVED if (year, n) == (2025, 6) else "<p>Zmiany w budżecie.</p>"
            rows.append((path, title))
            portal.routes[path] = article(title, body, frame=menu)
        if later and year == 2025:
            rows.insert(0, ("/akty/2025/21.html", "Informacja nr 21/2025"))
            portal.routes["/akty/2025/21.html"] = article("Informacja nr 21/2025", ADMITTED, frame=menu)
        portal.routes[f"/akty/{year}.html"] = html(f"Uchwały {year}", f"{menu}{jump}{links(rows)}")
    portal.wanted += ["/akty/2025/14.html", "/akty/2025/21.html"]
    for path in ("/urzad.html", "/mienie.html"):
        portal.routes[path] = html(path, menu)
    return portal


def rows_with_handlers(base: str, later: bool) -> Portal:
    """A register whose rows open by a handler of the row: there is no link at all."""
    portal = Portal()
    menu = nav([("/rada", "Rada Miejska"), ("/finanse", "Finanse"), ("/przetargi", "Przetargi")])
    portal.routes["/"] = html("Biuletyn Informacji Publicznej", menu)
    portal.routes["/rada"] = html("Rada", menu + links([("/rada/sklad", "Skład"), ("/rada/uchwaly", "Uchwały")]))
    rows = []
    for n in range(-1 if later else 0, 30):
        body = ADMITTED if n == -1 else RESOLVED if n == 4 else "<p>Opłaty za parkowanie.</p>"
        path = f"/rada/uchwala?nr={100 - n}"
        portal.routes[path] = article(f"Uchwała {100 - n}", body, frame=menu)
        handler = f"location.href='{path}'" if n % 2 else f"window.open(&quot;{path}&quot;,&quot;_self&quot;)"
        rows.append(f'<tr onclick="{handler}"><td>{100 - n}</td><td>{day(max(0, n))}</td></tr>')
    head = "<tr><th>Numer</th><th>Data</th></tr>"
    portal.routes["/rada/uchwaly"] = html("Uchwały Rady Miejskiej", f"{menu}<table>{head}{''.join(rows)}</table>")
    portal.wanted += ["/rada/uchwala?nr=96", "/rada/uchwala?nr=101"]
    for path in ("/rada/sklad", "/finanse", "/przetargi", *(f"/x{n}" for n in range(9))):
        portal.routes[path] = html(path, menu)
    return portal


def issues_of_a_paper(base: str, later: bool) -> Portal:
    """The town's own paper, an issue a month as PDF; the web pages are silent."""
    portal = Portal()
    frame = nav([("/miasto", "Miasto"), ("/gazeta", "Przegląd Augustowski"), ("/kontakt", "Kontakt")])
    portal.routes["/"] = html("Augustów", frame + links([(f"/n/{n}", dull(n)) for n in range(12)]))
    issues = []
    for n in range(-1 if later else 0, 26):
        path = f"/media/pa_{60 - n}.pdf"
        said = ADMITTED[3:-4] if n == -1 else ACT if n == 2 else "Trwa remont mostu na Netcie."
        issues.append((path, f"Numer {60 - n}"))
        portal.routes[path] = _pdf(f"Przegląd Augustowski {60 - n}", said)
    portal.routes["/gazeta"] = html("Przegląd Augustowski", f"{frame}<h1>Archiwum wydań</h1>{links(issues)}")
    for n in range(12):
        portal.routes[f"/n/{n}"] = article(dull(n), frame=frame)
    portal.wanted += ["/media/pa_58.pdf", "/media/pa_61.pdf"]
    for path in ("/miasto", "/kontakt"):
        portal.routes[path] = html(path, frame)
    return portal


def module_in_a_frame(base: str, later: bool) -> Portal:
    """Resolutions live in a module of its own that a page shows in an inner frame."""
    portal = Portal()
    menu = nav([("/s/1", "Informacje"), ("/s/2", "Rada Miejska"), ("/s/3", "Jednostki")])
    portal.routes["/"] = html("Portal", menu)
    portal.routes["/s/2"] = html("Rada Miejska", f'{menu}<iframe src="/modul/lista.php" width="100%"></iframe>')
    rows = []
    for n in range(-1 if later else 0, 40):
        path = f"/modul/akt.php?i={500 - n}"
        body = ADMITTED if n == -1 else RESOLVED if n == 9 else "<p>Zmiany w statucie domu kultury.</p>"
        rows.append((path, f"poz. {500 - n}"))
        portal.routes[path] = html(f"poz. {500 - n}", f"<h2>poz. {500 - n}</h2>{body}")
    portal.routes["/modul/lista.php"] = html("Uchwały", links(rows))
    portal.wanted += ["/modul/akt.php?i=491", "/modul/akt.php?i=501"]
    for path in ("/s/1", "/s/3"):
        portal.routes[path] = html(path, menu)
    return portal


def change_log_of_leaves(base: str, later: bool) -> Portal:
    """A register of changes in leaves; the document is opened by "podgląd", in the last cell of its row."""
    portal = Portal()
    menu = nav([(f"/dzial/{n}", name) for n, name in enumerate(("Gmina", "Organy", "Mienie", "Oświata"), 1)])
    foot = '<footer><a href="/zmiany">Dziennik zmian</a> <a href="/statystyka">Statystyka</a></footer>'
    portal.routes["/"] = html("BIP", menu + foot)
    changes = []
    for n in range(-1 if later else 0, 60):
        path = f"/d/{3000 - n}"
        body = ADMITTED if n == -1 else RESOLVED if n == 23 else "<p>Ogłoszenie.</p>"
        portal.routes[path] = article(f"Dokument {3000 - n}", body, frame=menu)
        old = f"/d/{3000 - n}/wersja/1"
        portal.routes[old] = article(f"Dokument {3000 - n}, wersja 1", frame=menu)
        changes.append(
            f"<tr><td>{day(max(0, n))}</td><td>dodano</td><td>Dokument {3000 - n}</td>"
            f'<td><a href="{path}">podgląd</a> <a href="{old}">porównaj</a></td></tr>'
        )
    for leaf in range(4):
        rows = "".join(changes[15 * leaf : 15 * leaf + 15])
        more = f'<a href="/zmiany?od={15 * leaf + 15}">&raquo;</a>' if leaf < 3 else ""
        portal.routes[f"/zmiany?od={15 * leaf}" if leaf else "/zmiany"] = html(
            "Dziennik zmian", f"{menu}<table>{rows}</table>{more}{foot}"
        )
    portal.wanted += ["/d/2977", "/d/3001"]
    for n in range(1, 5):
        portal.routes[f"/dzial/{n}"] = html(str(n), menu + foot)
    portal.routes["/statystyka"] = html("Statystyka", menu)
    return portal


def attachments_by_number(base: str, later: bool) -> Portal:
    """A page a resolution with its number and two attachments that are named by their size."""
    portal = Portal()
    menu = nav([("/prawo", "Prawo miejscowe"), ("/wladze", "Władze"), ("/zamowienia", "Zamówienia")])
    portal.routes["/"] = html("BIP Miasta Augustów", menu)
    portal.routes["/prawo"] = html("Prawo miejscowe", menu + links([("/prawo/uchwaly", "Uchwały Rady Miejskiej")]))
    rows = []
    for n in range(-1 if later else 0, 24):
        path, name = f"/prawo/uchwaly/XII-{60 - n}-2025", f"Uchwała Nr XII/{60 - n}/2025"
        files = [(f"/zal/{900 - 2 * n}", "Załącznik nr 1 (212 kB)"), (f"/zal/{901 - 2 * n}", "Załącznik nr 2 (48 kB)")]
        rows.append((path, name))
        portal.routes[path] = html(name, f"{menu}<h1>{name}</h1>{links(files)}")
        said = ADMITTED[3:-4] if n == -1 else ACT if n == 7 else "Rada zmienia uchwałę budżetową."
        portal.routes[files[0][0]] = _docx(name, said)
        portal.routes[files[1][0]] = _docx("Uzasadnienie", "Zmiana jest konieczna.")
    portal.routes["/prawo/uchwaly"] = html("Uchwały", menu + links(rows))
    portal.wanted += ["/zal/886", "/zal/902"]
    for path in ("/wladze", "/zamowienia"):
        portal.routes[path] = html(path, menu)
    return portal


def noisy_views(base: str, later: bool) -> Portal:
    """Every page links a print view, a history, a metrics page and a form to recommend it."""
    portal = Portal()
    menu = nav([("/?cid=1", "Informacje"), ("/?cid=2", "Sesje Rady"), ("/?cid=3", "Oferty pracy")])

    def views(number: int) -> str:
        kinds = ("drukuj", "historia", "metryka", "polec", "pdf")
        return links([(f"/?bip=1&cid=2&id={number}&akcja={kind}", kind.title()) for kind in kinds])

    rows = []
    for n in range(-1 if later else 0, 36):
        number = 800 - n
        body = ADMITTED if n == -1 else RESOLVED if n == 11 else f"<p>{dull(n)}, na wniosek mieszkańców.</p>"
        path = f"/?bip=1&cid=2&id={number}"
        rows.append((path, f"Materiał {number}"))
        portal.routes[path] = html(f"Materiał {number}", f"{menu}<h1>Materiał {number}</h1>{body}{views(number)}")
        for kind in ("drukuj", "historia", "metryka", "polec", "pdf"):
            portal.routes[f"{path}&akcja={kind}"] = html(f"{kind} {number}", f"<p>{kind} {number}</p>")
    portal.routes["/"] = html("BIP", menu)
    portal.routes["/?cid=2"] = html("Sesje Rady", menu + links(rows))
    portal.wanted += ["/?bip=1&cid=2&id=789", "/?bip=1&cid=2&id=801"]
    for n in (1, 3):
        portal.routes[f"/?cid={n}"] = html(str(n), menu)
    return portal


def feed_of_relative_links(base: str, later: bool) -> Portal:
    """A feed that only an icon leads to, with relative links and no dates; its summaries alone have the words."""
    portal = Portal()
    icon = '<a href="/kanal/wszystko.xml"><img src="/rss.png" alt="RSS"></a>'
    frame = nav([("/o-nas", "O gminie"), ("/dla-mieszkanca", "Dla mieszkańca"), ("/turystyka", "Turystyka")])
    portal.routes["/"] = html("Gmina Augustów", f"{frame}<div id='nowosci'></div>{icon}")
    items = []
    for n in range(-1 if later else 0, 50):
        hit = n in (-1, 31)
        body = ADMITTED if n == -1 else RESOLVED if hit else "<p>Zapraszamy.</p>"
        path = f"/wpis/{700 - n}"
        portal.routes[path] = article("Wspólnie możemy więcej" if hit else dull(n), body, frame=frame)
        summary = "Miasta w związku działają razem" if hit else "Zapraszamy do lektury"
        items.append(
            f"<item><title>Wpis {700 - n}</title><link>{path}</link><description>{summary}</description></item>"
        )
    portal.routes["/kanal/wszystko.xml"] = Reply(
        f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>{"".join(items)}</channel></rss>',
        headers={"Content-Type": "text/xml"},
    )
    portal.wanted += ["/wpis/669", "/wpis/701"]
    for path in ("/o-nas", "/dla-mieszkanca", "/turystyka"):
        portal.routes[path] = html(path, frame)
    return portal


def search_of_acts(base: str, later: bool) -> Portal:
    """A quick search that posts, and below it the search of acts that asks; the archive is out of reach otherwise."""
    portal = Portal()
    quick = '<form action="/szukaj" method="post"><input name="q"><button>Szukaj</button></form>'
    acts = (
        '<form action="/akty/szukaj" method="get"><input type="hidden" name="typ" value="uchwala">'
        '<input name="fraza"><select name="rok"><option value="">wszystkie</option><option>2025</option></select>'
        "<button>Wyszukaj akt</button></form>"
    )
    menu = nav([("/akty", "Baza aktów"), ("/kontakt", "Kontakt")])
    portal.routes["/"] = html("BIP Augustów", f"{menu}{quick}")
    recent = []
    for n in range(-1 if later else 0, 80):
        body = ADMITTED if n == -1 else RESOLVED if n == 61 else "<p>Zmiana uchwały.</p>"
        path = f"/akt/{(700 - n) * 7919 % 100003}"
        portal.routes[path] = article(f"Akt {700 - n}", body, frame=menu)
        recent.append((path, f"Akt {700 - n}"))
        if n in (-1, 61):
            portal.wanted.insert(0, path)
    portal.routes["/akty"] = html("Baza aktów prawnych", f"{menu}{quick}{acts}<h2>Ostatnie</h2>{links(recent[:5])}")

    def answer(seen: Seen) -> str | Reply:
        hit = "Miast+Polskich" in seen.path or "Miast%20Polskich" in seen.path
        found = links([(path, "Akt") for path in portal.wanted if path in portal.routes]) if hit else "<p>Brak</p>"
        return html("Wyniki", menu + found)

    route: Route = answer
    for query in ("Miast+Polskich", "ZMP"):
        for year in ("", "&rok="):
            portal.routes[f"/akty/szukaj?typ=uchwala&fraza={query}{year}"] = route
    portal.routes["/kontakt"] = html("Kontakt", menu)
    return portal


def votes_by_name(base: str, later: bool) -> Portal:
    """Lists of votes by name, a PDF a session, below terms and years."""
    portal = Portal()
    menu = nav([("/bip/rm", "Rada Miejska"), ("/bip/um", "Urząd Miejski"), ("/bip/of", "Oferty")])
    portal.routes["/"] = html("BIP", menu)
    terms = [("/bip/rm/ix", "IX kadencja 2024-2029"), ("/bip/rm/viii", "VIII kadencja 2018-2024")]
    portal.routes["/bip/rm"] = html("Rada Miejska", menu + links(terms))
    for path, name in terms:
        parts = [
            (f"{path}/{p}", t)
            for p, t in (("tr", "Transmisje"), ("gl", "Imienne wykazy głosowań"), ("in", "Interpelacje"))
        ]
        portal.routes[path] = html(name, menu + links(parts))
        for part, title in parts:
            portal.routes[part] = html(title, menu + "<p>Brak materiałów.</p>")
        rows = []
        for n in range(-1 if later and path.endswith("ix") else 0, 16):
            file = f"{path}/gl/{16 - n}.pdf"
            hit = path.endswith("/ix")
            said = ADMITTED[3:-4] if n == -1 else VOTED if hit and n == 3 else "Przyjęcie porządku obrad. ZA 15."
            rows.append((file, f"{16 - n}. sesja"))
            portal.routes[file] = _pdf(f"Wykaz imienny, sesja {16 - n}", said)
        portal.routes[f"{path}/gl"] = html("Imienne wykazy głosowań", menu + links(rows))
    portal.wanted += ["/bip/rm/ix/gl/13.pdf", "/bip/rm/ix/gl/17.pdf"]
    for path in ("/bip/um", "/bip/of"):
        portal.routes[path] = html(path, menu)
    return portal


def portlets(base: str, later: bool) -> Portal:
    """Liferay without scripts: leaves and items are parameters of a portlet, and the friendly address is not linked."""
    portal = Portal()
    portlet = "com_liferay_asset_publisher_web_portlet_AssetPublisherPortlet_INSTANCE_kq7Z"
    frame = nav([("/web/guest/miasto", "Miasto"), ("/web/guest/wiesci", "Wieści"), ("/web/guest/e-urzad", "E-urząd")])
    entries = []
    for n in range(-1 if later else 0, 44):
        hit = n in (-1, 16)
        path = (
            f"/web/guest/wiesci?p_p_id={portlet}&p_p_lifecycle=0&p_p_state=maximized&_{portlet}_assetEntryId={8000 - n}"
            f"&_{portlet}_type=content"
        )
        title = "Wspólnie możemy więcej" if hit else dull(n)
        body = ADMITTED if n == -1 else RESOLVED if hit else "<p>Tekst.</p>"
        entries.append((path, title))
        portal.routes[path] = article(title, body, frame=frame)
        if hit:
            portal.wanted.insert(0, path)
    for leaf in range(5):
        cards = "".join(
            f'<div class="abstract"><h3>{title}</h3><a href="{path.replace("&", "&amp;")}">Czytaj więcej</a></div>'
            for path, title in entries[9 * leaf : 9 * leaf + 9]
        )
        address = (
            f"/web/guest/wiesci?p_p_id={portlet}&p_p_lifecycle=0&_{portlet}_delta=9&_{portlet}_cur={leaf + 1}"
            if leaf
            else "/web/guest/wiesci"
        )
        following = f"/web/guest/wiesci?p_p_id={portlet}&p_p_lifecycle=0&_{portlet}_delta=9&_{portlet}_cur={leaf + 2}"
        more = f'<a href="{following.replace("&", "&amp;")}">Następna</a>' if leaf < 4 else ""
        portal.routes[address] = html("Wieści", frame + cards + more)
    portal.routes["/"] = html("Augustów", frame)
    for path in ("/web/guest/miasto", "/web/guest/e-urzad"):
        portal.routes[path] = html(path, frame)
    return portal


def sitemap_of_numbers(base: str, later: bool) -> Portal:
    """Everything is drawn by a script but a sitemap without days, whose addresses are numbers."""
    portal = Portal()
    portal.routes["/"] = html("Augustów", '<div id="root"></div><noscript>Włącz obsługę skryptów.</noscript>')
    paths = []
    for n in range(-1 if later else 0, 45):
        body = ADMITTED if n == -1 else RESOLVED if n == 8 else "<p>Zapraszamy.</p>"
        path = f"/aktualnosc/{2400 - n}"
        paths.append((path, None))
        portal.routes[path] = article("Wspólnie możemy więcej" if n in (-1, 8) else dull(n), body)
    paths.sort(key=lambda entry: slug(entry[0]))
    portal.routes["/sitemap.xml"] = sitemap(base, paths)
    portal.wanted += ["/aktualnosc/2392", "/aktualnosc/2401"]
    return portal


CORNERS: dict[str, tuple[str, Later]] = {
    "years_in_a_select": ("bip", years_in_a_select),
    "rows_with_handlers": ("bip", rows_with_handlers),
    "issues_of_a_paper": ("municipal", issues_of_a_paper),
    "module_in_a_frame": ("municipal", module_in_a_frame),
    "change_log_of_leaves": ("bip", change_log_of_leaves),
    "attachments_by_number": ("bip", attachments_by_number),
    "noisy_views": ("bip", noisy_views),
    "feed_of_relative_links": ("municipal", feed_of_relative_links),
    "search_of_acts": ("bip", search_of_acts),
    "votes_by_name": ("bip", votes_by_name),
    "portlets": ("municipal", portlets),
    "sitemap_of_numbers": ("municipal", sitemap_of_numbers),
}
