"""When a council sat, or is to sit: told in a sentence on that alone, or at its front.

"Obradowano 12 marca", "(sesja 14 X 2020)", "Koniec obrad, 3 września", "Rada zebrała się 29 stycznia", "Zbliża się
sesja w X (29 października)". Sittings of others (a committee, a powiat's council, a board, the young) are none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.dates.resolving import DateMention
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.towns.finding import Role
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.matters import A_STEP

__all__ = ["BALLOT_ON_ANOTHER", "OTHER_COUNCIL", "Sitting", "sitting_told"]

_SITTING = r"(?:sesja|sesje|sesji|obrady|obrad|posiedzenie|posiedzenia|glosowanie|glosowania)(?!\w)"
_SITTING_DOES = r"(?<!na\s)(?:sesja|sesje|obrady|posiedzenie|glosowanie)(?!\w)"
"""A sitting as what is held or goes on; "na sesję" is where somebody comes to."""
_WORDS = r"(?:\s+[\w.,-]+){0,7}?\s+"
_WAS_HELD = (
    r"(?:odbyl|odbyw|(?:po|prze)?prowadz[io]|trwal|toczyl|zacz[ea]l|rozpocz[ea][lt]|(?:za|s)koncz[yo]|zamkn[iea]|otwar|otworzyl"
    r"|wypadl|przypadl|przeciagn|mial\w?\s+miejsce)\w*"
)
_IS_CALLED = r"(?:zwolan\w+|zwolal\w*)"
"""Of a sitting past or to come: "sesję zwołano na 8 czerwca"."""
_WILL_BE_HELD = (
    r"(?:odbedzie|odbeda|odbywa|zaplanowan\w+|planowan\w+|wyznaczon\w+|rozpocznie|rozpoczyna|zacznie|zaczyna|bedzie|beda|zbliza|szykuje|szykuja"
    r"|nadchodzi|nadchodza|czeka|przed\s+nami|zapowiada)(?!\w)"
)
_COUNCIL = r"(?:rada|radni)(?!\w)"
_MET = (
    r"(?:(?:zebra|spotka|zgromadzi|obradowa|debatowa|naradza|pracowa|wroci|siedzia)(?:la|li)|siedzieli|zasiedli)(?!\w)"
)
_MEETS = (
    r"(?:zbierze|zbiera|zbieraja|zbiora|spotka|spotkaja|spotyka|spotykaja|obraduje|obraduja|zasiada|zasiadzie)(?!\w)"
)
_TELLS = lazy(
    rf"(?<!\w)(?:(?P<called>{_SITTING_DOES}{_WORDS}{_IS_CALLED}|{_IS_CALLED}{_WORDS}{_SITTING_DOES})"
    rf"|(?P<past>{_SITTING_DOES}{_WORDS}{_WAS_HELD}|{_WAS_HELD}{_WORDS}{_SITTING_DOES}|{_COUNCIL}{_WORDS}{_MET}|{_MET}{_WORDS}{_COUNCIL}"
    r"|(?:obradowa(?:no|li|la)|debatowa(?:no|li|la)|zebra(?:no|li)\s+sie|glosowano(?!\s+(?:\w+\s+)?(?:nad|na|w\s+konkurs)))(?!\w))"
    rf"|(?P<coming>{_SITTING_DOES}{_WORDS}{_WILL_BE_HELD}|{_WILL_BE_HELD}{_WORDS}{_SITTING_DOES}|{_COUNCIL}{_WORDS}{_MEETS}|{_MEETS}{_WORDS}{_COUNCIL}))",
    *("sesj", "obrad", "posiedzeni", "glosowan", "debatowa", "=rada", "=radni", "zebra"),
)
_BESIDE = (
    r"(?:rady|miejskiej|miasta|gminy|radnych|nadzwyczajn\w+|zwyczajn\w+|absolutoryjn\w+|budzetow\w+|zdaln\w+"
    r"|we?|z|dnia|dniu|on)"
)
_RIGHT_BEFORE = lazy(
    rf"(?<!\w)(?:(?P<where>na|podczas|trakcie|czasie|przed|po|do|od|niz|co)\s+(?!nami(?!\w))(?:[\w-]+\s+){{0,2}})?"
    rf"{_SITTING}(?:\s+{_BESIDE}(?!\w))*[\s,(:-]*$",
    *("sesj", "obrad", "posiedzeni", "glosowani"),
)
_RIGHT_AFTER = lazy(rf"[\s,]*(?:r\.|roku)?[\s,:-]*(?:\w+\s+)?{_SITTING}")
_OPENS = lazy(r"\W*(?:(?:juz|we?|na|dnia)\s+){0,2}(?:(?:poniedzial|wtor|srod|czwart|piat|sobot|niedziel)\w+,?\s+)?")
"""Before a day that opens a sentence: "W czwartek, 17 grudnia, sesja w X"."""
_PART_ENDS = lazy(r"[;:]\s|\s-\s|,\s+(?:a|ale|lecz|natomiast|zas|bo|gdyz|choc|ktor\w+|gdzie|kiedy|gdy|by|aby|zeby)\s")
_DAY_IN_BRACKETS = lazy(
    r"\((?:[^()a-z]|godz\w*|r(?!\w)|roku|o\s|od\s|start|poczatek|w\s|srod\w|czwart\w+|piat\w+|wtor\w+|poniedz\w+|sobot\w|niedziel\w)*"
)
OTHER_COUNCIL = lazy(
    r"(?<!\w)(?:rad\w{1,2}|sesj\w{1,2}|obrad\w{0,3}|posiedzeni\w{1,2})\s+(?:\w+\s+)?(?:powiat\w*|sejmik\w*|mlodziezow\w+|dzieciec\w+|senior\w*|osiedl\w+|solec\w+|dzielnic\w*|nadzorcz\w+|spoleczn\w+"
    r"|parafialn\w+|programow\w+|rodzic\w+|pedagogiczn\w+|ministr\w+|wojewod\w*|(?:popularno)?naukow\w+)(?!\w)|(?<!\w)(?:mlodziezow\w+\s+rad\w{1,2}|sejm(?:ie|u|ik\w*)?|senacie|senatu?|parlamen\w+)(?!\w)",
    *("sejm", "senat", "senacie", "parlamen", "powiat", "mlodziezow", "dziec", "senior", "osiedl", "solec", "dzielnic"),
    *("nadzorcz", "spoleczn"),
    *("parafialn", "programow", "rodzic", "pedagogiczn", "ministr", "wojewod", "naukow"),
)
"""A council that is not the town's."""
BALLOT_ON_ANOTHER = lazy(
    rf"(?<!\w)glosowani\w\s+(?:nad|w\s+sprawie)\s+(?!t[aey]|nim|nia|{A_STEP}|projekt|uchwal|wnios)",
    "glosowani",
)
"""A ballot on something that is named, and is no step."""
_OF_OTHERS = lazy(
    r"(?<!\w)(?:powiat\w*|sejmik\w*|sejm\w{0,2}|senat\w{0,2}|komisj\w+|zwiazku|zarzad\w*|zgromadzeni\w*|naukow\w+|popularnonaukow\w+|zdjeciow\w+|fotograficzn\w+|egzaminacyjn\w+|szkoleniow\w+"
    r"|warsztatow\w*|treningow\w+|plakatow\w+|panelow\w+|plebiscy\w+|konkurs\w*|internetow\w+|mieszkanc\w+|wybor\w*|kol(?:a|o)?|klub\w*|straza\w+|stowarzyszen\w*|towarzystw\w*|obywatelsk\w+|stolu|kongres\w*|konferencj\w+|projekty|seminari\w+|sasiedn\w+|sasiad\w*|oscienn\w+)(?!\w)"
)
"""Beside a sitting: whose is none of the council's, and sessions and ballots of another kind."""
_ANOTHER_DAY = lazy(
    r"(?<!\w)(?:poprzedni\w*|najblizsz\w*|nastepn\w*|kolejn\w*|wczesniejsz\w*|przyszl\w*)\s+(?:\w+\s+)?(?:sesj|posiedzeni|obrad|glosowani|rad[ay](?!\w)|kadencj)"
)
_MET_WITH = lazy(r"(?<!\w)ze?\s+\w+(?:ami|imi|ymi|em)(?!\w)")
_CLOSES = lazy(r"\.\s+[A-ZŁŚŻŹĆÓ]")
"""As in "Wniosek złożono 3 marca 2021 r. Sesja …": a new sentence behind a day that was not taken for its end."""
_BESIDE_IT = 32
"""How many characters around a sitting's own words tell whose it is …"""
_SAID_OF_IT = 14
"""… and before its noun, where the day stands right behind that."""
_NAMED_BY_DAY = lazy(r"(?:sesj|obrad|posiedzeni|glosowani)\w*$")
"""A sitting that is called by its day: "po środowej sesji", "wczorajsze obrady"."""
_CAME = lazy(
    r"(?<!\w)(?:przysz|stawi|przyby|zjawi|dotar)\w*l[aoiy]?(?!\w)", "przysz", "stawi", "przyby", "zjawi", "dotar"
)
_INVITES = lazy(
    r"(?<!\w)(?:zaprasza\w*|zwoluj\w+|zaproszeni\w{1,2}|materialy|dokumenty|druki|projekty(?:\s+uchwal)?)\s+(?:\w+\s+){0,4}$",
    *("zaprasza", "zwoluj", "zaproszeni", "=materialy", "=dokumenty", "=druki", "=projekty"),
)
"""As in "Przewodniczący zaprasza na sesję 27 maja", "Materiały na XII sesję (27 maja)"."""
_BEFORE_IT = lazy(r"(?<!\w)przed\s+$")
_FROM_OR_TO = lazy(r"(?<!\w)(?:od|do|z\s+dniem|przed|po)\s+(?:dnia\s+)?$")


