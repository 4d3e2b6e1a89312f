"""Whose council a decision is, that a sentence tells of a step spoken of before."""

from __future__ import annotations

from collections.abc import Sequence

from zmpwatch.extract.binding.event import Actor
from zmpwatch.extract.discourse.topic import Discourse, OpenStep
from zmpwatch.extract.structure.clause import Clause
from zmpwatch.extract.structure.reading import Reading
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.towns.finding import Role
from zmpwatch.extract.words.lazy import lazy

__all__ = ["ANOTHER_GOAL", "NOT_THERE", "deciders", "turned_to_another"]

ANOTHER_GOAL = lazy(
    r"(?<!\w)(?:uchwal|projekt|wnios|decyzj)\w*\s+(?:\w+\s+)?(?:o|w\s+sprawie|dotyczac\w+)\s+(?:przystapieni|wstapieni|dolaczeni|przylaczeni|wystapieni|rezygnacj|wycofani|odstapieni)\w*\s+(?:sie\s+)?(?:do|ze?)\s+"
    r"(?!(?:tego|tej|nasz\w+|ogolnopolsk\w+|samorzadow\w+)\s|zwiaz|zmp|organizac|stowarzysz|zrzesz|federac|korporac|gron|szereg|struktur|rodzin|wspoln|nie(?:go|j)|czlonk|q{3})[a-z]"
)
"""A decision on a step that leads into something else: "uchwałę o przystąpieniu do procedury"."""

_ITS_COUNCIL = lazy(r"(?<!\w)(?:its|jej|jego)\s+(?:\w+\s+)?(?:council\w*|rad(?:a|ni)|samorzad)(?!\w)")
_IN_ANOTHER = lazy(
    r"\W*(?:(?:a|natomiast|tymczasem|za\s+to|z\s+kolei)\s+)?(?:(?:podobn|analogiczn|identyczn|tak|ten|ta|to)\w{0,3}\s+(?:sam\w?\s+)?"
    r"(?:projekt|uchwal|wniosek|pomysl|propozycj|inicjatyw)\w*\s+(?:[\w-]+\s+){0,2}?)?(?:w|we)\s+(?:(?:sasiedni|pobliski)\w{1,2}\s+)?"
)
"""What leads to the place of another council: "W B", "Podobny projekt w B"."""
NOT_THERE = lazy(r"(?<!\w)nie\s+ma\s+(?:juz\s+|jeszcze\s+)?(?:go|jej|ich|nas|miasta|gminy|q{3}\w+)(?!\w)", "=nie")
"""As in "Nie ma go w Związku, bo tak postanowiła rada": no accession was decided."""
_LIKEWISE = lazy(
    r"(?<!\w)(?:podobn\w+|identyczn\w+|analogiczn\w+|tak\w{0,3}\s+sam\w{0,3}|t(?:en|a|o|e|ym|ej)\s+sam\w{0,3}|tez|rowniez|takze|za\s+to|z\s+kolei|natomiast|tymczasem|zas|za\s+przykladem|w\s+slad\w?|inaczej|odwrotnie|wczesniej|pozniej"
    r"|(?:na|o|za|przeciw(?:ko)?|w)\s+t(?:o|ym|emu)(?:\s+(?:krok|spraw)\w+)?|na\s+taki\w*\s+\w+|tego\s+nie)(?!\w)"
)
"""What tells that another council decides upon the same matter."""
_SEVERAL = 2


def deciders(discourse: Discourse, before: OpenStep, sentence: Sentence, clause: Clause) -> Sequence[Actor] | None:
    """Whose council decided; None where another town is spoken of: "Krosno na razie decyzji nie podjęło"."""
    told_of = {a.name for a in before.actors}
    elsewhere = [
        t for t in sentence.towns if t.role == Role.PLACE and t.name not in told_of and t.start >= clause.start
    ]
    if elsewhere and not any(t.name in told_of for t in sentence.towns):  # "Taki sam projekt w B odrzucono"
        lead = sentence.slice(sentence.start, elsewhere[0].start)
        return discourse.actors(elsewhere[:1]) if _IN_ANOTHER.fullmatch(lead) is not None else None
    councils = [t for t in sentence.towns if t.role == Role.COUNCIL]
    named = discourse.actors(discourse.rows.tail(sentence, councils))
    pointed = discourse.pointed(sentence, clause) or _its(discourse, sentence, before)
    subjects = {t.name for t in sentence.towns if t.role == Role.PLAIN and t.nominative}
    if subjects and not (named or pointed or subjects & {a.name for a in before.actors}):
        return None
    here = discourse.paragraph
    if _LIKEWISE.search(sentence.folded) is None:
        known = told_of | {t.name for t in discourse.reading.towns if t.end <= sentence.start}
        if named and not known & {a.name for a in named}:
            return None  # another council's decision on another matter, though it was told behind the step
        if here is not None and here.name not in told_of and not (named or pointed or subjects):
            return None
    told_now = [t for t in sentence.towns if t.name in told_of and t.role == Role.PLAIN]
    at_front = {t.name for t in told_now if t.nominative and t.start <= sentence.start + 2}
    one_of_them = [a for a in before.actors if a.name in at_front]
    if one_of_them and len({t.name for t in told_now}) == 1 and not (named or pointed):
        return one_of_them  # "Przyjęto A i B. A uchwałę podjęła 28 kwietnia"
    return named or pointed or ([here] if here is not None and here.name not in told_of else before.actors)


def turned_to_another(reading: Reading, before: OpenStep, sentence: Sentence) -> bool:
    """Whether a paragraph tells of another town since a step, so that a decision behind that is hardly on the step."""
    if _LIKEWISE.search(sentence.folded) is not None:
        return False
    own = {actor.name for actor in before.actors}
    start, _ = sentence.paragraph
    between = [s for s in reading.sentences[before.sentence + 1 : sentence.number] if s.start >= start]
    told = [t for s in between for t in s.towns if t.role != Role.PLAIN or t.nominative]
    known = {t.name for t in reading.towns if t.end <= reading.sentences[before.sentence].end}
    return any(t.is_actor and t.name not in own | known for t in told) and not any(
        t.name in own for s in (*between, sentence) for t in s.towns
    )


def _its(discourse: Discourse, sentence: Sentence, before: OpenStep) -> Sequence[Actor]:
    """Whose council "jej rada", "its council" is, where several were admitted: whom the text speaks of now."""
    if len(before.actors) < _SEVERAL or _ITS_COUNCIL.search(sentence.folded) is None:
        return ()
    return [actor for actor in discourse.focus if actor in before.actors][:1]
