"""What the paragraphs of a resolution ordain, where its title doesn't name the association.

Titles are often wider than what is decided below them: "w sprawie członkostwa w stowarzyszeniach" may join or leave,
and "w sprawie przystąpienia do stowarzyszenia" may join another one. What counts is the sentence that ordains: a verb
in the present or the future ("Gmina X przystępuje", "wypowiada się członkostwo"), or a noun or an infinitive that hangs
on a verb of deciding ("wyraża się zgodę na przystąpienie", "postanawia wystąpić", "aby gmina X została członkiem").
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from zmpwatch.extract.binding.matters import leads_to
from zmpwatch.extract.bodies.finding import Body
from zmpwatch.extract.structure.reading import Reading
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.model import EventKind

__all__ = ["Ordinance", "ordained"]

_FINITE = lazy(
    r"(?<!\w)(?:(?P<join>przystepuje|przystapi|wstepuje|wstapi|dolacza|dolaczy|wchodzi|wejdzie|akcesuje|zglasza(?:\s+sie)?\s+(?:przystapieni\w+|akces\w*)"
    r"|(?:(?:staje|stanie)\s+sie|zostaje|zostanie)\s+(?:[\w-]+\s+){0,2}?czlonkiem)"
    r"|wystepuje|wystapi|wychodzi|wyjdzie|odchodzi|odejdzie|opuszcza|opusci|rezygnuje|wycofuje|(?:wypowiada|konczy|rozwiazuje)(?:\s+sie)?(?:\s+[\w-]+){0,3}?\s+(?:czlonkostw|przynaleznosc|udzial|uczestnictw)\w*"
    r"|przestaje(?:\s+[\w-]+){0,2}?\s+byc\s+(?:[\w-]+\s+){0,2}?czlonkiem)(?!\w)"
)
_GOVERNED = lazy(
    r"(?<!\w)(?:(?:wyraza|udziela|daje)(?:\s+sie)?\s+(?:zgod[eya]\s+na|wole|chec|zamiar)|(?:postanawia|decyduje|uchwala)(?:\s+sie)?(?:\s+o)?|deklaruje(?:\s+sie)?|zglasza(?:\s+sie)?"
    r"|(?:akceptuje|aprobuje|zatwierdza)(?:\s+sie)?|opowiada\s+sie\s+za|upowaznia\s+sie\s+[\w\s-]{3,40}\s+do\s+zgloszenia)\s+(?:[\w-]+\s+){0,3}?"
    r"(?:(?P<join>przystapi(?:c|eni\w+)|wstapi(?:c|eni\w+)|wejsc(?:i\w+)?|dolacz(?:yc|eni\w+)|przylaczeni\w+|powro(?:t\w*|cic|cie)|akces\w*|czlonkostw\w+|przynaleznosc\w*)|(?:wystapi(?:c|eni\w+)|wyjsc(?:i\w+)?|odejsc(?:i\w+)?|opuscic|opuszczeni\w+|rezygnacj\w+|zrezygnowac|wypowied\w+)(?:\s+z(?=\s+czlonk))?)(?!\w)"
)
_TO_BE_DONE = lazy(
    r"(?:§\s?|(?<!\w)par\.\s?|\n\s{0,3})(?:\d{1,2}\s?[.)]?|[a-z]\))\s+(?:[\d.)]{2,3}\s+)?(?:(?P<join>przystapic|wstapic|zglosic\s+(?:przystapieni|akces)\w*)|wystapic|zrezygnowac|wypowiedziec\s+(?:czlonkostw|udzial|przynalezn)\w*)(?!\w)"
)
"""An infinitive that opens a paragraph: "§ 1 Wypowiedzieć członkostwo Gminy w Związku"."""
_SO_THAT = lazy(
    r"(?<!\w)(?:aby|by|zeby|azeby)\s+(?:[\w-]+\s+){1,5}?(?:(?P<join>przystapil[aoiy]?|wstapil[aoiy]?|dolaczyl[aoiy]?|wszedl|weszl[aoiy]|zostal[aoy]?\s+(?:[\w-]+\s+){0,2}?czlonkiem)|wystapil[aoiy]?|wyszedl|wyszl[aoiy]|odszedl|odeszl[aoiy]|opuscil[aoiy]?|zrezygnowal[aoiy]?)(?!\w)"
)
_NOT = lazy(r"(?<!\w)(?:nie|apeluje|zwraca\s+sie|wzywa|zacheca)(?!\w)")
_OF_AN_ACT = lazy(r"(?<!\w)(?:uchwal\w{1,2}\s+(?:nr|numer|rad[ay]|z\s+dnia)|w\s+sprawie)(?!\w)")
_OUT = lazy(r"(?<!\w)ze?\s|czlonkostw|przynaleznosc|udzial|uczestnictw|czlonkiem")
_LEAVING_IT = lazy(r"opu(?:szcz|sci)\w*$")
_NOTHING_BETWEEN = lazy(
    r"[\s\"]+(?:(?:przez|gmin\w|miasto|oficjalnie|formalnie|szeregi|szeregow|grono|grona|stowarzyszeni[ea]|pod|o|nazwa|nazwie)[\s\"]+){0,5}"
)
_PARAGRAPH = lazy(r"§|(?<!\w)par\.\s?\d|[.;]\s*\n")
_FAR = 240


@dataclass(frozen=True, slots=True)
class Ordinance:
    """A step that a resolution ordains: offsets of its first word, and the association's mention it leads to."""

    kind: EventKind
    start: int
    body: Body


