"""What a text takes back: "w tytule napisaliśmy, że …; to nieprawda", "podaliśmy, że A przystąpiła. Chodziło o B"."""

from __future__ import annotations

from dataclasses import replace

from zmpwatch.extract.binding.event import Event
from zmpwatch.extract.discourse.topic import Discourse, OpenStep
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.signs import signs_of
from zmpwatch.model import EventKind, Stage

__all__ = ["TAKES_BACK", "without_retracted"]

_RETRACTED = lazy(
    r"(?<!\w)(?:napisa\w+|poda\w+|informowa\w+|poinformowa\w+|twierdz\w+|donos\w+|tytul\w*)(?!\w)[^.;]{0,160}?(?:nieprawd\w*|blednie|omylkowo|mylnie|pomyl\w*|nie\s+jest\s+prawda|niezgodn\w+\s+z\s+prawda)"
    r"|(?:blednie|omylkowo|mylnie|pomylkowo|nieprawdziw\w+)\s+(?:\w+\s+){0,2}(?:napisa\w+|poda\w+|informowa\w+|poinformowa\w+)"
    r"|(?<!\w)(?:napisalismy|podalismy|informowalismy|poinformowalismy)\s+(?:[\w-]+\s+){0,3}w\s+tytule",
    "prawd",
    "bledn",
    "omylkow",
    "myln",
    "pomyl",
    "tytul",
)
_CORRECTED = lazy(
    r"\W*(?:w\s+rzeczywistosci\s+|oczywiscie\s+|faktycznie\s+)?(?:chodzilo\s+o|chodzi\s+o|mialo\s+byc|powinno\s+byc|winno\s+byc|mowa\s+o)[\s:]",
    *("chodzi", "mialo", "winno", "mowa"),
)
_WE_WROTE = lazy(
    r"(?<!\w)(?:podalismy|napisalismy|informowalismy|poinformowalismy|pisalismy|podano|napisano|poinformowano)(?!\w)[^.;]{0,60}?,\s+(?:ze|iz|jakoby)(?!\w)"
)
_TOO_EARLY = lazy(
    r"\W*(?:ta\s+|nasza\s+|podana\s+|powyzsza\s+)?(?:informacja|wiadomosc)\s+(?:(?:ta|byla|jest|okazala|sie|zbyt|niestety)\s+){1,4}(?:przedwczesn|nieprawdziw|bledn|nieprecyzyjn|niescis|omylkow|falszyw)\w+"
    r"|\W*(?:byla\s+to\s+|to\s+)(?:informacja\s+)?(?:przedwczesn|nieprawdziw|bledn|nieprecyzyjn|niescis)\w+"
    r"|\W*(?:prostujemy|sprostowanie|korygujemy)\s?[:,-]",
    *("informacja", "wiadomosc", "przedwczesn", "nieprawdziw", "bledn", "nieprecyzyjn", "niescis"),
    *("prostujemy", "sprostowanie", "korygujemy"),
)
"""Behind what was written: it was not so, or not yet."""
_IN_TRUTH = lazy(r"\W*(?<!\w)(?:w\s+rzeczywistosci|tymczasem|naprawde)\s", "rzeczywistosci", "=tymczasem", "=naprawde")
TAKES_BACK = signs_of(_RETRACTED, _CORRECTED, _TOO_EARLY, _IN_TRUTH)
"""The signs of a sentence that takes something back."""


def without_retracted(
    sentence: Sentence, told: list[Event], found: list[Event], discourse: Discourse
) -> tuple[list[Event], list[Event]]:
    """What a sentence tells and what was told before, without what it takes back."""
    if _RETRACTED.search(sentence.folded):
        names = {t.name for t in sentence.towns} or {a.name for a in discourse.focus}
        kept = {Stage.PROPOSED}
        if not sentence.has("council", "decide", "act"):
            kept |= {
                Stage.RESOLVED,
                Stage.REJECTED,
            }  # "mylnie podaliśmy, że jest w Związku": its council may have decided
        return [], [e for e in found if e.actor.name not in names or e.stage in kept]
    before = discourse.reading.sentences[sentence.number - 1] if sentence.number else None
    if before is None:
        return told, found
    early = _TOO_EARLY.match(sentence.folded) is not None
    in_truth = _IN_TRUTH.match(sentence.folded) is not None
    if not early and not in_truth and not (sentence.towns and _CORRECTED.match(sentence.folded)):
        return told, found
    if _WE_WROTE.search(before.folded) is None:
        return told, found
    step = discourse.open
    if step is not None and step.sentence == before.number:
        discourse.open = replace(step, admitted=False)
    elif early and discourse.focus and before.has("admit_verb", "join_past", "became"):
        discourse.open = OpenStep(sentence.number, EventKind.ACCESSION, tuple(discourse.focus))
    return told, [e for e in found if not before.start <= e.anchor < before.end]
