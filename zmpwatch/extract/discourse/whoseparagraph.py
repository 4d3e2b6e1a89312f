"""Whom a paragraph is about, where a text tells of several towns: "Kępice mają dość składek. Rada przegłosowała …"."""

from __future__ import annotations

from dataclasses import dataclass

from zmpwatch.extract.structure.reading import Reading
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.towns.homes import is_aside
from zmpwatch.extract.towns.town import Role, Town
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.model import BlockKind

__all__ = ["ParagraphTown"]

_OF_ITS_BOARD = lazy(
    r"(?<!\w)(?:prezes\w*|wiceprezes\w*|czlon\w+\s+zarzadu|gospodarz\w*|gosc\w{0,4}|podobnie|tak\s+jak|wzorem|sladem)(?!\w)"
)
"""Who heads, hosts or visits the association is not whom a paragraph is about."""
_WHERE_THEY_MET = lazy(
    r"(?<!\w)(?:zarzad\w*|posiedz\w+|obrad\w+|kongres\w*|zgromadz\w+|konferencj\w+|spotka\w+|siedzib\w+|zjazd\w*|zjezdzi\w*|biur\w+)(?!\w)"
)
_FROM = lazy(r"(?<!\w)(?:z|ze|od|dla|do|o)\s$")
_ITS_PEOPLE = lazy(r"(?<!\w)(?:radn\w+|samorzad\w*|wladz\w+|burmistrz\w*|prezydent\w*|delegac\w+)\s+ze?\s$")
_ITS_PAPERS = lazy(r"(?<!\w)(?:wnios\w+|pism\w+|deklarac\w+|uchwal\w+|papier\w+|zgloszeni\w+)\s+ze?\s$")
_NEAR = 60
"""Characters within which a paragraph names whom it is about."""


@dataclass(slots=True)
class ParagraphTown:
    """Keeps the only town that the paragraph being read has told of, where a text tells of several."""

    reading: Reading
    end: int = 0
    """Where the paragraph being read ends; up to there only a town that is named can change anything."""
    _start: int = 0
    _told: Town | None = None
    _first: Town | None = None
    """The first town named, whatever is said of it …"""
    _several: bool = False
    """… and whether others are."""
    _subject: Town | None = None
    """The first one that something is told of …"""
    _subjects: bool = False
    """… and whether it is told of others."""

    def enter(self, sentence: Sentence) -> Town | None:
        """The town that a paragraph has told of up to a sentence, the next one of the text.

        A town that only a site tells stays who "we" is on all of its pages.
        """
        if self.reading.home_by_site or self.reading.home_name is None:
            self.end = sentence.segment.end
            return None
        if sentence.segment.kind is not BlockKind.PARAGRAPH:
            self._start, self.end = sentence.segment.end, sentence.segment.end
            return None
        if sentence.start >= self.end or sentence.start < self._start:
            self._start, self.end = sentence.paragraph
            self._told = self._first = self._subject = None
            self._several = self._subjects = False
        if sentence.towns:
            for town in sentence.towns:
                if town.role != Role.BODY:
                    self._take(town)
            self._told = self._meant(self._start, self.end)
        return self._told

    def _take(self, town: Town) -> None:
        folded = self.reading.clean.folded
        self._first = self._first or town
        self._several = self._several or town.name != self._first.name
        if not self._subjects and _is_subject(folded, town) and not is_aside(folded, town.start):
            self._subject = self._subject or town
            self._subjects = town.name != self._subject.name

    def _meant(self, start: int, end: int) -> Town | None:
        town = self._subject or self._first
        if town is None or self._subjects or (self._several and (self._subject is None or town.start > start + _NEAR)):
            return None
        folded = self.reading.clean.folded
        around = folded[max(start, town.start - _NEAR) : min(end, town.end + _NEAR)]
        if is_aside(folded, town.start) or _OF_ITS_BOARD.search(around) is not None:
            return None
        if self._subject is not None:
            return town
        met = _came_from(folded, town) and _WHERE_THEY_MET.search(around) is not None
        return None if met or town.start > start + _NEAR else town


def _came_from(folded: str, town: Town) -> bool:
    """Whether a town is where something was, or came from; not "wniosek ze Strzelina"."""
    lead = folded[max(0, town.start - 24) : town.start]
    return town.role == Role.PLACE or (_FROM.search(lead) is not None and _ITS_PAPERS.search(lead) is None)


def _is_subject(folded: str, town: Town) -> bool:
    """Whether something is told of a town, rather than of somebody or something from there."""
    if town.role != Role.PLAIN:
        return town.is_actor
    if _ITS_PEOPLE.search(folded, max(0, town.start - 20), town.start) is not None:
        return True
    return town.nominative and _FROM.search(folded, max(0, town.start - 6), town.start) is None
