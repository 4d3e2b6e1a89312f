"""Whether a clause only supposes a step: "jeśli gmina przystąpi", "miasto może wystąpić"."""

from __future__ import annotations

from zmpwatch.extract.structure.clause import Clause
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.towns.finding import Role
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.phrases import HYPOTHETICAL

__all__ = ["is_only_supposed", "opens_reply"]

_REPLY = lazy(
    r"^(?s:.*)(?<!\w)(?:wyjasnia|informuj|odpowiada|oswiadcza|zawiadamia|potwierdza|przypomina|zapewnia)(?:m|my|e|emy)?(?:\s+\w+)?\s*,\s+(?:ze|iz)\s",
    *("wyjasnia", "informuj", "odpowiada", "oswiadcza", "zawiadamia", "potwierdza", "przypomina", "zapewnia"),
)
"""What opens a reply: "Jeżeli pytanie dotyczy członkostwa, wyjaśniam, że projekt przedłożę …"."""
_BY_WHICH = lazy(
    r"(?<!\w)(?:dzieki|(?:na\s+)?moc[ay]|na\s+podstawie|w\s+mysl)\s+ktorej\s+(?:[\w-]+\s+){0,4}?(?:moze(?:my)?|moga)(?!\w)",
    "=ktorej",
)
"""As in "uchwała, dzięki której X może przystąpić": what a resolution allows is no mere case."""
_AND_SO_IT_MAY = lazy(
    r"(?<!\w)(?:rad[ay]|radni)(?!\w)[^;?]{0,80}?(?<!\w)(?<!\bnie\s)(?:klepne|przyklepa|popar|przyje|zatwierdzi|zaakceptowa|zgodzi|przeglosowa|uchwali|podje|da)l\w*\s[^;?]{3,80}?"
    r"(?:\s+i|,\s+(?:wiec|dlatego|totez|dzieki\s+czemu))\s+(?:[\w-]+\s+){0,3}?(?:moze(?:my)?|moga)(?!\w)"
    r"(?!\s+(?:[\w-]+\s+)?(?:przystapic|wejsc|zabrac|wrocic|siasc)\s+(?:sie\s+)?(?:do|w)\s+(?:prac|rozmow|negocjac|dyskus|debat|przygotow|konsultac|dzialan|analiz|glosowan|opracow))",
    *("=moze", "=mozemy", "=moga"),
)
"""As in "radni przyjęli wniosek i miasto może przystąpić": so does what a council has decided."""
_CONDITION = lazy(r"(?<!\w)(?:gdyby|jesli|jezeli|kazd\w+|wymaga|aby)(?!\w)")
_DRAFT = lazy(r"(?<!\w)(?:projekt\w*\s+uchwal|(?:na|pod)\s+(?:\w+\s+)?(?:sesj|obrad))")


def opens_reply(clause: str) -> int:
    """Where a folded clause comes to what a reply says; 0 where it opens none."""
    opening = _REPLY.search(clause)
    return opening.end() if opening is not None else 0


def is_only_supposed(sentence: Sentence, clause: Clause, form: str) -> bool:
    """Whether the clause of a step that is no past tells a condition, a possibility or a rule."""
    whole = sentence.slice(clause.start, clause.end)
    told = whole[opens_reply(whole) :]
    if HYPOTHETICAL.search(told) is None or (form == "infinitive" and _has_a_draft(sentence, clause)):
        return False
    return HYPOTHETICAL.search(_AND_SO_IT_MAY.sub(" ", _BY_WHICH.sub(" ", told))) is not None


def _has_a_draft(sentence: Sentence, clause: Clause) -> bool:
    """As in "X może przystąpić – projekt uchwały jest gotowy": said of a town that has a draft."""
    named = any(t.nominative and t.role == Role.PLAIN and clause.start <= t.start < clause.end for t in sentence.towns)
    return named and _CONDITION.search(sentence.folded) is None and _DRAFT.search(sentence.folded) is not None
