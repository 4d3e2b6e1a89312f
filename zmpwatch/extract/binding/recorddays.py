"""The day that a record gives below what was decided: "Sesja: 27 kwietnia 2017 r.", "X, 9 czerwca 1993 r."."""

from __future__ import annotations

from zmpwatch.extract.binding.event import Event
from zmpwatch.extract.binding.followups import following, may_speak_of, place_of
from zmpwatch.extract.dates.resolving import DateMention
from zmpwatch.extract.structure.reading import Reading
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.model import Stage

__all__ = ["day_of_answer", "day_of_record", "signed_day"]

_REACH = 4
"""How many sentences behind an event its record's day may stand: ballots and closing provisions lie between."""
_SIGNED_WITHIN = 260
"""How near to the end of a paper the line or bracket stands that says what it is and of what day."""
_WORDS = (
    r"(?:protokol\w{0,3}|wyciag\w?|sesj\w{1,2}|posiedzeni\w{1,2}|obrad\w{0,2}|data|dzien|dnia|z|w|we|na|nr|numer|rad\w{1,2}|miejsk\w{1,3}|miast\w|gmin\w"
    r"|zwyczajn\w{1,2}|nadzwyczajn\w{1,2}|[ivxlc]{1,8}|podjet\w|uchwal\w{1,2}|odbyt\w{1,2}|odbyla|sie|\d{1,4})"
)
_RECORD = lazy(
    rf"\W*(?:{_WORDS}\W+){{0,7}}?(?:protokol\w{{0,3}}|sesj\w{{1,2}}|posiedzeni\w{{1,2}}|obrad\w{{0,2}}|obradow\w+|glosowano|glosowali|uchwalono)\W+(?:{_WORDS}\W+){{0,7}}",
    *("protokol", "sesj", "posiedzeni", "obrad", "glosowa", "uchwalono"),
)
"""All that stands before the day in a sentence that only says of which sitting something is."""
_MOVED_BY = lazy(
    r"\W*(?:wnioskodawc\w|projektodawc\w|autor\w{0,3}|wnios(?:la|l|ly)|wniesli|zglosi(?:l|la|li)|zlozy(?:l|la|li)|przedlozy(?:l|la|li)|wplynal|data\s+wplywu)"
    r"(?:\W+[\w-]+){0,6}?\W+(?:(?:z|w|dnia|dniu)\s+){0,2}",
    *("projektodawc", "autor", "wnios", "wniesli", "zglosi", "zlozy", "przedlozy", "wplyn", "wplyw"),
)
"""Who brought a draft in, before the day on which that was."""
_SINCE_WHEN = lazy(r"(?<!\w)(?:od\s+kiedy|od\s+jak\s+dawna|jak\s+dlugo|odkad)(?!\w)")
_YES_THEN = lazy(
    r"^\W*(?:tak|owszem|zgadza\s+sie|oczywiscie)\W+(?:(?:i|to|juz|a|nawet|w|we|dnia|stalo\s+sie)\W+){0,5}$"
)
"""Before the day that an answer gives: "X przystąpił do Związku? Tak, i to już w 2019 roku"."""
_SINCE = lazy(r"^\W*(?:(?:[\w-]+\s+){0,3}[\w-]+\s?[:-]\s)?\W*(?:juz\s+|nieprzerwanie\s+)?od\s+(?:dnia\s+|roku\s+)?$")
_ENDS = lazy(r"\W*(?:r|roku)?\W*")
_ORDAINS = lazy(r"§|(?<!\w)(?:uchwala|postanawia|wyraza|decyduje)\s+sie(?!\w)|(?<!\w)wchodzi\s+w\s+zycie(?!\w)")
_SIGNED = lazy(r"\W*,?\s*(?:(?:dnia|dn\.|w\s+dniu)\s+)?")
_OF_THE_ACT = lazy(
    r"(?<!\w)uchwal\w{1,2}\s+(?:(?:nr|numer)\s+\S{1,24}\s+)?rad\w{1,2}\s+(?:[\w-]+\s+){1,6}?z\s+(?:dnia\s+)?$", "uchwal"
)


