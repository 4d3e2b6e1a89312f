"""What letters such as "ZMP" stand for where a text does not write the association's name out."""

from __future__ import annotations

import re

from zmpwatch.extract.bodies.naming import Patterns, name_pattern
from zmpwatch.extract.uniform.cleantext import CleanText
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.model import Association

__all__ = ["spoken_of_the_past", "stands_for_another"]

_UNION = (
    r"mlodziez\w*\s+(?:polsk|robotn|wiejsk)|zetempow|pzpr|komsomo|harcer|junak|stalin|stachanow"
    r"|przodowni(?:k|c)\w*\s+pracy|legitymacj\w+\s+zmp"
)
"""What is said of the youth union with the same letters."""
_YOUNG = (
    r"(?<!\w)(?:uczni|uczenn|klas[aey]?(?!\w)|juna[kc]|brygad|kol\.\s|kolezan|traktorzyst|stoczniow|chlopc|dziewcz)"
)
_JOINED = (
    r"(?<!\w)(?:wst(?:api|epowa)|przyst(?:api|epowa)|wesz(?:l|ed)|wchodzi|dolacz|zapisa|przyje|przyjmowa|nalez|czlonk)"
)
# Where an acronym alone stands for that union or a factory.
_ELSEWHERE = (
    lazy(
        rf"(?<!\w)(?:{_UNION}|ppr|parowozowni|19(?:4[89]|5[0-7])\s?(?:r\b|roku|-|/(?:19)?[45]\d(?!\d))|w\s19(?:4[89]|5[0-7])(?!\d)"
        rf"|{_JOINED}\w*[^.;\n]{{0,60}}?(?<!\w)zmp(?!\w)[^.;\n]{{0,60}}?{_YOUNG}|{_YOUNG}(?:[^.;\n]|(?<=kol)\.){{0,60}}?{_JOINED}\w*[^.;\n]{{0,40}}?(?<!\w)zmp(?!\w)"
        r"|zakladow?\s+(?:mech|metal|miesn|maszyn)|sp\.\s?z\s?o\.\s?o)",
        *("mlodziez", "zetempow", "pzpr", "komsomo", "harcer", "stalin", "stachanow", "przodowni"),
        *("legitymacj", "ppr", "parowozowni", "194", "195", "uczni", "uczenn", "klas", "juna", "brygad", "kol."),
        *("kolezan", "traktorzyst", "stoczniow", "chlopc", "dziewcz", "zaklado", "sp."),
    ),
    lazy(r"kol(?<!\w...)[oae]\s+zmp"),
)


def stands_for_another(text: CleanText, patterns: Patterns, association: Association, *, by_address: bool) -> bool:
    """Whether the acronym of a text that never names the association in full is somebody else's.

    Args:
        text: the clean text.
        patterns: those of the association.
        association: its profile.
        by_address: the page's address names the association. A slug such as "wystawa-zmp" settles what the letters
            mean only where the text does not spell them out.
    """
    doubtful = not by_address and (patterns.rival_initials or any(words.search(text.folded) for words in _ELSEWHERE))
    return doubtful or _spelt_otherwise(text, association)


_YOUTH = (
    *("mlodziez", "zetempow", "pzpr", "komsomo", "harcer", "junak", "stalin", "stachanow", "przodowni", "legitymacj"),
    *("kolo", "kole", "kola", "ogniw", "klas", "uczni", "uczenn", "195", "1949/"),
)
_OF_YOUTH = lazy(
    rf"(?<!\w)(?:{_UNION}"
    r"|(?:kol[oae]|ogniw\w+)\s+zmp|(?:klas[ay]?|uczniowie|uczennice)(?!\w)|195[1-7](?!\d)|1949/(?:19)?50)",
    *_YOUTH,
)
"""In a sentence with the acronym: a youth union of 1948 to 1957, whatever the text names elsewhere."""
_ENDS = lazy(r"(?<!\sr)[.!?]\s|\n")
_SENTENCE = 200


_STILL_THEN = lazy(r"\n|(?<!\w)(?:dzis\w*|obecn\w+|teraz\w*|wspolczesn\w+)(?!\w)")


def spoken_of_the_past(
    text: CleanText, start: int, end: int, full_names: list[tuple[int, int]], before: int | None = None
) -> bool:
    """Whether the sentence of an acronym, or one before in its paragraph, speaks of the youth union with these letters.

    Args:
        text: the clean text, which names the association in full somewhere.
        start: where the acronym begins.
        end: where it ends.
        full_names: where the full names stand; in the sentence of one the acronym is its short form.
        before: where the last acronym that meant the union ends.
    """
    low, high = max(0, start - _SENTENCE), min(len(text.folded), end + _SENTENCE)
    low = max((low + m.end() for m in _ENDS.finditer(text.folded[low:start])), default=low)
    stop = _ENDS.search(text.folded, end, high)
    high = stop.start() if stop is not None else high
    if any(low <= place < high for place, _ in full_names):
        return False
    if before is not None and start - before < _SENTENCE and _STILL_THEN.search(text.folded[before:high]) is None:
        return True
    return _OF_YOUTH.search(text.folded[low:high]) is not None


def _spelt_otherwise(text: CleanText, association: Association) -> bool:
    """Whether a lookalike with the same initials is named in the text."""
    initials = {a.casefold() for a in association.acronyms}
    for name in association.lookalikes:
        letters = "".join(word[0] for word in re.findall(r"\w+", name)).casefold()
        if letters in initials and re.search(_at_word(name_pattern(name)), text.folded):
            return True
    return any(_spelt_out(acronym, text.text) for acronym in association.acronyms)


_FIRST_SIGN = lazy(r"(?:\w|\\[^\w\n])(?![?*+{])")
"""What a pattern begins with that stands for one sign and must be there."""


def _at_word(pattern: str) -> str:
    """A pattern without alternatives of its own, where a word begins.

    One that begins with a sign of its own asks behind it what stands before: that is found much faster than what looks
    back first.
    """
    first = _FIRST_SIGN.match(pattern)
    return rf"{first[0]}(?<!\w.){pattern[first.end() :]}" if first is not None else rf"(?<!\w){pattern}"


def _spelt_out(acronym: str, text: str) -> bool:
    """As in "Zakład Maszyn Precyzyjnych, zwany ZMP", "ZMP, czyli Zespół Muzyki Polskiej", where no name of ours is."""
    if acronym not in text:
        return False
    words = r"\s+(?:i\s+|oraz\s+)?".join(rf"{letter}[^\W\d_]{{2,20}}" for letter in acronym)
    called = r"(?:\(|zwan[ayeio]\w{0,3}|jako|skrócie|czyli|skrót:?|dalej:?)"
    return (
        re.search(rf"{_at_word(words)}[^.;()\n]{{0,40}}?\s?{called}\W{{0,3}}\"?{acronym}(?!\w)", text) is not None
        or re.search(rf"{_at_word(acronym)}\"?(?:,\s(?:czyli|to)\s|\s?\(|\s-\s)\"?{words}", text) is not None
    )
