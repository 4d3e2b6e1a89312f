"""Towns named only by an adjective: "wolbromscy radni", "rada olkuska", "starachowicki magistrat".

The adjective must agree with the institution beside it, and leave one town: of those it can be made of, the only one,
the one that the text names, whose site it is, or that lies in the voivodeship the text names. Else it tells nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from zmpwatch.extract.clean import CleanText, fold_letters
from zmpwatch.extract.lazy import lazy
from zmpwatch.extract.lexicon import load_table
from zmpwatch.extract.towns import Role, Town
from zmpwatch.model import Municipality
from zmpwatch.register import Found, load_register
from zmpwatch.register.adjectives import towns_by_adjective
from zmpwatch.register.gazetteer import decide

__all__ = ["with_adjectives"]

_ADJECTIVE = r"[a-z-]{2,24}(?:[sc]|dz)(?:ka|ki|kie|kiej|kiego|kiemu|kim|kich|kimi|cy)"
_OF_TOWN = r"(?:(?:miejsk|gminn)\w{1,3}\s+)?"
_NO_TOWNS = (
    r"(?!\s+(?:powiat|wojewodztw|wojewodzk|osiedl|senior|dzielnic|solec|rodzic|programow|nadzorcz|pedagog|student|uczni|lekar"
    r"|adwok|notar|mlodziez|gospodarcz|sportu|kobiet|biznesu|pozytku|naukow|artyst)\w*)"
)
_BEGINS = lazy(r"(?:^|[.!?:;\n\"(|-])\s*$")
"""What stands before a word that has its capital from beginning a sentence."""
_ENDING = lazy(r"(?<=[scz])(?:k[a-z]{1,4}|cy)$")
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
def _patterns() -> tuple[tuple[bool, re.Pattern[str]], ...]:
    """Whether the adjective stands before the noun, and the pattern."""
    nouns = "|".join(sorted(_institutions(), key=len, reverse=True))
    return (
        (True, re.compile(rf"(?<!\w)(?P<adjective>{_ADJECTIVE})\s{_OF_TOWN}(?P<noun>{nouns})(?!\w){_NO_TOWNS}")),
        (False, re.compile(rf"(?<!\w)(?P<noun>{nouns})\s{_OF_TOWN}(?P<adjective>{_ADJECTIVE})(?!\w){_NO_TOWNS}")),
    )


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
        for before, pattern in _patterns():
            for match in pattern.finditer(self.text.folded):
                ending = _ENDING.search(match["adjective"])
                role = _institutions()[match["noun"]].get(ending[0]) if ending is not None else None
                if ending is None or role is None or not self._is_adjective(match, before=before):
                    continue
                adjective = match["adjective"][: ending.start()] + "ki"
                names = towns_by_adjective().get(adjective, ())
                if not names:
                    continue
                start, end = match.span("adjective")
                meant = self._meant(adjective, names, start)
                yield start, end, None if meant is None else self._mention(start, end, meant, role, ending[0])

    @staticmethod
    def _mention(start: int, end: int, town: Municipality, role: str, ending: str) -> Town:
        """The mention, in the case that the adjective's ending tells."""
        subject = role == Role.PLAIN and ending in _NOMINATIVE
        return Town(start, end, town.name, town, role, subject, False, ending == "kiej", names=(town.name,))

    def _is_adjective(self, match: re.Match[str], *, before: bool) -> bool:
        """Whether it is no surname: "burmistrz Olkuski" has a capital that nothing explains."""
        text, start = self.text.text, match.start("adjective")
        if not text[start].isupper():
            return True
        begins = _BEGINS.search(text, max(0, start - 12), start) is not None or not text[:start].strip()
        return before and (begins or text[match.start("noun")].isupper())

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
