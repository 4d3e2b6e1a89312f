"""From facts to sentences: what a message says, in which order; `polish` and `english` hold the words and the grammar.

Whatever is the same in every language stands here: what is told and what is left out, which case of a sentence fits the
facts, where lists are cut. A language fills the slots, each of them a phrase or a sentence.
"""

from __future__ import annotations

from collections.abc import Sequence

from zmpwatch.alert.document import Line, bold, line
from zmpwatch.alert.news import CountNews, News, Place, Proof, Step, TownNews
from zmpwatch.alert.phrases import Phrases
from zmpwatch.model import Association, ChangeKind

__all__ = ["Wording"]

MINUS = "\N{MINUS SIGN}"

_NAMED_BELOW = 4


def _sentence(text: str) -> str:
    """End a sentence with one full stop, also after "r."."""
    return text if text.endswith((".", "…", "?", "!")) else text + "."


class Wording(Phrases):
    """One language, as messages use it. All strings that come in are clean; what goes out is escaped by `document`."""

    # -- the subject -------------------------------------------------------------------------------------------------

    def subject(self, news: News, association: Association) -> str:
        """The news in one line.

        Raises:
            ValueError: there is none.
        """
        if news.count:
            told = {p.teryt for p in (*news.count.joined, *news.count.left)}
            others = [t for t in news.towns if t.place.teryt not in told]
            tail = f"; {self._groups(others, association)}" if others else ""
            return f"{association.short}: {self._count_subject(news.count, association)}{tail}"
        if len(news.towns) == 1:
            return f"{association.short}: {self.town_subject(news.towns[0])}"
        if news.towns:
            return f"{association.short}: {self._groups(news.towns, association)}"
        raise ValueError("no news to tell")

    def _count_subject(self, count: CountNews, association: Association) -> str:
        if count.delta is None:
            return self.members(count.after, association)
        head = f"{count.before} → {count.after} ({'+' if count.delta > 0 else MINUS}{abs(count.delta)})"
        named = [self._some([p.name for p in count.joined], association)] if count.joined else []
        if count.left:
            left = self._some([self.name_after_without(p) for p in count.left], association, after_without=True)
            named.append(f"{self.without} {left}")
        unknown = max(count.gross_joined - len(count.joined), count.gross_left - len(count.left))
        in_check = count.joined_in_check + count.left_in_check
        if not named:
            return f"{head}, {self.names_in_check(unknown) if in_check else self.names_unknown(unknown)}"
        if unknown:
            named.append(self.more_in_check(unknown) if in_check >= unknown else self.more_unknown(unknown))
        return f"{head}: {'; '.join(named)}"

    def _some(self, words: Sequence[str], association: Association, *, after_without: bool = False) -> str:
        if len(words) < _NAMED_BELOW:
            return self.enumeration(words)
        others = self.others(len(words) - 2, association, after_without=after_without)
        return f"{words[0]}, {words[1]} {self.conjunction} {others}"

    def _groups(self, towns: Sequence[TownNews], association: Association) -> str:
        groups: dict[tuple[ChangeKind, bool], list[str]] = {}
        for town in towns:
            kind = town.latest.kind
            withdrawal = town.latest.withdrawal and kind not in {ChangeKind.ADMITTED, ChangeKind.LEFT}
            groups.setdefault((kind, withdrawal), []).append(town.place.name)
        return "; ".join(
            self.group(kind, self._some(words, association), len(words), withdrawal=withdrawal)
            for (kind, withdrawal), words in groups.items()
        )

    # -- the count ---------------------------------------------------------------------------------------------------

    def count(self, count: CountNews, association: Association) -> list[Line]:
        """The number, the one before, where and when it was read, by how many sources."""
        as_of = f" {self.as_of(count.after_as_of)}" if count.after_as_of else ""
        previous = self.no_earlier_number if count.before is None else self.previously(count.before, count.before_as_of)
        before, after = self.membership(association)
        rows = [line(before, bold(self.members(count.after, association)), after, f"{as_of}. {previous}")]
        if count.readings:
            rows.append(line(self._reading(count)))
        said = []
        if count.sites:
            sources = self.sources(count.sites)
            said.append(_sentence(f"{sources[:1].upper()}{sources[1:]}"))
        if count.after_as_of is None:
            said.append(self.new_number_undated)
        if said:
            rows.append(line(" ".join(said)))
        return rows

    def _reading(self, count: CountNews) -> str:
        first, *again = count.readings
        text = self.read_on(count.sites[0] if count.sites else None, self.moment(first))
        if again:
            moments, day = [], self.day_of(first)
            for reading in again:
                moments.append(self.clock(reading) if self.day_of(reading) == day else self.moment(reading))
                day = self.day_of(reading)
            text += f", {self.confirmed(len(again))} ({', '.join(moments)})"
        return _sentence(text)

    def balance(self, count: CountNews) -> list[Line]:
        """How the new number follows from the old one, and who is known by name."""
        if count.delta is None:
            return []
        if count.surplus:
            return [line(self.does_not_add_up(count, joining=count.delta > 0))]
        terms = [str(count.before)]
        terms += [f"+ {count.gross_joined}"] if count.gross_joined else []
        terms += [f"{MINUS} {count.gross_left}"] if count.gross_left else []
        rows = [f"{self.balance_is}: {' '.join(terms)} = {count.after}."]
        rows += self._known(len(count.joined), count.gross_joined, count.joined_in_check, joining=True)
        rows += self._known(len(count.left), count.gross_left, count.left_in_check, joining=False)
        return [line(" ".join(rows))]

    def _known(self, known: int, total: int, in_check: int, *, joining: bool) -> list[str]:
        if not total:
            return []
        if in_check:
            told = self._known(known, total, 0, joining=joining) if known else [self.none_told(total, joining=joining)]
            return [*told, self.names_being_checked(in_check)]
        if total == 1:
            return [self.the_one_known(joining=joining) if known else self.the_one_unknown(joining=joining)]
        if not known:
            return [self.none_known(total, joining=joining)]
        if known == total:
            return [self.all_known(total, joining=joining)]
        return [self.some_known(known, total, joining=joining)]

    def joined_elsewhere(self, places: Sequence[Place], *, others: bool, more: int) -> Line:
        """New members this message says nothing more of; `others` when it has told of some, `more` are left out."""
        return line(f"{self.members_are(joining=True, others=others)}: ", self._places(places, more))

    def left_elsewhere(self, places: Sequence[Place], *, others: bool, more: int) -> Line:
        """The same of former members."""
        return line(f"{self.members_are(joining=False, others=others)}: ", self._places(places, more))

    def more_towns(self, places: Sequence[Place], more: int) -> Line:
        """Municipalities whose block was left out, and how many are not even named."""
        return line(f"{self.also_in_short}: ", self._places(places, more))

    def _places(self, places: Sequence[Place], more: int) -> str:
        words = ", ".join(f"{p.name} ({p.voivodeship})" if p.voivodeship else p.name for p in places)
        return _sentence(f"{words} {self.conjunction} {self.more_places(more)}" if more else words)

    # -- a municipality ----------------------------------------------------------------------------------------------

    def town(self, town: TownNews, association: Association) -> list[Line]:
        """Where a municipality stands, the resolution, and what is not known."""
        where = f" ({town.place.voivodeship})" if town.place.voivodeship else ""
        rows = [line(bold(town.place.name), f"{where} – {self._status(town.latest, town.place, association)}")]
        earlier = [s for s in town.steps[:-1] if s.withdrawal != town.latest.withdrawal or _worth(s, town)]
        rows += [line(f"{self.earlier}: {self._status(s, town.place, association)}") for s in earlier]
        if resolution := self._resolution(town):
            rows.append(line(resolution))
        return rows

    def _status(self, step: Step, place: Place, association: Association) -> str:
        if step.kind is ChangeKind.PROPOSED:
            return self.proposed(step.date, association, withdrawal=step.withdrawal)
        if step.kind in {ChangeKind.RESOLVED, ChangeKind.REJECTED}:
            passed = step.kind is ChangeKind.RESOLVED
            return self.decided(step.date, association, passed=passed, withdrawal=step.withdrawal)
        if step.kind is ChangeKind.LEFT:
            return self.left(step.date, place, association)
        return self.listed(step.date) if step.stage == "member" else self.admitted(step.date, place)

    def _resolution(self, town: TownNews) -> str:
        found, latest = town.resolution, town.latest
        dated = found.date if found.date and latest.date != found.date else None
        votes = self.votes(found.votes) if found.votes else ""
        if latest.kind is ChangeKind.PROPOSED:
            return self.paper(found.number) if found.number else ""
        if found.number or dated:
            told = self.resolution(found.number, dated)
            return f"{told}; {self.voted(votes)}" if votes else told
        if votes:
            return self.voted(votes)
        if latest.kind is ChangeKind.RESOLVED:
            return self.number_of_resolution_unknown
        return self.no_resolution_known if latest.kind is ChangeKind.ADMITTED and latest.first_word else ""

    # -- evidence ----------------------------------------------------------------------------------------------------

    def evidence(self, proof: Proof, *, only: bool) -> str:
        """The sentence in quotation marks, where and when it was read, our copy; `only` when no other site says so."""
        opening, closing = self.quotation_marks
        quote = f"{opening}{'…' if proof.quote[:1].islower() else ''}{proof.quote}{closing}"
        where = f"{proof.site} ({self.only_source})" if only else proof.site
        copy = f"{self.copy} {proof.copy}" if proof.copy else self.no_copy
        return f"{quote} – {where}, {self.moment(proof.seen_at)}, {copy}"

    def sources(self, sites: Sequence[str]) -> str:
        """That one source says so, or which ones."""
        if len(sites) == 1:
            return self.one_source
        return f"{self.many_sources(len(sites))}: {self.enumeration(sites)}"


def _worth(step: Step, town: TownNews) -> bool:
    """A step that the resolution's own line does not tell already."""
    return step.kind in {ChangeKind.PROPOSED, ChangeKind.REJECTED} and step.kind is not town.latest.kind
