"""Steps told once more: what a town that is to leave had joined, and the number or the day of what was told before."""

from __future__ import annotations

from collections.abc import Sequence

from zmpwatch.extract.binding.balloting import OF_THE_BUDGET
from zmpwatch.extract.binding.dating import EventDates
from zmpwatch.extract.binding.event import Event
from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.decisions.verdicts import ON_SOMETHING_ELSE
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.towns.finding import Role
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.model import EventKind, Stage

__all__ = [
    "TO_TAKE_EFFECT",
    "about_to_leave",
    "date_late",
    "has_entered",
    "not_yet_left",
    "not_yet_taken_in",
    "only_its_number",
    "without_ended",
    "without_mere_notice",
    "without_notice_period",
]

_JUST_TOLD = 400
_LEAVING_WHAT_IT_JOINED = lazy(r",\s+(?:do|w)\s+ktor(?:ego|ej|ym)\s", "=ktorego", "=ktorej", "=ktorym")
"""As in "głosowano, czy X ma opuścić Związek, do którego wstąpił w 1995 r."."""

TO_TAKE_EFFECT = lazy(
    r"(?<!\w)(?:skut\w+|wypowiedzeni\w+|czlonkostw\w+|decyzj\w+|wystapieni\w+|rezygnacj\w+|wyjsci\w+|odejsci\w+|rozstani\w+)(?!\w)[^.;]{0,60}?(?<!\w)(?<!\bnie\s)"
    r"(?:nastapi|nastapia|uplynie|wygasnie|ustanie|minie|wejdzie\s+w\s+zycie|zakonczy\s+sie|skonczy\s+sie|zacznie\s+obowiazywac|dobiegnie\s+konca|stanie\s+sie\s+(?:faktem|skuteczn\w+)|bedzie\s+skuteczn\w+)(?!\w)",
    *(
        "nastapi",
        "=uplynie",
        "=wygasnie",
        "=ustanie",
        "=minie",
        "=wejdzie",
        "=zakonczy",
        "=skonczy",
        "=zacznie",
        "=dobiegnie",
        "=stanie",
        "=bedzie",
    ),
)
"""As in "Skutek nastąpi z końcem września": a departure told just before is not done yet."""
_UNTIL_IT_LEAVES = lazy(
    r"(?<!\w)(?:do\s+(?!dzis|tej\s+pory|teraz|chwili\s+obecnej|dnia\s+dzisiejszego|zwiazk|zmp|organizacj|stowarzysz|tego\s+(?:zwiazk|stowarzysz)|tej\s+organizacj|nie\w+|grona|najwieksz|jedne|kilk|wiel|inn)\w+"
    r"|zanim|jeszcze|nadal|wciaz|formalnie|tymczasem|na\s+razie|poki\s+co)(?!\w)",
    *("=do", "=zanim", "=jeszcze", "=nadal", "=wciaz", "formalnie", "tymczasem", "=razie", "=poki"),
)
"""As in "do tego czasu miasto pozostaje w organizacji", behind a resolution to leave it."""


def has_entered(event: Event) -> bool:
    """Whether an event tells a step into the association as done."""
    return (
        event.kind is EventKind.ACCESSION
        and event.stage is Stage.ADMITTED
        and event.rule in ("sentence.past", "sentence.became")
    )


def without_ended(told: list[Event]) -> list[Event]:
    """As in "dobiegła końca przynależność X do Związku": no membership is implied where its end is told."""
    left = {e.actor.name for e in told if e.kind is EventKind.WITHDRAWAL and e.stage is Stage.ADMITTED}
    return [e for e in told if not (e.weak and e.stage is Stage.MEMBER and e.actor.name in left)]


def not_yet_left(sentence: Sentence, found: list[Event]) -> list[Event]:
    """What was told, where a sentence behind a departure says that it is still to take effect: only resolved."""
    if any(b.kind is BodyKind.OTHER for b in sentence.bodies):
        return found
    left = [
        e
        for e in found
        if e.kind is EventKind.WITHDRAWAL
        and e.stage is Stage.ADMITTED
        and e.rule == "sentence.past"
        and e.date is None
        and 0 <= sentence.start - e.end < _JUST_TOLD
    ]
    if not left or TO_TAKE_EFFECT.search(sentence.folded) is None:
        return found
    resolved = {e.actor.name for e in found if e.kind is EventKind.WITHDRAWAL and e.stage is Stage.RESOLVED}
    for event in left:
        event.stage = Stage.RESOLVED
    return [e for e in found if not (e.actor.name in resolved and any(e is gone for gone in left))]


