"""The calendar of a week: seven columns, a row for each hour, or for two or three of a busy week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from bot.pictures.account_marks import account_legend, account_marks
from bot.pictures.canvas import MARGIN, WIDTH, Box, Canvas, Type
from bot.pictures.legend import Legend, legend
from bot.pictures.palette import INK, LINE, MUTED, PAPER, SHADE, TODAY, TODAY_EDGE
from bot.pictures.phrases import Phrases, phrases
from bot.pictures.subjects import Entry, Week
from bot.pictures.week_cells import HEIGHT, draw_cell
from core.domain.access import Language

_DAYS: Final = 7
_FIRST_HOUR, _LAST_HOUR = 8, 20
_LEFT, _RIGHT = 48, 10
_COLUMN = (WIDTH - _LEFT - _RIGHT) / _DAYS
_FREE, _TALLEST = 25, 800
_HEADER, _TITLE, _FOOTER = 60, 58, 36
_PILL = 16
_TITLE_TYPE = Type(24, bold=True)
_SMALL = Type(12, colour=MUTED)

Cells = Mapping[tuple[date, int], Sequence[Entry]]
"""The posts of each day and row of hours that has some; a row is known by its first hour."""


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where the rows stand: the first hour of each, how many hours it has, its top; and the end."""

    first: date
    hours: Sequence[int]
    tops: Sequence[float]

    @property
    def step(self) -> int:
        return self.hours[1] - self.hours[0]

    @property
    def top(self) -> float:
        return self.tops[0]

    @property
    def bottom(self) -> float:
        return self.tops[-1]

    def x(self, day: date) -> float:
        return _LEFT + (day - self.first).days * _COLUMN

    def cell(self, day: date, hour: int) -> Box:
        row = (hour - self.hours[0]) // self.step
        return Box(self.x(day), self.tops[row], _COLUMN, self.tops[row + 1] - self.tops[row])

    def y(self, at: datetime) -> float:
        row = self.cell(self.first, at.hour)
        return row.y + row.h * (at.hour % self.step + at.minute / 60) / self.step

    def shows(self, at: datetime) -> bool:
        return at.date() in self.days and self.hours[0] <= at.hour < self.hours[-1] + self.step

    @property
    def days(self) -> list[date]:
        return [self.first + timedelta(days=number) for number in range(_DAYS)]


def week_calendar(week: Week, language: Language) -> bytes:
    """Draw the week as a PNG: the hours in use, at least from 8 to 20, with the line of now on its day."""
    words = phrases(language)
    shown = week.shown
    legends = _legends(week, shown, words)
    top = _TITLE + sum(one.height for one in legends) + _HEADER
    grid, cells = _laid_out(week, shown, top)
    canvas = Canvas(grid.bottom + _FOOTER)
    _title(canvas, week, shown, words)
    y = float(_TITLE)
    for one in legends:
        one.draw(canvas, y)
        y += one.height
    _days(canvas, grid, week, Counter(entry.at.date() for entry in shown), words)
    _hours(canvas, grid, week.now)
    _line_of_now(canvas, grid, week.now)
    marks = account_marks(week.labels if _several(shown) else [])
    for (day, hour), entries in cells.items():
        draw_cell(canvas, grid.cell(day, hour), entries, marks, words)
    _mark_of_now(canvas, grid, week.now)
    if not shown:
        _empty(canvas, grid, words)
    canvas.text(MARGIN, grid.bottom + 23, words.zone.format(week.zone), _SMALL)
    return canvas.png()


def _several(shown: Sequence[Entry]) -> bool:
    return len({entry.account for entry in shown}) > 1


def _legends(week: Week, shown: Sequence[Entry], words: Phrases) -> list[Legend]:
    legends = [legend(Counter(entry.state for entry in shown), words)]
    if _several(shown):
        posts = Counter(entry.account for entry in shown)
        legends.append(account_legend(account_marks(week.labels), posts, words))
    return legends


def _laid_out(week: Week, shown: Sequence[Entry], top: float) -> tuple[_Grid, Cells]:
    """With rows of one hour, unless that is too tall to be read on a phone."""
    grid, cells = _with_rows_of(1, week, shown, top)
    for hours in (2, 3):
        if grid.bottom - grid.top > _TALLEST:
            grid, cells = _with_rows_of(hours, week, shown, top)
    return grid, cells


