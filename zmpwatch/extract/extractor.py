"""From a text and what is known of its page to statements."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import unquote

from zmpwatch.extract.binding.binder import Binder
from zmpwatch.extract.binding.details import DetailReader
from zmpwatch.extract.binding.event import Event
from zmpwatch.extract.binding.merge import merge
from zmpwatch.extract.bodies.naming import is_about, named_in, stands_at
from zmpwatch.extract.bodies.presence import can_be_named
from zmpwatch.extract.counts.count import Count
from zmpwatch.extract.counts.reader import counts_in_sentences
from zmpwatch.extract.counts.tables import counts_in_tables
from zmpwatch.extract.discourse.denial import without_denied
from zmpwatch.extract.lists.reader import ListReader
from zmpwatch.extract.membership.reader import MembershipReader
from zmpwatch.extract.papers.citations import CitationReader
from zmpwatch.extract.papers.kinds import Paper
from zmpwatch.extract.papers.reader import PaperReader
from zmpwatch.extract.papers.registers import RegisterReader
from zmpwatch.extract.steps.aftersteps import not_yet_taken_in
from zmpwatch.extract.structure.entries import date_entries, labelled_time
from zmpwatch.extract.structure.reading import Reading, read
from zmpwatch.extract.structure.teasers import doubt_counts, doubt_events
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.model import Context, CountStatement, EventKind, MembershipStatement, Stage, Statement, Text

__all__ = ["EXTRACTOR_VERSION", "LONGEST_TEXT", "concerns", "extract", "may_concern"]

EXTRACTOR_VERSION = "15"
"""Changes with every change of the rules that can change a statement; stored beside each."""

LONGEST_TEXT = 2_000_000
"""Characters of a text that are read; what stands behind them is not."""


def extract(text: Text, context: Context) -> list[Statement]:
    """What a text states about the association: counts of members and steps of membership.

    Args:
        text: the readable text of one page or document; the first two million characters are read.
        context: the association watched, and what is known of the page besides its text. `context.published` goes
            before `text.published`; `context.municipality` is whose site it is.

    Returns:
        Statements in the order of the text, each fact once, with quote, offsets in `text.content`, rule and confidence.
    """
    if len(text.content) > LONGEST_TEXT:
        text = _shortened(text)
    if not concerns(text.content, context):
        return []
    reading = read(text, context)
    counts, events = _read(reading)
    statements: list[Statement] = [_count(reading, text, count) for count in counts]
    statements.extend(_membership(reading, text, event) for event in events)
    return sorted(statements, key=lambda s: (s.start, s.end))


def _read(reading: Reading) -> tuple[list[Count], list[Event]]:
    """Counts and events that the readers of forms and sentences find."""
    listing = ListReader(reading).read()
    counts = [*listing.counts, *counts_in_tables(reading), *counts_in_sentences(reading)]
    register = RegisterReader(reading)
    decided = PaperReader(reading).events()
    events = [*listing.events, *decided, *register.events()]
    telling = MembershipReader(reading, Binder(reading)).events()
    told = list(_fitting(reading, telling, listing.used | register.used, decided))
    told = list(_not_listed(told, listing.events))
    citations = CitationReader(reading)
    cited = list(_apart(reading, citations.events(), listing.used | register.used))
    events += [*citations.replaced(told, cited), *cited]
    citations.complete_members(events)
    date_entries(reading, events)
    counts = _distinct(doubt_counts(counts, reading.parts))
    events = not_yet_taken_in(without_denied(events, reading.sentences), reading.sentences)
    events = merge(doubt_events(events, reading.parts), reading.reference.year)
    DetailReader(reading).complete(events)
    return counts, events


def concerns(content: str, context: Context) -> bool:
    """Whether a text or its address names the association at all: without that, `extract` finds nothing."""
    return is_about(content, context.association) or _stands_where_it_concerns(context)


def may_concern(content: bytes, context: Context) -> bool:
    """The same of a text in UTF-8, at a tenth of the cost; true of some texts that do not name it, too."""
    return can_be_named(content, context.association) or _stands_where_it_concerns(context)


def _stands_where_it_concerns(context: Context) -> bool:
    if context.family == "association":
        return True
    if context.url is None:
        return False
    return stands_at(context.url, context.association) or named_in(unquote(context.url), context.association)


def _shortened(text: Text) -> Text:
    blocks = tuple(b for b in text.blocks if b.end <= LONGEST_TEXT)
    return Text(
        text.content[:LONGEST_TEXT], text.title, text.published, blocks, text.media_type, text.encoding, complete=False
    )


def _fitting(reading: Reading, events: Iterable[Event], used: set[int], decided: list[Event]) -> Iterable[Event]:
    """Sentence events that the kind of paper leaves room for; `decided`: the steps of our membership that it is on."""
    unfinished = (Stage.PROPOSED, Stage.REJECTED)
    leaving = any(e.kind is EventKind.WITHDRAWAL and e.stage in unfinished for e in decided)
    ordained = {(e.actor.name, e.kind) for e in decided if e.rule == "board.ordains"}
    for event in _apart(reading, events, used):
        if (event.actor.name, event.kind) in ordained and event.stage is not Stage.RESOLVED:
            continue  # the board's own resolution tells it better
        at_home = event.actor.name == reading.home_name
        if reading.paper in (Paper.RESOLUTION, Paper.DRAFT):
            # the paper's own step is read from its title; its justification may tell of the past and of others
            past = event.kind is EventKind.WITHDRAWAL and event.stage is Stage.ADMITTED
            # in the reasons of a resolution on another matter, or of one that leaves all as it was
            aside = event.stage is Stage.MEMBER and (leaving or not decided)
            if (
                event.weak
                or (at_home and not (past or aside))
                or event.stage in (Stage.PROPOSED, Stage.RESOLVED, Stage.REJECTED)
            ):
                continue
        elif reading.paper is Paper.MINUTES:
            if event.stage in (Stage.PROPOSED, Stage.RESOLVED, Stage.REJECTED) or (event.weak and at_home):
                continue
            if (
                event.rule == "sentence.accepted"
                and event.date is None
                and _OF_BOARD.search(reading.clean.folded[:200])
            ):
                event.date = reading.session.iso if reading.session else None
        elif (
            reading.paper is Paper.AGENDA
            and event.stage is not Stage.MEMBER
            and event.date is None
            and not _OF_COMMITTEE.search(reading.clean.folded[:200])
        ):
            event.date = labelled_time(reading, event.anchor) or reading.session_to_come()
        yield event


_OF_BOARD = lazy(r"(?<!\w)(?:posiedzeni\w+|obrad\w*)\s+zarzadu(?!\w)")
"""The minutes of the association's board, whose decisions are of the day it sat."""
_OF_COMMITTEE = lazy(r"\A(?:(?!sesj)[\s\S]){0,160}?posiedzeni\w+\s+(?:\w+\s+)?komisj")
"""A committee's meeting is not the session that a draft is for."""


