"""Letters: what the shipped fonts can draw, how wide it is, and where lines break."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from PIL import ImageFont

from bot.pictures.coverage import covered
from bot.pictures.palette import TILES
from core.domain.emoji import EMOJI

_FOLDER = Path(__file__).parent / "fonts"
_FILES = {False: _FOLDER / "DejaVuSans.ttf", True: _FOLDER / "DejaVuSans-Bold.ttf"}

# Private-use characters stand for the tiles.
_BLANK_TILE = 0xE000
_TILE = re.compile(f"[\ue000-{chr(_BLANK_TILE + len(TILES))}]")
_RUNS = re.compile(f"({_TILE.pattern})")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_WORDS = re.compile(f"[ \t]+|{_TILE.pattern}|[^ \t{_TILE.pattern[1:-1]}]+")
_WITHOUT_SHAPE = frozenset({"Cc", "Cf", "Mn", "Me", "Zl", "Zp"})
_NOT_LETTERS = frozenset({"Cc", "Cf", "Co", "Cn", "Zs"})
_LINE_END = re.compile("\r\n?|[\u2028\u2029]")
_MARKS_KEPT = 2
_TILE_WIDTH = 1.05
_LONGEST_LINE = 400
ELLIPSIS: Final = "\u2026"


@dataclass(frozen=True, slots=True)
class Face:
    """A font at a size in pixels."""

    size: float
    bold: bool = False

    def width(self, text: str) -> float:
        """How wide a :func:`drawable` text without line ends is, in pixels."""
        tiles = len(_TILE.findall(text))
        letters = sum(self.font(run).getlength(run) for run in _TILE.split(text) if run)
        return letters + tiles * self.tile

    @property
    def tile(self) -> float:
        return self.size * _TILE_WIDTH

    def font(self, run: str) -> ImageFont.FreeTypeFont:
        """The font for a run of letters: scripts written from right to left need the complex layout."""
        return _font(self.size, self.bold, bool(_RIGHT_TO_LEFT.search(run)))

    def fit(self, text: str, width: float) -> str:
        """The text on one line, cut with an ellipsis where it gets too wide."""
        line = " ".join(drawable(text[:_LONGEST_LINE]).split())
        if self.width(line) <= width:
            return line
        kept = self.cut(line, width - self.width(ELLIPSIS))
        return line[:kept].rstrip() + ELLIPSIS if kept else ""

    def cut(self, text: str, width: float) -> int:
        """How many characters of a drawable text fit into ``width``."""
        low, high = 0, min(len(text), self._most(width))
        while low < high:
            middle = (low + high + 1) // 2
            if self.width(text[:middle]) <= width:
                low = middle
            else:
                high = middle - 1
        return low

    def _most(self, width: float) -> int:
        """More characters than this do not fit: the narrowest letters are a quarter of the size wide."""
        return max(0, int(width / self.size * 5)) + 2

    def wrap(self, text: str, width: float) -> Iterator[tuple[int, int]]:
        """Where the lines of a drawable text begin and end, with its own line ends kept.

        A word that is wider than a line is broken wherever the line is full.
        """
        start = 0
        for paragraph in text.split("\n"):
            for first, last in self._paragraph(paragraph, width):
                yield start + first, start + last
            start += len(paragraph) + 1

    def _paragraph(self, text: str, width: float) -> Iterator[tuple[int, int]]:
        start, filled = 0, 0.0
        for word in _WORDS.finditer(text):
            wide = self.width(word[0])
            if filled and filled + wide > width and not word[0].isspace():
                yield start, word.start()
                start, filled = word.start(), 0.0
            filled += wide
            while filled > width and start < word.end() - 1 and not word[0].isspace():
                kept = max(1, self.cut(text[start : word.end()], width))
                yield start, start + kept
                start += kept
                filled = self.width(text[start : min(word.end(), start + self._most(width))])
        yield start, len(text)


def drawable(text: str) -> str:
    """The text with everything that the fonts lack replaced by tiles, or by a plain form of the same letter.

    What has no shape of its own (controls, marks of direction) is left out; line ends stay. What is
    drawable already does not change.
    """
    composed = unicodedata.normalize("NFC", _LINE_END.sub("\n", text))
    written: list[str] = []
    last = 0
    for emoji in EMOJI.finditer(composed):
        written.extend(_letters(composed[last : emoji.start()]))
        written.append(_emoji(emoji[0]))
        last = emoji.end()
    written.extend(_letters(composed[last:]))
    return "".join(written)


def runs(text: str) -> list[str]:
    """A drawable text in runs of letters and single tiles."""
    return [run for run in _RUNS.split(text) if run]


def tile_of(run: str) -> int | None:
    """Which tile a run is: 0 is the blank one, then those of ``TILES``; None for letters."""
    return ord(run) - _BLANK_TILE if _TILE.fullmatch(run) else None


def has_tiles(text: str) -> bool:
    return _TILE.search(text) is not None


def _letters(text: str) -> Iterator[str]:
    marks = 0
    for char in text:
        shape = _shape(char)
        marks = marks + 1 if shape and unicodedata.combining(char) else 0
        if marks <= _MARKS_KEPT:
            yield shape


@lru_cache(maxsize=4096)
def _emoji(emoji: str) -> str:
    """Its plain sign if the fonts have one, or else a tile, always of the same colour for the same emoji."""
    sign = emoji[0]
    if _has(sign):
        return sign
    return chr(_BLANK_TILE + 1 + zlib.crc32(sign.encode()) % len(TILES))


@lru_cache(maxsize=65536)
def _shape(char: str) -> str:
    if char == "\n" or _has(char) or _TILE.fullmatch(char):
        return char
    category = unicodedata.category(char)
    if char.isspace():
        return " "
    if category in _WITHOUT_SHAPE:
        return ""
    plain = unicodedata.normalize("NFKC", char)
    return plain if all(map(_has, plain)) else chr(_BLANK_TILE)


def _has(char: str) -> bool:
    """Whether both fonts draw it, as a letter and not as the picture of a control."""
    shapeless = unicodedata.category(char) in _NOT_LETTERS or "\ufe00" <= char <= "\ufe0f"
    return not shapeless and ord(char) in _coverage()


@lru_cache(maxsize=1)
def _coverage() -> frozenset[int]:
    regular, bold = (covered(file.read_bytes()) for file in _FILES.values())
    return regular & bold


@lru_cache(maxsize=64)
def _font(size: float, bold: bool, complex_layout: bool) -> ImageFont.FreeTypeFont:  # noqa: FBT001 - the key of the cache
    layout = ImageFont.Layout.RAQM if complex_layout else ImageFont.Layout.BASIC
    return ImageFont.truetype(_FILES[bold], size, layout_engine=layout)
