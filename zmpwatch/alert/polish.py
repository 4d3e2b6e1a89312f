"""Polish words and grammar of messages.

Rules of grammar: PWN, *Wielki słownik ortograficzny* (numerals with nouns; dates with the month in the genitive).
"""

from __future__ import annotations

from datetime import datetime

from zmpwatch.alert.document import Line, line
from zmpwatch.alert.names import Gender
from zmpwatch.alert.news import CountNews, Place, TownNews, Votes
from zmpwatch.alert.phrases import WARSAW, date_parts, of_towns
from zmpwatch.alert.wording import Wording
from zmpwatch.model import Association, ChangeKind

__all__ = ["Polish", "plural"]

_GENITIVE_MONTHS = [
    "stycznia",
    "lutego",
    "marca",
    "kwietnia",
    "maja",
    "czerwca",
    "lipca",
    "sierpnia",
    "września",
    "października",
    "listopada",
    "grudnia",
]
_LOCATIVE_MONTHS = [
    "styczniu",
    "lutym",
    "marcu",
    "kwietniu",
    "maju",
    "czerwcu",
    "lipcu",
    "sierpniu",
    "wrześniu",
    "październiku",
    "listopadzie",
    "grudniu",
]
_TIMES = {1: "raz", 2: "dwa razy", 3: "trzy razy", 4: "cztery razy", 5: "pięć razy"}
_ADMITTED: dict[Gender, str] = {"m": "przyjęty", "f": "przyjęta", "n": "przyjęte", "pl": "przyjęte"}


def plural(n: int, one: str, few: str, many: str) -> str:
    """The form a noun or verb takes beside the numeral: 1 miasto, 2 miasta, 5 miast, 12 miast, 22 miasta, 21 miast."""
    n = abs(n)
    if n == 1:
        return one
    return few if n % 10 in {2, 3, 4} and n % 100 not in {12, 13, 14} else many


def month_day(iso: str) -> str:
    """A date in the genitive, cut as it is: "28 lutego 2025 r.", "lutego 2025 r.", "2025 r."."""
    year, month, day = date_parts(iso)
    words = [str(day)] if day else []
    if month:
        words.append(_GENITIVE_MONTHS[month - 1])
    return " ".join([*words, f"{year} r."])


def on(iso: str) -> str:
    """When: "28 lutego 2025 r.", "w lutym 2025 r.", "w 2025 r."."""
    year, month, day = date_parts(iso)
    if day:
        return month_day(iso)
    return f"w {_LOCATIVE_MONTHS[month - 1]} {year} r." if month else f"w {year} r."


def clock(moment: datetime) -> str:
    """The hour in Poland: "9.30"."""
    local = moment.astimezone(WARSAW)
    return f"{local.hour}.{local.minute:02}"


