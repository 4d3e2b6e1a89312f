"""What relative clauses hang on, where that is no town in the nominative: "w Sztumie, który należy"."""

from __future__ import annotations

import re

from zmpwatch.extract.structure.clause import Clause
from zmpwatch.extract.structure.sentences import Sentence, Word
from zmpwatch.extract.towns.finding import Role, Town
from zmpwatch.extract.towns.rows import TownRows
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.register import load_register

__all__ = [
    "behind_what_they_did",
    "hangs_on_a_town_noun",
    "only_in_an_aside",
    "told_of_by_their_mayors",
    "town_of_the_place",
    "town_of_the_speaker",
    "towns_unnamed",
    "where_a_council_is",
    "where_it_was",
]

_OPENS = lazy(
    r",\s+(?:(?:a|i)\s+)?(?:(?:na|w|we|z|ze|do|od|dla|dzieki|przez|po|podczas|wsrod|o)\s+)?(?:ktor\w{1,3}|gdzie)\s(?=[^,:;()]*$)",
    *("ktor", "gdzie"),
)
"""What opens a relative clause that goes on to the end of a run of text."""
_WHERE = lazy(r",\s+gdzie\s+[^,;]*$", "=gdzie")
_THAT_TOWN = lazy(
    r"(?<!\w)(?:a|ze)?by\s+(?:to\s+|nasz[ea]\s+)?(?:miasto|gmina)\s+(?:\w+\s+){0,2}$", "=by", "=aby", "=zeby"
)
_FOR_ANOTHER = lazy(
    r"(?<!\w)(?:gratul|pogratul|prezes|wiceprezes|czlonek|czlonkini|przewodnicz|cieszy|ucieszy|slysz|uslysz|dowiedzi)\w*"
)
"""Who may tell of another town than the one he heads: a guest, or who sits on the association's board."""
_NAMES_THEM = lazy(r"(?:[\w-]+\s+){0,2}(?:sa|jest|byl[aoiy]?|to|znalaz\w+|znajduj\w+)(?!\w)")
"""As in "trzy miasta, którymi są A, B i C": who they are."""
_THEN_DID = lazy(r",\s+(?:\w+\s+)?\w{3,}l[aoy]?\s+(?:(?:tylko|jedynie|wylacznie|juz|dotad|do\s+niego)\s+){0,2}$")
_UNNAMED = lazy(
    r"(?<!\w)(?<!\btych\s)(?<!\bobu\s)(?<!\bte\s)(?<!\boba\s)(?<!\bobie\s)(?:miast(?:ach|ami|om)?|gmin(?:ach|ami|om)?|samorzad(?:ach|ami|om|ow)|czlonk(?:ach|ami|ow|om))\s*,?\s*$"
)
_TOWN_NOUN = lazy(
    r"(?:^|[^\w\s]\s?|(?<!\w)(?:a|i|ale|lecz|nasz[ea]?)\s)\"?(?P<what>(?!(?:to|ten|ta|tamto)\s)(?:[\w-]+\s+)?(?:miasto|miasteczko|gmina|grod|kurort|uzdrowisko)|stolica)(?:\s+(?!i\s)[\w-]+){0,3}\s?,?\s*$"
)
"""A noun that stands for a town, with what is said of it: "kurort", "zamkowe miasto", "stolica powiatu"."""
_OF_ANY_OR_ANOTHER = lazy(
    r"(?:inn|kazd|sasiedn|drug|pierwsz|trzec|kolejn|ostatn|nastepn|jedyn|partnersk|zaprzyjaznion|pobliski|oscienn|zadn|jakies|takie|blizniacz|duz|mal)\w*\s"
)
_PRONOUNS = {"a": "ktora", "o": "ktore", "e": "ktore", "y": "ktore", "i": "ktore"}
"""By the last letter of a name; after any other it is "który"."""
_OF_GENDER = {"m": "ktory", "f": "ktora", "n": "ktore", "pl": "ktore"}


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
    of_gender = load_register().gender(place[0].municipality) if place[0].municipality is not None else None
    pronoun = _OF_GENDER.get(of_gender or "", _PRONOUNS.get(place[0].name[-1], "ktory"))
    return place if sentence.slice(clause.start, clause.end).strip(" ,").startswith(f"{pronoun} ") else []


