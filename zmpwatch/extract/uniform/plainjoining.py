"""Joining in the words of papers: "dokooptowano" as "przyjęto", "nabycie członkostwa w" as "przystąpienie do"."""

from __future__ import annotations

from collections.abc import Iterator, Set

from zmpwatch.extract.uniform.wordings import OURS, SUBJECTS, WITHIN, found
from zmpwatch.extract.words.lazy import lazy

__all__ = ["plain_joining"]

_COOPTED = lazy(
    rf"dokooptowa(?<!\w.{{10}})(?P<end>no|ny|na|ne|ni|l|la|li)(?=\s(?:[\w-]+\s){{0,4}}?do\s{WITHIN}{OURS})",
    "dokooptowa",
)
_TAKEN = {
    "no": "przyjęto",
    "ny": "przyjęty",
    "na": "przyjęta",
    "ne": "przyjęte",
    "ni": "przyjęci",
    "l": "przyjął",
    "la": "przyjęła",
    "li": "przyjęli",
}
_WENT_OVER = lazy(rf"przesz(?<!\w.{{6}})(?P<end>edl|la|lo|li|ly)(?=\sdo\s(?:niego\s|{OURS}))", "przesz")
_JOINED = {"edl": "przystąpił", "la": "przystąpiła", "lo": "przystąpiło", "li": "przystąpili", "ly": "przystąpiły"}
_CAME_IN = lazy(
    rf"(?<!\w)(?:wkroczy(?P<strode>l|la|lo|li|ly)|zacz(?P<began>al|ela|elo|eli|ely)\s(?:przy)?nalezec)(?=\s(?:[\w-]+\s){{0,4}}?do\s{WITHIN}{OURS})",
    "wkroczy",
    "nalezec",
)
_BEGAN = lazy(rf"rozpocz(?<!\w.{{7}})(?P<end>al|ela|elo|eli|ely)(?=\s(?:swoje\s)?czlonkostwo\sw\s{OURS})", "rozpocz")
_ENDINGS = {"al": "ł", "ela": "ła", "elo": "ło", "eli": "li", "ely": "ły"}
_ATTAINING = lazy(
    r"(?<!\w)(?:nabyci|uzyskani|otrzymani)(?P<end>e|a|u|em)"
    rf"(?P<who>\s(?:przez\s(?:[\w-]+\s){{1,4}}?|(?:statusu|pelnego|ponownego)\s)?)(?P<noun>czlonk(?:ostwa|a))(?P<whose>\s(?:[\w-]+\s){{0,3}}?)(?:w\s)?(?={WITHIN}{OURS})",
    "nabyci",
    "uzyskani",
    "otrzymani",
)
_WIDENED = lazy(
    rf"(?<!\w)(?:poszerz|powieksz|rozszerz|wzbogac|uzupelni)(?P<end>ono)(?=\s(?:[\w-]+\s){{0,5}}?(?:sklad|grono|szeregi)\s(?:czlonkow\s|miast\s)?{OURS})",
    *("=poszerzono", "=powiekszono", "=rozszerzono", "=wzbogacono", "=uzupelniono"),
)
_SIGNING_UP = lazy(
    r"(?<!\w)(?:zgloszeni|zapisani)(?P<end>e|a|u|em)(?=\s(?:(?:przez\s\w+\s)?(?:naszego\s|naszej\s)?(?:miast\w{1,3}|gmin\w|miasteczka|samorzadu)\s(?:[\w-]+\s){0,2}?)"
    rf"do\s{WITHIN}{OURS})",
    "zgloszeni",
    "zapisani",
)
_TOWN_SIGNED_UP = lazy(
    rf"(?<!\w)(?:zgloszeni|zapisani)(?P<end>e|a|u|em)(?=\s(?P<name>[\w-]+)(?:\s[\w-]+)?\sdo\s{WITHIN}{OURS})",
    "zgloszeni",
    "zapisani",
)
_SIGNED_UP = lazy(
    r"zglosi(?<!\w.{6})(?:l|la|lo|li|ly|c)\s(?:nasz\w\s|swoj\w\s)?(?P<what>miasto|miasteczko|gmine)(?=\s(?:[\w-]+\s){0,2}?"
    rf"do\s{WITHIN}{OURS})",
    "zglosi",
)
_GREW_BY_WHICH = lazy(
    r"miasta,\so\sktore\s(?:powieksz|poszerz|wzbogac|uroslo|urosla)\w{0,3}(?:\ssie)?\s(?P<who>nasza\sorganizacja|nasze\s(?:grono|stowarzyszenie)|nasza\srodzina|zwiazek(?:\smiast\spolskich)?|zmp)(?!\w)",
    "miasta",
)
_MEMBERS_OF = {"zmp": "ZMP", "zwiazek": "Związku", "zwiazek miast polskich": "Związku Miast Polskich"}
_APPROVED_IT = lazy(
    rf"zarzad(?<!\w.{{6}})\s{WITHIN}{OURS}[^.,;:]{{0,24}}?\s(?P<what>zatwierdzil\s(?P<ours>nasze\s)?czlonkostwo)(?!\w)",
    "zatwierdzil",
)
_RENEWS = lazy(
    rf"odnawia(?<!\w.{{7}})(?P<end>|ja|my)\s(?:swoje\s)?czlonkostwo\sw(?=\s{WITHIN}{OURS})",
    "odnawia",
)
_BACK = {"": "wraca", "ja": "wracają", "my": "wracamy"}
_WOULD_BECOME = lazy(
    r"(?<!\w)(?:projekt|uchwal)\w*(?:\suchwaly)?,\s(?:na\s(?:mocy|podstawie)|zgodnie\sz|dzieki|wedlug)\sktor\w+\s[^.;,]{3,40}?\s(?P<would>zostaloby|zostalaby|zostalby|zostalyby)\s(?:\w+\s)?czlonk",
    "zostaloby",
    "zostalaby",
    "zostalby",
    "zostalyby",
)
_COUNTED_AMONG = lazy(
    rf"zaliczy(?<!\w.{{7}})(?P<end>l|la|li)(?=\s(?:[\w-]+\s){{1,4}}?do\s(?:grona\s)?czlonkow\s{OURS})", "zaliczy"
)
_TOOK = {"l": "przyjął", "la": "przyjęła", "li": "przyjęli"}
_AWAITED = lazy(
    rf"doczeka(?<!\w.{{7}})(?P<end>la|lo|ly|li|l)\ssie(?P<what>\s(?:[a-z]+\s)?czlonkostwa)(?=\sw\s{WITHIN}{OURS})",
    "doczeka",
)
_LISTED = lazy(
    rf"(?:wpisa|dopisa|zapisa|trafi)\w{{1,3}}\s(?:[\w-]+\s){{0,4}}?(?P<on>na\sliste)(?=\s{OURS}(?:\spolskich)?\"?\s?(?P<next>\S|\Z))",
    "=liste",
)
_WITH_US_AGAIN = lazy(r"(?<!\w)(?:jest|sa)\sz\snami\s(?:znow|znowu|ponownie|z\spowrotem)(?!\w)", "=nami")
_FINALISED = lazy(
    rf"(?<!\w)(?:akces\s(?:do\s{WITHIN}{OURS}(?:\spolskich)?\"?\s)?sfinalizowa(?P<end>l|la|lo|ly)|sfinalizowa(?P<last>l|la|lo|ly)\sakces(?!\sdo))(?!\w)",
    "sfinalizowa",
)
_TIES_ITSELF = lazy(
    r"zwiaz(?<!\w.{5})(?P<end>e|a|ac)\ssie\sze?\s(?:[a-z\s]{4,60}?\s-\s)?\"?zwiazkiem"
    r"(?=\smiast\spolskich(?!\"?\s(?:umow|kontrakt|wspolprac)))",
    "zwiaz",
)
_JOINS = {"e": "przystąpi", "a": "przystąpią", "ac": "przystąpić"}
_MEMBERSHIP_APPROVED = lazy(
    rf"czlonkostwo(?<!\w.{{11}})\s(?P<whose>(?:[\w-]+\s){{1,3}}?)(?P<in>w)\s{OURS}[^.,;:]{{0,24}}?\s(?P<done>zostalo\s(?:zatwierdzone|zaakceptowane|potwierdzone))(?=\sprzez\s(?:\w+\s)?zarzad)",
    "czlonkostwo",
)
_BACK_THERE = lazy(
    rf"{OURS}[^.;!?]{{0,60}}[.;!?]\s[^.;!?]{{0,50}}?(?P<there>jestesmy\s(?:tam|w\snim|w\sniej)\s(?:znow|znowu|z\spowrotem|ponownie)|znow\s(?:tam\sjestesmy|w\snim\sjestesmy))(?!\w)",
    "jestesmy",
)
_WHERE_TO = lazy(rf"{OURS}[^.,;:]{{0,20}},\s(?P<where>dokad)(?=\s)", "=dokad")


