"""The year of what was done "wiosną", "w pierwszym kwartale", "od początku roku", by the page's date."""

from __future__ import annotations

from zmpwatch.extract.binding.event import Event
from zmpwatch.extract.binding.followups import place_of
from zmpwatch.extract.structure.clause import clause_at
from zmpwatch.extract.structure.reading import Reading
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.model import Stage

__all__ = ["year_of_season"]

_SEASON = lazy(
    r"(?<!\w)(?:(?P<season>wiosna|latem|jesienia)"
    r"|w\s+(?P<quarter>pierwszym|drugim|trzecim|czwartym|i|ii|iii|iv)\s+kwartale"
    r"|w\s+(?P<half>pierwszym|pierwszej|drugim|drugiej|i|ii)\s+(?:polroczu|polowie\s+roku)"
    r"|od\s+(?:poczatku|stycznia)\s+(?:tego\s+)?(?P<since>roku))(?!\s+(?:tego|tamtego|ub|zeszl|minion|poprzed|br|b\.|\d))(?!\w)",
    *("wiosna", "latem", "jesienia", "kwartale", "polroczu", "polowie", "poczatku", "stycznia"),
)
_BEGINS = {"wiosna": 3, "latem": 6, "jesienia": 9}
_NTH = {
    "pierwszym": 0,
    "i": 0,
    "drugim": 1,
    "ii": 1,
    "pierwszej": 0,
    "drugiej": 1,
    "trzecim": 2,
    "iii": 2,
    "czwartym": 3,
    "iv": 3,
}
_QUARTER, _HALF = 3, 6


def year_of_season(reading: Reading, event: Event) -> str | None:
    """The year in which the last such season before the page's date began; None where the page has no month."""
    here = place_of(reading, event)
    today = reading.reference
    if here is None or event.stage is not Stage.ADMITTED or not today.year or not today.month or here.dates:
        return None
    clause = clause_at(here, event.anchor)
    told = _SEASON.search(here.slice(clause.start, clause.end))
    if told is None:
        return None
    if told["season"]:
        begins = _BEGINS[told["season"]]
    elif told["since"]:
        begins = 1
    else:
        part, months = (told["quarter"], _QUARTER) if told["quarter"] else (told["half"], _HALF)
        begins = 1 + _NTH[part] * months
    return f"{today.year if today.month >= begins else today.year - 1:04d}"
