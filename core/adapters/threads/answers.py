"""From the bytes of an answer to JSON or to the symptom of a failure (threads_api fact sheet §6)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Final, cast

from core.domain.classifier import Symptom, Transport
from core.log import redact

Json = Mapping[str, object]

_SYMBOL: Final = re.compile(r"THREADS_API__[A-Z_]+")
_DETAIL_LENGTH: Final = 300
_LONGEST_WAIT: Final = timedelta(days=1)


def read_answer(status: int, headers: Mapping[str, str], body: bytes) -> Json | Symptom:
    """The JSON object of a success, or what was seen of a failure. Never raises."""
    content = _json_object(body)
    if content is None:
        return _unreadable(status, headers)
    error = content.get("error")
    if isinstance(error, dict):
        return _graph_error(status, headers, cast("Json", error))
    if status == HTTPStatus.OK:
        return content
    if "error_message" in content:  # the shape of the code exchange, whose code is no Graph code
        return Symptom(http_status=status, detail=_detail(content["error_message"]))
    return _unreadable(status, headers)


def as_object(value: object) -> Json | None:
    """``value`` if it is a JSON object."""
    return cast("Json", value) if isinstance(value, dict) else None


def as_int(value: object) -> int | None:
    """A JSON number or a text of digits as int; some codes come as text."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,18}", value):
        return int(value)
    return None


def _json_object(body: bytes) -> Json | None:
    try:
        return as_object(json.loads(body))
    except (ValueError, RecursionError):
        return None


def _unreadable(status: int, headers: Mapping[str, str]) -> Symptom:
    return Symptom(http_status=status, transport=Transport.UNREADABLE, retry_after=_retry_after(headers))


def _graph_error(status: int, headers: Mapping[str, str], error: Json) -> Symptom:
    trace = error.get("fbtrace_id")
    return Symptom(
        http_status=status,
        code=as_int(error.get("code")),
        subcode=as_int(error.get("error_subcode")),
        symbol=_symbol(error),
        transient=error.get("is_transient") is True,
        retry_after=_retry_after(headers),
        trace=_detail(trace),
        detail=_detail(error.get("error_user_msg") or error.get("message")),
    )


def _symbol(error: Json) -> str | None:
    """The name of the error, which is a constant wherever it stands, unlike the words around it."""
    for field in ("code", "error_subcode", "type", "message", "error_user_title"):
        found = _SYMBOL.search(str(error.get(field)))
        if found:
            return found[0]
    return None


def _detail(value: object) -> str | None:
    return " ".join(redact(value).split())[:_DETAIL_LENGTH] if isinstance(value, str) and value else None


def _retry_after(headers: Mapping[str, str]) -> timedelta | None:
    """What Retry-After or Graph's usage header asks for; Threads documents neither, both are optional."""
    wait = _seconds_or_date(headers) or _minutes_to_regain_access(
        headers.get("x-business-use-case-usage", "")
    )
    return min(wait, _LONGEST_WAIT) if wait is not None and wait > timedelta(0) else None


def _seconds_or_date(headers: Mapping[str, str]) -> timedelta | None:
    value = headers.get("retry-after", "").strip()
    seconds = as_int(value)
    if seconds is not None:
        return timedelta(seconds=min(seconds, _LONGEST_WAIT.total_seconds()))
    try:
        return parsedate_to_datetime(value) - parsedate_to_datetime(headers.get("date", ""))
    except (ValueError, TypeError):
        return None


def _minutes_to_regain_access(usage: str) -> timedelta | None:
    """``{"<id>": [{"estimated_time_to_regain_access": 19, ..}]}``, in minutes (Graph API, rate limiting)."""
    minutes = [
        int(found) for found in re.findall(r'"estimated_time_to_regain_access"\s*:\s*([0-9]{1,6})', usage)
    ]
    return timedelta(minutes=max(minutes)) if minutes else None
