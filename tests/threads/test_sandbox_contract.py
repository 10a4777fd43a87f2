"""The client against the whole sandbox: what the services do, from linking an account to its figures."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from core.adapters.threads import ThreadsApp, ThreadsClient, ThreadsOAuth, code_from_redirect
from core.domain.account import Credentials
from core.domain.classifier import container_failure
from core.domain.failures import Failure, FailureClass, Remedy, ThreadsError
from core.domain.post import Media, MediaKind, PostType
from core.domain.secret import Secret
from core.local.sandbox import running_sandbox
from core.ports import ContainerSpec, ContainerState, Quota

TEXT = ContainerSpec(type=PostType.TEXT, text="Xin chào 🎉")
SINCE = datetime(2024, 6, 1, tzinfo=UTC)
TOMORROW = timedelta(hours=25).total_seconds()


@dataclass(frozen=True, slots=True)
class Sandbox:
    """A running sandbox with its switches."""

    url: str
    admin: httpx.AsyncClient

    async def post(self, path: str, **values: object) -> dict[str, str]:
        answer = await self.admin.post(f"/sandbox/{path}", json=values)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def media(self, name: str) -> str:
        return f"{self.url}/sandbox/media/{name}"


@pytest.fixture
async def sandbox(tmp_path: Path) -> AsyncIterator[Sandbox]:
    """An empty sandbox whose containers are ready at once."""
    async with running_sandbox(tmp_path) as server, httpx.AsyncClient(base_url=server.url) as admin:
        sandbox = Sandbox(server.url, admin)
        await sandbox.post("settings", processing_seconds=0)
        yield sandbox


@pytest.fixture
async def shop(sandbox: Sandbox) -> Credentials:
    """An account that granted everything."""
    made = await sandbox.post("accounts", username="shop")
    return Credentials(made["user_id"], Secret(made["access_token"]))


@pytest.fixture
async def threads(sandbox: Sandbox) -> AsyncIterator[ThreadsClient]:
    """A client of the sandbox."""
    client = ThreadsClient(sandbox.url)
    yield client
    await client.aclose()


async def _published(threads: ThreadsClient, who: Credentials, spec: ContainerSpec = TEXT) -> str:
    creation_id = await threads.create_container(who, spec)
    assert (await threads.container_status(who, creation_id)).state is ContainerState.FINISHED
    return await threads.publish(who, creation_id)


async def _failure(threads: ThreadsClient, who: Credentials, creation_id: str) -> Failure:
    with pytest.raises(ThreadsError) as caught:
        await threads.publish(who, creation_id)
    return caught.value.failure


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
    made = [await _published(threads, shop) for _ in range(103)]
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
    post = await threads.media(shop, await _published(threads, shop, spec))
    assert (post.media_type, post.text) == ("CAROUSEL_ALBUM", "both")


async def test_a_reply_is_posted_listed_hidden_and_counted_apart(
    threads: ThreadsClient, shop: Credentials
) -> None:
    """Replies have a list, a place in the conversation and a quota of their own."""
    media_id = await _published(threads, shop)
    reply_id = await _published(
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
    media_id = await _published(threads, shop)
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


FAULTS = [
    ("server_error", FailureClass.TRANSIENT, True),
    ("html_502", FailureClass.TRANSIENT, True),
    ("drop_before", FailureClass.TRANSIENT, True),
    ("drop_after", FailureClass.TRANSIENT, True),
    ("error_after", FailureClass.TRANSIENT, True),
    ("blocked", FailureClass.RETRYABLE, True),
    ("media_not_found", FailureClass.TRANSIENT, False),
    ("rate_limit", FailureClass.RETRYABLE, False),
    ("token_expired", FailureClass.NEEDS_REAUTH, False),
    ("password_changed", FailureClass.NEEDS_REAUTH, False),
    ("policy_block", FailureClass.RETRYABLE, False),
    ("media_download", FailureClass.RETRYABLE, False),
    ("carousel_children", FailureClass.TRANSIENT, False),
    ("link_attachment", FailureClass.RETRYABLE, False),
]


@pytest.mark.parametrize("locale", ["en", "vi"])
@pytest.mark.parametrize(("fault", "kind", "ambiguous"), FAULTS)
async def test_every_fault_of_a_publish_is_recognised_in_any_language(
    sandbox: Sandbox,
    threads: ThreadsClient,
    shop: Credentials,
    *,
    locale: str,
    fault: str,
    kind: FailureClass,
    ambiguous: bool,
) -> None:
    """The class does not depend on the language, and the publish was sent once."""
    await sandbox.post("settings", locale=locale)
    creation_id = await threads.create_container(shop, TEXT)
    await sandbox.post("faults", kind=fault, on="publish")
    failure = await _failure(threads, shop, creation_id)
    assert (failure.kind, failure.ambiguous) == (kind, ambiguous)
    log = await sandbox.admin.get("/sandbox/log", params={"path": "threads_publish"})
    assert len(log.json()["requests"]) == 1


@pytest.mark.parametrize(
    ("fault", "live"), [("drop_before", False), ("drop_after", True), ("error_after", True)]
)
async def test_asking_settles_what_the_publish_left_open(
    sandbox: Sandbox, threads: ThreadsClient, shop: Credentials, fault: str, *, live: bool
) -> None:
    """After a lost answer the container's state and the list of posts tell what happened."""
    creation_id = await threads.create_container(shop, TEXT)
    await sandbox.post("faults", kind=fault, on="publish")
    assert (await _failure(threads, shop, creation_id)).ambiguous
    state = (await threads.container_status(shop, creation_id)).state
    assert state is (ContainerState.PUBLISHED if live else ContainerState.FINISHED)
    assert len(await threads.recent_posts(shop, since=SINCE)) == live


