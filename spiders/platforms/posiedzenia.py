"""posiedzenia.pl: a town's name there holds a frame of portal-posiedzenia.pl, whose lists a script fetches."""

from __future__ import annotations

from zmpwatch.crawl.platform import Platform, Signs

__all__ = ["POSIEDZENIA"]

POSIEDZENIA = Platform(
    name="posiedzenia",
    title="posiedzenia.pl",
    signs=Signs(
        host=r"(?:^|\.)(?:portal-)?posiedzenia\.pl$",
        footer=r"<i?frame\b[^>]{0,400}\bportal-posiedzenia\.pl/",
    ),
    # the frame without the page around it
    paths=("https://portal-posiedzenia.pl/{label}?ignoreIFrame=true&action=glosowania",),
    hosts=("portal-posiedzenia.pl",),
    worth={
        r"[?&]action=(?:glosowania|posiedzenia|porzadek)": 14.0,
        r"/admin/(?:start|zawartosc)\.php|[?&]action=(?:transmisja|radni|logowanie)": -40.0,
    },
    note="agendas and votes are fetched by a script behind a session cookie and are not read; "
    "watch the bulletin with the minutes and resolutions beside it",
)
