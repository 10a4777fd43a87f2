"""Four weeks in figures: posts a day by state, how late they were, and what is to come."""

from __future__ import annotations

from collections.abc import Sequence

from bot.pictures.canvas import MARGIN, WIDTH, Box, Canvas, Type
from bot.pictures.legend import legend
from bot.pictures.palette import FAINT, INK, LINE, LOOKS, MUTED, PAPER, SHADE, TODAY_EDGE
from bot.pictures.phrases import Phrases, phrases
from bot.pictures.subjects import State, Stats, Tally, count, total
from core.domain.access import Language

_DAYS = 28
_TITLE, _GAP = 58, 10
_CARD, _LATE_CARD = 74, 92
_CHART, _AXIS, _FOOTER = 200, 32, 30
_LEFT = MARGIN + 26
_BAR = (WIDTH - MARGIN - _LEFT) / _DAYS
_BAR_GAP = 3.5
_GLYPH_ROOM = 13
_PAD = 14
_FIGURE = Type(26, bold=True)
_LABEL = Type(12, colour=MUTED)


def stats_picture(stats: Stats, language: Language) -> bytes:
    """Draw the figures as a PNG; days outside of the 28 are left out."""
    words = phrases(language)
    days = list(stats.shown.values())
    summed = total(days)
    states = legend(summed, words)
    cards = _TITLE + 4
    top = cards + _CARD + _LATE_CARD + 2 * _GAP + 12 + states.height + 16
    bottom = top + _CHART
    canvas = Canvas(bottom + _AXIS + _FOOTER)
    _title(canvas, stats, words)
    _figures(canvas, cards, stats, summed.get(State.PUBLISHED, 0), words)
    _lateness(canvas, cards + _CARD + _GAP, stats, words)
    states.draw(canvas, top - states.height - 14)
    _bars(canvas, Box(_LEFT, top, _BAR * _DAYS, _CHART), days, words)
    _days(canvas, bottom, stats, words)
    canvas.text(MARGIN, bottom + _AXIS + 16, words.zone.format(stats.zone), Type(11, colour=MUTED))
    return canvas.png()


def _title(canvas: Canvas, stats: Stats, words: Phrases) -> None:
    canvas.text(MARGIN, 40, words.stats_title, Type(24, bold=True))
    first, *_, last = stats.shown
    canvas.text(WIDTH - MARGIN, 40, words.span(first, last), Type(14, colour=MUTED), "right")


def _figures(canvas: Canvas, y: float, stats: Stats, published: int, words: Phrases) -> None:
    figures = ((published, words.total), (stats.upcoming, words.upcoming))
    for column, (figure, label) in enumerate(figures):
        box = _card(canvas, y, column, _CARD)
        canvas.text(box.x, y + 38, words.whole(figure), _FIGURE)
        canvas.fitted(Box(box.x, y + 46, box.w, 18), label, _LABEL)
    if stats.next_at is not None:
        following = words.next_at.format(f"{words.day(stats.next_at.date())} {stats.next_at:%H:%M}")
        canvas.text(WIDTH - MARGIN - _PAD, y + 36, following, _LABEL, "right")


def _lateness(canvas: Canvas, y: float, stats: Stats, words: Phrases) -> None:
    for column, (value, label) in enumerate(
        ((stats.p50_ms, words.late_half), (stats.p99_ms, words.late_most))
    ):
        box = _card(canvas, y, column, _LATE_CARD)
        canvas.fitted(Box(box.x, y + 10, box.w, 18), label, _LABEL)
        canvas.text(box.x, y + 55, words.duration(value), _FIGURE)
        canvas.fitted(Box(box.x, y + 64, box.w, 18), words.late_than, _LABEL)


def _card(canvas: Canvas, y: float, column: int, high: float) -> Box:
    """The left or right one of a row; returns its room for words."""
    wide = (WIDTH - 2 * MARGIN - _GAP) / 2
    box = Box(MARGIN + column * (wide + _GAP), y, wide, high)
    canvas.box(box, SHADE, 12)
    return Box(box.x + _PAD, y, wide - 2 * _PAD, high)


def _bars(canvas: Canvas, box: Box, days: Sequence[Tally], words: Phrases) -> None:
    most = max(map(count, days))
    top = _round_up(most)
    for share in (0, 0.5, 1):
        y = round(box.bottom - share * box.h)
        canvas.box(Box(box.x, y, box.w, 0.5 if share else 1), LINE if share else FAINT)
        if share and most:
            canvas.text(box.x - 6, y + 4, words.whole(round(top * share)), Type(11, colour=MUTED), "right")
    for number, tally in enumerate(days):
        _bar(canvas, Box(box.x + number * _BAR + _BAR_GAP / 2, box.y, _BAR - _BAR_GAP, box.h), tally, top)
    if not most:
        canvas.text(box.x + box.w / 2, box.y + box.h / 2, words.stats_empty, Type(14, colour=MUTED), "middle")


def _bar(canvas: Canvas, room: Box, tally: Tally, top: int) -> None:
    y = room.bottom
    for state, look in LOOKS.items():
        high = tally.get(state, 0) / top * room.h
        if high:
            part = Box(room.x, y - high, room.w, high)
            canvas.box(part, look.edge)
            if y < room.bottom:
                canvas.box(Box(part.x, y - 0.5, part.w, 0.5), PAPER)
            if high >= _GLYPH_ROOM:
                middle = Box(part.x, part.y + high / 2 - 6, part.w, 12)
                canvas.fitted(middle, look.glyph, Type(11, bold=True, colour=look.mark), "middle")
            y -= high


def _days(canvas: Canvas, y: float, stats: Stats, words: Phrases) -> None:
    for number, day in enumerate(stats.shown):
        x = _LEFT + (number + 0.5) * _BAR
        last = day == stats.last_day
        if last:
            canvas.polygon([(x - 4, y + 9), (x + 4, y + 9), (x, y + 3)], TODAY_EDGE)
        if day.weekday() == 0 and (stats.last_day - day).days > 1:
            canvas.box(Box(x - 0.5, y, 1, 4), FAINT)
            canvas.text(x, y + 18, words.short_day(day), Type(11, colour=MUTED), "middle")
        elif last:
            canvas.text(
                WIDTH - MARGIN, y + 22, words.short_day(day), Type(11, bold=True, colour=INK), "right"
            )


def _round_up(most: int) -> int:
    """The top of the axis, with a whole half: 2, 4, 6, 8, 10, 12, 16, 20, 40 and so on."""
    step = 1
    while True:
        for top in (2, 4, 6, 8, 10, 12, 16):
            if top * step >= most:
                return top * step
        step *= 10
