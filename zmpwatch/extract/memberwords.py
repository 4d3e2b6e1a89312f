"""Of what somebody is a member, by what follows the word: "członkiem klubu …", "członkiem Nowej Hanzy"."""

from __future__ import annotations

from zmpwatch.extract.bodies import Body
from zmpwatch.extract.lazy import lazy
from zmpwatch.extract.sentences import Sentence

__all__ = ["goes_elsewhere", "of_another"]

_OF_A_PART = lazy(
    r"\s+(?:of\s+(?:the\s+)?)?(?:[\w-]+(?:ym|im|ego|ej|ych|ich)\s+){0,2}?(?:zarzad|komisj|rad[ayz](?!\w)|komitet|prezydium|wladz|jury|kapitul|zespol|honorow|wspieraj|rodziny"
    r"|ochotnicz|klub|siec|sojusz|koalicj|partnerst|konwent|forum|grupy|lig[ai](?!\w)|spoldzieln|spolki|konsorcj|partner|przyjaci|gosci|sojusznik|sympatyk|krytyk|czytelnik|beneficjent|laureat|lider|finalist|uczestni|wspolpracown|stalych\s+bywal|board|committee|network)"
)
"""A part or an organ of a body, or a circle of another kind."""
_NAME = lazy(r"\s+(?:of\s+(?:the\s+)?)?(?P<name>[A-ZŁŚŻŹĆÓĄĘŃ])")
_TO = lazy(r"(?<!\w)do(?=\s[^,;:()]{1,90}$)")
_NUMBER = lazy(r"[IVX]+(?!\w)")


def of_another(sentence: Sentence, end: int) -> bool:
    """Whether a word for a member that ends at an offset goes on to something that is not the association.

    That is a part of it, a circle of another kind, or a name in capitals where neither a known body nor a municipality
    is named.
    """
    if _OF_A_PART.match(sentence.slice(end, min(sentence.end, end + 90))):
        return True
    surface = sentence.text[end - sentence.start :]
    named = _NAME.match(surface)
    if named is None or _NUMBER.match(surface, named.start("name")):
        return False
    place = end + named.start("name")
    return not any(b.start <= place < b.end for b in sentence.bodies) and not any(
        t.start <= place < t.end for t in sentence.towns
    )


def goes_elsewhere(sentence: Sentence, body: Body) -> bool:
    """Whether "do" before a mention leads to something of the association's: "do Systemu Analiz Związku należy …"."""
    ends = [match.end() for match in _TO.finditer(sentence.slice(sentence.start, body.start))]
    return bool(ends) and of_another(sentence, sentence.start + ends[-1])
