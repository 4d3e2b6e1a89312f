"""English wording of messages."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from zmpwatch.alert.document import Line, bold, line
from zmpwatch.alert.news import CountNews, News, Place, Proof, Step, TownNews
from zmpwatch.alert.wording import Wording, of_towns
from zmpwatch.model import Association, ChangeKind

__all__ = ["English", "clock", "day_of"]

WARSAW = ZoneInfo("Europe/Warsaw")
MINUS = "\N{MINUS SIGN}"

_MONTHS = calendar.month_name
_TIMES = {1: "once", 2: "twice"}
_NAMED_BELOW = 4


def plural(n: int, one: str, many: str) -> str:
    """The form beside the numeral."""
    return one if abs(n) == 1 else many


def date(iso: str) -> str:
    """A date, cut as it is: "28 February 2025", "February 2025", "2025"."""
    year, month, day = ([int(p) for p in iso.split("-")] + [0, 0])[:3]
    words = [str(day)] if day else []
    words += [_MONTHS[month]] if month else []
    return " ".join([*words, str(year)])


def on(iso: str) -> str:
    """When: "on 28 February 2025", "in February 2025"."""
    return f"{'on' if len(iso) == 10 else 'in'} {date(iso)}"


def clock(moment: datetime) -> str:
    """The hour in Poland: "9:30"."""
    local = moment.astimezone(WARSAW)
    return f"{local.hour}:{local.minute:02}"


def day_of(moment: datetime) -> str:
    """The day in Poland: "3 March 2025"."""
    return date(moment.astimezone(WARSAW).date().isoformat())


def enumeration(words: Sequence[str]) -> str:
    """Join words: "A", "A and B", "A, B and C"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