def _not_listed(events: Iterable[Event], listed: list[Event]) -> Iterable[Event]:
    """Events but those of towns whose own step stands in a bracket or a list of the same sentence, with its day."""
    own = [e for e in listed if e.rule == "sentence.listed"]
    return (
        event
        for event in events
        if not any(event.actor.name == e.actor.name and event.start <= e.anchor < event.end for e in own)
    )


def _apart(reading: Reading, events: Iterable[Event], used: set[int]) -> Iterable[Event]:
    """Events outside the rows and entries that others have read."""
    taken = [part for part in reading.parts if part.start in used]
    return (e for e in events if not any(part.start <= e.start < part.end for part in taken))


def _distinct(counts: Iterable[Count]) -> list[Count]:
    """Each (value, qualifier) once for each day it is stated of, by the most confident rule.

    One that is stated of no day is the same as one that is.
    """
    kept: dict[tuple[int, str], list[Count]] = {}
    for count in sorted(counts, key=lambda c: (-c.confidence, c.as_of is None, c.start)):
        same = kept.setdefault((count.value, count.qualifier.value), [])
        if not same or (count.as_of and all(one.as_of and one.as_of != count.as_of for one in same)):
            same.append(count)
    return [count for same in kept.values() for count in same]


def _count(reading: Reading, text: Text, count: Count) -> CountStatement:
    start, end = reading.clean.span(count.start, count.end)
    return CountStatement(
        value=count.value,
        qualifier=count.qualifier,
        as_of=count.as_of,
        quote=text.content[start:end],
        start=start,
        end=end,
        rule=count.rule,
        confidence=count.confidence,
    )


def _membership(reading: Reading, text: Text, event: Event) -> MembershipStatement:
    start, end = reading.clean.span(event.start, event.end)
    return MembershipStatement(
        municipality=event.actor.name,
        teryt=event.actor.municipality.teryt if event.actor.municipality else None,
        kind=event.kind,
        stage=event.stage,
        date=event.date,
        resolution=event.resolution,
        votes=event.votes,
        quote=text.content[start:end],
        start=start,
        end=end,
        rule=event.rule,
        confidence=event.confidence,
    )
