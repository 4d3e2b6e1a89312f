"""What labels over names say of who came, who went and who is to come: "Nowi członkowie:", "skreślono –", "w toku".

Each word of a label must be of joining or leaving, of the association and its members, or of a time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.dates.resolving import DateMention
from zmpwatch.extract.structure.reading import Reading
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.tokens import kind_of_words
from zmpwatch.model import EventKind, Stage

__all__ = ["BACK_AND_FORTH", "CUE", "CUT", "LONGEST_LABEL", "WORD", "Label", "LabelReader", "is_of_labels"]

_NEW = r"(?:now(?:i|e|ych|ymi)|new)\s+(?:\w+\s+)?(?:czlonk\w+|miast\w*|samorzad\w*|gmin\w?|members?|cities|towns)"
_CAME = (
    r"przyje(?:to|ta|te|ty|tych|ci|cia|cie)|przyjal|przyjely|(?:przystapi|wstapi|dolaczy|przyby|powroci|wroci)(?:l|la|lo|li|ly)"
    r"|dopisuje|wpisuje|dodaje|wesz(?:la|lo|li|ly)|dosz(?:la|lo|li|ly)|przystapienia|wstapienia|wejscia|dolaczenia|akcesje|powroty|debiutanci|joined|admitted|admissions|newcomers"
)
_WENT = (
    r"(?:wystapi|wysz|odesz|opusci|uby|zrezygnowa|pozegna)(?:l|la|lo|li|ly)|wystapienia|wyjscia|odejscia|rezygnacje|wygasnieci[ae]|wygasl[aoy]|ustani[ae]"
    r"|(?:wy|s)kreslon(?:o|a|e|y|ych)|(?:wy|s)kreslenia|(?:wy|s)kresla|usuwa|left|withdrew|withdrawals|departures"
)
_PENDING = (
    r"w\s+(?:toku|trakcie(?:\s+(?:procedury|przyjmowania|przystepowania|akcesji))?|procedurze)|kandydaci|kandyduja(?:ce)?|zapowiedzi"
    r"|o?czekuja(?:ce|cy)?(?:\s+na\s+(?:przyjecie|decyzje))?|czekaja(?:\s+na\s+(?:przyjecie|decyzje))?|zlozyly\s+wnioski|wnioski\s+zlozone|zlozone\s+wnioski"
)
BACK_AND_FORTH = lazy(rf"(?<!\w)(?:(?P<came>{_CAME})|(?P<went>{_WENT}))(?!\w)")
"""The words of labels that may also stand behind a name: "wykreśla się: A – wystąpiła z dniem 31.12.2002"."""
_PENDS = lazy(rf"(?<!\w)(?:{_PENDING})(?!\w)")
_JOINS = lazy(rf"(?<!\w)(?:{_NEW}|{_CAME})(?!\w)")
_LEAVES = lazy(rf"(?<!\w)(?:{_WENT})(?!\w)")
_PENDING_CUE = r"toku|trakcie|procedurze|kandydaci|kandyduja(?:ce)?|zapowiedzi|o?czekuja(?:ce|cy)?|zlozyly|zlozone"
CUE = kind_of_words(re.compile(rf"now(?:i|e|ych|ymi)|new|{_CAME}|{_WENT}|{_PENDING_CUE}").fullmatch)
_OF_A_LABEL = lazy(
    rf"(?:{_NEW}|{_CAME}|{_WENT}|{_PENDING}|(?:przez|decyzj\w{{1,2}}|uchwal\w{{0,3}}|posiedzeni\w{{1,2}})\s+zarzad\w{{0,2}}|zarzad(?=\s+przyjal)"
    r"|we?|do|ze?|na|od|i|oraz|a|tym|tej|r|roku?|lata(?:ch)?|ciagu|okres\w{0,2}|sprawozdawczym|kadencji|zwiazk\w+|zwiazek|zmp|polskich|organizacji|stowarzyszenia"
    r"|i{1,3}|iv|vi{0,3}|nasz\w{0,4}|gron\w+|poczet|sklad|szereg\w*|list\w{1,2}|wykaz\w?|spisu?|czlonk\w+|czlonkowsk\w+|miast\w{0,3}|samorzad\w{0,3}|gmin\w?|liczba|ostatni\w?|niedawno|ubiegl\w+|minion\w+"
    r"|biezac\w+|br|ub|dnia|dniu|nr|zmiany|sa|to|ktor[eay]|kolejn\w{1,3}|jedn[oa]|dwa|dwie|trzy|cztery|piec|szesc|siedem|osiem|dziewiec|dziesiec|kwarta\w+|polroczu|m|in|razem"
    r"|lacznie|nastepuj\w+|prawidlow\w|poprawn\w|wlasciw\w|peln[aey]|kompletn\w|aktualn\w|korekta|sprostowanie|errata|powin(?:na|ien|no)\s+brzmiec|brzmi|oto|zosta(?:l[aoy]?|li)|wlasn[aey]|prosbe|wniosek|zadanie|zas|juz|nam|nas|sie|zarazem|natomiast|the|of|during|by|year|association|cities|towns|members?|our|board)(?!\w)"
)
_ITS_ORGAN = lazy(r"(?<!\w)(?:czlonk\w+|sklad\w*)\s+(?:\w+\s+)?(?:zarzad|komisj|rad[yz]|prezydi)")
_ABOUT_MEMBERS = lazy(r"(?<!\w)(?:czlonk|zwiaz|zmp|association|member)\w*")
_ARRIVED = lazy(r"(?<!\w)(?:przyby|wesz|dosz|joined|left)\w*")
"""Verbs that without a word of the association also tell of guests."""
_SOMETHING_ELSE = lazy(
    r"(?<!\w)(?:grant|dotacj|dofinans|partner|projek|program|kongres|konferen|szkole|warsztat|konkurs|laurea|akademi|badani|ankie|rank|nagrod|fundusz|uczest|akcj|kampani|apel|petycj|inicjatyw|klast|grup|porozumie|zbiork"
    r"|prenumerat|wolontariusz|stypend|prelegent|ekspert|pracowni|sztafet|konwoj|siec|lig|turniej|wystaw|komisj|zespol|zarzadu\s+wesz)\w*"
)
_ENDS_LABEL = lazy(r"(?:(?::|-|\()\W*|(?<!\w)zosta\w+\s+(?:(?:miast\w|gmin\w|samorzady)\s+)?)$")
CUT = lazy(
    rf";|\n|,\s+(?:a\s+)?(?=(?:{_CAME}|{_WENT}|{_PENDING})\s*(?:(?:zas|natomiast)\s+)?(?:\w{{2,6}}\s*)?(?:[:(]|-\s))|:\s+(?=(?:{_CAME}|{_WENT})\s+zosta\w+)"
    rf"|\.(?<=\d{{4}}\.)\s+(?=(?:{_CAME}|{_WENT}|stan|razem|lacznie|ogolem|zwiazek|obecnie|liczba)\s)"
    r"|!\s+(?=\w)|\.(?<=[a-z]{3}\.)(?<!woj\.)(?<!pow\.)\s+(?=\w)(?!(?:i|oraz|a)\s)"
)
WORD = lazy(r"[^\W\d_]+")
LONGEST_LABEL, _LONGEST_WORD, _ABOVE = 150, 40, 160


_GOES_ON = ("now", "new", "zlozon", "zlozyl", "wnioski", "przez", "decyzj", "uchwal", "posiedzeni", "powin")
"""How those words begin that stand in labels, some of them, only with another word behind them."""


@lru_cache(maxsize=4096)  # the words before those of joining and leaving are the same few in all texts
def _is_of_labels(word: str) -> bool:
    """Whether a label may hold a word, whatever stands behind it."""
    return _OF_A_LABEL.match(word) is not None


def is_of_labels(text: str) -> bool:
    """Whether each word of a text is one that labels are made of."""
    place = 0
    while (word := WORD.search(text, place)) is not None:
        known = _OF_A_LABEL.match(text, word.start())
        if known is None:
            return False
        place = known.end()
    return True


@dataclass(slots=True)
class Label:
    """What is told of the names behind or below a label."""

    kind: EventKind
    stage: Stage
    start: int
    days: list[DateMention] = field(default_factory=list)


@dataclass(slots=True)
class LabelReader:
    """Reads labels of one document."""

    reading: Reading
    _ends: set[int] = field(init=False)
    """Where the bodies and dates of the document end."""

    def __post_init__(self) -> None:
        self._ends = {body.end for body in self.reading.bodies}.union(day.end for day in self.reading.dates)

    def read(self, start: int, end: int, *, known: bool, inline: bool) -> Label | None:
        """What the text between two places says as a label, where it says nothing else.

        `known`, whether another was read above; `inline`, whether names stand behind it in its line.
        """
        reading = self.reading
        text = reading.clean.folded[start:end]
        if len(text) > LONGEST_LABEL or (inline and _ENDS_LABEL.search(text) is None):
            return None
        pends = _PENDS.search(text) if known else None
        step = text if pends is None else text[: pends.start()] + text[pends.end() :]
        joins, leaves = _JOINS.search(step), _LEAVES.search(step)
        if (joins is not None) + (leaves is not None) + (pends is not None) != 1 or _ITS_ORGAN.search(text):
            return None
        if not self._of_ours(end):
            return None
        days = [d for d in reading.dates if start <= d.start < end]
        bodies = [b for b in reading.bodies if start <= b.start < end]
        if any(b.kind is BodyKind.OTHER for b in bodies):
            return None
        firm = bool(bodies) or _ABOUT_MEMBERS.search(text) is not None
        if not (firm or known or self._among_members(start, text)):
            return None
        rest = list(text)
        for first, last in [(d.start, d.end) for d in days] + [(b.start, b.end) for b in bodies]:
            rest[first - start : last - start] = " " * (last - first)
        if not is_of_labels("".join(rest)):
            return None
        kind = EventKind.WITHDRAWAL if leaves else EventKind.ACCESSION
        return Label(kind, Stage.PROPOSED if pends else Stage.ADMITTED, start, days)

    def may_hold(self, cue: int) -> bool:
        """Whether the word right before one of joining or leaving, if any, may stand in a label, as few words may."""
        folded = self.reading.clean.folded
        if folded[cue - 1 : cue] != " " or not folded[cue - 2 : cue - 1].isalpha():
            return True
        word = folded[max(0, cue - _LONGEST_WORD) : cue].split()[-1]
        if not word.isalpha() or word.startswith("zarzad") or _is_of_labels(word):
            return True
        if word.startswith(_GOES_ON) and _OF_A_LABEL.match(folded, cue - 1 - len(word)):
            return True
        return cue - 1 in self._ends

    def _of_ours(self, place: int) -> bool:
        """Whether the body named last before a place is the association, or its page names no other."""
        named = [b for b in self.reading.bodies if b.named]
        before = [b for b in named if b.start < place]
        if before:
            return before[-1].kind is BodyKind.OURS
        return self.reading.own_site and not named

    def _among_members(self, start: int, text: str) -> bool:
        """Whether what stands above a label without a word of the association is about its members."""
        above = self.reading.clean.folded[max(0, start - _ABOVE) : start]
        far = self.reading.clean.folded[max(0, start - 2 * _ABOVE) : start]
        goes_on = _LEAVES.search(above.rsplit(".", 1)[-1]) if _JOINS.search(text) else None
        if _SOMETHING_ELSE.search(above) or (_ARRIVED.search(text) and goes_on is None):
            return False
        return self.reading.own_site or _ABOUT_MEMBERS.search(far) is not None
