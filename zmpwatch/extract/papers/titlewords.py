"""Words by which the titles of papers tell of joining and of leaving."""

from __future__ import annotations

from zmpwatch.extract.words.lazy import lazy

__all__ = ["JOIN", "LEAVE"]

JOIN = lazy(
    r"(?<!\w)(?:przyst[ae]p\w+|wstap\w+|wstep\w+|czlonkostw\w+|przynalezn\w+|akces\w*|wejsci\w+|powro[tc]\w*|dolacz\w+|przylacz\w+)"
)
LEAVE = lazy(
    r"(?<!\w)(?:cofnieci\w+\s+(?=(?:zgod\w\s+na\s+)?(?:akces|przyst|czlonk|wstap))|wystap\w+|rezygnac\w+|wypowiedzeni\w+|opuszczeni\w+|wyjsci\w+|odejsci\w+|wypisani\w+|wycofani\w+(?!\s+(?:projekt|wnios|uchwal|deklaracj|druk|petycj|skarg))|odstapieni\w+\s+od\s+czlonk\w+|(?:zakonczeni|ustani|zaprzestani|zrzeczeni)\w+(?=\s+(?:sie\s+)?(?:czlonk|udzial|uczestni|przynalezn|obecnosc)))"
)
