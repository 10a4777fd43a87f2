"""The screens on which a person says how a post repeats: which days, at what time, until when.

Each button says all that was chosen so far, but for the weekdays, which are chosen one by one.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.cards.choosing import INERT, Choice, days_grid, hours_grid, not_taken
from bot.cards.moments import rule_words
from bot.html import Html, lines
from bot.screens import Button, Row, Screen, grid
from bot.taps import Tap
from bot.wording import Words
from core.domain.distance import WEEKDAYS_SHORT
from core.domain.recurrence import Pattern, Recurrence
from core.domain.zones import resolve_local

_PACE: Final = re.compile(r"w(?P<weekdays>[0-6]{0,7})|m(?P<day>[1-9]|[12]\d|3[01])")
_CLOCK: Final = re.compile(r"(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)")
_END: Final = re.compile(r"n|c(?P<count>[1-9]\d{0,3})|u(?P<day>\d{8})")
EVERY_DAY, WORKING_DAYS = "w0123456", "w01234"
_COUNTS: Final = (5, 10, 20, 50)
_STEP: Final = 5


@dataclass(frozen=True, slots=True)
class Making:
    """A rule in the making, as buttons say it.

    ``pace`` is ``w`` with the weekdays (0 is Monday) or ``m`` with the day of the month; ``clock`` is
    ``HHMM``; ``end`` is ``n`` (none), ``c`` with a number of times or ``u`` with the last day, ``YYYYMMDD``.
    """

    pace: str
    clock: str = ""
    end: str = ""

    def rule(self, words: Words) -> Recurrence | None:
        """The rule, from the next moment on at which it happens; None for what no button of ours says.

        Without an end it has none; without a clock it is at midnight.
        """
        pace, clock = _PACE.fullmatch(self.pace), _CLOCK.fullmatch(self.clock or "0000")
        end = _END.fullmatch(self.end or "n")
        if pace is None or clock is None or end is None:
            return None
        at = time(int(clock["hour"]), int(clock["minute"]))
        monthly = pace["day"] is not None
        try:
            until = datetime.strptime(end["day"], "%Y%m%d").date() if end["day"] else None  # noqa: DTZ007  # a day has no zone
        except ValueError:
            return None
        return Recurrence(
            pattern=Pattern.MONTHLY if monthly else Pattern.WEEKLY,
            start=_first_day(at, words.zone, words.now),
            at=at,
            zone=words.zone.key,
            weekdays=frozenset(map(int, pace["weekdays"] or "")),
            day_of_month=int(pace["day"]) if monthly else None,
            until=until,
            count=int(end["count"]) if end["count"] else None,
        )


def pace_screen(choice: Choice, words: Words, *, wrong: str = "") -> Screen:
    """How often? ``wrong`` says why the last rule was none."""
    told = words.say("when.wrong", sentence=words.sentence(wrong)) if wrong else None
    return Screen(
        text=lines(told, words.say("when.ask_repeat"), choice.head or None),
        buttons=[
            [
                Button(words.label("when.b_day_all"), choice.tap("r_hour", EVERY_DAY)),
                Button(words.label("when.b_day_work"), choice.tap("r_hour", WORKING_DAYS)),
            ],
            [
                Button(words.label("when.b_weekly"), choice.tap("r_days")),
                Button(words.label("when.b_monthly"), choice.tap("r_month")),
            ],
            [Button(words.label("when.b_type"), choice.tap("r_type"))],
            [Button(words.label("when.b_back"), choice.tap("t_when"))],
        ],
    )


def weekdays_screen(choice: Choice, chosen: Collection[int], words: Words) -> Screen:
    """On which days of the week? Each tap puts one in or takes it out.

    People tap several before the first tap is drawn, so the buttons name their own day only.
    """

    def toggle(day: int) -> Button:
        name = WEEKDAYS_SHORT[words.language][day]
        return Button(f"{'✓ ' if day in chosen else ''}{name}", choice.tap("r_day", str(day)))

    on = Button(words.label("when.b_next"), choice.tap("r_hour", "w"), style="primary")
    return Screen(
        text=words.say("when.ask_weekdays"),
        buttons=[
            *grid([toggle(day) for day in range(7)], 4),
            *([[on]] if chosen else []),
            [Button(words.label("when.b_back"), choice.tap("r_start"))],
        ],
    )


def month_days_screen(choice: Choice, words: Words) -> Screen:
    """On which day of each month?"""
    days = [Button(str(day), choice.tap("r_hour", f"m{day}")) for day in range(1, 32)]
    return Screen(
        text=words.say("when.ask_day_of_month"),
        buttons=[*grid(days, 7), [Button(words.label("when.b_back"), choice.tap("r_start"))]],
    )


def repeat_hours_screen(choice: Choice, making: Making, words: Words) -> Screen:
    """At what hour?"""

    def hour_button(hour: int) -> Button:
        return Button(f"{hour:02}", choice.tap("r_min", making.pace, f"{hour:02}"))

    return Screen(
        text=words.say("when.ask_repeat_hour", rule=pace_label(making, words)),
        buttons=[
            *hours_grid(hour_button, words),
            [Button(words.label("when.b_back"), choice.tap("r_start"))],
        ],
    )


def repeat_minutes_screen(choice: Choice, making: Making, hour: int, words: Words) -> Screen:
    """At which minute?"""
    minutes = [
        Button(f"{hour:02}:{minute:02}", choice.tap("r_end", making.pace, f"{hour:02}{minute:02}"))
        for minute in range(0, 60, _STEP)
    ]
    return Screen(
        text=words.say("when.ask_repeat_minute", rule=pace_label(making, words)),
        buttons=[
            *grid(minutes, 4),
            [Button(words.label("when.b_back"), choice.tap("r_hour", making.pace))],
        ],
    )


def end_screen(choice: Choice, making: Making, words: Words) -> Screen:
    """Until when?"""

    def done(end: str) -> Tap:
        return choice.tap("r_done", making.pace, making.clock, end)

    counts = [Button(words.label("when.b_times", n=n), done(f"c{n}")) for n in _COUNTS]
    return Screen(
        text=words.say("when.ask_end", rule=_described(making, words)),
        buttons=[
            [Button(words.label("when.b_endless"), done("n"), style="primary")],
            *grid(counts, 2),
            [Button(words.label("when.b_last_day"), choice.tap("r_until", making.pace, making.clock))],
            [Button(words.label("when.b_back"), choice.tap("r_hour", making.pace))],
        ],
    )


def last_day_screen(choice: Choice, making: Making, month: date, words: Words) -> Screen:
    """Which day is the last?"""
    today = words.now.astimezone(words.zone).date()

    def day_button(day: date, name: str) -> Button:
        if day < today:
            return Button("·", INERT)
        return Button(name, choice.tap("r_done", making.pace, making.clock, f"u{day:%Y%m%d}"))

    def turn(to: date) -> Tap:
        return choice.tap("r_until", making.pace, making.clock, f"{to:%Y-%m}")

    rows: list[Row] = days_grid(month, day_button, turn, words)
    return Screen(
        text=words.say("when.ask_last_day", rule=_described(making, words)),
        buttons=[
            *rows,
            [Button(words.label("when.b_back"), choice.tap("r_end", making.pace, making.clock))],
        ],
    )


def rule_typed_screen(choice: Choice, words: Words, *, wrong: str = "") -> Screen:
    """Ask for a typed rule; ``wrong`` says why the last answer was none."""
    return Screen(
        text=lines(
            not_taken(wrong, words),
            words.say("when.ask_rule_again" if wrong else "when.ask_rule_typed"),
        ),
        buttons=[[Button(words.label("when.b_back"), choice.tap("r_start"))]],
    )


def pace_label(making: Making, words: Words) -> Html:
    """The days of a rule alone: ``every Mo, Th``."""
    if making.pace == EVERY_DAY:
        return words.say("when.every_day")
    if making.pace == WORKING_DAYS:
        return words.say("when.weekdays")
    if making.pace.startswith("m"):
        return words.say("when.monthly", day=making.pace[1:])
    names = WEEKDAYS_SHORT[words.language]
    return words.say("when.weekly", days=", ".join(names[int(digit)] for digit in making.pace[1:]))


def _described(making: Making, words: Words) -> str:
    rule = making.rule(words)
    return rule_words(rule, words) if rule else ""


def _first_day(at: time, zone: ZoneInfo, now: datetime) -> date:
    """Today, or tomorrow when that time of today is over: a number of times counts those to come."""
    today = now.astimezone(zone).date()
    over = resolve_local(datetime.combine(today, at), zone).at <= now
    return today + timedelta(days=1) if over else today
