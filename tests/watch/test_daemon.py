"""The daemon as its operator sees it: a process that is started, told, stopped and killed."""

from __future__ import annotations

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time

import psutil
import pytest
import yaml
from service.world import Answer, World, association_home
from waiting import wait_until

from zmpwatch.alert.leasing import LEASE
from zmpwatch.service.replica import Receiver

from .conftest import OFTEN, Start
from .daemons import free_port

STOP_WITHIN = 2.0 * max(1.0, os.getloadavg()[0] / (2 * (os.cpu_count() or 1)))
"""Seconds; more only where other processes take the processors away."""


def subjects(inbox: Receiver, recipient: str = "redakcja") -> list[str]:
    return [message.title for message in inbox.messages if message.path == f"/{recipient}"]


def rows(world: World, query: str) -> list[tuple]:
    with sqlite3.connect(f"file:{world.folder / 'zmpwatch.db'}?mode=ro", uri=True, timeout=10) as database:
        return database.execute(query).fetchall()


def test_a_change_is_told_once_while_it_runs_and_status_knows_the_next_turn(
    world: World, start: Start, inbox: Receiver
) -> None:
    watch = start()
    watch.cycles(2)
    world.sites["zmp"].put("/", association_home(381))
    # killed between taking a message and handing it to its sender, it comes again when its lease has run out
    assert inbox.wait_for(1, 90 + LEASE.total_seconds()), watch.said
    watch.cycles(2)
    assert len(subjects(inbox)) == 1
    assert subjects(inbox)[0].startswith("ZMP: 373 → 381")
    assert subjects(inbox, "operator") == []
    shown = watch.wait_for(lambda state: state["outbox"].get("sent") == 1)
    assert (shown["status"], shown["problems"], shown["warnings"]) == ("ok", [], [])
    assert "ZMP: 373 → 381" in (watch.config.parent / "var" / "feeds" / "changes.atom").read_text("utf-8")
    assert set(shown["tasks"]) >= {"scheduler", "delivery", "heartbeat", "care", "web"}
    done = subprocess.run(
        [sys.executable, "-m", "zmpwatch", "-c", str(watch.config), "status", "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    for line in map(json.loads, done.stdout.splitlines()):
        assert line["next_visit"] > line["last_visit"]
    status, text = watch.get("/metrics")
    assert status == 200
    # with a visit every second, a turn may come before a confirmation does, and confirm as well
    assert 'zmpwatch_visits_total{purpose="routine",verdict="ok"} ' in text
    assert 'zmpwatch_deliveries_total{outcome="sent"} 1.0' in text
    assert "zmpwatch_up 1.0" in text
    assert 'zmpwatch_task_healthy{task="scheduler"} 1.0' in text


def test_a_second_daemon_and_a_crawl_beside_it_refuse_to_start(world: World, start: Start) -> None:
    watch = start()
    watch.cycles()
    for command in ("watch", "crawl"):
        second = subprocess.run(
            [sys.executable, "-m", "zmpwatch", "-c", str(watch.config), command],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert second.returncode == 3
        assert watch.process is not None
        assert f"in use by another zmpwatch (process {watch.process.pid})" in second.stderr
    assert watch.running


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_it_stops_within_two_seconds_though_a_site_hangs(
    world: World, start: Start, number: signal.Signals, status: int
) -> None:
    hanging = world.add("bip", "bip", "2005011", every=OFTEN)
    let_go = threading.Event()

    def hang() -> Answer:
        let_go.wait(60)
        return Answer(b"<p>late</p>")

    hanging.pages["/"] = hang
    world.crawl["timeout"] = 60
    watch = start()
    watch.wait_for(lambda shown: "bip" in shown["sites"]["running"])
    wait_until(lambda: any(path == "/" for path, _ in hanging.requests), what="the page is asked for")
    ended, seconds = watch.end(number)
    assert ended == status
    assert seconds <= STOP_WITHIN
    let_go.set()
    assert rows(world, "SELECT count(*) FROM visits WHERE site = 'bip'") == [(0,)], "given up whole"
    hanging.pages["/"] = Answer(b"<h1>BIP</h1><p>Rejestr.</p>")
    watch.start()
    wait_until(lambda: rows(world, "SELECT count(*) FROM visits WHERE site = 'bip'")[0][0] > 0, what="it is redone")


def test_it_stops_within_two_seconds_though_a_receiver_is_silent(world: World, start: Start, inbox: Receiver) -> None:
    from socket import create_server

    with create_server(("127.0.0.1", 0)) as silent:
        world.subscribers.append({"name": "silent", "to": [f"json://127.0.0.1:{silent.getsockname()[1]}/"]})
        watch = start()
        watch.cycles(2)
        world.sites["zmp"].put("/", association_home(381))
        assert inbox.wait_for(1, 90), "the silent one holds up nobody"
        wait_until(lambda: rows(world, "SELECT count(*) FROM deliveries WHERE state = 'sending'") == [(1,)])
        assert watch.process is not None
        senders = psutil.Process(watch.process.pid).children(recursive=True)
        status, seconds = watch.end()
        assert (status, seconds <= STOP_WITHIN) == (0, True)
        # it may have arrived, and nobody goes on sending it
        wait_until(lambda: not any(sender.is_running() for sender in senders))
        left = rows(
            world, "SELECT state, attempts, lease_until, last_result FROM deliveries WHERE recipient = 'silent'"
        )
        assert left == [("unknown", 1, None, "unknown: stopped while it was being sent")]


def test_an_address_that_is_corrected_gets_at_once_what_waits_for_it(
    world: World, start: Start, inbox: Receiver
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as refusing:
        port = refusing.getsockname()[1]
    subscriber = {"name": "moves", "to": [f"json://127.0.0.1:{port}/"]}
    world.subscribers = [subscriber]
    watch = start()
    watch.cycles(2)
    world.sites["zmp"].put("/", association_home(381))
    tried = "SELECT count(*) FROM deliveries WHERE state = 'pending' AND attempts = 1"
    wait_until(lambda: rows(world, tried) == [(1,)])
    subscriber["to"] = [inbox.url("moved")]
    world.write()
    watch.send(signal.SIGHUP)
    wait_until(lambda: subjects(inbox, "moved") == ["ZMP: 373 → 381 (+8), nazw jeszcze nie znamy"])
    wait_until(lambda: rows(world, "SELECT state, attempts FROM deliveries") == [("sent", 2)])
    wait_until(lambda: "goes to moves" in watch.said)


def test_killed_and_started_again_it_goes_on_where_it_was(world: World, start: Start, inbox: Receiver) -> None:
    watch = start()
    watch.cycles(2)
    world.sites["zmp"].put("/", association_home(381))
    for _ in range(3):
        time.sleep(0.4)  # wherever it is by then: at its start, within a visit, between two
        watch.end(signal.SIGKILL)
        watch.start()
    # killed between taking a message and handing it to its sender, it comes again when its lease has run out
    assert inbox.wait_for(1, 90 + LEASE.total_seconds()), watch.said
    watch.cycles(2)
    assert len(subjects(inbox)) == 1
    assert subjects(inbox, "operator") == []
    assert rows(world, "PRAGMA integrity_check") == [("ok",)]


def test_sighup_reads_the_configuration_anew_and_a_wrong_one_changes_nothing(
    world: World, start: Start, inbox: Receiver
) -> None:
    watch = start()
    watch.cycles()
    world.add("bip", "bip", "2005011", every=OFTEN).put("/", "<h1>BIP</h1><p>Rejestr uchwał.</p>")
    world.write()
    watch.send(signal.SIGHUP)
    watch.wait_for(lambda shown: shown["sites"]["watched"] == 3)
    wait_until(lambda: rows(world, "SELECT count(*) FROM visits WHERE site = 'bip'")[0][0] > 0)

    right = watch.config.read_text()
    watch.config.write_text(right.replace(f"every: {OFTEN}", "every: sometimes", 1))
    watch.send(signal.SIGHUP)
    shown = watch.wait_for(lambda state: not state["config"]["ok"])
    assert "every" in shown["config"]["detail"]
    assert (shown["status"], shown["sites"]["watched"]) == ("degraded", 3)
    watch.cycles()
    wait_until(lambda: len(subjects(inbox, "operator")) == 1, what="the operator is told")

    watch.config.write_text(right)
    watch.send(signal.SIGHUP)
    watch.wait_for(lambda state: state["config"]["ok"] and state["status"] == "ok")


def test_another_port_is_taken_up_and_another_database_is_not(world: World, start: Start) -> None:
    watch = start()
    watch.cycles()
    values = yaml.safe_load(watch.config.read_text())
    old, watch.port = watch.port, free_port()
    watch.config.write_text(yaml.safe_dump(values | {"web": {"port": watch.port}}))
    watch.send(signal.SIGHUP)
    watch.wait_for(lambda state: state["config"]["ok"])
    watch.config.write_text(yaml.safe_dump(values | {"web": {"port": old}, "database": "sqlite:///other.db"}))
    watch.send(signal.SIGHUP)
    shown = watch.wait_for(lambda state: not state["config"]["ok"])
    assert "database can't be changed while the watch runs" in shown["config"]["detail"]
    assert not (world.folder / "other.db").exists()


def test_a_taken_port_keeps_nobody_from_watching(world: World, start: Start, inbox: Receiver) -> None:
    from socket import create_server

    with create_server(("127.0.0.1", world.more["web"]["port"])):
        watch = start()
        wait_until(lambda: "the task web is started again" in watch.said)
        wait_until(lambda: len(subjects(inbox, "operator")) == 1, what="the operator is told")
    watch.wait_for(lambda shown: shown["tasks"]["web"]["restarts"] >= 1 and shown["status"] == "ok")


def test_logs_are_json_and_go_to_a_file(world: World, start: Start) -> None:
    log = world.folder / "logs" / "watch.jsonl"
    watch = start("--log-format", "json", "--log-file", str(log))
    watch.cycles(2)
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert all({"time", "level", "logger", "message"} <= set(line) for line in lines)
    visits = [line for line in lines if "verdict" in line]
    assert {line["site"] for line in visits} == {"zmp", "hajnowka"}
    assert {line["verdict"] for line in visits} <= {"ok", "unchanged"}
    assert watch.said == "", "nothing on stderr then"


def test_a_wrong_configuration_runs_nothing(world: World, start: Start) -> None:
    (world.folder / "zmpwatch.db").unlink()
    world.entries[0]["every"] = "soon"
    watch = start()
    assert watch.process is not None
    assert watch.process.wait(timeout=30) == 2
    assert "config.yaml" in watch.said
    assert not (world.folder / "zmpwatch.db").exists()


def test_visits_do_not_pile_up_memory_or_descriptors(world: World, start: Start) -> None:
    watch = start()
    watch.cycles(3)
    assert watch.process is not None
    process = psutil.Process(watch.process.pid)
    before = process.num_fds()
    watch.cycles(6)
    assert process.num_fds() <= before + 8


def test_systemd_is_told_how_it_is(world: World, start: Start) -> None:
    told: list[str] = []
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(world.folder / "notify"))
        manager.settimeout(90)

        def hear(state: str) -> None:
            while not any(line.startswith(state) for line in told):
                told.extend(manager.recv(4096).decode().splitlines())

        env = {"NOTIFY_SOCKET": str(world.folder / "notify"), "WATCHDOG_USEC": "2000000"}
        watch = start(env=env)
        hear("READY=1")
        assert "STATUS=watching 2 sites" in told
        hear("WATCHDOG=1")
        told.clear()
        watch.send(signal.SIGHUP)
        hear("RELOADING=1")
        hear("MONOTONIC_USEC=")
        hear("READY=1")
        watch.send(signal.SIGTERM)
        hear("STOPPING=1")


def test_status_asks_the_daemon(world: World, start: Start) -> None:
    def ask(*options: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "zmpwatch", "-c", str(world.folder / "config.yaml"), "status", "--daemon"]
        return subprocess.run([*command, *options], capture_output=True, text=True, check=False, timeout=90)

    watch = start()
    watch.cycles()
    done = ask()
    assert (done.returncode, done.stderr) == (0, "")
    assert "2 watched" in done.stdout
    assert json.loads(ask("--json").stdout)["status"] == "ok"
    watch.end()
    done = ask()
    assert done.returncode == 3
    assert f"no daemon answers on http://127.0.0.1:{watch.port}/healthz" in done.stderr
