"""Sentences of a segment, and what stands in them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import chain
from operator import or_
from typing import Protocol

from zmpwatch.extract.bodies.finding import Body
from zmpwatch.extract.dates.resolving import DateMention
from zmpwatch.extract.structure.layout import Segment
from zmpwatch.extract.towns.finding import Town
from zmpwatch.extract.uniform.cleantext import CleanText
from zmpwatch.extract.words.aspect import DONE_WHEN, is_done_then
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.lexicon import load_lexicon
from zmpwatch.extract.words.numerals import Number
from zmpwatch.extract.words.signs import SignedText, signs_not_given, signs_of, signs_of_classes
from zmpwatch.extract.words.tokens import kind_of_words, marked_apart

__all__ = ["Sentence", "Word", "has_verb", "sentences"]

_END = lazy(
    r"[.!?…]{1,3}[\")\]]{0,2}\s+(?=[\"(\[-]{0,2}\s?[A-ZŁŚŻŹĆÓ\d§])|[;]\s+(?=[a-zA-Z])|[\u2600-\u27bf\U0001f300-\U0001faff]\ufe0f?\s+(?=[A-ZŁŚŻŹĆÓ])|\n(?=\s*[-•])"
)
_MARK = lazy("[.!?…;\n\u2600-\u27bf\U0001f300-\U0001faff]")
"""What an end begins with: much faster to look for than an end."""
_PLAIN_MARKS = ".!?;\n"
"""The same in a text that is ASCII when it is folded, as most are; one by one they are found at once."""
_ABBREVIATION = lazy(
    r"(?:(?<!\w)(?:ok|ul|nr|art|ust|pkt|poz|im|tj|m\.\s?in|m|st|sw|dr|hab|prof|inz|mgr|n|ub|ws|tzw|pn|np|al|pl|gm|woj|pow|os|ks|godz"
    r"|tel|red|fot|wstrz|zm|pozn|por|zw|t\.j|lit|zal|wlkp|maz|podl|sl|kuj|pom|gd|lub|b\.\s?r|ub\.\s?r|no|mr|mrs|art\.\s?\d+|(?!r)[a-z])|\d)\.$"
)
_YEAR_END = lazy(r"(?:\d{4}\s?r|(?<!\w)b[rm]|(?<!\w)ub\.\s?r|(?<!\w)b\.\s?r)\.$")
# What a sentence has and a mere "Uchwałą nr 5 z 30 maja 2016 r." before a capital has not.
_FINITE = lazy(
    r"(?<!\w)(?:(?!uchwal(?:a|y)?(?!\w))\w{2,}(?:l|la|lo|li|ly|lismy|lysmy|ano|ono|eto)|jest|sa|moze|moga|mozna|trzeba|wymaga|\w{3,}(?:uje|uja)|zrzesza|nalezy|naleza|liczy|skupia|mija|uplywa|trwa|konczy|czeka|pozostaje|ma|(?<!\d\s)maja|odbedzie|bedzie|beda|wystepuje|przystepuje|met|was|is|are|has)(?!\w)"
)
# Sentences without a verb: "To efekt uchwały z 5 maja.", "Za 12, przeciw 3."
_PREDICATE = lazy(
    r"(?:To|Za|Przeciw|Głosów|Głosy|Wynik|Powód|Efekt|Powody|Teraz|Wszystko|Jednogłośnie|Bez|Podobnie|Tak\s+samo|Identycznie)(?!\w)"
)
# "Założycieli było kilkunastu, lecz w 1921 r." is not over yet.
_CONJUNCTION = r"(?:a|ale|lecz|natomiast|zas|jednak|gdy|kiedy|ze|iz|bo|gdyz|poniewaz|odkad)"
_YEAR_TOLD = r"(?:\d{4}\s?r|b\.?\s?r|bm|ub\.?\s?r)\.$"
_OPENS_CLAUSE = lazy(
    rf",\s+(?:{_CONJUNCTION}\s+(?:juz\s+|dopiero\s+)?)?(?:na|w|we|od|po|przed|pod|do)\s+(?:(?!ktor|nalez)\w+\s+){{0,3}}{_YEAR_TOLD}"
    rf"|\si\s+(?:juz\s+)?od\s+(?:\w+\s+){{0,3}}{_YEAR_TOLD}"
    rf"|,\s+{_CONJUNCTION}\s+(?:to\s+|juz\s+|dopiero\s+)?\d{{1,2}}\s[a-z]+\s{_YEAR_TOLD}"
    rf"|^\W*jak\s[^.,;]{{3,40}},\s+\d{{1,2}}\s[a-z]+\s{_YEAR_TOLD}"
)
# A line "Opinia prawna z 4 maja 2021 r." is a title; "Uchwałą nr 5 z 4 maja 2021 r." goes on in the next line.
_ADVERBIAL = lazy(
    r"\W*(?:w|we|na|dnia|uchwał\w+|decyzj\w+|postanowieni\w+|mocą|z|ze|od|do|po|przed|podczas|zgodnie|on|in)(?!\w)",
    flags=re.IGNORECASE,
)
# "… doczekała się finału: 10 lutego 2023 r. Zarząd przyjął …": the date belongs to what follows it
_DATE_AFTER_COLON = lazy(r"[a-z]\s?:\s+(?:w\s+dniu\s+|dnia\s+|we?\s+)?\d{1,2}\s[a-z]+\s\d{4}\s?r\.$")
_SET_AFTER_COLON = lazy(
    r"[a-z]\s?:\s+(?:na|podczas|w\s+trakcie|w\s+czasie|decyzja|uchwala)\s(?P<rest>[^:;]{1,70}\d{4}\s?r\.)$"
)
"""As in "odczytał pismo: na posiedzeniu 22 maja 2015 r. Zarząd przyjął …": what is read out begins with its day."""
# "Związek liczył w czerwcu 2022 r. 351 członków": what is counted is still to come
_COUNTS_IN = lazy(
    r"(?<!\w)(?:licz|zrzesz|skupi|grupowa|grupuj|mia|ma|mamy|byl|naleza|jednocz|reprezentowa)\w{0,4}\s+(?:\w+\s+)?(?:w|we|na|pod|do)\s+(?:\w+\s+){0,3}\d{4}\s?r\.$"
)
_DO_YOU_KNOW = lazy(
    r"\W*(?:a\s+)?czy\s+(?:panstwo\s+)?(?:wiesz|wiecie|wiedza|wiedzieliscie|wiedziel\w+|wiedzial\w+|pamietasz|pamietacie|pamietaja)(?:\s+panstwo)?\s?,?\s+(?:ze|iz)(?!\w)[\s.,:…]*"
    r"|\W*did\s+you\s+know\s+that\s+",
    "czy",
    "did",
)
_ASKING = (lazy(r"czy\s"), lazy(r"did\s"))
"""Words of which such a question has one; quick to look for."""
_OPENED_BY_THAT = lazy(r",\s+(?:ze|iz)\s+(?P<rest>[^,;]{1,200})$")
_SUBORDINATE = lazy(r"\W*(?:podczas\s+)?(?:gdy|kiedy|skoro|poniewaz|jesli|jezeli|zanim|odkad)\s[^,;]{5,160}")
_LONG_CLAUSE, _CLAUSE = 220, 70
_YEAR_ALONE = lazy(r"(?<!\d)\d{4}\.$")
_DATELINE = lazy(
    r"\W{0,3}(?!Wczoraj|Dzi|Przedwcz|Ponie|Wtor|Środa|Czwart|Piąt|Sobot|Niedz|Wreszcie|Ostat|Potem|Nast)"
    r"[A-ZŁŚŻŹĆÓ]\w{2,20}(?:[\s-](?:nad\s)?[A-ZŁŚŻŹĆÓ]\w{2,20}){0,3}"
    r",\s+(?:dnia\s+)?\d{1,2}(?:\.\d\d\.|\s\w{3,12}\s)\d{4}\s?r\.\Z"
)
"""As in "Gostyń, 3 lutego 2021 r. Rada …": the day of what is told behind, not of what that tells."""
_BEGINS_ANEW = lazy(r"[A-ZŁŚŻŹĆÓ]|\d{1,2}\.\d{1,2}\.\d{4}\s|\d{1,2}\s[a-z]{3,12}\s\d{4}")
"""A capital, or the day of an entry: "kadencji 1990-1994. 14.09.1990 - …"."""
_ORDINAL_NUMBER = lazy(r"(?<!\w)(\d{1,3})\.$")
_NUMBERED = ("Zgromadzen", "Sesj", "Kongres", "Forum", "Dywizj", "Miast")
"""What an ordinal number stands before, though it begins with a capital: "15. Sesja"."""
_OF_A_BALLOT = lazy(r"(?<!\w)(?:(?:sprzeciw|wstrzym|popar|przeciw|byl)\w*|za|do)(?:\s+(?:sie|mu|go|je)){0,2}\s+\d+\.$")
_DAY_IN_BRACKETS = lazy(r"\(\s?(?:\d{1,2}\.|(?:dokladni|konkretni)\w{1,2}\s(?:dnia\s)?)\d{1,2}\.$")
_HEADING_LINE = lazy(r"[^\n.,;]{2,40}(?:\n|\Z)")
_LONGEST = 1500


class _Spanned(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@dataclass(slots=True)
class Word:
    """A word with the classes the lexicon gives it."""

    start: int
    end: int
    folded: str
    classes: frozenset[str]


@dataclass(slots=True)
class Sentence:
    """A run of the clean text, with everything that was found in it."""

    start: int
    end: int
    segment: Segment
    number: int
    text: str
    folded: str
    known: Sequence[str]
    """Its words that have signs …"""
    places: Sequence[int]
    """… and where they stand …"""
    around: str
    """… in this text …"""
    offset: int
    """… that begins here."""
    signs: int
    """The bits of all classes that words of the sentence belong to, and of patterns whose cues they hold."""
    bodies: Sequence[Body] = ()
    towns: Sequence[Town] = ()
    dates: Sequence[DateMention] = ()
    numbers: Sequence[Number] = ()
    _words: list[Word] | None = None

    @property
    def words(self) -> list[Word]:
        """The words that the lexicon knows, the others say nothing to any rule; most sentences are never asked."""
        if self._words is None:
            self._words = list(_known(zip(self.known, self.places, strict=True), self.around, self.offset))
            if self.signs & _ASPECTS:
                self._words = [self._told_as_done(word) for word in self._words]
        return self._words

    def _told_as_done(self, word: Word) -> Word:
        """The same word, with the class of what was done where it tells a step as done: "kiedy miasto wstępowało"."""
        done = [became for form, became in DONE_WHEN.items() if form in word.classes]
        if done and is_done_then(self.folded, word.start - self.start, word.end - self.start):
            return Word(word.start, word.end, word.folded, word.classes.union(done))
        return word

    @property
    def paragraph(self) -> tuple[int, int]:
        """Offsets of the paragraph it stands in, one of those its segment is made of."""
        return next((run for run in self.segment.runs if run[0] <= self.start < run[1]), self.segment.runs[0])

    @property
    def tells(self) -> bool:
        """Whether it has a word that the lexicon knows."""
        classes = self.signs & load_lexicon().signs
        return bool(self.words) if classes & _BOARD else bool(classes)

    def has(self, *classes: str, start: int = 0, end: int | None = None) -> bool:
        """Whether a word of one of these classes stands between two offsets of the text (default: anywhere)."""
        if not self.signs & signs_of_classes[classes]:
            return False
        return self.first(*classes, start=start, end=end) is not None

    def first(self, *classes: str, start: int = 0, end: int | None = None) -> Word | None:
        """The first such word."""
        if not self.signs & signs_of_classes[classes]:
            return None
        for word in self.words:
            if word.start >= start and (end is None or word.end <= end) and not word.classes.isdisjoint(classes):
                return word
        return None

    def all(self, *classes: str, start: int = 0, end: int | None = None) -> Sequence[Word]:
        """All such words."""
        if not self.signs & signs_of_classes[classes]:
            return ()
        return [
            word
            for word in self.words
            if word.start >= start and (end is None or word.end <= end) and not word.classes.isdisjoint(classes)
        ]

    def slice(self, start: int, end: int) -> str:
        """Folded text between two offsets of the whole text."""
        first, last = start - self.start, end - self.start
        if first < 0 or last < 0:  # what is below 0 would count from the end
            first, last = max(0, first), max(0, last)
        return self.folded[first:last]


_ANOTHER_BOARD = lazy(
    r"zarzad\w{0,3}\s+(?:miasta|miejski\w{0,3}|gmin\w{1,3}|powiatu|powiatow\w{1,3}|wojewodztw\w{1,2}|wojewodzk\w{1,3}|dzielnicy|osiedl\w{1,2}|drog|drogow\w{1,3}|mienia|zieleni|spolki|spoldzielni|budynk\w+|transportu|szkoln\w{1,3})(?!\w)"
)
"""The executive of a town itself, as "Zarząd Miasta" was till 2002, and boards of roads and companies."""
_BOARD = signs_of("board")
_ASPECTS = signs_of(*DONE_WHEN)
_REFUSE = signs_of("refuse")
_REFUSAL = frozenset({"refuse"})
_NOT = lazy(r"(?<!\w)nie\s+(?:zosta\w{1,4}\s+|byl\w?\s+)?$")
"""Before a refusal it makes none of it: "nikt się nie sprzeciwił"."""
_SIGNED = kind_of_words(lambda word: load_lexicon().forms()[word][1])
"""Words that belong to a class, or hold a cue of a pattern."""


def _known(run: Iterable[tuple[str, int]], around: str, offset: int) -> Iterator[Word]:
    """The words of a run that have classes, but the boards of others."""
    forms = load_lexicon().forms()
    for word, place in run:
        classes, signs = forms[word]
        if signs & _REFUSE and _NOT.search(around, max(0, place - 24), place):
            classes -= _REFUSAL
        if classes and not (signs & _BOARD and _ANOTHER_BOARD.match(around, place)):
            yield Word(offset + place, offset + place + len(word), word, classes)


def _joins_letters(folded: str, place: int) -> bool:
    """Whether a sentence that begins or ends at a place may do so within a word."""
    return not folded[place].isspace() and not folded[place - 1].isspace()


def _marks(folded: str) -> list[int]:
    """Where something stands in a text that an end of a sentence may begin with."""
    if not folded.isascii():
        return [mark.start() for mark in _MARK.finditer(folded)]
    found: list[int] = []
    for mark in _PLAIN_MARKS:
        place = folded.find(mark)
        while place >= 0:
            found.append(place)
            place = folded.find(mark, place + 1)
    found.sort()
    return found


def _cuts(text: CleanText, start: int, end: int, marks: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Offsets of the sentences of one segment, in which these marks stand."""
    begin = stop = start
    for mark in marks:
        match = _END.match(text.text, mark, end) if mark >= stop else None
        if match is None:
            continue
        stop = match.end()
        before = text.folded[begin : match.start() + 1]
        if match[0].startswith("."):
            year_ends = before[-2:-1] in _YEAR_LETTERS and _YEAR_END.search(before[-14:]) is not None
            dateline = year_ends and begin == start and _DATELINE.match(text.text, begin, match.start() + 1)
            entries = year_ends and _ENTRY.match(text.text, stop) and _ENTRY.match(text.text, begin)
            if year_ends and not (dateline or entries):
                titled = "\n" in match[0] and not _ADVERBIAL.match(text.text, begin)
                if (not _FINITE.search(before) and not titled) or (len(before) < 32 and len(before.split()) <= 6):
                    continue
                if _DATE_AFTER_COLON.search(before[-60:]) and len(before) > _CLAUSE:
                    continue
                quoted = _SET_AFTER_COLON.search(before[-90:])
                if quoted is not None and not _FINITE.search(quoted["rest"]):
                    continue
                if text.text[stop : stop + 1].isdigit() and _COUNTS_IN.search(before[-70:]):
                    continue
                if _SUBORDINATE.fullmatch(before):
                    continue  # "Kiedy Zarząd przyjmował 20 lutego 2015 r. Ostrołękę, …": the main clause is to come
                opened = _OPENED_BY_THAT.search(before[-_LONG_CLAUSE:])
                if opened is not None and not _FINITE.search(opened["rest"]):
                    continue  # "informuje, że na podstawie uchwały z dnia 27 września 2012 r. Gmina występuje"
                if _OPENS_CLAUSE.search(before[-60:]) or not _stands_alone(text, stop, end):
                    continue
            elif match[0].startswith(".)") and _DAY_IN_BRACKETS.search(before[-24:]):
                continue
            elif _may_be_short(before) and _ABBREVIATION.search(before[-12:]):
                if _YEAR_ALONE.search(before[-6:]) and _BEGINS_ANEW.match(text.text, stop):
                    yield from _bounded(text.text, begin, match.start() + len(match[0].rstrip()))
                    begin = stop
                    continue
                if _ORDINAL_NUMBER.search(before[-6:]) is None or len(before) <= 5:
                    continue
                numbered = text.text.startswith(_NUMBERED, stop) and not _OF_A_BALLOT.search(before[-60:])
                if numbered or not text.text[stop : stop + 1].isupper():
                    continue
        if match[0].startswith(";") and len(before) < 25:
            continue
        last = match.start() + len(match[0].rstrip())
        if begin < last <= begin + _LONGEST:
            yield begin, last
        else:
            yield from _bounded(text.text, begin, last)
        begin = stop
    if begin < end:
        yield from _bounded(text.text, begin, end)


