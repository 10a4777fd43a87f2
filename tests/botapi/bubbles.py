"""The parts of a message on a screen: text, picture, clip, file, and the buttons below."""

from __future__ import annotations

import io
import itertools
from dataclasses import dataclass
from typing import Protocol

from PIL import Image, ImageDraw, ImageOps

from botapi.files import Media
from botapi.html_writer import Run, runs
from botapi.messages import Message
from botapi.rich_text import RichText
from botapi.typesetting import INK, LINE, LINK, Line, Look, cut, draw_line, lines_of, look_of, width_of

PADDING = 22
QUOTE = 24
_BLOCKS = {"blockquote", "expandable_blockquote", "pre"}
_FAINT = Look(size=24, colour="#7d8b99")
_TALLEST = 720


class Part(Protocol):
    """Something in a bubble, drawn with its top left corner at a place."""

    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...
    def draw(self, canvas: Image.Image, x: int, y: int, width: int) -> None:
        """Draw it; ``width`` is what the bubble offers."""
        ...


@dataclass(frozen=True, slots=True)
class TextPart:
    """Lines of text; a quotation has a bar at its left, a program a box around it."""

    lines: list[Line]
    block: str = ""

    @property
    def width(self) -> int:
        return max(map(width_of, self.lines)) + (QUOTE + 10 if self.block else 0)

    @property
    def height(self) -> int:
        return len(self.lines) * LINE + (16 if self.block else 0)

    def draw(self, canvas: Image.Image, x: int, y: int, width: int) -> None:
        if self.block:
            draw = ImageDraw.Draw(canvas)
            box = (x, y + 2, x + width, y + self.height - 2)
            draw.rounded_rectangle(box, 8, "#eef1f4" if self.block == "pre" else "#e7f1fb")
            if self.block != "pre":
                draw.rounded_rectangle((x, y + 2, x + 6, y + self.height - 2), 3, LINK)
            x, y = x + QUOTE, y + 6
        for number, line in enumerate(self.lines):
            draw_line(canvas, line, x, y + number * LINE)


@dataclass(frozen=True, slots=True)
class PicturePart:
    """A photo in the width of the bubble."""

    picture: Image.Image
    play: str = ""

    @property
    def width(self) -> int:
        return self.picture.width

    @property
    def height(self) -> int:
        return self.picture.height + 8

    def draw(self, canvas: Image.Image, x: int, y: int, width: int) -> None:
        mask = Image.new("L", self.picture.size)
        ImageDraw.Draw(mask).rounded_rectangle((0, 0, self.width - 1, self.picture.height - 1), 14, 255)
        left = x + (width - self.width) // 2
        canvas.paste(self.picture, (left, y), mask)
        if self.play:
            draw = ImageDraw.Draw(canvas)
            middle = (left + self.width // 2, y + self.picture.height // 2)
            draw.circle(middle, 44, "#ffffff")
            points = [(middle[0] - 14, middle[1] - 22), (middle[0] - 14, middle[1] + 22)]
            draw.polygon([*points, (middle[0] + 24, middle[1])], "#3390ec")
            draw_line(canvas, cut(self.play, Look(size=22, colour="white"), 200), left + 16, y + 12)


@dataclass(frozen=True, slots=True)
class FilePart:
    """A document: an icon, its name and its size."""

    name: str
    size: int
    room: int

    @property
    def width(self) -> int:
        return min(self.room, 110 + max(width_of(self._title), width_of(self._size)))

    @property
    def height(self) -> int:
        return 104

    @property
    def _title(self) -> Line:
        return cut(self.name, Look(size=28, bold=True, colour=INK), self.room - 110)

    @property
    def _size(self) -> Line:
        size = f"{self.size / 2**20:.1f} MB" if self.size >= 2**20 else f"{self.size / 1024:.1f} KB"
        return cut(f"{size} · {self.name.rpartition('.')[2].upper()}", _FAINT, self.room - 110)

    def draw(self, canvas: Image.Image, x: int, y: int, width: int) -> None:  # noqa: ARG002  # see Part
        draw = ImageDraw.Draw(canvas)
        draw.circle((x + 44, y + 46), 42, "#3390ec")
        draw.line((x + 44, y + 26, x + 44, y + 62), "white", 6)
        draw.line((x + 28, y + 48, x + 44, y + 64, x + 60, y + 48), "white", 6, "curve")
        draw_line(canvas, self._title, x + 106, y + 10)
        draw_line(canvas, self._size, x + 106, y + 52)


@dataclass(frozen=True, slots=True)
class ReplyPart:
    """The message that is answered, in one line."""

    line: Line

    @property
    def width(self) -> int:
        return width_of(self.line) + QUOTE + 10

    @property
    def height(self) -> int:
        return 54

    def draw(self, canvas: Image.Image, x: int, y: int, width: int) -> None:
        draw = ImageDraw.Draw(canvas)
        draw.rounded_rectangle((x, y, x + width, y + 44), 8, "#e7f1fb")
        draw.rounded_rectangle((x, y, x + 6, y + 44), 3, LINK)
        draw_line(canvas, self.line, x + QUOTE, y + 6)


def parts_of(message: Message, room: int) -> list[Part]:
    """What a message shows, from top to bottom, in at most this width."""
    parts: list[Part] = []
    if message.reply_to is not None:
        parts.append(
            ReplyPart(cut(_summary(message.reply_to), Look(size=26, colour=LINK), room - QUOTE - 10))
        )
    if message.media is not None:
        parts.append(_media_part(message.media, room))
    if message.text:
        parts += _text_parts(message.body, room)
    return parts


def _summary(message: Message) -> str:
    return message.text or message.file_name or (message.media.kind if message.media else "")


def _media_part(media: Media, room: int) -> Part:
    if media.kind == "photo":
        with Image.open(io.BytesIO(media.file.data)) as opened:
            picture = opened.convert("RGB")
        return PicturePart(ImageOps.contain(picture, (room, _TALLEST)))
    if media.kind in {"video", "animation"}:
        length = f"{media.duration // 60}:{media.duration % 60:02}"
        return PicturePart(Image.new("RGB", (min(room, 380), 460), "#46525e"), play=length)
    return FilePart(media.name or media.kind, len(media.file.data), room)


def _text_parts(body: RichText, room: int) -> list[Part]:
    parts: list[Part] = []
    for block, group in itertools.groupby(runs(body), key=_block):
        inner = room - (QUOTE + 10 if block else 0)
        looks = [(run.text, look_of(run, Look())) for run in group]
        lines = lines_of(looks, inner)
        if parts and not block and not lines[0]:
            lines = lines[1:]
        if lines and not lines[-1]:
            lines = lines[:-1]
        if lines:
            parts.append(TextPart(lines, block))
    return parts


def _block(run: Run) -> str:
    return next((kind for kind in sorted(run.kinds & _BLOCKS)), "")
