"""What stands in one field of the week: a post, the times of a few, or how many there are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from bot.pictures.canvas import SCALE, Box, Canvas, Type
from bot.pictures.legend import Sign, state_sign
from bot.pictures.lettering import drawable
from bot.pictures.palette import INK, LOOKS, MUTED
from bot.pictures.phrases import Phrases
from bot.pictures.subjects import Entry, State

HEIGHT: Final = 66
"""Of a field with posts: three lines."""
_LINE = 19.5
_SIGN = 15.0
_STEP = 17.5
_MOST_TIMES = 3
_MOST_SIGNS = 3
_ADDRESS = re.compile(r"https?://(?:www\.)?", re.IGNORECASE)
_EDGE, _PAD = 3.5, 4.0
_TIME = Type(12, bold=True)
_TEXT = Type(11.25)
_SMALL = Type(11.5, colour=MUTED)
_SIGNALS = (
    *(State.FAILED, State.HELD, State.PUBLISHING),
    *(State.SCHEDULED, State.DRAFT, State.PUBLISHED),
)
"""The state that a field with several shows first."""


def draw_cell(
    canvas: Canvas, box: Box, entries: Sequence[Entry], marks: Mapping[str, Sign], words: Phrases
) -> None:
    """Draw the posts of a field, which are in order; without ``marks`` they are all of one account."""
    states = [state for state in _SIGNALS if any(entry.state is state for entry in entries)]
    box = Box(box.x + 1.5, box.y + 1.5, box.w - 3, box.h - 3)
    look = LOOKS[states[0]]
    canvas.box(box, look.edge, 5)
    canvas.box(Box(box.x + _EDGE, box.y, box.w - _EDGE, box.h), look.fill, 4)
    room = Box(box.x + _EDGE + _PAD, box.y + 2, box.w - _EDGE - _PAD - 1, box.h - 4)
    if len(entries) == 1:
        _post(canvas, room, entries[0], marks)
    elif len(entries) <= _MOST_TIMES and not marks:
        for number, entry in enumerate(entries):
            _time(canvas, room, room.y + number * _LINE, entry)
    else:
        _number(canvas, room, entries, states, marks, words)


def _post(canvas: Canvas, room: Box, entry: Entry, marks: Mapping[str, Sign]) -> None:
    _time(canvas, room, room.y, entry)
    indent = _STEP if marks else 0.0
    baseline = room.y + _LINE + (12 if marks else 10.5)
    for number, line in enumerate(_lines_of(entry.text, room.w, indent)):
        canvas.text(room.x + (indent if number == 0 else 0), baseline, line, _TEXT)
        baseline += 17 if marks else 13.5
    if marks:
        _sign(canvas, room.x, room.y + _LINE, marks[entry.account])


def _time(canvas: Canvas, room: Box, y: float, entry: Entry) -> None:
    _sign(canvas, room.x, y + 0.5, state_sign(entry.state))
    canvas.text(room.x + _STEP, y + 12.5, f"{entry.at:%H:%M}", _ink(_TIME, entry.state))


def _number(
    canvas: Canvas,
    room: Box,
    entries: Sequence[Entry],
    states: Sequence[State],
    marks: Mapping[str, Sign],
    words: Phrases,
) -> None:
    """How many, in which states, and of which accounts; of one account when the first is."""
    number = words.whole(len(entries))
    end = canvas.text(room.x, room.y + 14.5, number, Type(17, bold=True, colour=INK))
    word = words.posts.format("").strip()
    if end + 4 + _SMALL.width(word) <= room.right + 1:
        canvas.text(end + 4, room.y + 14.5, word, _SMALL)
    for place, state in enumerate(states[:_MOST_SIGNS]):
        _sign(canvas, room.x + place * _STEP, room.y + _LINE + 1, state_sign(state))
    y = room.y + 2 * _LINE + 1
    if marks:
        _accounts(canvas, room, y, entries, marks)
    else:
        canvas.text(room.x, y + 11.5, f"{entries[0].at:%H:%M} \u2026", _ink(_TEXT, states[0]))


def _accounts(
    canvas: Canvas, room: Box, y: float, entries: Sequence[Entry], marks: Mapping[str, Sign]
) -> None:
    """Those with most posts first."""
    ranked = [account for account, _ in Counter(entry.account for entry in entries).most_common()]
    shown = ranked if len(ranked) <= _MOST_SIGNS else ranked[: _MOST_SIGNS - 1]
    for place, account in enumerate(shown):
        _sign(canvas, room.x + place * _STEP, y, marks[account])
    if len(ranked) > len(shown):
        canvas.text(
            room.x + len(shown) * _STEP, y + 11.5, f"+{len(ranked) - len(shown)}", Type(11.5, bold=True)
        )


def _sign(canvas: Canvas, x: float, y: float, sign: Sign) -> None:
    side = _SIGN + 1 if sign.round else _SIGN
    sign.draw(canvas, Box(x, y, side, side))


def _ink(kind: Type, state: State) -> Type:
    return Type(kind.size, kind.bold, LOOKS[state].ink)


def _lines_of(text: str, width: float, indent: float) -> list[str]:
    """Three lines, or two of which the first begins later; cut with an ellipsis."""
    rest = _ADDRESS.sub("", " ".join(drawable(text[:200]).split()))
    lines: list[str] = []
    room = width - indent
    while rest and len(lines) < (1 if indent else 2):
        word = _TEXT.width(rest.partition(" ")[0])
        end = next(_TEXT.face.wrap(rest, room * SCALE))[1] if not room < word <= width else 0
        lines.append(rest[:end].rstrip())
        rest, room = rest[end:].lstrip(), width
    return [*lines, _TEXT.face.fit(rest, width * SCALE)]
