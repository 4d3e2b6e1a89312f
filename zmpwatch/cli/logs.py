"""Logs go to stderr, or to a file that is rotated; as lines for people or as JSON; never with a secret in them."""

from __future__ import annotations

import json
import logging
import logging.handlers
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from zmpwatch.cli.logformat import LogFormat
from zmpwatch.errors import ConfigError

__all__ = ["log_to_stderr", "set_redactor", "set_up_logs"]

LARGEST_FILE = 10 * 1024 * 1024
KEPT_FILES = 7
"""A log file is begun anew at 10 MB, and seven old ones are kept."""

_LIBRARIES = ("scrapy", "twisted", "asyncio", "apprise", "filelock", "uvicorn", "urllib3", "sqlalchemy", "alembic")
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class _Text(logging.Formatter):
    """Time, level, logger and message; UTC, so that no hour comes twice."""

    def formatTime(  # noqa: N802 - the name is that of `logging`
        self,
        record: logging.LogRecord,
        datefmt: str | None = None,  # noqa: ARG002 - ours is always the same
    ) -> str:
        return _time(record)


class _Json(logging.Formatter):
    """One object a line: `time`, `level`, `logger`, `message`, what it is about, and `error` with its trace."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": _time(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= {key: value for key, value in vars(record).items() if key not in _STANDARD}
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def _time(record: logging.LogRecord) -> str:
    moment = datetime.fromtimestamp(record.created, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


class _Redacting(logging.Formatter):
    """Takes secrets out of the finished line, whatever brought them there: message, argument or trace."""

    def __init__(self, inner: logging.Formatter) -> None:
        super().__init__()
        self._inner = inner
        self.redact: Callable[[str], str] = str

    def format(self, record: logging.LogRecord) -> str:
        return self.redact(self._inner.format(record))


def log_to_stderr(*, verbose: bool) -> None:
    """Set up logging for a command that crawls: errors of our own, or everything of our own with `verbose`.

    Libraries stay at warnings: Scrapy alone writes a dozen lines a request.
    """
    set_up_logs(logging.DEBUG if verbose else logging.ERROR, libraries=logging.WARNING if verbose else logging.CRITICAL)


def set_up_logs(
    level: int, *, libraries: int = logging.WARNING, form: LogFormat = LogFormat.TEXT, file: Path | None = None
) -> None:
    """Set up logging: our own messages from `level` on, those of libraries from `libraries` on.

    Raises:
        ConfigError: the file can't be written.
    """
    handler: logging.Handler = logging.StreamHandler(sys.stderr)
    if file is not None:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            handler = logging.handlers.RotatingFileHandler(
                file, maxBytes=LARGEST_FILE, backupCount=KEPT_FILES, encoding="utf-8"
            )
        except OSError as error:
            raise ConfigError(f"--log-file {file}: can't be written: {error.strerror}") from error
    inner = _Json() if form is LogFormat.JSON else _Text("%(asctime)s %(levelname)s %(name)s: %(message)s")
    handler.setFormatter(_Redacting(inner))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    logging.getLogger("zmpwatch").setLevel(level)
    for name in _LIBRARIES:
        logging.getLogger(name).setLevel(libraries)


def set_redactor(redact: Callable[[str], str]) -> None:
    """From now on every log line goes through `redact`."""
    for handler in logging.getLogger().handlers:
        if isinstance(handler.formatter, _Redacting):
            handler.formatter.redact = redact
