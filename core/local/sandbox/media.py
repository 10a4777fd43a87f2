"""Downloads the media of a container, as Meta's crawler does; there is no upload in the API."""

from __future__ import annotations

import asyncio
import mimetypes
from pathlib import Path

import aiohttp
from yarl import URL

from core.local.sandbox.errors import image_too_large, media_download
from core.local.sandbox.outbound import Outbound

IMAGE_LIMIT = 8 * 1024 * 1024
VIDEO_LIMIT = 1024 * 1024 * 1024
_IMAGES = {"image/jpeg", "image/png"}
_VIDEOS = {"video/mp4", "video/quicktime"}
_CHUNK = 1024 * 1024
_UNSAID = {"", "application/octet-stream", "binary/octet-stream"}


class DownloadError(Exception):
    """The address did not give what was asked for."""


class TooLargeError(DownloadError):
    """The file is larger than Threads allows."""


async def download_image(outbound: Outbound, url: str, target: Path) -> str:
    """Save the image at ``url`` as ``target``; its MIME type.

    Raises:
        GraphError: 1/2207052, it cannot be fetched or is no JPEG or PNG; 36000/2207004, above 8 MiB.
    """
    try:
        return await _download(outbound, url, target, _IMAGES, IMAGE_LIMIT)
    except TooLargeError as error:
        raise image_too_large() from error
    except DownloadError as error:
        raise media_download(url) from error


async def download_video(outbound: Outbound, url: str, target: Path) -> str:
    """Save the video at ``url`` as ``target``; its MIME type.

    Raises:
        DownloadError: it cannot be fetched, is no MP4 or MOV, or is larger than 1 GiB.
    """
    return await _download(outbound, url, target, _VIDEOS, VIDEO_LIMIT)


async def _download(outbound: Outbound, url: str, target: Path, kinds: set[str], limit: int) -> str:
    try:
        address = outbound.locate(url)
        if address.scheme not in {"http", "https"} or not address.host:
            raise DownloadError(f"{url} is no web address")
        async with outbound.session.get(address) as response:
            if not response.ok:
                raise DownloadError(f"{url} answered {response.status}")
            kind = _kind(response.headers.get("Content-Type", ""), address)
            if kind not in kinds:
                raise DownloadError(f"{url} is {kind or 'of no known kind'}")
            await _save(response, target, limit)
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        raise DownloadError(f"{url}: {error}") from error
    return kind


def _kind(content_type: str, address: URL) -> str:
    """Return the MIME type that the server says, or else the one that the file's name says."""
    said = content_type.partition(";")[0].strip().lower().replace("image/jpg", "image/jpeg")
    return mimetypes.guess_type(address.path)[0] or "" if said in _UNSAID else said


async def _save(response: aiohttp.ClientResponse, target: Path, limit: int) -> None:
    size = 0
    file = await asyncio.to_thread(target.open, "wb")
    try:
        async for chunk in response.content.iter_chunked(_CHUNK):
            size += len(chunk)
            if size > limit:
                raise TooLargeError(f"more than {limit} bytes")
            await asyncio.to_thread(file.write, chunk)
    finally:
        file.close()
    if size == 0:
        raise DownloadError("the file is empty")
