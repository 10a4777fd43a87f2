"""The pictures and videos of a post, as a tile or a row of tiles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PIL import Image

from bot.pictures.canvas import SCALE, Box, Canvas, Type
from bot.pictures.palette import FAINT, INK, LINE, MUTED, PAPER, SHADE
from bot.pictures.phrases import Phrases
from bot.pictures.subjects import Thumbnail
from bot.pictures.thumbnails import opened, thumbnail, upright_size
from core.domain.post import MediaKind

_RADIUS = 10
_GAP = 6
_SINGLE_HEIGHT: Final = 380
_NARROWEST, _WIDEST = 0.75, 1.91
_ROW_HEIGHT = {2: 250, 3: 188}
_MOST = 3


def gallery(canvas: Canvas, box: Box, media: Sequence[Thumbnail], words: Phrases) -> float:
    """Draw the media into the width of the box from its top; returns where they end.

    Of more than three the first three are drawn, with the number of the others.
    """
    shown = [(item, opened(item.data)) for item in media[:_MOST]]
    if not shown:
        return box.y
    if len(shown) == 1:
        return _single(canvas, box, *shown[0], words)
    high = _ROW_HEIGHT[len(shown)]
    wide = (box.w - _GAP * (len(shown) - 1)) / len(shown)
    for place, (item, image) in enumerate(shown):
        _tile(canvas, Box(box.x + place * (wide + _GAP), box.y, wide, high), item, image, words)
    if len(media) > _MOST:
        pill = Box(box.right - 50, box.y + 10, 40, 24)
        canvas.box(pill, INK, 12)
        canvas.fitted(pill, f"+{len(media) - _MOST}", Type(12.5, bold=True, colour=PAPER), "middle")
    return box.y + high


def _single(canvas: Canvas, box: Box, item: Thumbnail, image: Image.Image | None, words: Phrases) -> float:
    if image is None:
        high = box.w / _WIDEST
        _tile(canvas, Box(box.x, box.y, box.w, high), item, None, words)
        return box.y + high
    across, down = upright_size(image)
    shape = min(_WIDEST, max(_NARROWEST, across / down))
    wide = min(box.w, _SINGLE_HEIGHT * shape)
    _tile(canvas, Box(box.x, box.y, wide, wide / shape), item, image, words)
    return box.y + wide / shape


def _tile(canvas: Canvas, box: Box, item: Thumbnail, image: Image.Image | None, words: Phrases) -> None:
    small = image and thumbnail(image, (round(box.w * SCALE), round(box.h * SCALE)))
    if small is None:
        _blank(canvas, box, item.kind, words)
        return
    canvas.picture(small, box, _RADIUS)
    if item.kind is MediaKind.VIDEO:
        x, y = box.x + box.w / 2, box.y + box.h / 2
        canvas.circle(x, y, 25, PAPER)
        canvas.circle(x, y, 23, INK)
        _play(canvas, x, y, PAPER)


def _blank(canvas: Canvas, box: Box, kind: MediaKind, words: Phrases) -> None:
    """A neutral tile with the kind of the file: there is no picture of it to show."""
    canvas.framed(box, LINE, SHADE, _RADIUS)
    x, y = box.x + box.w / 2, box.y + box.h / 2 - 10
    if kind is MediaKind.VIDEO:
        canvas.circle(x, y, 20, FAINT)
        _play(canvas, x, y, SHADE)
    else:
        canvas.framed(Box(x - 24, y - 18, 48, 36), FAINT, SHADE, 6, 2.5)
        canvas.circle(x - 10, y - 6, 4, FAINT)
        canvas.polygon(
            [(x - 20, y + 14), (x - 7, y), (x + 1, y + 8), (x + 10, y - 3), (x + 20, y + 14)], FAINT
        )
    canvas.text(x, y + 40, words.media[kind], Type(13, colour=MUTED), "middle")


def _play(canvas: Canvas, x: float, y: float, colour: str) -> None:
    canvas.polygon([(x - 6, y - 9), (x - 6, y + 9), (x + 10, y)], colour)
