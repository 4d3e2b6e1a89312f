"""How the association is named: in texts, in addresses, and what a text must contain to name it at all."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from urllib.parse import urlsplit

from zmpwatch.extract.uniform.cleantext import CleanText
from zmpwatch.extract.uniform.folding import fold_letters
from zmpwatch.extract.uniform.linenumbers import plain_of_line_numbers
from zmpwatch.extract.uniform.markup import plain_of_tags
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.model import Association

__all__ = [
    "Patterns",
    "is_about",
    "mentions",
    "name_pattern",
    "name_stems",
    "named_in",
    "patterns_of",
    "stands_at",
    "word_pattern",
]


def word_pattern(word: str) -> str:
    """A folded word in any case form: a stem with up to five letters of ending."""
    stem = _unchanging(word)
    return re.escape(word) if stem == word else rf"{re.escape(stem)}\w{{0,4}}+"


def _unchanging(word: str) -> str:
    """What all case forms of a folded word begin with; all of a short one."""
    if len(word) <= 3 or word == "miast":
        return word
    return word[:-2] if len(word) > 5 or (word.endswith("ek") and len(word) > 4) else word[:-1]


_BLANKS = r"[\s\"]{1,40}+"


def name_pattern(name: str) -> str:
    """A name in any case form, in folded text."""
    words = re.findall(r"[\w-]+", fold_letters(name))
    return _BLANKS.join(word_pattern(word) for word in words)


def any_name_pattern(names: Iterable[str]) -> str:
    """Any of some names; the earlier ones of those that begin alike go before. A word many begin with is asked once."""
    behind: dict[str, dict[str, None]] = {}
    for name in names:
        first, *more = map(word_pattern, re.findall(r"[\w-]+", fold_letters(name)))
        behind.setdefault(first, {})["".join(f"{_BLANKS}{word}" for word in more)] = None
    return "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in behind.items())


def _torn_pattern(name: str) -> str:
    """A name whose first letters may stand off, as scanned papers have them: "Związku M iast Polskich"."""
    words = re.findall(r"[\w-]+", fold_letters(name))
    parts = [pattern[0] + " ?" + pattern[1:] for pattern in map(word_pattern, words)]
    return _BLANKS.join(parts)


@dataclass(frozen=True, slots=True)
class Patterns:
    """What the names of one association look like."""

    full: re.Pattern[str]
    lookalikes: re.Pattern[str] | None
    acronyms: re.Pattern[str] | None
    rival_initials: bool
    prefilter: tuple[re.Pattern[str], ...]
    spaced: tuple[str, ...]
    apart: tuple[str, ...]
    """Acronyms with full stops or blanks between their letters: "Z.M.P.", "Z M P"."""
    beginnings: frozenset[str]
    alike_beginnings: frozenset[str]
    url: re.Pattern[str]


@lru_cache(maxsize=16)
def patterns_of(association: Association) -> Patterns:
    """The patterns of an association, made once."""
    names = sorted({association.name, *association.aliases}, key=len, reverse=True)
    full = f"{_torn_pattern(association.name)}|{any_name_pattern(names)}"
    acronyms = "|".join(re.escape(a) for a in association.acronyms)
    alike = any_name_pattern(sorted(association.lookalikes, key=len, reverse=True))
    own_initials = {a.casefold() for a in association.acronyms}
    rivals = any(
        "".join(w[0] for w in name.split()).casefold() in own_initials
        and re.search(r"miast|metropol|gmin|powiat|samorz", fold_letters(name))
        for name in association.lookalikes
    )
    words = re.findall(r"[\w-]+", fold_letters(association.name))
    slug = r"[-_+ ]?(?:w-)?".join(re.escape(w[: max(4, len(w) - 3)]) + r"[a-z]{0,4}" for w in words)
    shorts = "|".join(re.escape(a.casefold()) for a in association.acronyms)
    return Patterns(
        full=re.compile(rf"(?<!\w)(?:{full})(?!\w)"),
        lookalikes=re.compile(rf"(?<!\w)(?:{alike})(?!\w)") if alike else None,
        acronyms=re.compile(rf"(?<![\w@.-])(?:{acronyms})(?:-\w{{1,3}})?(?![\w@])(?!\.(?:pl|eu))")
        if acronyms
        else None,
        rival_initials=rivals,
        prefilter=_prefilter(association),
        beginnings=_beginnings(names) | {fold_letters(association.name[0])},
        alike_beginnings=_beginnings(association.lookalikes),
        apart=tuple(between.join(a) for a in association.acronyms if a.isalpha() for between in (".", " ", ". ")),
        spaced=tuple(sorted({" ".join(name[:3].casefold()) for name in (*names, *association.acronyms)})),
        url=re.compile(rf"{slug}|(?<![a-z])(?:{shorts})(?![a-z])" if shorts else slug),
    )


def _beginnings(names: Iterable[str]) -> frozenset[str]:
    """What the first words of names begin with, in all their case forms."""
    first_words = (word for name in names for word in re.findall(r"[\w-]+", fold_letters(name))[:1])
    return frozenset(re.split("[^a-z]", _unchanging(word))[0] or word[:1] for word in first_words)


def _prefilter(association: Association) -> tuple[re.Pattern[str], ...]:
    """The first two words of each of the association's names, in small letters, with or without diacritics.

    Apart from each other they are found many times faster than as one pattern: its first letters never vary.
    """
    parts = set()
    for name in name_stems(association):
        first, second = ([_any_spelling(c) for c in stem] for stem in name)
        # without its first letter, which may stand off in scanned papers
        parts.add("".join(first[1:]) + r"\w{0,6}\W{1,40}" + second[0] + r"\s?" + "".join(second[1:4]))
    return tuple(re.compile(part) for part in sorted(parts))


def name_stems(association: Association) -> list[tuple[str, str]]:
    """What the first two words of each name begin with, in all their case forms and in small letters."""
    words = (re.findall(r"\w+", name)[:2] for name in (association.name, *association.aliases))
    return [(_stem(first.casefold()), _stem(second.casefold())) for first, second in words]


def _stem(word: str) -> str:
    """What all case forms of a word begin with."""
    return word[:5] if len(word) > 5 else word[: max(2, len(word) - 1)]


def _any_spelling(letter: str) -> str:
    """A letter with or without its mark; before one with a mark a scan may have torn the word."""
    plain = fold_letters(letter)
    if letter == "ą":
        plain = "aq"  # as a scan may read it
    return re.escape(letter) if plain == letter else f" ?[{letter}{plain}]"


_POLISH = "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ"
_BESIDE_LETTERS = "\u00ad\u0300-\u036f\u200b-\u200d\u2060\ufeff"
"""What may stand inside a word: soft hyphens and their kin, and the marks of letters in pieces."""
_FOREIGN_LETTERS = "".join(c for c in map(chr, range(0xC0, 0x250)) if c not in _POLISH and fold_letters(c) != c)
"""Letters with marks that no Polish word has: a scanned page may take one for another."""
_MARKS = lazy(f"[{_BESIDE_LETTERS}]+")
_FOREIGN = lazy(f"[{_FOREIGN_LETTERS}]")
_UNUSUAL = lazy(f"[{_BESIDE_LETTERS}{_FOREIGN_LETTERS}]")
_PAGE_BREAK = lazy(
    r"\n[^\S\n]{0,80}(?:-\s?\d{1,4}\s?-|str(?:on[ay]|\.)\s?\d{1,4}(?:\s?(?:z|/)\s?\d{1,4})?)[^\S\n]{0,40}\r?\n"
)


def stands_at(address: str, association: Association) -> bool:
    """Whether an address lies at one of the association's own domains."""
    host = (urlsplit(address).hostname or "") if "//" in address else ""
    return any(host == domain or host.endswith("." + domain) for domain in association.domains)


