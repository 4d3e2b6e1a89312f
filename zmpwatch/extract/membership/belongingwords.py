"""Words that tell a membership: "należy", "jest w Związku", "wchodzi w skład", "znajduje się na liście członków"."""

from __future__ import annotations

from dataclasses import dataclass

from zmpwatch.extract.bodies.finding import Body, BodyKind
from zmpwatch.extract.dates.resolving import DateMention
from zmpwatch.extract.membership.company import A_GATHERING
from zmpwatch.extract.membership.memberwords import of_another
from zmpwatch.extract.structure.clause import clause_at
from zmpwatch.extract.structure.reading import Reading
from zmpwatch.extract.structure.sentences import Sentence, Word
from zmpwatch.extract.towns.finding import Role, Town
from zmpwatch.extract.words.lazy import lazy

__all__ = [
    "BY_BOARD",
    "OTHER_VERB",
    "PLANNED_ASIDE",
    "BelongingWords",
    "came_just_now",
    "is_one",
    "reported_of_its_year",
    "was_it",
    "was_one",
]

_ONLY_SPOKEN_OF = lazy(
    r"\s+(?:(?:dobrze|szeroko|bardzo|powszechnie|czesto|wysoko|od\s+lat|od\s+dawna|szczegolnie)\s+){0,2}(?:zarzad|wladz|komisj|(?:stawian|uznawan|uwazan|cenion|postrzegan|znan|szanowan|omawian|chwalon|widzian|traktowan|wymienian)\w+)"
)
"""What makes "jest w Związku …" no membership."""
_ON_ITS_LIST = lazy(
    r"(?<!\w)(?:na\s+liscie|w\s+gronie|w\s+wykazie|w\s+rejestrze|wsrod)\s+(?:(?:\w+\s+)?czlonk\w+|miast\s+(?:czlonk|zrzesz)\w+)\s+(?:w\s+)?\"?(?:zwiazku(?:\s+miast\s+polskich)?|zmp|organizacji|stowarzyszenia)\"?\s+$"
)
_RIGHT_BEHIND = lazy(
    r":?\s+(?:(?:od|do|w\s+latach)\s+(?:[a-z\d.-]+\s+){1,4})?(?:(?:juz|takze|tez|rowniez|tylko|jedynie|wylacznie|m\.\s?in\.|miedzy\s+innymi)\s+){0,2}(?:(?:(?:dwa|trzy|cztery|kolejne|inne|nowe|\d{1,2})\s+)?(?:miasta|miasto|gminy|gmina)(?:\s-|[:,])?\s+)?(?:zarowno\s+)?(?:[a-z-]{3,}(?:sk|ck)(?:i|a|ie)\s+)?"
)
_IN_WHICH = lazy(r"\"?,\s+w\s+ktor(?:ym|ej)\s+")
"""As in "Związek, w którym działa X"."""
_THAT_IS = lazy(r"\W*ktor[aeyi]\s+we?\s+\"?")
"""As in "z X, które w Związku jest": the town stands before."""
_IN_THAT_CIRCLE = lazy(
    r"\s+(?:(?:juz|tez|takze|rowniez|nadal|wciaz)\s+){0,2}w\s+tym\s+(?:gronie|towarzystwie)(?!\w)(?!\s+(?!od(?!\w)|juz|i(?!\w))\w)"
)
_CIRCLE_FIRST = lazy(
    r"(?<!\w)w\s+(?:(?:naszym|tym|jego|jej)\s+gronie|gronie\s+(?:miast|czlonkow|samorzadow)(?:\s+(?:czlonkowskich|zrzeszonych))?(?:\s+\"?(?:zwiazku(?:\s+miast\s+polskich)?|zmp)\"?)?)\s+(?:\([^()]{1,20}\)\s+)?(?:(?:juz|teraz|od\s+dzis)\s+)?$",
    "=gronie",
)
_CLOSE = 24
_AND_NO_MORE = lazy(r"\s*(?:[.,;)]|$|(?:i|a|oraz|od|juz)\s)")
OTHER_VERB = lazy(
    r"wchodz|znajduj|znajdowal|uczestnicz|dziala|trwa|jest|pozostaje",
    *("wchodz", "znajduj", "znajdowal", "uczestnicz", "dziala", "trwa", "jest", "pozostaje"),
)
"""What words begin with that may tell a membership without being of a class that does."""
_THERE = lazy(r"\s+(?:\w+\s+){0,2}tam(?!\w)")
_ALONE_THERE = lazy(r"\s+(?:juz\s+)?tam\s+(?:tylko|juz|takze|rowniez|jedynie)")
_OF_A_REGION = lazy(
    r"[\W\d]*(?:[\w-]+\s+)?(?:ze?|sposrod|wsrod|w|na|posrod)\s+(?:[\w-]+\s+){0,3}?(?:nasz\w+|sasied\w+|sasiad\w+|okoli\w+|region\w*|powia\w+|wojewodztw\w*|subregion\w*)"
    r"[^.;:]{0,50}"
)
"""As in "Z naszego regionu są tam A i B": those of the members who are neighbours."""
_TOWNS_THERE = lazy(
    r"\s+(?:(?:juz|tez|takze|rowniez|m\.\s?in\.|miedzy\s+innymi|od\s+(?:dawna|lat|niedawna)|obecnie)\s+){0,2}"
)
_THERE_SINCE = lazy(r"\s+(?:juz\s+)?tam\s+(?:juz\s+)?od\s")
_THERE_FOR_LONG = lazy(
    r"\s+(?:juz\s+)?tam\s+(?:juz\s+)?od\s+(?:(?:bardzo\s+)?dawna|lat|zawsze|(?:samego\s+)?poczatku|niedawna)(?!\w)"
)
_IN = lazy(r"(?<!\w)we?\s+\"?$")
_QUOTED = lazy(r"\"?\s+")
_ARE = lazy(r"sa|zosta\w+|pozosta\w+|jest|byl[aoy]?$")
_STILL = lazy(
    r"\s+(?:(?:juz|teraz|nadal|wciaz|takze|tez|rowniez|nieprzerwanie|tylko|jedynie|od\s+(?:dawna|lat|wielu\s+lat|zawsze|poczatku|niedawna))\s+){0,3}"
)
_FROM_TILL = lazy(
    r"[\s,:-]*(?:juz\s+)?(?:w\s+latach\s|od\s+[^,;]{3,34}\sdo\s|do\s+(?:konca\s+)?(?:roku\s+)?(?:19|20)\d\d(?!\d))"
)
"""As in "W ZMP byliśmy w latach 1991-2006": a time that has ended."""
_BY_NOW = lazy(r"\s+(?:juz\s+|teraz\s+)?")
_SINCE = lazy(r"\s+(?:juz\s+|nieprzerwanie\s+)?od\s")
_SO_LONG = lazy(r"\s+(?:juz\s+)?(?:\d{1,2}|\w+dziesci\w?|\w+dziesiat|\w+nascie|cwierc\s+wieku)\s+lat(?!\w)", "=lat")
_AMONG_ITS_TOWNS = lazy(
    r"\s+(?:od\s+[^,;]{2,24}?\s+)?(?:\w+\s+){0,2}w\s+(?:(?:(?:gronie|rodzinie|szeregach|wspolnocie|skladzie)\s+)?(?:(?:(?:ponad|blisko|prawie|niemal|okolo)\s+)?\d{2,3}\s+)?(?:miast|czlonkow|samorzadow)\s+(?:(?:zrzeszon|skupion|czlonkowsk|nalezac)\w+\s+(?:(?:w|do)\s+)?)?|\w+\s+)?\"?"
)
_ARE_UNITED = lazy(r"(?<!\w)(?:jest|sa|jestesmy|pozostaje|pozostaja)\s+(?:[\w-]+\s+){0,3}$")
_IS_A_TOWN = lazy(
    r"\s+(?:-\s+)?to\s+(?!nie(?!\w))(?:[\w-]+\s+){0,2}(?:miasta?|miasto|gmin[ay]|samorzad\w?|osrod(?:ek|ki)|kurorty?|uzdrowisk[ao]),?\s+$"
)
"""Right behind a town: "Kutno to miasto zrzeszone w Związku"."""
_NO_LONGER_OR_NOT = lazy(
    r"^[^,;.]{2,60}?\s(?:nie\s+(?:jest|sa|byl\w*)|do\s+(?:konca\s+)?(?:roku\s+|\d{1,2}\s+\w+\s+)?(?:19|20)\d\d)(?!\w)"
)
"""Behind it: "zrzeszone w Związku nie jest", "zrzeszony w Związku do 2011 roku"."""
_A_PAPER = lazy(
    r"\s+(?:\w+\s+)?(?:podjeci|projekt|uchwal|glosowani|wystapieni|przystapieni|wniosek|punkt|sprawa|temat|dyskusj)\w*"
)
_IT = lazy(r"\s+(?:nim|nia|nimi)(?!\w)")
_MAKE_UP = lazy(r"(?<!\w)sklad\w{0,2}(?!\w)")
_ON_A_LIST = lazy(
    r"\s+(?:sie\s+)?(?:[\w-]+\s+)?(?:na\s+liscie|w\s+gronie|w\s+wykazie|w\s+rejestrze|wsrod)\s+(?:\w+\s+)?(?:czlonk|miast\s+czlonk|miast\s+zrzesz|zrzesz)"
)
_TOWN_ITSELF = lazy(r"(?<!\w)(?:miasto|gmina|nasze|nasza|juz)(?!\w)")
PLANNED_ASIDE = lazy(
    r"\"?\s?(?:\(|-\s)(?:czlonkostwo\s+|przystapienie\s+|akces\s+)?(?:planowan|w\s+plan|w\s+trakcie|w\s+toku|od\s+(?:przyszl|nastepn)|kandyd|aplik|zlozon|starani|czeka|oczekuj|procedura|wkrotce|niebawem)"
)
"""Behind the association in a row of bodies: "Związek Miast Polskich (planowane członkostwo)"."""
BY_BOARD = lazy(
    r"(?<!\w)(?:(?:moca|na\s+mocy)\s+)?(?:decyzja|decyzji|uchwala|uchwaly|wola)\s+(?:\w+\s+)?zarzadu(?!\w)", "zarzadu"
)
"""As in "Decyzją Zarządu z 27 września w gronie członków są A i B": whom it took in."""
_LETTER = lazy(r"\w")
_SOME_TOWNS = lazy(r"(?<!\w)(?:miast|gmin|samorzad|osrod|sasia|sasie|kurort|uzdrowisk|czlonk|jednost|stolic|grod)\w*")
_LIST_OPENS = lazy(r"[\s:(-]*(?:(?:m\.\s?in\.|miedzy\s+innymi|np\.)\s+)?")
_HEAD = 300
_YEARLY_REPORT = lazy(
    r"(?<!\w)(?:raport\w*\s+o\s+stanie|(?:raport|sprawozdani)\w*\s+(?:roczn\w+|za\s|(?:\w+\s+){0,4}za\s+(?:rok|20\d\d)))"
)
_IN_THE_YEAR = lazy(
    r"(?<!\w)w\s+(?:(?P<year>20\d\d)\s+r|roku\s+sprawozdawczym|okresie\s+sprawozdawczym|(?:omawianym|analizowanym|badanym)\s+(?:roku|okresie))"
)
_IS_A = lazy(
    r"(?<!\w)to\s+jedn\w+\s+z\s+(?:\S+\s+){0,3}$|(?<!\w)to\s+(?:zreszta\s+|tez\s+|rowniez\s+|takze\s+)?(?:\w+\s+)?$|(?<!\w)(?:jest|jestesmy|sa|pozostaje|pozostaja|pozostajemy|jako|bedac\w*|(?:byl|pozostawal)[aoiy]?|bylismy|is|are|(?:has|have)\s+been|was|were)\s+(?:\S+\s+){0,5}$|(?<!\w)(?:mamy|ma|maja|mial[aoy]?|posiada\w*|zachow\w+)\s+(?:(?!\w+c\s)\w+\s+)?status\s+(?:\w+\s+)?$"
)
_ALSO_ONE = lazy(
    r"(?<!\w)(?<!\bnie\s)(?:jest|pozostaje)\s+(?:\w+\s+)?czlonk\w+\s[^.;]{3,90},\s+a\s+(?:od\s+[^,;.]{3,24}\s+)?(?:takze|rowniez|tez)\s+$",
    "czlonk",
)
"""As in "jest członkiem Euroregionu, a od 1991 roku także członkiem Związku"."""
_WAS_BEFORE = lazy(
    r"(?<!\w)(?:byl|pozostawal)[aoiy]?(?:smy)?\s+(?:(?!(?:ze|iz|jest|sa)\s)\S+\s+){0,5}$|(?<!\w)mial[aoy]?\s+(?:\S+\s+){0,2}status\s+(?:\w+\s+)?$"
)
_WAS_BEHIND = lazy(r"\s+(?:[\w-]+\s+){0,10}?(?:byl|pozostawal)[aoiy]?(?:smy)?(?!\w)")
_LEAD, _REST, _WITH_DAYS, _PAIR = 40, 90, 80, 2
"""How far before and behind a word others make it past; how much farther where days stand between."""


