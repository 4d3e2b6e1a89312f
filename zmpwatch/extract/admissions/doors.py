"""The association's doors, opened to a town: "Związek otworzył drzwi przed A", "podwoje ZMP stanęły otworem dla B"."""

from __future__ import annotations

from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.words.lazy import lazy

__all__ = ["DOORS_TO", "OPENED", "TO_THEM", "opens_itself"]

OPENED = lazy(
    r"(?<!\w)otworzy\w+\s+(?:\w+\s+)?(?:drzwi|wrota|podwoje|bramy)\s+(?:\w+\s+)?(?:przed|dla)(?!\w)"
    r"|(?<!\w)otworzy\w+\s+(?:mu|jej|im|nam)\s+(?:(?:swe|swoje|szeroko)\s+){0,2}(?:drzwi|wrota|podwoje|bramy)(?!\w)(?!\s+(?:do\s+(?!\"?(?:zwiazk|zmp|organiz|stowarz|swo|gron))|na\s))|(?<!\w)powiedzia\w+\s+\"?tak\"?(?!\w)"
    r"|(?<!\w)zarzad(?!\w|\s+(?:wojewodz|powiat|drog|osiedl|spolk|melior|oddzial|okreg))[^.;,]{0,60}?(?<!\w)dal\s+zielone\s+swiatlo(?!\w|\s+(?:na|do|w)\s|\s+dla\s+(?!q{3}))"
    r"|(?<!\w)(?:drzwi|wrota|podwoje|bramy)\s+(?:[\w-]+\s+){0,5}?(?:otwarto|otworzono|otwarte|otworzyly\s+sie|otwarly\s+sie|stanely\s+otworem)\s+(?:\w+\s+)?(?:przed|dla)(?!\w)",
    *("=drzwi", "=wrota", "=podwoje", "=bramy", "=tak", "=zielone"),
)
DOORS_TO = lazy(
    r"(?<!\w)(?:drzwi|wrota|podwoje|bramy)\s+(?:do\s+)?\"?(?:zwiazku|zmp)(?!\w)",
    "=drzwi",
    "=wrota",
    "=podwoje",
    "=bramy",
)
TO_THEM = lazy(r"(?<!\w)otworzy\w+\s+(?:mu|jej|im|nam)\s", *("=mu", "=jej", "=im", "=nam"))
_BEFORE_IT = lazy(r"\s+(?:(?:miastem|gmina|miastami|gminami|takze|tez|rowniez|pod\w+k(?:im|a)|\w+sk(?:im|a))\s+){0,2}")
_AND_DID = lazy(r"\s(?:i|oraz)\s+\w+l[aiy]?(?!\w)")  # "otworzył drzwi przed X i pokazał biuro": for a visit


def opens_itself(sentence: Sentence) -> bool:
    """As in "Związek Miast Polskich otworzył swoje drzwi przed Pszowem": to that town, not to its inhabitants."""
    opened = OPENED.search(sentence.folded)
    if opened is None or not any(b.kind is BodyKind.OURS and b.named for b in sentence.bodies):
        return False
    end = sentence.start + opened.end()
    to_town = any(t.start >= end and _BEFORE_IT.fullmatch(sentence.slice(end, t.start)) for t in sentence.towns)
    to_town = to_town and _AND_DID.search(sentence.slice(end, sentence.end)) is None
    return to_town or TO_THEM.match(opened[0]) is not None
