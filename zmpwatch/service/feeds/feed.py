"""A feed and its entries, before any format."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from zmpwatch.alert.message import tell
from zmpwatch.alert.subscriptions import Language
from zmpwatch.alert.withholding import NOTHING, Withheld
from zmpwatch.model import Association, Change
from zmpwatch.service.names import RegisterNames

__all__ = ["Entry", "Feed", "entry_of"]

_NAMESPACE = uuid.UUID("3f6c2f0e-5f0a-5d5c-9a53-6d6b2f0c7a11")
"""Of our identifiers (RFC 9562, version 5)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One change. `id` follows from the change's own key: it is the same in every format and after every rebuild."""

    id: str
    title: str
    at: datetime
    url: str | None
    html: str
    text: str
    kind: str
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Feed:
    """What one file holds: `name` is the file's without its ending, `url` where it will be found, if that is known.

    `updated` is when the newest entry was noticed, or when the watch began: the same content gives the same bytes.
    """

    name: str
    title: str
    home: str
    url: str | None
    language: Language
    updated: datetime
    entries: tuple[Entry, ...]

    @property
    def id(self) -> str:
        """The feed's own identifier."""
        return uuid.uuid5(_NAMESPACE, f"feed:{self.home}:{self.name}").urn

    def address(self, ending: str) -> str | None:
        """Where the file of this ending will be found."""
        return None if self.url is None else f"{self.url.rstrip('/')}/{self.name}.{ending}"


def entry_of(
    change: Change,
    language: Language,
    names: RegisterNames,
    association: Association,
    withheld: Withheld = NOTHING,
) -> Entry:
    """One change told in one language, with its evidence; of the `withheld` municipalities a count tells nothing."""
    title, document = tell([change], language=language, names=names, association=association, withheld=withheld)
    first = change.evidence[0] if change.evidence else None
    return Entry(
        id=uuid.uuid5(_NAMESPACE, f"{association.key}:{change.dedup_key}").urn,
        title=title,
        at=change.at,
        url=first.url if first else None,
        html=document.html(),
        text=document.text(),
        kind=str(change.kind),
        facts={
            "kind": str(change.kind),
            "teryt": change.teryt,
            "municipality": change.municipality,
            "voivodeship": names.voivodeship(change.teryt) if change.teryt else None,
            "before": change.before,
            "after": change.after,
            "evidence": [
                {"url": one.url, "quote": one.quote, "archived": one.archived, "seen_at": one.seen_at.isoformat()}
                for one in withheld.quotable(change.evidence)
            ],
        },
    )
