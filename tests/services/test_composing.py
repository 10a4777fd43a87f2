"""Composing: what belongs to a composition, whoever writes at once, and to whom it belongs."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from core.domain.access import Rights, Role
from core.domain.composition import Refused
from core.domain.errors import ConflictError, NotFoundError, RefusedError
from core.domain.post import Content, Post, PostStatus
from core.ports import PostFilter
from core.services.composing import Composing
from services.compositions import (
    AN,
    DRAFT,
    HOUR,
    LINH,
    MINUTE,
    all_posts,
    begun,
    photo_at,
    timed,
    weekly,
)
from stories.fixtures import WHO, Shop


async def test_from_text_to_thread(shop: Shop, composing: Composing) -> None:
    """What was written, timed and scheduled is live at its time, and the composition knows its post."""
    await begun(shop, " Phở\r\nbò\x00 ")
    await composing.set_first_comment(DRAFT, LINH, " https://a.vn ")
    at = (shop.engine.clock.now() + HOUR).replace(microsecond=0)
    timed = await composing.choose_time(DRAFT, LINH, at)

    post = await composing.schedule(DRAFT, LINH, version=timed.version, who=WHO)

    assert isinstance(post, Post)
    assert (post.status, post.scheduled_at) == (PostStatus.SCHEDULED, at)
    assert post.content == Content(text="Phở\nbò", first_comment="https://a.vn")
    after = await composing.get(DRAFT, LINH)
    assert (after.post_id, after.finished) == (post.id, True)
    await shop.engine.run_for(HOUR + MINUTE)
    assert [shown.text for shown in await shop.feed()] == ["Phở\nbò", "https://a.vn"]


async def test_begun_once(shop: Shop, composing: Composing) -> None:
    """The same id again is the same composition, as it is by now; to anybody else it does not exist."""
    await begun(shop, "First")
    changed = await composing.set_text(DRAFT, LINH, "Second")

    assert await begun(shop, "First") == changed
    with pytest.raises(NotFoundError):
        await composing.begin(DRAFT, AN)
    with pytest.raises(NotFoundError):
        await composing.schedule(DRAFT, AN, who=WHO)
    with pytest.raises(NotFoundError):
        await composing.get("other", LINH)


async def test_a_card_that_is_out_of_date(shop: Shop, composing: Composing) -> None:
    """Whoever taps an old card changes and decides nothing; without a version the newest is meant."""
    old = await timed(shop)
    new = await composing.set_text(DRAFT, LINH, "New", version=old.version)

    for attempt in (
        composing.get(DRAFT, LINH, version=old.version),
        composing.set_text(DRAFT, LINH, "Other", version=old.version),
        composing.schedule(DRAFT, LINH, version=old.version, who=WHO),
        composing.publish_now(DRAFT, LINH, version=old.version, who=WHO),
    ):
        with pytest.raises(ConflictError, match="out of date"):
            await attempt
    assert await composing.get(DRAFT, LINH) == new
    assert await all_posts(shop) == []


async def test_an_album_that_arrives_in_any_order(shop: Shop, composing: Composing) -> None:
    """Its parts, all at once, stand in the order of their sources; a part sent again takes its own place."""
    await begun(shop)
    sources = [15, 11, 19, 13, 12, 18, 14, 17, 16, 10]

    await asyncio.gather(*(composing.add_media(DRAFT, LINH, photo_at(n), n) for n in sources))
    album = await composing.add_media(DRAFT, LINH, photo_at(99), 13)

    assert album.sources == tuple(range(10, 20))
    assert [media.url for media in album.content.media] == [
        f"https://a.vn/{99 if n == 13 else n}.jpg" for n in range(10, 20)
    ]


async def test_media_one_by_one(shop: Shop, composing: Composing) -> None:
    """An item is removed by its place; a place without item and a 21st item are refused."""
    await begun(shop)
    for n in range(20):
        await composing.add_media(DRAFT, LINH, photo_at(n), n)

    with pytest.raises(RefusedError, match="20 pictures"):
        await composing.add_media(DRAFT, LINH, photo_at(20), 20)
    removed = await composing.remove_media(DRAFT, LINH, 0)
    for index in (-1, 19):
        with pytest.raises(NotFoundError, match="no item"):
            await composing.remove_media(DRAFT, LINH, index)

    assert removed.content.media[0] == photo_at(1)
    assert removed.sources == tuple(range(1, 20))


async def test_what_could_not_be_taken(shop: Shop, composing: Composing) -> None:
    """It is noted by its message, in their order, until the item comes after all or nobody wants it any more."""
    await begun(shop, "Look")
    await composing.refuse_media(DRAFT, LINH, "It is broken.", 12)
    await composing.refuse_media(DRAFT, LINH, "It is too long.", 11)
    noted = await composing.refuse_media(DRAFT, LINH, "It is broken.", 12)
    assert noted.refused == (Refused(11, "It is too long."), Refused(12, "It is broken."))
    assert noted.version == 3

    await composing.add_media(DRAFT, LINH, photo_at(12), 12)
    come = await composing.refuse_media(DRAFT, LINH, "It is broken.", 12)
    assert (come.refused, come.sources) == ((Refused(11, "It is too long."),), (12,))

    with pytest.raises(ConflictError):
        await composing.go_without(DRAFT, LINH, version=1)
    without = await composing.go_without(DRAFT, LINH, version=come.version)
    assert (without.refused, without.sources) == ((), (12,))
    assert await composing.get(DRAFT, LINH) == without


async def test_every_part_of_the_content(shop: Shop, composing: Composing) -> None:
    """Thread parts, topic and comment are kept as they may be sent; a choice of time replaces the other."""
    await begun(shop)
    await composing.set_replies(DRAFT, LINH, [" two ", " \x00 ", "three"])
    await composing.set_topic(DRAFT, LINH, " #Ẩm thực ")
    ruled = await composing.choose_rule(DRAFT, LINH, weekly(shop))
    timed = await composing.choose_time(DRAFT, LINH, shop.engine.clock.now() + HOUR)
    free = await composing.forget_time(DRAFT, LINH)

    assert free.content == Content(text="Phở", replies=("two", "three"), topic="Ẩm thực")
    assert (ruled.at, ruled.rule) == (None, weekly(shop))
    assert (timed.at is None, timed.rule) == (False, None)
    assert (free.at, free.rule) == (None, None)


async def test_rights(shop: Shop, other_shop: Shop) -> None:
    """A viewer composes but decides nothing; an editor of one account uses no other, nor sees that it is there."""
    parts = shop.engine.core.parts
    viewing = parts.services(Rights(Role.VIEWER))["composing"]
    editing = parts.services(Rights(on={shop.account.id: Role.EDITOR}))["composing"]
    card = await timed(shop)

    for attempt in (
        viewing.schedule(DRAFT, LINH, version=card.version, who=WHO),
        viewing.publish_now(DRAFT, LINH, version=card.version, who=WHO),
        viewing.save_draft(DRAFT, LINH, version=card.version, who=WHO),
        viewing.choose_account(DRAFT, LINH, shop.account.id),
    ):
        with pytest.raises(RefusedError, match="ask an owner"):
            await attempt
    with pytest.raises(NotFoundError, match="choose another"):
        await editing.choose_account(DRAFT, LINH, other_shop.account.id)
    elsewhere = replace(card, account_id=other_shop.account.id)
    assert (await editing.look(elsewhere)).account is None
    post = await editing.schedule(DRAFT, LINH, version=card.version, who=WHO)
    with pytest.raises(RefusedError, match="ask an owner"):
        await viewing.undo(DRAFT, LINH, who=WHO)
    assert (await editing.undo(DRAFT, LINH, who=WHO)).post_id is None
    assert await shop.engine.core.posts.find(PostFilter(ids=[post.id])) == []
