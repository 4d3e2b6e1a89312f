"""One mention of a municipality."""

from __future__ import annotations

from dataclasses import dataclass

from zmpwatch.model import Municipality

__all__ = ["Role", "Town"]


class Role:
    """What a mention is in its sentence."""

    PLAIN = "plain"
    COUNCIL = "council"
    """Names a council: "Rada Miejska w X"."""
    OFFICIAL = "official"
    """Belongs to a person or an office: "burmistrz X"."""
    PLACE = "place"
    """Where something happens: "w X"."""
    BODY = "body"
    """Part of the name of another body, a street, a person: no mention at all."""


# nobody changes one; a frozen one takes four times as long to make, and a page has dozens
@dataclass(slots=True)
class Town:
    """One mention; `start` includes a title such as "Gmina".

    `names` are all names the form may belong to, `name` the one the document bears out.
    """

    start: int
    end: int
    name: str
    municipality: Municipality | None
    role: str
    nominative: bool
    accusative: bool
    genitive: bool
    names: tuple[str, ...] = ()
    title: int = 0
    """How many characters stand before the name itself: those of a title, or all where it is called by an adjective."""

    @property
    def name_start(self) -> int:
        """Where the name itself begins."""
        return self.start + self.title

    @property
    def is_actor(self) -> bool:
        """Whether it can be who joins or leaves."""
        return self.role in (Role.PLAIN, Role.COUNCIL, Role.OFFICIAL)
