"""Log lines: their forms, their file, and what is kept out of them."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from zmpwatch.cli import logs
from zmpwatch.cli.logformat import LogFormat
from zmpwatch.cli.logs import set_redactor, set_up_logs
from zmpwatch.config.secrecy import Redactor
from zmpwatch.errors import ConfigError

logger = logging.getLogger("zmpwatch.test")


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    """Logging belongs to the whole process: pytest gets it back as it was."""
    root, ours = logging.getLogger(), logging.getLogger("zmpwatch")
    handlers, levels = list(root.handlers), (root.level, ours.level)
    others = {name: logging.getLogger(name).level for name in logs._LIBRARIES}
    yield
    for handler in root.handlers:
        if handler not in handlers:
            handler.close()
    root.handlers[:] = handlers
    root.setLevel(levels[0])
    ours.setLevel(levels[1])
    for name, level in others.items():
        logging.getLogger(name).setLevel(level)
    logging.captureWarnings(capture=False)


def test_json_has_what_the_line_is_about_and_the_trace(tmp_path: Path) -> None:
    set_up_logs(logging.INFO, form=LogFormat.JSON, file=tmp_path / "deep" / "watch.log")
    logger.info("zażółć %d\nnext line", 7, extra={"site": "hajnowka", "seconds": 1.5})
    try:
        int("of the value")
    except ValueError:
        logger.exception("it failed")
    logger.debug("not asked for")
    first, second = map(json.loads, (tmp_path / "deep" / "watch.log").read_text(encoding="utf-8").splitlines())
    assert first["message"] == "zażółć 7\nnext line"
    assert (first["level"], first["logger"], first["site"], first["seconds"]) == (
        "info",
        "zmpwatch.test",
        "hajnowka",
        1.5,
    )
    assert first["time"].endswith("Z")
    assert "ValueError" in second["error"]
    assert "of the value" in second["error"]


def test_a_secret_is_in_no_message_argument_or_trace(tmp_path: Path) -> None:
    set_up_logs(logging.DEBUG, file=tmp_path / "watch.log")
    set_redactor(Redactor({"${MAIL}": "hunter2/x"}))
    logger.warning("login hunter2/x refused")
    logger.warning("login %s refused", "hunter2%2Fx")
    try:
        int("mailto://u:hunter2/x@example.pl")
    except ValueError:
        logger.exception("it failed")
    logging.getLogger("urllib3").warning("POST /hunter2%2Fx")
    written = (tmp_path / "watch.log").read_text()
    assert "hunter2" not in written
    assert written.count("${MAIL}") >= 4


def test_a_file_is_begun_anew_and_old_ones_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "LARGEST_FILE", 2_000)
    monkeypatch.setattr(logs, "KEPT_FILES", 3)
    set_up_logs(logging.INFO, file=tmp_path / "watch.log")
    for number in range(200):
        logger.info("line %d", number)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["watch.log", "watch.log.1", "watch.log.2", "watch.log.3"]
    assert "line 199" in (tmp_path / "watch.log").read_text()
    assert all(path.stat().st_size <= 2_000 for path in tmp_path.iterdir())


def test_a_file_that_can_not_be_written_is_an_option_that_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match="--log-file"):
        set_up_logs(logging.INFO, file=tmp_path / "file" / "watch.log")
