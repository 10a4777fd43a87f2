"""What an error of Threads means (threads_api fact sheet §7), decided by codes and never by words."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain import threads_rules
from core.domain.classifier import Symptom, Transport, classify, container_failure, is_gone
from core.domain.failures import FailureClass, Remedy
from core.domain.threads_codes import CONTAINERS, OVERRIDES, RULES, SYMBOLS, Call
from core.domain.threads_rules import Rule

FATAL, RETRYABLE = FailureClass.FATAL, FailureClass.RETRYABLE
TRANSIENT, NEEDS_REAUTH = FailureClass.TRANSIENT, FailureClass.NEEDS_REAUTH
STOP, WAIT, HOLD = Remedy.STOP, Remedy.WAIT, Remedy.HOLD_ACCOUNT
SAME, RENEW, NEW = Remedy.RETRY_SAME, Remedy.RETRY_THEN_RENEW, Remedy.NEW_CONTAINER

CATALOGUE = [
    # code, subcode, HTTP, class, action, may be live after a publish
    (1, None, 400, TRANSIENT, SAME, True),
    (1, 2207052, 400, RETRYABLE, NEW, False),
    (9004, 2207052, 400, RETRYABLE, NEW, False),
    (2, None, 500, TRANSIENT, SAME, True),
    (3, None, 400, FATAL, STOP, False),
    (4, None, 403, RETRYABLE, WAIT, False),
    (4, 2207051, 403, RETRYABLE, HOLD, True),
    (9, 2207042, 400, RETRYABLE, WAIT, False),
    (10, None, 403, NEEDS_REAUTH, HOLD, False),
    (10, 4279067, 400, FATAL, HOLD, False),
    (17, None, 400, RETRYABLE, WAIT, False),
    (24, 4279009, 400, TRANSIENT, RENEW, False),
    (32, None, 400, RETRYABLE, WAIT, False),
    (100, None, 400, FATAL, STOP, False),
    (100, 33, 400, FATAL, STOP, False),
    (100, 4279004, 400, TRANSIENT, RENEW, False),
    (102, None, 401, NEEDS_REAUTH, HOLD, False),
    *(
        (190, subcode, 401, NEEDS_REAUTH, HOLD, False)
        for subcode in (None, 458, 459, 460, 463, 464, 467, 492)
    ),
    (190, 9999, 400, NEEDS_REAUTH, HOLD, False),
    (200, None, 403, NEEDS_REAUTH, HOLD, False),
    (299, None, 403, NEEDS_REAUTH, HOLD, False),
    (341, None, 400, RETRYABLE, WAIT, True),
    (368, None, 400, RETRYABLE, HOLD, False),
    (506, None, 400, FATAL, STOP, False),
    (613, None, 400, RETRYABLE, WAIT, False),
    (613, 4279002, 400, RETRYABLE, WAIT, False),
    (803, None, 404, FATAL, STOP, False),
    (1609005, None, 400, RETRYABLE, NEW, False),
    (-1, 4279047, 400, RETRYABLE, NEW, False),
    (100, 4279013, 400, FATAL, HOLD, False),
    (100, 4279050, 400, FATAL, STOP, False),
    (-2, 2207003, 400, RETRYABLE, NEW, False),
    (-2, 2207020, 400, RETRYABLE, NEW, False),
    (-1, 2207001, 400, TRANSIENT, SAME, True),
    (-1, 2207032, 400, RETRYABLE, NEW, False),
    (-1, 2207053, 400, RETRYABLE, NEW, False),
    (36000, 2207004, 400, FATAL, STOP, False),
    (9007, 2207027, 400, TRANSIENT, RENEW, False),
    (100, 4279019, 400, FATAL, STOP, False),
    (987654, None, 400, FATAL, STOP, False),
    (987654, None, 500, TRANSIENT, SAME, True),
    (None, None, 401, NEEDS_REAUTH, HOLD, False),
    (None, None, 429, RETRYABLE, WAIT, False),
    (987654, None, 429, RETRYABLE, WAIT, False),
]


@pytest.mark.parametrize(("code", "subcode", "http", "kind", "action", "may_be_live"), CATALOGUE)
def test_publish_errors_mean_what_the_fact_sheet_says(
    *, code: int | None, subcode: int | None, http: int, kind: FailureClass, action: Remedy, may_be_live: bool
) -> None:
    """Each code of the catalogue has its class and action, and only the marked ones may be live."""
    failure = classify(Symptom(http_status=http, code=code, subcode=subcode), Call.PUBLISH)
    assert (failure.kind, failure.action, failure.ambiguous) == (kind, action, may_be_live)


def test_the_catalogue_above_covers_the_whole_table() -> None:
    """No row of the table goes unchecked."""
    seen = {
        key for code, subcode, *_ in CATALOGUE for key in ((code, subcode), (None, subcode), (code, None))
    }
    assert set(RULES) <= seen


@pytest.mark.parametrize(
    ("call", "code", "subcode", "kind", "action"),
    [
        (Call.STATUS, 24, 4279009, TRANSIENT, RENEW),
        (Call.REPLY, 24, 4279009, TRANSIENT, SAME),
        (Call.CREATE, 24, 4279009, FATAL, STOP),
        (Call.READ, 24, 4279009, FATAL, STOP),
        (Call.DELETE, 24, 4279009, FATAL, STOP),
        (Call.PUBLISH, 24, None, TRANSIENT, RENEW),
        (Call.PROFILE, 24, 4279009, NEEDS_REAUTH, HOLD),
        (Call.PROFILE, 100, 33, NEEDS_REAUTH, HOLD),
        (Call.REFRESH, 100, None, RETRYABLE, SAME),
        (Call.REFRESH, 190, 463, NEEDS_REAUTH, HOLD),
        (Call.CREATE, 10, None, NEEDS_REAUTH, HOLD),
        (Call.READ, 10, None, NEEDS_REAUTH, STOP),
        (Call.DELETE, 210, None, NEEDS_REAUTH, STOP),
        (Call.REPLY, 200, None, NEEDS_REAUTH, STOP),
        (Call.AUTHORIZE, None, None, FATAL, STOP),
        (Call.AUTHORIZE, 1, None, FATAL, STOP),
    ],
)
def test_the_call_decides_where_a_code_is_not_enough(
    call: Call, code: int | None, subcode: int | None, kind: FailureClass, action: Remedy
) -> None:
    """A missing object or permission means another thing after another call."""
    failure = classify(Symptom(http_status=400, code=code, subcode=subcode), call)
    assert (failure.kind, failure.action) == (kind, action)


@pytest.mark.parametrize(
    ("transport", "http", "kind", "may_be_live"),
    [
        (Transport.NOT_SENT, None, TRANSIENT, False),
        (Transport.NO_ANSWER, None, TRANSIENT, True),
        (Transport.UNREADABLE, 200, TRANSIENT, True),
        (Transport.UNREADABLE, 404, TRANSIENT, True),
        (Transport.UNREADABLE, 502, TRANSIENT, True),
        (Transport.UNREADABLE, 429, RETRYABLE, False),
    ],
)
def test_transport_troubles_pass_and_only_what_was_sent_may_be_live(
    *, transport: Transport, http: int | None, kind: FailureClass, may_be_live: bool
) -> None:
    """A call without an answer is tried again, except a publish that may have arrived."""
    symptom = Symptom(transport=transport, http_status=http)
    publish, create = classify(symptom, Call.PUBLISH), classify(symptom, Call.CREATE)
    assert (publish.kind, publish.ambiguous) == (kind, may_be_live)
    assert (create.kind, create.ambiguous) == (kind, False)


def test_a_server_error_with_a_definite_code_may_still_be_live() -> None:
    """HTTP 500 with code 10 was seen for a post that was live, so a publish is looked up."""
    assert classify(Symptom(http_status=500, code=10), Call.PUBLISH).ambiguous


@pytest.mark.parametrize(("symbol", "cause"), [(name, rule.cause) for name, rule in SYMBOLS.items()])
def test_a_documented_name_counts_more_than_the_number_beside_it(symbol: str, cause: str) -> None:
    """Errors that Meta documents by name are known whatever their number is."""
    failure = classify(Symptom(http_status=400, code=1, symbol=symbol), Call.CREATE)
    assert (failure.kind, failure.cause) == (FATAL, cause)


def test_waits_come_from_threads_or_else_from_the_table() -> None:
    """Retry-After wins; a policy block waits a day without it."""
    blocked = Symptom(http_status=400, code=368)
    assert classify(blocked, Call.PUBLISH).retry_after == timedelta(days=1)
    told = replace(blocked, retry_after=timedelta(hours=2))
    assert classify(told, Call.PUBLISH).retry_after == timedelta(hours=2)


def test_facts_for_the_record_are_passed_on() -> None:
    """Code, subcode, status, trace and Threads' own words stand in the failure."""
    seen = Symptom(http_status=400, code=100, subcode=33, trace="AbC", detail="Không tìm thấy")
    failure = classify(seen, Call.READ)
    assert (failure.code, failure.subcode, failure.http_status) == (100, 33, 400)
    assert (failure.trace, failure.detail) == ("AbC", "Không tìm thấy")
    assert is_gone(failure)


