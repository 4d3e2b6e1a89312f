"""Changes sorted into what a message tells: the count, the municipalities, the operator's matters."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from zmpwatch.alert.clean import NAME_LIMIT, QUOTE_LIMIT, clean, safe_url
from zmpwatch.alert.names import Gender, Names
from zmpwatch.alert.withholding import NOTHING, Withheld
from zmpwatch.model import Change, ChangeKind, Evidence

__all__ = ["CountNews", "News", "Place", "Proof", "Resolution", "Step", "TownNews", "Votes", "gather"]

Votes = tuple[int | None, int | None, int | None]
"""For, against, abstaining; None where a page does not say."""

_RANK = {
    ChangeKind.PROPOSED: 0,
    ChangeKind.REJECTED: 1,
    ChangeKind.RESOLVED: 2,
    ChangeKind.ADMITTED: 3,
    ChangeKind.LEFT: 4,
}
_URGENCY = (
    ChangeKind.ALERTS_HELD,
    ChangeKind.COUNT_UNCONFIRMED,
    ChangeKind.SITE_BROKEN,
    ChangeKind.WATCH_FAILED,
    ChangeKind.DELIVERY_FAILED,
    ChangeKind.SITE_RECOVERED,
)
_ALPHABET = {c: i for i, c in enumerate("aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż")}
ARCHIVE_DIGITS = 12
"""Leading digits of a page's SHA-256 that are shown: enough for `zmpwatch` to find the copy."""


