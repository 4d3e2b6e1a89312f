"""Parts and wholes: "19 z ponad 350 miast zrzeszonych", "384 z 1020 polskich miast należą do Związku"."""

from __future__ import annotations

import re
from enum import Enum, auto

from zmpwatch.extract.words.lazy import lazy

__all__ = ["FROM_WHICH_REGION", "PART_THAT_DID", "Share", "is_batch", "share_of"]

_HEDGE = (
    r"(?:(?:grubo|dobrze|az|juz|nieco)\s+)?(?:ponad|przeszlo|powyzej|wiecej\s+niz|okolo|ok\.|blisko|prawie|niemal|niespelna|over"
    r"|more\s+than|about|some|nearly|almost|close\s+to)?"
)
_OUT_OF = (
    r"(?:z|ze|sposrod|na|of|out\s+of|from)\s+(?:(?:wszystkich|ogolem|lacznie|the|its|all|obecnych|dzisiejszych)\s+)?"
)
_OF_A_WHOLE = lazy(rf"\s+{_OUT_OF}{_HEDGE}\s*\d{{2,4}}(?![\d.,]*\s?(?:%|proc|zl|r\.))")
# "14 z", "jedna czwarta z", "spośród": what stands before a whole
_OUT_OF_IT = lazy(
    rf"(?:\d{{1,4}}|(?<!\w)(?:jed\w+|dwa|dwie|trzy|cztery|piec|\w+nascie|wiekszosc|polowa|one|two|three))\s+{_OUT_OF}$"
)
_AMONG = lazy(r"(?<!\w)(?:sposrod|out\s+of)\s+(?:(?:wszystkich|all|the)\s+)?$")
_OF_MEMBERS = lazy(
    r"\s*miast\s+\"?(?:zwiazku|zmp)(?!\w)"
    r"|\s*(?:\w+\s+)?(?:miast|gmin|samorzadow|osrodkow|cities|towns|municipalities)\s*,\s+(?:do\s+|w\s+)?(?:jaki\w{1,3}|ktor\w{1,3}|which|that)\s+[^.;,()]{0,70}?"
    r"(?<!\w)(?:zrzesz\w+|nalez\w+|skupi\w+|liczy\w*|grupuj\w+|(?:wspol)?tworz\w+|wchodz\w+|jednocz\w+|placa|belong\w*|make\s+up)(?!\w)|[^.;,(]{0,40}?(?<!\w)(?:zrzeszon\w*|czlonk\w*|czlonkowsk\w*|nalez\w*|skupion\w*|members?|w\s+(?:zmp|zwiazku|tej\s+organizacji)|in\s+the\s+(?:association|union))(?!\w)"
)
_TOWNS = lazy(r"\s*(?:\w+\s+){0,2}?(?:miast|gmin|samorzadow|osrodkow|cities|towns|municipalities)(?!\w)")
_BELONG = lazy(
    r"(?<!\w)(?:nalez\w+|przynalez\w+|zrzesz\w+|skupi\w+|czlonkami\s+(?:\w+\s+){0,4}?(?:jest|sa|bylo|byly)|jest\s+(?:w|czlonk)\w*|belongs?|are\s+members)"
)

PART_THAT_DID = lazy(
    r"[^.;,:()]{0,60},\s+ktor[ey]\s+(?!(?:przystap|wstap|dolacz|wesz|stworz|utworz|zaloz|polacz|zrzesz)\w)(?:(?!sa\s|naleza\s|tworza\s)[\w-]+\s+){0,3}?"
    r"(?!przystap|wstap|dolacz|wesz|stworz|utworz|zaloz|polacz|zrzesz)\w{3,}(?:ly|li)(?!\w)"
)
"""Behind a number what a part of the members did, which is all that is counted."""
FROM_WHICH_REGION = lazy(
    r"(?<!\w)(?:wojewodztw|woj\.|powia|region|subregion|ziem)\w*[^.;:()]{0,60},\s+(?:z\s+ktor\w+|skad)\s[^.;:()]{0,60}$"
)
"""As in "leżą w województwie, z którego Związek ma 21 członków": before what only a region's members are counted by."""


# "z 954 polskich miast 372 należą": the whole first, then the members
_WHOLE_FIRST = lazy(
    r"(?:^|[.,;:-]\s)\W*(?:z|ze|sposrod|out\s+of|of)\s+(?:(?:wszystkich|ogolem|ponad|okolo|the|all)\s+)*$"
)
_ALL_THAT_BELONG = lazy(
    r"\s*(?:miast|gmin|samorzadow|osrodkow)\s+(?:nalezacych\s+do|zrzeszonych\s+w|skupionych\s+w|czlonkowskich)\s+\"?(?:zmp|zwiazku|stowarzyszeni|organizacji)"
)
"""As in "z 331 miast należących do Związku odpowiedziały 172"."""
_AFTER_WHOLE = lazy(
    r"(?<!\w)(?:z|ze|sposrod)\s+(?:(?:wszystkich|ponad|okolo|blisko)\s+)?\d{3,4}\s+(?:\w+\s+){0,2}?(?:miast|gmin|samorzadow)(?:\s+(?:w\s+)?(?:polsce|kraju|polski))?,?"
    r"\s+(?:(?:az|juz|obecnie|dzis|teraz)\s+)*$"
)
_MEMBERS_FIRST = lazy(
    r"\s*miast\s+\"?(?:zwiazku|zmp)(?!\w)|[^.;,(\d]{0,40}?(?<!\w)(?:zrzeszon\w*|czlonk\w*|czlonkowsk\w*|nalezacych|skupion\w*|members?)(?!\w)"
)
_THEY_BELONG = lazy(
    r"\s+(?:\w+\s+){0,2}?(?:nalez\w+|przynalez\w+|zrzesz\w+|(?:jest|sa)\s+(?:\w+\s+)?(?:w|czlonk\w+|zrzeszon\w+)|ma\s+legitymac)"
)


