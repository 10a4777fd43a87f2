"""First comments and thread parts: what happens to them never touches their post."""

from __future__ import annotations

from datetime import timedelta

from core.domain.account import AccountState
from core.domain.post import Content, Hold, PostStatus, ReplyState, Step
from stories.fixtures import WHO, Shop

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


async def _texts(shop: Shop) -> list[str]:
    return [shown.text for shown in await shop.feed()]


async def test_a_comment_that_threads_refuses(shop: Shop) -> None:
    """The comment fails with its own cause; the post stays published and is not sent again."""
    await shop.threads.misbehave("error", on="create", code=100, text="Comment")
    post = await shop.schedule(Content(text="Post", first_comment="Comment"), HOUR)

    await shop.engine.run_for(2 * HOUR)

    post = await shop.get(post)
    assert (post.status, post.step, post.hold) == (PostStatus.PUBLISHED, Step.DONE, None)
    assert post.permalink
    (comment,) = post.replies
    assert comment.state is ReplyState.FAILED
    assert comment.error is not None
    assert comment.error.remedy
    assert await _texts(shop) == ["Post"]


async def test_a_part_that_fails_ends_the_thread_but_not_the_comment(shop: Shop) -> None:
    """Behind a part that failed no part follows, because it would answer the wrong one; the comment does."""
    await shop.threads.misbehave("error", on="publish", code=100, text="Two")
    content = Content(text="One", replies=("Two", "Three"), first_comment="Comment")
    post = await shop.schedule(content, HOUR)

    await shop.engine.run_for(2 * HOUR)

    assert await _texts(shop) == ["One", "Comment"]
    states = [reply.state for reply in (await shop.get(post)).replies]
    assert states == [ReplyState.FAILED, ReplyState.PENDING, ReplyState.POSTED]


async def test_a_parent_that_is_not_everywhere_yet(shop: Shop) -> None:
    """A reply to a post of a second ago may not find it: it is tried again, with the same text, once."""
    await shop.threads.misbehave("media_not_found", on="create", text="Two", count=2)
    await shop.threads.misbehave("media_not_found", on="publish", text="Two", count=2)
    await shop.schedule(Content(text="One", replies=("Two", "Three")), HOUR)

    await shop.engine.run_for(2 * HOUR)

    assert await _texts(shop) == ["One", "Two", "Three"]


async def test_the_answer_to_a_reply_is_lost(shop: Shop) -> None:
    """A reply that is live although its answer was lost is found; the thread goes on below it."""
    await shop.threads.misbehave("drop_after", text="Two")
    post = await shop.schedule(Content(text="One", replies=("Two", "Three")), HOUR)

    await shop.engine.run_for(2 * HOUR)

    one, two, three = await shop.feed()
    assert (two.reply_to, three.reply_to) == (one.id, two.id)
    assert [reply.media_id for reply in (await shop.get(post)).replies] == [two.id, three.id]


async def test_asking_about_a_reply_fails(shop: Shop) -> None:
    """Whatever goes wrong while a lost answer is looked for, the reply is not sent a second time."""
    post = await shop.schedule(Content(text="One", first_comment="Two"), HOUR)
    await shop.threads.misbehave("drop_after", text="Two")
    await shop.threads.misbehave("server_error", on="replies", count=20)
    await shop.threads.misbehave("token_expired", on="replies", count=2)

    await shop.engine.run_for(6 * HOUR)

    one, two = await shop.feed()
    assert (two.text, two.reply_to) == ("Two", one.id)
    (reply,) = (await shop.get(post)).replies
    assert (reply.state, reply.media_id) == (ReplyState.POSTED, two.id)
    assert len(await shop.threads.calls("publish")) == 2


async def test_the_same_comment_under_every_post(shop: Shop) -> None:
    """Many posts carry the same first comment; lost answers are bound each to its own."""
    await shop.threads.misbehave("drop_after", text="Menu", count=2)
    posts = [
        await shop.schedule(Content(text=f"Dish {number}", first_comment="Menu"), HOUR + number * MINUTE)
        for number in range(3)
    ]

    await shop.engine.run_for(3 * HOUR)

    feed = await shop.feed()
    comments = {shown.reply_to: shown.id for shown in feed if shown.text == "Menu"}
    assert len(feed) == 6
    for post in [await shop.get(post) for post in posts]:
        assert post.replies[0].media_id == comments[post.media_id]


