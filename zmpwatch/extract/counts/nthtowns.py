"""What a town is or does as the n-th one: it joins the association, or it does something else somewhere else."""

from __future__ import annotations

import re

from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.words.lazy import lazy

__all__ = ["A_TOWN", "TAKEN_AS", "is_nth_of_else", "of_another_body"]

_NTH_OF_ELSE = lazy(
    r"(?<!\w)(?:dolaczy|przystapi|wszed|wesz|wstapi|trafi)\w*\s+(?:\w+\s+)?do\s+(?!zwiazk|zmp|nas(?!\w)|nasz|grona|organizac|stowarzysz|rodziny|szereg|niego|niej|tej|tego|swo)[a-z][^.;:]{0,60}$"
)
"""As in "dołączył do systemu jako 100. miasto"."""
_NTH_THAT = lazy(
    r"\W*,\s+(?:w\s+|do\s+|z\s+)?(?:ktor|jaki)\w+\s+(?!(?:\w+\s+){0,3}?(?:dolacz|przystap|wstap|wesz|wszed|zosta|nalez|zrzesz|przyje|przyja))\w"
    r"|\s+(?:w|we|na)\s+(?:\w+\s+)?(?:bazie|projek\w+|program\w*|badani\w+|katalogu|systemie|raporcie|rankingu|akademii|sieci|akcji|kampanii|mapie\s+(?!czlonk)\w+|trasie|cyklu|konkursie)(?!\w)"
)
"""As in "100. miastem, które odwiedził nasz punkt", "setne miasto w bazie"."""
TAKEN_AS = lazy(r"(?<!\w)(?:przyje|przyja|dolacz|wstap|wesz|wszed|przystap)\w+(?!\w)[^;]{0,60}(?<!\w)jako\s+$", "=jako")
A_TOWN = lazy(r"\s*\.?\s*(?:samorzad|gmin[ae]|osrodek|czlonk(?:a|inie)|miasto)(?!\w)")
"""As in "przyjęto ją jako 338. samorząd", "przyjął je jako 366. członka"."""
_AS = lazy(r"(?<!\w)jako\s+(?:\w+\s+)?$", "=jako")
_ON_A_LIST = lazy(
    r"(?<!\w)(?:w\s+(?:rejestrze|wykazie|ewidencji|spisie)|na\s+liscie)\s+(?:[\w-]+\s+){0,4}?(?:widniej|figuruj|znajduj|jest|zapisan|wpisan)\w*\s+(?:sie\s+)?jako\s+$",
    "=jako",
)
"""As in "w rejestrze widniejemy jako 351. miasto"."""
_JOINS = (
    *("join_past", "join_present", "join_future", "join_infinitive", "join_noun", "member_noun", "member_word"),
    *("admit_verb", "admit_present", "admit_noun", "enrol", "attain", "gain", "welcome", "became", "belong"),
    "certificate",
)
"""What a town does "jako 310. miasto" when it joins."""
_IN_THE_BODY = lazy(r"\W{0,3}\s*(?:we?\s+)?\"?(?:zwiaz|zmp|stowarzysz|organizac|gron)\w*")

_MEMBER_OF = re.compile(r"\s+of\s+(?:the\s+)?\"?(?=[A-Z])")
"""In English, before a name."""


def of_another_body(sentence: Sentence, end: int) -> bool:
    """Whether another body stands right behind a noun: "301. członkiem Klastra …", "366th member of the European …"."""
    if any(b.kind is BodyKind.OTHER and end <= b.start <= end + 2 for b in sentence.bodies):
        return True
    told = _MEMBER_OF.match(sentence.text, end - sentence.start)
    if told is None:
        return False
    name = sentence.start + told.end()
    return not any(b.kind is not BodyKind.OTHER and b.start <= name < b.end for b in sentence.bodies)


def is_nth_of_else(sentence: Sentence, before: str, after: str, noun_end: int | None) -> bool:
    """Whether an ordinal counts towns that do something else: "jako 310. miasto podpisał kartę".

    Args:
        sentence: where the ordinal stands.
        before: the folded text before it.
        after: the folded text behind it.
        noun_end: where in `after` the noun that is counted ends; None where none is told.
    """
    if _NTH_OF_ELSE.search(before) or (noun_end is not None and _NTH_THAT.match(after, noun_end)):
        return True
    if _AS.search(before) is None or _IN_THE_BODY.match(after, noun_end or 0):
        return False
    return not sentence.has(*_JOINS) and _ON_A_LIST.search(before) is None
