"""Compositions, what chats remember, letters and leases in a real MongoDB."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest

from core.adapters.mongo.client import Database
from core.adapters.mongo.conversations import (
    CONVERSATION_INDEXES,
    MongoCardStore,
    MongoCompositionStore,
    MongoTalkStore,
)
from core.adapters.mongo.letters import MongoLeaseStore, MongoLetterBox
from core.domain.composition import Composition
from core.domain.conversation import Card, Letter, Talk
from core.domain.post import Content, Media, MediaKind
from core.domain.recurrence import Pattern, Recurrence
from fake_clock import NOW

HOUR = timedelta(hours=1)
LINH, AN = "111", "222"


def a_composition(number: int = 1, **fields: Any) -> Composition:
    composition = Composition(
        id=f"draft-{number}",
        person_id=LINH,
        content=Content(
            text="Phở bò 🍜", media=(Media(MediaKind.IMAGE, "https://a.vn/1.jpg", "A bowl"),), topic="pho"
        ),
        sources=(7,),
        created_at=NOW + timedelta(minutes=number),
    )
    return replace(composition, **fields)


def a_card(message_id: int, subject: str, **fields: Any) -> Card:
    card = Card(
        id=f"111:{message_id}",
        chat_id=111,
        message_id=message_id,
        person_id=LINH,
        subject=subject,
        created_at=NOW + timedelta(minutes=message_id),
    )
    return replace(card, **fields)


def a_letter(number: int, bot_id: str = "900") -> Letter:
    return Letter(
        id=f"{bot_id}:{number}",
        number=number,
        sender=LINH,
        payload=f'{{"update_id": {number}, "text": "\\ud83c\\udf5c"}}',
        arrived_at=NOW,
    )


async def test_a_composition_reads_back_as_it_was_saved(database: Database) -> None:
    """Every part comes back, the version grows, and the older version can change nothing more."""
    store, begun = MongoCompositionStore(database), a_composition()
    rule = Recurrence(Pattern.DATE_RANGE, date(2026, 12, 24), time(9), "UTC", until=date(2026, 12, 26))

    assert await store.add(begun)
    assert not await store.add(replace(begun, content=Content(text="Other")))
    saved = await store.save(begun, replace(begun, account_id="account-1", at=NOW, rule=rule))

    assert saved is not None
    assert saved == replace(begun, account_id="account-1", at=NOW, rule=rule, version=2)
    assert await store.get(begun.id) == saved
    assert await store.save(begun, replace(begun, allow_duplicate=True)) is None


async def test_one_of_many_writers_wins(database: Database) -> None:
    """Of twenty who change the same version at once one is told that it did, and the others that they did not."""
    store, begun = MongoCompositionStore(database), a_composition()
    await store.add(begun)

    answers = await asyncio.gather(
        *(store.save(begun, replace(begun, content=Content(text=f"Text {n}"))) for n in range(20))
    )

    (winner,) = [answer for answer in answers if answer is not None]
    assert await store.get(begun.id) == winner


async def test_a_talk_is_what_was_put_last(database: Database) -> None:
    """A person of whom nothing is known has an empty talk; facts may have any names."""
    store = MongoTalkStore(database)
    asked = Talk(id=LINH, awaiting="time", subject="draft-1", card=12, facts={"a.b": "1", "$c": "phở"})

    assert await store.get(LINH) == Talk(id=LINH)
    await store.put(Talk(id=LINH, awaiting="text"))
    await store.put(asked)

    assert await store.get(LINH) == asked
    assert await store.get(AN) == Talk(id=AN)


async def test_cards_follow_their_subjects(database: Database) -> None:
    """A card is found by its message and by its subject, is replaced by the next one put, and can go."""
    store = MongoCardStore(database)
    first, second, other = a_card(1, "post:1"), a_card(2, "post:1"), a_card(-3, "batch:1")
    for card in (second, first, other):
        await store.put(card)
    await store.put(replace(first, shown="PUBLISHED"))

    assert await store.get(111, 1) == replace(first, shown="PUBLISHED")
    assert await store.get(111, 4) is None
    assert [card.id for card in await store.of_subjects(["post:1", "post:2"])] == ["111:1", "111:2"]
    assert [card.id for card in await store.recent(2)] == ["111:2", "111:1"]
    await store.delete(first.id)
    assert await store.get(111, 1) is None


async def test_letters_are_kept_until_they_are_done(database: Database) -> None:
    """They wait in the order of their numbers, attempts are counted, and one that is done begins no more."""
    box = MongoLetterBox(database)
    letters = [a_letter(12), a_letter(10), a_letter(11)]

    assert await box.add(letters) == letters
    assert [letter.number for letter in await box.waiting("900")] == [10, 11, 12]
    assert [await box.begin("900:10"), await box.begin("900:10")] == [1, 2]
    await box.finish("900:10")
    await box.finish("900:10")

    assert await box.begin("900:10") == 0
    assert [letter.number for letter in await box.waiting("900")] == [11, 12]
    assert (await box.waiting("900"))[0] == a_letter(11)
    assert await box.waiting("901") == []


async def test_a_repeated_letter_is_not_new(database: Database) -> None:
    """What was stored before, done or not, and what stands twice in one delivery is new only once."""
    box = MongoLetterBox(database)
    await box.add([a_letter(1), a_letter(2)])
    await box.finish("900:1")

    new = await box.add([a_letter(3), a_letter(1), a_letter(4), a_letter(2), a_letter(3)])

    assert [letter.number for letter in new] == [3, 4]
    assert [letter.number for letter in await box.waiting("900")] == [2, 3, 4]


async def test_two_processes_get_the_same_letters(database: Database) -> None:
    """Each letter is new to exactly one of them, and each process has its own in order."""
    boxes = [MongoLetterBox(database) for _ in range(4)]
    letters = [a_letter(number) for number in range(60)]

    shares = await asyncio.gather(*(box.add(letters[first:]) for first, box in enumerate(boxes)))

    assert sorted(letter.number for share in shares for letter in share) == list(range(60))
    for share in shares:
        assert [letter.number for letter in share] == sorted(letter.number for letter in share)


async def test_a_lease_has_one_holder(database: Database) -> None:
    """It is kept by its holder, refused to others until it ends or is given back, and then theirs."""
    store = MongoLeaseStore(database)

    assert await store.take("poll", "a", until=NOW + HOUR, now=NOW)
    assert await store.take("poll", "a", until=NOW + 2 * HOUR, now=NOW)
    assert not await store.take("poll", "b", until=NOW + 9 * HOUR, now=NOW + HOUR)
    assert await store.take("other", "b", until=NOW + HOUR, now=NOW)
    await store.free("poll", "b")
    assert not await store.take("poll", "b", until=NOW + 9 * HOUR, now=NOW + HOUR)
    assert await store.take("poll", "b", until=NOW + 4 * HOUR, now=NOW + 2 * HOUR)
    assert not await store.take("poll", "a", until=NOW + 4 * HOUR, now=NOW + 2 * HOUR)
    await store.free("poll", "b")
    assert await store.take("poll", "a", until=NOW + 4 * HOUR, now=NOW + 2 * HOUR)


async def test_one_of_many_takes_a_lease(database: Database) -> None:
    """Of many who reach for a lease at once, a new one or one that has ended, exactly one has it."""
    store = MongoLeaseStore(database)
    for now in (NOW, NOW + 2 * HOUR):
        taken = await asyncio.gather(
            *(store.take("poll", f"bot-{now}-{n}", until=now + HOUR, now=now) for n in range(20))
        )
        assert taken.count(True) == 1


@pytest.mark.parametrize("collection", CONVERSATION_INDEXES)
async def test_mongodb_forgets(database: Database, collection: str) -> None:
    """Compositions, cards and done letters have an end: an index that MongoDB itself removes them by."""
    days = {"compositions": 30, "cards": 60, "letters": 2}
    await database[collection].create_indexes(CONVERSATION_INDEXES[collection])

    existing = await database[collection].index_information()

    assert existing["forgotten"]["expireAfterSeconds"] == timedelta(days=days[collection]).total_seconds()


async def test_a_letter_that_waits_is_never_forgotten(database: Database) -> None:
    """Only a done letter has the date after which MongoDB removes it, and it is MongoDB's own."""
    box = MongoLetterBox(database)
    await box.add([a_letter(1), a_letter(2)])
    await box.finish("900:1")

    done = await database["letters"].find_one({"_id": "900:1"})
    waiting = await database["letters"].find_one({"_id": "900:2"})

    assert done is not None
    assert "finished_at" in done
    assert waiting is not None
    assert "finished_at" not in waiting
