"""Being let in, invited and removed, and what people prefer; on MongoDB."""

from __future__ import annotations

import asyncio
import logging
import re
from dataclasses import replace
from datetime import time, timedelta

import pytest

from core.adapters.mongo.client import Database
from core.domain.access import Grant, Person, Role
from core.domain.errors import NotFoundError, RefusedError
from core.services.people import INVITATION_LIFE, People
from services.admitting import OWNER, VIEWER, admitted, environment, owner
from stories.engine import Engine, open_engine
from stories.fixtures import Shop
from stories.scene import Scene

__all__ = ["environment", "owner"]

HOUR = timedelta(hours=1)
EDITOR = Grant(Role.EDITOR)


async def _documents(database: Database) -> int:
    return sum([await database[name].count_documents({}) for name in await database.list_collection_names()])


async def test_a_stranger_leaves_no_trace(people: People, database: Database) -> None:
    """Whatever a stranger tries, nothing about them is written."""
    for attempt in range(3):
        assert await people.admit("999", name="Mallory") is None
        assert await people.join(f"guess-{attempt}", "999", "Mallory") is None
    await people.mark_blocked("999")
    with pytest.raises(NotFoundError):
        await people.set_preferences(Person(id="999"), language="en")
    assert (await people.rights_of(Person(id="999"))).accounts == frozenset()
    assert await _documents(database) == 0


async def test_nobody_is_let_in_by_an_empty_list(scene: Scene, database: Database) -> None:
    """Without a setting there is no owner, and nobody can become one."""
    settings = scene.settings.model_copy(update={"telegram_allowed_users": ""})
    async with open_engine(settings, scene.clock) as engine:
        assert await engine.core.people.admit(OWNER, name="Linh") is None
        with pytest.raises(RefusedError):
            await engine.core.people.invite(Grant(Role.OWNER), by=Person(id=OWNER, grant=Grant(Role.OWNER)))
    assert await _documents(database) == 0


async def test_the_settings_win(people: People, engine: Engine) -> None:
    """The grant of a named person is that of the settings, and is not what is stored of them."""
    stores = engine.core.stores
    await stores.people.add(Person(id=VIEWER, grant=Grant(Role.OWNER)))

    person = await admitted(people, VIEWER)
    await people.set_preferences(await admitted(people, OWNER), language="vi")

    assert person.grant == Grant(Role.VIEWER, ("shop-hanoi",))
    stored = await stores.people.get(OWNER)
    assert stored is not None
    assert (stored.grant, stored.language) == (None, "vi")


async def test_somebody_who_leaves_the_settings_is_out(scene: Scene) -> None:
    """What was stored while the settings named them gives nothing afterwards."""
    async with open_engine(scene.settings, scene.clock) as engine:
        await engine.core.people.set_preferences(await admitted(engine.core.people, OWNER), language="en")
    settings = scene.settings.model_copy(update={"telegram_allowed_users": "444:owner"})
    async with open_engine(settings, scene.clock) as engine:
        assert await engine.core.people.admit(OWNER, name="Linh") is None


async def test_who_somebody_is_can_be_asked_without_them(people: People, engine: Engine) -> None:
    """Nothing is written by it; strangers are nobody."""
    linh = await people.known(OWNER)
    assert linh is not None
    assert (linh.grant, linh.seen_at) == (Grant(Role.OWNER), None)
    assert await people.known("999") is None
    assert await engine.core.stores.people.list() == []


async def test_being_seen_is_written_once_an_hour(people: People, engine: Engine, owner: Person) -> None:
    """A new name and the end of a block are written at once; that somebody came, once an hour."""
    again = await people.admit(OWNER, name="Person 111")
    assert again is not None
    assert (again.version, again.seen_at is None) == (owner.version, False)
    renamed = await people.admit(OWNER, name="  Linh \ud83d ")
    assert renamed is not None
    assert (renamed.name, renamed.version) == ("Linh", owner.version + 1)

    await people.mark_blocked(OWNER)
    back = await people.admit(OWNER, name="Linh")
    assert back is not None
    assert (back.blocked, back.version) == (False, owner.version + 3)

    await engine.clock.advance(HOUR)
    later = await people.admit(OWNER, name="Linh")
    assert later is not None
    assert (later.version, later.seen_at != back.seen_at) == (back.version + 1, True)


