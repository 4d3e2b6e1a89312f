"""The child dies alone, and what it says is not trusted."""

import os
import signal
import sys
import textwrap
import time
from pathlib import Path

import pytest
from waiting import wait_until

from zmpwatch.errors import LimitExceeded, NeedsOcr, Unreadable
from zmpwatch.read import sandbox
from zmpwatch.read.pieces import Pieces

REPO = os.fspath(sandbox._CHILD.parents[2])


@pytest.fixture
def child(monkeypatch, tmp_path):
    """Puts a script in the place of child.py; `confine()` is at hand in it."""

    def put(script: str) -> None:
        path = tmp_path / "child.py"
        head = f"import sys, os, json, time\nsys.path.insert(0, {REPO!r})\nfrom zmpwatch.read.child import confine\n"
        path.write_text(head + textwrap.dedent(script), encoding="utf-8")
        monkeypatch.setattr(sandbox, "_CHILD", path)

    return put


@pytest.mark.parametrize(
    ("script", "error", "reason"),
    [
        ("os.abort()", Unreadable, "SIGABRT"),
        ("os.kill(os.getpid(), 11)", Unreadable, "SIGSEGV"),
        ("os.kill(os.getpid(), 9)", LimitExceeded, "SIGKILL"),
        ("sys.exit(3)", Unreadable, "exit status 3"),
        ("print('{')", Unreadable, "failed"),
        ("print('[' * 100000)", Unreadable, "failed"),
        ("print('{\"a\": 1}')", Unreadable, "another form"),
        ("print(json.dumps({'error': 'ocr', 'reason': 'a scan'}))", NeedsOcr, "a scan"),
        ("print(json.dumps({'error': 'own', 'reason': 'x'}))", Unreadable, "another form"),
        ("confine()\nx = bytearray(2 << 30)", Unreadable, "exit status 1"),
        ("sys.stdout.write('x' * (5 << 20))", LimitExceeded, "bytes"),
        (
            "confine()\nimport resource\nresource.setrlimit(resource.RLIMIT_CPU, (1, 1))\nwhile True: pass",
            LimitExceeded,
            "time",
        ),
    ],
    ids=range(12),
)
def test_every_death_is_a_read_error(child, script, error, reason):
    child(script)
    with pytest.raises(error, match=reason):
        sandbox.run_child(b"x" * 300_000, "application/pdf")


def test_a_child_that_hangs_is_killed_with_its_children(child, tmp_path):
    note = tmp_path / "grandchild"
    child(
        f"""
        if os.fork() == 0:
            open({os.fspath(note)!r}, "w").write(str(os.getpid()))
        time.sleep(60)
        """
    )
    start = time.monotonic()
    with pytest.raises(LimitExceeded, match="time"):
        sandbox.run_child(b"x", "application/pdf", seconds=1.5)
    assert time.monotonic() - start < 10
    pid = int(note.read_text())
    wait_until(lambda: not running(pid), seconds=2, what="it is gone, too")


