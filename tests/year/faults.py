"""Ways in which one observation of a page is faulty: what a server, a cache, a guard or an editor makes of it for once.

Each takes the page as it should be and gives the answer that is served instead. None of them changes what is true.
"""

from __future__ import annotations

import gzip
import random
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from service.world import Answer

__all__ = ["FAULTS", "Observed", "html"]

UTF8 = {"Content-Type": "text/html; charset=utf-8"}
GUARD = "<html><head><title>Just a moment...</title></head><body>Checking your browser before accessing.</body></html>"


@dataclass(frozen=True, slots=True)
class Observed:
    """What there is to serve: the body of the page now, as it was before its last change, and the chance."""

    body: str
    before: str
    chance: random.Random


Fault = Callable[[Observed], Answer]


def html(body: str, head: str = "<meta charset=utf-8>") -> Answer:
    page = f"<!doctype html><html lang=pl><head>{head}<title>Strona</title></head><body>{body}</body></html>"
    return Answer(page.encode("utf-8", "surrogatepass"), headers=dict(UTF8))


def _instead(body: str, status: int = 200) -> Fault:
    return lambda _: Answer(body.encode(), status, dict(UTF8))


def _beside(more: str) -> Fault:
    return lambda seen: html(seen.body + more)


def _written(change: Callable[[str], str]) -> Fault:
    return lambda seen: html(change(seen.body))


def _encoded(charset: str, declared: str | None, meta: str | None) -> Fault:
    def serve(seen: Observed) -> Answer:
        head = f"<meta charset={meta}>" if meta else ""
        page = f"<!doctype html><html lang=pl><head>{head}</head><body>{seen.body}</body></html>"
        content_type = f"text/html; charset={declared}" if declared else "text/html"
        return Answer(page.encode(charset, "xmlcharrefreplace"), headers={"Content-Type": content_type})

    return serve


