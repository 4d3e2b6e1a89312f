"""What a step leads to that names no body: the association named before, or something else."""

from __future__ import annotations

import re
from dataclasses import dataclass

from zmpwatch.extract.bodies.finding import FEMININE_HEADS, Body, BodyKind
from zmpwatch.extract.dates.forms import MONTH
from zmpwatch.extract.discourse.topic import Discourse
from zmpwatch.extract.steps.leading import (
    NO_GOAL_WITH_Z,
    hangs_on_a_name,
    opening_goal,
)
from zmpwatch.extract.steps.owngoals import has_its_own_goal
from zmpwatch.extract.steps.takenout import leads_out
from zmpwatch.extract.structure.clause import Clause
from zmpwatch.extract.structure.sentences import Sentence, Word
from zmpwatch.extract.towns.finding import Role
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.phrases import ACTIVITY, BESIDE_A_BODY, OTHER_GOAL, RUN_BY
from zmpwatch.model import EventKind

__all__ = ["ASKS", "GOAL_BEFORE", "UnnamedGoal", "gives_up_membership"]


_INTO = ("przystapieni", "wstapieni", "wejsci", "dolaczeni", "akces")
_ELLIPTIC = lazy(
    r"(?:przystap|przystep|wstap|dolacz|akces|powrot|powroc|wroc|wystap|wyjsci|wyszl|wypis|przyjeci|czlonkostw|odejsci|uciek|wypad|idzie|zrezygn|odszed|odesz|rezygnac|wycofani|wypisani|wyprowadz|przynalezn|zapis(?!ano)|opuscil|rozsta|joined|access|acced|withdr)"
)
ASKS = lazy(
    r"(?:^|\W)(?:do\s+(?:rad\w|sejm\w*|wojewod\w*|rzad\w*|ministr\w*|premier\w*|prezydent\w*|burmistrz\w*)|z\s+(?:wnioskiem|apelem|pismem|prosba|inicjatywa|projektem|propozycja|pytaniem|koncertem))"
)
GOAL_BEFORE = lazy(
    r"(?:^|[^\w])do\s+(?P<goal>(?!ktor|nasz\w+\s+(?:gron|zwiazk|organizac|rodzin|szereg|wspoln)|swoj\w+\s+gron|biur|siedzib|zarzadu|poznania|grona|niego|niej|nich|zwiazku|organizacji|stowarzyszeni|zmp|szeregow|rodziny|tego|tej|tych|konca|tamtej|dzis|roku|zrzeszenia|federacji|\d)[a-z][\w-]+)\s+(?:[\w,-]+\s+){0,5}$"
)
_TO_A_PROGRAMME = lazy(
    r"(?<!\w)(?:zglasz\w+|zglos\w+|przystap\w+|akces\w*|dolacz\w+|zapis\w+|nabor\w*|rekrutacj\w+|zgloszen\w+|udzial\w*|zapros\w+|zakwalifik\w+|wybra\w+)\s+(?:sie\s+)?(?:[\w-]+\s+){0,3}?(?:do|w)\s+(?:[\w-]+\s+)?"
    r"(?:program\w*|projek\w+|konkurs\w*|kampani\w*|akcji|inicjatyw\w*|szkol\w+|badani\w*|ankie\w+|porozumieni\w*|pakt\w*|deklaracj\w*|grup\w*|konwoj\w*|plebiscy\w+|sieci|pilotaz\w*)"
    r"|(?<!\w)(?:czlonkowsk\w+|zrzeszon\w+|czlonkowie)\s+(?:[\w-]+\s+){0,4}?(?:moga|maja\s+czas|zapraszamy)(?!\w)",
    *(
        "czlonk",
        "zrzeszon",
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
_ENROLS = lazy(
    r"(?<!\w)(?:przewidzian\w+|przygotowan\w+|jest|zostalo|pozostalo|mamy|czeka|pula)\s+(?:jeszcze\s+|ponad\s+|okolo\s+)?\d+\s+(?:woln\w+\s+)?miejsc(?!\w)|(?<!\w)wypeln\w+\s+(?:\w+\s+)?(?:ankiet|formularz)\w*"
    r"|(?<!\w)(?:zapisy|nabor|rekrutacja)\s+(?:trwa|trwaja|do\s+\d|potrwa)",
    *("miejsc", "ankiet", "formularz", "zapisy", "nabor", "rekrutacja"),
)
"""What people, towns too, sign up for has so many places, or a form: "przewidziano 40 miejsc, zapisały się A i B"."""
_COUNTS_MEMBERS = lazy(r"\"?\s+(?:[\w-]+\s+){0,2}?(?:liczy|zrzesza|skupia|ma|tworzy)\s+(?:[\w-]+\s+){0,3}?\d")
"""Behind the association's name where a sentence speaks of its members: "Związek skupia 350 miast"."""
_OUT_OF_ONE = lazy(
    r"(?<!\w)(?:wypis|wycof|rezygn|zrezygn|odstap|wystap|odesz|odsz|wysz)\w+\s+(?:sie\s+)?(?:[\w-]+\s+){0,2}?ze?\s+(?:[\w-]+\s+){0,2}?(?:edycj|badani|program|projek|konkurs|kampani|akcji|ankie|plebiscy|inicjatyw|porozumien|partnerstw|rank)\w*",
    *("wypis", "wycof", "rezygn", "odstap", "wystap", "odesz", "odsz", "wysz"),
)
_IN_AN_EDITION = lazy(
    r"(?<!\w)(?:w|we|do|na)\s+(?:[\w.-]+\s+){0,2}?(?:edycj|odslon|turz|tury|nabor|etap|rund|pilotaz|cykl)\w*(?!\w)"
    r"|(?<!\w)(?:wzi[ae]\w+\s+(?:\w+\s+)?udzial|udzial\s+(?:\w+\s+)?wzi[ae]\w+|uczestniczy\w*)\s+(?:w\s+(?:nim|niej|nich)|(?:juz\s+)?(?:\d+|kilka\w*|wiele)\s+(?:miast|gmin|samorz|szkol)\w*)",
    *("edycj", "odslon", "turz", "tury", "nabor", "etap", "rund", "pilotaz", "cykl", "udzial", "uczestniczy"),
)
"""As in "W pierwszej edycji wzięło udział 20 miast, w trzeciej dołączyły A i B": what they join has editions."""
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
    r"(?<!\w)(?:(?:uchwal|decyzj|projekt)\w*\s+(?:o|w\s+sprawie)|glosowani\w{1,2}\s+nad|(?:postanowi|zdecydowa|zadecydowa)\w+\s+o)\s+wystapieni\w+(?!\s+(?:burmistrza|prezydenta|radn(?:ego|ej|ych)|wojta|prezesa|pokontroln))(?!\s+(?:z\s+(?:wnios|apel|inicjat)|do\s))"
    r"|(?<!\w)wnios(?:ek|ku|kiem)\s+o\s+wystapieni\w+\s+(?:(?:zosta\w+|jednak|rada|radni)\s+){0,2}(?:odrzuc|przepad|upad|utrac|przeszed|przeglosowa)\w*"
)
_TO_THEM = lazy(r"\s+(?:\w+\s+)?do\s+nich(?!\w)")
_VOTED_ON = lazy(
    r"(?<!\w)(?:przeglosowa|uchwali)\w+\s+(?:\w+\s+)?$|(?<!\w)(?:zdecydowa|zadecydowa)\w+\s+o\s+$|(?<!\w)(?:za)?glosowa\w+\s+(?:za|nad|przeciw(?:ko)?)\s+$"
)
"""Before what was put to the vote: no speech of somebody's."""
_BY_SOMEBODY = lazy(
    r"\s+(?:burmistrz|prezydent|radn|wojt|prezes|goscia|dyrektor|przewodnicz|ucznio|mlodziez|przedstawiciel|ekspert)\w*"
)
_SPEECH_OF = lazy(
    r"\s+(?:pan\w?\s+)?(?:burmistrz(?:a|ow)|prezydent(?:a|ow)|radn(?:ego|ej|ych)|wojta|prezes(?:a|ow)|goscia|gosci|dyrektor(?:a|ki|ow)|przewodniczac(?:ego|ej|ych)|uczniow|mlodziezy|przedstawiciel(?:a|ki|i)|ekspert(?:a|ki|ow))(?!\w)"
)
_COUNCIL_ON_LEAVING = lazy(
    r"\W*o\s+wystapieniu\s+(?:\w+\s+)?(?:zdecydowal|postanowil|przesadzil|zadecydowal)\w*\s+(?:\w+\s+)?(?:rad[ay]|radni)(?!\w)"
)
_OUT_OF_MEMBERSHIP = lazy(
    r"(?<!\w)z\s+(?:\w+go\s+)?czlonkostwa(?!\w)(?!\s+(?:honorow|(?:klub|parti|kol[ao]|zespol|komisj|zarzad|rady|stowarzyszenia(?=\s+\w+\w)|izby|cech|ligi|loz|prezydi|komitet|kapitul|spoldzielni|towarzystw|osp)\w*|we?\s+(?!\d|tym\s|tamtym\s|ubiegl|zeszl|roku|lat"
    r"|styczn|lut|marc|kwiet|maju|czerw|lip|sierp|wrzes|pazdz|listop|grud)))",
    "czlonkostwa",
)
_GIVES_UP = ("zrezygnow", "wycofa", "wypisa")
_OF_A_PART = lazy(r"(?<!\w)(?:zarzad|komisj|prezydi|zespo|klub|komitet|kapitul)\w*")
"""Of what else somebody may have been a member."""
_OFFICIAL = lazy(
    r"(?<!\w)(?:burmistrz|prezydent|wojt|wladze|rada|radni|wlodarz\w*|poprzedni(?:k|czka)|poprzednicy|ekipa)(?!\w)"
)
_STAYS = lazy(r"(?<!\w)(?:po)?zosta(?:je|ja|niemy|nie|na|jemy)\s+(?:\w+\s+)?w\s")
_LEAVES_A_PLACE = lazy(
    r"\s+(?:\w+\s+)?(?:miasto|gmine|sale|hall|obrady|budynek|urzad|ratusz|kraj|stanowisko|posiedzenie|zebranie|spotkanie|teren|basen|stadion|scene|debate|sesje)(?!\w)"
)
_TO_SO_MANY = lazy(
    r"\s+(?:[\w-]+\s+){0,3}?do\s+(?:(?:ponad|blisko|prawie|okolo|niemal|przeszlo)\s+)?(?:\d+|kilku\w*|wielu)\s+"
    r"(?:uczestni|partner|laureat|sygnatari|podmiot|firm|instytucj|szkol|beneficjent|finalist|lider|spolek|organizacj|zwiazk|stowarzysz)\w*"
)
"""As in "dołączyła do 40 uczestników projektu"."""
_CAME_OUT = ("wyszlo", "wychodzi", "wyjdzie")
_AN_AMOUNT = lazy(
    r"\s+(?:(?:im|mu|jej|nam|wiec|z\s+tego|na\s+to|w\s+sumie|razem|lacznie|rocznie|dokladnie|okolo|ponad|prawie|blisko|niemal|niecale|jakies)\s+){0,4}\d"
)
"""As in "urzędnicy przemnożyli stawkę i wyszło im 11 849 zł"."""
_AFTER = lazy(r"(?<!\w)(?:po|przy)\s+(?:\w+\s+)?$")
_OUT_OF_THAT = lazy(
    r"\s+(?:[\w-]+\s+){0,3}?ze?\s+(?:tego|tej|naszego|naszej|jego|jej)\s+(?:\w+\s+)?(?:gron|kreg|rodzin|szereg|organizacj|stowarzysz|zwiazk|zrzesz|wspolnot|klub)\w*"
)


_THANKED_FOR = lazy(r"(?<!\w)(?:podziekowa|dziekuj|podziekuj)\w*\s+(?:[\w-]+\s+){0,3}?za\s+(?:\w+\s+)?$")
"""A speech, as in "podziękował za wystąpienie"."""
_WAS_THERE = lazy(
    r"(?<!\w)(?:byl[aoiy]?\s+(?:juz\s+)?(?:tam|w\s+(?:nim|niej))|(?:tam|w\s+(?:nim|niej))\s+(?:juz\s+)?(?:kiedys\s+|niegdys\s+)?byl[aoiy]?|(?:tam|do\s+nie(?:go|j))\s+(?:juz\s+)?nalezal\w*|nalezal\w*\s+(?:juz\s+)?(?:tam|do\s+nie(?:go|j)))(?!\w)"
)
"""As in "była już tam, ale w 2012 roku wystąpiła"."""
_GOES_ON = lazy(r"\W*(?:ale|lecz|a|i|jednak|tylko)\s")
_FROM_THERE = lazy(r"(?<!\w)stamtad(?!\w)", "stamtad")


def gives_up_membership(sentence: Sentence, word: Word, clause: Clause) -> bool:
    """As in "z członkostwa wycofał się poprzedni burmistrz": of the town that he spoke for, not of himself."""
    scope = sentence.slice(clause.start, clause.end)
    return (
        word.folded.startswith(_GIVES_UP)
        and _OUT_OF_MEMBERSHIP.search(scope) is not None
        and (
            word.folded.endswith("no")  # "z członkostwa zrezygnowano w 2012 roku"
            or _OFFICIAL.search(scope) is not None
            or sentence.has("town_noun", start=clause.start, end=clause.end)
        )
    )


@dataclass(slots=True)
class UnnamedGoal:
    """Tells whether a step that names no body leads into the association, or out of it."""

    discourse: Discourse

    def is_ours(self, sentence: Sentence, word: Word, kind: EventKind, clause: Clause) -> bool:
        """Whether the association is meant, which was named before: "Gmina wystąpiła po trzech latach"."""
        rest = sentence.slice(word.end, min(sentence.end, word.end + 100))
        if word.folded.startswith(_GIVES_UP) and gives_up_membership(sentence, word, clause):
            before = self.discourse.just_before(sentence)
            of_a_part = before is not None and _OF_A_PART.search(before.folded) is not None
            return not of_a_part and self.discourse.topic(sentence, word.start) is BodyKind.OURS
        if not _ELLIPTIC.match(word.folded) or OTHER_GOAL.match(rest):
            return False
        if has_its_own_goal(sentence, word, kind, clause):
            return False
        towards = "do" if word.folded.startswith(_INTO) else "do|z|ze"
        if re.match(
            rf"\s+(?:[\w-]+\s+){{0,3}}(?:{towards})\s+(?!tego|niej|niego|glosu|konca|\d|{NO_GOAL_WITH_Z})[a-z]", rest
        ) and not re.match(
            r"\s+(?:[\w-]+\s+){0,3}(?:do|z|ze)\s+(?:grona|dniem|koncem|poczatkiem|czlonkostwa(?!\s+w\s(?!roku\s|\d|latach\s|stycz|lut|mar|kwie|maj|czerw|lip|sierp|wrze|pazdz|listop|grud))|tej|tego|struktur|szeregow|organizacji)",
            rest,
        ):
            return _TO_THEM.match(rest) is not None and self._members_before(sentence)
        if _TO_SO_MANY.match(rest) or (word.folded in _CAME_OUT and _AN_AMOUNT.match(rest)):
            return False
        if word.folded == "powrocie" and _AFTER.search(sentence.slice(sentence.start, word.start)):
            return False  # when somebody had come home
        if word.folded.startswith(("wycofani", "wypisani")) and not _OUT_OF_THAT.match(rest):
            return False
        if leads_out(word) and not (
            _OUT_OF_THAT.match(rest) or _FROM_THERE.search(sentence.slice(clause.start, clause.end))
        ):
            return False  # "wyprowadził miasto na prostą"
        if self._leads_elsewhere(sentence, word, clause) or self._of_a_bracket(word):
            return False
        if word.folded.endswith(("rocimy", "racamy")) and not self._goes_back(sentence):
            return False
        if word.folded.startswith("opu") and (_LEAVES_A_PLACE.match(rest) or self._left_by_persons(sentence, word)):
            return False
        if word.folded.startswith("rezygnac") and not sentence.has(
            "town_noun", "council", "act", "member_noun", "home"
        ):
            return False  # of a person
        if word.folded.startswith("wystapieni") and _THANKED_FOR.search(sentence.slice(sentence.start, word.start)):
            return False
        if word.folded.startswith("wystapieni") and _SPEECH_OF.match(rest):
            return False
        if word.folded.startswith("wystap") and (ASKS.search(rest) or not self._withdrawing(sentence, word)):
            return False
        if kind is EventKind.WITHDRAWAL and re.match(rf"\s+od\s+(?!glosu|\d|{MONTH})", rest):
            return False
        finite = not word.classes.isdisjoint(
            ("join_past", "join_present", "join_future", "leave_past", "leave_present", "leave_future")
        )
        if finite and not self._has_municipal_subject(sentence, word, clause):
            return False
        return self.discourse.topic(sentence, word.start) is BodyKind.OURS

    def _members_before(self, sentence: Sentence) -> bool:
        """As in "A i B należą do Związku. O dołączeniu do nich myśli C": whether "they" were told to be members."""
        before = self.discourse.just_before(sentence)
        if before is None or not before.has("belong", "member_word", "join_past", "united", "is"):
            return False
        ours = [b for b in before.bodies if b.kind is not BodyKind.GENERIC]
        return bool(before.towns) and bool(ours) and all(b.kind is BodyKind.OURS for b in ours)

    def _leads_elsewhere(self, sentence: Sentence, word: Word, clause: Clause) -> bool:
        """Whether a step that names no body has another goal: one before it, or that of the sentences before.

        "Do konwoju dołączyły A i B"; "Nabór do programu trwa. Swój akces zgłosiły A i B".
        """
        before = sentence.slice(clause.start, word.start)
        goal = GOAL_BEFORE.search(before)
        if goal is not None:
            start = clause.start + goal.start("goal")
            own = any(b.start <= start < b.end for b in sentence.bodies if b.kind is BodyKind.OURS)
            in_date = any(d.start <= start < d.end for d in sentence.dates)  # "od stycznia do maja"
            if not own and not in_date and not any(t.start <= start < t.end for t in sentence.towns):
                return True
        aside = sentence.slice(sentence.start, clause.start)
        if _TO_A_PROGRAMME.search(aside) and not any(
            b.kind is BodyKind.OURS and b.end <= clause.start and self._is_goal(sentence, b) for b in sentence.bodies
        ):
            return True  # "Do 31 marca można dołączyć do plebiscytu Związku; X już dołączył"
        if any(_ENROLS.search(s.folded) for s in (sentence, *self.discourse.reading.before(sentence))):
            return True
        if self._opens_with_goal(sentence, word.start) or self._opens_elsewhere(sentence, word, clause):
            return True
        if _IN_AN_EDITION.search(sentence.slice(sentence.start, word.start)) and not any(
            b.kind is BodyKind.OURS and b.end <= word.start and self._is_goal(sentence, b) for b in sentence.bodies
        ):
            return True
        for earlier in reversed(self.discourse.reading.before(sentence, 5)):
            if any(
                b.kind is BodyKind.OURS
                and (self._is_goal(earlier, b) or _COUNTS_MEMBERS.match(earlier.slice(b.end, earlier.end)))
                for b in earlier.bodies
            ):
                return False
            if earlier.segment is not sentence.segment:
                break
            if (
                _TO_A_PROGRAMME.search(earlier.folded)
                or _OUT_OF_ONE.search(earlier.folded)
                or _IN_AN_EDITION.search(earlier.folded)
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
    def _opens_elsewhere(sentence: Sentence, word: Word, clause: Clause) -> bool:
        """As in "Do wspólnego zakupu prądu, koordynowanego przez Związek, dołączyły A i B"."""
        if not sentence.has("join_past", "join_present", "join_future"):
            return False
        goal = opening_goal(sentence.folded)
        relative = _RELATIVE.match(sentence.slice(clause.start, clause.end))
        if goal is None or (relative and "," not in sentence.slice(clause.start + relative.end(), word.start)):
            return False  # but not "do listu, który napisał Związek, dołączyły A i B"
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
        around = self.discourse.reading.up_to(sentence, 5)
        named = [(s, b) for s in around for b in s.bodies if b.kind is BodyKind.OURS and b.end <= word.start]
        return bool(named) and all(
            any(pattern.search(lead) is not None for pattern in (ACTIVITY, BESIDE_A_BODY, RUN_BY))
            for lead in (s.slice(max(s.start, b.start - 80), b.start) for s, b in named)
        )

    def _named_in_gender(self, sentence: Sentence, pronoun: str) -> bool:
        """Whether "je" or "ją" can mean the association: called "stowarzyszenie" or "organizacja" just before."""
        heads = {"je": ("stowarzyszenie", "zrzeszenie"), "ja": FEMININE_HEADS}.get(pronoun)
        around = self.discourse.reading.up_to(sentence, 2)
        return heads is None or any(b.head in heads for s in around for b in s.bodies)

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
        if gives_up_membership(sentence, word, clause):
            return True
        if word.folded.startswith("opus"):
            left = re.match(r"\s+(?P<it>go|je|ja)(?!\w)", sentence.slice(word.end, clause.end))
            if left is None or not self._named_in_gender(sentence, left["it"]):
                return False
        if re.match(r"\W*ktor\w+\s", sentence.slice(clause.start, word.start)) and any(
            clause.start - 3 <= t.end <= clause.start for t in sentence.towns
        ):
            return True
        named = [t for t in sentence.towns if t.nominative and t.role == Role.PLAIN]
        if len(named) == 1 and named[0].end <= clause.start and len(sentence.towns) == 1:
            return _GOES_ON.match(sentence.slice(clause.start, clause.end)) is not None
        return any(clause.start <= t.start < clause.end for t in named)

    def _withdrawing(self, sentence: Sentence, word: Word) -> bool:
        """Whether a text about the association speaks of leaving it, so that a bare "wystąpienie" may be one."""
        before = self.discourse.open
        if (before is not None and before.kind is EventKind.WITHDRAWAL) or self.discourse.named_next(sentence):
            return True
        if _VOTED_ON.search(sentence.slice(max(sentence.start, word.start - 60), word.start)):
            return not _BY_SOMEBODY.match(sentence.slice(word.end, sentence.end))
        if _RESOLVED_TO_LEAVE.search(sentence.folded) or _COUNCIL_ON_LEAVING.match(sentence.folded):
            return True
        if _WAS_THERE.search(sentence.slice(sentence.start, word.start)):
            return True
        earlier = self.discourse.reading.before(sentence)
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
