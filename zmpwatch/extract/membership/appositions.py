"""Memberships told by a noun: "członkostwo X", "X, członek Związku", "30 lat X w Związku"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from zmpwatch.extract.binding.event import Event
from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.bodies.partsof import of_its_part
from zmpwatch.extract.discourse.topic import Discourse
from zmpwatch.extract.membership import company
from zmpwatch.extract.membership.fragments import LONGEST, longest_of_them, without_a_verb
from zmpwatch.extract.membership.inlists import listed_within
from zmpwatch.extract.structure.clause import clause_at
from zmpwatch.extract.structure.sentences import Sentence, Word
from zmpwatch.extract.towns.finding import Role, Town
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.signs import signs_of
from zmpwatch.model import EventKind, Stage

__all__ = ["AppositionReader"]

_ENDED = lazy(r"(?<!\w)(?:wypowiedzeni|rezygnacj|ustani|wygasnieci|utrat|zrzeczeni|zakonczeni)\w*\s+(?:z\s+)?$")
_DEALT_WITH = lazy(
    r"(?<!\w)(?:uchwal|glosowani|projekt|dyskusj|debat|spraw|kwesti|temat|decyzj|spor|rozmow)\w*\s+(?:\w+\s+)?(?:o|w\s+sprawie|nad|na\s+temat|wokol|dotycz\w+)\s+$"
    r"|(?<!\w)(?:spraw|kwesti|temat|perspektyw|mozliwosc|koncepcj|pomysl)\w*\s+$"
)
"""Before "członkostwa": what is decided or argued about, not what is."""
_AS_ONE = lazy(
    r"(?<!\w)jako\s+(?:miasto|gmina|samorzad|jedn[aeo]\s+ze?\s+(?:(?:ponad|blisko|okolo|prawie|niemal|przeszlo)\s+)?(?:\d{2,4}\s+)?(?:miast|gmin|samorzadow))\s+(?:zrzeszon|nalezac|czlonkowsk)\w+\s+(?:(?:w|do)\s+)?\"?$"
    r"|(?<!\w)dzieki\s+(?:swo(?:jemu|jej)\s+)?(?:czlonkostwu\s+w|przynaleznosci\s+do|obecnosci\s+w)\s+\"?$"
)
_UNITED_FIRST = lazy(r"(?:^|[.;:]\s)\W*(?:zrzeszon|skupion|stowarzyszon|reprezentowan)\w{1,3}\s+w\s+\"?$")
"""As in "Zrzeszony w Związku od 1993 roku A zyskał …"."""
_SINCE_BETWEEN = lazy(r"\"?\s+(?:juz\s+|nieprzerwanie\s+)?od\s+(?![^,;]{3,24}\sdo\s)[^,;]{3,24}\s")
_PROUD = lazy(
    r"(?<!\w)(?:ciesz\w+\s+sie|chwal\w+\s+sie|szczyc\w+\s+sie|moz\w+\s+(?:sie\s+)?(?:juz\s+)?pochwalic(?:\s+sie)?)\s+(?:\w+\s+)?czlonkostwem\s+w\s+\"?|(?<!\w)dzieki\s+czlonkostwu\s+w\s+\"?",
    "czlonkostw",
)
_YEARS_IN_IT = lazy(
    r"(?:^|(?<!\w))(?:\d{1,2}|\w+dziesci\w?|\w+dziesiat|cwierc\s+wieku)\s+lat\s+(?:[\w-]+\s+){1,3}w\s+\"?", "=lat"
)
_YEARS_HERE = lazy(
    r"(?<!\w)(?:swietuj\w+|obchodz\w+|ma\s+za\s+soba|maja\s+za\s+soba|to\s+juz|mija|minelo)\W{1,3}(?:juz\s+)?(?:\d{1,2}|\w+dziesci\w?|cwierc\s+wieku)\s+lat\s+w\s+\"?",
    "=lat",
)
_SHARE = lazy(
    r"\"?(?:\s\(\w{2,5}\))?(?:\s-|:|,)\s(?:udzial|czlonkostwo|przynaleznosc|uczestnictwo)\s+(?:(?:miasta|gminy)\s+)?"
)
_SHARE_OPENS = lazy(r"(?:[^\w]|\d|[a-z][.)])*(?:[^:]{3,60}:\s+)?\"?")
_ENTRY_ENDS = lazy(r"\s*(?:r\.|roku|r)?\s*(?:[,;(\n]|\.?\s*$)")
"""Behind the day of such an entry; "udział miasta A od 2021 r. w programie" goes on to say what in."""
_SINCE_RIGHT_BEHIND = lazy(r"\s+(?:juz\s+|nieprzerwanie\s+)?(?:od\s+)?(?:dnia\s+|roku\s+)?")
_YEARS_LONG = 22
_DATES_BACK = lazy(r"(?<!\w)(?:datuje\s+sie|trwa|siega)(?!\w)")
"""What a presence in the association does that is a membership: "obecność X w Związku datuje się od 1992 roku"."""
_HELPS = lazy(
    r"[^,;:]{0,60}?(?<!\w)(?<!\bnie\s)(?:(?:ulatwi|umozliwi|pozwoli)(?:l[ao]|a|aj?a)?|pomog(?:l[ao])|pomaga(?:l[ao])?|da(?:je|l[ao])"
    r"|przyno?si(?:l[ao])?|przyniosl[ao]|otworzyl[ao]|otwiera(?:l[ao])?|sluzy(?:l[ao])?)\s"
)
"""What a membership does or did for somebody; not what it would do ("ułatwiłoby") or failed to."""
_OF_IT = lazy(r"\s+(?:w|do)\s+\"?")
_THE_TOWNS = lazy(r"\s+(?:miasta\s+|gminy\s+)?")
_SINCE_IN = lazy(r"\W*(?:juz\s+|nieprzerwanie\s+)?od\s[^,;:]{3,32}?\s+w\s+(?:gronie\s+(?:czlonkow\s+)?)?\"?")
_DASH = lazy(r"\"?(?:,\s+od\s[^:;]{3,90}?)?(?:\s-|:)\s(?:miasto\s+|gmina\s+)?")
_IS_THE_NTH = lazy(
    r"(?<=\s)\bto\s+(?:\d{2,3}\.|\w*(?:set|sta)\w*\s+(?:\w+\s+){0,2})\s*(?:czlonek|miasto|samorzad)\s+(?:w\s+)?\"?",
    "=to",
)
_OF_PRIDE = signs_of(_PROUD, _YEARS_HERE, _YEARS_IN_IT, _IS_THE_NTH)
_JUBILEE = lazy(
    r"(?<!\w)(?:obchodz\w+|swietuj\w+|swietowa\w+|celebruj\w+|mija|minelo|minie|jubileusz\w*|rocznic\w+)(?!\w)"
    r"[^.;]{0,60}?(?:-?leci\w+|rocznic\w+|jubileusz\w*|lat)\s+(?:\w+\s+)?$"
)
_BOTH_SINCE = lazy(
    r"(?:^|[.:,;(-]\s|\s)(?:oba|obie|obydwa|obydwie|wszystkie|te|dwa|trzy|cztery)\s+(?:miast|gmin|samorzad)\w\s+(?:(?:sa\s+(?:zrzeszon\w\s+)?|naleza\s+|pozostaja\s+)?(?:w|do)|sa\s+czlonkami)\s+\"?(?P<body>)",
    *(
        "=cztery",
        "=dwa",
        "=naleza",
        "=oba",
        "=obie",
        "=obydwa",
        "=obydwie",
        "=pozostaja",
        "=sa",
        "=te",
        "=trzy",
        "=wszystkie",
    ),
)
_VERBLESS = lazy(r"(?:\s?:|\s-)\s+w\s+\"?")
_PRESENT = lazy(r",\s+obecn")
"""Who is present in the association since a year is a member; who is present may be its guest."""
_SINCE_THEN = lazy(r"\"?\s+(?:juz\s+|nieprzerwanie\s+)?od\s")
_APPOSED = lazy(
    r"(?:\s?:|\s-)\s+w\s+\"?$"
    r"|(?:,|\s-)\s+(?:(?:aktywn|wieloletni|dlugoletni)\w*\s+)?(?:czlonek|czlonkini|czlonkowie)\s+(?:(?:zwyczajn|rzeczywist|pelnoprawn)\w{1,2}\s+)?\"?$"
    r"|,\s+(?:(?:a|an|also|long-standing|proud|active)\s+){0,3}member\s+(?:city\s+|town\s+)?of\s+(?:the\s+)?\"?$"
    r"|,\s+which\s+(?:is|are|has\s+been|have\s+been)\s+(?:(?:a|an|also|long-standing|proud|active)\s+){0,3}(?:members?|part)\s+of\s+(?:the\s+)?\"?$"
    r"|(?:,|\s-)\s+(?:miast\w*|miescie|gmin\w*|samorzad\w*)\s+(?:(?:zrzeszon|nalezac)\w+\s+(?:w|do)|czlonkowsk\w+)\s+$"
    r"|\s\((?:(?:juz\s+)?od\s+[^,;()]{2,30}?\s+)?w\s+\"?$|\s\((?:czlon(?:ek|kini)\s+)?\"?$"
    r"|,\s+(?:(?:zrzeszon|stowarzyszon|skupion)\w{1,3}|obecn[aey])\s+w\s+\"?$|(?:,|\s-)\s+(?:juz\s+)?od\s+[^,;()]{2,30}?\s+w\s+\"?$"
    r"|(?:,|\s-|\s+to|\s+jest|\s+sa)\s+(?:juz\s+|tylko\s+)?jedn\w{1,3}\s+ze?\s+(?:(?!partner|laureat|uczestni)[\w-]+\s+){0,3}?(?:miast|miasteczek|uzdrowisk|gmin|samorzadow|osrodkow|czlonkow|stolic)\s+(?:[a-z-]+[sc]kich\s+)?(?:(?:z|w)\s+(?!zwiazku|zmp|konkurs|projek|program|rank)\w+\s+)?(?:(?:zrzeszonych|skupionych|stowarzyszonych)\s+w|nalezacych\s+do|w)\s+\"?$"
    r"|(?:,|\s-)\s+jedn\w{1,3}\s+z(?:e)?\s+(?:(?:ponad|blisko|okolo|prawie|niemal|przeszlo)\s+)?\d{2,4}\s+(?:\w+\s+)?(?:miast|samorzadow|czlonkow|gmin)\s+(?:zrzeszonych\s+w|nalezacych\s+do|skupionych\s+w|czlonkowskich)?\s*\"?$"
)
_LAST_BEFORE = (
    *("w", "do", "of", "the", "(", "czlonek", "czlonkini", "czlonkowie", "miast", "samorzadow", "gmin"),
    *("zwyczajny", "rzeczywisty", "pelnoprawny"),
)
"""What a run of text that `_APPOSED` is found in ends with, if not with "członkowskich"; much faster to look for."""


@dataclass(slots=True)
class AppositionReader:
    """Reads memberships that no verb tells, in sentences with these signs or with a body in them."""

    NEEDS: ClassVar[int] = signs_of("member_noun", LONGEST) | company.NEEDS
    discourse: Discourse

    def events(self, sentence: Sentence) -> Iterator[Event]:
        """Memberships a sentence states in passing."""
        if sentence.has("member_noun"):
            yield from self._membership_of(sentence)
        if sentence.signs & company.NEEDS:
            for towns, anchor in company.members_beside(sentence, self.discourse):
                yield from self._told(sentence, towns, anchor)
        if LONGEST.match(sentence.folded):
            yield from longest_of_them(sentence, self.discourse)
        if sentence.bodies:
            yield from self._apposition(sentence)
            if sentence.signs & _OF_PRIDE:
                yield from self._proud(sentence)
            yield from without_a_verb(sentence, self.discourse)
            yield from self._both_since(sentence)
            yield from self._since_and_then(sentence)
            yield from self._its_share(sentence)
            yield from listed_within(sentence, self.discourse)

    def _membership_of(self, sentence: Sentence) -> Iterator[Event]:
        """As in "Członkostwo X w ZMP daje …": said of a member, unless the text is about joining."""
        folded = self.discourse.reading.clean.folded
        if sentence.has("plan", "decide", "refuse", "decide_later", "leave_past", "removed") or "?" in sentence.text:
            return
        for word in sentence.all("member_noun"):
            lasting = word.folded.startswith("obecnos") and _DATES_BACK.search(sentence.slice(word.end, sentence.end))
            if not (lasting or word.folded.startswith(("czlonkostw", "przynalezn", "membership"))):
                continue
            bodies = [b for b in sentence.bodies if word.end <= b.start <= word.end + 80]
            jubilee = _JUBILEE.search(sentence.slice(sentence.start, word.start)) is not None
            if jubilee and not bodies and self.discourse.reading.own_site:
                yield from self._jubilees(sentence, word)
                return
            if not bodies or bodies[0].kind is not BodyKind.OURS:
                continue
            lead = sentence.slice(sentence.start, word.start)
            if _ENDED.search(lead) or _DEALT_WITH.search(lead):
                continue
            named = [t for t in sentence.towns if word.end <= t.start < bodies[0].start]
            if lasting and not (
                named
                and _THE_TOWNS.fullmatch(sentence.slice(word.end, named[0].start))
                and _OF_IT.fullmatch(sentence.slice(named[-1].end, bodies[0].start))
            ):
                continue  # "obecność prezydenta A w Związku datuje się od 2018 roku"
            own = re.search(r"(?<!\w)nasz\w{1,3}\s+(?:miast|gmin)", folded[word.end : bodies[0].start])
            since = self.discourse.binder.dates.since(sentence, word.start)
            if jubilee and not named:
                clause = clause_at(sentence, word.start)
                named = [t for t in sentence.towns if t.role == Role.PLAIN and t.nominative and t.end <= word.start]
                named = [t for t in named if t.start >= clause.start]
                own = own or (
                    None if named else re.search(r"(?<!\w)(?:nasz\w*|swietujemy|obchodzimy)(?!\w)", sentence.folded)
                )
            if not named and _OF_IT.fullmatch(sentence.slice(word.end, bodies[0].start)):
                named = self._for_whom(sentence, word) or self._whom_it_helps(sentence, bodies[0].end)
            if not named and not own:
                continue
            if re.search(
                r"(?<!\w)(?:bedzie|beda|byl[ao]by|koszt\w*|zrezygn\w*|umozliwi|pozwoli|zapewni|da)(?!\w)",
                sentence.folded,
            ):
                continue
            for actor in self.discourse.actors(named) or self.discourse.home():
                yield Event.told(
                    actor,
                    EventKind.ACCESSION,
                    Stage.MEMBER,
                    sentence,
                    word.start,
                    "sentence.membership_of",
                    0.7,
                    date=since,
                    weak=True,
                )

    def _for_whom(self, sentence: Sentence, word: Word) -> list[Town]:
        """As in "Dla A i B przynależność do Związku jest oczywistością": the towns right before the noun."""
        led = [t for t in sentence.towns if sentence.slice(sentence.start, t.start).endswith("dla ")]
        row = [t for t in self.discourse.rows.tail(sentence, led[:1]) if t.end <= word.start] if led else []
        return row if row and not sentence.slice(row[-1].end, word.start).strip() else []

    def _whom_it_helps(self, sentence: Sentence, end: int) -> list[Town]:
        """As in "Członkostwo w Związku (od 2015 r.) ułatwiło A zdobycie środków": who has it since a day."""
        helps = _HELPS.match(sentence.folded, end - sentence.start)
        place = sentence.start + helps.end() if helps is not None else -1
        helped = [t for t in sentence.towns if t.start == place and t.role == Role.PLAIN]
        return self.discourse.rows.tail(sentence, helped) if self.discourse.binder.dates.since(sentence, end) else []

    def _jubilees(self, sentence: Sentence, word: Word) -> Iterator[Event]:
        """As in "Jubileusz 30-lecia członkostwa obchodzą A i B", on the association's own page."""
        towns = [t for t in sentence.towns if t.role == Role.PLAIN and t.nominative]
        yield from self._told(sentence, towns, word.start)

    def _apposition(self, sentence: Sentence) -> Iterator[Event]:
        """As in "X, miasto zrzeszone w ZMP", "burmistrzowie X i Y, miast członkowskich ZMP"."""
        folded = self.discourse.reading.clean.folded
        for body in sentence.bodies:
            if body.kind is not BodyKind.OURS:
                continue
            lead = folded[max(sentence.start, body.start - 80) : body.start]
            behind = next((t for t in sentence.towns if 0 <= t.start - body.end <= 3 and t.nominative), None)
            if behind is None and sentence.dates and _UNITED_FIRST.search(lead):
                behind = next((t for t in sentence.towns if t.start > body.end and t.nominative), None)
                since = sentence.slice(body.end, behind.start) if behind is not None else ""
                behind = behind if _SINCE_BETWEEN.fullmatch(since) else None
            if (
                behind is not None
                and (_AS_ONE.search(lead) or _UNITED_FIRST.search(lead))
                and not sentence.has("plan", "join_future")
            ):
                yield from self._told(sentence, [behind], body.start)
                continue
            last_word = lead.rstrip('"').rstrip()
            may_be = last_word.endswith(_LAST_BEFORE) or "czlonk" in lead
            match = _APPOSED.search(lead) if may_be else None
            if match is None or ("part of" in match[0] and of_its_part(sentence)):
                continue
            end = body.start - len(lead) + match.start()
            since_then = _SINCE_THEN.match(sentence.slice(body.end, body.end + 24)) is not None
            if not since_then and (_VERBLESS.fullmatch(match[0]) or _PRESENT.match(match[0])):
                continue
            last = [t for t in sentence.towns if t.end == end]
            if match[0].startswith(" ("):  # "A, B (w ZMP od 2010 r.)": of the town before the bracket alone
                if " od " not in match[0] and "(od" not in match[0] and not since_then:
                    continue
                yield from self._told(sentence, [t for t in last if t.role in (Role.PLAIN, Role.PLACE)], end)
                continue
            if _PRESENT.match(match[0]) and not any(t.nominative and t.role == Role.PLAIN for t in last):
                continue  # "prezydent A, obecny w Związku od 1992 roku"
            there = bool(last) and last[0].role == Role.PLACE  # "the Board met in X, a member of the Association"
            yield from self._told(sentence, last if there else self.discourse.rows.tail(sentence, last), end)

    def _both_since(self, sentence: Sentence) -> Iterator[Event]:
        """As in "Oba miasta w Związku od 1991 r.": those the sentence names, else those that were just spoken of."""
        match = _BOTH_SINCE.search(sentence.folded)
        if match is None or "?" in sentence.text or sentence.has("plan", "leave_past"):
            return
        place = sentence.start + match.start("body")
        body = next((b for b in sentence.bodies if b.kind is BodyKind.OURS and b.start == place), None)
        if body is None or _SINCE_THEN.match(sentence.slice(body.end, body.end + 16)) is None:
            return
        named = self.discourse.actors([t for t in sentence.towns if t.role == Role.PLAIN and t.nominative])
        actors = named if len(named) > 1 else list(self.discourse.focus)
        since = self.discourse.binder.dates.since(sentence, body.end)
        for actor in actors if len(actors) > 1 and since is not None else ():
            yield Event.told(
                actor, EventKind.ACCESSION, Stage.MEMBER, sentence, body.start, "sentence.apposition", 0.8, date=since
            )  # fmt: skip

    def _since_and_then(self, sentence: Sentence) -> Iterator[Event]:
        """As in "Od 2005 r. w Związku, od maja w Euroregionie – X korzysta z obu": the town behind the dash."""
        body = next((b for b in sentence.bodies if b.kind is BodyKind.OURS), None)
        if body is None or _SINCE_IN.fullmatch(sentence.slice(sentence.start, body.start)) is None:
            return
        between = _DASH.match(sentence.slice(body.end, sentence.end))
        if between is None:
            return
        place = body.end + between.end()
        town = next((t for t in sentence.towns if 0 <= t.start - place <= 2 and t.nominative), None)
        yield from self._told(sentence, [town] if town is not None else [], sentence.start)

    def _its_share(self, sentence: Sentence) -> Iterator[Event]:
        """As in a list of bodies "Związek … – udział miasta A od 1991 r."."""
        body = next((b for b in sentence.bodies if b.kind is BodyKind.OURS), None)
        town = next((t for t in sentence.towns if body is not None and t.start > body.end), None)
        if body is None or town is None or not _SHARE.fullmatch(sentence.slice(body.end, town.start)):
            return
        since = next((d for d in sentence.dates if d.start >= town.end), None)
        if since is None or not _SHARE_OPENS.fullmatch(sentence.slice(sentence.start, body.start)):
            return
        ends = _ENTRY_ENDS.match(sentence.slice(since.end, sentence.end)) is not None
        if ends and _SINCE_RIGHT_BEHIND.fullmatch(sentence.slice(town.end, since.start)):
            yield from self._told(sentence, [town], town.start)

    def _told(self, sentence: Sentence, towns: list[Town], anchor: int) -> Iterator[Event]:
        since = self.discourse.binder.dates.since(sentence, anchor)
        for actor in self.discourse.actors(towns):
            yield Event.told(
                actor, EventKind.ACCESSION, Stage.MEMBER, sentence, anchor, "sentence.apposition", 0.8, date=since
            )  # fmt: skip

    def _proud(self, sentence: Sentence) -> Iterator[Event]:
        """As in "X szczyci się członkostwem w ZMP", "30 lat X w ZMP", "X to 377. członek ZMP"."""
        for pattern in (_PROUD, _YEARS_HERE, _YEARS_IN_IT, _IS_THE_NTH):
            match = pattern.search(sentence.folded)
            if match is None or "?" in sentence.text:
                continue
            start, end = sentence.start + match.start(), sentence.start + match.end()
            body = next((b for b in sentence.bodies if 0 <= b.start - end <= 2), None)
            if body is None or body.kind is not BodyKind.OURS or sentence.has("plan", "join_future", "leave_past"):
                continue
            clause = clause_at(sentence, start)
            if pattern is _YEARS_HERE:
                towns = [t for t in sentence.towns if t.role == Role.PLAIN and t.nominative and t.end <= start]
                towns = towns if len({t.name for t in towns}) == 1 else []
            elif pattern is _YEARS_IN_IT:
                towns = [t for t in sentence.towns if start <= t.start < end and t.genitive]
                if towns and towns[0].start - start > _YEARS_LONG:
                    towns = []
            else:
                towns = [
                    t for t in sentence.towns
                    if t.role == Role.PLAIN and t.nominative and clause.start <= t.start and t.end <= start + 2
                ]  # fmt: skip
                towns = self.discourse.rows.tail(sentence, towns[-1:]) if pattern is _PROUD else towns[-1:]
            yield from self._told(sentence, towns, start)
            return
