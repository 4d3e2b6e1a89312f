"""Numbers of members that a sentence does not state: denied, wished, to come, asked for, or only a bound from above."""

from __future__ import annotations

from zmpwatch.extract.words.lazy import lazy

__all__ = ["is_doubted"]

_DENIED = lazy(
    r"(?<!\w)nigdy\s+(?:\w+\s+)?nie\s+\w+\s[^.,;:]{0,60}$|(?<!\w)(?:nie|nigdy)\s+(?:\w+\s+)?(?:liczy\w*|zrzesz\w+|skupia\w*|naleza\w*|nalezy|reprezent\w+|przekroczy\w+|osiagn\w+|przybyl\w+)(?!\w)[^.,;:]{0,60}$",
    *("=nie", "=nigdy"),
)
_TO_COME = lazy(
    r"(?<!\w)(?:bedzie|beda|bedziemy|will|shall)\s+(?:[\w-]+\s+){0,9}$|(?<!\w)(?:przekroczy|osiagnie|wzrosnie|urosnie|spadnie|dobije|dojdzie|powiekszy|zwiekszy)(?:\s+sie)?\s+(?:[\w-]+\s+){0,4}$",
    *(
        "bedzie",
        "beda",
        "will",
        "shall",
        "przekroczy",
        "osiagnie",
        "wzrosnie",
        "urosnie",
        "spadnie",
        "dobije",
        "dojdzie",
        "powiekszy",
        "zwiekszy",
    ),
)
_THERE_ALREADY = lazy(
    r"(?<!\w)(?:za\s+(?:soba|nami|nim|nia)|w\s+(?:gronie|rodzinie|towarzystwie)|wsrod|razem\s+z|obok|u\s+boku|ramie\s+w\s+ramie|(?:licz|zrzesza|skupia|reprezentuj|laczy|grupuj)ac\w+)(?!\w)"
)
_CONDITIONAL = lazy(
    r"(?<!\w)(?:liczy|zrzesza|skupia|naleza|mia|reprezentowa|gromadzi|jednoczy|laczy|przekroczy|wynosi)l(?:a|o|y)?by(?!\w)[^,.;:]{0,80}$",
    "lby",
    "laby",
    "loby",
    "lyby",
)
_AIMED_AT = lazy(
    r"(?<!\w)(?:cel(?:em|u)?|ambicj\w+|zamiar\w*|prog(?:iem|u)?|limit(?:em|u)?)(?:\s+[\w-]+){0,8}?\s+(?:jest|sa|to|byl[aoy]?|wynosi)\s+(?:\w+\s+)?$",
    *("cel", "ambicj", "zamiar", "prog", "limit"),
)
"""As in "celem na tę kadencję jest 450 członków"."""
_SHORT_OF_IT = lazy(r"[^.;]{0,60}?(?<!\w)(?:za)?brak(?:lo|nie|uje|owalo|uja)(?!\w)")
"""As in "do 400 członków brakuje pięciu"."""
_AWAITED = lazy(r"[^.;,]{0,40}?(?<!\w)(?:czekamy|czeka|czekaja|liczymy|stawiamy)(?!\w)")
"""As in "na 400 miast członkowskich czekamy"."""
_FROM_THEM = lazy(
    r"(?<!\w)(?:zebra\w*|otrzyma\w*|pozyska\w*|dosta\w*|odebra\w*|pobra\w*|uzyska\w*|naplyne\w*)\s+(?:[\w-]+\s+){0,4}?od\s+$"
)
"""Members that something came from may be a part of them: "zebrał od 381 członków"."""
_UNREAL = lazy(
    r"(?<!\w)(?:gdyby\w*|jesli|jezeli|o\s+ile|powin\w+|moglo?by|moglaby|mialo?by|mialaby|musi\w*|(?:ze|a)by|(?<=,\s)by|would|could|should|might)(?!\w)[^,.;:]{0,80}$",
    *("jesli", "jezeli", "ile", "powin", "by", "musi", "would", "could", "should", "might"),
)
_ASKED = lazy(r"\W*(?:czy|is\s|are\s|does\s|do\s|has\s|have\s)[^,]*$")
_BELOW = lazy(
    r"(?<!\w)(?:(?<!\bnie\s)(?<!niewiele\s)(?<!nieco\s)(?<!troche\s)mniej\s+niz|ponizej|(?:co\s+)?najwyzej|maksymalnie|nie\s+wiecej\s+niz|up\s+to|(?:less|fewer)\s+than|at\s+most|no\s+more\s+than)\s+$",
    *("=maksymalnie", "=most", "=najwyzej", "=niz", "=ponizej", "=than", "=up"),
)
_RANGE_AFTER = lazy(r"\s+(?:\w+\s+)?(?:do|a|and|to)\s+\d")
_RANGE_BEFORE = lazy(r"(?<!\w)(?:miedzy|pomiedzy|between)\s+(?:\d+\s+(?:\w+\s+)?(?:a|and)\s+)?$")
_FROM_TO = lazy(r"(?<!\w)(?:od|from)\s+(?:\d+\s+(?:\w+\s+)?(?:do|to)\s+)?$")
_IT_CHOSE = lazy(
    r"\s+(?:\w+\s+){0,3}?(?:miast|gmin|samorzad|osrodk|czlonk)\w*,\s+ktor(?:e|ych|ym|ymi)\s+\"?(?:zwiazek\s+miast\s+polskich|zwiazek(?!\s+miast)|zmp)\"?\s+"
    r"(?!(?:\w+\s+)?(?:zrzesz|skupi|reprezent|jednocz|licz|lacz|tworz|gromadz|stowarzysz))\w"
)
"""Towns that the association did something to: "30 gmin, które Związek nagrodził"."""
_GREW = lazy(r"(?<!\w)(?:wzros|urosl|rosl|rosn|zwieksz|powieksz|rozros|zmala|spad|grew|grow|grown|rose|increas)\w*")


def is_doubted(before: str, after: str, whole: str) -> bool:
    """Whether a number is not stated as the size that is.

    Args:
        before: the folded text of its sentence before the number, hedges such as "ponad" included.
        after: the folded text behind it.
        whole: the sentence, folded.
    """
    if _BELOW.search(before) or _DENIED.search(before) or _is_to_come(before) or _UNREAL.search(before):
        return True
    if _CONDITIONAL.search(before) or _FROM_THEM.search(before) or _AIMED_AT.search(before) or _IT_CHOSE.match(after):
        return True
    if f" {before}".endswith(" do ") and _SHORT_OF_IT.match(after):
        return True
    if before.lower().endswith("na ") and _AWAITED.match(after):
        return True
    if whole.rstrip().endswith("?") and _ASKED.match(before):
        return True
    return _is_in_a_range(before, after)


def _is_to_come(before: str) -> bool:
    """As in "będzie nas 400"; but who "będzie mieć za sobą siłę 354 miast" has those that are there."""
    told = _TO_COME.search(before)
    return told is not None and _THERE_ALREADY.search(told[0]) is None


def _is_in_a_range(before: str, after: str) -> bool:
    """As in "od 370 do 380 miast"; what grew from one number to another has the latter."""
    if _GREW.search(before):
        return False
    if _RANGE_BEFORE.search(before):
        return True
    end = _FROM_TO.search(before)
    return end is not None and (end[0].rstrip()[-2:] in ("do", "to") or _RANGE_AFTER.match(after) is not None)