def is_one(sentence: Sentence, word: Word) -> bool:
    """Whether a word for a member is said of somebody by a verb before it: "jest od 1992 roku członkiem"."""
    also = _ALSO_ONE.search(sentence.slice(sentence.start, word.start)) if sentence.has("member_word") else None
    return also is not None or _IS_A.search(_around(sentence, word)[0]) is not None


def was_one(sentence: Sentence, word: Word) -> bool:
    """The same in the past, in either order: "była od 8 lutego 2001 r. do 31 grudnia 2012 r. członkiem"."""
    lead, rest = _around(sentence, word)
    return _WAS_BEFORE.search(lead) is not None or _WAS_BEHIND.match(rest) is not None


def _around(sentence: Sentence, word: Word) -> tuple[str, str]:
    """What stands before and behind a word; of an interval without its days, which part it from its verb."""
    if len(sentence.dates) < _PAIR:
        low, high = max(sentence.start, word.start - _LEAD), min(sentence.end, word.end + _REST)
        return sentence.slice(low, word.start), sentence.slice(word.end, high)
    low, high = max(sentence.start, word.start - _LEAD - _WITH_DAYS), min(sentence.end, word.end + _REST + _WITH_DAYS)
    return _without_days(sentence, low, word.start)[-_LEAD:], _without_days(sentence, word.end, high)[:_REST]


