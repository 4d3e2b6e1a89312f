"""Whom a paragraph is about, where a text tells of several towns: "Kępice mają dość składek. Rada przegłosowała …"."""

from __future__ import annotations

from zmpwatch.extract.structure.reading import Reading
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.towns.homes import is_aside
from zmpwatch.extract.towns.town import Role, Town
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.model import BlockKind

__all__ = ["town_of_paragraph"]

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
_BEGINNING = 60
"""Characters within which a paragraph names whom it is about."""


def town_of_paragraph(reading: Reading, sentence: Sentence) -> Town | None:
    """The only town that a sentence's paragraph has told of so far, where a text tells of several.

    A town that only a site tells stays who "we" is on all of its pages.
    """
    if reading.home_by_site or reading.home_name is None:
        return None
    if sentence.segment.kind is not BlockKind.PARAGRAPH:
        return None
    start, end = sentence.paragraph
    named = [t for t in reading.towns if start <= t.start < min(end, sentence.end) and t.role != Role.BODY]
    folded = reading.clean.folded
    subjects = [t for t in named if _is_subject(folded, t) and not is_aside(folded, t.start)]
    first = (subjects or named)[0] if named else None
    if first is None or any(t.name != first.name for t in subjects or named):
        return None
    if first.start > start + _BEGINNING and any(t.name != first.name for t in named):
        return None
    around = folded[max(start, first.start - _BEGINNING) : min(end, first.end + _BEGINNING)]
    if is_aside(folded, first.start) or _OF_ITS_BOARD.search(around) is not None:
        return None
    if not subjects and (
        first.start > start + _BEGINNING or (_came_from(folded, first) and _WHERE_THEY_MET.search(around) is not None)
    ):
        return None
    return first


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
