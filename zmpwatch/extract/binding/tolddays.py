"""The day of a decision told in another sentence than the decision.

A reader takes it from a sentence that says when the council sat ("Sesję prowadzono 30 grudnia"), when "this" happened
("Działo się to 31 marca") or what the clock and the calendar said then ("Było po dwudziestej, 27 lutego"), while
nothing in between turns to another town or another decision.
"""

from __future__ import annotations

from zmpwatch.extract.binding.cameup import came_up
from zmpwatch.extract.binding.councilsat import Sitting, sitting_told
from zmpwatch.extract.binding.event import Event
from zmpwatch.extract.binding.followups import FAR, following, is_of_another_town, may_speak_of, place_of
from zmpwatch.extract.binding.matters import ANOTHER_MATTER
from zmpwatch.extract.binding.sessiondays import OTHER_MEETING
from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.dates.resolving import DateMention
from zmpwatch.extract.structure.reading import Reading
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.signs import signs_of
from zmpwatch.model import Stage

__all__ = ["day_told_apart", "sitting_announced"]

_DIGEST = 14
"""How many sentences back the front of a report on a sitting may stand."""
_TAKEN_UP = 4
"""How many sentences back a matter may have come before the council that decided on it."""
_BY_COUNCIL = (Stage.RESOLVED, Stage.REJECTED)
_AGENDA = 4
"""How many sentences back a sitting to come may be told before the plan it is to take up."""
_SOON = 3
"""How many sentences behind a decision "this" may still mean it."""
_THIS_HAPPENED = lazy(
    r"(?<!\w)(?:(?:dzial|wydarzyl|zdarzyl|stal|rozegral|dokonal)[oa]?\s+sie\s+(?:to|wszystko)(?!\s+samo)"
    r"|(?:to|wszystko|rzecz|calosc|scena)\s+(?:to\s+)?(?:dzial|wydarzyl|zdarzyl|stal|rozegral)[oa]\s+sie"
    r"|(?:to|rzecz|wszystko)\s+mial[oa]\s+miejsce|mialo\s+to\s+miejsce|doszlo\s+do\s+tego|nastapilo\s+to|zapadlo\s+to"
    r"|nad\s+(?:uchwala|projektem|wnioskiem|nia|nim|tym)\s+(?:sie\s+)?(?:pochyl|debatow|dyskutow|glosow|obradow)\w+(?:\s+sie)?"
    r"|(?:^\W*)(?:tego|tamtego)\s+(?:samego\s+)?(?:wieczor\w*|dnia|popoludnia|poniedzialku|wtorku|czwartku|piatku)"
    r"|tak\s+(?:minal|uplynal|zakonczyl|skonczyl)\w*(?:\s+sie)?\s+(?:\w+\s+)?(?:wieczor|dzien|noc|popoludnie|czwartek|sroda|piatek|wtorek|poniedzialek))"
    r"(?!\w)[^;:,]{0,40}?(?:,\s+(?:w\s+)?)?$",
    *("dzial", "wydarzyl", "zdarzyl", "stal", "rozegral", "dokonal", "miejsce", "doszlo", "nastapilo", "zapadlo"),
    *("minal", "uplynal", "zakonczyl", "skonczyl", "uchwala", "projekt", "wniosk", "=nia", "=nim", "=tym"),
    *("=tego", "=tamtego"),
)
"""Before the day on which what was told last came about."""
_LIKE_IT = lazy(r"(?<!\w)(?:podobnie|identycznie|tak\s+samo|poprzednio|wczesniej|dawniej)(?!\w)")
_HOUR = (
    r"(?:juz|wtedy|wlasnie|po|przed|tuz|dobrze|prawie|niemal|wpol|do|kwadrans\w*|minut\w*|godzin\w*|godz\.?|polnoc\w*|polud\w+|popoludni\w+|wieczor\w*|rano|noc\w?|ran\w+|w|we|o|za|piec|dziesiec"
    r"|dwadziescia|pierwsz\w+|drug\w+|trzeci\w+|czwart\w+|piat\w+|szost\w+|siodm\w+|osm\w+|dziewiat\w+|dziesiat\w+|\w+nast(?:a|ej)|dwudziest\w+|poniedzialek|wtorek|srod[ay]|czwartek|piatek|sobot[ay]"
    r"|\d{1,2}(?:[.:]\d\d)?|to)"
)
_CLOCK = lazy(rf"(?:^|[,;]\s|\s-\s)\W*byl[aoy]?\s+(?:{_HOUR}[\s,]+)*$", "=byl", "=byla", "=bylo", "=byly")
_CALENDAR = lazy(r"(?<!\w)kalendarz\s+(?:(?!od|do|przed)\w+\s+){0,4}$", "=kalendarz")
_HAPPENED = signs_of(_THIS_HAPPENED, _CLOCK, _CALENDAR)
_LOST_OR_WON = lazy(
    r"(?<!\w)(?:(?:przegra|wygra)(?:lismy|li|lem|lam)(?!\w)(?!\s+(?:\w+\s+){0,3}?(?:mecz|final|turniej|konkurs|plebiscyt|przetarg|spraw|proces|wybor)\w*)"
    r"|(?:przepadlo|nie\s+przeszlo)(?!\w))",
    *("przegra", "wygra", "przepadlo", "przeszlo"),
)
"""As in "Jest 1 lutego, przegraliśmy wczoraj", said of a ballot."""
_ON_AGENDA = lazy(
    r"(?<!\w)(?:porzad\w+|program\w*|punkt\w*|wsrod|(?:na|z)\s+li(?:st|sc)\w+|wokand\w+|m\.\s?in\.|w\s+tym|jedn\w+\s+z|zajm\w+|rozpatrz\w+|zaglosuj\w+|zdecyduj\w+|pochyl\w+|rozstrzygn\w+|druk\w*)(?!\w)",
)
"""What ties a plan to the sitting told before it."""


