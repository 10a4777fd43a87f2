"""The pictures and videos of a post, as a tile or a row of tiles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PIL import Image

from bot.pictures.canvas import SCALE, Box, Canvas, Type
from bot.pictures.palette import FAINT, INK, LINE, MUTED, PAPER, SHADE
from bot.pictures.phrases import Phrases
from bot.pictures.subjects import MEDIA_SHOWN, Thumbnail
from bot.pictures.thumbnails import opened, thumbnail, upright_size
from core.domain.post import MediaKind

_RADIUS = 10
_GAP = 6
_SINGLE_HEIGHT: Final = 400
_NARROWEST, _WIDEST = 0.8, 1.91
"""Threads keeps a picture's ratio, up to 4:5 and down to this."""
_LOWEST_ROW, _HIGHEST_ROW = 150, 260
_FILM: Final = "#27303B"


def gallery(canvas: Canvas, box: Box, media: Sequence[Thumbnail], words: Phrases) -> float:
    """Draw the media into the width of the box from its top; returns where they end.

    Several stand side by side, all of one height. Of more than :data:`MEDIA_SHOWN` the first are drawn, with the
    number of the others.
    """
    shown = [(item, opened(item.data)) for item in media[:MEDIA_SHOWN]]
    if not shown:
        return box.y
    ratios = [_ratio(image, alone=len(shown) == 1) for _, image in shown]
    room = box.w - _GAP * (len(shown) - 1)
    high = room / sum(ratios)
    high = min(high, _SINGLE_HEIGHT) if len(shown) == 1 else max(_LOWEST_ROW, min(high, _HIGHEST_ROW))
    narrower = min(1.0, room / (sum(ratios) * high))
    x = box.x
    for (item, image), ratio in zip(shown, ratios, strict=True):
        tile = Box(x, box.y, ratio * high * narrower, high)
        _tile(canvas, tile, item, image, words)
        x = tile.right + _GAP
    if len(media) > MEDIA_SHOWN:
        pill = Box(x - _GAP - 50, box.y + 10, 40, 24)
        canvas.box(pill, INK, 12)
        canvas.fitted(pill, f"+{len(media) - MEDIA_SHOWN}", Type(12.5, bold=True, colour=PAPER), "middle")
    return box.y + high


def _ratio(image: Image.Image | None, *, alone: bool) -> float:
    """Its width by its height as it is shown; of an unknown one that of a usual video or photo."""
    if image is None:
        return _WIDEST if alone else 1.0
    across, down = upright_size(image)
    return min(_WIDEST, max(_NARROWEST, across / down))


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
    """A tile with the kind of the file: there is no picture of it to show."""
    x, y = box.x + box.w / 2, box.y + box.h / 2 - 10
    if kind is MediaKind.VIDEO:
        canvas.box(box, _FILM, _RADIUS)
        canvas.circle(x, y, 25, PAPER)
        _play(canvas, x, y, _FILM)
    else:
        canvas.framed(box, LINE, SHADE, _RADIUS)
        canvas.framed(Box(x - 24, y - 18, 48, 36), FAINT, SHADE, 6, 2.5)
        canvas.circle(x - 10, y - 6, 4, FAINT)
        canvas.polygon(
            [(x - 20, y + 14), (x - 7, y), (x + 1, y + 8), (x + 10, y - 3), (x + 20, y + 14)], FAINT
        )
    ink = PAPER if kind is MediaKind.VIDEO else MUTED
    canvas.text(x, y + 45, words.media[kind], Type(13, colour=ink), "middle")


def _play(canvas: Canvas, x: float, y: float, colour: str) -> None:
    canvas.polygon([(x - 6, y - 9), (x - 6, y + 9), (x + 10, y)], colour)
