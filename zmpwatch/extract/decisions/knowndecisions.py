"""Councils' decisions taken for known: "lutową uchwałę rady poprzedził spór", "radni, którzy to poparli"."""

from __future__ import annotations

import re

from zmpwatch.extract.dates.forms import MONTHLY
from zmpwatch.extract.structure.reading import Reading
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.votes.ballots import read_ballot
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.matters import JOINING, OTHER_ACTS

__all__ = ["KNOWN", "SETTLED", "VOTED_FOR", "takes_for_known", "votes_for_it"]

_ACT = r"(?:uchwal|decyzj|glosowani)\w{1,3}"
_OF_COUNCIL = r"(?:w\s+)?(?:rad(?:y|zie)|radnych)(?:\s+(?:miejskiej|miasta|gminy))?"
_AGREED = (
    r"(?:popar(?:li|la)|(?:za)?glosowa(?:li|la)\s+za|opowiedzi(?:eli|ala)\s+sie\s+za|zgodzi(?:li|la)\s+sie\s+na"
    r"|przysta(?:li|la)\s+na|przychyli(?:li|la)\s+sie\s+do)"
)
_THAT = (
    r"t(?:e|en|ym|a|ej|emu|ego)\s+(?:drog[ei]|droga|krok\w*|kierun\w+|pomysl\w*|inicjatyw\w+|projekt\w*|propozycj\w+|rozwiazani\w+|akces\w*)"
    r"(?!\s+(?:row|gmin|powiat|krajow|lokaln|ekspres|budow|remont|o\s|w\s+sprawie)\w*)"
)
KNOWN = lazy(
    rf"(?<!\w)(?:{MONTHLY}\s+{_ACT}\s+{_OF_COUNCIL}(?!\w)|{_ACT}\s+{_OF_COUNCIL},?\s+z\s+(?:dnia\s+)?(?=\d{{1,2}}\s[a-z])"
    rf"|(?:radn(?:i|ym|ych)|radzie|rada),\s+ktor(?:zy|a)\s+[^.;,]{{0,40}}?{_AGREED}\s+(?:{_THAT}|to|nim|nia)(?!\w)"
    r"|(?:radnym|radzie|radnych)\s+za\s+(?:zgode|poparcie|decyzje|uchwale|glosy)\s+(?:wyrazon|udzielon|podjet|okazan|oddan)\w{1,2}(?!\w)(?!\s+na\s))",
    *("uchwal", "decyzj", "glosowani", "=ktorzy", "=ktora", "=zgode", "=poparcie", "=glosy"),
)
"""A decision that is the object or the subject of something else, with its month or day, or with what was supported."""
SETTLED = lazy(
    r"(?<!\w)(?:zalatwi|rozstrzygn|przesadzi|domkn|zamkn|przeglosowa|uchwali)(?:l|la|li|lo|ela|eli|al|ala|ali)\s+(?:go|ja|to|temat|sprawe|kwestie)(?!\w)"
    r"|(?<!\w)(?:upora|rozprawi)(?:la|li)\s+sie\s+z\s+(?:tym|nim|nia|tematem|sprawa|kwestia)(?!\w)",
    *("zalatwi", "rozstrzygn", "przesadzi", "domkn", "zamkn", "przeglosowa", "uchwali", "upora", "rozprawi"),
)
"""A matter spoken of before, done with; a decision where its number is told, too."""
VOTED_FOR = lazy(
    r"uchwal(?:e|a(?<=\bza\suchwala))\s+(?:nr|numer)\s+\S{3,24}\s[^;]{0,60}?(?<!\w)(?:podnios|zaglosowa|glosowa|opowiedzia|popar|by)l[aoy]?(?!\w)",
    "uchwala",
    "uchwale",
)
"""As in "Za uchwałą nr VI/52/2019 z 24 kwietnia podniosło rękę 13 radnych"."""
_COUNCIL_AGREED = lazy(
    r"(?<!\w)(?:zgod|decyzj|akceptacj|aprobat)\w{1,2}\s+(?:(?:naszej|miejskiej|samej)\s+)?(?:rad(?:y|a|ni)|radnych)(?!\w)"
    r"|(?<!\w)(?:rad[ay]|radni)\s+(?:\w+\s+){0,3}?(?:zgodz|zdecydowa|postanowi|wyrazi)\w+|(?<!\w)(?:zgod|decyzj|akceptacj)\w{1,2}\s+(?:[\w-]+\s+){0,3}?zapad\w+",
    *("zgod", "decyzj", "akceptacj", "aprobat", "zdecydowa", "postanowi", "wyrazi"),
)
"""What tells right before that it is the council's consent to the step that is spoken of."""
_ON_A_MATTER = lazy(
    rf"\s*(?<=\s)(?:\d{{1,2}}\s+[a-z]+\s+(?:\d{{4}}\s+)?(?:r\.?\s+|roku\s+)?)?(?:o|w\s+sprawie|dotycz\w+|na|dla|nad)\s+(?!tej|tym|to(?!\w)|temat|spraw|{JOINING}|numerze|\d)\w"
    rf"|\s+(?:{OTHER_ACTS})\w+"
)


def takes_for_known(sentence: Sentence, reading: Reading) -> re.Match[str] | None:
    """Where a sentence speaks of a council's decision as known, or tells by what number it settled a matter."""
    known = KNOWN.search(sentence.folded)
    if known is not None:
        return known if _ON_A_MATTER.match(sentence.folded, known.end()) is None else None
    voted = votes_for_it(sentence, reading)
    if voted is not None:
        return voted
    numbered = any(sentence.start <= act.start < sentence.end for act in reading.acts)
    return SETTLED.search(sentence.folded) if numbered else None


def votes_for_it(sentence: Sentence, reading: Reading) -> re.Match[str] | None:
    """Where a sentence tells who voted for a resolution by its number, right behind the council's consent."""
    told = VOTED_FOR.search(sentence.folded)
    before = reading.sentences[sentence.number - 1] if sentence.number else None
    if told is None or before is None or before.bodies or _ON_A_MATTER.search(sentence.folded):
        return None
    if _COUNCIL_AGREED.search(before.folded) is None or _ON_A_MATTER.search(before.folded):
        return None
    ballot = read_ballot(reading.clean.folded, sentence.start, sentence.end)
    return told if ballot is not None and ballot.carried else None
