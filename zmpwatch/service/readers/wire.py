"""What goes between a crawl and its readers: a page there, what it says back.

A message is a pickled tuple, laid into a slot of memory that both sides see; a socket carries no more than its number,
its slot and its size, and answers that no slot has room for. A socket holds five pages, and the loop of a busy crawl
comes by twice a second: with pages in the socket a reader would wait most of the time.

A reader is our own interpreter on our own file; what comes back is trusted as it would be if it had been read here.
"""

from __future__ import annotations

import mmap
import os
import pickle
import struct
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Any

from zmpwatch.model import Association, Failure, KnownPage, Municipality, Page, Site
from zmpwatch.read.links import Link, PageLinks
from zmpwatch.service.pagereading import PageReading, Unchanged

__all__ = [
    "HEAD",
    "INLINE",
    "READY",
    "Errand",
    "Frames",
    "Reading",
    "ReadingError",
    "Slots",
    "answer",
    "errand",
    "outcome",
    "parse_errand",
]

HEAD = struct.Struct("!iiI")
"""Number of a page, slot, size."""
READY = -1
"""In place of a number: the reader has loaded what it needs."""
INLINE = -1
"""In place of a slot: the message follows."""

Reading = PageReading | Unchanged | Failure
"""What a page says, that it says what it said, or why it says nothing."""


class ReadingError(Exception):
    """Reading a page failed by a fault of ours; has the type and the words of what was raised."""


@dataclass(frozen=True, slots=True)
class Errand:
    """A page to be read, and what its reading depends on."""

    site: Site
    page: Page
    association: Association
    municipality: Municipality | None
    known: KnownPage | None


class Slots:
    """Memory for so many messages, which another process may see as well.

    Args:
        number: how many slots.
        size: bytes of each.
        file: descriptor of the memory, where it was made by another process.
    """

    def __init__(self, number: int, size: int, file: int | None = None) -> None:
        self.size = size
        self.file = _memory(number * size) if file is None else file
        self._map = mmap.mmap(self.file, number * size)
        self._free = list(range(number - 1, -1, -1))

    def take(self) -> int:
        """A slot that is free, of the lowest ones: what was never used takes no memory.

        Raises:
            IndexError: none is.
        """
        return self._free.pop()

    def give_back(self, slot: int) -> None:
        """Let a slot be used again."""
        self._free.append(slot)

    def put(self, slot: int, message: bytes) -> None:
        """Lay a message into a slot; it must fit."""
        at = slot * self.size
        self._map[at : at + len(message)] = message

    def get(self, slot: int, size: int) -> Any:
        """The message in a slot."""
        at = slot * self.size
        with memoryview(self._map) as whole, whole[at : at + size] as message:
            return pickle.loads(message)  # noqa: S301 - from our own crawl, or our own reader

    def close(self) -> None:
        """Let go of the memory."""
        self._map.close()
        os.close(self.file)


def _memory(size: int) -> int:
    """A file of that size which lies in memory, where the system knows such; it has no name."""
    if sys.platform == "linux":
        file = os.memfd_create("zmpwatch-readers")
    else:
        with tempfile.TemporaryFile() as made:
            file = os.dup(made.fileno())
    os.ftruncate(file, size)
    return file


class Frames:
    """Takes bytes of a socket as they come, gives what has come whole: number, slot, size, and a message in line."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def feed(self, data: bytes) -> Iterator[tuple[int, int, int, bytes]]:
        """The frames that these bytes complete."""
        self._bytes += data
        while len(self._bytes) >= HEAD.size:
            number, slot, size = HEAD.unpack_from(self._bytes)
            end = HEAD.size + (size if slot == INLINE else 0)
            if len(self._bytes) < end:
                return
            message = bytes(self._bytes[HEAD.size : end])
            del self._bytes[:end]
            yield number, slot, size, message


@lru_cache(maxsize=16)
def _packed(association: Association) -> bytes:
    return pickle.dumps(association, pickle.HIGHEST_PROTOCOL)


@lru_cache(maxsize=16)
def _unpacked(association: bytes) -> Association:
    found: Association = pickle.loads(association)  # noqa: S301 - from our own crawl
    return found


def errand(one: Errand) -> bytes:
    """A page for a reader. The association goes along as bytes, which the reader need not build anew each time."""
    packed = (one.site, one.page, _packed(one.association), one.municipality, one.known)
    return pickle.dumps(packed, pickle.HIGHEST_PROTOCOL)


def parse_errand(message: Any) -> Errand:
    """What `errand` has packed."""
    site, page, association, municipality, known = message
    return Errand(site, page, _unpacked(association), municipality, known)


def answer(reading: Reading | ReadingError) -> bytes:
    """What a reader made of a page. The page itself stays here; links go as tuples, at a third of the cost."""
    packed: tuple[Any, Any]
    if isinstance(reading, PageReading):
        page = replace(reading.page, body=b"", headers={}, request_headers=None)
        packed = replace(reading, page=page, found=None), _links(reading.found)
    elif isinstance(reading, Unchanged):
        packed = replace(reading, found=None), _links(reading.found)
    else:
        packed = reading if isinstance(reading, Failure) else str(reading), None
    return pickle.dumps(packed, pickle.HIGHEST_PROTOCOL)


def outcome(page: Page, message: Any) -> Reading:
    """What `answer` has packed, of the page that was sent.

    Raises:
        ReadingError: reading it failed by a fault of ours.
    """
    said, links = message
    if isinstance(said, PageReading):
        return replace(said, page=page, found=_page_links(links))
    if isinstance(said, Unchanged):
        return replace(said, found=_page_links(links))
    if isinstance(said, Failure):
        return said
    raise ReadingError(said)


def _links(found: PageLinks | None) -> Any:
    if found is None:
        return None
    return _tuples(found.links), _tuples(found.feeds), found.canonical, found.base


def _tuples(links: tuple[Link, ...]) -> list[tuple[object, ...]]:
    return [tuple(one) for one in links]


def _page_links(found: Any) -> PageLinks | None:
    if found is None:
        return None
    links, feeds, canonical, base = found
    return PageLinks(tuple(map(_link, links)), tuple(map(_link, feeds)), canonical, base)


_link = partial(tuple.__new__, Link)
"""A link of its fields: what `Link._make` does, in a third of the time."""
