"""The day of a letter or of a newspaper: not the day of what it tells."""

from __future__ import annotations

from zmpwatch.extract.dates.resolving import DateMention
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.words.lazy import lazy

__all__ = ["is_of_what_tells"]

_OF_A_LETTER = lazy(
    r"(?<!\w)(?:wniosk\w*|wniosek|pism\w{1,3}|zapytani\w{1,2}|pytani\w{1,2}|interpelacj\w{1,2}|petycj\w{1,2}|list(?:u|em)?|e?-?mail\w{0,3})"
    r"(?:\s+[\w.-]+){0,6}?\s+z\s+(?:dnia\s+)?$"
)
"""A letter's own day: "odpowiadając na wniosek z 3 lutego informuję, że miasto przystąpiło …"."""
_OF_A_PAPER = lazy(
    r"(?:(?<!\w)(?:gazet|dziennik|tygodnik|kurier|glos|echo|numer|wydani|artykul|notatk|depesz)\w*[\w\s\".-]{0,40}?|\"[^\"]{2,40}\")\s+z\s+(?:dnia\s+)?$"
)
_REPORTED = lazy(
    r"(?<!\w)(?:donos\w+|donies\w+|pisa\w+|pisze|napisa\w+|podaj\w*|podaw\w+|poda[ln]\w*|informowa\w+|informuj\w+|relacjonowa\w+|opisa\w+|zamiesc\w+|wydrukowa\w+)(?!\w)"
)
"""As in "„Gazeta” z 12 maja donosiła, że dzień wcześniej …": the day of the paper, not of what it reports."""
_CAME_IN = lazy(r"(?<!\w)(?:data\s+)?wply(?:w|wu|nela|nal|nelo):?\s+(?:(?:w\s+)?(?:dniu|dnia)\s+)?$", "wply")
"""Before the day on which a paper came in: "petycja (wpływ 4.02.2021)"."""
_LEAD = 90


def is_of_what_tells(mention: DateMention, sentence: Sentence) -> bool:
    """Whether a day is that of the letter or the paper which tells something, not of what it tells."""
    lead = sentence.slice(max(sentence.start, mention.start - _LEAD), mention.start)
    if _CAME_IN.search(lead):
        return True
    if not lead.endswith((" z ", " dnia ")):
        return False
    reported = _OF_A_PAPER.search(lead) and _REPORTED.search(sentence.slice(mention.end, sentence.end))
    return bool(reported) or _OF_A_LETTER.search(lead) is not None
