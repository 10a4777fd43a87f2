"""The HTTP face: /bot<token>/<method> and /file/bot<token>/<path>."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from aiohttp import web

from botapi import answering, describing, editing, sending
from botapi.calls import Call, read_call
from botapi.errors import ApiError, too_many_requests
from botapi.faults import Fault
from botapi.files import UPLOAD_LIMIT
from botapi.updates import cancelled
from botapi.wire import as_array
from botapi.world import World

Method = Callable[[World, Call], Awaitable[Any]]

METHODS: dict[str, Method] = {
    "getMe": answering.get_me,
    "getUpdates": answering.get_updates,
    "setWebhook": answering.set_webhook,
    "deleteWebhook": answering.delete_webhook,
    "getWebhookInfo": answering.get_webhook_info,
    "answerCallbackQuery": answering.answer_callback_query,
    "getFile": answering.get_file,
    "getChat": answering.get_chat,
    "leaveChat": answering.leave_chat,
    "sendMessage": sending.send_message,
    "sendPhoto": partial(sending.send_media, "photo"),
    "sendVideo": partial(sending.send_media, "video"),
    "sendDocument": partial(sending.send_media, "document"),
    "sendAnimation": partial(sending.send_media, "animation"),
    "sendMediaGroup": sending.send_media_group,
    "sendChatAction": sending.send_chat_action,
    "editMessageText": editing.edit_message_text,
    "editMessageCaption": editing.edit_message_caption,
    "editMessageReplyMarkup": editing.edit_message_reply_markup,
    "editMessageMedia": editing.edit_message_media,
    "deleteMessage": editing.delete_message,
    "deleteMessages": editing.delete_messages,
    "pinChatMessage": editing.pin_chat_message,
    "unpinChatMessage": editing.unpin_chat_message,
    "setMyCommands": describing.set_my_commands,
    "getMyCommands": describing.get_my_commands,
    "deleteMyCommands": describing.delete_my_commands,
    "setMyName": partial(describing.set_text, "name"),
    "getMyName": partial(describing.get_text, "name"),
    "setMyDescription": partial(describing.set_text, "description"),
    "getMyDescription": partial(describing.get_text, "description"),
    "setMyShortDescription": partial(describing.set_text, "short_description"),
    "getMyShortDescription": partial(describing.get_text, "short_description"),
    "setChatMenuButton": describing.set_chat_menu_button,
    "getChatMenuButton": describing.get_chat_menu_button,
}
_NAMES = {name.lower(): name for name in METHODS}
_WORLD = web.AppKey("world", World)


@asynccontextmanager
async def serving(world: World, port: int = 0) -> AsyncGenerator[str]:
    """Serve on loopback, from the running loop; the address, without a slash at its end."""
    app = web.Application(client_max_size=UPLOAD_LIMIT + 2**20)
    app[_WORLD] = world
    app.router.add_route("*", "/bot{token}/{method}", _method)
    app.router.add_get("/file/bot{token}/{path:.+}", _file)
    app.router.add_route("*", "/{rest:.*}", _nowhere)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await cancelled(world.webhook_task)
        for _, fault in world.faults:
            fault.released.set()
        world.updates.end_poll("the server stops")
        await runner.cleanup()


async def _method(request: web.Request) -> web.StreamResponse:
    world = request.app[_WORLD]
    name = request.match_info["method"]
    call = Call(_NAMES.get(name.lower(), name), begun=asyncio.get_running_loop().time())
    call.order = world.changes.happened()
    world.calls.append(call)
    try:
        response = await _answered(world, call, request)
    except ApiError as error:
        response = _refusal(error)
    call.status, call.ended = response.status, asyncio.get_running_loop().time()
    world.changes.happened()
    return response


async def _answered(world: World, call: Call, request: web.Request) -> web.StreamResponse:
    _check_token(world, request)
    await read_call(call, request)
    fault = world.next_fault(call.method)
    if fault is not None and (answer := await _misbehave(fault, request)) is not None:
        call.spoilt = True
        return answer
    if call.method not in METHODS:
        raise ApiError(404, "Not Found: method not found")
    world.limits.count(call.method, call.chat_id, _messages_in(call), call.begun)
    call.answer = {"ok": True, "result": await METHODS[call.method](world, call)}
    if fault is not None and fault.kind == "unanswered":
        return _cut(request)
    return web.json_response(call.answer)


async def _file(request: web.Request) -> web.Response:
    world = request.app[_WORLD]
    try:
        _check_token(world, request)
    except ApiError as error:
        return _refusal(error)
    file = world.files.by_path.get(request.match_info["path"])
    if file is None or world.clock.now() > file.link_until:
        return _refusal(ApiError(404, "Not Found"))
    return web.Response(body=file.data, content_type="application/octet-stream")


async def _nowhere(request: web.Request) -> web.Response:  # noqa: ARG001  # aiohttp passes it
    return _refusal(ApiError(404, "Not Found"))


async def _misbehave(fault: Fault, request: web.Request) -> web.StreamResponse | None:
    """The answer that a fault gives instead of the method's; None if the method is to be run."""
    match fault.kind:
        case "error":
            error = ApiError(fault.code, fault.description)
            if fault.code == 429:
                error = too_many_requests(int(fault.seconds))
            return _refusal(error)
        case "garbage":
            page = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"
            return web.Response(text=page, content_type="text/html", status=fault.code)
        case "dropped":
            return _cut(request)
        case "slow":
            await asyncio.sleep(fault.seconds)
        case "held":
            await fault.released.wait()
        case "unanswered":
            pass
    return None


def _cut(request: web.Request) -> web.StreamResponse:
    """Close the connection without an answer."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=499)


def _check_token(world: World, request: web.Request) -> None:
    if request.match_info["token"] != world.token:
        raise ApiError(401, "Unauthorized")


def _messages_in(call: Call) -> int:
    return len(as_array(call.json("media")) or [call])


def _refusal(error: ApiError) -> web.Response:
    answer: dict[str, Any] = {"ok": False, "error_code": error.code, "description": error.description}
    if error.parameters:
        answer["parameters"] = error.parameters
    return web.json_response(answer, status=error.code)
