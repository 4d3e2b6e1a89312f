"""The limited child: ``child.py TASK [OPTIONS]``, a document on stdin, JSON on stdout.

A task is a media type to read, ``members`` to list what a ZIP holds, or ``confinement`` to tell what holds this
process; options are a JSON object.

Run by file, not imported: the limits must hold before the first parser is loaded.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import platform
import resource
import struct
import sys
from pathlib import Path
from typing import Any

# xberg maps 560 MB of address space for a one-page DOCX (its runtime libraries and six thread stacks) while it uses
# 60 MB; pdfium needs a tenth of that.  1 GiB leaves 450 MB for the document itself.
ADDRESS_SPACE = 1 << 30
# A plain document takes 30 MB of these; a scan of A3 in 600 dpi and full colour is still read within them.
DATA = 448 << 20
CPU_SECONDS = 20
OPEN_FILES = 64

_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4
_PR_SET_NO_NEW_PRIVS = 38
_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
_SIGKILL = 9
_PR_SET_SECCOMP = 22
_SECCOMP_MODE_FILTER = 2

# machine → its number in linux/audit.h, and those of the calls that make a socket or a ring that can make one
_ARCHITECTURES = {"x86_64": (0xC000003E, (41, 425)), "aarch64": (0xC00000B7, (198, 425))}


def confine() -> tuple[str, ...]:
    """Sets every limit; returns what keeps the network away: ``seccomp``, ``namespace``, both, or nothing.

    Memory, processor time, open files, no file may be written, no core. The kernel's help is asked for where it is to
    be had (Linux): no new privileges, death with the parent, a filter that lets no socket be made, and a network
    namespace without any device. Programs that are started from here are held by all of it as well. A machine where
    neither filter nor namespace is to be had does not stop the reading: the parsers open no sockets, both are there for
    the day one does. ``zmpwatch check`` tells what holds.
    """
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_DATA, (DATA, DATA))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform != "linux":
        return ()
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    libc.prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)
    namespace = libc.unshare(_CLONE_NEWNET) == 0 or libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0
    held = (("seccomp", _refuse_sockets(libc)), ("namespace", namespace))
    return tuple(name for name, holds in held if holds)


def _refuse_sockets(libc: ctypes.CDLL) -> bool:
    """Let the kernel answer "not permitted" to each call that would make a socket (seccomp, mode filter).

    Pairs of connected sockets, by which an event loop wakes itself up, lead nowhere and stay allowed.
    """
    if platform.machine() not in _ARCHITECTURES:
        return False
    architecture, refused = _ARCHITECTURES[platform.machine()]
    load, equal, at_least, give = 0x20, 0x15, 0x35, 0x06  # BPF: LD|W|ABS, JMP|JEQ|K, JMP|JGE|K, RET|K
    last = 5 + len(refused)
    program = [
        (load, 0, 0, 4),  # the architecture of the call
        (equal, 1, 0, architecture),
        (give, 0, 0, 0x80000000),  # of another one, under which numbers mean something else: the process ends
        (load, 0, 0, 0),  # its number
        (at_least, last - 4, 0, 0x40000000),  # the x32 calls, which have numbers of their own
        *((equal, last - at, 0, number) for at, number in enumerate(refused, 5)),
        (give, 0, 0, 0x7FFF0000),  # all else is allowed
        (give, 0, 0, 0x00050000 | 1),  # EPERM
    ]
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in program))
    head = struct.pack("@HP", len(program), ctypes.addressof(code))
    return bool(libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.create_string_buffer(head), 0, 0) == 0)


def confinement(held: tuple[str, ...]) -> dict[str, Any]:
    """What holds this process, tried and not believed: whether a socket can be made, and a host be reached by it."""
    import socket  # noqa: PLC0415 - for this task alone

    found: dict[str, Any] = {"held": list(held), "socket": False, "reached": False}
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as made:
        found["socket"] = True
        made.connect(("127.0.0.1", 9))  # sends nothing: the kernel only looks for a way there
        found["reached"] = True
    return found


def answer(task: str, body: bytes, options: dict[str, Any]) -> dict[str, Any]:
    """The document's pieces, or which error it is and why."""
    from zmpwatch.errors import LimitExceeded, NeedsOcr, ReadError  # noqa: PLC0415 - main() sets the path
    from zmpwatch.read.mediatype import MediaType  # noqa: PLC0415 - as above

    try:
        if task == "members":
            from zmpwatch.read.bundle import members  # noqa: PLC0415 - heavy

            return {"document": members(body)}
        if path := options.get("member"):
            from zmpwatch.read.bundle import member  # noqa: PLC0415 - heavy

            body = member(body, path)
        if task == MediaType.PDF:
            from zmpwatch.read.pdf import read_pdf  # noqa: PLC0415 - heavy
            from zmpwatch.read.recognise import Recogniser  # noqa: PLC0415 - heavy

            ocr = Recogniser(**options["ocr"]) if "ocr" in options else None
            return {"document": read_pdf(body, ocr).as_json()}
        if MediaType(task).is_page:
            from zmpwatch.read.bundle import read_page_piece  # noqa: PLC0415 - heavy

            return {"document": read_page_piece(body, MediaType(task)).as_json()}
        from zmpwatch.read.office import read_office  # noqa: PLC0415 - heavy

        return {"document": read_office(body, MediaType(task)).as_json()}
    except ReadError as error:
        name = "limit" if isinstance(error, LimitExceeded) else "ocr" if isinstance(error, NeedsOcr) else "unreadable"
        return {"error": name, "reason": error.reason}
    except MemoryError:
        return {"error": "limit", "reason": "the reader ran out of memory"}
    except RecursionError:
        return {"error": "limit", "reason": "nested too deep"}


def main() -> int:
    """Reads, answers, and leaves without running any destructor a damaged document may have reached."""
    held = confine()
    task, options = sys.argv[1], json.loads(sys.argv[2]) if len(sys.argv) > 2 else {}
    # The interpreter runs isolated, so a source tree that is not installed is not on the path.
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    body = sys.stdin.buffer.read()
    found = {"document": confinement(held)} if task == "confinement" else answer(task, body, options)
    text = json.dumps(found).encode("ascii")
    sys.stdout.buffer.write(text)
    sys.stdout.buffer.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
