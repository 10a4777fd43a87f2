"""getMe, getUpdates, webhooks, answerCallbackQuery, getFile, getChat, leaveChat."""

from __future__ import annotations

import asyncio
import re
from urllib.parse import urlsplit

import aiohttp

from botapi.calls import Call
from botapi.errors import bad_request, conflict
from botapi.files import DOWNLOAD_LIMIT, LINK_LIFETIME
from botapi.links import link_problem
from botapi.rich_text import cleaned_text
from botapi.updates import cancelled, read_kinds
from botapi.wire import Json
from botapi.world import QUERY_LIFETIME, Answer, Webhook, World

ALERT_LIMIT = 200
POLL_LIMIT = 50
_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


async def get_me(world: World, call: Call) -> Json:  # noqa: ARG001  # the shape of every method
    return world.bot | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


async def get_updates(world: World, call: Call) -> list[Json]:
    if world.webhook is not None:
        raise conflict(_ACTIVE)
    world.updates.allow(read_kinds(call.json("allowed_updates")))
    world.updates.confirm(call.number("offset"))
    limit = min(max(call.number("limit", 100), 1), 100)
    return await world.updates.poll(limit, min(call.number("timeout"), POLL_LIMIT))


async def set_webhook(world: World, call: Call) -> bool:
    """HTTPS, or as with a local Bot API server, HTTP on this machine."""
    url = call.text("url")
    if not url:
        return await delete_webhook(world, call)
    parts = urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in {"127.0.0.1", "localhost", "::1"}:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    secret = call.text("secret_token")
    if not re.fullmatch("[A-Za-z0-9_-]{0,256}", secret):
        raise bad_request("secret token contains unallowed characters")
    connections = call.number("max_connections", 40)
    if not 1 <= connections <= 100:
        raise bad_request("max_connections must be between 1 and 100")
    await _stop_webhook(world, call)
    world.updates.allow(read_kinds(call.json("allowed_updates")))
    world.updates.end_poll("terminated by setWebhook request")
    world.webhook = Webhook(url, secret, connections)
    world.webhook_task = asyncio.create_task(_deliver(world, world.webhook))
    return True


async def delete_webhook(world: World, call: Call) -> bool:
    await _stop_webhook(world, call)
    return True


async def get_webhook_info(world: World, call: Call) -> Json:  # noqa: ARG001  # the shape of every method
    webhook = world.webhook or Webhook("")
    info: Json = {
        "url": webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates.pending),
        "allowed_updates": sorted(world.updates.allowed),
    }
    if webhook.url:
        info |= {"max_connections": webhook.max_connections, "ip_address": "127.0.0.1"}
    if webhook.last_error:
        info |= {"last_error_date": webhook.last_error_at, "last_error_message": webhook.last_error}
    return info


async def answer_callback_query(world: World, call: Call) -> bool:
    """Once per query, within 15 seconds."""
    query = world.queries.get(call.text("callback_query_id"))
    if query is None or query.answer is not None or world.clock.now() - query.sent_at > QUERY_LIFETIME:
        raise bad_request(_TOO_OLD)
    text, url = cleaned_text(call.text("text")), call.text("url")
    if len(text) > ALERT_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    if url and link_problem(url):
        raise bad_request("URL_INVALID")
    seconds = asyncio.get_running_loop().time() - query.begun
    query.answer = Answer(text, call.flag("show_alert"), url, seconds)
    world.changes.happened()
    return True


async def get_file(world: World, call: Call) -> Json:
    """A link for an hour, to at most 20 MB."""
    if not call.text("file_id"):
        raise bad_request("file_id not specified")
    file = world.files.by_id.get(call.text("file_id"))
    if file is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(file.data) > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    file.link_until = world.clock.now() + LINK_LIFETIME
    return file.as_json(with_path=True)


async def get_chat(world: World, call: Call) -> Json:
    gifts = dict.fromkeys(
        (
            "unlimited_gifts",
            "limited_gifts",
            "unique_gifts",
            "premium_subscription",
            "gifts_from_channels",
        ),
        False,
    )
    chat = world.chat(call.text("chat_id"))
    return chat.as_json() | {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}


async def leave_chat(world: World, call: Call) -> bool:
    chat = world.open_chat(call.text("chat_id"))
    if chat.type == "private":
        raise bad_request("chat member status can't be changed in private chats")
    chat.kicked = True
    world.changes.happened()
    return True


async def _stop_webhook(world: World, call: Call) -> None:
    task, world.webhook_task, world.webhook = world.webhook_task, None, None
    await cancelled(task)
    if call.flag("drop_pending_updates"):
        world.updates.pending.clear()


async def _deliver(world: World, webhook: Webhook) -> None:
    """One update after the other, each until the answer is 2xx."""
    headers = {"X-Telegram-Bot-Api-Secret-Token": webhook.secret} if webhook.secret else {}
    async with aiohttp.ClientSession(headers=headers) as session:
        while True:
            await world.changes.until(lambda: world.updates.waiting or None, 3600)
            for update in world.updates.batch(100):
                await _deliver_one(world, webhook, session, update)


async def _deliver_one(world: World, webhook: Webhook, session: aiohttp.ClientSession, update: Json) -> None:
    pause = 0.01
    while True:
        try:
            async with session.post(webhook.url, json=update) as answer:
                if answer.ok:
                    return world.updates.confirm(update["update_id"] + 1)
                problem = f"Wrong response from the webhook: {answer.status} {answer.reason}"
        except aiohttp.ClientError as error:
            problem = f"Connection failed: {type(error).__name__}"
        webhook.last_error, webhook.last_error_at = problem, world.now()
        world.changes.happened()
        await asyncio.sleep(pause)
        pause = min(pause * 2, 1)
