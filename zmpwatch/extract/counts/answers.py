"""Numbers of members that answer a question: "Ile miast należy do ZMP? Około 385.", "Jak liczny? 381"."""

from __future__ import annotations

from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.counts.bare import ENDS
from zmpwatch.extract.structure.reading import Reading
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.words.lazy import lazy

__all__ = ["answers_question"]

_ASKED = lazy(
    r"(?<!\w)(?:ile|ilu|how\s+many)(?!\w)[^?]{0,60}?(?<!\w)(?:miast\w*(?!\s+polskich)|samorzad\w*|czlonk\w+|gmin|cities|towns|members)(?!\w)[^?]{0,80}\?\W*(?:\w*pyta\w*[^?]{0,40})?$"
)
_WORD = lazy(r"\w")
_THIS_ONE = lazy(r"\W*(?:[\w .]{1,30}:\W*)?(?:[\w-]+\s+){0,3}\"?[\w-]+\"?\s*\?\W*")
"""The question asked back: "Związek Miast Polskich? Ponad 340"."""
_ASKED_OF_THEM = lazy(r"(?<!\w)(?:ile|ilu)\s+ich\s+(?:\w+\s+){0,3}(?:jest|nalezy|macie|liczy)(?!\w)[^?]{0,40}\?\W*$")
_HOW_LARGE = lazy(
    r"\W*(?:a\s+)?(?:jak\s+(?:liczn|duz|wielk)\w{1,3}(?:\s+(?:jest|to|on|ona|organizacj\w|zwiazek|stowarzyszenie)){0,3}|ile\s+ich\s+(?:\w+\s+)?(?:skupia|liczy|zrzesza|jest|ma)|ilu\s+(?:ma\s+)?(?:czlonkow|jest\s+czlonkow)|ile\s+(?:ma\s+)?(?:miast|samorzadow)(?:\s+(?:czlonkowskich|w\s+nim))?)\s*\?\W*",
    *("jak", "ilu", "ile"),
)
"""As in "Jak duży?": a question on the size of the body spoken of."""
_WHO_ASKED = lazy(r"\W*(?:\w+\s+)?(?:pyta|zapyta|dopyty|docieka|chcia|zaciekawi|rzuci)\w*(?!\w)[^?]{0,60}")
_ANSWERS = lazy(
    r"\W*(?:[a-z][\w\s.]{1,60}:\W*)?(?:(?:(?:wedlug\s+)?(?:stanu?\s+)?na\s+(?:dzien\s+)?\d[\d\sa-z./-]{3,24}?(?:\s?r\.|\s+roku)?(?=\W)|obecnie|dzis|dzisiaj|teraz|aktualnie|na\s+dzis|na\s+dzien\s+dzisiejszy|juz|dokladnie|rowno|w\s+tej\s+chwili"
    r"|jest\s+ich|mamy\s+ich|to|nieco|troche|chyba|jakies|cos\s+kolo|currently|now|at\s+present)\W+){0,3}"
)


def answers_question(reading: Reading, sentence: Sentence, lead: str, after: str, *, counted: bool) -> bool:
    """As in "Ile miast należy do ZMP? Około 385.": the question names the association.

    `counted` says that what is counted stands right behind the number.
    """
    if not sentence.number or not (ENDS.match(after) or counted or not _WORD.search(after)):
        return False
    asked = reading.sentences[sentence.number - 1]
    if sentence.number > 1 and _WHO_ASKED.fullmatch(asked.folded):
        asked = reading.sentences[sentence.number - 2]
    if _HOW_LARGE.fullmatch(asked.folded) and _ANSWERS.fullmatch(lead):
        return _of_ours_before(reading, asked)
    if _ASKED_OF_THEM.search(asked.folded) and _ANSWERS.fullmatch(lead):
        return _of_our_towns(reading, asked)
    named = [b for b in asked.bodies if b.kind is not BodyKind.GENERIC]
    back = _ASKED.search(asked.folded) is None and _THIS_ONE.fullmatch(asked.folded) is not None
    if sentence.number > 1 and named and back and named[-1].kind is BodyKind.OURS:
        asked = reading.sentences[sentence.number - 2]
        named = named if all(b.kind is not BodyKind.OTHER or not b.named for b in asked.bodies) else []
    return (
        _ASKED.search(asked.folded) is not None
        and _ANSWERS.fullmatch(lead) is not None
        and (all(b.kind is BodyKind.OURS for b in named) if named else _of_ourselves(reading, asked))
    )


_FEW = 3


def _of_ours_before(reading: Reading, asked: Sentence) -> bool:
    """Whether a question without a name goes on with the association, which alone was named just before."""
    before = reading.before(asked, _FEW)
    named = {b.kind for s in before for b in s.bodies if b.kind is not BodyKind.GENERIC}
    return named == {BodyKind.OURS}


def _of_our_towns(reading: Reading, asked: Sentence) -> bool:
    """Whether "Ile ich jest?" asks for the association's members: it and towns were spoken of just before."""
    before = reading.before(asked, _FEW)
    named = [b for s in (*before, asked) for b in s.bodies if b.kind is not BodyKind.GENERIC]
    towns = any(_TOWNS_SPOKEN_OF.search(s.folded) for s in before)
    return towns and bool(named) and named[-1].kind is BodyKind.OURS


_TOWNS_SPOKEN_OF = lazy(r"(?<!\w)(?:miast(?:a|o)?|samorzad(?:y|ow)|gmin(?:y)?|czlonk(?:ow|owie))(?!\w)")


def _of_ourselves(reading: Reading, asked: Sentence) -> bool:
    """Whether "Ile mamy miast?" asks for the members of the only body that a text names."""
    kinds = {b.kind for b in reading.bodies}
    return kinds == {BodyKind.OURS} and _OF_US.search(asked.folded) is not None


_OF_US = lazy(r"(?<!\w)(?:mamy|nas|jestesmy|zrzesza\w*|tam|nim|czlonk\w+|w\s+srodku|na\s+pokladzie|w\s+gronie)(?!\w)")
