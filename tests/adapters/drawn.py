"""Pictures for the tests, drawn here."""

from __future__ import annotations

import random
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

from core.domain.media_files import PICTURE_BYTES, Prepared

RED, BLUE = (200, 30, 30), (30, 30, 200)


def a_picture(size: tuple[int, int] = (640, 480), mode: str = "RGB") -> Image.Image:
    """Red above, blue below."""
    picture = Image.new("RGB", size, RED)
    ImageDraw.Draw(picture).rectangle((0, size[1] // 2, *size), fill=BLUE)
    return picture.convert(mode)


def saved(picture: Image.Image, file_format: str, **options: Any) -> bytes:
    file = BytesIO()
    picture.save(file, file_format, **options)
    return file.getvalue()


def opened(prepared: Prepared) -> Image.Image:
    """What Threads would see; decoded as a whole."""
    picture = Image.open(BytesIO(prepared.data))
    picture.load()
    assert len(prepared.data) <= PICTURE_BYTES
    assert 320 <= picture.width <= 1440
    assert picture.format == {"image/jpeg": "JPEG", "image/png": "PNG"}[prepared.content_type]
    assert prepared.suffix == {"image/jpeg": ".jpg", "image/png": ".png"}[prepared.content_type]
    return picture


def is_near(picture: Image.Image, at: tuple[int, int], colour: tuple[int, ...], by: int = 12) -> bool:
    found = picture.convert("RGB").getpixel(at)
    assert isinstance(found, tuple)
    return all(abs(a - b) <= by for a, b in zip(found, colour, strict=True))


def noise(size: tuple[int, int]) -> Image.Image:
    chance = random.Random(7)  # noqa: S311  # no secret
    return Image.frombytes("RGB", size, chance.randbytes(size[0] * size[1] * 3))
