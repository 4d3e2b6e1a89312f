"""Forms of the names of municipalities, and the words that look like them."""

from __future__ import annotations

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
def _given_names() -> tuple[frozenset[str], tuple[str, ...]]:
    names = [fold_letters(row["name"]) for row in load_table("given_names.csv")]
    return frozenset(names), tuple(name[:-1] for name in names if len(name) > 4)


@cache
def given_names() -> frozenset[str]:
    """Given names in the nominative, folded."""
    return _given_names()[0]


@cache
def is_given_name(word: str) -> bool:
    """Whether a folded word is a form of a given name ("michala")."""
    names, stems = _given_names()
    return word in names or (
        word.startswith(stems) and any(word.startswith(s) and len(word) - len(s) <= 4 for s in stems)
    )


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
