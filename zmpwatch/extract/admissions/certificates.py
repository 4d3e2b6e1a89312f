"""Papers of membership handed over: "odebrał akt członkostwa", "wręczono certyfikat członka", "list o przyjęciu"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from zmpwatch.extract.binding.event import Actor, Event
from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.discourse.topic import Discourse, OpenStep
from zmpwatch.extract.structure.clause import Clause
from zmpwatch.extract.structure.sentences import Sentence, Word
from zmpwatch.extract.towns.finding import Role
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.signs import signs_of
from zmpwatch.model import EventKind, Stage

__all__ = ["CertificateReader"]

# What the paper is about; a certificate of anything else ("honorowego członka", "członka komisji") is none of ours.
_OF_MEMBERSHIP = lazy(
    r"\s+(?:(?!honorow|zaprosz|zachet|wnios|prosb|propozycj|zarzad|komisj|wspieraj|rady|zespol)[\w-]+\s+){0,3}?(?:czlonkostw\w*|czlonkowsk\w+|czlonka|czlonkow|czlonkini|membership|przyjeci\w+|przystapieni\w+|wstapieni\w+|wejsci\w+|dolaczeni\w+|akces\w*|przynaleznosc\w*)(?!\w)"
    r"(?!\s+(?:honorow|zarzad|komisj|wspieraj|rad[yz]|zespol|kapitul))"
)
_NOT_YET = lazy(
    r"(?<!\w)(?:nie|bedzie|beda|odbierze|wreczy|otrzyma|dostanie|gdyby|jesli|jezeli|czy|moze|mial\w*)(?!\w)"
)
_OF_A_PART = lazy(
    r"\s+(?:[\w-]+\s+){0,4}?(?:czlonkostw|czlonk|przyjec|przystapi)\w*\s+(?:do\s+|we?\s+)?(?:[\w-]+(?:ej|ym|ego)\s+)?(?:jury|kapitul|komisj|zarzad|rad[yz]|zespo|grup|klub|program|projek|siec|akademi|konkurs)\w*"
)
_OF_OURS = lazy(r"\s+\"?(?:zwiazku\s+miast\s+polskich|zmp|zwiazku)(?!\w)")
_FOR_SOMETHING_ELSE = lazy(
    r"(?<!\w)(?:odebrano|radn(?:y|a|i|ego|ej)|honorow\w+|jako\s+(?!czlonk|now|kolejn|pelnoprawn|\d)\w+)(?!\w)"
)
"""What tells that a card was taken away, or that it went to a person: "odebrał radny", "jako eksperci"."""
_OFFICIAL = lazy(r"(?<!\w)(?:burmistrz\w*|prezydent\w*|wojt\w*|wlodarz\w*|delegacj\w*|mayor)(?!\w)")


@dataclass(slots=True)
class CertificateReader:
    """Reads that a town was handed the paper that makes it a member."""

    NEEDS: ClassVar[int] = signs_of("certificate")
    discourse: Discourse

    def events(self, sentence: Sentence) -> Iterator[Event]:
        """Admissions that a sentence tells by the paper handed over."""
        if not sentence.has("handed"):
            return
        if sentence.has("plan") or _NOT_YET.search(sentence.folded):
            return
        for word in sentence.all("certificate"):
            about = _OF_MEMBERSHIP.match(sentence.slice(word.end, word.end + 90)) or self._members_card(sentence, word)
            if about is None or not self._ours(sentence, word.end):
                continue
            if _OF_A_PART.match(sentence.slice(word.end, sentence.end)):
                continue  # "list z podziękowaniem za członkostwo w jury"
            clause = Clause(sentence.start, sentence.end)
            actors = self._holders(sentence)
            for actor in actors:
                event = Event.told(
                    actor, EventKind.ACCESSION, Stage.ADMITTED, sentence, word.start, "sentence.certificate", 0.85
                )
                self.discourse.binder.bind(event, sentence, clause)
                yield event
            if actors:
                self.discourse.open = OpenStep(sentence.number, EventKind.ACCESSION, tuple(actors), admitted=True)
                return

    @staticmethod
    def _members_card(sentence: Sentence, word: Word) -> re.Match[str] | None:
        """As in "legitymację Związku odebrały A i B": only members have one."""
        if not word.folded.startswith("legitymacj") or _FOR_SOMETHING_ELSE.search(sentence.folded):
            return None
        return _OF_OURS.match(sentence.slice(word.end, word.end + 40))

    def _ours(self, sentence: Sentence, position: int) -> bool:
        named = [b for b in sentence.bodies if b.kind is not BodyKind.GENERIC]
        if named:
            return min(named, key=lambda b: abs(b.start - position)).kind is BodyKind.OURS
        return self.discourse.topic(sentence, position) is BodyKind.OURS or self.discourse.alone()

    def _holders(self, sentence: Sentence) -> list[Actor]:
        """Whose paper it is: towns of the mayors that took it, towns named, else "nasza gmina" or who was spoken of."""
        towns = [t for t in sentence.towns if t.role in (Role.PLAIN, Role.OFFICIAL, Role.COUNCIL)]
        if towns:
            return self.discourse.actors(towns)
        if not sentence.has("town_noun", "home") and not _OFFICIAL.search(sentence.folded):
            return []
        return list(self.discourse.focus) or self.discourse.home()
