"""Where a step leads: into or out of which body a verb or noun of joining or leaving goes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from zmpwatch.extract.bodies import FEMININE_HEADS, Body, BodyKind
from zmpwatch.extract.clause import Clause
from zmpwatch.extract.coordination import ours_in_list
from zmpwatch.extract.discourse import Discourse
from zmpwatch.extract.lazy import lazy
from zmpwatch.extract.leading import (
    ends_leading,
    hangs_on_a_name,
    joins_elsewhere,
    leads_elsewhere,
    leads_into,
    leads_out_of,
    opening_goal,
    takes_directly,
)
from zmpwatch.extract.phrases import ACTIVITY, BESIDE_A_BODY, WRONG_GOVERNOR
from zmpwatch.extract.sentences import Sentence, Word
from zmpwatch.extract.towns import Role
from zmpwatch.extract.voice import speaks_for_it
from zmpwatch.model import EventKind

__all__ = ["JOIN", "LEAVE", "OTHER_GOAL", "GoalFinder"]

JOIN = ("join_past", "join_present", "join_future", "join_infinitive", "join_noun")
LEAVE = ("leave_past", "leave_present", "leave_future", "leave_infinitive", "leave_noun")
_ELLIPTIC = lazy(
    r"(?:przystap|przystep|wstap|dolacz|akces|powrot|powroc|wroc|wystap|wyjsci|wyszl|wypis|przyjeci|czlonkostw|odejsci|uciek|wypad|idzie|zrezygn|odszed|odesz|rezygnac|wycofani|wypisani|przynalezn|zapis(?!ano)|opuscil|rozsta|joined|access|acced|withdr)"
)
OTHER_GOAL = lazy(
    r"^(?:[^\w:;.]+[\w-]+){0,5}?[^\w:;.]+(?:do|w)\s+(?P<goal>sporzadz\w+|zmian\w*|opracowan\w*|realizacj\w*|projekt\w*|program\w*|konkurs\w*|plan\w*|budow\w*|przetarg\w*|otwarci\w*|sklad\w*(?!\s+\"?$)|zycie|spolk\w*|porozumien\w*|klast\w*|partnerstw\w*|deklaracj\w*|platform\w*|szkole\w*|badani\w*|umow\w*"
    r"|zarzad\w*|rad[ay]|komisj\w*|sejm\w*|wojewod\w*|rzad\w*|ministr\w*|ministerstw\w*|temat\w*|gry|spraw\w*|prac\w*|kanalizacj\w*|sieci|miasta|unii|strefy|lig\w*|szkol\w*|uni\w+|prokurat\w*|sad\w*|wladz\w*|rozmow\w*|kampani\w*|akcj\w*|obrad\w*|tabel\w*|grup\w*"
    r"|zespol\w*|konwoj\w*|zbiork\w*|koalicj\w*|grona\s+(?:ekspert|laureat|partner|sygnatariusz|finalist|honorow|przyjaciol|zwyciezc)\w*|final\w*|polfinal\w*|etapu|sojusz\w*|pakt\w*|konsorcj\w*|klub\w*|rodziny\s+miast\s+blizn\w*|list\w*\s+intencyjn\w*|stanowisk\w*|apel\w*|petycj\w*|protest\w*|zakup\w*|nabor\w*|wspoln\w+\s+(?:zakup|przetarg|stanowisk|apel|list|projekt|wniosk)\w*)"
)
_ASKS = lazy(
    r"(?:^|\W)(?:do\s+(?:rad\w|sejm\w*|wojewod\w*|rzad\w*|ministr\w*|premier\w*|prezydent\w*|burmistrz\w*)|z\s+(?:wnioskiem|apelem|pismem|prosba|inicjatywa|projektem|propozycja|pytaniem|koncertem))"
)
_GOAL_BEFORE = lazy(
    r"(?:^|[^\w])do\s+(?P<goal>(?!ktor|nasz\w+\s+(?:gron|zwiazk|organizac|rodzin|szereg|wspoln)|swoj\w+\s+gron|biur|siedzib|zarzadu|poznania|grona|niego|niej|nich|zwiazku|organizacji|stowarzyszeni|zmp|szeregow|rodziny|tego|tej|tych|konca|tamtej|dzis|roku|zrzeszenia|federacji|\d)[a-z][\w-]+)\s+(?:[\w,-]+\s+){0,5}$"
)
_TO_A_PROGRAMME = lazy(
    r"(?<!\w)(?:zglasz\w+|zglos\w+|przystap\w+|akces\w*|dolacz\w+|zapis\w+|nabor\w*|rekrutacj\w+|zgloszen\w+|udzial\w*|zapros\w+|zakwalifik\w+|wybra\w+)\s+(?:sie\s+)?(?:[\w-]+\s+){0,3}?(?:do|w)\s+(?:[\w-]+\s+)?"
    r"(?:program\w*|projek\w+|konkurs\w*|kampani\w*|akcji|inicjatyw\w*|szkol\w+|badani\w*|ankie\w+|porozumieni\w*|pakt\w*|deklaracj\w*|grup\w*|konwoj\w*|plebiscy\w+|sieci|pilotaz\w*)",
    *(
        "zapros",
        "zakwalifik",
        "wybra",
        "akces",
        "dolacz",
        "nabor",
        "przystap",
        "rekrutacj",
        "udzial",
        "zapis",
        "zglasz",
        "zglos",
    ),
)
_OUT_OF_ONE = lazy(
    r"(?<!\w)(?:wypis|wycof|rezygn|zrezygn|odstap|wystap|odesz|odsz|wysz)\w+\s+(?:sie\s+)?(?:[\w-]+\s+){0,2}?ze?\s+(?:[\w-]+\s+){0,2}?(?:edycj|badani|program|projek|konkurs|kampani|akcji|ankie|plebiscy|inicjatyw|porozumien|partnerstw|rank)\w*",
    *("wypis", "wycof", "rezygn", "odstap", "wystap", "odesz", "odsz", "wysz"),
)
_OPENING_GOAL = lazy(
    r"\W{0,3}(?:do|ze?)\s+(?P<goal>(?:program|projek(?!\w{0,3}\s+uchwal)|konkurs|kampani|akcj|inicjatyw|szkol|badani|ankiet|porozumieni|pakt|deklaracj|grup|konwoj|plebiscyt|siec|platform|zbiork|apel|koalicj|partnerstw|klub|nabor|przetarg|zakup|stanowisk|zespol|komitet)\w*)(?!\w)"
)
_FINITE = ("join_past", "join_present", "join_future", "leave_past", "leave_present", "leave_future")
_RELATIVE = lazy(r"\W*(?:do\s+|ze?\s+|w\s+)?ktor")
_BEEN_AWAY = lazy(
    r"(?<!\w)(?:wystap(?:il|ien|ili)|wyszl|wyszed|opusci|opuszcz|wypis|zrezygn|rezygn|odesz|odsz|przerw|dawn\w+\s+czlonk|niegdys|kiedys|byl\w?\s+(?:juz\s+)?(?:w\s+(?:zwiaz|zmp)|czlonk|wsrod)"
    r"|po\s+(?:\w+\s+){0,3}lat|nieobecno|ponown|znow|powrot|czlonkostw|naleza(?:l|no)|skreslon|wykreslon)"
)
_RESOLVED_TO_LEAVE = lazy(
    r"(?<!\w)(?:uchwal|decyzj|projekt)\w*\s+(?:o|w\s+sprawie|ws\.)\s+wystapieni\w+(?!\s+(?:z\s+(?:wnios|apel|inicjat)|do\s))"
)
_OF_MEMBERSHIP = lazy(
    r"\s+(?:\w+\s+){0,2}?(?:czlonkostw\w*|udzialu|uczestnictwa|przynaleznosci)\s+(?:[\w-]+\s+){0,4}?(?:w|do)\s+\"?$"
)
_WITH_IT = lazy(
    r"\s+(?:sie\s+)?(?:(?:w|we|\d+|r\.|roku|dnia|oficjalnie|ostatecznie|na\s+dobre"
    r"|(?:stycz|lut|mar|kwie|maj|czerw|lip|sierp|wrze|pazdz|listop|grud)\w*)\s+){0,4}ze?\s+\"?"
)
_ITS_MEMBERSHIP = lazy(
    r"\s+(?:(?!(?:o|na|za|ws|dla|projekt\w*|uchwal\w*|zgod\w*|wnios\w*)\s)[\w.-]+\s+){0,6}?czlonkostw\w*\s+(?:[\w-]+\s+){0,3}w\s+\"?"
)
_RESIGNED = lazy(r"zrezygnow\w+\s+z\s+czlonkostwa(?!\s+w\s)(?!\w)")
_OFFICIAL = lazy(r"(?<!\w)(?:burmistrz|prezydent|wojt|wladze|rada|radni|wlodarz\w*)(?!\w)")
_ITS_STAY = lazy(
    r"(?<!\w)(?:przygod|czlonkostw|obecnosc|histori|udzial|zwiaz|romans|rozdzial|uczestnictw|przynaleznosc)\w*"
)
"""What may have come to an end: a town's stay in the association, not a debate on it."""
_STAYS = lazy(r"(?<!\w)(?:po)?zosta(?:je|ja|niemy|nie|na|jemy)\s+(?:\w+\s+)?w\s")
_NOTICE_OF_IT = lazy(r"\s+(?:\w+\s+){0,2}?czlonkostwo(?!\s+w\s)(?!\w)")
_JOINED_ANOTHER = lazy(
    r"\s+(?:in|forces|hands|(?:the|a|an|this|its|our)\s+(?!(?:\w+\s+)?(?:association|union|organi[sz]ation|apc|zmp|body|ranks|family|circle|club\s+of)(?!\w))\w)"
)
_UNDER_ITS_ROOF = lazy(r"(?<!\w)(?:pod\s+(?:parasol|skrzydla|dach)|na\s+(?:lono|poklad))\s+(?:\w+\s+)?\"?$")
_TO_ANOTHER = lazy(r"(?<!\w)(?:do|z|ze)\s+(?:[\w-]+\s+){1,3}(?:\"[^\"\n]{2,60}\"\s+)?\"?\Z", flags=re.IGNORECASE)
"""Looked for in the text with its diacritics: "że" opens a clause, "ze" leads away."""
_TO_THE_BOARD = lazy(r"(?<!\w)do\s+zarzadu\s+\"?$")
_CIRCLE_OF_SOME = lazy(
    r"do\s+grona\s+(?:\w+\s+)?(?:miast|gmin|samorzadow)\s+(?!czlonk|zrzesz|nalez|skupi|stowarzysz|tworz|polsk|nasz|now)[a-z]+(?:ych|ich)(?!\w)"
)
"""A circle of towns of some kind: "do grona miast uczących się"."""
_LEAVES_A_PLACE = lazy(
    r"\s+(?:\w+\s+)?(?:miasto|gmine|sale|hall|obrady|budynek|urzad|ratusz|kraj|stanowisko|posiedzenie|zebranie|spotkanie|teren|basen|stadion|scene|debate|sesje)(?!\w)"
)
_TO_SO_MANY = lazy(
    r"\s+(?:[\w-]+\s+){0,3}?do\s+(?:(?:ponad|blisko|prawie|okolo|niemal|przeszlo)\s+)?(?:\d+|kilku\w*|wielu)\s+"
    r"(?:uczestni|partner|laureat|sygnatari|podmiot|firm|instytucj|szkol|beneficjent|finalist|lider|spolek|organizacj|zwiazk|stowarzysz)\w*"
)
"""As in "dołączyła do 40 uczestników projektu"."""
_OUT_OF_THAT = lazy(
    r"\s+(?:[\w-]+\s+){0,3}?ze?\s+(?:tego|tej|naszego|naszej|jego|jej)\s+(?:\w+\s+)?(?:gron|kreg|rodzin|szereg|organizacj|stowarzysz|zwiazk|zrzesz|wspolnot|klub)\w*"
)
_MATTER = lazy(
    r"(?<!\w)(?:sprawa|temat|kwestia|projekt|wniosek|pomysl|uchwala|dyskusja|debata|propozycja|inicjatywa)\s+(?:(?:uchwaly|w\s+sprawie|o|dotyczac\w+|nad)\s+)?(?:\w+\s+)?$"
)
_OF_WHAT_IS_ITS = lazy(
    r"\A\W*,\s+(?:do|ze?|w)\s+ktor\w+\s+(?:\w+\s+)?(?:pomoc|uslug|wsparc|ofert|porad|ekspert|konkurs|projek|program|szkole|badan|biur|zarzad|rad[yz](?!\w)|komisj|inicjatyw|rapor|srodk|pieniedz|system|akcj|kampani|grup|siec)\w*"
)
"""As in "Związek, z którego pomocy zrezygnowano": not the body itself."""
_MEMBERSHIP_OF = lazy(r"czlonkostw\w{1,2}\s+(?:\w+\s+){0,2}$")
_WITH_US = lazy(r"\s+(?:[\w-]+\s+){0,2}?(?:do|od)\s+(?:nas|naszego\s+grona|naszej\s+rodziny)(?!\w)")
_TO_US_BEFORE = lazy(r"(?<!\w)(?:do|od)\s+(?:nas|naszego\s+grona|naszej\s+rodziny)\s+(?:[\w-]+\s+){0,2}$")
"""As in "dołączyła do nas Mława", which is about the association where that speaks."""
_OBJECT_FIRST = lazy(
    r"(?:^|[.,;:!-]\s|(?<!\w)(?:ze|i|a)\s|(?:roku|r\.|stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|wrzesnia|pazdziernika|listopada|grudnia)\s)\W*(?:(?:szeregi|grono|rodzine|wspolnote)\s+(?:(?:czlonkow|miast|samorzadow)\s+)?)?\"?$"
)
"""Before a body that is an object put before its verb: "W 2019 roku grono członków Związku opuściły A i B"."""
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

    def body_of(self, sentence: Sentence, word: Word, kind: EventKind, clause: Clause) -> Body | bool | None:
        """The body that a step leads into or out of.

        Returns:
            The mention; True when none is named but the association is meant; None when it is something else.
        """
        folded = self.discourse.reading.clean.folded
        if word.folded.endswith("joined") and _JOINED_ANOTHER.match(folded, word.end):
            return None
        after = [b for b in sentence.bodies if b.start >= word.end and b.start - word.end <= 170]
        others = [w.start for w in sentence.words if w.start > word.start and not w.classes.isdisjoint((*JOIN, *LEAVE))]
        for body in after:
            between = self._between(sentence, word, body)
            if ";" in between:
                break
            if others and min(others) < body.start and not re.search(r"(?:^|\W)(?:lub|albo|i|oraz|czy)\W", between):
                break
            goal = OTHER_GOAL.match(folded[word.end : body.start])
            if goal and not re.match(r"^\W+(?:do|w)\s+(?:miasta|sieci)", folded[word.end : body.start]):
                return None
            if WRONG_GOVERNOR.search(between) or (kind is EventKind.WITHDRAWAL and _ASKS.search(between)):
                return None
            if kind is EventKind.WITHDRAWAL and self._together_with(sentence, word, body):
                return None
            if not self._leads(between, word, kind):
                if kind is EventKind.WITHDRAWAL:
                    continue
                break
            return body if body.kind is BodyKind.OURS else ours_in_list(sentence, body)
        if _WITH_US.match(folded, word.end) or _TO_US_BEFORE.search(folded, clause.start, word.start):
            named = any(t.nominative and clause.start <= t.start < clause.end for t in sentence.towns)
            return True if named and speaks_for_it(self.discourse.reading, sentence) else None
        if word.folded in ("zapisano", "wpisano"):
            return None  # "… do protokołu zapisano": without a goal behind it, something was written down
        for body in reversed([b for b in sentence.bodies if b.end <= word.start]):
            if body.start < clause.start - 60:
                break
            if _GOAL_BEFORE.search(folded[body.end : word.start]):
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
            if word.folded.startswith(("zakonczy", "zakoncza")) and not _ITS_STAY.search(lead):
                return None  # "debata o wyjściu ze Związku zakończyła się wynikiem …"
            prepositions = (
                r"ze?"
                if word.folded.startswith(("zwiazal", "sprzymierzyl"))
                else r"(?:do|w|we|of)"
                if kind is EventKind.ACCESSION
                else r"(?:z|ze|od|czlonkostwa\s+w|czlonkostwo\s+w)"
            )
            subject = kind is EventKind.WITHDRAWAL and sentence.slice(body.start, body.end).startswith("zwiazek")
            if ends_leading(lead, prepositions) and not subject:  # "że Związek opuści", not "ze Związku"
                if OTHER_GOAL.match(folded[word.end : min(sentence.end, word.end + 80)]):
                    return None
                if self._of_a_noun_before(sentence, word, body, kind):
                    return None
                return body if body.kind is BodyKind.OURS else None
            if (
                word.folded.startswith(("opus", "pozegn", "zasil"))
                and re.fullmatch(r"\s+(?:[\w-]+\s+){0,3}", folded[body.end : word.start])
                and (_OBJECT_FIRST.search(lead) or any(0 < body.start - d.end <= _NEXT for d in sentence.dates))
            ):
                if not self._left_it(sentence, word, clause):
                    return None  # "Związek opuści stół negocjacyjny"
                return body if body.kind is BodyKind.OURS else None  # "Związek opuściły A i B"
        if word.folded.startswith("wypowiedzi") and _NOTICE_OF_IT.match(sentence.slice(word.end, word.end + 60)):
            return True if self.discourse.topic(sentence, word.start) is BodyKind.OURS else None
        if any(
            _OF_WHAT_IS_ITS.search(sentence.slice(b.end, word.start)) for b in sentence.bodies if b.end <= word.start
        ):
            return None
        linked = self._relative(sentence, word, kind)
        if linked is not None:
            return linked if linked.kind is BodyKind.OURS else None
        rest = folded[word.end : min(sentence.end, word.end + 100)]
        if re.search(
            r"do\s+grona\s+(?!(?:(?:ponad|blisko|prawie|okolo|niemal|przeszlo|niespelna|nowych|\d+)\s+){0,3}(?:czlonk|miast|samorz|gmin))",
            sentence.folded,
        ):
            return None
        if _CIRCLE_OF_SOME.search(sentence.folded):
            return None
        if not _ELLIPTIC.match(word.folded) or OTHER_GOAL.match(rest):
            return None
        towards = "do" if word.folded.startswith(("przystapieni", "wstapieni", "akces")) else "do|z|ze"
        if re.match(
            rf"\s+(?:[\w-]+\s+){{0,3}}(?:{towards})\s+(?!tego|niej|niego|glosu|konca|\d)[a-z]", rest
        ) and not re.match(
            r"\s+(?:[\w-]+\s+){0,3}(?:do|z|ze)\s+(?:grona|dniem|koncem|poczatkiem|czlonkostwa(?!\s+w\s)|tej|tego|struktur|szeregow|organizacji)",
            rest,
        ):
            return None
        if _TO_SO_MANY.match(rest):
            return None
        if word.folded.startswith(("wycofani", "wypisani")) and not _OUT_OF_THAT.match(rest):
            return None
        if self._leads_elsewhere(sentence, word, clause) or self._of_a_bracket(word):
            return None
        if word.folded.endswith(("rocimy", "racamy")) and not self._goes_back(sentence):
            return None
        if word.folded.startswith("opu") and (_LEAVES_A_PLACE.match(rest) or self._left_by_persons(sentence, word)):
            return None
        if word.folded.startswith("rezygnac") and not sentence.has(
            "town_noun", "council", "act", "member_noun", "home"
        ):
            return None  # of a person
        if word.folded.startswith("wystap") and (_ASKS.search(rest) or not self._withdrawing(sentence)):
            return None
        if kind is EventKind.WITHDRAWAL and re.match(
            r"\s+od\s+(?!glosu|\d|stycz|lut|mar|kwie|maj|czerw|lip|sierp|wrze|pazdz|listop|grud)", rest
        ):
            return None
        finite = not word.classes.isdisjoint(
            ("join_past", "join_present", "join_future", "leave_past", "leave_present", "leave_future")
        )
        if finite and not self._has_municipal_subject(sentence, word, clause):
            return None
        return True if self.discourse.topic(sentence, word.start) is BodyKind.OURS else None

    @staticmethod
    def _between(sentence: Sentence, word: Word, body: Body) -> str:
        """What stands between a step and a body, without whose membership it is: "z członkostwa Buku w Związku"."""
        between = sentence.slice(word.end, body.start)
        for town in sentence.towns:
            if (
                town.genitive
                and word.end <= town.start
                and town.end <= body.start
                and _MEMBERSHIP_OF.search(sentence.slice(word.end, town.start))
            ):
                between = between.replace(sentence.slice(town.start, town.end), "gminy", 1)
        return between

    @staticmethod
    def _of_a_noun_before(sentence: Sentence, word: Word, body: Body, kind: EventKind) -> bool:
        """Whether a matter is the subject, and the body its goal: "Sprawa wejścia do Związku wróciła na sesję"."""
        finite = not word.classes.isdisjoint(("join_past", "join_present", "leave_past", "leave_present"))
        nouns = sentence.all("join_noun" if kind is EventKind.ACCESSION else "leave_noun", end=body.start)
        return finite and any(_MATTER.search(sentence.slice(sentence.start, noun.start)) for noun in nouns)

    def _leads_elsewhere(self, sentence: Sentence, word: Word, clause: Clause) -> bool:
        """Whether a step that names no body has another goal: one before it, or that of the sentences before.

        "Do konwoju dołączyły A i B"; "Nabór do programu trwa. Swój akces zgłosiły A i B".
        """
        before = sentence.slice(clause.start, word.start)
        goal = _GOAL_BEFORE.search(before)
        if goal is not None:
            start = clause.start + goal.start("goal")
            own = any(b.start <= start < b.end for b in sentence.bodies if b.kind is BodyKind.OURS)
            if not own and not any(t.start <= start < t.end for t in sentence.towns):
                return True
        aside = sentence.slice(sentence.start, clause.start)
        if _TO_A_PROGRAMME.search(aside) and not any(
            b.kind is BodyKind.OURS and b.end <= clause.start and self._is_goal(sentence, b) for b in sentence.bodies
        ):
            return True  # "Do 31 marca można dołączyć do plebiscytu Związku; X już dołączył"
        if self._opens_with_goal(sentence, word.start) or self._opens_elsewhere(sentence, clause):
            return True
        for earlier in reversed(self.discourse.reading.sentences[max(0, sentence.number - 5) : sentence.number]):
            if any(b.kind is BodyKind.OURS and self._is_goal(earlier, b) for b in earlier.bodies):
                return False
            if earlier.segment is not sentence.segment:
                break
            if (
                _TO_A_PROGRAMME.search(earlier.folded)
                or _OUT_OF_ONE.search(earlier.folded)
                or self._opens_with_goal(earlier, earlier.end)
            ):
                return True
        return self._only_its_activities(sentence, word)

    def _opens_with_goal(self, sentence: Sentence, end: int) -> bool:
        """As in "Do programu „Czyste miasta”, prowadzonego przez Związek, przystąpiły A i B"."""
        opening = _OPENING_GOAL.match(sentence.folded)
        if opening is None or not sentence.has(*_FINITE):
            return False
        if any(t.start <= sentence.start + opening.start("goal") < t.end for t in sentence.towns):
            return False
        return not any(b.kind is BodyKind.OURS and b.end <= end and self._is_goal(sentence, b) for b in sentence.bodies)

    @staticmethod
    def _opens_elsewhere(sentence: Sentence, clause: Clause) -> bool:
        """As in "Do wspólnego zakupu prądu, koordynowanego przez Związek, dołączyły A i B"."""
        if not sentence.has("join_past", "join_present", "join_future"):
            return False
        goal = opening_goal(sentence.folded)
        if goal is None or _RELATIVE.match(sentence.slice(clause.start, clause.end)):
            return False
        place = sentence.start + goal
        if any(w.start == place and "join_noun" not in w.classes for w in sentence.words):
            return False
        named = [(t.start, t.end) for t in sentence.towns] + [(b.start, b.end) for b in sentence.bodies]
        return not any(start <= place < last for start, last in named)

    def _of_a_bracket(self, word: Word) -> bool:
        """Whether a step in a bracket is one to what is named before it, neither a town nor the association."""
        reading = self.discourse.reading
        end = hangs_on_a_name(reading.clean.text, word.start)
        if end is None:
            return False
        named = [(t.start, t.end) for t in reading.towns]
        named += [(b.start, b.end) for b in reading.ours(max(0, end - 200), end + 1)]
        return not any(start < end <= last + 1 for start, last in named)

    def _goes_back(self, sentence: Sentence) -> bool:
        """Whether a text tells what a town returns from or to: "Wrócimy!" says a guest, too."""
        return _BEEN_AWAY.search(self.discourse.reading.clean.folded, 0, sentence.end) is not None

    def _only_its_activities(self, sentence: Sentence, word: Word) -> bool:
        """Whether a text has named the association only as who runs something, or beside it: "obok Związku"."""
        around = self.discourse.reading.sentences[max(0, sentence.number - 5) : sentence.number + 1]
        named = [(s, b) for s in around for b in s.bodies if b.kind is BodyKind.OURS and b.end <= word.start]
        return bool(named) and all(
            ACTIVITY.search(lead) is not None or BESIDE_A_BODY.search(lead) is not None
            for lead in (s.slice(max(s.start, b.start - 80), b.start) for s, b in named)
        )

    def _named_in_gender(self, sentence: Sentence, pronoun: str) -> bool:
        """Whether "je" or "ją" can mean the association: called "stowarzyszenie" or "organizacja" just before."""
        heads = {"je": ("stowarzyszenie", "zrzeszenie"), "ja": FEMININE_HEADS}.get(pronoun)
        around = self.discourse.reading.sentences[max(0, sentence.number - 2) : sentence.number + 1]
        return heads is None or any(b.head in heads for s in around for b in s.bodies)

    @staticmethod
    def _left_it(sentence: Sentence, word: Word, clause: Clause) -> bool:
        """Whether a body before "opuścił" is what was left: who left it stands behind, or nothing but a time does."""
        if word.folded.endswith(("my", "no")) or any(
            t.nominative and word.end <= t.start < clause.end for t in sentence.towns
        ):
            return True
        return _TIME_ONLY.match(sentence.slice(word.end, clause.end)) is not None

    @staticmethod
    def _left_by_persons(sentence: Sentence, word: Word) -> bool:
        """As in "Miasto opuścili w niedzielę": what is left is the town, since it agrees with no such verb."""
        lead = sentence.slice(sentence.start, word.start)
        return word.folded.endswith("li") and re.search(r"(?<!\w)(?:miasto|gmine)\s+$", lead) is not None

    @staticmethod
    def _is_goal(sentence: Sentence, body: Body) -> bool:
        lead = sentence.slice(max(sentence.start, body.start - 24), body.start)
        return re.search(r"(?<!\w)(?:do|ze?|w)\s+(?:grona\s+|czlonkow\s+)*\"?$", lead) is not None

    def _has_municipal_subject(self, sentence: Sentence, word: Word, clause: Clause) -> bool:
        """Whether a town, "miasto", "gmina" or "my" can be the subject of a verb that names no goal."""
        if re.search(r"(?:lismy|lysmy|emy|amy|imy)$", word.folded) or sentence.has("town_noun", "home"):
            return True
        if re.match(r"\s+(?:\w+\s+)?uchwala\s+(?:nr|numer|z\s)", sentence.slice(word.end, clause.end)):
            return True  # "Ponownie przystąpiła uchwałą nr …": only a municipality does
        if _RESIGNED.match(sentence.slice(word.start, clause.end)) and _OFFICIAL.search(
            sentence.slice(clause.start, clause.end)
        ):
            return True
        if word.folded.startswith("opus"):
            left = re.match(r"\s+(?P<it>go|je|ja)(?!\w)", sentence.slice(word.end, clause.end))
            if left is None or not self._named_in_gender(sentence, left["it"]):
                return False
        if re.match(r"\W*ktor\w+\s", sentence.slice(clause.start, word.start)) and any(
            clause.start - 3 <= t.end <= clause.start for t in sentence.towns
        ):
            return True
        return any(
            t.nominative and t.role == Role.PLAIN and clause.start <= t.start < clause.end for t in sentence.towns
        )

    def _relative(self, sentence: Sentence, word: Word, kind: EventKind) -> Body | None:
        """The body a relative clause hangs on: "do organizacji, z której zrezygnował burmistrz"."""
        preposition = "do" if kind is EventKind.ACCESSION else "(?:z|ze)"
        for body in reversed([b for b in sentence.bodies if b.end <= word.start]):
            between = self.discourse.reading.clean.folded[body.end : word.start]
            if re.match(rf"\s*,\s+{preposition}\s+ktor\w+", between) and len(between) < 90:
                return body
        return None

    def _leads(self, between: str, word: Word, kind: EventKind) -> bool:
        """Whether the words between a step and a body make the body its goal, or what is left."""
        if word.folded.startswith(("uzysk", "naby", "utrac", "ustal", "wygas", "wypowiedzia")):
            return _ITS_MEMBERSHIP.fullmatch(between) is not None
        if word.folded.startswith(("zerwal", "zwiazal", "sprzymierzyl")):
            return _WITH_IT.fullmatch(between) is not None
        if word.folded.startswith(("zakonczy", "zakoncza")):
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
            direct = word.folded.startswith(("opus", "left", "leav", "quit", "wypowied"))
            return leads_out_of(between) or (direct and takes_directly(between)) or between.strip() in ("", "the")
        if _UNDER_ITS_ROOF.search(between):
            return True
        if word.folded.startswith(("zasil", "join", "access")) and takes_directly(between):
            return True
        return leads_into(between) and not joins_elsewhere(between)

    @staticmethod
    def _together_with(sentence: Sentence, word: Word, body: Body) -> bool:
        """As in "wystąpił ze Związkiem", "poparł wyjście Związku z komisji": it is no place that is left."""
        if sentence.slice(body.start, body.end).startswith("zwiazkiem"):
            return not word.folded.startswith(("zegn", "pozegn", "rozst", "zerw", "zakoncz", "pozegnan"))
        nouns = ("wystapieni", "wyjsci", "odejsci", "ustapieni")
        return word.folded.startswith(nouns) and not sentence.slice(word.end, body.start).strip(' "')

    def _withdrawing(self, sentence: Sentence) -> bool:
        """Whether a text about the association speaks of leaving it, so that a bare "wystąpienie" may be one."""
        before = self.discourse.open
        if (before is not None and before.kind is EventKind.WITHDRAWAL) or self.discourse.named_next(sentence):
            return True
        if _RESOLVED_TO_LEAVE.search(sentence.folded):
            return True
        earlier = self.discourse.reading.sentences[max(0, sentence.number - 1) : sentence.number]
        if any(_STAYS.search(s.folded) and any(b.kind is BodyKind.OURS for b in s.bodies) for s in earlier):
            return True
        head = self.discourse.reading.clean.folded[: sentence.end]
        return (
            re.search(
                r"(?:wystap\w+|wyjsc\w+|rezygnac\w+|opuszcz\w+|opusc\w+|zegna\w*|pozegna\w*|rozsta\w*|wypis\w+|wychodz\w+|odchodz\w+)\s+(?:[\w-]+\s+){0,5}(?:z\s+|ze\s+)?(?:zwiazk|zmp|stowarzysz|organizac)",
                head,
            )
            is not None
        )
