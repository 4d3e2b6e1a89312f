"""The ballot of an event, told in its sentence or in those around it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from zmpwatch.extract.binding.event import Event
from zmpwatch.extract.binding.matters import same_matter
from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.structure.clause import Clause
from zmpwatch.extract.structure.reading import Reading
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.votes.ballots import Ballot, read_ballot
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.model import EventKind, Stage

__all__ = ["OF_THE_BUDGET", "EventBallots"]

_BALLOT_GOES_ON = lazy(
    r"\W*(?:[\w-]+\s+){0,3}(?:przeciw|wstrzym|nikt\s+nie|nie\s+zaj[ea]l)",
    *("przeciw", "wstrzym", "nikt", "zajel", "zajal"),
)
_BACK_IN = ("join_noun", "join_infinitive", "member_noun")
_LONGEST_HEADING = 120
_LONGEST_BALLOT = 3
"""Over how many more sentences a ballot may be told."""
_SESSION_VOTE = lazy(
    r"(?<!\w)(?:glos(?:ow|am|em|y(?!\w))\w*|za(?!\w)|przeciw\w*|wstrzym\w*|poparl\w*|poparci\w*|radn\w+|uchwal\w+|(?:wynik|rezultat|wiekszosc|zwolenni|przegra|przepad|remis|przeglosow|stosunkiem)\w*|vot(?:ed?|es|ing)|in\s+favou?r|unanim\w+|against|council\w*|w\s+gor(?:e|ze?))(?!\w)",
    *(
        "=against",
        "=in",
        "=za",
        "council",
        "glos",
        "=gore",
        "=gorz",
        "=gorze",
        "poparci",
        "poparl",
        "przeciw",
        "przegra",
        "przepad",
        "radn",
        "remis",
        "rezultat",
        "stosunkiem",
        "uchwal",
        "unanim",
        "vot",
        "wiekszosc",
        "wstrzym",
        "wynik",
        "zwolenni",
    ),
)
_SCORE_IN_BRACKETS = lazy(r"\(\d{1,2}\s?[:-]\s?\d{1,2}(?:\s?[:-]\s?\d{1,2})?[,)]", "(")
_SUCH_RESULT = lazy(
    r"\W*(?:(?:z\s+)?tak(?:im|i)\s+(?:wynikiem|rezultatem|stosunkiem|wynik|rezultat)|tak)\s+(?:[\w-]+\s+){0,4}?"
    r"(?:s?konczyl|zakonczyl|rozstrzygn|przynios|dal|mial|bylo)\w*\s+(?:[\w-]+\s+){0,4}?(?:glosowani|debat)\w*",
    "glosowani",
    "debat",
)
_RIGHT_BEHIND = lazy(
    r"[^,;:()]{3,140}?(?:\s?[:(]|\s-)\s?(?P<ballot>(?=\d|za(?!\w)|przeciw|jednoglosn|[a-z]+\s+(?:glos|radn|osob|za(?!\w)))"
    r"(?:(?!,?\s(?:oraz|i|a|a\s+takze|ponadto)\s(?!\d|za(?!\w)|przeciw|wstrz|glos|nikt|[a-z]+\s+(?:glos|radn|osob|sie|wstrz|byl)))[^;()])+)"
)
OF_THE_BUDGET = lazy(
    r"(?<!\w)(?:budzet\w*|absolutori\w*|wotum|stawk\w+\s+podat|plan\w*\s+miejscow\w+)(?!\w)",
    *("=podat", "=wotum", "absolutori", "budzet", "miejscow"),
)
"""Other matters that councils vote on."""
_ON_A_MOTION = lazy(
    r"(?<!\w)wnios(?:ek|ku|kiem|kowi)\s+(?:formaln\w+\s+)?o\s+(?:[\w-]+\s+)?(?:przerw|odrocz|zdjec|zamknie|reasum|odesl|przesun|zakoncz|skroc|tajn|imienn)\w*"
    r"|(?<!\w)porzad\w{1,3}\s+(?:obrad|dziennego)(?!\w)|(?<!\w)nowelizacj\w+",
    *("wnios", "porzad", "nowelizacj"),
)
"""How to go on, and what is changed later, is voted on as well, and tells nothing of the step."""


@dataclass(slots=True)
class EventBallots:
    """Finds the ballots of events in one document."""

    reading: Reading

    def told(self, sentence: Sentence, clause: Clause) -> Ballot | None:
        """The ballot told in the sentence, where it tells one."""
        folded = self.reading.clean.folded
        if not (_SESSION_VOTE.search(sentence.folded) or _SCORE_IN_BRACKETS.search(sentence.folded)):
            return None
        whole = read_ballot(folded, sentence.start, self._goes_on_to(sentence)) or self._summed_up(sentence)
        if whole is not None:
            return whole
        return read_ballot(folded, sentence.start, sentence.end) or read_ballot(folded, clause.start, clause.end)

    def of(self, event: Event, sentence: Sentence, clause: Clause) -> Ballot | None:
        """The ballot of an event: that of its sentence, else one told around it.

        Where its own sentence only tells who was not there, the numbers may follow: "Bez głosów przeciwnych rada
        przyjęła uchwałę. 16 podniosło rękę za, 2 się wstrzymało".
        """
        told = self.told(sentence, clause) or self._right_behind(event, sentence)
        if told is None:
            return self.nearby(event, sentence)
        if told.votes.in_favour is not None or told.votes.against != 0:
            return told
        more = self.nearby(event, sentence)
        if more is None or more.votes.in_favour is None or more.votes.against not in (None, 0):
            return told
        return replace(more, votes=replace(more.votes, against=0))

    def _right_behind(self, event: Event, sentence: Sentence) -> Ballot | None:
        """The ballot of one matter among several: "sprzedała działkę (10 za) oraz przystąpiła do Związku (9 za)"."""
        folded = self.reading.clean.folded
        told = _RIGHT_BEHIND.match(folded, event.anchor, sentence.end)
        return read_ballot(folded, told.start("ballot"), told.end()) if told is not None else None

    def _summed_up(self, sentence: Sentence) -> Ballot | None:
        """The ballot that "Takim wynikiem skończyło się głosowanie nad …" goes back to, told just before."""
        before = self.reading.sentences[sentence.number - 1] if sentence.number else None
        if before is None or before.segment is not sentence.segment or _SUCH_RESULT.match(sentence.folded) is None:
            return None
        if before.bodies or OF_THE_BUDGET.search(before.folded):
            return None
        folded = self.reading.clean.folded
        return read_ballot(folded, before.start, self._goes_on_to(sentence)) or read_ballot(
            folded, before.start, before.end
        )

    def after(self, sentence: Sentence) -> Ballot | None:
        """The ballot that the sentence after "głosowano nad …" tells, while that speaks of nothing else."""
        for later in self.reading.sentences[sentence.number + 1 : sentence.number + 2]:
            if any(b.kind is BodyKind.OTHER for b in later.bodies) or re.search(r"w\s+sprawie", later.folded):
                return None
            return read_ballot(self.reading.clean.folded, later.start, self._goes_on_to(later))
        return None

    def _goes_on_to(self, sentence: Sentence) -> int:
        """Where a ballot that a sentence begins ends: "Za było 7 radnych. Przeciw zagłosowało 11"."""
        end = sentence.end
        for later in self.reading.sentences[sentence.number + 1 : sentence.number + 1 + _LONGEST_BALLOT]:
            if later.segment is not sentence.segment or _BALLOT_GOES_ON.match(later.folded) is None:
                break
            end = later.end
        return end

    def nearby(self, event: Event, sentence: Sentence) -> Ballot | None:
        """A ballot in the next two sentences, or in the one before, while they speak of nothing else."""
        following = self.reading.sentences[sentence.number + 1 : sentence.number + 4]
        for step, later in enumerate(following):
            if any(b.kind is BodyKind.OTHER for b in later.bodies) or OF_THE_BUDGET.search(later.folded):
                break
            if _ON_A_MOTION.search(later.folded):
                continue
            folded = self.reading.clean.folded
            ballot = read_ballot(folded, later.start, self._goes_on_to(later)) or read_ballot(
                folded, later.start, later.end
            )
            if ballot is not None:
                return ballot if same_matter(self.reading, event, later) else None
            if later.towns and all(t.name != event.actor.name for t in later.towns):
                break  # "Zupełnie inne nastroje panują w X. Tamtejsi radni …": the ballot behind it is theirs
            if step and later.segment.start != sentence.segment.start:
                break
            if event.kind is EventKind.WITHDRAWAL and later.has("decide") and later.has(*_BACK_IN):
                break  # the decision to return, whose ballot may follow
            if step >= 2:
                break
        if not sentence.number:
            return None
        before = self.reading.sentences[sentence.number - 1]
        if any(b.kind is BodyKind.OTHER for b in before.bodies):
            return None
        if before.towns and sentence.towns and all(t.name != event.actor.name for t in before.towns):
            return None  # "A: 12 za. Podobny projekt w B odrzucono": the ballot before is A's
        if before.segment.start == sentence.segment.start:
            return read_ballot(self.reading.clean.folded, before.start, before.end)
        return self._in_heading(event, before, sentence)

    def _in_heading(self, event: Event, heading: Sentence, sentence: Sentence) -> Ballot | None:
        """The ballot of a heading, where the decision below came to the same: "Kutno w ZMP: 11 za, 3 przeciw"."""
        if not (heading.segment.start == heading.start and sentence.segment.start == sentence.start):
            return None
        if heading.text.endswith((".", ";", ",")) or len(heading.text) > _LONGEST_HEADING:
            return None
        if any(t.name != event.actor.name for t in heading.towns) or not same_matter(self.reading, event, heading):
            return None
        ballot = read_ballot(self.reading.clean.folded, heading.start, heading.end)
        ended = {Stage.RESOLVED: True, Stage.REJECTED: False}.get(event.stage)
        return ballot if ballot is not None and ballot.carried is ended else None
