"""The rows under a title: a sign, a number and a word for each state, which explains the colours too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.pictures.canvas import MARGIN, SCALE, WIDTH, Box, Canvas, Type
from bot.pictures.palette import LOOKS, MUTED, PAPER
from bot.pictures.phrases import Phrases
from bot.pictures.subjects import State, Tally

_NUMBER = Type(13, bold=True)
_WORD = Type(12.5, colour=MUTED)
_WIDEST_WORD = 170
_SIDE: Final = 17
_GAP = 14
ROW: Final = 25


@dataclass(frozen=True, slots=True)
class Sign:
    """A letter or glyph on a small square, or on a disc."""

    glyph: str
    colour: str
    mark: str = PAPER
    round: bool = False

    def draw(self, canvas: Canvas, box: Box) -> None:
        """A square has room for a smaller glyph only, as its glyphs are wider than letters."""
        canvas.box(box, self.colour, box.h * (0.5 if self.round else 0.3))
        size = box.h * (0.68 if self.round else 0.74)
        canvas.fitted(box, self.glyph, Type(size, bold=True, colour=self.mark), "middle")


@dataclass(frozen=True, slots=True)
class Chip:
    """What a sign stands for, and how many there are; a word alone has no sign."""

    sign: Sign | None
    number: str
    word: str

    @property
    def shown(self) -> str:
        return _WORD.face.fit(self.word, _WIDEST_WORD * SCALE)

    @property
    def width(self) -> float:
        return (_SIDE + 6 if self.sign else 0) + self._number_width + _WORD.width(self.shown)

    @property
    def _number_width(self) -> float:
        return _NUMBER.width(self.number) + 4 if self.number else 0

    def draw(self, canvas: Canvas, x: float, y: float) -> None:
        if self.sign:
            self.sign.draw(canvas, Box(x, y + 2, _SIDE, _SIDE))
            x += _SIDE + 6
        canvas.text(x, y + 15, self.number, _NUMBER)
        canvas.text(x + self._number_width, y + 15, self.shown, _WORD)


@dataclass(frozen=True, slots=True)
class Legend:
    """Chips in rows as wide as the picture."""

    rows: Sequence[Sequence[tuple[float, Chip]]]

    @property
    def height(self) -> float:
        return len(self.rows) * ROW

    def draw(self, canvas: Canvas, y: float) -> None:
        """Draw it with its top at ``y``."""
        for number, row in enumerate(self.rows):
            for x, chip in row:
                chip.draw(canvas, x, y + number * ROW)


def legend(tally: Tally, words: Phrases) -> Legend:
    """The states that have posts."""
    present = [state for state in LOOKS if tally.get(state)]
    return in_rows(
        Chip(state_sign(state), words.whole(tally[state]), words.states[state]) for state in present
    )


def in_rows(chips: Iterable[Chip]) -> Legend:
    rows: list[list[tuple[float, Chip]]] = []
    x = float(WIDTH)
    for chip in chips:
        if x + chip.width > WIDTH - MARGIN:
            rows.append([])
            x = MARGIN
        rows[-1].append((x, chip))
        x += chip.width + _GAP
    return Legend(rows)


def state_sign(state: State) -> Sign:
    look = LOOKS[state]
    return Sign(look.glyph, look.edge, look.mark)


def stack(canvas: Canvas, box: Box, tally: Tally, radius: float = 0) -> None:
    """A bar from left to right with the share of each state."""
    total = sum(tally.values())
    canvas.box(box, LOOKS[_present(tally)[0]].edge, radius)
    x = box.x
    for state in _present(tally):
        wide = box.w * tally[state] / total
        canvas.box(Box(x, box.y, wide, box.h), LOOKS[state].edge)
        x += wide


def _present(tally: Tally) -> list[State]:
    return [state for state in LOOKS if tally.get(state)]
