"""Who stands for a town in the association: a delegate at its assembly; and who is named among its members."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from zmpwatch.extract.binding.event import Event
from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.discourse.topic import Discourse
from zmpwatch.extract.membership.forerunners import COMES_AFTER, forerunners
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.towns.finding import Role
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.phrases import TOWNS_FOLLOW
from zmpwatch.extract.words.signs import signs_of
from zmpwatch.model import EventKind, Stage

__all__ = ["HAS_DELEGATION", "HAS_MANDATE", "IN_THE_NAME", "REPRESENTED_BY", "RepresentationReader"]

_MEMBERS_BEFORE = lazy(
    r"(?:miast|samorzad\w*|gmin)\s+(?:czlonkowsk|zrzeszon|nalez[ay])"
    r"|(?<!\w)(?:w|do)\s+(?:zwiazk\w+|zmp|nim|niego|niej|organizacji|stowarzyszen\w+)[^.;]{0,40}?(?<!\w)(?:jest|sa|nalezy|naleza|zasiada\w*)\s+[^.;]{0,40}?(?:miast|samorzad|gmin|czlonk)\w*"
    r"|(?<!\w)(?:zrzesza|skupia|jednoczy|gromadzi|reprezentuje|liczy|obejmuje|laczy|tworzy\s+ja|tworzy\s+go)\s+[^.;]{0,40}?(?:miast|samorzad|gmin|czlonk)\w*",
    *(
        "=gromadzi",
        "=jednoczy",
        "=jest",
        "=laczy",
        "=liczy",
        "=obejmuje",
        "=reprezentuje",
        "=sa",
        "=skupia",
        "=tworzy",
        "=zrzesza",
        "czlonkowsk",
        "nalez",
        "zasiada",
        "zrzeszon",
    ),
)
_ALL_OF_THEM = lazy(
    r"(?<!\w)(?:zrzesza|skupia|jednoczy|gromadzi|ma\s+(?:w\s+)?(?:swoich\s+|swoim\s+)?(?:szeregach|gronie|skladzie))\s*,?\s*$"
    r"|(?<!\w)ma\s+w\s+(?:swoich\s+|swoim\s+)?(?:szeregach|gronie)\s+(?:\w+\s+)?\d+\s+(?:miast|samorzad|gmin|czlonk)[^.;]{0,50}$",
    *("=zrzesza", "=skupia", "=jednoczy", "=gromadzi", "=szeregach", "=gronie", "=skladzie"),
)
"""What takes its members as objects: "skupia m.in. A i B", "ma w szeregach 306 miast, z regionu m.in. A"."""
_TURNS = lazy(r",?\s+(?:a|ale|i|oraz)\s+(?!ze?\s|wsrod\s|takze\s|w\s+tym(?!\s+(?:roku|miesi|tygod|czas|kwart)))\w")
"""Where another statement begins: "zrzesza 320 miast, a w tym roku szkoli m.in. A"."""
IN_THE_NAME = lazy(
    r"(?<!\w)glos\s+(?:nasz\w{2,3}\s+(?:miasta|gminy)|miasta|gminy|q{2,})\s+(?:oddaje|oddawal\w*|ma(?!\w)|zabiera)|glos\s+w\s+imieniu\s+q{2,}|w\s+imieniu\s+(?:(?:miasta|gminy|naszego|naszej)(?!\s+(?:\w+\s+){0,2}(?:rezygnacj|wypowiedzeni|wnios|deklaracj))|q{2,}\s(?:[^.;,]{0,70}?\s)?glosowa\w+)|(?<!\w)glosowa\w+\s+(?:[\w-]+\s+){0,4}w\s+imieniu\s+q{2,}",
    "imieniu",
    "=glos",
)
_NAMED_DELEGATE = lazy(
    r"(?<!\w)(?:wskaza|wyzna|wybra|powola|ustanow|upowazni)\w+\s+(?:[\w-]+\s+){0,5}?(?:jako|na)\s+(?:\w+\s+)?(?:delegat|przedstawiciel|reprezentant)\w*",
    "delegat",
    "przedstawiciel",
    "reprezentant",
)
_ONE_OF_THEM = lazy(
    r"\W*(?:ze?\s+(?:[\w-]+\s+){1,3}?)?(?:(?:jedn\w{1,2}|dwoma|trzema)\s+z\s+(?:nich|tych\s+(?:miast|gmin|samorzadow))\s+(?:jest|sa)|(?:sa|jest|naleza|nalezy)\s+(?:wsrod|do)\s+nich(?:\s+(?:tez|takze|rowniez|m\.\s?in\.))?|wsrod\s+nich\s+(?:jest|sa))(?!\w)\s?",
    *("=nich", "=tych"),
)
REPRESENTED_BY = lazy(
    r"(?<!\w)(?<!nie\s)(?:ma|mial[aoy]?)\s+(?:tam|w\s+(?:nim|niej|zwiazku(?:\s+miast\s+polskich)?|zmp))\s+(?:(?!nie\s)[\w-]+\s+){0,5}?(?:przedstawiciel|reprezentant)\w{0,3}\s?[:-]\s+(?:(?:miasto|gmina)\s+)?",
    *("przedstawiciel", "reprezentant"),
)
"""As in "Powiat miał w nim dotąd jednego przedstawiciela: A"."""
_AND_ONE = lazy(r",\s+(?:a|i|oraz)\s+(?=(?:jedn\w{1,2}|dwoma|trzema|wsrod)\s+(?:z\s+)?nich\s)", "=nich")
_HAS_SO_MANY = lazy(
    r"(?<!\w)ma\s+(?!(?:we?|na|pod|dla)\s+(?!swo|szereg|gron|sklad))(?:\w+\s+){0,2}\d{2,4}\s+(?:miast|samorzad|gmin|czlonk)",
    "=ma",
)
_SENT_INTO = lazy(r"(?:(?<!\w)we?|(?<!\w)delegat\w{0,4}\s+(?:[\w-]+\s+){0,3}do)\s+$")
_US = lazy(r"(?<!\w)reprezentuj\w+\s+nas(?!\w)|(?<!\w)nas\s+reprezentuj\w+", "reprezentuj")
_AS_WHOM = lazy(
    r"\"?(?:\s\(\w{2,5}\))?\s?[-:(]\s?(?:\w+\s+)?(?:burmistrz|prezydent|wojt|sekretarz|skarbnik|przewodnicz|radn|naczelnik|dyrektor|kierownik|pani?(?!\w))",
    flags=re.IGNORECASE,
)
"""Behind a body in a row of those that a town is represented in: "w Związku Miast Polskich – burmistrz, w …"."""
_ENVOYS = lazy(
    r"\W*(?<!\w)(?:delegaci|przedstawiciele)\s+(?:(?!we?\s)[\w-]+\s+){0,4}[\w-]+\s?:", "=delegaci", "=przedstawiciele"
)
"""How such a row is headed."""
_ENVOYS_IN_BODIES = lazy(
    r"\W*(?<!\w)(?:delegaci|przedstawiciele|reprezentanci|reprezentacja)\s+(?:[\w-]+\s+){1,4}?we?\s+(?:[\w-]+\s+){0,2}?(?:stowarzyszeniach|organizacjach|zwiazkach|gremiach)[^:;.]{0,40}:",
    *("=delegaci", "=przedstawiciele", "=reprezentanci", "reprezentacj"),
)
"""How a list of such bodies is headed."""
_ONLY_CALLED = lazy(
    r"(?<!\w)(?:spotka|rozmawia|odwiedz|goscil|gosci|konsultow|szkoli|pyta|zwiedz)\w*",
    *("spotka", "rozmawia", "odwiedz", "gosci", "konsultow", "szkoli", "pyta", "zwiedz"),
)
_GOES_TO = lazy(r"(?<!\w)do\s+$", "=do")
"""Before a place that delegates come to: "do Łodzi zjechało 342 delegatów"."""
_GONE = lazy(
    r"(?<!\w)po\s+(?:odejsci|wyjsci|wystapieni|rezygnacj|wykresleni|skresleni|wycofaniu)\w*\s+(?:sie\s+)?(?:miasta\s+|gminy\s+)?$",
    *("odejsci", "wyjsci", "wystapieni", "rezygnacj", "kresleni", "wycofani"),
)
"""Before who is no more: "po odejściu A powiat reprezentuje już tylko B"."""
_NEXT_IN_ROW = lazy(r",\s+(?:a\s+|zas\s+|natomiast\s+)?we?\s+\"?$")
_OUR_OWN = lazy(
    r"(?<!\w)nasz\w*\s+(?:miast|gmin|samorz)|(?<!\w)miasto\s+reprezent|gmin[ea]\s+reprezent|(?<!\w)mandat\s+(?:gminy|miasta)\s+(?!q)"
    r"|(?<!\w)reprezent\w+\s+(?:miasto|gmine)\s+(?=w\s|na\s)|(?<!\w)(?:delegat|przedstawiciel|reprezentant)\w{0,2}\s+(?:miasta|gminy)\s+(?=do\s|na\s|w\s|jest\s|zostal)"
)
"""As in "naszą gminę reprezentował", "mandat gminy wykonywał": of whose page it is."""
_GUESTS = lazy(r"(?<!\w)(?:gosci\w*|gosc|eksper\w+|uczestni\w+|widz\w+|zwiedzaj\w+)(?!\w)")
_OF_OTHERS = lazy(r"(?:delegat|reprezentant)(?:ow|om)|przedstawiciel(?:i|om)")
"""Delegates whom somebody greets, counts or addresses: "delegatów powitała prezydent Gniezna"."""
_ONE_AMONG_THEM = lazy(
    r"(?<!\w)(?:wsrod|posrod|sposrod|jedn\w{1,3}\s+z|(?:wybra|wskaza|wyzna|powola|desygnowa)\w+)\s+(?:[\w-]+\s+){0,3}?(?:delegatow|reprezentantow|przedstawicieli)(?!\w)"
    r"|(?<!\w)(?:delegatow|reprezentantow|przedstawicieli)(?!\w)[^.;]{0,40}?(?<!\w)(?:wsrod\s+(?:nich|ktorych)|w\s+tym)(?!\w)"
    r"|(?<!\w)(?:delegatow|reprezentantow|przedstawicieli)\s+(?:(?:gmin|miast)\w?\s+)?q{2,}",
    "delegatow",
    "przedstawicieli",
    "reprezentantow",
)
_NOBODY_SENT = lazy(
    r"(?<!\w)nie\s+(?:(?!tylko)\w+\s+)?(?:wysl|wysyl|deleg|wydeleg|oddeleg|reprezent|mial|ma(?!\w)|maja(?!\w)|mamy|wskaza|wyzna|wybra|glosowa)\w*",
    "=nie",
)
"""As in "gmina nie wysłała delegata"."""
HAS_DELEGATION = lazy(
    r"(?<!\w)(?<!\bnie\s)(?:ma|maja|mamy|mial[aoy]?|mielismy)\s+(?:[\w-]+\s+){0,3}?(?:delegacj|reprezentacj)[eai]\s+(?:[\w-]+\s+){0,2}?(?:we?|na)\s"
    r"|(?<!\w)(?:delegacj|reprezentacj)[eai]\s+(?:na|we?)\s[^.;,]{3,70}?(?<!\w)(?<!\bnie\s)(?:ma|maja|mamy|mial[aoy]?|mielismy)(?!\w)",
    "delegacj",
    "reprezentacj",
)
"""As in "Ryki miały swoją delegację na Zgromadzeniu Ogólnym"."""
HAS_MANDATE = lazy(
    r"(?<!\w)mandat\w{0,2}\s+(?:delegat(?:a|ki)\s+)?(?:(?P<own>(?:naszej\s+)?gminy|(?:naszego\s+)?miasta)(?:,?\s+q{2,},?)?|q{2,})\s+(?:na\s[^.;,]{3,60}?\s)?(?:wykon|spraw|piastow|dzierz|przypad|powierz|mial|ma(?!\w)|otrzym|trzym|nalez)\w*",
    "mandat",
)
"""As in "mandat gminy wykonywał sekretarz", "mandat Ryk przypadł burmistrzowi"."""
_HAS_ENVOY = lazy(
    r"(?<!\w)przedstawiciel\w*\s+(?:[\w-]+\s+){1,3}we?\s+\"?(?:zwiazku|zmp)(?!\w)"
    r"|(?<!\w)(?:ma|maja|mamy)\s+(?:\w+\s+){0,2}przedstawiciel\w+\s+we?\s"
    r"|(?<!\w)(?<!\bnie\s)(?:ma|maja|mamy)\s+we?\s[^.;,]{3,70}?\s(?:\w+\s+)?(?:delegat|przedstawiciel|reprezentant)\w*",
    *("przedstawiciel", "delegat", "reprezentant"),
)


@dataclass(slots=True)
class RepresentationReader:
    """Reads memberships that stand behind a delegate, or behind "w tym A i B" after a number of members."""

    NEEDS: ClassVar[int] = signs_of(
        "represent",
        _HAS_ENVOY,
        HAS_DELEGATION,
        HAS_MANDATE,
        _ENVOYS,
        IN_THE_NAME,
        _NAMED_DELEGATE,
        _MEMBERS_BEFORE,
        _ONE_OF_THEM,
        REPRESENTED_BY,
        _ALL_OF_THEM,
        COMES_AFTER,
    )
    discourse: Discourse

    def events(self, sentence: Sentence) -> Iterator[Event]:
        """Memberships that a delegate stands for, or a list after a number of members."""
        told = list(self._delegated(sentence))
        yield from told or list(self._among_members(sentence)) or self._one_of_them(sentence)
        yield from self._represented_by(sentence)
        yield from forerunners(sentence, self.discourse)

    def _delegated(self, sentence: Sentence) -> Iterator[Event]:
        """A delegate at the association's assembly: the town is a member."""
        folded = sentence.folded
        spoken = (
            sentence.has("represent")
            or _HAS_ENVOY.search(folded) is not None
            or HAS_DELEGATION.search(folded) is not None
            or HAS_MANDATE.search(folded) is not None
            or IN_THE_NAME.search(folded) is not None
            or _NAMED_DELEGATE.search(folded) is not None
        )
        envoys = _ENVOYS.match(folded) is not None
        if (
            not (spoken or envoys)
            or self._of_others(sentence)
            or sentence.has("plan", "refuse")
            or "?" in sentence.text
            or _NOBODY_SENT.search(folded) is not None
            or re.search(r"(?<!\w)(?:bedzie|beda)(?!\w)", folded)
        ):
            return
        assembly = re.search(r"zgromadzeni\w+|obrad\w+", folded) is not None
        recent = self.discourse.reading.up_to(sentence, 3)
        at_assembly = assembly or any(re.search(r"zgromadzeni\w+", s.folded) for s in recent)
        ours = self.discourse.topic(sentence, sentence.end) is BodyKind.OURS
        in_ours = any(
            b.kind is BodyKind.OURS
            and _SENT_INTO.search(self.discourse.reading.clean.folded, max(sentence.start, b.start - 60), b.start)
            for b in sentence.bodies
        )
        in_row = in_ours and any(
            b.kind is BodyKind.OURS and _AS_WHOM.match(self.discourse.reading.clean.folded, b.end)
            for b in sentence.bodies
        )
        in_row = in_row or (in_ours and spoken and self._begins_row(sentence))
        heads = _ENVOYS_IN_BODIES.match(folded)
        if heads is not None and self._first_in_list(sentence, heads.end()):
            before = [t for t in sentence.towns if t.end <= sentence.start + heads.end() and t.role != Role.BODY]
            for actor in self.discourse.actors(before[:1]) or self.discourse.home():
                yield Event.told(
                    actor, EventKind.ACCESSION, Stage.MEMBER, sentence, sentence.start, "sentence.represented", 0.65,
                    weak=True,
                )  # fmt: skip
            return
        if in_ours and not at_assembly and _ONLY_CALLED.search(folded):
            return
        alone = spoken and ours and not any(b.kind is BodyKind.OTHER for b in sentence.bodies)
        if in_row or (alone and (at_assembly or in_ours)):
            word = sentence.first("represent")
            towns = [
                t
                for t in sentence.towns
                if t.role in (Role.PLAIN, Role.OFFICIAL)
                and not self.discourse.rows.compared(t, sentence)
                and not _GOES_TO.search(sentence.slice(sentence.start, t.start))
                and not _GONE.search(sentence.slice(sentence.start, t.start))
            ]
            towns = towns or [t for t in sentence.towns if t.role == Role.COUNCIL][:1]
            own = _OUR_OWN.search(folded)
            listed = ":" in sentence.text[: max(0, towns[0].start - sentence.start)] if towns else False
            if word is not None and towns and _GUESTS.search(sentence.slice(word.end, max(word.end, towns[0].start))):
                return
            actors = (
                self.discourse.home()
                if own
                else self.discourse.we(sentence)
                if _US.search(folded)
                else self.discourse.actors(towns if listed else self.discourse.rows.tail(sentence, towns[:1]))
            )
            for actor in actors:
                yield Event.told(
                    actor,
                    EventKind.ACCESSION,
                    Stage.MEMBER,
                    sentence,
                    word.start if word else sentence.start,
                    "sentence.represented",
                    0.65,
                    weak=True,
                )

    @staticmethod
    def _first_in_list(sentence: Sentence, start: int) -> bool:
        """As in "Reprezentanci gminy w stowarzyszeniach: Związek Miast Polskich – burmistrz, …"."""
        start += sentence.start
        body = next((b for b in sentence.bodies if b.start >= start), None)
        if body is None or body.kind is not BodyKind.OURS or re.search(r"[a-z]", sentence.slice(start, body.start)):
            return False
        return _AS_WHOM.match(sentence.slice(body.end, sentence.end)) is not None

    @staticmethod
    def _begins_row(sentence: Sentence) -> bool:
        """As in "W Związku Miast Polskich reprezentuje nas burmistrz, w Związku Gmin – jego zastępca"."""
        first, *others = sentence.bodies
        return first.kind is BodyKind.OURS and all(
            _NEXT_IN_ROW.search(sentence.slice(sentence.start, b.start)) is not None for b in others
        )

    @staticmethod
    def _of_others(sentence: Sentence) -> bool:
        """Whether delegates are only spoken of as those of many towns, and none as that of one."""
        words = sentence.all("represent")
        if not words or any(_OF_OTHERS.fullmatch(word.folded) is None for word in words):
            return False
        others = (_ONE_AMONG_THEM, _HAS_ENVOY, HAS_DELEGATION, HAS_MANDATE, _NAMED_DELEGATE)
        return all(pattern.search(sentence.folded) is None for pattern in others)

    def _represented_by(self, sentence: Sentence) -> Iterator[Event]:
        """As in "Powiat miał w Związku dotąd jednego przedstawiciela: A"."""
        match = REPRESENTED_BY.search(sentence.folded)
        if match is None or "?" in sentence.text or any(b.kind is BodyKind.OTHER for b in sentence.bodies):
            return
        if self.discourse.topic(sentence, sentence.start + match.end()) is BodyKind.OURS:
            yield from self._members_from(sentence, sentence.start + match.end())

    def _one_of_them(self, sentence: Sentence) -> Iterator[Event]:
        """As in "Do Związku należy 350 miast; jednym z nich jest A"."""
        match = _ONE_OF_THEM.match(sentence.folded)
        before = self.discourse.reading.before(sentence)
        if match is None:  # "Związek ma 389 członków, a jednym z nich jest A"
            comma = _AND_ONE.search(sentence.folded)
            match = _ONE_OF_THEM.match(sentence.folded, comma.end()) if comma is not None else None
            before = [sentence]
        members = bool(before) and any(p.search(before[0].folded) for p in (_MEMBERS_BEFORE, _HAS_SO_MANY))
        if match is None or not members or "?" in sentence.text:
            return
        if any(b.kind is BodyKind.OTHER for b in (*before[0].bodies, *sentence.bodies)):
            return
        if self.discourse.topic(sentence, sentence.end) is not BodyKind.OURS:
            return
        yield from self._members_from(sentence, sentence.start + match.end())

    def _among_members(self, sentence: Sentence) -> Iterator[Event]:
        """As in "Związek zrzesza 352 miasta, wśród nich A i B"."""
        follow = TOWNS_FOLLOW.search(sentence.folded)
        if follow is None or not self._its_members(sentence, follow.start()):
            return
        planned = any(word.folded != "liczy" for word in sentence.all("plan", "refuse"))
        if planned or self.discourse.topic(sentence, sentence.end) is not BodyKind.OURS:
            return
        yield from self._members_from(sentence, sentence.start + follow.end())

    def _members_from(self, sentence: Sentence, start: int) -> Iterator[Event]:
        """The towns of a list of members that begins at an offset."""
        for actor in self.discourse.actors(self.discourse.rows.enumerated(sentence, start)):
            yield Event.told(
                actor, EventKind.ACCESSION, Stage.MEMBER, sentence, start, "sentence.among_members", 0.75
            )  # fmt: skip

    @staticmethod
    def _its_members(sentence: Sentence, end: int) -> bool:
        """Whether the members of a body are what a list that begins at an offset of the sentence is taken from."""
        lead = sentence.folded[:end]
        if _ALL_OF_THEM.search(lead):
            return True
        members = _MEMBERS_BEFORE.search(sentence.folded, 0, end)
        return members is not None and _TURNS.search(lead, members.end()) is None
