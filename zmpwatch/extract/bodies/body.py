"""A mention of a body: whose name it is, and what kind of body."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Body", "BodyKind"]


class BodyKind(StrEnum):
    """Whose name it is."""

    OURS = "ours"
    OTHER = "other"
    GENERIC = "generic"


# nobody changes one; a frozen one takes four times as long to make, and a page has dozens
@dataclass(slots=True)
class Body:
    """One mention.

    `head` is the kind of body ("zwiazek", "unia", "stowarzyszenie" …), `named` is false for generic mentions.
    """

    start: int
    end: int
    kind: BodyKind
    head: str
    named: bool = True
    beside: bool = False
    """It is only what another body is measured against: "organizacja mniejsza od Związku"."""

    @property
    def tells_whose(self) -> bool:
        """Whether it says which body is spoken of: the association, or another by its name."""
        return not self.beside and (self.kind is BodyKind.OURS or (self.kind is BodyKind.OTHER and self.named))
