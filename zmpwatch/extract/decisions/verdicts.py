"""How a decision is told, wherever it stands: refused, not taken up, put off, on something else."""

from __future__ import annotations

import re

from zmpwatch.extract.dates.forms import MONTHLY
from zmpwatch.extract.votes.opposition import council_is_against, is_of_some, is_outvoted
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.matters import A_STEP, NO_DEBATE_BEHIND, NOT_OF_A_DEBATE

__all__ = [
    "ADOPTED_THESE",
    "AN_AMENDMENT",
    "BARE_DECISION",
    "BARE_VERDICT",
    "BEGAN_WITH",
    "BY_ITS_ACT",
    "DATED_ACT",
    "DECIDES_IT",
    "DECLARED",
    "IF_COUNCIL_BACKS",
    "MAYORS_WILL",
    "MAYOR_DECIDED",
    "NEVER_TAKEN_UP",
    "ON_SOMETHING_ELSE",
    "PASSED_BY_VOTE",
    "PROCEDURE",
    "SEVERAL_COUNCILS",
    "VOTE_ON",
    "VOTE_ON_AGENDA",
    "WHETHER_VOTED",
    "is_still_open",
    "refuses",
]

ADOPTED_THESE = lazy(
    r"(?<!\w)(?:podje\w+|przyje\w+|uchwali\w+|przeglosowa\w+|zapad\w+)\s+(?:(?:\w+\s+)?(?:nastepujac|ponizsz|now|kolejn)\w+\s+|\w+\s+){0,2}uchwaly(?!\w)"
    r"|(?<!\w)uchwaly\s+(?:\w+\s+){0,2}?(?:podjet[aey]|przyjet[aey]|podjela|przyjela)(?!\w)",
    "=uchwaly",
)
"""Over a list of what a council adopted at a session: "podjęto następujące uchwały:"."""
BEGAN_WITH = (
    r"(?:poczat\w+\s+(?:\w+\s+)?(?:drogi|staran|procedur\w|procesu|czlonkostwa)"
    r"|(?:wszystko|droga|proces|procedura|starania|historia|przygoda)\s+(?:\w+\s+){0,4}?(?:zacz|rozpocz)\w+)"
    r"\s[^;?!]{0,60}?uchwal\w{1,2}(?!\s+(?:zarzadu|sejm))"
)
"""As in "Początek tej drogi to 30 marca i uchwała rady": what a membership began with; a part of patterns."""
AN_AMENDMENT = lazy(
    r"\s+(?:\w+\s+)?moc(?!\w)|\s+(?:[\w-]+\s+){0,2}?(?:poprawk|(?:wnios|propozycj|pomysl)\w*\s+(?:[\w-]+\s+){0,2}?o\s+(?:odroczeni|odeslani|przelozeni|odlozeni|zdjeci|wycofani|przerw))"
)
"""What was refused is no step, but a change or delay of it."""
BY_ITS_ACT = lazy(
    rf"(?<!\w)(?:zgodnie\s+z|na\s+mocy|moca|na\s+podstawie)\s+(?:\w+\s+)?(?:uchwal[ay]|decyzj[iaey])\s+(?:\w+\s+)?(?:rad[ay]|radnych|podjet|nr|z\s+\d)(?![^,;]{{0,40}}?\s(?:o|w\s+sprawie)\s+(?!tej|tym|(?:\w+\s+)?(?:{A_STEP}|wycofa|numer))\w)|(?:^|,\s)(?:uchwala|decyzja|wola)\s+(?:rady|radnych)(?!\w)|^\W*(?:\d{{1,2}}\s+[a-z]+\s+\d{{4}}\s+(?:r\.|roku)[\s:,-]*)?uchwala\s+(?:nr\s+\S+\s+)(?![^,;]{{0,60}}?zarzadu)|(?<!\w)zgodnie\s+z\s+(?:\w+\s+)?wola\s+(?:rady|radnych)(?!\w)",
    "uchwal",
    "decyzj",
    "wola",
)
"""As in "zgodnie z uchwałą rady X przystąpi": what will be has been decided."""
DECLARED = lazy(r"(?<!\w)(?:zglasza|zglosil[aoi]?|deklaruje|zadeklarowal[aoi]?)\s+(?:\w+\s+)?$", "zgl", "deklar")
"""As in "Gmina zgłasza akces na podstawie uchwały nr 90/IX/2019": what a council has decided is declared."""
IF_COUNCIL_BACKS = lazy(
    r"(?<!\w)(?:jesli|jezeli|o\s+ile)\s+(?:(?:w\s+dniu\s+|dnia\s+)?\d{1,2}\s+\w+\s+(?:\d{4}\s+)?(?:r\.\s+|roku\s+)?|(?:w|na|juz|tylko|tym|razem|\w+ej|sesji)\s+){0,3}"
    r"(?:radn\w+|rada)(?!\w)[^;!?]{0,60}?(?<!\w)(?:popr[aez]\w{0,2}|zgodz[ia]|zgadz\w+|przeglosuj\w+|podejm\w+|przyjm\w+|uchwal[ia]|zaakceptuj\w+|przystan\w+)(?!\w)[^;!?]{0,60}?(?<!\w)(?:propozycj|wnios|pomysl|projek|uchwal|inicjatyw)\w*"
    r"|(?<!\w)(?:jesli|jezeli|o\s+ile)\s+(?:radn\w+|rada)(?!\w)[^,;!?]{0,50}?\s(?:go|ja|to|druk|projekt|wniosek)\s+(?:popr[aez]\w{0,2}|przyjm\w+|zaakceptuj\w+|przeglosuj\w+|podejm\w+|uchwal[ia])(?!\w)",
    "=jesli",
    "=jezeli",
    "=ile",
)
"""As in "jeśli radni poprą 12 marca wniosek burmistrza, by przystąpić": what is to be decided then."""
VOTE_ON = lazy(r"(?<!\w)glosowani[ea]\s+(?:nad|w\s+sprawie|dotyczace)\s+(?:[\w-]+\s+){0,2}?$", "glosowani")
"""As in "Głosowanie nad przystąpieniem odbędzie się 30 marca"; how one ended is read before."""
MAYORS_WILL = lazy(
    r"(?<!\w)(?:burmistrz|wojt|prezydent|wladze|wlodarz)(?!\w)(?:\s+(?!rad)[\w-]+){0,4}\s+(?:wyrazi\w*|wyraza\w*|deklaruj\w*|zadeklarowa\w*)\s+(?:\w+\s+)?(?:wol[aei]\w?|chec\w*|gotowosc)",
    "wol",
    "chec",
    "gotow",
)
"""As in "burmistrz wyraził wolę przystąpienia": a wish of one who can't decide it."""
MAYOR_DECIDED = lazy(
    r"(?<!\w)(?:burmistrz|wojt|prezydent|wlodarz|starosta)(?!\w)(?!\s+(?:i|oraz|z|wraz|wspolnie))(?:\s+(?!rad|i\s|oraz\s)[\w-]+){0,4}\s+"
    r"(?<!\bnie\s)(?:zdecydowa|zadecydowa|postanowi)(?:l|la|li)(?!\w)"
    r"|(?<!\w)(?<!\bnie\s)(?:zdecydowa|zadecydowa|postanowi)(?:l|la)\s+(?:[\w-]+\s+)?(?:burmistrz|wojt|prezydent|wlodarz|starosta)(?!\w)",
    *("decydowa", "postanowi"),
)
"""As in "burmistrz zdecydował, że miasto wystąpi": joining and leaving are for the council alone to decide.

Act on Municipal Self-Government (ustawa o samorządzie gminnym), art. 18(2)(12).
"""
PROCEDURE = lazy(
    r"(?<!\w)(?:wycofa\w*|wykresl\w*\s+(?:\w+\s+)?(?:punkt|z\s+porz)\w*|zdjec\w*|zdjet\w*|wprowadzi\w*|wpisa\w*|odesl\w*|skierowa\w*|porzad\w+|program\w*\s+\w*\s?sesji|zaopiniowa\w*|opini\w+|odlozo\w*|przelozo\w*|przesunie\w*|odroczo\w*|autopoprawk\w*|wroci\w*\s+do\s+komisj\w*|trafi\w*\s+(?:\w+\s+)?do\s+komisj\w*)",
    *(
        "autopoprawk",
        "komisj",
        "odesl",
        "odlozo",
        "odroczo",
        "opini",
        "porzad",
        "program",
        "przelozo",
        "przesunie",
        "skierowa",
        "wpisa",
        "wprowadzi",
        "wycofa",
        "wykresl",
        "zdjec",
        "zdjet",
    ),
)
VOTE_ON_AGENDA = lazy(
    r"(?<!\w)(?:glosowa\w*|pod\s+glosowanie|przeglosowa\w*|zdecydowa\w+\s+o|zgodzi\w+\s+sie\s+na|wnios\w+\s+o|wniosek\s+o|propozycj\w+)\s+(?:[\w-]+\s+){0,4}?(?:zdjeci\w|wykresleni\w|wycofani\w|usunieci\w|skresleni\w|wprowadzeni\w|dodani\w)\s+(?:[\w-]+\s+)?(?:punkt|projekt|druk|temat|spraw|uchwal|porzad)",
    *("zdjeci", "wykresleni", "wycofani", "usunieci", "skresleni", "wprowadzeni", "dodani"),
)
"""A ballot on what a session is to deal with: "poddał pod głosowanie zdjęcie punktu 9 (wystąpienie z ZMP)"."""
_REFUSED = lazy(
    r"(?<!\w)(?:decided|voted|chose)\s+not\s+to(?!\w)|(?<!\w)(?:voted?|turn(?:ed)?|struck|strike|shot)\s+(?:it\s+)?down(?!\w)"
    r"|(?<!\w)(?:voted|decided|came\s+out)\s+(?:[\w-]+\s+){0,3}?against\s+(?:the\s+)?(?:joining|leaving|quitting|accession|membership|withdraw\w*|entry|exit|rejoining)(?!\w)|(?<!\w)(?:was|were)\s+defeated(?!\w)|(?<!\w)failed\s+to\s+(?:pass|win|gain|get)(?!\w)"
    rf"|(?<!\w){NOT_OF_A_DEBATE}(?<!sie\sna\s)(?<!ystala\sna\s)(?<!ystali\sna\s)(?<!ystano\sna\s)(?<!zgode\sna\s)nie\s+(?:zosta\w+\s+|zyska\w+\s+|uzyska\w+\s+)?(?:przysta(?:l|la|li|no)(?!\w)"
    rf"|podje\w+{NO_DEBATE_BEHIND}|przyje\w+|uchwal\w+|zgodzi\w*|wyrazi\w*|wyrazon\w+|zaakceptowa\w+|zatwierdz\w+|zaaprobowa\w+"
    r"|przychyl\w+\s+sie|udziel\w+\s+(?:\w+\s+)?zgody|popar\w+|przeszl\w*|przeszed\w*|przeglosowa\w*|przyjal\w*"
    r"|zdecydowal\w*|zyska\w*|uzyska\w*|zgod\w+|wymagan\w+|wiekszosci|bylo\s+zgody"
    r"|ma\s+(?:\w+\s+)?zgody(?=\s+(?:rad|na(?!\w)))|znalaz\w+|dal[aio]?(?!\w)(?!\s+[-,]\s)|dali(?!\w)"
    r"|kupil[ai]?(?=\s+(?:tego\s+)?(?:pomysl|projekt|propozycj|inicjatyw))|uda\w+\s+sie\s+przeglosowa\w+|zebra\w+\s+wiekszosci|otrzyma\w+\s+(?:poparci|wiekszosc)\w*)"
    r"|(?<!\w)(?:powiedzia\w+|powiedziel\w+|mow\w+|glosow\w+|zaglosow\w+|opowiedzi\w+\s+sie)\s+(?:\w+\s+){0,2}(?:na\s+)?\"nie\"(?!\w)"
    r"|(?<!\w)(?:powiedzia\w+|powiedziel\w+)\s+(?:\w+\s+)?nie(?!\w)"
    r"|(?<!\w)(?:rada|rady|radni)\s+(?:[\w.]+\s+){0,4}?nie\s+chc\w+|(?<!\w)nici\s+z(?!\w)|(?<!\w)zabraklo\s+(?:\w+\s+){0,3}(?:glos\w*|wiekszosci|poparcia|zgody|chetnych)|(?<!\w)(?:wiekszosci|poparcia|zgody)\s+(?:\w+\s+)?(?:zabraklo|nie\s+bylo)(?!\w)"
    r"|(?<!\w)rad(?:a|ni|y)\s+(?:[\w.]+\s+){0,6}?(?:[\w.]+,\s+ktor\w+\s[^,;]{2,60},\s+)?byl[ai]?\s+(?:\w+\s+)?przeciw\w*"
    r"|(?<!\w)wiekszosc\w*\s+(?:radn\w+|rad[ay])\s+(?!(?:we?\s+(?:kuluar|rozmow|sondaz|ankie|prywat)|przed\s|poza\s|nieoficjalnie|prywatnie|wstepnie|poczatkowo))(?:[\w-]+\s+){0,3}?(?:byla|jest|opowiedziala\s+sie)\s+(?:\w+\s+)?przeciw\w*"
    r"|(?<!\w)uchwal[ya]\s+(?:\w+\s+){0,2}nie\s+(?:ma|bedzie|zapadl\w*|podjeto)(?!\w)"
    r"|(?<!\w)uzna\w+\s+(?:[\w-]+\s+){0,14}?za\s+(?:niezasluguj\w+|bezzasadn\w+|nieuzasadnion\w+|niezasadn\w+)|(?<!\w)nie\s+uwzgledni\w+",
    *(
        "niezaslug",
        "zasadn",
        "=defeated",
        "=down",
        "=failed",
        "=nici",
        "=nie",
        "=not",
        "=uchwala",
        "=uchwaly",
        "=zabraklo",
        "against",
        "przeciw",
    ),
)
NEVER_TAKEN_UP = lazy(
    r"(?<!\w)nie\s+(?:(?:byl\w*|jest|sa|zosta\w+|bylo)\s+)?(?:dotad\s+|dotychczas\s+|rowniez\s+|tez\s+)?(?:podejmowa\w+"
    r"|planowa\w+|rozpatrywa\w+|rozpatrz\w+|zajmowa\w+|glosowa\w+|omawia\w+|dyskutowa\w+|rozwaza\w+|wplyn\w+"
    r"|procedowa\w+|podejmuj\w+|planuj\w+|przewiduj\w+|przewidzia\w+|skladan\w+|zglasza\w+"
    r"|(?:prowadz|trwa|tocz|wszcz|podje)\w+(?=\s+(?:[\w-]+\s+){0,3}?(?:prac|rozmow|negocjacj|dzialan|starani|przygotowan|krok|konsultacj)))"
    r"|(?<!\w)nie\s+(?:zglosi\w+|zgloszono|zlozy\w+|zlozono|sklada\w*|wnosi\w*|wnios\w+|kierowa\w+|skierowa\w+)\s+(?:(?:zadn|jeszcze|dotad|takiego|tam)\w*\s+){0,2}(?:akces|wnios|czlonkost|deklarac|zgloszeni|aplikac|podani|prosb|(?:projekt|uchwal)\w*\s+(?:\w+\s+)?(?:o|w\s+sprawie))"
    rf"|(?<!\w)by\w{{1,3}}\s+(?:\w+\s+)?(?:blisk(?:i|a|ie)|o\s+krok\s+od|o\s+wlos\s+od)\s+(?:{A_STEP})"
    r"|(?<!\w)do\s+(?:uchwal\w+|glosowani\w+|decyzji|skutku)\s+(?:\w+\s+){0,2}?nie\s+doszlo(?!\w)|(?<!\w)nie\s+doszlo\s+(?:\w+\s+){0,2}?do\s+(?:uchwal\w+|glosowani\w+|decyzji|skutku)(?!\w)"
    r"|(?<!\w)nie\s+(?:stara\w*\s+sie|ubiega\w*\s+sie|zabiega\w*|aplik\w+)\s+o(?!\w)"
)
ON_SOMETHING_ELSE = lazy(
    rf"(?<!\w)(?:zdecyduj|zaglosuj|zadecyduj|debat|decyzj|zajm)\w+(?!\w)[^.;]{{0,40}}?\s(?:o|nad|w\s+sprawie)\s+(?!t[eay]|nim|niej|{A_STEP}|proje|wnios|uchwa|spraw)"
)
"""What a council will decide on, where that is named and is no step."""
DECIDES_IT = lazy(
    r"(?<!\w)(?:zdecydowal\w*|zgodzil\w*|zadecydowal\w*)\s+(?:[\w-]+\s+){0,3}(?:o\s+tym|na\s+to)(?!\w)"
    r"|(?<!\w)uchwale\s+w\s+tej\s+sprawie\s+(?:(?!nie\s)[\w-]+\s+){0,4}?(?:podj(?:al|ela|eli|eto)|przyj(?:al|ela|eli|eto)|przeglosowa(?:la|li|no))(?!\w)"
    r"|(?<!\w)(?<!\bnie\s)(?:podj(?:al|ela|eli|eto)|przyj(?:al|ela|eli|eto)|przeglosowa(?:la|li|no))\s+(?:[\w-]+\s+){0,4}?uchwale\s+w\s+tej\s+sprawie(?!\w)",
    *("decydowal", "godzil", "=uchwale"),
)
BARE_DECISION = lazy(
    r"(?<!\w)(?:zgode\s+(?:\w+\s+){0,2}?(?:wyrazi|wydal|da)(?:l|la|li|lo|no)|uchwale\s+(?:\w+\s+)?(?:podj\w+|przyj\w+)|(?:rada|radni)\s+uchwale\s+(?:podj\w+|przyj\w+)|wyrazi\w+\s+(?:na\s+to\s+)?zgode|dal[aio]?\s+(?:na\s+to\s+)?zgode|podje\w+\s+(?:[\w-]+\s+){0,2}?uchwale|powiedzi\w+\s+\"?tak\"?|zgodzi\w+\s+sie\s+na\s+to|byl[ai]\s+na\s+\"?tak\"?)(?!\w)"
    r"(?!\s+(?:[\w-]+\s+){0,3}?(?:na|o|w\s+sprawie|dla|nad|dotycz\w+|intencyjn\w+|budzetow\w+)(?!\w))",
    *("=zgode", "=uchwale", "zgodzi", "=tak"),
)
BARE_VERDICT = lazy(
    r"\W*(?:(?:ostatecznie|w\s+koncu|jednak)\s+)?(?:(?P<passed>przyjeto|uchwalono|przeglosowano|przeszl[ao]|zatwierdzono)|odrzucon[oy]|przepadl[ao]|upadl[ao]|nie\s+przeszl[ao])\W*",
    *("przyjeto", "uchwalono", "przeglosowano", "przeszl", "zatwierdzono", "odrzucon", "przepadl", "upadl"),
)
"""A whole sentence behind "głosowano nad …": "Odrzucono."."""
SEVERAL_COUNCILS = lazy(
    r"(?<!\w)(?:(?:dwie|trzy|cztery|obie|kilka)\s+(?:\w+\s+)?rady|rady\s+(?:\S+\s+){1,6}i\s|(?:w\s+|radni\s+|rady\s+)(?:dwoch|trzech|czterech|kilku|obu)\s+(?:\w+\s+)?(?:miast|gmin|samorzad|rad)\w*"
    r"|(?:dwa|trzy|cztery|oba|kilka)\s+(?:\w+\s+)?(?:miasta|samorzady|gminy|rozne\s+wyniki)|ten\s+sam\s+(?:\w+\s+)?(?:projekt|pomysl|temat|wniosek)|ta\s+sama\s+(?:uchwala|sprawa)|tym\s+samym(?=\s?[:;-]))(?!\w)",
    *("=rady", "=dwoch", "=trzech", "=czterech", "=kilku", "=obu", "=dwa", "=trzy", "=cztery", "=oba", "=kilka"),
    *("=sam", "=sama", "=samym"),
)
"""Of several councils at once: "dwie rady", "radni trzech gmin", "ten sam projekt"."""
WHETHER_VOTED = lazy(
    r"(?<!\w)(?:(?:za)?glosowa(?:no|la|ly|li)|glosowani\w+|rozstrzyg(?:al|nel|niet)\w+)(?!\w)[^.;?]{0,60}?(?<!\w)czy\s"
    r"|(?<!\w)(?:ma|maja|mamy|mieli|jest|sa)\s+(?:juz\s+)?(?:za\s+soba\s+glosowanie|po\s+glosowaniu)\s+(?:nad|w\s+sprawie)\s",
    "glosowa",
    "rozstrzyg",
)
"""As in "głosowano nad tym, czy X ma opuścić Związek": what was put to the vote, not how that ended."""
_A_STEP = (
    r"(?:o|w\s+sprawie)\s+(?:ponown\w+\s+)?"
    r"(?:wejsci|przystapieni|wstapieni|akces|dolaczeni|czlonkostw|wystapieni|wyjsci|odejsci|rezygnac|powro)"
)
_ITS_COUNCIL = r"(?:nr\s\S+\s+)?(?:(?:rad[yz]\w?|radnych)\s+(?:[\w-]+\s+){0,5}?)?(?:nr\s\S+\s+)?"
DATED_ACT = lazy(
    r"(?<!\w)(?<!projekt\s)(?<!projektu\s)(?:uchwal[aeyoi]|decyzj[aei])\s+"
    rf"{_ITS_COUNCIL}z\s+(?:dnia\s+)?\d(?:[^.;,]|(?<=\sr)\.){{0,24}}\s{_A_STEP}"
    rf"|(?<!\w)(?<!projekt\s)(?<!projektu\s)uchwal[aeyoi]\s+rad[yz]\w?\s+(?:[\w-]+\s+){{0,3}}?{_A_STEP}\w*\s[^.;,]{{0,60}}?\sz\s+(?:dnia\s+)?\d{{1,2}}\s+[a-z]"
    rf"|(?<!\w){MONTHLY}\s+(?:uchwal|decyzj)\w{{1,2}}\s+(?:rad[yz]\w?\s+|radnych\s+)?{_A_STEP}",
    "uchwal",
    "decyzj",
)
"""A resolution on the step that has a date: "uchwała z 1992 roku o wejściu do organizacji"."""
PASSED_BY_VOTE = lazy(
    r"(?<!\w)(?<!\bnie\s)przeszl[oa]\s+(?:\w+\s+)?(?:glosami|jednoglosnie|jednomyslnie|stosunkiem|wiekszoscia|przewaga)(?!\w)",
    "przeszl",
)
"""As in "…, które przeszło głosami całej rady"; "przeszło 300 miast" is a number."""


_NOT_YET = lazy(r"(?<!\w)(?:jeszcze|dotad|dotychczas|do\s+tej\s+pory)\s+$")
_YET = lazy(r"\s+(?:sie\s+)?(?:jeszcze|dotad|dotychczas|do\s+tej\s+pory)(?!\w)")


def _is_still_open(folded: str, match: re.Match[str]) -> bool:
    """As in "rada nie podjęła jeszcze decyzji": what has not been decided yet is not turned down."""
    if not match[0].startswith("nie"):
        return False
    lead = folded[max(0, match.start() - 20) : match.start()]
    return _NOT_YET.search(lead) is not None or _YET.match(folded, match.end()) is not None


def is_still_open(folded: str) -> bool:
    """Whether folded text tells that a matter has not been decided yet."""
    return any(_is_still_open(folded, match) for match in _REFUSED.finditer(folded))


def refuses(folded: str) -> bool:
    """Whether folded text tells that a matter was turned down, by whatever is said of the vote."""
    match = _REFUSED.search(folded)
    while match is not None:
        if not is_of_some(folded, match) and not _is_still_open(folded, match):
            return True
        match = _REFUSED.search(folded, match.end())
    return council_is_against(folded) or is_outvoted(folded)
