"""Mentions of municipalities: found by the register, weighed by their surroundings."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from zmpwatch.extract.bodies import Body
from zmpwatch.extract.clean import CleanText, fold_letters
from zmpwatch.extract.lazy import lazy
from zmpwatch.extract.townforms import (
    TownForms,
    abbreviations,
    cases_of,
    common_words,
    is_given_name,
    joins,
    lost_diacritics,
    town_forms,
    voivodeships,
)
from zmpwatch.extract.townleads import (
    ABROAD,
    AT_A_SESSION,
    COUNCIL,
    COUNCIL_BEFORE,
    NO_NAME_BEFORE,
    OFFICIAL,
    OFFICIAL_BEFORE,
    PLACE,
    PLACE_BEFORE,
    POWIAT,
    POWIAT_BEFORE,
    STREET,
    TITLE,
    TITLE_BEFORE,
    kinds_before,
    sat_there,
)
from zmpwatch.model import Municipality
from zmpwatch.register import Found, load_register
from zmpwatch.register.gazetteer import Register, decide
from zmpwatch.register.names import fold, key

__all__ = ["Role", "Town", "TownFinder", "find_towns"]


class Role:
    """What a mention is in its sentence."""

    PLAIN = "plain"
    COUNCIL = "council"
    """Names a council: "Rada Miejska w X"."""
    OFFICIAL = "official"
    """Belongs to a person or an office: "burmistrz X"."""
    PLACE = "place"
    """Where something happens: "w X"."""
    BODY = "body"
    """Part of the name of another body, a street, a person: no mention at all."""


@dataclass(frozen=True, slots=True)
class Town:
    """One mention; `start` includes a title such as "Gmina".

    `names` are all names the form may belong to, `name` the one the document bears out.
    """

    start: int
    end: int
    name: str
    municipality: Municipality | None
    role: str
    nominative: bool
    accusative: bool
    genitive: bool
    names: tuple[str, ...] = ()

    @property
    def is_actor(self) -> bool:
        """Whether it can be who joins or leaves."""
        return self.role in (Role.PLAIN, Role.COUNCIL, Role.OFFICIAL)


_CAPITAL = lazy(r"[A-ZŁŚŻŹĆÓŃĄĘ](?<!\w.)[^\W\d_]{1,40}(?!\w)")
"""A word with a capital; a pattern that begins with a letter is found much faster than one that looks back first."""
_NEXT_WORD = lazy(r"(?P<gap>[^\w]{1,4})[^\W\d_]{1,40}")
_MAX_WORDS = 5
_SENTENCE_START = lazy(r"(?:^|[.!?:;\n\"(|•■▪►»*-])\s*$")
_SHORTENED = lazy(r"(?<!\w)(?:m\.\s?in|np|tj|in)\.\s*$")
_PREVIOUS = lazy(r"(?<![^\W\d_])([^\W\d_]++)(?:\s[^\W\d_]\.)?\s$")
_LISTED_WITH = lazy(r"(?:,| i| oraz) (?=[A-ZŁŚŻŹĆÓ][a-ząćęłńóśźż]{2,}[,. ])")
_TOWNS_DO = lazy(
    r"\s+(?:(?:juz|tez|takze|rowniez|ponownie|znow|nadal|wciaz|oficjalnie|nie|w\s+\d{4}\s+(?:r\.|roku)|od\s+\w+(?:\s+(?:r\.|roku))?)\s+){0,2}"
    r"(?:nalez(?:y|a|al\w*)|(?:jest|sa|byl[aoy]?|zosta\w+|przesta\w+\s+byc|chce\s+(?:byc|zostac))\s+(?:\w+\s+){0,2}?czlonk\w+|(?:jest|sa)\s+w"
    r"|przystapi\w+|przystepuj\w+|wstapi\w+|wstepuj\w+|dolacz(?:yl\w*|y|a|ylo)|wystapi\w+\s+ze?|wystepuj\w+\s+ze?|opusci\w+|wychodz\w+\s+ze?|wroci\w+\s+do|wraca\w*\s+do"
    r"|(?:has\s+)?(?:joined|rejoined|left|quit|belongs|became)|is\s+(?:\w+\s+){0,2}member|placi\w*|oplaca\w*|(?:za|o)placi\w+|swietuj\w+|obchodz\w+|chce|chca|zamierza\w*|planuj\w+|rozwaza\w*|(?:stara|ubiega)(?:ja)?\s+sie|zabiega\w*|reprezentuj\w+"
    r"|zosta\w+\s+(?:ponownie\s+|oficjalnie\s+)?przyjet\w+|(?:jest|sa|zosta\w+|to|jako)\s+\d{2,3}\.?\s+(?:czlonk\w+|miast\w+)|z?rezygn(?:uj|owal)\w+\s+ze|wypis\w+\s+sie\s+ze|powroci\w+\s+(?:do|na\s+liste)"
    r"|-\s+(?:radni|rada|nowy|czlonek|uchwala|miasto|burmistrz)"
    r"|zrezygnowa\w+\s+z\s+czlonk\w+|wypowiedzia\w+\s+czlonk\w+|zlozy\w+\s+(?:\w+\s+)?(?:wnios\w+|deklaracj\w+|akces\w*))(?!\w)"
)
_NEAR_BY = 80
_INITIAL = lazy(r"(?<!\w)[A-ZŁŚŻŹĆ]\.\s?$")
_INITIAL_BEHIND = lazy(r" [A-ZŁŚŻŹĆ]\.(?:\s|$)")
_A_NEW_TOWN = lazy(r"(?:Now|Star)\w+ m(?:iast\w+|ieście)")
"""As in "Nowym miastem w Związku jest …", which begins a sentence, not "Nowe Miasto"."""


@dataclass(slots=True)
class TownFinder:
    """Finds and resolves mentions in one document."""

    text: CleanText
    bodies: list[Body]
    near: Municipality | None
    address: str = ""

    def find(self) -> list[Town]:
        """All mentions, in order, without overlaps."""
        towns = list(self._scan())
        return self._resolved(towns)

    # -- scanning --------------------------------------------------------------------------------------------------

    def _scan(self) -> list[Town]:
        text, folded = self.text.text, self.text.folded
        index = town_forms()
        lost = lost_diacritics(text)
        lost_lines = [] if lost else _lines_lost(text)
        blocked = bytearray(len(text))
        for body in self.bodies:
            blocked[body.start : body.end] = b"\x01" * (body.end - body.start)
        found: list[Town] = []
        position = 0
        heads, shorts = index.exact, index.register.short_forms
        for token in _CAPITAL.finditer(text):
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
            if town is not None:
                found.append(town)
                position = end
        return found

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
        if kinds & NO_NAME_BEFORE and (STREET.search(before) or ABROAD.search(before)):
            return None
        if kinds & POWIAT_BEFORE and POWIAT.search(before):
            return None
        title = TITLE.search(before) if kinds & TITLE_BEFORE else None
        of_council = bool(kinds & COUNCIL_BEFORE)
        council = of_council and COUNCIL.search(before) is not None
        official = bool(kinds & OFFICIAL_BEFORE and OFFICIAL.search(before))
        begin, lead = start, before
        if title:
            begin = start - (len(before) - title.start("title"))
            lead = folded[max(0, begin - 60) : begin]
            kinds = kinds_before(lead)
            council = council or bool(kinds & COUNCIL_BEFORE and COUNCIL.search(lead))
            official = official or bool(kinds & OFFICIAL_BEFORE and OFFICIAL.search(lead))
        place = not council and (bool(kinds & PLACE_BEFORE and PLACE.search(lead)) or sat_there(folded, begin, end))
        if not (title or council or official) and self._is_no_name(start, end, folded):
            return None
        if _A_NEW_TOWN.fullmatch(text, start, end):
            return None
        register = load_register()
        bearers = register.bearers(names)
        has_town = any(m.is_city for m in bearers)
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
        return Town(begin, end, name, municipality, role, "nom" in cases, "acc" in cases, "gen" in cases, names)

    def _is_no_name(self, start: int, end: int, folded: str) -> bool:
        """Whether a bare capitalised word here is more likely an ordinary word or a surname."""
        text = self.text.text
        word = folded[start:end]
        before = text[max(0, start - 40) : start]
        if word in common_words() and (text[start:end].isupper() or self._at_start(before)):
            return not (
                _is_whole_line(text, start, end)
                or self._named_elsewhere(text[start:end], start)
                or self._does_as_towns_do(end)
            )
        previous = None if before.islower() else _PREVIOUS.search(before)
        if previous is not None and previous[1][0].isupper() and is_given_name(fold_letters(previous[1])):
            return True
        if _INITIAL_BEHIND.match(text, end, end + 4):
            return True
        return before.rstrip().endswith(".") and _INITIAL.search(before) is not None

    @staticmethod
    def _at_start(before: str) -> bool:
        """Whether a name after this may have its capital from standing first in a sentence."""
        return not before.strip() or (_SENTENCE_START.search(before) is not None and not _SHORTENED.search(before))

    def _named_elsewhere(self, surface: str, start: int) -> bool:
        """Whether the same capitalised word stands where capitals mean a name: after a small letter or a comma."""
        stem = re.escape(surface[0].upper() + surface[1:-1].lower())
        for match in re.finditer(rf"(?<=[a-ząćęłńóśźż,] ){stem}\w{{0,3}}(?!\w)", self.text.text):
            if match.start() != start:
                return True
        return self.near is not None and fold_letters(self.near.name) == fold_letters(surface)

    def _does_as_towns_do(self, end: int) -> bool:
        """As in "Brzeg wystąpił ze Związku", "Góra i Rawicz są w ZMP": what only a town can do, or be listed with."""
        if _LISTED_WITH.match(self.text.text, end) is not None:
            return True
        told = _TOWNS_DO.match(self.text.folded, end)
        if told is None:
            return False
        stop = self.text.text.find(". ", told.end())
        stop = min(told.end() + _NEAR_BY, stop if stop >= 0 else len(self.text.text))
        return any(told.start() < body.start < stop for body in self.bodies)

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

    # -- the document decides --------------------------------------------------------------------------------------

    def _one_name_each(self, towns: list[Town]) -> list[Town]:
        """A form that several names share ("Lipska": Lipsk, Lipsko) takes the name that other forms bear out.

        Where nothing bears one out the mention is dropped: a name is never guessed.
        """
        register = load_register()
        votes: Counter[str] = Counter()
        for town in towns:
            for name in town.names:
                votes[name] += 1
        kept: list[Town] = []
        for town in towns:
            rivals = [n for n in town.names if any(m.is_city for m in register.bearers((n,)))] or list(town.names)
            if town.municipality is not None or len(rivals) == 1:
                kept.append(town)
                continue
            best = max(votes[n] for n in rivals)
            chosen = [n for n in rivals if votes[n] == best]
            if len(chosen) != 1:
                continue
            answer = decide(register.bearers(chosen), near=self.near, prefer_town=True)
            found = answer.municipality if isinstance(answer, Found) else None
            kept.append(replace(town, name=chosen[0], municipality=found))
        return kept

    def _resolved(self, towns: list[Town]) -> list[Town]:
        """Homonyms take the meaning that the voivodeship named in the text leaves them."""
        if all(town.municipality is not None for town in towns):
            return towns
        register = load_register()
        towns = self._one_name_each(towns)
        regions = Counter(m for m in _VOIVODESHIP.findall(self.text.folded))
        named = {v for v in voivodeships() if any(fold_letters(v)[:-1] == r for r in regions)}
        resolved: list[Town] = []
        for town in towns:
            if town.municipality is None:
                fitting = tuple(m for m in register.bearers((town.name,)) if m.voivodeship in named)
                answer = decide(fitting, prefer_town=True)
                if isinstance(answer, Found):
                    resolved.append(replace(town, municipality=answer.municipality))
                    continue
            resolved.append(town)
        return resolved


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


_VOIVODESHIP = lazy(
    r"(?<!\w)(dolnoslaski|kujawsko-pomorski|lubelski|lubuski|lodzki|malopolski|mazowiecki|opolski|podkarpacki|podlaski|pomorski"
    r"|slaski|swietokrzyski|warminsko-mazurski|wielkopolski|zachodniopomorski)(?:e|ego|m|emu)(?!\w)"
)


def find_towns(text: CleanText, bodies: list[Body], near: Municipality | None, address: str = "") -> list[Town]:
    """All mentions of municipalities in a text.

    `near` is the one whose site it is; `address` the page's folded URL, whose slug may spell a name out.
    """
    others = [b for b in bodies if b.named]
    return TownFinder(text, others, near, address).find()
