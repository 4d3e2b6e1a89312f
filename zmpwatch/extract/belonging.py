"""Memberships told by a verb: "należy do", "jest członkiem", "jest w Związku"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from zmpwatch.extract.answers import WHETHER
from zmpwatch.extract.belongers import Belongers
from zmpwatch.extract.bodies import FEMININE_HEADS, Body, BodyKind
from zmpwatch.extract.clause import Clause, clause_at
from zmpwatch.extract.coordination import ours_in_list
from zmpwatch.extract.event import Actor, Event
from zmpwatch.extract.gapping import each_since
from zmpwatch.extract.lazy import lazy
from zmpwatch.extract.memberwords import belongs_elsewhere, goes_elsewhere, of_another, of_another_circle
from zmpwatch.extract.phrases import HYPOTHETICAL, TOWNS_FOLLOW, WRONG_GOVERNOR
from zmpwatch.extract.sentences import Sentence, Word
from zmpwatch.extract.signs import signs_of
from zmpwatch.extract.towns import Role
from zmpwatch.model import EventKind, Stage

__all__ = ["BelongingReader"]

_INTERVAL = lazy(
    r"(?:w\s+latach|od\s+[^,;]{2,40}?\s+do\s|\d{4}\s?-\s?\d{4}|(?<!\w)do\s+(?:konca\s+)?(?:\d|stycz|lut|mar|kwie|maj|czerw|lip|sierp|wrze|pazdz|listop|grud|\d{4}))"
)

_STOPPED = lazy(r"(?<!\w)przesta(?:l|la|lo|li|ly|lismy)(?!\w)", "przesta")
_FOUNDER = lazy(r"\s+(?:\w+\s+)?zalozyc\w+\s+(?!zwiazku)")
_ONLY_SPOKEN_OF = lazy(
    r"\s+(?:(?:dobrze|szeroko|bardzo|powszechnie|czesto|wysoko|od\s+lat|od\s+dawna|szczegolnie)\s+){0,2}(?:zarzad|wladz|komisj|(?:stawian|uznawan|uwazan|cenion|postrzegan|znan|szanowan|omawian|chwalon|widzian|traktowan|wymienian)\w+)"
)
"""What makes "jest w Związku …" no membership."""
_ARE_NOT = lazy(r"\s+(?:jeszcze\s+|juz\s+)?nie\s+(?:sa|jest|byl\w*|zosta\w+)(?!\w)")
_WILL_STOP = lazy(r"(?<!\w)przesta(?:nie|na|niemy)(?!\w)", "przestan")
_SO_THAT = lazy(r"(?<!\w)(?:a|ze|aze)?by(?:smy)?\s")
_NOT_STOPPED = lazy(r"(?<!\w)nie\s+przesta", "przesta")
_IF = lazy(r"(?<!\w)(?:gdyby\w*|jesli|jezeli)\s")
_ON_ITS_LIST = lazy(
    r"(?<!\w)(?:na\s+liscie|w\s+gronie|w\s+wykazie|w\s+rejestrze|wsrod)\s+(?:(?:\w+\s+)?czlonk\w+|miast\s+(?:czlonk|zrzesz)\w+)\s+(?:w\s+)?\"?(?:zwiazku(?:\s+miast\s+polskich)?|zmp|organizacji|stowarzyszenia)\"?\s+$"
)
_NOT_AMONG = lazy(r"(?<!\w)nie\s+(?:jest|sa|jestesmy|ma|znajduj\w+|figuruj\w+|widniej\w+)\s+(?:\w+\s+){0,4}$")
_FIRST_TIME = lazy(r"\W*(?:po\s+raz\s+pierwszy|pierwszy\s+raz|wczesniej|poprzednio|przedtem)\s+nalezal[aoy]?\s+do\s")
_HER_MEMBERS = lazy(r"(?<!\w)jej\s+(?:\w+\s+)?$")
_AGAIN = lazy(r"(?<!\w)(?:znow|znowu|ponownie|z\s+powrotem|na\s+powrot)(?!\w)")
_ITS_MEMBER = lazy(r"^\W*(?:jego|jej|tej\s+organizacji|tego\s+stowarzyszenia)\s+(?:\w+\s+)?czlonkiem$")
_RIGHT_BEHIND = lazy(r"\s+(?:(?:juz|takze|tez|rowniez|m\.\s?in\.|miedzy\s+innymi)\s+){0,2}(?:miasta\s+|miasto\s+)?")
_OTHER_VERB = lazy(
    r"wchodz|znajduj|uczestnicz|dziala|trwa|jest|pozostaje",
    *("wchodz", "znajduj", "uczestnicz", "dziala", "trwa", "jest", "pozostaje"),
)
"""What words begin with that may tell a membership without being of a class that does."""
_THAT_IS = lazy(r"\W*ktor[aeyi]\s+we?\s+\"?")
"""As in "z X, które w Związku jest": the town stands before."""
_BELONGS_NOW = lazy(r"nalezy|naleza(?!\w)")
_GOAL = lazy(r"(?<!\w)do\s+(?!tej\s+pory|dzis)\w", "do")
"""To what one belongs: "nie należy już do najbogatszych miast"."""
_TO_WHICH = lazy(r"\W*do\s+ktor(?:ego|ej|ych)(?!\w)")
_AND_NO_MORE = lazy(r"\s*(?:[.,;)]|$|(?:i|a|oraz|od|juz)\s)")


@dataclass(slots=True)
class BelongingReader(Belongers):
    """Reads who is a member, or was one until a stated end."""

    NEEDS: ClassVar[int] = signs_of("belong", "united", "member_word", "is", _OTHER_VERB)

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
        if not each:
            yield from self._belongs(sentence, handled)

    def _belongs(self, sentence: Sentence, handled: set[int]) -> Iterator[Event]:
        """As in "X należy do ZMP od 1993", "jest członkiem", "w tym X", "był w ZMP w latach A-B"."""
        folded = self.discourse.reading.clean.folded
        for word in sentence.words:
            is_belong = (
                "belong" in word.classes
                or (word.folded.startswith("wchodz") and self._makes_up(sentence))
                or (word.folded.startswith("znajduj") and self._on_the_list(sentence, word))
                or ("united" in word.classes and self._is_united(sentence, word))
            )
            is_member = "member_word" in word.classes and word.start not in handled
            is_in = ("is" in word.classes and (self._is_in(sentence, word) or self._was_it(sentence, word))) or (
                self._takes_part(sentence, word)
            )
            if not (is_belong or is_member or is_in):
                continue
            clause = clause_at(sentence, word.start)
            scope = sentence.slice(clause.start, clause.end)
            lead = folded[max(sentence.start, word.start - 40) : word.start]
            rest = folded[word.end : min(sentence.end, word.end + 90)]
            if re.search(r"(?<!\w)(?:nie|nigdy|ani|not|never)\s+(?:\w+\s+){0,2}$", lead) or re.search(
                r"(?<!\w)(?:nie|nigdy)\s+(?:\w+\s+){0,3}(?:naleza\w*|nalezy)",
                sentence.slice(clause.start, word.end),
            ):
                no_more = is_belong and (
                    re.search(r"(?<!\w)juz\s+nie\s+$", lead)
                    or (re.search(r"(?<!\w)nie\s+$", lead) and re.match(r"\s+(?:juz|wiecej)(?!\w)", rest))
                )
                elsewhere = _GOAL.search(scope) is not None and not self._member_of_ours_near(sentence, word)
                if no_more and not elsewhere and _BELONGS_NOW.match(word.folded) and "?" not in sentence.text:
                    yield from self._ceased(sentence, word, clause)
                continue
            if WHETHER.search(sentence.slice(clause.start, word.start)) or (
                clause.start > sentence.start and WHETHER.search(sentence.slice(sentence.start, word.start))
            ):
                continue
            apart = re.search(
                r",\s+(?:ale\s+|a\s+|lecz\s+)?nie\s+(?:\w+\s+)?nalez", sentence.slice(word.end, clause.end)
            )
            if apart:
                clause = Clause(clause.start, word.end + apart.start())
                scope = sentence.slice(clause.start, clause.end)
            if is_belong and (
                re.search(r"(?<!\w)przesta(?!n)\w+\s+(?:(?:do|juz|byc)\s+(?:\w+\s+){0,3})?$", lead)
                or (word.folded.endswith("ec") and _STOPPED.search(scope))
            ):
                if self._member_of_ours_near(sentence, word):
                    yield from self._ceased(sentence, word, clause)
                continue
            if is_belong and word.folded.endswith("ec") and _WILL_STOP.search(scope):
                continue  # "przestanie należeć": not yet
            if is_member and _NOT_AMONG.search(lead):
                continue
            if is_member:
                if not re.search(
                    r"(?<!\w)to\s+jedn\w+\s+z\s+(?:\S+\s+){0,3}$|(?<!\w)to\s+(?:zreszta\s+|tez\s+|rowniez\s+|takze\s+)?(?:\w+\s+)?$|(?<!\w)(?:jest|jestesmy|sa|pozostaje|pozostaja|pozostajemy|jako|bedac\w*|byl[aoiy]?|bylismy|is|are|(?:has|have)\s+been|was|were)\s+(?:\S+\s+){0,5}$|(?<!\w)(?:ma|maja|posiada\w*|zachow\w+)\s+(?:\w+\s+)?status\s+(?:\w+\s+)?$",
                    lead,
                ) and not re.match(r"\s+(?:\S+\s+){0,4}od\s", rest):
                    listed = re.match(r"[^.;]{0,70}?(?<!\w)(?:sa|jest|pozostaja|pozostaje|to)(?!\w)", rest) or re.match(
                        r"\s*(?:\w+\s+)?(?:zmp|zwiazku[\w\s]{0,20})?,?\s*(?:" + TOWNS_FOLLOW.pattern + ")", rest
                    )
                    if not listed:
                        continue
                if of_another(sentence, word.end) or _FOUNDER.match(rest) or _ARE_NOT.match(rest):
                    continue
                if of_another_circle(sentence, word, self.discourse.just_before(sentence)):
                    continue
            if not self._member_of_ours_near(sentence, word):
                continue
            past = (
                re.match(r"nalezal|nalezel|przynalezal|byl", word.folded) is not None
                or re.search(r"(?<!\w)byl[aoiy]?(?:smy)?\s+(?:\S+\s+){0,4}$", lead) is not None
                or re.match(r"\s+byl[aoiy]?(?:smy)?(?!\w)", rest) is not None
            )
            interval = _INTERVAL.search(sentence.folded)
            towns = self._belonging(sentence, word, clause)
            spoken_of = word.folded.startswith("czlonk") or self._was_it(sentence, word)
            if not towns and past and interval and spoken_of and not sentence.towns:
                towns = self.discourse.home()  # "Członkiem była od … do …", "Była nim od … do …"
            if not towns and past and interval and not sentence.towns and _FIRST_TIME.match(sentence.folded):
                towns = list(self.discourse.focus) if len(self.discourse.focus) == 1 else []
            if not towns and not sentence.towns and _ITS_MEMBER.search(lead + sentence.slice(word.start, word.end)):
                towns = list(self.discourse.focus) if len(self.discourse.focus) == 1 else []
            if not towns:
                continue
            if past and interval:
                ends = self.discourse.binder.dates.interval_end(sentence, word.start)
                if ends is not None:
                    for actor in towns:
                        yield Event.told(
                            actor,
                            EventKind.WITHDRAWAL,
                            Stage.ADMITTED,
                            sentence,
                            word.start,
                            "sentence.interval",
                            0.85,
                            date=ends,
                        )
                continue
            if past and not re.search(
                r"(?<!\w)(?:przed\s+nami|dotad|dotychczas|do\s+tej\s+pory|dotychczasow\w+)(?!\w)", scope
            ):
                continue
            if (
                (HYPOTHETICAL.search(scope) and not re.search(r"(?<!\w)(?:jako|bedac\w*)\s+(?:[\w-]+\s+){0,2}$", lead))
                or any(
                    not w.folded.startswith(("apel", "liczy"))
                    for w in sentence.all("plan", start=clause.start, end=clause.end)
                )
                or "?" in sentence.text
            ):
                continue
            if re.search(r"(?<!\w)(?:bedzie|beda|bedziemy|moglby)(?!\w)", folded[clause.start : word.end]):
                continue
            since = self.discourse.binder.dates.since(sentence, word.start)
            again = _AGAIN.search(scope) is not None
            for actor in towns:
                yield Event.told(
                    actor,
                    EventKind.ACCESSION,
                    Stage.ADMITTED if again else Stage.MEMBER,
                    sentence,
                    word.start,
                    "sentence.belongs",
                    0.85,
                    date=since,
                )

    def _ceased(self, sentence: Sentence, word: Word, clause: Clause) -> Iterator[Event]:
        """As in "X przestał należeć do ZMP"."""
        if _IF.search(sentence.slice(clause.start, word.start)) or _NOT_STOPPED.search(sentence.folded):
            return
        wished = _SO_THAT.search(sentence.slice(clause.start, word.start)) is not None
        decided = wished and sentence.has("decide") and sentence.has("council", "act") and not sentence.has("refuse")
        stage = Stage.RESOLVED if decided else Stage.PROPOSED if wished else Stage.ADMITTED
        actors = self._belonging(sentence, word, clause) or (
            self.discourse.subjects(sentence, word, clause) if wished else []
        )
        for actor in actors:
            event = Event.told(actor, EventKind.WITHDRAWAL, stage, sentence, word.start, "sentence.ceased", 0.85)
            self.discourse.binder.bind(event, sentence, clause)
            yield event

    @staticmethod
    def _without_goal(sentence: Sentence, word: Word) -> bool:
        """As in "Lądek-Zdrój należy bez przerwy od roku 1993": since when, but not to what."""
        if not re.match(r"nalez|przynalez|siedz", word.folded):
            return False
        rest = sentence.slice(word.end, min(sentence.end, word.end + 60))
        lead = sentence.slice(max(sentence.start, word.start - 30), word.start)
        return (
            re.match(r"\s+(?:[\w-]+\s+){0,3}od\s", rest) is not None
            and re.match(r"\s+(?:[\w-]+\s+){0,4}do\s+(?!dzis)", rest) is None
            and re.search(r"(?<!\w)do\s+(?:[\w-]+\s+){1,3}$", lead) is None
        )

    def _was_it(self, sentence: Sentence, word: Word) -> bool:
        """As in "Było nim od 1999 r. do 2011 r.": "nim" is the member that the sentence before spoke of."""
        rest = sentence.slice(word.end, word.end + 12)
        if not sentence.number or not re.match(r"\s+(?:nim|nia|nimi)(?!\w)", rest):
            return False
        before = self.discourse.reading.sentences[sentence.number - 1]
        return before.has("member_word") and any(b.kind is BodyKind.OURS for b in before.bodies)

    def _is_united(self, sentence: Sentence, word: Word) -> bool:
        """As in "jest zrzeszone w ZMP"; "miasta zrzeszone w ZMP" only says which ones are meant."""
        lead = sentence.slice(max(sentence.start, word.start - 40), word.start)
        return re.search(r"(?<!\w)(?:jest|sa|jestesmy|pozostaje|pozostaja)\s+(?:[\w-]+\s+){0,3}$", lead) is not None

    def _is_in(self, sentence: Sentence, word: Word) -> bool:
        """As in "jest w ZMP", "są w Związku", "była tam tylko X"."""
        folded = self.discourse.reading.clean.folded
        rest = folded[word.end : min(sentence.end, word.end + 40)]
        if re.match(r"\s+(?:\w+\s+){0,2}tam(?!\w)", rest):
            alone = re.match(r"\s+(?:juz\s+)?tam\s+(?:tylko|juz|takze|rowniez|jedynie)", rest) is not None
            return alone or self._there_since(sentence, word)
        for body in sentence.bodies:
            if (
                body.end <= word.start
                and word.folded.startswith("dziala")
                and re.fullmatch(r"\"?\s+", folded[body.end : word.start])
                and re.search(r"(?<!\w)we?\s+\"?$", folded[max(sentence.start, body.start - 5) : body.start])
                and any(
                    t.nominative and t.role == Role.PLAIN and _RIGHT_BEHIND.fullmatch(folded, word.end, t.start)
                    for t in sentence.towns
                )
            ):
                return True  # "W Związku działają już A i B"
            if (
                body.end <= word.start
                and re.match(r"sa|zosta\w+|pozosta\w+|jest|byl[aoy]?$", word.folded)
                and re.fullmatch(r"\s+(?:juz\s+|teraz\s+|nadal\s+|wciaz\s+)?", folded[body.end : word.start])
                and re.search(r"(?<!\w)w[e]?\s+\"?$", folded[max(sentence.start, body.start - 5) : body.start])
                and (
                    any(t.nominative and t.role == Role.PLAIN and t.start >= word.end for t in sentence.towns)
                    or (
                        _THAT_IS.fullmatch(sentence.slice(clause_at(sentence, word.start).start, body.start))
                        and _AND_NO_MORE.match(rest)
                    )
                    or (word.folded.startswith(("zosta", "pozosta")) and self._sole(sentence))
                )
                and not _ONLY_SPOKEN_OF.match(folded, body.end)
            ):
                return True
            if (
                body.end <= word.start
                and re.fullmatch(r"\s+(?:juz\s+|teraz\s+)?", folded[body.end : word.start])
                and re.search(r"(?<!\w)w[e]?\s+\"?$", folded[max(sentence.start, body.start - 5) : body.start])
                and re.match(r"\s+(?:juz\s+|nieprzerwanie\s+)?od\s", rest)
            ):
                return True
            between = folded[word.end : body.start] if body.start >= word.end else None
            if between is not None and re.fullmatch(
                r"\s+(?:od\s+[^,;]{2,24}?\s+)?(?:\w+\s+){0,2}w\s+(?:(?:(?:gronie|rodzinie|szeregach|wspolnocie|skladzie)\s+)?(?:miast|czlonkow|samorzadow)\s+|\w+\s+)?\"?",
                between,
            ):
                return not _ONLY_SPOKEN_OF.match(folded, body.end)
        return False

    def _there_since(self, sentence: Sentence, word: Word) -> bool:
        """As in "Jesteśmy tam od 1994 r.": a year, and no place is named that "tam" could mean."""
        rest = sentence.slice(word.end, word.end + 50)
        if re.match(r"\s+(?:juz\s+)?tam\s+(?:juz\s+)?od\s", rest) is None:
            return False
        if not any(d.explicit_year for d in sentence.dates if word.end <= d.start < word.end + 50):
            return False
        for said in reversed(self.discourse.reading.sentences[max(0, sentence.number - 4) : sentence.number + 1]):
            ours = max((b.end for b in said.bodies if b.kind is BodyKind.OURS and b.head != "pronoun"), default=None)
            if any(t.role == Role.PLACE and t.start > (ours or 0) for t in said.towns):
                return False
            if ours is not None:
                return True
        return False

    def _feminine_before(self, sentence: Sentence) -> bool:
        """Whether "jej" may be the association's: it was called "organizacja", or "Unia" is its name."""
        earlier = self.discourse.reading.sentences[max(0, sentence.number - 2) : sentence.number]
        return any(b.kind is BodyKind.OURS and b.head in FEMININE_HEADS for s in earlier for b in s.bodies)

    @staticmethod
    def _elsewhere(sentence: Sentence, word: Word, body: Body) -> bool:
        """Whether a word for belonging has another goal than the body near it."""
        if re.match(r"nalez|przynalez|zalicz", word.folded):
            return belongs_elsewhere(sentence, body, clause_at(sentence, word.start))
        return goes_elsewhere(sentence, body)

    @staticmethod
    def _sole(sentence: Sentence) -> bool:
        """Whether a sentence names one town that can be its subject."""
        return len({t.name for t in sentence.towns if t.nominative and t.role == Role.PLAIN}) == 1

    @staticmethod
    def _makes_up(sentence: Sentence) -> bool:
        """As in "w skład Związku wchodzi", "wchodzi w skład Związku", not "w skład delegacji Związku"."""
        places = [m.end() for m in re.finditer(r"(?<!\w)sklad\w{0,2}(?!\w)", sentence.folded)]
        return bool(places) and not any(of_another(sentence, sentence.start + end) for end in places)

    @staticmethod
    def _on_the_list(sentence: Sentence, word: Word) -> bool:
        """As in "znajduje się na liście członków ZMP", "w gronie członków ZMP znajdują się A i B"."""
        rest = sentence.slice(word.end, word.end + 70)
        if _ON_ITS_LIST.search(sentence.slice(max(sentence.start, word.start - 90), word.start)):
            return any(t.nominative and t.role == Role.PLAIN and t.start > word.end for t in sentence.towns)
        return (
            re.match(
                r"\s+(?:sie\s+)?(?:[\w-]+\s+)?(?:na\s+liscie|w\s+gronie|w\s+wykazie|w\s+rejestrze|wsrod)\s+(?:\w+\s+)?(?:czlonk|miast\s+czlonk|miast\s+zrzesz|zrzesz)",
                rest,
            )
            is not None
        )

    def _takes_part(self, sentence: Sentence, word: Word) -> bool:
        """As in "w ZMP X uczestniczy od 1991 r.", "w ZMP miasto działa od 1998 r.": since when, and in nothing else."""
        if not word.folded.startswith(("uczestnicz", "dziala", "trwa", "jest", "pozostaje")):
            return False
        if not re.match(r"\s+(?:juz\s+|nieprzerwanie\s+)?od\s", sentence.slice(word.end, word.end + 30)):
            return False
        for body in sentence.bodies:
            if body.kind is not BodyKind.OURS or body.end > word.start:
                continue
            inside = re.search(r"(?<!\w)we?\s+\"?$", sentence.slice(max(sentence.start, body.start - 5), body.start))
            between = [t for t in sentence.towns if body.end <= t.start and t.end <= word.start]
            gap = sentence.slice(body.end, word.start)
            for town in between:
                gap = gap.replace(sentence.slice(town.start, town.end), "")
            if inside and not re.search(r"\w", re.sub(r"(?<!\w)(?:miasto|gmina|nasze|nasza|juz)(?!\w)", "", gap)):
                return True
        return False

    def _member_of_ours_near(self, sentence: Sentence, word: Word) -> bool:
        named = [b for b in sentence.bodies if b.kind is not BodyKind.GENERIC]
        left, right = clause_at(sentence, word.start).start, clause_at(sentence, word.start).end
        if _TO_WHICH.match(sentence.slice(left, right)):
            hung = [b for b in sentence.bodies if left - 3 <= b.end <= left]
            if hung and hung[-1].kind is BodyKind.OTHER:
                return False  # "Śląski Związek Gmin, do którego A należy, jest odpowiednikiem Związku Miast Polskich"
        inside = [b for b in named if left <= b.start < right]
        chosen = inside or named
        if chosen:
            folded = self.discourse.reading.clean.folded
            fitting = [
                b for b in chosen if not WRONG_GOVERNOR.search(folded[max(sentence.start, b.start - 30) : b.start])
            ]
            if not fitting:
                return False
            nearest = min(fitting, key=lambda b: abs(b.start - word.start))
            if nearest.kind is BodyKind.OURS and "belong" in word.classes and self._elsewhere(sentence, word, nearest):
                return False
            if nearest.kind is not BodyKind.OURS and nearest.start >= word.end:
                return ours_in_list(sentence, nearest) is not None
            return nearest.kind is BodyKind.OURS
        if sentence.bodies:
            return False
        if _HER_MEMBERS.search(sentence.slice(sentence.start, word.start)) and not self._feminine_before(sentence):
            return False
        if (
            re.search(r"(?<!\w)(?:tam|w\s+nim|niego)(?!\w)", sentence.folded)
            or "member_word" in word.classes
            or self._was_it(sentence, word)
            or self._without_goal(sentence, word)
        ):
            return self.discourse.topic(sentence, word.start) is BodyKind.OURS
        return False