def _cut(seen: Observed) -> Answer:
    whole = html(seen.body).body
    return Answer(whole[: len(whole) // 2], headers=dict(UTF8))


def _cut_on_the_wire(seen: Observed) -> Answer:
    whole = html(seen.body).body
    return Answer(whole[: len(whole) // 2], headers=dict(UTF8), declared_length=len(whole))


def _cut_gzip(seen: Observed) -> Answer:
    packed = gzip.compress(html(seen.body).body)
    return Answer(packed[: len(packed) // 2], headers=UTF8 | {"Content-Encoding": "gzip"})


def _says_gzip_and_is_not(seen: Observed) -> Answer:
    return Answer(html(seen.body).body, headers=UTF8 | {"Content-Encoding": "gzip"})


def _counter(text: str) -> Fault:
    """The counter alone reads otherwise; pages without one are as they were."""

    def serve(seen: Observed) -> Answer:
        begin, mark, rest = seen.body.partition("<strong>")
        number, end, tail = rest.partition("</strong>")
        told = text.format(number=number, split=f"<b>{number[:1]}</b>{number[1:2]}<i>{number[2:]}</i>")
        return html(begin + mark + told + end + tail if mark else seen.body)

    return serve


def _no_counter(seen: Observed) -> Answer:
    begin, _, rest = seen.body.partition('<div class="licznik">')
    return html(begin + rest.partition("</div>")[2])


def _shuffled_links(seen: Observed) -> Answer:
    links = [f"<li><a href='/kalendarz?dzien={seen.chance.randrange(10**6)}'>{n}</a></li>" for n in range(300)]
    return html(seen.body + f"<ul>{''.join(links)}</ul>")


FAULTS: dict[str, Fault] = {
    # traps and pages that are not the page
    "endless calendar": _shuffled_links,
    "growing path": _beside("<a href='/a/a/a/a/a/a/'>dalej</a>" * 20),
    "session ids": _beside("".join(f"<a href='/?PHPSESSID={n:032x}'>start</a>" for n in range(50))),
    "thousands of links": _beside("".join(f"<a href='/p{n}'>p</a>" for n in range(3000))),
    "odd links": _beside("<a href='javascript:void(0)'>x</a><a href='mailto:a@b'>y</a><a href='http://[::1'>z</a>"),
    "guard page": _instead(GUARD),
    "guard page with 403": _instead(GUARD, 403),
    "log-in page": _instead("<html><body><form><input type=password name=haslo></form>Zaloguj się</body></html>"),
    "maintenance": _instead("<html><body><h1>Przerwa techniczna</h1><p>Wrócimy za 381 min.</p></body></html>"),
    "sold domain": _instead("<html><body><h1>Domena na sprzedaż</h1><p>Oferta: 412 zł</p></body></html>"),
    "consent wall": _instead("<html><body><p>Aby przejść dalej, zaakceptuj pliki cookie.</p></body></html>"),
    "spam injected": _beside("<div style='display:none'>casino 500 free spins, 999 members online</div>"),
    "server error": _instead("<p>500 członków</p>", 500),
    "not found": _instead("<html><body>Nie ma takiej strony</body></html>", 404),
    "too many requests": lambda _: Answer(b"wait", 429, {"Retry-After": "1"}),
    "empty answer": _instead(""),
    "no content": _instead("", 204),
    "cut inside": _cut,
    "cut on the wire": _cut_on_the_wire,
    "cut gzip": _cut_gzip,
    "says gzip": _says_gzip_and_is_not,
    "stale copy": lambda seen: html(seen.before),
    # text and numbers
    "windows-1250": _encoded("cp1250", None, None),
    "windows-1250 said to be UTF-8": _encoded("cp1250", "utf-8", "utf-8"),
    "ISO 8859-2": _encoded("iso8859-2", None, "iso-8859-2"),
    "UTF-8 said to be ISO 8859-2": _encoded("utf-8", "iso-8859-2", None),
    "UTF-16": _encoded("utf-16", "utf-16", None),
    "NUL bytes": _written(lambda body: body.replace("<p>", "<p>\0", 1)),
    "mojibake": _written(lambda body: body.encode().decode("cp1252", "replace")),
    "decomposed letters": _written(lambda body: unicodedata.normalize("NFD", body)),
    "soft hyphens": _written(lambda body: body.replace("Związ", "Zwią\u00adz\u00ad")),
    "counter from nought": _counter("0"),
    "counter with a digit more": _counter("1 {number}"),
    "counter of forty digits": _counter("3" * 40),
    "negative counter": _counter("-{number}"),
    "counter with a fraction": _counter("{number},5"),
    "arabic digits": _counter("٣٧٣"),
    "counter in pieces": _counter("{split}"),
    "counter in words": _counter("trzysta siedemdziesiąt trzy"),
    "counter of years": _counter("50 lat, {number}"),
    "counter gone": _no_counter,
    # what others and other times say
    "other association": _beside(
        "<p>Rada Gminy podjęła 3 marca 2025 r. uchwałę nr V/12/25 o przystąpieniu do Związku Gmin Wiejskich RP.</p>"
    ),
    "resolution of 2009": _beside(
        "<p>Rada Miejska w Kole podjęła 27 marca 2009 r. uchwałę nr XXX/201/2009 w sprawie przystąpienia Miasta Koło "
        "do Związku Miast Polskich.</p>"
    ),
    "rounded number of before": _beside("<p>Związek Miast Polskich zrzesza ponad 350 miast.</p>"),
    "name as a script": _beside("<p><script>alert('381 miast')</script>&lt;script&gt;</p>"),
    "many attributes": _beside(f"<p {' '.join(f'a{n}=1' for n in range(5_000))}>tekst</p>"),
    "deeply nested": _beside("<div>" * 2_000 + "381" + "</div>" * 2_000),
    "unclosed tables": _beside("<table><tr><td>" * 500),
    "bait for slow patterns": _beside("<p>" + "a" * 20_000 + "!</p>"),
    "clock and visits": lambda seen: html(f"<p>Odwiedzin: {seen.chance.randrange(10**6)}</p>" + seen.body),
    "advertisement": lambda seen: html(
        seen.body + f"<aside>Reklama {seen.chance.randrange(10**6)}: rata 381 zł</aside>"
    ),
    "token": _beside("<input type=hidden name=csrf value=0381>"),
    "white space": _written(lambda body: body.replace("><", ">\n \t <")),
}
