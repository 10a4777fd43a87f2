"""What the client asks for, byte by byte, and how it reads the answers (threads_api fact sheet §3 to §5)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from raw_peer import Play, RawPeer, answer

from core.adapters.threads import ThreadsClient
from core.domain.account import Credentials
from core.domain.failures import ThreadsError
from core.domain.post import Media, MediaKind, PostType, ReplyControl
from core.ports import (
    ContainerSpec,
    ContainerState,
    ContainerStatus,
    Quota,
    RemotePost,
    Threads,
)

POST = {
    "id": "9",
    "text": "hello",
    "timestamp": "2026-03-01T09:00:05+0700",
    "permalink": "https://www.threads.net/@a/post/x",
    "media_type": "TEXT_POST",
    "is_reply": True,
}
PARSED = RemotePost(
    id="9",
    text="hello",
    timestamp=datetime(2026, 3, 1, 2, 0, 5, tzinfo=UTC),
    permalink="https://www.threads.net/@a/post/x",
    media_type="TEXT_POST",
    is_reply=True,
)
SINCE = datetime(2026, 3, 1, tzinfo=UTC)


def page(*posts: object, after: str | None = None) -> object:
    """A page as Threads writes it."""
    return (
        {"data": list(posts), "paging": {"cursors": {"before": "B", "after": after}}}
        if after
        else {"data": list(posts)}
    )


def test_the_client_is_the_port(client: ThreadsClient) -> None:
    """The services' protocol is kept in full; pyright proves the signatures, this the names."""
    port: Threads = client
    assert all(hasattr(port, name) for name in vars(Threads) if not name.startswith("_"))


async def test_publish_sends_one_form_with_the_token_in_it(
    client: ThreadsClient, peer: RawPeer, who: Credentials
) -> None:
    """The token travels in the form, for /me, and in no address or header."""
    peer.plays(answer({"id": "180"}))
    assert await client.publish(who, "179") == "180"
    (request,) = peer.received
    assert (request.method, request.path, request.query) == ("POST", "/v1.0/me/threads_publish", {})
    assert request.form == {"creation_id": "179", "access_token": who.token.reveal()}
    assert "authorization" not in request.headers


@pytest.mark.parametrize(
    ("spec", "form"),
    [
        (
            ContainerSpec(type=PostType.TEXT, text="a & ü 🎉\n="),
            {"media_type": "TEXT", "text": "a & ü 🎉\n="},
        ),
        (
            ContainerSpec(
                type=PostType.TEXT,
                text="t",
                reply_to_id="7",
                reply_control=ReplyControl.MENTIONED_ONLY,
                topic="Decor",
                link_attachment="https://a.example/?b=c&d",
            ),
            {
                "media_type": "TEXT",
                "text": "t",
                "reply_to_id": "7",
                "reply_control": "mentioned_only",
                "topic_tag": "Decor",
                "link_attachment": "https://a.example/?b=c&d",
            },
        ),
        (
            ContainerSpec(
                type=PostType.IMAGE,
                media=Media(MediaKind.IMAGE, "https://a/1.jpg", "a cat"),
                carousel_item=True,
            ),
            {
                "media_type": "IMAGE",
                "image_url": "https://a/1.jpg",
                "alt_text": "a cat",
                "is_carousel_item": "true",
            },
        ),
        (
            ContainerSpec(type=PostType.VIDEO, text="v", media=Media(MediaKind.VIDEO, "https://a/1.mp4")),
            {"media_type": "VIDEO", "text": "v", "video_url": "https://a/1.mp4"},
        ),
        (
            ContainerSpec(type=PostType.CAROUSEL, text="c", children=("1", "2")),
            {"media_type": "CAROUSEL", "text": "c", "children": "1,2"},
        ),
    ],
)
async def test_create_sends_what_the_spec_says_and_nothing_empty(
    client: ThreadsClient, peer: RawPeer, who: Credentials, spec: ContainerSpec, form: dict[str, str]
) -> None:
    """Each container type has its own parameters; empty ones are left out."""
    assert await client.create_container(who, spec) == "1"
    assert (peer.last.method, peer.last.path) == ("POST", "/v1.0/me/threads")
    assert peer.last.form == {**form, "access_token": who.token.reveal()}


