"""Councils' decisions taken for known: "lutową uchwałę rady poprzedził spór", "radni, którzy to poparli"."""

from __future__ import annotations

import re

from zmpwatch.extract.lazy import lazy
from zmpwatch.extract.reading import Reading
from zmpwatch.extract.sentences import Sentence

__all__ = ["KNOWN", "SETTLED", "takes_for_known"]

_ACT = r"(?:uchwal|decyzj|glosowani)\w{1,3}"
_OF_COUNCIL = r"(?:w\s+)?(?:rad(?:y|zie)|radnych|rajcow)(?:\s+(?:miejskiej|miasta|gminy))?"
_MONTHLY = r"(?:styczn|lut|marc|kwietn|maj|czerwc|lipc|sierpn|wrzesn|pazdziernik|listopad|grudn)i?ow\w{1,3}"
_AGREED = (
    r"(?:popar(?:li|la)|(?:za)?glosowa(?:li|la)\s+za|opowiedzi(?:eli|ala)\s+sie\s+za|zgodzi(?:li|la)\s+sie\s+na"
    r"|przysta(?:li|la)\s+na|przychyli(?:li|la)\s+sie\s+do)"
)
_THAT = (
    r"t(?:e|en|ym|a|ej|emu|ego)\s+(?:drog[ei]|droga|krok\w*|kierun\w+|pomysl\w*|inicjatyw\w+|projekt\w*|propozycj\w+|rozwiazani\w+|akces\w*)"
    r"(?!\s+(?:row|gmin|powiat|krajow|lokaln|ekspres|budow|remont|o\s|w\s+sprawie)\w*)"
)
KNOWN = lazy(
    rf"(?<!\w)(?:{_MONTHLY}\s+{_ACT}\s+{_OF_COUNCIL}(?!\w)|{_ACT}\s+{_OF_COUNCIL},?\s+z\s+(?:dnia\s+)?(?=\d{{1,2}}\s[a-z])"
    rf"|(?:radn(?:i|ym|ych)|radzie|rada|rajcom|rajcy),\s+ktor(?:zy|a)\s+[^.;,]{{0,40}}?{_AGREED}\s+(?:{_THAT}|to|nim|nia)(?!\w)"
    r"|(?:radnym|radzie|radnych|rajcom)\s+za\s+(?:zgode|poparcie|decyzje|uchwale|glosy)\s+(?:wyrazon|udzielon|podjet|okazan|oddan)\w{1,2}(?!\w)(?!\s+na\s))",
    *("uchwal", "decyzj", "glosowani", "=ktorzy", "=ktora", "=zgode", "=poparcie", "=glosy"),
)
"""A decision that is the object or the subject of something else, with its month or day, or with what was supported."""
SETTLED = lazy(
    r"(?<!\w)(?:zalatwi|rozstrzygn|przesadzi|domkn|zamkn|przeglosowa|uchwali)(?:l|la|li|lo|ela|eli|al|ala|ali)\s+(?:go|ja|to|temat|sprawe|kwestie)(?!\w)"
    r"|(?<!\w)(?:upora|rozprawi)(?:la|li)\s+sie\s+z\s+(?:tym|nim|nia|tematem|sprawa|kwestia)(?!\w)",
    *("zalatwi", "rozstrzygn", "przesadzi", "domkn", "zamkn", "przeglosowa", "uchwali", "upora", "rozprawi"),
)
"""A matter spoken of before, done with; a decision where its number is told, too."""
_ON_A_MATTER = lazy(
    r"\s+(?:\d{1,2}\s+[a-z]+\s+(?:\d{4}\s+)?(?:r\.?\s+|roku\s+)?)?(?:o|w\s+sprawie|ws\.?|dotycz\w+|na|dla|nad)\s+(?!tej|tym|to(?!\w)|temat|spraw|przystap|wstap|akces|czlonk|wejsc|dolacz|powro|numerze|\d)\w"
    r"|\s+(?:budzetow|intencyjn|krajobrazow|smieciow|antysmogow|podatkow|taryfow|reklamow|planistyczn|oswiatow|absolutoryjn)\w+"
)


def takes_for_known(sentence: Sentence, reading: Reading) -> re.Match[str] | None:
    """Where a sentence speaks of a council's decision as known, or tells by what number it settled a matter."""
    known = KNOWN.search(sentence.folded)
    if known is not None:
        return known if _ON_A_MATTER.match(sentence.folded, known.end()) is None else None
    numbered = any(sentence.start <= act.start < sentence.end for act in reading.acts)
    return SETTLED.search(sentence.folded) if numbered else None
