"""What Threads refuses when a container is made, and in which shape."""

from __future__ import annotations

import json

import httpx
import pytest
from sandbox_user import SandboxUser, arm, body, refusal, settings

TEXT = {"media_type": "TEXT", "text": "x"}


@pytest.mark.parametrize(
    "params",
    [
        {"text": "no kind"},
        {"media_type": "STORY", "text": "x"},
        {"media_type": "TEXT"},
        {"media_type": "IMAGE", "text": "no image"},
        {"media_type": "VIDEO"},
        {"media_type": "CAROUSEL"},
        {"media_type": "CAROUSEL", "children": "1"},
        {"media_type": "CAROUSEL", "children": ",".join(map(str, range(21)))},
        {"media_type": "TEXT", "text": "x" * 501},
        {"media_type": "TEXT", "text": " ".join(f"https://a.vn/{n}" for n in range(6))},
        {**TEXT, "reply_control": "nobody"},
        {**TEXT, "topic_tag": "a.b"},
        {**TEXT, "topic_tag": "x" * 51},
        {**TEXT, "alt_text": "x" * 1001},
        {**TEXT, "poll_attachment": json.dumps({"option_a": "one"})},
        {**TEXT, "poll_attachment": json.dumps({"option_a": "x" * 26, "option_b": "b"})},
        {
            **TEXT,
            "poll_attachment": json.dumps({"option_a": "a", "option_b": "b"}),
            "link_attachment": "https://a.vn",
        },
        {**TEXT, "gif_attachment": json.dumps({"gif_id": "1", "provider": "TENOR"})},
        {**TEXT, "text_attachment": json.dumps({"plaintext": "x" * 10_001})},
        {**TEXT, "text_entities": json.dumps([{"entity_type": "SPOILER"}] * 11)},
        {**TEXT, "allowlisted_country_codes": "VN"},
    ],
    ids=lambda params: "+".join(params)[:60],
)
async def test_a_wrong_parameter_answers_100(an: SandboxUser, params: dict[str, str]) -> None:
    """Each is refused with HTTP 400 and the THApiException of code 100."""
    response = await an.post("me/threads", **params)
    assert response.status_code == 400
    assert refusal(response) == (100, None)
    assert response.json()["error"]["type"] == "THApiException"


@pytest.mark.parametrize(
    "params",
    [
        {"media_type": "text", "text": "lower case"},
        {**TEXT, "reply_control": "MENTIONED_ONLY"},
        {**TEXT, "poll_attachment": "{not json"},
        {**TEXT, "topic_tag": ""},
        {**TEXT, "unheard_of": "1"},
        {"media_type": "TEXT", "poll_attachment": json.dumps({"option_a": "a", "option_b": "b"})},
        {"media_type": "TEXT", "text": "https://a.vn " * 6},
    ],
    ids=lambda params: "+".join(params)[:60],
)
async def test_what_threads_lets_pass_is_let_pass(an: SandboxUser, params: dict[str, str]) -> None:
    """Any case, unknown parameters, a malformed poll, and one link six times are no errors."""
    assert await an.create(**params)


@pytest.mark.parametrize(
    ("counter", "text", "fits"),
    [
        ("doc", "ă" * 500, True),
        ("doc", "🍜" * 125, True),
        ("doc", "🍜" * 126, False),
        ("bytes", "ă" * 251, False),
        ("codepoints", "🍜" * 500, True),
    ],
)
async def test_the_length_is_counted_as_set(
    an: SandboxUser, http: httpx.AsyncClient, counter: str, text: str, *, fits: bool
) -> None:
    """The setting ``counter`` plays the three ways in which Threads may count."""
    await settings(http, counter=counter)
    response = await an.post("me/threads", media_type="TEXT", text=text)
    assert (response.status_code == 200) is fits


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:9/x.jpg", "ftp://a.vn/x.jpg", "nonsense", "http://[/x.jpg"]
)
async def test_an_image_that_cannot_be_fetched_fails_at_once(an: SandboxUser, address: str) -> None:
    """The create call answers 1/2207052."""
    response = await an.post("me/threads", media_type="IMAGE", image_url=address)
    assert refusal(response) == (1, 2207052)


