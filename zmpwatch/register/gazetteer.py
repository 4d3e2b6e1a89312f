"""The municipalities of Poland and every form of their names."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from operator import itemgetter

from zmpwatch.errors import UnknownTeryt
from zmpwatch.model import Municipality, MunicipalityKind
from zmpwatch.register.answer import Ambiguous, Answer, Found, NotFound
from zmpwatch.register.hosts import Websites, bare_host, host_names, parents
from zmpwatch.register.names import abbreviated, clean, fold, key, short_words, strip_kind
from zmpwatch.register.packaged import packaged_text

__all__ = ["CASES", "Register", "load_register", "table_rows"]

CASES = ("nom", "gen", "dat", "acc", "inst", "loc")
_KINDS = {kind.value: kind for kind in MunicipalityKind}
_KIND_HINTS = {
    "urban": MunicipalityKind.URBAN,
    "rural": MunicipalityKind.RURAL,
    "mixed": MunicipalityKind.MIXED,
    **_KINDS,
}
# Words that begin many names: alone they are no short form of any.
_NO_HEADS = frozenset(
    {"nowe", "nowy", "nowa", "stare", "stary", "stara", "duży", "mały", "mała", "wielki", "wielka", "wielkie", "biały"}
    | {"biała", "białe", "czarny", "czarna", "górny", "górna", "dolny", "dolna", "ruda", "dąbrowa", "wola", "góra"}
    | {"miejska", "stalowa", "zielona", "jelenia", "tarnowskie", "szklarska", "czarne", "wielkopolska", "polska"}
    | {"rzeczyca", "środa", "rawa", "kamień", "wysokie", "święta", "dobre", "suchy", "sucha"}
)


def table_rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of one of the tables that come with the register, comments left out."""
    text = packaged_text(__package__, f"data/{name}")
    rows = csv.reader(line for line in text.splitlines() if line and not line.startswith("#"))
    columns = next(rows)
    return (dict(zip(columns, row, strict=True)) for row in rows)


@cache
def load_register() -> Register:
    """The register that comes with the package; made once a process. Indexes are built when first asked for."""
    return Register(_municipalities())


def _municipalities() -> Iterator[Municipality]:
    rows = csv.reader(packaged_text(__package__, "data/gminas.csv").splitlines())
    columns = next(rows)
    wanted = ("teryt", "name", "kind", "powiat", "voivodeship", "is_city", "town_name", "seat")
    for row in map(itemgetter(*map(columns.index, wanted)), rows):
        teryt, name, kind, powiat, voivodeship, is_city, town_name, seat = row
        yield Municipality(
            teryt, name, _KINDS[kind], powiat, voivodeship, is_city == "1", town_name or None, seat or None
        )


_NOWHERE = Websites(None, None)


def _form_key(form: str) -> str:
    """What `key` makes of a form of our own clean data, faster."""
    return form.replace("-", " ").casefold()


def _several(cell: str) -> tuple[str, ...]:
    """The forms that a cell of a table holds; most hold one."""
    if "|" in cell:
        return tuple(filter(None, cell.split("|")))
    return (cell,) if cell else ()


def _add(table: dict[str, tuple[str, ...]], form: str, bearer: tuple[str]) -> None:
    """Add a name to those that a form may stand for; most forms stand for one alone."""
    known = table.setdefault(form, bearer)
    if known is not bearer and bearer[0] not in known:
        table[form] = known + bearer


