"""Departures told by what is no more: "nie ma już z nami A", "Związek stracił B", "członkostwo C ustało"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from zmpwatch.extract.binding.event import Actor, Event
from zmpwatch.extract.membership.whereabouts import CIRCLE, UNREAL, Whereabouts
from zmpwatch.extract.steps.takenout import TAKES_OUT, TAKES_OUT_CUES, is_by_council, takes_it_out
from zmpwatch.extract.structure.clause import clause_at
from zmpwatch.extract.structure.sentences import Sentence, Word
from zmpwatch.extract.towns.finding import Role, Town
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.signs import signs_of
from zmpwatch.model import EventKind, Stage

__all__ = ["DepartureReader"]

_WALKED_OUT = lazy(
    r"(?:,\s+|\s-\s|(?<!\w))(?:ale|lecz|jednak|jednakze|po\s+czym|potem|pozniej|az|i|a)\s+(?:[\w-]+\.?\s+){0,7}?"
    rf"(?P<end>(?:sie\s+)?{TAKES_OUT}(?:l|la|lo|li|ly|lismy)(?:\s+sie)?|(?:sie\s+)?pozegna(?:l|la|lo|ly)(?:\s+sie)?|(?:z\s+niego\s+|z\s+niej\s+)?(?:wystapi(?:l|la|lo|ly|lismy)|odszedl|odeszl[aoy]|wyszedl|wyszl[aoy]|zrezygnowa(?:l|la|lo|ly|lismy))"
    r"|trzasn(?:al|ela|elo|ely|elismy)\s+drzwiami)(?!\w)",
    *TAKES_OUT_CUES,
    "pozegna",
    "wystapi",
    "odsz",
    "odesz",
    "wysz",
    "zrezygnowa",
    "trzasn",
)
_OBJECT_BEFORE, _OBJECT_BEHIND = 24, 30
"""How far before and behind a verb that takes somebody out its object is looked for."""
_OUT_OF_ELSE = lazy(
    r"\s+(?:sie\s+)?(?:juz\s+)?ze?\s+(?!niego(?!\w)|niej(?!\w)|organizacji(?!\w)|stowarzyszenia(?!\w)|zwiazku\s*(?:[.,;]|$|w\s|\d)|zmp|dniem|koncem|powod|hukiem|przyczyn|wzgled|czlonkostwa)"
)
_HAD_BEEN = lazy(
    r"(?<!\w)(?:(?:przy)?nalezal[aoy]?|nalezelismy|bylismy|byl[aoy]?(?=\s+(?:[\w-]+\s+){0,4}?(?:we?\s|czlonk)))(?!\w)"
)
_IN_ELSE = lazy(
    r"(?<!\w)we?\s+(?:(?:gronie|szeregach)\s+(?:miast|samorzadow|gmin|laureat\w+|finalist\w+)\s+(?!czlonk|zrzesz|zwiaz|nalez|zmp)\w"
    r"|(?:sieci|programie|projekcie|klubie|partnerstwie|finale|konkursie)(?!\w))"
)
"""As in "było w gronie miast wyróżnionych, ale wystąpiło": what a town had been in was no association."""
_LOST = lazy(
    r"\s+(?:[\w]+\s+){0,2}?(?P<verb>(?:u|s)tracil[aoiy]?|zegna|pozegnal)\s+(?!czlonkostw|wplyw|pieniadz|dotacj|szans)",
    *("stracil", "utracil", "zegna"),
)
_NO_MORE = lazy(
    r"(?<!\w)(?:nie\s+(?:ma|bylo)\s+(?:juz|wiecej)|nie\s+ma(?=\W*$)|juz\s+nie\s+(?:ma|bylo)|juz\s+(?:go|jej|ich|miasta|gminy)\s+(?:tam\s+)?nie\s+ma|(?:dzis|dzisiaj|teraz|obecnie|od\s[^;,]{2,50})\s(?:tam\s+nie\s+ma|nie\s+ma\s+tam)|zabraklo(?:\s+(?:juz|tez))?|brakuje\s+juz|ubylo|ubyl[aoiy]?|ubyly)(?!\w)",
    "=nie",
    "zabrak",
    "brakuje",
    "ubyl",
)
_TITLED = lazy(r"(?:miasta|gminy)\s")
_THE_TOWN = lazy(
    r"(?<!\w)od\s[^,;]{4,30}?\s(?:miasta|gminy|samorzadu)\s+(?:juz\s+)?we?\s+\"?(?:zwiazk|zmp|gron|organizacj)[^,;]{0,40}$"
)
_WITH_US = lazy(
    r"(?<!\w)(?:z\s+nami|wsrod\s+nas|posrod\s+nas|w\s+naszym\s+(?:gronie|zwiazku)|w\s+naszych\s+szeregach)(?!\w)"
)
_OWN_GAP = lazy(
    r"(?:[\s\W\d]+|(?:we?|ze?|od|do|wsrod|posrod|juz|tam|tu|nas|nami|ani|i|oraz|takze|rowniez|m|in|roku|r|br|dnia|dwoch|trzech|czterech|pieciu|tych|takich|kilku|zwiazk\w+|organizacji|stowarzyszeni\w+|zmp"
    r"|gronie|rodzinie|szeregach|naszym|naszych|liscie|mapie|miast\w*|gmin\w*|samorzad\w*|czlonk\w+|czlonkowsk\w+|stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|wrzesnia|pazdziernika|listopada|grudnia)(?!\w))*"
)
"""What may stand between "nie ma już" and the town that is missing: no noun that would be what is missing."""
_AS = lazy(
    r"[^.;]{0,60}?\s(?:jako\s+(?!(?:\w+\s+)?czlonk)|na\s+rzecz\s|w\s+(?:roli|charakterze|finale|rankingu|konkursie)|z\s+(?:oczu|listy\s+(?!czlonk)))"
)
"""What the association loses a town as, or to, where it stays a member: "stracił X jako gospodarza"."""
_STRUCK_OFF = lazy(
    r"\s+(?:\w+\s+){0,2}?ze?\s+(?:(?:listy|grona|rejestru|ewidencji|wykazu|spisu|szeregow)\s+(?:\w+\s+)?(?:czlonk\w+|miast|samorzadow|zwiazku|zmp)|\"?(?:zwiazku|zmp)(?!\w))"
)
_SOMEBODY = lazy(r"\s+(?:go|ich|mnie|nas)(?!\w)")
_WILL_BE = lazy(r"(?<!\w)(?:zostanie|zostana|zostaniemy|bedzie|beda|bedziemy)\s+(?:\w+\s+){0,2}$")
_RIGHT_BEHIND = lazy(r"\s+(?:\w+\s+)?")
_WILL_NOT_BE = lazy(r"(?<!\w)nie\s+(?:zostanie|zostana|zostaniemy|bedzie|beda|bedziemy)\s+(?:\w+\s+){0,2}$")
_STRIKING_OFF = lazy(r"(?<!\w)(?:wykreslen|skreslen)i\w{1,2}(?!\w)", "kreslen")
_SO_THAT = lazy(r"(?<!\w)(?:a|ze|aze)?by(?:smy)?\s")
_SPOKEN_OF = lazy(r"(?<!\w)(?:o|nad|w\s+sprawie|za|przeciw\w*|na\s+temat|wokol|about|on|over)\s+(?:[\w-]+\s+)?$")
_THWARTED = lazy(
    r"\s+(?:[\w.-]+\s+){0,5}?(?:projekt|wnios|uchwal|pomysl|inicjatyw|propozycj|rezygnacj|wystapieni|wyjsci|odejsci|opuszczeni)"
)
"""What is thwarted ("utrącono wniosek o …"), where without its marks the verb looks like one of losing."""
_IN_A_PART = lazy(
    r"\s+(?:[\w-]+\s+){0,3}?we?\s+(?:\w+\s+)?(?:komisj|zarzadz|rad[yz]|komite|prezydium|zespol|jury|kapitu|klub|siec|partnerstw)"
)
_DONE = lazy(r"(?<!\w)(?:nastapilo|dokonano|stalo\s+sie\s+faktem)(?!\w)", *("=dokonano", "=faktem", "=nastapilo"))

_ARRIVED = lazy(r"(?<!\w)(?:przyby|dolaczy|przystapi|wstapi|wesz|przyjet)\w*")
"""As in "ubyło A, przybyły B i C": who stands behind came."""
_CAME = lazy(
    r"[,;]\s+(?:a\s+|natomiast\s+|za\s+to\s+)?(?:przyby|dolaczy)l\w{0,2}\s+(?:[\w-]+(?:,|\s+i)\s+){0,3}$",
    "przyby",
    "dolaczy",
)


def _it_ended(sentence: Sentence, membership: Word, ended: Word) -> bool:
    """As in "rada wypowiedziała członkostwo w Związku; ustało ono z dniem 31 grudnia"."""
    between = sentence.slice(membership.end, max(membership.end, ended.start))
    if _THEN_IT.search(between) is None:
        return False
    return between.endswith(" ono ") or sentence.slice(ended.end, sentence.end).startswith(" ono ")


_IT_ENDED = lazy(r"\W*(?:a\s+|i\s+)?(?:(?:ustalo|wygaslo)\s+ono|ono\s+(?:ustalo|wygaslo))(?!\w)", "ustalo", "wygaslo")
_THEN_IT = lazy(r"[;,]\s+(?:(?:a|i|oraz)\s+)?(?:ono\s+)?$")


@dataclass(slots=True)
class DepartureReader(Whereabouts):
    """Reads who is gone, without a step out of the association being told."""

    NEEDS: ClassVar[int] = signs_of("struck", "leave_past", "cease", _NO_MORE, _LOST, _WALKED_OUT, _STRIKING_OFF)

    def events(self, sentence: Sentence, handled: set[int]) -> Iterator[Event]:
        """Withdrawals a sentence tells of; the words they used up are added to `handled`."""
        if not sentence.signs & self.NEEDS:
            return
        yield from (
            list(self._gone(sentence))
            or list(self._lost(sentence))
            or list(self._walked_out(sentence, handled))
            or list(self._struck_off(sentence, handled))
            or list(self._membership_ended(sentence, handled))
        )

    def _gone(self, sentence: Sentence) -> Iterator[Event]:
        """As in "od stycznia nie ma już w ZMP Jasła", "ze Związku ubyły dwa miasta: A i B"."""
        match = _NO_MORE.search(sentence.folded)
        if match is None or re.search(r"(?<!\w)(?:nie\s+(?:zabrak|ubyl)|gdyby|jesli)", sentence.folded):
            return
        if match[0] == "nie ma" and _THE_TOWN.search(sentence.folded[: match.start()]) is None:
            return
        position = sentence.start + match.start()
        if not self._about_ours(sentence, position):
            return
        anywhere = any(
            self._placed(sentence, b, re.compile(rf"(?<!\w)(?:we?|z|ze|na|wsrod|posrod)\s+{CIRCLE}\"?$"))
            for b in self._ours(sentence)
        )
        by_verb = match[0].startswith("ubyl") and re.search(
            r"(?<!\w)(?:zwiazkowi|zmp|organizacji|czlonkow)(?!\w)", sentence.folded
        )
        there = "tam" in match[0] and self.discourse.binder.dates.since(sentence, position) is not None
        if not (anywhere or by_verb or there or _WITH_US.search(sentence.folded)):
            return
        genitive = not match[0].startswith("ubyl")
        towns = [
            t
            for t in sentence.towns
            if t.role == Role.PLAIN
            and not self.discourse.rows.compared(t, sentence)
            and (t.genitive or _TITLED.match(sentence.slice(t.start, t.end)) if genitive else t.nominative)
            and not _ARRIVED.search(sentence.slice(min(t.start, position), t.start))
        ]
        first = next((t for t in towns if t.start >= sentence.start + match.end()), None)
        if genitive and first is not None and not self._missing_itself(sentence, sentence.start + match.end(), first):
            return
        if match[0] == "zabraklo" and first is None:
            return  # "w sprawie członkostwa X zabrakło kworum": something else was missing
        actors = self.discourse.actors(towns)
        if genitive and not towns and _THE_TOWN.search(sentence.slice(sentence.start, position)):
            actors = self._the_town(sentence)
        yield from self._left(sentence, position, clause_at(sentence, position), actors)
        if towns and not genitive:
            yield from self._came_instead(sentence, position)

    def _the_town(self, sentence: Sentence) -> list[Actor]:
        """Who "miasta w Związku już nie ma" is: the only town that the sentence names, else whose text it is."""
        named = self.discourse.actors([t for t in sentence.towns if t.is_actor])
        return named if len(named) == 1 else [] if named else (self.discourse.home() or list(self.discourse.focus[:1]))

    def _came_instead(self, sentence: Sentence, position: int) -> Iterator[Event]:
        """As in "ubyły A i B, przybył C"."""
        for town in sentence.towns:
            lead = sentence.slice(min(town.start, position), town.start)
            if town.role == Role.PLAIN and town.nominative and _CAME.search(lead):
                actor = Actor(town.name, town.municipality)
                event = Event.told(
                    actor, EventKind.ACCESSION, Stage.ADMITTED, sentence, town.start, "sentence.gone", 0.85
                )
                self.discourse.binder.bind(event, sentence, clause_at(sentence, town.start))
                yield event

    def _missing_itself(self, sentence: Sentence, end: int, town: Town) -> bool:
        """Whether it is the town that is no more there, and not something of or for it: "miejsca dla Jasła"."""
        between = sentence.slice(end, town.start)
        for body in self._ours(sentence):
            if end <= body.start and body.end <= town.start:
                between = between.replace(sentence.slice(body.start, body.end), " ")
        return _OWN_GAP.fullmatch(between) is not None

    def _lost(self, sentence: Sentence) -> Iterator[Event]:
        """As in "Związek stracił X": the association is who loses."""
        for body in self._ours(sentence):
            match = _LOST.match(sentence.slice(body.end, body.end + 60))
            if match is None or re.search(r"(?<!\w)(?:w|do|ze?)\s+\"?$", sentence.slice(sentence.start, body.start)):
                continue
            position = body.end + match.start("verb")
            towns = [t for t in sentence.towns if t.role == Role.PLAIN and t.accusative and t.start >= position]
            if towns and _AS.match(sentence.slice(towns[0].end, sentence.end)):
                return
            row = {t.start for t in self.discourse.rows.tail(sentence, towns[:1])}  # "pożegnał A, a powitał B"
            lost = self.discourse.actors([t for t in towns if t.start in row])
            yield from self._left(sentence, position, clause_at(sentence, position), lost)
            return

    def _walked_out(self, sentence: Sentence, handled: set[int]) -> Iterator[Event]:
        """As in "X kiedyś należała do ZMP, ale się wycofała": a membership that was, and its end without a goal."""
        match = _WALKED_OUT.search(sentence.folded)
        if match is None:
            return
        position = sentence.start + match.start("end")
        before = sentence.slice(sentence.start, position)
        been = _HAD_BEEN.search(before)
        by_council = is_by_council(sentence.slice(sentence.start + match.start(), position))
        if (by_council or match["end"].endswith("li") or "wyprowadzi" in match["end"]) and not (
            by_council and takes_it_out(sentence.slice(position - _OBJECT_BEFORE, position + _OBJECT_BEHIND))
        ):
            return  # "należała, ale radni wycofali projekt"
        if been is None or re.search(r"(?<!\w)(?:nie|gdyby|jesli|czy)(?!\w)", before[: been.end()]):
            return
        if _OUT_OF_ELSE.match(sentence.folded, match.end()) or _IN_ELSE.search(before, been.end()):
            return
        if not self._about_ours(sentence, sentence.start + been.start()):
            return
        clause = clause_at(sentence, sentence.start + been.start())
        word = Word(sentence.start + been.start(), sentence.start + been.end(), been[0], frozenset())
        actors = self._standing(sentence, word, clause)
        handled.update(w.start for w in sentence.all("leave_past", "belong", "is", "member_word"))
        for event in self._left(sentence, position, clause_at(sentence, position), actors):
            event.stage = Stage.RESOLVED if by_council else event.stage
            yield event

    def _struck_off(self, sentence: Sentence, handled: set[int]) -> Iterator[Event]:
        """As in "z listy członków ZMP skreślono A", "A wykreślono z grona członków"."""
        nouns = [
            Word(sentence.start + m.start(), sentence.start + m.end(), m[0], frozenset())
            for m in (_STRIKING_OFF.finditer(sentence.folded) if _DONE.search(sentence.folded) else ())
        ]
        for word in (*sentence.all("struck"), *nouns):
            clause = clause_at(sentence, word.start)
            scope = sentence.slice(clause.start, clause.end)
            if not _STRUCK_OFF.search(" " + scope) or not self._about_ours(sentence, word.end):
                continue
            leaving = sentence.all("leave_noun", start=word.end, end=word.end + 40)
            if any(_RIGHT_BEHIND.fullmatch(sentence.slice(word.end, n.start)) for n in leaving) or _WILL_NOT_BE.search(
                sentence.slice(clause.start, word.start)
            ):
                continue  # "burmistrz wykluczył wystąpienie ze Związku", "nie zostanie skreślona"
            later = _WILL_BE.search(sentence.slice(clause.start, word.start)) is not None
            if UNREAL.search(scope) and not later:
                continue
            towns = [t for t in sentence.towns if t.role == Role.PLAIN and clause.start <= t.start < clause.end]
            if not towns and sentence.slice(clause.end, clause.end + 1) == ":":
                towns = self.discourse.rows.enumerated(sentence, clause.end)  # "skreślono trzy miasta: A, B i C"
            if (
                not sentence.towns
                and not self.discourse.focus
                and _SOMEBODY.match(sentence.slice(word.end, clause.end))
            ):
                continue  # "wykluczono go z ZMP", before any town was spoken of
            towns = self.discourse.rows.tail(sentence, towns)  # "skreślono A (31 marca) i B (30 czerwca)"
            actors = self.discourse.actors(towns) or self.discourse.subjects(sentence, word, clause)
            handled.add(word.start)
            if later:
                for actor in actors:
                    yield Event.told(
                        actor,
                        EventKind.WITHDRAWAL,
                        Stage.PROPOSED,
                        sentence,
                        word.start,
                        "sentence.gone",
                        0.7,
                        weak=True,
                    )
                return
            yield from self._left(sentence, word.start, clause, actors)
            return

    def _spoken_of_before(self, sentence: Sentence) -> list[Word]:
        """The word that stands for a membership: "Rada wypowiedziała członkostwo; ustało ono 31 grudnia"."""
        ended, before = _IT_ENDED.match(sentence.folded), self.discourse.just_before(sentence)
        if ended is None or before is None or not before.has("member_noun"):
            return []
        place = sentence.start + sentence.folded.index("ono", ended.start())
        return [Word(place, place + len("ono"), "ono", frozenset({"member_noun"}))]

    def _membership_ended(self, sentence: Sentence, handled: set[int]) -> Iterator[Event]:
        """As in "członkostwo X w ZMP ustało", "X straciła członkostwo w ZMP"."""
        for noun in sentence.all("member_noun") or self._spoken_of_before(sentence):
            if not noun.folded.startswith(("czlonkostw", "przynalezn", "membership", "ono")):
                continue
            if _SPOKEN_OF.search(sentence.slice(max(sentence.start, noun.start - 30), noun.start)):
                continue  # "dyskusja o członkostwie zakończyła się"
            if _IN_A_PART.match(sentence.slice(noun.end, sentence.end)):
                continue  # "członkostwo X w Komisji Kultury Związku wygasło"
            clause = clause_at(sentence, noun.start)
            ended = next(
                (
                    w
                    for w in sentence.all("cease")
                    if (clause.start <= w.start < clause.end and abs(w.start - noun.start) < 120)
                    or _it_ended(sentence, noun, w)
                ),
                None,
            )
            if ended is not None and ended.start >= clause.end:
                clause = clause_at(sentence, ended.start)
            if (
                ended is None
                or _SO_THAT.search(sentence.slice(clause.start, ended.start))
                or UNREAL.search(sentence.slice(clause.start, clause.end))
                or _THWARTED.match(sentence.slice(ended.end, clause.end))
            ):
                continue
            if not self._about_ours(sentence, noun.end):
                continue
            body = next((b for b in self._ours(sentence) if b.start >= noun.end), None)
            stop = body.start if body is not None else min(clause.end, noun.end + 60)
            named = [t for t in sentence.towns if noun.end <= t.start < stop and t.is_actor]
            actors = (
                self.discourse.actors(self.discourse.rows.tail(sentence, named[:1]))
                if named
                else self.discourse.subjects(sentence, ended, clause)
            )
            if not actors and _it_ended(sentence, noun, ended):
                actors = self.discourse.actors([t for t in sentence.towns if t.is_actor and t.end <= noun.start])
                actors = actors if len(actors) == 1 else []
            handled.add(ended.start)
            handled.add(noun.start)
            yield from self._left(sentence, ended.start, clause, actors)
            return
