"""Units, timer, cron line and Dockerfile: right by their own tools, and of one mind with the program and the guide."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from zmpwatch.config.intervals import check_cron

ROOT = Path(__file__).parents[2]
OPS = ROOT / "ops"
UNITS = sorted((OPS / "systemd").glob("*.*"))
SERVICES = [unit for unit in UNITS if unit.suffix == ".service"]
ANALYZE = shutil.which("systemd-analyze")
needs_systemd = pytest.mark.skipif(ANALYZE is None, reason="no systemd-analyze on this machine")

HARDENING = {
    "NoNewPrivileges": "true",
    "ProtectSystem": "strict",
    "PrivateTmp": "true",
    "MemoryDenyWriteExecute": "true",
    "RestrictAddressFamilies": "AF_INET AF_INET6 AF_UNIX",
    "MemoryMax": "2G",
    "CPUQuota": "150%",
    "User": "zmpwatch",
}


def settings(unit: Path) -> dict[str, dict[str, list[str]]]:
    """Sections of a unit; a key may stand several times."""
    found: dict[str, dict[str, list[str]]] = {}
    section = found.setdefault("", {})
    for line in unit.read_text().splitlines():
        if line.startswith("["):
            section = found.setdefault(line.strip("[]"), {})
        elif line and not line.startswith("#"):
            key, _, value = line.partition("=")
            section.setdefault(key, []).append(value)
    return found


@needs_systemd
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_finds_nothing_wrong(unit: Path, tmp_path: Path) -> None:
    for other in UNITS:
        text = other.read_text().replace("/srv/zmpwatch/.venv/bin/zmpwatch", "/bin/true")
        (tmp_path / other.name).write_text(text)
    done = subprocess.run(
        [str(ANALYZE), "verify", "--man=no", str(tmp_path / unit.name)], capture_output=True, text=True, check=False
    )
    about_us = [line for line in done.stderr.splitlines() if "zmpwatch" in line]
    assert (done.returncode, about_us) == (0, [])


@needs_systemd
@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_a_service_is_exposed_little(unit: Path) -> None:
    done = subprocess.run(
        [str(ANALYZE), "security", "--offline=true", "--threshold=20", str(unit)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-400:] + done.stderr
    exposure = re.search(r"Overall exposure level for \S+: ([\d.]+)", done.stdout)
    assert exposure is not None
    assert float(exposure[1]) <= 2.0


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_the_hardening_is_there(unit: Path) -> None:
    service = settings(unit)["Service"]
    assert {key: service[key][-1] for key in HARDENING} == HARDENING
    denied = service["IPAddressDeny"][0].split()
    assert {"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10", "fc00::/7"} <= set(
        denied
    )
    assert not [network for network in denied if network.startswith(("127.", "::1"))], "the end-to-end test needs it"


def test_the_daemon_is_watched_by_systemd() -> None:
    service = settings(OPS / "systemd" / "zmpwatch.service")["Service"]
    assert (service["Type"], service["Restart"], service["WatchdogSec"]) == (["notify"], ["on-failure"], ["5min"])
    assert service["RestartPreventExitStatus"] == ["2"]
    assert service["ExecReload"] == ["/bin/kill -HUP $MAINPID"]


def test_the_timer_makes_up_for_what_was_missed_and_knows_no_summer_time() -> None:
    timer = settings(OPS / "systemd" / "zmpwatch-crawl.timer")["Timer"]
    assert timer["Persistent"] == ["true"]
    assert timer["OnCalendar"][0].endswith(" UTC")


@pytest.mark.parametrize("text", [(OPS / "crontab").read_text(), *(unit.read_text() for unit in SERVICES)])
def test_commands_are_ones_there_are(text: str) -> None:
    from typer.main import get_command

    from zmpwatch.cli.application import app

    commands = get_command(app).commands  # type: ignore[attr-defined]
    for name, options in re.findall(r"bin/zmpwatch (\w+)((?: --[\w-]+(?: \w+)?)*)", text):
        known = {option for parameter in commands[name].params for option in parameter.opts}
        assert set(re.findall(r"--[\w-]+", options)) <= known
    for line in text.splitlines():
        if "zmpwatch crawl" in line and line.startswith("*"):
            check_cron(" ".join(line.split()[:5]))


def test_hadolint_finds_nothing_in_the_dockerfile() -> None:
    hadolint = Path(sys.executable).parent / "hadolint"
    if not hadolint.exists():
        pytest.skip("hadolint is not installed beside this Python")
    done = subprocess.run([str(hadolint), str(OPS / "Dockerfile")], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_the_image_runs_as_nobody_special_and_is_asked_how_it_is() -> None:
    lines = re.sub(r"\\\n", " ", (OPS / "Dockerfile").read_text()).splitlines()
    last_stage = lines[max(n for n, line in enumerate(lines) if line.startswith("FROM ")) :]
    assert [line for line in last_stage if line.startswith("USER ")] == ["USER 10001"]
    assert any(line.startswith("HEALTHCHECK ") and '"status", "--daemon"' in line for line in last_stage)
    copied = {
        name for line in lines if line.startswith("COPY ") and "--from" not in line for name in line.split()[1:-1]
    }
    assert all((ROOT / name).exists() for name in copied)
    allowed = (OPS / "Dockerfile.dockerignore").read_text()
    assert all(f"!{name.split('/')[0]}" in allowed for name in copied)
    assert not re.search(r"(?i)(password|token|secret)=", "\n".join(lines))


def test_the_guide_names_every_file() -> None:
    guide = (ROOT / "docs" / "operating.md").read_text()
    for file in (*UNITS, OPS / "crontab", OPS / "Dockerfile"):
        assert f"ops/{file.relative_to(OPS)}" in guide, file.name
