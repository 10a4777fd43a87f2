"""What a workbook would fill: a row for each week, the number of posts on each day, conflicts marked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from bot.pictures.canvas import MARGIN, WIDTH, Box, Canvas, Type
from bot.pictures.legend import Sign
from bot.pictures.month import heat
from bot.pictures.palette import FAINT, INK, LOOKS, MUTED, PAPER
from bot.pictures.phrases import Phrases, phrases
from bot.pictures.subjects import ImportPlan, State
from core.domain.access import Language

_DAYS = 7
_MOST_WEEKS = 8
_TITLE, _MARKS, _HEADER, _FOOTER = 72, 26, 24, 34
_LEFT = MARGIN + 58
_GAP = 5
_CELL_W = (WIDTH - MARGIN + _GAP - _LEFT) / _DAYS
_CELL_H = 50
_OVER_QUOTA = Sign("▲", LOOKS[State.FAILED].edge)
_TOO_CLOSE = Sign("≈", LOOKS[State.HELD].edge)


def weeks_preview(plan: ImportPlan, language: Language) -> bytes:
    """Draw the first eight weeks that get posts as a PNG; a gap stands between weeks that are apart."""
    words = phrases(language)
    weeks = _weeks_of(plan)
    shown = weeks[:_MOST_WEEKS]
    marks = [
        (_OVER_QUOTA, words.over_quota, len(plan.over_quota)),
        (_TOO_CLOSE, words.too_close, len(plan.too_close)),
    ]
    marks = [mark for mark in marks if mark[2]]
    top = _TITLE + len(marks) * _MARKS + _HEADER
    canvas = Canvas(top + len(shown) * _CELL_H * 2 + _FOOTER)
    _title(canvas, plan, words)
    for number, (mark, label, days) in enumerate(marks):
        mark.draw(canvas, Box(MARGIN, _TITLE + number * _MARKS, 17, 17))
        canvas.text(MARGIN + 25, _TITLE + number * _MARKS + 13, f"{label}: {words.days(days)}", Type(12.5))
    for column, name in enumerate(words.weekdays):
        middle = _LEFT + (column + 0.5) * _CELL_W - _GAP / 2
        canvas.text(middle, top - 8, name, Type(12, colour=MUTED), "middle")
    bottom = _weeks(canvas, top, shown, plan, words)
    canvas.text(MARGIN, bottom + 20, words.zone.format(plan.zone), Type(11, colour=MUTED))
    if len(weeks) > len(shown):
        more = words.more_weeks.format(len(weeks) - len(shown))
        canvas.text(WIDTH - MARGIN, bottom + 20, more, Type(12, bold=True), "right")
    return canvas.png(bottom + _FOOTER)


def _weeks_of(plan: ImportPlan) -> Sequence[date]:
    """The Mondays of the weeks that get posts."""
    return sorted({day - timedelta(days=day.weekday()) for day in plan.shown})


def _title(canvas: Canvas, plan: ImportPlan, words: Phrases) -> None:
    days = plan.shown
    posts = words.count(sum(plan.days.values()))
    canvas.text(MARGIN, 36, words.import_title.format(posts), Type(24, bold=True))
    if days:
        canvas.text(MARGIN, 56, words.span(min(days), max(days)), Type(13, colour=MUTED))


def _weeks(canvas: Canvas, top: float, shown: Sequence[date], plan: ImportPlan, words: Phrases) -> float:
    """Draws the rows from ``top``; returns where they end."""
    fullest = max(plan.days.values(), default=0)
    y = top
    for number, monday in enumerate(shown):
        if number and monday - shown[number - 1] > timedelta(days=_DAYS):
            for dot in range(3):
                canvas.circle(WIDTH / 2 + 10 * (dot - 1), y + 5, 1.75, FAINT)
            y += 16
        canvas.text(MARGIN, y + 27, words.short_day(monday), Type(12.5, bold=True))
        for column in range(_DAYS):
            box = Box(_LEFT + column * _CELL_W, y, _CELL_W - _GAP, _CELL_H - _GAP)
            _day(canvas, box, monday + timedelta(days=column), plan, fullest)
        y += _CELL_H
    return y


def _day(canvas: Canvas, box: Box, day: date, plan: ImportPlan, fullest: int) -> None:
    number = plan.days.get(day, 0)
    marks = [
        mark for mark, days in ((_OVER_QUOTA, plan.over_quota), (_TOO_CLOSE, plan.too_close)) if day in days
    ]
    if marks:
        canvas.framed(box, marks[0].colour, heat(number, fullest), 8, 2)
    elif day == plan.today:
        canvas.framed(Box(box.x - 2, box.y - 2, box.w + 4, box.h + 4), INK, PAPER, 10, 2)
        canvas.box(box.inset(1), heat(number, fullest), 7)
    else:
        canvas.box(box, heat(number, fullest), 8)
    canvas.text(box.x + 7, box.y + 16, str(day.day), Type(11, colour=MUTED if number else FAINT))
    for place, mark in enumerate(marks):
        mark.draw(canvas, Box(box.right - 20 - 17 * place, box.y + 4, 15, 15))
    if number:
        size = 17 if number < 1000 else 13  # noqa: PLR2004 - four digits need a smaller type
        canvas.text(box.right - 7, box.bottom - 8, f"{number:,}", Type(size, bold=True), "right")