_BY_THE_BOARD = lazy(
    r"(?<!\w)(?:zarzad\w{0,3}|wladz\w{1,3}\s+(?:zwiazku|zmp|organizacji|stowarzyszenia))(?!\w)(?!\s+(?:wojew|powiat|drog|osiedl|dzieln|spol|gmin|region|glown))",
    *("zarzad", "wladz"),
)
_IS_YET_TO_DECIDE = lazy(
    r"(?<!\w)(?<!\bnie\s)(?:postanowi|(?:za|z)decyduje|rozstrzygnie|przesadzi|podejmie|rozpatrzy|zatwierdzi|zaglosuje|wypowie|zajmie|pochyli\s+sie|wyda|wyrazi"
    r"|(?:ma|musi)\s+(?:\w+\s+)?(?:podjac|zdecydowac|zadecydowac|rozstrzygnac|rozpatrzyc|zatwierdzic|zaakceptowac|wyrazic|przyjac)|(?:czeka|oczekuje)\s+(?:\w+\s+)?(?:na|od)|nalezy\s+(?:\w+\s+)?do(?=\s+zarzadu))(?!\w)",
    *("postanowi", "decyduje", "rozstrzygnie", "przesadzi", "podejmie", "rozpatrzy", "zatwierdzi", "zaglosuje"),
    *("wypowie", "zajmie", "pochyli", "=wyda", "wyrazi", "=ma", "=musi", "czeka", "oczekuje", "=nalezy"),
)
_ON_TAKING_IN = lazy(
    r"(?<!\w)(?:przyj(?:et|eci|ac|mie)\w*|czlonk\w+|akces\w*|przystapieni\w+|wnios(?:ek|ku)|(?:ostateczn\w+|formaln\w+)\s+(?:\w+\s+)?(?:decyzj\w+|slowo|zgod\w+)"
    r"|decyzj\w{1,2}(?!\w)(?!\s+(?:w\s+sprawie|o|dotycz\w+)\s)|o\s+tym)(?!\w)",
    *("przyj", "czlonk", "akces", "przystapieni", "wnios", "ostateczn", "formaln", "decyzj", "=tym"),
)
"""What tells, together, that the board has not taken in yet whom a headline says it has."""


def not_yet_taken_in(events: list[Event], sentences: Sequence[Sentence]) -> list[Event]:
    """The events without what a headline runs ahead with: its council has decided, and the board is still to."""
    early = [
        e
        for e in events
        if e.kind is EventKind.ACCESSION
        and e.stage is Stage.ADMITTED
        and e.date is None
        and any(o.stage is Stage.RESOLVED and _same_step(o, e) and o.anchor > e.anchor for o in events)
    ]
    too_soon = [e for e in early if any(s.start > e.end and _still_open(s, e) for s in sentences)]
    return [e for e in events if not any(e is one for one in too_soon)]


def _same_step(one: Event, other: Event) -> bool:
    return one.actor.name == other.actor.name and one.kind is other.kind


def _still_open(sentence: Sentence, event: Event) -> bool:
    """As in "O tym, czy miasto zostanie przyjęte, postanowi zarząd", of the town that an event is of."""
    if any(b.kind is BodyKind.OTHER for b in sentence.bodies):
        return False
    if any(t.name != event.actor.name and t.role != Role.PLACE for t in sentence.towns):
        return False
    return all(p.search(sentence.folded) for p in (_BY_THE_BOARD, _IS_YET_TO_DECIDE, _ON_TAKING_IN))


def without_notice_period(sentence: Sentence, told: list[Event], found: list[Event]) -> list[Event]:
    """What a sentence tells without the membership of a town that has resolved to leave, until it has left."""
    members = {e.actor.name for e in told if e.stage is Stage.MEMBER and e.date is None}
    if not members or _UNTIL_IT_LEAVES.search(sentence.folded) is None:
        return told
    leaving = {e.actor.name for e in found if e.kind is EventKind.WITHDRAWAL and e.stage is Stage.RESOLVED}
    gone = members & leaving
    return [e for e in told if not (e.stage is Stage.MEMBER and e.actor.name in gone)] if gone else told


def without_mere_notice(sentence: Sentence, told: list[Event]) -> list[Event]:
    """As in "miasto wypowiedziało członkostwo i z organizacji odeszło": no council's decision beside the leaving."""
    if sentence.has("council", "act", "decide") or not any(e.stage is Stage.RESOLVED for e in told):
        return told
    steps = [e for e in told if e.kind is EventKind.WITHDRAWAL and e.rule == "sentence.past"]
    left = {e.actor.name for e in steps if e.stage is Stage.ADMITTED}
    return [e for e in told if e not in steps or e.stage is not Stage.RESOLVED or e.actor.name not in left]


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


