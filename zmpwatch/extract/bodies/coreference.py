"""What "Związek", "stowarzyszenie" or "do niego" means: a body named before it, or the only one there is."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from zmpwatch.extract.bodies.antecedents import (
    FEMININE_HEADS,
    NOT_FAR,
    agrees,
    cited_place,
    is_only_contrasted,
    led_to,
    means_a_thing,
    newly_introduced,
    of_an_activity,
    of_its_own_clause,
)
from zmpwatch.extract.bodies.body import Body, BodyKind
from zmpwatch.extract.uniform.cleantext import CleanText
from zmpwatch.extract.words.lazy import lazy

__all__ = ["resolved"]

_BESIDE = lazy(
    r"(?<!\w)(?:obok|wraz\s+z[e]?|razem\s+z[e]?|wspolnie\s+z[e]?|oraz|m\.\s?in\.|czy|lub|podobnie\s+jak|niz|od|i)\s+(?:w\s+|do\s+|z[e]?\s+)?$"
)
_IN_WHICH_OURS_IS = lazy(
    r",\s+(?:w|do)\s+ktor(?:ej|ego|ym)\s+(?:\w+\s+){0,3}?(?:dziala|zasiada|uczestniczy|nalezy|jest|przystapil|wstapil|dolaczyl|wszedl)\s+(?:\w+\s+)?\"?(?:zwiazek|zmp)(?!\w)"
    r"|,\s+ktor(?:ej|ego)\s+(?:\w+\s+){0,2}?czlonkiem\s+(?:\w+\s+)?(?:jest|zostal)\s+(?:\w+\s+)?\"?(?:zwiazek|zmp)(?!\w)"
)
"""A body that the association is in: "do federacji, w której działa Związek"."""
_ANY_BODY = ("organizacja", "stowarzyszenie")
"""Heads that fit the association however it is named."""
_LOOSE = ("stowarzyszenie", "organizacja", "pronoun", "zrzeszenie", "federacja", "association")
"""Heads that fit a body of any other head."""
_PROPER = ("stowarzyszenie", "zrzeszenie", "federacja")
"""Loose heads that are a proper name where they have a capital within a sentence …"""
_NEARBY = 300
"""… and a body whose name begins so stands not further back than that."""
_ALWAYS_PROPER = ("unia", "union")
_WITHIN = lazy(r"[\w,;)\"] $")
_SAME_BREATH = 120
_WORKS_WITH = lazy(
    r"(?<!\w)(?:wspolprac\w+|wspoldzial\w+|partner\w*|sojuszni\w+|razem|wspolnie|wraz|obok)(?!\w)[^.;!?\n]{0,160}$",
    *("wspolprac", "wspoldzial", "partner", "sojuszni", "=razem", "=wspolnie", "=wraz", "=obok"),
)
"""Before those that the body of a page works with: "współdziała z Unią Metropolii i Związkiem Miast"."""
_BEFORE_PARTNER = 200
_TITLE_REST = 60
"""How many letters a title may go on behind the name of the body whose page it heads."""
_MUCH = 2
"""How many times more often than others the association must be mentioned to be what such a head means."""


def resolved(found: list[Body], text: CleanText, *, ours_by_address: bool) -> list[Body]:
    """Give generic mentions the meaning of the body named last before them, of the same head where there is one.

    Args:
        found: the mentions of a text, in order.
        text: the clean text.
        ours_by_address: what has no name before it is the association, whose page this is.
    """
    own = sum(body.kind is BodyKind.OURS for body in found)
    others = sum(body.kind is BodyKind.OTHER and body.named for body in found)
    resolver = _Resolver(text, own, others, ours_by_address)
    title = None if ours_by_address else _heads_its_page(found, text)
    if title is not None:
        found = [replace(body, beside=True) if body.kind is BodyKind.OURS else body for body in found]
        resolver = replace(resolver, title=title)
    for body in found:
        resolver.take(body)
    return resolver.resolved


def _heads_its_page(found: list[Body], text: CleanText) -> Body | None:
    """The other body whose page it is, by its title, where the association is only one of those it works with."""
    first = found[0] if found else None
    if first is None or first.kind is not BodyKind.OTHER or not first.named:
        return None
    if (
        text.folded[: first.start].strip(' \n\t"#*')
        or not 0 <= text.folded.find("\n", first.end) - first.end < _TITLE_REST
    ):
        return None
    own = [body.start for body in found if body.kind is BodyKind.OURS]
    beside = (_WORKS_WITH.search(text.folded, max(0, start - _BEFORE_PARTNER), start) for start in own)
    return first if own and all(beside) else None


@dataclass(slots=True)
class _Resolver:
    """Goes through the mentions of a text and remembers what was named."""

    text: CleanText
    own: int
    """How often the text mentions the association …"""
    others: int
    """… and how often it names another body."""
    ours_by_address: bool
    title: Body | None = None
    """The other body that heads its own page."""
    resolved: list[Body] = field(default_factory=list)
    _named: list[Body] = field(default_factory=list)

    def take(self, body: Body) -> None:
        """Add the next mention, with its meaning."""
        if body.kind is BodyKind.GENERIC:
            meaning = self._meaning(body)
            self.resolved.append(replace(body, kind=meaning) if meaning is not None else body)
            return
        beside = _BESIDE.search(self.text.folded, max(0, body.start - 24), body.start) is not None
        contrasted = bool(self._named) and is_only_contrasted(self.text, body.start)
        if not (self._named and (beside or contrasted)):
            self._named.append(body)
        self.resolved.append(replace(body, beside=True) if contrasted else body)

    def _meaning(self, body: Body) -> BodyKind | None:
        if self.title is not None and (body.head in _LOOSE or body.head == self.title.head):
            return BodyKind.OTHER
        taken_up = self._same_goal(body) if self.others and self.own else None
        meaning = taken_up.kind if taken_up is not None else self._antecedent(body)
        if meaning is BodyKind.OTHER and self.own and newly_introduced(self.text, body):
            return BodyKind.OURS
        if body.head == "pronoun" and self._means_no_body(body):
            meaning = BodyKind.OTHER
        if (meaning is BodyKind.OURS or (meaning is None and self.own)) and _IN_WHICH_OURS_IS.match(
            self.text.folded, body.end
        ):
            meaning = BodyKind.OTHER
        cited = cited_place(self.text, body.end)
        if cited is not None:
            meaning = next((b.kind for b in self.resolved if cited[0] <= b.start < cited[1] and b.named), meaning)
        elif meaning is BodyKind.OTHER and body.head in _ANY_BODY and self.own >= _MUCH * max(1, self.others):
            spoken_of = any(b.kind is BodyKind.OURS and b.named for b in self.resolved)
            meaning = BodyKind.OURS if spoken_of else meaning  # not where only tags and other news name it, below
        if meaning is None and (self.ours_by_address or (self.own and not self.others)):
            meaning = BodyKind.OURS  # by its address, or as the only body named, further on
        return meaning

    def _antecedent(self, body: Body) -> BodyKind | None:
        """The body named last before a mention that agrees with it."""
        if body.head == "pronoun" and self.text.folded.startswith("niej", body.start):
            heads = (b for b in reversed(self.resolved) if b.head in FEMININE_HEADS)
            feminine = next((b for b in heads if b.named or b.kind is BodyKind.OURS or b.head in _ALWAYS_PROPER), None)
            if feminine is not None and body.start - feminine.end < NOT_FAR:
                return feminine.kind  # "organizacja krajowa … Radlin jest w niej"
        named = [b for b in reversed(self._named) if b.named]
        if self._is_proper(body):
            own = next((b for b in named if b.head == body.head and body.start - b.end < _NEARBY), None)
            if own is not None:
                return own.kind
        return next((b.kind for b in named if body.head in _LOOSE or b.head == body.head), None)

    def _is_proper(self, body: Body) -> bool:
        """Whether a loose head has a capital that no sentence's beginning gives it: "wrócił do Stowarzyszenia"."""
        if body.head not in _PROPER or not self.text.text[body.start].isupper():
            return False
        return _WITHIN.search(self.text.text, max(0, body.start - 2), body.start) is not None

    def _same_goal(self, body: Body) -> Body | None:
        """The body to which, or from which, a step led before, as one leads to this unnamed one."""
        if body.head == "pronoun":
            return None
        side = led_to(self.text, body.start)
        if side is None:
            return None
        alike = (b for b in reversed(self._named) if b.named and (b.head == body.head or body.head in _LOOSE))
        return next((b for b in alike if led_to(self.text, b.start) == side), None)

    def _means_no_body(self, pronoun: Body) -> bool:
        """Whether a pronoun means none of the bodies before it."""
        last = self._named[-1] if self._named else None
        if last is None:
            foreign = not self.ours_by_address and not agrees(self.text, pronoun, self.resolved)
        else:
            foreign = (
                not agrees(self.text, pronoun, self.resolved)
                or of_an_activity(self.text, last, pronoun)
                or of_its_own_clause(self.text, last, pronoun)
            )
        return foreign or means_a_thing(self.text, last, pronoun) or self._goes_on(pronoun)

    def _goes_on(self, pronoun: Body) -> bool:
        """Whether the pronoun before one means something else: "Przystąpiły do niego A i B, a C z niego wystąpiło"."""
        last = self.resolved[-1] if self.resolved else None
        return (
            last is not None
            and last.head == "pronoun"
            and last.kind is BodyKind.OTHER
            and pronoun.start - last.end <= _SAME_BREATH
        )