def _without_days(sentence: Sentence, start: int, end: int) -> str:
    """A run of a sentence with a single letter for each day in it."""
    text = sentence.slice(start, end)
    for day in reversed([d for d in sentence.dates if start <= d.start and d.end <= end]):
        text = text[: day.start - start] + "x" + text[day.end - start :]
    return text


def reported_of_its_year(reading: Reading, sentence: Sentence) -> bool:
    """As in "W 2021 roku gmina była członkiem …" in the report on that year."""
    year = _IN_THE_YEAR.search(sentence.folded)
    if year is None:
        return False
    head = reading.clean.folded[: min(_HEAD, sentence.start)]
    return _YEARLY_REPORT.search(head) is not None and (year["year"] is None or year["year"] in head)


def was_it(reading: Reading, sentence: Sentence, word: Word) -> bool:
    """As in "Było nim od 1999 r. do 2011 r.": "nim" is the member that the sentence before spoke of."""
    rest = sentence.slice(word.end, word.end + 12)
    if not sentence.number or not _IT.match(rest):
        return False
    before = reading.sentences[sentence.number - 1]
    return before.has("member_word") and any(b.kind is BodyKind.OURS for b in before.bodies)


_NEW_MEMBER = lazy(
    r"(?<!\w)(?:now|kolejn|najnowsz|najmlodsz|ostatni)\w{1,3}\s+(?:\w+\s+)?czlon(?:ek|k)\w*"
    r"|(?<!\w)(?:powita|przyja|zyska|przyby)\w+\s[^.;]{0,40}?(?<!\w)czlon(?:ek|ka|kiem)(?!\w)"
)