def alphabetical(name: str) -> tuple[int, ...]:
    """Sort key of the Polish alphabet; other characters come first, in code order."""
    return tuple(_ALPHABET.get(c, ord(c) - 0x110000) for c in name.casefold())


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality as a sentence needs it; without a TERYT code only the name is known.

    Every string is clean (`clean.clean`).
    """

    name: str
    genitive: str | None = None
    gender: Gender | None = None
    voivodeship: str | None = None
    teryt: str | None = None

    @classmethod
    def of(cls, teryt: str | None, surface: str | None, names: Names) -> Place:
        """Look the municipality up; `surface` is what the page called it, for when there is no code."""
        if teryt is None:
            return cls(clean(surface or "?", NAME_LIMIT))
        return cls(
            clean(names.name(teryt), NAME_LIMIT),
            clean(names.form(teryt, "gen"), NAME_LIMIT),
            names.gender(teryt),
            clean(names.voivodeship(teryt), NAME_LIMIT),
            teryt,
        )


@dataclass(frozen=True, slots=True)
class Proof:
    """One quoted sentence, ready to be shown."""

    quote: str
    site: str
    url: str | None
    seen_at: datetime
    copy: str | None

    @classmethod
    def of(cls, evidence: Evidence) -> Proof:
        """Clean what was fetched."""
        return cls(
            clean(evidence.quote, QUOTE_LIMIT),
            clean(evidence.site, NAME_LIMIT),
            safe_url(evidence.url),
            evidence.seen_at,
            evidence.archived[:ARCHIVE_DIGITS] if evidence.archived else None,
        )


def _proofs(evidence: Iterable[Evidence]) -> tuple[Proof, ...]:
    proofs = [Proof.of(e) for e in evidence]
    return tuple({(p.site, p.url, p.quote): p for p in reversed(proofs)}.values())[::-1]


@dataclass(frozen=True, slots=True)
class CountNews:
    """The number of members, before and after all changes told at once.

    `readings` are the moments the new number was read, the first before its confirmations. `joined` and `left` are the
    members known by name; so many more have names that may not be told yet (`withholding`). `proofs` begin with the
    association's own; `quoted` are those whose sentences may be shown (`Withheld.quotable`).
    """

    before: int | None
    before_as_of: str | None
    after: int
    after_as_of: str | None
    readings: tuple[datetime, ...]
    joined: tuple[Place, ...]
    left: tuple[Place, ...]
    proofs: tuple[Proof, ...]
    quoted: tuple[Proof, ...]
    joined_in_check: int = 0
    left_in_check: int = 0

    @property
    def delta(self) -> int | None:
        """How many more members; negative when fewer, None when no earlier number is known."""
        return None if self.before is None else self.after - self.before

    @property
    def unexplained(self) -> int:
        """What the numbers ask for beyond the names; its sign is not `delta`'s when more are named than counted."""
        return 0 if self.delta is None else self.delta - (len(self.joined) - len(self.left))

    @property
    def surplus(self) -> int:
        """How many more are known by name than the numbers allow."""
        return abs(self.unexplained) if self.unexplained * (self.delta or 0) < 0 else 0

    @property
    def gross_joined(self) -> int:
        """How many have joined, unnamed ones included."""
        return len(self.joined) + (self.unexplained if not self.surplus and self.unexplained > 0 else 0)

    @property
    def gross_left(self) -> int:
        """How many have left, unnamed ones included."""
        return len(self.left) + (-self.unexplained if not self.surplus and self.unexplained < 0 else 0)

    @property
    def sites(self) -> tuple[str, ...]:
        """Sites that state the new number."""
        return tuple(dict.fromkeys(p.site for p in self.proofs))


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of one municipality, as a change tells it. `withdrawal` says which way it goes."""

    kind: ChangeKind
    stage: str | None
    withdrawal: bool
    date: str | None
    resolution: str | None
    resolution_date: str | None
    votes: Votes | None
    first_word: bool
    """Nothing was known of the municipality before this change."""
    proofs: tuple[Proof, ...]

    @classmethod
    def of(cls, change: Change) -> Step:
        """Read the JSON of a case change."""
        after = change.after
        votes = after.get("votes")
        return cls(
            kind=change.kind,
            stage=_text(after.get("stage")),
            withdrawal=change.kind is ChangeKind.LEFT or after.get("kind") == "withdrawal",
            date=_text(after.get("date")),
            resolution=_number(after.get("resolution")),
            resolution_date=_text(after.get("resolution_date")),
            votes=(votes.get("for"), votes.get("against"), votes.get("abstain")) if votes else None,
            first_word=change.before.get("status") in {None, "unknown"},
            proofs=_proofs(change.evidence),
        )


def _number(value: Any) -> str | None:
    """A resolution's number without the "nr" some pages put before it."""
    text = _text(value)
    return re.sub(r"^nr\.?\s+", "", text, flags=re.IGNORECASE) if text else None


def _text(value: Any) -> str | None:
    return clean(str(value), NAME_LIMIT) if value else None


@dataclass(frozen=True, slots=True)
class Resolution:
    """What is known of the council's resolution."""

    number: str | None
    date: str | None
    votes: Votes | None


@dataclass(frozen=True, slots=True)
class TownNews:
    """All news of one municipality, earliest stage first; the last step is where it stands now."""

    place: Place
    steps: tuple[Step, ...]

    @property
    def latest(self) -> Step:
        """The furthest stage."""
        return self.steps[-1]

    @property
    def resolution(self) -> Resolution:
        """The council's resolution, joined from the steps that go the same way as the latest."""
        steps = [s for s in self.steps if s.withdrawal == self.latest.withdrawal]
        decided = [s for s in steps if s.kind in {ChangeKind.RESOLVED, ChangeKind.REJECTED}]
        own = [s.date for s in decided if s.date]
        stated = [s.resolution_date for s in reversed(steps) if s.resolution_date]
        return Resolution(
            number=next((s.resolution for s in reversed(steps) if s.resolution), None),
            date=next(iter(own + stated), None),
            votes=next((s.votes for s in reversed(steps) if s.votes), None),
        )

    @property
    def proofs(self) -> tuple[Proof, ...]:
        """Evidence of all steps, the latest step's first, none twice."""
        found = (proof for step in reversed(self.steps) for proof in step.proofs)
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class News:
    """What one message tells."""

    count: CountNews | None
    towns: tuple[TownNews, ...]
    operator: tuple[Change, ...]


