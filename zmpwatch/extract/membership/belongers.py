"""Who it is that belongs: subjects of a clause, towns of a list behind it, those a relative clause hangs on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from zmpwatch.extract.binding.event import Actor
from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.discourse.relatives import hangs_on_a_town_noun, where_it_was
from zmpwatch.extract.discourse.topic import Discourse
from zmpwatch.extract.membership.company import A_GATHERING
from zmpwatch.extract.structure.clause import Clause
from zmpwatch.extract.structure.sentences import Sentence, Word
from zmpwatch.extract.towns.finding import Role, Town
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.phrases import TOWNS_FOLLOW

__all__ = ["Belongers"]

_APPOSED = lazy(r",\s+(?:(?:aktywn|wieloletni|dlugoletni)\w*\s+)?")
_HUNG = lazy(
    r",\s+(?:miast\w{1,2}\s+|gmin\w\s+)?(?:(?:od|juz|wciaz|nadal)\s[\w.\s]{0,24})?(?:bedac\w{1,3}\s+(?:[\w-]+\s+)?)?"
)
"""As in "burmistrz Pisza, miasta należącego do", "miasta Giżycka, będącego członkiem"."""
_OURSELVES = lazy(
    r"(?<!\w)(?:nasz\w*(?!\w|\s+(?:powia|wojew|regio|subreg|kra[ij]|ziemi|stron|okolic|czes|rozmow|redakc|dziennik|czyteln|informator|korespond))|jestesmy|bylismy|mamy|nalezymy|przynalezymy|przestalismy|znajdujemy|wchodzimy|(?:wspol)?tworzymy|figurujemy|dzialamy|pozostajemy|uczestniczymy|we\s+(?:are|have)|our\s+(?:town|city|municipality|commune))(?!\w)"
)
_WITHOUT_SUBJECT = lazy(
    r"\W*(?:(?:juz\s+)?(?:od|w)\s+[\w\s.]{4,24}?\s+)?(?:(?:tez|takze|rowniez|ponownie|znow|nadal|nieprzerwanie|juz)\s+){0,2}(?:nalezy|przynalezy|nalezal[aoy]?|jest\s+(?:\w+\s+)?czlonk\w+|pozostaje\s+czlonk\w+)(?!\w)"
)
_ALL_OF_THEM = lazy(
    r"\W*(?:wszystkie|wszyscy|oba|obie|obydwa|wszystkie\s+(?:trzy|cztery|piec))\s+(?:sa|naleza|to)(?!\w)"
)
"""Behind a row of towns: "Co łączy A, B i C? Wszystkie należą do Związku"."""
_OF_ITS_OWN = lazy(r",\s+(?:bo|gdyz|poniewaz|choc|chociaz|ale|lecz|gdy|podczas\s+gdy|a\s+nie|tylko)\s")
"""Between a number of members and a town: "należą 304 miasta, z powiatu żadne, bo X się waha"."""
_CLOSED_RELATIVE = lazy(
    r"\W*(?:o|z|ze|za|na|nad|pod|po|od|przy|przed|przez|dla|bez|u|wobec|obok)\s+ktor\w+\s[^,;:]{2,100},\s+(?:[\w-]+\s+){0,4}"
)
"""Between a town and what is told of it: "A, z którą mylą nas kurierzy, należy"."""
_NO_OTHER_SUBJECT = lazy(
    r"[\s,.\d\"]*(?:a|zas|natomiast|i|oraz)\s+(?:(?:czlonk(?:iem|inia)|do|w|od|jest|pozostaje|nalezy|roku|r|dnia|juz|takze|tez|rowniez|nieprzerwanie|nadal|dopiero)(?!\w)[\s,.\d\"]*)+"
)
"""A clause of a membership and its time alone, which goes on with the subject of the one before."""
_FOR_YEARS = lazy(r"(?<!\w)(?:od\s+(?:lat|wielu|dawna|zawsze|(?:samego\s+)?poczatku)|lat)(?!\w)")
_HOST = lazy(r"(?<!\w)(?:gospodarz(?:e|em|owi)?|organizator(?:zy)?)(?!\w)", "gospodarz", "organizator")
_RECEIVED = lazy(r"(?<!\w)(?:gosci(?:l[aoy]?)?|(?:podejm|przyjm)owal[aoy]?)(?!\w)", "gosci", "podejm", "przyjm")
_OF_THOSE = lazy(
    r"\W*(?:(?:do|w)\s+ktor\w+|ktor(?:ego|ej)\s+(?:\w+\s+)?czlonk\w+|ktorych\s+(?:jest|sa)\s+(?:\w+\s+)?czlonk\w+)\s"
)
"""A relative clause of the body or the bodies that somebody is a member of."""
_THESE_ALL = lazy(r"\W*(?:wszystkie|oba|obie|obydwa|wszystkie\s+(?:trzy|cztery|piec))")
_AT_THE_FRONT = 3
_SPOKEN_OF = 4
"""How many sentences back a town may be named that a common noun stands for."""
_ONE_AMONG = lazy(
    r"(?<!\w)(?:w\s+gronie|wsrod|posrod|jedn\w{1,3}\s+z)\s+(?:(?:ponad|blisko|prawie|niemal|okolo|tych|wszystkich)\s+)?$"
)
"""Before a number of members of which the subject is one."""
_THESE = lazy(
    r"\W*(?:(?:te|wszystkie|oba|obie)\s+(?:\w+\s+)?(?:miasta|gminy|samorzady)|wszystkie|oba|obie|obydwa|wszystkie\s+trzy)(?!\w)"
)
_ITS_GOAL = lazy(r"\s+(?:(?:od|w|juz|tylko|zas)\s+(?:[\w.]+\s+){0,3})?(?:do|we?)\s+(?P<none>zadne\w+)?")
_ROW = lazy(r"\s*(?:,|i|oraz|,?\s+a\s+takze)\s+")
_THEY_DO = lazy(r"(?<!\w)(?:przy)?naleza\W*$|(?<!\w)czlonk(?:ami|iem)\s[^.;:]{0,60}?(?<!\bnie\s)(?:sa|jest)\W*$")
"""As in "Do ZMP należą: A, B i C", "członkami ZMP są: A i B"."""
_SEVERAL_TOWNS = lazy(r"(?<!\w)(?:miast(?:a|o)?|samorzad(?:y|ow)|gmin(?:y)?|sasiedzi)(?!\w)")


@dataclass(slots=True)
class Belongers:
    """Finds whose membership a word for belonging tells of."""

    discourse: Discourse

    @staticmethod
    def _of_another_body(sentence: Sentence, town: Town, word: Word) -> bool:
        """As in "A należy do Związku, B od 2009 do Związku Gmin", "… B do żadnego": elsewhere, or nowhere."""
        if town.start < word.end:
            return False
        following = next((t.start for t in sentence.towns if t.start > town.start), sentence.end)
        rest = sentence.slice(town.end, min(following, town.end + 60)).split(",")[0]
        goal = _ITS_GOAL.match(rest)
        if goal is None:
            return False
        at = town.end + goal.end()
        return goal["none"] is not None or any(b.start == at and b.kind is BodyKind.OTHER for b in sentence.bodies)

    def _listed_behind(self, sentence: Sentence, clause: Clause) -> list[Town]:
        """As in "W Związku są już inne miasta regionu: A i B": whom a clause speaks of stands behind its colon."""
        told = sentence.slice(clause.start, clause.end)
        first = next((t for t in sentence.towns if t.start >= clause.end), None)
        if (
            first is None
            or not (_SEVERAL_TOWNS.search(told) or self._they_belong(sentence, clause))
            or any(clause.start <= t.start < first.start for t in sentence.towns)
        ):
            return []
        mark = sentence.slice(clause.end, first.start).strip()
        if mark not in (":", "-", "") or not first.nominative:
            return []
        listed = self.discourse.rows.enumerated(sentence, first.start)
        if mark != ":" and (len(listed) == 1 or sentence.slice(first.start - 2, first.start) != "- "):
            return []  # behind a dash only a row names those spoken of: "należą trzy miasta – A, B i C"
        return listed

    @staticmethod
    def _they_belong(sentence: Sentence, clause: Clause) -> bool:
        """As in "Do ZMP należą: A, B i C", the association itself being named."""
        told = _THEY_DO.search(sentence.slice(clause.start, clause.end)) is not None
        return told and any(b.kind is BodyKind.OURS and clause.start <= b.start < clause.end for b in sentence.bodies)

    def _the_town(self, sentence: Sentence) -> list[Actor]:
        """Who "miasto" is: the only town of the sentence before where the page does not say whose it is."""
        before = self.discourse.just_before(sentence)
        if before is not None and self.discourse.reading.context.municipality is None:
            councils = self.discourse.actors([t for t in before.towns if t.role == Role.COUNCIL])
            if len(councils) == 1 and {t.name for t in before.towns if t.is_actor} == {councils[0].name}:
                return councils
        met = before is None or before.has("board") or A_GATHERING.search(before.folded) is not None
        return self.discourse.home() or ([] if met else self.discourse.only_one("miasto"))

    def _spoken_of(self, sentence: Sentence) -> list[Actor]:
        """Whom "kurort" means: the only town of the last sentence that names any, else the town at home."""
        for before in reversed(self.discourse.reading.before(sentence, _SPOKEN_OF)):
            named = self.discourse.actors([t for t in before.towns if t.role != Role.BODY])
            if named:
                return named if len(named) == 1 else []
        return self._the_town(sentence)

    def _told_just_before(self, sentence: Sentence) -> list[Actor]:
        """The only town that the sentence before tells of: "Mława wraca. Wcześniej była członkiem od … do …"."""
        before = self.discourse.just_before(sentence)
        named = [t for t in before.towns if t.role == Role.PLAIN and t.nominative] if before is not None else []
        actors = self.discourse.actors(named)
        return actors if len(actors) == 1 else []

    def _belonging(self, sentence: Sentence, word: Word, clause: Clause) -> list[Actor]:
        """Who belongs: towns after "w tym", else subjects; a bare count of members names nobody."""
        follow = TOWNS_FOLLOW.search(sentence.folded)
        if follow and re.search(r"(?<!\w)nie\s+(?:sa|jest|naleza|nalezy)(?!\w)", sentence.folded[: follow.start()]):
            return []
        if follow and not self._told_apart(sentence, sentence.start + follow.end(), clause):
            start = sentence.start + follow.end()
            listed = self.discourse.rows.enumerated(sentence, start)
            if listed:
                return self.discourse.actors(listed)
        folded = self.discourse.reading.clean.folded
        listed = self._listed_behind(sentence, clause)
        if listed:
            return self.discourse.actors(listed)
        counted = [
            n
            for n in sentence.numbers
            if not _ONE_AMONG.search(sentence.slice(max(sentence.start, n.start - 30), n.start))
            and re.match(
                r"\s*(?:\w+\s+){0,2}(?:miast|samorz|gmin|czlonk|osrodk|podmiot|jednost)", folded[n.end : n.end + 40]
            )
        ]
        apposed = [t for t in sentence.towns if _APPOSED.fullmatch(sentence.slice(t.end, word.start))]
        if apposed and "member_word" in word.classes and not word.folded.endswith(("kiem", "kami")):
            return self.discourse.actors(apposed[-1:])
        hung = [t for t in sentence.towns if _HUNG.fullmatch(sentence.slice(t.end, word.start))]
        if hung and (word.folded.startswith("nalezac") or "bedac" in sentence.slice(hung[-1].end, word.start)):
            return self.discourse.actors(hung[-1:])
        plain = [
            t
            for t in sentence.towns
            if t.role == Role.PLAIN
            and clause.start <= t.start < clause.end
            and not self.discourse.rows.compared(t, sentence)
            and not (counted and _OF_ITS_OWN.search(sentence.slice(min(counted[0].end, t.start), t.start)))
        ]
        if not plain and _OURSELVES.search(sentence.slice(clause.start, clause.end)):
            return self.discourse.we(sentence)
        if counted and not plain:
            return []
        if re.search(r"(?<!\w)(?:ktor\w+)\s+(?:miast\w*|gmin\w*)\s", sentence.slice(clause.start, word.start) + " "):
            earlier = [t for t in sentence.towns if t.end <= word.start]
            if earlier:
                return self.discourse.actors(earlier[-1:])
        if not plain and folded[max(sentence.start, clause.start - 1) : clause.start] == "(":
            before = [t for t in sentence.towns if clause.start - 3 <= t.end <= clause.start]
            if before:
                return self.discourse.actors(before)
        relative = sentence.slice(clause.start, max(clause.start, word.end)) + " "
        if not plain and _OF_THOSE.match(relative):
            heads = [t for t in sentence.towns if t.role == Role.PLAIN and t.nominative and t.end <= clause.start]
            if not heads and re.search(r"(?<!\w)(?:miasto|gmina)(?!\w)", sentence.folded):
                named = [t for t in sentence.towns if t.is_actor]
                heads = named if len({t.name for t in named}) == 1 else []
            if heads:
                return self.discourse.actors(self.discourse.rows.tail(sentence, heads[:1]))
        if _CLOSED_RELATIVE.fullmatch(sentence.slice(clause.start, word.start)):
            hung = [t for t in sentence.towns if t.nominative and clause.start - 3 <= t.end <= clause.start]
            if hung and hung[-1].role == Role.PLAIN:
                return self.discourse.actors(self.discourse.rows.tail(sentence, hung))
        place = where_it_was(sentence, clause)
        if place:
            return self.discourse.actors(place)
        pointed = self.discourse.pointed(sentence, clause) if not plain else []
        if pointed:
            return pointed
        if re.match(r"\W*(?:a\s+)?(?:ktor[aeyi]|which)\s", sentence.slice(clause.start, word.start) + " ") or (
            not plain
            and re.match(
                r",?\s+(?:miast\w{1,2}\s+|gmin\w\s+)?(?:od\s+[^,;]{2,30},?\s+)?(?:nalezac|bedac)\w+",
                folded[clause.start - 1 : word.end],
            )
        ):
            end = len(folded[: clause.start].rstrip(" ,-("))
            hung = [t for t in sentence.towns if t.end == end]
            if hung:
                return self.discourse.actors(self.discourse.rows.tail(sentence, hung))
        subjects = [t for t in plain if t.nominative and not self._of_another_body(sentence, t, word)]
        if subjects:
            return self.discourse.actors(self.discourse.rows.tail(sentence, subjects))
        if _OURSELVES.search(sentence.folded) or re.search(
            r"(?<!\w)(?:uzdrowisko|kurort|miasto|gmina|grod|samorzad)(?!\w)", sentence.slice(clause.start, clause.end)
        ):
            return self._the_town(sentence)
        if re.match(r"\W*(?:jako|bedac)\s", sentence.slice(clause.start, word.start) + " "):
            heads = [t for t in sentence.towns if t.role == Role.PLAIN and t.nominative]
            heads.sort(key=lambda t: abs(t.end - clause.start) if t.end <= clause.start else t.start - word.end)
            return self.discourse.actors(self.discourse.rows.tail(sentence, heads[:1]))
        if _THESE.match(sentence.slice(clause.start, clause.end)):
            before = [t for t in sentence.towns if t.role == Role.PLAIN and t.nominative and t.end <= clause.start]
            if len(before) > 1:
                return self.discourse.actors(before)
        if not plain and hangs_on_a_town_noun(sentence, clause):
            return self._spoken_of(sentence)
        aside = self._in_an_aside(sentence, clause)
        if aside:
            return self.discourse.actors(aside)
        goes_on = folded[: clause.start].rstrip().endswith((":", " -", ")"))
        if goes_on or re.match(
            r"\W*(?:,\s+)?(?:ale|lecz|jednak|natomiast|bo|gdyz|poniewaz)\s", sentence.slice(clause.start, clause.end)
        ):
            before = [t for t in sentence.towns if t.role == Role.PLAIN and t.nominative and t.end <= clause.start]
            if len({t.name for t in before}) == 1:
                return self.discourse.actors(before[:1])
        return self._goes_on(sentence, clause) or self._host(sentence, clause) or self._left_out(sentence)

    def _host(self, sentence: Sentence, clause: Clause) -> list[Actor]:
        """As in "Mielno gościło komisję Związku. Gospodarze są w nim od 1999 roku": who received others."""
        before = self.discourse.just_before(sentence)
        if before is None or sentence.towns or _HOST.search(sentence.slice(sentence.start, clause.end)) is None:
            return []
        hosts = [t for t in before.towns if t.role == Role.PLAIN and t.nominative]
        received = _RECEIVED.search(before.folded) is not None and len(before.towns) == 1
        if not any(d.explicit_year for d in sentence.dates) and _FOR_YEARS.search(sentence.folded) is None:
            return []  # "Gospodarze są w nim od rana"
        return self.discourse.actors(hosts if received else [])

    def _goes_on(self, sentence: Sentence, clause: Clause) -> list[Actor]:
        """As in "Do Euroregionu A wstąpiła w 1993 roku, a członkiem Związku jest od 2002": the same town."""
        rest = sentence.slice(clause.start, clause.end)
        spans = [(b.start, b.end) for b in sentence.bodies] + [(d.start, d.end) for d in sentence.dates]
        for start, end in spans:
            if clause.start <= start and end <= clause.end:
                rest = rest.replace(sentence.slice(start, end), " ", 1)
        before = [t for t in sentence.towns if t.nominative and t.role == Role.PLAIN and t.end <= clause.start]
        alone = len(before) == len([t for t in sentence.towns if t.role != Role.BODY]) == 1
        return self.discourse.actors(before if alone and _NO_OTHER_SUBJECT.fullmatch(rest) else [])

    @staticmethod
    def _told_apart(sentence: Sentence, listed: int, clause: Clause) -> bool:
        """As in "m.in. A i B, natomiast nie należy już do niego C": a clause behind a list, with its own subject."""
        return listed < clause.start and any(
            t.nominative and t.role == Role.PLAIN and clause.start <= t.start < clause.end for t in sentence.towns
        )

    @staticmethod
    def _in_an_aside(sentence: Sentence, clause: Clause) -> list[Town]:
        """As in "trzy miasta powiatu – A, B i C – należą", "trzy miasta (A, B i C) należą": who is named in between."""
        lead = sentence.slice(sentence.start, clause.start).rstrip()
        sign = lead[-1:]
        if sign not in ("-", ")"):
            return []
        opened = lead.rfind(" - " if sign == "-" else "(", 0, len(lead) - 1)
        if opened < 0 or not (_SEVERAL_TOWNS.search(lead[:opened]) or _THESE_ALL.fullmatch(lead[:opened])):
            return []
        inside = [t for t in sentence.towns if sentence.start + opened < t.start < clause.start]
        if not inside or not all(t.nominative and t.role == Role.PLAIN for t in inside):
            return []
        first, last = inside[0].start, sentence.start + len(lead)
        words = sentence.slice(sentence.start + opened, first) + sentence.slice(inside[-1].end, last)
        gaps = (sentence.slice(a.end, b.start) for a, b in pairwise(inside))
        return [] if re.search(r"\w", words) or not all(_ROW.fullmatch(gap) for gap in gaps) else inside

    def _left_out(self, sentence: Sentence) -> list[Actor]:
        """As in "Zgierz leży nad Bzurą. Od 2019 roku należy do Związku": the subject of the sentence before."""
        if sentence.towns or not sentence.number:
            return []
        before = self.discourse.reading.sentences[sentence.number - 1]
        if _ALL_OF_THEM.match(sentence.folded) and before.segment is sentence.segment:
            row = self.discourse.rows.tail(before, list(before.towns[:1]))
            return self.discourse.actors(row if len(row) > 1 and len(row) == len(before.towns) else [])
        if _WITHOUT_SUBJECT.match(sentence.folded) is None:
            return []
        if before.segment is not sentence.segment or len({t.name for t in before.towns}) != 1:
            return []
        first = before.towns[0]
        heads = first.nominative and first.role == Role.PLAIN and first.start - before.start < _AT_THE_FRONT
        elsewhere = any(b.kind is BodyKind.OTHER for b in before.bodies)
        return self.discourse.actors([first]) if heads and not elsewhere else []