class Polish(Wording):
    """Sentences in Polish."""

    language = "pl"

    conjunction = "i"
    at_hour = "o"
    without = "bez"
    earlier = "wcześniej"
    balance_is = "Bilans"
    no_earlier_number = "Wcześniejszej liczby nie znamy."
    new_number_undated = "Nie wiemy, z którego dnia jest nowa liczba."
    also_in_short = "W skrócie także"
    quotation_marks = ("„", "”")
    only_source = "jedyne źródło"
    one_source = "na razie podaje to jedno źródło"
    copy = "kopia"
    no_copy = "kopii nie mamy"
    number_of_resolution_unknown = "numeru uchwały jeszcze nie znamy"
    no_resolution_known = "uchwały rady jeszcze nie znamy"

    def members(self, n: int, association: Association) -> str:
        """The number with its noun in the accusative: "381 miast"; "381 członków" in an association not of towns."""
        if of_towns(association):
            return f"{n} {plural(n, 'miasto', 'miasta', 'miast')}"
        return f"{n} {plural(n, 'członka', 'członków', 'członków')}"

    def others(self, n: int, association: Association, *, after_without: bool) -> str:
        """As in "5 innych miast"; "bez" asks for the genitive, which is the same for all numbers."""
        if not of_towns(association):
            return f"{n} innych"
        return f"{n} {'innych miast' if after_without else plural(n, 'inne miasto', 'inne miasta', 'innych miast')}"

    def name_after_without(self, place: Place) -> str:
        """As in "Augustowa"."""
        return place.genitive or place.name

    def names_unknown(self, n: int) -> str:
        """As in "nazw jeszcze nie znamy"."""
        return f"{plural(n, 'nazwy', 'nazw', 'nazw')} jeszcze nie znamy"

    def more_unknown(self, n: int) -> str:
        """As in "2 jeszcze nieznane"."""
        return f"{n} jeszcze {plural(n, 'nieznane', 'nieznane', 'nieznanych')}"

    def names_in_check(self, n: int) -> str:
        """As in "nazwy jeszcze sprawdzamy"."""
        return f"{plural(n, 'nazwę', 'nazwy', 'nazwy')} jeszcze sprawdzamy"

    def more_in_check(self, n: int) -> str:
        """As in "2 jeszcze sprawdzamy"."""
        return f"{n} jeszcze sprawdzamy"

    def town_subject(self, town: TownNews) -> str:
        """As in "Hajnówka przyjęta", "rada uchwaliła przystąpienie Augustowa"."""
        step, place = town.latest, town.place
        act = _act(withdrawal=step.withdrawal)
        if step.kind is ChangeKind.LEFT:
            return f"{place.name} – koniec członkostwa"
        if step.kind is ChangeKind.ADMITTED:
            return f"{place.name} {_ADMITTED[place.gender]}" if place.gender else f"{place.name} – przyjęcie"
        phrase = {
            ChangeKind.PROPOSED: f"projekt uchwały o {act}u",
            ChangeKind.RESOLVED: f"rada uchwaliła {act}e",
            ChangeKind.REJECTED: f"rada odrzuciła {act}e",
        }[step.kind]
        return f"{phrase} {place.genitive}" if place.genitive else f"{place.name} – {phrase}"

    def group(self, kind: ChangeKind, names: str, n: int, *, withdrawal: bool) -> str:
        """As in "przyjęcia: Augustów i Brzesko"."""
        if kind is ChangeKind.LEFT:
            return f"koniec członkostwa: {names}"
        if kind is ChangeKind.ADMITTED:
            return f"{'przyjęcie' if n == 1 else 'przyjęcia'}: {names}"
        label = {
            ChangeKind.PROPOSED: ("projekt uchwały", "projekty uchwał"),
            ChangeKind.RESOLVED: ("uchwała", "uchwały"),
            ChangeKind.REJECTED: ("odrzucona uchwała", "odrzucone uchwały"),
        }[kind][n > 1]
        return f"{label} o {_act(withdrawal=withdrawal)}u: {names}"

    def date(self, iso: str) -> str:
        """As in "28 lutego 2025 r."."""
        return month_day(iso)

    def clock(self, moment: datetime) -> str:
        """As in "9.30"."""
        return clock(moment)

    def membership(self, association: Association) -> tuple[str, str]:
        """As in "… liczy 381 miast"."""
        return f"{association.name} liczy ", ""

    def as_of(self, iso: str) -> str:
        """As in "(stan z 3 marca 2025 r.)"."""
        return f"(stan z {month_day(iso)})"

    def previously(self, before: int, iso: str | None) -> str:
        """As in "Poprzednio znaliśmy 373 …"."""
        return f"Poprzednio znaliśmy {before} {self.as_of(iso) if iso else '(nie wiemy, z którego dnia)'}."

    def read_on(self, site: str | None, moment: str) -> str:
        """As in "Odczytano z miasta.pl 3 marca 2025 r. o 9.30"."""
        return f"Odczytano{f' z {site}' if site else ''} {moment}"

    def confirmed(self, times: int) -> str:
        """As in "potwierdzono dwa razy"."""
        return f"potwierdzono {_TIMES.get(times, f'{times} razy')}"

    def does_not_add_up(self, count: CountNews, *, joining: bool) -> str:
        """More names than the numbers allow."""
        named = len(count.joined if joining else count.left)
        return (
            f"Bilans się nie zgadza: liczba zmieniła się z {count.before} na {count.after},"
            f" a z nazwy znamy {named} {_who(joining=joining)} członków, czyli o {count.surplus} za dużo."
            " Któraś z tych informacji jest nieścisła."
        )

    def the_one_known(self, *, joining: bool) -> str:
        """The only one is known."""
        return f"{_the_one(joining=joining)} znamy z nazwy."

    def the_one_unknown(self, *, joining: bool) -> str:
        """The only one is not known."""
        return f"{_the_one(joining=joining)} nie znamy jeszcze z nazwy."

    def none_known(self, total: int, *, joining: bool) -> str:
        """None of several is known."""
        return f"Nie znamy jeszcze z nazwy żadnego z {total} {_who(joining=joining)} członków."

    def some_known(self, known: int, total: int, *, joining: bool) -> str:
        """Some of several are known."""
        return f"Z nazwy znamy {known} z {total} {_who(joining=joining)} członków."

    def all_known(self, total: int, *, joining: bool) -> str:
        """All of several are known."""
        return f"{'Obu' if total == 2 else f'Wszystkich {total}'} {_who(joining=joining)} członków znamy z nazwy."

    def none_told(self, total: int, *, joining: bool) -> str:
        """None can be told yet."""
        if total == 1:
            return f"{_the_one(joining=joining)} nie możemy jeszcze podać z nazwy."
        return f"Żadnego z {total} {_who(joining=joining)} członków nie możemy jeszcze podać z nazwy."

    def names_being_checked(self, n: int) -> str:
        """As in "Sprawdzamy jeszcze 2 nazwy", a sentence."""
        return f"Sprawdzamy jeszcze {n} {plural(n, 'nazwę', 'nazwy', 'nazw')}."

    def members_are(self, *, joining: bool, others: bool) -> str:
        """As in "Pozostali nowi członkowie"."""
        members = f"{'nowi' if joining else 'byli'} członkowie"
        return f"Pozostali {members}" if others else members.capitalize()

    def more_places(self, n: int) -> str:
        """As in "5 innych"."""
        return f"{n} {plural(n, 'inny', 'inni', 'innych')}"

    def lead(self, association: Association) -> Line:
        """What a message without a count is about."""
        return line(f"{association.name}: nowe wiadomości o członkostwie.")

    def proposed(self, iso: str | None, association: Association, *, withdrawal: bool) -> str:  # noqa: ARG002 - other languages need it
        """A draft resolution."""
        # the day may be the draft's own or that of the session that is to deal with it: papers seldom tell
        dated = f" (w źródle mowa o {on(iso).removeprefix('w ')})" if iso else ""
        return f"projekt uchwały o {_act(withdrawal=withdrawal)}u{dated}"

    def decided(
        self,
        iso: str | None,
        association: Association,  # noqa: ARG002 - other languages need it
        *,
        passed: bool,
        withdrawal: bool,
    ) -> str:
        """The council's vote."""
        when = f" {on(iso)}" if iso else "; daty jeszcze nie znamy"
        return f"rada {'uchwaliła' if passed else 'odrzuciła'} {_act(withdrawal=withdrawal)}e{when}"

    def left(self, iso: str | None, place: Place, association: Association) -> str:
        """No longer a member; names such as Kielce take a plural verb."""
        verb = "nie należą już" if place.gender == "pl" else "nie należy już"
        if iso:
            return f"od {month_day(iso)} {verb} do {association.short}"
        return f"{verb} do {association.short}; daty odejścia jeszcze nie znamy"

    def listed(self, iso: str | None) -> str:
        """On the list of members."""
        dated = f" {self.as_of(iso)}" if iso else ""
        return f"na liście członków{dated}; daty przyjęcia jeszcze nie znamy"

    def admitted(self, iso: str | None, place: Place) -> str:
        """Admitted, in the gender of the name."""
        word = _ADMITTED[place.gender] if place.gender else "przyjęcie"
        return f"{word} {on(iso)}" if iso else f"{word}; daty jeszcze nie znamy"

    def paper(self, number: str) -> str:
        """As in "druk nr 12"."""
        return f"druk nr {number}"

    def resolution(self, number: str | None, iso: str | None) -> str:
        """As in "uchwała nr XI/59/25 z 26 lutego 2025 r."."""
        dated = f" z {month_day(iso)}" if iso else ""
        return f"uchwała nr {number}{dated}" if number else f"uchwała{dated}, numeru jeszcze nie znamy"

    def votes(self, votes: Votes) -> str:
        """As in "za – 11, przeciw – 5, wstrzymało się – 3"."""
        words = ("za", "przeciw", "wstrzymał się" if votes[2] == 1 else "wstrzymało się")
        return ", ".join(f"{word} – {n}" for n, word in zip(votes, words, strict=True) if n is not None)

    def voted(self, votes: str) -> str:
        """As in "głosowanie: za – 11"."""
        return f"głosowanie: {votes}"

    def many_sources(self, n: int) -> str:
        """As in "podają to 2 źródła"."""
        verb = plural(n, "podaje", "podają", "podaje")
        return f"{verb} to {n} {plural(n, 'źródło', 'źródła', 'źródeł')}"

    def more_quotes(self, n: int) -> str:
        """As in "i jeszcze 1 cytat"."""
        return f"i jeszcze {n} {plural(n, 'cytat', 'cytaty', 'cytatów')}"

    def footer(self, recipient: str, version: str, number: str) -> list[Line]:
        """Whose subscription it is, and the message's number."""
        return [line(f"Ustawienia tej subskrypcji: {recipient} · zmpwatch {version} · wiadomość {number}")]


def _act(*, withdrawal: bool) -> str:
    """The stem of "przystąpienie" and "wystąpienie": an ending follows."""
    return "wystąpieni" if withdrawal else "przystąpieni"


def _who(*, joining: bool) -> str:
    return "nowych" if joining else "byłych"


def _the_one(*, joining: bool) -> str:
    return "Nowego członka" if joining else "Byłego członka"