def day_told_apart(reading: Reading, event: Event, events: list[Event]) -> str | None:
    """The day of a decision, out of the sentences behind it, else of those before it."""
    here = place_of(reading, event)
    if here is None:
        return None
    return _told_behind(reading, event, events, here) or _told_before(reading, event, events, here)


def _told_behind(reading: Reading, event: Event, events: list[Event], here: Sentence) -> str | None:
    for later in following(reading, here, FAR):
        if not later.dates or any(b.kind is BodyKind.OTHER for b in later.bodies):
            continue
        if _another_told(event, events, here.end, later.start):
            return None
        day = happened_on(later) if later.number - here.number <= _SOON else None
        elsewhere = is_of_another_town(event, later) and event.stage is not Stage.ADMITTED
        if day is not None and may_speak_of(event, later) and not elsewhere:
            return day.iso
        if is_of_another_town(event, later):
            return None
        sitting = _councils(event, later)
        if sitting is not None and not sitting.coming and not sitting.another:
            return sitting.day.iso
    return None


def _told_before(reading: Reading, event: Event, events: list[Event], here: Sentence) -> str | None:
    if OTHER_MEETING.search(here.folded):
        return None
    for earlier in reversed(reading.before(here, _DIGEST)):
        if earlier.segment.boilerplate:
            return None
        sitting = _councils(event, earlier)
        if sitting is not None and not sitting.coming and not sitting.another:
            return None if is_of_another_town(event, earlier) else sitting.day.iso
        taken_up = (
            came_up(earlier) if event.stage in _BY_COUNCIL and here.number - earlier.number <= _TAKEN_UP else None
        )
        if taken_up is not None:
            apart = is_of_another_town(event, earlier) or _another_told(event, events, earlier.start, here.start)
            return None if apart or _on_another_matter(earlier) else taken_up.iso
        if any(d.day is not None for d in earlier.dates):
            return None
    return None


def _on_another_matter(sentence: Sentence) -> bool:
    """Whether a sentence speaks of another matter than a step; "dwa wnioski burmistrza" may be on any."""
    return any(not match[0].startswith("wnios") for match in ANOTHER_MATTER.finditer(sentence.folded))


def sitting_announced(reading: Reading, event: Event, here: Sentence) -> DateMention | None:
    """As in "Zbliża się sesja w X (29 października). W porządku jest projekt uchwały …": the day of the sitting."""
    between = [here]
    for earlier in reversed(reading.before(here, _AGENDA)):
        sitting = sitting_told(earlier)
        if sitting is not None:
            tied = any(_ON_AGENDA.search(s.folded) for s in between)
            return sitting.day if tied and not sitting.past and not is_of_another_town(event, earlier) else None
        if earlier.dates or earlier.segment.boilerplate:
            return None
        between.append(earlier)
    return None


def happened_on(sentence: Sentence) -> DateMention | None:
    """The day that a sentence gives for what was told right before it: "Działo się to 31 marca"."""
    days = [d for d in sentence.dates if d.day is not None]
    if len(days) > 1:
        days = [d for d in days if d.kind == "relative_day"]
    if len(days) != 1:
        return None
    lead = sentence.slice(sentence.start, days[0].start)
    if _LIKE_IT.search(lead):
        return None
    told = sentence.signs & _HAPPENED
    if told and (_THIS_HAPPENED.search(lead) or _CLOCK.search(lead) or _CALENDAR.search(lead)):
        return days[0]
    spoken = days[0].kind == "relative_day" and _LOST_OR_WON.search(sentence.folded)
    return days[0] if spoken else None


def _councils(event: Event, sentence: Sentence) -> Sitting | None:
    """The council's sitting that a sentence tells of; the board's decisions are of no such day."""
    return sitting_told(sentence) if event.stage in _BY_COUNCIL else None


def _another_told(event: Event, events: list[Event], start: int, end: int) -> bool:
    """Whether between two places a council's other decision is told, or a step of another town."""
    return any(
        start <= e.anchor < end
        and e.stage is not Stage.MEMBER
        and (e.actor.name != event.actor.name or (e.stage is not event.stage and e.stage is not Stage.ADMITTED))
        for e in events
    )
