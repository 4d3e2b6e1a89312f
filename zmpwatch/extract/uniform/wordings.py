"""Parts of the patterns by which steps and memberships are reworded."""

from __future__ import annotations

__all__ = ["OURS", "SUBJECTS", "WITHIN"]

OURS = r"\"?(?:zwiazku\smiast|zmp(?!\w))"
"""The association in the genitive or the locative, which are alike."""
WITHIN = (
    r"(?:(?:naszego|naszym|grona|gronie|rodziny|rodzinie|szeregow|szeregach|wspolnoty|struktur|strukturach"
    r"|stowarzyszenia|stowarzyszeniu|organizacji|czlonkow|miast)\s){0,2}"
)
"""What may stand before it and means nothing but it, unlike "projekcie" or "zarządu"."""
SUBJECTS = {"l": "ł", "la": "ła", "lo": "ło", "li": "li", "ly": "ły"}
"""Endings of verbs in the past, by the folded ones."""
