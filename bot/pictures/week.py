"""The calendar of a week: seven columns, a row for each hour, a block for each post."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.pictures.canvas import MARGIN, SCALE, WIDTH, Box, Canvas, Type
from bot.pictures.legend import legend, state_badge
from bot.pictures.lettering import drawable
from bot.pictures.palette import FAINT, INK, LINE, LOOKS, MUTED, PAPER, SHADE, TODAY, TODAY_EDGE
from bot.pictures.phrases import Phrases, phrases
from bot.pictures.subjects import Entry, Week
from core.domain.access import Language

_DAYS = 7
_FIRST_HOUR, _LAST_HOUR = 8, 20
_LEFT, _RIGHT = 48, MARGIN
_COLUMN = (WIDTH - _LEFT - _RIGHT) / _DAYS
_FREE, _USED = 25, 50
_HEADER, _TITLE, _FOOTER = 44, 58, 34
_LANES = 3
_HOUR_AND_MINUTE = 30
_PILL = 14
_TITLE_TYPE = Type(24, bold=True)
_SMALL = Type(11, colour=MUTED)

Cells = Mapping[tuple[date, int], Sequence[Entry]]


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where the hours stand: the top of each row, and of the end."""

    first: date
    hours: Sequence[int]
    tops: Sequence[float]

    @property
    def top(self) -> float:
        return self.tops[0]

    @property
    def bottom(self) -> float:
        return self.tops[-1]

    def x(self, day: date) -> float:
        return _LEFT + (day - self.first).days * _COLUMN

    def cell(self, day: date, hour: int) -> Box:
        row = hour - self.hours[0]
        return Box(self.x(day), self.tops[row], _COLUMN, self.tops[row + 1] - self.tops[row])

    def y(self, at: datetime) -> float:
        row = self.cell(self.first, at.hour)
        return row.y + row.h * at.minute / 60

    def shows(self, at: datetime) -> bool:
        return at.date() in self.days and at.hour in self.hours

    @property
    def days(self) -> list[date]:
        return [self.first + timedelta(days=number) for number in range(_DAYS)]


def week_calendar(week: Week, language: Language) -> bytes:
    """Draw the week as a PNG: the hours in use, at least from 8 to 20, with the line of now on its day."""
    words = phrases(language)
    cells = _cells(week)
    shown = week.shown
    states = legend(Counter(entry.state for entry in shown), words)
    grid = _grid(week, cells, _TITLE + states.height + _HEADER)
    canvas = Canvas(grid.bottom + _FOOTER)
    _title(canvas, week, shown, words)
    states.draw(canvas, _TITLE)
    _paper(canvas, grid, week, words)
    several = len({entry.account for entry in shown}) > 1
    _line_of_now(canvas, grid, week.now)
    for (day, hour), entries in cells.items():
        _cell(canvas, grid.cell(day, hour), entries, several=several)
    _mark_of_now(canvas, grid, week.now)
    if not shown:
        _empty(canvas, grid, words)
    canvas.text(MARGIN, grid.bottom + 22, words.zone.format(week.zone), _SMALL)
    return canvas.png()


def _cells(week: Week) -> Cells:
    cells: dict[tuple[date, int], list[Entry]] = {}
    for entry in week.shown:
        cells.setdefault((entry.at.date(), entry.at.hour), []).append(entry)
    return cells


def _grid(week: Week, cells: Cells, top: float) -> _Grid:
    used = {hour for _, hour in cells}
    hours = range(min({_FIRST_HOUR, *used}), max({_LAST_HOUR, *used}) + 1)
    tops = [top]
    for hour in hours:
        tops.append(tops[-1] + (_USED if hour in used else _FREE))
    return _Grid(week.first_day, hours, tops)


def _title(canvas: Canvas, week: Week, shown: Sequence[Entry], words: Phrases) -> None:
    span = words.span(week.first_day, week.last_day)
    end = canvas.text(MARGIN, 40, span, _TITLE_TYPE)
    accounts = {entry.account for entry in shown}
    room = Box(end + 16, 24, WIDTH - MARGIN - end - 16, 18)
    label = words.count(len(shown)) if shown else ""
    if len(accounts) == 1:
        label = " · ".join(filter(None, (*accounts, label)))
    canvas.fitted(room, label, Type(14, colour=MUTED), "right")


def _paper(canvas: Canvas, grid: _Grid, week: Week, words: Phrases) -> None:
    for day in grid.days:
        today = day == week.now.date()
        column = Box(grid.x(day), grid.top - _HEADER, _COLUMN, grid.bottom - grid.top + _HEADER)
        if today:
            canvas.box(column, TODAY, 8)
        elif day.weekday() >= 5:  # noqa: PLR2004 - Saturday
            canvas.box(Box(column.x, grid.top, column.w, grid.bottom - grid.top), SHADE)
        middle = column.x + _COLUMN / 2
        ink = TODAY_EDGE if today else MUTED
        canvas.text(middle, column.y + 16, words.weekdays[day.weekday()], Type(12, today, ink), "middle")
        canvas.text(middle, column.y + 36, str(day.day), Type(17, bold=True), "middle")
    for hour, top in zip(grid.hours, grid.tops[:-1], strict=True):
        canvas.box(Box(_LEFT, top, _COLUMN * _DAYS, 0.5), LINE)
        hidden = grid.shows(week.now) and abs(grid.y(week.now) - top - 8) < _PILL
        if not hidden:
            canvas.text(_LEFT - 7, top + 12, f"{hour:02}:00", _SMALL, "right")
    canvas.box(Box(_LEFT, grid.bottom, _COLUMN * _DAYS, 0.5), LINE)


