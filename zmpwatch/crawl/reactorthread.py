"""The one event loop all visits of a process run in.

Twisted's reactor can be started once a process and is bound to one asyncio loop; callers come with loops of their own,
one after another. So the reactor runs in a thread that is kept: `run_visits` hands its work over and waits in its own
loop. It stays Twisted's reactor, since Scrapy's handler without one can't tell when a body may have been cut.
"""

from __future__ import annotations

import asyncio
import atexit
import gc
import logging
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from typing import Any, ClassVar, TypeVar

from zmpwatch.crawl.addressgate import AddressGate
from zmpwatch.crawl.allocator import share_one_heap
from zmpwatch.errors import CrawlError

__all__ = ["ReactorThread"]

_T = TypeVar("_T")

_COLLECTOR = (15_000, 10, 5)
"""Thresholds of the garbage collector while visits are made. With 50,000 what visits leave behind took 5 MB more."""
_A_VISIT = 300
"""What the first of them is for each visit that runs, where that is more. What hundreds of visits hold grows and
shrinks by tens of thousands of objects all the time, and looking it all through each time took a sixth of the CPU."""

_LEFT_BEHIND = 8
"""Visits that have ended before what they leave is looked for. By itself the collector comes for it after hundreds."""


class ReactorThread:
    """A daemon thread that runs Twisted's asyncio reactor until the process ends."""

    _instance: ClassVar[ReactorThread | None] = None
    _lock: ClassVar[threading.Lock] = threading.Lock()

    def __init__(self) -> None:
        share_one_heap()
        self.loop = asyncio.new_event_loop()
        self._ended = 0
        self._gates: dict[tuple[int, float], AddressGate] = {}
        self._ready: Future[None] = Future()
        self._thread = threading.Thread(target=self._main, name="zmpwatch-crawl", daemon=True)
        self._thread.start()
        self._ready.result()
        # Each visit leaves a knot of objects that only the collector unties, half a megabyte of them; a command that
        # starts fast has put the collector off. What is loaded by now stays, and need not be looked at again.
        gc.collect()
        gc.freeze()
        gc.set_threshold(*_COLLECTOR)
        atexit.register(self._stop)

    @classmethod
    def get(cls) -> ReactorThread:
        """The thread of this process, started by the first call.

        Raises:
            CrawlError: another reactor is installed, so ours can't run.
        """
        with cls._lock:
            if cls._instance is None:
                cls._instance = cls()
            return cls._instance

    @classmethod
    def alive(cls) -> bool:
        """Whether the thread runs, or was never started; once it has died no visit can be run in this process."""
        return cls._instance is None or cls._instance._thread.is_alive()

    def gate(self, at_once: int, delay: float) -> AddressGate:
        """The limit an address that all visits of this process share."""
        return self._gates.setdefault((at_once, delay), AddressGate(at_once, delay))

    def make_room(self, running: int) -> None:
        """Let the collector come as often as so many visits are worth; called in the loop, when one begins."""
        first, *others = _COLLECTOR
        gc.set_threshold(max(first, _A_VISIT * running), *others)

    def clear_away(self, running: int) -> None:
        """Collect what ended visits have left, now and then; called in the loop, at the end of each.

        Args:
            running: visits that run: the more, the longer it takes, and the later it is done.
        """
        self.make_room(running)
        self._ended += 1
        if self._ended >= max(_LEFT_BEHIND, running // 2):
            self._ended = 0
            gc.collect()

    def submit(self, work: Coroutine[Any, Any, _T]) -> Future[_T]:
        """Run a coroutine in the thread's loop."""
        return asyncio.run_coroutine_threadsafe(work, self.loop)

    def _main(self) -> None:
        asyncio.set_event_loop(self.loop)
        try:
            from scrapy.utils.reactor import is_reactor_installed  # noqa: PLC0415 - heavy, and importing the reactor installs one
            from twisted.internet import asyncioreactor  # noqa: PLC0415 - heavy, and importing the reactor installs one

            if is_reactor_installed():
                self._ready.set_exception(CrawlError("another Twisted reactor is installed in this process"))
                return
            asyncioreactor.install(self.loop)  # type: ignore[no-untyped-call]
            from twisted.internet import reactor  # noqa: PLC0415 - heavy, and importing the reactor installs one

            # the running loop keeps quiet what Scrapy reports per request; failures are in the visit's report
            logging.getLogger("scrapy").setLevel(logging.ERROR)
            logging.getLogger("twisted").setLevel(logging.ERROR)
            reactor.callWhenRunning(self._ready.set_result, None)
            reactor.run(installSignalHandlers=False)  # type: ignore[misc, call-arg]
        except BaseException as error:
            if self._ready.done():
                raise
            self._ready.set_exception(error)
        finally:
            self.loop.close()

    def _stop(self) -> None:
        from twisted.internet import reactor  # noqa: PLC0415 - heavy, and importing the reactor installs one

        if self._thread.is_alive():
            self.loop.call_soon_threadsafe(reactor.stop)  # type: ignore[misc]
            self._thread.join(timeout=5)
