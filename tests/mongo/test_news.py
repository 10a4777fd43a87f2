"""News of posts and notices in MongoDB: nothing is lost between the two, and each is told once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from builders import a_scheduled_post
from core.adapters.mongo.stores import Stores
from core.domain.access import NoticeKind
from core.domain.notice import News, Notice
from core.domain.post import Post, PostStatus
from fake_clock import NOW

MINUTE = timedelta(minutes=1)


async def saved(stores: Stores, before: Post, status: PostStatus, minutes: int = 0) -> Post:
    after = replace(before, status=status)
    post = await stores.posts.save(before, after, who="test", why="", at=NOW + minutes * MINUTE)
    assert post is not None
    return post


async def failed(stores: Stores, minutes: int = 0) -> Post:
    """A post that has failed so many minutes after the beginning."""
    post = a_scheduled_post()
    await stores.posts.add([post])
    return await saved(stores, post, PostStatus.FAILED, minutes)


def a_notice(name: str, *waiting: str, minutes: int = 0) -> Notice:
    return Notice(id=name, kind=NoticeKind.FAILED, at=NOW + minutes * MINUTE, group="g", waiting=waiting)


async def test_news_stand_in_the_post_until_they_are_taken(stores: Stores) -> None:
    """They are written with the change itself; taken, they are gone, and the post is as it was."""
    post = await failed(stores)
    assert await stores.posts.news() == [(post, (News(NoticeKind.FAILED, NOW, 2),))]
    await stores.posts.news_taken(post.id, [News(NoticeKind.FAILED, NOW, 2)])
    assert await stores.posts.news() == []
    assert await stores.posts.get(post.id) is not None


async def test_news_that_come_while_others_are_taken_stay(stores: Stores) -> None:
    """Only what was read is taken."""
    post = await failed(stores)
    ((_, read),) = await stores.posts.news()
    again = await saved(stores, await saved(stores, post, PostStatus.SCHEDULED), PostStatus.FAILED, 5)
    await stores.posts.news_taken(post.id, read)
    assert await stores.posts.news() == [(again, (News(NoticeKind.FAILED, NOW + 5 * MINUTE, 4),))]


async def test_the_oldest_news_come_first(stores: Stores) -> None:
    """As many as are asked for."""
    late, early = await failed(stores, 2), await failed(stores, 1)
    assert [post.id for post, _ in await stores.posts.news()] == [early.id, late.id]
    assert [post.id for post, _ in await stores.posts.news(1)] == [early.id]


async def test_a_change_that_is_lost_to_another_leaves_no_news(stores: Stores) -> None:
    """Who was too late has changed nothing and tells nothing."""
    post = a_scheduled_post()
    await stores.posts.add([post])
    await saved(stores, post, PostStatus.PUBLISHING)
    after = replace(post, status=PostStatus.FAILED)
    assert await stores.posts.save(post, after, who="test", why="", at=NOW) is None
    assert await stores.posts.news() == []


async def test_a_notice_waits_for_each_of_its_people(stores: Stores) -> None:
    """Whoever has been told is told no more, the others are."""
    notices = stores.notices
    await notices.add([a_notice("one", "1001", "1002"), a_notice("two", "1002", minutes=-1)])
    assert await notices.readers() == ["1001", "1002"]
    assert [one.id for one in await notices.waiting("1002")] == ["two", "one"]
    await notices.told(["one", "two"], "1002")
    await notices.told(["one"], "1002")
    assert await notices.readers() == ["1001"]
    assert await notices.waiting("1002") == []
    assert [one.id for one in await notices.waiting("1001")] == ["one"]


async def test_what_was_told_is_not_told_again(stores: Stores) -> None:
    """A notice that is made once more, after a crash between two writes, stays as it is."""
    notices = stores.notices
    await notices.add([a_notice("one", "1001")])
    await notices.told(["one"], "1001")
    await notices.add([a_notice("one", "1001"), a_notice("two", "1001")])
    assert [one.id for one in await notices.waiting("1001")] == ["two"]
