"""Memberships in a list that a sentence gives: "przynależność do organizacji: Związek Miast Polskich (2006), …"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zmpwatch.extract.binding.event import Actor, Event
from zmpwatch.extract.bodies.finding import Body, BodyKind
from zmpwatch.extract.discourse.topic import Discourse
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.towns.finding import Role
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.phrases import WRONG_GOVERNOR
from zmpwatch.extract.words.signs import signs_of
from zmpwatch.model import EventKind, Stage

__all__ = ["listed_within"]

_BODIES = r"(?:organizacj|stowarzysze|zwiazk|podmio|zrzesze|gremi|federacj)\w*"
_LIST_HEAD = lazy(
    rf"(?<!\w)(?:czlonkostw|przynaleznos|udzial|uczestnictw)\w*\s+(?:gminy\s+|miasta\s+)?(?:w|do)\s+(?:\w+\s+){{0,2}}?{_BODIES}(?:\s+i\s+\w+)?\s*(?P<mark>[:-])\s"
    rf"|(?<!\w){_BODIES},\s+(?:w|do)\s+ktorych\s+(?:\w+\s+){{0,3}}?(?:jestesmy|nalezymy|dzialamy|uczestniczymy|jest|nalezy|dziala)\s*(?P<mark2>:)\s"
    r"|(?<!\w)(?:czlonkostwa|przynaleznosci)\s*(?P<mark3>:)\s",
    *("czlonkostw", "przynaleznos", "udzial", "uczestnictw", "=ktorych"),
)
"""Over a list: "Gmina X – przynależność do organizacji: …"."""
_BEGUN_BY = lazy(
    rf"(?<!\w)(?:lista|wykaz|spis|rejestr|zestawienie|katalog)\s+{_BODIES},\s+(?:w|do)\s+ktorych\s(?P<who>[^;:]{{4,90}}?)(?:\s(?:obecn\w+|czlonk\w+)|(?<!\w)(?:jest|nalez\w+|przystapi\w+|uczestnicz\w+|dziala\w*|zrzeszon\w+))(?!\w)"
    rf"|(?<!\w)(?<!nie\s)(?:nalez[ya]\w*|(?:jest|sa)\s+czlonkiem|uczestnicz(?:y|a|ymy)|dziala(?:ja|my)?|zrzeszon\w+\s+(?:jest|sa))\s+(?:\w+\s+)?(?:w\s+|do\s+)?(?:dwoch|trzech|czterech|pieciu|szesciu|siedmiu|kilku|wielu|\d)\s+(?:\w+\s+)?{_BODIES}\s*(?:[;.,-]|(?P<mark4>:))"
    rf"|(?<!\w){_BODIES},\s+(?:(?:w|do)\s+)?ktorych\s+(?:[\w-]+\s+){{0,2}}?(?:nalezy|jest\s+czlonkiem|jestesmy\s+czlonkiem|nalezymy|uczestniczy|dziala)(?!\w)[^.;:,]{{0,40}}\.\s*$",
    *("=lista", "=wykaz", "=spis", "=rejestr", "zestawieni", "=katalog", "nalez"),
    *("=czlonkiem", "uczestnicz", "dziala", "zrzeszon"),
)
"""What a list of bodies is said to be: "lista stowarzyszeń, do których X należy", "należy do trzech stowarzyszeń;"."""
_ENTRY = lazy(
    r"(?<!\w)(?:otwiera\w*|zamyka\w*|rozpoczyna\w*|konczy\w*|zaczyna\w*|figuruje|widnieje|znajduje\s+sie|jest|sa|to|nich|nimi|czele|pierwsz\w{1,2}|ostatni\w{0,2}|drug\w{1,2}|trzec\w{1,3})"
    r"(?:\s+(?:sie|ja|go|je|na|z|od|nich|niej|nim|jest|to|w|tym|miedzy|innymi|wlasnie|pierwsz\w{1,2}|drug\w{1,2})){0,4}:?\s+\"?$"
)
_DENIED = lazy(r"(?<!\w)(?:nie|ani|bez|oprocz|dawn\w+|byl[aey]\w*|wczesniej|planowan\w+|przyszl\w+)(?!\w)")
_SINCE = lazy(
    r"\"?\s*[(,-]\s*(?:(?:czlonek|czlonkostwo|przynaleznosc|czlonkini)\s+)?(?:rok\s+przystapienia\s?:\s?|data\s+przystapienia\s?:\s?)?(?:(?:od|z|w)\s+)?(?:dnia\s+|roku\s+|r\.\s+)?"
)
_FIRST_OF_THEM = lazy(r"[:-]\s\W*1[.)]$")
_NEEDED = signs_of(_LIST_HEAD, _BEGUN_BY)


def listed_within(sentence: Sentence, discourse: Discourse) -> Iterator[Event]:
    """Our entry in a list of bodies that a sentence, or the one before it, says a town belongs to."""
    body = next((b for b in sentence.bodies if b.kind is BodyKind.OURS and b.named), None)
    last = discourse.just_before(sentence)
    signs = sentence.signs | (last.signs if last is not None else 0)
    if body is None or not signs & _NEEDED or "?" in sentence.text:
        return
    head, said = _head(sentence, body, discourse)
    if head is None or _DENIED.search(head.groupdict().get("who") or head[0]):
        return
    lead = sentence.slice(head.end(), body.start) if said is sentence else sentence.slice(sentence.start, body.start)
    in_row = any(head.groupdict().get(mark) for mark in ("mark", "mark2", "mark3", "mark4"))
    if _DENIED.search(lead) or WRONG_GOVERNOR.search(lead) or not (in_row or _ENTRY.search(lead)):
        return
    day = next((d for d in sentence.dates if _SINCE.fullmatch(sentence.slice(body.end, d.start))), None)
    for actor in _whose(said, discourse):
        yield Event.told(
            actor, EventKind.ACCESSION, Stage.MEMBER, sentence, body.start, "sentence.in_list", 0.8,
            date=day.iso if day is not None else None,
        )  # fmt: skip


def _head(sentence: Sentence, body: Body, discourse: Discourse) -> tuple[re.Match[str] | None, Sentence]:
    """What tells that a list follows, and the sentence that tells it."""
    before = _without_towns(sentence, body.start)
    match = _LIST_HEAD.search(before) or _BEGUN_BY.search(before)
    if match is not None:
        return match, sentence
    last = discourse.just_before(sentence)
    if last is None or any(b.kind is BodyKind.OTHER and b.named for b in last.bodies):
        return None, sentence
    if _FIRST_OF_THEM.search(last.folded):
        return _LIST_HEAD.search(_without_towns(last, last.end)), last
    return _BEGUN_BY.search(last.folded), last


def _without_towns(sentence: Sentence, end: int) -> str:
    """The text of a sentence up to a place, blanks for the towns in it."""
    text = sentence.slice(sentence.start, end)
    for town in sentence.towns:
        if town.end <= end:
            first, last = town.start - sentence.start, town.end - sentence.start
            text = text[:first] + " " * (last - first) + text[last:]
    return text


def _whose(sentence: Sentence, discourse: Discourse) -> list[Actor]:
    """Whose list it is: the only town that the sentence with its head names, else whose text it is."""
    towns = [t for t in sentence.towns if t.role == Role.PLAIN] or [t for t in sentence.towns if t.is_actor]
    named = discourse.actors(towns)
    return named if len(named) == 1 else [] if named else discourse.home()
