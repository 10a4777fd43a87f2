"""What there is to know before a composition is scheduled."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from builders import a_post
from core.domain.content_rules import Part
from core.domain.post import PostStatus
from core.services.composing import Composing
from services.compositions import (
    DRAFT,
    HOUR,
    LINH,
    MINUTE,
    begun,
    shown,
    timed,
    weekly,
)
from stories.fixtures import Shop


async def test_a_look_at_what_is_fine(shop: Shop, composing: Composing) -> None:
    """Text, count and account are there, and nothing is doubted."""
    look = await composing.look(await timed(shop, text="Phở 🍜"))

    assert look.account is not None
    assert look.account.id == shop.account.id
    assert (look.count.doc, look.findings, look.errors, look.warnings, look.upcoming) == (8, (), (), (), ())


async def test_a_look_at_the_neighbours(shop: Shop, composing: Composing) -> None:
    """Told are a post less than five minutes away and how many there are on that day of the account's zone."""
    near = await shop.schedule("Near", HOUR + 4 * MINUTE)
    await shop.schedule("Same day in Hanoi", 13 * HOUR)
    await shop.schedule("Tomorrow in Hanoi", 15 * HOUR)

    look = await composing.look(await timed(shop), zone_name="UTC")
    day = shop.engine.clock.now()

    close, many = look.warnings
    assert close.startswith(f"Post {near.id} of shop-hanoi goes out less than 5 minutes apart")
    assert "04:04 (UTC)" in close
    assert many == f"With this one shop-hanoi has 3 posts on {day.day} {day:%b} {day.year}."
    apart = replace(await composing.get(DRAFT, LINH), at=day + HOUR + 9 * MINUTE)
    assert not any("minutes apart" in warning for warning in (await composing.look(apart)).warnings)


async def test_a_look_at_the_quota(shop: Shop, composing: Composing) -> None:
    """The 251st post within 24 hours is told with its moment, the 250th is not."""
    first = shop.engine.clock.now() - 22 * HOUR
    others = [
        a_post(
            account_id=shop.account.id, status=PostStatus.SCHEDULED, scheduled_at=first + number * 5 * MINUTE
        )
        for number in range(250)
    ]
    card = await timed(shop, text="One more")
    await shop.engine.core.stores.posts.add(others[:249])
    enough = await composing.look(card, zone_name="UTC")
    await shop.engine.core.stores.posts.add(others[249:])
    over = await composing.look(card, zone_name="UTC")

    assert not any("24 hours" in warning for warning in enough.warnings)
    assert over.warnings[-1].startswith("shop-hanoi reaches more than 250 posts in 24 hours on ")
    assert "04:00 (UTC)" in over.warnings[-1]


async def test_a_look_at_the_content(shop: Shop, composing: Composing) -> None:
    """What Threads would refuse is an error of its part, what it may refuse is a finding."""
    await begun(shop, "ư" * 400)
    doubtful = await shown(shop)
    await composing.set_first_comment(DRAFT, LINH, "x" * 501)
    wrong = await shown(shop)

    assert [finding.part for finding in doubtful.findings] == [Part.TEXT]
    assert doubtful.errors == ()
    assert [finding.part for finding in wrong.errors] == [Part.FIRST_COMMENT]


async def test_a_look_at_the_account(shop: Shop, composing: Composing) -> None:
    """A paused account, and one whose token ends before the time and could not be renewed, are told."""
    card = await timed(shop, timedelta(days=3))
    store, account = shop.engine.core.stores.accounts, await shop.engine.core.accounts.named("shop-hanoi")
    ends = shop.engine.clock.now() + timedelta(days=2)
    renewable = await store.save(account, replace(account, token_expires_at=ends, paused=True))
    assert renewable is not None
    paused = await composing.look(card)
    await store.save(renewable, replace(renewable, due_at=None, paused=False))
    ending = await composing.look(card)

    assert paused.warnings == ("shop-hanoi is paused: its posts wait until somebody resumes it.",)
    assert [warning.split(",")[0] for warning in ending.warnings] == [
        "The access to shop-hanoi ends before that"
    ]


async def test_a_look_at_a_rule(shop: Shop, composing: Composing) -> None:
    """The next five moments are shown."""
    await begun(shop)
    look = await composing.look(await composing.choose_rule(DRAFT, LINH, weekly(shop)))

    assert len(look.upcoming) == 5
    assert {one.date.weekday() for one in look.upcoming} == {0, 3}
    assert all(one.at > shop.engine.clock.now() for one in look.upcoming)


async def test_a_time_that_has_passed_meanwhile(shop: Shop, composing: Composing) -> None:
    """A composition that lay too long says so."""
    card = await timed(shop, MINUTE)
    await shop.engine.clock.hold_until(shop.engine.clock.now() + HOUR)

    assert any("has passed: choose a later time" in w for w in (await composing.look(card)).warnings)
