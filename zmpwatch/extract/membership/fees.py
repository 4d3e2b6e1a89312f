"""Fees paid to the association: who pays one as a member is one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from zmpwatch.extract.binding.event import Actor, Event
from zmpwatch.extract.bodies.coordination import ours_in_list
from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.discourse.topic import Discourse
from zmpwatch.extract.structure.clause import clause_at
from zmpwatch.extract.structure.sentences import Sentence, Word
from zmpwatch.extract.towns.finding import Role, Town
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.signs import signs_of
from zmpwatch.model import EventKind, Stage

__all__ = ["FeeReader"]

_AMOUNT = lazy(r"(?<![\w/])\d[\d .,]{0,14}\d?\s?(?:tys\w*|mln|zl(?:ot\w+)?|pln|zlotych|euro|eur)(?!\w)")
_AMOUNT_NEXT = lazy(
    r"\s*[(:-]?\s*(?:(?:z\s+)?kwot\w+|na\s+kwote|po|w\s+wysokosci|ok\.?|okolo)?\s*\d[\d .,]{0,12}\s?(?:tys|zl|pln)"
    r"|\s*[(:-]?\s*\d[\d .]{0,9},\d\d(?!\d)"
)
_IN_FIGURES = lazy(r"(?<![\w/.,])\d{1,3}(?: ?\d{3})*,\d\d(?![\d/])(?=\s*(?:[;.|]|$))")
"""An amount without its currency, as accounts print it at the end of an entry: "16 002,70"."""
_OTHER_COST = lazy(
    r"(?<!\w)(?:oplat|szkole|konferencj|kongres|udzial|zakup|uslug|koszt|zwrot|delegacj|prenumerat|publikacj|wpisow)\w*"
)
"""Before the association's name: what is paid to it, or with it, besides a member's fee."""
_NOT_PAID = lazy(
    r"(?<!\w)(?:wynios\w{0,3}by|wynioslaby|wyniesie|bedzie|beda|musial\w*by|musialoby|zaplacilib\w*|zaplaci|zaplacimy|gdyby|jesli|jezeli|ewentualn\w*|(?:o)?szacowan\w*|wycenion\w*|wyliczon\w*|po\s+(?:wystapieniu|wyjsciu|odejsciu|rezygnacji|opuszczeniu)|planowan\w*|od\s+mieszkanca|na\s+mieszkanca|za\s+mieszkanca|po\s+(?:przystapieniu|wstapieniu|wejsciu|dolaczeniu)|nie\s+(?:placi\w*|oplac\w*|ponosi\w*|poniesi\w*|zaplac\w*))(?!\w)"
)
_USED_TO_PAY = lazy(
    r"(?<!\w)(?:placil|oplacal|uiszczal|wnosil)(?:a|o|y|i|ismy)?(?!\w)", "placil", "oplacal", "uiszczal", "wnosil"
)
_FROM_TO = lazy(r"(?<!\w)od\s+(?:roku\s+)?\d{4}\s+(?:r\.\s+|roku\s+)?do\s")
_CONTRAST = lazy(r",\s+(?:a\s+)?nie\s+(?:dla\s+|na\s+rzecz\s+)?$")
"""As in "płaci właśnie jemu, nie Związkowi"."""
_FOR_A_CAUSE = lazy(
    r"(?<!\w)na\s+(?:remont|budow|zakup|organizacj|pomoc|wsparci|sztandar|pomnik|fundusz|cele|kampani|konferencj|kongres|zbiork|ochron|zdrow|emeryt|ubezpiecz|oswiat|dzialalnosc\s+(?:komisj|zespol|grup)|siedzib)\w*"
)
"""What a fee is for, where it is not a member's."""
_COSTS = lazy(r"(?<!\w)kosztuje(?!\w)|(?<!\w)kosztowal[oa](?!\w)", "kosztuje", "kosztowal")
_COST_OF = lazy(r"(?<!\w)koszt(?:y|em|ow|u)?\s+(?:roczn\w+\s+)?$")
"""As in "Koszt członkostwa A w Związku to 8 tys. zł"."""
_BUDGET = lazy(r"budzet|platnosci|przelew\w*|sprawozdani|wydatk|rozdz\w*|dzial\s+\d|wykonani|zestawieni")
_SEAT = lazy(r"\"?(?:\s?\(\w{2,5}\))?\s?[,-]\s?(?:z\s+siedziba\s+we?\s+|ul\.[^,;|]{3,40},\s?)?(?:\d\d-\d{3}\s)?")
"""What stands between the association and the town of its seat."""
_AMONG_COSTS = lazy(
    r"(?<!\w)(?:w|wsrod)\s+(?:\w+\s+){0,2}?(?:wydatk|budze|koszt|zestawieni|wykaz)\w*(?!\w)[^.;]{0,90}?(?<!\w)(?:jest|sa|figuruj\w+|znajduj\w+|znalaz\w+|widnieje|zapisan\w+|ujet\w+|przewidzian\w+|mamy)(?!\w)",
    *("wydatk", "budze", "koszt", "zestawieni", "wykaz"),
)
"""As in "Wśród wydatków urzędu jest składka": what it spends money on."""
_OF_THE_OFFICE = lazy(
    r"(?<!\w)(?:urzed\w{0,3}|magistra\w{1,3}|ratusz\w{0,2})\s+(?:(?:miejsk|gminn|miast|gmin)\w*\s+(?:i\s+gminy\s+)?)?we?\s+$"
)
"""Before the town of whose office a list of costs is."""
_HEAD = 400
_JUST_BEFORE = 2
_PAYS = r"(?:placi|oplaca|uiszcza|placimy|oplacamy|wplaca)"
_PAYS_IT = lazy(r"(?<!\w)(?:placi|placa|placimy|oplaca|przekazuje|wplaca)\s+(?:\w+\s+)?\"?$", "plac", "przekazuje")
_PAYS_NOW = lazy(
    r"(?<!\w)(?<!\bnie\s)(?:przekazuje|placi|wplaca|odprowadza|oplaca|uiszcza)(?!\w)",
    *("przekazuje", "placi", "wplaca", "odprowadza", "oplaca", "uiszcza"),
)
_YEARLY = lazy(
    r"(?<!\w)(?:rocznie|co\s+roku|kazdego\s+roku|w\s+skali\s+roku|miesiecznie)(?!\w)", "roczn", "=roku", "miesieczn"
)
_PAYS_SINCE = lazy(
    rf"(?<!\w)od\s+(?:[\w-]+\.?\s+){{1,4}}?(?:\w+\s+)?{_PAYS}\s+(?:\w+\s+)?skladki(?!\w)|(?<!\w){_PAYS}\s+(?:\w+\s+)?skladki\s+(?:[\w-]+\s+){{0,4}}?od\s"
    rf"|(?<!\w)skladki\s+(?:\w+\s+)?{_PAYS}\s+(?:\w+\s+)?od\s",
    *("placi", "oplaca", "uiszcza", "wplaca"),
)
"""As in "miasto od 1992 roku płaci składki": of several years, so that the year is no rate's."""
_FOR_LONG = lazy(r"(?<!\w)(?:nieprzerwanie|nieustannie|regularnie|co\s+rok\w*|stale)\s+(?:juz\s+)?od\s")
"""Since when somebody pays as a member: "nieprzerwanie od 1993 roku"."""

