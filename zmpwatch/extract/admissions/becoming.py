"""Becoming a member, and ceasing to be one: "X został członkiem ZMP", "X przestał być członkiem"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from zmpwatch.extract.binding.event import Event
from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.decisions.verdicts import PROCEDURE, refuses
from zmpwatch.extract.discourse.topic import Discourse, OpenStep
from zmpwatch.extract.membership.memberwords import into_a_part, of_another, of_another_circle
from zmpwatch.extract.structure.clause import Clause, clause_at
from zmpwatch.extract.structure.entries import told_as_past
from zmpwatch.extract.structure.sentences import Sentence, Word
from zmpwatch.extract.towns.finding import Role
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.phrases import AFTER_RESOLUTION
from zmpwatch.extract.words.signs import signs_of
from zmpwatch.model import EventKind, Stage

__all__ = ["BecomingReader"]

_BY_COUNCIL = lazy(
    r"(?<!\w)(?:na\s+mocy|moca|na\s+podstawie|uchwala)\s+(?:uchwaly\s+)?(?!zarzadu)(?:rad[yz]|nr|z|numer)(?!\w)(?![^.;]{0,60}zarzad)"
)
_PART_OF = lazy(
    r"\s+(?:(?:rodziny|spolecznosci|grona|wspolnoty)\s+)?(?:(?:tej|tego|nasz\w+)\s+)?\"?(?:zwiazku|zmp|organizacji|stowarzyszenia)(?!\w)"
    r"|\s+of\s+(?:the\s+)?(?:association|zmp|apc|organi[sz]ation|family)(?!\w)"
)
_NEW_ONE = lazy(r",\s+(?:now|najnowsz|najmlodsz|swiez)\w{1,3}\s+(?:\w+\s+)?")
"""As in "Gołańcz, nowy członek Związku"."""
_IS_THE_NEW_ONE = lazy(
    r"\s+(?:-\s+)?(?:now|najnowsz|najmlodsz|kolejn|swiez)\w{1,3}\s+(?:[\w.-]+\s+)?(?=czlonk(?:iem|ami|inia)(?!\w))",
    "czlonk",
)
"""As in the headline "Gołańcz nowym członkiem Związku"."""
_PERHAPS = lazy(
    r"(?<!\w)(?:mozliw|potencjaln|ewentualn|przyszl|niedosz|possible|prospective|potential)\w*\s+(?:\w+\s+)?$"
)
"""Before "nowi członkowie": who is none yet."""
_THEN_BECAME = lazy(
    r"[^.;:]{0,60}?(?<!\w)(?<!\bnie\s)(?:zostal\w{0,4}|stal\w{0,3}\s+sie|stalismy\s+sie|zostaje|staje\s+sie)(?!\w)"
)
_THEN_BECAME_BEHIND = lazy(
    r"[^.,;:]{0,60},\s+ktor[aey]\s[^.,;:]{3,70},\s+(?<!\bnie\s)(?:zostal\w{0,4}|stal\w{0,3}\s+sie|zostaje|zostaja)(?!\w)",
    "=ktory",
    "=ktora",
    "=ktore",
)
"""As in "Nowymi członkami Związku, który liczy 377 miast, zostały A i B"."""
_WILL_NOT_HAVE_IT = lazy(
    r"(?<!\w)(?:nie\s+(?:zgodzi\w+\s+sie|zgodzono\s+sie|popar\w+|wyrazi\w+\s+zgody|zgadza\w+\s+sie)|sprzeciwi\w+\s+sie|odrzuci\w+|odmowi\w+)(?!\w)(?:[^.;]|(?<=\sr)\.){0,60},\s+(?:a|ze)?by\s"
)
"""Before what is not to be: "radni nie zgodzili się, by miasto zostało członkiem"."""
_SO_THAT = lazy(r"(?<!\w)(?:aby|zeby|azeby|by|zebysmy|abysmy|bysmy)\s+(?:[\w.-]+\s+){0,10}$")
_WOULD_BE = lazy(r"(?:zosta|sta)l\w{0,2}by")
_MEMBER_TOWN = lazy(r"(?<!\w)miast(?:em|ami)\s+$")
_TO_BE = lazy(r"(?<!\w)byc\s+(?:\w+\s+){0,2}$")
_THEN_STOPPED = lazy(r"[^.;:,]{0,60}?(?<!\w)przesta(?:l|la|lo|li|ly)(?!\w)")
_NOT = lazy(r"(?<!\w)nie\s")
_NEVER_BECAME = lazy(r"(?:has|have)\s+(?:never|not)\s")
_UNREAL = lazy(r"(?<!\w)(?:gdyby\w*|jesli|jezeli|\w{3,}(?:l|la|lo|li|ly)by(?:smy)?)(?!\w)")
"""Told of what is not so, or not yet: "gdyby X został członkiem", "Związek zyskałby członka"."""
_HAS = lazy(r"(?<!\w)(?:ma|mamy|maja|zyskal\w*|pozyskal\w*|has|have|gained|welcomed|got)\s+(?:\w+\s+){0,2}$")
_ENTRY_WITHOUT_VERB = lazy(r"[\W\d_]*(?:[a-z-]+\s+){1,4}")


def _dated_apart(sentence: Sentence, by_act: re.Match[str] | None) -> tuple[Sentence, Sentence]:
    """As in "Przestaliśmy być członkiem 1 lipca, zgodnie z uchwałą z grudnia": the day of each, where both have one."""
    if by_act is None:
        return sentence, sentence
    place = sentence.start + by_act.start()
    behind = [d for d in sentence.dates if d.start >= place]
    before = [d for d in sentence.dates if d.start < place]
    return (
        (replace(sentence, dates=before), replace(sentence, dates=behind))
        if behind and before
        else (sentence, sentence)
    )


@dataclass(slots=True)
class BecomingReader:
    """Reads who has become a member, or is one no longer."""

    NEEDS: ClassVar[int] = signs_of("member_word")
    discourse: Discourse

    def events(self, sentence: Sentence, handled: set[int]) -> Iterator[Event]:
        """As in "X został członkiem ZMP", "nowi członkowie to A, B i C", "X przestał być członkiem"."""
        folded = self.discourse.reading.clean.folded
        for word in sentence.all("member_word"):
            rest = folded[word.end : min(sentence.end, word.end + 60)]
            if of_another(sentence, word.end) or into_a_part(sentence.slice(sentence.start, word.start)):
                continue
            lead = folded[max(sentence.start, word.start - 90) : word.start]
            clause = clause_at(sentence, word.start)
            not_yet = (
                re.search(r"(?<!\w)nie\s+(?:bedzie|beda|bedziemy)\s+(?:(?:juz|dluzej|wiecej)\s+){1,2}$", lead)
                is not None
            )
            stopped = re.search(
                r"przesta(?:l\w*|lismy|je|ja|jemy)\s+byc\s+(?:\w+\s+){0,2}$|(?<!\w)nie\s+(?:jest|sa|jestesmy|bedzie|beda|bedziemy)\s+(?:(?:juz|dluzej|wiecej)\s+){1,2}$|(?<!\w)juz\s+nie\s+(?:jest|sa|jestesmy)\s+(?:jego\s+|jej\s+)?$|(?<!\w)(?:is|are)\s+no\s+longer\s+(?:a\s+)?$"
                r"|(?<!\w)(?:ceased\s+to\s+be|stopped\s+being)\s+(?:a\s+)?$",
                lead,
            )
            became = re.search(
                r"(?<!\w)(?:zostal\w{0,4}|zostaje|zostajemy|stal\w{0,3}\s+sie|stalismy\s+sie|staje\s+sie|stajemy\s+sie|became|(?:has|have)\s+(?:\w+\s+)?become)\s+(?:[\w.-]+\s+){0,6}$",
                lead,
            )
            newest = re.search(
                r"(?<!\w)(?:now\w{1,3}|najnowsz\w+|kolejn\w+|najmlods[zi]\w*|najnowsi|swiez\w+|newest|new|latest)\s+(?:[\w-]+\s+){0,2}$",
                lead,
            )
            person = re.search(
                r"(?<!\w)(?:burmistrz|prezydent|radny|wojt|starosta|skarbni|sekretarz|mieszkan|dyrektor|wice)\w*\s+(?:[^\s:]+\s+){0,6}(?:zostal|stal)\w*\s+(?:\S+\s+){0,4}$",
                lead,
            )
            if person and not re.search(
                r",\s+(?:ktor[ae]|ze|iz|(?:a|ze)?by)\s", person[0]
            ):  # "burmistrzowie A i B, które zostały": towns
                continue
            if not (became or stopped) and (
                word.folded.startswith(("czlonkiem", "czlonkami", "czlonkini", "czescia")) or _MEMBER_TOWN.search(lead)
            ):
                became = _THEN_BECAME.match(sentence.slice(word.end, clause.end))
                if became is None:
                    became = _THEN_BECAME_BEHIND.match(sentence.slice(word.end, sentence.end))
                    clause = clause if became is None else clause_at(sentence, word.end + became.end() - 1)
                if became is not None and not any(
                    t.role == Role.PLAIN and t.nominative and t.start >= word.end + became.end() for t in sentence.towns
                ):
                    became = None
            if word.folded in ("czescia", "part") and not (became and _PART_OF.match(rest)):
                continue
            if (
                became
                and not word.folded.startswith(("czlonkiem", "czlonkini", "czlonkami", "member", "czescia", "part"))
                and _MEMBER_TOWN.search(lead) is None
            ):
                continue  # "skreślone z listy członków"
            if became is not None and (
                re.search(r"(?<!\w)(?:nie|never|not)\s+$", lead[: became.start()])
                or _WOULD_BE.match(became[0])
                or _NEVER_BECAME.match(became[0])
            ):
                continue
            if _UNREAL.search(sentence.slice(clause.start, word.start)):
                continue
            if stopped is None and not became and _TO_BE.search(lead):
                stopped = _THEN_STOPPED.match(sentence.slice(word.end, clause.end))
                if stopped is not None and _NOT.search(stopped[0]):
                    continue
            elif stopped is not None and re.search(r"(?<!\w)nie\s+$", lead[: stopped.start()]):
                continue
            if became is None and not stopped and word.folded.startswith(("czlonkiem", "czlonkini")):
                became = self._entered_then(sentence, lead)
            if newest is not None and _PERHAPS.search(lead[: newest.start()]):
                continue
            if newest is not None and any(
                t.start <= word.start - len(lead) + newest.start() < t.end for t in sentence.towns
            ):
                newest = None  # "Nowy Sącz to członek Związku"
            if not (stopped or became or newest):
                continue
            if newest and not became and not stopped:
                joined_on = any(
                    t.nominative and _NEW_ONE.fullmatch(sentence.slice(t.end, word.start)) for t in sentence.towns
                )
                verb = (
                    joined_on
                    or self._is_the_new_one(sentence, word)
                    or re.search(r"(?<!\w)(?:to|jest|sa|is|are|:)(?!\w)", sentence.folded)
                    or re.match(r"\s*(?:[\w\"]+\s+){0,6}[\w\"]*\s?[:-]", rest)
                )
                verb = verb or (_HAS.search(lead[: newest.start()]) and re.match(r"\s*(?:\w+\s+){0,4}\w*,\s", rest))
                heads = not sentence.towns and sentence.text.rstrip().endswith(":")
                if not verb or (
                    not heads
                    and not [t for t in sentence.towns if t.role == Role.PLAIN and (t.nominative or t.accusative)]
                    and not re.search(r"(?<!\w)nasz\w+\s+(?:miast|gmin)|jestesmy", sentence.folded)
                ):
                    continue
            if not self._member_of_ours(sentence, word):
                continue
            if became and of_another_circle(sentence, word, self.discourse.just_before(sentence)):
                continue
            actors = self.discourse.subjects(sentence, word, clause)
            if newest and not became and not sentence.towns and sentence.text.rstrip().endswith(":"):
                actors = self.discourse.actors(self.discourse.rows.following(sentence))
            if became and not actors:
                actors = self.discourse.home()
            kind = EventKind.WITHDRAWAL if stopped else EventKind.ACCESSION
            wished = self._only_wished(sentence, word)
            question = sentence.text.rstrip().endswith("?") or wished
            lost = wished and self._lost(sentence, word)
            decided = wished and not lost and sentence.has("decide") and sentence.has("council", "act")
            by_council = became is not None and _BY_COUNCIL.search(sentence.slice(clause.start, clause.end)) is not None
            stage = Stage.RESOLVED if by_council else Stage.ADMITTED
            if question or not_yet:
                stage = Stage.REJECTED if lost else Stage.RESOLVED if decided else Stage.PROPOSED
            by_act = AFTER_RESOLUTION.search(sentence.folded) if stopped else None
            apart, of_act = _dated_apart(sentence, by_act)
            for actor in actors:
                event = Event.told(
                    actor, kind, stage, sentence, word.start, "sentence.became", 0.9, weak=stage is Stage.PROPOSED
                )
                self.discourse.binder.bind(event, apart, clause)
                if newest and not became and event.date is None:
                    event.date = self.discourse.binder.dates.since(apart, word.start)
                yield event
                if by_act is not None:
                    resolved = Event.told(
                        actor, kind, Stage.RESOLVED, sentence, word.start, "sentence.by_resolution", 0.85
                    )
                    self.discourse.binder.bind(resolved, of_act, clause)
                    event.date = None if event.date == resolved.date else event.date
                    yield resolved
            if actors and not handled.issuperset([word.start]):
                self.discourse.open = OpenStep(sentence.number, kind, tuple(actors), admitted=not not_yet)
            handled.add(word.start)

    @staticmethod
    def _is_the_new_one(sentence: Sentence, word: Word) -> bool:
        """As in the headline "Gołańcz nowym członkiem Związku": a town, and no verb of its own."""
        return "?" not in sentence.text and any(
            t.role == Role.PLAIN
            and t.nominative
            and (told := _IS_THE_NEW_ONE.match(sentence.slice(t.end, sentence.end))) is not None
            and t.end + told.end() == word.start
            for t in sentence.towns
        )

    @staticmethod
    def _only_wished(sentence: Sentence, word: Word) -> bool:
        """As in "pomysł, aby X stał się częścią Związku"."""
        lead = sentence.slice(max(sentence.start, word.start - 90), word.start)
        return _SO_THAT.search(lead) is not None

    def _lost(self, sentence: Sentence, word: Word) -> bool:
        """As in "pomysł, aby X stał się częścią Związku, nie zyskał większości"."""
        rest = sentence.slice(word.end, sentence.end)
        if PROCEDURE.search(rest):
            return False
        ballot = self.discourse.binder.ballots.told(sentence, Clause(sentence.start, sentence.end))
        if ballot is not None and ballot.carried is not None:
            return not ballot.carried
        lead = sentence.slice(sentence.start, word.start)
        if _WILL_NOT_HAVE_IT.search(lead):
            return True
        return refuses(rest) or sentence.has("refuse", start=word.end)

    def _entered_then(self, sentence: Sentence, lead: str) -> re.Match[str] | None:
        """As in "1992 – Swarzędz członkiem Związku" in a chronicle: a verb is left out."""
        verbless = _ENTRY_WITHOUT_VERB.fullmatch(lead)
        return verbless if verbless and told_as_past(self.discourse.reading, sentence) else None

    def _member_of_ours(self, sentence: Sentence, word: Word) -> bool:
        after = [b for b in sentence.bodies if b.start >= word.end and b.start - word.end < 80]
        if after:
            return after[0].kind is BodyKind.OURS
        before = [b for b in sentence.bodies if b.end <= word.start]
        if before:
            return before[-1].kind is BodyKind.OURS
        return self.discourse.topic(sentence, word.start) is BodyKind.OURS
