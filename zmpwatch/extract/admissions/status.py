"""What makes a member: a status won, a place among the members, the ranks that a town has swelled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from zmpwatch.extract.admissions.circle import NOT_YET, OTHER_CIRCLE, SUBBODY, Circle
from zmpwatch.extract.binding.event import Event
from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.membership.memberwords import of_another
from zmpwatch.extract.structure.clause import clause_at
from zmpwatch.extract.structure.sentences import Sentence, Word
from zmpwatch.extract.towns.finding import Role
from zmpwatch.extract.towns.town import Town
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.matters import BEING_LET_IN
from zmpwatch.model import EventKind

__all__ = ["BESTOWED", "StatusReader"]

_STATUS = lazy(
    r"\s+(?:(?!o\s|na\s|wnios)[\w.]+\s+){0,5}?(?:status\w*\s+(?:\w+\s+)?czlonk\w+|czlonkostw\w*|praw\w*\s+(?:\w+\s+)?czlonk\w+|legitymacj\w+\s+czlonk\w+|miejsc\w+\s+(?:wsrod\s+(?:\w+\s+)?czlonk\w+|w\s+\"?(?:zwiazku|zmp)(?!\w)))"
)
_IN_A_CONTEST = ("zaj", "zdob", "otrzym", "dosta")
"""Verbs of a place won, which is none among the members: "zajęła trzecie miejsce w Związku"."""
_PLACE_IN_IT = lazy(r"miejsc\w+\s+w\s")
_AMONG = lazy(
    r"\s+(?:sie\s+)?(?:[\w.]+\s+){0,5}?(?:(?:w|do)\s+(?:\w+\s+)?(?:gron\w+|szereg\w+|rodzin\w+|wspolnot\w+|poczet)|wsrod|na\s+list[ae]|szereg\w+|gron\w+|rodzin\w+|wspolnot\w+)\s+(?:\w+\s+){0,3}?(?:czlonk\w+|zrzeszon\w+|zwiazk\w+|zmp|organizac\w+|stowarzysz\w+)"
    r"|\s+sie\s+(?:[\w.]+\s+){0,5}?w\s+\"?(?:zwiazku|zmp|organizacji|stowarzyszeniu|nim)(?!\w)"
    r"|\s+(?:sie\s+)?(?:\w+\s+){0,2}?(?:w|do)\s+(?:jego|jej)\s+(?:gron\w+|szereg\w+|rodzin\w+)(?!\w)"
    r"|\s+(?:sie\s+)?(?:\w+\s+){0,2}?(?:w|do)\s+(?:\w+\s+)?rodzin\w+\s+(?:polskich\s+miast|miast\s+polskich)(?=\s*(?:[.,;!)]|$))"
)
# "znalazł się wśród ośmiu laureatów konkursu Związku"
_A_PRIZE = lazy(
    r"(?<!\w)(?:laureat|finalist|zwyciez|nagrodz|wyrozni|nominow|uczestni|lider|najlepsz|partner|sygnatari|konkurs|ranking|plebiscyt|zestawien|projekt|program|badan|ankiet|dziesiatk)\w*"
)
_STATUS_FIRST = lazy(
    r"(?<!\w)(?<!do\s)(?<!o\s)(?<!na\s)(?<!honorowe\s)(?:czlonkostw\w*|legitymacj\w+|status\w*\s+czlonk\w+|praw\w*\s+czlonk\w+|miejsc\w+\s+wsrod\s+czlonk\w+)\s+(?:\"?(?:zwiazku|zmp|organizacji)\s+(?:miast\s+polskich\"?\s+)?)?(?:(?:w|we)\s+\"?(?:zwiazku|zmp|organizacji|stowarzyszeniu)\s+(?:miast\s+polskich\"?\s+)?)?(?:[\w.-]+\s+){0,5}$"
)
_CONSENT_FIRST = lazy(
    r"(?<!\w)(?:akceptacj[ea]|aprobat[ea]|zgod[ey]|zielone\s+swiatlo|(?:pozytywn|przychyln|korzystn)a\s+decyzje)\s+(?:[\w-]+\s+){0,2}$"
)
_BOARDS_CONSENT = lazy(
    rf"\s+(?:\w+\s+)?(?:zgode|akceptacje|aprobate|zielone\s+swiatlo)\s+(?:(?:od|ze\s+strony)\s+)?(?:\w+\s+)?(?:zarzadu|wladz)(?!\w)[^.;,]{{0,50}}?\sna\s+(?:{BEING_LET_IN})"
)
"""As in "uzyskały zgodę Zarządu ZMP na członkostwo"."""
BESTOWED = lazy(
    r"(?<!\w)(?:przyznal[ay]?|przyznano|nadal[ay]?|nadano)\s+(?:[\w.-]+\s+){0,6}?(?:(?<!honorowe\s)czlonkostwo|(?:status|prawa)\s+(?:\w+\s+)?czlonka)(?!\w)(?!\s+-?\s?(?:obserwator|wspiera|stowarzyszon))"
    r"|(?<!\w)(?:(?<!honorowe\s)czlonkostwo|(?:status|prawa)\s+(?:\w+\s+)?czlonka)\s+(?:[\w.\"][\w.\"-]*\s+){0,6}?(?:przyznal[ay]?|przyznano|nadal[ay]?|nadano)(?!\w)(?!\s+-)",
    *("przyzna", "=nadal", "=nadala", "=nadaly", "=nadano"),
)
"""Membership given to a town."""
_TOOK_UP = lazy(
    r"(?<!\w)(?:wnios(?:ki|kami|kow|ek|kiem)|kandydatur\w{1,3}|aplikacj\w{1,3}|prosb\w{1,3})\s+(?:[\w-]+\s+){0,4}?o\s+(?:czlonkostwo|przyjecie|przystapienie)(?!\w)(?!\s+(?:w|do)\s+(?:komisj|zespo|rad[yz]|zarzad|jury|kapitul|grup|siec|projek|program|klub))",
    *("wnios", "kandydatur", "aplikacj", "prosb"),
)
"""What the board had before it, and may say yes to in the next sentence: "wnioski o członkostwo"."""
_ONLY_ALSO = lazy(r"(?:\s?[:-])?\s+(?:(?:tez|takze|rowniez|jeszcze|ponadto|miasto|miasta|gmina|gminy)\s+){0,2}")
_CIRCLE_FIRST = lazy(
    r"(?<!\w)(?:szereg\w*|gron\w+|list[aey]|rodzin\w+|wspolnot\w+|poczet|sklad\w*)\s+(?:\w+\s+){0,2}?(?:czlonk\w+|zrzeszon\w+|zwiazk\w+|zmp|organizac\w+|stowarzysz\w+)"
    r"|(?<!\w)(?:razem|wraz|wspolnie)\s+z\s+nami\s+do\s+(?:\w+\s+)?(?:wspolnoty|grona|rodziny|organizacji|zwiazku)(?!\w)"
    r"|(?<!\w)(?:gron[oa]|szeregi|rodzin[ea])\s+(?:to|te|ta)(?!\w)|(?<!\w)(?:jego|jej|ich)\s+(?:gron[oa]|szeregi|rodzin[ea])(?!\w)"
)
_OF_MEMBERS = lazy(
    r"(?<!\w)(?:zrzesza|skupia|laczy|liczy|tworz[ya]|jednoczy|nalez[ya]|naleza|skupiajac\w+|zrzeszajac\w+|liczac\w+|czlonk\w+)(?!\w)"
)
"""What makes "to grono" that of the members."""
_OF_A_PROJECT = lazy(r"(?<!\w)(?:projek|program|konkurs|siec(?!\w)|sieci(?!\w)|klub|zespol|grup|komisj|akademi)\w*")
_THAT_CIRCLE = lazy(r"(?:to|te|ta)\Z")
_MEMBERSHIP_NEXT = lazy(r"\s+(?:\w+\s+){0,3}?czlonkostw", "czlonkostw")
_OF_WHAT_IT_TAKES = lazy(r"(?<!\w)(?:koszt|zgod|opini)\w*", "koszt", "zgod", "opini")
_JUST_BEHIND = lazy(r"\s+(?:miast\s+polskich\"?\s+)?(?:[\w-]+\s+)?")
_TOWN_DID = lazy(r"(?<!\w)(?:miasto|gmina|samorzad|uzdrowisko)\s+(?:\w+\s+)?$")
_BY_THE_BOARD = lazy(r"(?<!\w)(?:decyzja|uchwala|glosami|moca\s+decyzji)\s+(?:\w+\s+)?zarzadu(?!\w)", "zarzadu")
"""Whose decision it was, where the board is no part that somebody has entered."""
_MOVED = lazy(
    r"(?:trafil\w*|dobil\w*|doszlusowal\w*|dosta(?:l|la|lo|li|ly)\s+sie)\s+(?:\w+\s+)?do\s+(?:grona\s+|rodziny\s+|wspolnoty\s+)?\"?(?:zwiazku|zmp|organizacji)(?!\w)|(?:zwiazal|sprzymierzyl)\w*\s+sie\s+(?:\w+\s+)?ze?\s+\"?(?:zwiazkiem|zmp|stowarzyszeniem)(?!\w)"
)
_IN_IT = lazy(r"(?<!\w)we?\s+\"?(?:zwiazku(?:\s+miast\s+polskich)?|zmp|nim)\"?\s+(?:(?:tez|takze|rowniez|juz)\s+)?$")


def _wins_a_place(word: Word, told: str) -> bool:
    """Whether a place is one in a contest, or a seat: only who regains one "w Związku" had been a member."""
    if "miejsc" not in told:
        return False
    return word.folded.startswith(_IN_A_CONTEST) or (
        _PLACE_IN_IT.search(told) is not None and not word.folded.startswith("odzysk")
    )


@dataclass(slots=True)
class StatusReader(Circle):
    """Reads admissions that are told of a status or of a place among the members."""

    def won(self, sentence: Sentence, handled: set[int]) -> Iterator[Event]:
        """As in "uzyskała status członka", "zasilił szeregi Związku", "członkostwo uzyskały A i B"."""
        for word in sentence.all("attain"):
            if _STATUS_FIRST.search(sentence.slice(max(sentence.start, word.start - 90), word.start)):
                yield from self._status_first(sentence, word, handled)
                return
            if _CONSENT_FIRST.search(sentence.slice(max(sentence.start, word.start - 60), word.start)):
                yield from self._consented(sentence, word, handled)
                return
            rest = sentence.slice(word.end, min(sentence.end, word.end + 110))
            clause = clause_at(sentence, word.start)
            if _BOARDS_CONSENT.match(rest) and self._ours(sentence, word.end + 60):
                if not NOT_YET.search(sentence.slice(max(clause.start, word.start - 60), word.start)):
                    actors = self.discourse.subjects(sentence, word, clause)
                    yield from self._admitted(sentence, word, clause, actors, "sentence.status")
                    handled.add(word.start)
                return
            told = _STATUS.match(rest)
            if told is not None and _wins_a_place(word, told[0]):
                continue
            if told is not None and of_another(sentence, word.end + told.end()):
                continue  # "członkostwo honorowe", "prawa członka grupy zakupowej"
            if told is None and not self._moved(sentence, word, rest):
                among = _AMONG.match(rest) or self._inside(sentence, word)
                if among is None or _A_PRIZE.search(among[0]):
                    continue
            if _MEMBERSHIP_NEXT.match(rest) and _OF_WHAT_IT_TAKES.search(rest):
                continue  # "uzyskała opinię o kosztach członkostwa"
            if NOT_YET.search(sentence.slice(max(clause.start, word.start - 60), word.start)):
                continue
            if OTHER_CIRCLE.search(sentence.folded) or not self._ours(sentence, word.end + 60):
                continue
            actors = self.discourse.subjects(sentence, word, clause)
            yield from self._admitted(sentence, word, clause, actors, "sentence.status")
            handled.add(word.start)
            return

    def _consented(self, sentence: Sentence, word: Word, handled: set[int]) -> Iterator[Event]:
        """As in "Zarząd przyjął A. W tym samym głosowaniu akceptację otrzymał B": right behind an admission."""
        before = self.discourse.open
        admitted = before is not None and before.kind is EventKind.ACCESSION
        admitted = admitted and self.discourse.admitted_just_before(sentence)
        if not (admitted or self._asked(sentence)):
            return
        if any(b.kind is BodyKind.OTHER for b in sentence.bodies):
            return
        clause = clause_at(sentence, word.start)
        if NOT_YET.search(sentence.slice(clause.start, word.end)) or sentence.has("council", "decide_later"):
            return
        towns = [t for t in sentence.towns if t.role == Role.PLAIN and t.nominative and t.start >= word.end][:1]
        if not towns or not _ONLY_ALSO.fullmatch(sentence.slice(word.end, towns[0].start)):
            return
        actors = self.discourse.actors(self.discourse.rows.tail(sentence, towns))
        yield from self._admitted(sentence, word, clause, actors, "sentence.status")
        handled.add(word.start)

    def _asked(self, sentence: Sentence) -> bool:
        """As in "Zarząd zajął się wnioskami o członkostwo. Pozytywną decyzję otrzymały: A i B"."""
        before = self.discourse.just_before(sentence)
        if before is None or not before.has("board") or _TOOK_UP.search(before.folded) is None:
            return False
        return self.discourse.topic(sentence, sentence.start) is BodyKind.OURS

    @staticmethod
    def _inside(sentence: Sentence, word: Word) -> re.Match[str] | None:
        """As in "W Związku znalazło się X": the body before, a town behind."""
        if not word.folded.startswith("znal"):
            return None
        before = [b for b in sentence.bodies if b.kind is BodyKind.OURS and b.end <= word.start]
        if not before or not any(t.nominative and t.role == Role.PLAIN and t.start > word.end for t in sentence.towns):
            return None
        return _IN_IT.search(sentence.slice(max(sentence.start, before[-1].start - 5), word.start))

    @staticmethod
    def _moved(sentence: Sentence, word: Word, rest: str) -> bool:
        """As in "X trafił do Związku", "X związał się ze Związkiem": a town right before, the body right behind."""
        if not _MOVED.match(sentence.slice(word.start, word.end) + rest):
            return False
        if _TOWN_DID.search(sentence.slice(sentence.start, word.start)):
            return True
        return any(t.role == Role.PLAIN and t.nominative and 0 <= word.start - t.end <= 14 for t in sentence.towns)

    def _status_first(self, sentence: Sentence, word: Word, handled: set[int]) -> Iterator[Event]:
        clause = clause_at(sentence, word.start)
        if NOT_YET.search(sentence.slice(clause.start, word.start)) or not self._ours(sentence, word.start):
            return
        if SUBBODY.search(_BY_THE_BOARD.sub(" ", sentence.slice(clause.start, word.end))):
            return
        actors = self._named_behind(sentence, word) or self.discourse.subjects(sentence, word, clause)
        yield from self._admitted(sentence, word, clause, actors, "sentence.status")
        handled.add(word.start)

    def bestowed(self, sentence: Sentence, handled: set[int]) -> Iterator[Event]:
        """As in "członkostwo przyznano A i B", "Zarząd przyznał A status członka": whose name is in the dative."""
        match = BESTOWED.search(sentence.folded)
        if match is None or NOT_YET.search(sentence.folded) or sentence.has("council"):
            return
        position = sentence.start + match.start()
        if of_another(sentence, sentence.start + match.end()) or not self._ours(sentence, position):
            return
        given = [t for t in sentence.towns if t.role == Role.PLAIN and not (t.nominative or t.accusative or t.genitive)]
        behind = sentence.start + match.end() + 1
        given += [t for t in sentence.towns if t.role == Role.PLAIN and t.start == behind and self._like_a_dative(t)]
        actors = self.discourse.actors(self.discourse.rows.tail(sentence, sorted(given, key=lambda t: t.start)[:1]))
        word = Word(position, sentence.start + match.end(), match[0], frozenset())
        yield from self._admitted(sentence, word, clause_at(sentence, position), actors, "sentence.status")
        if actors:
            handled.update(w.start for w in sentence.all("member_noun", "member_word"))

    def _like_a_dative(self, town: Town) -> bool:
        """As in "przyznał członkostwo Opalenicy": such names have one form for the genitive and the dative."""
        surface = self.discourse.reading.clean.text[town.start : town.end]
        return town.genitive and not town.nominative and surface.endswith(("y", "i"))

    def swelled(self, sentence: Sentence, handled: set[int]) -> Iterator[Event]:
        """As in "Szeregi ZMP zasiliły: w marcu A, w maju B", "do grona członków weszły A i B"."""
        for word in sentence.all("attain", "join_past"):
            before = sentence.slice(sentence.start, word.start)
            circle = _CIRCLE_FIRST.search(before)
            if circle is None or OTHER_CIRCLE.search(sentence.folded) or NOT_YET.search(before):
                continue
            if _THAT_CIRCLE.search(circle[0]) and not self._of_members(sentence, word):
                continue
            end = sentence.start + circle.end()
            if not self._ours(sentence, end) or ("czlonk" in circle[0] and of_another(sentence, end)):
                continue
            clause = clause_at(sentence, word.start)
            actors = self._named_behind(sentence, word)
            if not actors and _JUST_BEHIND.fullmatch(before, circle.end()):
                actors = self.discourse.subjects(sentence, word, clause)
            yield from self._admitted(sentence, word, clause, actors, "sentence.swelled")
            if actors:
                handled.add(word.start)
                return

    def _of_members(self, sentence: Sentence, word: Word) -> bool:
        """As in "Związek skupia ponad 370 ośrodków. Grono to zasiliły A i B"."""
        before = self.discourse.just_before(sentence)
        told = sentence.slice(sentence.start, word.start) + (before.folded if before is not None else "")
        return _OF_MEMBERS.search(told) is not None and _OF_A_PROJECT.search(told) is None
