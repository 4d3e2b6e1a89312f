"""Resolutions in the words of papers: "powzięto uchwałę" as "podjęto", "zgodzili się na to" as "podjęli uchwałę"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from zmpwatch.extract.uniform.wordings import SUBJECTS, found
from zmpwatch.extract.words.lazy import lazy

__all__ = ["plain_acts"]

_ADOPTING = lazy(r"przyjmuj(?<!\w.{8})(?:ac)(?=\s(?:[\w.]+\s){0,6}?uchwal\w{0,2}(?!\w))", "przyjmujac")
_CAME_WITH_ACTS = lazy(
    r"zglosi(?<!\w.{6})(?P<end>l|la|lo|li|ly)\ssie(?=(?P<between>\s(?:[\w-]+\s){0,5}?)(?P<acts>z\suchwal(?:a|ami))\s(?:o|w\ssprawie)\s)",
    "zglosi",
)
_NUMBER_AND_DAY = lazy(
    r"uchwala(?<!\w.{7})(?P<has>\s(?:ma|nosi|otrzymala)\snumer)\s[\divxlcdm/.]{3,24}(?P<and>\s(?:i|oraz)\s(?:date|date\sz|pochodzi\sz))(?=\s\d)",
    "numer",
)
_AGREED_TO_IT = lazy(
    r"(?<!\w)(?<!\bnie\s)(?:zgodzi(?P<end>la|li|ly)\ssie\sna\s(?:to|ten\skrok|taki\skrok|te\sdecyzje)|(?:da|wyrazi|udzieli)(?P<gave>la|li|ly)\s(?:na\sto\szgode|zgode\sna\s(?:to|ten\skrok)))(?!\w)(?!,\s(?:a|ze)?by\s)",
    "zgodzi",
    "zgode",
)
_RESOLVED = {"la": "podjęła uchwałę", "li": "podjęli uchwałę", "ly": "podjęły uchwałę"}
_TOOK_THIS_STEP = lazy(
    r"(?<!\w)(?<!\bnie\s)(?:przeglosowa|popar|zaakceptowa|uchwali|zatwierdzi)(?P<end>la|li|ly)\s(?:na\s)?(?:ten|taki)\skrok(?!\w)",
    "=krok",
)
_TOOK_RESOLUTION = lazy(r"powzi(?<!\w.{5})(?P<end>al|ela|elo|eli|ely|eto|eta|ete|ecie|ecia|eciu)(?!\w)", "powzi")
_TAKEN_SO = {
    "al": "podjął",
    "ela": "podjęła",
    "elo": "podjęło",
    "eli": "podjęli",
    "ely": "podjęły",
    "eto": "podjęto",
    "eta": "podjęta",
    "ete": "podjęte",
    "ecie": "podjęcie",
    "ecia": "podjęcia",
    "eciu": "podjęciu",
}
_INVERTED = lazy(
    r"(?P<ours>zwiazek\smiast\spolskich|zmp)\s?(?:,|-|:)\s(?P<step>przystapienie|wstapienie|akces|wystapienie|wyjscie|czlonkostwo)"
    r"(?=\s(?!do\s|w\s|ze?\s)[\w-]+)",
    *("=przystapienie", "=wstapienie", "=akces", "=wystapienie", "=wyjscie", "=czlonkostwo"),
)
_FRONT = re.compile(r"(?:\A|\n)[\s\W\d]{0,8}\Z")
_GOVERNED = {
    "przystapienie": "do",
    "wstapienie": "do",
    "akces": "do",
    "wystapienie": "z",
    "wyjscie": "z",
    "czlonkostwo": "w",
}
_OF_ACT = lazy(
    r"uchwal(?<!\w.{6})\w{0,2}\snr\s[\divxlcdm/.]{3,24}(?:\sz\s(?:dnia\s)?[\w.]{1,12}(?:\s[\w.]{1,12}){0,3}?)?(?P<open>\s\()"
    r"(?=(?:przystapieni|wstapieni|wystapieni|akces|czlonkostw|udzial|przynaleznos|wyjsci|rezygnacj))[^()\n]{10,90}(?P<close>\))",
    "uchwal",
)


def plain_acts(text: str, folded: str, begun: Set[str]) -> Iterator[tuple[int, int, str]]:
    """Edits (start, end, what to read instead) of a text, and the same folded, that say plainly what was resolved."""
    for match in found(_ADOPTING, folded, begun):
        yield *match.span(), "podejmując"
    for match in found(_TOOK_RESOLUTION, folded, begun):
        yield *match.span(), _TAKEN_SO[match["end"]]
    for match in found(_NUMBER_AND_DAY, folded, begun):
        yield *match.span("has"), " nr"
        yield *match.span("and"), " z"
    for match in found(_AGREED_TO_IT, folded, begun):
        yield *match.span(), _RESOLVED[match["end"] or match["gave"]]
    for match in found(_TOOK_THIS_STEP, folded, begun):
        yield *match.span(), _RESOLVED[match["end"]]
    for match in found(_CAME_WITH_ACTS, folded, begun):
        yield *match.span(), f"nadesła{SUBJECTS[match['end']]}"
        yield *match.span("acts"), "uchwałę" if match["acts"].endswith("a") else "uchwały"
    for match in found(_INVERTED, folded, begun):
        whose = text[match.end() + 1 : match.end() + 2]
        if whose.isupper() and _FRONT.search(folded[max(0, match.start() - 12) : match.start()]):
            ours = "ZMP" if match["ours"] == "zmp" else "Związku Miast Polskich"
            yield *match.span(), f"{match['step']} {_GOVERNED[match['step']]} {ours}"
    for match in found(_OF_ACT, folded, begun):
        yield *match.span("open"), " w sprawie "
        yield *match.span("close"), ""
