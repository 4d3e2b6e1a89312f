"""Lists that say themselves that they hold nothing: an absence that was told, not one that was merely met."""

from __future__ import annotations

import re

from zmpwatch.crawl.scoring import fold

__all__ = ["says_it_is_empty"]

_UNSEEN = re.compile(r"<(script|style|noscript|svg)\b.*?(?:</\1\s*>|$)|<!--.*?(?:-->|$)", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_THINGS = (
    r"(?:aktualnosci|wiadomosci|wpisow|artykulow|dokumentow|uchwal|informacji|danych|pozycji|rekordow|elementow"
    r"|publikacji|ogloszen|komunikatow|wynikow|tresci|plikow)"
)
_EMPTY = re.compile(
    rf"^(?:przepraszamy )?(?:obecnie |aktualnie |w tej chwili )?"
    rf"(?:brak {_THINGS}|nie ma (?:jeszcze )?(?:zadnych )?{_THINGS}|nie znaleziono (?:zadnych )?{_THINGS}"
    rf"|nie dodano (?:jeszcze )?(?:zadnych )?{_THINGS}|(?:lista|kategoria|rejestr|katalog) jest (?:jeszcze )?pust[aey]"
    r"|no (?:results|posts|entries|items)(?: were)? found|nothing found)\b"
)
_LONGEST = 120
"""A sentence of an article that says so of something else is longer, or begins otherwise."""


def says_it_is_empty(markup: str) -> bool:
    """Whether a run of text of the page is such a marker, and nothing more.

    >>> says_it_is_empty("<h1>Aktualności</h1><p>Brak wpisów do wyświetlenia.</p>")
    True
    >>> says_it_is_empty("<p>Na sesji stwierdzono brak informacji o przetargu.</p>")
    False
    """
    runs = _TAG.split(_UNSEEN.sub(" ", markup))
    return any(len(run) <= _LONGEST and _EMPTY.match(fold(run)) for run in runs if "a" in run or "o" in run)
