"""Parts of the patterns by which steps and memberships are reworded, and how they are looked for.

There are some seventy patterns and few texts hold any of them: the first letters of a text's words tell which ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from typing import Any, cast

__all__ = ["OURS", "SUBJECTS", "WITHIN", "found", "word_beginnings"]

OURS = r"\"?(?:zwiazku\smiast|zmp(?!\w))"
"""The association in the genitive or the locative, which are alike."""
WITHIN = (
    r"(?:(?:naszego|naszym|grona|gronie|rodziny|rodzinie|szeregow|szeregach|wspolnoty|struktur|strukturach"
    r"|stowarzyszenia|stowarzyszeniu|organizacji|czlonkow|miast)\s){0,2}"
)
"""What may stand before it and means nothing but it, unlike "projekcie" or "zarządu"."""
SUBJECTS = {"l": "ł", "la": "ła", "lo": "ło", "li": "li", "ly": "ły"}
"""Endings of verbs in the past, by the folded ones."""


def word_beginnings(folded: str) -> frozenset[str]:
    """The first six letters of each word of a folded text."""
    return frozenset([word[:6] for word in folded.replace("(", " ").replace('"', " ").replace("-", " ").split()])


def found(pattern: re.Pattern[str], folded: str, begun: Set[str]) -> Iterable[re.Match[str]]:
    """The matches of a pattern in a folded text, which is searched only where words begin like cues of the pattern."""
    return pattern.finditer(folded) if cast("Any", pattern).cued_by(begun) else ()
