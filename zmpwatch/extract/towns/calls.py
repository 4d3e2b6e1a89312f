"""Towns named only by an adjective: "wolbromscy radni", "rada olkuska", "starachowicki magistrat".

The adjective must agree with the institution beside it, and leave one town: of those it can be made of, the only one,
the one that the text names, whose site it is, or that lies in the voivodeship the text names. Else it tells nobody.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from zmpwatch.extract.towns.finding import Role, Town
from zmpwatch.extract.uniform.cleantext import CleanText
from zmpwatch.extract.uniform.folding import fold_letters
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.lexicon import load_table
from zmpwatch.extract.words.tokens import kind_of_words, marked
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
_WORD = lazy(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BEGINS = lazy(r"(?:^|[.!?:;\n\"(|-])\s*$")
"""What stands before a word that has its capital from beginning a sentence."""
_NOMINATIVE = ("ka", "ki", "cy", "kie")


def with_adjectives(text: CleanText, towns: list[Town], near: Municipality | None) -> list[Town]:
    """The mentions of a text, with those by adjectives.

    A name that was only the beginning of such an adjective ("Brzeska" in "Brzeska rada") is left out.
    """
    towns = [*towns, *_capital(text, near)]
    found = list(_Finder(text).find())
    if not found:
        return sorted(towns, key=lambda town: town.start)
    starts = {called.start for called in found}
    kept = [town for town in towns if town.start not in starts]
    named = {town.name for town in kept}
    regions = _regions_named(text)
    meant = {a: _meant(a, named, regions, near) for a in {called.adjective for called in found}}
    mentions = [called.mention(town) for called in found if (town := meant[called.adjective]) is not None]
    return sorted([*kept, *mentions], key=lambda town: town.start)


_CAPITAL = lazy(
    r"(?:(?<=\sa\s)|(?<!a\s))(?<!\w)stolica"
    r"(?=\s+(?:(?:tez|takze|rowniez|juz|nadal|wciaz|od\s+\d{4}\s+(?:r\.|roku))\s+){0,2}(?:jest|nalezy|byla|pozostaje|placi|oplaca|przystapila|wstapila|dolaczyla|wystapila|opuscila|przystepuje|wystepuje)(?!\w))",
    "stolica",
)
_CAPITALS_CODE = "1465011"
"""Warsaw in the register of municipalities (TERYT)."""


def _capital(text: CleanText, near: Municipality | None) -> Iterator[Town]:
    """As in "stolica jest członkiem Związku": Warsaw, where the text calls nothing else a capital."""
    found = list(_CAPITAL.finditer(text.folded))
    if not found or (near is not None and near.teryt != _CAPITALS_CODE):
        return
    if text.folded.count("stolic") != len(found) and "warsz" not in text.folded:
        return  # "Kielce to stolica regionu"
    warsaw = load_register().by_teryt(_CAPITALS_CODE)
    for match in found:
        yield Town(match.start(), match.end(), warsaw.name, warsaw, Role.PLAIN, True, False, False, (warsaw.name,))


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


def _regions_named(text: CleanText) -> frozenset[str]:
    """The voivodeships that a text names."""
    return frozenset(v for stem, v in _regions().items() if re.search(rf"(?<![a-z]){stem}", text.folded))


def _meant(adjective: str, named: set[str], regions: frozenset[str], near: Municipality | None) -> Municipality | None:
    """The one town that an adjective is of in a text that names these towns and voivodeships."""
    names = towns_by_adjective()[adjective]
    fitting = tuple(name for name in names if name in named)
    bearers = tuple(m for m in load_register().bearers(fitting or names) if m.is_city)
    if adjective in _regions() and not fitting and near not in bearers:
        return None
    answer = decide(bearers, near=near)
    if not isinstance(answer, Found):
        answer = decide(tuple(m for m in bearers if m.voivodeship in regions))
    return answer.municipality if isinstance(answer, Found) else None


@lru_cache(maxsize=4096)
def _parts_of(word: str) -> re.Match[str] | None:
    """Stem and ending of a word that may be an adjective of a town; asked again and again of the same few."""
    return _ADJECTIVE.fullmatch(word)


@lru_cache(maxsize=4096)
def _is_of_town(word: str) -> bool:
    return _OF_TOWN.fullmatch(word) is not None


_CONCERNED = kind_of_words(lambda word: word in _institutions() or _parts_of(word) is not None or _is_of_town(word))
"""Words of which such a call is made; between two of them any other is none of it."""


@dataclass(frozen=True, slots=True)
class _Called:
    """An adjective of towns beside an institution; `ending` and `role` tell its case and what it makes the town."""

    start: int
    end: int
    adjective: str
    ending: str
    role: str

    def mention(self, town: Municipality) -> Town:
        """The mention of a town by it, which holds no name."""
        subject = self.role == Role.PLAIN and self.ending in _NOMINATIVE
        return Town(
            self.start,
            self.end,
            town.name,
            town,
            self.role,
            nominative=subject,
            accusative=False,
            genitive=self.ending == "kiej",
            names=(town.name,),
            title=self.end - self.start,
        )


@dataclass(frozen=True, slots=True)
class _Finder:
    text: CleanText

    def find(self) -> Iterator[_Called]:
        """Adjectives that can be of towns, beside institutions they agree with."""
        run = marked(self.text.folded, _CONCERNED)
        institutions = _institutions()
        for index, (noun, _) in enumerate(run):
            if noun in institutions:
                for step in (-1, 1):
                    called = self._beside(run, index, step, institutions[noun])
                    if called is not None:
                        yield called

    def _beside(
        self, run: Sequence[tuple[str, int]], index: int, step: int, roles: Mapping[str, str]
    ) -> _Called | None:
        """The adjective of towns before (`step` -1) or behind an institution, where it agrees with it."""
        place = index + step
        if 0 <= place < len(run) and _is_of_town(run[place][0]):
            place += step
        parts = _parts_of(run[place][0]) if 0 <= place < len(run) else None
        if parts is None or parts["ending"] not in roles or not self._together(run, index, place):
            return None
        adjective, start = f"{parts['stem']}ki", run[place][1]
        if adjective not in towns_by_adjective() or not self._is_adjective(start, run[index][1]):
            return None
        return _Called(start, start + len(parts[0]), adjective, parts["ending"], roles[parts["ending"]])

    def _together(self, run: Sequence[tuple[str, int]], one: int, two: int) -> bool:
        """Whether nothing but blanks stands between two words, and nothing behind them makes them another's."""
        first, last = min(one, two), max(one, two)
        if any(
            self.text.folded[place + len(word) : following].strip(" \n")
            for (word, place), (_, following) in itertools.pairwise(run[first : last + 1])
        ):
            return False
        behind = _WORD.search(self.text.folded, run[last][1] + len(run[last][0]))
        return behind is None or _NO_TOWNS.fullmatch(behind[0]) is None

    def _is_adjective(self, start: int, noun: int) -> bool:
        """Whether it is no surname: "burmistrz Olkuski" has a capital that nothing explains."""
        text = self.text.text
        if not text[start].isupper():
            return True
        begins = _BEGINS.search(text, max(0, start - 12), start) is not None or not text[:start].strip()
        return start < noun and (begins or text[noun].isupper())