def ordained(reading: Reading, start: int, end: int) -> Ordinance | None:
    """The first step into or out of the association that stands as ordained between two offsets of the clean text."""
    folded = reading.clean.folded
    for body in reading.ours(start, end):
        low = max(start, body.start - _FAR)
        opened = [match.end() for match in _PARAGRAPH.finditer(folded, low, body.start)]
        low = opened[-1] if opened else low
        for pattern in (_SO_THAT, _GOVERNED, _FINITE, _TO_BE_DONE):
            found = list(pattern.finditer(folded, low, body.start))
            if not found:
                continue
            match = found[-1]
            kind = EventKind.ACCESSION if match["join"] else EventKind.WITHDRAWAL
            lead = folded[low : match.start()]
            if _NOT.search(lead) or _OF_AN_ACT.search(lead):
                continue
            if _is_left(folded, match, body):
                return Ordinance(kind, match.start(), body)
            if kind is EventKind.WITHDRAWAL and not _OUT.search(folded, match.start(), body.start):
                continue  # "występuje w Związku w imieniu gminy"
            way = EventKind.ACCESSION if "przynalezn" in match[0] else kind  # "wypowiada przynależność do …"
            if leads_to(reading, match.end(), body.start, way) or _is_member_of(folded, match, body):
                return Ordinance(kind, match.start(), body)
    return None


def _is_left(folded: str, match: re.Match[str], body: Body) -> bool:
    """As in "opuszcza Związek", "wyraża wolę opuszczenia szeregów Związku": what is left follows without "z"."""
    between = folded[match.end() : body.start]
    return _LEAVING_IT.search(match[0]) is not None and _NOTHING_BETWEEN.fullmatch(between) is not None


def _is_member_of(folded: str, match: re.Match[str], body: Body) -> bool:
    """As in "staje się członkiem Związku", "członkiem stowarzyszenia pod nazwą …": the genitive leads there."""
    if not match[0].endswith("czlonkiem"):
        return False
    between = folded[match.end() : body.start]
    return (
        re.fullmatch(r"[\s\"]+(?:(?:zwyczajnym|stowarzyszenia|organizacji|pod|o|nazwa|nazwie)[\s\"]+){0,4}", between)
        is not None
    )
