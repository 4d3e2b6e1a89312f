"""What councils decide on, as parts of patterns: stems of joining and of leaving, and of other matters."""

from __future__ import annotations

__all__ = ["A_STEP", "BEING_LET_IN", "JOINING", "NOT_OF_A_DEBATE", "NO_DEBATE_BEHIND", "OTHER_ACTS"]

JOINING = "przyst[ae]p|wstap|wstepow|akces|czlonkos|przynalez|wejsc|dolacz|przylacz|powro"
_LEAVING = "wyst[ae]p|wyjsc|odejsc|rezygn|opuszcz|wypis|rozsta"
A_STEP = f"{JOINING}|{_LEAVING}"
BEING_LET_IN = "czlonkostw|przyjeci|przystapieni|wstapieni|wejsci|dolaczeni|akces"
"""What a town asks the association's board for."""
OTHER_ACTS = "budzet|intencyj|krajobraz|smieci|antysmog|podatk|taryf|reklam|plan|oswiat|absolut"
"""Adjectives of resolutions that are no step."""
NOT_OF_A_DEBATE = "".join(
    rf"(?<!\b{noun}\s)" for noun in ("dyskusji", "debaty", "polemiki", "tematu", "rozmow", "interwencji", "dzialan")
)
"""Before "nie podjęto": a debate that was not opened is no matter turned down."""
NO_DEBATE_BEHIND = r"(?!\w)(?!\s+(?:[\w-]+\s+)?(?:dyskusj|debat|polemik|temat|rozmow|interwencj|dzialan|inicjatyw))"
"""Behind "nie podjęto" likewise."""
