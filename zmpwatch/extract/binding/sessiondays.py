"""The day of a council's session, told away from what it decided: by a digest's front, by the ballot's own noun."""

from __future__ import annotations

from itertools import pairwise

from zmpwatch.extract.binding.councilsat import OTHER_COUNCIL
from zmpwatch.extract.binding.event import Event
from zmpwatch.extract.binding.followups import is_of_another_town
from zmpwatch.extract.decisions.verdicts import ADOPTED_THESE
from zmpwatch.extract.structure.reading import Reading
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.model import BlockKind

__all__ = [
    "OTHER_MEETING",
    "day_of_ballot",
    "day_of_session_told",
    "headed_session",
    "led_by_session",
    "sat_just_before",
]

_SAT = lazy(
    r"(?<!\w)(?:rozpatrzy\w*|rozpatrywa\w*|obradowa\w*|zajmowa\w*|zajel\w*|debatowa\w*|glosowa\w*|dyskutowa\w*|spotka\w*|zebra\w*|omawia\w*|spiera\w*|sprzecza\w*|opowiedzi\w*|zdecydowa\w*|zadecydowa\w*|postanowi\w*|zgodzi\w*|kloci\w*|klocono|rozmawia\w*|naradza\w*)"
)
"""How it is told that a council sat."""
OTHER_MEETING = lazy(
    r"(?<!\w)(?:ostatni\w*|poprzedni\w*|najblizsz\w*|nastepn\w*|kolejn\w*|wczesniejsz\w*|\w+ow(?:ej|a))\s+(?:\w+\s+)?(?:sesj|posiedzeni|zgromadzeni)|lat\w*\s+temu",
    *("posiedzeni", "sesj", "temu", "zgromadzeni"),
)
"""A session of another day."""
_DECIDED_TOO = lazy(
    r"(?<!\w)(?:uchwali|przyje|przeglosowa|podje|odrzuci|popar|udzieli)\w*",
    *("uchwali", "przyje", "przeglosowa", "podje", "odrzuci", "popar", "udzieli"),
)
_ALSO = lazy(
    r"(?<!\w)(?:tez|takze|rowniez|ponadto|oprocz\s+tego|poza\s+tym|jednoczesnie|nastepnie|potem|przy\s+okazji|zarazem|na\s+koniec)(?!\w)",
    *("=tez", "takze", "rowniez", "ponadto", "=oprocz", "=poza", "jednoczesnie", "nastepnie", "=potem", "=okazji"),
    *("zarazem", "=koniec"),
)
"""What goes on with the same sitting: "15 grudnia rada uchwaliła budżet. Przegłosowała też …"."""
_MEETING_NOUN = lazy(r"(?<!\w)(?:sesj|obrad|posiedzeni)\w*", "sesj", "obrad", "posiedzeni")
_IN_THE_MONTH = lazy(
    r"(?<!\w)(?:na|podczas|w\s+trakcie|w\s+czasie)\s+(?:[a-z]+\s+)?(?:[a-z]+ow(?:ej|ych)|lipcowej|(?:wrzesni|styczni|kwietni|czerwc|sierpni)\w+)\s+(?:sesji|obrad\w*|posiedzeni\w*)(?!\w)",
    *("sesji", "obrad", "posiedzeni"),
)
"""As in "Na wrześniowej sesji rada zmieniła kurs": the month of the sitting, told without its day."""
_OF_THE_BALLOT = lazy(
    r"(?<!\w)(?:glosowani[eu]|sesj[aeiy]|obrad(?:y|ach)?)\s+(?:(?:w|we|rady|miejskiej|miasta|z|dnia|dniu|odbyl\w+|sie)\s+){0,4}$",
    "glosowani",
    "sesj",
    "obrad",
)
_DIGEST, _TOPMOST, _SECTION = 14, 3, 2
"""How many sentences back a digest's front may stand; how many lines at the top a heading and what is below it; of how
many words the name of a section ("Aktualności") may be that stands above it."""


