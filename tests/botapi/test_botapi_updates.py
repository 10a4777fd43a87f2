"""How updates reach the bot: polling, webhooks, conflicts, repetition, order."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import httpx
import pytest
from aiohttp import web
from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, TelegramError

from botapi.every_update import every_message, every_update
from botapi.person import Person
from botapi.refusals import refused
from botapi.telegram_side import Telegram
from botapi.updates import KINDS
from loopback import serving_app


def texts(updates: tuple[Update, ...]) -> list[str]:
    return [update.message.text or "" for update in updates if update.message]


async def test_updates_stay_until_a_higher_offset(bot: Bot, linh: Person) -> None:
    """What is not confirmed comes again; what is confirmed never does."""
    for text in ("one", "two", "three"):
        await linh.says(text)
    first = await bot.get_updates()
    assert texts(first) == texts(await bot.get_updates(offset=first[0].update_id)) == ["one", "two", "three"]
    assert texts(await bot.get_updates(limit=1)) == ["one"]
    assert texts(await bot.get_updates(offset=first[1].update_id)) == ["two", "three"]
    assert texts(await bot.get_updates(offset=-1)) == ["three"]
    assert await bot.get_updates(offset=first[2].update_id + 1) == ()
    assert await bot.get_updates() == ()


async def test_a_long_poll_ends_with_the_first_update(telegram: Telegram, bot: Bot, linh: Person) -> None:
    """A poll with a timeout waits, and returns as soon as something is said."""
    poll = asyncio.create_task(bot.get_updates(timeout=30))
    await telegram.is_polled()
    await linh.says("hi")
    assert texts(await poll) == ["hi"]


async def test_a_second_poll_ends_the_first(telegram: Telegram, bot: Bot, linh: Person) -> None:
    """Of two pollers the one that waits gets 409, as from Telegram; the new one goes on."""
    poll = asyncio.create_task(bot.get_updates(timeout=30))
    await telegram.is_polled()
    async with Bot(telegram.token, telegram.base_url) as rival:
        second = asyncio.create_task(rival.get_updates(timeout=30))
        with refused(
            "terminated by other getUpdates request; make sure that only one bot instance", Conflict
        ):
            await poll
        await linh.says("hi")
        assert texts(await second) == ["hi"]


async def test_only_what_is_asked_for_is_sent(bot: Bot, linh: Person) -> None:
    """allowed_updates narrows what comes, an empty list is the default again."""
    await bot.get_updates(allowed_updates=["callback_query"])
    await linh.says("unheard")
    await linh.taps_raw("x", None)
    (update,) = await bot.get_updates(allowed_updates=[])
    assert update.callback_query is not None
    await linh.says("heard")
    assert texts(await bot.get_updates()) == ["heard"]


async def test_confirmed_updates_may_come_twice(telegram: Telegram, bot: Bot, linh: Person) -> None:
    """On demand Telegram repeats what was confirmed, and only that, with the same id."""
    await linh.says("confirmed")
    await linh.says("waiting")
    first, second = await bot.get_updates()
    assert texts(await bot.get_updates(offset=second.update_id)) == ["waiting"]
    telegram.delivers_again(5)
    again = await bot.get_updates(offset=second.update_id)
    assert [update.update_id for update in again] == [first.update_id, second.update_id]
    assert texts(await bot.get_updates(offset=second.update_id)) == ["waiting"]


async def test_updates_may_come_out_of_order(telegram: Telegram, bot: Bot, linh: Person) -> None:
    """On demand a later message overtakes an earlier one."""
    with telegram.out_of_order():
        await linh.says("one")
        await linh.says("two")
    assert texts(await bot.get_updates()) == ["two", "one"]


async def test_a_stranger_can_send_everything(bot: Bot, linh: Person) -> None:
    """There is an update of every kind that the library knows, each with its author."""
    payloads = every_update(linh)
    for kind, payload in payloads.items():
        await linh.gets_update(kind, payload)
    updates = await bot.get_updates()
    assert [kind for update in updates for kind in KINDS if getattr(update, kind)] == list(payloads)
    assert not any(update.api_kwargs for update in updates)
    authors = {update.effective_user.id for update in updates if update.effective_user}
    assert authors <= {linh.id, bot.id}
    assert len([update for update in updates if update.effective_user is None]) < 8
    for message in every_message(linh):
        await linh.gets_update("message", message)
    assert len(await bot.get_updates(offset=updates[-1].update_id + 1)) == len(every_message(linh))


async def test_a_wrong_token_is_unauthorized(telegram: Telegram) -> None:
    """The token must be this bot's, for methods and for files."""
    async with httpx.AsyncClient(base_url=telegram.url) as http:
        for address in ("/bot1:wrong/getMe", "/file/bot1:wrong/documents/file_0.txt"):
            answer = await http.get(address)
            assert answer.status_code == 401
            assert answer.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}
    with pytest.raises(InvalidToken):
        async with Bot("1:wrong", telegram.base_url):
            pass


