"""`zmpwatch watch`: everything the daemon is made of, put together, and its life from lock to farewell."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from zmpwatch import __version__
from zmpwatch.config import Config
from zmpwatch.config.secrecy import Redactor
from zmpwatch.errors import ConfigError, CrawlError, DatabaseLocked, StoreError
from zmpwatch.interrupts import interrupted
from zmpwatch.model import Visit
from zmpwatch.plural import counted
from zmpwatch.schedule import courier, systemd
from zmpwatch.schedule.board import Board, CycleSummary, Outcome
from zmpwatch.schedule.clocks import Clocks, SystemClocks
from zmpwatch.schedule.courier import Courier
from zmpwatch.schedule.endpoint import Endpoint, application
from zmpwatch.schedule.heartbeat import Heartbeat
from zmpwatch.schedule.metrics import Metrics
from zmpwatch.schedule.notices import Notices
from zmpwatch.schedule.scheduler import Scheduler, Watcher
from zmpwatch.schedule.supervision import Supervisor, Task
from zmpwatch.service.canary import CanaryResult, run_canary
from zmpwatch.service.checking import load_for_running
from zmpwatch.service.delivering import DeliveryReport
from zmpwatch.service.holding import make_sure
from zmpwatch.service.opening import Lock, Store, open_store
from zmpwatch.service.statusanswers import outbox_counts
from zmpwatch.service.visiting import Visiting, crawler_alive

__all__ = ["Daemon", "Stopped", "run_watch"]

logger = logging.getLogger(__name__)

FAREWELL = 1.3
"""Seconds all tasks together have to end in; a stop takes no more than two."""

_SIGN_OF_LIFE = 10.0

_BETWEEN_CHECKS = 24 * 3600.0
"""Seconds between two proofs of the whole history."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """How the daemon ended: which signal, and whether all its threads did."""

    by: signal.Signals | None
    whole: bool
    problem: str | None = None


class Daemon(Watcher):
    """A watch on an open store whose lock is held. `serve` lives until `stop` is set.

    Args:
        config: the configuration to begin with.
        store: where everything is kept; nobody else may crawl on it meanwhile.
        reread: reads the configuration anew; raises ConfigError.
        lock: what keeps others away; the daemon ends when another process has taken it.
        clocks: the present.
        canary: the end-to-end test.
        web: whether /healthz and /metrics are served.
        secrets_changed: called with the redactor of each new configuration.
    """

    def __init__(
        self,
        config: Config,
        store: Store,
        reread: Callable[[], Config],
        *,
        lock: Lock | None = None,
        clocks: Clocks | None = None,
        canary: Callable[[], CanaryResult] = run_canary,
        web: bool = True,
        secrets_changed: Callable[[Redactor], None] = lambda _redactor: None,
    ) -> None:
        self.clocks = clocks or SystemClocks()
        self.stop = asyncio.Event()
        self.board = Board(__version__, self.clocks, self.clocks.now())
        self.metrics = Metrics(self.board)
        self.problem: str | None = None
        self._config, self._store, self._reread, self._web = config, store, reread, web
        self._lock = lock
        self._secrets_changed = secrets_changed
        self._redact = Redactor.of(config)
        self._reload = asyncio.Event()
        self._visiting = Visiting(config, store, self.clocks.now)
        self.supervisor = Supervisor(self.clocks, self.stop, self._failed)
        self.board.tasks = self.supervisor.tasks
        self.board.config = Outcome(True, self.clocks.now(), str(config.path))
        self.courier = Courier(self._deliver, self._publish, self.clocks, self.board, self.stop, self._delivered)
        self.notices = Notices(lambda: self._visiting, self.redacted, self.clocks, self.courier.call)
        self.scheduler = self._scheduler()
        self.heartbeat = Heartbeat(
            lambda: self._config.operator.heartbeat,
            canary,
            lambda: self._config.crawl.user_agent,
            self.clocks,
            self.board,
            self.stop,
            self.trouble,
        )

    def _scheduler(self) -> Scheduler:
        now = self.clocks.now()
        last = self._store.last_visits()
        for visit in last.values():
            if self._visiting.site(visit.site) is not None:
                self.board.visited(visit)
        seen = self._store.requests_since(now - timedelta(days=1))
        started = {name: visit.started for name, visit in last.items()}
        unjudged = bool(self._store.awaiting())
        return Scheduler(self._visiting, started, seen, self.clocks, self.board, self, self.stop, unjudged=unjudged)

    @property
    def busy(self) -> bool:
        """Whether anything is under way."""
        return self.scheduler.busy or self.courier.busy or self.heartbeat.busy

    async def serve(self) -> bool:
        """Watch until `stop` is set; returns whether all tasks have ended by then.

        Raises:
            StoreError: the database refuses at the very start.
        """
        if not await self._prepared():
            return False
        start = self.supervisor.start
        start("scheduler", self.scheduler.run)
        start("delivery", self.courier.run, patience=8 * courier.LOOK_AGAIN)
        start("heartbeat", self.heartbeat.run, patience=1200.0)
        start("care", self._care)
        start("integrity", self._look_after_history, patience=3 * _BETWEEN_CHECKS)
        if self._web:
            app = application(self.board, self.metrics, self.redacted)
            start("web", Endpoint(self._web_address, app, self.clocks, self.stop).run)
        systemd.ready(f"watching {self._sites()}")
        logger.info(
            "watching %s, %s",
            self._sites(),
            counted(len(self._config.subscribers), "subscriber"),
            extra={"version": __version__, "pid": os.getpid()},
        )
        await self.stop.wait()
        self.board.stopping = True
        systemd.notify("STOPPING=1")
        self.notices.close()
        return await self.supervisor.join(FAREWELL)

    async def _prepared(self) -> bool:
        """Load what takes seconds; False when a stop came first."""
        stopping = asyncio.ensure_future(self.stop.wait())
        preparing = asyncio.ensure_future(asyncio.to_thread(self._visiting.prepare))
        await asyncio.wait({stopping, preparing}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if not preparing.done():
            return False
        preparing.result()
        return not self.stop.is_set()

    def _sites(self) -> str:
        return counted(len(self._visiting.timetable.sites), "site")

    def _web_address(self) -> tuple[str, int]:
        return self._config.web.host, self._config.web.port

    # -- what the tasks tell --------------------------------------------------------------------------------------

    def visited(self, visit: Visit, seconds: float) -> None:
        """Count a stored visit."""
        self.metrics.visited(visit, seconds)

    def cycle_closed(self, summary: CycleSummary) -> None:
        """News may be due; if the cycle was healthy the heartbeat is."""
        self.metrics.cycle(summary.changes)
        self.courier.call()
        self.heartbeat.cycle_closed()

    def trouble(self, part: str, state: str, detail: str) -> None:
        """Tell the operator, once an hour for each part."""
        self.notices.trouble(part, state, detail)

    def redacted(self, text: str) -> str:
        """The text without the secrets of the configuration of the moment."""
        return self._redact(text)

    def _deliver(self, stop: threading.Event) -> DeliveryReport:
        return self._visiting.deliver(stop)

    def _publish(self) -> None:
        self._visiting.publish()

    def _failed(self, task: Task) -> None:
        self.trouble(f"task {task.name}", "failed and is started again", task.last_error or "no reason is known")

    def _delivered(self, report: DeliveryReport) -> None:
        self.metrics.delivered(report)
        self.board.outbox = outbox_counts(self._store)

    # -- reload and signs of life ---------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the configuration anew, soon."""
        self._reload.set()

    async def _care(self, task: Task) -> None:
        """Reads the configuration anew when asked, and shows the service manager that all tasks are alive."""
        rest = min(systemd.watchdog_seconds() or _SIGN_OF_LIFE, _SIGN_OF_LIFE)
        stopping = asyncio.ensure_future(self.stop.wait())
        stopping.add_done_callback(lambda _: self._reload.set())
        try:
            while not self.stop.is_set():
                task.beat()
                if not crawler_alive():
                    # Twisted's reactor can't be started twice in a process: the service manager starts us anew
                    self._end("the thread that crawls has died")
                    return
                await self._hold_lock()
                if self.stop.is_set():
                    return
                if self.board.healthy:
                    systemd.notify("WATCHDOG=1")
                await self.clocks.wait(self._reload, rest)
                if self._reload.is_set() and not self.stop.is_set():
                    self._reload.clear()
                    await self._adopt_anew()
        finally:
            stopping.cancel()

    def _end(self, problem: str) -> None:
        self.problem = problem
        logger.critical("%s; the watch ends", problem)
        self.stop.set()

    async def _hold_lock(self) -> None:
        """Make sure that nobody else may crawl."""
        if self._lock is None:
            return
        try:
            await make_sure(self._lock)
        except DatabaseLocked as error:
            self._end(str(error))

    async def _look_after_history(self, task: Task) -> None:
        """Checks the database at the start, and once a day every row and every archived page."""
        problems = await asyncio.to_thread(self._store.check)
        while True:
            task.beat()
            self.board.history = Outcome(not problems, self.clocks.now(), problems[0] if problems else "")
            if problems:
                logger.error("the history is damaged: %s", "; ".join(problems[:5]))
                self.trouble("history", "is damaged; docs/operating.md tells how to restore it", problems[0])
            if await self.clocks.wait(self.stop, _BETWEEN_CHECKS):
                return
            problems = (await asyncio.to_thread(self._store.verify)).problems

    async def _adopt_anew(self) -> None:
        systemd.reloading()
        try:
            config = await asyncio.to_thread(self._reread)
            visiting = await asyncio.to_thread(self._visiting_of, config)
        except (ConfigError, CrawlError, StoreError) as error:
            detail = self._redact(str(error))
            logger.error("config.yaml is left as it was: %s", detail)  # noqa: TRY400 - said, not traced
            self.board.config = Outcome(False, self.clocks.now(), detail)
            self.trouble("config.yaml", "could not be read anew; the one before holds", detail)
        else:
            self._config, self._visiting = config, visiting
            self._redact = Redactor.of(config)
            self._secrets_changed(self._redact)
            self.scheduler.adopt(visiting)
            self.courier.call()
            self.board.config = Outcome(True, self.clocks.now(), str(config.path))
            self.notices.well_again("config.yaml")
            logger.info("config.yaml was read anew: %s", self._sites())
        systemd.ready(f"watching {self._sites()}")

    def _visiting_of(self, config: Config) -> Visiting:
        for key in ("database", "archive"):
            if getattr(config, key) != getattr(self._config, key):
                raise ConfigError(f"{config.path}: {key} can't be changed while the watch runs; start it anew")
        return Visiting(config, self._store, self.clocks.now)


