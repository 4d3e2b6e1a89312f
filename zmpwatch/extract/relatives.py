"""What relative clauses hang on, where that is no town in the nominative: "w Sztumie, który należy"."""

from __future__ import annotations

import re

from zmpwatch.extract.clause import Clause
from zmpwatch.extract.sentences import Sentence
from zmpwatch.extract.townrows import TownRows
from zmpwatch.extract.towns import Role, Town

__all__ = ["told_of_by_their_mayors", "where_it_was"]

_PRONOUNS = {"a": "ktora", "o": "ktore", "e": "ktore", "y": "ktore", "i": "ktore"}
"""By the last letter of a name; after any other it is "który"."""


def told_of_by_their_mayors(rows: TownRows, sentence: Sentence, clause: Clause) -> list[Town]:
    """As in "burmistrzowie A i B, które zostały członkami": "które" and "która" are no mayors."""
    if re.match(r"\W*ktor(?:a|e)(?!\w)", sentence.slice(clause.start, clause.end)) is None:
        return []
    last = [t for t in sentence.towns if t.is_actor and t.genitive and clause.start - 3 <= t.end <= clause.start]
    return [t for t in rows.tail(sentence, last) if t.genitive] if last else []


def where_it_was(sentence: Sentence, clause: Clause) -> list[Town]:
    """As in "w Sztumie, który należy": the place itself, where the pronoun has the gender of its name."""
    place = [t for t in sentence.towns if t.role == Role.PLACE and clause.start - 3 <= t.end <= clause.start]
    if not place:
        return []
    pronoun = _PRONOUNS.get(place[0].name[-1], "ktory")
    return place if sentence.slice(clause.start, clause.end).strip(" ,").startswith(f"{pronoun} ") else []
