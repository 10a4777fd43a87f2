"""From what was seen of a failed call to what it means; the only place that decides it.

Decided by code and subcode, then by name, then by HTTP status; never by words, which Threads
translates and which mislead (threads_api fact sheet §7).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from http import HTTPStatus

from core.domain import threads_rules as rules
from core.domain.failures import Failure
from core.domain.threads_codes import CONTAINERS, GONE, OVERRIDES, RULES, SYMBOLS, Call
from core.domain.threads_rules import Rule


class Transport(StrEnum):
    """How far a call came that ended without a proper answer."""

    NOT_SENT = "not_sent"
    """No byte left: the connection could not be made."""
    NO_ANSWER = "no_answer"
    """It was sent, at least in part, and no answer came."""
    UNREADABLE = "unreadable"
    """An answer came that is no JSON object, or lacks what was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Symptom:
    """What was seen of a failed call.

    ``symbol`` is an error name such as THREADS_API__LINK_LIMIT_EXCEEDED, ``transient`` what Threads
    says of itself, ``detail`` its own words, which decide nothing.
    """

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

    Only a publish can be ambiguous: without an answer that can be read, after any 5xx (a post was
    seen live after HTTP 500 with code 10), and after the codes that the fact sheet marks so.
    """
    rule = _by_code(symptom, call) or _by_transport(symptom) or _by_http(symptom, call)
    may_have_posted = rule.may_have_posted or _is_server_error(symptom)
    return Failure(
        kind=rule.kind,
        cause=rule.cause,
        remedy=rule.remedy,
        action=rule.action,
        ambiguous=call is Call.PUBLISH and may_have_posted,
        code=symptom.code,
        subcode=symptom.subcode,
        retry_after=symptom.retry_after or rule.wait,
        trace=symptom.trace,
        http_status=symptom.http_status,
        detail=symptom.detail,
    )


def container_failure(status: str, error_message: str = "") -> Failure:
    """What is wrong with a container that cannot be published: ERROR with its message, EXPIRED, PUBLISHED.

    IN_PROGRESS stands for a container that has been so for too long.
    """
    seen = (error_message or "UNKNOWN") if status == "ERROR" else status
    fallback = rules.INVALID_MEDIA if seen.startswith("INVALID_") else rules.SPOILT
    rule = CONTAINERS.get(seen, fallback)
    return Failure(rule.kind, rule.cause, rule.remedy, rule.action, retry_after=rule.wait, detail=seen)


def is_gone(failure: Failure) -> bool:
    """Whether Threads said that the object does not exist, or not for this account."""
    return (failure.code, failure.subcode) in GONE


def _by_code(symptom: Symptom, call: Call) -> Rule | None:
    if symptom.symbol is not None and symptom.symbol in SYMBOLS:
        return SYMBOLS[symptom.symbol]
    code, subcode = _family(symptom.code), symptom.subcode
    for key in ((code, subcode), (None, subcode), (code, None)):
        rule = OVERRIDES.get((call, key[0], key[1])) or RULES.get(key)
        if rule is not None:
            return rule
    return None


def _family(code: int | None) -> int | None:
    return 200 if code in range(200, 300) else code


def _by_transport(symptom: Symptom) -> Rule | None:
    if symptom.http_status == HTTPStatus.TOO_MANY_REQUESTS:
        return rules.LIMIT
    match symptom.transport:
        case Transport.NOT_SENT:
            return rules.NOT_SENT
        case Transport.NO_ANSWER:
            return rules.NO_ANSWER
        case Transport.UNREADABLE:
            return rules.UNREADABLE
        case None:
            return None


def _by_http(symptom: Symptom, call: Call) -> Rule:
    if symptom.transient or _is_server_error(symptom):
        return rules.DOWN
    if call is Call.AUTHORIZE:
        return rules.CODE_REFUSED
    if symptom.http_status == HTTPStatus.UNAUTHORIZED:
        return rules.DEAD_TOKEN
    return rules.UNKNOWN


def _is_server_error(symptom: Symptom) -> bool:
    return symptom.http_status is not None and symptom.http_status >= HTTPStatus.INTERNAL_SERVER_ERROR