async def test_a_page_is_no_image(an: SandboxUser, http: httpx.AsyncClient) -> None:
    """An address that answers HTML, or a video, is no image."""
    for address in (str(http.base_url), an.sample("clip.mp4")):
        response = await an.post("me/threads", media_type="IMAGE", image_url=address)
        assert refusal(response) == (1, 2207052)


async def test_a_video_that_cannot_be_fetched_fails_later(an: SandboxUser) -> None:
    """The container is made, and ends in ERROR with Meta's word for it, over HTTP 200."""
    container_id = await an.create(media_type="VIDEO", video_url="http://127.0.0.1:9/x.mp4")
    while (status := await an.status(container_id))["status"] == "IN_PROGRESS":
        pass
    assert status == {"id": container_id, "status": "ERROR", "error_message": "FAILED_DOWNLOADING_VIDEO"}
    published = await an.post("me/threads_publish", creation_id=container_id)
    assert refusal(published) == (24, 4279009)


async def test_children_have_to_be_finished_items(
    an: SandboxUser, binh: SandboxUser, http: httpx.AsyncClient
) -> None:
    """An unfinished, foreign, unknown or ordinary container is no child: 100/4279004 names the bad ones."""
    good = await an.create(media_type="IMAGE", image_url=an.sample("1.jpg"), is_carousel_item="true")
    foreign = await binh.create(media_type="IMAGE", image_url=an.sample("1.jpg"), is_carousel_item="true")
    ordinary = await an.create(media_type="IMAGE", image_url=an.sample("1.jpg"))
    await settings(http, processing_seconds={"image": 60})
    unfinished = await an.create(media_type="IMAGE", image_url=an.sample("1.jpg"), is_carousel_item="true")
    for bad in (foreign, ordinary, unfinished, "123"):
        response = await an.post("me/threads", media_type="CAROUSEL", children=f"{good},{bad}")
        assert refusal(response) == (100, 4279004)
        detail = response.json()["error"]["error_user_msg"]
        assert bad in detail
        assert good not in detail


async def test_a_reply_needs_a_post_that_exists(an: SandboxUser) -> None:
    """A parent that is unknown, deleted or a ghost answers 24/4279009."""
    deleted = await an.say("bye")
    body(await an.delete(deleted))
    ghost = await an.say("boo", is_ghost_post="true")
    for parent in ("123", deleted, ghost):
        response = await an.post("me/threads", media_type="TEXT", text="x", reply_to_id=parent)
        assert refusal(response) == (24, 4279009)


async def test_writing_to_another_account_finds_nothing(an: SandboxUser, binh: SandboxUser) -> None:
    """A foreign user id or container answers 24/4279009, as a stale one does at Meta."""
    assert refusal(await an.post(f"{binh.user_id}/threads", **TEXT)) == (24, 4279009)
    container_id = await binh.create(**TEXT)
    assert refusal(await an.post("me/threads_publish", creation_id=container_id)) == (24, 4279009)


async def test_a_container_lives_for_a_day(an: SandboxUser, http: httpx.AsyncClient) -> None:
    """After that it is EXPIRED and cannot be published."""
    container_id = await an.create(**TEXT)
    body(await http.post("/sandbox/clock", json={"advance_seconds": 86401}))
    assert (await an.status(container_id))["status"] == "EXPIRED"
    assert refusal(await an.post("me/threads_publish", creation_id=container_id)) == (24, 4279009)


async def test_a_failed_container_says_why(an: SandboxUser, http: httpx.AsyncClient) -> None:
    """The reason can be chosen by a fault."""
    await arm(http, "container_error", error_message="INVALID_ASPEC_RATIO")
    container_id = await an.create(**TEXT)
    assert (await an.status(container_id))["error_message"] == "INVALID_ASPEC_RATIO"


async def test_errors_speak_the_language_of_the_user(an: SandboxUser, http: httpx.AsyncClient) -> None:
    """Only title and message for the user are translated; code and message stay."""
    await settings(http, locale="vi")
    error = (await an.post("me/threads_publish", creation_id="1")).json()["error"]
    assert error["message"] == "The requested resource does not exist"
    assert error["error_user_title"] == "Không tìm thấy nội dung"
    assert error["is_transient"] is False
