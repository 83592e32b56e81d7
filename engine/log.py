"""The log file: what a bug report needs, and what is too long for one line or for a message in the window."""

from __future__ import annotations

import logging
import sys
import threading
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

import platformdirs

from engine.installation import damage

_MAXIMUM_BYTES = 1_000_000
_OUR_PACKAGES = ("engine", "desktop_app")

log = logging.getLogger(__name__)


def log_path() -> Path:
    """Return where the log file is, or would be."""
    return platformdirs.user_log_path("Scumble", appauthor=False) / "scumble.log"


def set_up_logging(path: Path | None = None) -> Path:
    """Write what the program reports, and exceptions nobody caught, to a file of at most 1 MB and its predecessor.

    Called by the entry points; a second call for the same file does nothing. Never fails: where the file cannot be
    written, there is no log. Returns the path of the file.
    """
    path = log_path() if path is None else path
    root = logging.getLogger()
    for handler in [handler for handler in root.handlers if isinstance(handler, _LogFile)]:
        if Path(handler.baseFilename) == path.absolute():
            return path
        root.removeHandler(handler)
        handler.close()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = _LogFile(path, maxBytes=_MAXIMUM_BYTES, backupCount=1, encoding="utf-8", delay=True)
    except OSError:
        return path
    file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root.addHandler(file)
    for package in _OUR_PACKAGES:
        logging.getLogger(package).setLevel(logging.INFO)
    sys.excepthook = _log_exception
    threading.excepthook = _log_thread_exception
    return path


def describe_fault(error: BaseException) -> str:
    """Write the traceback of a fault of the program's own to the log, and return a line for the user."""
    log.error("Nobody expected this", exc_info=error)
    if isinstance(error, MemoryError):
        return "There is not enough memory. Close other programs, or work at a smaller size."
    damaged = damage()
    if damaged is not None:
        return str(damaged)
    return f"Something went wrong that should not ({type(error).__name__}). The details are in {log_path()}"


class _LogFile(RotatingFileHandler):
    def handleError(self, record: logging.LogRecord) -> None:
        """Do nothing: a full disk or a read-only folder costs the log, not the work."""


def _log_exception(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, traceback)
    else:
        log.critical("Nobody caught this", exc_info=(kind, error, traceback))


def _log_thread_exception(details: threading.ExceptHookArgs) -> None:
    if details.exc_value is not None:
        log.critical("Nobody caught this", exc_info=(details.exc_type, details.exc_value, details.exc_traceback))
