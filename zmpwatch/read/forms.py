"""Search forms of a page: where a site's own search is asked, by GET alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit, urlunsplit

from zmpwatch.read.characters import clean, fold_space
from zmpwatch.read.decode import decode
from zmpwatch.read.links import resolve
from zmpwatch.read.markup import End, Event, Start, parse

__all__ = ["SearchForm", "find_search_forms"]

_SEARCH = re.compile(r"szuk|search|wyszuk|fraz|query|find|keyword|slowa|zapytani", re.IGNORECASE)
_FIELD = re.compile(
    r"^(?:s|q|k|qs|str|query|search\w*|szuk\w*|wyszuk\w*|fraz\w*|key\w*|word\w*|slow\w*|text|tekst|term|phrase|find"
    r"|ft|zapytanie|searchword|search_block_form|.*(?:keywords|search_api_fulltext|_q|\[q\]|\[query\]|\[search\w*\]))$",
    re.IGNORECASE,
)
_FOREIGN = re.compile(r"newsletter|e-?mail|login|subskry|pesel|telefon|kontakt|komentarz|comment|pass", re.IGNORECASE)
_TEXT_TYPES = frozenset({"", "text", "search"})
_MOST_FIELDS = 40
_LONGEST_VALUE = 200


@dataclass(frozen=True, slots=True)
class SearchForm:
    """A form that searches its site.

    `action` is absolute and without query, `field` takes the words, `fixed` are the other fields as the page fills
    them. `encoding` is what a browser would write the words in: that of the form, else of the page.
    """

    action: str
    field: str
    fixed: tuple[tuple[str, str], ...] = ()
    encoding: str = "utf-8"

    def url(self, words: str) -> str:
        """The address a browser would ask for.

        >>> SearchForm("https://miasto.example/szukaj", "q").url("Związek Miast")
        'https://miasto.example/szukaj?q=Zwi%C4%85zek+Miast'
        """
        query = urlencode([*self.fixed, (self.field, words)], encoding=self.encoding, errors="replace")
        return urlunsplit(urlsplit(self.action)._replace(query=query))


@dataclass(slots=True)
class _Form:
    attributes: Mapping[str, str]
    texts: list[str]
    fixed: list[tuple[str, str]]
    words: list[str]
    secret: bool = False


def find_search_forms(body: bytes, *, url: str, headers: Mapping[str, str] | None = None) -> list[SearchForm]:
    """Forms of an HTML page that search by GET, the likeliest first.

    A form counts when one of its text fields is named as search fields are, or the form speaks of searching and has
    one text field only. Forms that take a password or a mail address are none.

    Args:
        body: The page's bytes.
        url: Its address after redirects.
        headers: Response headers, names in lower case: a hint at the charset.

    Raises:
        ReadError: The bytes give no markup.
    """
    decoded = decode(body, headers)
    if "<form" not in decoded.text.lower():
        return []
    events = parse(decoded.text, url=url).events
    base = next((e.attributes.get("href") for e in events if isinstance(e, Start) and e.tag == "base"), None)
    place = resolve(base, url) or url
    found: dict[str, tuple[int, SearchForm]] = {}
    for form in _forms(events):
        graded = _graded(form, place, decoded.encoding)
        if graded is not None:
            found.setdefault(graded[1].action, graded)
    return [form for _, form in sorted(found.values(), key=lambda graded: -graded[0])]


def _forms(events: list[Event]) -> Iterator[_Form]:
    form: _Form | None = None
    for event in events:
        if isinstance(event, Start):
            if event.tag == "form":
                form = _Form(event.attributes, [], [], [" ".join(event.attributes.values())[:_LONGEST_VALUE]])
            elif form is not None:
                _note(form, event)
        elif isinstance(event, End):
            if event.tag == "form" and form is not None:
                yield form
                form = None
        elif form is not None and len(form.words) < _MOST_FIELDS and (text := fold_space(clean(event))):
            form.words.append(text[:_LONGEST_VALUE])


def _note(form: _Form, start: Start) -> None:
    attributes = start.attributes
    name, kind = attributes.get("name", ""), attributes.get("type", "").strip().lower()
    if start.tag not in {"input", "button", "select"} or len(form.fixed) > _MOST_FIELDS:
        return
    form.words.append(" ".join(attributes.get(key, "") for key in ("value", "placeholder", "title", "aria-label")))
    if kind in {"password", "email", "file"}:
        form.secret = True
    elif start.tag == "input" and name and kind in _TEXT_TYPES:
        form.texts.append(name)
        if kind == "search":
            form.words.append("search")
    elif start.tag == "input" and name and (kind == "hidden" or "checked" in attributes):
        form.fixed.append((name, attributes.get("value", "")[:_LONGEST_VALUE]))


def _graded(form: _Form, place: str, page_encoding: str) -> tuple[int, SearchForm] | None:
    method = form.attributes.get("method", "get").strip().lower()
    if method not in {"", "get"} or form.secret or not form.texts:
        return None
    fields = [name for name in form.texts if _FIELD.match(name.rpartition("$")[2])]
    speaks = any(_SEARCH.search(words) for words in form.words)
    if not fields and not (speaks and len(form.texts) == 1):
        return None
    field = (fields or form.texts)[0]
    if _FOREIGN.search(field) or any(_FOREIGN.search(words) for words in form.words[:1]):
        return None
    action = resolve(form.attributes.get("action", "").strip() or place, place)
    if action is None:
        return None
    encoding = form.attributes.get("accept-charset", "").split(" ")[0].strip(",") or page_encoding
    fixed = tuple((name, value) for name, value in form.fixed if name != field)
    others = tuple((name, "") for name in form.texts if name != field)
    search = SearchForm(urlsplit(action)._replace(query="").geturl(), field, fixed + others, _known(encoding))
    return 2 * bool(fields) + speaks, search


def _known(encoding: str) -> str:
    try:
        "".encode(encoding)
    except LookupError:
        return "utf-8"
    return encoding