def named_in(text: str, association: Association) -> bool:
    """Whether an address spells the association's name or acronym."""
    folded = fold_letters(text)
    return patterns_of(association).url.search(folded) is not None


def is_about(content: str, association: Association) -> bool:
    """A cheap necessary condition: false only where the text can't name the association at all.

    It undoes what `clean` undoes, as far as that could hide a name, but keeps no offsets.
    """
    content = plain_of_line_numbers(plain_of_tags(content))
    if _has_acronym(content, association):
        return True  # whatever else would be undone leaves it whole
    plain = content
    if _UNUSUAL.search(plain) is not None:
        plain = _FOREIGN.sub(lambda m: fold_letters(m[0]), _MARKS.sub("", plain))
    for letter in "*_":
        if letter in plain:
            plain = plain.replace(letter * 2, "")
    if plain != content and _has_acronym(plain, association):
        return True
    lowered = plain.lower()
    lowered = _PAGE_BREAK.sub("\n", lowered)
    lowered = _WIDE_HYPHEN.sub("", lowered).replace("-\n", "").replace("-\r\n", "")
    if any(_is_spaced(letters, lowered) for letters in patterns_of(association).spaced):
        return True
    return any(pattern.search(lowered) is not None for pattern in patterns_of(association).prefilter)


def _has_acronym(content: str, association: Association) -> bool:
    """Whether an acronym stands somewhere, or its letters apart."""
    return any(acronym in content for acronym in association.acronyms) or any(
        apart in content for apart in patterns_of(association).apart
    )


def _is_spaced(letters: str, lowered: str) -> bool:
    """Whether letters with a blank after each ("z w i") begin a word somewhere; "oraz w innych" is no such place."""
    at = lowered.find(letters)
    while at >= 0:
        if not lowered[at - 1 : at].isalnum() and not _NO_LETTER_ALONE.match(lowered, at + len(letters)):
            return True
        at = lowered.find(letters, at + 1)
    return False


_NO_LETTER_ALONE = lazy(r" ?\w\w")
_WIDE_HYPHEN = lazy(r"-(?:[^\S\r\n]{1,20}\r?\n\s{0,80}|\r?\n\s{1,80})")
"""A word broken at the end of a line, with blanks around the break."""


def mentions(text: CleanText, association: Association, limit: int) -> list[int]:
    """Where the association is named, by its full name or an acronym; the first `limit` places."""
    patterns = patterns_of(association)
    found = [m.start() for m in islice(patterns.full.finditer(text.folded), limit)]
    if patterns.acronyms is not None:
        found += [m.start() for m in islice(patterns.acronyms.finditer(text.text), limit)]
    return sorted(found)[:limit]
