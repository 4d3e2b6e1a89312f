"""Questions whether a town is a member, and their answers: "Czy X należy do Związku? – Tak, od 1992 roku"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from zmpwatch.extract.binding.event import Actor, Event
from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.discourse.topic import Discourse
from zmpwatch.extract.structure.clause import clause_at
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.towns.finding import Role
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.signs import signs_of
from zmpwatch.model import EventKind, Stage

__all__ = ["WHETHER", "AnswerReader"]

WHETHER = lazy(r"(?:^|[\s\"(,-])czy\s(?:\S+\s){0,6}$|^\W*(?:is|are|does)\s(?:\S+\s){0,6}$")
"""What stands before a verb that is asked for, directly or not."""
_FRAGMENT = 40
_AT_ONCE = 16
_REPLY = r"(?<!\w)\W*(?:(?:odpowiedz|odp\.?)\s?[:-]\s?\W*)?"
_CONFIRMS = lazy(
    rf"{_REPLY}(?:[\w-]+,?\s+){{0,5}}(?:potwierdzil\w*|potwierdza\w*|przytaknal\w*|odpowiedzial\w*,?\s+ze\s+tak)(?!\w)",
    *("potwierdz", "przytaknal", "odpowiedzial"),
)
_YES = lazy(
    rf"{_REPLY}(?:tak|owszem|zgadza\s+sie|yes|(?:jest|sa|nalezy|naleza)(?:\s+(?:nim|do\s+niego|w\s+nim))?(?=\W*(?:$|[-,.;!]|(?:juz\s+|nieprzerwanie\s+)?od\s)))(?!\w)",
    *("=tak", "owszem", "zgadza", "=yes", "=jest", "=sa", "=nalezy", "=naleza"),
)


_SAYS_YES = lazy(
    r"\s?[-:]\s?(?:tak|owszem)(?=\W)|\s+(?:jest|sa|nalezy|naleza)(?:\s+(?:nim|do\s+niego|w\s+nim))?(?=\s*(?:[.!,;-]|$)|\s+(?:juz\s+)?od\s)"
)
_WHO = lazy(r"(?<!\w)(?:czy|kto|ktore|ktorzy|jakie)(?!\w)", *("=czy", "=kto", "=ktore", "=ktorzy", "=jakie"))
_ANSWERS = 6
_BUT_NO = lazy(r"(?:,?\s+ze)?\s+(?:[\w-]+\s+){0,4}?(?:nie|nigdy)(?!\w)")
"""What makes a confirmation one of the contrary: "potwierdził, że nie", "potwierdza, że nigdy nie przystąpiła"."""


@dataclass(slots=True)
class AnswerReader:
    """Reads a "yes" to the question of the sentence before."""

    NEEDS: ClassVar[int] = signs_of(_CONFIRMS, _YES)

    discourse: Discourse

    def events(self, sentence: Sentence) -> Iterator[Event]:
        """The membership that an answer affirms."""
        if not sentence.number:
            return
        if (
            sentence.towns
            and sentence.towns[0].start - sentence.start <= 2
            and (_SAYS_YES.match(sentence.folded, sentence.towns[0].end - sentence.start))
        ):
            yield from self._one_by_one(sentence)
            return
        yes = _CONFIRMS.match(sentence.folded) or _YES.match(sentence.folded)
        if yes is None or _BUT_NO.match(sentence.folded, yes.end()):
            return
        asked = self.discourse.reading.sentences[sentence.number - 1]
        actors = self._asked_about(asked)
        if not actors:
            return
        since = self.discourse.binder.dates.since(sentence, sentence.start) or self._since_next(sentence)
        for actor in actors:
            yield Event.told(
                actor, EventKind.ACCESSION, Stage.MEMBER, sentence, sentence.start, "sentence.answer", 0.75, date=since
            )  # fmt: skip

    def _one_by_one(self, sentence: Sentence) -> Iterator[Event]:
        """As in "Kto należy do Związku? A – tak, od 1991 r. B – nie": the answers of towns that are named first."""
        for asked in reversed(self.discourse.reading.before(sentence, _ANSWERS)):
            if not asked.bodies:
                continue
            if asked.bodies[-1].kind is not BodyKind.OURS or not _WHO.search(asked.folded):
                return
            for town in sentence.towns if self._asks_for_members(asked) else ():
                if not town.nominative or not _SAYS_YES.match(sentence.folded, town.end - sentence.start):
                    continue
                since = self.discourse.binder.dates.since(sentence, town.end) or self._since_next(sentence)
                for actor in self.discourse.actors([town]):
                    event = Event.told(
                        actor, EventKind.ACCESSION, Stage.MEMBER, sentence, town.start, "sentence.answer", 0.75
                    )  # fmt: skip
                    event.date = since
                    yield event
            return

    @staticmethod
    def _asks_for_members(asked: Sentence) -> bool:
        """Whether it is asked who belongs to the association, or is in it."""
        if asked.has("belong", "member_word"):
            return True
        inside = re.search(r"(?<!\w)we?\s+\"?$", asked.slice(asked.start, asked.bodies[-1].start))
        return asked.has("is") and inside is not None

    def _since_next(self, sentence: Sentence) -> str | None:
        """As in "Tak! Od 1997 roku": since when, told after the yes."""
        for later in self.discourse.reading.sentences[sentence.number + 1 : sentence.number + 2]:
            opens = re.match(r"\W*(?:juz\s+|nieprzerwanie\s+)?od\s", later.folded)
            if opens and (len(later.folded) <= _FRAGMENT or self._is_all_it_tells(later)):
                return self.discourse.binder.dates.since(later, later.start)
        return None

    @staticmethod
    def _is_all_it_tells(later: Sentence) -> bool:
        """As in "Od roku 2002, bez przerwy – śmieje się burmistrz": a sentence that begins with its one date."""
        dates, names = later.dates, (*later.towns, *later.bodies)
        return len(dates) == 1 and dates[0].start - later.start < _AT_ONCE and not names

    def _asked_about(self, asked: Sentence) -> list[Actor]:
        """The towns whose membership a sentence asks for."""
        for word in asked.all("belong", "member_word", "is"):
            clause = clause_at(asked, word.start)
            lead = asked.slice(clause.start, word.start)
            if not WHETHER.search(lead) and not asked.text.rstrip().endswith("?"):
                continue
            ours = [b for b in asked.bodies if b.kind is BodyKind.OURS]
            if not ours:
                return []
            if "is" in word.classes and not any(
                re.search(r"(?<!\w)w[e]?\s+\"?$", asked.slice(asked.start, b.start)) for b in ours
            ):
                continue
            named = [t for t in asked.towns if t.role == Role.PLAIN and t.nominative]
            return self.discourse.actors(named) or self.discourse.home()
        return []
