"""Notices: made once from what happened, for those who may and want to hear, whatever dies in between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from core.bootstrap import Core
from core.domain.access import Grant, Noise, NoticeKind, Person, Role
from core.domain.notice import Notice
from core.domain.post import PostStatus
from core.services.people import People
from core.settings import Settings
from services.admitting import OWNER, admitted, owner
from stories.crash import Fuse, When
from stories.engine import Engine, open_engine
from stories.fixtures import WHO, Shop
from stories.movable_clock import MovableClock

__all__ = ["owner"]

HOUR = timedelta(hours=1)
EDITOR, NEVER_SEEN = "222", "444"


@pytest.fixture
def environment() -> dict[str, Any]:
    return {
        "telegram_allowed_users": f"{OWNER}:owner, {EDITOR}:editor@shop-saigon, {NEVER_SEEN}:owner",
    }


@pytest.fixture
async def editor(people: People) -> Person:
    """Of the other shop."""
    return await admitted(people, EDITOR)


async def fails(shop: Shop, text: str = "Broken") -> str:
    """A post that Threads refuses; its id."""
    await shop.threads.misbehave("error", on="create", code=100, text=text)
    post = await shop.schedule(text, HOUR)
    await shop.engine.run_for(HOUR + timedelta(minutes=1))
    return post.id


async def heard(core: Core, person: Person) -> list[tuple[str, str | None]]:
    """What waits for the person: kinds and posts."""
    return [(notice.kind.value, notice.post_id) for notice in await core.notices.waiting(person)]


@pytest.mark.parametrize("when", ["before", "during", "after"])
@pytest.mark.parametrize("point", ["posts.news", "people.list", "notices.add", "posts.news_taken"])
async def test_killed_while_news_become_notices(
    shop: Shop,
    owner: Person,
    settings: Settings,
    clock: MovableClock,
    point: str,
    when: When,
) -> None:
    """Wherever the process dies, the next one makes the notice, and none is made or told twice."""
    post_id = await fails(shop)
    fuse = Fuse(point, when)
    async with open_engine(settings, clock, fuse) as dying:
        with fuse.burns():
            await dying.core.notices.collect()
    core = shop.engine.core
    for _ in range(2):
        await core.notices.collect()
    assert await heard(core, owner) == [("failed", post_id)]
    await core.notices.told(await core.notices.waiting(owner), owner.id)
    assert await core.notices.collect() == []
    assert await core.notices.readers() == []


async def test_who_hears(shop: Shop, other_shop: Shop, owner: Person, editor: Person) -> None:
    """Those who may see the account, have come by and want to hear it."""
    core = shop.engine.core
    first, second = await fails(shop, "In Hanoi"), await fails(other_shop, "In Saigon")
    assert set(await core.notices.collect()) == {first, second}
    assert await heard(core, owner) == [("failed", first), ("failed", second)]
    assert await heard(core, editor) == [("failed", second)]
    assert [person.id for person in await core.notices.readers()] == [OWNER, EDITOR]
    await core.people.set_preferences(owner, noise={NoticeKind.FAILED: Noise.OFF})
    assert await heard(core, (await core.people.known(OWNER)) or owner) == []
    assert [person.id for person in await core.notices.readers()] == [EDITOR]


async def test_what_was_addressed_to_somebody_who_lost_their_rights(shop: Shop, owner: Person) -> None:
    """They hear nothing of it, and it is not kept for them."""
    core = shop.engine.core
    _, token = await core.people.invite(Grant(Role.EDITOR), by=owner)
    await core.people.join(token, "555", "An")
    await fails(shop)
    await core.notices.collect()
    assert {person.id for person in await core.notices.readers()} == {OWNER, "555"}
    await core.people.remove("555", owner)
    assert {person.id for person in await core.notices.readers()} == {OWNER}
    assert await core.stores.notices.waiting("555") == []


async def test_a_person_who_blocked_the_bot_keeps_theirs(shop: Shop, owner: Person, editor: Person) -> None:
    """Five hundred that wait for them hide nothing that waits for others."""
    core = shop.engine.core
    await core.stores.notices.add(
        [_notice(f"n{number}", shop.account.id, (OWNER,)) for number in range(600)]
        + [_notice("last", None, (EDITOR,))]
    )
    await core.people.mark_blocked(OWNER)
    assert [person.id for person in await core.notices.readers()] == [EDITOR]
    assert [notice.id for notice in await core.notices.waiting(editor)] == ["last"]
    assert await core.people.admit(OWNER, name="Back again") is not None
    assert [person.id for person in await core.notices.readers()] == [OWNER, EDITOR]
    assert len(await core.notices.waiting(owner)) == 500


def _notice(name: str, account_id: str | None, waiting: Sequence[str]) -> Notice:
    return Notice(
        id=name,
        kind=NoticeKind.FAILED,
        at=datetime(2026, 12, 7, tzinfo=UTC),
        group="g",
        account_id=account_id,
        waiting=tuple(waiting),
    )


async def test_what_became_stale_is_forgotten(shop: Shop, owner: Person) -> None:
    """Good news that nobody could be told for a day; a failure stays."""
    core = shop.engine.core
    await shop.schedule("Fine", HOUR)
    failed = await fails(shop)
    await core.notices.collect()
    assert {kind for kind, _ in await heard(core, owner)} == {"published", "failed"}
    await shop.engine.clock.advance(timedelta(days=1))
    assert await heard(core, owner) == [("failed", failed)]
    assert len(await core.stores.notices.waiting(owner.id)) == 1


async def test_one_digest_for_each_occurrence(engine: Engine, owner: Person) -> None:
    """Made a moment early, again right after its time and again two minutes later, it is one; tomorrow another."""
    owner = await engine.core.people.set_preferences(owner, zone="Asia/Ho_Chi_Minh", digest_at=time(12))
    noon = engine.clock.now().replace(hour=5, minute=0, second=0, microsecond=0)
    seconds = (-4, 1, 120, 24 * 3600 - 4, 24 * 3600 + 1)
    for moment in (noon + timedelta(seconds=one) for one in seconds):
        await engine.clock.hold_until(moment)
        await engine.core.notices.digest(owner)
    notices = await engine.core.stores.notices.waiting(OWNER)
    assert [notice.kind for notice in notices] == [NoticeKind.DIGEST] * 2
    assert len({notice.group for notice in notices}) == 1


async def test_the_worker_makes_one_digest_a_day(engine: Engine, owner: Person) -> None:
    """The alarm wakes the due check at the hour of the person, also over the night in which the clocks change."""
    await engine.clock.hold_until(datetime(2027, 10, 29, 12, tzinfo=UTC))
    await engine.core.people.set_preferences(owner, zone="Europe/Berlin", digest_at=time(2, 30))
    moments: list[datetime] = []
    for _ in range(4):
        await engine.run_for(timedelta(days=1))
        notices = await engine.core.stores.notices.waiting(OWNER)
        moments += [notice.at for notice in notices]
        await engine.core.notices.told(notices, OWNER)
    assert [f"{at + timedelta(seconds=6):%d %H:%M}" for at in moments] == [
        "30 00:30",
        "31 00:30",
        "01 01:30",
        "02 01:30",
    ]


async def test_a_link_that_ended_is_told_once_per_link(shop: Shop, owner: Person) -> None:
    """However often it is looked at; linked anew and ended again, it is told again."""
    core = shop.engine.core
    for ended in (1, 2):
        await shop.threads.end_access(shop.account.username)
        await shop.engine.run_for(timedelta(days=2))
        for _ in range(3):
            await core.notices.look_at_accounts(())
        assert await heard(core, owner) == [("account_held", None)] * ended
        token = await shop.threads.sign_up(shop.account.username)
        await core.accounts.replace_token("shop-hanoi", token, who=WHO)


async def test_a_warning_that_is_taken_up_early_is_not_lost(shop: Shop, owner: Person) -> None:
    """The due check comes seconds before the moment: the warning is made then, and once."""
    core = shop.engine.core
    end = shop.engine.clock.now() + timedelta(days=14, seconds=4)
    account = replace(shop.account, token_expires_at=end)
    await core.notices.warn_of_token(account)
    assert await heard(core, owner) == [(NoticeKind.TOKEN_EXPIRING, None)]

    await shop.engine.clock.hold_until(end - timedelta(days=14))
    await core.notices.warn_of_token(account)
    assert len(await heard(core, owner)) == 1


async def test_a_digest_after_an_outage_is_not_the_next_one(engine: Engine, owner: Person) -> None:
    """Made hours late for somebody who chose no zone, it takes nothing from that of the next day."""
    owner = await engine.core.people.set_preferences(owner, digest_at=time(7))
    assert owner.due_at is not None
    for moment in (owner.due_at + timedelta(hours=7, minutes=5), owner.due_at + timedelta(days=1)):
        await engine.clock.hold_until(moment)
        await engine.core.notices.digest(owner)
    assert len(await engine.core.stores.notices.waiting(OWNER)) == 2


async def test_a_digest_that_fails_keeps_nothing_waiting(
    shop: Shop, owner: Person, caplog: pytest.LogCaptureFixture
) -> None:
    """Posts go out on time and others get their digest; the one that failed is tried again, minutes later."""
    core = shop.engine.core
    post = await shop.schedule("On time", HOUR)
    due = shop.engine.clock.now() + HOUR
    owner = await core.people.set_preferences(owner, zone="UTC", digest_at=due.time())
    broken: dict[str, Any] = {
        "zone": "Asia/Atlantis",
        "digest_at": due.time(),
        "due_at": due - timedelta(seconds=1),
    }
    await core.stores.people.add(Person(id=NEVER_SEEN, **broken))
    await core.stores.people.add(Person(id="999", **broken))

    await shop.engine.run_for(HOUR + timedelta(minutes=1))

    assert (await shop.get(post)).status is PostStatus.PUBLISHED
    assert [one.kind for one in await core.stores.notices.waiting(owner.id)] == [NoticeKind.DIGEST]
    failed = [record for record in caplog.records if record.message == "check.failed"]
    assert {record.__dict__["what"] for record in failed} == {f"digest of {NEVER_SEEN}", "digest of 999"}
    assert all(record.exc_info for record in failed)
    again = await core.stores.people.get(NEVER_SEEN)
    assert again is not None
    assert again.due_at is not None
    assert again.due_at > shop.engine.clock.now()
    armed = await core.alarm.next()
    assert armed is not None
    assert armed > shop.engine.clock.now()
