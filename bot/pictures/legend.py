"""The row of states under a title: glyph, word and number, which explains the colours too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.pictures.canvas import MARGIN, WIDTH, Box, Canvas, Type
from bot.pictures.palette import LOOKS, MUTED, PAPER
from bot.pictures.phrases import Phrases
from bot.pictures.subjects import State, Tally

_NUMBER = Type(13, bold=True)
_WORD = Type(12, colour=MUTED)
_BADGE = 17
_GAP = 14
ROW = 24


@dataclass(frozen=True, slots=True)
class Legend:
    """The chips of the states that have posts, in rows as wide as the picture."""

    rows: Sequence[Sequence[tuple[float, State, int]]]
    words: Phrases

    @property
    def height(self) -> float:
        return len(self.rows) * ROW

    def draw(self, canvas: Canvas, y: float) -> None:
        """Draw it with its top at ``y``."""
        for number, row in enumerate(self.rows):
            for x, state, count in row:
                _chip(canvas, x, y + number * ROW, state, (self.words.whole(count), self.words.states[state]))


def legend(tally: Tally, words: Phrases) -> Legend:
    rows: list[list[tuple[float, State, int]]] = []
    x = float(WIDTH)
    for state in LOOKS:
        count = tally.get(state, 0)
        if not count:
            continue
        wide = _BADGE + 6 + _NUMBER.width(words.whole(count)) + 4 + _WORD.width(words.states[state])
        if x + wide > WIDTH - MARGIN:
            rows.append([])
            x = MARGIN
        rows[-1].append((x, state, count))
        x += wide + _GAP
    return Legend(rows, words)


def badge(canvas: Canvas, box: Box, glyph: str, colour: str, mark: str = PAPER) -> None:
    """A glyph on a small square."""
    canvas.box(box, colour, box.h * 0.3)
    canvas.fitted(box, glyph, Type(box.h * 0.7, bold=True, colour=mark), "middle")


def state_badge(canvas: Canvas, box: Box, state: State) -> None:
    look = LOOKS[state]
    badge(canvas, box, look.glyph, look.edge, look.mark)


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


def _chip(canvas: Canvas, x: float, y: float, state: State, words: tuple[str, str]) -> None:
    state_badge(canvas, Box(x, y + 2, _BADGE, _BADGE), state)
    end = canvas.text(x + _BADGE + 6, y + 15, words[0], _NUMBER)
    canvas.text(end + 4, y + 15, words[1], _WORD)
