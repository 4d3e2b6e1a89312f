"""Where a step leads: into or out of which body a verb or noun of joining or leaving goes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from zmpwatch.extract.bodies.coordination import ours_in_list
from zmpwatch.extract.bodies.finding import Body, BodyKind
from zmpwatch.extract.bodies.partsof import of_its_part
from zmpwatch.extract.dates.forms import MONTH
from zmpwatch.extract.discourse.topic import Discourse
from zmpwatch.extract.discourse.voice import speaks_for_it
from zmpwatch.extract.steps.bothgoals import leads_to_both
from zmpwatch.extract.steps.leading import (
    ends_leading,
    joins_elsewhere,
    leads_elsewhere,
    leads_into,
    leads_out_of,
    takes_directly,
)
from zmpwatch.extract.steps.namedlast import named_last
from zmpwatch.extract.steps.takenout import leads_out
from zmpwatch.extract.steps.unnamedgoals import ASKS, GOAL_BEFORE, UnnamedGoal
from zmpwatch.extract.structure.clause import Clause
from zmpwatch.extract.structure.sentences import Sentence, Word
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.phrases import OTHER_GOAL, WRONG_GOVERNOR
from zmpwatch.model import EventKind

__all__ = ["JOIN", "LEAVE", "GoalFinder"]

JOIN = ("join_past", "join_present", "join_future", "join_infinitive", "join_noun")
LEAVE = ("leave_past", "leave_present", "leave_future", "leave_infinitive", "leave_noun")
_OF_MEMBERSHIP = lazy(
    r"\s+(?:\w+\s+){0,2}?(?:czlonkostw\w*|udzialu|uczestnictwa|przynaleznosci)\s+(?:[\w-]+\s+){0,4}?(?:w|do)\s+\"?$"
)
_WITH_IT = lazy(
    r"\s+(?:sie\s+)?(?:(?:w|we|\d+|r\.|roku|dnia|oficjalnie|ostatecznie|na\s+dobre"
    rf"|{MONTH}\w*)\s+){{0,4}}ze?\s+\"?"
)
_ITS_MEMBERSHIP = lazy(
    r"\s+(?:(?!(?:o|na|za|sie|dla|projekt\w*|uchwal\w*|zgod\w*|wnios\w*)\s)[\w.-]+\s+){0,6}?czlonkostw\w*\s+(?:[\w-]+\s+){0,3}w\s+\"?"
)
_ITS_STAY = lazy(
    r"(?<!\w)(?:przygod|czlonkostw|obecnosc|histori|udzial|zwiaz|romans|rozdzial|uczestnictw|przynaleznosc)\w*"
)
"""What may have come to an end: a town's stay in the association, not a debate on it."""
_ENDED_ITSELF = lazy(r"\s+sie\s+(?:\w+\s+)?(?:glosowani|sesj|obrad|dyskusj|debat|posiedzeni|spotkani|procedur)\w*")
_NOTICE_OF_IT = lazy(r"\s+(?:\w+\s+){0,2}?czlonkostwo(?!\s+w\s)(?!\w)")
_JOINED_ANOTHER = lazy(
    r"\s+(?:in|into|forces|hands|(?:the|a|an|this|its|our)\s+(?!(?:\w+\s+)?(?:association|union|organi[sz]ation|apc|zmp|body|ranks|family|circle|club\s+of)(?!\w))\w)"
)
_UNDER_ITS_ROOF = lazy(r"(?<!\w)(?:pod\s+(?:parasol|skrzydla|dach)|na\s+(?:lono|poklad))\s+(?:\w+\s+)?\"?$")
_TO_ANOTHER = lazy(r"(?<!\w)(?:do|z|ze)\s+(?:[\w-]+\s+){1,3}(?:\"[^\"\n]{2,60}\"\s+)?\"?\Z", flags=re.IGNORECASE)
"""Looked for in the text with its diacritics: "że" opens a clause, "ze" leads away."""
_BRINGS = ("przywroc", "przywrac", "wprowadz")
_BROUGHT_TOWN = lazy(r"(?<!\w)(?:miast|miescin|gmin|samorzad|grod|nas(?!\w)|(?:je|ja|go|ich)(?!\w))")
_NOTHING_BROUGHT = lazy(r"\s+(?:[\w-]+\s+)?(?:do|w|na)\s+(?:(?:grona|szeregow|rodziny|listy)\s+(?:\w+\s+)?)?\"?")
_TO_THE_BOARD = lazy(r"(?<!\w)do\s+zarzadu\s+\"?$")
_ANOTHER_CIRCLE = lazy(
    r"do\s+grona\s+(?!(?:(?:ponad|blisko|prawie|okolo|niemal|przeszlo|niespelna|nowych|\d+)\s+){0,3}(?:czlonk|miast|samorz|gmin))",
    "=grona",
)
_CIRCLE_OF_SOME = lazy(
    r"do\s+grona\s+(?:\w+\s+)?(?:miast|gmin|samorzadow)\s+(?!czlonk|zrzesz|nalez|skupi|stowarzysz|tworz|polsk|nasz|now)[a-z]+(?:ych|ich)(?!\w)",
    "=grona",
)
"""A circle of towns of some kind: "do grona miast uczących się"."""
_MATTER = lazy(
    r"(?<!\w)(?:sprawa|temat|kwestia|projekt|wniosek|pomysl|uchwala|dyskusja|debata|propozycja|inicjatywa)\s+(?:(?:uchwaly|w\s+sprawie|o|dotyczac\w+|nad)\s+)?(?:\w+\s+)?$"
)
_OF_WHAT_IS_ITS = lazy(
    r"\A\W*,\s+(?:do|ze?|w)\s+ktor\w+\s+(?:\w+\s+)?(?:pomoc|uslug|wsparc|ofert|porad|ekspert|konkurs|projek|program|szkole|badan|biur|zarzad|rad[yz](?!\w)|komisj|inicjatyw|rapor|srodk|pieniedz|system|akcj|kampani|grup|siec)\w*"
)
"""As in "Związek, z którego pomocy zrezygnowano": not the body itself."""
_BY_WHOM = lazy(
    r"\sprzez\s+(?:(?:nasz\w|gmin\w|miast\w|miejsk\w{1,3}|wiejsk\w{1,3}|samorzad|miasto\s+i\s+gmine)\s+){0,3}\Z"
)
_BY_IT = lazy(r"\sprzez\s+(?:nasz\w\s+)?(?:miasto|gmine(?:\s+miejska)?|samorzad)(?!\w)")
_AND = lazy(r"\s*(?:,|i|oraz)\s+")
_SEVERAL_BODIES = lazy(
    r"\s(?:z|ze|do)\s+(?:kilku|paru|dwoch|trzech|czterech|pieciu|wielu|wszystkich|czesci|szeregu)\s+(?:\w+\s+)?(?:organizacji|stowarzyszen|zwiazkow|zrzeszen)\s?[,:(-]?\s?(?:-\s)?(?:miedzy\s+innymi|m\.\s?in\.|w\s+tym|takze|rowniez)?(?=\s)",
    *("organizacji", "stowarzyszen", "zwiazkow", "zrzeszen"),
)
"""As in "wypisał się z kilku organizacji, między innymi ze Związku": what goes before its names."""
_MEMBERSHIP_OF = lazy(r"czlonkostw\w{1,2}\s+(?:\w+\s+){0,2}$")
_GETS_BETWEEN = lazy(
    r"(?:wchodz|wejd|wesz|wszed)\w*\s+(?:\w+\s+)?(?:miedzy|pomiedzy|w\s+zycie|w\s+droge|na\s+(?!list|poklad|lono)|pod\s+(?!skrzydl|parasol|dach))"
)
"""As in "Polityka wchodzi między miasta", "uchwała wchodzi w życie"."""
_OUT_OF = lazy(r"\s+(?:[\w.-]+\s+){0,4}?ze?\s")
_WITH_US = lazy(r"\s+(?:[\w-]+\s+){0,2}?(?:do|od)\s+(?:nas|naszego\s+grona|naszej\s+rodziny)(?!\w)")
_TO_US_BEFORE = lazy(r"(?<!\w)(?:do|od)\s+(?:nas|naszego\s+grona|naszej\s+rodziny)\s+(?:[\w-]+\s+){0,2}$")
"""As in "dołączyła do nas Mława", which is about the association where that speaks."""
_ITSELF = lazy(r"(?<!\w)sie(?!\w)")
_OBJECT_FIRST = lazy(
    r"(?:^|[.,;:!-]\s|(?<!\w)(?:ze|i|a)\s|(?:roku|r\.|stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|wrzesnia|pazdziernika|listopada|grudnia|(?:19|20)\d\d)\s)\W*(?:(?:szeregi|grono|rodzine|wspolnote)\s+(?:(?:czlonkow|miast|samorzadow)\s+)?)?\"?$"
)
"""Before a body that is an object put before its verb: "W 2019 roku grono członków Związku opuściły A i B"."""
_TO_IT = lazy(r"\A(?:zwiazkowi|stowarzyszeniu)(?:\s+miast\s+polskich)?\"?\s+(?:\w+\s+){0,2}$")
_WRITTEN_DOWN = ("zapisano", "wpisano")
_AN_AMOUNT = lazy(r"\s+(?:[\w.,-]+\s+){0,5}?(?:skladk|kwot|srodk|wydat|pieniadz|dotacj)\w*")
_IDEA_LOST = lazy(
    r"\s+(?:[\w-]+\s+){0,3}?(?:propozycj|wnios|projek|pomysl|uchwal|inicjatyw|plan|akces|starani|zamiar)\w*"
)
"""What is thwarted ("utrącić"), not lost ("utracić"): without their diacritics the verbs are the same."""
_TO_WHICH = lazy(r"\W*(?:do|ze?)\s+ktorych\s")
_NEXT = 2
_TIME_ONLY = lazy(
    r"\W*(?:$|\d|(?:w|we|z|od|po|przed|juz|wtedy|miasto|gmina|samorzad|piec|trzy|dwa|cztery|kilka|nasze|te|takze|tez)(?!\w))"
)
_QUOTED = lazy(r'\s*"[^"\n]{2,60}"\s*$')
"""A title between a project and whose it is: "do projektu „Lokalny lider” Związku"."""


