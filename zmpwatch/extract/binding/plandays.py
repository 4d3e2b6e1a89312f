"""The day of the session that is to take a plan up, told in a sentence of its own."""

from __future__ import annotations

from dataclasses import replace

from zmpwatch.extract.binding.event import Event
from zmpwatch.extract.binding.followups import FAR, another_between, answers_petition, following, may_speak_of, place_of
from zmpwatch.extract.binding.tolddays import sitting_announced
from zmpwatch.extract.dates.resolving import DateMention
from zmpwatch.extract.structure.reading import Reading
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.words.lazy import lazy

__all__ = ["day_of_plan"]

_TO_BE_TAKEN_UP = lazy(
    r"(?<!\w)(?:mial[aoy]?by|ma|maja|stanie|stanac|trafi\w*|pojawi\w*|zajm\w+|glosowa\w*|dokoncz\w+|zaplanowan\w+|wyznaczon\w+|zwolan\w+|odbedzie|beda|bedzie|rozpatrz\w+|pochyl\w+|zdecyduj\w+|podejm\w+|przedstaw\w+|przedloz\w+|wnies\w+|zloz\w+|skierowan\w+|skierowal\w*|przekazan\w+)(?!\w)[^.;]{0,60}?"
    r"(?<!\w)(?:sesj\w+|obrad\w*|glosowani\w+)"
    r"|(?<!\w)(?:projekt\w*|dokument\w*|uchwal\w+|spraw\w+|decyzj\w+|temat\w*|wnios\w+|go|nim|nia)\s+(?:[\w-]+\s+){0,4}?(?:rozpatrz\w+|stanie|trafi|zapadnie|ma\s+zapasc|(?:ma|maja|zostanie|zostana|bedzie)\s+(?:\w+\s+)?(?:przedstawion|przedlozon|omowion|glosowan|procedowan)\w+|poddan\w+|zajm\w+)(?!\w)"
    r"|(?<!\w)(?:radn\w+|rad[ay])\s+(?:[\w-]+\s+){0,3}?(?:zaglosuj\w+|zdecyduj\w+|zajm\w+|rozpatrz\w+|pochyl\w+|podejm\w+|rozstrzygn\w+)\s+(?:sie\s+)?(?:(?:(?:nad|o|w)\s+)?(?:ni[ma]|tym|to|jej|jego|spraw\w+|t\w+\s+spraw\w+|projekt\w*|wnios\w+)(?!\w)|[^.;,]{0,16}?\d{1,2}\s+[a-z]+\s*(?:r\.|roku)?\W*$)"
    r"|(?<!\w)(?:zaglosuj\w+|zdecyduj\w+|zajm\w+\s+sie|rozpatrz\w+|pochyl\w+\s+sie)\s+(?:(?:nad|o|w)\s+)?(?:ni[ma]|tym|to|t\w+\s+spraw\w+)\s+(?:[\w-]+\s+){0,4}?(?:radn\w+|rad[ay])(?!\w)"
    r"|(?<!\w)(?:a|ze)?by\s+(?:radn\w+|rad[ay])\s+(?:[\w-]+\s+){0,2}?(?:zaje(?:li|la)|rozpatrzy(?:li|la)|zaglosowa(?:li|la)|zdecydowa(?:li|la)|podje(?:li|la))(?!\w)"
    r"|(?<!\w)na\s+(?:\w+\s+)?(?:sesje|obrady)\s+(?:[\w.]+\s+){1,5}?(?:przygotow|przewid|zaplanow|trafi|wpisa|przedloz|przedstaw)\w*"
    r"|(?<!\w)(?:sesja|glosowanie|obrady)\s+(?:-\s+)?(?:juz\s+)?(?=\d{1,2}\s)|(?<!\w)(?:termin|dzien|data)\w*\s+(?:\w+\s+)?sesji(?!\w)"
    r"|(?<!\w)projekt\w*\s+(?:[\w-]+\s+){0,2}?(?:na|pod)\s+(?:\w+\s+)?(?:sesj\w+|obrady)(?!\w)"
    r"|(?<!\w)(?:sesj\w+|obrad\w*|glosowani\w+)(?:[^.;]|(?<=\sr)\.){0,60}?(?:zaplanowan\w+|wyznaczon\w+|odbedzie|dokoncz\w+|zwolan\w+|bedzie|przewidzian\w+|zapowiada)"
)

_SESSION_ON = lazy(r"(?<!\w)(?:sesj\w+|obrad\w*)\s+(?:w\s+dniu\s+|dnia\s+|w\s+)?$", "sesj", "obrad")


def day_of_plan(reading: Reading, event: Event, events: list[Event]) -> str | None:
    """The day of the session that is to take a plan up, told behind it.

    That is in one of the next two sentences, further on only in a text that tells nothing else.
    """
    here = place_of(reading, event)
    if here is None:
        return None
    alone = all(e.anchor == event.anchor for e in events)
    for later in following(reading, here, FAR if alone else 2):
        if another_between(event, events, here.end, later.start):
            return None
        if later.has("board") and not later.has("council"):
            continue  # the board takes up what the council has decided
        speaks_of_it = may_speak_of(event, later) or answers_petition(event, here, later)
        if _TO_BE_TAKEN_UP.search(later.folded) and speaks_of_it:
            days = [d for d in later.dates if d.month is not None]
            if len(days) > 1:
                days = [d for d in days if _SESSION_ON.search(later.slice(later.start, d.start))]
                if not days:
                    return None
            if days:
                return _to_come(reading, days[0]) if len(days) == 1 else None
    before = _session_before(reading, event, here)
    if before is not None:
        return before
    announced = sitting_announced(reading, event, here)
    if announced is None:
        return None
    return reading.reference.next_weekday(announced) or _to_come(reading, announced)


def _session_before(reading: Reading, event: Event, here: Sentence) -> str | None:
    """As in "… na sesję, która odbędzie się 30 września. Jeden z druków dotyczy …": the day told just before."""
    before = reading.sentences[here.number - 1] if here.number else None
    if before is None or before.segment is not here.segment or here.dates or not may_speak_of(event, before):
        return None
    told = _TO_BE_TAKEN_UP.search(before.folded)
    days = [d for d in before.dates if told and d.day is not None and d.start >= before.start + told.start()]
    return _to_come(reading, days[0]) if len(days) == 1 else None


def _to_come(reading: Reading, mention: DateMention) -> str | None:
    """A day without a year, taken for one after the page's date."""
    if mention.explicit_year or mention.month is None:
        return mention.iso
    year = reading.reference.year_of(mention.month, mention.day, ahead=True)
    return replace(mention, year=year).iso