def came_just_now(reading: Reading, sentence: Sentence, word: Word) -> list[DateMention] | None:
    """The days of the sentence before, where that welcomes a member that only this one names: "Jest nim Pasłęk"."""
    if not was_it(reading, sentence, word):
        return None
    before = reading.sentences[sentence.number - 1]
    if before.towns or _NEW_MEMBER.search(before.folded) is None:
        return None
    return [d for d in before.dates if d.day is not None and d.iso is not None]


def _is_told_of(sentence: Sentence, word: Word, town: Town) -> bool:
    """Whether a town behind a word stands in its clause, or heads a list behind that: "są w nim inne miasta: A i B"."""
    if town.start < word.end:
        return False
    end = clause_at(sentence, word.start).end
    told = sentence.slice(word.end, end)
    if town.start >= end and _LETTER.search(told) and not _SOME_TOWNS.search(told):
        return False
    return _LIST_OPENS.fullmatch(sentence.slice(min(end, town.start), town.start)) is not None


_PEOPLE_OF_TOWNS = lazy(
    r"(?<!\w)(?:przedstawiciel|delega[ct]|reprezentan[ct]|burmistrz|prezydent|wlodarz|samorzadowc|sekretarz|skarbni|gosc)\w*\s+"
    r"(?:(?:(?:ze?|\w+)\s+){0,2}(?:miast|gmin|samorzadow|osrodkow)\s+)?(?:\w+\s+)?$",
    *("przedstawiciel", "delega", "reprezentan", "burmistrz", "prezydent", "wlodarz", "samorzadowc", "sekretarz"),
    *("skarbni", "gosc"),
)
_LIST_BEHIND = lazy(
    r":\s|\s-\s|(?<!\w)(?:m\.\s?in\.|miedzy\s+innymi|w\s+tym(?!\s+(?:rok|miesi|tygod))|jak|takich)(?!\w)"
)


