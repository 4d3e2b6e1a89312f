"""The association that is watched."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Association"]


@dataclass(frozen=True, slots=True)
class Association:
    """A profile: what the association is called, and what it must not be taken for.

    `aliases` are names in the nominative, `acronyms` bare abbreviations, `lookalikes` names of other bodies that share
    words with it; forms in the other cases are derived where text is read. `sizes` are the fewest and the most
    members that a page read today may tell of: a number between them needs less around it to be taken for their count.
    """

    key: str
    name: str
    short: str
    aliases: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    lookalikes: tuple[str, ...] = ()
    krs: str | None = None
    domains: tuple[str, ...] = ()
    sizes: tuple[int, int] | None = None

    def owns(self, host: str) -> bool:
        """Whether a host is one of the association's own, or lies below one."""
        name = host.lower().removeprefix("www.")
        own = (domain.removeprefix("www.") for domain in self.domains)
        return any(name == domain or name.endswith(f".{domain}") for domain in own)