_BALLOT_TAKEN = lazy(
    r"(?<!\w)(?:na|podczas|w\s+trakcie)\s+(?:[\w.]+\s+){0,4}?(?:sesji|obrad\w*|posiedzeni\w+)(?!\w)[^.;]{0,100}?(?<!\w)(?:za\w?glosowa|glosowa|popar|podnios|opowiedzi|byl[oai]?(?!\w)|bylo)\w*",
    "sesji",
    "obrad",
    "posiedzeni",
)


def day_of_session_told(sentence: Sentence) -> str | None:
    """As in "Podczas wczorajszej sesji za wyjściem było dziesięcioro": the only day of a sentence with a ballot."""
    days = [d for d in sentence.dates if d.day is not None]
    if len(days) != 1 or sentence.has("board") or _BALLOT_TAKEN.search(sentence.folded) is None:
        return None
    return days[0].iso


_TALKED = lazy(
    r"(?<!\w)(?:nie\s+bylo|obylo\s+sie\s+bez|bez|trwala|toczyla\s+sie|nie\s+zabraklo)\s+(?:[\w-]+\s+){0,2}?(?:dyskusj|debat|emocj|watpliwosc|spor|klotn)\w*"
)


def sat_just_before(event: Event, sat: Sentence, sentence: Sentence) -> str | None:
    """The day on which the sentence right before a council's decision tells that it sat, or decided something else."""
    days = [d for d in sat.dates if d.day is not None] or [d for d in sat.dates if d.kind == "day_range"]
    if not days and len(sat.dates) == 1 and _IN_THE_MONTH.search(sat.folded) is not None:
        days = [d for d in sat.dates if d.month is not None]
    if len(days) == 1 and _TALKED.search(sat.folded) and any(t.name == event.actor.name for t in sat.towns):
        return days[0].iso  # "W X, 22 czerwca, nie było nawet dyskusji"
    if len(days) != 1 or not sat.has("council") or sat.has("board") or is_of_another_town(event, sat):
        return None
    if OTHER_MEETING.search(sentence.folded):
        return None
    goes_on = (
        _SAT.search(sat.folded)
        or _IN_THE_MONTH.search(sat.folded)
        or (_ALSO.search(sentence.folded) and _DECIDED_TOO.search(sat.folded))
    )
    return days[0].iso if goes_on and OTHER_COUNCIL.search(sat.folded) is None else None


def led_by_session(reading: Reading, sentence: Sentence) -> str | None:
    """The day that a digest gives for its session at the front: "Podczas czwartkowych obrad radni …"."""
    for earlier in reversed(reading.before(sentence, _DIGEST)):
        days = [d for d in earlier.dates if d.day is not None]
        sat = _SAT.search(earlier.folded) or (earlier.text.endswith(":") and ADOPTED_THESE.search(earlier.folded))
        if days and earlier.has("council") and not earlier.has("board") and sat:
            return days[0].iso if len(days) == 1 and _MEETING_NOUN.search(earlier.folded) else None
        if days or OTHER_MEETING.search(earlier.folded):
            return None
    return None


def headed_session(reading: Reading) -> str | None:
    """The dateline of a digest that its heading calls a report of a session."""
    folded = reading.clean.folded
    for heading, below in pairwise(reading.parts[:_TOPMOST]):
        if heading.kind is BlockKind.PARAGRAPH:
            return None
        if _MEETING_NOUN.search(folded, heading.start, heading.end) is not None:
            days = [d for d in reading.dates if d.start < below.end and d.day is not None]
            return days[0].iso if len(days) == 1 else None
        if len(folded[heading.start : heading.end].split()) > _SECTION:
            return None
    return None


def day_of_ballot(sentence: Sentence) -> str | None:
    """As in "…: 9 za, 5 przeciw, tak zakończyło się głosowanie 30 maja": the only day of a sentence, a ballot's."""
    if len(sentence.dates) != 1 or sentence.dates[0].day is None:
        return None
    day = sentence.dates[0]
    return day.iso if _OF_THE_BALLOT.search(sentence.slice(sentence.start, day.start)) else None
