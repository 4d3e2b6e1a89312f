"""A real `zmpwatch watch` in a process of its own, watched from outside."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

import psutil
from waiting import PATIENCE, wait_until


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


class Watch:
    """`with Watch(config, port) as watch:` starts it; leaving kills what is left of it."""

    def __init__(
        self, config: Path, port: int, *options: str, env: dict[str, str] | None = None, verbose: bool = False
    ):
        self.config, self.port = config, port
        self._before = ("--verbose",) if verbose else ()
        self._options, self._env = options, env or {}
        self.log = config.parent / "watch.log"
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self.process is not None:
            for child in psutil.Process(self.process.pid).children(recursive=True) if self.running else ():
                with suppress(psutil.NoSuchProcess):  # it may end by itself just now
                    child.kill()
            self.process.kill()
            self.process.wait()

    def start(self) -> None:
        command = [sys.executable, "-m", "zmpwatch", "-c", str(self.config), *self._before, "watch", *self._options]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, env=os.environ | self._env)

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def health(self) -> tuple[int, dict[str, Any]]:
        """Status and state that /healthz gives; (0, {}) while nobody answers."""
        status, text = self.get("/healthz")
        return status, json.loads(text) if status else {}

    def get(self, path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()
        except OSError:
            return 0, ""

    def wait_for(self, true: Callable[[dict[str, Any]], Any], seconds: float = PATIENCE) -> dict[str, Any]:
        """Wait until /healthz shows it; returns what it showed."""
        shown: dict[str, Any] = {}

        def is_shown() -> bool:
            nonlocal shown
            if not self.running:
                raise AssertionError(f"it has ended:\n{self.said}")
            shown = self.health()[1]
            return bool(shown) and bool(true(shown))

        try:
            wait_until(is_shown, seconds)
        except AssertionError as error:
            raise AssertionError(f"{error}\n{json.dumps(shown, indent=1)}\n{self.said}") from error
        return shown

    def cycles(self, more: int = 1) -> dict[str, Any]:
        """Wait until so many further cycles have been judged."""
        now = self.wait_for(lambda shown: True)["cycles"]
        return self.wait_for(lambda shown: shown["cycles"] >= now + more)

    def send(self, number: signal.Signals) -> None:
        assert self.process is not None
        self.process.send_signal(number)

    def end(self, number: signal.Signals = signal.SIGTERM) -> tuple[int, float]:
        """Send a signal; returns exit status and the seconds until the process was gone."""
        assert self.process is not None
        begun = time.monotonic()
        self.process.send_signal(number)
        status = self.process.wait(timeout=30)
        return status, time.monotonic() - begun

    @property
    def said(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")[-6000:]
