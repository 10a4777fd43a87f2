"""The client against the whole sandbox: what the services do, from linking an account to its figures."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import httpx
import pytest
from sandbox_shop import TEXT, Sandbox, published

from core.adapters.threads import ThreadsApp, ThreadsClient, ThreadsOAuth, code_from_redirect
from core.domain.account import Credentials
from core.domain.failures import FailureClass, ThreadsError
from core.domain.post import Media, MediaKind, PostType
from core.domain.secret import Secret
from core.ports import ContainerSpec, ContainerState, Quota

SINCE = datetime(2024, 6, 1, tzinfo=UTC)
TOMORROW = timedelta(hours=25).total_seconds()


async def test_an_account_is_linked_from_the_page_to_the_long_token(
    sandbox: Sandbox, threads: ThreadsClient
) -> None:
    """Page, consent, code, short token, long token, profile: and a code works once."""
    app = ThreadsApp("app-1", Secret("app-secret"), "https://shop.example/cb")
    oauth = ThreadsOAuth(sandbox.url, app)
    page = oauth.authorize_url("state-1")
    assert (await sandbox.admin.get(page)).status_code == 200
    choice = {"decision": "approve", "new_username": "fresh"}
    answer = await sandbox.admin.post(f"{page}&{httpx.QueryParams(choice)}")
    code = code_from_redirect(answer.headers["location"], "state-1")
    short = await oauth.exchange_code(code)
    issued = await oauth.exchange_long_lived(short.token)
    assert issued.expires_in == timedelta(days=60).total_seconds()
    profile = await threads.profile(issued.token)
    assert (profile.user_id, profile.username) == (short.user_id, "fresh")
    facts = await threads.debug_token(issued.token)
    assert (facts.user_id, facts.valid) == (short.user_id, True)
    assert "threads_content_publish" in facts.scopes
    with pytest.raises(ThreadsError) as caught:
        await oauth.exchange_code(code)
    assert caught.value.failure.kind is FailureClass.FATAL
    await oauth.aclose()


async def test_a_wrong_app_secret_is_named(sandbox: Sandbox) -> None:
    """A person who copied the wrong secret learns so, whatever step finds it."""
    await sandbox.post("settings", client_secret="right")
    oauth = ThreadsOAuth(sandbox.url, ThreadsApp("app-1", Secret("wrong!"), "https://shop.example/cb"))
    with pytest.raises(ThreadsError) as caught:
        await oauth.exchange_long_lived(Secret("THQanything"))
    await oauth.aclose()
    assert "THREADS_CLIENT_SECRET" in caught.value.failure.remedy


async def test_a_text_goes_live_and_is_found_again(threads: ThreadsClient, shop: Credentials) -> None:
    """Create, status, publish, read, list and quota tell the same story."""
    creation_id = await threads.create_container(shop, TEXT)
    media_id = await threads.publish(shop, creation_id)
    assert (await threads.container_status(shop, creation_id)).state is ContainerState.PUBLISHED
    post = await threads.media(shop, media_id)
    assert (post.id, post.text, post.media_type, post.is_reply) == (media_id, TEXT.text, "TEXT_POST", False)
    assert post.permalink is not None
    assert abs(post.timestamp - datetime.now(UTC)) < timedelta(minutes=1)
    assert await threads.recent_posts(shop, since=post.timestamp - timedelta(minutes=1)) == [post]
    assert await threads.publishing_limit(shop) == Quota(1, 250)
    assert set(await threads.insights(shop, media_id)) == {
        "views", "likes", "replies", "reposts", "quotes", "shares"
    }  # fmt: skip
    until = post.timestamp + timedelta(days=1)
    assert "views" in await threads.account_insights(shop, since=SINCE, until=until)


async def test_all_pages_of_a_long_list_are_read(threads: ThreadsClient, shop: Credentials) -> None:
    """More posts than fit on a page come back whole and once."""
    made = [await published(threads, shop) for _ in range(103)]
    found = [post.id for post in await threads.recent_posts(shop, since=SINCE)]
    assert sorted(found) == sorted(made)


async def test_a_carousel_of_pictures_and_a_video_goes_live(
    sandbox: Sandbox, threads: ThreadsClient, shop: Credentials
) -> None:
    """Items first, then the carousel of their containers."""
    media = [
        Media(MediaKind.IMAGE, await sandbox.media("a.jpg"), "a picture"),
        Media(MediaKind.VIDEO, await sandbox.media("b.mp4")),
    ]
    items = [
        await threads.create_container(
            shop, ContainerSpec(type=PostType(each.kind), media=each, carousel_item=True)
        )
        for each in media
    ]
    while {(await threads.container_status(shop, item)).state for item in items} != {ContainerState.FINISHED}:
        pass
    spec = ContainerSpec(type=PostType.CAROUSEL, text="both", children=tuple(items))
    post = await threads.media(shop, await published(threads, shop, spec))
    assert (post.media_type, post.text) == ("CAROUSEL_ALBUM", "both")


async def test_a_reply_is_posted_listed_hidden_and_counted_apart(
    threads: ThreadsClient, shop: Credentials
) -> None:
    """Replies have a list, a place in the conversation and a quota of their own."""
    media_id = await published(threads, shop)
    reply_id = await published(
        threads, shop, ContainerSpec(type=PostType.TEXT, text="first!", reply_to_id=media_id)
    )
    (listed,) = await threads.recent_posts(shop, since=SINCE, replies=True)
    assert (listed.id, listed.is_reply) == (reply_id, True)
    (reply,) = await threads.replies(shop, media_id)
    assert (reply.post, reply.username, reply.replied_to) == (listed, "shop", media_id)
    assert await threads.conversation(shop, media_id) == [reply]
    await threads.hide(shop, reply_id)
    assert (await threads.replies(shop, media_id))[0].hide_status == "HIDDEN"
    assert await threads.reply_limit(shop) == Quota(1, 1000)
    assert await threads.publishing_limit(shop) == Quota(1, 250)


async def test_a_post_is_deleted_once_and_for_all(threads: ThreadsClient, shop: Credentials) -> None:
    """The second deletion of the same post succeeds as well."""
    media_id = await published(threads, shop)
    await threads.delete(shop, media_id)
    await threads.delete(shop, media_id)
    assert await threads.recent_posts(shop, since=SINCE) == []
    assert (await threads.delete_limit(shop)).used == 1


async def test_a_token_is_renewed_between_its_first_and_its_last_day(
    sandbox: Sandbox, threads: ThreadsClient, shop: Credentials
) -> None:
    """Too young: later; in its time: a new one; expired or withdrawn: the account is linked again."""
    with pytest.raises(ThreadsError) as young:
        await threads.refresh(shop.token)
    assert young.value.failure.kind is FailureClass.RETRYABLE
    await sandbox.post("clock", advance_seconds=TOMORROW)
    issued = await threads.refresh(shop.token)
    assert (await threads.profile(issued.token)).user_id == shop.user_id
    await sandbox.post("clock", advance_seconds=timedelta(days=61).total_seconds())
    with pytest.raises(ThreadsError) as late:
        await threads.refresh(issued.token)
    assert late.value.failure.kind is FailureClass.NEEDS_REAUTH
    await sandbox.post("accounts/shop/deauthorize")
    with pytest.raises(ThreadsError) as dead:
        await threads.create_container(shop, TEXT)
    assert dead.value.failure.kind is FailureClass.NEEDS_REAUTH
