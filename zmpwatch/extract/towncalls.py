"""Towns named only by an adjective: "wolbromscy radni", "rada olkuska", "starachowicki magistrat".

The adjective must agree with the institution beside it, and leave one town: of those it can be made of, the only one,
the one that the text names, whose site it is, or that lies in the voivodeship the text names. Else it tells nobody.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from zmpwatch.extract.clean import CleanText, fold_letters
from zmpwatch.extract.lazy import lazy
from zmpwatch.extract.lexicon import load_table
from zmpwatch.extract.tokens import words
from zmpwatch.extract.towns import Role, Town
from zmpwatch.model import Municipality
from zmpwatch.register import Found, load_register
from zmpwatch.register.adjectives import towns_by_adjective
from zmpwatch.register.gazetteer import decide

__all__ = ["with_adjectives"]

_ENDINGS = ("ka", "ki", "kie", "kiej", "kiego", "kiemu", "kim", "kich", "kimi", "cy")
_ADJECTIVE = lazy(rf"(?P<stem>[a-z-]{{2,24}}(?:[sc]|dz))(?P<ending>{'|'.join(_ENDINGS)})")
_TOWNS = ("miejsk", "gminn")
_OF_TOWN = lazy(rf"(?:{'|'.join(_TOWNS)})\w{{1,3}}")
"""What may stand between the two: "wągrowiecka Rada Miejska", "Rada Miejska olkuska"."""
_NO_TOWNS = lazy(
    r"(?:powiat|wojewodztw|wojewodzk|osiedl|senior|dzielnic|solec|rodzic|programow|nadzorcz|pedagog|student|uczni|lekar"
    r"|adwok|notar|mlodziez|gospodarcz|sportu|kobiet|biznesu|pozytku|naukow|artyst)\w*"
)
"""What makes an institution another's than a town's: "rada powiatu"."""
_BEGINS = lazy(r"(?:^|[.!?:;\n\"(|-])\s*$")
"""What stands before a word that has its capital from beginning a sentence."""
_NOMINATIVE = ("ka", "ki", "cy", "kie")


def with_adjectives(text: CleanText, towns: list[Town], near: Municipality | None) -> list[Town]:
    """The mentions of a text, with those by adjectives.

    A name that was only the beginning of such an adjective ("Brzeska" in "Brzeska rada") is left out.
    """
    called = list(_Finder(text, towns, near).find())
    if not called:
        return towns
    kept = [t for t in towns if not any(start <= t.start < end for start, end, _ in called)]
    return sorted([*kept, *(town for *_, town in called if town is not None)], key=lambda town: town.start)


@cache
def _institutions() -> dict[str, dict[str, str]]:
    """Adjective endings and roles by form of the institution's noun."""
    forms: dict[str, dict[str, str]] = {}
    for row in load_table("institutions.csv"):
        forms.setdefault(row["form"], {})[row["adjective_ending"]] = row["role"]
    return forms


@cache
def _regions() -> dict[str, str]:
    """Voivodeships by their adjective ("lubelski"), which is no town's where nothing else says so."""
    return {fold_letters(m.voivodeship).removesuffix("e"): m.voivodeship for m in load_register()}


@dataclass(frozen=True, slots=True)
class _Finder:
    text: CleanText
    towns: list[Town]
    near: Municipality | None

    def find(self) -> Iterator[tuple[int, int, Town | None]]:
        """Start and end of each adjective of towns beside an institution, and the town, where it leaves one."""
        run = words(self.text.folded)
        institutions = _institutions()
        for index in [index for index, (noun, _) in enumerate(run) if noun in institutions]:
            for step in (-1, 1):
                called = self._beside(run, index, step, institutions[run[index][0]])
                if called is not None:
                    yield called

    def _beside(
        self, run: Sequence[tuple[str, int]], index: int, step: int, roles: Mapping[str, str]
    ) -> tuple[int, int, Town | None] | None:
        """The adjective of towns before (`step` -1) or behind an institution, where it agrees with it."""
        place = index + step
        if 0 <= place < len(run) and run[place][0].startswith(_TOWNS) and _OF_TOWN.fullmatch(run[place][0]):
            place += step
        if not 0 <= place < len(run) or not run[place][0].endswith(_ENDINGS):
            return None
        parts = _ADJECTIVE.fullmatch(run[place][0])
        if parts is None or parts["ending"] not in roles or not self._together(run, index, place):
            return None
        adjective = f"{parts['stem']}ki"
        names = towns_by_adjective().get(adjective, ())
        start = run[place][1]
        if not names or not self._is_adjective(start, run[index][1]):
            return None
        meant = self._meant(adjective, names, start)
        ending, end = parts["ending"], start + len(parts[0])
        return start, end, None if meant is None else self._mention(start, end, meant, roles[ending], ending)

    def _together(self, run: Sequence[tuple[str, int]], one: int, two: int) -> bool:
        """Whether nothing but blanks stands between two words, and nothing behind them makes them another's."""
        first, last = min(one, two), max(one, two)
        if any(
            self.text.folded[place + len(word) : following].strip(" \n")
            for (word, place), (_, following) in itertools.pairwise(run[first : last + 1])
        ):
            return False
        behind = run[last + 1 : last + 2]
        return not behind or _NO_TOWNS.fullmatch(behind[0][0]) is None

    @staticmethod
    def _mention(start: int, end: int, town: Municipality, role: str, ending: str) -> Town:
        """The mention, in the case that the adjective's ending tells."""
        subject = role == Role.PLAIN and ending in _NOMINATIVE
        return Town(start, end, town.name, town, role, subject, False, ending == "kiej", names=(town.name,))

    def _is_adjective(self, start: int, noun: int) -> bool:
        """Whether it is no surname: "burmistrz Olkuski" has a capital that nothing explains."""
        text = self.text.text
        if not text[start].isupper():
            return True
        begins = _BEGINS.search(text, max(0, start - 12), start) is not None or not text[:start].strip()
        return start < noun and (begins or text[noun].isupper())

    def _meant(self, adjective: str, names: tuple[str, ...], start: int) -> Municipality | None:
        """The one town that an adjective is of here."""
        named = {t.name for t in self.towns if t.start != start}
        fitting = tuple(name for name in names if name in named)
        bearers = tuple(m for m in load_register().bearers(fitting or names) if m.is_city)
        if adjective in _regions() and not fitting and self.near not in bearers:
            return None
        answer = decide(bearers, near=self.near)
        if not isinstance(answer, Found):
            told = {v for stem, v in _regions().items() if re.search(rf"(?<![a-z]){stem}", self.text.folded)}
            answer = decide(tuple(m for m in bearers if m.voivodeship in told))
        return answer.municipality if isinstance(answer, Found) else None