_YEAR_LETTERS = frozenset("rm")
"""What the shortened year and month end with: "r.", "br.", "bm."."""


_ENTRY = lazy(r"[A-ZŁŚŻŹĆÓ][\w-]+(?:\s[A-ZŁŚŻŹĆÓ][\w-]+){0,2}\s?:\s")
"""How entries begin that stand on one line: "Śrem: członek od 1990 r. Sławno: członek od 1993 r."."""


def _may_be_short(before: str) -> bool:
    """Whether the word before a full stop may be an abbreviation or a number: only those of up to four letters are."""
    last = before[-6:-1]
    return len(last) < 5 or not last.isalpha()


def _stands_alone(text: CleanText, start: int, end: int) -> bool:
    """Whether what follows "2025 r." is a sentence: "przyjął 28 lutego 2025 r. Hajnówkę w poczet członków" goes on."""
    if _HEADING_LINE.match(text.text, start, end) and "\n" in text.text[max(0, start - 2) : start]:
        return True
    if _PREDICATE.match(text.text, start, end):
        return True
    stop = _END.search(text.text, start, min(end, start + 400))
    while stop and _YEAR_END.search(text.folded, max(start, stop.start() - 10), stop.start() + 1):
        stop = _END.search(text.text, stop.end(), min(end, start + 400))  # "W lipcu 2019 r. Zarząd przyjął …"
    last = stop.start() if stop else min(end, start + 400)
    # "… wystąpiły w 2011 r. Jastarnia i Hel": a name inside may look like a verb, one at the front begins a sentence
    return any(
        m.start() == start or not text.text[m.start()].isupper() for m in _FINITE.finditer(text.folded, start, last)
    )


