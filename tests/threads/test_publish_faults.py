"""Every way in which a call can go wrong on the wire, and what may be done after it (rule R9)."""

from __future__ import annotations

import asyncio
import json
import socket
from datetime import timedelta

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from raw_peer import Play, RawPeer, answer, dribble, raw, reset, silence, then_close

from core.adapters.threads import ThreadsClient, transport
from core.adapters.threads.answers import read_answer
from core.adapters.threads.transport import GraphTransport, Request
from core.domain.account import Credentials
from core.domain.classifier import Symptom
from core.domain.failures import Failure, FailureClass, Remedy, ThreadsError
from core.domain.post import PostType
from core.domain.threads_codes import Call
from core.ports import ContainerSpec


async def _publish_failure(client: ThreadsClient, who: Credentials) -> Failure:
    with pytest.raises(ThreadsError) as caught:
        await client.publish(who, "179")
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
    return caught.value.failure


@pytest.mark.parametrize(
    "play",
    [
        raw(b""),
        reset,
        raw(b"HTTP/1.1 200 OK\r\nContent-Le"),
        raw(b'HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n{"id":'),
        raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"),
        raw(b"what is this\r\n\r\n"),
        raw(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc"),
        answer(b""),
        answer(b"<html>502 Bad Gateway</html>", 502),
        answer(b"<html>It works</html>"),
        answer(b"\xff\xfe\x00"),
        answer(b"[" * 100_000),
        answer([{"id": "1"}]),
        answer("1"),
        answer({}),
        answer({"id": ""}),
        answer({"id": 180}),
        answer({"data": {"id": "1"}}),
        answer({"detail": "not found"}, 404),
        answer(b"", 302, {"Location": "/elsewhere"}),
        answer({"error": "text"}, 400),
        answer({"error": {"message": "x", "code": 2, "is_transient": True}}, 500),
        answer({"error": {"message": "x", "code": 1}}, 400),
        answer({"error": {"message": "x", "code": 10}}, 500),
        answer({"error": {"message": "x", "code": 4, "error_subcode": 2207051}}, 403),
        answer({"error": {}}, 500),
    ],
)
async def test_a_publish_without_a_clear_answer_is_ambiguous_and_sent_once(
    client: ThreadsClient, peer: RawPeer, who: Credentials, play: Play
) -> None:
    """Whatever is no clear yes and no clear no may be live, and nothing sends it again."""
    peer.plays(play)
    assert (await _publish_failure(client, who)).ambiguous
    assert len(peer.received) == 1


@pytest.mark.parametrize(
    ("play", "kind"),
    [
        (
            answer({"error": {"message": "x", "code": 24, "error_subcode": 4279009}}, 400),
            FailureClass.TRANSIENT,
        ),
        (
            answer({"error": {"message": "x", "code": "190", "error_subcode": "463"}}, 401),
            FailureClass.NEEDS_REAUTH,
        ),
        (
            answer({"error": {"message": "x", "code": -1, "error_subcode": 4279047}}, 400),
            FailureClass.RETRYABLE,
        ),
        (
            answer({"error": {"message": "x", "code": "-1", "error_subcode": "4279047"}}, 400),
            FailureClass.RETRYABLE,
        ),
        (answer({"error": {"message": "x", "code": 100}}, 400), FailureClass.FATAL),
        (answer({"error": {"message": "x", "code": 100}}), FailureClass.FATAL),
        (answer(b"", 429), FailureClass.RETRYABLE),
    ],
)
async def test_a_clear_no_is_not_ambiguous(
    client: ThreadsClient, peer: RawPeer, who: Credentials, play: Play, kind: FailureClass
) -> None:
    """A refusal with a code is a refusal, also when its codes come as texts or with HTTP 200."""
    peer.plays(play)
    failure = await _publish_failure(client, who)
    assert (failure.kind, failure.ambiguous) == (kind, False)


async def test_nothing_was_sent_when_there_is_no_connection(who: Credentials) -> None:
    """A refused connection is safe to repeat, and says why."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        client = ThreadsClient(f"http://127.0.0.1:{unused.getsockname()[1]}")
        failure = await _publish_failure(client, who)
        await client.aclose()
    assert (failure.kind, failure.ambiguous) == (FailureClass.TRANSIENT, False)
    assert failure.detail is not None
    assert failure.detail.startswith("ConnectError")


async def test_a_plain_server_behind_https_is_not_sent(peer: RawPeer, who: Credentials) -> None:
    """A failed TLS handshake carries nothing of ours."""
    client = ThreadsClient(peer.url.replace("http:", "https:"))
    failure = await _publish_failure(client, who)
    await client.aclose()
    assert (failure.kind, failure.ambiguous) == (FailureClass.TRANSIENT, False)
    assert peer.received == []


def _errors_of_httpx(root: type[httpx.HTTPError] = httpx.HTTPError) -> list[type[httpx.HTTPError]]:
    below = [found for child in root.__subclasses__() for found in _errors_of_httpx(child)]
    return [root, *below]


SAFE = {"ConnectError", "ConnectTimeout", "PoolTimeout", "ProxyError", "UnsupportedProtocol"}


@pytest.mark.parametrize(
    "error", [found for found in _errors_of_httpx() if found is not httpx.HTTPStatusError]
)
async def test_every_error_of_httpx_is_sorted(who: Credentials, error: type[httpx.HTTPError]) -> None:
    """Only errors from before the first byte count as not sent; any other may be live."""

    class Failing(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            raise error(f"at {request.url} with {who.token.reveal()}")

    client = ThreadsClient("http://threads.test", http=httpx.AsyncClient(transport=Failing()))
    failure = await _publish_failure(client, who)
    await client.aclose()
    assert failure.ambiguous == (error.__name__ not in SAFE)
    assert who.token.reveal() not in repr(failure)


@pytest.mark.parametrize("play", [silence, dribble])
async def test_an_answer_that_does_not_come_in_time_is_ambiguous(
    peer: RawPeer, who: Credentials, monkeypatch: pytest.MonkeyPatch, play: Play
) -> None:
    """Neither silence nor a trickle of bytes lasts longer than the call's whole time."""
    monkeypatch.setattr(transport, "CONNECT_TIMEOUT", 0.1)
    peer.plays(play)
    graph = GraphTransport(peer.url)
    request = Request(call=Call.PUBLISH, method="POST", path="/x", values={}, token=who.token, wait=0.1)
    with pytest.raises(ThreadsError) as caught:
        await asyncio.wait_for(graph.ask(request, dict), 5)
    await graph.aclose()
    assert caught.value.failure.ambiguous
    assert len(peer.received) == 1


async def test_publish_waits_240_s_for_its_answer_and_others_30_s(peer: RawPeer, who: Credentials) -> None:
    """The timeouts that travel with the requests are the promised ones."""
    seen: list[dict[str, float]] = []

    async def note(request: httpx.Request) -> None:
        seen.append(request.extensions["timeout"])

    client = ThreadsClient(peer.url, http=httpx.AsyncClient(event_hooks={"request": [note]}))
    await client.publish(who, "179")
    await client.create_container(who, ContainerSpec(type=PostType.TEXT, text="t"))
    await client.aclose()
    assert [(timeout["connect"], timeout["read"]) for timeout in seen] == [(10, 240), (10, 30)]


async def test_a_connection_that_the_server_closed_does_not_spoil_a_publish(
    client: ThreadsClient, peer: RawPeer, who: Credentials
) -> None:
    """A stale idle connection is noticed before the publish is written to it."""
    peer.plays(then_close(answer({"id": "1"})), answer({"id": "180"}))
    await client.create_container(who, ContainerSpec(type=PostType.TEXT, text="t"))
    await peer.hung_up.wait()
    assert await client.publish(who, "179") == "180"
    assert peer.connections == 2


async def test_a_connection_that_dies_while_the_publish_is_on_it_is_ambiguous(
    client: ThreadsClient, peer: RawPeer, who: Credentials
) -> None:
    """Once the publish was written to a kept connection, its loss is never mended by a second one."""
    peer.plays(answer({"id": "1"}), reset)
    await client.create_container(who, ContainerSpec(type=PostType.TEXT, text="t"))
    assert (await _publish_failure(client, who)).ambiguous
    assert [request.path for request in peer.received] == ["/v1.0/me/threads", "/v1.0/me/threads_publish"]


async def test_warming_opens_the_connections_that_publishing_uses(
    client: ThreadsClient, peer: RawPeer, who: Credentials
) -> None:
    """After warming, publishes at the same moment need no handshake; no token is spent on it."""
    peer.plays(answer(b""))
    await client.warm(3)
    assert peer.connections == 3
    assert {(request.method, request.path) for request in peer.received} == {("HEAD", "/")}
    assert not any("authorization" in request.headers for request in peer.received)
    peer.plays(answer({"id": "180"}))
    await asyncio.gather(*(client.publish(who, creation_id) for creation_id in "123"))
    assert peer.connections == 3


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
    failure = await _publish_failure(client, who)
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
    detail = (await _publish_failure(client, who)).detail
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


def _error_body(error: dict[str, object]) -> bytes:
    return json.dumps({"error": error}).encode()


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
