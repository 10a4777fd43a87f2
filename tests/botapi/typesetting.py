"""Text with looks, broken into lines and drawn; lengths are pixels of a screen with two to a point."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from botapi.emoji import EMOJI, badge_of, is_badged
from botapi.html_writer import Run

FONTS = Path(__file__).parents[2] / "bot/pictures/fonts"
SIZE = 32
LINE = 42
INK, LINK, CODE, HIDDEN = "#0f1419", "#1f7ad6", "#b3236d", "#9aa7b4"
_IGNORED = re.compile("[\u200b-\u200d\u2060\ufe00-\ufe0f\ufeff\u200e\u200f]")
_SLANT = 0.21


@dataclass(frozen=True, slots=True)
class Look:
    """How letters look."""

    size: int = SIZE
    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    spoiler: bool = False
    colour: str = INK
    paper: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Letters of one look on one line, or one emoji."""

    text: str
    look: Look
    width: int
    emoji: bool = False


Line = list[Piece]


@cache
def font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    """The font of the product's own pictures."""
    path = FONTS / ("DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf")
    if not path.exists():
        raise FileNotFoundError(f"The font of the pictures is missing: {path}; it is part of the repository")
    return ImageFont.truetype(path, size)


@cache
def is_drawable(char: str) -> bool:
    """Whether the font has the character."""
    return char.isspace() or _ink(char) != _ink("\uffff")


def _ink(char: str) -> bytes:
    drawn = Image.new("L", (SIZE * 2, SIZE * 2))
    ImageDraw.Draw(drawn).text((SIZE // 2, 0), char, 255, font(SIZE))
    return drawn.tobytes()


def look_of(run: Run, base: Look) -> Look:
    """The look of a run of a message."""
    kinds = run.kinds
    link = bool(kinds & {"text_link", "text_mention", "url", "bot_command", "mention", "hashtag"})
    code = bool(kinds & {"code", "pre"})
    return replace(
        base,
        bold="bold" in kinds or base.bold,
        italic="italic" in kinds,
        underline=bool(kinds & {"underline", "date_time"}),
        strike="strikethrough" in kinds,
        spoiler="spoiler" in kinds,
        colour=LINK if link else CODE if code else base.colour,
        paper="#eef1f4" if "code" in kinds else "",
    )


def lines_of(parts: Sequence[tuple[str, Look]], width: int) -> list[Line]:
    """Break texts into lines of at most this width: at blanks, and inside words that are too long."""
    lines: list[Line] = [[]]
    for text, look in parts:
        for number, paragraph in enumerate(text.split("\n")):
            if number:
                lines.append([])
            for word in re.findall(r"\s+|\S+", paragraph):
                _add(lines, list(_pieces(word, look)), width)
    return lines


def width_of(line: Line) -> int:
    return sum(piece.width for piece in line)


def draw_line(canvas: Image.Image, line: Line, x: int, y: int) -> None:
    """Draw a line whose top left corner is here."""
    for piece in line:
        if piece.emoji:
            _draw_emoji(canvas, piece, x, y)
        else:
            _draw_letters(canvas, piece, x, y)
        x += piece.width


def cut(text: str, look: Look, width: int) -> Line:
    """One line, with dots at its end if it is too long."""
    whole = next(iter(lines_of([(text.replace("\n", " "), look)], 10**6)))
    if width_of(whole) <= width:
        return whole
    dots = list(_pieces("…", look))
    kept: Line = []
    for piece in (each for char in text.replace("\n", " ") for each in _pieces(char, look)):
        if width_of([*kept, piece, *dots]) > width:
            break
        kept.append(piece)
    return kept + dots


def _add(lines: list[Line], pieces: Line, width: int) -> None:
    if width_of(lines[-1]) + width_of(pieces) <= width or not lines[-1]:
        if width_of(pieces) <= width:
            lines[-1] += pieces
            return
    elif all(piece.text.isspace() for piece in pieces):
        return
    elif width_of(pieces) <= width:
        lines.append(pieces)
        return
    for piece in (each for whole in pieces for each in _letters(whole)):
        if width_of(lines[-1]) + piece.width > width:
            lines.append([])
        lines[-1].append(piece)


def _letters(piece: Piece) -> Iterator[Piece]:
    if piece.emoji:
        yield piece
    else:
        for char in piece.text:
            yield from _pieces(char, piece.look)


def _pieces(text: str, look: Look) -> Iterator[Piece]:
    start = 0
    for match in EMOJI.finditer(text):
        if not is_badged(match.group()) and all(is_drawable(char) for char in match.group()):
            continue
        yield from _words(text[start : match.start()], look)
        yield Piece(match.group(), look, int(look.size * 1.3), emoji=True)
        start = match.end()
    yield from _words(text[start:], look)


def _words(text: str, look: Look) -> Iterator[Piece]:
    shown = _IGNORED.sub("", text)
    shown = "".join(char if is_drawable(char) else "\u25a1" for char in shown)
    if shown:
        yield Piece(shown, look, round(font(look.size, bold=look.bold).getlength(shown)))


def _draw_letters(canvas: Image.Image, piece: Piece, x: int, y: int) -> None:
    draw = ImageDraw.Draw(canvas)
    look, size = piece.look, piece.look.size
    end, base = x + piece.width, y + round(size * 1.03)
    if look.paper:
        draw.rectangle((x, y + 1, end, y + round(size * 1.3)), look.paper)
    if look.spoiler:
        draw.rounded_rectangle((x, y + 4, end, y + round(size * 1.2)), 6, HIDDEN)
        return
    face = font(size, bold=look.bold)
    if look.italic:
        mask = Image.new("L", (piece.width + size, size * 2))
        ImageDraw.Draw(mask).text((0, round(size * 1.03)), piece.text, 255, face, "ls")
        slant = (1, _SLANT, -_SLANT * size * 1.03, 0, 1, 0)
        mask = mask.transform(mask.size, Image.Transform.AFFINE, slant, Image.Resampling.BICUBIC)
        canvas.paste(Image.new("RGB", mask.size, look.colour), (x, y), mask)
    else:
        draw.text((x, base), piece.text, look.colour, face, "ls")
    if look.underline:
        draw.line((x, base + 5, end, base + 5), look.colour, 2)
    if look.strike:
        draw.line((x, base - size // 3, end, base - size // 3), look.colour, 2)


def _draw_emoji(canvas: Image.Image, piece: Piece, x: int, y: int) -> None:
    draw = ImageDraw.Draw(canvas)
    size = piece.look.size
    side = round(size * 1.06)
    left, top = x + (piece.width - side) // 2, y + round(size * 0.13)
    badge = badge_of(piece.text)
    draw.rounded_rectangle((left, top, left + side, top + side), side // 4, badge.colour)
    if badge.sign:
        face = font(round(size * (0.72 if len(badge.sign) == 1 else 0.5)), bold=True)
        box = draw.textbbox((0, 0), badge.sign, face)
        middle = (left + (side - box[0] - box[2]) / 2, top + (side - box[1] - box[3]) / 2)
        draw.text(middle, badge.sign, "white", face)
