"""Of what somebody is a member who "należy", "jest członkiem" or "jest tam": of the association, or of another body."""

from __future__ import annotations

from dataclasses import dataclass

from zmpwatch.extract.bodies.coordination import ours_in_list
from zmpwatch.extract.bodies.finding import FEMININE_HEADS, Body, BodyKind
from zmpwatch.extract.discourse.topic import Discourse
from zmpwatch.extract.membership.belongingwords import was_it
from zmpwatch.extract.membership.memberwords import belongs_elsewhere, goes_elsewhere
from zmpwatch.extract.structure.clause import Clause, clause_at
from zmpwatch.extract.structure.sentences import Sentence, Word
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.phrases import WRONG_GOVERNOR

__all__ = ["MemberGoal"]

_HER_MEMBERS = lazy(r"(?<!\w)jej\s+(?:\w+\s+)?$")
_TO_WHICH = lazy(r"\W*do\s+ktor(?:ego|ej|ych)(?!\w)")
_OF_WHICH = lazy(r"\W*(?:(?:do|w)\s+)?ktor(?:ego|ej|ym)(?!\w)")
_LONG = lazy(r"nalez|przynalez|siedz")
_SINCE = lazy(r"\s+(?:[\w-]+\s+){0,3}od\s")
_TO = lazy(r"\s+(?:[\w-]+\s+){0,4}do\s+(?!dzis)")
_TO_BEFORE = lazy(r"(?<!\w)do\s+(?:[\w-]+\s+){1,3}$")
_TO_SOME = lazy(r"nalez|przynalez|zalicz")
_OUR_CIRCLE = lazy(
    r"(?<!\w)w\s+(?:naszym\s+gronie|gronie\s+(?:miast|czlonkow)(?:\s+(?:czlonkowskich|zrzeszonych))?)\s+(?:\([^()]{1,20}\)\s+)?(?:\w+\s+){0,2}$",
    "=gronie",
)
_TO_THOSE = lazy(
    r"\s+(?:[\w-]+\s+){0,3}?do\s+(?:(?:tych|nielicznych|pierwszych|wielu)\s+)?(?:tych|nielicznych|miast|gmin|samorzadow|osrodkow)\s*\Z"
)
_WHO = lazy(r"\W*ktor(?:e|zy|ych|ym|ymi)(?!\w)[^,;:.]*")
_ARE_MEMBERS = lazy(
    r"(?<!\w)(?:nalez|zrzesz|skupi|tworz|wspoltworz|czlonk|sa\s|dziala|wchodz|przystapi|wstapi|dolaczy|zalozy|zaklada)\w*"
)
_IN_IT = lazy(
    r"(?<!\w)(?:tam|w\s+nim|niego|(?:w\s+tym\s+gronie|do\s+tego\s+grona)(?!\s+(?!od(?!\w)|juz|i(?!\w)|nalez)\w))(?!\w)"
)


@dataclass(slots=True)
class MemberGoal:
    """Tells whether a word for belonging is about the association."""

    discourse: Discourse

    def is_ours(self, sentence: Sentence, word: Word) -> bool:
        """Whether the body that a word for belonging is nearest to, or that is spoken of, is the association."""
        clause = clause_at(sentence, word.start)
        if _TO_WHICH.match(sentence.slice(clause.start, clause.end)):
            hung = [b for b in sentence.bodies if clause.start - 3 <= b.end <= clause.start]
            if hung and hung[-1].kind is BodyKind.OTHER:
                return False  # "Śląski Związek Gmin, do którego A należy, jest odpowiednikiem Związku Miast Polskich"
        if _OF_WHICH.match(sentence.slice(clause.start, clause.end)):
            hung = [b for b in sentence.bodies if clause.start - 3 <= b.end <= clause.start]
            if hung and hung[-1].kind is BodyKind.OURS:
                return True  # "spotkał się z prezesem Związku, którego gmina jest członkiem"
        named = [b for b in sentence.bodies if b.kind is not BodyKind.GENERIC]
        if named and _OUR_CIRCLE.search(sentence.slice(max(sentence.start, word.start - 60), word.start)):
            return all(b.kind is BodyKind.OURS for b in named)
        inside = [b for b in named if clause.start <= b.start < clause.end]
        if not inside and self._of_those_who(sentence, word, clause):
            return False
        chosen = inside or named
        if chosen:
            return self._nearest_is_ours(sentence, word, clause, chosen)
        return not sentence.bodies and self._unnamed_is_ours(sentence, word)

    @staticmethod
    def _of_those_who(sentence: Sentence, word: Word, clause: Clause) -> bool:
        """As in "należy do tych, które pisały do Związku": to those who do something else than be its members."""
        if not _TO_SOME.match(word.folded) or not _TO_THOSE.match(sentence.slice(word.end, clause.end)):
            return False
        who = _WHO.match(sentence.slice(clause.end, sentence.end))
        return who is not None and _ARE_MEMBERS.search(who[0]) is None

    def _nearest_is_ours(self, sentence: Sentence, word: Word, clause: Clause, bodies: list[Body]) -> bool:
        folded = self.discourse.reading.clean.folded
        fitting = [b for b in bodies if not WRONG_GOVERNOR.search(folded[max(sentence.start, b.start - 30) : b.start])]
        nearest = min(fitting, key=lambda b: abs(b.start - word.start), default=None)
        if nearest is None:
            return False
        if nearest.kind is BodyKind.OURS:
            return "belong" not in word.classes or not self._elsewhere(sentence, word, clause, nearest)
        return nearest.start >= word.end and ours_in_list(sentence, nearest) is not None

    def _unnamed_is_ours(self, sentence: Sentence, word: Word) -> bool:
        """As in "X należy tam od 1993", "nim był", "jej członkiem": what was spoken of before."""
        if _HER_MEMBERS.search(sentence.slice(sentence.start, word.start)) and not self._feminine_before(sentence):
            return False
        if (
            _IN_IT.search(sentence.folded)
            or _OUR_CIRCLE.search(sentence.slice(max(sentence.start, word.start - 60), word.start))
            or "member_word" in word.classes
            or was_it(self.discourse.reading, sentence, word)
            or self._without_goal(sentence, word)
        ):
            return self.discourse.topic(sentence, word.start) is BodyKind.OURS
        return False

    def _feminine_before(self, sentence: Sentence) -> bool:
        """Whether "jej" may be the association's: it was called "organizacja", or "Unia" is its name."""
        earlier = self.discourse.reading.before(sentence, 2)
        return any(b.kind is BodyKind.OURS and b.head in FEMININE_HEADS for s in earlier for b in s.bodies)

    @staticmethod
    def _elsewhere(sentence: Sentence, word: Word, clause: Clause, body: Body) -> bool:
        """Whether a word for belonging has another goal than the body near it."""
        if _TO_SOME.match(word.folded):
            return belongs_elsewhere(sentence, body, clause)
        return goes_elsewhere(sentence, body)

    @staticmethod
    def _without_goal(sentence: Sentence, word: Word) -> bool:
        """As in "Lądek-Zdrój należy bez przerwy od roku 1993": since when, but not to what."""
        if not _LONG.match(word.folded):
            return False
        rest = sentence.slice(word.end, min(sentence.end, word.end + 60))
        lead = sentence.slice(max(sentence.start, word.start - 30), word.start)
        return _SINCE.match(rest) is not None and _TO.match(rest) is None and _TO_BEFORE.search(lead) is None
