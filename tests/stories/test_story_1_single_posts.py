"""What happens to one post, from writing it to seeing it on Threads. Read these first."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.domain.errors import RefusedError
from core.domain.post import Content, Media, PostStatus, ReplyKind, ReplyState, Step
from stories.fixtures import WHO, Shop

HOUR = timedelta(hours=1)
A_MOMENT = timedelta(seconds=10)


async def test_a_post_goes_out_at_its_time(shop: Shop) -> None:
    """A scheduled text is on Threads at its time and not a millisecond before, once, and we know where."""
    post = await shop.schedule("Xin chào Hà Nội", HOUR)

    await shop.engine.run_for(HOUR - A_MOMENT)
    assert await shop.feed() == []

    await shop.engine.run_for(2 * A_MOMENT)
    (shown,) = await shop.feed()
    assert shown.text == "Xin chào Hà Nội"
    assert post.scheduled_at is not None
    assert timedelta() <= shown.published_at - post.scheduled_at < timedelta(seconds=1)

    post = await shop.get(post)
    assert post.status is PostStatus.PUBLISHED
    assert (post.media_id, post.permalink) == (shown.id, shown.permalink)


async def test_a_draft_waits_for_a_person(shop: Shop) -> None:
    """What has no time is never published, and holds up nobody else."""
    draft = await shop.draft("Not yet")
    await shop.schedule("Go", HOUR)

    await shop.engine.run_for(timedelta(days=2))

    assert [shown.text for shown in await shop.feed()] == ["Go"]
    assert (await shop.get(draft)).status is PostStatus.DRAFT


@pytest.mark.parametrize(
    ("items", "appears_as", "ahead"),
    [
        (["photo"], "IMAGE", timedelta(minutes=5)),
        (["clip"], "VIDEO", timedelta(minutes=15)),
        (["photo", "clip", "photo"], "CAROUSEL_ALBUM", timedelta(minutes=5)),
    ],
    ids=["picture", "video", "carousel"],
)
async def test_media_is_prepared_ahead(  # what a post with media is made of
    shop: Shop, photo: Media, clip: Media, items: list[str], appears_as: str, ahead: timedelta
) -> None:
    """Pictures and videos are at Threads and processed minutes before the time: then one call remains."""
    media = tuple({"photo": photo, "clip": clip}[item] for item in items)
    await shop.threads.settings(processing_seconds=20)
    post = await shop.schedule(Content(text="Menu", media=media), HOUR)

    await shop.engine.run_for(HOUR - ahead - A_MOMENT)
    assert (await shop.get(post)).step is Step.WAITING
    await shop.engine.run_for(ahead)
    post = await shop.get(post)
    assert (post.step, await shop.feed()) == (Step.READY, [])
    created = len(await shop.threads.calls("create"))

    await shop.engine.run_for(2 * A_MOMENT)
    (shown,) = await shop.feed()
    assert (shown.media_type, shown.text) == (appears_as, "Menu")
    assert shown.media == tuple(item.url for item in media)
    assert post.scheduled_at is not None
    assert timedelta() <= shown.published_at - post.scheduled_at < timedelta(seconds=1)
    assert len(await shop.threads.calls("create")) == created


async def test_a_thread_and_its_first_comment_follow(shop: Shop) -> None:
    """The parts of a thread follow the post in order, each under the one before; the comment under the post."""
    content = Content(text="One", replies=("Two", "Three"), first_comment="Menu: https://pho.vn")
    post = await shop.schedule(content, HOUR)

    await shop.engine.run_for(HOUR + A_MOMENT)

    one, two, three, comment = await shop.feed()
    assert [one.text, two.text, three.text, comment.text] == ["One", "Two", "Three", "Menu: https://pho.vn"]
    assert [one.reply_to, two.reply_to, three.reply_to, comment.reply_to] == [None, one.id, two.id, one.id]
    post = await shop.get(post)
    assert [(reply.kind, reply.state, reply.media_id) for reply in post.replies] == [
        (ReplyKind.THREAD_PART, ReplyState.POSTED, two.id),
        (ReplyKind.THREAD_PART, ReplyState.POSTED, three.id),
        (ReplyKind.FIRST_COMMENT, ReplyState.POSTED, comment.id),
    ]
    assert (post.status, post.step, post.permalink) == (PostStatus.PUBLISHED, Step.DONE, one.permalink)


async def test_publish_now(shop: Shop) -> None:
    """A person who cannot wait sends a draft, or a post for tomorrow, at once."""
    draft = await shop.draft("A draft")
    planned = await shop.schedule("For tomorrow", timedelta(days=1))

    await shop.engine.core.posts.publish_now(draft.id, who=WHO)
    await shop.engine.core.posts.publish_now(planned.id, who=WHO)
    await shop.engine.run_for(A_MOMENT)
    assert {shown.text for shown in await shop.feed()} == {"A draft", "For tomorrow"}

    await shop.engine.run_for(timedelta(days=2))
    assert len(await shop.feed()) == 2


async def test_cancel(shop: Shop) -> None:
    """A cancelled post is a draft again and does not go out, even if it was prepared already."""
    post = await shop.schedule("Never mind", HOUR)
    await shop.engine.run_for(HOUR - A_MOMENT)
    assert (await shop.get(post)).step is Step.READY

    await shop.engine.core.posts.cancel(post.id, who=WHO)
    await shop.engine.run_for(timedelta(days=1))

    assert await shop.feed() == []
    assert (await shop.get(post)).status is PostStatus.DRAFT


async def test_an_edit_after_the_preparation(shop: Shop, photo: Media) -> None:
    """What appears is what the person wrote last: what was prepared before is dropped."""
    post = await shop.schedule(Content(text="Open today", media=(photo,)), HOUR)
    await shop.engine.run_for(HOUR - A_MOMENT)
    assert (await shop.get(post)).step is Step.READY

    await shop.engine.core.posts.edit(post.id, Content(text="Closed today"), who=WHO)
    await shop.engine.run_for(2 * A_MOMENT)

    (shown,) = await shop.feed()
    assert (shown.text, shown.media_type) == ("Closed today", "TEXT_POST")


async def test_a_prepared_post_is_moved(shop: Shop) -> None:
    """A post that is ready may get another time; it goes out then, on the dot, and is not sent early."""
    post = await shop.schedule("Moved", HOUR)
    await shop.engine.run_for(HOUR - A_MOMENT)

    later = shop.engine.clock.now() + timedelta(hours=3)
    await shop.engine.core.posts.schedule(post.id, later, who=WHO)
    await shop.engine.run_until(later - timedelta(milliseconds=500))
    assert await shop.feed() == []
    assert (await shop.get(post)).status is PostStatus.SCHEDULED

    await shop.engine.run_for(A_MOMENT)
    (shown,) = await shop.feed()
    assert timedelta() <= shown.published_at - later < timedelta(seconds=1)


async def test_what_is_live_cannot_be_changed(shop: Shop) -> None:
    """Once a post is on Threads every change is refused with a sentence."""
    post = await shop.schedule("Live", HOUR)
    await shop.engine.run_for(HOUR + A_MOMENT)
    posts = shop.engine.core.posts

    with pytest.raises(RefusedError, match="is live on Threads"):
        await posts.edit(post.id, Content(text="Changed"), who=WHO)
    with pytest.raises(RefusedError, match="is live on Threads"):
        await posts.cancel(post.id, who=WHO)
    with pytest.raises(RefusedError, match="is live on Threads"):
        await posts.publish_now(post.id, who=WHO)
    with pytest.raises(RefusedError, match="is PUBLISHED"):
        await posts.retry(post.id, who=WHO)


async def test_the_history_says_who_did_what(shop: Shop) -> None:
    """Every move of a post is written down: when, who, from which status to which, and why."""
    post = await shop.schedule("Xin chào", HOUR)
    await shop.engine.run_for(HOUR + A_MOMENT)

    history = (await shop.get(post)).history
    moves = [(entry.who, entry.was, entry.now) for entry in history]
    assert moves == [
        (WHO, None, PostStatus.DRAFT),
        (WHO, PostStatus.DRAFT, PostStatus.SCHEDULED),
        ("worker", PostStatus.SCHEDULED, PostStatus.PUBLISHING),
        ("worker", PostStatus.PUBLISHING, PostStatus.PUBLISHED),
    ]
    assert [entry.at for entry in history] == sorted(entry.at for entry in history)
    assert all(entry.why for entry in history)
