"""A transcript as a phone shows it: 390 points wide, two pixels to a point."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone, tzinfo
from pathlib import Path

from PIL import Image, ImageDraw

from botapi.bubbles import PADDING, FilePart, Part, TextPart, parts_of
from botapi.messages import Message
from botapi.transcript import Transcript
from botapi.typesetting import LINE, Line, Look, cut, draw_line, width_of

WIDTH = 780
HANOI = timezone(timedelta(hours=7))
_MARGIN, _GAP, _BUTTON, _HEADER = 20, 14, 76, 128
_PAPER, _OWN, _OTHER = "#d3e0ea", "#e3f8d0", "#ffffff"
_BUTTON_COLOURS = {
    "": ("#ffffff", "#1f7ad6"),
    "primary": ("#3390ec", "#ffffff"),
    "success": ("#34a853", "#ffffff"),
    "danger": ("#e5484d", "#ffffff"),
}
_ROOM = 620
_SMALL = Look(size=22, colour="#7d8b99")


class _Bubble:
    """A message laid out: its parts, the time in its corner, its rows of buttons."""

    def __init__(self, message: Message, zone: tzinfo, *, own: bool) -> None:
        self.message = message
        self.own = own
        self.parts: list[Part] = parts_of(message, _ROOM)
        moment = datetime.fromtimestamp(message.edited_at or message.sent_at, zone)
        self.time = cut(f"{'edited ' if message.edited_at else ''}{moment:%H:%M}", _SMALL, _ROOM)
        widest = max([part.width for part in self.parts] + [width_of(self.time)])
        self.beside = self._has_room_for_time()
        if self.beside and isinstance(last := self.parts[-1], TextPart):
            widest = max(widest, width_of(last.lines[-1]) + width_of(self.time) + 24)
        self.inner = _ROOM if message.keyboard else widest
        self.body = sum(part.height for part in self.parts) + PADDING + 14 + (0 if self.beside else 30)
        self.height = self.body + len(message.keyboard) * (_BUTTON + 6) + (4 if message.keyboard else 0)

    def draw(self, canvas: Image.Image, y: int) -> None:
        draw = ImageDraw.Draw(canvas)
        width = self.inner + 2 * PADDING
        left = WIDTH - _MARGIN - width if self.own else _MARGIN
        box = (left, y, left + width, y + self.body)
        draw.rounded_rectangle(box, 26, _OWN if self.own else _OTHER)
        below = y + self.body + 8
        top = y + 14
        for part in self.parts:
            part.draw(canvas, left + PADDING, top, self.inner)
            top += part.height
        corner = left + width - PADDING - width_of(self.time)
        draw_line(canvas, self.time, corner, y + self.body - 36)
        for row in self.message.keyboard:
            self._draw_row(canvas, row, left, below, width)
            below += _BUTTON + 6

    def _draw_row(self, canvas: Image.Image, row: list[dict[str, str]], x: int, y: int, width: int) -> None:
        each = (width - 6 * (len(row) - 1)) / len(row)
        for number, button in enumerate(row):
            left = x + round(number * (each + 6))
            right = x + round(number * (each + 6) + each)
            paper, ink = _BUTTON_COLOURS.get(button.get("style", ""), _BUTTON_COLOURS[""])
            ImageDraw.Draw(canvas).rounded_rectangle((left, y, right, y + _BUTTON), 18, paper)
            size = 28 if len(row) < 5 else 26
            label = cut(button["text"], Look(size=size, colour=ink), right - left - 12)
            draw_line(
                canvas, label, left + (right - left - width_of(label)) // 2, y + (_BUTTON - size) // 2 - 4
            )
            if "url" in button:
                draw_line(canvas, cut("↗", Look(size=18, colour=ink), 40), right - 28, y + 6)

    def _has_room_for_time(self) -> bool:
        match self.parts[-1:]:
            case [FilePart()]:
                return True
            case [TextPart(block="") as last]:
                return width_of(last.lines[-1]) + width_of(self.time) + 24 <= _ROOM
            case _:
                return False


def render(transcript: Transcript, path: Path, *, zone: tzinfo = HANOI) -> Path:
    """Write the screen as a PNG, as long as the messages need; times are of this zone."""
    bubbles = [_Bubble(each, zone, own=transcript.is_own(each)) for each in transcript.messages]
    height = _HEADER + _GAP + sum(bubble.height + _GAP for bubble in bubbles) + _GAP
    canvas = Image.new("RGB", (WIDTH, height), _PAPER)
    y = _HEADER + _GAP
    for bubble in bubbles:
        bubble.draw(canvas, y)
        y += bubble.height + _GAP
    _draw_header(canvas, transcript.title)
    path.parent.mkdir(parents=True, exist_ok=True)
    canvas.save(path, "PNG", optimize=True)
    return path


def _draw_header(canvas: Image.Image, title: str) -> None:
    draw = ImageDraw.Draw(canvas)
    draw.rectangle((0, 0, WIDTH, _HEADER), "#f7f8f9")
    draw.line((0, _HEADER, WIDTH, _HEADER), "#c9d2da", 2)
    draw.line((44, 44, 28, 64, 44, 84), "#3390ec", 5, "curve")
    draw.circle((112, 64), 42, "#3390ec")
    initials = "".join(word[0] for word in title.replace("-", " ").split()[:2])
    letters: Line = cut(initials, Look(size=30, bold=True, colour="white"), 90)
    draw_line(canvas, letters, 112 - width_of(letters) // 2, 64 - LINE // 2)
    draw_line(canvas, cut(title, Look(bold=True), WIDTH - 220), 176, 22)
    draw_line(canvas, cut("bot", Look(size=24, colour="#7d8b99"), 200), 176, 68)