class Register:
    """All municipalities, by TERYT code, by name in any case form, and by host."""

    def __init__(self, municipalities: Iterable[Municipality]) -> None:
        self._by_teryt = {m.teryt: m for m in municipalities}

    def __len__(self) -> int:
        return len(self._by_teryt)

    def __iter__(self) -> Iterator[Municipality]:
        return iter(self._by_teryt.values())

    # -- by code ---------------------------------------------------------------------------------------------------

    def get(self, teryt: str) -> Municipality | None:
        """The municipality with this code, also with one it had before 2022–2026; None when there is none."""
        found = self._by_teryt.get(teryt)
        if found is None and teryt in self._successors:
            found = self._by_teryt.get(self._successors[teryt])
        return found

    def by_teryt(self, teryt: str) -> Municipality:
        """The municipality with this code.

        Raises:
            UnknownTeryt: no municipality has or had it.
        """
        found = self.get(teryt)
        if found is None:
            raise UnknownTeryt(f"{teryt!r} is no TERYT code of a municipality")
        return found

    @cached_property
    def _successors(self) -> dict[str, str]:
        """Codes that have changed → the code of today. "1207052 (część Kamienicy)" splits, and stays what it was."""
        return {r["teryt_old"]: r["teryt_new"] for r in table_rows("gmina_changes.csv") if len(r["teryt_old"]) == 7}

    # -- by name ---------------------------------------------------------------------------------------------------

    @cached_property
    def _inflections(self) -> dict[str, dict[str, tuple[str, ...]]]:
        table: dict[str, dict[str, tuple[str, ...]]] = {}
        for row in table_rows("inflections.csv"):
            forms = {case: _several(row[case]) for case in CASES if case != "nom"}
            table[row["name"]] = {"nom": (row["name"],), **forms, "number": (row["number"],)}
        for row in table_rows("extra_forms.csv"):
            cases = table.get(row["name"], {})
            if row["case"] in cases:
                cases[row["case"]] += (row["form"],)
        return table

    @cached_property
    def _by_name(self) -> dict[str, tuple[Municipality, ...]]:
        table: dict[str, list[Municipality]] = defaultdict(list)
        for municipality in self:
            table[municipality.name].append(municipality)
            if municipality.town_name and municipality.town_name != municipality.name:
                table[municipality.town_name].append(municipality)
        return {name: tuple(bearers) for name, bearers in table.items()}

    def inflections(self, name: str) -> dict[str, tuple[str, ...]]:
        """Forms of a name by case; empty for a name the register does not bear."""
        return {case: forms for case, forms in self._inflections.get(name, {}).items() if case != "number"}

    @cached_property
    def abbreviations(self) -> dict[str, tuple[str, ...]]:
        """Stems of words of names → how they are shortened, both as keys ("wielkopolsk" → "wlkp")."""
        table: dict[str, list[str]] = defaultdict(list)
        for row in table_rows("abbreviations.csv"):
            table[key(row["stem"])].append(key(row["short"]))
        return {stem: tuple(shorts) for stem, shorts in table.items()}

    @cached_property
    def forms(self) -> dict[str, tuple[str, ...]]:
        """Every whole or abbreviated form's key (see `names.key`) → the names it may be a form of."""
        table: dict[str, tuple[str, ...]] = {}
        names = self._by_name
        shortened: dict[str, tuple[str, ...]] = {}
        """The last words of forms, the same few adjectives most of them, and how each is shortened."""
        for name, cases in self._inflections.items():
            if name not in names:
                continue
            alone = (name,)
            for form_key in dict.fromkeys(_form_key(form) for case in CASES for form in cases[case]):
                _add(table, form_key, alone)
                head, _, last = form_key.rpartition(" ")
                if head and last not in shortened:
                    shortened[last] = tuple(short_words(last, self.abbreviations))
                for short in shortened[last] if head else ():
                    _add(table, f"{head} {short}", alone)
        for row in table_rows("extra_forms.csv"):
            _add(table, key(row["form"]), (row["name"],))
        return table

    @cached_property
    def folded_forms(self) -> dict[str, tuple[str, ...]]:
        """Like `forms`, with the diacritics lost."""
        table: dict[str, dict[str, None]] = defaultdict(dict)
        for form, names in self.forms.items():
            table[fold(form)].update(dict.fromkeys(names))
        return {form: tuple(names) for form, names in table.items()}

    @cached_property
    def short_forms(self) -> dict[str, tuple[str, ...]]:
        """First words of names of several words ("radzynia" → Radzyń Podlaski, Radzyń Chełmiński): weak evidence.

        None that is the whole name of a town; those that are also of a rural gmina ("grodzisk") are among them.
        """
        table: dict[str, tuple[str, ...]] = {}
        for name, cases in self._inflections.items():
            head, _, tail = _form_key(name).partition(" ")
            if not tail or head in _NO_HEADS or len(head) < 4:
                continue
            if not any(m.is_city for m in self._by_name.get(name, ())):
                continue
            alone = (name,)
            for case in CASES:
                for form in cases[case]:
                    _add(table, _form_key(form).split(" ", 1)[0], alone)
        return {
            form: names
            for form, names in table.items()
            if not any(m.is_city for m in self.bearers(self.forms.get(form, ())))
        }

    @cached_property
    def usual_short_names(self) -> dict[str, str]:
        """Forms of short names by which one town is commonly meant, though others begin alike: key → name."""
        return {key(row["form"]): row["name"] for row in table_rows("short_names.csv")}

    def names_of(self, surface: str, *, short: bool = True) -> tuple[str, ...]:
        """Names in the nominative that a surface form may stand for.

        Whole forms come first; only where none fits are lost diacritics tried, then (with `short`) first words alone.
        """
        form = key(surface)
        if not form:
            return ()
        found = self.forms.get(form)
        if found is None and "-" in surface:
            found = self.forms.get(key(_unhyphenated(surface)))
        if found is None:
            found = self.folded_forms.get(fold(form)) if fold(form) == form else None
        if found is None and short:
            found = self.short_forms.get(form)
        return found or ()

    def candidates(self, surface: str) -> tuple[Municipality, ...]:
        """Every municipality that a name, in any case form, may mean.

        Understands capitals, lost diacritics, abbreviations ("Gorzów Wlkp.", "Kostrzyn n. Odrą"), hyphen against blank
        against line break, and a leading "Gmina", "Miasto i Gmina" … (which is not used to decide; `lookup` does).
        """
        names = self.names_of(surface, short=False)
        if not names:
            core, _ = strip_kind(surface)
            names = self.names_of(core)
        return self.bearers(names)

    def bearers(self, names: Iterable[str]) -> tuple[Municipality, ...]:
        """The municipalities that bear one of these names."""
        names = tuple(names)
        if len(names) == 1:
            return self._by_name.get(names[0], ())
        return tuple(dict.fromkeys(m for name in names for m in self._by_name.get(name, ())))

    def lookup(
        self,
        surface: str,
        *,
        kind: MunicipalityKind | str | None = None,
        powiat: str | None = None,
        voivodeship: str | None = None,
        near: Municipality | None = None,
        prefer_town: bool = False,
    ) -> Answer:
        """The one municipality a name means, or that it is ambiguous.

        Args:
            surface: the name in any case form.
            kind: "miejska", "wiejska", "miejsko-wiejska" (or urban, rural, mixed).
            powiat: as the register has it ("hajnowski").
            voivodeship: as the register has it ("podlaskie").
            near: a municipality the text is about; itself, then its powiat, then its voivodeship decide.
            prefer_town: take the one candidate that is a town over rural ones; two towns stay ambiguous.
        """
        candidates = self.candidates(surface)
        hint = _KIND_HINTS.get(kind) if isinstance(kind, str) else kind
        if hint is None:
            _, hint = strip_kind(surface)
            if not any(m.kind is hint for m in candidates):
                hint = None
        elif not any(m.kind is hint for m in candidates):
            return NotFound()
        candidates = tuple(m for m in candidates if hint is None or m.kind is hint)
        for value, attribute in ((powiat, "powiat"), (voivodeship, "voivodeship")):
            if value is not None:
                wanted = value.casefold()
                candidates = tuple(m for m in candidates if getattr(m, attribute).casefold() == wanted)
        return decide(candidates, near=near, prefer_town=prefer_town)

    def suggest(self, text: str, limit: int = 3) -> tuple[Municipality, ...]:
        """Municipalities whose code or name is like the text: for "did you mean"."""
        from difflib import get_close_matches  # noqa: PLC0415 - only who has mistyped a name needs it

        wanted = text.strip()
        if wanted.isdigit():
            codes = [code for code in self._by_teryt if code.startswith(wanted)]
            codes += get_close_matches(wanted, self._by_teryt, n=limit, cutoff=0.7) if not codes else []
            ranked = sorted((self._by_teryt[code] for code in dict.fromkeys(codes)), key=lambda m: not m.is_city)
            return tuple(ranked[:limit])
        exact = self.candidates(wanted)
        found = dict.fromkeys(sorted(exact, key=lambda m: not m.is_city))
        folded: dict[str, str] = {fold(key(name)): name for name in self._by_name}
        for close in get_close_matches(fold(key(wanted)), folded, n=limit, cutoff=0.65):
            found.update(dict.fromkeys(sorted(self._by_name[folded[close]], key=lambda m: not m.is_city)))
        return tuple(found)[:limit]

    # -- forms -----------------------------------------------------------------------------------------------------

    def form(self, municipality: Municipality, case: str) -> str:
        """The name in a grammatical case: "nom", "gen", "dat", "acc", "inst" or "loc".

        Raises:
            ValueError: another case is asked for.
        """
        if case not in CASES:
            raise ValueError(f"{case!r} is no case; there are {', '.join(CASES)}")
        forms = self._inflections.get(municipality.name, {}).get(case)
        return forms[0] if forms else municipality.name

    def gender(self, municipality: Municipality) -> str:
        """Gender of the name, for agreement in sentences: "m", "f", "n" or "pl"."""
        forms = self._inflections.get(municipality.name)
        if forms is None:
            return "f"  # the sentence then agrees with "gmina"
        if forms["number"] == ("pl",):
            return "pl"
        nominative = key(municipality.name).split(" ")[0]
        genitive = key(forms["gen"][0]).split(" ")[0] if forms["gen"] else nominative
        if genitive.endswith("ego"):
            return "n" if nominative.endswith("e") else "m"
        if genitive.endswith(("a", "u")):
            return "n" if nominative.endswith(("o", "e", "ę")) else "m"
        return "f"

    # -- by host ---------------------------------------------------------------------------------------------------

    @cached_property
    def _websites(self) -> dict[str, Websites]:
        return {
            r["teryt"]: Websites(r["www"] or None, r["bip"] or None, r["office"] or None)
            for r in table_rows("websites.csv")
        }

    @cached_property
    def _hosts(self) -> dict[str, str]:
        owners: dict[str, set[str]] = defaultdict(set)
        for teryt, sites in self._websites.items():
            for host in (sites.www, sites.bip):
                if host:
                    owners[bare_host(host)].add(teryt)
        return {host: next(iter(teryts)) for host, teryts in owners.items() if len(teryts) == 1}

    def websites(self, municipality: Municipality) -> Websites:
        """Known hosts of the municipality."""
        return self._websites.get(municipality.teryt, _NOWHERE)

    def municipality_of_host(self, host: str) -> Municipality | None:
        """The municipality a host belongs to: known hosts and their sub-domains, then names spelt by its labels.

        A name counts only where it means one municipality (a town before its rural twin).
        """
        bare = bare_host(host)
        for parent in parents(bare):
            if parent in self._hosts:
                return self.get(self._hosts[parent])
        for spelt in host_names(bare):
            answer = decide(self.bearers(self._spelt_names.get(spelt.replace(" ", ""), ())), prefer_town=True)
            if isinstance(answer, Found):
                return answer.municipality
        return None

    @cached_property
    def _spelt_names(self) -> dict[str, tuple[str, ...]]:
        """Names as labels of hosts spell them: no diacritics, no blanks ("ostrowmaz", "radzynpodlaski")."""
        table: dict[str, dict[str, None]] = defaultdict(dict)
        for name in self._by_name:
            name_key = key(name)
            table[fold(name_key).replace(" ", "")][name] = None
            for short in abbreviated(name_key, self.abbreviations):
                table[fold(short).replace(" ", "")][name] = None
        return {label: tuple(names) for label, names in table.items()}


def decide(
    candidates: tuple[Municipality, ...], *, near: Municipality | None = None, prefer_town: bool = False
) -> Answer:
    """One of several homonyms by what is near, then by being a town; never a guess between two towns."""
    if not candidates:
        return NotFound()
    if len(candidates) == 1:
        return Found(candidates[0])
    if near is not None:
        if near in candidates:
            return Found(near)
        for attribute in ("powiat", "voivodeship"):
            close = tuple(m for m in candidates if getattr(m, attribute) == getattr(near, attribute))
            if close:
                return decide(close, prefer_town=prefer_town)
    if prefer_town:
        towns = tuple(m for m in candidates if m.is_city)
        if len(towns) == 1:
            return Found(towns[0])
        candidates = towns or candidates
    return Ambiguous(candidates)


def _unhyphenated(surface: str) -> str:
    """The surface without hyphens and the blanks after them: a word broken at a line end is whole again."""
    text = clean(surface)
    return "".join(part.lstrip() if index else part for index, part in enumerate(text.split("-")))
