"""Polish wording of messages.

Rules of grammar: PWN, *Wielki słownik ortograficzny* (numerals with nouns; dates with the month in the genitive).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from zmpwatch.alert.document import Line, bold, line
from zmpwatch.alert.names import Gender
from zmpwatch.alert.news import CountNews, News, Place, Proof, Step, TownNews
from zmpwatch.alert.wording import Wording, of_towns
from zmpwatch.model import Association, ChangeKind

__all__ = ["Polish", "plural"]

WARSAW = ZoneInfo("Europe/Warsaw")
MINUS = "\N{MINUS SIGN}"

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
_NAMED_BELOW = 4


def plural(n: int, one: str, few: str, many: str) -> str:
    """The form a noun or verb takes beside the numeral: 1 miasto, 2 miasta, 5 miast, 12 miast, 22 miasta, 21 miast."""
    n = abs(n)
    if n == 1:
        return one
    return few if n % 10 in {2, 3, 4} and n % 100 not in {12, 13, 14} else many


def month_day(iso: str) -> str:
    """A date in the genitive, cut as it is: "28 lutego 2025 r.", "lutego 2025 r.", "2025 r."."""
    year, month, day = _parts(iso)
    words = [str(day)] if day else []
    if month:
        words.append(_GENITIVE_MONTHS[month - 1])
    return " ".join([*words, f"{year} r."])


def on(iso: str) -> str:
    """When: "28 lutego 2025 r.", "w lutym 2025 r.", "w 2025 r."."""
    year, month, day = _parts(iso)
    if day:
        return month_day(iso)
    return f"w {_LOCATIVE_MONTHS[month - 1]} {year} r." if month else f"w {year} r."


def _parts(iso: str) -> tuple[int, int, int]:
    year, month, day = ([int(p) for p in iso.split("-")] + [0, 0])[:3]
    return year, month, day


def clock(moment: datetime) -> str:
    """The hour in Poland: "9.30"."""
    local = moment.astimezone(WARSAW)
    return f"{local.hour}.{local.minute:02}"


def day_of(moment: datetime) -> str:
    """The day in Poland: "3 marca 2025 r."."""
    return month_day(moment.astimezone(WARSAW).date().isoformat())


def sentence(text: str) -> str:
    """End a sentence with one full stop, also after "r."."""
    return text if text.endswith((".", "…", "?", "!")) else text + "."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def enumeration(words: Sequence[str]) -> str:
    """Join words: "A", "A i B", "A, B i C"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} i {words[-1]}"


