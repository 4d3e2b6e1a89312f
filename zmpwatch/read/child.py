"""The limited child: ``child.py MEDIA-TYPE``, a document on stdin, JSON on stdout.

Run by file, not imported: the limits must hold before the first parser is loaded.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import sys
from pathlib import Path
from typing import Any

# xberg maps 560 MB of address space for a one-page DOCX (its runtime libraries and six thread stacks) while it uses
# 60 MB; pdfium needs a tenth of that.  1 GiB leaves 450 MB for the document itself.
ADDRESS_SPACE = 1 << 30
CPU_SECONDS = 20
OPEN_FILES = 64

_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4
_PR_SET_NO_NEW_PRIVS = 38
_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
_SIGKILL = 9


def confine() -> None:
    """Sets every limit.

    Memory, processor time, open files, no file may be written, no core. The kernel's help is asked for where it is to
    be had (Linux): no new privileges, death with the parent, and a network namespace without any device. A container or
    a kernel that refuses the namespace does not stop the reading: the parsers open no sockets, the namespace is there
    for the day one does.
    """
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform != "linux":
        return
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    libc.prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)
    if libc.unshare(_CLONE_NEWNET) != 0:
        libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)


def answer(kind: str, body: bytes) -> dict[str, Any]:
    """The document's pieces, or which error it is and why."""
    from zmpwatch.errors import LimitExceeded, NeedsOcr, ReadError  # noqa: PLC0415 - main() sets the path
    from zmpwatch.read.mediatype import MediaType  # noqa: PLC0415

    try:
        if kind == MediaType.PDF:
            from zmpwatch.read.pdf import read_pdf  # noqa: PLC0415

            return {"document": read_pdf(body).as_json()}
        from zmpwatch.read.office import read_office  # noqa: PLC0415

        return {"document": read_office(body, MediaType(kind)).as_json()}
    except ReadError as error:
        name = "limit" if isinstance(error, LimitExceeded) else "ocr" if isinstance(error, NeedsOcr) else "unreadable"
        return {"error": name, "reason": error.reason}
    except MemoryError:
        return {"error": "limit", "reason": "the reader ran out of memory"}
    except RecursionError:
        return {"error": "limit", "reason": "nested too deep"}


def main() -> int:
    """Reads, answers, and leaves without running any destructor a damaged document may have reached."""
    confine()
    # The interpreter runs isolated, so a source tree that is not installed is not on the path.
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    body = sys.stdin.buffer.read()
    text = json.dumps(answer(sys.argv[1], body)).encode("ascii")
    sys.stdout.buffer.write(text)
    sys.stdout.buffer.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
