"""What a step that names no body leads to instead: "wystąpił o pożyczkę", "wstąpił na drogę", "z prac zrezygnowały"."""

from __future__ import annotations

import re

from zmpwatch.extract.dates.forms import MONTH
from zmpwatch.extract.steps.leading import NO_GOAL_WITH_Z
from zmpwatch.extract.structure.clause import Clause
from zmpwatch.extract.structure.sentences import Sentence, Word
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.phrases import WRONG_GOVERNOR
from zmpwatch.model import EventKind

__all__ = ["has_its_own_goal"]

_ASKED_FOR = lazy(r"\s+(?:(?!o\s)[\w-]+\s+){0,3}?o\s+(?!godz|tym\s|czym\s|\d)[a-z]")
"""Behind "wystąpić", which is to apply then."""
_PERFORMED = lazy(
    r"\s+(?:[\w-]+\s+){0,2}?(?:w\s+(?:imieniu|obronie|roli|charakterze|panel|debac|film|koncer|przedstaw|program|konkurs|finale|reklam|telewizj|radi)|jako\s+(?:gosc|gospodarz|prelegent|ekspert|partner|lider|pierwsz\w+\s+prelegent)|przed\s+(?:sad|kamer|publicz)|na\s+(?:scen|festiw|konferencj|kongres|antenie|arenie))"
)
_PERFORMED_BEFORE = lazy(
    r"(?:(?<!\w)(?:w|we|na)\s+(?:\w+\s+)?(?:panel|debac|film|koncer|konkurs|finale|przedstawieni|festiw|konferencj|scen)\w*\s+(?:[\w-]+\s+){0,3}$|^\W*(?:w|o)\s+ktor\w+\s)"
)
_WENT_ON_TO = lazy(
    r"\s+(?:[\w-]+\s+){0,2}?na\s+(?:drog|sciezk|szlak|scen|podium|tron|rynek|rynki|studi|boisk|tor\w?\s|tory|pozycj|miejsc|fotel|czol|ekran|antene|map[ey]\s+(?!zwiaz|zmp|stowarz|organiz|czlonk|miast)|list[eay]\s+(?!czlonk|miast\s+czlonk|zwiaz|zmp|organiz|naszych|miast\s+zrzesz|samorzadow\s+zrzesz))"
)
_OUT_OF = lazy(
    rf"(?<!\w)ze?\s+(?P<what>(?!{NO_GOAL_WITH_Z}|{MONTH}|zwiaz|organizac|stowarzysz|zrzesz|federac|korporac|zmp|gron|szereg|struktur|rodzin|wspoln|sklad|list[ya]\s+czlonk|nas(?!\w)"
    r"|nich(?!\w)|nim(?!\w)|nia(?!\w)|niego|niej|tego|tej(?!\w)|tych|tamt|ktor|nasz|swoj|czlonk|udzial|uczestn|przynalez|konc|pocz|dniem|uplyw|powod|przycz|wzgl|uwagi|moca|chwil|inicjatyw|wlasn|woli|okazji|racji|zal|hukiem|trzask|ulg|bol"
    r"|poznan|warszaw|radn|burmistrz|prezyd|rad[ay]|trze|dwoch|jedn|kilk|kole|zapal|duma|rados|lat[aem]?(?!\w)|roku|wojew|powiat|region|okolic|miast|gmin|samorzad|q{3})[a-z][\w-]+)\s+(?:(?!ktor|i\s|a\s|ale\s)[\w-]+\s+){0,4}$"
)
"""Before a word of leaving: what is left, where that is no body's name and no adverb."""
_LEFT_SOMETHING = lazy(
    r"\s+(?!(?:go|je|ja|nas|te|ten|nasz\w*|jego|jej|ich|w|we|z|ze|na|po|juz|i|oraz|tez|takze|rowniez|wczoraj|dzis\w*|ostatecznie|oficjalnie|formalnie|dopiero|jednak|wtedy|przed|od|do|jako|tylko|potem|pozniej|wowczas|niedawno|kolejn\w*|dwa|dwie|trzy|cztery|piec|szesc|q{3,}\w*"
    rf"|miast[aoy]|gmin[ay]|samorzad\w?|{MONTH}\w*|rok\w*|zwiaz\w*|zmp|organizac\w*|stowarzysz\w*|zrzesz\w*|federac\w*|korporac\w*|gron\w*|szereg\w*|wspoln\w*|rodzin\w*|sklad\w*|klub|elit\w*|struktur\w*|pokl\w*|krag|czlonk\w*)(?!\w))(?:[a-z]{{2,}}(?:y|a|e|i|ie|ych|ego)\s+)?[a-z]{{3,}}"
)
"""Behind "opuścić", which has an object: "opuściły peleton"."""
_OF_AN_EVENT = ("zrezygn", "wycof")


def has_its_own_goal(sentence: Sentence, word: Word, kind: EventKind, clause: Clause) -> bool:
    """Whether a step says by itself what it leads to, and that is no body spoken of before."""
    rest = sentence.slice(word.end, sentence.end)
    lead = sentence.slice(clause.start, word.start)
    if word.folded.startswith("wystap") and (
        _ASKED_FOR.match(_same_clause(rest)) or _PERFORMED.match(rest) or _PERFORMED_BEFORE.search(lead)
    ):
        return True
    if kind is EventKind.ACCESSION:
        return _WENT_ON_TO.match(_same_clause(rest)) is not None
    if word.folded.startswith("opuscil") and _LEFT_SOMETHING.match(rest):
        return True
    if word.folded.startswith(_OF_AN_EVENT) and _takes_part(sentence, word):
        return True
    return "leave_noun" not in word.classes and _OUT_OF.search(lead) is not None


def _same_clause(rest: str) -> str:
    """What stands behind a word up to the next comma, colon or semicolon."""
    return re.split(r"[,;:]", rest, maxsplit=1)[0] + " "


def _takes_part(sentence: Sentence, word: Word) -> bool:
    """As in "rozważała udział w konferencji Związku, ostatecznie zrezygnowała": out of that."""
    return any(
        WRONG_GOVERNOR.search(sentence.slice(max(sentence.start, b.start - 40), b.start)) is not None
        for b in sentence.bodies
        if b.end <= word.start
    )
