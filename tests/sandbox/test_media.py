"""What is downloaded for a container, and what is not taken."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from sandbox_user import SandboxUser, body, refusal

from core.local.sandbox.samples import sample
from loopback import serving_app

FILES = {
    "unsaid.png": (sample("x.png")[0], "application/octet-stream"),
    "query.jpg": (sample("x.jpg")[0], "image/jpg; charset=binary"),
    "page.jpg": (b"<html>", "text/html"),
    "picture.webp": (b"RIFF", "image/webp"),
    "empty.jpg": (b"", "image/jpeg"),
    "large.jpg": (bytes(8 * 1024 * 1024 + 1), "image/jpeg"),
    "largest.jpg": (bytes(8 * 1024 * 1024), "image/jpeg"),
    "film.mov": (b"film", "binary/octet-stream"),
    "film.webm": (b"film", "video/webm"),
}


@pytest.fixture
async def host() -> AsyncIterator[str]:
    """A web server with good and bad files; the address of its folder."""

    async def file(request: web.Request) -> web.Response:
        content, kind = FILES[request.match_info["name"]]
        return web.Response(body=content, headers={"Content-Type": kind})

    application = web.Application()
    application.router.add_get("/{name}", file)
    async with serving_app(application) as url:
        yield url


@pytest.mark.parametrize("name", ["unsaid.png", "query.jpg?size=large", "largest.jpg"])
async def test_an_image_is_taken(an: SandboxUser, host: str, name: str) -> None:
    """JPEG and PNG up to 8 MiB; where the server says no kind, the file's name does."""
    assert await an.create(media_type="IMAGE", image_url=f"{host}/{name}")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("page.jpg", (1, 2207052)),
        ("picture.webp", (1, 2207052)),
        ("empty.jpg", (1, 2207052)),
        ("large.jpg", (36000, 2207004)),
    ],
)
async def test_an_image_is_refused(an: SandboxUser, host: str, name: str, code: tuple[int, int]) -> None:
    """Other kinds, nothing, and more than 8 MiB; no container is made."""
    response = await an.post("me/threads", media_type="IMAGE", image_url=f"{host}/{name}")
    assert refusal(response) == code


@pytest.mark.parametrize(("name", "status"), [("film.mov", "FINISHED"), ("film.webm", "ERROR")])
async def test_a_video_is_mp4_or_mov(an: SandboxUser, host: str, name: str, status: str) -> None:
    """Anything else ends in ERROR."""
    body(await an.http.post("/sandbox/settings", json={"processing_seconds": 0}))
    container_id = await an.create(media_type="VIDEO", video_url=f"{host}/{name}")
    while (now := (await an.status(container_id))["status"]) == "IN_PROGRESS":
        pass
    assert now == status
