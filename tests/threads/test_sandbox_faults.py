"""The client against the faults of the sandbox: what is recognised, and what settles it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import httpx
import pytest
from sandbox_shop import TEXT, Sandbox, published

from core.adapters.threads import ThreadsClient
from core.domain.account import Credentials
from core.domain.classifier import container_failure
from core.domain.failures import Failure, FailureClass, Remedy, ThreadsError
from core.domain.post import PostType
from core.ports import ContainerSpec, ContainerState

SINCE = datetime(2024, 6, 1, tzinfo=UTC)
TOMORROW = timedelta(hours=25).total_seconds()


async def _failure(threads: ThreadsClient, who: Credentials, creation_id: str) -> Failure:
    with pytest.raises(ThreadsError) as caught:
        await threads.publish(who, creation_id)
    return caught.value.failure


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
    media_id = await published(spy, shop)
    await spy.recent_posts(shop, since=SINCE)
    await spy.publishing_limit(shop)
    await spy.insights(shop, media_id)
    await spy.profile(shop.token)
    await spy.delete(shop, media_id)
    await spy.aclose()
    assert len(seen) >= 8
    assert not [address for address in seen if shop.token.reveal() in address]