def _with_rows_of(step: int, week: Week, shown: Sequence[Entry], top: float) -> tuple[_Grid, Cells]:
    cells: dict[tuple[date, int], list[Entry]] = {}
    for entry in shown:
        cells.setdefault((entry.at.date(), entry.at.hour // step * step), []).append(entry)
    used = {hour for _, hour in cells}
    first = min({_FIRST_HOUR // step * step, *used})
    hours = range(first, max({_LAST_HOUR // step * step, *used}) + step, step)
    tops = [top]
    for hour in hours:
        tops.append(tops[-1] + (HEIGHT if hour in used else _FREE))
    return _Grid(week.first_day, hours, tops), cells


def _title(canvas: Canvas, week: Week, shown: Sequence[Entry], words: Phrases) -> None:
    span = words.span(week.first_day, week.last_day)
    end = canvas.text(MARGIN, 40, span, _TITLE_TYPE)
    accounts = {entry.account for entry in shown}
    room = Box(end + 16, 24, WIDTH - MARGIN - end - 16, 18)
    label = words.count(len(shown)) if shown else ""
    if len(accounts) == 1:
        label = " · ".join(filter(None, (*accounts, label)))
    canvas.fitted(room, label, Type(14, colour=MUTED), "right")


def _days(canvas: Canvas, grid: _Grid, week: Week, posts: Mapping[date, int], words: Phrases) -> None:
    for day in grid.days:
        today = day == week.now.date()
        column = Box(grid.x(day), grid.top - _HEADER, _COLUMN, grid.bottom - grid.top + _HEADER)
        if today:
            canvas.box(column, TODAY, 8)
        elif day.weekday() >= 5:  # noqa: PLR2004 - Saturday
            canvas.box(Box(column.x, grid.top, column.w, grid.bottom - grid.top), SHADE)
        middle = column.x + _COLUMN / 2
        ink = TODAY_EDGE if today else MUTED
        canvas.text(middle, column.y + 17, words.weekdays[day.weekday()], Type(12.5, today, ink), "middle")
        canvas.text(middle, column.y + 37, str(day.day), Type(18, bold=True), "middle")
        if posts.get(day):
            line = Box(column.x + 1, column.y + 42, _COLUMN - 2, 13)
            canvas.fitted(line, words.count(posts[day]), Type(11.5, colour=MUTED), "middle")


def _hours(canvas: Canvas, grid: _Grid, now: datetime) -> None:
    for hour, top in zip(grid.hours, grid.tops[:-1], strict=True):
        canvas.box(Box(_LEFT, top, _COLUMN * _DAYS, 0.5), LINE)
        hidden = grid.shows(now) and abs(grid.y(now) - top - 8) < _PILL
        if not hidden:
            canvas.text(_LEFT - 6, top + 13, f"{hour:02}:00", _SMALL, "right")
    canvas.box(Box(_LEFT, grid.bottom, _COLUMN * _DAYS, 0.5), LINE)


def _line_of_now(canvas: Canvas, grid: _Grid, now: datetime) -> None:
    if grid.shows(now):
        y = grid.y(now)
        canvas.box(Box(grid.x(now.date()) + 1.5, y - 1, _COLUMN - 3, 2), INK)


def _mark_of_now(canvas: Canvas, grid: _Grid, now: datetime) -> None:
    if grid.shows(now):
        y = grid.y(now)
        canvas.circle(grid.x(now.date()), y, 4, INK)
        pill = Box(3, y - 10, 43, 20)
        canvas.box(pill, INK, 10)
        canvas.fitted(pill, f"{now:%H:%M}", Type(12, bold=True, colour=PAPER), "middle")


def _empty(canvas: Canvas, grid: _Grid, words: Phrases) -> None:
    card = Box(90, (grid.top + grid.bottom) / 2 - 44, WIDTH - 180, 88)
    canvas.framed(card, LINE, PAPER, 14)
    canvas.fitted(Box(card.x, card.y + 18, card.w, 24), words.nothing_planned, Type(17, bold=True), "middle")
    kind = Type(12.5, colour=MUTED)
    canvas.fitted(Box(card.x + 10, card.y + 48, card.w - 20, 20), words.send_a_post, kind, "middle")