def gather(changes: Sequence[Change], names: Names, withheld: Withheld = NOTHING) -> News:
    """Sort changes by what they are about; the order they come in doesn't matter.

    A count does not name the `withheld` municipalities.
    """
    ordered = sorted(changes, key=lambda c: (c.at, c.dedup_key))
    counts = [c for c in ordered if c.kind is ChangeKind.COUNT_CHANGED]
    cases: dict[str, list[Change]] = {}
    for change in ordered:
        if change.kind in _RANK:
            cases.setdefault(change.teryt or f"?{change.municipality}", []).append(change)
    towns = [
        TownNews(
            Place.of(group[0].teryt, group[0].municipality, names),
            tuple(Step.of(c) for c in sorted(group, key=_progress)),
        )
        for group in cases.values()
    ]
    towns.sort(key=_weight)
    return News(
        _count(counts, names, [town.place.teryt for town in towns], withheld) if counts else None,
        tuple(towns),
        tuple(sorted((c for c in ordered if c.kind.for_operator), key=lambda c: _URGENCY.index(c.kind))),
    )


def _weight(town: TownNews) -> tuple[int, bool, tuple[int, ...]]:
    """The furthest stage first; among equals those of which more is known than a name in a list."""
    return -_RANK[town.latest.kind], town.latest.stage == "member", alphabetical(town.place.name)


def _progress(change: Change) -> tuple[bool, int, datetime]:
    withdrawal = change.kind is ChangeKind.LEFT or change.after.get("kind") == "withdrawal"
    return withdrawal, _RANK[change.kind], change.at


def _count(changes: Sequence[Change], names: Names, told: Sequence[str | None], withheld: Withheld) -> CountNews:
    """Sum up; members the message has a block for come first, so that the subject names what the reader cares for."""
    first, last = changes[0], changes[-1]
    joined: dict[str, None] = {}
    left: dict[str, None] = {}
    for change in changes:
        if change.reconciliation is not None:
            for codes, undone, done in (
                (change.reconciliation.joined, left, joined),
                (change.reconciliation.left, joined, left),
            ):
                for teryt in codes:
                    # who came and went between two messages is no news in sum
                    if teryt in undone:
                        del undone[teryt]
                    else:
                        done[teryt] = None
    return CountNews(
        before=_members(first.before),
        before_as_of=_text(first.before.get("as_of")),
        after=int(last.after["members"]),
        after_as_of=_text(last.after.get("as_of")),
        readings=_readings(last),
        joined=_places(joined, names, told, withheld.joined),
        left=_places(left, names, told, withheld.left),
        proofs=_proofs(last.evidence),
        quoted=_proofs(withheld.quotable(last.evidence)),
        joined_in_check=len(withheld.joined & joined.keys()),
        left_in_check=len(withheld.left & left.keys()),
    )


def _members(count: Mapping[str, Any]) -> int | None:
    members = count.get("members")
    return None if members is None else int(members)


def _places(
    codes: Iterable[str], names: Names, told: Sequence[str | None], withheld: Collection[str]
) -> tuple[Place, ...]:
    places = (Place.of(teryt, None, names) for teryt in codes if teryt not in withheld)
    place_of = {teryt: position for position, teryt in enumerate(told)}
    return tuple(sorted(places, key=lambda p: (place_of.get(p.teryt, len(told)), alphabetical(p.name))))


def _readings(change: Change) -> tuple[datetime, ...]:
    """When the number was read: `read_at` of the change, else what the evidence says."""
    stated = [datetime.fromisoformat(moment) for moment in change.after.get("read_at") or ()]
    return tuple(sorted(set(stated))) if stated else tuple(sorted({e.seen_at for e in change.evidence})[:1])
