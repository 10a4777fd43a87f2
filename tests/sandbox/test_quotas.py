"""The quotas of an account over rolling 24 hours."""

from __future__ import annotations

import httpx
from sandbox_user import SandboxUser, advance, body, feed, limited_user, refusal, settings

TEXT = {"media_type": "TEXT", "text": "chào"}


async def usage(user: SandboxUser, field: str) -> int:
    return (await user.read("me/threads_publishing_limit", fields=field))["data"][0][field]


async def test_posts_are_counted_when_they_are_published(an: SandboxUser, http: httpx.AsyncClient) -> None:
    """Containers cost nothing; the post above the quota is refused with 613/4279002, and not made."""
    await settings(http, post_quota=2)
    containers = [await an.create(**TEXT) for _ in range(4)]
    assert await usage(an, "quota_usage") == 0
    for container_id in containers[:2]:
        body(await an.post("me/threads_publish", creation_id=container_id))
    refused = await an.post("me/threads_publish", creation_id=containers[2])
    assert refusal(refused) == (613, 4279002)
    assert len(await feed(http)) == 2
    assert (await an.status(containers[2]))["status"] == "FINISHED"


async def test_the_window_rolls(an: SandboxUser, http: httpx.AsyncClient) -> None:
    """Each post frees its place 24 hours after it was published, not at midnight."""
    await settings(http, post_quota=2)
    await an.say("một")
    await advance(http, 3600)
    await an.say("hai")
    await advance(http, 86400 - 3600 + 1)
    assert await usage(an, "quota_usage") == 1
    await an.say("ba")
    container_id = await an.create(**TEXT)
    assert refusal(await an.post("me/threads_publish", creation_id=container_id)) == (613, 4279002)


async def test_a_deleted_post_still_counts(an: SandboxUser, http: httpx.AsyncClient) -> None:
    """Deleting gives no place back and has a quota of its own."""
    await settings(http, delete_quota=1)
    first, second = await an.say("một"), await an.say("hai")
    body(await an.delete(first))
    assert await usage(an, "quota_usage") == 2
    assert refusal(await an.delete(second)) == (613, 4279002)
    assert [post["id"] for post in await feed(http)] == [second]


async def test_replies_have_their_own_quota(an: SandboxUser, http: httpx.AsyncClient) -> None:
    """With no place left for posts, a reply still goes out."""
    await settings(http, post_quota=1, reply_quota=1)
    root = await an.say("gốc")
    await an.say("đáp", reply_to_id=root)
    container_id = await an.create(**TEXT, reply_to_id=root)
    assert refusal(await an.post("me/threads_publish", creation_id=container_id)) == (613, 4279002)


async def test_accounts_do_not_share_a_quota(
    an: SandboxUser, binh: SandboxUser, http: httpx.AsyncClient
) -> None:
    """What one account used up leaves the other's untouched."""
    await settings(http, post_quota=1)
    await an.say("một")
    await binh.say("một")


async def test_places_are_searched_a_limited_number_of_times(
    an: SandboxUser, http: httpx.AsyncClient
) -> None:
    """Location searches are the fourth quota."""
    await settings(http, location_search_quota=1)
    body(await an.get("location_search", q="Menlo"))
    assert refusal(await an.get("location_search", q="Menlo")) == (613, 4279002)
    assert await usage(an, "location_search_quota_usage") == 1


async def test_each_pair_of_fields_needs_its_scope(http: httpx.AsyncClient) -> None:
    """A token for publishing alone reads the quota of posts, not that of replies."""
    user = await limited_user(http, "an", "threads_basic", "threads_content_publish")
    assert await usage(user, "quota_usage") == 0
    for field in ("reply_quota_usage", "reply_config", "delete_config", "location_search_quota_usage"):
        assert refusal(await user.get("me/threads_publishing_limit", fields=field)) == (10, None)
