"""Forms of the names of municipalities, and the words that look like them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, cached_property, lru_cache

from zmpwatch.extract.uniform.folding import fold_letters
from zmpwatch.extract.words.lexicon import load_table
from zmpwatch.register import load_register
from zmpwatch.register.gazetteer import Register
from zmpwatch.register.names import fold, key

__all__ = [
    "TownForms",
    "abbreviations",
    "cases_of",
    "common_words",
    "given_names",
    "is_given_name",
    "joins",
    "lost_diacritics",
    "town_forms",
    "voivodeships",
]


@cache
def common_words() -> frozenset[str]:
    """Forms of names that are ordinary words, folded: at the front of a sentence they count only with support."""
    return frozenset(fold_letters(row["word"]) for row in load_table("common_words.csv"))


@cache
def given_names() -> frozenset[str]:
    """Given names in the nominative, folded."""
    return frozenset(fold_letters(row["name"]) for row in load_table("given_names.csv"))


_SHORTEST_INFLECTED = 5
"""Letters of the shortest given name whose cases are known: those of "Ida" or "Jan" are words of other kinds, too."""
_LIKE_A_WOMANS = ("y", "i", "ii", "ie", "e", "a", "o", "ze")
_LIKE_AN_ADJECTIVE = ("ego", "emu", "m")
_LIKE_A_MANS = ("a", "owi", "em", "u", "e", "ie", "ze", "ia", "iowi", "iem", "iu")


def _cases_of_given_name(name: str) -> Iterator[str]:
    """Forms of a folded given name, by its ending: "Halina", "Jerzy", "Marek", "Józef"."""
    if name.endswith("a"):
        yield from (name[:-1] + ending for ending in _LIKE_A_WOMANS)
    elif name.endswith(("y", "i")):
        stem = name if name.endswith("i") else name[:-1]
        yield from (stem + ending for ending in _LIKE_AN_ADJECTIVE)
        yield name + "m"
    else:
        stem = name[:-2] + name[-1] if name.endswith(("ek", "wel")) else name
        yield from (stem + ending for ending in _LIKE_A_MANS)


@cache
def _forms_of_given_names() -> frozenset[str]:
    names = given_names()
    long = (name for name in names if len(name) >= _SHORTEST_INFLECTED)
    return names.union(form for name in long for form in _cases_of_given_name(name))


def is_given_name(word: str) -> bool:
    """Whether a folded word is a form of a given name ("michala"), not only begins like one ("michalowo")."""
    return word in _forms_of_given_names()


class TownForms:
    """First words of all forms, with the longest form (in words) that begins with each."""

    def __init__(self, register: Register) -> None:
        self.register = register

    @cached_property
    def exact(self) -> dict[str, int]:
        """By the forms as they are."""
        return self._heads(self.register.forms)

    @cached_property
    def folded(self) -> dict[str, int]:
        """By the forms without diacritics; only texts that have lost theirs need it."""
        return self._heads(self.register.folded_forms)

    def may_begin(self, word: str) -> bool:
        """Whether a form may begin with a folded word."""
        return word in self.exact or word in self.register.short_forms or word in self._without_marks

    @cached_property
    def _without_marks(self) -> frozenset[str]:
        """The first words that have Polish letters, without their marks."""
        words = (word for word in (*self.exact, *self.register.short_forms) if not word.isascii())
        return frozenset(fold_letters("\n".join(words)).split("\n"))

    @cached_property
    def folded_short(self) -> dict[str, tuple[str, ...]]:
        """Names by their first words alone, without diacritics."""
        return {fold(form): names for form, names in self.register.short_forms.items()}

    @staticmethod
    def _heads(forms: dict[str, tuple[str, ...]]) -> dict[str, int]:
        heads: dict[str, int] = {}
        for form in forms:
            head, _, tail = form.partition(" ")
            heads[head] = max(heads.get(head, 1), 2 + tail.count(" ") if tail else 1)
        return heads


@cache
def voivodeships() -> frozenset[str]:
    """The names of all voivodeships, as adjectives."""
    return frozenset(m.voivodeship for m in load_register())


@cache
def town_forms() -> TownForms:
    """The forms of the register, made once a process."""
    return TownForms(load_register())


@cache
def abbreviations() -> frozenset[str]:
    """Words that names are shortened to, as "wlkp"."""
    return frozenset(short for shorts in load_register().abbreviations.values() for short in shorts)


def joins(gap: str) -> bool:
    """Whether two words with this between them may be one name."""
    return len(gap) <= 4 and gap.strip() in ("", "-", ".", "/") and gap.count("\n") <= 1


def lost_diacritics(text: str) -> bool:
    """Whether the text was written, or read by OCR, without Polish letters."""
    sample = text[:20_000]
    few = 0.012 * len(sample)
    marked = 0
    for letter in "ęąłóśżćńźŁŚŻÓ":
        marked += sample.count(letter)
        if marked >= few:
            return False
    return marked < few


@lru_cache(maxsize=4096)
def cases_of(names: tuple[str, ...], surface: str) -> frozenset[str]:
    """Grammatical cases the surface may be in; capitals and lost diacritics are understood."""
    form = fold(key(surface))
    inflections = load_register().inflections
    found = {
        case for name in names for case, forms in inflections(name).items() if any(fold(key(f)) == form for f in forms)
    }
    return frozenset(found or {"nom"})
