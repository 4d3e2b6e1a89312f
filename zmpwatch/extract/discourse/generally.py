"""Whether a sentence tells of towns in general, or of a council nobody has named: it states nothing of a town before.

"W ostatniej kadencji przystąpiło do Związku 68 miast", "Członkiem może zostać miasto, którego rada podjęła uchwałę",
"Brzeska rada poparła przystąpienie" in news of another town.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from zmpwatch.extract.binding.event import Event
from zmpwatch.extract.structure.reading import Reading
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.uniform.folding import fold_letters
from zmpwatch.extract.words.lazy import lazy

__all__ = ["without_general"]

_TOWNS = (
    r"(?:miast|gmin|samorzadow|osrodkow|czlonkow|podmiotow|uczniow|osob|municipalities|cities|towns|members|councils)"
)
_MANY = (
    r"(?:\d{1,3}|kilk\w+|wiele|pare|sto|dwiescie|trzysta|dziesiec|dwanascie|pietnastu?|dwustu|trzystu|piec|szesc|siedem|osiem|dziewiec|dwadziescia|trzydziesci|sporo|tyle)"
    r"(?:\s+(?:nowych|kolejnych|polskich|innych|dalszych|nastepnych|tych|naszych|czlonkowskich|[a-z]+(?:ych|ich)|polish|new|other)){0,2}"
)
_DID = (
    r"(?:przystap|wstap|dolacz|wesz|dopisa|zapisa|przyby|wroc|powroc|odesz|wystap|zrezygnow|ubyl|opusc|naleza|zosta)"
    r"\w*lo"
)
_BESIDE = (
    r"(?:(?:do|ze?|w)\s+(?:niego|niej|nim|tego|tej|naszego|grona|zwiazku|zmp|organizacji|stowarzyszenia|rodziny|szeregow)"
    r"(?:\s+miast\s+polskich|\s+czlonkow)?"
    r"|sie|juz|dotad|dotychczas|lacznie|ponad|blisko|prawie|okolo|niemal|przeszlo|az|w\s+tym\s+roku|w\s+\d{4}\s+(?:r\.|roku))"
)
_SO_MANY_DID = lazy(
    rf"(?<!\w){_DID}\s+(?:{_BESIDE}\s+){{0,4}}{_MANY}\s+{_TOWNS}(?!\w)|(?<!do\s)(?<!grona\s)(?<!gronie\s)(?<!wsrod\s)(?<!\w){_MANY}\s+{_TOWNS}\s+(?:{_BESIDE}\s+){{0,4}}(?:{_DID}|ha(?:ve|s|d)\s+joined|joined)(?!\w)"
    r"|(?<!\w)(?:naszymi\s+)?czlonkami\s+(?:[\w-]+\s+){0,3}jest\s+(?:dzis\s+|obecnie\s+|juz\s+)?\d",
)
_ANY = lazy(
    r"(?<!\w)kazd\w{1,3}\s+(?:\w+\s+)?(?:miast|gmin|samorzad|czlon)\w*"
    r"|(?<!\w)(?:miast[oa]|gmin[ay]|samorzad(?:y|om)?)\s+(?:przystepujac|wstepujac|zainteresowan|chetn|ubiegajac|czlonkowsk)\w*"
    r"|(?<!\w)czlonkowsk(?:ie|ich|im|imi)\s+(?:miast|gmin|samorzad)\w*"
    r"|(?<!\w)(?:kolejn|now|dalsz|nastepn|inn|pojedyncz|niektor)(?:e|ych|ymi|ym|a|ej)\s+(?:miast|gmin|samorzad)\w*"
    r"|(?<!\w)(?:nowa|kolejna|nowego|kolejnego|nowym|kolejnym)\s+(?:miast|gmin|samorzad|czlon)\w*"
    r"|(?<!\w)(?:zosta\w+|przystapi\w+|wejsc\w*|byc)\s+(?:[\w-]+\s+){0,4}?moze\w*\s+(?:\w+\s+)?(?:miasto|gmina|samorzad)|(?<!\w)mo(?:ze|ga)\s+(?:zosta|przystap|wstap|nalez|by)\w+\s+(?:\w+\s+){0,3}?(?:miast[oa]|gmin[ay]|samorzad)"
    r"|(?<!\w)(?:aby|zeby|by|gdy|kiedy|jesli|jezeli)\s+(?:miasto|gmina)\s+(?:[\w-]+\s+){0,2}?(?:moglo|mogla|chce|zamierza|pragnie)(?!\w)"
    r"|(?<!\w)miasto\s*,\s+ktorego\s+rada|^\W*(?:\w+\s+){0,2}statut\s|^\W*§\s?\d+\.?\s+czlonk|(?<!\w)wzor\w{0,2}\s+(?:uchwal|deklarac|wniosk)\w*|(?<!\w)czy\s+warto(?!\w)|(?<!\w)powinno\s+(?:[\w-]+\s+){0,3}nalezec"
    r"|(?<!\w)w\s+(?:dwoch|trzech|czterech|kilku|wielu|\d+)\s+(?:\w+\s+)?(?:miastach|gminach|samorzadach)"
)
_ONE_MORE = lazy(r"(?<!\w)(?:now|kolejn)(?:e|a|y|ego|ej)\s+(?:miasto|gmin[ae]|samorzad|czlonk|czlonek)")
_STEPS = ("join_past", "join_present", "join_future", "leave_past", "leave_present", "leave_future")
_OURS = lazy(
    r"(?<!\w)(?:nasz[aeymj]\w{0,3}\s+(?:miast|gmin|samorzad)\w*|[a-z]{2,}(?:lismy|lysmy|jemy|jmy|emy|imy|amy)|jestesmy|(?:to|nowe)\s+miasto\s+nad)(?!\w)"
)
"""Who says "we" tells of a town that is known."""
_ITS_COUNCIL = lazy(
    r"(?<!\w)(?P<adjective>(?!miejsk|wiejsk|polsk|powiatow|lokaln|obywatelsk|gminn|wojewodzk|europejsk)[a-z]{3,30}?(?:sk|ck|dzk)(?:a|iej|im|i|ich|imi|iego|iemu)|(?!miejscy|polscy|wiejscy)[a-z]{4,30}?(?:sc|cc|dzc)y)\s+(?:(?:miejsc\w+|miejsk\w+|gminn\w+)\s+)?(?:rad(?:a|y|zie|e)|radn\w{1,3}|samorzad\w{0,5}|magistrat\w{0,3}|ratusz\w{0,3})(?!\w)",
    *("=rada", "=rade", "=rady", "=radzie", "radn", "samorzad", "magistrat", "ratusz"),
)
_NAMED_COUNCIL = lazy(
    r"(?<!\w)(?:[Rr]ad[ayzęe]\w{0,2}\s+(?:[Mm]iejsk\w+|[Mm]iasta|[Gg]miny)\s+(?:w[e]?\s+)?|[Rr]adni\s+(?:z[e]?\s+|w[e]?\s+)|Gmin(?:a|y|ie|ę)\s+)(?!Miejsk|Wiejsk|Zarząd|Związ|Rad[ayzę]|Urz|Biur|Miast)(?P<name>[A-ZŁŚŻŹĆÓ][a-ząćęłńóśźż]{2,})(?!\w)",
)
_SHARED = 3


def without_general(reading: Reading, sentence: Sentence, told: list[Event]) -> list[Event]:
    """The events of a sentence but those of towns spoken of before, where it tells of any town, or of another one."""
    named = {t.name for t in sentence.towns}
    if not told or not reading.towns or all(e.actor.name in named for e in told):
        return told  # of a page whose address alone names a town, all is told of that
    if not (_in_general(sentence) or _of_another_council(reading, sentence) or _of_an_unknown_town(sentence)):
        return told
    before = reading.before(sentence)
    if _ONE_MORE.search(sentence.folded) and before and not before[0].has(*_STEPS):
        named |= {t.name for t in before[0].towns}  # "Skierniewice z nami! Zarząd przyjął kolejne miasto"
    named |= {t.name for s in reading.sentences[sentence.number + 1 : sentence.number + 2] for t in s.towns}
    return [event for event in told if event.actor.name in named]


def _in_general(sentence: Sentence) -> bool:
    """Whether a sentence without a town tells a rule, or what so many towns did."""
    if sentence.towns:
        return False
    folded = sentence.folded
    if _SO_MANY_DID.search(folded) is not None:
        return True
    return _ANY.search(folded) is not None and _OURS.search(folded) is None


def _of_another_council(reading: Reading, sentence: Sentence) -> bool:
    """Whether an adjective names a council, and is made of no name in the text: "brzeska rada" in news of Konin."""
    for match in _ITS_COUNCIL.finditer(sentence.folded):
        at = sentence.start + match.start("adjective")
        if any(t.start <= at < t.end for t in sentence.towns):
            continue
        if not any(_is_made_of(match["adjective"], name) for name in _names(reading)):
            return True
    return False


def _of_an_unknown_town(sentence: Sentence) -> bool:
    """Whether a council or a gmina is named that no register knows: "Rada Miejska w Belzycach"."""
    if sentence.towns:
        return False
    for match in _NAMED_COUNCIL.finditer(sentence.text):
        at = sentence.start + match.start("name")
        if not any(b.start <= at < b.end for b in sentence.bodies):
            return True
    return False


def _names(reading: Reading) -> set[str]:
    names = {t.name for t in reading.towns}
    return names | {reading.home_name} if reading.home_name else names


def _is_made_of(adjective: str, name: str) -> bool:
    """Whether an adjective begins as a word of a name does."""
    words: Sequence[str] = re.split(r"[\s-]", fold_letters(name))
    return any(adjective[:_SHARED] == word[:_SHARED] for word in words if len(word) >= _SHARED)