def running(pid: int) -> bool:
    """Whether a process is there and no zombie: in a container nobody may reap what its parent has left."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_the_child_is_confined(child, tmp_path):
    target = tmp_path / "written"
    child(
        f"""
        import resource, signal, socket
        confine()
        found = {{"environ": sorted(os.environ), "cwd": os.getcwd(), "group": os.getpgrp() == os.getpid()}}
        for name in ("AS", "DATA", "CPU", "FSIZE", "NOFILE", "CORE"):
            found[name] = resource.getrlimit(getattr(resource, "RLIMIT_" + name))[0]
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        try:
            open({os.fspath(target)!r}, "w").write("x" * 10)
            found["wrote"] = os.path.getsize({os.fspath(target)!r})
        except OSError as error:
            found["wrote"] = 0
        found["privileges"] = [l for l in open("/proc/self/status") if l.startswith("NoNewPrivs")]
        print(json.dumps({{"document": found}}))
        """
    )
    found = sandbox.run_child(b"", "application/pdf")
    assert set(found["environ"]) <= {"LC_CTYPE"}  # the interpreter sets it itself where there is no locale
    assert (found["cwd"], found["group"], found["wrote"]) == ("/", True, 0)
    assert [found[name] for name in ("AS", "DATA")] == [1 << 30, 448 << 20]
    assert [found[name] for name in ("CPU", "FSIZE", "NOFILE", "CORE")] == [20, 0, 64, 0]
    if sys.platform == "linux":
        assert found["privileges"][0].split()[1] == "1"


@pytest.mark.parametrize(
    "answer",
    [
        None,
        [],
        {},
        {"pieces": [], "title": 1, "notes": []},
        {"pieces": {}, "title": None, "notes": []},
        {"pieces": [["paragraph", 1, False]], "title": None, "notes": []},
        {"pieces": [["paragraph", "x"]], "title": None, "notes": []},
        {"pieces": [["essay", "x", False]], "title": None, "notes": []},
        {"pieces": [["paragraph", "x", 0]], "title": None, "notes": []},
        {"pieces": [], "title": None, "notes": [1]},
        {"pieces": [], "title": None, "notes": [], "more": 1},
    ],
)
def test_answers_of_another_form_are_refused(answer):
    with pytest.raises(ValueError, match=r".+"):
        Pieces.from_json(answer)


def test_signal_names_are_known():
    assert signal.SIGXCPU in sandbox._OUT_OF_TIME


def test_nothing_leaves_the_child():
    """Whatever the kernel gives: what `confinement` says is what was tried, and on Linux something holds."""
    found = sandbox.confinement()
    assert set(found) == {"held", "socket", "reached"}
    if sys.platform == "linux" and found["held"]:
        assert not found["reached"]
    if "seccomp" in found["held"]:
        assert not found["socket"]


def test_the_filter_refuses_sockets_of_every_kind_and_leaves_the_rest(child):
    if "seccomp" not in sandbox.confinement()["held"]:
        pytest.skip("no seccomp on this machine")
    child(
        """
        import socket, subprocess, errno
        confine()
        found = {}
        for family in ("AF_INET", "AF_INET6", "AF_UNIX", "AF_NETLINK"):
            for kind in ("SOCK_STREAM", "SOCK_DGRAM", "SOCK_RAW"):
                try:
                    socket.socket(getattr(socket, family), getattr(socket, kind)).close()
                    found[family + kind] = "made"
                except OSError as error:
                    found[family + kind] = errno.errorcode[error.errno]
        left, right = socket.socketpair()
        left.send(b"x")
        found["pair"] = right.recv(1).decode()
        done = subprocess.run(
            [sys.executable, "-I", "-c", "import socket; socket.socket()"], capture_output=True, env={}
        )
        found["grandchild"] = b"PermissionError" in done.stderr
        print(json.dumps({"document": found}))
        """
    )
    found = sandbox.run_child(b"", "application/pdf")
    assert found.pop("pair") == "x"
    assert found.pop("grandchild") is True
    assert set(found.values()) == {"EPERM"}


def test_children_wait_for_a_processor(child, monkeypatch):
    """Many documents at once cost no more memory than there are processors."""
    from concurrent.futures import ThreadPoolExecutor
    from threading import BoundedSemaphore

    monkeypatch.setattr(sandbox, "_SLOTS", BoundedSemaphore(1))
    child("time.sleep(0.3)\nprint(json.dumps({'document': [time.monotonic()]}))")
    with ThreadPoolExecutor(3) as threads:
        ends = sorted(found[0] for found in threads.map(lambda _: sandbox.run_child(b"", "x", seconds=5), range(3)))
    assert ends[1] - ends[0] >= 0.3
    assert ends[2] - ends[1] >= 0.3


def test_what_many_hostile_documents_take_together_is_bounded(child):
    """However many processors there are: two children of 450 MB at most beside the crawl."""
    child(
        """
        confine()
        taken = []
        try:
            while len(taken) < 900:
                taken.append(bytearray(1 << 20))
        except MemoryError:
            pass
        held = next(line for line in open("/proc/self/status") if line.startswith("VmRSS")).split()[1]
        print(json.dumps({"document": [len(taken), int(held) >> 10]}))
        """
    )
    taken, held = sandbox.run_child(b"", "application/pdf")
    assert 300 < taken < 450
    assert held < 480
    assert 1 <= sandbox._SLOTS._value <= 2


def test_ocr_leaves_room_for_other_documents(child, tmp_path):
    from concurrent.futures import ThreadPoolExecutor

    note = tmp_path / "ocr"
    child(
        f"""
        if "ocr" in sys.argv[2]:
            with open({os.fspath(note)!r}, "a") as began:
                began.write("x")
            time.sleep(1)
        print(json.dumps({{"document": time.monotonic()}}))
        """
    )
    with ThreadPoolExecutor(3) as threads:
        scans = [threads.submit(sandbox.run_child, b"", "x", seconds=9, options={"ocr": {}}) for _ in range(2)]
        wait_until(note.exists, seconds=5, what="one scan is being read")
        plain = threads.submit(sandbox.run_child, b"", "x", seconds=9).result()
        ends = sorted(scan.result() for scan in scans)
    assert ends[1] - ends[0] >= 1, "one at a time"
    if (os.cpu_count() or 1) >= sandbox.MOST_AT_ONCE:
        assert plain < ends[0]
