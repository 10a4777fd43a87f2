"""The screens on which a person says when a post goes out: quick times, a month, hours, minutes, or typed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from bot.cards.moments import moment, placed_moment, until
from bot.cards.zones import zone_name
from bot.html import Html, lines
from bot.screens import Button, Row, Screen, grid
from bot.taps import Tap
from bot.wording import Words
from core.domain.distance import MONTHS, WEEKDAY_COLUMNS, day_label
from core.domain.zones import resolve_local

INERT: Final = Tap("t_none")
"""Of a button that only shows something."""
_PAST: Final = Button("·", INERT)
_MARK: Final = "•"
_MONTHS_AHEAD: Final = 24
_STEP: Final = 5
_HOURS_PER_ROW, _MINUTES_PER_ROW, _DAYS_PER_ROW = 6, 4, 7
_DAWN: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Whose time is chosen: ``subject`` and ``version`` as buttons say them, ``back`` is the way out.

    ``head`` shows what is written, ``at`` the moment chosen before (UTC). Only a draft can ``repeat``.
    """

    subject: str
    version: int
    head: Html
    back: Tap
    at: datetime | None = None
    repeats: bool = False

    def tap(self, verb: str, *args: str) -> Tap:
        return Tap(verb, self.subject, self.version, args)


@dataclass(frozen=True, slots=True)
class Quick:
    """A time that is offered as one button."""

    label: str
    at: datetime


def when_screen(choice: Choice, quick: Sequence[Quick], words: Words, *, wrong: str = "") -> Screen:
    """The first question: a quick time, or one of the ways to another; ``wrong`` says why the last was none."""
    times = [Button(one.label, choice.tap("t_at", str(int(one.at.timestamp())))) for one in quick]
    rows: list[Row] = [
        *([one] for one in times[:1]),
        *grid(times[1:], 3),
        [
            Button(words.label("when.b_pick"), choice.tap("t_month")),
            Button(words.label("when.b_type"), choice.tap("t_type")),
        ],
    ]
    if choice.repeats:
        rows.append([Button(words.label("when.b_repeat"), choice.tap("r_start"))])
    if choice.repeats and choice.at is not None:
        rows.append([Button(words.label("when.b_no_time"), choice.tap("t_forget"))])
    rows.append([Button(words.label("when.b_back"), choice.back)])
    now_set = words.say("when.now_set", time=moment(choice.at, words)) if choice.at else None
    return Screen(
        text=lines(_wrong(wrong, words), words.say("when.ask"), choice.head, now_set, _zone(words)),
        buttons=rows,
    )


def month_screen(choice: Choice, month: date, busy: Mapping[date, int], words: Words) -> Screen:
    """The days of ``month``; ``busy`` counts the posts that the account has on each that is shown."""
    today = words.now.astimezone(words.zone).date()
    chosen = choice.at.astimezone(words.zone).date() if choice.at else None

    def day_button(day: date, name: str) -> Button:
        if day < today:
            return _PAST
        posts = busy.get(day, 0)
        mark = f"{_MARK}{posts if posts > 1 else ''}" if posts else ""
        style = "primary" if day == chosen else None
        return Button(f"{name}{mark}", choice.tap("t_day", day.isoformat()), style=style)

    def turn(to: date) -> Tap:
        return choice.tap("t_month", f"{to:%Y-%m}")

    return Screen(
        text=lines(words.say("when.ask_day"), _legend(busy, words), _zone(words)),
        buttons=[
            *days_grid(month, day_button, turn, words),
            [Button(words.label("when.b_back"), choice.tap("t_when"))],
        ],
    )


def hours_screen(choice: Choice, day: date, busy: Collection[int], words: Words) -> Screen:
    """The hours of ``day``; those in ``busy`` have posts."""

    def hour_button(hour: int) -> Button:
        if _over(day, time(hour, 60 - _STEP), words):
            return _PAST
        mark = _MARK if hour in busy else ""
        return Button(f"{hour:02}{mark}", choice.tap("t_hour", day.isoformat(), f"{hour:02}"))

    return Screen(
        text=lines(
            words.say("when.ask_hour", day=day_label(day, words.language)), _legend(busy, words), _zone(words)
        ),
        buttons=[
            *hours_grid(hour_button, words),
            [Button(words.label("when.b_back"), choice.tap("t_month", f"{day:%Y-%m}"))],
        ],
    )


def minutes_screen(choice: Choice, day: date, hour: int, busy: Collection[int], words: Words) -> Screen:
    """Every fifth minute of the hour; those in ``busy`` are taken."""

    def minute_button(minute: int) -> Button:
        if _over(day, time(hour, minute), words):
            return _PAST
        at = resolve_local(datetime.combine(day, time(hour, minute)), words.zone).at
        mark = _MARK if minute in busy else ""
        return Button(f"{hour:02}:{minute:02}{mark}", choice.tap("t_at", str(int(at.timestamp()))))

    return Screen(
        text=lines(
            words.say("when.ask_minute", day=day_label(day, words.language)),
            _legend(busy, words),
            _zone(words),
        ),
        buttons=[
            *_to_come(grid([minute_button(minute) for minute in range(0, 60, _STEP)], _MINUTES_PER_ROW)),
            [Button(words.label("when.b_back"), choice.tap("t_day", day.isoformat()))],
        ],
    )


