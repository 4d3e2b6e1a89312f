"""In which order a visit asks for what it knows of; what links promise comes after all that is not a mere link."""

from __future__ import annotations

__all__ = ["BEST_LINK", "FEED", "KNOWN", "PROBE", "SEARCH", "START"]

START, KNOWN, FEED, SEARCH, PROBE = 1000, 900, 800, 790, 700
BEST_LINK = 600
"""Links follow with what they promise, at most this."""
