"""A limited child process: hostile documents are parsed where a crash, a loop or a bomb costs nothing but the child.

The child is started by exec, never by fork, so it holds nothing of the parent: an empty environment, ``/``
as its directory, a process group of its own that is killed as a whole.  Bytes go in on stdin, JSON comes out on stdout.
"""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import nullcontext, suppress
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from zmpwatch.errors import LimitExceeded, NeedsOcr, ReadError, Unreadable

__all__ = ["MAX_ANSWER_BYTES", "MAX_DOCUMENT_BYTES", "WALL_SECONDS", "confinement", "run_child"]

MAX_DOCUMENT_BYTES = 32 << 20
"""Cap for documents, that of a download."""

MAX_ANSWER_BYTES = 4 << 20
"""Text of some 1,500 pages."""

WALL_SECONDS = 30.0

MOST_AT_ONCE = 2
"""Children at once, however many processors there are: each may take 450 MB, and a document mostly takes 0.2 s."""

_SLOTS = BoundedSemaphore(max(1, min(MOST_AT_ONCE, os.cpu_count() or 1)))
_OCR_SLOT = BoundedSemaphore(1)
_CHILD = Path(__file__).with_name("child.py")
_CHUNK = 1 << 16
_OUT_OF_TIME = frozenset({signal.SIGXCPU, signal.SIGKILL})
_ERRORS: dict[str, type[ReadError]] = {"unreadable": Unreadable, "limit": LimitExceeded, "ocr": NeedsOcr}


def run_child(
    body: bytes, task: str, *, seconds: float = WALL_SECONDS, options: Mapping[str, Any] | None = None
) -> Any:
    """The child's JSON answer for a document.

    Two run at once, one where there is one processor, and one at most that runs OCR, which may take minutes; who comes
    later waits, without losing time of its own.

    Args:
        body: The document.
        task: Its media type, as `MediaType` names it, or another task of the child's.
        seconds: Wall-clock bound.
        options: What the task needs besides.

    Raises:
        LimitExceeded: A bound on size, time or memory stopped it.
        NeedsOcr: The child says so.
        Unreadable: The child says so, or it died.
    """
    if len(body) > MAX_DOCUMENT_BYTES:
        raise LimitExceeded(f"a document of {len(body):,} bytes, at most {MAX_DOCUMENT_BYTES:,} are read")
    with _OCR_SLOT if options and "ocr" in options else nullcontext(), _SLOTS:
        answer, status = _run(body, [task, json.dumps(options or {})], seconds)
    return _judged(answer, status)


def confinement() -> dict[str, Any]:
    """What keeps a child from the network on this machine, tried in one.

    Returns:
        ``held``: names of what was set up (``seccomp``, ``namespace``); ``socket``: whether a socket can be made all
        the same; ``reached``: whether this machine can be reached by it.

    Raises:
        ReadError: The child did not answer.
    """
    found = run_child(b"", "confinement")
    if not isinstance(found, dict) or set(found) != {"held", "socket", "reached"}:
        raise Unreadable("the reader gave an answer of another form")
    return found


def _run(body: bytes, arguments: list[str], seconds: float) -> tuple[bytes, int]:
    # -I: neither the directory, nor the environment, nor the user's site adds modules; -S would lose the virtual one.
    process = subprocess.Popen(  # noqa: S603 - our own interpreter on our own file
        [sys.executable, "-I", "-B", str(_CHILD), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={},
        start_new_session=True,
    )
    try:
        answer = _exchange(process, body, time.monotonic() + seconds)
        status = process.wait(timeout=5)
    except subprocess.TimeoutExpired as error:
        raise LimitExceeded("the reader did not end") from error
    finally:
        # The group, not the process: what the child may have started goes with it.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                with suppress(OSError):
                    pipe.close()
    return answer, status


def _exchange(process: subprocess.Popen[bytes], body: bytes, deadline: float) -> bytes:
    """Feeds the child and hears it at once, so that neither waits for the other; bounded in bytes and in time."""
    stdin, stdout = process.stdin, process.stdout
    if stdin is None or stdout is None:
        raise Unreadable("the reader has no pipes")
    waiting, answer = memoryview(body), bytearray()
    os.set_blocking(stdin.fileno(), False)
    with selectors.DefaultSelector() as selector:
        selector.register(stdin, selectors.EVENT_WRITE)
        selector.register(stdout, selectors.EVENT_READ)
        while selector.get_map():
            ready = selector.select(max(0.0, deadline - time.monotonic()))
            if not ready and time.monotonic() >= deadline:
                raise LimitExceeded("the reader ran out of time")
            for key, _ in ready:
                if key.fileobj is stdin:
                    try:
                        waiting = waiting[os.write(stdin.fileno(), waiting[:_CHUNK]) :]
                    except BrokenPipeError:
                        waiting = waiting[:0]  # it died, or knows enough: its status will tell
                    if not waiting:
                        selector.unregister(stdin)
                        with suppress(OSError):
                            stdin.close()
                    continue
                piece = os.read(stdout.fileno(), _CHUNK)
                if not piece:
                    selector.unregister(stdout)
                answer += piece
                if len(answer) > MAX_ANSWER_BYTES:
                    raise LimitExceeded(f"text of more than {MAX_ANSWER_BYTES:,} bytes")
    return bytes(answer)


def _judged(answer: bytes, status: int) -> Any:
    if status < 0:
        name = signal.Signals(-status).name if -status in signal.valid_signals() else str(-status)
        if -status in _OUT_OF_TIME:
            raise LimitExceeded(f"the reader ran out of processor time or memory ({name})")
        raise Unreadable(f"the reader crashed on it ({name})")
    try:
        data = json.loads(answer)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"the reader failed on it (exit status {status})") from error
    match data:
        case {"error": str(kind), "reason": str(reason)} if kind in _ERRORS:
            raise _ERRORS[kind](reason[:300])
        case {"document": document}:
            return document
    raise Unreadable("the reader gave an answer of another form")
