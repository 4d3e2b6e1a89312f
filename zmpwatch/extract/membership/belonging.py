"""Memberships told by a verb: "należy do", "jest członkiem", "jest w Związku"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import ClassVar

from zmpwatch.extract.binding.event import Actor, Event
from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.bodies.partsof import of_its_part
from zmpwatch.extract.decisions.gapping import each_since
from zmpwatch.extract.decisions.verdicts import refuses
from zmpwatch.extract.discourse.suppositions import opens_reply
from zmpwatch.extract.membership.answers import WHETHER
from zmpwatch.extract.membership.belongers import Belongers
from zmpwatch.extract.membership.belongingwords import (
    BY_BOARD,
    OTHER_VERB,
    PLANNED_ASIDE,
    BelongingWords,
    came_just_now,
    is_one,
    reported_of_its_year,
    was_it,
    was_one,
)
from zmpwatch.extract.membership.gathering import GATHERS, gathered
from zmpwatch.extract.membership.membergoals import MemberGoal
from zmpwatch.extract.membership.memberwords import OF_OTHERS, of_another, of_another_circle
from zmpwatch.extract.structure.clause import Clause, clause_at
from zmpwatch.extract.structure.sentences import Sentence, Word
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.phrases import HYPOTHETICAL, TOWNS_FOLLOW
from zmpwatch.extract.words.signs import signs_of
from zmpwatch.model import EventKind, Stage

__all__ = ["BelongingReader"]

_INTERVAL = lazy(
    r"(?:w\s+latach|od\s+[^,;]{2,40}?\s+do\s|\d{4}\s?-\s?\d{4}|(?<!\w)do\s+(?:konca\s+)?(?:\d|stycz|lut|mar|kwie|maj|czerw|lip|sierp|wrze|pazdz|listop|grud|\d{4}))"
)

_STOPPED = lazy(r"(?<!\w)przesta(?:l|la|lo|li|ly|lismy)(?!\w)", "przesta")
_FOUNDER = lazy(r"\s+(?:\w+\s+)?zalozyc\w+\s+(?!zwiazku)")
_ARE_NOT = lazy(
    r"(?:\s+\"?(?!(?:i|a|ale|lecz|oraz|ktor\w+)\s)[\w-]+\"?){0,6}?\s+(?:jeszcze\s+|juz\s+)?nie\s+(?:sa|jest|byl\w*|zosta\w+)(?!\w)"
)
_WILL_NO_MORE = lazy(
    r"(?<!\w)nie\s+(?:bedzie|beda|bedziemy)\s+(?:juz|dluzej|wiecej)\s+$", "=bedzie", "=beda", "=bedziemy"
)
_WILL_STOP = lazy(r"(?<!\w)przesta(?:nie|na|niemy)(?!\w)", "przestan")
_SO_THAT = lazy(r"(?<!\w)(?:a|ze|aze)?by(?:smy)?\s")
_NOT_STOPPED = lazy(r"(?<!\w)nie\s+przesta", "przesta")
_IF = lazy(r"(?<!\w)(?:gdyby\w*|jesli|jezeli)\s")
_FORMER = lazy(r"(?<!\w)(?:byl|dawn|niegdysiejsz)(?:i|ych|ymi)\s+$")
"""As in "wśród byłych członków Związku są A i B"."""
_NOT_AMONG = lazy(
    r"(?<!\w)nie\s+(?:jest|sa|jestesmy|ma|byl[aoiy]?|znajd(?:uj|owal)\w*|figur(?:uj|owal)\w*|widni(?:ej|al)\w*)\s+(?:\w+\s+){0,4}$"
)
_FIRST_TIME = lazy(r"\W*(?:po\s+raz\s+pierwszy|pierwszy\s+raz|wczesniej|poprzednio|przedtem)\s+nalezal[aoy]?\s+do\s")
_AGAIN = lazy(r"(?<!\w)(?<!acego\s)(?<!acej\s)(?<!acym\s)(?:znow|znowu|ponownie|z\s+powrotem|na\s+powrot)(?!\w)")
_ITS_MEMBER = lazy(
    r"^\W*(?:(?:dzis|dzisiaj|teraz|obecnie|nadal|wciaz|juz)\s+)?(?:(?:jest|pozostaje)\s+(?:juz\s+|teraz\s+|nadal\s+)?)?(?:jego|jej|tej\s+organizacji|tego\s+stowarzyszenia)\s+(?:\w+\s+)?czlonkiem$"
)
_BELONGS_NOW = lazy(r"nalezy|naleza(?!\w)")
_GOAL = lazy(r"(?<!\w)do\s+(?!tej\s+pory|dzis)\w", "=do")
"""To what one belongs: "nie należy już do najbogatszych miast"."""


_ONCE = lazy(r"\s+(?:dawniej|niegdys|kiedys|uprzednio)(?!\w)")
"""As in "miast należących dawniej do Związku"."""
_NEVER = lazy(r"(?<!\w)(?:nie|nigdy|ani|not|never)\s+(?:\w+\s+){0,2}$")
_IS_NOT_IN_IT = lazy(r"(?<!\w)nie\s+(?:jest|sa|jestesmy|byl[aoiy]?)\s+(?:\w+\s+){1,4}$")
_BELONGS_NOT = lazy(r"(?<!\w)(?:nie|nigdy)\s+(?:\w+\s+){0,3}(?:naleza\w*|nalezy)")
_NO_MORE = lazy(r"(?<!\w)juz\s+(?:(?:do|w)\s+(?:nie(?:go|j)|nim|zwiazku|zmp)\s+)?nie\s+$")
_NOT, _ANY_MORE = lazy(r"(?<!\w)nie\s+$"), lazy(r"\s+(?:juz|wiecej)(?!\w)")
_BUT_NOT = lazy(r",\s+(?:ale\s+|a\s+|lecz\s+)?nie\s+(?:\w+\s+)?nalez")
_STOPPED_TO = lazy(r"(?<!\w)przesta(?!n)\w+\s+(?:(?:do|juz|byc)\s+(?:\w+\s+){0,3})?$")
_SINCE = lazy(r"\s+(?:\S+\s+){0,4}od\s")
_MEMBERS_ARE = lazy(
    r"[^.;]{0,70}?(?<!\w)(?:sa|jest|byl[aoy]?|pozostaja|pozostaje|to)(?!\w)"
    r"|\s*(?:\w+\s+)?(?:zmp|zwiazku(?:\s+miast\s+polskich)?\"?)?,?\s*(?:" + TOWNS_FOLLOW.pattern + ")"
)
_STATUS, _HAS_IT = (
    lazy(r"(?<!\w)status\s+$"),
    lazy(r"[^.;,]{0,40}?(?<!\w)(?:ma|maja|posiada|posiadaja|mial[aoy]?)(?!\w)"),
)
"""As in "status członka Związku ma X"."""
_HAD_STATUS = lazy(r"(?<!\w)status\s+czlonk\w+\s[^.;,]{0,40}?(?<!\w)mial[aoy]?(?!\w)")
_BELONGED = lazy(
    r"(?:przy)?nale(?:zal|zel)|byl|pozostawal|wspoltworzyl|figurowal|widnial|zaliczal|wchodzil|znajdowal|dzialal|tkwil|uczestniczyl"
)
_UNTIL_NOW = lazy(r"(?<!\w)(?:przed\s+nami|dotad|dotychczas|do\s+tej\s+pory|dotychczasow\w+)(?!\w)")
_IS_THEN = lazy(
    r"\W*(?:(?:rok|miesiac|[\w-]+\s+(?:lat[a]?|miesiac\w+))\s+pozniej)\s+(?:jest|byl[aoy]?)\s+(?:juz\s+)?(?:pelnoprawn\w+\s+)?czlonk",
    "czlonk",
)
"""Behind a resolution to join: "rok później jest już członkiem"."""
_ALREADY = lazy(r"(?<!\w)(?:juz|pelnoprawn\w+)(?!\w)")
_AS_ONE = lazy(r"(?<!\w)(?:jako|bedac\w*)\s+(?:[\w-]+\s+){0,2}$")
_WILL_BE = lazy(r"(?<!\w)(?:bedzie|beda|bedziemy|moglby)(?!\w)")
_RELATIVE = lazy(r"\W*(?:(?:do|w|we)\s+)?ktor")
_MAY = lazy(r"(?:moze|moga|mozna)$")
_THAT_IT_IS = lazy(r"\s*(?:[\w-]+\s*){0,2},\s+(?:ze|iz)(?!\w)")
"""As in "przekonywał, że do Związku należy …": told as it is, not as it should be."""


@dataclass(frozen=True, slots=True)
class _Saying:
    """A word that tells a membership, in its place."""

    sentence: Sentence
    word: Word
    clause: Clause
    belongs: bool
    """It is a word like "należy"."""
    member: bool
    """It is a word like "członek"."""

    @property
    def scope(self) -> str:
        return self.sentence.slice(self.clause.start, self.clause.end)

    @property
    def before(self) -> str:
        """What stands before the word in its clause."""
        return self.sentence.slice(self.clause.start, self.word.start)

    @property
    def lead(self) -> str:
        """What stands just before the word, be it of its clause or not."""
        return self.sentence.slice(max(self.sentence.start, self.word.start - 40), self.word.start)

    @property
    def rest(self) -> str:
        return self.sentence.slice(self.word.end, min(self.sentence.end, self.word.end + 90))

    def negated(self) -> bool:
        """As in "nie należy", "nigdy nie był członkiem"."""
        return bool(
            _NEVER.search(self.lead)
            or ("united" in self.word.classes and _IS_NOT_IN_IT.search(self.lead))
            or _BELONGS_NOT.search(self.sentence.slice(self.clause.start, self.word.end))
        )

    def no_more(self) -> bool:
        """As in "już nie należy", "nie należy już", where it is denied."""
        told = _NO_MORE.search(self.lead) or (_NOT.search(self.lead) and _ANY_MORE.match(self.rest))
        return (
            self.belongs
            and told is not None
            and _BELONGS_NOW.match(self.word.folded) is not None
            and "?" not in self.sentence.text
        )

    def asked(self) -> bool:
        """As in "czy należy"."""
        if WHETHER.search(self.before):
            return True
        whole = self.sentence.slice(self.sentence.start, self.word.start)
        return self.clause.start > self.sentence.start and WHETHER.search(whole) is not None

    def without_contrast(self) -> _Saying:
        """The same, its clause cut before what does not belong: "należy do ZMP, ale nie należy do …"."""
        apart = _BUT_NOT.search(self.sentence.slice(self.word.end, self.clause.end))
        if apart is None:
            return self
        return replace(self, clause=Clause(self.clause.start, self.word.end + apart.start()))

    def stopped(self) -> bool:
        """As in "przestał należeć"."""
        infinitive = self.word.folded.endswith("ec")
        return self.belongs and bool(_STOPPED_TO.search(self.lead) or (infinitive and _STOPPED.search(self.scope)))

    def will_stop(self) -> bool:
        """As in "przestanie należeć": not yet."""
        return self.belongs and self.word.folded.endswith("ec") and _WILL_STOP.search(self.scope) is not None

    def past(self) -> bool:
        """As in "należał", "był członkiem"."""
        return bool(
            _BELONGED.match(self.word.folded)
            or _HAD_STATUS.search(self.lead + self.word.folded + self.rest)
            or was_one(self.sentence, self.word)
        )

    def _is_supposed(self) -> bool:
        """Whether a word makes belonging a mere case: not "może" behind it ("należy do ZMP i może korzystać")."""
        found = HYPOTHETICAL.search(self.scope, opens_reply(self.scope))
        behind = found is not None and found.start() >= self.word.end - self.clause.start
        return found is not None and not (behind and _MAY.match(found[0]))

    def _of_its_own(self) -> Clause:
        """The clause; of "A, które należy, nie chce …" the relative one alone."""
        comma = self.sentence.slice(self.word.end, self.clause.end).find(",")
        if comma < 0 or _RELATIVE.match(self.before) is None:
            return self.clause
        return Clause(self.clause.start, self.word.end + comma)

    def only_planned(self) -> bool:
        """As in "gdyby był członkiem", "planuje należeć", "będzie należał", "jest członkiem?"."""
        sentence, clause = self.sentence, self._of_its_own()
        plans = sentence.all("plan", start=clause.start, end=clause.end)
        return (
            (self._is_supposed() and not _AS_ONE.search(self.lead))
            or any(
                not plan.folded.startswith(("apel", "liczy"))
                and _THAT_IT_IS.match(sentence.slice(plan.end, clause.end)) is None
                for plan in plans
            )
            or "?" in sentence.text
            or _WILL_BE.search(sentence.slice(clause.start, self.word.end)) is not None
        )


@dataclass(slots=True)
class BelongingReader(Belongers):
    """Reads who is a member, or was one until a stated end."""

    NEEDS: ClassVar[int] = signs_of("belong", "united", "member_word", "is", OTHER_VERB)
    _words: BelongingWords = field(init=False)
    _goal: MemberGoal = field(init=False)

    def __post_init__(self) -> None:
        """Prepare what tells words for belonging, and of what."""
        self._words = BelongingWords(self.discourse.reading)
        self._goal = MemberGoal(self.discourse)

    def events(self, sentence: Sentence, handled: set[int]) -> Iterator[Event]:
        """Memberships a sentence states."""
        if not sentence.signs & self.NEEDS:
            return
        each = each_since(sentence)
        for town, since in each:
            actor = Actor(town.name, town.municipality)
            event = Event.told(
                actor, EventKind.ACCESSION, Stage.MEMBER, sentence, town.start, "sentence.belongs", 0.85
            )  # fmt: skip
            event.date = since.iso
            yield event
        if each:
            return
        for word in sentence.words:
            if word.folded in GATHERS:
                yield from gathered(sentence, word, self.discourse)
                continue
            belongs = self._words.belongs(sentence, word)
            member = "member_word" in word.classes and word.start not in handled
            if word.folded == "part" and of_its_part(sentence):
                continue
            if belongs or member or self._words.is_within(sentence, word):
                yield from self._told(_Saying(sentence, word, clause_at(sentence, word.start), belongs, member))

    def _told(self, saying: _Saying) -> Iterator[Event]:
        """As in "X należy do ZMP od 1993", "jest członkiem", "w tym X", "był w ZMP w latach A-B"."""
        sentence, word = saying.sentence, saying.word
        if saying.belongs and _WILL_NO_MORE.search(saying.lead) is not None:
            yield from self._ceased(saying, to_come=True) if self._goal.is_ours(sentence, word) else ()
            return
        if saying.negated():
            elsewhere = _GOAL.search(saying.scope) is not None and not self._goal.is_ours(sentence, word)
            if saying.no_more() and not elsewhere:
                yield from self._ceased(saying)
            return
        if saying.asked() or _ONCE.match(saying.rest):
            return
        if OF_OTHERS.search(saying.before) or OF_OTHERS.search(saying.rest):
            return  # "na liście skreślonych figurują A i B"
        saying = saying.without_contrast()
        if saying.stopped():
            if self._goal.is_ours(sentence, word):
                yield from self._ceased(saying)
            return
        if saying.belongs and saying.word.folded == "nalezec":
            return  # "by miasto miało należeć"
        if saying.will_stop() or (saying.member and not self._is_member(saying)):
            return
        if not self._goal.is_ours(sentence, word):
            return
        past = saying.past()
        ended = past and _INTERVAL.search(sentence.folded) is not None
        actors = self._whose(saying, ended=ended)
        if ended:
            yield from self._was_until(saying, actors)
        elif (
            not past or _UNTIL_NOW.search(saying.scope) or reported_of_its_year(self.discourse.reading, sentence)
        ) and not saying.only_planned():
            yield from self._is_since(saying, actors)

    def _is_member(self, saying: _Saying) -> bool:
        """Whether a word for a member is said of somebody, and of no member of another body or circle."""
        lead, rest = saying.lead, saying.rest
        if _NOT_AMONG.search(lead) or _FORMER.search(lead):
            return False
        if not is_one(saying.sentence, saying.word) and not _SINCE.match(rest):
            are = _MEMBERS_ARE.match(rest) or (_HAS_IT.match(rest) if _STATUS.search(lead) else None)
            if are is None or self._do_something(saying, are.end()):
                return False
        if of_another(saying.sentence, saying.word.end) or _FOUNDER.match(rest) or _ARE_NOT.match(rest):
            return False
        return not of_another_circle(saying.sentence, saying.word, self.discourse.just_before(saying.sentence))

    @staticmethod
    def _do_something(saying: _Saying, end: int) -> bool:
        """As in "grono członków Związku opuściły m.in. …": what follows does something else than to belong."""
        start = saying.word.end
        return saying.sentence.has("leave_past", "leave_present", "join_past", start=start, end=start + end)

    def _whose(self, saying: _Saying, *, ended: bool) -> list[Actor]:
        """Whose membership is told; where none is named, of the town that is spoken of."""
        sentence, word = saying.sentence, saying.word
        actors = self._belonging(sentence, word, saying.clause)
        if actors or sentence.towns:
            return actors
        spoken_of = word.folded.startswith("czlonk") or was_it(self.discourse.reading, sentence, word)
        if ended and spoken_of:
            # "Członkiem była od … do …", "Była nim od … do …"
            actors = self._told_just_before(sentence) or self.discourse.home()
        if not actors and (
            (ended and _FIRST_TIME.match(sentence.folded))
            or _ITS_MEMBER.search(saying.lead + sentence.slice(word.start, word.end))
        ):
            actors = list(self.discourse.focus) if len(self.discourse.focus) == 1 else []
        before = self.discourse.open
        if not actors and before is not None and before.kind is EventKind.ACCESSION and _IS_THEN.match(sentence.folded):
            actors = list(before.actors) if sentence.number - before.sentence == 1 else []
        return actors

    def _was_until(self, saying: _Saying, actors: list[Actor]) -> Iterator[Event]:
        """As in "był w ZMP w latach 1995-2004": an end, where it is told."""
        sentence, start = saying.sentence, saying.word.start
        ends = self.discourse.binder.dates.interval_end(sentence, start) if actors else None
        if ends is not None:
            for actor in actors:
                yield Event.told(
                    actor, EventKind.WITHDRAWAL, Stage.ADMITTED, sentence, start, "sentence.interval", 0.85, date=ends
                )  # fmt: skip

    def _is_since(self, saying: _Saying, actors: list[Actor]) -> Iterator[Event]:
        """As in "należy od 1993", "znów jest członkiem": a membership, and a return where it is told as one."""
        sentence, start = saying.sentence, saying.word.start
        since = self.discourse.binder.dates.since(sentence, start) or self._later(saying) if actors else None
        since = None if since is not None and self._of_somebody_else(saying, since, actors) else since
        stage = Stage.ADMITTED if _AGAIN.search(saying.scope) else Stage.MEMBER
        came = came_just_now(self.discourse.reading, sentence, saying.word)
        if came is not None:
            stage = Stage.ADMITTED
            since = came[0].iso if len(came) == 1 and since is None else since
        if any(
            b.kind is BodyKind.OURS and PLANNED_ASIDE.match(sentence.slice(b.end, b.end + 40)) for b in sentence.bodies
        ):
            stage = Stage.PROPOSED
        by_board = (
            since is None
            and BY_BOARD.search(sentence.slice(sentence.start, start)) is not None
            and stage is Stage.MEMBER
        )
        stage = Stage.ADMITTED if by_board else stage
        for actor in actors:
            event = Event.told(actor, EventKind.ACCESSION, stage, sentence, start, "sentence.belongs", 0.85, date=since)
            if by_board:
                self.discourse.binder.bind(event, sentence, saying.clause)
            yield event

    @staticmethod
    def _later(saying: _Saying) -> str | None:
        """As in "rok później jest już członkiem": by when it was one."""
        sentence, clause = saying.sentence, saying.clause
        days = [d for d in sentence.dates if clause.start <= d.start and d.end <= saying.word.start]
        days = [d for d in days if sentence.slice(d.start, d.end).endswith("pozniej")]
        return days[0].iso if len(days) == 1 and _ALREADY.search(saying.scope) is not None else None

    @staticmethod
    def _of_somebody_else(saying: _Saying, since: str, actors: list[Actor]) -> bool:
        """As in "należą A i B, natomiast od 2003 r. nie należy już C": the day is told of another town."""
        sentence, names = saying.sentence, {actor.name for actor in actors}
        told = (clause_at(sentence, d.start) for d in sentence.dates if d.iso == since)
        return all(
            clause != saying.clause
            and any(
                t.nominative and t.name not in names and clause.start <= t.start < clause.end for t in sentence.towns
            )
            for clause in told
        )

    def _ceased(self, saying: _Saying, *, to_come: bool = False) -> Iterator[Event]:
        """As in "X przestał należeć do ZMP", or if it is `to_come`, "X nie będzie już należeć do ZMP"."""
        sentence, word, clause = saying.sentence, saying.word, saying.clause
        if _IF.search(saying.before) or _NOT_STOPPED.search(sentence.folded):
            return
        wished = to_come or _SO_THAT.search(saying.before) is not None
        decided = wished and sentence.has("decide") and sentence.has("council", "act") and not sentence.has("refuse")
        stage = Stage.RESOLVED if decided else Stage.PROPOSED if wished else Stage.ADMITTED
        if wished and sentence.has("council") and (sentence.has("refuse") or refuses(sentence.folded)):
            stage = Stage.REJECTED
        actors = self._belonging(sentence, word, clause) or (
            self.discourse.subjects(sentence, word, clause) if wished else []
        )
        for actor in actors:
            event = Event.told(actor, EventKind.WITHDRAWAL, stage, sentence, word.start, "sentence.ceased", 0.85)
            self.discourse.binder.bind(event, sentence, clause)
            yield event
