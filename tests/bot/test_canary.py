"""A canary token sings in no log, message, document or file, whatever goes wrong."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import cast
from urllib.parse import quote, quote_plus

import bson
import pytest
from bot_scene import until
from cable import Cable
from redis.asyncio import Redis
from running_bot import Premises, Running, picture, premises, settings_of

from botapi import faults
from botapi.every_update import every_message, every_update
from botapi.person import Person
from core.adapters.mongo.client import Database
from core.local.stack import StackState
from core.log import STARS

__all__ = ["premises"]

_STRANGER = 666_666_666


def forms(secret: str) -> Iterator[bytes]:
    """The secret as it is, in an address, in JSON, and within anything that was written in base64."""
    for text in {secret, quote(secret, safe=""), quote_plus(secret), json.dumps(secret)[1:-1]}:
        yield text.encode()
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        for offset in range(3):
            # what stands before and behind it decides its first and last signs
            whole = encode(b"\0" * offset + secret.encode())
            yield whole[4 if offset else 0 : len(whole) // 4 * 4 - 4]


class Search:
    """Looks for canaries in places, each of which has to hold something."""

    def __init__(self, *secrets: str) -> None:
        self._forms = [form for secret in secrets for form in forms(secret)]
        self.found: list[str] = []
        self.bytes: dict[str, int] = {}

    def look(self, place: str, data: bytes) -> None:
        self.bytes[place] = self.bytes.get(place, 0) + len(data)
        self.found += [
            f"{place}: …{data[max(0, data.find(form) - 60) :][:200]!r}"
            for form in self._forms
            if form in data
        ]


def test_the_search_finds_what_is_hidden() -> None:
    """A secret in the middle of base64, or encoded for an address, is found."""
    secret = "7000000001:AAH+test/Canary"
    for hidden in (
        secret.encode(),
        quote(secret, safe="").encode(),
        base64.b64encode(f"user:{secret}@host".encode()),
        base64.urlsafe_b64encode(f"x{secret}y".encode()),
        base64.b64encode(f"ab{secret}".encode()),
    ):
        search = Search(secret)
        search.look("here", b"something " + hidden + b" else")
        assert search.found, hidden


@pytest.fixture
def database(premises: Premises) -> Database:
    """The one of the processes."""
    return premises.database


async def answered(person: Person, text: str) -> None:
    """Say it, and wait for any answer."""
    await person.says(text)
    await person.sees(fresh=True)


async def telegram_fails(premises: Premises, linh: Person) -> None:
    """Refusals, floods, broken answers and connections, on texts, edits and files."""
    telegram = premises.telegram
    for fault in (
        faults.too_many_requests(1),
        faults.server_error(),
        faults.bad_gateway(),
        faults.dropped(),
        faults.refused(401, "Unauthorized"),
        faults.refused(404, "Not Found"),
        faults.refused(400, f"Bad Request: wrong URL {telegram.url}/bot{telegram.token}/sendMessage"),
    ):
        telegram.misbehaves("sendMessage", fault)
        await premises.newcomer().says(f"After {fault.kind} {fault.code}")
        await linh.waits_for(lambda fault=fault: fault.met)
    telegram.misbehaves("getUpdates", faults.refused(409, "Conflict: terminated by other getUpdates request"))
    telegram.misbehaves("getUpdates", faults.bad_gateway())
    for fault in (
        faults.dropped(),
        faults.refused(400, "Bad Request: file is too big"),
        faults.bad_gateway(),
    ):
        telegram.misbehaves("getFile", fault)
        await premises.newcomer().sends_photo(picture("red"), "Not to be had")
        await linh.waits_for(lambda fault=fault: fault.met)
    await linh.uploads("broken.png", b"\x89PNG\r\n\x1a\nbroken", mime="image/png")
    await linh.sees("The picture is broken")
    await linh.uploads("broken.xlsx", b"PK\x03\x04broken")
    await linh.sees("broken.xlsx")
    telegram.behaves()


async def threads_fails(premises: Premises, linh: Person) -> None:
    """Errors, lost answers and a token that has ended, told to the person."""
    await premises.threads.misbehave("drop_before", on="create")
    for number, (code, outcome) in enumerate(((100, "Failed"), (190, "On hold"))):
        await premises.threads.misbehave("error", on="create", code=code)
        await linh.says(f"Unlucky {number}")
        card = await linh.sees("Draft", f"Unlucky {number}")
        await linh.taps("Post now", on=card)
        await linh.taps("Yes, post now", on=card)
        await linh.sees(outcome, f"Unlucky {number}", within=30)


async def handlers_fail(premises: Premises, database: Database, linh: Person, bot: Running) -> None:
    """A document that cannot be read makes an exception in the handler."""
    await answered(linh, "/settings")
    await database["talks"].replace_one({"_id": str(linh.id)}, {"facts": 5, "awaiting": []}, upsert=True)
    await linh.says("Into a broken talk")
    await bot.says("bot.handler_failed")
    await database["talks"].delete_one({"_id": str(linh.id)})
    await answered(linh, f"/post {premises.telegram.url}")


async def mongodb_fails(linh: Person, cable: Cable) -> None:
    """It hangs, and comes back."""
    cable.pull()
    await linh.says("While it is away")
    await linh.sees("MongoDB", within=30)
    cable.plug_in()


async def search_everything(
    search: Search, premises: Premises, database: Database, stack: StackState
) -> None:
    """Every byte that the product wrote or sent, but for the addresses of its calls."""
    for call in premises.telegram.calls():
        sent = [
            json.dumps(call.values, ensure_ascii=False).encode(),
            *(file.data for file in call.files.values()),
        ]
        for data in sent:
            search.look("calls", data)
    for name in await database.list_collection_names():
        async for document in database[name].find({}):
            search.look("mongodb", bson.encode(document))
            search.look("mongodb", repr(document).encode())
    redis: Redis = Redis.from_url(stack.redis_url)  # pyright: ignore[reportUnknownMemberType]  # untyped keywords
    async with redis:
        pattern = f"{premises.environment['AUTOPOST_REDIS_NAMESPACE']}*"
        keys = cast("list[bytes]", await redis.keys(pattern))  # pyright: ignore[reportUnknownMemberType]  # as above
        for key in keys:
            search.look("redis", key + (await redis.dump(key) or b""))
    for path in files_of(premises.folder):
        search.look("logs" if path.suffix == ".log" else "files", str(path).encode() + path.read_bytes())


def files_of(folder: Path) -> list[Path]:
    """All but those of the sandbox, which stands for Threads and knows its tokens."""
    return [
        path
        for path in folder.rglob("*")
        if path.is_file() and "sandbox" not in path.relative_to(folder).parts
    ]


async def test_no_token_is_seen_anywhere(premises: Premises, database: Database, stack: StackState) -> None:
    """After everything has gone wrong that can, neither the bot's token nor that of Threads is found."""
    linh, telegram = premises.newcomer(), premises.telegram
    cable = Cable(premises.environment["MONGODB_URI"])
    async with cable.laid() as uri, premises.leading_bot(MONGODB_URI=uri) as bot:
        await answered(linh, "/start")
        await telegram_fails(premises, linh)
        await threads_fails(premises, linh)
        await handlers_fail(premises, database, linh, bot)
        await mongodb_fails(linh, cable)
        await until(lambda: "bot.unavailable" in bot.log)
        assert STARS in bot.log, "nothing has tried to show a token"
    wrong = f"{telegram.token[:-4]}zzzz"
    async with premises.bot(TELEGRAM_BOT_TOKEN=wrong) as refused:
        assert await refused.process.wait() == 1
    search = Search(telegram.token, telegram.token.partition(":")[2], wrong, premises.account.token.reveal())
    await search_everything(search, premises, database, stack)
    assert search.found == []
    assert search.bytes.keys() == {"calls", "mongodb", "redis", "logs", "files"}, search.bytes
    assert settings_of(premises.environment).telegram_bot_token is not None


async def test_a_stranger_leaves_no_trace(premises: Premises, database: Database) -> None:
    """Every kind of update and message of somebody unknown: nothing is sent but their id when they ask, nothing is kept."""
    telegram, linh = premises.telegram, premises.newcomer()
    mallory = telegram.person(_STRANGER, name="Mallory", language="en", started=True)
    async with premises.leading_bot():
        await answered(linh, "/start")
        await premises.at_rest()
        before = len(telegram.calls())
        for kind, payload in every_update(mallory, "/whoami").items():
            await mallory.gets_update(kind, payload)
        for payload in [*every_update(mallory, "d_now_yes:t1:1:").values(), *every_message(mallory)]:
            await mallory.gets_update("message" if "chat" in payload else "callback_query", payload)
        await mallory.sees(str(_STRANGER))
        await answered(linh, "/whoami")
        calls = telegram.calls()[before:]
    to_them = [call.method for call in calls if str(_STRANGER) in json.dumps(call.values)]
    assert to_them == ["sendMessage"]
    assert [call.method for call in calls if call.method == "answerCallbackQuery"] == []
    for name in await database.list_collection_names():
        async for document in database[name].find({}):
            assert str(_STRANGER) not in repr(document), name
