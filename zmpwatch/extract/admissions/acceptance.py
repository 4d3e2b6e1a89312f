"""A word for accepting, and what its sentence tells of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from zmpwatch.extract.structure.clause import Clause
from zmpwatch.extract.structure.sentences import Sentence, Word

__all__ = ["Acceptance"]


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A word for accepting, and what its sentence tells of it."""

    sentence: Sentence
    word: Word
    clause: Clause
    noun: bool
    """It is a word like "przyjęcie"."""
    circle: re.Match[str] | None
    """What tells that one becomes a member by it: "w poczet członków"."""
    board: Word | None
    came_about: bool
    """It is told that the noun's admission was: "nastąpiło przyjęcie"."""
    by_us: bool
    """The association itself says that it took somebody in."""
