"""Story: someone publishes every kind of post and looks at what became of it."""

from __future__ import annotations

import httpx
from sandbox_user import SandboxUser, advance, body, feed, log, settings

FIELDS = (
    "id,media_type,text,permalink,timestamp,username,owner,shortcode,media_url,children{media_type},topic_tag"
)


async def test_a_text_is_published(an: SandboxUser, http: httpx.AsyncClient) -> None:
    """A container, its status, one publish call; the post can be read and its permalink opens."""
    container_id = await an.create(media_type="TEXT", text="Chào buổi sáng #phở")
    assert await an.read(container_id) == {"id": container_id, "status": "FINISHED"}
    media_id = body(await an.post("me/threads_publish", creation_id=container_id))["id"]
    assert media_id != container_id
    assert (await an.status(container_id))["status"] == "PUBLISHED"

    post = await an.read(media_id, fields=FIELDS)
    assert post["media_type"] == "TEXT_POST"
    assert post["topic_tag"] == "phở"
    assert post["timestamp"].endswith("+0000")
    assert post["owner"] == {"id": an.user_id}
    assert "media_url" not in post
    page = await http.get(post["permalink"])
    assert "Chào buổi sáng" in page.text


async def test_an_image_is_published(an: SandboxUser, http: httpx.AsyncClient) -> None:
    """The image is copied when the container is made, and the post shows the copy."""
    media_id = await an.publish(media_type="IMAGE", image_url=an.sample("pho-bo.jpg"), alt_text="Tô phở")
    post = await an.read(media_id, fields="media_type,media_url,alt_text")
    assert post["media_type"] == "IMAGE"
    assert post["alt_text"] == "Tô phở"
    copied = await http.get(post["media_url"])
    assert copied.headers["Content-Type"] == "image/jpeg"
    assert copied.content == (await http.get("/sandbox/media/pho-bo.jpg")).content


async def test_a_video_takes_its_time(an: SandboxUser, http: httpx.AsyncClient) -> None:
    """It is IN_PROGRESS at first, and publishing it too early finds nothing."""
    container_id = await an.create(media_type="VIDEO", video_url=an.sample("bep.mp4"), text="Trong bếp")
    assert (await an.status(container_id))["status"] == "IN_PROGRESS"
    early = await an.post("me/threads_publish", creation_id=container_id)
    assert early.json()["error"]["error_subcode"] == 4279009

    await advance(http, 5)
    await an.finished(container_id)
    media_id = body(await an.post("me/threads_publish", creation_id=container_id))["id"]
    assert (await an.read(media_id, fields="media_type"))["media_type"] == "VIDEO"


async def test_a_carousel_is_published(an: SandboxUser, http: httpx.AsyncClient) -> None:
    """Its children are made first; it is one post of the quota and shows them in order."""
    await settings(http, processing_seconds=0)
    one = await an.finished(
        await an.create(media_type="IMAGE", image_url=an.sample("1.png"), is_carousel_item="true")
    )
    two = await an.finished(
        await an.create(media_type="VIDEO", video_url=an.sample("2.mp4"), is_carousel_item="true")
    )
    media_id = await an.publish(media_type="CAROUSEL", children=f"{one},{two}", text="Menu")
    post = await an.read(media_id, fields=FIELDS)
    assert post["media_type"] == "CAROUSEL_ALBUM"
    assert [item["media_type"] for item in post["children"]["data"]] == ["IMAGE", "VIDEO"]
    limit = (await an.read("me/threads_publishing_limit"))["data"][0]
    assert limit == {"quota_usage": 1}
    (shown,) = await feed(http)
    assert [item["source_url"] for item in shown["media"]] == [an.sample("1.png"), an.sample("2.mp4")]


async def test_a_text_is_published_in_one_call(an: SandboxUser, http: httpx.AsyncClient) -> None:
    """With ``auto_publish_text`` the id that comes back is already the post."""
    media_id = await an.create(media_type="TEXT", text="Ngay", auto_publish_text="true")
    assert [post["id"] for post in await feed(http)] == [media_id]
    (entry,) = await log(http, "create")
    assert entry["media_id"] == media_id
    assert entry["creation_id"] != media_id


async def test_limits_are_read(an: SandboxUser) -> None:
    """Posts, replies and deletes are counted apart, each with its own total."""
    root = await an.say("một")
    await an.say("hai", reply_to_id=root)
    body(await an.delete(root))
    fields = "quota_usage,config,reply_quota_usage,reply_config,delete_quota_usage,delete_config"
    limit = (await an.read("me/threads_publishing_limit", fields=fields))["data"][0]
    assert limit == {
        "quota_usage": 1,
        "config": {"quota_total": 250, "quota_duration": 86400},
        "reply_quota_usage": 1,
        "reply_config": {"quota_total": 1000, "quota_duration": 86400},
        "delete_quota_usage": 1,
        "delete_config": {"quota_total": 100, "quota_duration": 86400},
    }


async def test_insights_grow_and_stay(an: SandboxUser, http: httpx.AsyncClient) -> None:
    """Views rise with the age of a post and never fall; replies are counted."""
    media_id = await an.say("Xem tôi")
    await an.say("Xem rồi", reply_to_id=media_id)
    await advance(http, 3600)

    async def values() -> dict[str, int]:
        data = (await an.read(f"{media_id}/insights", metric="views,likes,replies"))["data"]
        assert {metric["period"] for metric in data} == {"lifetime"}
        return {metric["name"]: metric["values"][0]["value"] for metric in data}

    first = await values()
    await advance(http, 86400)
    second = await values()
    assert 0 < first["views"] < second["views"]
    assert second["replies"] == 1
    totals = (await an.read("me/threads_insights", metric="views,likes,followers_count"))["data"]
    assert [metric["name"] for metric in totals] == ["views", "likes", "followers_count"]
    assert totals[0]["values"][0]["value"] > 0
    assert totals[2]["total_value"]["value"] >= 100


async def test_a_post_is_deleted(an: SandboxUser, http: httpx.AsyncClient) -> None:
    """It is gone from the feed, and reading it answers 100/33."""
    media_id = await an.say("Xoá tôi")
    assert body(await an.delete(media_id)) == {"success": True, "deleted_id": media_id}
    assert await feed(http) == []
    assert (await an.get(media_id)).json()["error"]["error_subcode"] == 33


async def test_a_post_is_reposted_once(an: SandboxUser, binh: SandboxUser) -> None:
    """The second time says that it was done, subcode 4279050."""
    media_id = await an.say("Hay")
    repost_id = body(await binh.post(f"{media_id}/repost"))["id"]
    post = await binh.read(repost_id, fields="media_type,reposted_post")
    assert post == {"id": repost_id, "media_type": "REPOST_FACADE", "reposted_post": {"id": media_id}}
    again = await binh.post(f"{media_id}/repost")
    assert again.json()["error"]["error_subcode"] == 4279050
