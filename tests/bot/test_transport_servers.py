"""What the bot itself serves: updates that Telegram delivers, and the media folder."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import aiohttp
import pytest
from bot_scene import BotScene
from echo_flow import EchoFlow

from bot.listening import listening
from bot.media_server import media_app
from bot.runner import BotProcess
from botapi.person import Person
from botapi.telegram_side import Telegram
from core.domain.access import Grant, Role
from core.domain.errors import SettingsError
from core.settings import Settings

_NO_TEXT = (
    b"POST /hook HTTP/1.1\r\nHost: x\r\nX-Telegram-Bot-Api-Secret-Token: \xff\xfe\r\nContent-Length: 2\r\n"
    b"Connection: close\r\n\r\n{}"
)
"""A request whose secret is no UTF-8."""


def free_address() -> str:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"127.0.0.1:{server.getsockname()[1]}"


@pytest.fixture
def address() -> str:
    return free_address()


@pytest.fixture
def hooked(product: BotScene, address: str) -> BotScene:
    """The product set up for a webhook. A local Bot API server takes http, which the setting does not."""
    changed = {"telegram_webhook_url": f"http://{address}/hook", "telegram_webhook_listen": address}
    core = replace(product.core, settings=product.core.settings.model_copy(update=changed))
    engine = product.engine
    engine.core = core
    return BotScene(engine, product.telegram)


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def test_updates_are_delivered_to_the_bot(hooked: BotScene, telegram: Telegram, linh: Person) -> None:
    """With a webhook nobody asks Telegram; what is delivered twice is answered once."""
    flow = EchoFlow()
    async with hooked.answering(flow.routes):
        await linh.says("one")
        await linh.sees("Said one")
        await telegram.has_delivered()
        telegram.delivers_again()
        await linh.says("two")
        await linh.sees("Said two")
    assert flow.said == ["one", "two"]
    assert telegram.calls("getUpdates") == []


async def test_back_to_polling_the_webhook_is_taken_away(
    hooked: BotScene, telegram: Telegram, linh: Person, settings: Settings
) -> None:
    """A bot without the setting asks for updates, whatever was set before."""
    async with hooked.answering(EchoFlow().routes):
        pass
    hooked.engine.core = replace(hooked.core, settings=settings)
    async with BotScene(hooked.engine, telegram).answering(EchoFlow().routes):
        await linh.says("one")
        await linh.sees("Said one")


async def test_nobody_else_delivers(
    hooked: BotScene, telegram: Telegram, linh: Person, address: str, http: aiohttp.ClientSession
) -> None:
    """Without the secret, with another one, with no update or too large a one: refused, nothing stored."""
    url = f"http://{address}/hook"
    async with hooked.answering((flow := EchoFlow()).routes):
        secret = (telegram.world.webhook and telegram.world.webhook.secret) or ""
        good = {"X-Telegram-Bot-Api-Secret-Token": secret}
        message = {
            "message_id": 1,
            "date": 1,
            "text": "forged",
            "chat": linh.chat.as_json(),
            "from": linh.user,
        }
        update = {"update_id": 1, "message": message}
        assert len(secret) >= 32
        for headers in ({}, {"X-Telegram-Bot-Api-Secret-Token": "guess"}):
            async with http.post(url, json=update, headers=headers) as answer:
                assert answer.status == 403
        for body in (b"", b"[]", b"{", b"\xff"):
            async with http.post(url, data=body, headers=good) as answer:
                assert answer.status == 400
        async with http.post(url, data=BytesIO(b"x" * 1_100_000), headers=good) as answer:
            assert answer.status == 413
        async with http.get(url) as answer:
            assert answer.status == 405
        assert b" 403 " in (await _asked(int(address.partition(":")[2]), _NO_TEXT)).split(b"\r\n")[0]
        await linh.says("mine")
        await linh.sees("Said mine")
    assert flow.said == ["mine"]


async def test_what_two_connections_bring_keeps_its_order(
    hooked: BotScene, telegram: Telegram, linh: Person, stranger: Person, address: str
) -> None:
    """A word right after the tap on an invitation is that of somebody who was let in."""
    async with hooked.answering((flow := EchoFlow()).routes), aiohttp.ClientSession() as http:
        owner = await hooked.core.people.admit(str(linh.id), name="Linh")
        assert owner is not None
        _, token = await hooked.core.people.invite(Grant(Role.EDITOR), by=owner)
        secret = (telegram.world.webhook and telegram.world.webhook.secret) or ""

        async def delivers(number: int, text: str) -> int:
            said = {"message_id": number, "date": 1, "chat": stranger.chat.as_json(), "from": stranger.user}
            entities = [{"type": "bot_command", "offset": 0, "length": 6}] if text.startswith("/") else []
            update = {"update_id": number, "message": {**said, "text": text, "entities": entities}}
            headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
            async with http.post(f"http://{address}/hook", json=update, headers=headers) as answer:
                return answer.status

        assert await asyncio.gather(delivers(1, f"/start {token}"), delivers(2, "one")) == [200, 200]
        await stranger.sees("Said one")
    assert flow.said == ["one"]


async def test_a_bot_that_stands_by_takes_no_update(
    hooked: BotScene, telegram: Telegram, linh: Person, http: aiohttp.ClientSession
) -> None:
    """Two bots with the same settings run on one machine: the one that leads has the ports, then the other."""
    where, folder = free_address(), hooked.core.settings.data_dir / "media"
    folder.mkdir()
    (folder / "photo.jpg").write_bytes(b"0123")
    changed = {"media_listen": where, "media_folder": folder}
    hooked.engine.core = replace(hooked.core, settings=hooked.core.settings.model_copy(update=changed))
    first, second, finish = EchoFlow(), EchoFlow(), asyncio.Event()
    standby = BotProcess(hooked.core, routes=second.routes, duties=(), vigils=())
    async with hooked.answering(first.routes):
        running = asyncio.create_task(standby.run(finish))
        await linh.waits_for(lambda: len(telegram.calls("getMe")) == 2)
        await linh.says("one")
        await linh.sees("Said one")
        assert not standby.leads.is_set()
        assert not running.done()
    async with asyncio.timeout(10):
        await standby.leads.wait()
    await linh.says("two")
    await linh.sees("Said two")
    async with http.get(f"http://{where}/photo.jpg") as answer:
        assert await answer.read() == b"0123"
    finish.set()
    await running
    assert (first.said, second.said) == (["one"], ["two"])


async def test_a_port_that_is_taken_is_one_sentence(tmp_path: Path) -> None:
    """The bot says which setting to change."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        where = f"127.0.0.1:{server.getsockname()[1]}"
        with pytest.raises(SettingsError, match=f"cannot listen at {where}.*set MEDIA_LISTEN"):
            async with listening(media_app(tmp_path), where, "MEDIA_LISTEN"):
                pass