@dataclass(frozen=True, slots=True)
class Sitting:
    """A council's sitting that a sentence tells of, and its day."""

    day: DateMention
    past: bool = False
    coming: bool = False
    """Neither where it is told without a verb: "(sesja 14 X 2020)"."""
    another: bool = False
    """It is called another one than that spoken of: "poprzednia sesja", "kolejna sesja"."""


def sitting_told(sentence: Sentence) -> Sitting | None:
    """The sitting whose day a sentence tells; None where it tells of none, of several, or of somebody else's."""
    days = [d for d in sentence.dates if d.day is not None]
    if not days or sentence.has("board") or any(b.kind is BodyKind.OTHER for b in sentence.bodies):
        return None
    told = [s for s in (_told_at(sentence, day) for day in days) if s is not None]
    theirs = OTHER_COUNCIL.search(sentence.folded) or BALLOT_ON_ANOTHER.search(sentence.folded)
    return told[0] if len(told) == 1 and theirs is None else None


def _told_at(sentence: Sentence, day: DateMention) -> Sitting | None:
    """The sitting that the part of a sentence around a day tells of."""
    lead = _without_places(sentence, sentence.start, day.start)
    rest = sentence.slice(day.end, sentence.end)
    another = _ANOTHER_DAY.search(sentence.folded) is not None
    if _NAMED_BY_DAY.search(sentence.slice(day.start, day.end)):
        before_it = _BEFORE_IT.search(lead) is not None
        return None if before_it or _OF_OTHERS.match(rest.lstrip()) else Sitting(day, past=True, another=another)
    if _FROM_OR_TO.search(lead):
        return None
    right_before = _RIGHT_BEFORE.search(lead)
    if right_before is not None and right_before["where"]:
        came = right_before["where"] == "na" and _CAME.search(sentence.folded)
        called = _INVITES.search(lead)
        return Sitting(day, past=called is None, coming=called is not None, another=another) if came or called else None
    before, behind = _part_before(lead), _PART_ENDS.split(rest)[0]
    opens = _OPENS.fullmatch(lead) is not None
    if not opens and _CLOSES.match(sentence.text, day.end - sentence.start - 1):
        behind = ""
    part = before + sentence.slice(day.start, day.end) + behind
    told = _TELLS.search(part)
    if right_before is not None:
        first, last = len(before) - len(right_before[0]) - _SAID_OF_IT, len(before)
    else:
        first, last = (told.start() - _BESIDE_IT, told.end()) if told is not None else (0, len(before))
    if _OF_OTHERS.search(part, max(0, first), last + _BESIDE_IT):
        return None
    if told is not None and "spotka" in told[0] and _MET_WITH.search(before + behind):
        return None
    if told is not None:
        return Sitting(day, past=bool(told["past"]), coming=bool(told["coming"]), another=another)
    if right_before is not None or (opens and _RIGHT_AFTER.match(rest)):
        return Sitting(day, another=another)
    return None


def _part_before(lead: str) -> str:
    """What stands before a day in its part of a sentence, also where the day alone stands in brackets."""
    opened = lead.rfind("(")
    if opened >= 0 and ")" not in lead[opened:]:
        if _DAY_IN_BRACKETS.fullmatch(lead, opened) is None:
            return lead[opened + 1 :]
        lead = lead[:opened]
    return _PART_ENDS.split(lead)[-1]


def _without_places(sentence: Sentence, start: int, end: int) -> str:
    """A piece of a sentence without the towns' names: a name says nothing of when something was."""
    text = list(sentence.slice(start, end))
    for town in sentence.towns:
        if town.role != Role.BODY and start <= town.start and town.end <= end:
            text[town.start - start : town.end - start] = " " * (town.end - town.start)
    return re.sub(r" {2,}", " ", "".join(text))