_ASSEMBLY = lazy(
    r"(?<!\w)(?:zgromadzeni\w+\s+ogoln\w+|walne\w*\s+zgromadzeni\w+|kworum|quorum|general\s+assembly)(?!\w)"
)
"""Who may come to it are all members: "frekwencja na Zgromadzeniu Ogólnym: 230 z 355 miast"."""
_SAT = lazy(r"(?<!\w)(?:posiedzeni\w+|obrad\w*|zarzad\w*|prezydium|komisj\w+|meeting|board)(?!\w)")
_CAME = lazy(
    r"(?<!\w)(?:uczestnicz\w+|bior\w+\s+udzial|bierze\s+udzial|wzi\w+\s+udzial|obecn\w+|przyjecha\w+|przyby\w+|stawi\w+\s+sie|zasiad\w+|glosowa\w+|obradowa\w+|kworum|polaczy\w+\s+sie|attended|present)(?!\w)"
)
_ITS_MEMBERS = lazy(
    r"\s*(?:(?:jego|jej|its)\s+)?(?:czlonkow|members)(?!\w)(?!\s+\"?(?:zwiazku|zmp|stowarzysz|organizac|of))"
)
"""Members of the body that sat: "w posiedzeniu Zarządu uczestniczyło 27 z 30 jego członków"."""
_NO_MORE_SAID = lazy(r"\s*(?:miast|gmin|samorzadow|czlonkow|cities|towns|members)\s*(?:[.,;:)]|$)")


class Share(Enum):
    """What a number beside another one is."""

    PART = auto()
    """A part of the members, or of something else: no count."""
    MEMBERS = auto()
    """The members among something larger: a count."""
    WHOLE = auto()
    """All members, of whom a part is told: a count."""
    OTHER_WHOLE = auto()
    """All towns of a country or region: no count."""


def share_of(lead: str, after: str, sentence: str) -> Share | None:
    """What a number is where a sentence puts it beside the whole or the part; None where it doesn't.

    Args:
        lead: the folded text before the number, without its "ponad" or "około".
        after: the folded text after the number.
        sentence: the folded sentence.
    """
    whole = _OF_A_WHOLE.match(after)
    if whole is not None:
        if _OF_MEMBERS.match(after, whole.end()):
            return Share.PART
        towns = _TOWNS.match(after, whole.end()) is not None
        return Share.MEMBERS if towns and _BELONG.search(sentence) else Share.PART
    if _AFTER_WHOLE.search(lead) is not None and _THEY_BELONG.match(after):
        return Share.MEMBERS
    if _WHOLE_FIRST.search(lead) is not None and _TOWNS.match(after) and _MEMBERS_FIRST.match(after) is None:
        return Share.OTHER_WHOLE
    if _WHOLE_FIRST.search(lead) is not None and _ALL_THAT_BELONG.match(after):
        return Share.WHOLE
    if _OUT_OF_IT.search(lead) is None and _AMONG.search(lead) is None:
        return None
    of_assembly = _ASSEMBLY.search(sentence) is not None
    if not of_assembly and _ITS_MEMBERS.match(after) and _SAT.search(sentence) and _CAME.search(sentence):
        return Share.OTHER_WHOLE
    if _OF_MEMBERS.match(after) and not re.match(r"\s*polskich", after):
        return Share.WHOLE
    return Share.WHOLE if _NO_MORE_SAID.match(after) and of_assembly else Share.OTHER_WHOLE


_BATCH_BEFORE = lazy(
    r"(?<!\w)(?:kolejn\w+|dalsz\w+|nowych|o\s+kolejne|nastepn\w+|zalozon\w+\s+przez|przybylo|ubylo|przyjeto|dolaczyl\w*|przystapil\w*|o)\s+(?:o\s+)?$"
)
_SPOKEN_OF = lazy(r"\s(?:(?!now)\w+ych\s)?(?:czlonkach|miastach|samorzadach)(?!\w)")


def is_batch(before: str, after: str) -> bool:
    """As in "wzrosło o 12 miast", "kolejnych 12": how many came; "o 375 członkach" tells of so many."""
    return _BATCH_BEFORE.search(before) is not None and _SPOKEN_OF.match(after) is None
