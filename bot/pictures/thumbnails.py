"""Small pictures of a post's media, from bytes that may be anything."""

from __future__ import annotations

import io
from typing import Final

from PIL import Image, ImageOps

_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
_MOST_PIXELS: Final = {"JPEG": 30_000_000, "PNG": 12_000_000, "WEBP": 12_000_000, "GIF": 12_000_000}
"""A JPEG is decoded at a fraction of its size, the others whole."""
_MOST_BYTES = 10_000_000
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""By the EXIF orientation."""
_ON_ITS_SIDE = range(5, 9)
_BACKGROUND = "#FFFFFF"


def opened(data: bytes | None) -> Image.Image | None:
    """A picture whose pixels are not read yet, or None when it is none, or larger than can be shown safely."""
    if not data or len(data) > _MOST_BYTES:
        return None
    try:
        image = Image.open(io.BytesIO(data), formats=_FORMATS)
    except Exception:  # noqa: BLE001 - the decoders raise many kinds for hostile bytes; a tile is shown instead
        return None
    allowed = image.width * image.height <= _MOST_PIXELS.get(image.format or "", 0)
    return image if allowed else None


def upright_size(image: Image.Image) -> tuple[int, int]:
    """Its width and height as a person sees it."""
    return _turned(image.size, _orientation(image))


def thumbnail(image: Image.Image, size: tuple[int, int]) -> Image.Image | None:
    """The middle of the picture, upright and in RGB, filling ``size`` pixels; None when it is broken."""
    try:
        orientation = _orientation(image)
        image.draft("RGB", (max(size), max(size)))
        small = ImageOps.fit(_flat(image), _turned(size, orientation), Image.Resampling.BICUBIC)
    except Exception:  # noqa: BLE001 - as above
        return None
    turn = _TURNS.get(orientation)
    return small if turn is None else small.transpose(turn)


def _turned(size: tuple[int, int], orientation: int) -> tuple[int, int]:
    across, down = size
    return (down, across) if orientation in _ON_ITS_SIDE else (across, down)


def _flat(image: Image.Image) -> Image.Image:
    """In RGB, on white where it is transparent."""
    if not image.has_transparency_data:
        return image.convert("RGB")
    layer = image.convert("RGBA")
    flat = Image.new("RGB", image.size, _BACKGROUND)
    flat.paste(layer, mask=layer.getchannel("A"))
    return flat


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(0x0112, 1))
    except Exception:  # noqa: BLE001 - as above; a broken note of the camera turns nothing
        return 1