@dataclass(slots=True)
class BelongingWords:
    """Tells which words of a sentence say that somebody belongs to something."""

    reading: Reading

    def belongs(self, sentence: Sentence, word: Word) -> bool:
        """As in "należy", "wchodzi w skład", "znajduje się na liście członków", "jest zrzeszone"."""
        return (
            ("belong" in word.classes and not (self._of_guests(sentence, word) or self._of_a_paper(sentence, word)))
            or (word.folded.startswith("wchodz") and self._makes_up(sentence))
            or (word.folded.startswith(("znajduj", "znajdowal")) and self._on_the_list(sentence, word))
            or ("united" in word.classes and self._is_united(sentence, word))
        )

    @staticmethod
    def _of_a_paper(sentence: Sentence, word: Word) -> bool:
        """As in "jako punkt dziewiąty widnieje podjęcie uchwały": what stands on an agenda is no member."""
        if not word.folded.startswith(("widni", "figur")):
            return False
        return _A_PAPER.match(sentence.slice(word.end, sentence.end)) is not None

    @staticmethod
    def _of_guests(sentence: Sentence, word: Word) -> bool:
        """As in "X gościł delegatów miast tworzących ZMP": whose people came there, not that X is one."""
        if not word.folded.endswith("acych") or _LIST_BEHIND.search(sentence.slice(word.end, sentence.end)):
            return False
        return _PEOPLE_OF_TOWNS.search(sentence.slice(max(sentence.start, word.start - 90), word.start)) is not None

    def is_within(self, sentence: Sentence, word: Word) -> bool:
        """As in "jest w Związku", "była nim", "działa w Związku od 1998 r.", "jest w tym gronie"."""
        if "is" in word.classes and self._in_the_circle(sentence, word):
            return True
        if "is" in word.classes and (self._is_in(sentence, word) or was_it(self.reading, sentence, word)):
            return True
        return self._takes_part(sentence, word)

    @staticmethod
    def _in_the_circle(sentence: Sentence, word: Word) -> bool:
        """As in "jest w tym gronie od 2003 r.", "w naszym gronie (już 348) jest X"."""
        if _IN_THAT_CIRCLE.match(sentence.slice(word.end, word.end + 40)):
            return True
        if _CIRCLE_FIRST.search(sentence.slice(max(sentence.start, word.start - 60), word.start)) is None:
            return False
        return any(t.nominative and t.role == Role.PLAIN and 0 < t.start - word.end < _CLOSE for t in sentence.towns)

    @staticmethod
    def _makes_up(sentence: Sentence) -> bool:
        """As in "w skład Związku wchodzi", "wchodzi w skład Związku", not "w skład delegacji Związku"."""
        places = [m.end() for m in _MAKE_UP.finditer(sentence.folded)]
        return bool(places) and not any(of_another(sentence, sentence.start + end) for end in places)

    @staticmethod
    def _on_the_list(sentence: Sentence, word: Word) -> bool:
        """As in "znajduje się na liście członków ZMP", "w gronie członków ZMP znajdują się A i B"."""
        rest = sentence.slice(word.end, word.end + 70)
        if _ON_ITS_LIST.search(sentence.slice(max(sentence.start, word.start - 90), word.start)):
            return any(t.nominative and t.role == Role.PLAIN and t.start > word.end for t in sentence.towns)
        return _ON_A_LIST.match(rest) is not None

    @staticmethod
    def _is_united(sentence: Sentence, word: Word) -> bool:
        """As in "jest zrzeszone w ZMP"; "miasta zrzeszone w ZMP" only says which ones are meant."""
        lead = sentence.slice(max(sentence.start, word.start - 40), word.start)
        if _ARE_UNITED.search(lead) is not None:
            return True
        if _NO_LONGER_OR_NOT.search(sentence.slice(word.end, sentence.end)):
            return False
        told = _IS_A_TOWN.search(lead)
        at = word.start - len(lead) + told.start() if told is not None else None
        return any(t.end == at and t.nominative and t.role == Role.PLAIN for t in sentence.towns)

    def _is_in(self, sentence: Sentence, word: Word) -> bool:
        """As in "jest w ZMP", "są w Związku", "była tam tylko X"."""
        folded = self.reading.clean.folded
        rest = folded[word.end : min(sentence.end, word.end + 40)]
        if _THERE.match(rest):
            return (
                _ALONE_THERE.match(rest) is not None
                or self._there_since(sentence, word)
                or self._neighbours_there(sentence, word)
                or self._there_for_long(sentence, word)
            )
        for body in sentence.bodies:
            if body.end <= word.start and _IN_WHICH.fullmatch(folded, body.end, word.start):
                stop = next((b.start for b in sentence.bodies if b.start > word.end), sentence.end)
                return body.kind is not BodyKind.OTHER and any(
                    t.nominative and t.role == Role.PLAIN and word.end < t.start < stop for t in sentence.towns
                )
            if body.end <= word.start and self._is_in_before(sentence, word, body, rest):
                return True
            if body.start >= word.end and _AMONG_ITS_TOWNS.fullmatch(folded[word.end : body.start]):
                return not _ONLY_SPOKEN_OF.match(folded, body.end)
        return False

    def _is_in_before(self, sentence: Sentence, word: Word, body: Body, rest: str) -> bool:
        """As in "w Związku działają już A i B", "z X, które w Związku jest", "w ZMP jest od 1991 r."."""
        folded = self.reading.clean.folded
        if not _IN.search(folded[max(sentence.start, body.start - 5) : body.start]):
            return False
        between = folded[body.end : word.start]
        named = [t for t in sentence.towns if t.nominative and t.role == Role.PLAIN]
        if (
            word.folded.startswith("dziala")
            and _QUOTED.fullmatch(between)
            and any(_RIGHT_BEHIND.fullmatch(folded, word.end, t.start) for t in named)
        ):
            return True
        if (
            _ARE.match(word.folded)
            and _STILL.fullmatch(between)
            and not _ONLY_SPOKEN_OF.match(folded, body.end)
            and (
                any(_is_told_of(sentence, word, t) for t in named)
                or (
                    _THAT_IS.fullmatch(sentence.slice(clause_at(sentence, word.start).start, body.start))
                    and _AND_NO_MORE.match(rest)
                )
                or (word.folded.startswith(("zosta", "pozosta")) and len({t.name for t in named}) == 1)
            )
        ):
            return True
        if _BY_NOW.fullmatch(between) is None:
            return False
        been = word.folded.startswith("byl") and _FROM_TILL.match(rest) is not None
        return been or _SINCE.match(rest) is not None or _SO_LONG.match(rest) is not None

    def _there_since(self, sentence: Sentence, word: Word) -> bool:
        """As in "Jesteśmy tam od 1994 r.": a year, and no place is named that "tam" could mean."""
        rest = sentence.slice(word.end, word.end + 50)
        if _THERE_SINCE.match(rest) is None:
            return False
        if not any(d.explicit_year for d in sentence.dates if word.end <= d.start < word.end + 50):
            return False
        return self._there_is_ours(sentence) is not None

    def _there_for_long(self, sentence: Sentence, word: Word) -> bool:
        """As in "A i B są tam od dawna": with the towns right before, where no gathering was told of."""
        before = [t for t in sentence.towns if t.nominative and t.role == Role.PLAIN and t.end == word.start - 1]
        if not before or _THERE_FOR_LONG.match(sentence.slice(word.end, word.end + 50)) is None:
            return False
        said = self._there_is_ours(sentence)
        return said is not None and A_GATHERING.search(said.folded) is None

    def _neighbours_there(self, sentence: Sentence, word: Word) -> bool:
        """As in "Z naszego regionu są tam A i B": with the towns right behind, where no gathering was told of."""
        there = _THERE.match(sentence.folded, word.end - sentence.start)
        if there is None or not _OF_A_REGION.fullmatch(sentence.slice(sentence.start, word.start)):
            return False
        behind = _TOWNS_THERE.match(sentence.folded, there.end())
        if behind is None or not any(t.nominative and t.start == sentence.start + behind.end() for t in sentence.towns):
            return False
        said = self._there_is_ours(sentence)
        return said is not None and A_GATHERING.search(said.folded) is None

    def _there_is_ours(self, sentence: Sentence) -> Sentence | None:
        """The sentence that names the association, where no place has been named since that "tam" could mean."""
        for said in reversed(self.reading.up_to(sentence, 4)):
            ours = max((b.end for b in said.bodies if b.kind is BodyKind.OURS and b.head != "pronoun"), default=None)
            if any(t.role == Role.PLACE and t.start > (ours or 0) for t in said.towns):
                return None
            if ours is not None:
                return said
        return None

    @staticmethod
    def _takes_part(sentence: Sentence, word: Word) -> bool:
        """As in "w ZMP X uczestniczy od 1991 r.", "w ZMP miasto działa od 1998 r.": since when, and in nothing else."""
        if not word.folded.startswith(("uczestnicz", "dziala", "trwa", "jest", "pozostaje")):
            return False
        rest = sentence.slice(word.end, word.end + 40)
        if not (_SINCE.match(rest) or _SO_LONG.match(rest)):
            return False
        for body in sentence.bodies:
            if body.kind is not BodyKind.OURS or body.end > word.start:
                continue
            inside = _IN.search(sentence.slice(max(sentence.start, body.start - 5), body.start))
            between = [t for t in sentence.towns if body.end <= t.start and t.end <= word.start]
            gap = sentence.slice(body.end, word.start)
            for town in sorted(between, key=lambda t: t.start - t.end):  # no name within a longer one
                gap = gap.replace(sentence.slice(town.start, town.end), "")
            if inside and not _LETTER.search(_TOWN_ITSELF.sub("", gap)):
                return True
        return False
