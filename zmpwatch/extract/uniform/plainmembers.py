"""Memberships in the words of papers: "uczestnik Związku" as "członek", "staż w Związku" as "członkostwo"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from zmpwatch.extract.uniform.wordings import OURS, WITHIN, found
from zmpwatch.extract.words.lazy import lazy

__all__ = ["plain_members"]

_PARTICIPANT = lazy(rf"uczestni(?<!\w.{{8}})(?P<end>kiem|kami|ka|kow|cy|k)(?=\s(?:naszego\s)?{OURS})", "uczestni")
_MEMBERS = {
    "kiem": "członkiem",
    "kami": "członkami",
    "ka": "członka",
    "kow": "członków",
    "cy": "członkowie",
    "k": "członek",
}
_BEING_IN_IT = lazy(
    rf"(?<!\w)(?:byci|trwani|pozostawani|uczestniczeni|przynalezeni)(?P<end>a|u|em)\s(?:w|do)(?=\s{WITHIN}{OURS})",
    *("=bycia", "=byciu", "=byciem", "trwani", "pozostawani", "uczestniczeni", "przynalezeni"),
)
_MEMBERSHIPS = {"a": "członkostwa", "u": "członkostwie", "em": "członkostwem"}
_UNITED_TOWN = lazy(
    rf"miast(?<!\w.{{5}})(?P<end>em|ami)\s(?:zrzeszon|stowarzyszon|skupion)ymi?\sw(?=\s{WITHIN}{OURS})", "miast"
)
_AS_A_UNITED_TOWN = lazy(
    rf"jako(?<!\w.{{4}})(?P<town>\smiasto\s(?:zrzeszone|stowarzyszone)\sw)(?=\s{OURS})", "zrzeszone", "stowarzyszone"
)
_MEMBER_TOWNS = {"em": "członkiem", "ami": "członkami"}
_SENIORITY = lazy(
    rf"(?<!\w)(?:czlonkowski\sstaz|staz(?:\sczlonkowski)?)(?=\s(?:[\w-]+\s){{0,3}}?w\s{WITHIN}{OURS})"
    r"(?=(?P<between>[^.;:]{8,80}?)(?P<counted>liczy\ssie|liczony\sjest|datuje\ssie)(?=\s(?:juz\s)?od\s))",
    "staz",
)
_PRESENCE = lazy(
    rf"(?<!\w)(?:(?P<given>(?:dzieki|wbrew)\s)|(?P<told>(?:o|w|przy|po)\s))?(?P<presence>obecnosc(?P<end>i|ia|))\s(?P<whose>(?:(?:nasz\w+\s)?(?:miasta|gminy)\s)?)(?P<name>(?:[\w-]+\s){{0,3}}?)w\s(?P<circle>gronie\s(?:miast\s|czlonkow\s|samorzadow\s)?)?(?={WITHIN}{OURS})",
    "obecnosc",
)
_MEMBERSHIP_BEGAN = lazy(
    rf"czlonkostwo(?<!\w.{{11}})(?=\s(?:[\w-]+\s){{0,3}}?w\s{OURS})(?=(?P<between>[^.;:]{{8,80}}?)(?P<began>(?:rozpocz|zacz)elo\ssie\s(?:w\s|z\sdniem\s|dnia\s)?(?=\d)))",
    "czlonkostwo",
)
_IT_IS = lazy(rf"czlonkiem(?<!\w.{{9}})\s{OURS}[^.,;:]{{0,24}}?\sjest(?P<it>\son[ao]?)(?=\sod\s)", "czlonkiem")
_MAY_BOAST = lazy(
    r"(?<!\w)(?:moze|moga|mozemy)\s(?:sie\s)?(?:pochwalic|poszczycic)(?:\ssie)?(?=\s(?:juz\s)?(?:czlonkostw|akces|przynaleznosc|przystapieni|legitymacj))",
    *("pochwalic", "poszczycic"),
)
_NEW_IN_IT = lazy(rf"now[iey](?<!\w.{{4}})(?P<in>\sw)(?=\s{OURS}[^.,;:]{{0,24}}?(?:\sto\s|\s?[:-]\s))", "now")
_LINE_OF_BODIES = lazy(
    r"przynaleznosc(?<!\w.{13})(?P<sign>\s?[:|])(?=\s[^\n]{0,160}?(?:zwiazek\smiast|zmp(?!\w)))", "przynaleznosc"
)
_FEE_IN_IT = lazy(
    rf"skladk(?<!\w.{{6}})\w{{1,3}}\sczlonkowsk\w{{2,4}}(?:\s[\w-]+){{0,4}}?\s(?P<in>w)(?=\s{OURS})", "skladk"
)
_SEEKS_A_PLACE = lazy(
    rf"(?:ubiega|stara|zabiega|aplik|wniosk)(?:\w{{0,6}})\s(?:sie\s)?(?:[\w-]+\s){{0,2}}?o\s(?P<place>miejsce)(?=\sw\s{WITHIN}{OURS})",
    "=miejsce",
)


def plain_members(text: str, folded: str, begun: Set[str]) -> Iterator[tuple[int, int, str]]:
    """Edits (start, end, what to read instead) of a text, and the same folded, that say memberships plainly."""
    for match in found(_PARTICIPANT, folded, begun):
        yield *match.span(), _MEMBERS[match["end"]]
    for match in found(_UNITED_TOWN, folded, begun):
        yield *match.span(), _MEMBER_TOWNS[match["end"]]
    for match in found(_AS_A_UNITED_TOWN, folded, begun):
        yield *match.span("town"), " członek"
    for match in found(_BEING_IN_IT, folded, begun):
        yield *match.span(), f"{_MEMBERSHIPS[match['end']]} w"
    for match in found(_SENIORITY, folded, begun):
        yield *match.span(), "członkostwo"
        yield *match.span("counted"), "trwa"
    for match in found(_MEMBERSHIP_BEGAN, folded, begun):
        yield *match.span("began"), "trwa od "
    for match in found(_IT_IS, folded, begun):
        yield *match.span("it"), ""
    for match in found(_MAY_BOAST, folded, begun):
        yield *match.span(), "chwali się"
    for match in found(_LINE_OF_BODIES, folded, begun):
        yield *match.span("sign"), " do organizacji:"
    for match in found(_FEE_IN_IT, folded, begun):
        yield *match.span("in"), "do"
    for match in found(_SEEKS_A_PLACE, folded, begun):
        yield *match.span("place"), "członkostwo"
    for match in found(_NEW_IN_IT, folded, begun):
        yield *match.span("in"), " członkowie"
    for match in found(_PRESENCE, folded, begun):
        if text[match.start("name")].isupper() if match["name"] else match["whose"]:
            yield *match.span("presence"), f"członkostw{_case_of_presence(match)}"
            if match["circle"]:
                yield *match.span("circle"), ""


def _case_of_presence(match: re.Match[str]) -> str:
    """The ending of "członkostwo" for that of "obecność", whose genitive, dative and locative are alike."""
    if match["end"] == "i" and match["given"]:
        return "u"
    if match["end"] == "i" and match["told"]:
        return "ie"
    return {"": "o", "i": "a", "ia": "em"}[match["end"]]