def typed_screen(choice: Choice, words: Words, *, wrong: str = "") -> Screen:
    """Ask for a typed moment; ``wrong`` says why the last answer was none."""
    return Screen(
        text=lines(
            not_taken(wrong, words),
            words.say("when.ask_again" if wrong else "when.ask_typed"),
            _zone(words),
        ),
        buttons=[[Button(words.label("when.b_back"), choice.tap("t_when"))]],
    )


def move_screen(
    choice: Choice, at: datetime, words: Words, *, notes: Sequence[str] = (), wrong: str = ""
) -> Screen:
    """Shall a post really go out at ``at`` instead? ``wrong`` says why that was refused just now."""
    was = moment(choice.at, words) if choice.at else words.say("card.no_time")
    label, more = ("when.b_move_anyway", ("dup",)) if wrong else ("when.b_move", ())
    move = choice.tap("t_move", str(int(at.timestamp())), *more)
    return Screen(
        text=lines(
            _wrong(wrong, words),
            choice.head,
            words.say("when.confirm_move", was=was, time=placed_moment(at, words), distance=until(at, words)),
            *(words.say("draft.note", note=words.sentence(note)) for note in notes),
        ),
        buttons=[
            [
                Button(words.label(label), move, style="danger" if wrong else "success"),
                Button(words.label("when.b_change"), choice.tap("t_when")),
            ],
            [Button(words.label("when.b_back"), choice.back)],
        ],
    )


def shown_days(month: date, words: Words) -> list[date]:
    """The days of the weeks of ``month`` that are not over: the first and last weeks are whole, too."""
    today = words.now.astimezone(words.zone).date()
    first = month.replace(day=1)
    after = (first + timedelta(days=31)).replace(day=1)
    start = max(first - timedelta(first.weekday()), today - timedelta(today.weekday()))
    end = after + timedelta(-after.weekday() % _DAYS_PER_ROW)
    return [start + timedelta(n) for n in range((end - start).days)]


def days_grid(
    month: date,
    day_button: Callable[[date, str], Button],
    turn: Callable[[date], Tap],
    words: Words,
) -> list[Row]:
    """A month in seven columns, below its name with the ways to its neighbours, and the weekdays.

    ``day_button`` makes the button of a day with its name, which tells the month of a neighbour's day.
    """
    today = words.now.astimezone(words.zone).date()
    first = month.replace(day=1)
    before, after = (first - timedelta(days=1)).replace(day=1), (first + timedelta(days=31)).replace(day=1)
    ahead = (after.year - today.year) * 12 + after.month - today.month
    short = MONTHS["en"][first.month - 1][:3] if words.language == "en" else f"Th.{first.month}"
    name = words.label("when.month", name=short, year=first.year)
    days = [
        day_button(day, str(day.day) if day.month == first.month else f"{day.day}/{day.month}")
        for day in shown_days(month, words)
    ]
    return [
        [
            *([Button("\u2039", turn(before))] if before >= today.replace(day=1) else []),
            Button(name, INERT),
            *([Button("\u203a", turn(after))] if ahead <= _MONTHS_AHEAD else []),
        ],
        [Button(weekday, INERT) for weekday in WEEKDAY_COLUMNS[words.language]],
        *grid(days, _DAYS_PER_ROW),
    ]


def hours_grid(hour_button: Callable[[int], Button], words: Words) -> list[Row]:
    """The hours of a day without the rows that are over; those before dawn are last, below their name."""
    early = _to_come(grid([hour_button(hour) for hour in range(_DAWN)], _HOURS_PER_ROW))
    return [
        *_to_come(grid([hour_button(hour) for hour in range(_DAWN, 24)], _HOURS_PER_ROW)),
        *([[Button(words.label("when.early"), INERT)]] if early else []),
        *early,
    ]


def not_taken(sentence: str, words: Words) -> Html | None:
    """Why what was typed is not taken."""
    return words.say("when.not_taken", sentence=words.sentence(sentence)) if sentence else None


def _to_come(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if any(button != _PAST for button in row)]


def _over(day: date, at: time, words: Words) -> bool:
    """Whether a local time has passed, or is skipped by the clocks."""
    resolved = resolve_local(datetime.combine(day, at), words.zone)
    return resolved.at <= words.now or resolved.gap


def _legend(busy: Collection[object], words: Words) -> Html | None:
    """What the mark means, where there is one."""
    return words.say("when.legend") if busy else None


def _zone(words: Words) -> Html:
    """Say whose clocks count: ``Times are Vietnam time (UTC+7).``."""
    where, bracket, offset = zone_name(words.zone, words).partition(" (")
    return words.say("when.zone", place=where, offset=bracket + offset)


def _wrong(sentence: str, words: Words) -> Html | None:
    return words.say("when.wrong", sentence=words.sentence(sentence)) if sentence else None