async def test_media_are_served_and_nothing_else(tmp_path: Path, http: aiohttp.ClientSession) -> None:
    """A file of the folder by its name, whole or in part; no list, no way out, no way to write."""
    folder = tmp_path / "media"
    (folder / "inner").mkdir(parents=True)
    (folder / "inner" / "deep.jpg").write_bytes(b"deep")
    (folder / "photo-1.jpg").write_bytes(b"0123456789")
    (folder / ".hidden").write_bytes(b"hidden")
    (tmp_path / "secret.txt").write_bytes(b"secret")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    app = media_app(folder, "https://media.example.com/threads/")
    async with listening(app, "127.0.0.1:0", "MEDIA_LISTEN") as port:
        url = f"http://127.0.0.1:{port}"
        async with http.get(f"{url}/threads/photo-1.jpg") as answer:
            assert (answer.status, await answer.read()) == (200, b"0123456789")
        async with http.get(f"{url}/photo-1.jpg") as answer:
            assert (answer.status, answer.content_type, await answer.read()) == (
                200,
                "image/jpeg",
                b"0123456789",
            )
        async with http.get(f"{url}/photo-1.jpg", headers={"Range": "bytes=2-4"}) as answer:
            assert (answer.status, await answer.read()) == (206, b"234")
        async with http.head(f"{url}/photo-1.jpg") as answer:
            assert answer.headers["Content-Length"] == "10"
        for path in ("", "inner", "inner/deep.jpg", ".hidden", "link.txt", "none.jpg", "..", "a%00b"):
            async with http.get(f"{url}/{path}") as answer:
                assert answer.status == 404, path
        for path in ("/../secret.txt", "/..%2fsecret.txt", "/%2e%2e/secret.txt", "//etc/passwd"):
            assert b"404" in (await _raw(port, path)).split(b"\r\n")[0], path
        async with http.put(f"{url}/photo-1.jpg", data=b"x") as answer:
            assert answer.status == 405


async def _raw(port: int, path: str) -> bytes:
    """The answer to a path that no client would leave as it is."""
    return await _asked(port, f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())


async def _asked(port: int, request: bytes) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request)
    answer = await reader.read()
    writer.close()
    return answer
