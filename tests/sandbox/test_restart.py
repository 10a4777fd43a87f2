"""The sandbox as a process: what it says at the start, what a kill leaves, how fast it stops."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
from aiohttp import web
from sandbox_user import advance, arm, body, feed, log, new_user, refusal, settings, until

from core.local.sandbox import running_sandbox, serve_sandbox
from loopback import serving_app

TEXT = {"media_type": "TEXT", "text": "chào"}


@asynccontextmanager
async def process(state_dir: Path) -> AsyncGenerator[tuple[asyncio.subprocess.Process, httpx.AsyncClient]]:
    """Run ``python -m core.local.sandbox`` and wait for its line."""
    arguments = ("-m", "core.local.sandbox", "--state-dir", str(state_dir))
    started = await asyncio.create_subprocess_exec(sys.executable, *arguments, stdout=asyncio.subprocess.PIPE)
    try:
        assert started.stdout is not None
        ready = json.loads(await started.stdout.readline())
        assert ready["url"] == f"http://127.0.0.1:{ready['port']}"
        async with httpx.AsyncClient(base_url=ready["url"]) as client:
            yield started, client
    finally:
        if started.returncode is None:
            started.kill()
        await started.wait()


async def test_an_answered_publish_outlives_a_kill(tmp_path: Path) -> None:
    """After SIGKILL right behind the answer, post, log, tokens, faults, settings and clock are as before."""
    async with process(tmp_path) as (running, http):
        an = await new_user(http, "an")
        await settings(http, locale="vi", post_quota=7)
        await arm(http, "rate_limit", on="publish", text="sau", count=3)
        await advance(http, 86400)
        container_id = await an.create(**TEXT)
        published = await an.post("me/threads_publish", creation_id=container_id)
        running.kill()
        media_id = body(published)["id"]

    async with process(tmp_path) as (_, http):
        assert [post["id"] for post in await feed(http)] == [media_id]
        assert [entry["media_id"] for entry in await log(http, "threads_publish")] == [media_id]
        again = await new_user(http, "an")
        assert again == type(an)(http, an.user_id, "an", an.token)
        assert (await again.status(container_id))["status"] == "PUBLISHED"
        assert refusal(await again.post("me/threads_publish", creation_id=container_id)) == (24, 4279009)
        assert body(await http.get("/sandbox/settings"))["post_quota"] == 7
        assert body(await http.get("/sandbox/faults"))["faults"][0]["remaining"] == 3
        assert body(await http.get("/sandbox/clock"))["now"] > time.time() + 86000


async def test_sigterm_ends_it_within_a_second(tmp_path: Path) -> None:
    """Even a call that would take minutes does not hold it up."""
    async with process(tmp_path) as (running, http):
        an = await new_user(http, "an")
        container_id = await an.create(**TEXT)
        await arm(http, "slow", seconds=300)
        slow = asyncio.create_task(an.post("me/threads_publish", creation_id=container_id))

        async def has_arrived() -> bool:
            return bool(await log(http, "threads_publish"))

        await until(has_arrived)
        began = time.monotonic()
        running.send_signal(signal.SIGTERM)
        assert await running.wait() == 0
        assert time.monotonic() - began < 1.0
        assert isinstance((await asyncio.gather(slow, return_exceptions=True))[0], httpx.TransportError)

    async with process(tmp_path) as (_, http):
        (entry,) = await log(http, "threads_publish")
        assert entry["status"] is None
        assert await feed(http) == []


async def test_a_taken_port_is_one_clear_sentence(tmp_path: Path) -> None:
    """No traceback: address and reason on standard error, exit code 1."""
    async with running_sandbox(tmp_path / "first") as first:
        arguments = (
            "-m",
            "core.local.sandbox",
            "--port",
            str(first.port),
            "--state-dir",
            str(tmp_path / "second"),
        )
        second = await asyncio.create_subprocess_exec(
            sys.executable, *arguments, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE
        )
        _, errors = await second.communicate()
    assert second.returncode == 1
    assert errors.decode().startswith(f"The sandbox cannot listen on 127.0.0.1:{first.port}: ")
    assert "Traceback" not in errors.decode()


async def test_it_serves_until_it_is_cancelled(tmp_path: Path) -> None:
    """``serve_sandbox`` reports its port, and an account ``sandbox`` is there from the start."""
    ports: asyncio.Queue[int] = asyncio.Queue()
    serving = asyncio.create_task(
        serve_sandbox(host="127.0.0.1", port=0, state_dir=tmp_path, ready=ports.put_nowait)
    )
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{await ports.get()}") as http:
        names = [each["username"] for each in body(await http.get("/sandbox/accounts"))["accounts"]]
        assert names == ["sandbox"]
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)
        assert serving.cancelled()


async def test_a_download_goes_on_after_a_restart(tmp_path: Path) -> None:
    """A video that was being fetched when the sandbox stopped is fetched by the next one."""
    released, asked = asyncio.Event(), asyncio.Event()

    async def film(_: web.Request) -> web.Response:
        asked.set()
        await released.wait()
        return web.Response(body=b"film", content_type="video/mp4")

    films = web.Application()
    films.router.add_get("/film.mp4", film)
    async with serving_app(films) as films_url:
        async with running_sandbox(tmp_path) as first, httpx.AsyncClient(base_url=first.url) as http:
            an = await new_user(http, "an")
            await settings(http, processing_seconds=0)
            container_id = await an.create(media_type="VIDEO", video_url=f"{films_url}/film.mp4")
            await asked.wait()
        released.set()
        async with running_sandbox(tmp_path) as second, httpx.AsyncClient(base_url=second.url) as http:
            await (await new_user(http, "an")).finished(container_id)
