"""Steps told once more: what a town that is to leave had joined, and the number of what was decided before."""

from __future__ import annotations

from zmpwatch.extract.event import Event
from zmpwatch.extract.lazy import lazy
from zmpwatch.extract.sentences import Sentence
from zmpwatch.model import EventKind, Stage

__all__ = ["about_to_leave", "only_its_number", "without_ended", "without_notice_period"]

_LEAVING_WHAT_IT_JOINED = lazy(r",\s+(?:do|w)\s+ktor(?:ego|ej|ym)\s", "=ktorego", "=ktorej", "=ktorym")
"""As in "głosowano, czy X ma opuścić Związek, do którego wstąpił w 1995 r."."""

_UNTIL_IT_LEAVES = lazy(
    r"(?<!\w)(?:do\s+(?!dzis|tej\s+pory|teraz|chwili\s+obecnej|dnia\s+dzisiejszego|zwiazk|zmp|organizacj|stowarzysz|tego\s+(?:zwiazk|stowarzysz)|tej\s+organizacj|nie\w+|grona|najwieksz|jedne|kilk|wiel|inn)\w+"
    r"|zanim|jeszcze|nadal|wciaz|formalnie|tymczasem|na\s+razie|poki\s+co)(?!\w)",
    *("=do", "=zanim", "=jeszcze", "=nadal", "=wciaz", "formalnie", "tymczasem", "=razie", "=poki"),
)
"""As in "do tego czasu miasto pozostaje w organizacji", behind a resolution to leave it."""


def without_ended(told: list[Event]) -> list[Event]:
    """As in "dobiegła końca przynależność X do Związku": no membership is implied where its end is told."""
    left = {e.actor.name for e in told if e.kind is EventKind.WITHDRAWAL and e.stage is Stage.ADMITTED}
    return [e for e in told if not (e.weak and e.stage is Stage.MEMBER and e.actor.name in left)]


def without_notice_period(sentence: Sentence, told: list[Event], found: list[Event]) -> list[Event]:
    """What a sentence tells without the membership of a town that has resolved to leave, until it has left."""
    members = {e.actor.name for e in told if e.stage is Stage.MEMBER and e.date is None}
    if not members or _UNTIL_IT_LEAVES.search(sentence.folded) is None:
        return told
    leaving = {e.actor.name for e in found if e.kind is EventKind.WITHDRAWAL and e.stage is Stage.RESOLVED}
    gone = members & leaving
    return [e for e in told if not (e.stage is Stage.MEMBER and e.actor.name in gone)] if gone else told


def about_to_leave(sentence: Sentence, told: list[Event]) -> bool:
    """Whether a town that joined in a relative clause is still in: its leaving is only voted on, or wanted."""
    relative = _LEAVING_WHAT_IT_JOINED.search(sentence.folded)
    if relative is None:
        return False
    end = sentence.start + relative.start()
    left = any(e.kind is EventKind.WITHDRAWAL and e.stage is Stage.ADMITTED for e in told)
    return not left and sentence.has("leave_infinitive", "leave_noun", "leave_present", "leave_future", end=end)


def only_its_number(sentence: Sentence, told: list[Event], found: list[Event]) -> None:
    """As in "Uchwała nr 27/13 jedzie w poniedziałek do Poznania", of a decision told with its day before."""
    if not told:
        return
    vague = {d.iso for d in sentence.dates if d.kind in ("weekday", "relative_day")}
    for event in told:
        if event.rule != "sentence.decision_follows" or event.resolution is None or event.date not in vague:
            continue
        same = (e for e in reversed(found) if e.actor.name == event.actor.name and e.kind is event.kind)
        before = next((e for e in same if e.stage is event.stage), None)
        if before is not None and before.date is not None and before.resolution in (None, event.resolution):
            event.date = before.date
