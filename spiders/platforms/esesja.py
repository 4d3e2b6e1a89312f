"""eSesja: sessions with their agendas, votes by name, windows-1250 declared in the page alone."""

from __future__ import annotations

from zmpwatch.crawl.platform import Platform, Signs

__all__ = ["ESESJA"]

ESESJA = Platform(
    name="esesja",
    title="eSesja",
    signs=Signs(
        host=r"(?:^|\.)esesja\.pl$",
        footer=r"esesja(?:\.pl|\.tv)?\b[^<]{0,60}(?:system|obslug|wykonan|produkt)",
        markup=(r"esesja\.(?:pl|tv)/(?:css|js|img|static|wcag)", r"/wcag/posiedzenie\.asp\?k="),
        links=r"^/(?:posiedzenie\d*|glosowania|listaglosowan|glosowanie|zalaczniki|transmisja)/|^/wcag/posiedzenie\.asp",
    ),
    paths=("/posiedzenia", "/glosowania"),
    worth={
        r"/posiedzenie": 12.0,
        r"/listaglosowan/": 8.0,
        # a vote by name, a video and a list of councillors hold no other fact than the list of votes
        r"/glosowanie/|/transmisja|/radni|/radny|/kluby|/kalendarz|/statystyki": -40.0,
    },
    note="votes may be added for a day or two after a session",
)
