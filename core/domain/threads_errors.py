"""From what was seen of a failed call to what it means; the only place that decides it.

Decided by code and subcode, then by name, then by HTTP status; never by words, which Threads
translates and which mislead (threads_api fact sheet §7).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from core.domain import threads_codes as codes
from core.domain.failures import Failure
from core.domain.threads_codes import Call, Rule


class Transport(StrEnum):
    """How far a call came that ended without a proper answer."""

    NOT_SENT = "not_sent"
    """No byte left: the connection could not be made."""
    NO_ANSWER = "no_answer"
    """It was sent, at least in part, and no answer came."""
    UNREADABLE = "unreadable"
    """An answer came that is no JSON object or lacks what was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Symptom:
    """What was seen of a failed call. ``symbol`` is an error name such as THREADS_API__LINK_LIMIT_EXCEEDED."""

    http_status: int | None = None
    code: int | None = None
    subcode: int | None = None
    symbol: str | None = None
    transient: bool = False
    transport: Transport | None = None
    retry_after: timedelta | None = None
    trace: str | None = None
    detail: str | None = None


def classify(symptom: Symptom, call: Call) -> Failure:
    """What this failure of this call means.

    Only a publish can be ambiguous: after no or no readable answer, after any 5xx (a post was seen
    live after HTTP 500 with code 10), and after the codes that the fact sheet marks so.
    """
    rule = _known(symptom, call) or _by_transport(symptom) or _by_http(symptom, call)
    refused = symptom.transport is Transport.NOT_SENT
    server_error = (symptom.http_status or 0) >= 500  # noqa: PLR2004  # the 5xx of HTTP
    return Failure(
        kind=rule.kind,
        cause=rule.cause,
        remedy=rule.remedy,
        action=rule.action,
        ambiguous=call is Call.PUBLISH and not refused and (rule.may_have_posted or server_error),
        code=symptom.code,
        subcode=symptom.subcode,
        retry_after=symptom.retry_after or rule.wait,
        trace=symptom.trace,
        http_status=symptom.http_status,
        detail=symptom.detail,
    )


def classify_container(status: str, error_message: str = "") -> Failure:
    """What a container's status means: ERROR with its error_message, EXPIRED, or IN_PROGRESS for too long."""
    seen = (error_message or "UNKNOWN") if status == "ERROR" else status
    rule = codes.CONTAINERS.get(seen)
    if rule is None:
        rule = codes.INVALID_MEDIA if seen.startswith("INVALID_") else codes.CONTAINERS["UNKNOWN"]
    return Failure(rule.kind, rule.cause, rule.remedy, rule.action, retry_after=rule.wait, detail=seen)


def _known(symptom: Symptom, call: Call) -> Rule | None:
    if symptom.symbol in codes.SYMBOLS:
        return codes.SYMBOLS[symptom.symbol]
    code, subcode = _family(symptom.code), symptom.subcode
    for key in ((code, subcode), (None, subcode), (code, None)):
        if key != (None, None):
            rule = codes.OVERRIDES.get((call, *key)) or codes.RULES.get(key)
            if rule is not None:
                return rule
    return None


def _family(code: int | None) -> int | None:
    return 200 if code is not None and 200 <= code <= 299 else code  # noqa: PLR2004  # Graph's permission family


def _by_transport(symptom: Symptom) -> Rule | None:
    if symptom.http_status == 429:  # noqa: PLR2004  # HTTP: too many requests; may come without a body
        return codes.LIMIT
    match symptom.transport:
        case Transport.NOT_SENT:
            return codes.NOT_SENT
        case Transport.NO_ANSWER:
            return codes.NO_ANSWER
        case Transport.UNREADABLE:
            return codes.UNREADABLE
        case None:
            return None


def _by_http(symptom: Symptom, call: Call) -> Rule:
    status = symptom.http_status or 0
    if symptom.transient or status >= 500:  # noqa: PLR2004  # the 5xx of HTTP
        return codes.DOWN
    if call is Call.AUTHORIZE:
        return codes.REFUSED_CODE
    if status == 401:  # noqa: PLR2004  # HTTP: unauthorized
        return codes.DEAD_TOKEN
    return codes.REFUSED