class Polish(Wording):
    """Sentences in Polish."""

    language = "pl"

    def members(self, n: int, association: Association) -> str:
        """The number with its noun in the accusative: "381 miast"; "381 członków" in an association not of towns."""
        if of_towns(association):
            return f"{n} {plural(n, 'miasto', 'miasta', 'miast')}"
        return f"{n} {plural(n, 'członka', 'członków', 'członków')}"

    def subject(self, news: News, association: Association) -> str:
        """The news in one line."""
        if news.count:
            told = {p.teryt for p in (*news.count.joined, *news.count.left)}
            others = [t for t in news.towns if t.place.teryt not in told]
            tail = f"; {self._groups(others, association)}" if others else ""
            return f"{association.short}: {self._count_subject(news.count, association)}{tail}"
        if len(news.towns) == 1:
            return f"{association.short}: {self._town_subject(news.towns[0])}"
        if news.towns:
            return f"{association.short}: {self._groups(news.towns, association)}"
        raise ValueError("no news to tell")

    def _count_subject(self, count: CountNews, association: Association) -> str:
        if count.delta is None:
            return self.members(count.after, association)
        sign = "+" if count.delta > 0 else MINUS
        head = f"{count.before} → {count.after} ({sign}{abs(count.delta)})"
        named = []
        if count.joined:
            named.append(self._some([p.name for p in count.joined], association))
        if count.left:
            named.append("bez " + self._some([p.genitive or p.name for p in count.left], association, genitive=True))
        unknown = max(count.gross_joined - len(count.joined), count.gross_left - len(count.left))
        if not named:
            return f"{head}, {plural(unknown, 'nazwy', 'nazw', 'nazw')} jeszcze nie znamy"
        if unknown:
            named.append(f"{unknown} jeszcze {plural(unknown, 'nieznane', 'nieznane', 'nieznanych')}")
        return f"{head}: {'; '.join(named)}"

    def _some(self, words: Sequence[str], association: Association, *, genitive: bool = False) -> str:
        if len(words) < _NAMED_BELOW:
            return enumeration(words)
        n = len(words) - 2
        if of_towns(association):
            rest = "innych miast" if genitive else plural(n, "inne miasto", "inne miasta", "innych miast")
        else:
            rest = "innych"
        return f"{words[0]}, {words[1]} i {n} {rest}"

    def _town_subject(self, town: TownNews) -> str:
        step, place = town.latest, town.place
        act = "wystąpieni" if step.withdrawal else "przystąpieni"
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

    def _groups(self, towns: Sequence[TownNews], association: Association) -> str:
        groups: dict[tuple[ChangeKind, bool], list[str]] = {}
        for town in towns:
            groups.setdefault((town.latest.kind, town.latest.withdrawal), []).append(town.place.name)
        return "; ".join(
            f"{self._label(kind, withdrawal, len(words))}: {self._some(words, association)}"
            for (kind, withdrawal), words in groups.items()
        )

    @staticmethod
    def _label(kind: ChangeKind, withdrawal: bool, n: int) -> str:
        if kind is ChangeKind.LEFT:
            return "koniec członkostwa"
        if kind is ChangeKind.ADMITTED:
            return "przyjęcie" if n == 1 else "przyjęcia"
        label = {
            ChangeKind.PROPOSED: ("projekt uchwały", "projekty uchwał"),
            ChangeKind.RESOLVED: ("uchwała", "uchwały"),
            ChangeKind.REJECTED: ("odrzucona uchwała", "odrzucone uchwały"),
        }[kind][n > 1]
        return f"{label} o {'wystąpieniu' if withdrawal else 'przystąpieniu'}"

    def count(self, count: CountNews, association: Association) -> list[Line]:
        """The number, the one before, where and when it was read."""
        as_of = f" (stan z {month_day(count.after_as_of)})" if count.after_as_of else ""
        if count.before is None:
            previous = " Wcześniejszej liczby nie znamy."
        elif count.before_as_of:
            previous = f" Poprzednio znaliśmy {count.before} (stan z {month_day(count.before_as_of)})."
        else:
            previous = f" Poprzednio znaliśmy {count.before} (nie wiemy, z którego dnia)."
        rows = [line(f"{association.name} liczy ", bold(self.members(count.after, association)), f"{as_of}.{previous}")]
        if count.readings:
            rows.append(line(self._reading(count)))
        said = [sentence(_capital(self.sources(count.sites)))] if count.sites else []
        if count.after_as_of is None:
            said.append("Nie wiemy, z którego dnia jest nowa liczba.")
        if said:
            rows.append(line(" ".join(said)))
        return rows

    def _reading(self, count: CountNews) -> str:
        first, *again = count.readings
        where = f" z {count.sites[0]}" if count.sites else ""
        text = f"Odczytano{where} {day_of(first)} o {clock(first)}"
        if again:
            times = _TIMES.get(len(again), f"{len(again)} razy")
            moments, day = [], day_of(first)
            for moment in again:
                moments.append(clock(moment) if day_of(moment) == day else f"{day_of(moment)} o {clock(moment)}")
                day = day_of(moment)
            text += f", potwierdzono {times} ({', '.join(moments)})"
        return sentence(text)

    def balance(self, count: CountNews) -> list[Line]:
        """How the new number follows from the old one, and who is known by name."""
        if count.delta is None:
            return []
        rows = []
        if not count.surplus:
            terms = [str(count.before)]
            terms += [f"+ {count.gross_joined}"] if count.gross_joined else []
            terms += [f"{MINUS} {count.gross_left}"] if count.gross_left else []
            rows.append(f"Bilans: {' '.join(terms)} = {count.after}.")
            rows += self._known(len(count.joined), count.gross_joined, "nowych członków", "nowego członka")
            rows += self._known(len(count.left), count.gross_left, "byłych członków", "byłego członka")
        else:
            n = count.surplus
            named, who = (
                (len(count.joined), "nowych członków") if count.delta > 0 else (len(count.left), "byłych członków")
            )
            rows.append(
                f"Bilans się nie zgadza: liczba zmieniła się z {count.before} na {count.after},"
                f" a z nazwy znamy {named} {who}, czyli o {n} za dużo. Któraś z tych informacji jest nieścisła."
            )
        return [line(" ".join(rows))]

    @staticmethod
    def _known(known: int, total: int, many: str, one: str) -> list[str]:
        if not total:
            return []
        if total == 1:
            return [f"{one.capitalize()} {'znamy' if known else 'nie znamy jeszcze'} z nazwy."]
        if not known:
            return [f"Nie znamy jeszcze z nazwy żadnego z {total} {many}."]
        if known == total:
            return [f"{'Obu' if total == 2 else f'Wszystkich {total}'} {many} znamy z nazwy."]
        return [f"Z nazwy znamy {known} z {total} {many}."]

    def joined_elsewhere(self, places: Sequence[Place], *, others: bool, more: int) -> Line:
        """New members this message says nothing more of."""
        return line("Pozostali nowi członkowie: " if others else "Nowi członkowie: ", self._places(places, more))

    def left_elsewhere(self, places: Sequence[Place], *, others: bool, more: int) -> Line:
        """Former members this message says nothing more of."""
        return line("Pozostali byli członkowie: " if others else "Byli członkowie: ", self._places(places, more))

    @staticmethod
    def _places(places: Sequence[Place], more: int) -> str:
        words = ", ".join(f"{p.name} ({p.voivodeship})" if p.voivodeship else p.name for p in places)
        return sentence(f"{words} i {more} {plural(more, 'inny', 'inni', 'innych')}" if more else words)

    def lead(self, association: Association) -> Line:
        """What a message without a count is about."""
        return line(f"{association.name}: nowe wiadomości o członkostwie.")

    def town(self, town: TownNews, association: Association) -> list[Line]:
        """Where it stands, then the resolution and what is not known."""
        where = f" ({town.place.voivodeship})" if town.place.voivodeship else ""
        rows = [line(bold(town.place.name), f"{where} – {self._status(town.latest, town.place.gender, association)}")]
        earlier = [s for s in town.steps[:-1] if s.withdrawal != town.latest.withdrawal or self._worth(s, town)]
        rows += [line(f"wcześniej: {self._status(s, town.place.gender, association)}") for s in earlier]
        if resolution := self._resolution(town):
            rows.append(line(resolution))
        return rows

    @staticmethod
    def _worth(step: Step, town: TownNews) -> bool:
        """A step the resolution's own line doesn't tell already."""
        return step.kind in {ChangeKind.PROPOSED, ChangeKind.REJECTED} and step.kind is not town.latest.kind

    @staticmethod
    def _status(step: Step, gender: Gender | None, association: Association) -> str:
        act = "wystąpieni" if step.withdrawal else "przystąpieni"
        when = f" {on(step.date)}" if step.date else ""
        if step.kind is ChangeKind.PROPOSED:
            # the day may be the draft's own or that of the session that is to deal with it: papers seldom tell
            dated = f" (w źródle mowa o {on(step.date).removeprefix('w ')})" if step.date else ""
            return f"projekt uchwały o {act}u{dated}"
        if step.kind in {ChangeKind.RESOLVED, ChangeKind.REJECTED}:
            verb = "uchwaliła" if step.kind is ChangeKind.RESOLVED else "odrzuciła"
            return f"rada {verb} {act}e{when or '; daty jeszcze nie znamy'}"
        if step.kind is ChangeKind.LEFT:
            verb = "nie należą już" if gender == "pl" else "nie należy już"
            if step.date:
                return f"od {month_day(step.date)} {verb} do {association.short}"
            return f"{verb} do {association.short}; daty odejścia jeszcze nie znamy"
        if step.stage == "member":
            dated = f" (stan z {month_day(step.date)})" if step.date else ""
            return f"na liście członków{dated}; daty przyjęcia jeszcze nie znamy"
        return f"{_ADMITTED[gender] if gender else 'przyjęcie'}{when or '; daty jeszcze nie znamy'}"

    def _resolution(self, town: TownNews) -> str:
        found, latest = town.resolution, town.latest
        dated = f" z {month_day(found.date)}" if found.date and latest.date != found.date else ""
        votes = self._votes(found.votes)
        if latest.kind is ChangeKind.PROPOSED:
            return f"druk nr {found.number}" if found.number else ""
        if found.number or dated:
            number = f" nr {found.number}" if found.number else ""
            missing = "" if found.number else ", numeru jeszcze nie znamy"
            return f"uchwała{number}{dated}{missing}" + (f"; głosowanie: {votes}" if votes else "")
        if votes:
            return f"głosowanie: {votes}"
        if latest.kind is ChangeKind.RESOLVED:
            return "numeru uchwały jeszcze nie znamy"
        return "uchwały rady jeszcze nie znamy" if latest.kind is ChangeKind.ADMITTED and latest.first_word else ""

    @staticmethod
    def _votes(votes: tuple[int | None, int | None, int | None] | None) -> str:
        if votes is None:
            return ""
        in_favour, against, abstain = votes
        parts = [f"za – {in_favour}"] if in_favour is not None else []
        parts += [f"przeciw – {against}"] if against is not None else []
        if abstain is not None:
            parts.append(f"{'wstrzymał' if abstain == 1 else 'wstrzymało'} się – {abstain}")
        return ", ".join(parts)

    def evidence(self, proof: Proof, *, only: bool) -> str:
        """The sentence in Polish quotation marks, its source, our copy."""
        copy = f"kopia {proof.copy}" if proof.copy else "kopii nie mamy"
        opening = "…" if proof.quote[:1].islower() else ""
        where = f"{proof.site} (jedyne źródło)" if only else proof.site
        return f"„{opening}{proof.quote}” – {where}, {day_of(proof.seen_at)} o {clock(proof.seen_at)}, {copy}"

    def sources(self, sites: Sequence[str]) -> str:
        """That one source says so, or which ones."""
        if len(sites) == 1:
            return "na razie podaje to jedno źródło"
        verb = plural(len(sites), "podaje", "podają", "podaje")
        return f"{verb} to {len(sites)} {plural(len(sites), 'źródło', 'źródła', 'źródeł')}: {enumeration(sites)}"

    def more_quotes(self, n: int) -> str:
        """Quotes left out."""
        return f"i jeszcze {n} {plural(n, 'cytat', 'cytaty', 'cytatów')}"

    def more_towns(self, places: Sequence[Place], more: int) -> Line:
        """Municipalities whose block was left out."""
        return line("W skrócie także: ", self._places(places, more))

    def footer(self, recipient: str, version: str, number: str) -> list[Line]:
        """Whose subscription it is, and the number by which a repeated message is known."""
        return [line(f"Ustawienia tej subskrypcji: {recipient} · zmpwatch {version} · wiadomość {number}")]
