"""Words by which the titles of papers tell of joining, of leaving, and of repealing."""

from __future__ import annotations

from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.undoing import UNDOING

__all__ = ["JOIN", "LEAVE", "REPEAL"]

JOIN = lazy(
    r"(?<!\w)(?:przyst[ae]p\w+|wstap\w+|wstep\w+|czlonkostw\w+|przynalezn\w+|akces\w*|wejsci\w+|powro[tc]\w*|dolacz\w+|przylacz\w+)"
)
LEAVE = lazy(
    r"(?<!\w)(?:cofnieci\w+\s+(?=(?:zgod\w\s+na\s+)?(?:akces|przyst|czlonk|wstap))|wystap\w+|rezygnac\w+|wypowiedze?ni\w+|wypowiedzia(?:no|n[ae]|l\w*)(?=\s+(?:\w+\s+)?czlonk)|opuszczeni\w+|wyjsci\w+|odejsci\w+|wypisani\w+|wycofani\w+(?!\s+(?:projekt|wnios|uchwal|deklaracj|druk|petycj|skarg))|odstapieni\w+\s+od\s+czlonk\w+|(?:zakonczeni|ustani|zaprzestani|zrzeczeni)\w+(?=\s+(?:sie\s+)?(?:czlonk|udzial|uczestni|przynalezn|obecnosc)))"
)
REPEAL = lazy(
    rf"(?<!\w)(?:uchylajac\w+|{UNDOING}|uchyla\s+sie|utra(?:t|ci)\w\s+mocy|pozbawieni\w+\s+mocy|wygasnieci\w+\s+(?:mocy\s+)?uchwal|stwierdzeni\w+\s+niewaznosci|uniewazni\w+)"
)
