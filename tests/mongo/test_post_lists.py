"""Lists of posts: order, filters and counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from builders import a_post, a_scheduled_post
from core.adapters.mongo.stores import Stores
from core.domain.post import Content, HistoryEntry, Hold, Post, PostStatus
from core.ports import PostFilter, Tallied
from fake_clock import NOW

HOUR = timedelta(hours=1)


async def ids(stores: Stores, which: PostFilter) -> list[str]:
    return [post.id for post in await stores.posts.find(which)]


async def test_lists_are_in_order_of_time_with_drafts_last(stores: Stores) -> None:
    """By scheduled time, then id; posts without a time come last; pages follow each other without a gap."""
    timed = [a_scheduled_post(hours * HOUR) for hours in (1, 2, 2, 3)]
    drafts = [a_post(id=f"draft-{number}") for number in range(3)]
    expected = [
        *(post.id for post in sorted(timed, key=lambda post: (post.scheduled_at, post.id))),
        *(post.id for post in drafts),
    ]
    await stores.posts.add([*timed, *drafts][::-1])

    assert await ids(stores, PostFilter()) == expected
    pages = [await stores.posts.find(PostFilter(), limit=2, skip=skip) for skip in (0, 2, 4, 6)]
    assert [post.id for page in pages for post in page] == expected


async def test_lists_can_be_turned_round(stores: Stores) -> None:
    """The newest first is exactly the reverse, page by page, also of posts at the same moment; counts are the same."""
    posts = [a_scheduled_post(hours * HOUR) for hours in (1, 2, 2, 3)]
    await stores.posts.add([*posts, *(a_post(id=f"draft-{number}") for number in range(3))])
    newest = PostFilter(newest_first=True)

    pages = [await stores.posts.find(newest, limit=2, skip=skip) for skip in (0, 2, 4, 6)]
    assert [post.id for page in pages for post in page] == (await ids(stores, PostFilter()))[::-1]
    assert await stores.posts.count(newest) == await stores.posts.count(PostFilter())


async def test_lists_come_without_history(stores: Stores) -> None:
    """A list is light: the history is read with the single post only."""
    post = a_post(history=(HistoryEntry(NOW, "lan", None, PostStatus.DRAFT, "written"),))
    await stores.posts.add([post])
    assert await stores.posts.find(PostFilter()) == [replace(post, history=())]
    assert await stores.posts.get(post.id) == post


async def test_a_post_that_gets_a_time_moves_up(stores: Stores) -> None:
    """The place in the list follows the scheduled time."""
    draft, timed = a_post(), a_scheduled_post(2 * HOUR)
    await stores.posts.add([draft, timed])
    assert await ids(stores, PostFilter()) == [timed.id, draft.id]
    sooner = replace(draft, status=PostStatus.SCHEDULED, scheduled_at=NOW + HOUR)
    await stores.posts.save(draft, sooner, who="lan", why="", at=NOW)
    assert await ids(stores, PostFilter()) == [draft.id, timed.id]


MATCHING = a_scheduled_post(
    HOUR,
    text="Trà sữa (50% off)!",
    account_id="account-9",
    batch_id="batch-9",
    series_id="series-9",
    sheet_id="sheet-9",
    hold=Hold.PAUSED,
)
FILTERS = {
    "ids": PostFilter(ids=[MATCHING.id, "nobody"]),
    "account": PostFilter(account_id="account-9"),
    "status": PostFilter(statuses=[PostStatus.SCHEDULED, PostStatus.FAILED]),
    "account and status": PostFilter(account_id="account-9", statuses=[PostStatus.SCHEDULED]),
    "batch": PostFilter(batch_id="batch-9"),
    "series": PostFilter(series_id="series-9"),
    "sheet": PostFilter(sheet_ids=["sheet-9", "sheet-8"]),
    "content": PostFilter(content_hashes=[MATCHING.content_hash]),
    "since": PostFilter(since=NOW + HOUR),
    "until": PostFilter(until=NOW + HOUR + timedelta(milliseconds=1)),
    "held": PostFilter(held=True),
    "text": PostFilter(text="SỮA (50% OFF)!"),
}
OTHER = a_post(hold=None, content=Content(text="Trà sữa 50 off"))


@pytest.mark.parametrize("name", FILTERS)
async def test_a_filter_leaves_what_it_names(stores: Stores, name: str) -> None:
    """Each field of a filter finds the post that has it and leaves out one that has not."""
    await stores.posts.add([MATCHING, OTHER])
    assert await ids(stores, FILTERS[name]) == [MATCHING.id]
    assert await stores.posts.count(FILTERS[name]) == {PostStatus.SCHEDULED: 1}


async def test_an_interval_includes_its_start_only(stores: Stores) -> None:
    """Since <= scheduled_at < until, and a post without a time is in no interval."""
    await stores.posts.add([MATCHING, OTHER])
    assert await ids(stores, PostFilter(until=NOW + HOUR)) == []
    assert await ids(stores, PostFilter(since=NOW)) == [MATCHING.id]
    assert await ids(stores, PostFilter(held=False)) == [OTHER.id]


async def test_filters_of_nothing_find_nothing(stores: Stores) -> None:
    """An empty list of ids is not the same as no list."""
    await stores.posts.add([MATCHING])
    assert await ids(stores, PostFilter(ids=[])) == []
    assert await stores.posts.count(PostFilter(statuses=[])) == {}


async def test_counts_are_by_status(stores: Stores) -> None:
    """Every status that occurs is counted, under the filter."""
    posts: list[Post] = [
        a_post(),
        a_post(),
        a_scheduled_post(),
        a_post(status=PostStatus.FAILED, account_id="account-2"),
    ]
    await stores.posts.add(posts)
    assert await stores.posts.count(PostFilter()) == {
        PostStatus.DRAFT: 2,
        PostStatus.SCHEDULED: 1,
        PostStatus.FAILED: 1,
    }
    assert await stores.posts.count(PostFilter(account_id="account-2")) == {PostStatus.FAILED: 1}


@pytest.mark.parametrize(
    "text", [".*", "(", "\\", "^", "\ud800", "\0", "x" * 100_000, "{$ne: 1}", "a|", "[a-"]
)
async def test_any_text_can_be_sought(stores: Stores, text: str) -> None:
    """What a person seeks is plain text, never a pattern that matches more or breaks the search."""
    await stores.posts.add(
        [a_post(text=f"before {text.replace(chr(0xD800), '')} after"), a_post(text="other")]
    )
    found = await stores.posts.find(PostFilter(text=text))
    nothing_to_seek = text in {"\0", "\ud800"}
    assert len(found) == (2 if nothing_to_seek else 1)


async def test_tallies_are_by_stretch_status_and_hold(stores: Stores) -> None:
    """A post counts in the stretch that begins at its time or before; what lies outside of all does not count."""
    times = (-1, 0, 1, 1.5, 2, 3)
    posts = [a_scheduled_post(hours * HOUR, account_id="one") for hours in times]
    posts[3] = replace(posts[3], hold=Hold.PAUSED)
    posts[4] = replace(posts[4], status=PostStatus.PUBLISHED)
    await stores.posts.add([*posts, a_scheduled_post(HOUR, account_id="other"), a_post(account_id="one")])

    found = await stores.posts.tallies(
        PostFilter(account_id="one"), [NOW, NOW + HOUR, NOW + 2 * HOUR, NOW + 3 * HOUR]
    )

    assert sorted(found, key=lambda one: (one.since, one.held)) == [
        Tallied(NOW, PostStatus.SCHEDULED, held=False, posts=1),
        Tallied(NOW + HOUR, PostStatus.SCHEDULED, held=False, posts=1),
        Tallied(NOW + HOUR, PostStatus.SCHEDULED, held=True, posts=1),
        Tallied(NOW + 2 * HOUR, PostStatus.PUBLISHED, held=False, posts=1),
    ]
