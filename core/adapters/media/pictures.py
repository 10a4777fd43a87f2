"""Pictures, made as Threads takes them."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from core.domain.media_files import Prepared

_ONE: Final = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pictures")
"""One at a time, as each may take some 400 MB."""


async def prepare(data: bytes) -> Prepared:
    """Implements :data:`core.ports.media.PreparePicture`, in a thread of its own.

    A JPEG or PNG that fits and tells nothing about its maker is kept byte for byte. Of anything else
    there comes a new JPEG or PNG in sRGB, upright, scaled into the range of widths, without place,
    camera or author. Raises RefusedError for a picture that is broken, too large or too long.
    """
    return await asyncio.get_running_loop().run_in_executor(_ONE, _prepare, data)


def _prepare(data: bytes) -> Prepared:
    from core.adapters.media import conversion  # noqa: PLC0415  # Pillow costs every command its import

    return conversion.prepare(data)