@pytest.mark.parametrize(
    ("status", "message", "kind", "action"),
    [
        *(("ERROR", message, FATAL, STOP) for message in CONTAINERS if message.startswith("INVALID_")),
        ("ERROR", "INVALID_SOMETHING_NEW", FATAL, STOP),
        ("ERROR", "FAILED_DOWNLOADING_VIDEO", RETRYABLE, NEW),
        ("ERROR", "FAILED_PROCESSING_AUDIO", RETRYABLE, NEW),
        ("ERROR", "FAILED_PROCESSING_VIDEO", RETRYABLE, NEW),
        ("ERROR", "UNKNOWN", RETRYABLE, NEW),
        ("ERROR", "SOMETHING_NEW", RETRYABLE, NEW),
        ("ERROR", "", RETRYABLE, NEW),
        ("EXPIRED", "", RETRYABLE, NEW),
        ("IN_PROGRESS", "", RETRYABLE, SAME),
    ],
)
def test_container_states_mean_what_the_fact_sheet_says(
    status: str, message: str, kind: FailureClass, action: Remedy
) -> None:
    """Media that has to change is fatal; everything else gets a new container, or time."""
    failure = container_failure(status, message)
    assert (failure.kind, failure.action, failure.ambiguous) == (kind, action, False)


def test_a_container_that_is_live_is_never_made_anew() -> None:
    """PUBLISHED while something else was expected stops, for a new container would post twice."""
    assert container_failure("PUBLISHED").action is STOP


