"""How an answer that is an error is read, whatever it looks like."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from publish_failure import publish_failure
from raw_peer import RawPeer, answer

from core.adapters.threads import ThreadsClient
from core.adapters.threads.answers import read_answer
from core.domain.account import Credentials
from core.domain.classifier import Symptom
from core.domain.failures import Remedy, ThreadsError
from core.domain.post import PostType
from core.ports import ContainerSpec


def _error_body(error: dict[str, object]) -> bytes:
    return json.dumps({"error": error}).encode()


async def test_cookies_do_not_travel_from_one_account_to_another(
    client: ThreadsClient, peer: RawPeer, who: Credentials
) -> None:
    """One client serves all accounts, so it keeps no cookies."""
    peer.plays(answer({"id": "1"}, headers={"Set-Cookie": "session=1; Path=/"}))
    await client.publish(who, "1")
    await client.publish(who, "2")
    assert "cookie" not in peer.last.headers


LIMITED = {"error": {"message": "rate", "code": 613, "fbtrace_id": "AbC"}}


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({}, None),
        ({"Retry-After": "120"}, timedelta(minutes=2)),
        ({"Retry-After": "0"}, None),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "99999999999999"}, timedelta(days=1)),
        (
            {"Retry-After": "Sun, 01 Mar 2026 09:10:00 GMT", "Date": "Sun, 01 Mar 2026 09:00:00 GMT"},
            timedelta(minutes=10),
        ),
        (
            {"X-Business-Use-Case-Usage": '{"1":[{"type":"x","estimated_time_to_regain_access":19}]}'},
            timedelta(minutes=19),
        ),
        ({"X-Business-Use-Case-Usage": '{"1":[{"estimated_time_to_regain_access":0}]}'}, None),
    ],
)
async def test_the_wait_that_threads_asks_for_is_read(
    client: ThreadsClient, peer: RawPeer, who: Credentials, headers: dict[str, str], wait: timedelta | None
) -> None:
    """Seconds, dates and Graph's minutes are understood, nonsense is not, and none is required."""
    peer.plays(answer(LIMITED, 400, headers))
    failure = await publish_failure(client, who)
    assert (failure.action, failure.retry_after, failure.trace) == (Remedy.WAIT, wait, "AbC")


async def test_an_error_that_meta_names_is_found_wherever_the_name_stands(
    client: ThreadsClient, peer: RawPeer, who: Credentials
) -> None:
    """The numeric code of the link limit is not documented; its name is."""
    error = {"code": 1, "message": "(THREADS_API__LINK_LIMIT_EXCEEDED) quá nhiều liên kết"}
    peer.plays(answer({"error": error}, 400))
    with pytest.raises(ThreadsError, match="5 different links"):
        await client.create_container(who, ContainerSpec(type=PostType.TEXT, text="t"))


async def test_threads_own_words_are_kept_for_the_person(
    client: ThreadsClient, peer: RawPeer, who: Credentials
) -> None:
    """The sentence in the person's language is kept, on one line and not endless."""
    error = {
        "code": 24,
        "error_subcode": 4279009,
        "message": "x",
        "error_user_msg": "Không\ntìm thấy " + "x" * 999,
    }
    peer.plays(answer({"error": error}, 400))
    detail = (await publish_failure(client, who)).detail
    assert detail is not None
    assert detail.startswith("Không tìm thấy x")
    assert len(detail) == 300


_values: st.SearchStrategy[object] = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(), st.just({"code": 1}), st.just([None])
)
_errors = st.dictionaries(
    st.sampled_from(
        ["code", "error_subcode", "message", "type", "is_transient", "error_user_msg", "fbtrace_id"]
    ),
    _values,
)


@given(
    status=st.integers(100, 599),
    body=st.binary() | st.builds(_error_body, _errors),
    retry=st.text(),
    usage=st.text(),
)
def test_no_answer_whatsoever_raises(status: int, body: bytes, retry: str, usage: str) -> None:
    """Any status, headers and bytes become JSON or a symptom; an error object never becomes a success."""
    seen = read_answer(status, {"retry-after": retry, "x-business-use-case-usage": usage}, body)
    if body.startswith(b'{"error":'):
        assert isinstance(seen, Symptom)
