"""What people say about themselves: language, zone, account, noise and the hour of their digest."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import pytest

from core.domain.access import Grant, Noise, NoticeKind, Person, Role
from core.domain.errors import NotFoundError
from core.domain.zones import UnknownZoneError
from core.services.people import People
from services.admitting import OWNER, VIEWER, admitted, environment, owner
from stories.engine import Engine
from stories.fixtures import Shop

__all__ = ["environment", "owner"]


async def test_preferences(people: People, engine: Engine, owner: Person) -> None:
    """What is named changes, the rest stays; the digest's time follows its hour and the zone."""
    await engine.run_for(timedelta(seconds=1))
    person = await people.set_preferences(owner, language="en", noise={NoticeKind.FAILED: Noise.SILENT})
    person = await people.set_preferences(person, noise={NoticeKind.DIGEST: Noise.OFF}, digest_at=time(23))
    assert (person.language, person.grant) == ("en", Grant(Role.OWNER))
    assert person.noise == {NoticeKind.FAILED: Noise.SILENT, NoticeKind.DIGEST: Noise.OFF}
    assert person.due_at is not None
    assert (person.due_at.hour, engine.clock.now() < person.due_at) == (16, True)
    assert await engine.core.alarm.next() == person.due_at

    moved = await people.set_preferences(person, zone="berlin")
    assert (moved.zone, moved.due_at != person.due_at) == ("Europe/Berlin", True)
    silent = await people.set_preferences(moved, digest_at=None)
    assert silent.due_at is None
    assert await admitted(people, OWNER) == replace(silent, name="Person 111")


async def test_preferences_are_checked(people: People, shop: Shop, other_shop: Shop) -> None:
    """A zone that does not exist, an account that is not seen, and what is no preference at all."""
    viewer = await admitted(people, VIEWER)
    chosen = await people.set_preferences(viewer, account_id=shop.account.id)
    assert chosen.account_id == shop.account.id
    for account_id in (other_shop.account.id, "nobody"):
        with pytest.raises(NotFoundError, match="not linked"):
            await people.set_preferences(viewer, account_id=account_id)
    with pytest.raises(UnknownZoneError):
        await people.set_preferences(viewer, zone="Atlantis")
    forged: dict[str, Any] = {"grant": Grant(Role.OWNER)}
    with pytest.raises(TypeError, match="grant"):
        await people.set_preferences(viewer, **forged)
    assert await admitted(people, VIEWER) == chosen


async def test_digests_come_to_those_who_are_one_of_us(people: People, engine: Engine, owner: Person) -> None:
    """Each due digest is claimed once and is due again a day later; who left the settings has no grant."""
    at = engine.clock.now() + timedelta(minutes=30)
    for gone in (Person(id="999", digest_at=time(12), due_at=at), Person(id="998", due_at=at)):
        await engine.core.stores.people.add(gone)
    mine = await people.set_preferences(owner, digest_at=time(11), zone="Asia/Ho_Chi_Minh")
    assert mine.due_at is not None

    assert await people.claim_digests(until=engine.clock.now(), limit=10) == []
    claimed = await people.claim_digests(until=mine.due_at, limit=10)
    for person in claimed:
        await people.digest_made(person.id)

    assert {person.id: person.grant for person in claimed} == {
        OWNER: Grant(Role.OWNER),
        "998": None,
        "999": None,
    }
    assert await people.claim_digests(until=mine.due_at, limit=10) == []
    again = await admitted(people, OWNER)
    assert again.due_at == mine.due_at + timedelta(days=1)
    left = await engine.core.stores.people.get("998")
    assert left is not None
    assert left.due_at is None


async def test_preferences_from_two_devices_at_once(people: People, owner: Person) -> None:
    """Both stay: each change is of the newest version, whatever the person that was handed in."""
    await asyncio.gather(
        people.set_preferences(owner, language="vi"),
        people.set_preferences(owner, zone="Asia/Tokyo"),
        people.set_preferences(owner, noise={NoticeKind.FAILED: Noise.OFF}),
    )
    person = await admitted(people, OWNER)
    assert (person.language, person.zone, person.noise_of(NoticeKind.FAILED)) == (
        "vi",
        "Asia/Tokyo",
        Noise.OFF,
    )