_ASKS_HOW_MUCH = lazy(r"(?<!\w)(?:za|do)?pyta\w*,?\s+(?:o\s+to,\s+)?ile(?!\w)", "pyta")
"""As in "Czytelnik pyta, ile gmina płaci": perhaps nothing."""


@dataclass(slots=True)
class FeeReader:
    """Reads fees paid, told by a verb ("opłaciła składkę") or as an entry with an amount ("składka … – 4 117 zł")."""

    NEEDS: ClassVar[int] = signs_of(_PAYS_SINCE)
    discourse: Discourse

    def events(self, sentence: Sentence) -> Iterator[Event]:
        """The memberships that fees imply; each stands only while nothing firmer is known."""
        if not sentence.bodies:
            yield from self._paid_since(sentence)
            return
        if _USED_TO_PAY.search(sentence.folded) and _FROM_TO.search(sentence.folded):
            yield from self._until(sentence)
            return
        fee = sentence.first("fee") or self._listed(sentence) or self._paid_yearly(sentence) or self._costs(sentence)
        if fee is None or not self._to_ours(sentence, fee) or sentence.has("plan", "refuse"):
            return
        if _ASKS_HOW_MUCH.search(sentence.folded):
            return
        not_paid = _NOT_PAID.search(sentence.folded)
        if not_paid is not None and not (not_paid[0].endswith("mieszkanca") and self._hands_over(sentence)):
            return
        paid = sentence.has("paid") or _AMOUNT.search(sentence.folded) or self._is_entry(sentence)
        among_costs = not sentence.has("not") and _AMONG_COSTS.search(sentence.folded) is not None
        if not (paid or among_costs):
            return
        of_years = fee.folded == "skladki" and _AMOUNT.search(sentence.folded) is None
        long_since = of_years or _FOR_LONG.search(sentence.folded) or _PAYS_SINCE.search(sentence.folded)
        since = self.discourse.binder.dates.since(sentence, fee.start) if long_since else None
        for actor in self._payers(sentence, fee):
            member = Event.told(
                actor, EventKind.ACCESSION, Stage.MEMBER, sentence, fee.start, "sentence.fee", 0.65, weak=True
            )  # fmt: skip
            member.date = since
            yield member

    @staticmethod
    def _hands_over(sentence: Sentence) -> bool:
        """As in "tytułem składki gmina przekazuje Związkowi 40 groszy od mieszkańca": no rate, but what a town pays."""
        pays = _PAYS_NOW.search(sentence.folded) is not None
        return pays and any(t.is_actor and t.nominative and t.role == Role.PLAIN for t in sentence.towns)

    def _is_entry(self, sentence: Sentence) -> bool:
        """Whether a sentence is an entry of an account that ends with an amount."""
        account = _BUDGET.search(self.discourse.reading.clean.folded[:_HEAD]) is not None
        return account and _IN_FIGURES.search(sentence.folded) is not None

    def _paid_since(self, sentence: Sentence) -> Iterator[Event]:
        """As in "miasto od 1992 roku płaci składki", where the association was spoken of just before."""
        fee = sentence.first("fee") if _PAYS_SINCE.search(sentence.folded) else None
        since = self.discourse.binder.dates.since(sentence, fee.start) if fee is not None else None
        if fee is None or since is None or "?" in sentence.text:
            return
        if _AMOUNT.search(sentence.folded) or _NOT_PAID.search(sentence.folded):
            return
        before = self.discourse.reading.before(sentence, _JUST_BEFORE)
        named = [b.kind for s in before for b in s.bodies if b.kind is not BodyKind.GENERIC]
        if not named or named[-1] is not BodyKind.OURS or _FOR_A_CAUSE.search(sentence.folded):
            return
        who = next((w for w in sentence.all("town_noun", "home")), None)
        if who is None and not any(t.is_actor and t.nominative for t in sentence.towns):
            return
        actors = self._payers(sentence, fee)
        for actor in actors or self.discourse.subjects(sentence, fee, clause_at(sentence, fee.start)):
            member = Event.told(
                actor, EventKind.ACCESSION, Stage.MEMBER, sentence, fee.start, "sentence.fee", 0.65, weak=True
            )  # fmt: skip
            member.date = since
            yield member

    def _until(self, sentence: Sentence) -> Iterator[Event]:
        """As in "od 1993 do 2015 roku X płacił składki w Związku": a membership with an end."""
        fee = sentence.first("fee")
        if fee is None or not self._to_ours(sentence, fee) or "?" in sentence.text or sentence.has("not"):
            return
        end = self.discourse.binder.dates.interval_end(sentence, fee.start)
        for actor in self._payers(sentence, fee) if end is not None else ():
            yield Event.told(
                actor, EventKind.WITHDRAWAL, Stage.ADMITTED, sentence, fee.start, "sentence.interval", 0.7, date=end
            )  # fmt: skip

    @staticmethod
    def _paid_yearly(sentence: Sentence) -> Word | None:
        """As in "X płaci Związkowi 19 tys. zł rocznie": a fee that is not called one."""
        for body in sentence.bodies:
            if body.kind is not BodyKind.OURS or not _YEARLY.search(sentence.folded):
                continue
            if _PAYS_IT.search(sentence.slice(max(sentence.start, body.start - 20), body.start)):
                return Word(body.start, body.start, "placi", frozenset())
        return None

    def _listed(self, sentence: Sentence) -> Word | None:
        """As in "Ile kosztują nas składki? … następny jest Związek Miast Polskich z kwotą 6 934 zł"."""
        body = next((b for b in sentence.bodies if b.kind is BodyKind.OURS), None)
        if body is None or not _AMOUNT_NEXT.match(sentence.slice(body.end, body.end + 40)):
            return None
        if _OTHER_COST.search(sentence.slice(sentence.start, body.start)):
            return None
        before = self.discourse.reading.before(sentence, 4)
        if not any(s.has("fee") for s in before):
            return None
        return Word(body.start, body.start, "", frozenset())

    @staticmethod
    def _costs(sentence: Sentence) -> Word | None:
        """As in "Przynależność do Związku kosztuje X 3 tys. zł rocznie", "Członkostwo X w Związku kosztuje …"."""
        word = sentence.first("member_noun")
        if word is None or not (
            _COSTS.search(sentence.slice(word.end, sentence.end))
            or _COST_OF.search(sentence.slice(sentence.start, word.start))
        ):
            return None
        whose = [t for t in sentence.towns if t.role == Role.PLAIN and _whose_it_is(sentence, word, t)]
        return word if whose and not sentence.has("not") else None

    @staticmethod
    def _to_ours(sentence: Sentence, fee: Word) -> bool:
        """Whether the first body behind the fee, or one in the same list, is the association."""
        behind = [
            b for b in sentence.bodies if b.start >= fee.end and not _CONTRAST.search(sentence.slice(fee.end, b.start))
        ]
        if not behind:
            if any(b.start >= fee.end for b in sentence.bodies):
                return False
            return any(b.kind is BodyKind.OURS for b in sentence.bodies)
        if _FOR_A_CAUSE.search(sentence.slice(fee.end, behind[0].start)):
            return False
        return behind[0].kind is BodyKind.OURS or ours_in_list(sentence, behind[0]) is not None

    def _payers(self, sentence: Sentence, fee: Word) -> list[Actor]:
        folded = self.discourse.reading.clean.folded
        seats = [b.end for b in sentence.bodies if b.kind is BodyKind.OURS]
        towns = [
            t
            for t in sentence.towns
            if (t.is_actor or _OF_THE_OFFICE.search(folded, max(sentence.start, t.start - 40), t.start))
            and not any(_SEAT.fullmatch(folded, end, t.start) for end in seats if end <= t.start)
        ]
        if towns:
            row = [t for t in self.discourse.rows.tail(sentence, towns[:1]) if t in towns]
            return self.discourse.actors(row or towns[:1])
        reading = self.discourse.reading
        entry = _BUDGET.search(reading.clean.folded[:_HEAD]) is not None
        if sentence.has("town_noun", "home", "paid", "council") or entry or not fee.folded:
            return self.discourse.home()
        return []


def _whose_it_is(sentence: Sentence, membership: Word, town: Town) -> bool:
    """Whether a town has the membership that a word tells: it pays for it, or stands right behind in the genitive."""
    if town.genitive and sentence.slice(membership.end, town.start).isspace():
        return True
    return town.accusative and town.start >= membership.end
