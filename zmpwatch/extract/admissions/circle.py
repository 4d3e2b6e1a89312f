"""The circle of the association's members, which grows by whom it takes in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from zmpwatch.extract.binding.event import Actor, Event
from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.discourse.topic import Discourse, OpenStep
from zmpwatch.extract.structure.clause import Clause
from zmpwatch.extract.structure.sentences import Sentence, Word
from zmpwatch.extract.towns.finding import Role
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.phrases import BESIDE_A_BODY
from zmpwatch.model import EventKind, Stage

__all__ = ["NOT_YET", "OTHER_CIRCLE", "SUBBODY", "Circle"]

OTHER_CIRCLE = lazy(
    r"(?<!\w)(?:gron\w+|sklad\w*|list[aey]|szereg\w*|krag|kregu?)\s+(?:\w+\s+)?(?:partner\w*|miast\s+partnersk\w+|laureat\w*|uczestni\w*|gosci|beneficjent\w*|zarzad\w*|komisj\w*|rad[ay]|ekspert\w*|(?:wice)?prezes\w*|doradc\w*|delegat\w*|przedstawiciel\w*|czlonk\w+\s+(?:zarzadu|komisji|prezydium|rady|zespolu|kapituly|jury|komitetu)|prezydium|kapitul\w*|sygnatariusz\w*|honorow\w*|zwyciezc\w*|finalist\w*|sponsor\w*|wladz\w*|konkurs\w*|projekt\w*|program\w*)"
)
SUBBODY = lazy(
    r"(?<!\w)(?:komisj|zarzad|rad[aey](?!\w)|zespol|grup[aey](?!\w)|prezydium|program|konkurs|projekt|klub|sejmik|powiat)\w*"
)
NOT_YET = lazy(
    r"(?<!\w)(?:nie|bedzie|beda|bedziemy|zostanie|stanie|zostaniemy|mial[aoy]?\s+(?:zostac|byc)|moglob?y?|moze|gdyby|(?:ze|a)?by|byl[aoiy]?by|jesli|jezeli|czy|chce\w*|ma\s+(?:zostac|byc))(?!\w)"
)


@dataclass(slots=True)
class Circle:
    """What readers of admissions to the circle have in common: whose circle it is, and whom they tell of."""

    discourse: Discourse

    def _named_behind(self, sentence: Sentence, word: Word) -> list[Actor]:
        """Whose names stand behind a word, and not only to be compared with."""
        named = [t for t in sentence.towns if t.start >= word.end and t.role == Role.PLAIN and t.nominative]
        return self.discourse.actors([t for t in named if not self.discourse.rows.compared(t, sentence)])

    def _ours(self, sentence: Sentence, position: int) -> bool:
        """Whether the association is what grows; without a name in the sentence, what the text was about."""
        named = [b for b in sentence.bodies if b.kind is not BodyKind.GENERIC]
        if named:
            nearest = min(named, key=lambda b: abs(b.start - position))
            beside = BESIDE_A_BODY.search(sentence.slice(max(sentence.start, nearest.start - 30), nearest.start))
            return nearest.kind is BodyKind.OURS and beside is None
        return self.discourse.topic(sentence, position) is BodyKind.OURS or self.discourse.alone()

    def _admitted(
        self, sentence: Sentence, word: Word, clause: Clause, actors: list[Actor], rule: str
    ) -> Iterator[Event]:
        for actor in actors:
            event = Event.told(actor, EventKind.ACCESSION, Stage.ADMITTED, sentence, word.start, rule, 0.85)
            self.discourse.binder.bind(event, sentence, clause)
            yield event
        if actors:
            self.discourse.open = OpenStep(sentence.number, EventKind.ACCESSION, tuple(actors), admitted=True)
