"""Finds the words of pages in a process of its own; see `zmpwatch.service.searching.child`."""

from __future__ import annotations

import atexit
import json
import logging
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Lock, Timer

from zmpwatch.service.searching.words import words_of

__all__ = ["WordFinder"]

logger = logging.getLogger(__name__)

_CHILD = Path(__file__).with_name("child.py")
_SECONDS = 30.0
"""Most for one text; the longest takes two."""


class WordFinder:
    """Does what `words_of` does in a child that is started by the first text, and ends with this process.

    Thread-safe. A child that can't be started, dies or hangs is given up, and the words are found here: none
    are ever missing.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._child: subprocess.Popen[str] | None = None
        atexit.register(self.close)

    def words_of(self, content: str) -> tuple[str, str, str]:
        """See `zmpwatch.service.searching.words.words_of`."""
        with self._lock:
            answer = self._ask(json.dumps(content) + "\n")
        if answer is None:
            return words_of(content)
        analyser, words, lemmas = answer
        return analyser, words, lemmas

    def close(self) -> None:
        """End the child; the next text starts another."""
        with self._lock:
            self._end()

    def _ask(self, line: str) -> list[str] | None:
        try:
            return self._answer(self._child or self._start(), line)
        except (OSError, ValueError) as error:
            logger.warning("words of a page are found without the child: %s", error)
            self._end()
            return None

    @staticmethod
    def _answer(child: subprocess.Popen[str], line: str) -> list[str]:
        assert child.stdin is not None
        assert child.stdout is not None
        timer = Timer(_SECONDS, child.kill)
        timer.start()
        try:
            child.stdin.write(line)
            child.stdin.flush()
            answer: list[str] = json.loads(child.stdout.readline())
        finally:
            timer.cancel()
        return answer

    def _start(self) -> subprocess.Popen[str]:
        # -I: neither the directory nor the environment adds modules
        self._child = subprocess.Popen(  # noqa: S603 - our own interpreter on our own file
            [sys.executable, "-I", str(_CHILD)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="ascii",
            start_new_session=True,  # Ctrl-C is for the crawl: it ends the child when it is done with it
        )
        return self._child

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        with suppress(OSError):
            child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