async def test_status_is_asked_with_the_token_in_the_header(
    client: ThreadsClient, peer: RawPeer, who: Credentials
) -> None:
    """A GET has no token in its address; an ERROR comes with HTTP 200 and its message."""
    peer.plays(answer({"id": "179", "status": "ERROR", "error_message": "FAILED_DOWNLOADING_VIDEO"}))
    status = await client.container_status(who, "179")
    assert status == ContainerStatus(ContainerState.ERROR, "FAILED_DOWNLOADING_VIDEO")
    assert (peer.last.path, peer.last.query) == ("/v1.0/179", {"fields": "id,status,error_message"})
    assert peer.last.headers["authorization"] == f"Bearer {who.token.reveal()}"


async def test_posts_are_read_over_all_pages(client: ThreadsClient, peer: RawPeer, who: Credentials) -> None:
    """Cursors are followed until there is none; offsets become UTC; missing fields are empty."""
    bare = {"id": "8", "timestamp": "2026-03-01T00:00:00+0000"}
    peer.plays(answer(page(POST, after="A1")), answer(page(bare, after="A2")), answer(page()))
    posts = await client.recent_posts(who, since=SINCE)
    assert posts[0] == PARSED
    assert posts[1] == RemotePost(id="8", text="", timestamp=SINCE, permalink=None, media_type="")
    assert [request.query.get("after") for request in peer.received] == [None, "A1", "A2"]
    assert {request.path for request in peer.received} == {"/v1.0/me/threads"}
    assert peer.last.query["since"] == str(int(SINCE.timestamp()))
    assert peer.last.query["limit"] == "100"


async def test_replies_of_the_account_are_another_list(
    client: ThreadsClient, peer: RawPeer, who: Credentials
) -> None:
    """The account's replies are not among its posts; a time before Threads began is lifted to its beginning."""
    peer.plays(answer(page()))
    assert await client.recent_posts(who, since=datetime(1990, 1, 1, tzinfo=UTC), replies=True) == []
    assert peer.last.path == "/v1.0/me/replies"
    assert peer.last.query["since"] == "1688540400"


async def test_a_list_that_never_ends_is_cut(client: ThreadsClient, peer: RawPeer, who: Credentials) -> None:
    """A cursor that leads in a circle does not hang the worker."""
    peer.plays(answer(page(POST, after="same")))
    assert len(await client.recent_posts(who, since=SINCE)) == 20


async def test_a_post_is_read_by_its_id(client: ThreadsClient, peer: RawPeer, who: Credentials) -> None:
    """The id is one segment of the path, whatever stands in it."""
    peer.plays(answer(POST))
    assert await client.media(who, "9/../me?x") == PARSED
    assert peer.last.path == "/v1.0/9%2F..%2Fme%3Fx"


async def test_each_quota_is_asked_for_alone(client: ThreadsClient, peer: RawPeer, who: Credentials) -> None:
    """Posts, replies and deletions need different scopes, so one that is missing spoils no other."""
    config = {"quota_total": 250, "quota_duration": 86400}
    peer.plays(
        answer({"data": [{"quota_usage": 4, "config": config}]}),
        answer({"data": [{"reply_quota_usage": 5, "reply_config": {"quota_total": 1000}}]}),
        answer({"data": [{"delete_quota_usage": "6", "delete_config": {"quota_total": "100"}}]}),
    )
    assert await client.publishing_limit(who) == Quota(4, 250)
    assert await client.reply_limit(who) == Quota(5, 1000)
    assert await client.delete_limit(who) == Quota(6, 100)
    assert [request.query["fields"] for request in peer.received] == [
        "quota_usage,config",
        "reply_quota_usage,reply_config",
        "delete_quota_usage,delete_config",
    ]