async def test_a_container_is_published_once(threads: ThreadsClient, shop: Credentials) -> None:
    """The second publish of a container is refused like one that is not there yet, so it is never blind."""
    creation_id = await threads.create_container(shop, TEXT)
    await threads.publish(shop, creation_id)
    failure = await _failure(threads, shop, creation_id)
    assert (failure.code, failure.subcode, failure.action) == (24, 4279009, Remedy.RETRY_THEN_RENEW)
    assert len(await threads.recent_posts(shop, since=SINCE)) == 1


async def test_media_that_cannot_be_processed_is_told_by_the_container(
    sandbox: Sandbox, threads: ThreadsClient, shop: Credentials
) -> None:
    """The container's error and its end after a day come as HTTP 200 and are read from the status."""
    await sandbox.post("faults", kind="container_error", error_message="INVALID_DURATION")
    status = await threads.container_status(shop, await threads.create_container(shop, TEXT))
    assert container_failure(status.state, status.error).kind is FailureClass.FATAL
    old = await threads.create_container(shop, TEXT)
    await sandbox.post("clock", advance_seconds=TOMORROW)
    status = await threads.container_status(shop, old)
    assert status.state is ContainerState.EXPIRED
    assert container_failure(status.state, status.error).action is Remedy.NEW_CONTAINER


@pytest.mark.parametrize(
    ("spec", "cause"),
    [
        (ContainerSpec(type=PostType.TEXT, text="x" * 501), "refuses something"),
        (
            ContainerSpec(type=PostType.TEXT, text=" ".join(f"https://a.example/{n}" for n in range(6))),
            "more than 5 different links",
        ),
    ],
)
async def test_a_post_that_breaks_the_rules_is_fatal_at_creation(
    threads: ThreadsClient, shop: Credentials, spec: ContainerSpec, cause: str
) -> None:
    """Too long a text and too many links are told before the due time."""
    with pytest.raises(ThreadsError, match=cause) as caught:
        await threads.create_container(shop, spec)
    assert caught.value.failure.kind is FailureClass.FATAL


async def test_the_token_stands_in_no_address_of_daily_work(sandbox: Sandbox, shop: Credentials) -> None:
    """Nothing but the refresh, which Threads wants so, has the token in its query."""
    seen: list[str] = []

    async def note(request: httpx.Request) -> None:
        seen.append(str(request.url))

    spy = ThreadsClient(sandbox.url, http=httpx.AsyncClient(event_hooks={"request": [note]}))
    media_id = await _published(spy, shop)
    await spy.recent_posts(shop, since=SINCE)
    await spy.publishing_limit(shop)
    await spy.insights(shop, media_id)
    await spy.profile(shop.token)
    await spy.delete(shop, media_id)
    await spy.aclose()
    assert len(seen) >= 8
    assert not [address for address in seen if shop.token.reveal() in address]