def _cell(canvas: Canvas, cell: Box, entries: Sequence[Entry], *, several: bool) -> None:
    """Side by side; of more than three the first two, and how many there are besides."""
    shown = entries if len(entries) <= _LANES else entries[: _LANES - 1]
    lanes = min(len(entries), _LANES)
    wide = (cell.w - 2) / lanes
    for lane, entry in enumerate(shown):
        box = Box(cell.x + 1.5 + lane * wide, cell.y + 1.5, wide - 1, cell.h - 3)
        if lanes == 1:
            _block(canvas, box, entry, several=several)
        else:
            _narrow_block(canvas, box, entry, several=several)
    if len(entries) > len(shown):
        box = Box(cell.x + 1.5 + len(shown) * wide, cell.y + 1.5, wide - 1, cell.h - 3)
        canvas.box(box, MUTED, 4)
        canvas.fitted(box, f"+{len(entries) - len(shown)}", Type(11, bold=True, colour=PAPER), "middle")


def _block(canvas: Canvas, box: Box, entry: Entry, *, several: bool) -> None:
    look = LOOKS[entry.state]
    _ground(canvas, box, entry)
    state_badge(canvas, Box(box.x + 5.5, box.y + 3.5, 12, 12), entry.state)
    canvas.text(box.x + 21, box.y + 13.5, f"{entry.at:%H:%M}", Type(11.5, bold=True, colour=look.ink))
    kind = Type(10.5)
    room = box.w - 8
    lines = 1 if several and entry.account else 2
    for number, line in enumerate(_first_lines(entry.text, kind, room, lines)):
        canvas.text(box.x + 6, box.y + 27 + 13 * number, line, kind)
    if several:
        account = entry.account.removeprefix("@")
        canvas.fitted(Box(box.x + 6, box.y + 33, room, 11), account, Type(9.5, bold=True, colour=look.ink))


def _narrow_block(canvas: Canvas, box: Box, entry: Entry, *, several: bool) -> None:
    """The hour stands at the left of the row, so the minutes are enough where there is no room."""
    look = LOOKS[entry.state]
    _ground(canvas, box, entry)
    middle = box.x + box.w / 2 + 1
    top = box.y + (4 if several else 9)
    state_badge(canvas, Box(middle - 6, top, 12, 12), entry.state)
    whole = box.w > _HOUR_AND_MINUTE
    time = f"{entry.at:%H:%M}" if whole else f"{entry.at::%M}"
    canvas.text(middle, top + 24, time, Type(9.5 if whole else 10, colour=look.ink), "middle")
    if several:
        kind = Type(9.5, bold=True, colour=look.ink)
        label = drawable(entry.account.removeprefix("@"))
        label = label[: kind.face.cut(label, (box.w - 5) * SCALE)]
        canvas.text(middle, box.y + 42, label, kind, "middle")


def _ground(canvas: Canvas, box: Box, entry: Entry) -> None:
    look = LOOKS[entry.state]
    canvas.box(box, look.edge, 4)
    canvas.box(Box(box.x + 3, box.y, box.w - 3, box.h), look.fill, 3)


def _first_lines(text: str, kind: Type, width: float, lines: int) -> list[str]:
    line = " ".join(drawable(text[:200]).split())
    breaks = list(kind.face.wrap(line, width * SCALE))
    whole = [line[start:end].strip() for start, end in breaks[: lines - 1]]
    if len(breaks) >= lines:
        whole.append(kind.face.fit(line[breaks[lines - 1][0] :], width * SCALE))
    return whole


def _line_of_now(canvas: Canvas, grid: _Grid, now: datetime) -> None:
    if grid.shows(now):
        y = grid.y(now)
        canvas.box(Box(_LEFT, y - 0.5, _COLUMN * _DAYS, 1), FAINT)
        canvas.box(Box(grid.x(now.date()), y - 1, _COLUMN, 2), INK)


def _mark_of_now(canvas: Canvas, grid: _Grid, now: datetime) -> None:
    if grid.shows(now):
        y = grid.y(now)
        canvas.circle(grid.x(now.date()), y, 4, INK)
        pill = Box(4, y - 9, 41, 18)
        canvas.box(pill, INK, 9)
        canvas.fitted(pill, f"{now:%H:%M}", Type(11, bold=True, colour=PAPER), "middle")


def _empty(canvas: Canvas, grid: _Grid, words: Phrases) -> None:
    card = Box(90, (grid.top + grid.bottom) / 2 - 44, WIDTH - 180, 88)
    canvas.framed(card, LINE, PAPER, 14)
    canvas.fitted(Box(card.x, card.y + 18, card.w, 24), words.nothing_planned, Type(17, bold=True), "middle")
    kind = Type(12.5, colour=MUTED)
    canvas.fitted(Box(card.x + 10, card.y + 48, card.w - 20, 20), words.send_a_post, kind, "middle")
