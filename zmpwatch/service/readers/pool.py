"""Hands pages to readers, as many as are wanted, and sees to it that each gets an answer."""

from __future__ import annotations

import asyncio
import atexit
import logging
import os
import pickle
import signal
import socket
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from zmpwatch.model import Failure, FailureKind
from zmpwatch.service.pagereading import read_page_again
from zmpwatch.service.readers.wire import (
    HEAD,
    INLINE,
    READY,
    Errand,
    Frames,
    Reading,
    Slots,
    errand,
    outcome,
)

__all__ = ["ReaderPool", "default_readers"]

logger = logging.getLogger(__name__)

_CHILD = Path(__file__).with_name("child.py")
_AT_ONCE = 64
"""Pages that lie with one reader: enough for the time until the loop of a busy crawl comes by again."""
_CHUNK = 1 << 16
_SLOT = 256 << 10
"""Bytes for a page with what is known of it, and for what it says: twice the most that is handed over."""
_SECONDS = 120.0
"""Most for one page. The slowest that its guards let through takes ten seconds, on a busy machine a few times that."""
_IDLE = 60.0
"""Seconds without a page after which readers are ended."""
_TRIES = 3
"""Readers that may die one after another before they are ready; then pages are read here."""
_MOST = 4
"""Readers there are without being asked for: fetching takes as much of a processor as reading, and is not shared."""

_BUSY = 64.0
"""Pages a second that may come from which on readers are started: one processor fetches and reads twice as many."""
_LONGEST_QUEUE = 1
"""Times what lies with all readers: where more than that waits, the crawl reads pages itself, too."""


def default_readers() -> int:
    """One less than the processors this process may use, and no more than four."""
    processors = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    return max(0, min(_MOST, processors - 1))


@dataclass(slots=True, eq=False)
class _Job:
    errand: Errand
    said: asyncio.Future[Reading]
    suspect: bool = False
    """Whether a reader has died while it had this page."""
    timer: asyncio.TimerHandle | None = None
    slot: int = 0


class _Reader:
    """One process, as its pool sees it.

    Raises:
        OSError: it can't be started.
    """

    def __init__(self, pool: ReaderPool, loop: asyncio.AbstractEventLoop, program: Path) -> None:
        self._pool, self.loop = pool, loop
        self.ready = self.was_ready = False
        self.alone = False
        """Whether the page it has is to be read with no other beside it."""
        self.jobs: dict[int, _Job] = {}
        self._frames = Frames()
        self._slots = Slots(_AT_ONCE, _SLOT)
        self._wire, theirs = socket.socketpair()
        self._wire.setblocking(False)
        try:
            with theirs:
                self.process = subprocess.Popen(  # noqa: S603 - our own interpreter on our own file
                    # -I: neither the directory nor the environment adds modules
                    [sys.executable, "-I", str(program), str(_AT_ONCE), str(_SLOT), str(self._slots.file)],
                    stdin=theirs.fileno(),
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    pass_fds=(self._slots.file,),
                    start_new_session=True,  # Ctrl-C is for the crawl: it ends its readers when it is done
                )
        except OSError:
            self._wire.close()
            self._slots.close()
            raise
        # not a transport: each step of making one waits for a turn of the loop, which takes seconds when visits begin
        loop.add_reader(self._wire.fileno(), self._readable)

    def _readable(self) -> None:
        try:
            data = self._wire.recv(_CHUNK)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._pool.lost(self)
            return
        for number, slot, size, message in self._frames.feed(data):
            if number == READY:
                self._pool.began(self)
            elif (job := self.jobs.pop(number, None)) is not None:
                _heard(job, partial(pickle.loads, message) if slot == INLINE else partial(self._slots.get, slot, size))
                self._slots.give_back(job.slot)
        self._pool.hand_out()

    def send(self, number: int, job: _Job, message: bytes) -> None:
        """Give it a page."""
        self.alone = job.suspect
        job.slot = self._slots.take()
        self.jobs[number] = job
        self._slots.put(job.slot, message)
        with suppress(OSError):  # it has died, which is heard of soon
            self._wire.send(HEAD.pack(number, job.slot, len(message)))  # a few bytes: there is always room for them

    def end(self) -> str:
        """Kill the process; returns how it ended, in words."""
        with suppress(OSError):
            self.process.kill()
        status = self.process.wait()
        if status < 0 and -status in signal.valid_signals():
            return signal.Signals(-status).name
        return f"exit status {status}"

    def close(self) -> None:
        """Let go of what it had; in the loop."""
        if self._wire.fileno() >= 0:
            if not self.loop.is_closed():
                self.loop.remove_reader(self._wire.fileno())
            self._wire.close()
            self._slots.close()


