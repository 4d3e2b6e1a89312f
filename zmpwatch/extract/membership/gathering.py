"""Members told by what the association does: "Związek zrzesza m.in. A, B i C", "skupia także D"."""

from __future__ import annotations

from collections.abc import Iterator

from zmpwatch.extract.binding.event import Event
from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.discourse.topic import Discourse
from zmpwatch.extract.structure.sentences import Sentence, Word
from zmpwatch.extract.towns.finding import Role
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.model import EventKind, Stage

__all__ = ["GATHERS", "gathered"]

GATHERS = ("zrzesza", "skupia", "grupuje", "jednoczy")
_IT_DOES = lazy(r"\"?(?:\s*\([^()]{0,60}\))?(?:,\s+ktor[yae])?\s+(?:(?:dzis|dzisiaj|obecnie|teraz|juz|od\s+lat)\s+)?")
_SUBJECT = lazy(r"(?:^|[.,;:-]\s|(?<!\w)(?:a|i|oraz|ze|iz|bo|gdyz)\s)\W*$")
_SOME = lazy(
    r"\s+(?:(?:dzis|obecnie|teraz|juz)\s+)?(?:(?:m\.\s?in\.|miedzy\s+innymi)|takie\s+(?:miasta|samorzady|osrodki)(?:,)?\s+jak|(?:takze|rowniez|tez)(?:\s+(?:m\.\s?in\.|miasto|miasta))?):?\s+"
)


def gathered(sentence: Sentence, word: Word, discourse: Discourse) -> Iterator[Event]:
    """The towns that the association is said to unite, right behind a word of `GATHERS`."""
    if "?" in sentence.text or not any(
        body.kind is BodyKind.OURS
        and body.end <= word.start
        and _IT_DOES.fullmatch(sentence.slice(body.end, word.start))
        and _SUBJECT.search(sentence.slice(sentence.start, body.start))
        for body in sentence.bodies
    ):
        return
    some = _SOME.match(sentence.slice(word.end, sentence.end))
    if some is None:
        return
    start = word.end + some.end()
    towns = [t for t in discourse.rows.enumerated(sentence, start) if t.role == Role.PLAIN]
    if not towns or towns[0].start != start:
        return
    for actor in discourse.actors(towns):
        yield Event.told(actor, EventKind.ACCESSION, Stage.MEMBER, sentence, word.start, "sentence.gathered", 0.85)