SYMPTOMS = st.builds(
    Symptom,
    http_status=st.none() | st.integers(100, 599),
    code=st.none() | st.sampled_from([key[0] for key in RULES]) | st.integers(-10, 10**7),
    subcode=st.none() | st.sampled_from([key[1] for key in RULES]) | st.integers(0, 10**7),
    symbol=st.none() | st.sampled_from(sorted(SYMBOLS)),
    transient=st.booleans(),
    transport=st.none() | st.sampled_from(Transport),
)
WORDS = st.none() | st.text() | st.sampled_from(["expired", "permission", "not found", "rate limit", "video"])


@given(symptom=SYMPTOMS, call=st.sampled_from(Call), words=WORDS)
def test_words_decide_nothing(symptom: Symptom, call: Call, words: str | None) -> None:
    """What Threads says in words, in whatever language, changes nothing but the detail."""
    spoken = classify(replace(symptom, detail=words), call)
    assert replace(spoken, detail=None) == replace(classify(symptom, call), detail=None)


@given(symptom=SYMPTOMS, call=st.sampled_from([call for call in Call if call is not Call.PUBLISH]))
def test_only_a_publish_is_ambiguous(symptom: Symptom, call: Call) -> None:
    """Any other call may be repeated, so it is never in doubt."""
    assert not classify(symptom, call).ambiguous


@given(symptom=SYMPTOMS, status=st.integers(500, 599))
def test_a_publish_with_a_server_error_is_always_ambiguous(symptom: Symptom, status: int) -> None:
    """After any 5xx the post may be live."""
    assert classify(replace(symptom, http_status=status), Call.PUBLISH).ambiguous


def _all_rules() -> list[Rule]:
    named = [rule for rule in vars(threads_rules).values() if isinstance(rule, Rule)]
    return [*named, *RULES.values(), *OVERRIDES.values(), *SYMBOLS.values(), *CONTAINERS.values()]


@pytest.mark.parametrize("rule", _all_rules(), ids=lambda rule: rule.cause)
def test_every_meaning_is_told_in_plain_sentences(rule: Rule) -> None:
    """Cause and remedy are one sentence each, without codes or Meta's inner words."""
    for sentence in (rule.cause, rule.remedy):
        assert sentence[0].isupper()
        assert sentence.endswith(".")
        assert ". " not in sentence
        assert not any(word in sentence.lower() for word in ("token", "container", "subcode", "http", "api "))


def test_every_limit_waits_and_every_dead_account_is_held() -> None:
    """Class and action fit each other in every row."""
    for rule in _all_rules():
        assert (rule.action is WAIT) <= (rule.kind is RETRYABLE)
        assert (rule.action is STOP) <= (rule.kind in (FATAL, NEEDS_REAUTH))
        assert (rule.kind is FATAL) <= (rule.action in (STOP, HOLD))