class ReaderPool:
    """Reads pages in other processes: the same reading, with the same results.

    All but `close` is called in the event loop of the visits. Each reader has a few pages at a time. One that dies is
    replaced; the pages it had are read once more, each alone, and one with which a reader dies a second time is told as
    a failure, as is one that takes longer than `seconds`. Where no reader can be kept alive, pages are read here.

    Args:
        most: how many processes.
        seconds: most time for one page.
        busy: pages a second that must be expected before readers are started.
        idle: seconds without a page after which they are ended.
        program: what they run.
    """

    def __init__(
        self,
        most: int,
        *,
        seconds: float = _SECONDS,
        busy: float = _BUSY,
        idle: float = _IDLE,
        program: Path = _CHILD,
    ) -> None:
        self._most, self._seconds, self._busy, self._idle, self._program = most, seconds, busy, idle, program
        self._loop: asyncio.AbstractEventLoop | None = None
        self._readers: list[_Reader] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._waiting: deque[_Job] = deque()
        self._suspects: deque[_Job] = deque()
        self._number = 0
        self._died_in_a_row = 0
        self._ending: asyncio.TimerHandle | None = None
        atexit.register(self.close)

    @classmethod
    def shared(cls, most: int | None) -> ReaderPool:
        """The pool of this process with so many readers; with as many as the machine has room for."""
        number = default_readers() if most is None else most
        if number not in _POOLS:
            _POOLS[number] = cls(number)
        return _POOLS[number]

    @property
    def processes(self) -> list[int]:
        """Numbers of the processes that read."""
        return [reader.process.pid for reader in self._readers]

    @property
    def at_work(self) -> int:
        """How many of them have loaded what they need."""
        return sum(reader.ready for reader in self._readers)

    def wanted(self, rate: float) -> bool:
        """Whether a page should be handed over; starts readers where one process may be too slow.

        Args:
            rate: how many pages a second may come at present.
        """
        if self._most == 0 or self._died_in_a_row >= _TRIES:
            return False
        loop = asyncio.get_running_loop()
        if loop is not self._loop:
            self.close()
            self._loop = loop
        if not self._readers and rate >= self._busy:
            self._start_all(loop)
        # where they are behind, all processors have enough to do
        return len(self._waiting) < _LONGEST_QUEUE * _AT_ONCE * len(self._readers)

    async def read(self, one: Errand) -> Reading:
        """What `read_page_again` gives.

        Raises:
            ReadingError: reading failed by a fault of ours.
        """
        loop = asyncio.get_running_loop()
        job = _Job(one, loop.create_future())
        self._waiting.append(job)
        self.hand_out()
        return await job.said

    # --- handing pages out

    def hand_out(self) -> None:
        """Give readers what they have room for."""
        ready = [reader for reader in self._readers if reader.ready]
        for reader in ready:
            if reader is ready[0]:
                # a page that may have killed a reader is read with no other beside it
                while self._suspects and not reader.jobs:
                    self._send(reader, self._suspects.popleft())
                if self._suspects:
                    continue
            while self._waiting and len(reader.jobs) < _AT_ONCE and not (reader.alone and reader.jobs):
                self._send(reader, self._waiting.popleft())

    def _send(self, reader: _Reader, job: _Job) -> None:
        if job.said.done():
            return  # its visit was given up
        assert self._loop is not None
        message = errand(job.errand)
        if len(message) > _SLOT:
            self._read_here(job)
            return
        self._number += 1
        job.timer = self._loop.call_later(self._seconds, self._too_long, reader, self._number)
        reader.send(self._number, job, message)

    def _read_here(self, job: _Job) -> None:
        assert self._loop is not None
        task = self._loop.create_task(_read_in_thread(job))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _too_long(self, reader: _Reader, number: int) -> None:
        """The page that came first holds its reader up: it is told as a failure, and those behind it are read anew."""
        if not reader.ready or (job := reader.jobs.pop(number, None)) is None:
            return
        page = job.errand.page
        logger.warning("%s: not read within %d s; its reader is ended", page.url, self._seconds)
        _tell(job, Failure(FailureKind.TOO_BIG, page.url, "the reader ran out of time"))
        reader.ready = False
        reader.end()

    # --- what readers do

    def began(self, reader: _Reader) -> None:
        """A reader has loaded what it needs."""
        reader.ready = reader.was_ready = True
        self._died_in_a_row = 0

    def lost(self, reader: _Reader) -> None:
        """A reader has gone: another takes its place, and its pages."""
        if reader not in self._readers:
            return
        self._readers.remove(reader)
        fate = reader.end()
        reader.close()
        jobs, reader.jobs = list(reader.jobs.values()), {}
        logger.warning("a reader of pages has ended (%s) with %d pages", fate, len(jobs))
        self._died_in_a_row += not reader.was_ready
        for job in jobs:
            if job.timer is not None:
                job.timer.cancel()
            if job.suspect:
                detail = f"the reader crashed on it ({fate})"
                _tell(job, Failure(FailureKind.UNREADABLE, job.errand.page.url, detail))
            else:
                job.suspect = True
                self._suspects.append(job)
        assert self._loop is not None
        if self._died_in_a_row >= _TRIES:
            self._give_up()
        else:
            self._start(self._loop)

    def _give_up(self) -> None:
        """No reader lives: what waits is read here, but for pages that one has died with."""
        logger.warning("no reader of pages can be kept alive: they are read by the crawl itself")
        self._died_in_a_row = _TRIES
        for job in [*self._waiting, *self._suspects]:
            if job.suspect:
                _tell(job, Failure(FailureKind.UNREADABLE, job.errand.page.url, "readers crashed while they had it"))
                continue
            self._read_here(job)
        self._waiting.clear()
        self._suspects.clear()

    # --- beginning and end

    def _start_all(self, loop: asyncio.AbstractEventLoop) -> None:
        logger.info("%d readers are started", self._most)
        for _ in range(self._most):
            self._start(loop)
        self._ending = loop.call_later(self._idle, self._end_idle, self._number)

    def _start(self, loop: asyncio.AbstractEventLoop) -> None:
        try:
            self._readers.append(_Reader(self, loop, self._program))
        except OSError as error:
            logger.warning("a reader of pages can't be started: %s", error)
            if not self._readers:
                self._give_up()

    def _end_idle(self, number: int) -> None:
        """End readers that had nothing to read for a while; the next page that wants one starts them again."""
        assert self._loop is not None
        starting = self.at_work < len(self._readers)
        if number == self._number and not starting and not any(self._jobs()):
            self.close()
        else:
            self._ending = self._loop.call_later(self._idle, self._end_idle, self._number)

    def _jobs(self) -> Iterator[_Job]:
        yield from self._waiting
        yield from self._suspects
        for reader in self._readers:
            yield from reader.jobs.values()

    def close(self) -> None:
        """End all readers. What they had is not read: their visits are over, or given up."""
        readers, self._readers = self._readers, []
        for reader in readers:
            reader.end()
            with suppress(RuntimeError):  # the loop has gone before
                reader.loop.call_soon_threadsafe(reader.close)
        if self._ending is not None:
            self._ending.cancel()
            self._ending = None


_POOLS: dict[int, ReaderPool] = {}


def _heard(job: _Job, message: Callable[[], Any]) -> None:
    """A reader says what a page says."""
    if job.timer is not None:
        job.timer.cancel()
    if job.said.done():
        return  # its visit was given up
    try:
        job.said.set_result(outcome(job.errand.page, message()))
    except Exception as error:  # noqa: BLE001 - raised where the page is waited for
        job.said.set_exception(error)


def _tell(job: _Job, reading: Reading) -> None:
    if not job.said.done():
        job.said.set_result(reading)


async def _read_in_thread(job: _Job) -> None:
    one = job.errand
    try:
        said = await asyncio.to_thread(
            read_page_again, one.site, one.page, one.association, one.municipality, one.known
        )
    except Exception as error:  # noqa: BLE001 - raised where the page is waited for
        if not job.said.done():
            job.said.set_exception(error)
    else:
        _tell(job, said)
