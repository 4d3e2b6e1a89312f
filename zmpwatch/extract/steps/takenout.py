"""Whom somebody takes out of the association: "radni postanowili je stamtąd wyprowadzić"."""

from __future__ import annotations

from zmpwatch.extract.structure.clause import Clause
from zmpwatch.extract.structure.sentences import Sentence, Word
from zmpwatch.extract.towns.finding import Role, Town
from zmpwatch.extract.words.lazy import lazy

__all__ = ["led_out_before", "taken_out"]

_TAKES_OUT = ("wyprowadz", "wycofac", "wypisac")
"""What the verbs begin with that take somebody out, rather than leave."""
_ONCE_COUNCIL = lazy(
    r"(?<!\w)(?:poprzedni|owczes|minion|dawn|tamt)\w{1,4}\s+(?:rada|radni)(?!\w)"
    r"|(?<!\w)(?:rada|radni)\s+(?:poprzedni|minion|ubieg|tamt|zeszl)\w{1,4}\s+kadencji(?!\w)",
    "rad",
)
"""A council of an earlier term."""
_THEM = lazy(r"(?<!\w)(?:je|ja|go)(?!\w)")


def taken_out(sentence: Sentence, word: Word, clause: Clause, before: Sentence | None) -> list[Town]:
    """The town that "je" or "ją" means beside such a verb: the only one that the sentence before names."""
    if not word.folded.startswith(_TAKES_OUT) or sentence.towns or before is None:
        return []
    if _THEM.search(sentence.slice(clause.start, clause.end)) is None:
        return []
    named = {town.name: town for town in before.towns if town.role != Role.BODY}
    return list(named.values()) if len(named) == 1 else []


def led_out_before(word: Word, scope: str) -> bool:
    """As in "poprzednia rada wyprowadziła X ze Związku": what those before did is how the town stands since."""
    return word.folded.startswith(_TAKES_OUT) and _ONCE_COUNCIL.search(scope) is not None
