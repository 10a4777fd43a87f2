"""Serves the media folder read-only, so that Threads can download what people sent."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from aiohttp import web

_NAME: Final = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}")


def media_app(folder: Path, public_url: str = "") -> web.Application:
    """``GET /NAME`` for the files right in the folder; no list, no folder, nothing hidden, no link out.

    The same under the path of ``public_url``, for a proxy that hands on the whole path.
    """

    async def file(request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        path = folder / name
        if not _NAME.fullmatch(name) or path.is_symlink() or not path.is_file():
            raise web.HTTPNotFound
        return web.FileResponse(path, headers={"X-Content-Type-Options": "nosniff"})

    app = web.Application()
    for path in {"", urlsplit(public_url).path.rstrip("/")}:
        app.router.add_get(f"{path}/{{name}}", file)
    return app