class English(Wording):
    """Sentences in English. Names of places and quotes stay Polish."""

    language = "en"

    def members(self, n: int, association: Association) -> str:
        """The number with its noun: "381 towns"; "381 members" in an association not of towns."""
        return f"{n} {plural(n, 'town', 'towns') if of_towns(association) else plural(n, 'member', 'members')}"

    def subject(self, news: News, association: Association) -> str:
        """The news in one line."""
        if news.count:
            told = {p.teryt for p in (*news.count.joined, *news.count.left)}
            others = [t for t in news.towns if t.place.teryt not in told]
            tail = f"; {self._groups(others)}" if others else ""
            return f"{association.short}: {self._count_subject(news.count, association)}{tail}"
        if news.towns:
            return f"{association.short}: {self._groups(news.towns)}"
        raise ValueError("no news to tell")

    def _count_subject(self, count: CountNews, association: Association) -> str:
        if count.delta is None:
            return self.members(count.after, association)
        sign = "+" if count.delta > 0 else MINUS
        head = f"{count.before} → {count.after} ({sign}{abs(count.delta)})"
        named = [self._some([p.name for p in count.joined])] if count.joined else []
        if count.left:
            named.append("without " + self._some([p.name for p in count.left]))
        unknown = max(count.gross_joined - len(count.joined), count.gross_left - len(count.left))
        if not named:
            return f"{head}, {plural(unknown, 'name', 'names')} not yet known"
        if unknown:
            named.append(f"{unknown} not yet known")
        return f"{head}: {'; '.join(named)}"

    @staticmethod
    def _some(words: Sequence[str]) -> str:
        if len(words) < _NAMED_BELOW:
            return enumeration(words)
        return f"{words[0]}, {words[1]} and {len(words) - 2} others"

    def _groups(self, towns: Sequence[TownNews]) -> str:
        groups: dict[str, list[str]] = {}
        for town in towns:
            groups.setdefault(self._label(town.latest), []).append(town.place.name)
        return "; ".join(f"{self._some(words)} – {label}" for label, words in groups.items())

    @staticmethod
    def _label(step: Step) -> str:
        verb, act = ("leave", "leaving") if step.withdrawal else ("join", "joining")
        return {
            ChangeKind.PROPOSED: f"draft resolution on {act}",
            ChangeKind.RESOLVED: f"council votes to {verb}",
            ChangeKind.REJECTED: f"council votes against {act}",
            ChangeKind.ADMITTED: "admitted",
            ChangeKind.LEFT: "no longer a member",
        }[step.kind]

    def lead(self, association: Association) -> Line:
        """What a message without a count is about."""
        return line(f"{association.name} ({association.short}): news of its membership.")

    def count(self, count: CountNews, association: Association) -> list[Line]:
        """The number, the one before, where and when it was read."""
        as_of = f" (as of {date(count.after_as_of)})" if count.after_as_of else ""
        if count.before is None:
            previous = " No earlier number is known to us."
        elif count.before_as_of:
            previous = f" Before, we knew of {count.before} (as of {date(count.before_as_of)})."
        else:
            previous = f" Before, we knew of {count.before} (as of which day, we don't know)."
        rows = [
            line(
                f"{association.name} has ",
                bold(self.members(count.after, association)),
                " as members" if of_towns(association) else "",
                f"{as_of}.{previous}",
            )
        ]
        if count.readings:
            rows.append(line(self._reading(count)))
        said = []
        if count.sites:
            sources = self.sources(count.sites)
            said.append(f"{sources[:1].upper()}{sources[1:]}.")
        if count.after_as_of is None:
            said.append("We don't know the day the new number is from.")
        if said:
            rows.append(line(" ".join(said)))
        return rows

    @staticmethod
    def _reading(count: CountNews) -> str:
        first, *again = count.readings
        where = f" from {count.sites[0]}" if count.sites else ""
        text = f"Read{where} on {day_of(first)} at {clock(first)}"
        if again:
            moments, day = [], day_of(first)
            for moment in again:
                moments.append(clock(moment) if day_of(moment) == day else f"{day_of(moment)} at {clock(moment)}")
                day = day_of(moment)
            text += f", confirmed {_TIMES.get(len(again), f'{len(again)} times')} ({', '.join(moments)})"
        return text + "."

    def balance(self, count: CountNews) -> list[Line]:
        """How the new number follows from the old one, and who is known by name."""
        if count.delta is None:
            return []
        if count.surplus:
            named, who = (len(count.joined), "new") if count.delta > 0 else (len(count.left), "former")
            return [
                line(
                    f"The numbers do not add up: {count.before} became {count.after}, yet {named} {who}"
                    f" {plural(named, 'member is', 'members are')} known by name, {count.surplus} too many."
                    " One of these is not exact."
                )
            ]
        terms = [str(count.before)]
        terms += [f"+ {count.gross_joined}"] if count.gross_joined else []
        terms += [f"{MINUS} {count.gross_left}"] if count.gross_left else []
        rows = [f"Balance: {' '.join(terms)} = {count.after}."]
        rows += self._known(len(count.joined), count.gross_joined, "new")
        rows += self._known(len(count.left), count.gross_left, "former")
        return [line(" ".join(rows))]

    @staticmethod
    def _known(known: int, total: int, who: str) -> list[str]:
        if not total:
            return []
        if total == 1:
            return [f"The {who} member is {'known by name' if known else 'not yet known by name'}."]
        if not known:
            return [f"None of the {total} {who} members is known by name yet."]
        if known == total:
            return [f"{'Both' if total == 2 else f'All {total}'} {who} members are known by name."]
        return [f"{known} of the {total} {who} members {plural(known, 'is', 'are')} known by name."]

    def joined_elsewhere(self, places: Sequence[Place], *, others: bool, more: int) -> Line:
        """New members this message says nothing more of."""
        return line("Other new members: " if others else "New members: ", self._places(places, more))

    def left_elsewhere(self, places: Sequence[Place], *, others: bool, more: int) -> Line:
        """Former members this message says nothing more of."""
        return line("Other former members: " if others else "Former members: ", self._places(places, more))

    @staticmethod
    def _places(places: Sequence[Place], more: int) -> str:
        words = ", ".join(f"{p.name} ({p.voivodeship})" if p.voivodeship else p.name for p in places)
        return f"{words} and {more} {plural(more, 'other', 'others')}." if more else f"{words}."

    def town(self, town: TownNews, association: Association) -> list[Line]:
        """Where it stands, then the resolution and what is not known."""
        where = f" ({town.place.voivodeship})" if town.place.voivodeship else ""
        rows = [line(bold(town.place.name), f"{where} – {self._status(town.latest, association)}")]
        earlier = [s for s in town.steps[:-1] if s.withdrawal != town.latest.withdrawal or self._worth(s, town)]
        rows += [line(f"earlier: {self._status(s, association)}") for s in earlier]
        if resolution := self._resolution(town):
            rows.append(line(resolution))
        return rows

    @staticmethod
    def _worth(step: Step, town: TownNews) -> bool:
        return step.kind in {ChangeKind.PROPOSED, ChangeKind.REJECTED} and step.kind is not town.latest.kind

    @staticmethod
    def _status(step: Step, association: Association) -> str:
        verb, act = ("leave", "leaving") if step.withdrawal else ("join", "joining")
        when = f" {on(step.date)}" if step.date else ""
        if step.kind is ChangeKind.PROPOSED:
            dated = f" (date given: {date(step.date)})" if step.date else ""
            return f"draft resolution on {act} {association.short}{dated}"
        if step.kind in {ChangeKind.RESOLVED, ChangeKind.REJECTED}:
            voted = f"to {verb}" if step.kind is ChangeKind.RESOLVED else f"against {act}"
            if step.date:
                return f"{on(step.date)} the council voted {voted} {association.short}"
            return f"the council voted {voted} {association.short}; the date is not yet known"
        if step.kind is ChangeKind.LEFT:
            since = f" as of {date(step.date)}" if step.date else "; since when is not yet known"
            return f"no longer a member of {association.short}{since}"
        if step.stage == "member":
            dated = f" (as of {date(step.date)})" if step.date else ""
            return f"on the list of members{dated}; the date of admission is not yet known"
        return f"admitted{when or '; the date is not yet known'}"

    def _resolution(self, town: TownNews) -> str:
        found, latest = town.resolution, town.latest
        dated = f" of {date(found.date)}" if found.date and latest.date != found.date else ""
        votes = self._votes(found.votes)
        if latest.kind is ChangeKind.PROPOSED:
            return f"paper no. {found.number}" if found.number else ""
        if found.number or dated:
            number = f" no. {found.number}" if found.number else ""
            missing = "" if found.number else ", its number is not yet known"
            return f"resolution{number}{dated}{missing}" + (f"; votes: {votes}" if votes else "")
        if votes:
            return f"votes: {votes}"
        if latest.kind is ChangeKind.RESOLVED:
            return "the number of the resolution is not yet known"
        return "no resolution known yet" if latest.kind is ChangeKind.ADMITTED and latest.first_word else ""

    @staticmethod
    def _votes(votes: tuple[int | None, int | None, int | None] | None) -> str:
        if votes is None:
            return ""
        words = ("for", "against", "abstaining")
        return ", ".join(f"{n} {word}" for n, word in zip(votes, words, strict=True) if n is not None)

    def evidence(self, proof: Proof, *, only: bool) -> str:
        """The sentence in English quotation marks, its source, our copy."""
        copy = f"copy {proof.copy}" if proof.copy else "no copy kept"
        opening = "…" if proof.quote[:1].islower() else ""
        where = f"{proof.site} (the only source)" if only else proof.site
        return f"“{opening}{proof.quote}” – {where}, {day_of(proof.seen_at)} at {clock(proof.seen_at)}, {copy}"

    def sources(self, sites: Sequence[str]) -> str:
        """That one source says so, or which ones."""
        if len(sites) == 1:
            return "one source says so for now"
        return f"{len(sites)} sources say so: {enumeration(sites)}"

    def more_quotes(self, n: int) -> str:
        """Quotes left out."""
        return f"and {n} more {plural(n, 'quote', 'quotes')}"

    def more_towns(self, places: Sequence[Place], more: int) -> Line:
        """Municipalities whose block was left out."""
        return line("Also, in short: ", self._places(places, more))

    def footer(self, recipient: str, version: str, number: str) -> list[Line]:
        """Whose subscription it is, and the number by which a repeated message is known."""
        return [line(f"Subscription: {recipient} · zmpwatch {version} · message {number}")]
