"""Sample media by name, made here: real JPEG, PNG and MP4 files, the same bytes for the same name."""

from __future__ import annotations

import colorsys
import struct
import zlib
from functools import lru_cache

from core.local.sandbox.jpeg import jpeg_gradient, luma_chroma
from core.local.sandbox.mp4 import mp4_clip

Colour = tuple[int, int, int]

_SIZES = ((640, 640), (640, 480), (640, 800), (640, 360))
_AVATAR_SIZE = (96, 96)


@lru_cache(maxsize=64)
def sample(name: str) -> tuple[bytes, str]:
    """Return the bytes and the MIME type of the sample called ``name``; its ending says which kind.

    Endings ``.mp4`` and ``.mov`` give a video of two seconds, ``.png`` a PNG, all others a JPEG.
    """
    top, bottom = _colours(name)
    ending = name.lower().rpartition(".")[2]
    if ending in {"mp4", "mov", "m4v"}:
        kind = "video/quicktime" if ending == "mov" else "video/mp4"
        return mp4_clip(*luma_chroma(*top)), kind
    width, height = _AVATAR_SIZE if name.startswith("avatar-") else _SIZES[_seed(name) % len(_SIZES)]
    if ending == "png":
        return png_gradient(width, height, top, bottom), "image/png"
    return jpeg_gradient(width, height, top, bottom), "image/jpeg"


def png_gradient(width: int, height: int, top: Colour, bottom: Colour) -> bytes:
    """Write a PNG that fades from ``top`` to ``bottom``."""
    rows = b"".join(b"\0" + bytes(mixed(top, bottom, y / height)) * width for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def mixed(top: Colour, bottom: Colour, share: float) -> Colour:
    """Return the colour that lies ``share`` (0 to 1) of the way from ``top`` to ``bottom``."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(top, bottom, strict=True))
    return red, green, blue


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _seed(name: str) -> int:
    return zlib.crc32(name.encode())


def _colours(name: str) -> tuple[Colour, Colour]:
    hue = _seed(name) % 360 / 360
    return _rgb(hue, 0.55, 0.95), _rgb((hue + 0.12) % 1.0, 0.75, 0.55)


def _rgb(hue: float, saturation: float, value: float) -> Colour:
    red, green, blue = (round(part * 255) for part in colorsys.hsv_to_rgb(hue, saturation, value))
    return red, green, blue