def run_watch(
    path: Path,
    env: Mapping[str, str] = os.environ,
    *,
    config: Config | None = None,
    secrets_changed: Callable[[Redactor], None] = lambda _redactor: None,
) -> Stopped:
    """Watch until SIGTERM or SIGINT; SIGHUP reads the configuration anew.

    The caller should end the process soon after: threads that wait for others (a silent receiver, a large document) may
    still run when `Stopped.whole` is False.

    Raises:
        ConfigError: the configuration is wrong; nothing is run.
        DatabaseLocked: another watch or crawl runs on the database.
        StoreError: the database refuses.
    """
    config = config or load_for_running(path, env)
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    store = open_store(config)
    with store.exclusive() as lock:
        try:
            return loop.run_until_complete(_live(config, store, lock, path, env, secrets_changed))
        finally:
            # neither waits: what a thread still does is whole by transaction, and nobody is left to hear of it
            store.close()
            asyncio.set_event_loop(None)


async def _live(
    config: Config,
    store: Store,
    lock: Lock,
    path: Path,
    env: Mapping[str, str],
    secrets_changed: Callable[[Redactor], None],
) -> Stopped:
    daemon = Daemon(config, store, lambda: load_for_running(path, env), lock=lock, secrets_changed=secrets_changed)
    loop = asyncio.get_running_loop()
    by: list[signal.Signals] = []

    def ended(number: signal.Signals) -> None:
        by.append(number)
        logger.info("%s: visits under way are given up", number.name)
        daemon.stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ended, number)
    loop.add_signal_handler(signal.SIGHUP, daemon.reload)
    if interrupted():
        ended(signal.SIGINT)
    whole = await daemon.serve()
    return Stopped(by[0] if by else None, whole, daemon.problem)
