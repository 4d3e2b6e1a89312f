"""Towns that came before another into the association: "trzecim, po A i B, miastem powiatu w tym gronie"."""

from __future__ import annotations

from collections.abc import Iterator

from zmpwatch.extract.binding.event import Event
from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.discourse.topic import Discourse
from zmpwatch.extract.steps.leading import leads_into
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.towns.finding import Town
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.model import EventKind, Stage

__all__ = ["COMES_AFTER", "forerunners"]

COMES_AFTER = lazy(
    r"(?<!\w)(?:jako|bedzie|bedziemy|jest|jestesmy|zosta\w{1,4}|sie|to|i|oraz)\s+(?:\d{1,3}\.\s+|[a-z]+\s+)?"
    r"(?:drug|trzec|czwart|piat|szost|siodm|osm|dziewiat|dziesiat|kolejn|nastepn)[a-z]{1,3}(?:\s+|\s*[,(-]\s*)po\s+(?=[a-z])",
    "=po",
)
_AND = lazy(r"\s*,\s+|\s+(?:i|oraz)\s+")
_REGION = (
    r"(?:(?:nasz|t|cal|poludniow|polnocn|wschodni|zachodni)\w{1,3}\s+)?(?:powiat|wojewodztw|region|subregion|ziemi|czesci|okolic|stron"
    r"|poludni|polnoc|wschod|zachod|metropoli|aglomeracji|podlasi|mazur|warmi|pomorz|slask|mazowsz|wielkopolsk|malopolsk|kujaw"
    r"|lubelszczyzn|podkarpaci|opolszczyzn|kaszub|podhal|kielecczyzn)\w*"
)
_TOWN_OF_THEM = lazy(
    rf"\s*[,)-]?\s*(?:(?:miast|gmin|samorzad|osrodk|czlonk)\w*(?:\s+(?:(?:z|ze|w|we|na)\s+)?{_REGION}){{0,2}}(?:\s+\w+(?:skiego|ckiego|skiej|ckiej))?"
    rf"|(?:z|ze|w|we)\s+{_REGION}(?:\s+\w+(?:skiego|ckiego|skiej|ckiej))?)"
    r"\s*(?:$|[.,;:!)]|-\s|(?:w|we|do)\s+(?:t(?:ej|ym|ego)\s+)?\"?(?:zwiazk|zmp|organizacj|stowarzysz|zrzesz|gron)|(?:nalezac|zrzeszon|przyjet|skupion|czlonkowsk)\w*)"
)
"""A town, of a region or none, and nothing more: no second-largest one, no winner, none with a theatre."""
_ITS_MEMBER = lazy(r"(?<!\w)(?:jej|jego|tej\s+organizacji|zwiazku)\s+(?:\d{2,3}\.\s+)?(?:miast|czlonk|samorzad)\w+")
_IN_IT = lazy(r"(?<!\w)we?\s+(?:tym|jego|jej)\s+gronie(?!\w)")
_A_MEMBER = lazy(r"(?<!\w)(?:czlonk|miast|samorzad)\w*\s+(?:w\s+)?\"?$")


def forerunners(sentence: Sentence, discourse: Discourse) -> Iterator[Event]:
    """Members that a town is told to follow into the association."""
    match = COMES_AFTER.search(sentence.folded)
    if match is None or "?" in sentence.text or sentence.has("not"):
        return
    towns = _listed(sentence, sentence.start + match.end())
    if not towns or _TOWN_OF_THEM.match(sentence.slice(towns[-1].end, sentence.end)) is None:
        return
    if not _of_ours(sentence, discourse):
        return
    for actor in discourse.actors(towns):
        yield Event.told(
            actor, EventKind.ACCESSION, Stage.MEMBER, sentence, towns[0].start, "sentence.forerunner", 0.75
        )  # fmt: skip


def _listed(sentence: Sentence, start: int) -> list[Town]:
    """The towns of "A, B i C" that begins at an offset."""
    listed: list[Town] = []
    for town in sentence.towns:
        if town.start < start:
            continue
        if listed and _AND.fullmatch(sentence.slice(listed[-1].end, town.start)) is None:
            break
        if not listed and town.start > start:
            break
        listed.append(town)
    return listed


def _of_ours(sentence: Sentence, discourse: Discourse) -> bool:
    """Whether it is the association's members that are counted."""
    if any(b.kind is BodyKind.OTHER for b in sentence.bodies):
        return False
    for body in sentence.bodies:
        lead = sentence.slice(max(sentence.start, body.start - 60), body.start)
        if body.kind is BodyKind.OURS and (leads_into(lead) or _A_MEMBER.search(lead)):
            return True
    if _ITS_MEMBER.search(sentence.folded) is None and _IN_IT.search(sentence.folded) is None:
        return False
    return discourse.topic(sentence, sentence.end) is BodyKind.OURS
