"""Towns with dates of their own in one sentence: "A należy od 1992 roku, a B od 2011", "A (od 1997 r.) i B"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from zmpwatch.extract.binding.event import Actor, Event
from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.dates.resolving import DateMention
from zmpwatch.extract.discourse.topic import Discourse
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.towns.finding import Role, Town
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.model import Stage

__all__ = ["each_in_brackets", "each_since", "with_gapped"]

_BEGINS = lazy(
    r"[,;()]\s*(?:(?:a|i|oraz|zas|natomiast|z\s+kolei|while|and)\s+)?(?:(?:miasto|gmina)\s+)?$|(?<!\w)(?:a|oraz|zas|and)\s+$"
)
_BETWEEN = lazy(
    r"\s*(?:-\s*)?(?:(?:juz|dopiero|zas|natomiast|z\s+kolei|takze|rowniez|nieprzerwanie)\s+){0,2}"
    r"(?:(?:od|w|we|since|in|on|dnia|do|z\s+dniem)\s+(?:dnia\s+|roku\s+)?)?"
)
_ENDS = lazy(r"\s*(?:r\.?|roku)?\s*(?:[,;.)!]|-\s|$|(?:a|i|oraz|zas|and)\s)")
_LEADS = lazy(
    r"(?:,|;|(?<!\w)(?:a|i|oraz|zas))\s*(?:(?:a|i|oraz|zas|natomiast|potem|nastepnie)\s+)?(?:(?:w|we|dnia|od|in)\s+)?$"
)
_ASIDE = r"\s*(?:,|(?<!\w)(?:i|oraz|zas))\s*(?:(?:a|i|oraz)\s+)?(?:[-,]\s*)?"
_TO_THE_NAME = lazy(r"\s*(?:r\.?|roku)?\s*(?:[-,]\s*)?(?:(?:takze|rowniez|tez|i|zas|natomiast|z\s+kolei)\s+)?")
_EACH = 2
_BRACKET = lazy(r"\s*\(\s*(?:(?:od|w|we|since|in|dnia|uchwala|z|nr)\s+){0,3}")
_SINCE_IN_BRACKET = lazy(r"\s*\(\s*(?:w\s+nim\s+)?(?:od\s+)(?:roku\s+|dnia\s+)?")
_BEHIND_BRACKET = lazy(r"\)\s*(?:,|i|oraz|a\s+takze)\s+(?:miasto\s+|gmina\s+)?$")
_ENDS_BRACKET = lazy(r"\s?(?:r\.|roku)?\s?\)")
_STAGES = (Stage.MEMBER, Stage.ADMITTED, Stage.RESOLVED)
_MEMBERS_EACH = lazy(
    r"(?<!\w)(?<!\bnie\s)(?:naleza|przynaleza|sa|dzialaja|figuruja|pozostaja|nalezymy|jestesmy|belong|are)(?!\w)[^.;:?]{0,90}$"
)
_LIST_BEGINS = lazy(r"[^,.;?]{0,24}?\s?[:-]\s+(?:(?:miasto|gmina|samo)\s+)?")


def each_since(sentence: Sentence) -> list[tuple[Town, DateMention]]:
    """The towns of "do Związku należą: A od 1996, B od 2004", each with its date; none where one has none."""
    body = next((b for b in reversed(sentence.bodies) if b.kind is BodyKind.OURS), None)
    if body is None or len(sentence.dates) < _EACH or "?" in sentence.text:
        return []
    towns = [t for t in sentence.towns if t.role == Role.PLAIN and t.nominative and t.start >= body.end]
    if not towns or not _LIST_BEGINS.fullmatch(sentence.slice(body.end, towns[0].start)):
        return []
    if not _MEMBERS_EACH.search(sentence.slice(sentence.start, body.end)):
        return []
    dated = [(town, mention) for town in towns if (mention := _own_date(town, sentence)) is not None]
    return dated if len(dated) == len(towns) >= _EACH else []


def with_gapped(told: list[Event], sentence: Sentence, discourse: Discourse) -> list[Event]:
    """The events of a sentence, towns that stand with nothing but a date of their own added, and given that date."""
    if not told or not sentence.dates or len({(e.kind, e.stage) for e in told}) != 1 or told[0].stage not in _STAGES:
        return told
    each_in_brackets(told, sentence)
    pattern = told[0]
    events = list(told)
    _led_by_dates(events, sentence, discourse)
    _last_since(events, sentence)
    for town in sentence.towns:
        if town.start <= min(e.anchor for e in told) or town.role != Role.PLAIN or not town.nominative:
            continue
        mention = _own_date(town, sentence) or _in_its_bracket(town, sentence)
        if mention is None or not _BEGINS.search(sentence.slice(sentence.start, town.start)):
            continue
        known = [e for e in events if e.actor.name == town.name]
        for event in known:
            event.date = mention.iso
        if not known and not discourse.rows.compared(town, sentence):
            actor = Actor(town.name, town.municipality)
            events.append(
                replace(pattern, actor=actor, anchor=town.start, date=mention.iso, resolution=None, votes=None)
            )
    return events


def _led_by_dates(events: list[Event], sentence: Sentence, discourse: Discourse) -> None:
    """As in "w czerwcu przystąpiły A, w lipcu B, a we wrześniu C": each date leads the town behind it."""
    pattern = events[0]
    for town in sentence.towns:
        if town.start <= pattern.anchor or town.role != Role.PLAIN or not town.nominative:
            continue
        if any(e.actor.name == town.name for e in events) or discourse.rows.compared(town, sentence):
            continue
        mention = next((d for d in reversed(sentence.dates) if d.end <= town.start and d.iso is not None), None)
        if mention is None or mention.start <= pattern.anchor:
            continue
        leads = _LEADS.search(sentence.slice(sentence.start, mention.start))
        between = sentence.slice(mention.end, town.start)
        after = sentence.slice(town.end, town.end + 12)
        if leads and _TO_THE_NAME.fullmatch(between) and (_ENDS.match(after) or not after.strip()):
            actor = Actor(town.name, town.municipality)
            events.append(
                replace(pattern, actor=actor, anchor=town.start, date=mention.iso, resolution=None, votes=None)
            )


def _last_since(events: list[Event], sentence: Sentence) -> None:
    """As in "należą A, B oraz - od 2019 roku - C": the day before the last town is not that of the others."""
    pattern = events[0]
    for mention in sentence.dates:
        # some dates hold their "od", some follow it
        since = "" if sentence.slice(mention.start, mention.end).startswith("od ") else r"od\s+(?:dnia\s+)?"
        opened = re.search(rf"{_ASIDE}{since}$", sentence.slice(sentence.start, mention.start))
        town = _led(mention, sentence) if opened is not None and mention.iso is not None else None
        if opened is None or town is None:
            continue
        before = [e for e in events if e.anchor < mention.start and e.actor.name != town.name]
        named = [t for t in sentence.towns if t.end <= sentence.start + opened.start() and t.role == Role.PLAIN]
        if not before or not named or named[-1].name not in {e.actor.name for e in before}:
            continue
        for event in before:
            event.date = None if event.date == mention.iso else event.date
        actor = Actor(town.name, town.municipality)
        events[:] = [e for e in events if e.actor.name != town.name]
        events.append(replace(pattern, actor=actor, anchor=town.start, date=mention.iso, resolution=None, votes=None))


def _led(mention: DateMention, sentence: Sentence) -> Town | None:
    """The town right behind a date."""
    for town in sentence.towns:
        if town.nominative and town.role == Role.PLAIN and town.start >= mention.end:
            return town if _TO_THE_NAME.fullmatch(sentence.slice(mention.end, town.start)) else None
    return None


def _own_date(town: Town, sentence: Sentence) -> DateMention | None:
    for mention in sentence.dates:
        if mention.start < town.end or mention.iso is None:
            continue
        fits = _BETWEEN.fullmatch(sentence.slice(town.end, mention.start))
        after = sentence.slice(mention.end, mention.end + 12)
        return mention if fits and (_ENDS.match(after) or not after.strip()) else None
    return None


def _in_its_bracket(town: Town, sentence: Sentence) -> DateMention | None:
    """As in "A (członek Związku od 1992 r.) i B (od 2018 r.)": the day of a town behind another's bracket."""
    mention = next((d for d in sentence.dates if d.start >= town.end), None)
    if mention is None or not _BEHIND_BRACKET.search(sentence.slice(sentence.start, town.start)):
        return None
    own = _SINCE_IN_BRACKET.fullmatch(sentence.slice(town.end, mention.start))
    return mention if own and _ENDS_BRACKET.match(sentence.slice(mention.end, sentence.end)) else None


def each_in_brackets(told: Sequence[Event], sentence: Sentence) -> None:
    """Where dates stand in brackets behind towns, each town has its own or none."""
    own: dict[str, str | None] = {}
    names = {event.actor.name for event in told}
    for town in (t for t in sentence.towns if t.role != Role.PLACE or t.name in names):
        for mention in sentence.dates:
            if mention.start >= town.end and mention.iso is not None:
                if _BRACKET.fullmatch(sentence.slice(town.end, mention.start)):
                    own[town.name] = mention.iso
                break
    for event in told:
        if own and (event.actor.name in own or event.date in own.values()):
            event.date = own.get(event.actor.name)
