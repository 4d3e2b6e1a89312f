"""Lists of other pages below a text, as plain text has them: "Polecamy", "Czytaj także", "Następny artykuł: …".

The towns that are named there do nothing in the text above, and it is not about them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zmpwatch.extract.bodies.finding import Body
from zmpwatch.extract.towns.finding import Town
from zmpwatch.extract.uniform.cleantext import CleanText
from zmpwatch.extract.words.lazy import lazy

__all__ = ["towns_of_text"]

_PAGES = r"(?:aktualnosc|artykul|wpis|wiadomosc|news|post|komunikat|informacj)\w{0,4}"
_LABEL = lazy(
    r"\n[ ]{0,20}(?:polecamy|polecane|warto\s(?:przeczytac|zobaczyc)"
    r"|(?:czytaj|zobacz|przeczytaj|sprawdz)\s(?:takze|tez|rowniez|wiecej|inne)"
    rf"|(?:inne|ostatnie|najnowsze|powiazane|podobne|pozostale|popularne)(?:\s{_PAGES})?|najczesciej\sczytane"
    r"|to\s(?:cie|moze\scie)\szainteresuje"
    r"|udostepnij(?:\s\w+){0,3}|tweetnij|drukuj(?:\s\w+)?)[ ]?[:…]?[ ]{0,20}(?=\n)"
)
_NEIGHBOUR = lazy(rf"\n[ ]{{0,20}}[«‹<-]?[ ]?(?:poprzedni|nastepn|kolejn)\w{{1,2}}\s{_PAGES}[ ]?[:»›>-]?[^\n]{{0,200}}")
_SHORTEST_PROSE = 80
"""Characters of a paragraph of the text itself; what is shorter may be the title of another page."""


def towns_of_text(text: CleanText, towns: Sequence[Town], bodies: Sequence[Body]) -> list[Town]:
    """Mentions of towns but those in titles of other pages that name no body: these state nothing."""
    aside = list(_lines_aside(text))
    if not aside:
        return list(towns)
    silent = [(low, high) for low, high in aside if not any(low <= body.start < high for body in bodies)]
    return [town for town in towns if not any(low <= town.start < high for low, high in silent)]


def _lines_aside(text: CleanText) -> Iterator[tuple[int, int]]:
    """The lines that are titles of other pages."""
    for match in _NEIGHBOUR.finditer(text.folded):
        yield match.start() + 1, match.end()
    place = 0
    while (label := _LABEL.search(text.folded, place)) is not None:
        place = label.end()
        while place < len(text.folded):
            end = text.folded.find("\n", place + 1)
            end = end if end >= 0 else len(text.folded)
            line = text.text[place:end].rstrip()
            if len(line) >= _SHORTEST_PROSE and line.endswith((".", "!", "?", '"')):
                break
            yield place + 1, end
            place = end
