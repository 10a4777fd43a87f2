"""The calendar of a month: how many posts each day has, and in which states."""

from __future__ import annotations

from calendar import Calendar
from datetime import date

from bot.pictures.canvas import MARGIN, WIDTH, Box, Canvas, Type
from bot.pictures.legend import legend, stack
from bot.pictures.palette import FAINT, HEAT, INK, MUTED, PAPER, SHADE
from bot.pictures.phrases import Phrases, phrases
from bot.pictures.subjects import Month, Tally, count, total
from core.domain.access import Language

_DAYS = 7
_TITLE, _HEADER, _FOOTER = 58, 26, 34
_GAP = 5
_CELL_W = (WIDTH - 2 * MARGIN + _GAP) / _DAYS
_CELL_H = 62


def month_strip(month: Month, language: Language) -> bytes:
    """Draw the month as a PNG; the darker a day the more posts it has. Days of other months are left out."""
    words = phrases(language)
    days = month.shown
    weeks = Calendar().monthdayscalendar(month.day.year, month.day.month)
    states = legend(total(days.values()), words)
    top = _TITLE + states.height + _HEADER
    bottom = top + len(weeks) * _CELL_H
    canvas = Canvas(bottom + _FOOTER)
    _title(canvas, month, sum(map(count, days.values())), words)
    states.draw(canvas, _TITLE)
    for column, name in enumerate(words.weekdays):
        middle = MARGIN + (column + 0.5) * _CELL_W - _GAP / 2
        canvas.text(middle, top - 8, name, Type(12, colour=MUTED), "middle")
    fullest = max(map(count, days.values()), default=0)
    for row, week in enumerate(weeks):
        for column, number in enumerate(week):
            if number:
                day = month.day.replace(day=number)
                box = Box(MARGIN + column * _CELL_W, top + row * _CELL_H, _CELL_W - _GAP, _CELL_H - _GAP)
                _day(canvas, box, day, days.get(day, {}), today=day == month.today, fullest=fullest)
    canvas.text(MARGIN, bottom + 20, words.zone.format(month.zone), Type(11, colour=MUTED))
    return canvas.png()


def heat(number: int, fullest: int) -> str:
    """The colour of a day with so many posts, where the fullest day has ``fullest``."""
    return HEAT[-(-number * (len(HEAT) - 1) // fullest)] if number else SHADE


def _title(canvas: Canvas, month: Month, posts: int, words: Phrases) -> None:
    canvas.text(MARGIN, 40, words.month(month.day), Type(24, bold=True))
    label = words.count(posts) if posts else words.month_empty
    canvas.text(WIDTH - MARGIN, 40, label, Type(14, colour=MUTED), "right")


def _day(canvas: Canvas, box: Box, day: date, tally: Tally, *, today: bool, fullest: int) -> None:
    number = count(tally)
    colour = heat(number, fullest)
    if today:
        canvas.framed(Box(box.x - 2, box.y - 2, box.w + 4, box.h + 4), INK, PAPER, 10, 2)
    canvas.box(box if not today else box.inset(1), colour, 8)
    ink = INK if today else MUTED if number else FAINT
    canvas.text(box.x + 8, box.y + 17, str(day.day), Type(12, bold=today, colour=ink))
    if number:
        size = 19 if number < 1000 else 14  # noqa: PLR2004 - four digits need a smaller type
        canvas.text(box.right - 8, box.y + 40, f"{number:,}", Type(size, bold=True), "right")
        stack(canvas, Box(box.x + 8, box.bottom - 11, box.w - 16, 5), tally)
