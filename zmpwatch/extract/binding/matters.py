"""Whether words belong to one matter: a step and the body named after it, an event and what a later sentence tells."""

from __future__ import annotations

import re

from zmpwatch.extract.binding.event import Event
from zmpwatch.extract.papers.kinds import Paper
from zmpwatch.extract.structure.reading import Reading
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.towns.finding import Role
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.matters import A_STEP
from zmpwatch.model import EventKind

__all__ = ["ANOTHER_MATTER", "OF_ANOTHER_BODY", "REFUSAL", "leads_to", "same_matter", "step_behind"]

# All that may stand between the step and the body, towns and dates apart; anything else is a goal of its own:
# "przystąpienie do projektu Związku", "wystąpienie Prezesa Związku".
_PASSING = lazy(
    r"(?<!\w)(?:gmin\w*|miast\w*|miejsk\w*|uzdrowisk\w*|samorzad\w*|nasz\w*|ponown\w*|przez|do|od|z|ze|w|we|na|rzecz|i|oraz|lub|a|o|pod|pn|jako|stowarzyszeni\w*|organizacj\w*|zwiazk\w*|zrzeszeni\w*"
    r"|czlonk\w*|udzialu|uczestnictwa|przynaleznosci|grona|szeregow|poczet|ogolnopolsk\w*|krajow\w*|polsk\w*|nazw\w*|dnia|dniem|r|roku|rok\w*|koncem|umow\w*|ust|art|pkt|wymienion\w*|przystapi\w*|wstapi\w*|akces\w*|zawart\w*|nosz\w+|oficjaln\w+|formaln\w+|ostateczn\w+|wlasnie|juz|takze|rowniez|tym|samym|sie|charakterz\w*|zwyczajn\w*)(?!\w)"
)
_TOWARDS = lazy(r"(?<!\w)(?:do|w|we|na\s+rzecz)\s")
_AWAY = lazy(r"(?<!\w)(?:z|ze|w|we|od)\s")
ANOTHER_MATTER = lazy(
    rf"(?<!\w)(?:budzet\w*|absolutori\w*|wotum|poprawk\w*|wnios\w+|komisj\w+|opini\w+|plan\w*\s+miejscow\w+|stawk\w+|oplat\w*|petycj\w+|skarg\w*|nowelizacj\w+|w\s+sprawie\s+(?!(?:\w+\s+){{0,4}}?(?:{A_STEP})))",
    *(
        "=sprawie",
        "absolutori",
        "budzet",
        "komisj",
        "miejscow",
        "nowelizacj",
        "opini",
        "oplat",
        "petycj",
        "poprawk",
        "skarg",
        "stawk",
        "wnios",
        "wotum",
    ),
)
"""What a later sentence speaks of when it does not speak of joining or leaving any more."""


REFUSAL = lazy(
    r"(?<!\w)(?:niewyrazeni\w+|nieudzieleni\w+|odmow(?:y|a|ie)|odmowieni\w+|odrzuceni\w+|nieuwzglednieni\w+|oddaleni\w+|brak\w*|nie\s*(?:przystep|przystap|wystep|wystap)owani\w+|nie\s+wyrazeni\w+)"
    r"\s+(?:(?:wyrazeni\w+|udzieleni\w+|zgody|na|projektu|wniosku|uchwaly|petycji|o|w|sprawie|zamiaru|woli)\s+){0,6}$",
    *("wyrazeni", "nieudzieleni", "odmow", "odrzuceni", "nieuwzglednieni", "oddaleni", "brak", "przyst", "wyst"),
)
"""Before the step that a title refuses: "w sprawie niewyrażenia zgody na przystąpienie"."""
_AND = lazy(r"\"?(?:,|\s+(?:oraz|i|a\s+takze))\s")
"""Behind another body in a row: "przystąpienie do Euroregionu Nysa oraz do Związku"."""
_BEHIND = lazy(
    rf"\"?\s?[-:,|]\s?(?P<step>(?:{A_STEP})\w*)"
    r"(?=\s?(?:$|[-:,;.|(\t\n\d]|gmin|miast|nr(?!\w)))",
    flags=re.MULTILINE,
)


OF_ANOTHER_BODY = lazy(
    r"(?<!\w)uchwal\w{1,2}\s+(?:(?:nr|numer)\s+\S{1,24}\s+)?(?:rad\w{1,2}\s+powiatu|sejmik\w{1,2}|zarzadu\s+powiatu|rad\w{1,2}\s+ministrow)(?!\w)",
    "powiatu",
    "sejmik",
    "ministrow",
)
"""An act of another body than the council: its day and number are not those of the step."""


def step_behind(folded: str, start: int, end: int) -> EventKind | None:
    """The step of an entry that names the association first: "Związek Miast Polskich – przystąpienie"."""
    entry = _BEHIND.match(folded, start, end)
    if entry is None:
        return None
    return EventKind.WITHDRAWAL if entry["step"].startswith(("wystap", "wyj", "odej", "rezyg")) else EventKind.ACCESSION


def leads_to(reading: Reading, start: int, end: int, kind: EventKind) -> bool:
    """Whether nothing between the end of a step's word and the start of a body makes the step one to something else.

    `start` and `end` are offsets of the clean text.
    """
    folded = reading.clean.folded
    text = list(folded[start:end])
    spans = [(t.start, t.end) for t in reading.towns] + [(d.start, d.end) for d in reading.dates]
    spans += [(b.start, b.end) for b in reading.others(start, end) if _AND.match(folded, b.end, end)]
    for first, last in spans:
        if start <= first < end:
            text[first - start : min(last, end) - start] = " " * (min(last, end) - first)
    between = "".join(text)
    if re.search(r"[.;|\t]\s", between) or re.search(r"[a-z]{2,}", _PASSING.sub(" ", between)):
        return False
    return (_TOWARDS if kind is EventKind.ACCESSION else _AWAY).search(between) is not None


def _turns_to_another(event: Event, later: Sentence) -> bool:
    """As in "Szczyrk followed by 12 votes to 3": a sentence that begins with another town is about that."""
    first = later.towns[0] if later.towns else None
    if first is None or first.start - later.start > _AT_ONCE or any(t.name == event.actor.name for t in later.towns):
        return False
    return first.role == Role.PLAIN and first.nominative


_AT_ONCE = 3


def same_matter(reading: Reading, event: Event, later: Sentence) -> bool:
    """Whether a later sentence does not turn to the opposite step, or in minutes to another matter."""
    opposite = (
        ("leave_noun", "leave_past", "leave_infinitive")
        if event.kind is EventKind.ACCESSION
        else ("join_noun", "join_past", "join_infinitive")
    )
    if later.has(*opposite) or OF_ANOTHER_BODY.search(later.folded) or _turns_to_another(event, later):
        return False
    return reading.paper is not Paper.MINUTES or not re.search(r"w\s+sprawie", later.folded)
