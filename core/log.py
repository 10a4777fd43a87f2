"""Logs without secrets: every line is redacted as the last thing before it is written.

A message is the name of an event, its facts stand in ``extra``::

    log.info("post.published", extra={"post_id": post.id, "late_ms": 3})
"""

from __future__ import annotations

import json
import logging
import re
import sys
import threading
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Final, TextIO
from urllib.parse import quote

from core.domain.secret import Secret

STARS: Final = "********"
_SHORTEST_SECRET = 6
_STANDARD: Final = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_PATTERNS: Final = re.compile(
    r"""
      (?P<keep> (?:access_token|input_token|client_secret|signed_request)(?:\\?["'])?\s*[=:]\s*(?:\\?["'])?
              | \bcode=(?=[\w\-%]{16})
              | \b(?i:bearer)\s+
              | ://[^/\s:@]*:(?=[^/\s@]+@)
      ) [^&\s"'@,}\\]+
    | \b(?:bot)?\d{6,}:[\w-]{30,}
    | \bTH(?:AA|Q)[\w-]{12,}
    | \bTH\|\d+\|[\w-]+
    """,
    re.VERBOSE,
)
"""Names of secrets with what follows them, passwords in addresses, and tokens of Telegram and Threads."""
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class _Secrets:
    """The live secrets of this process, as one pattern."""

    def __init__(self) -> None:
        self._forms: set[str] = set()
        self._pattern: re.Pattern[str] | None = None
        self._lock = threading.Lock()

    def add(self, text: str) -> None:
        if len(text) < _SHORTEST_SECRET or text in self._forms:
            return
        with self._lock:
            self._forms |= {text, quote(text, safe=""), json.dumps(text)[1:-1], repr(text)[1:-1]}
            longest_first = sorted(self._forms, key=len, reverse=True)
            self._pattern = re.compile("|".join(map(re.escape, longest_first)))

    def hide(self, text: str) -> str:
        return self._pattern.sub(STARS, text) if self._pattern else text


_secrets: Final = _Secrets()


def keep_secret(secret: Secret) -> None:
    """From now on this text is replaced by stars in every log line, also where it is URL-encoded.

    Texts shorter than six characters are left alone: hiding them would garble every line.
    """
    _secrets.add(secret.reveal())


def redact(text: str) -> str:
    """``text`` without known secrets, without what looks like one, and without control characters."""
    hidden = _PATTERNS.sub(lambda match: f"{match['keep'] or ''}{STARS}", _secrets.hide(text))
    return _CONTROL.sub(lambda match: f"\\x{ord(match[0]):02x}", hidden)


def _facts(record: logging.LogRecord) -> dict[str, object]:
    return {name: value for name, value in vars(record).items() if name not in _STANDARD}


def _moment(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


class LineFormatter(logging.Formatter):
    """``2026-03-01T09:00:00.000+00:00 INFO core.services post.published post_id=.. late_ms=3``, then a traceback."""

    def __init__(self) -> None:
        super().__init__("%(levelname)s %(name)s %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  # logging's name
        facts = "".join(f" {name}={_readable(value)}" for name, value in _facts(record).items())
        return f"{_moment(record)} {super().formatMessage(record)}{facts}"

    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))


def _readable(value: object) -> str:
    text = str(value)
    return text if text.isprintable() and text and " " not in text else json.dumps(text, ensure_ascii=False)


class JsonFormatter(logging.Formatter):
    """One JSON object a line: at, level, logger, event, the facts, and error with the traceback."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, object] = {
            "at": _moment(record),
            "level": record.levelname,
            "logger": record.name,
            "event": record.getMessage(),
            **_facts(record),
        }
        if record.exc_info:
            entry["error"] = self.formatException(record.exc_info)
        return redact(json.dumps(entry, ensure_ascii=False, default=str))


class _Handler(logging.StreamHandler[TextIO]):
    """Tells of a line that could not be written without showing the arguments, as logging's own does."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  # logging's name
        sys.stderr.write(redact(f"a log line of {record.name} was lost\n{traceback.format_exc()}"))


def configure(*, level: str = "INFO", json_lines: bool = False, stream: TextIO | None = None) -> None:
    """Send every logger to ``stream`` (stderr), redacted; also uncaught exceptions of all threads.

    Replaces whatever handlers the root logger had, so it is called once by each program, after the
    libraries that bring handlers of their own. httpx and httpcore speak from WARNING on: below that
    they write whole URLs.
    """
    handler = _Handler(stream or sys.stderr)
    handler.setFormatter(JsonFormatter() if json_lines else LineFormatter())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.captureWarnings(capture=True)
    sys.excepthook = _uncaught
    threading.excepthook = _uncaught_in_thread


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
    else:
        logging.getLogger("core").critical("program.crashed", exc_info=(kind, error, trace))


def _uncaught_in_thread(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None:
        _uncaught(args.exc_type, args.exc_value, args.exc_traceback)
