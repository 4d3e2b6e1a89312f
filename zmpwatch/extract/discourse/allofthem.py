"""Whom "wszystkie trzy" and "obydwa" take up: towns portrayed one after the other just before."""

from __future__ import annotations

from zmpwatch.extract.structure.reading import Reading
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.towns.finding import Role, Town
from zmpwatch.extract.words.lazy import lazy

__all__ = ["all_portrayed"]

_ALL = lazy(
    r"(?<!\w)(?:wszystkie|cala|cale)\s+(?P<number>trzy|cztery|piec|szesc|trojka|czworka|piatka)(?!\w)|(?<!\w)(?:oba|obie|obydwa|obydwie)(?!\w)",
    *("=wszystkie", "=cala", "=cale", "=oba", "=obie", "=obydwa", "=obydwie"),
)
_NUMBERS = {"trzy": 3, "trojka": 3, "cztery": 4, "czworka": 4, "piec": 5, "piatka": 5, "szesc": 6}
_PAIR = 2
_FAR = 12
"""So many sentences at most the portraits may take up."""
_AT_FRONT = 3


def all_portrayed(reading: Reading, sentence: Sentence, scope: str) -> list[Town]:
    """As in "Proszowice – gmina. Miechów – miasto. Skała – … Wszystkie trzy zasiliły szeregi": who begin a sentence.

    None where they are more or fewer than said.
    """
    said = _ALL.search(scope)
    if said is None:
        return []
    portrayed: dict[str, Town] = {}
    for earlier in reversed(reading.before(sentence, _FAR)):
        town = earlier.towns[0] if earlier.towns else None
        if town is None or town.role != Role.PLAIN or not town.nominative:
            continue
        if town.start - earlier.start <= _AT_FRONT:
            portrayed.setdefault(town.name, town)
    wanted = _NUMBERS.get(said["number"] or "", _PAIR)
    return list(reversed(portrayed.values())) if len(portrayed) == wanted else []
