"""A sheet of paper to draw on, measured in points; a point is two pixels."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from PIL import Image, ImageColor, ImageDraw, ImageOps

from bot.pictures.lettering import Face, drawable, runs, tile_of
from bot.pictures.palette import FAINT, INK, PAPER, TILES

SCALE: Final = 2
WIDTH: Final = 540
"""Of every picture, in points: on a phone 390 wide, type of 12 points looks like 8.7."""
MARGIN: Final = 20
SIZE_LIMIT: Final = 300_000

_SMOOTH = 4
_LEVEL = 6
_SMALLER = 0.9

Align = Literal["left", "middle", "right"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its left, top, width and height, in points."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        return self.x + self.w

    @property
    def bottom(self) -> float:
        return self.y + self.h

    def inset(self, by: float) -> Box:
        return Box(self.x + by, self.y + by, self.w - 2 * by, self.h - 2 * by)


@dataclass(frozen=True, slots=True)
class Type:
    """How letters look: their size in points, weight and colour."""

    size: float
    bold: bool = False
    colour: str = INK

    @property
    def face(self) -> Face:
        return Face(self.size * SCALE, self.bold)

    def width(self, text: str) -> float:
        return self.face.width(drawable(text)) / SCALE


class Canvas:
    """A sheet of ``WIDTH`` by ``height`` points."""

    def __init__(self, height: float, colour: str = PAPER) -> None:
        size = (WIDTH * SCALE, round(height * SCALE))
        self._image = Image.new("RGB", size, colour)
        self._photographic = False
        self._draw = ImageDraw.Draw(self._image)

    def box(self, box: Box, colour: str, radius: float = 0) -> None:
        """Fill a rectangle, with round corners of ``radius``."""
        left, top, right, bottom = _pixels(box)
        if right <= left or bottom <= top:
            return
        mask = _mask(right - left, bottom - top, round(radius * SCALE))
        self._image.paste(ImageColor.getrgb(colour), (left, top, right, bottom), mask)

    def framed(self, box: Box, edge: str, colour: str, radius: float = 0, width: float = 1) -> None:
        """Fill a rectangle and draw its edge inside of it."""
        self.box(box, edge, radius)
        self.box(box.inset(width), colour, max(0, radius - width))

    def circle(self, x: float, y: float, radius: float, colour: str) -> None:
        self.box(Box(x - radius, y - radius, 2 * radius, 2 * radius), colour, radius)

    def polygon(self, points: Sequence[tuple[float, float]], colour: str) -> None:
        self._draw.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=colour)

    def picture(self, image: Image.Image, box: Box, radius: float = 0) -> None:
        """Paste a picture that has the size of the box in pixels."""
        left, top, _, _ = _pixels(box)
        self._photographic = True
        self._image.paste(image, (left, top), _mask(*image.size, round(radius * SCALE)))

    def text(self, x: float, y: float, text: str, kind: Type, align: Align = "left") -> float:
        """Write one line with its baseline at ``y``; returns where it ends on the right."""
        line = drawable(text).replace("\n", " ")
        wide = kind.face.width(line)
        at = x * SCALE - {"left": 0.0, "middle": wide / 2, "right": wide}[align]
        end = at + wide
        for run in runs(line):
            number = tile_of(run)
            if number is not None:
                self._tile(at, y * SCALE, number, kind)
                at += kind.face.tile
            else:
                font = kind.face.font(run)
                self._draw.text((at, y * SCALE), run, fill=kind.colour, font=font, anchor="ls")
                at += font.getlength(run)
        return end / SCALE

    def fitted(self, box: Box, text: str, kind: Type, align: Align = "left") -> None:
        """Write one line into a box, cut with an ellipsis, its capitals in the middle of the height."""
        line = kind.face.fit(text, box.w * SCALE)
        x = box.x + {"left": 0.0, "middle": box.w / 2, "right": box.w}[align]
        self.text(x, box.y + box.h / 2 + kind.size * 0.365, line, kind, align)

    def png(self, height: float | None = None) -> bytes:
        """The picture, down to ``height``, as a PNG of at most ``SIZE_LIMIT`` bytes.

        It gets fewer colours, then fewer pixels, when it would be larger.
        """
        image = self._image
        if height is not None:
            image = image.crop((0, 0, image.width, round(height * SCALE)))
        if not self._photographic:
            data = _encoded(image)
            if len(data) <= SIZE_LIMIT:
                return data
        while True:
            few = image.quantize(256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
            data = b""
            if self._photographic:
                data = _encoded(image.quantize(palette=few, dither=Image.Dither.FLOYDSTEINBERG))
            if not 0 < len(data) <= SIZE_LIMIT:
                data = _encoded(few)
            if len(data) <= SIZE_LIMIT:
                return data
            image = ImageOps.scale(image, min(_SMALLER, (SIZE_LIMIT / len(data)) ** 0.5))

    def _tile(self, x: float, baseline: float, number: int, kind: Type) -> None:
        size = kind.size * 0.92
        box = Box(x / SCALE + kind.size * 0.065, baseline / SCALE - kind.size * 0.8, size, size)
        if number:
            self.box(box, TILES[number - 1], size * 0.34)
        else:
            self.framed(box, FAINT, PAPER, size * 0.24, 0.8)


def _encoded(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "PNG", compress_level=_LEVEL)
    return buffer.getvalue()


def _pixels(box: Box) -> tuple[int, int, int, int]:
    return (round(box.x * SCALE), round(box.y * SCALE), round(box.right * SCALE), round(box.bottom * SCALE))


def _mask(width: int, height: int, radius: int) -> Image.Image:
    mask = Image.new("L", (width, height), 255)
    radius = min(radius, width // 2, height // 2)
    if radius > 0:
        disc = _disc(radius)
        for x, left in ((0, 0), (radius, width - radius)):
            for y, top in ((0, 0), (radius, height - radius)):
                mask.paste(disc.crop((x, y, x + radius, y + radius)), (left, top))
    return mask


@lru_cache(maxsize=64)
def _disc(radius: int) -> Image.Image:
    """A smooth disc: drawn several times as large, then made smaller."""
    side = 2 * radius * _SMOOTH
    big = Image.new("L", (side, side), 0)
    ImageDraw.Draw(big).ellipse((0, 0, side - 1, side - 1), fill=255)
    return big.reduce(_SMOOTH)
