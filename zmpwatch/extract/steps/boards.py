"""What the association's board says to a step: that it agrees, that it takes note, that it refuses."""

from __future__ import annotations

from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.phrases import ONCE_DECIDED

__all__ = [
    "ANNOUNCED",
    "BOARD_AGREED",
    "BOARD_NOTED",
    "BOARD_REFUSED",
    "BOARD_TOOK_UP",
    "council_only_before",
    "of_another_board",
]

BOARD_AGREED = lazy(
    r"(?<!\w)zarzad(?!\w)(?:\s+[\w-]+){0,6}?\s+(?:zatwierdzil|zaakceptowal|przyjal|potwierdzil|przyklepal|klepnal|przychylil|rozpatrzyl\s+pozytywnie|pozytywnie\s+rozpatrzyl|zgodzil|poparl|zaaprobowal|(?:wyrazil|wydal)\s+zgode|dal\s+zielone\s+swiatlo|(?:zaglosowal|opowiedzial\s+sie)(?![^.;]{0,40}\s(?:przeciw|nad))(?=[^.;]{0,40}\sza\s))(?!\w)"
    r"|(?<!\w)(?:zatwierdzil|zaakceptowal|zaaprobowal|poparl|przyjal|klepnal|przyklepal)\s+(?:(?:\w+\s+){0,2}?)zarzad(?!\w)"
    r"|(?<!\w)zarzad\w*[^;]{0,80}?(?<!\w)akces\w*\s+(?:[\w-]+\s+){0,3}(?:zaakceptowan|zatwierdzon|przyjet)\w+"
    r"|(?<!\w)(?:zatwierdzon\w+|zaakceptowan\w+|przyjet\w+)\s+(?:\w+\s+)?przez\s+zarzad(?!\w)"
)
BOARD_NOTED = lazy(
    r"(?:(?<!\w)zarzad(?!\w)[^.;]{0,60}?|^\W*)(?:przyj\w+\s+(?:\w+\s+)?do\s+wiadomosci|zapozna\w+\s+sie\s+z|odnotowa\w+|rozpatrzy\w+|otrzyma\w+|przyja\w+)\s*,?\s+(?:[\w-]+\s+){0,2}?(?:uchwal\w+|rezygnacj\w+|wypowiedzeni\w+|oswiadczeni\w+|(?:ze|iz)(?!\w))",
    "wiadomosci",
    "zapozna",
    "odnotowa",
    "rozpatrzy",
    "otrzyma",
    "przyja",
)
"""As in "Zarząd zapoznał się z uchwałą o wystąpieniu", "przyjął rezygnację": a decision that has reached the board."""
ANNOUNCED = lazy(
    r"(?<!\w)(?:prezes|zarzad|biuro|dyrektor\s+biura)\s+\"?(?:zwiazku\s+miast\s+polskich|zmp|zwiazku)\"?\s+(?:\w+\s+){0,2}(?:oglosil|poinformowal|potwierdzil|przekazal|zakomunikowal)\w*[^.;]{0,40},\s+(?:ze|iz)\s"
)
BOARD_TOOK_UP = lazy(
    r"(?<!\w)zarzad(?!\w)[^.;]{0,80}?(?:rozpatrzyl|rozpoznal|zaakceptowal|przyjal|zatwierdzil|zdecydowal|podjal)\s+(?:\w+\s+){0,3}?(?:wnios|kandydatur|deklaracj|zgloszen|o\s+przyjeci|decyzj)\w*"
)
BOARD_REFUSED = lazy(
    r"(?<!\w)(?:zarzad|board)(?!\w)[^.;]{0,60}?(?:odrzuci|odmowi|nie\s+(?:przyja|zgodzi|wyrazi)|rejected|refused|declined)"
    r"|(?<!\w)(?:odrzucon|odeslan|niezaakceptowan)\w+\s+przez\s+(?:\w+\s+)?zarzad(?!\w)"
)
_ANOTHERS = lazy(
    r"(?<!\w)zarzad\w{0,3}\s+(?:parti[ia]|powiat|wojewodz|klub|kol[ao](?!\w)|okreg|oddzial|spolk|porozumien|fundacj|osiedl|dzielnic|komitet|izb|cech|federacj|koalicj|ruch|forum|struktur|regionaln|lokaln|drog|transport|zieleni|budynk)\w*"
)


def of_another_board(sentence: Sentence) -> bool:
    """As in "Zarząd powiatu", "Zarząd klubu": not the association's."""
    return _ANOTHERS.search(sentence.folded) is not None


def council_only_before(sentence: Sentence) -> bool:
    """Whether no council is named but that of "po uchwale rady z 5 maja zarząd zaakceptował …"."""
    once = ONCE_DECIDED.search(sentence.folded)
    first, last = (sentence.start + once.start(), sentence.start + once.end()) if once else (0, 0)
    return all(first <= word.start < last for word in sentence.all("council"))
