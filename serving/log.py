"""Logs: one JSON line an event, without case data.

Only our own loggers say words of their own; of any other library's message we write where it came
from and not what it says, because it may quote what it was given.
"""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime

OURS = "kizuki"
_TRUSTED = ("kizuki", "uvicorn.error")  # the latter tells of start and stop, at INFO and above


class JsonLines(logging.Formatter):
    """A record as one line of JSON: time, level, logger, event, and the fields it was given."""

    def format(self, record: logging.LogRecord) -> str:
        said: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": _words(record),
        }
        said.update(getattr(record, "fields", {}))
        if record.exc_info and record.exc_info[1]:
            said["error"] = type(record.exc_info[1]).__name__
            said["where"] = _where(record.exc_info[1])
        return json.dumps(said, ensure_ascii=False)


def start_logging(level: int = logging.INFO) -> None:
    """Send every log of this process to standard error, as JSON lines."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    # Importing circus, which comes with BentoML, puts up a handler of its own: it is taken down.
    logging.basicConfig(handlers=[handler], level=level, force=True)
    logging.raiseExceptions = False  # a broken log would print the record, words and all


def log(event: str, **fields: object) -> None:
    """Say what happened; the fields hold ids and counts, never case data."""
    logging.getLogger(OURS).info(event, extra={"fields": fields})


def log_fault(event: str, fault: BaseException, **fields: object) -> None:
    """Say that something of ours broke: the kind of the error and the lines, not its words."""
    extra = {"fields": fields}
    logging.getLogger(OURS).error(event, exc_info=fault, extra=extra)


def _words(record: logging.LogRecord) -> str:
    if record.name in _TRUSTED and record.levelno >= logging.INFO:
        return record.getMessage()
    return f"{record.module}:{record.lineno}"


def _where(fault: BaseException) -> list[str]:
    frames = traceback.extract_tb(fault.__traceback__)
    return [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames]