async def test_an_invitation_lets_one_person_in(
    people: People, database: Database, owner: Person, caplog: pytest.LogCaptureFixture
) -> None:
    """Its token is long and random, fits a deep link, and stands in no document and no log."""
    caplog.set_level(logging.INFO)
    invitation, token = await people.invite(EDITOR, by=owner)
    _, other = await people.invite(EDITOR, by=owner)

    joined = await people.join(token, "222", "Lan")

    assert re.fullmatch(r"[A-Za-z0-9_-]{22,64}", token)
    assert token != other
    assert joined is not None
    assert (joined.id, joined.name, joined.grant, joined.invited_by) == ("222", "Lan", EDITOR, OWNER)
    assert (await admitted(people, "222")).grant == EDITOR
    stored = [await database[name].find().to_list(None) for name in ("people", "invitations")]
    assert token not in repr(stored) + caplog.text
    assert invitation.id in repr(stored)
    events = [record.message for record in caplog.records if record.message.startswith("person.")]
    assert events == ["person.invited", "person.invited", "person.joined"]


async def test_an_invitation_used_twice(people: People, owner: Person) -> None:
    """Of twenty who take it up at once one is let in; the same person again just stays."""
    _, token = await people.invite(EDITOR, by=owner)

    joined = await asyncio.gather(*(people.join(token, str(1000 + who), "x") for who in range(20)))

    (winner,) = [person for person in joined if person is not None]
    assert await people.join(token, "222", "Lan") is None
    again = await people.join(token, winner.id, "x")
    assert again is not None
    assert again.grant == EDITOR
    assert {person.id for person in await people.list(owner)} == {OWNER, VIEWER, winner.id}


async def test_an_invitation_that_expired(people: People, engine: Engine, owner: Person) -> None:
    """It is good for 24 hours and not a moment longer."""
    _, token = await people.invite(EDITOR, by=owner)
    await engine.clock.advance(INVITATION_LIFE)
    assert await people.join(token, "222", "Lan") is None
    assert await engine.core.stores.people.get("222") is None


@pytest.mark.parametrize("forged", ["", "x", "{id}", "{token}x", "\ud800", "a" * 10_000])
async def test_a_forged_invitation(people: People, owner: Person, forged: str) -> None:
    """Neither the digest that is stored nor anything near the token opens the door."""
    invitation, token = await people.invite(EDITOR, by=owner)
    text = forged.replace("{id}", invitation.id).replace("{token}", token)
    assert await people.join(text, "222", "Lan") is None


async def test_invitations_fall_with_their_owner(people: People, owner: Person) -> None:
    """What somebody has handed out before being removed is worth nothing."""
    _, token = await people.invite(Grant(Role.OWNER), by=owner)
    second = await people.join(token, "222", "Lan")
    assert second is not None
    _, from_second = await people.invite(EDITOR, by=second)

    await people.remove("222", owner)

    assert await people.join(from_second, "444", "Mai") is None
    assert await people.join(token, "222", "Lan") is None
    with pytest.raises(RefusedError, match="Only an owner"):
        await people.invite(EDITOR, by=second)


async def test_a_join_that_was_killed_between_its_writes(
    people: People, engine: Engine, owner: Person
) -> None:
    """The invitation is used up but nobody was let in: the same person is, when they try again."""
    invitation, token = await people.invite(EDITOR, by=owner)
    await engine.core.stores.invitations.save(invitation, replace(invitation, used_by="222"))

    assert await people.join(token, "444", "Mai") is None
    joined = await people.join(token, "222", "Lan")

    assert joined is not None
    assert joined.grant == EDITOR


