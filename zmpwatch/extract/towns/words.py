"""Names of towns that are ordinary words, too: "Buk", "Koło", "Góra", "Police".

At the front of a sentence a capital says nothing. There the town is meant where what follows is said of towns, near the
association's name: "Koło, członek Związku od 1995 r.", "Buk i Kostrzyn", "Police przystąpiły do ZMP". "Koło gospodyń",
"Police ubezpieczeniowe" and "Gniew po decyzji Związku" are no towns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from zmpwatch.extract.towns.forms import town_forms
from zmpwatch.extract.uniform.cleantext import CleanText
from zmpwatch.extract.uniform.folding import fold_letters
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.lexicon import load_classes
from zmpwatch.register import load_register
from zmpwatch.register.names import key

__all__ = ["FrontWord", "agrees_with_verb"]

_SENTENCE = 200
_BEFORE = 120
_AROUND = 400
_MOST_WORDS = 10
_STOP = lazy(r"[!?;]|\.(?<!\d\.)(?<!\sr\.)(?<!\sbr\.)(?=\s|$)|\n\s*\n")
_WORD = lazy(r"[^\W\d_]+")
_DAY = lazy(r"\s\d{1,4}[.\s\d]*\s")
_ENDINGS = {"m": ("l",), "f": ("la",), "n": ("lo",), "pl": ("ly",)}
_LEADS_ON = frozenset(
    (
        *("nie", "juz", "tez", "takze", "rowniez", "ponownie", "znow", "znowu", "nadal", "wciaz", "oficjalnie", "sam"),
        *("dzis", "dzisiaj", "wczoraj", "jutro", "ostatecznie", "jednak", "zas", "wlasnie", "dopiero"),
        *("jeszcze", "niebawem", "wkrotce", "kiedys", "nigdy", "zawsze", "jednoglosnie", "sie", "to", "jako", "razem"),
        *("wraz", "od", "do", "w", "we", "z", "ze", "po", "przez", "przed", "na", "za", "dzieki", "is", "no"),
        *("tam", "has", "natomiast"),
    )
)
"""Words that may stand between a subject and its verb, and first of all."""
_PREPOSITIONS = frozenset({"w", "we", "z", "ze", "po", "przez", "przed", "na", "za", "dzieki"})
_TOGETHER = frozenset({"razem", "wraz", "i", "oraz", "z", "ze"})
"""Behind these the verb may tell of several."""
_WITHOUT_VERB = lazy(
    r"\s\d{2,3}\.?\s(?:czlon\w+|miast\w+)\s(?:w\s)?"
    r"|\s(?:coraz\s)?(?:bez|blizej)\s"
    r"|\s(?:(?:juz|znow|znowu|ponownie|oficjalnie|nadal|wciaz|nie|jedna\snoga|od\s\w+(?:\s\w+)?)\s){0,3}"
    r"(?:(?:w|we|poza|do|z|ze)\s|(?:nowy[m]?\s|pelnoprawny[m]?\s)?czlonk?(?:iem|ek)\s)(?:\w+\s)?"
)
"""As in "Koło w Związku", "Buk oficjalnie członkiem Związku", "Piła jedną nogą poza Związkiem"."""
_AS_ONE = lazy(r"\sjako\s(?:[\w.]+\s){1,4}(?:miasto|gmina|samorzad|czlonek)(?!\w)")
"""As in "Błonie jako 338. miasto podpisało"."""
_NEXT_BODY = 3
_ASIDE = lazy(
    r",\s(?:(?:(?:w\s)?(?:stycz|lut|mar[cz]|kwie|maj|czer|lip|sie|wrz|paz|lis|gru)|\d{1,2}[.\s]\s?(?:\d|stycz|lut|mar|kwi|maj|czer|lip|sie|wrz|paz|lis|gru)|dnia\s\d)"
    r"|ktor[aey](?:go|mu)?\s|(?:nowy\s|byl[yae]\s)?czlon(?:ek|kini)|przyjet|zrzeszon|nalezac|bedac|podobnie\sjak|tak\sjak|jedn[aoye]\s|naj\w+\s(?:\w+\s)?(?:miast|gmin|miejscow)|sesja\s|miasto\s|co\s"
    r"|w\sprzeciwienstwie|od\s\d|w\szmp|w\szwiazku|dzieki\sczlonk|jak\s(?:podaj|inform|pisz)|jako\s\d|po\s\w+\s(?:drug|trzec)|which\s|a\smember)"
    r"|\s\((?:\d{1,4}[-.\s)]|od\s|do\s|since\s|an?\s|once\s|uchwal|woj|powiat|pow\.|czlon|przyjet|niezrzesz|nie\s?zrzesz|zrzesz|wystap|przystap|dolacz|wstap|gm|miasto|[a-z-]+[sc]kie\))"
    r"|\s-\s(?:\d|za\s|od\s|tak\W|nie\W|dopiero\s|jako\s|radni|rada\s|nowy\s|czlonek|uchwal|nr\s|sesja|wykaz|miasto|burmistrz|jednoglosnie|przyjet|skreslon|przystap|wystap|wstap|dolacz)"
    r"|\s\|\s|\s(?:od|do)\s\d{4}(?!\d)|\sto\s(?:[\w.]+\s){0,3}?(?:czlon\w+|miast\w+|jedn\w+\sz)(?!\w)|(?:'s|\stown|\scity|\sspa)\s"
    r"|\s(?:na\slisci|prawa\smiejskie|(?:dziala(?:ja)?\s)?w\s(?:\w+\s)?(?:organizacj|stowarzysz))"
)
"""What may stand behind the name of a town: when, who it is, since when, how it voted."""
_ALONE = lazy(r"[.!?:](?:\s|$)")
_TAKEN_IN = lazy(r"\s(?:w\spoczet|do\sgrona)\s(?:nowych\s)?czlonk")
"""As in "Przyjmując w 2013 r. Łazy w poczet członków, Zarząd …": only a town is taken in."""
_ENDS = lazy(r"\s?(?:[,.;)]|\n|$)|\s(?:i|oraz)\s[A-ZŁŚŻŹĆÓ]")
_OF_NO_NAME = lazy(r"\snie\s(?:ma|bylo|bedzie|stac)\s")
"""Behind a genitive: "Piły nie ma w Związku"."""
_ANY_VERB = {"m": r"[aeiouy]l|uje", "f": r"[aeiouy]la|uje", "n": r"[aeiouy]lo|uje", "pl": r"[aeiouy]ly|uja"}
_AND = lazy(r"(?:,|\si|\soraz|\sand|\s[·•|])\s(?=[A-ZŁŚŻŹĆÓ])")
_CAPITALISED = lazy(r"[A-ZŁŚŻŹĆÓ][^\W\d_]+")
_OF_TWO_WORDS = lazy(r"[A-ZŁŚŻŹĆÓ][^\W\d_]+[ -][A-ZŁŚŻŹĆÓ][^\W\d_]+")
_OF_TIME = frozenset({"piatek"})
_NEVER_ALONE = frozenset({"dobra", "dobre", "nowe", "pisz", *_OF_TIME})
"""Names that are a day, an answer or a call: such a word alone is no town."""
_HAPPENINGS = frozenset({"gniew", "zator", "mrozy", "skoki", "slawa", "warta", "mikolajki", "ryki", *_NEVER_ALONE})
"""Names of what comes, grows or is called forth: of these many verbs are said that are not said of things."""


@cache
def _verbs() -> dict[str, frozenset[str]]:
    return {name: frozenset(map(fold_letters, words)) for name, words in load_classes("town_verbs.yaml").items()}


@dataclass(frozen=True, slots=True)
class FrontWord:
    """A name that is an ordinary word, where its capital says nothing.

    `gender` is that of the name ("m", "f", "n", "pl"); `ours` are the offsets of the association's mentions.
    """

    text: CleanText
    start: int
    end: int
    gender: str
    nominative: bool
    ours: Sequence[int]

    def is_name(self) -> bool:
        """Whether the town is meant."""
        text, folded, end = self.text.text, self.text.folded, self.end
        if not self._near(self.start - _AROUND, end + _AROUND):
            return self._in_a_row()
        if not self.nominative:
            return _OF_NO_NAME.match(folded, end) is not None
        word = folded[self.start : end]
        if word not in _OF_TIME and (_ASIDE.match(folded, end) or _AS_ONE.match(folded, end)):
            return True
        if self._stands_apart(word) and (_ALONE.match(folded, end) or _TAKEN_IN.match(folded, end)):
            return True
        opened = text[self.start - 2 : self.start].strip()[-1:]
        if opened and opened in ":(-" and self._within_a_line() and _ENDS.match(text, end):
            return True
        return self._in_a_row() or self._without_verb() or self._does(word)

    def _stands_apart(self, word: str) -> bool:
        """Whether it begins a sentence, or follows a year, where a sentence need not begin."""
        before = self.text.text[max(0, self.start - 4) : self.start].rstrip(" ")
        if before.endswith((" r.", " br.")):
            return True
        return word not in _NEVER_ALONE and (not before or before[-1] in ".!?\n")

    def _within_a_line(self) -> bool:
        line = self.text.text.rfind("\n", 0, self.start) + 1
        return _WORD.search(self.text.text, line, self.start) is not None

    def is_followed_by_a_name(self) -> bool:
        """As in "Koło Gospodyń": the first word of another name."""
        following = _CAPITALISED.match(self.text.text, self.end + 1)
        if following is None or self.text.text[self.end] != " " or following[0].isupper():
            return False
        return not self._is_town(key(following[0])) and not self._near(following.start(), following.start() + 1)

    def _near(self, low: int, high: int) -> bool:
        return any(low <= place < high for place in self.ours)

    @staticmethod
    def _is_town(form: str) -> bool:
        register = town_forms().register
        names = register.forms.get(form, register.short_forms.get(form, ()))
        return any(municipality.is_city for municipality in register.bearers(names))

    def _in_a_row(self) -> bool:
        """As in "Góra i Rawicz", "Koło, Nowy Targ"."""
        joined = _AND.match(self.text.text, self.end)
        if joined is None:
            return False
        following = (pattern.match(self.text.text, joined.end()) for pattern in (_CAPITALISED, _OF_TWO_WORDS))
        return any(match is not None and self._is_town(key(match[0])) for match in following)

    def _without_verb(self) -> bool:
        led = _WITHOUT_VERB.match(self.text.folded, self.end)
        return led is not None and (
            self._near(led.end(), led.end() + _NEXT_BODY) or self._near(led.end() - 12, led.end())
        )

    def is_subject(self) -> bool:
        """Whether any verb of towns follows, near the association or not."""
        word = _WORD.match(self.text.folded, self.end + 1)
        return word is not None and self._agrees(word[0], together=False) is not None

    def _does(self, name: str) -> bool:
        """Whether a verb of towns follows that agrees with the name, or, in a sentence on the association, any."""
        folded = self.text.folded
        stop = _STOP.search(folded, self.end, self.end + _SENTENCE)
        ends = stop.start() if stop else min(len(folded), self.end + _SENTENCE)
        together, placed, place = False, False, self.end
        for number, match in enumerate(_WORD.finditer(folded, self.end, ends)):
            gap = folded[place : match.start()]
            if number == 0 and gap != " " and not _DAY.fullmatch(gap):
                return False
            word, place = match[0], match.end()
            of_things = self._agrees(word, together=together)
            if of_things is not None:
                beyond = 0 if placed or name in _HAPPENINGS else _BEFORE
                return not of_things or self._near(self.start - _BEFORE, ends + beyond)
            if number == 0 and name not in _HAPPENINGS and re.search(rf"(?:{_ANY_VERB[self.gender]})$", word):
                return self._near(self.start - _BEFORE, ends)
            if (number == 0 and word not in _LEADS_ON and gap == " ") or number == _MOST_WORDS:
                return False
            together, placed = together or word in _TOGETHER, placed or word in _PREPOSITIONS
        return False

    def _agrees(self, word: str, *, together: bool) -> bool | None:
        """Whether a word is a verb said of things as well; None where it is none that agrees."""
        verbs = _verbs()
        numbers = ("plural",) if self.gender == "pl" else ("singular", "plural") if together else ("singular",)
        endings = (*_ENDINGS[self.gender], "ly") if together else _ENDINGS[self.gender]
        for of_things in (False, True):
            suffix = "_of_things" if of_things else ""
            if word in verbs[f"any{suffix}"] or any(word in verbs[f"{number}{suffix}"] for number in numbers):
                return of_things
            for ending in endings:
                if word.endswith(ending) and word[: -len(ending)] in verbs[f"past{suffix}"]:
                    return of_things
        return None


def agrees_with_verb(text: CleanText, end: int, name: str) -> bool:
    """Whether a verb of towns follows a mention that ends at an offset, and agrees with this name."""
    bearers = load_register().bearers((name,))
    front = FrontWord(text, end, end, load_register().gender(bearers[0]), nominative=True, ours=())
    return front.is_subject()
