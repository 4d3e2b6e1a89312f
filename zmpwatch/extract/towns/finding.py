"""Mentions of municipalities: found by the register, weighed by their surroundings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from zmpwatch.extract.bodies.finding import Body, BodyKind
from zmpwatch.extract.towns.forms import (
    TownForms,
    abbreviations,
    cases_of,
    common_words,
    joins,
    lost_diacritics,
    town_forms,
)
from zmpwatch.extract.towns.homonyms import resolved
from zmpwatch.extract.towns.leads import (
    ABROAD,
    AT_A_SESSION,
    NO_NAME_BEFORE,
    OFFICIAL,
    OFFICIAL_BEFORE,
    PERSON_BEFORE,
    PLACE,
    PLACE_BEFORE,
    POWIAT,
    POWIAT_BEFORE,
    STREET,
    TITLE,
    TITLE_BEFORE,
    WATER,
    kinds_before,
    of_council,
    sat_there,
)
from zmpwatch.extract.towns.people import holds_office, is_forename, is_person
from zmpwatch.extract.towns.shortened import by_whole_names
from zmpwatch.extract.towns.town import Role, Town
from zmpwatch.extract.towns.words import FrontWord
from zmpwatch.extract.uniform.cleantext import CleanText
from zmpwatch.extract.words.beginnings import matches_at
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.tokens import kind_of_tokens, marked
from zmpwatch.model import Municipality
from zmpwatch.register import Found, load_register
from zmpwatch.register.gazetteer import Register, decide
from zmpwatch.register.names import fold, key

__all__ = ["Role", "Town", "TownFinder", "find_towns"]


_CAPITAL = lazy(r"(?<!\w)[A-ZŁŚŻŹĆÓŃĄĘ][^\W\d_]{1,40}(?!\w)")
"""A word with a capital."""
_FIRST_WORD = kind_of_tokens(lambda token: town_forms().may_begin(token))
"""Words that a name may begin with."""
_NEXT_WORD = lazy(r"(?P<gap>[^\w]{1,4})[^\W\d_]{1,40}")
_MAX_WORDS = 5
_SENTENCE_START = lazy(r"(?:^|[.!?:;\n\"(|•■▪►»*-])\s*$")
_SHORTENED = lazy(r"(?<!\w)(?:m\.\s?in|np|tj|in)\.\s*$")
_IN_A_ROW = (", ", " i ", " oraz ")
_MONTHS = frozenset({"wrzesnia"})
"""Forms of names that are forms of months, too."""
_DAY_BEFORE = lazy(r"(?<!\d)\d{1,2}\.?\s$")
_A_NEW_TOWN = lazy(r"(?:Now|Star)\w+ m(?:iast\w+|ieście)")
"""As in "Nowym miastem w Związku jest …", which begins a sentence, not "Nowe Miasto"."""


@dataclass(slots=True)
class TownFinder:
    """Finds and resolves mentions in one document."""

    text: CleanText
    bodies: list[Body]
    near: Municipality | None
    address: str = ""
    people_end: int = -1
    """Where the last surname beside an office ended."""

    def find(self) -> list[Town]:
        """All mentions, in order, without overlaps."""
        return by_whole_names(self.text, resolved(self.text, self._scan(), self.near), self.near)

    # -- scanning --------------------------------------------------------------------------------------------------

    def _scan(self) -> list[Town]:
        text, folded = self.text.text, self.text.folded
        index = town_forms()
        lost = lost_diacritics(text)
        lost_lines = [] if lost else _lines_lost(text)
        blocked = bytearray(len(text))
        for body in self.bodies:
            if not body.named:
                continue
            blocked[body.start : body.end] = b"\x01" * (body.end - body.start)
        found: list[Town] = []
        words: list[Town] = []
        position = 0
        heads, shorts = index.exact, index.register.short_forms
        for token in matches_at(_CAPITAL, text, [place for _, place in marked(folded, _FIRST_WORD)]):
            first = token[0].casefold()
            known = first in heads or first in shorts
            if not (known or lost or lost_lines):
                continue
            start = token.start()
            if start < position or blocked[start]:
                continue
            in_doubt = lost or any(low <= start < high for low, high in lost_lines)
            if not (known or in_doubt):
                continue
            taken = self._longest(token, first, index, lost=in_doubt)
            if taken is None:
                continue
            end, names, short = taken
            town = self._mention(start, end, names, short=short, folded=folded)
            if town is None:
                continue
            if not town.title and self._may_be_a_word(start, end):
                words.append(town)
            else:
                found.append(town)
                position = end
        return self._with_words(found, words)

    def _with_words(self, found: list[Town], words: list[Town]) -> list[Town]:
        """The mentions, with those names that are ordinary words, too, where they are meant as names."""
        if not words:
            return found
        ours = [body.start for body in self.bodies if body.kind is BodyKind.OURS]
        named = {name for town in found for name in town.names}
        if self.near is not None:
            named.add(self.near.name)
        covered = {place for town in found for place in range(town.start, town.end)}
        words = [town for town in words if town.start not in covered]
        meant = [
            town
            for town in words
            if town.role in (Role.COUNCIL, Role.OFFICIAL)
            or _is_whole_line(self.text.text, town.start, town.end)
            or self._is_name(town, ours, known=not named.isdisjoint(town.names))
        ]
        told = {name for town in meant for name in town.names} - named
        meant += [
            t for t in words if t not in meant and not told.isdisjoint(t.names) and self._is_name(t, ours, known=True)
        ]
        return sorted([*found, *meant], key=lambda town: town.start) if meant else found

    def _is_name(self, town: Town, ours: list[int], *, known: bool) -> bool:
        """Whether an ordinary word is a name here; `known` where the text names the town elsewhere, or is its own."""
        bearers = load_register().bearers(town.names)
        gender = load_register().gender(bearers[0])
        front = FrontWord(self.text, town.start, town.end, gender, town.nominative, ours)
        return not front.is_followed_by_a_name() if known else front.is_name()

    def _longest(
        self, token: re.Match[str], first: str, index: TownForms, *, lost: bool
    ) -> tuple[int, tuple[str, ...], bool] | None:
        """The longest run of words that is a form of names: its end, the names, whether it is only a first word."""
        text = self.text.text
        start = token.start()
        longest = index.exact.get(first, 0)
        if lost:
            longest = max(longest, index.folded.get(fold(first), 0))
        ends = [token.end()] if longest else []
        while 0 < len(ends) < min(longest, _MAX_WORDS):
            following = _NEXT_WORD.match(text, ends[-1])
            if following is None or not joins(following["gap"]):
                break
            ends.append(following.end())
        for words in range(len(ends), 0, -1):
            form = first if words == 1 else key(text[start : ends[words - 1]])
            names = index.register.forms.get(form, ())
            if not names and lost:
                names = index.register.folded_forms.get(fold(form), ()) if form.isascii() else ()
            if names:
                end = ends[words - 1]
                if words > 1 and text[end : end + 1] == "." and form.rsplit(" ", 1)[-1] in abbreviations():
                    end += 1
                return end, names, False
        names = index.register.short_forms.get(first, ())
        if not names and lost:
            names = index.folded_short.get(fold(first), ())
        return (token.end(), names, True) if names else None

    def _mention(self, start: int, end: int, names: tuple[str, ...], *, short: bool, folded: str) -> Town | None:
        text = self.text.text
        before = folded[max(0, start - 60) : start]
        kinds = kinds_before(before)
        if kinds & NO_NAME_BEFORE and any(p.search(before) for p in (STREET, ABROAD, WATER)):
            return None
        if kinds & POWIAT_BEFORE and POWIAT.search(before):
            return None
        if folded[start:end] in _MONTHS and _DAY_BEFORE.search(before):
            return None
        title = TITLE.search(before) if kinds & TITLE_BEFORE else None
        council = of_council(before, kinds, folded, end)
        official = bool(kinds & OFFICIAL_BEFORE and OFFICIAL.search(before))
        begin, lead = start, before
        if title:
            begin = start - (len(before) - title.start("title"))
            lead = folded[max(0, begin - 60) : begin]
            kinds = kinds_before(lead)
            council = council or of_council(lead, kinds, folded, end)
            official = official or bool(kinds & OFFICIAL_BEFORE and OFFICIAL.search(lead))
        place = not council and (bool(kinds & PLACE_BEFORE and PLACE.search(lead)) or sat_there(folded, begin, end))
        if not title and self._is_one_of_people(
            start, end, names, maybe=bool(council or official or kinds & PERSON_BEFORE)
        ):
            return None
        if not (title or council) and (is_forename if official else is_person)(self.text, start, end):
            return None
        if _A_NEW_TOWN.fullmatch(text, start, end):
            return None
        register = load_register()
        bearers = register.bearers(names)
        has_town = any(m.is_city for m in bearers)
        if not (short or has_town) and (title is None or "wiejsk" not in title["title"]):
            shortened = self._instead_of_a_village(start, end, bearers)
            names, has_town = shortened or names, bool(shortened)
        if not has_town and not (title or council or official) and not (self.near is not None and self.near in bearers):
            return None
        if short:
            names = self._short_fits(start, end, names, supported=bool(title or council or official))
            if not names:
                return None
        cases = cases_of(names, text[start:end])
        if council and "nom" in cases and "gen" not in cases and AT_A_SESSION.search(before):
            council = False  # "po burzliwej sesji Szczucin pozostaje w Związku"
        role = Role.COUNCIL if council else Role.OFFICIAL if official else Role.PLACE if place else Role.PLAIN
        municipality, name = self._resolve(
            register, names, rural=bool(title and "wiejsk" in title["title"] and "miejsk" not in title["title"])
        )
        found = frozenset(("nom", "acc", "gen")) & cases
        return Town(
            begin, end, name, municipality, role, "nom" in found, "acc" in found, "gen" in found, names, start - begin
        )

    def _is_one_of_people(self, start: int, end: int, names: tuple[str, ...], *, maybe: bool) -> bool:
        """Whether it is somebody's surname beside an office, or stands in a row with one: "radni: Kowal, Buk"."""
        told = (maybe or self.text.text.endswith((": ", "- "), start - 2, start)) and holds_office(
            self.text, start, end, names
        )
        if told or (self.people_end >= 0 and self.text.text[self.people_end : start] in _IN_A_ROW):
            self.people_end = end
            return True
        return False

    @staticmethod
    def _at_start(before: str) -> bool:
        """Whether a name after this may have its capital from standing first in a sentence."""
        return not before.strip() or (_SENTENCE_START.search(before) is not None and not _SHORTENED.search(before))

    def _may_be_a_word(self, start: int, end: int) -> bool:
        """Whether an ordinary word has its capital from where it stands, or everything has capitals there."""
        if self.text.folded[start:end] not in common_words():
            return False
        return self.text.text[start:end].isupper() or self._at_start(self.text.text[max(0, start - 40) : start])

    def _short_fits(self, start: int, end: int, names: tuple[str, ...], *, supported: bool) -> tuple[str, ...]:
        """The names that a first word alone may stand for here.

        It stands for a name that the text or its address spells out, or that is the site's own; else for the town
        commonly called so; else for the only town that begins so, where its surroundings or a second mention agree.
        """
        if self.near is not None and self.near.name in names:
            return (self.near.name,)
        full = tuple(name for name in names if self._spelt_out(name))
        if full:
            return full
        usual = load_register().usual_short_names.get(key(self.text.text[start:end]))
        if usual in names:
            return (usual,)
        if len(names) == 1:
            stem = re.escape(self.text.text[start : max(start + 4, end - 2)])
            repeated = len(re.findall(rf"(?<!\w){stem}", self.text.text[:20_000])) > 1
            if supported or repeated:
                return names
        return ()

    def _instead_of_a_village(self, start: int, end: int, bearers: Sequence[Municipality]) -> tuple[str, ...]:
        """As in "Grodzisk przystąpił do Związku": the town so called for short, whose name is spelt out elsewhere.

        There is a rural gmina of that name, which is meant where nothing speaks for the town.
        """
        if self.near is not None and self.near in bearers:
            return ()
        names = load_register().short_forms.get(self.text.text[start:end].casefold(), ())
        if self.near is not None and self.near.name in names:
            return (self.near.name,)
        return tuple(name for name in names if self._spelt_out(name))

    def _spelt_out(self, name: str) -> bool:
        words = key(name).split(" ")
        stems = [re.escape(fold(word)[: max(3, len(word) - 2)]) + r"\w{0,4}" for word in words]
        pattern = r"(?<![a-z])" + r"[\s_-]{1,3}".join(stems)
        return any(re.search(pattern, place) is not None for place in (self.text.folded, self.address))

    def _resolve(self, register: Register, names: tuple[str, ...], *, rural: bool) -> tuple[Municipality | None, str]:
        """One name, and its municipality where one is meant."""
        chosen = names
        if len(names) > 1:
            if self.near is not None and self.near.name in names:
                chosen = (self.near.name,)
            else:
                towns = tuple(n for n in names if any(m.is_city for m in register.bearers((n,)))) or names
                spelt = tuple(name for name in towns if " " in key(name) and self._spelt_out(name))
                chosen = spelt or towns
        bearers = register.bearers(chosen)
        if rural:
            bearers = tuple(m for m in bearers if not m.is_city) or bearers
        answer = decide(bearers, near=self.near, prefer_town=not rural)
        if isinstance(answer, Found):
            return answer.municipality, answer.municipality.name
        return None, chosen[0]


_SHORTEST_LOST = 60
"""A shorter line may well have no Polish letter in it."""


def _lines_lost(text: str) -> list[tuple[int, int]]:
    """The lines that are written without Polish letters, though the page is not."""
    found = []
    start = 0
    for line in text.split("\n"):
        if len(line) >= _SHORTEST_LOST and lost_diacritics(line):
            found.append((start, start + len(line)))
        start += len(line) + 1
    return found


def _is_whole_line(text: str, start: int, end: int) -> bool:
    """Whether nothing but list marks and numbers stands on the line beside the name."""
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    before, after = text[line_start:start], text[end : line_end if line_end >= 0 else len(text)]
    if before.rstrip().endswith("|") and re.match(r"\s*(?:\||$)", after):
        return True
    return not re.search(r"[^\W\d_]", before + after) and len(before) < 20 and len(after) < 40


def find_towns(text: CleanText, bodies: list[Body], near: Municipality | None, address: str = "") -> list[Town]:
    """All mentions of municipalities in a text.

    `near` is the one whose site it is; `address` the page's folded URL, whose slug may spell a name out.
    """
    return TownFinder(text, bodies, near, address).find()
