"""Whether a word for accepting is said of a paper: "przyjęto uchwałę", "projekt został przyjęty"."""

from __future__ import annotations

from collections.abc import Sequence

from zmpwatch.extract.binding.event import Event
from zmpwatch.extract.structure.clause import clause_at
from zmpwatch.extract.structure.sentences import Sentence, Word
from zmpwatch.extract.words.lazy import lazy

__all__ = ["governs_a_paper", "is_of_a_paper", "nouns_of_applications"]

_PAPER_NEXT = lazy(
    r"\s+(?:(?:w|dnia|\d+|r\.|roku)\s+){0,3}(?:[\w-]+\s+){0,2}(?:r\.\s+)?(?:uchwal\w*|stanowisk\w*|budzet\w*"
    r"|sprawozdan\w*|porzad\w*|protok\w*|apel\w*|list[aey](?!\s+(?:\w+\s+)?(?:czlonk|nowych|miast))(?!\w)|informac\w*"
    r"|statut\w*|regulamin\w*|wnios\w*|projekt\w*|zgloszen\w*|do\s+wiadomosci|plan\w*|program\w*|kart\w*|rezoluc\w*"
    r"|nazw\w*|now\w+\s+straz|gosci|delegac\w*|zaproszeni\w*|propozycj\w*|ofert\w*|nagrod\w*|wyroznieni\w*"
    r"|stawk\w*|oplat\w*|podat\w*|taryf\w*|zmian\w*|strategi\w*|zasad\w*|podziekowan\w*|darowizn\w*|dotacj\w*"
    r"|gratulacj\w*|funkcj\w*|obowiazk\w*|mandat\w*)"
)
_BY_VOTES = lazy(
    r"\s+(?:[\w-]+\s+){0,3}?(?:glos(?:ami|em|ow|y|ach)|jednoglosnie|jednomyslnie|wiekszoscia|stosunkiem)(?!\w)"
)
_PAPER_BEFORE = lazy(
    r"(?<!\w)(?:uchwal(?!il\w*\s+(?:[\w-]+\s+)?$|ono\s+(?:[\w-]+\s+)?$|a\s+(?:nr\s+\S+\s+)?(?:zarzadu|(?:z\s[\w\s.]{4,30})?$))\w+|projekt\w*|(?<!na\s)wniosek|sprawozdani\w+|budzet\w*|stanowisk\w+)"
)
_WHICH_COUNCIL = lazy(
    r"(?<!\w)uchwal[ea]?\s[^;]{0,120}?,\s+ktor[ae]\s+(?:(?!zarzad|zwiaz|zgromadz|zmp)[\w.-]+\s+){0,8}$", "uchwal"
)
"""As in "uchwałę o wstąpieniu, którą poprzednia rada przyjęła": not what the board took in."""
_ON_GROUNDS = lazy(r"(?<!\w)(?:zgodnie\s+z|na\s+mocy|na\s+podstawie|w\s+wyniku|dzieki|wskutek)\s+(?:[\w-]+\s+)?$")
_HE = lazy(r"wnios|projekt|budzet")
"""Papers that are no subject of "została przyjęta": "X złożyła wniosek, w marcu została przyjęta"."""
_NEXT = 140
_TOOK = ("przyjal", "przyjela", "przyjelo", "przyjeli", "przyjely", "przyjeto")
_OF_AN_ACT = lazy(r"(?<!\w)uchwal\w{1,2}\s+(?:o|w\s+sprawie)\s+(?:\w+\s+)?$", "uchwal")


def nouns_of_applications(sentence: Sentence, granted: Sequence[Event]) -> set[int]:
    """Where the nouns of joining of what was granted stand, and not of what a council resolved: "uchwały o akcesie"."""
    if not granted:
        return set()
    apart = clause_at(sentence, granted[0].anchor).start if sentence.has("council") else sentence.start
    return {
        word.start
        for word in sentence.all("join_noun", start=apart)
        if _OF_AN_ACT.search(sentence.slice(max(sentence.start, word.start - 40), word.start)) is None
    }


def governs_a_paper(sentence: Sentence, word: Word) -> bool:
    """As in "przyjęła w maju uchwałę", "projekt przyjęto 12 głosami"."""
    behind = sentence.slice(word.end, sentence.end)
    if _PAPER_NEXT.match(behind[:_NEXT]):
        return True
    before = sentence.slice(sentence.start, word.start)
    if word.folded in _TOOK and _WHICH_COUNCIL.search(before):
        return True
    return _BY_VOTES.match(behind) is not None and _PAPER_BEFORE.search(before) is not None


def is_of_a_paper(before: str, verb: str) -> bool:
    """Whether the subject before a verb is a paper: not "zgodnie z uchwałami swoich rad A i B zostały przyjęte"."""
    paper = _PAPER_BEFORE.search(before)
    if paper is None or _ON_GROUNDS.search(before, 0, paper.start()) is not None:
        return False
    return verb not in ("przyjeta", "przyjete") or _HE.match(paper[0]) is None