_THIS_HAPPENED = lazy(
    r"^(?:\W*)(?:nastapilo\s+to|stalo\s+sie\s+(?:to|tak)|(?:(?:je|ja|go|miasto|gmine|uzdrowisko|samorzad|kurort)\s+)?przyjeto|mialo\s+to\s+miejsce|doszlo\s+do\s+tego|decyzj\w+\s+(?:te\s+)?(?:podje\w+|zapadl\w*)|(?:zarzad|rada|radni)\s+(?:\w+\s+){0,2}(?:glosowa\w+|zdecydowa\w+|rozstrzyg\w+|postanowi\w+)\s+(?:nad|o)\s+tym|glosowanie\s+odbylo|uchwale\s+(?:te\s+)?podje\w+|sesja\s+odbyla)",
    *("nastapilo", "stalo", "przyjeto", "mialo", "doszlo", "decyzj", "glosowa", "zdecydowa", "rozstrzyg", "postanowi"),
    *("uchwale", "sesja"),
)
_TAKEN_IN_THEN = lazy(
    r"\W*(?:(?:ja|go|je|nas|miasto|gmine)\s+przyjeto|przyjeto\s+(?:ja|go|je|nas|miasto|gmine)|(?:zarzad|zwiazek)\s+(?:ja|go|je|nas)\s+przyjal|(?:zarzad|zwiazek)\s+przyjal\s+(?:ja|go|je|nas))(?!\w)",
    "przyjeto",
    "przyjal",
)
_JUST_BEFORE = 4
_COMES_UP = lazy(
    r"(?<!\w)sesj\w+\s+(?:odbedzie|zaplanowa)|(?<!\w)(?:trafi\w*|stanie|bedzie|wroci|wejdzie|zaplanowan\w+|wyznaczon\w+|przewidzian\w+|odbedzie)(?!\w)[^.;]{0,60}?(?:obrad|sesj|glosowan|porzad|rad[yaez](?!\w))|(?:glosowani\w+|sesj\w+|obrad\w*)\s+(?:\w+\s+){0,2}(?:wyznaczon\w+|zaplanowan\w+|przewidzian\w+)"
    r"|(?<!\w)(?:pod|na)\s+(?:\w+\s+)?(?:glosowanie|obrady|sesj[eai]\w?)\s+(?:\w+\s+)?(?:trafi|wejdzie|wroci|stanie|bedzie|ma\s+(?:trafic|wejsc|wrocic|stanac))(?!\w)"
    r"|(?<!\w)(?:ma|maja)\s+(?:zosta\w+|byc)\s+(?:\w+\s+)?(?:glosowan|poddan|rozpatrz|rozpatrywan|procedowan|podje|uchwalon)\w*",
    *("=maja", "=ma"),
    *("=bedzie", "=stanie", "=wejdzie", "=wroci", "odbedzie", "przewidzian", "trafi", "wyznaczon", "zaplanowa"),
)
_NEXT = 200


def date_late(sentence: Sentence, found: list[Event], dates: EventDates) -> None:
    """As in "Nastąpiło to w dniu …": the date that a sentence gives for what was told just before."""
    if _TAKEN_IN_THEN.match(sentence.folded) and len(sentence.dates) == 1 and found[-1].stage is Stage.MEMBER:
        _take_in(sentence, found)
        return
    last = next((e for e in reversed(found) if e.stage is Stage.PROPOSED and e.end == found[-1].end), found[-1])
    later = last.stage is Stage.PROPOSED and (sentence.has("decide_later") or _COMES_UP.search(sentence.folded))
    later = later and (sentence.has("council") or not sentence.has("board"))
    later = later and not (ON_SOMETHING_ELSE.search(sentence.folded) or OF_THE_BUDGET.search(sentence.folded))
    if last.stage is Stage.MEMBER or not (_THIS_HAPPENED.match(sentence.folded) or later):
        return
    if last.end < sentence.start and sentence.start - last.end < _NEXT:
        for event in found:
            if event.start == last.start and event.date is None and not event.undone and event.stage is last.stage:
                event.date = dates.later_day(event, sentence.dates[0])


def _take_in(sentence: Sentence, found: list[Event]) -> None:
    """As in "X jest członkiem Związku. Przyjęto go 25 września 2020 r.": an admission, with its day."""
    last = found[-1]
    if sentence.number and 0 <= sentence.start - last.end < _JUST_BEFORE:
        for event in found:
            if event.start == last.start and event.stage is Stage.MEMBER and event.date is None:
                event.stage, event.date = Stage.ADMITTED, sentence.dates[0].iso
