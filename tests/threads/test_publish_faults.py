"""Every way in which a call can go wrong on the wire, and what may be done after it (rule R9)."""

from __future__ import annotations

import asyncio
import socket

import httpx
import pytest
from publish_failure import publish_failure
from raw_peer import Play, RawPeer, answer, dribble, raw, reset, silence, then_close

from core.adapters.threads import ThreadsClient, transport
from core.adapters.threads.transport import GraphTransport, Request
from core.domain.account import Credentials
from core.domain.failures import FailureClass, ThreadsError
from core.domain.post import PostType
from core.domain.threads_codes import Call
from core.ports import ContainerSpec


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
    assert (await publish_failure(client, who)).ambiguous
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
    failure = await publish_failure(client, who)
    assert (failure.kind, failure.ambiguous) == (kind, False)


async def test_nothing_was_sent_when_there_is_no_connection(who: Credentials) -> None:
    """A refused connection is safe to repeat, and says why."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        client = ThreadsClient(f"http://127.0.0.1:{unused.getsockname()[1]}")
        failure = await publish_failure(client, who)
        await client.aclose()
    assert (failure.kind, failure.ambiguous) == (FailureClass.TRANSIENT, False)
    assert failure.detail is not None
    assert failure.detail.startswith("ConnectError")


async def test_a_plain_server_behind_https_is_not_sent(peer: RawPeer, who: Credentials) -> None:
    """A failed TLS handshake carries nothing of ours."""
    client = ThreadsClient(peer.url.replace("http:", "https:"))
    failure = await publish_failure(client, who)
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
    failure = await publish_failure(client, who)
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
    assert (await publish_failure(client, who)).ambiguous
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
