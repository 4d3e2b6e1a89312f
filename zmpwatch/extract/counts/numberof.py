"""Numbers said of the number of members, in whatever order: "do 359 wzrosła w maju liczba członków Związku"."""

from __future__ import annotations

from zmpwatch.extract.counts.whose import clause
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.numerals import Number

__all__ = ["is_number_of"]

_NUMBER_OF = lazy(
    r"(?<!\w)(?:liczb|ilosc)\w{1,2}\s+(?:(?:wszystkich|naszych|jego|jej)\s+)?(?:czlonkow|zrzeszonych|skupionych|naszych"
    r"|(?:miast|samorzadow|gmin)\s+(?:\w+\s+)?(?:czlonkowskich|zrzeszonych|nalezacych|skupionych|w\s+\"?(?:nasz\w+\s+)?(?:zwiazku|zmp|organizacji|stowarzyszeniu|gronie)))",
    *("liczb", "ilosc"),
)
_AMOUNTS = lazy(
    r"(?<!\w)(?:wzro(?:sl|sni)|uros|zwieksz|powieksz|podnios|podskocz|skocz|spad|zmal|zmniejsz|stopnia|wynos(?:i|z)|wynios|sieg|osiag"
    r"|przekrocz|doszl|dobi[jl]|utrzymuje|rowna|to(?!\w)|jest(?!\w)|byla(?!\w))\w*"
)
_CIRCLE = lazy(
    r"(?<!\w)(?:sklad|grono|szeregi|rodzina|wspolnota)\s+(?:(?:czlonkow|miast|samorzadow)\s+)?(?:czlonkowskich\s+)?\"?(?:zwiazku|zmp|organizacji|stowarzyszenia)(?!\w)"
    r"|(?<!\w)(?:lista|liczba)\s+(?:czlonkow|miast)\s+\"?(?:zwiazku|zmp|czlonkowskich)(?!\w)"
    r"|(?<!\w)(?:zwiazek(?:\s+miast\s+polskich)?|zmp|organizacja|stowarzyszenie)\"?\s+(?:\w+\s+)?(?:uros|rozros|powieksz|rozszerz|poszerz|skurcz|zmniejsz)\w+"
)
_GROWS = lazy(
    r"(?<!\w)(?:uros|rozros|wzros)\w+|(?<!\w)(?:powieksz|zwieksz|rozszerz|poszerz|skurcz|zmniejsz)\w+\s+sie(?!\w)",
    *("uros", "rozros", "wzros", "=sie"),
)
"""As in "grono członków rozrosło się w maju do 359 miast"."""
_UP_TO = lazy(r"(?<!\w)(?:do|na\s+poziomie)\s+(?:\w+\s+)?$")
_VERB_BESIDE = lazy(
    r"(?<!\w)(?:wynos(?:i|z)|wynios|sieg|osiag|przekrocz)\w*\s+(?:(?:juz|obecnie|dzis|teraz|aktualnie|rowno|dokladnie)\s+){0,2}$",
    *("wyn", "sieg", "osiag", "przekrocz"),
)
_VERB_BEHIND = lazy(r"\s*(?:(?:miast\w{0,2}|czlonkow|samorzadow)\s+)?(?:wynos(?:i|z)|wynios|sieg|osiag)\w*(?!\w)")
_GOES_ON = lazy(
    r"\s*(?:(?:miast\w{0,2}|czlonkow|samorzadow)(?!\w)\s*)?"
    r"(?:$|[.,;:)!?-]|(?:w|we|na|od|z|po|pod|obecnie|dzis\w{0,3}|teraz|aktualnie|liczb\w|ilosc|sklad|gron\w|juz|to|i|oraz)(?!\w)"
    r"|(?:wzro|uros|zwieksz|powieksz|podnios|spad|zmal|zmniejsz|wynos(?:i|z)|wynios|sieg|osiag|doszl)\w*)"
)
_ABROAD = lazy(r"\s*(?:miast\w{0,2}\s+)?w\s+(?:\w+\s+)?(?:polsce|kraju|wojewodztwie|regionie|powiecie|europie)(?!\w)")


def is_number_of(sentence: Sentence, number: Number, lead: str, after: str) -> bool:
    """Whether a clause says of the number of members that it is, has grown to or fallen to so many.

    Args:
        sentence: the number's sentence.
        number: the number.
        lead: the folded text before it within its sentence, without a hedge such as "ponad".
        after: the folded text behind it.
    """
    told = sentence.slice(*clause(sentence, number.start))
    if not _GOES_ON.match(after) or _ABROAD.match(after):
        return False
    up_to = _UP_TO.search(lead) is not None
    if up_to and _GROWS.search(told) and _CIRCLE.search(told):
        return True
    if not _NUMBER_OF.search(told):
        return False
    if up_to:
        return _AMOUNTS.search(told) is not None
    return _VERB_BESIDE.search(lead) is not None or _VERB_BEHIND.match(after) is not None
