"""Every fault that can be armed, seen from a client."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import httpx
import pytest
from sandbox_user import SandboxUser, advance, arm, body, feed, log, refusal, settings, until

TEXT = {"media_type": "TEXT", "text": "chào"}


async def test_a_connection_is_cut_after_the_post_was_made(an: SandboxUser, http: httpx.AsyncClient) -> None:
    """The client learns nothing; the post is there; the log knows both."""
    container_id = await an.create(**TEXT)
    await arm(http, "drop_after", on="publish")
    with pytest.raises(httpx.RemoteProtocolError):
        await an.post("me/threads_publish", creation_id=container_id)
    (post,) = await feed(http)
    (entry,) = await log(http, "threads_publish")
    assert (entry["media_id"], entry["status"], entry["fault"]) == (post["id"], 0, "drop_after")
    assert (await an.status(container_id))["status"] == "PUBLISHED"


async def test_a_connection_is_cut_before_anything_was_done(an: SandboxUser, http: httpx.AsyncClient) -> None:
    """There is no post, and the same container can be published afterwards."""
    container_id = await an.create(**TEXT)
    await arm(http, "drop_before")
    with pytest.raises(httpx.RemoteProtocolError):
        await an.post("me/threads_publish", creation_id=container_id)
    assert await feed(http) == []
    body(await an.post("me/threads_publish", creation_id=container_id))


async def test_an_error_comes_after_the_post_was_made(an: SandboxUser, http: httpx.AsyncClient) -> None:
    """500 with code 2, marked as transient, and yet the post is there."""
    container_id = await an.create(**TEXT)
    await arm(http, "error_after")
    response = await an.post("me/threads_publish", creation_id=container_id)
    assert (response.status_code, refusal(response)) == (500, (2, None))
    assert response.json()["error"]["is_transient"] is True
    assert len(await feed(http)) == 1


async def test_a_lost_answer_to_a_creation_leaves_a_container(
    an: SandboxUser, http: httpx.AsyncClient
) -> None:
    """Creating can lose its answer too; the log names the orphan."""
    await arm(http, "drop_after", on="create")
    with pytest.raises(httpx.RemoteProtocolError):
        await an.create(**TEXT)
    (entry,) = await log(http, "create")
    assert (await an.status(entry["creation_id"]))["status"] == "FINISHED"


async def test_a_slow_publish_posts_although_the_client_has_gone(
    an: SandboxUser, http: httpx.AsyncClient
) -> None:
    """The work goes on after the client has lost its patience."""
    container_id = await an.create(**TEXT)
    await arm(http, "slow", seconds=0.3)
    with pytest.raises(httpx.ReadTimeout):
        await an.http.post(
            "/me/threads_publish", data={"creation_id": container_id, "access_token": an.token}, timeout=0.05
        )
    assert (await an.status(container_id))["status"] == "FINISHED"

    async def is_posted() -> bool:
        return len(await feed(http)) == 1

    await until(is_posted)


@pytest.mark.parametrize("kind", ["slow", "slow_after"])
async def test_a_slow_call_answers_late(an: SandboxUser, http: httpx.AsyncClient, kind: str) -> None:
    """It takes the seconds that were asked for, and holds up nobody else."""
    await arm(http, kind, on="create", seconds=0.3)
    began = time.monotonic()
    slow = asyncio.create_task(an.create(**TEXT))
    await an.read("me")
    assert time.monotonic() - began < 0.25
    assert not slow.done()
    await slow
    assert time.monotonic() - began >= 0.3


@pytest.mark.parametrize(
    ("kind", "http_status", "code"),
    [
        ("server_error", 500, (2, None)),
        ("media_not_found", 400, (24, 4279009)),
        ("rate_limit", 400, (613, 4279002)),
        ("blocked", 403, (4, 2207051)),
        ("token_expired", 400, (190, 463)),
        ("password_changed", 400, (190, 460)),
        ("policy_block", 400, (368, None)),
        ("media_download", 400, (1, 2207052)),
        ("carousel_children", 400, (100, 4279004)),
        ("link_attachment", 400, (-1, 4279047)),
    ],
)
async def test_a_refusal_can_be_ordered(
    an: SandboxUser, http: httpx.AsyncClient, kind: str, http_status: int, code: tuple[int, int | None]
) -> None:
    """It comes as often as was asked, does nothing, and then the call works."""
    container_id = await an.create(**TEXT)
    await arm(http, kind, count=2)
    for _ in range(2):
        response = await an.post("me/threads_publish", creation_id=container_id)
        assert (response.status_code, refusal(response)) == (http_status, code)
    assert await feed(http) == []
    body(await an.post("me/threads_publish", creation_id=container_id))


async def test_any_error_can_be_ordered(an: SandboxUser, http: httpx.AsyncClient) -> None:
    """Code, subcode, HTTP status and message are free, for codes that have no name here."""
    await arm(http, "error", on="any", http=429, code=17, subcode=5, message="User request limit reached")
    response = await an.get("me")
    assert (response.status_code, refusal(response)) == (429, (17, 5))
    assert response.json()["error"]["message"] == "User request limit reached"


async def test_a_proxy_can_answer(an: SandboxUser, http: httpx.AsyncClient) -> None:
    """A 502 in HTML is no JSON."""
    await arm(http, "html_502", on="any")
    response = await an.get("me")
    assert response.status_code == 502
    assert response.headers["Content-Type"].startswith("text/html")


async def test_a_finished_container_can_lag(an: SandboxUser, http: httpx.AsyncClient) -> None:
    """It says FINISHED, and for some seconds publishing does not find it."""
    await arm(http, "lag", seconds=5)
    container_id = await an.finished(await an.create(**TEXT))
    assert refusal(await an.post("me/threads_publish", creation_id=container_id)) == (24, 4279009)
    await advance(http, 5)
    body(await an.post("me/threads_publish", creation_id=container_id))


async def test_a_container_can_be_stuck(an: SandboxUser, http: httpx.AsyncClient) -> None:
    """It stays IN_PROGRESS until it expires."""
    await arm(http, "container_stuck")
    container_id = await an.create(**TEXT)
    await advance(http, 3600)
    assert (await an.status(container_id))["status"] == "IN_PROGRESS"
    await advance(http, 86400)
    assert (await an.status(container_id))["status"] == "EXPIRED"


async def test_a_status_can_be_stale(an: SandboxUser, http: httpx.AsyncClient) -> None:
    """A published container still says FINISHED, as often as was asked."""
    container_id = await an.create(**TEXT)
    body(await an.post("me/threads_publish", creation_id=container_id))
    await arm(http, "stale_status", count=2)
    seen = [(await an.status(container_id))["status"] for _ in range(3)]
    assert seen == ["FINISHED", "FINISHED", "PUBLISHED"]


@pytest.mark.parametrize(
    "condition", [{"user": "binh"}, {"text": "tạm biệt"}, {"path": "v2.0"}, {"on": "create"}], ids=str
)
async def test_a_fault_waits_for_its_call(
    an: SandboxUser, http: httpx.AsyncClient, condition: dict[str, Any]
) -> None:
    """Calls that do not fit its conditions do not use it up."""
    container_id = await an.create(**TEXT)
    await arm(http, "rate_limit", **condition)
    body(await an.post("me/threads_publish", creation_id=container_id))
    assert len(body(await http.get("/sandbox/faults"))["faults"]) == 1


async def test_a_call_that_is_refused_anyway_uses_up_no_later_fault(
    an: SandboxUser, http: httpx.AsyncClient
) -> None:
    """What happens after the work, or to a container, waits for a call that gets so far."""
    await arm(http, "drop_after", on="publish")
    await arm(http, "container_error", on="create")
    assert refusal(await an.post("me/threads_publish", creation_id="1")) == (24, 4279009)
    assert refusal(await an.post("me/threads", media_type="TEXT")) == (100, None)
    assert [entry["fault"] for entry in (await log(http, ""))[-2:]] == [None, None]
    container_id = await an.create(**TEXT)
    assert (await an.status(container_id))["status"] == "ERROR"
    assert (await log(http, "create"))[-1]["fault"] == "container_error"


async def test_a_fault_finds_its_call(an: SandboxUser, http: httpx.AsyncClient) -> None:
    """All conditions together: user, path, and the text of the container that is published."""
    container_id = await an.create(**TEXT)
    await arm(http, "rate_limit", user=an.user_id, path="threads_publish", text="chào")
    assert refusal(await an.post("me/threads_publish", creation_id=container_id)) == (613, 4279002)


async def test_faults_are_disarmed(an: SandboxUser, http: httpx.AsyncClient) -> None:
    """DELETE forgets them all."""
    await arm(http, "rate_limit", on="any", count=100)
    await arm(http, "drop_before", on="any", count=100)
    assert body(await http.delete("/sandbox/faults")) == {"removed": 2}
    assert (await an.get("me")).status_code == 200


@pytest.mark.parametrize(
    ("fault", "word"),
    [({}, "kind"), ({"kind": "flood"}, "flood"), ({"kind": "slow", "second": 1}, "second")],
)
async def test_a_wrong_fault_is_explained(http: httpx.AsyncClient, fault: dict[str, Any], word: str) -> None:
    """One sentence says what is possible."""
    response = await http.post("/sandbox/faults", json=fault)
    assert response.status_code == 400
    assert word in response.json()["error"] or "must be one of" in response.json()["error"]


@pytest.mark.parametrize(
    ("mode", "status", "posts"), [("refuse", 400, 1), ("same-id", 200, 1), ("again", 200, 2)]
)
async def test_a_second_publish_does_what_was_chosen(
    an: SandboxUser, http: httpx.AsyncClient, mode: str, status: int, posts: int
) -> None:
    """Meta's answer is not known: refused, the same id again, or a second post."""
    await settings(http, second_publish=mode)
    container_id = await an.create(**TEXT)
    first = body(await an.post("me/threads_publish", creation_id=container_id))["id"]
    second = await an.post("me/threads_publish", creation_id=container_id)
    assert second.status_code == status
    assert len(await feed(http)) == posts
    assert (second.json().get("id") == first) is (mode == "same-id")


async def test_one_of_many_publishes_wins(an: SandboxUser, http: httpx.AsyncClient) -> None:
    """Ten calls at once for one container make one post."""
    container_id = await an.create(**TEXT)
    calls = [an.post("me/threads_publish", creation_id=container_id) for _ in range(10)]
    statuses = sorted([response.status_code for response in await asyncio.gather(*calls)])
    assert statuses == [200] + [400] * 9
    assert len(await feed(http)) == 1


async def test_a_new_post_can_be_slow_to_be_found(an: SandboxUser, http: httpx.AsyncClient) -> None:
    """With a feed lag it is published, but neither listed, read nor replied to for some seconds."""
    await settings(http, feed_lag_seconds=30)
    media_id = await an.say("chào")
    assert (await an.read("me/threads"))["data"] == []
    assert refusal(await an.get(media_id)) == (100, 33)
    assert refusal(await an.post("me/threads", **TEXT, reply_to_id=media_id)) == (24, 4279009)
    await advance(http, 30)
    assert (await an.read("me/threads"))["data"] == [{"id": media_id}]
