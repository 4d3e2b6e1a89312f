"""Steps told as one of several: among the plans of a session, or among the decisions that a session's report lists."""

from __future__ import annotations

from zmpwatch.extract.binding.councilsat import sitting_told
from zmpwatch.extract.structure.reading import Reading
from zmpwatch.extract.structure.sentences import Sentence, Word
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.model import BlockKind, EventKind

__all__ = ["came_of_efforts", "is_one_of_the_plans", "is_one_of_the_results", "is_talked_of"]

_ONE_OF_THEM = lazy(
    r"\W*(?:[\w-]+\s+)?(?:jedn\w{1,3}\s+z(?:e)?\s+|wsrod\s+|w\s+planach|to\s+m|to\s+miedzy|sa\s+to|na\s+liscie\s+(?:projekt|spraw|uchwal|punkt|druk)"
    r"|ten\s+(?:z\s+numerem|oznaczony|z\s+nr)|(?:pierwsz|drug|trzec|czwart|piat|szost|siodm|osm|dziewiat|dziesiat|ostatn|kolejn)\w{1,2}\s+(?:z\s+nich\s+)?(?:\(|dotycz|mowi|to(?!\w)|jest))"
)
_AMONG_THESE = lazy(r"(?<=\sr\. )wsrod\s+(?:uchwal|projekt|punkt|spraw|temat)\w{0,4}\s?:", "wsrod")
"""The same behind the year of a sitting, whose full stop may end no sentence."""
_PUT_BEFORE_COUNCIL = lazy(
    r"(?<!\w)(?:rad[ay]\s(?:[^.;]|(?<=\sr)\.){0,50}?(?:zbierze|spotka)\s+sie|pod\s+obrady|material\w+\s+(?:na|przed)\s+(?:\w+\s+)?sesj\w+|(?:punkt|druk|dokument|projekt)ow\s+na\s+sesj\w+)(?!\w)",
    "obrady",
    "sesj",
    "=sie",
)
_RESULTS = lazy(
    r"(?<!\w)(?:decyzj[ea]|uchwaly|rozstrzygniecia|postanowienia)\s+(?:podjete\s+)?(?:(?:z|na|podczas)\s+)?(?:\w+\s+){0,2}?(?:sesji|obrad)(?!\w)"
    r"|(?<!\w)(?:co|o\s+czym)\s+(?:rada\s+|radni\s+)?(?:uchwal|zdecydowa|postanowi)\w+",
    *("sesji", "obrad", "uchwal", "zdecydowa", "postanowi"),
)
"""Over or before a list of what a session decided: "Ważne decyzje sesji z 30 czerwca"."""
_LIST_SIGN = lazy(r":|\s[-*]\s|[\u2022\u2600-\u27bf\U0001f300-\U0001faff]")
_TITLE = 90
_LIST = 10
"""How many characters the title of such a list has at most, how many items may stand above one."""
_IS_TALKED_OF = lazy(
    r"(?<!\w)(?:zacz(?:al|ela|elo|eli|ely|eto|yna|ynaja)\s+(?:sie\s+)?(?:tam\s+)?(?:mowic|rozmawiac|przebakiwac)|coraz\s+(?:glosniej|czesciej|wiecej)\s+(?:sie\s+)?(?:mowi|rozmawia)\w*)(?!\w)",
    *("mowi", "rozmawia", "przebak"),
)
"""As in "O akcesie zaczęły mówić władze X": what is only talked of is still to come."""
_SOUGHT = lazy(r"(?<!\w)(?:staran|zabieg)\w{1,3}\s+(?:[\w-]+\s+){0,5}?o\s+(?:\w+\s+)?$", "staran", "zabieg")
_SUCCEEDED = lazy(
    r"(?:(?!(?<!\w)nie(?!\w))[^.;]){0,90}?(?<!\w)(?:zakonczyl[oy]\s+sie|zwienczon\w+)\s+(?:powodzeniem|sukcesem)(?!\w)",
    "zakonczyl",
    "zwienczon",
)
"""As in "starania o członkostwo zakończyły się powodzeniem": what was sought came about."""


def came_of_efforts(sentence: Sentence, word: Word, kind: EventKind) -> bool:
    """As in "starania X o członkostwo zakończyły się powodzeniem"; what others want a town to leave is no news."""
    return (
        kind is EventKind.ACCESSION
        and _SOUGHT.search(sentence.slice(sentence.start, word.start)) is not None
        and _SUCCEEDED.match(sentence.slice(word.end, sentence.end)) is not None
    )


def is_one_of_the_plans(reading: Reading, sentence: Sentence) -> bool:
    """As in "Przedstawiła program. Jednym z punktów jest przystąpienie": what one of several plans is."""
    if not (_ONE_OF_THEM.match(sentence.folded) or _AMONG_THESE.search(sentence.folded)):
        return False
    around = reading.up_to(sentence)
    if any(s.has("plan", "agenda") or _PUT_BEFORE_COUNCIL.search(s.folded) for s in around):
        return True
    sitting = sitting_told(around[0])
    return sitting is not None and not sitting.past


def is_one_of_the_results(reading: Reading, sentence: Sentence, place: int) -> bool:
    """As in "Ważne decyzje sesji: dotacja, przystąpienie do Związku": what a session is told to have decided."""
    if sentence.has("agenda", "removed", "decide_later", "not") or "projekt" in sentence.folded:
        return False
    led = _RESULTS.search(sentence.folded)
    if led is not None:
        return _LIST_SIGN.search(sentence.text, led.end(), max(led.end(), place - sentence.start)) is not None
    for earlier in reversed(reading.before(sentence, _LIST)):
        if _RESULTS.search(earlier.folded) is not None:
            title = len(earlier.text) <= _TITLE and earlier.segment.kind is BlockKind.HEADING
            return title or (earlier.text.rstrip().endswith(":") and not earlier.has("plan", "agenda"))
        if not (earlier.segment.level or earlier.segment.kind is BlockKind.HEADING) or earlier.has("plan", "agenda"):
            return False
    return False


def is_talked_of(before: str, clause: str) -> bool:
    """Whether a step is one that its clause only says is talked of; `before`, the text right before it."""
    return f" {before}".endswith(" o ") and _IS_TALKED_OF.search(clause) is not None
