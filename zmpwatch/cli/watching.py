"""The command that runs for ever: watch."""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from zmpwatch.cli.context import Options
from zmpwatch.cli.exits import Exit
from zmpwatch.cli.logformat import LogFormat
from zmpwatch.errors import ZmpwatchError

__all__ = ["register"]

_LOGGER = "zmpwatch.watch"


def register(app: typer.Typer) -> None:
    """Add the commands of this group."""
    app.command()(watch)


def watch(
    context: typer.Context,
    log_format: Annotated[
        LogFormat, typer.Option("--log-format", help="Log lines for people, or one JSON object a line.")
    ] = LogFormat.TEXT,
    log_file: Annotated[
        Path | None, typer.Option("--log-file", help="Log to this file, rotated at 10 MB, instead of stderr.")
    ] = None,
) -> int:
    """Visit sites as their turns come, judge and deliver, until SIGTERM or Ctrl-C; SIGHUP reads config.yaml anew."""
    import logging

    from zmpwatch.cli.logs import set_redactor, set_up_logs
    from zmpwatch.config.secrecy import Redactor
    from zmpwatch.schedule.daemon import run_watch
    from zmpwatch.service.checking import load_for_running

    # until it is heeded it must not end us, which is what it does by default
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    options: Options = context.obj
    config = load_for_running(options.config)
    set_up_logs(logging.DEBUG if options.verbose else logging.INFO, form=log_format, file=log_file)
    set_redactor(Redactor.of(config))
    # what ends a thread goes to the log, where secrets are taken out, not to stderr as it is
    threading.excepthook = _log_thread
    try:
        stopped = run_watch(options.config, config=config, secrets_changed=set_redactor)
    except ZmpwatchError:
        raise
    except Exception:
        logging.getLogger(_LOGGER).critical("the watch has ended in an error of its own", exc_info=True)
        _leave(Exit.COULD_NOT_RUN)
    if stopped.problem is not None:
        status = Exit.COULD_NOT_RUN
    elif stopped.by is signal.SIGINT:
        status = Exit.INTERRUPTED
    else:
        status = Exit.DONE
    if not stopped.whole or _threads_run():
        _leave(status)
    return status


def _log_thread(failed: threading.ExceptHookArgs) -> None:
    import logging

    if failed.exc_value is not None and not isinstance(failed.exc_value, SystemExit):
        name = failed.thread.name if failed.thread is not None else "?"
        trace = (failed.exc_type, failed.exc_value, failed.exc_traceback)
        logging.getLogger(_LOGGER).error("the thread %s failed", name, exc_info=trace)


def _threads_run() -> bool:
    """Whether a thread would keep the process: one that reads a large document, or waits for a silent receiver."""
    main = threading.main_thread()
    return any(thread is not main and not thread.daemon for thread in threading.enumerate())


def _leave(status: Exit) -> NoReturn:
    """End now: the interpreter would wait for every thread, and systemd for us."""
    import logging

    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(status)
