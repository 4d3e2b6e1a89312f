"""Whose council a sentence points to without a name: "tamtejsza rada", "solecka rada"."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

from zmpwatch.extract.binding.event import Actor
from zmpwatch.extract.structure.clause import Clause
from zmpwatch.extract.structure.reading import Reading
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.towns.town import Role, Town
from zmpwatch.extract.uniform.folding import fold_letters
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.signs import signs_of

__all__ = ["actors_of", "pointed_at"]

_THERE = lazy(
    r"(?<!\w)(?P<here>(?:tamtejs|miejscow|tutejs|lokaln)\w{1,4}|tam)\s+(?:\w+\s+)?(?:rad[ayz]\w?|radn\w+|samorzad\w*|burmistrz\w*|prezydent\w*|wladz\w*|wlodarz\w*|wojt\w*|magistrat\w*|ratusz\w*|urz[ae]d\w*)",
    *("lokaln", "miejscow", "tamtejs", "tutejs", "=tam"),
)
_BY_ADJECTIVE = lazy(
    r"(?<!\w)(?P<adjective>(?!miejsk|wiejsk|polsk|powiatow|lokaln|obywatelsk)[a-z]{5,30}+"
    r"(?:(?<=[a-z]{2}[sc]k[ai])|(?<=[a-z]{2}[sc]cy)|(?<=[a-z]{2}[sc]ki(?:ej|ch|mi))|(?<=[a-z]{2}[sc]kim)|(?<=[a-z]{2}[sc]kie(?:go|mu))))\s+"
    r"(?:(?:miejsc\w+|miejsk\w+|gminn\w+)\s+)?(?:rad(?:a|y|zie|e)|radn\w{1,3}|samorzad\w{0,5}|burmistrz\w{0,3}|prezydent\w{0,3}|magistrat\w{0,3}|wladz\w{1,3}|gmin\w)(?!\w)",
    *("=rada", "=rade", "=rady", "=radzie", "burmistrz", "gmin", "magistrat", "prezydent", "radn", "samorzad"),
    "wladz",
)
_POINTED = signs_of(_THERE, _BY_ADJECTIVE)


def actors_of(towns: Iterable[Town]) -> list[Actor]:
    """Whom mentions stand for, each once, in order."""
    return list({t.name: Actor(t.name, t.municipality) for t in towns}.values())


def pointed_at(
    reading: Reading, sentence: Sentence, clause: Clause, home: Sequence[Actor], headed: Sequence[Actor]
) -> list[Actor]:
    """Whose council a clause points to; none where it points to no known one."""
    if not sentence.signs & _POINTED:
        return []
    scope = sentence.slice(clause.start, clause.end)
    there = _THERE.search(scope)
    if there is not None:
        if there["here"].startswith("tutejs") and (headed or home):
            return list(headed or home)
        limit = clause.start + there.start()
        around = reading.up_to(sentence, 2)
        before = [t for s in around for t in s.towns if t.end <= limit and t.role != Role.BODY]
        if before:
            return actors_of(before[-1:])
    for match in _BY_ADJECTIVE.finditer(scope):
        at = clause.start + match.start("adjective")
        found = actors_of([t for t in sentence.towns if t.start == at]) or _called(reading, match["adjective"], home)
        if found:
            return found
    return []


def _called(reading: Reading, adjective: str, home: Sequence[Actor]) -> list[Actor]:
    """The municipality of the text that an adjective is made of: "solecka" of Solec Kujawski."""
    known = {a.name: a for a in (*home, *actors_of(reading.towns))}
    best: tuple[int, Actor] | None = None
    for actor in known.values():
        name = fold_letters(actor.name).split(" ")[0]
        shared = sum(
            1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(name, adjective, strict=False))
        )
        if shared >= max(3, len(name) - 3) and (best is None or shared > best[0]):
            best = shared, actor
    return [best[1]] if best else []
