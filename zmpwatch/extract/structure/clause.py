"""The part of a sentence that belongs together around one word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from zmpwatch.extract.structure.sentences import Sentence, Word
from zmpwatch.extract.towns.finding import Role
from zmpwatch.extract.words.lazy import lazy

__all__ = ["Clause", "clause_at"]

# Where another statement may begin. "że", "by", "aby" do not cut: what follows them is what was decided.
_CUT = lazy(
    r"[;()]|\s-\s|:\s|,\s+(?=(?:a|dzis|dzisiaj|teraz|obecnie|ale|lecz|natomiast|zas|choc|chociaz|mimo|podczas|wiec|dlatego|totez|bo|gdyz|poniewaz|tymczasem|z\s+kolei|jednak|(?:(?:z|ze|do|w|we|na|od|przez)\s+)?ktor\w+|(?:(?:do|o|po|przez|dzieki)\s+)?(?:co|czego|czym|czemu))(?!\w))|(?<=\w)\s+(?=a\s+(?:takze|wlasciwie|tymczasem)(?!\w))|(?<=\w)\s+(?=(?:i|oraz)\s+(?:ze|iz)\s)"
)


_FINITE = (
    *("join_past", "join_present", "join_future", "leave_past", "leave_present", "leave_future"),
    *("is", "belong", "decide", "decide_later", "refuse", "admit_verb", "became", "stop_being", "cease"),
)
_STEPPED = ("join_past", "leave_past")
_PREDICATE = lazy(
    r"(?<!\w)(?:ma|maja|mial[aoy]?|nie|\w{3,}(?:uje|uja|za|zaja|sla|laja|eje)|mysl[iae]\w?|zastanawia\w*|waha\w*|czeka\w*|rozmawia\w*|zwleka\w*|milcz[ya]|stara(?:ja)?|chc[ea]|chca|zrobi|zrobia|uczyni|pojdzie|pojda|woli|wola|\w{3,}(?:[iyae]l|[iyae]l[aoy]))(?!\w)"
)
"""Of verbs that are of no class of their own, those that follow a town's name most often."""


@dataclass(frozen=True, slots=True)
class Clause:
    """Offsets of a clause in the clean text."""

    start: int
    end: int


_WHEN_OPENS = lazy(
    r"\W*(?<!\w)(?:podczas\s+)?(?:gdy|kiedy|jak)\s[^,;]{10,160}?(?P<comma>,\s+)(?!(?:a|i|ktor\w*|aby|by|ze|oraz|w\s+tym(?!\s+(?:samym|czasie|miesiacu|roku|dniu)))(?!\w))",
    *("=gdy", "=kiedy", "=jak"),
)
"""As in "Gdy Zarząd przyjmował A, o wystąpieniu zdecydowała B": what was at the same time ends at the comma."""


_PLAIN_WORD = r"(?!\w{3,}(?:l[aoiy]?|uje|uja|eje|omy|amy)(?!\w))(?!(?:jest|sa|ma|ze|nie)\s)[\w-]+"
_CONCEDED = lazy(
    rf",\s+(?:choc|chociaz|mimo|jako)\s+(?:{_PLAIN_WORD}\s+){{0,5}}{_PLAIN_WORD},\s+"
    r"(?=(?:\w+\s+)?(?:jest|sa|nalezy|naleza|przystapi|wstapi|dolaczy|wystapi|pozostaje|zosta|byl|nalezal|chce|ma\s))"
)
"""An aside without a verb that parts a town from what it does: "A, choć cztery razy mniejsza, jest w Związku"."""


@lru_cache(maxsize=64)
def _cuts(folded: str) -> tuple[re.Match[str], ...]:
    """Kept, since several readers ask for the clauses of one sentence."""
    return tuple(m for m in _CUT.finditer(folded) if m[0][0] != "," or _CONCEDED.match(folded, m.start()) is None)


def clause_at(sentence: Sentence, position: int) -> Clause:
    """The clause of a sentence that holds a place."""
    start, end = _between_statements(sentence, position)
    opened = _WHEN_OPENS.match(sentence.folded)
    if opened is not None:
        if sentence.start + opened.end() <= position:
            start = max(start, sentence.start + opened.end())
        else:
            end = min(end, sentence.start + opened.start("comma"))
    for match in _cuts(sentence.folded):
        if match[0] in "()" and _holds_a_name(sentence, match.start()):
            continue
        if sentence.start + match.end() <= position:
            start = max(start, sentence.start + match.end())
        elif sentence.start + match.start() >= position:
            end = min(end, sentence.start + match.start())
            break
    return _apart_from_relative(sentence, Clause(start, end), position)


