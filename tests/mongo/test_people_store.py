"""People and invitations in MongoDB."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import time, timedelta

from core.adapters.mongo.client import Database
from core.adapters.mongo.people import LEASE
from core.adapters.mongo.stores import Stores
from core.domain.access import Grant, Invitation, Noise, NoticeKind, Person, Role
from fake_clock import NOW

LINH = Person(
    id="111",
    name="Linh 🍜",
    grant=Grant(Role.EDITOR, ("shop-hanoi",)),
    invited_by="1",
    language="vi",
    zone="Asia/Ho_Chi_Minh",
    account_id="account-1",
    noise={NoticeKind.PUBLISHED: Noise.OFF},
    digest_at=time(7, 30),
    due_at=NOW,
    seen_at=NOW,
    blocked=True,
)
INVITATION = Invitation(id="digest", grant=Grant(Role.VIEWER), invited_by="1", expires_at=NOW)


async def test_a_person_comes_back_as_they_were(stores: Stores) -> None:
    """Every field survives; somebody who is not there is None."""
    assert await stores.people.add(LINH)
    assert await stores.people.get("111") == LINH
    assert await stores.people.get("222") is None


async def test_somebody_is_added_once(stores: Stores) -> None:
    """Of several at once one adds; the others are told and change nothing."""
    people = [replace(LINH, name=str(number)) for number in range(5)]
    added = await asyncio.gather(*(stores.people.add(person) for person in people))
    assert added.count(True) == 1
    assert await stores.people.list() == [people[added.index(True)]]


async def test_the_list_is_in_order(stores: Stores) -> None:
    """Everybody, by id."""
    for person_id in ("3", "1", "2"):
        await stores.people.add(Person(id=person_id))
    assert [person.id for person in await stores.people.list()] == ["1", "2", "3"]


async def test_a_lost_race_writes_nothing(stores: Stores) -> None:
    """Who saves an older version gets None; the winner's version grew by one."""
    await stores.people.add(LINH)
    saved = await stores.people.save(LINH, replace(LINH, grant=None, noise={}))
    assert saved == replace(LINH, grant=None, noise={}, version=2)
    assert await stores.people.save(LINH, replace(LINH, name="late")) is None
    assert await stores.people.get("111") == saved
    assert await stores.people.save(Person(id="222"), Person(id="222", name="nobody")) is None


async def test_an_invitation_is_used_by_one(stores: Stores) -> None:
    """Of many who take it up at once exactly one succeeds."""
    await stores.invitations.add(INVITATION)
    taken = await asyncio.gather(
        *(stores.invitations.save(INVITATION, replace(INVITATION, used_by=str(who))) for who in range(20))
    )
    (winner,) = [one for one in taken if one is not None]
    assert await stores.invitations.get("digest") == winner
    assert winner.version == 2
    await stores.invitations.add(INVITATION)
    assert await stores.invitations.get("digest") == winner


async def test_digests_are_claimed_once(stores: Stores) -> None:
    """What is due comes to one of those who ask, and again when the lease has ended."""
    for number in range(4):
        await stores.people.add(Person(id=str(number), due_at=NOW + number * timedelta(hours=1)))
    await stores.people.add(Person(id="none"))
    now = NOW + timedelta(hours=1)

    got = await asyncio.gather(*(stores.people.claim_due(until=now, now=now, limit=10) for _ in range(3)))

    assert sorted(person.id for people in got for person in people) == ["0", "1"]
    assert all(person.due_at == now + LEASE for people in got for person in people)
    assert len(await stores.people.claim_due(until=now + LEASE, now=now + LEASE, limit=1)) == 1


async def test_the_agenda_knows_digests(stores: Stores) -> None:
    """When somebody's digest is the next thing to be done, that is what is due next."""
    assert await stores.agenda.next_due() is None
    await stores.people.add(LINH)
    assert await stores.agenda.next_due() == NOW


async def test_mongodb_forgets_invitations_by_itself(database: Database) -> None:
    """A month after their end; people stay."""
    indexes = await database["invitations"].index_information()
    assert indexes["forgotten"]["expireAfterSeconds"] == 30 * 86_400
    assert not any(
        "expireAfterSeconds" in one for one in (await database["people"].index_information()).values()
    )
