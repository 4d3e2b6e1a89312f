"""Whom somebody takes out of the association: "radni postanowili je stamtąd wyprowadzić"."""

from __future__ import annotations

from zmpwatch.extract.structure.clause import Clause
from zmpwatch.extract.structure.sentences import Sentence, Word
from zmpwatch.extract.towns.finding import Role, Town
from zmpwatch.extract.words.lazy import lazy

__all__ = [
    "TAKES_OUT",
    "TAKES_OUT_CUES",
    "is_by_council",
    "leads_out",
    "led_out_before",
    "taken_out",
    "takes_it_out",
]

TAKES_OUT_CUES = ("wycofa", "wypisa", "wyprowadzi")
TAKES_OUT = rf"(?:{'|'.join(TAKES_OUT_CUES)})"
"""What the verbs begin with that take somebody out, and with "się" the one who does it."""
_LEADS_OUT = "wyprowadz"
"""The one of them that takes somebody else in each of its forms."""
_TAKES_ANOTHER = (_LEADS_OUT, "wycofac", "wypisac")
"""What those forms begin with that take somebody out, rather than leave."""
_IT = "je|ja|go"
_THEM = lazy(rf"(?<!\w)(?:{_IT})(?!\w)")
_TOWN_TAKEN = lazy(rf"(?<!\w)(?:{_IT}|miasto|gmine)(?!\w)")
_BY_COUNCIL = lazy(r"(?<!\w)(?:rad[ay](?:\s+(?:miasta|miejska|gminy))?|radni)\s+(?:[\w-]+\s+){0,3}$")
"""As in "należała, ale w 2011 r. radni wycofali ją stamtąd"."""
_ONCE_COUNCIL = lazy(
    r"(?<!\w)(?:poprzedni|owczes|minion|dawn|tamt)\w{1,4}\s+(?:rada|radni)(?!\w)"
    r"|(?<!\w)(?:rada|radni)\s+(?:poprzedni|minion|ubieg|tamt|zeszl)\w{1,4}\s+kadencji(?!\w)",
    "rad",
)
"""A council of an earlier term."""


def leads_out(word: Word) -> bool:
    """Whether a verb takes somebody else out whatever its form: "wyprowadziła je", "wyprowadzenie miasta"."""
    return word.folded.startswith(_LEADS_OUT)


def taken_out(sentence: Sentence, word: Word, clause: Clause, before: Sentence | None) -> list[Town]:
    """The town that "je" or "ją" means beside such a verb: the only one that the sentence before names."""
    if not word.folded.startswith(_TAKES_ANOTHER) or sentence.towns or before is None:
        return []
    if _THEM.search(sentence.slice(clause.start, clause.end)) is None:
        return []
    named = {town.name: town for town in before.towns if town.role != Role.BODY}
    return list(named.values()) if len(named) == 1 else []


def led_out_before(word: Word, scope: str) -> bool:
    """As in "poprzednia rada wyprowadziła X ze Związku": what those before did is how the town stands since."""
    return word.folded.startswith(_TAKES_ANOTHER) and _ONCE_COUNCIL.search(scope) is not None


def is_by_council(lead: str) -> bool:
    """Whether it is a council that does what these words lead to: "ale w 2011 r. radni"."""
    return _BY_COUNCIL.search(lead) is not None


def takes_it_out(around: str) -> bool:
    """Whether the words around such a verb have the town for its object: "wycofali ją", not "wycofali projekt"."""
    return _TOWN_TAKEN.search(around) is not None