async def test_access_ends_between_a_post_and_its_replies(shop: Shop) -> None:
    """The replies wait with the account, and follow when it is linked again; the post is not sent again."""
    await shop.threads.misbehave("token_expired", on="create", text="Two")
    post = await shop.schedule(Content(text="One", replies=("Two", "Three")), HOUR)

    await shop.engine.run_for(2 * HOUR)
    held = await shop.get(post)
    assert (held.status, held.hold) == (PostStatus.PUBLISHED, Hold.ACCOUNT)
    assert await _texts(shop) == ["One"]
    account = await shop.engine.core.accounts.named("shop-hanoi")
    assert account.state is AccountState.NEEDS_REAUTH

    token = await shop.threads.sign_up(shop.account.username)
    assert await shop.engine.core.accounts.replace_token("shop-hanoi", token, who=WHO) == 1
    await shop.engine.run_for(MINUTE)
    assert await _texts(shop) == ["One", "Two", "Three"]
    done = await shop.get(post)
    assert (done.hold, done.step, done.due_at) == (None, Step.DONE, None)


async def test_access_ends_while_a_reply_is_published(shop: Shop) -> None:
    """A reply that was clearly refused with its account is sent anew when the account is linked again."""
    await shop.threads.misbehave("token_expired", on="publish", text="Two")
    await shop.schedule(Content(text="One", first_comment="Two"), HOUR)
    await shop.engine.run_for(2 * HOUR)

    token = await shop.threads.sign_up(shop.account.username)
    await shop.engine.core.accounts.replace_token("shop-hanoi", token, who=WHO)
    await shop.engine.run_for(MINUTE)

    assert await _texts(shop) == ["One", "Two"]


async def test_a_pause_between_a_post_and_its_replies(shop: Shop) -> None:
    """Pausing holds the rest of a thread; resuming lets it go on."""
    await shop.threads.misbehave("media_not_found", on="create", text="Two")
    await shop.schedule(Content(text="One", replies=("Two",)), HOUR)
    await shop.engine.run_for(HOUR + timedelta(seconds=1))
    assert await _texts(shop) == ["One"]

    await shop.engine.core.accounts.pause("shop-hanoi")
    await shop.engine.run_for(HOUR)
    assert await _texts(shop) == ["One"]
    await shop.engine.core.accounts.resume("shop-hanoi", who=WHO)
    await shop.engine.run_for(MINUTE)
    assert await _texts(shop) == ["One", "Two"]


async def test_looking_again_while_a_reply_is_on_its_way(shop: Shop) -> None:
    """A person who has a published post looked at again does not make its replies twice."""
    post = await shop.schedule(Content(text="One", first_comment="Two"), HOUR)
    await shop.engine.run_for(2 * HOUR)

    for _ in range(3):
        await shop.engine.core.posts.look_again(post.id, who=WHO)
        await shop.engine.run_for(MINUTE)

    assert await _texts(shop) == ["One", "Two"]


async def test_no_replies_before_the_post_is_certain(shop: Shop) -> None:
    """While it is not known whether the post is live nothing is answered to it."""
    await shop.threads.misbehave("drop_before", text="One")
    await shop.schedule(Content(text="One", first_comment="Two"), HOUR)

    await shop.engine.run_for(2 * HOUR)
    await shop.engine.clock.advance(DAY)
    await shop.engine.run_for(HOUR)

    assert await _texts(shop) == []


async def test_a_reply_on_the_way_to_threads_when_the_permalink_is_late(shop: Shop) -> None:
    """A permalink that cannot be read at first is asked for again; the post is published meanwhile."""
    await shop.threads.misbehave("error", on="read", code=100, subcode=33, count=3)
    post = await shop.schedule("One", HOUR)

    await shop.engine.run_for(HOUR + timedelta(seconds=2))
    assert (await shop.get(post)).status is PostStatus.PUBLISHED
    await shop.engine.run_for(MINUTE)

    post = await shop.get(post)
    assert post.permalink == (await shop.feed())[0].permalink
    assert post.due_at is None