def day_of_record(reading: Reading, event: Event) -> str | None:
    """The day of the record, the sitting or the signature that stands below an event, with nothing told in between."""
    here = place_of(reading, event)
    if here is None:
        return None
    passed = [here]
    for later in following(reading, here, _REACH):
        day = _only_day(later)
        moved = day is not None and event.stage is Stage.PROPOSED and _MOVED_BY.match(later.folded) is not None
        if not (moved or may_speak_of(event, later)):
            return None
        if day is None:
            if later.dates:
                return None
            passed.append(later)
            continue
        if event.stage is Stage.PROPOSED:
            told = moved and _MOVED_BY.fullmatch(later.slice(later.start, day.start)) is not None
        elif event.stage in (Stage.RESOLVED, Stage.REJECTED):
            told = _RECORD.fullmatch(_nameless(later, day)) is not None or (
                _is_signature(event, later, day) and any(_ORDAINS.search(s.folded) for s in passed)
            )
        else:
            told = False
        return day.iso if told else None
    return None


def day_of_answer(reading: Reading, event: Event) -> str | None:
    """As in "Pytano, od kiedy X jest w Związku. Sprawdziłem: od 16 maja 1996 r.": when, told right behind."""
    here = place_of(reading, event)
    if here is None:
        return None
    asked = _SINCE if _SINCE_WHEN.search(here.folded) else _YES_THEN if here.text.rstrip().endswith("?") else None
    later = next(iter(following(reading, here, 1)), None) if asked is not None else None
    if asked is None or later is None or len(later.dates) != 1 or later.towns or later.bodies:
        return None
    day = later.dates[0]
    if asked is _YES_THEN and _ENDS.fullmatch(later.slice(day.end, later.end)) is None:
        return None  # "Tak, a w 2019 roku wybudował basen"
    return day.iso if asked.search(later.slice(later.start, day.start)) else None


def signed_day(reading: Reading) -> str | None:
    """The day a paper without a head bears at its end: "(Uchwała Rady Miejskiej w X z dnia …)", or beside its place."""
    low = len(reading.clean.folded) - _SIGNED_WITHIN
    for sentence in reversed(reading.sentences):
        if sentence.end < low:
            return None
        day = _only_day(sentence)
        if day is None:
            continue
        lead = sentence.slice(sentence.start, day.start)
        place = sentence.towns[0] if len(sentence.towns) == 1 else None
        signature = place is not None and place.nominative and _SIGNED.fullmatch(sentence.slice(place.end, day.start))
        return day.iso if signature or _OF_THE_ACT.search(lead) else None
    return None


def _only_day(sentence: Sentence) -> DateMention | None:
    """The one date of a sentence that ends with it."""
    if len(sentence.dates) != 1 or sentence.dates[0].day is None or not sentence.dates[0].explicit_year:
        return None
    day = sentence.dates[0]
    return day if _ENDS.fullmatch(sentence.slice(day.end, sentence.end)) else None


def _nameless(sentence: Sentence, day: DateMention) -> str:
    """What stands before a day, the names of towns left out."""
    text, at = "", sentence.start
    for town in sentence.towns:
        if town.end <= day.start:
            text, at = text + sentence.slice(at, town.start) + " ", town.end
    return text + sentence.slice(at, day.start)


def _is_signature(event: Event, sentence: Sentence, day: DateMention) -> bool:
    """As in "Legionowo, 9 czerwca 1993 r." below what a council ordains: place and day of the act."""
    place = sentence.towns[0] if len(sentence.towns) == 1 else None
    if place is None or not place.nominative or place.name != event.actor.name:
        return False
    return _SIGNED.fullmatch(sentence.slice(place.end, day.start)) is not None
