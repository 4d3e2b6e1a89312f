"""Keys under which names of municipalities are found: one spelling for all ways to write a form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from zmpwatch.model import MunicipalityKind

__all__ = ["abbreviated", "fold", "key", "short_words", "strip_kind"]

_DROPPED = {ord(c): None for c in "\u00ad\u200b\u200c\u200d\u2060\ufeff*_\"„”“»«'’"}
_DASHES = {ord(c): "-" for c in "\u2010\u2011\u2012\u2013\u2014\u2212"}
_SEPARATORS = re.compile(r"[\s.,/\-]+")
_FOLD = str.maketrans("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ", "acelnoszzACELNOSZZ")
_ABOVE = re.compile(r"^n[\s./]+(?=\S)|(?<=[\s-])(?:n\.|n/|n\s)\s*(?=\S)", re.IGNORECASE)
_NEAR = re.compile(r"(?<=\s)k\.\s*(?=\S)", re.IGNORECASE)

# Longest first; the kind is a hint: "Gmina X" says nothing, since towns call themselves so, too.
_KIND_PREFIXES: tuple[tuple[re.Pattern[str], MunicipalityKind | None], ...] = (
    (re.compile(r"^miast\w{0,2}\s+i\s+gmin\w{0,3}\s+", re.IGNORECASE), MunicipalityKind.MIXED),
    (re.compile(r"^gmin\w{0,3}\s+i\s+miast\w{0,2}\s+", re.IGNORECASE), MunicipalityKind.MIXED),
    (re.compile(r"^gmin\w{0,3}\s+miejsko-wiejsk\w{1,3}\s+", re.IGNORECASE), MunicipalityKind.MIXED),
    (re.compile(r"^gmin\w{0,3}\s+miejsk\w{1,3}\s+", re.IGNORECASE), MunicipalityKind.URBAN),
    (re.compile(r"^gmin\w{0,3}\s+wiejsk\w{1,3}\s+", re.IGNORECASE), MunicipalityKind.RURAL),
    (re.compile(r"^(?:gmin\w{0,3}|gm\.)\s+(?:miast\w{0,2}|m\.)\s+", re.IGNORECASE), MunicipalityKind.URBAN),
    (re.compile(r"^(?:gmin\w{0,3}|gm\.|miast\w{0,4}|m\.(?!\s?st\.)|grod\w{1,3}|gród)\s+", re.IGNORECASE), None),
)


def clean(surface: str) -> str:
    """NFC, without soft hyphens, quotation marks and emphasis; one kind of dash."""
    return unicodedata.normalize("NFC", surface).translate(_DROPPED).translate(_DASHES).strip(" .,;:()[]\t\r\n")


@lru_cache(maxsize=8192)  # the same few names stand on page after page
def key(surface: str) -> str:
    """The look-up key: small letters, hyphen, line break and dot all read as one blank, "n. Odrą" as "nad odrą"."""
    text = _ABOVE.sub("nad ", clean(surface))
    text = _NEAR.sub("koło ", text)
    return _SEPARATORS.sub(" ", text).strip().casefold()


def fold(text: str) -> str:
    """Without Polish (and other) diacritics, for text that has lost them."""
    if text.isascii():
        return text
    text = text.translate(_FOLD)
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def strip_kind(surface: str) -> tuple[str, MunicipalityKind | None]:
    """Take "Gmina Miasto", "Miasto i Gmina", "m." … off a name; the second value is the kind they tell, if any."""
    text = re.sub(r"\s+", " ", clean(surface))
    for pattern, kind in _KIND_PREFIXES:
        match = pattern.match(text)
        if match:
            return text[match.end() :], kind
    return text, None


def abbreviated(form_key: str, abbreviations: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Yield the keys under which a shortened form is found: "gorzów wielkopolski" → "gorzów wlkp".

    Args:
        form_key: key of a whole form, as `key` makes it.
        abbreviations: stem of an adjective → its short forms, as keys.
    """
    head, _, tail = form_key.rpartition(" ")
    for short in short_words(tail, abbreviations) if head else ():
        yield f"{head} {short}"


def short_words(word: str, abbreviations: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Yield what a word is shortened to: "wielkopolski" → "wlkp"."""
    if word.startswith(tuple(abbreviations)):
        for stem, shorts in abbreviations.items():
            if word.startswith(stem):
                yield from shorts