def has_verb(folded: str, start: int, end: int) -> bool:
    """Whether a finite verb stands between two offsets, as in no title."""
    return _FINITE.search(folded, start, end) is not None


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """No sentence is longer than `_LONGEST`: what has no full stop for pages is no sentence, and rules would crawl."""
    while end - start > _LONGEST:
        cut = text.rfind(" ", start + _LONGEST // 2, start + _LONGEST)
        cut = cut if cut > 0 else start + _LONGEST
        yield start, cut
        start = cut
    if end > start:
        yield start, end


def _told_in_questions(text: CleanText, cuts: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """What "Czy wiecie, że …?" tells is a sentence without the question and its mark."""
    opened = False
    for start, end in cuts:
        asked = _DO_YOU_KNOW.match(text.folded, start, end)
        begin = asked.end() if asked else start
        last = end
        if (asked or opened) and text.text[last - 1 : last] == "?":
            last -= 1
        opened = asked is not None and begin >= end
        yield (begin, last) if begin < last else (start, end)


def sentences(
    text: CleanText,
    parts: Sequence[Segment],
    *,
    bodies: Sequence[Body],
    towns: Sequence[Town],
    dates: Sequence[DateMention],
    numbers: Sequence[Number],
) -> list[Sentence]:
    """All sentences of all segments, with what lies in each."""
    found: list[Sentence] = []
    folded = text.folded
    signs_of_word = load_lexicon().forms().signs.__getitem__
    words, places = marked_apart(folded, _SIGNED)
    not_given = signs_not_given()
    length = len(folded)
    asks = any(word.search(folded) for word in _ASKING)
    marks = _marks(folded)
    last = 0
    for part in parts:
        cuts = chain.from_iterable(
            _cuts(text, start, end, marks[bisect_left(marks, start) : bisect_left(marks, end)])
            for start, end in part.runs
        )
        for start, end in _told_in_questions(text, cuts) if asks else cuts:
            first = bisect_left(places, start, last)
            last = bisect_left(places, end, first)
            known, at, around, offset = words[first:last], places[first:last], folded, 0
            inner = folded[start:end]
            begun = start > 0 and folded[start - 1] != " " and _joins_letters(folded, start)
            if begun or (end < length and folded[end] != " " and _joins_letters(folded, end)):
                (known, at), around, offset = marked_apart(inner, _SIGNED), inner, start
            signs = reduce(or_, map(signs_of_word, known), not_given)
            surface, inner = text.text[start:end], SignedText(inner, signs)
            found.append(Sentence(start, end, part, len(found), surface, inner, known, at, around, offset, signs))
    begins = [sentence.start for sentence in found]
    _put(bodies, found, begins, "bodies")
    _put(towns, found, begins, "towns")
    _put(dates, found, begins, "dates")
    _put(numbers, found, begins, "numbers")
    return found


def _put(items: Iterable[_Spanned], found: Sequence[Sentence], begins: list[int], kind: str) -> None:
    """Give items to the sentences they lie in."""
    lying: dict[int, list[_Spanned]] = defaultdict(list)
    for item in items:
        place = bisect_right(begins, item.start) - 1
        if place >= 0 and item.end <= found[place].end:
            lying[place].append(item)
    for place, inside in lying.items():
        setattr(found[place], kind, inside)