async def test_who_may_as_much_keeps_what_they_have(people: People, engine: Engine, owner: Person) -> None:
    """An owner who tries a link is not made less, and the link remains for somebody else; an editor may rise."""
    _, lower = await people.invite(EDITOR, by=owner)
    _, higher = await people.invite(Grant(Role.OWNER), by=owner)
    assert await people.join(lower, OWNER, "Linh") == await people.admit(OWNER, name="Linh")

    lan = await people.join(lower, "222", "Lan")
    risen = await people.join(higher, "222", "Lan")

    assert lan is not None
    assert risen is not None
    assert (lan.grant, risen.grant) == (EDITOR, Grant(Role.OWNER))
    assert (await engine.core.acting(risen)).accounts is not engine.core.accounts


async def test_an_invitation_to_single_accounts(people: People, shop: Shop, other_shop: Shop) -> None:
    """It gives rights on these and no others; an account that is not linked cannot be named."""
    owner = await admitted(people, OWNER)
    _, token = await people.invite(Grant(Role.EDITOR, ("SHOP-Saigon",)), by=owner)
    joined = await people.join(token, "222", "Lan")

    assert joined is not None
    rights = await people.rights_of(joined)
    assert rights.may(Role.EDITOR, other_shop.account.id)
    assert not rights.may(Role.VIEWER, shop.account.id)
    with pytest.raises(NotFoundError, match="shop-hue"):
        await people.invite(Grant(Role.EDITOR, ("shop-hue",)), by=owner)


@pytest.mark.parametrize("grant", [Grant(Role.VIEWER), EDITOR, Grant(Role.OWNER, ("shop-hanoi",))])
async def test_only_owners_of_all_decide_about_people(
    people: People, shop: Shop, database: Database, grant: Grant
) -> None:
    """Nobody else invites, removes or lists people, whatever the Person says that they hand in."""
    assert shop.account.name == "shop-hanoi"
    _, token = await people.invite(grant, by=await admitted(people, OWNER))
    joined = await people.join(token, "222", "Lan")
    assert joined is not None
    documents = await _documents(database)
    for pretended in (joined, replace(joined, grant=Grant(Role.OWNER))):
        with pytest.raises(RefusedError, match="Only an owner of all accounts"):
            await people.invite(EDITOR, by=pretended)
        with pytest.raises(RefusedError, match="Only an owner of all accounts"):
            await people.remove("222", pretended)
        with pytest.raises(RefusedError, match="Only an owner of all accounts"):
            await people.list(pretended)
    assert await _documents(database) == documents


async def test_a_removed_person_is_out_at_once(people: People, engine: Engine, owner: Person) -> None:
    """With their next update they are a stranger, without a digest; nothing in between remembers them."""
    _, token = await people.invite(EDITOR, by=owner)
    lan = await people.join(token, "222", "Lan")
    assert lan is not None
    await people.set_preferences(lan, digest_at=time(7))

    await people.remove("222", owner)

    assert await people.admit("222", name="Lan") is None
    stored = await engine.core.stores.people.get("222")
    assert stored is not None
    assert (stored.grant, stored.due_at) == (None, None)
    assert "222" not in {person.id for person in await people.list(owner)}
    with pytest.raises(NotFoundError, match="222"):
        await people.remove("222", owner)


@pytest.mark.parametrize("person_id", [OWNER, VIEWER])
async def test_whom_the_settings_name_cannot_be_removed(
    people: People, owner: Person, person_id: str
) -> None:
    """They would be back at once: the setting is named."""
    with pytest.raises(RefusedError, match="TELEGRAM_ALLOWED_USERS"):
        await people.remove(person_id, owner)


async def test_everybody_is_listed(people: People, owner: Person) -> None:
    """Those of the settings who never came, too, each with the grant that counts."""
    listed = {person.id: person.grant for person in await people.list(owner)}
    assert listed == {OWNER: Grant(Role.OWNER), VIEWER: Grant(Role.VIEWER, ("shop-hanoi",))}