def where_a_council_is(sentence: Sentence, word: Word) -> list[Town]:
    """As in "za przykładem Wronek, gdzie rada zgodziła się na przystąpienie": the town whose council it is."""
    there = _WHERE.search(sentence.slice(sentence.start, word.start))
    if there is None:
        return []
    opened = sentence.start + there.start()
    if any(t.role == Role.COUNCIL and opened < t.start < word.start for t in sentence.towns):
        return []  # "w Wieliczce, gdzie rada Pucka zdecydowała": that of another town
    return [t for t in sentence.towns if t.role != Role.BODY and t.end == sentence.start + there.start()]


def town_of_the_place(sentence: Sentence, word: Word) -> list[Town]:
    """As in "radni w X odrzucili pomysł, aby miasto dołączyło": the only town, which stands where it was decided."""
    if _THAT_TOWN.search(sentence.slice(sentence.start, word.start)) is None or sentence.has("board"):
        return []
    alone = len({t.name for t in sentence.towns}) == 1 and sentence.towns[0].role == Role.PLACE
    return list(sentence.towns[:1]) if alone and sentence.has("refuse", "decide") else []


def town_of_the_speaker(sentence: Sentence, word: Word, clause: Clause) -> list[Town]:
    """As in "Prezydent Kalisza chce, aby miasto wstąpiło": whose head speaks, whoever was spoken of before."""
    heads = [
        t
        for t in sentence.towns
        if t.role in (Role.OFFICIAL, Role.COUNCIL) and clause.start <= t.start and t.end <= word.start
    ]
    if len({t.name for t in heads}) != 1 or _FOR_ANOTHER.search(sentence.slice(clause.start, word.start)) is not None:
        return []
    return heads[:1]


def hangs_on_a_town_noun(sentence: Sentence, clause: Clause) -> bool:
    """As in "Kurort, który członkiem ZMP jest od 1997 roku": one town, since it is told since which year."""
    if re.match(r"\W*ktor(?:y|a|e)(?!\w)", sentence.slice(clause.start, clause.end)) is None:
        return False
    if not any(d.explicit_year and clause.start <= d.start < clause.end for d in sentence.dates):
        return False
    noun = _TOWN_NOUN.search(sentence.slice(max(sentence.start, clause.start - 60), clause.start))
    return noun is not None and _OF_ANY_OR_ANOTHER.match(noun["what"]) is None


def only_in_an_aside(sentence: Sentence, town: Town, word: Word) -> bool:
    """As in "na posiedzeniu, które gościł A, Zarząd przyjął B": a town of a relative clause that the word is not in."""
    lead = sentence.slice(sentence.start, town.start)
    opened = _OPENS.search(lead)
    if opened is None or _NAMES_THEM.match(lead, opened.end()):
        return False
    closed = sentence.slice(town.end, sentence.end).find(",")
    end = town.end + closed if closed >= 0 else sentence.end
    return not sentence.start + opened.start() < word.start < end


def towns_unnamed(sentence: Sentence, clause: Clause) -> bool:
    """As in "informacja o miastach, które przystąpiły": a clause that hangs on towns without a name."""
    if re.match(r"\W*ktor(?:e|zy)(?!\w)", sentence.slice(clause.start, clause.end)) is None:
        return False
    return _UNNAMED.search(sentence.slice(max(sentence.start, clause.start - 40), clause.start)) is not None


def behind_what_they_did(sentence: Sentence, word: Word, clause: Clause, towns: list[Town]) -> bool:
    """As in "Z miast, które opuściły Związek, wrócił tylko X": X does what is told behind the relative clause."""
    if re.match(r"\W*ktor(?:e|zy)(?!\w)", sentence.slice(clause.start, clause.end)) is None:
        return False
    return all(t.start > word.end and _THEN_DID.search(sentence.slice(word.end, t.start)) is not None for t in towns)
