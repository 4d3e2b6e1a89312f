"""What a council's act just told brings about: "Rada przyjęła uchwałę nr 5. Na jej mocy gmina przystąpi do Związku"."""

from __future__ import annotations

from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.decisions.verdicts import BY_ITS_ACT, DECLARED
from zmpwatch.extract.structure.reading import Reading
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.words.lazy import lazy

__all__ = ["COUNCILS_ACT", "act_before", "declared_by_act"]

COUNCILS_ACT = lazy(r"(?<!\w)uchwala\s+(?:nr|rady|numer|z\s)")

_BY_IT = lazy(
    r"\W*(?:na\s+jej\s+(?:mocy|podstawie)|zgodnie\s+z\s+nia|dzieki\s+niej|w\s+jej\s+wyniku|(?:na\s+)?moc[ay]\s+tej\s+uchwaly|w\s+mysl\s+tej\s+uchwaly|oznacza\s+(?:to|ona),\s+(?:ze|iz))(?!\w)",
    *("=jej", "=nia", "=niej", "=tej", "oznacza"),
)
_ADOPTED = lazy(
    r"(?<!\w)(?<!\bnie\s)(?:podje|podja|przyje|uchwali|przeglosowa)l\w*\s+(?:[\w./-]+\s+){0,6}?uchwal[ey](?!\w)|(?<!\w)uchwal[aey]\s+(?:[\w./-]+\s+){0,6}?(?:podje|przyje|przeglosowa)\w+",
    "uchwal",
)
_ON_ELSE = lazy(r"(?<!\w)(?:w\s+sprawie|dotyczac\w+|o\s+(?!numerze))")


def act_before(reading: Reading, sentence: Sentence) -> Sentence | None:
    """The sentence before, where it tells a council's act without its matter, and this one tells that matter."""
    if not sentence.number or _BY_IT.match(sentence.folded) is None:
        return None
    before = reading.sentences[sentence.number - 1]
    if before.segment is not sentence.segment or any(b.kind is BodyKind.OTHER for b in before.bodies):
        return None
    if not before.has("council") or before.has("refuse", "plan", "removed", "decide_later"):
        return None
    told = _ADOPTED.search(before.folded)
    return before if told is not None and _ON_ELSE.search(before.folded, told.start()) is None else None


def declared_by_act(before: str, whole: str) -> bool:
    """As in "uchwałą z 27 lutego gmina zgłosiła akces": what is declared has been resolved."""
    if DECLARED.search(before) is None:
        return False
    return BY_ITS_ACT.search(whole) is not None or COUNCILS_ACT.search(whole) is not None