_RELATIVE = lazy(r"(?:(?:z|ze|do|w|we|na|od|przez)\s+)?ktor(?:y|a|e|ego|ej|ym|zy|ych)\s")
_CLOSED = lazy(r",\s+(?!(?:a|i|ale|lecz|ktor\w*|ze|aby|zeby|by|oraz|jak|gdy|gdzie|czyli|to)(?!\w))")


def _apart_from_relative(sentence: Sentence, clause: Clause, position: int) -> Clause:
    """As in "A, która w 2011 roku opuściła Związek, wróciła w maju 2020": the first step ends at the comma."""
    scope = sentence.slice(clause.start, clause.end)
    if _RELATIVE.match(scope) is None or not any(0 <= clause.start - t.end <= len(", ") for t in sentence.towns):
        return clause
    if _states(sentence, sentence.start, clause.start):
        return clause
    for closed in _CLOSED.finditer(scope):
        first, last = clause.start + closed.start(), clause.start + closed.end()
        if _states(sentence, clause.start, first) and _states(sentence, last, clause.end):
            return Clause(clause.start, first) if position < last else clause
    return clause


def _between_statements(sentence: Sentence, position: int) -> tuple[int, int]:
    """The statement on one town of several that holds a place: "A jest w Związku, B dopiero to rozważa"."""
    start, end = sentence.start, sentence.end
    for town in sentence.towns:
        lead = sentence.slice(start, town.start)
        begins = town.start
        if town.role == Role.PLACE and lead.endswith((", w ", ", we ")):  # "W A radni to poparli, w B odrzucili"
            begins -= len(lead) - lead.rfind(",") - 2
            if not any(start <= other.start < begins for other in sentence.towns):
                continue
        elif not town.nominative or town.role != Role.PLAIN or not lead.endswith(", "):
            continue
        comma = sentence.slice(town.end, sentence.end).find(",")
        stop = town.end + comma if comma >= 0 else sentence.end
        if not (_states(sentence, start, begins) and _states(sentence, town.end, stop)):
            continue
        if begins <= position:
            start = begins
        else:
            return start, begins - 2
    if len(sentence.towns) > 1:
        for word in sentence.all(*_STEPPED)[1:]:
            if not sentence.slice(start, word.start).endswith(", ") or not _one_on_either_side(sentence, start, word):
                continue
            if word.start <= position:
                start = word.start
            else:
                return start, min(end, word.start - 2)
    return start, end


def _one_on_either_side(sentence: Sentence, start: int, word: Word) -> bool:
    """As in "weszły do Związku A i B, wystąpiła z niego C": a step with its town before, another behind."""
    comma = sentence.slice(word.end, sentence.end).find(",")
    stop = word.end + comma if comma >= 0 else sentence.end
    named = [t.start for t in sentence.towns if t.nominative and t.role == Role.PLAIN]
    return (
        sentence.has(*_STEPPED, start=start, end=word.start)
        and any(start <= place < word.start for place in named)
        and any(word.end <= place < stop for place in named)
    )


def _states(sentence: Sentence, start: int, end: int) -> bool:
    if sentence.has(*_FINITE, start=start, end=end):
        return True
    # "Łomża" ends like "wyraża", and is a name
    return any(
        not any(t.start < start + match.end() and start + match.start() < t.end for t in sentence.towns)
        for match in _PREDICATE.finditer(sentence.slice(start, end))
    )


def _holds_a_name(sentence: Sentence, place: int) -> bool:
    """Whether a bracket at a place belongs to the name of a body: "do Związku Miast Polskich (ZMP) dała rada"."""
    folded = sentence.folded
    for body in sentence.bodies:
        first, last = body.start - sentence.start, body.end - sentence.start
        opened = folded.find("(", max(0, first - 1), last)
        if 0 <= opened <= place <= last and ")" in folded[last - 1 : last + 1]:
            return True
    return False
