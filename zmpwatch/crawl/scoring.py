"""How much a link promises: words in its anchor, its slug and the text around it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from urllib.parse import unquote, urlsplit

from zmpwatch.model import Association
from zmpwatch.read.anchors import says_nothing

__all__ = ["LinkScorer", "fold", "is_attachment", "is_document", "is_pagination", "nearness"]

_FOLD = str.maketrans("łŁ", "lL")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_SKIPPED = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|ico|bmp|tiff?|mp[34]|avi|mov|wmv|webm|ogg|wav|css|js|mjs|json|woff2?|ttf|eot|rar|7z|"
    r"tgz|tar|exe|apk|dmg|iso|xlsx?|ods|pptx?|odp|csv|ics|vcf|kml|kmz|dwg|shp|gml|p7m|p7s|sig|asc|xades)(?:\.gz)?$"
    # a page or document that its author packed is read; of any other gzip file nothing tells what is in it
    r"|(?<!\.html)(?<!\.htm)(?<!\.txt)(?<!\.pdf)(?<!\.docx)(?<!\.doc)(?<!\.odt)(?<!\.rtf)\.gz$",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(r"\.(?:pdf|docx?|odt|rtf|zip)(?:\.gz)?$", re.IGNORECASE)
_ATTACHMENT = re.compile(
    r"/(?:download|pobierz|zalacznik\w*|zalaczniki|attachments?|plik\w*|getfile|file)(?:/|\.|\?|$)|/api/attachments/\d+|"
    r"/Download/get/id,\d+|\.(?:pdf|docx?|odt|rtf|zip)(?:\.gz)?(?:$|\?)",
    re.IGNORECASE,
)
_PAGINATION = re.compile(
    r"(?:^|[?&/,;_-])(?:page|strona|str|pg|paged|start|offset|limitstart|cur|leaf|nr_strony|currentpage)(?:=|/|,|-)\d{1,5}"
    r"(?:$|[&/#.,])"
    r"|[?&]p=\d{1,2}(?:&|$)",  # a longer one is an article of WordPress
    re.IGNORECASE,
)
_PAGINATION_ANCHOR = re.compile(
    r"^(?:\d{1,3}|(?:przejdz do )?(?:nastepn[aey]|starsze|wczesniejsze|poprzednie|kolejn[ae])"
    r"(?: (?:stron[aey]|wpisy|artykuly|aktualnosci|wiadomosci))?|dalej|next(?: page)?|older(?: posts)?)$"
)
_PAGINATION_SIGNS = frozenset({"»", "›", ">", ">>", "→", "››", "»»"})
_CALENDAR = re.compile(r"kalendar|calendar|(?:[?&/](?:miesiac|month|data|date|dzien|day))[=/]\d", re.IGNORECASE)

ANCHOR, SLUG, CONTEXT, FOLDER = 1.0, 0.8, 0.3, 0.1
"""Weight of a word by where it stands; what all pages of a folder have in their addresses tells little of one."""
_NUMBERED = re.compile(r"([a-z]+)[-_,]\d+[-_,](?=.*[a-z]{3})(.+)$", re.IGNORECASE)
"""``aktualnosc-512-tytul.html``: the kind, the number and the title in one segment."""
_MEMORY, _REMEMBERED = 10_000, 120
"""Texts remembered with their worth, and how long such a text may be."""
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_YEARS = 4
_LEAF_SEGMENT = re.compile(r"(?:page|strona|str|index|[\W\d_]*)(?:\.\w{2,5})?", re.IGNORECASE)


def fold(text: str) -> str:
    """Lower-case letters without diacritics, everything else a single blank.

    >>> fold("Uchwała w sprawie przystąpienia — Łódź")
    'uchwala w sprawie przystapienia lodz'
    """
    plain = unicodedata.normalize("NFKD", text.translate(_FOLD)).encode("ascii", "ignore").decode().lower()
    return _NOT_WORD.sub(" ", plain).strip()


def is_document(url: str) -> bool:
    """Whether the address ends as files of offices do."""
    return bool(_DOCUMENT.search(urlsplit(url).path))


def is_attachment(url: str) -> bool:
    """Whether the address is that of a file, by how it ends or by how bulletins name the place of their files.

    >>> is_attachment("https://bip.miasto.example/api/attachments/512"), is_attachment("https://miasto.example/rada")
    (True, False)
    """
    return bool(_ATTACHMENT.search(url))


def nearness(text: str, year: int) -> float:
    """How near the latest year named in a text is to the present one: 1 for this year, nothing for four years ago.

    >>> nearness("Uchwały 2023-2024", 2025), nearness("Kadencja 2014-2018", 2025), nearness("Sesje", 2025)
    (0.75, 0.0, 0.0)
    """
    years = [named for found in _YEAR.findall(text) if (named := int(found)) <= year + 1]
    return max(0.0, 1 - max(0, year - max(years)) / _YEARS) if years else 0.0


def is_pagination(url: str, anchor: str, rel: str) -> bool:
    """Whether a link leads to another leaf of the same list; a calendar, which has no end, is none."""
    parts = urlsplit(url)
    place = f"{parts.path}?{parts.query}" if parts.query else parts.path
    if _CALENDAR.search(place):
        return False
    if "next" in rel.split():
        return True
    turns = anchor.strip() in _PAGINATION_SIGNS or _PAGINATION_ANCHOR.match(fold(anchor))
    named = turns and (parts.query or re.search(r"\d", parts.path))
    return bool(named) or bool(_PAGINATION.search(place))


def _stems(name: str) -> str:
    """A pattern for a name in any case form: each word of four letters and more by its stem."""
    words = fold(name).split()
    return r"\b" + r" ".join(rf"{w[: max(3, len(w) - 2)]}[a-z]*" if len(w) > 3 else w for w in words) + r"\b"


def _slugs(path: str) -> tuple[str, str]:
    """The folders of a path, and its last segment that holds a word, with what follows.

    >>> _slugs("/bip/uchwaly/akt.html"), _slugs("/aktualnosci/page/3"), _slugs("/aktualnosc-512-sesja.html")
    (('bip uchwaly', 'akt.html'), ('', 'aktualnosci page 3'), (' aktualnosc', 'sesja.html'))
    """
    segments = [segment for segment in path.split("/") if segment]
    last = next((i for i in range(len(segments) - 1, -1, -1) if not _LEAF_SEGMENT.fullmatch(segments[i])), 0)
    above, own = " ".join(segments[:last]), " ".join(segments[last:])
    numbered = _NUMBERED.match(own)
    return (f"{above} {numbered[1]}", numbered[2]) if numbered else (above, own)


@dataclass(frozen=True)
class LinkScorer:
    """Scores links for one association and one family of sites.

    Args:
        association: its names are what is searched for.
        terms: patterns over folded text, with what each is worth; negative ones repel.
    """

    association: Association
    terms: Mapping[str, float]

    @classmethod
    def shared(cls, association: Association, terms: Mapping[str, float]) -> LinkScorer:
        """The scorer of all visits with these words: menus of towns have much in common, and patterns cost."""
        return _shared(association, tuple(terms.items()))

    @cached_property
    def _names(self) -> re.Pattern[str]:
        names = [self.association.name, *self.association.aliases]
        short = [self.association.short, *self.association.acronyms]
        return re.compile("|".join([*map(_stems, names), *(rf"\b{re.escape(fold(s))}\b" for s in short if fold(s))]))

    @cached_property
    def _lookalikes(self) -> re.Pattern[str] | None:
        found = [_stems(name) for name in self.association.lookalikes]
        return re.compile("|".join(found)) if found else None

    @cached_property
    def _terms(self) -> list[tuple[re.Pattern[str], float]]:
        return [(re.compile(rf"\b(?:{pattern})"), worth) for pattern, worth in self.terms.items()]

    @cached_property
    def _anything(self) -> re.Pattern[str]:
        """Matches where any other pattern does: most texts have none of the words, and need one search, not many."""
        all_patterns = [self._names, *(pattern for pattern, _ in self._terms)]
        if self._lookalikes is not None:
            all_patterns.append(self._lookalikes)
        return re.compile("|".join(f"(?:{pattern.pattern})" for pattern in all_patterns))

    @cached_property
    def _weighed(self) -> dict[str, float]:
        return {}

    def text(self, text: str) -> float:
        """What the words of a text are worth; what was weighed once (a folder, a label) is remembered."""
        known = self._weighed.get(text)
        if known is None:
            known = self._weigh(fold(text[:2000]))
            if len(text) < _REMEMBERED:
                if len(self._weighed) >= _MEMORY:
                    self._weighed.clear()
                self._weighed[text] = known
        return known

    def _weigh(self, folded: str) -> float:
        if not folded or not self._anything.search(folded):
            return 0.0
        score = 60.0 if self._names.search(folded) else 0.0
        if self._lookalikes is not None and self._lookalikes.search(folded):
            score -= 30.0
        return score + sum(worth for pattern, worth in self._terms if pattern.search(folded))

    def link(self, url: str, anchor: str = "", context: str = "") -> float:
        """What a link promises; addresses that never hold text are worth less than nothing."""
        parts = urlsplit(url)
        if _SKIPPED.search(parts.path):
            return -1000.0
        above, own = _slugs(unquote(parts.path))
        around = context.replace(anchor, " ", 1) if anchor else context
        beside = self.text(around)
        return (
            ANCHOR * self.text(anchor)
            + SLUG * self.text(f"{own} {unquote(parts.query)}")
            + FOLDER * self.text(above)
            # what stands around "więcej" is all that tells where it leads; else a neighbour must not repel
            + (SLUG * beside if says_nothing(anchor) else max(0.0, CONTEXT * beside))
        )


@lru_cache(maxsize=32)
def _shared(association: Association, terms: tuple[tuple[str, float], ...]) -> LinkScorer:
    return LinkScorer(association, dict(terms))