async def test_every_way_to_pass_parameters_works(telegram: Telegram, linh: Person) -> None:
    """Query, form, multipart and JSON mean the same; unknown methods and paths are 404."""
    async with httpx.AsyncClient(base_url=f"{telegram.url}/bot{telegram.token}/") as http:
        said: dict[str, str | int] = {"chat_id": linh.id, "text": "hi"}
        answers = [
            await http.get("sendmessage", params=said),
            await http.post("sendMessage", data=said),
            await http.post("SENDMESSAGE", json=said),
            await http.post("sendMessage", data=said, files={"other": b"x"}),
        ]
        assert [answer.status_code for answer in answers] == [200] * 4
        lost = await http.get("sendSmoke")
        assert (lost.status_code, lost.json()["description"]) == (404, "Not Found: method not found")
        assert (await http.get(telegram.url + "/elsewhere")).status_code == 404
    assert [message.text for message in linh.messages] == ["hi"] * 4
    assert [call.method for call in telegram.calls()] == ["sendMessage"] * 4 + ["sendSmoke"]


@asynccontextmanager
async def webhook_peer(statuses: list[int], got: list[tuple[int, str]]) -> AsyncGenerator[str]:
    """Somebody who takes updates, with these statuses first."""

    async def take(request: web.Request) -> web.Response:
        update = await request.json()
        got.append((update["update_id"], request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")))
        return web.Response(status=statuses.pop(0) if statuses else 200)

    app = web.Application()
    app.router.add_post("/hook", take)
    async with serving_app(app) as url:
        yield f"{url}/hook"


async def test_a_webhook_gets_each_update_until_it_takes_it(
    telegram: Telegram, bot: Bot, linh: Person
) -> None:
    """Updates are posted in order with the secret, again after a failure; polling is refused meanwhile."""
    got: list[tuple[int, str]] = []
    async with webhook_peer([500, 503], got) as url:
        await bot.set_webhook(url, secret_token="s3cret")
        with refused("can't use getUpdates method while webhook is active", Conflict):
            await bot.get_updates()
        await linh.says("one")
        await linh.says("two")
        await telegram.has_delivered()
        first = got[0][0]
        assert got == [(first, "s3cret")] * 3 + [(first + 1, "s3cret")]
        info = await bot.get_webhook_info()
        assert (info.url, info.pending_update_count) == (url, 0)
        assert info.last_error_message == "Wrong response from the webhook: 503 Service Unavailable"
        await bot.delete_webhook()
    assert await bot.get_updates() == ()


async def test_a_webhook_ends_a_poll(telegram: Telegram, bot: Bot) -> None:
    """SetWebhook terminates the poll that waits; its address is HTTPS, or on this machine."""
    poll = asyncio.create_task(bot.get_updates(timeout=30))
    await telegram.is_polled()
    async with webhook_peer([], []) as url:
        await bot.set_webhook(url)
        with refused("terminated by setWebhook request", Conflict):
            await poll
        await bot.delete_webhook(drop_pending_updates=True)
    with refused("An HTTPS URL must be provided for webhook", TelegramError):
        await bot.set_webhook("http://bot.example.com/hook")
    with refused("secret token contains unallowed characters", TelegramError):
        await bot.set_webhook("https://bot.example.com/hook", secret_token="a b")
