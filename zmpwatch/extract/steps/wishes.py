"""Wishes without a step of their own: "chciał do Związku", "chce zostać członkiem", "coraz bliżej Związku"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from zmpwatch.extract.binding.event import Event
from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.decisions.repeals import of_a_standing_act
from zmpwatch.extract.decisions.verdicts import BY_ITS_ACT, DECIDES_IT, PROCEDURE, refuses
from zmpwatch.extract.discourse.topic import Discourse, OpenStep
from zmpwatch.extract.membership.memberwords import of_another
from zmpwatch.extract.steps.byitsact import act_before
from zmpwatch.extract.steps.signups import SIGNS_UP, signed_up
from zmpwatch.extract.structure.clause import Clause, clause_at
from zmpwatch.extract.structure.sentences import Sentence, Word
from zmpwatch.extract.towns.finding import Role
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.phrases import ANY_TOWN, NEGATED, OTHER_TOWNS
from zmpwatch.extract.words.signs import signs_of
from zmpwatch.model import EventKind, Stage

__all__ = ["SAID_TO", "WishReader"]

_WON = r"(?:czlonkostw[oa]|status\w*\s+(?:\w+\s+)?czlonk\w+|praw\w?\s+czlonk\w+)"
_ITS_CIRCLE = r"\s+(?:\w+\s+)?\"?(?:gron|szereg|rodzin|wspolnot|organizacj|zwiazk|zmp)"
_AS_WHAT = r"(?:czlonk(?:iem|ami|inia)|miast(?:em|ami)\s+czlonk\w+|czescia)"
_WHERE = (
    r"\s+\"?(?:zwiazk|zmp|gron|rodzin|szereg|nim(?!\w)|niej(?!\w)|t[ey][jm]\s|organizacj|stowarzysz|nasz|sklad|wspolnoc"
    r"|takim|takiej|ogolnopolsk|najwiek|dobr)"
)
"""What stands behind "być w" where that may be the association."""
_TO_BE = lazy(
    r"(?<!\w)(?:chc\w+|zamierz\w+|planuj\w+|pragn\w+|marz\w+|ma|maja|mial[aoy]?|chcial\w*|woli|wolal\w*|powin\w+|aspiruj\w*|przymierz\w*|liczy|wants|plans|intends|hopes|wishes|is|will|postanowi\w+|zdecydowa\w+|decided|voted)\s+"
    r"(?:sie\s+)?(?:[\w.-]+\s+){0,5}?(?:by\s+|aby\s+|do\s+|to\s+)?"
    rf"(?P<what>zostac\s+(?:[\w.-]+\s+){{0,3}}?(?:czlonkiem|czlonkinia|miastem|przyjet\w+)|stac\s+sie\s+(?:[\w.-]+\s+){{0,3}}?(?:czlonkiem|czescia)|byc\s+(?:[\w.-]+\s+){{0,2}}?(?:czlonkiem|w(?={_WHERE}))|nalezec|znalezc\s+sie\s+w|znalezc\s+w(?={_WHERE})|we?\s+(?:nim|niej|zwiazku(?:\s+miast\s+polskich)?|zmp)\s+(?:sie\s+)?znalezc|become\s+a\s+member|be\s+admitted"
    rf"|zostac\s+{_AS_WHAT}|(?:zobaczyc|widziec)\s+(?:(?:swoj\w+|nasz\w+|t[oea])\s+)?(?:miasto|gmine|samorzad|miasteczko)\s+w(?={_WHERE})|(?:uzyskac|otrzymac|zyskac|nabyc|odnowic|odzyskac|zdobyc)\s+(?:\w+\s+){{0,2}}?{_WON}|(?:trafic|dostac\s+sie)\s+do(?={_ITS_CIRCLE})|(?:zlozyc|podpisac|wyslac|przeslac)\s+(?:[\w-]+\s+){{0,3}}?deklaracj\w+\s+(?:czlonkowsk\w+|przystapienia|akcesu))(?!\w)"
    r"|(?<!\w)(?:a|ze)?by(?:smy)?\s+(?:[\w-]+\s+){0,7}?(?P<that>znalaz\w+\s+sie\s+w(?=\s)|nalezal\w*|byl\w*\s+(?:czlonkiem|czescia(?=\s+\"?(?:zwiazku|zmp|tej|tego|najwiek|organizac))|(?:zrzeszon\w+\s+)?w(?=\s))|zosta\w+\s+(?:\w+\s+)?czlonk\w+|bylo\s+w(?=\s)"
    rf"|(?:zosta|sta)l\w{{0,4}}\s+(?:sie\s+)?(?:\w+\s+)?{_AS_WHAT}|(?:uzyska|otrzyma|zyska|naby|odnowi|odzyska)l\w*\s+(?:\w+\s+){{0,2}}?{_WON}|trafil\w*\s+do(?={_ITS_CIRCLE}))(?!\w)"
    r"|(?<!\w)(?P<shall>(?:bedzie|beda|bedziemy|zostanie|zostana|zostaniemy|stanie\s+sie|stana\s+sie)\s+(?:[\w.-]+\s+){0,3}?(?:czlonk(?:iem|ami|inia)|miast(?:em|ami)\s+czlonk\w+|czescia|nalezec)|(?:bedzie|beda|bedziemy)\s+(?:juz\s+|wkrotce\s+)?w(?=\s+\"?(?:zwiazku|zmp|gronie))|(?:znajdzie|znajda)\s+sie\s+w(?=\s)"
    rf"|(?:uzyska|otrzyma|zyska|odzyska)(?:ja|my)?\s+(?:\w+\s+){{0,2}}?{_WON}|odnowi(?:a|my)?\s+(?:\w+\s+){{0,2}}?{_WON}|trafi(?:a|my)?\s+do(?={_ITS_CIRCLE}))(?!\w)",
    "zobaczyc",
    "widziec",
    "stac",
    "byc",
    "nalezec",
    "znalezc",
    "become",
    "admitted",
    "znalaz",
    "nalezal",
    "byl",
    "zosta",
    "bed",
    "stanie",
    "stana",
    "znajd",
    "otrzyma",
    "zyska",
    "odnowi",
    "naby",
    "zdoby",
    "trafi",
    "stal",
    "deklaracj",
)
_SHALL = lazy(
    rf"(?<!\w)(?P<after>{_AS_WHAT}|{_WON}|w\s+gronie\s+czlonkow|do\s+grona\s+czlonkow|we?(?=\s+\"?(?:zwiazku|zmp)(?!\w)))[^,.;:]{{0,50}}?\s"
    r"(?:zostanie|zostana|stanie\s+sie|stana\s+sie|bedzie|beda|(?:uzyska|otrzyma|zyska)(?:ja)?|odnowia?|trafia?|znajdzie\s+sie|znajda\s+sie)\s+(?:(?:tez|takze|rowniez|wkrotce|niebawem)\s+)?",
    *("zostan", "stanie", "stana", "bed"),
    *("otrzyma", "zyska", "odnowi", "trafi", "znajd"),
)
"""As in "Członkiem Związku zostanie X": who is to become it stands behind."""
_APPLICATION = lazy(
    r"(?<!\w)(?:zlozy(?:l|la|lo|ly|lismy)|zlozono|podpisa(?:l|la|lo|ly|no|lismy)|przesla(?:l|la|lo|ly|no)|wysla(?:l|la|lo|ly|no)|skierowa(?:l|la|lo|ly|no))\s+(?:(?!projekt)[\w-]+\s+){0,8}?"
    r"(?:deklaracj\w+\s+(?:czlonkowsk\w+|przystapienia|akcesu|wstapienia|wejscia|dolaczenia)|deklaracj\w+(?=\s+do\s+\"?(?:zwiazku|zmp))|(?:wniosek|prosbe|podanie)\s+o\s+(?:czlonkostwo|przyjecie|wpisanie\s+na\s+liste))(?!\w)",
    *("deklaracj", "wniosek", "prosbe", "podanie"),
)
_LET_HIM = lazy(
    r"(?<!\w)(?:rad[ay]|radni)\s+(?:[\w-]+\s+){0,6}?(?<!\bnie\s)(?:dal[aio]?|dali|wyrazi(?:la|li)|upowazni(?:la|li)|zobowiaza(?:la|li)|zgodzi(?:la|li)\s+sie)(?!\w)[^.;]{0,60},\s+(?:a|ze)?by\s(?:[\w-]+\s+){0,3}$"
)
"""As in "radni dali burmistrzowi zielone światło, by złożył deklarację członkowską"."""
_NO_REASON = lazy(r"(?<!\w)nie\s+(?:ma|bylo|widz\w+)\s+(?:\w+\s+)?(?:powod|potrzeb|sensu|koniecznosci|mowy)", "=nie")
"""As in "nie ma powodu, by X miało należeć do Związku"."""
SAID_TO = lazy(
    r"(?<!\w)(?:powiedzi\w+|rzekl\w+|mowi|mowia)\s+(?:\w+\s+)?\"?(?P<word>tak|nie)\"?\s+(?:dla\s+)?\"?$",
    *("=mowi", "=mowia", "powiedzi", "rzekl"),
)
_SAID = lazy(r"(?<!\w)(?:powiedzi\w+|mowi|mowia)\s+\"?$", "=mowi", "=mowia", "powiedzi")
_THE_WORD = lazy(r"\"?\s+(?:(?:stanowcze|zdecydowane|glosne|wyrazne)\s+)?\"?(?P<word>tak|nie)\"?\s*(?:[.!,;:]|$)")
"""As in "radni powiedzieli Związkowi stanowcze «nie»"."""
_SAID_YES = lazy(r"(?<!\w)(?:powiedzi\w+|byl[ai])\s+(?:na\s+)?\"?tak\"?(?!\w)")
_DECIDED_THAT = lazy(
    r"\W*(?<!\w)(?:radni|rada)(?!\w)(?:\s+[\w-]+){0,4}?\s+(?:zdecydowa|zadecydowa|postanowi|zgodzi|uchwali|glosowa|zaglosowa)\w+(?:\s+(?:jednoglosnie|wczoraj|dzis))?\s?[:-]\s[^:;.]{3,60}?(?P<inside>\s+(?:w|we)\s+\"?)(?=zwiazk|zmp)",
    "=radni",
    "=rada",
)
_ONLY_LEADING = lazy(
    r"\s+(?:(?:czlonkostwa|wejscia|wstapienia|przystapienia|dolaczenia|powrotu|akcesu|akcesji|przyjecia|do|w|we|grona|rodziny|szeregow|struktur|czlonkow|naszego|naszej|naszych|the|swojego|ponownego|pelnego)\s+){0,5}\"?"
)
_AS_SOMETHING = lazy(r"\"?\s+(?:[a-z-]+(?:ym|im)\s+)?(?!czlonk|miast|razem|potem|rokiem|jesieni)[a-z-]{3,}em(?!\w)")
_NOTHING_MORE = lazy(r"[\s\"!.)]*\Z")
_NEARER = lazy(
    r"(?<!\w)(?:coraz\s+blizej|o\s+krok\s+od|krok\s+blizej|na\s+progu|u\s+progu|u\s+bram|w\s+drodze\s+do|na\s+drodze\s+do|blizej\s+czlonkostwa\s+w|blizej(?=\s+\"?(?:zwiazku|zmp))|on\s+the\s+way\s+to|puka(?:ja|my)?\s+do(?:\s+(?:drzwi|bram|wrot))?)(?:\s+czlonkostwa\s+w)?(?!\w)",
    "puka",
    "blizej",
    "krok",
    "prog",
    "bram",
    "drodze",
    "way",
)
_WHETHER = lazy(r"(?<!\w)nie\s+(?:zdecydow|rozstrzyg|wiadomo|przesadz)\w*[^.;]{0,30},\s+czy\s+(?:[\w-]+\s+){0,4}$")
_IF = lazy(r"(?<!\w)(?:gdyby\w*|jesli|jezeli|czy)\s")
_BESIDE = 24
"""How many letters may stand between a town and what it is to become: "Sieradz już wkrótce zostanie …"."""
_IN_QUESTION = lazy(r"[^.!:;\"]{0,80}\?\s?\"")
"""The rest of a question that a sentence quotes, of a poll for example."""
_WE_WANT = lazy(
    r"(?<!\w)(?:chcemy|chcielibysmy|pragniemy|zamierzamy|planujemy)(?!\w)",
    *("chcemy", "chcielibysmy", "pragniemy", "zamierzamy", "planujemy"),
)


@dataclass(slots=True)
class WishReader:
    """Reads plans that are told without a verb or noun of joining or leaving."""

    NEEDS: ClassVar[int] = signs_of("plan", _TO_BE, _SHALL, _APPLICATION, SIGNS_UP, SAID_TO, _DECIDED_THAT, _NEARER)
    discourse: Discourse

    def events(self, sentence: Sentence) -> Iterator[Event]:
        """Plans that a sentence tells; what any town would have to do is nobody's."""
        if ANY_TOWN.search(sentence.folded) and not sentence.towns:
            return
        for word in sentence.all("plan"):
            if word.folded.startswith(("chc", "wybiera")):
                yield from self._towards(sentence, word)
        yield from self._to_be_a_member(sentence)
        yield from self._applied(sentence)
        yield from signed_up(self.discourse, sentence)
        yield from self._answered(sentence)
        yield from self._put_inside(sentence)
        yield from self._nearer(sentence)

    def _to_be_a_member(self, sentence: Sentence) -> Iterator[Event]:
        """As in "X chce zostać członkiem ZMP", "ma należeć do Związku", "marzy o byciu w ZMP"."""
        match = _TO_BE.search(sentence.folded) or self._foretold(sentence)
        if match is None or "?" in sentence.text[-3:] or _IN_QUESTION.match(sentence.folded, match.end()):
            return
        what = next(group for group in ("what", "that", "shall", "after") if match.groupdict().get(group) is not None)
        if what != "what" and not (
            (what in ("shall", "after") and self._of_a_town(sentence, match))
            or sentence.has("plan", "refuse", "decide")
            or _SAID_YES.search(sentence.folded)
            or refuses(sentence.folded)
            or BY_ITS_ACT.search(sentence.folded)
            or act_before(self.discourse.reading, sentence)
        ):
            return
        if _NO_REASON.search(sentence.folded, 0, match.start(what)):
            return
        anchor = sentence.start + match.start(what)
        clause = clause_at(sentence, anchor)
        told_end = sentence.start + match.end(what)
        if not self._ours(sentence, told_end):
            return
        scope = sentence.slice(clause.start, clause.end)
        if _WHETHER.search(sentence.slice(sentence.start, sentence.start + match.start())):
            return
        body = next((b for b in sentence.bodies if b.start >= sentence.start + match.end()), None)
        if body is not None and _AS_SOMETHING.match(sentence.slice(body.end, sentence.end)):
            return  # "chce być w Związku gospodarzem"
        lead = scope[: max(0, sentence.start + match.start() - clause.start)]
        if of_another(sentence, told_end) or NEGATED.search(lead) or _IF.search(lead):
            return
        word = Word(anchor, sentence.start + match.end(), match[what], frozenset())
        ballot = self.discourse.binder.ballots.told(sentence, Clause(sentence.start, sentence.end))
        lost = ballot is not None and ballot.carried is False and PROCEDURE.search(sentence.folded) is None
        refused = lost or sentence.has("refuse") or refuses(sentence.folded)
        decided = (
            (sentence.has("decide") or _SAID_YES.search(sentence.folded) is not None)
            and (sentence.has("council", "ballot") or (ballot is not None and ballot.carried is True))
            and not sentence.has("removed")
        ) or BY_ITS_ACT.search(sentence.folded) is not None
        decided = decided or act_before(self.discourse.reading, sentence) is not None
        decided = decided or of_a_standing_act(sentence, sentence.start + match.start())
        stage = Stage.REJECTED if refused else Stage.RESOLVED if decided else Stage.PROPOSED
        actors = (
            self.discourse.we(sentence) if _WE_WANT.search(scope) else self.discourse.subjects(sentence, word, clause)
        )
        if not actors and OTHER_TOWNS.search(scope) is None:
            actors = self.discourse.owners(sentence, word, clause)
        for actor in actors:
            event = Event.told(
                actor,
                EventKind.ACCESSION,
                stage,
                sentence,
                anchor,
                "sentence.wish",
                0.75,
                weak=not refused and not decided,
            )
            self.discourse.binder.bind(event, sentence, clause)
            if stage is Stage.PROPOSED and not sentence.has("agenda"):
                event.date = None
            yield event
        if actors:
            self.discourse.open = OpenStep(sentence.number, EventKind.ACCESSION, tuple(actors))

    @staticmethod
    def _foretold(sentence: Sentence) -> re.Match[str] | None:
        """As in "Członkiem Związku zostanie X": with a town right behind."""
        match = _SHALL.search(sentence.folded)
        if match is None or any(
            t.role == Role.PLAIN and t.start == sentence.start + match.end() for t in sentence.towns
        ):
            return match
        return None

    @staticmethod
    def _of_a_town(sentence: Sentence, match: re.Match[str]) -> bool:
        """Whether a town stands right before or behind what it is to become, as its subject."""
        start, end = sentence.start + match.start(), sentence.start + match.end()
        return any(
            t.role == Role.PLAIN and t.nominative and (t.start == end or 0 <= start - t.end <= _BESIDE)
            for t in sentence.towns
        )

    def _applied(self, sentence: Sentence) -> Iterator[Event]:
        """As in "X złożył w biurze Związku deklarację członkowską": asked to be taken in."""
        match = _APPLICATION.search(sentence.folded)
        if match is None or sentence.has("admit_verb", "refuse") or not self._ours(sentence, sentence.end):
            return
        anchor = sentence.start + match.start()
        clause = clause_at(sentence, anchor)
        if NEGATED.search(sentence.slice(clause.start, anchor)) or "?" in sentence.text[-3:]:
            return
        word = Word(anchor, sentence.start + match.end(), match[0], frozenset())
        actors = self.discourse.subjects(sentence, word, clause)
        allowed = _LET_HIM.search(sentence.slice(sentence.start, anchor)) is not None
        for actor in actors:
            event = Event.told(
                actor, EventKind.ACCESSION, Stage.PROPOSED, sentence, anchor, "sentence.applied", 0.7, weak=not allowed
            )
            if allowed:
                event.stage = Stage.RESOLVED
                self.discourse.binder.bind(event, sentence, Clause(sentence.start, sentence.end))
            yield event
        if actors:
            self.discourse.open = OpenStep(sentence.number, EventKind.ACCESSION, tuple(actors))

    def _answered(self, sentence: Sentence) -> Iterator[Event]:
        """As in "radni powiedzieli «nie» Związkowi": a council's word to the association itself."""
        for body in sentence.bodies:
            lead = sentence.slice(max(sentence.start, body.start - 40), body.start)
            match = SAID_TO.search(lead) or (
                _SAID.search(lead) and _THE_WORD.match(sentence.slice(body.end, sentence.end))
            )
            if match is None or body.kind is not BodyKind.OURS:
                continue
            if not sentence.has("council") and not self._named_before(sentence, body.start):
                continue
            clause = clause_at(sentence, body.start)
            word = Word(body.start, body.end, match[0], frozenset())
            stage = Stage.RESOLVED if match["word"] == "tak" else Stage.REJECTED
            for actor in self.discourse.owners(sentence, word, clause):
                event = Event.told(actor, EventKind.ACCESSION, stage, sentence, body.start, "sentence.answered", 0.75)
                self.discourse.binder.bind(event, sentence, Clause(sentence.start, sentence.end))
                line_end = sentence.text.find("\n", body.end - sentence.start)
                if line_end >= 0 and all(d.start > sentence.start + line_end for d in sentence.dates):
                    event.date = None  # a headline's byline has the day of the page
                yield event
            return

    def _put_inside(self, sentence: Sentence) -> Iterator[Event]:
        """As in "Radni zdecydowali: X w Związku Miast Polskich": what a council decided, without a verb."""
        match = _DECIDED_THAT.match(sentence.folded)
        if match is None or refuses(sentence.folded) or "?" in sentence.text:
            return
        place = sentence.start + match.end("inside")
        body = next((b for b in sentence.bodies if b.kind is BodyKind.OURS and b.start == place), None)
        towns = [t for t in sentence.towns if t.nominative and t.end == sentence.start + match.start("inside")]
        if body is None or not _NOTHING_MORE.match(sentence.slice(body.end, sentence.end)):
            return
        for actor in self.discourse.actors(self.discourse.rows.tail(sentence, towns)):
            event = Event.told(
                actor, EventKind.ACCESSION, Stage.RESOLVED, sentence, body.start, "sentence.answered", 0.75
            )
            self.discourse.binder.bind(event, sentence, Clause(sentence.start, sentence.end))
            yield event

    @staticmethod
    def _named_before(sentence: Sentence, position: int) -> bool:
        """Whether a town is the subject: "X powiedziała «nie» Związkowi"."""
        return any(t.nominative and t.role == Role.PLAIN and t.end <= position for t in sentence.towns)

    def _nearer(self, sentence: Sentence) -> Iterator[Event]:
        """As in "X coraz bliżej Związku", "o krok od ZMP", "na progu Związku"."""
        match = _NEARER.search(sentence.folded)
        if match is None or "?" in sentence.text[-3:]:
            return
        bodies = [b for b in sentence.bodies if 0 <= b.start - (sentence.start + match.end()) <= 40]
        if not bodies or bodies[0].kind is not BodyKind.OURS:
            return
        if _ONLY_LEADING.fullmatch(sentence.slice(sentence.start + match.end(), bodies[0].start)) is None:
            return  # "coraz bliżej finału konkursu Związku"
        anchor = sentence.start + match.start()
        word = Word(anchor, sentence.start + match.end(), match[0], frozenset())
        actors = self.discourse.subjects(sentence, word, clause_at(sentence, anchor))
        agreed = sentence.has("council") and _SAID_YES.search(sentence.folded) is not None
        for actor in actors:
            event = Event.told(
                actor, EventKind.ACCESSION, Stage.PROPOSED, sentence, anchor, "sentence.wish", 0.65, weak=not agreed
            )
            if agreed:  # "X o krok od Związku: rada powiedziała „tak”"
                event.stage = Stage.RESOLVED
                self.discourse.binder.bind(event, sentence, Clause(sentence.start, sentence.end))
            yield event
        if actors:
            self.discourse.open = OpenStep(sentence.number, EventKind.ACCESSION, tuple(actors))

    def _ours(self, sentence: Sentence, position: int) -> bool:
        after = [b for b in sentence.bodies if 0 <= b.start - position < 60]
        if after:
            return after[0].kind is BodyKind.OURS
        named = [b for b in sentence.bodies if b.kind is not BodyKind.GENERIC]
        if named:
            return min(named, key=lambda b: abs(b.start - position)).kind is BodyKind.OURS
        return self.discourse.topic(sentence, position) is BodyKind.OURS

    def _towards(self, sentence: Sentence, word: Word) -> Iterator[Event]:
        """As in "burmistrz chciał do Związku, ale rada powiedziała «nie»": a step without a verb of its own."""
        folded = self.discourse.reading.clean.folded
        body = next((b for b in sentence.bodies if b.start >= word.end), None)
        if body is None or body.kind is not BodyKind.OURS:
            return
        if not re.fullmatch(r"\s+(?:sie\s+)?(?:\w+\s+)?(?:do|z|ze)\s+\"?", folded[word.end : body.start]):
            return
        kind = EventKind.ACCESSION if re.search(r"(?<!\w)do\s+\"?$", folded[: body.start]) else EventKind.WITHDRAWAL
        clause = clause_at(sentence, word.start)
        if re.search(r"(?<!\w)czy\s+(?:[\w-]+\s+){0,4}$", sentence.slice(clause.start, word.start)):
            return
        negated = NEGATED.search(folded[max(sentence.start, word.start - 24) : word.start]) is not None
        refused = sentence.has("refuse") or refuses(sentence.slice(word.end, sentence.end))
        decided = (
            not refused and DECIDES_IT.search(sentence.folded) is not None
        )  # "… – radni uchwałę w tej sprawie podjęli"
        actors = self.discourse.owners(sentence, word, clause)
        if not negated and actors:
            self.discourse.open = OpenStep(sentence.number, kind, tuple(actors))
        if negated and not refused:
            return
        for actor in actors:
            event = Event.told(
                actor,
                kind,
                Stage.REJECTED if refused else Stage.RESOLVED if decided else Stage.PROPOSED,
                sentence,
                word.start,
                "sentence.wish",
                0.75,
                weak=not refused and not decided,
            )
            whole = Clause(sentence.start, sentence.end)
            self.discourse.binder.bind(event, sentence, whole if refused or decided else clause)
            if event.stage is Stage.PROPOSED:
                event.date = None
            yield event
