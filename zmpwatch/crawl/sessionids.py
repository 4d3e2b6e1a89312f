"""Session ids in addresses: parameters and folders that look made up, under whose values the same page comes again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from zmpwatch.crawl.scoring import fold
from zmpwatch.crawl.urls import canonical

__all__ = ["SessionIds", "is_made_up", "shown_in"]

_SAME = 2
"""So often must a page come again under another value of a parameter before that is taken for a session id."""
_MOST = 200
"""Pages that are remembered of a parameter or folder."""

_NUMBERS = re.compile(r"[\d ]+")
_TOKEN = re.compile(r"(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[A-Za-z0-9_-]{8,128}|[0-9a-fA-F-]{12,128}")
_FOLDER = re.compile(r"/((?=[a-z]*\d)(?=\d*[a-z])[0-9a-z]{10,64})/", re.IGNORECASE)
"""A folder that looks made up."""
_WORDS = re.compile(r"[a-z]{4,}(?:[-_][a-z0-9]+)+|[a-z]+", re.IGNORECASE)
_UNSEEN = re.compile(r"<(script|style|noscript|svg)\b.*?(?:</\1\s*>|$)|<!--.*?(?:-->|$)", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")


@dataclass(slots=True)
class _Token:
    """A parameter whose values look made up: what was shown for the same address with other values of it."""

    first: str
    shown: dict[str, tuple[str, frozenset[str]]] = field(default_factory=dict)
    same: int = 0
    differs: int = 0


class SessionIds:
    """The session ids of one visit. The first value seen of each is kept to."""

    def __init__(self) -> None:
        self._tokens: dict[tuple[str, str], _Token] = {}
        self._pinned: dict[tuple[str, str], str] = {}
        self._several: set[tuple[str, str]] = set()

    def pinned(self, url: str) -> str:
        """The address with the first value seen of every parameter, or folder, that is a session id."""
        if not self._pinned:
            return url
        parts = urlsplit(url)
        path, folder = parts.path, _FOLDER.search(parts.path)
        if folder is not None and (first := self._pinned.get((parts.netloc, _place_of(folder)))) is not None:
            path = f"{path[: folder.start()]}/{first}/{path[folder.end() :]}"
        query = parse_qsl(parts.query, keep_blank_values=True)
        pinned = [
            (name, self._pinned.get((parts.netloc, name), value) if is_made_up(value) else value)
            for name, value in query
        ]
        if pinned == query and path == parts.path:
            return url
        whole = parts._replace(path=path, query=parts.query if pinned == query else urlencode(pinned))
        return canonical(urlunsplit(whole))

    def compare(self, url: str, markup: Callable[[], str]) -> None:
        """Whether a page came before with the same text and another value of what looks made up in its address."""
        parts = urlsplit(url)
        for name, value, rest in _tokens_of(parts.path, parts.query):
            token = self._tokens.setdefault((parts.netloc, name), _Token(value))
            # clocks and counters change; "Sesja nr 12" is another page than "Sesja nr 13"
            text = frozenset(run for run in shown_in(markup()) if not _NUMBERS.fullmatch(run))
            before = token.shown.get(rest)
            if before is None:
                if len(token.shown) < _MOST:
                    token.shown[rest] = value, text
            elif before[0] != value:
                alike = text == before[1]
                token.same += alike
                token.differs += not alike
                if token.same >= _SAME and not token.differs and (parts.netloc, name) not in self._several:
                    self._pinned.setdefault((parts.netloc, name), token.first)

    def note(self, links: Iterable[str]) -> None:
        """Take note where one page leads to several made up folders: they are names of things, and no session's."""
        one: dict[tuple[str, str], str] = {}
        for link in links:
            if _FOLDER.search(link) and (folder := _FOLDER.search((parts := urlsplit(link)).path)):
                place = parts.netloc, _place_of(folder)
                if one.setdefault(place, folder[1]) != folder[1]:
                    self._several.add(place)


def is_made_up(value: str) -> bool:
    """Whether a value looks made up by a program: letters and digits, and no words."""
    return bool(_TOKEN.fullmatch(value)) and not _WORDS.fullmatch(value)


def _tokens_of(path: str, query: str) -> Iterator[tuple[str, str, str]]:
    """Parameters by their names, and folders by their places, that look made up, each with the address without it."""
    pairs = parse_qsl(query, keep_blank_values=True) if query else []
    for name, value in pairs:
        if is_made_up(value):
            yield name, value, f"{path}?{urlencode([pair for pair in pairs if pair[0] != name])}"
    if (folder := _FOLDER.search(path)) is not None:
        before, behind = path[: folder.start()], path[folder.end() :]
        yield _place_of(folder), folder[1], f"{before}/*/{behind}?{query}"


def _place_of(folder: re.Match[str]) -> str:
    """How deep in a path a folder lies; no parameter has such a name."""
    return f"/{folder.string.count('/', 0, folder.start())}"


def shown_in(markup: str) -> set[str]:
    """The runs of text of a page, folded."""
    return {fold(run) for run in _TAG.split(_UNSEEN.sub(" ", markup)) if run and not run.isspace()} - {""}
