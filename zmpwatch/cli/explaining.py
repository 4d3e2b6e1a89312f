"""A statement in words, and why extraction makes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zmpwatch.cli.escaping import visible
from zmpwatch.model import (
    MIN_CONFIDENCE,
    CountStatement,
    EventKind,
    MembershipStatement,
    Municipality,
    Qualifier,
    Stage,
)

if TYPE_CHECKING:
    from zmpwatch.model import Statement, Votes

__all__ = ["particulars", "reasons", "sentence", "votes_in_words"]

_COUNTS = {
    Qualifier.EXACT: "The association has {} members.",
    Qualifier.AT_LEAST: "The association has at least {} members.",
    Qualifier.ABOUT: "The association has about {} members.",
    Qualifier.ORDINAL: "Somebody is, or is to be, member number {} of the association.",
}
_STEPS = {
    (EventKind.ACCESSION, Stage.PROPOSED): "{} might join: it is proposed.",
    (EventKind.ACCESSION, Stage.RESOLVED): "{} wants to join: its council has resolved it.",
    (EventKind.ACCESSION, Stage.REJECTED): "{} does not join: its council has voted it down.",
    (EventKind.ACCESSION, Stage.ADMITTED): "{} has joined.",
    (EventKind.ACCESSION, Stage.MEMBER): "{} is a member.",
    (EventKind.WITHDRAWAL, Stage.PROPOSED): "{} might leave: it is proposed.",
    (EventKind.WITHDRAWAL, Stage.RESOLVED): "{} wants to leave: its council has resolved it.",
    (EventKind.WITHDRAWAL, Stage.REJECTED): "{} does not leave: its council has voted it down.",
    (EventKind.WITHDRAWAL, Stage.ADMITTED): "{} has left.",
    (EventKind.WITHDRAWAL, Stage.MEMBER): "{} was a member.",
}
_MOST_BEARERS = 4


def sentence(statement: Statement) -> str:
    """What the statement says, as one English sentence."""
    if isinstance(statement, CountStatement):
        return _COUNTS[statement.qualifier].format(statement.value)
    return _STEPS[statement.kind, statement.stage].format(visible(statement.municipality))


def particulars(statement: Statement, bearers: tuple[Municipality, ...] = ()) -> str:
    """The fields of a statement; of a council's decision also a number or ballot that was not found.

    Args:
        statement: a count or a step of a membership.
        bearers: the municipality that is meant, or all that bear the name where nothing decides.
    """
    if isinstance(statement, CountStatement):
        return f"count · {statement.qualifier} · {f'as of {statement.as_of}' if statement.as_of else 'no date'}"
    parts = [f"{statement.kind} · {statement.stage}", statement.date or "date unknown"]
    decided = statement.stage in {Stage.RESOLVED, Stage.REJECTED}
    if statement.resolution or decided:
        parts.append(f"resolution {visible(statement.resolution)}" if statement.resolution else "no resolution number")
    if statement.votes or decided:
        parts.append(votes_in_words(statement.votes))
    return " · ".join([*parts, _whereabouts(statement, bearers)])


def reasons(statement: Statement) -> str:
    """The rule that made the statement, how sure it is, and where it stands."""
    told = (
        f"rule {statement.rule} · confidence {statement.confidence:.2f} · characters {statement.start}–{statement.end}"
    )
    return told if statement.confidence >= MIN_CONFIDENCE else f"{told} · of a side list: judged by nobody"


def votes_in_words(votes: Votes | None) -> str:
    """A ballot; what the text does not give is left out."""
    if votes is None:
        return "votes not told"
    told = [
        f"{number} {what}"
        for number, what in ((votes.in_favour, "for"), (votes.against, "against"), (votes.abstain, "abstaining"))
        if number is not None
    ]
    return "votes " + ", ".join(told)


def _whereabouts(statement: MembershipStatement, bearers: tuple[Municipality, ...]) -> str:
    places = [f"{m.teryt} ({m.kind}, powiat {m.powiat}, {m.voivodeship})" for m in bearers]
    if statement.teryt is not None:
        return f"TERYT {places[0] if places else statement.teryt}"
    more = len(places) - _MOST_BEARERS
    named = " or ".join(places[:_MOST_BEARERS]) + (f" or {more} more" if more > 0 else "")
    return f"ambiguous: TERYT {named}" if named else "ambiguous"