async def test_insights_come_as_figures_by_name(
    client: ThreadsClient, peer: RawPeer, who: Credentials
) -> None:
    """Lifetime values, daily series, totals and clicks per link all become one number each."""
    peer.plays(
        answer(
            {
                "data": [
                    {"name": "likes", "period": "lifetime", "values": [{"value": 3}]},
                    {"name": "views", "period": "day", "values": [{"value": 2}, {"value": 5}]},
                    {"name": "quotes", "total_value": {"value": 7}},
                    {"name": "clicks", "link_total_values": [{"value": 1, "link_url": "a"}, {"value": 1}]},
                    {"name": "replies"},
                ]
            }
        )
    )
    figures = {"likes": 3, "views": 7, "quotes": 7, "clicks": 2, "replies": 0}
    assert await client.insights(who, "9") == figures
    assert peer.last.path == "/v1.0/9/insights"
    assert await client.account_insights(who, since=SINCE, until=SINCE) == figures
    assert peer.last.path == "/v1.0/me/threads_insights"


async def test_replies_under_a_post_tell_who_wrote_them(
    client: ThreadsClient, peer: RawPeer, who: Credentials
) -> None:
    """Direct replies and whole conversations are read with author, parent and visibility."""
    reply = {**POST, "username": "ann", "hide_status": "NOT_HUSHED", "replied_to": {"id": "5"}}
    peer.plays(answer(page(reply)))
    (found,) = await client.replies(who, "5")
    assert (found.post, found.username, found.hide_status, found.replied_to) == (
        PARSED,
        "ann",
        "NOT_HUSHED",
        "5",
    )
    assert peer.last.path == "/v1.0/5/replies"
    assert await client.conversation(who, "5") == [found]
    assert peer.last.path == "/v1.0/5/conversation"


async def test_a_reply_is_hidden_and_shown(client: ThreadsClient, peer: RawPeer, who: Credentials) -> None:
    """Hiding is a form with one flag; anything but success is a failure."""
    peer.plays(answer({"success": True}))
    await client.hide(who, "5")
    assert (peer.last.path, peer.last.form["hide"]) == ("/v1.0/5/manage_reply", "true")
    await client.hide(who, "5", hidden=False)
    assert peer.last.form["hide"] == "false"
    peer.plays(answer({"success": False}))
    with pytest.raises(ThreadsError):
        await client.hide(who, "5")


GONE = {"error": {"message": "Unsupported delete request.", "code": 100, "error_subcode": 33}}
DENIED = {"error": {"message": "Permission", "code": 10}}


async def test_deleting_what_is_gone_succeeds_after_one_look(
    client: ThreadsClient, peer: RawPeer, who: Credentials
) -> None:
    """The same error also stands for a missing right, so a look decides."""
    peer.plays(answer({"success": True, "deleted_id": "9"}))
    await client.delete(who, "9")
    assert (peer.last.method, peer.last.path, peer.last.query) == ("DELETE", "/v1.0/9", {})
    peer.plays(answer(GONE, 400))
    await client.delete(who, "9")
    assert [request.method for request in peer.received[1:]] == ["DELETE", "GET"]


@pytest.mark.parametrize(
    ("refusal", "look"), [(GONE, answer(POST)), (DENIED, answer(POST)), (GONE, answer(DENIED, 400))]
)
async def test_a_refused_deletion_is_told(
    client: ThreadsClient, peer: RawPeer, who: Credentials, refusal: object, look: Play
) -> None:
    """While the post is there, or nobody can tell, a deletion that was refused is a failure."""
    peer.plays(answer(refusal, 400), look)
    with pytest.raises(ThreadsError):
        await client.delete(who, "9")