def plain_joining(text: str, folded: str, begun: Set[str]) -> Iterator[tuple[int, int, str]]:
    """Edits (start, end, what to read instead) of a text, and the same folded, that say plainly who joins."""
    for match in found(_COOPTED, folded, begun):
        yield *match.span(), _TAKEN[match["end"]]
    for match in found(_WENT_OVER, folded, begun):
        yield *match.span(), _JOINED[match["end"]]
    for match in found(_CAME_IN, folded, begun):
        ending = SUBJECTS[match["strode"]] if match["strode"] else _ENDINGS[match["began"]]
        yield *match.span(), f"dołączy{ending}"
    for match in found(_BEGAN, folded, begun):
        yield *match.span(), f"uzyska{_ENDINGS[match['end']]}"
    for match in found(_ATTAINING, folded, begun):
        yield match.start(), match.end("end"), f"przystąpieni{match['end']}"
        yield *match.span("noun"), ""
        yield match.end("whose"), match.end(), "do "
    for match in found(_WIDENED, folded, begun):
        yield *match.span("end"), "ył się"
    for match in found(_SIGNING_UP, folded, begun):
        yield *match.span(), f"przystąpieni{match['end']}"
    for match in found(_TOWN_SIGNED_UP, folded, begun):
        if text[match.start("name")].isupper():
            yield *match.span(), f"przystąpieni{match['end']}"
    for match in found(_SIGNED_UP, folded, begun):
        yield *match.span("what"), "akces"
    for match in found(_GREW_BY_WHICH, folded, begun):
        yield *match.span(), f"nowi członkowie {_MEMBERS_OF.get(match['who'], 'naszej organizacji')}"
    for match in found(_APPROVED_IT, folded, begun):
        yield *match.span("what"), "przyjął nas" if match["ours"] else "przyjął kandydaturę"
    for match in found(_RENEWS, folded, begun):
        yield *match.span(), f"{_BACK[match['end']]} do"
    for match in found(_WOULD_BECOME, folded, begun):
        yield *match.span("would"), "zostaną" if match["would"] == "zostalyby" else "zostanie"
    for match in found(_COUNTED_AMONG, folded, begun):
        yield *match.span(), _TOOK[match["end"]]
    for match in found(_AWAITED, folded, begun):
        yield match.start(), match.end(), f"uzyska{SUBJECTS[match['end']]} członkostwo"
    for match in found(_LISTED, folded, begun):
        if not text[slice(*match.span("next"))].islower():  # "na listę Związku adresatów": some other list
            yield *match.span("on"), "na listę członków"
    for match in found(_WITH_US_AGAIN, folded, begun):
        yield *match.span(), "wrócił do nas" if match[0].startswith("jest") else "wróciły do nas"
    for match in found(_FINALISED, folded, begun):
        yield *match.span(), f"dołączy{SUBJECTS[match['end'] or match['last']]} do Związku"
    for match in found(_TIES_ITSELF, folded, begun):
        yield *match.span(), f"{_JOINS[match['end']]} do Związku"
    for match in found(_MEMBERSHIP_APPROVED, folded, begun):
        yield match.start(), match.start("whose") - 1, "przyjęcie"
        yield *match.span("in"), "do"
    for match in found(_BACK_THERE, folded, begun):
        yield *match.span("there"), "wróciliśmy do Związku"
    for match in found(_WHERE_TO, folded, begun):
        yield *match.span("where"), "do którego"