@dataclass(slots=True)
class GoalFinder:
    """Finds the body that a step is about."""

    discourse: Discourse
    _unnamed: UnnamedGoal = field(init=False)

    def __post_init__(self) -> None:
        self._unnamed = UnnamedGoal(self.discourse)

    def body_of(self, sentence: Sentence, word: Word, kind: EventKind, clause: Clause) -> Body | bool | None:
        """The body that a step leads into or out of.

        Returns:
            The mention; True when none is named but the association is meant; None when it is something else.
        """
        folded = self.discourse.reading.clean.folded
        if word.folded.endswith(("joined", "entered")) and _JOINED_ANOTHER.match(folded, word.end):
            return None
        if word.folded.endswith(("joined", "entered")) and of_its_part(sentence):
            return None
        if word.folded.startswith("przylacza") and not _ITSELF.search(folded, clause.start, clause.end):
            return None  # "przyłącza sołectwo"
        if word.folded.startswith("wypowiedzi") and folded.startswith(" sie ", word.end):
            return None  # "wypowiedzieli się za członkostwem": they gave no notice
        both = leads_to_both(self.discourse.reading, sentence, word, kind)
        if both is not None:
            return True if both else None
        last = named_last(sentence, word, kind)
        if last is not None:
            return last if last.kind is BodyKind.OURS else None
        if word.folded.startswith("utrac") and _IDEA_LOST.match(folded, word.end):
            return None  # "utrącili propozycję"
        if word.folded[0] == "w" and _GETS_BETWEEN.match(folded, word.start):
            return None
        if word.folded.startswith("wypadl") and _OUT_OF.match(folded, word.end) is None:
            return None  # "Tak wypadło głosowanie"
        if word.folded in _WRITTEN_DOWN and folded.startswith((", ze ", ", iz "), word.end):
            return None  # "w kronice zapisano, że rada odmówiła zgody na członkostwo w Związku"
        if word.folded in _WRITTEN_DOWN and _AN_AMOUNT.match(folded, word.end):
            return None  # "w budżecie zapisano składkę na rzecz Związku"
        after = [b for b in sentence.bodies if b.start >= word.end and b.start - word.end <= 170]
        others = [w.start for w in sentence.words if w.start > word.start and not w.classes.isdisjoint((*JOIN, *LEAVE))]
        for body in after:
            between = self._between(sentence, word, body)
            if ";" in between or (body.start >= clause.end and self._has_a_goal(sentence, word, clause, kind)):
                break
            if others and min(others) < body.start and not re.search(r"(?:^|\W)(?:lub|albo|i|oraz|czy)\W", between):
                break
            goal = OTHER_GOAL.match(folded[word.end : body.start])
            if goal and not re.match(r"^\W+(?:do|w)\s+(?:miasta|sieci)", folded[word.end : body.start]):
                return None
            if WRONG_GOVERNOR.search(between) or (kind is EventKind.WITHDRAWAL and ASKS.search(between)):
                return None
            if kind is EventKind.WITHDRAWAL and self._together_with(sentence, word, body):
                return None
            if self._brings_something(sentence, word, body):
                return None
            if not self._leads(between, word, kind):
                if kind is EventKind.WITHDRAWAL:
                    continue
                break
            return body if body.kind is BodyKind.OURS else ours_in_list(sentence, body)
        if _WITH_US.match(folded, word.end) or _TO_US_BEFORE.search(folded, clause.start, word.start):
            named = any(t.nominative and clause.start <= t.start < clause.end for t in sentence.towns)
            return True if named and speaks_for_it(self.discourse.reading, sentence) else None
        if word.folded in _WRITTEN_DOWN:
            return None  # "… do protokołu zapisano": without a goal behind it, something was written down
        for body in reversed([b for b in sentence.bodies if b.end <= word.start]):
            if body.start < clause.start - 60:
                break
            if GOAL_BEFORE.search(folded[body.end : word.start]):
                return None  # "gmin należących do Związku, które do apelu dołączyły"
            lead = _QUOTED.sub(" ", folded[max(sentence.start, body.start - 90) : body.start])
            if _TO_THE_BOARD.search(lead) and word.folded.startswith(("przyjeci", "czlonkostw")):
                return body if body.kind is BodyKind.OURS else None  # "złożył do zarządu Związku wniosek o przyjęcie"
            if WRONG_GOVERNOR.search(lead):
                sent = re.search(r"(?<!\w)biur\w*\s*\"?$", lead) is not None  # a resolution sent to the office
                if (
                    not sent
                    and _TO_ANOTHER.search(
                        self.discourse.reading.clean.text, max(sentence.start, body.start - 90), body.start
                    )
                    and body.start >= clause.start
                ):
                    return None  # "do projektu Związku … dołączył": a goal, but not the association
                continue
            if word.folded.startswith(("zakonczy", "zakoncza", "przerw")) and (
                not _ITS_STAY.search(lead) or _ENDED_ITSELF.match(folded, word.end)
            ):
                return None  # "debata o wyjściu ze Związku zakończyła się wynikiem …"
            if word.folded.startswith(("wypowiedzeni", "rezygnacj")) and _TO_IT.search(
                sentence.slice(body.start, word.start)
            ):
                return body if body.kind is BodyKind.OURS else None  # "złożył Związkowi wypowiedzenie"
            prepositions = (
                r"ze?"
                if word.folded.startswith(("zwiazal", "sprzymierzyl"))
                else r"(?:do|w|we|of)"
                if kind is EventKind.ACCESSION
                else r"(?:z|ze|od|czlonkostwa\s+w|czlonkostwo\s+w)"
            )
            if kind is EventKind.WITHDRAWAL and self._together_with(sentence, word, body):
                continue  # "zerwała współpracę ze Związkiem: występuje z pozwem"
            that = self.discourse.reading.clean.text[max(0, body.start - 3) : body.start].casefold() == "że "
            subject = that or sentence.slice(body.start, body.end).startswith("zwiazek")
            if ends_leading(lead, prepositions) and not (subject and kind is EventKind.WITHDRAWAL):
                # "że Związek opuści", "że ZMP opuści", not "ze Związku"
                if OTHER_GOAL.match(folded[word.end : min(clause.end, word.end + 80)]):
                    return None
                if self._of_a_noun_before(sentence, word, body, kind):
                    return None
                return body if body.kind is BodyKind.OURS else None
            if (
                word.folded.startswith(("opus", "porzuc", "pozegn", "zasil"))
                and re.fullmatch(r"\s+(?:[\w-]+\s+){0,3}", folded[body.end : word.start])
                and (_OBJECT_FIRST.search(lead) or any(0 < body.start - d.end <= _NEXT for d in sentence.dates))
            ):
                if not self._left_it(sentence, word, clause):
                    return None  # "Związek opuści stół negocjacyjny"
                return body if body.kind is BodyKind.OURS else None  # "Związek opuściły A i B"
        if word.folded.startswith("przylacza") and not _ITSELF.search(folded, clause.start, clause.end):
            return None  # "przyłącza sołectwo"
        if word.folded.startswith("wypowiedzi") and _NOTICE_OF_IT.match(sentence.slice(word.end, word.end + 60)):
            return True if self.discourse.topic(sentence, word.start) is BodyKind.OURS else None
        if self._of_several(sentence, word, clause):
            return None
        if any(
            _OF_WHAT_IS_ITS.search(sentence.slice(b.end, word.start)) for b in sentence.bodies if b.end <= word.start
        ):
            return None
        linked = self._relative(sentence, word, kind)
        if linked is not None:
            return linked if linked.kind is BodyKind.OURS else None
        if _ANOTHER_CIRCLE.search(sentence.folded):
            return None
        if _CIRCLE_OF_SOME.search(sentence.folded):
            return None
        return True if self._unnamed.is_ours(sentence, word, kind, clause) else None

    @staticmethod
    def _has_a_goal(sentence: Sentence, word: Word, clause: Clause, kind: EventKind) -> bool:
        """As in "Do Euroregionu miasto przystąpiło w 1991 roku, a do Związku należy": where it led stands before."""
        before = [b for b in sentence.bodies if clause.start <= b.start and b.end <= word.start]
        joins = kind is EventKind.ACCESSION
        return any(joins and sentence.slice(sentence.start, b.start).endswith(("do ", 'do "')) for b in before)

    @staticmethod
    def _between(sentence: Sentence, word: Word, body: Body) -> str:
        """What stands between a step and a body, without whose it is: "członkostwa Buku w", "opuszczenie przez Buk"."""
        between = _SEVERAL_BODIES.sub(" ", sentence.slice(word.end, body.start))
        for town in sentence.towns:
            if (
                town.genitive
                and word.end <= town.start
                and town.end <= body.start
                and _MEMBERSHIP_OF.search(sentence.slice(word.end, town.start))
            ):
                name = re.escape(sentence.slice(town.start, town.end))
                between = re.sub(rf"(?<!\w){name}(?!\w)", "gminy", between, count=1)
        return (
            _BY_IT.sub("", GoalFinder._without_agents(sentence, word, body, between)) if "przez" in between else between
        )

    @staticmethod
    def _without_agents(sentence: Sentence, word: Word, body: Body, between: str) -> str:
        """What stands between without by whom it is done: "opuszczenie przez gminę Buk Związku"."""
        inside = [t for t in sentence.towns if word.end <= t.start and t.end <= body.start]
        for number, town in enumerate(inside):
            by = _BY_WHOM.search(sentence.slice(word.end, town.start))
            if by is None:
                continue
            end = town.end
            for other in inside[number + 1 :]:
                if _AND.fullmatch(sentence.slice(end, other.start)) is None:
                    break
                end = other.end
            return between.replace(sentence.slice(word.end + by.start(), end), "", 1)
        return between

    @staticmethod
    def _brings_something(sentence: Sentence, word: Word, body: Body) -> bool:
        """As in "przywrócić diety delegatom do Związku": neither a town nor what stands for it is brought in."""
        if not word.folded.startswith(_BRINGS) or any(word.end <= t.start < body.start for t in sentence.towns):
            return False
        between = sentence.slice(word.end, body.start)
        return _BROUGHT_TOWN.search(between) is None and _NOTHING_BROUGHT.fullmatch(between) is None

    @staticmethod
    def _of_a_noun_before(sentence: Sentence, word: Word, body: Body, kind: EventKind) -> bool:
        """Whether a matter is the subject, and the body its goal: "Sprawa wejścia do Związku wróciła na sesję"."""
        finite = not word.classes.isdisjoint(("join_past", "join_present", "leave_past", "leave_present"))
        nouns = sentence.all("join_noun" if kind is EventKind.ACCESSION else "leave_noun", end=body.start)
        return finite and any(_MATTER.search(sentence.slice(sentence.start, noun.start)) for noun in nouns)

    @staticmethod
    def _left_it(sentence: Sentence, word: Word, clause: Clause) -> bool:
        """Whether a body before "opuścił" is what was left: who left it stands behind, or nothing but a time does."""
        if word.folded.endswith(("my", "no")) or any(
            t.nominative and word.end <= t.start < clause.end for t in sentence.towns
        ):
            return True
        return _TIME_ONLY.match(sentence.slice(word.end, clause.end)) is not None

    @staticmethod
    def _of_several(sentence: Sentence, word: Word, clause: Clause) -> bool:
        """As in "organizacji, do których przystąpiło": of several bodies none is named there."""
        return _TO_WHICH.match(sentence.slice(clause.start, word.start)) is not None and not any(
            b.named and clause.start - 3 <= b.end <= clause.start for b in sentence.bodies
        )

    def _relative(self, sentence: Sentence, word: Word, kind: EventKind) -> Body | None:
        """The body a relative clause hangs on: "do organizacji, z której zrezygnował burmistrz"."""
        which = r"do\s+ktor\w+" if kind is EventKind.ACCESSION else r"(?:ze?\s+ktor\w+|skad(?!\w))"
        for body in reversed([b for b in sentence.bodies if b.end <= word.start]):
            between = self.discourse.reading.clean.folded[body.end : word.start]
            if re.match(rf"\s*,\s+{which}", between) and len(between) < 90:
                return body
        return None

    def _leads(self, between: str, word: Word, kind: EventKind) -> bool:
        """Whether the words between a step and a body make the body its goal, or what is left."""
        if word.folded.startswith(("uzysk", "naby", "utrac", "ustal", "wygas", "wypowiedzia", "wypowiada")):
            return _ITS_MEMBERSHIP.fullmatch(between) is not None
        if word.folded.startswith(("zerwal", "zwiazal", "sprzymierzyl")):
            return _WITH_IT.fullmatch(between) is not None
        if word.folded.startswith("stan"):
            return re.search(r"(?<!\w)w\s+(?:szeregach|gronie)\s", between) is not None and leads_into(between)
        if word.folded.startswith(("zakonczy", "zakoncza", "przerw")):
            return (
                re.search(
                    r"(?<!\w)(?:przygod\w*|czlonkostw\w*|obecnosc\w*|historie|udzial)\s+(?:\w+\s+)?(?:ze?|we?)\s+\"?$",
                    between,
                )
                is not None
            )
        if word.folded.startswith(("zakonczeni", "zaprzestani", "ustani")):
            return _OF_MEMBERSHIP.match(between) is not None
        if kind is EventKind.WITHDRAWAL:
            if leads_elsewhere(between):
                return False
            direct = word.folded.startswith(("opus", "porzuc", "left", "leav", "quit", "wypowied"))
            return (
                leads_out_of(between)
                or (direct and takes_directly(between))
                or (between.strip() in ("", "the") and not leads_out(word))
            )
        if _UNDER_ITS_ROOF.search(between):
            return True
        if word.folded.startswith(("zasil", "join", "enter", "access")) and takes_directly(between):
            return True
        return leads_into(between) and not joins_elsewhere(between)

    @staticmethod
    def _together_with(sentence: Sentence, word: Word, body: Body) -> bool:
        """As in "wystąpił ze Związkiem", "poparł wyjście Związku z komisji": it is no place that is left."""
        if sentence.slice(body.start, body.end).startswith("zwiazkiem"):
            return not word.folded.startswith(
                ("zegn", "pozegn", "rozst", "rozbrat", "rozwod", "zerw", "zakoncz", "pozegnan")
            )
        nouns = ("wystapieni", "wyjsci", "odejsci", "ustapieni")
        return word.folded.startswith(nouns) and not sentence.slice(word.end, body.start).strip(' "')
