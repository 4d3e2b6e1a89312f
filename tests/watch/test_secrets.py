"""Twenty secrets, a full run at debug level with failures of all kinds: none of them is written anywhere."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import psutil
import pytest
from service.world import World, association_home
from waiting import wait_until

from zmpwatch.config import load_config
from zmpwatch.config.secrecy import Redactor
from zmpwatch.service.replica import Receiver

from .conftest import Start
from .daemons import Watch

EXPORTS = [f"export --format {form} --output {form}" for form in ("csv", "jsonl", "sqlite")]
SECRETS = [f"s3cr3t-{n:02d}/Zmp+@{n:x}Q" for n in range(20)]
"""With signs that are written differently in a URL."""


@pytest.fixture
def planted(world: World, inbox: Receiver) -> dict[str, str]:
    """Secrets in the environment and in files, in addresses that work, fail, refuse, hang up and are no addresses."""
    env = {f"SECRET_{n}": quote(secret, safe="") for n, secret in enumerate(SECRETS[:14])}
    for n, secret in enumerate(SECRETS[14:], 14):
        (world.folder / f"secret{n}").write_text(quote(secret, safe="") + "\n", encoding="utf-8")
    name = [f"${{SECRET_{n}}}" if n < 14 else f"${{file:secret{n}}}" for n in range(20)]
    here = inbox.url("x").removeprefix("json://").partition("/")[0]
    dead = "127.0.0.1:1"
    world.subscribers = [
        {"name": "redakcja", "to": [f"json://user:{name[0]}@{here}/redakcja"]},
        {"name": "token", "to": [f"json://{here}/{name[1]}?+X-Token={name[2]}"]},
        {"name": "refused", "to": [f"json://user:{name[3]}@{dead}/", f"ntfy://{name[4]}:{name[5]}@{dead}/topic"]},
        {"name": "mail", "to": [f"mailto://user:{name[6]}@{dead}?to=a@example.pl&from=b@example.pl&smtp={dead}"]},
        {"name": "forms", "to": [f"form://{name[7]}@{dead}/{name[8]}", f"xml://{name[9]}:{name[10]}@{dead}/"]},
        {"name": "gotify", "to": [f"gotify://{dead}/{name[11]}", f"mmost://{dead}/{name[12]}"]},
        {"name": "matrix", "to": [f"matrix://u:{name[13]}@{dead}/#room"]},
        {"name": "files", "to": [f"json://u:{name[14]}@{here}/files", f"json://u:{name[15]}@{dead}/{name[16]}"]},
    ]
    world.operator = {"to": [f"json://op:{name[17]}@{dead}/{name[18]}"], "heartbeat": f"http://{dead}/ping/{name[19]}"}
    return env


def places(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith("secret"):
            yield str(path.relative_to(folder)), path.read_bytes()


def found_in(content: bytes) -> list[str]:
    return [s for s in SECRETS if s.encode() in content or quote(s, safe="").encode() in content]


def titles_of(watch: Watch) -> Iterator[bytes]:
    assert watch.process is not None
    try:
        process = psutil.Process(watch.process.pid)
        for one in [process, *process.children(recursive=True)]:
            yield Path(f"/proc/{one.pid}/cmdline").read_bytes()
            yield Path(f"/proc/{one.pid}/comm").read_bytes()
    except (psutil.NoSuchProcess, FileNotFoundError, ProcessLookupError):
        return


def run(folder: Path, env: dict[str, str], *arguments: str) -> bytes:
    done = subprocess.run(
        [sys.executable, "-m", "zmpwatch", "--verbose", "-c", str(folder / "config.yaml"), *arguments],
        capture_output=True,
        env=os.environ | env,
        check=False,
        timeout=120,
        cwd=folder,
    )
    return done.stdout + done.stderr


def test_no_secret_is_written_anywhere(world: World, planted: dict[str, str], start: Start) -> None:
    seen: list[tuple[str, bytes]] = []
    watch = start("--log-format", "json", env=planted, verbose=True)
    watch.cycles(2)
    world.sites["zmp"].put("/", association_home(381))
    world.sites["hajnowka"].put("/", "<p>500</p>", status=500)

    def failed() -> bool:
        seen.extend(("process title", title) for title in titles_of(watch))
        return watch.health()[1]["outbox"].get("sent", 0) >= 3

    wait_until(failed, what="three addresses have got it, all others have failed")
    watch.wait_for(lambda shown: shown["heartbeat"] and not shown["heartbeat"]["ok"])
    log = world.folder / "watch.log"
    wait_until(lambda: b"connection refused" in log.read_bytes(), what="an address that refuses has been tried")
    seen += [("/healthz", watch.get("/healthz")[1].encode()), ("/metrics", watch.get("/metrics")[1].encode())]
    (world.folder / "secret14").write_text("one\ntwo\n")
    watch.send(signal.SIGHUP)
    watch.wait_for(lambda shown: not shown["config"]["ok"])
    seen.append(("/healthz", watch.get("/healthz")[1].encode()))
    (world.folder / "secret14").write_text(quote(SECRETS[14], safe=""))
    watch.end()

    seen.append(("crawl", run(world.folder, planted, "crawl")))
    asking = ("check", "status", "changes --json", "notify pending", "backup", *EXPORTS)
    with ThreadPoolExecutor(3) as side_by_side:
        said = side_by_side.map(lambda command: run(world.folder, planted, *command.split()), asking)
        seen += zip(asking, said, strict=True)
    config = (world.folder / "config.yaml").read_text()
    (world.folder / "config.yaml").write_text(
        config.replace("redakcja", "redakcja\ud800".encode("utf-8", "replace").decode())
    )
    seen.append(("check with an error", run(world.folder, planted, "check")))
    (world.folder / "config.yaml").write_text(config.replace("json://op", "nonsense://op"))
    seen.append(("check with a wrong address", run(world.folder, planted, "check")))
    seen += places(world.folder)

    assert len(seen) > 25
    assert any(b"connection refused" in content for name, content in seen if name == "watch.log")
    leaks = [(name, secret) for name, content in seen for secret in found_in(content)]
    assert leaks == []


def test_what_a_redactor_replaces(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(
        "database: 'postgresql://u:${DB}@localhost/zmp'\n"
        "subscribers: [{name: a, to: ['json://user:plainpassword@127.0.0.1/x']}]\n"
        "operator: {heartbeat: 'https://hc.example/${PING}'}\n"
    )
    redact = Redactor.of(load_config(path, {"DB": "hasło/2", "PING": "0815-4711"}))
    assert redact("no secret at all") == "no secret at all"
    assert redact("at has%C5%82o%2F2, hasło/2") == "at ${DB}, ${DB}"
    assert "plainpassword" not in redact("login plainpassword failed")
    assert "127.0.0.1/x" not in redact("json://user:plainpassword@127.0.0.1/x")
    assert "0815" not in redact("GET https://hc.example/0815-4711 failed")


@pytest.mark.parametrize("written", [str, json.dumps, repr, quote])
def test_however_a_secret_is_written_down(written: Callable[[str], str]) -> None:
    secret = "qu\"ot\\ed's ó/@"
    assert "${X}" in Redactor({"${X}": secret})(f"<{written(secret)}>")
