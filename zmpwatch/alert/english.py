"""English words and grammar of messages. Names of places and quotes stay Polish."""

from __future__ import annotations

import calendar
from datetime import datetime

from zmpwatch.alert.document import Line, line
from zmpwatch.alert.news import CountNews, Place, TownNews, Votes
from zmpwatch.alert.phrases import WARSAW, date_parts, of_towns
from zmpwatch.alert.wording import Wording
from zmpwatch.model import Association, ChangeKind

__all__ = ["English", "clock", "day_of", "plural"]

_MONTHS = calendar.month_name
_TIMES = {1: "once", 2: "twice"}


def plural(n: int, one: str, many: str) -> str:
    """The form beside the numeral."""
    return one if abs(n) == 1 else many


def date(iso: str) -> str:
    """A date, cut as it is: "28 February 2025", "February 2025", "2025"."""
    year, month, day = date_parts(iso)
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


class English(Wording):
    """Sentences in English."""

    language = "en"

    conjunction = "and"
    at_hour = "at"
    without = "without"
    earlier = "earlier"
    balance_is = "Balance"
    no_earlier_number = "No earlier number is known to us."
    new_number_undated = "We don't know the day the new number is from."
    also_in_short = "Also, in short"
    quotation_marks = ("“", "”")
    only_source = "the only source"
    one_source = "one source says so for now"
    copy = "copy"
    no_copy = "no copy kept"
    number_of_resolution_unknown = "the number of the resolution is not yet known"
    no_resolution_known = "no resolution known yet"

    def members(self, n: int, association: Association) -> str:
        """As in "381 towns"; "381 members" in an association not of towns."""
        return f"{n} {plural(n, 'town', 'towns') if of_towns(association) else plural(n, 'member', 'members')}"

    def others(self, n: int, association: Association, *, after_without: bool) -> str:  # noqa: ARG002 - other languages need it
        """As in "5 others"."""
        return f"{n} others"

    def name_after_without(self, place: Place) -> str:
        """The name as it is."""
        return place.name

    def names_unknown(self, n: int) -> str:
        """As in "names not yet known"."""
        return f"{plural(n, 'name', 'names')} not yet known"

    def more_unknown(self, n: int) -> str:
        """As in "2 not yet known"."""
        return f"{n} not yet known"

    def names_in_check(self, n: int) -> str:
        """As in "names being checked"."""
        return f"{plural(n, 'name', 'names')} being checked"

    def more_in_check(self, n: int) -> str:
        """As in "2 being checked"."""
        return f"{n} being checked"

    def town_subject(self, town: TownNews) -> str:
        """As in "Hajnówka – admitted"."""
        return self.group(town.latest.kind, town.place.name, 1, withdrawal=town.latest.withdrawal)

    def group(self, kind: ChangeKind, names: str, n: int, *, withdrawal: bool) -> str:  # noqa: ARG002 - other languages need it
        """As in "Hajnówka and Brzesko – admitted"."""
        verb, act = _acts(withdrawal=withdrawal)
        label = {
            ChangeKind.PROPOSED: f"draft resolution on {act}",
            ChangeKind.RESOLVED: f"council votes to {verb}",
            ChangeKind.REJECTED: f"council votes against {act}",
            ChangeKind.ADMITTED: "admitted",
            ChangeKind.LEFT: "no longer a member",
        }[kind]
        return f"{names} – {label}"

    def date(self, iso: str) -> str:
        """As in "28 February 2025"."""
        return date(iso)

    def clock(self, moment: datetime) -> str:
        """As in "9:30"."""
        return clock(moment)

    def membership(self, association: Association) -> tuple[str, str]:
        """As in "… has 381 towns as members"."""
        return f"{association.name} has ", " as members" if of_towns(association) else ""

    def as_of(self, iso: str) -> str:
        """As in "(as of 3 March 2025)"."""
        return f"(as of {date(iso)})"

    def previously(self, before: int, iso: str | None) -> str:
        """As in "Before, we knew of 373 …"."""
        dated = f"as of {date(iso)}" if iso else "as of which day, we don't know"
        return f"Before, we knew of {before} ({dated})."

    def read_on(self, site: str | None, moment: str) -> str:
        """As in "Read from miasta.pl on 3 March 2025 at 9:30"."""
        return f"Read{f' from {site}' if site else ''} on {moment}"

    def confirmed(self, times: int) -> str:
        """As in "confirmed twice"."""
        return f"confirmed {_TIMES.get(times, f'{times} times')}"

    def does_not_add_up(self, count: CountNews, *, joining: bool) -> str:
        """More names than the numbers allow."""
        named = len(count.joined if joining else count.left)
        return (
            f"The numbers do not add up: {count.before} became {count.after}, yet {named} {_who(joining=joining)}"
            f" {plural(named, 'member is', 'members are')} known by name, {count.surplus} too many."
            " One of these is not exact."
        )

    def the_one_known(self, *, joining: bool) -> str:
        """The only one is known."""
        return f"The {_who(joining=joining)} member is known by name."

    def the_one_unknown(self, *, joining: bool) -> str:
        """The only one is not known."""
        return f"The {_who(joining=joining)} member is not yet known by name."

    def none_known(self, total: int, *, joining: bool) -> str:
        """None of several is known."""
        return f"None of the {total} {_who(joining=joining)} members is known by name yet."

    def some_known(self, known: int, total: int, *, joining: bool) -> str:
        """Some of several are known."""
        return f"{known} of the {total} {_who(joining=joining)} members {plural(known, 'is', 'are')} known by name."

    def all_known(self, total: int, *, joining: bool) -> str:
        """All of several are known."""
        return f"{'Both' if total == 2 else f'All {total}'} {_who(joining=joining)} members are known by name."

    def none_told(self, total: int, *, joining: bool) -> str:
        """None can be told yet."""
        if total == 1:
            return f"The {_who(joining=joining)} member can't be named yet."
        return f"None of the {total} {_who(joining=joining)} members can be named yet."

    def names_being_checked(self, n: int) -> str:
        """As in "2 names are being checked", a sentence."""
        return f"{n} {plural(n, 'name is', 'names are')} being checked."

    def members_are(self, *, joining: bool, others: bool) -> str:
        """As in "Other new members"."""
        members = f"{_who(joining=joining)} members"
        return f"Other {members}" if others else members.capitalize()

    def more_places(self, n: int) -> str:
        """As in "5 others"."""
        return f"{n} {plural(n, 'other', 'others')}"

    def lead(self, association: Association) -> Line:
        """What a message without a count is about."""
        return line(f"{association.name} ({association.short}): news of its membership.")

    def proposed(self, iso: str | None, association: Association, *, withdrawal: bool) -> str:
        """A draft resolution."""
        dated = f" (date given: {date(iso)})" if iso else ""
        return f"draft resolution on {_acts(withdrawal=withdrawal)[1]} {association.short}{dated}"

    def decided(self, iso: str | None, association: Association, *, passed: bool, withdrawal: bool) -> str:
        """The council's vote."""
        verb, act = _acts(withdrawal=withdrawal)
        vote = f"the council voted {f'to {verb}' if passed else f'against {act}'} {association.short}"
        return f"{on(iso)} {vote}" if iso else f"{vote}; the date is not yet known"

    def left(self, iso: str | None, place: Place, association: Association) -> str:  # noqa: ARG002 - other languages need it
        """No longer a member."""
        since = f" as of {date(iso)}" if iso else "; since when is not yet known"
        return f"no longer a member of {association.short}{since}"

    def listed(self, iso: str | None) -> str:
        """On the list of members."""
        dated = f" (as of {date(iso)})" if iso else ""
        return f"on the list of members{dated}; the date of admission is not yet known"

    def admitted(self, iso: str | None, place: Place) -> str:  # noqa: ARG002 - other languages need it
        """Admitted."""
        return f"admitted {on(iso)}" if iso else "admitted; the date is not yet known"

    def paper(self, number: str) -> str:
        """As in "paper no. 12"."""
        return f"paper no. {number}"

    def resolution(self, number: str | None, iso: str | None) -> str:
        """As in "resolution no. XI/59/25 of 26 February 2025"."""
        dated = f" of {date(iso)}" if iso else ""
        return f"resolution no. {number}{dated}" if number else f"resolution{dated}, its number is not yet known"

    def votes(self, votes: Votes) -> str:
        """As in "11 for, 5 against, 3 abstaining"."""
        words = ("for", "against", "abstaining")
        return ", ".join(f"{n} {word}" for n, word in zip(votes, words, strict=True) if n is not None)

    def voted(self, votes: str) -> str:
        """As in "votes: 11 for, 5 against"."""
        return f"votes: {votes}"

    def many_sources(self, n: int) -> str:
        """As in "2 sources say so"."""
        return f"{n} sources say so"

    def more_quotes(self, n: int) -> str:
        """As in "and 1 more quote"."""
        return f"and {n} more {plural(n, 'quote', 'quotes')}"

    def footer(self, recipient: str, version: str, number: str) -> list[Line]:
        """Whose subscription it is, and the message's number."""
        return [line(f"Subscription: {recipient} · zmpwatch {version} · message {number}")]


def _acts(*, withdrawal: bool) -> tuple[str, str]:
    return ("leave", "leaving") if withdrawal else ("join", "joining")


def _who(*, joining: bool) -> str:
    return "new" if joining else "former"
