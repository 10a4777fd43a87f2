"""Recurrence rules as people type them."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from core.domain.recurrence import Pattern
from core.domain.recurrence_wording import describe_rule
from core.domain.when import WhenError, parse_rule

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2026, 11, 23, 15, 0, tzinfo=HANOI)
"""A Monday."""


def said(text: str) -> str:
    """The rule in words, without its zone."""
    return describe_rule(parse_rule(text, NOW, HANOI)).replace(" (Asia/Ho_Chi_Minh)", "")


@pytest.mark.parametrize(
    ("words", "texts"),
    [
        (
            "every Monday at 09:00",
            ("every monday 9:00", "mỗi thứ 2 9h", "mondays at 9", "thứ hai hằng tuần 9h"),
        ),
        (
            "every Monday and Thursday at 09:00",
            (
                "every mon, thu at 9:00",
                "mon and thu 9am",
                "mỗi thứ 2, thứ 5 lúc 9h",
                "T2,T5 9h",
                "thứ 2, 5 lúc 9h",
            ),
        ),
        ("every Friday at 20:00", ("hàng tuần thứ 6 20h", "weekly fri 8pm", "fri 20:00 every week")),
        (
            "every day from Monday to Friday at 09:00",
            ("weekdays 9:00", "mon-fri 9:00", "từ thứ 2 đến thứ 6 lúc 9h", "t2-t6 9h", "thứ 2-6 9h"),
        ),
        (
            "every Saturday and Sunday at 09:00",
            ("mỗi cuối tuần 9h", "every weekend 9:00", "weekends 9:00", "thứ 7, CN 9h"),
        ),
        (
            "every day at 09:00",
            ("every day 9h", "daily 9.00", "hằng ngày 9h", "mỗi sáng 9h", "every morning at 9"),
        ),
        ("every day at 12:00", ("every day at noon", "mỗi ngày 12h trưa")),
        (
            "every month on day 15 at 10:00",
            (
                *(
                    "every month on day 15 at 10:00",
                    "monthly 15 10:00",
                    "monthly 15 10",
                    "10h ngày 15 hằng tháng",
                ),
                *("every 15th 10:00", "mỗi tháng ngày 15 10h", "monthly 15th 10h"),
            ),
        ),
        (
            "every month on day 31 (in shorter months on the last day) at 18:00",
            ("last day of every month 18:00", "ngày cuối tháng hằng tháng 18h", "cuối mỗi tháng 18h"),
        ),
        (
            "every day from 24 Nov 2026 at 09:00, until 31 Dec 2026",
            ("every day 9h until 31/12", "hằng ngày 9h đến hết ngày 31/12", "daily 9:00 till 31 Dec"),
        ),
        (
            "every day from 1 Dec 2026 at 09:00, until 31 Dec 2026",
            ("every day from 1/12 to 31/12 at 9:00", "mỗi ngày 9h từ 1/12 đến 31.12"),
        ),
        (
            "every Monday at 09:00, 10 in all",
            ("every mon 9:00 10 times", "mỗi thứ 2 9h 10 lần", "mon 9:00 weekly x10 times"),
        ),
        (
            "every Monday at 09:00, until 25 Dec 2026",
            ("every mon 9:00 until 25 Dec", "thứ 2 hàng tuần 9h tới 25/12"),
        ),
        ("every Monday at 09:00 (Europe/Berlin)", ("every mon 9:00 Europe/Berlin", "every mon 9:00 Berlin")),
    ],
)
def test_rules_are_read_in_english_and_vietnamese(words: str, texts: tuple[str, ...]) -> None:
    """Days of the week, of the month and every day, with an end, a number of times and a zone."""
    assert {text: said(text) for text in texts} == dict.fromkeys(texts, words)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("every day 16:00", "2026-11-23"),
        ("every day 9:00", "2026-11-24"),
        ("every day 9:00 1 times", "2026-11-24"),
        ("every day 9:00 from tomorrow", "2026-11-24"),
        ("hằng ngày 9h bắt đầu từ ngày kia", "2026-11-25"),
        ("every fri 9:00 from 1/12", "2026-12-04"),
        ("monthly 31 10:00", "2026-11-30"),
        ("every mon 22:00 America/Sao_Paulo", "2026-11-23"),
    ],
)
def test_a_rule_starts_at_its_first_date_to_come(text: str, start: str) -> None:
    """A date whose time is over today is not counted."""
    assert parse_rule(text, NOW, HANOI).start.isoformat() == start


def test_every_day_without_an_end_is_every_weekday() -> None:
    """A date range needs an end; without one the rule names all seven days."""
    assert parse_rule("every day 9:00", NOW, HANOI).pattern is Pattern.WEEKLY
    assert parse_rule("every day 9:00 until 31/12", NOW, HANOI).pattern is Pattern.DATE_RANGE


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("mon 9:00", '"mon 9:00" does not say that it repeats: write for example "every mon, thu 9:00"'),
        ("9:00", "does not say that it repeats"),
        (
            "weekend 9:00",
            '"weekend 9:00" may be one day or several: write "every weekend 09:00" or "sat 09:00".',
        ),
        ("cuối tuần 18h30", 'write "every weekend 18:30" or "sat 18:30".'),
        ("weekday 9:00", 'write "every weekday 09:00" or "mon 09:00".'),
        ("thứ 8 hằng tuần 9h", "There is no such weekday"),
        ("every mon", '"every mon" does not say the hour'),
        ("every evening", "does not say the hour"),
        ("weekly 9:00", "does not say the day of the week"),
        ("monthly 10:00", "does not say the day of the month"),
        ("every mon monthly 9:00", "names days of the week and of the month"),
        ("every 2 weeks mon 9:00", '"weeks" is not understood'),
        ("every mon 9:00 please", '"please" is not understood'),
        ("every mon 9:00 25/12", '"25/12" is one date of a rule: write "from 25/12" or "until 25/12".'),
        ("every mon 9:00 10:00", "says the time more than once"),
        ("every mon 9:00 from 1/12 from 2/12", "says the start more than once"),
        ("every mon 9:00 until 1/12 until 2/12", "says the end more than once"),
        ("every mon 25:00", "There is no such time as 25:00"),
        ("every mon 9:00+07:00", "name it, as in"),
        ("every mon-wed-fri 9:00", "is no weekday"),
        ("monthly 32 10:00", "Day 32 is in no month"),
        ("every mon 9:00 0 times", "The number of times is 0"),
        ("every mon 9:00 until 1/11/2026", "before the start"),
        ("every mon 9:00 until 31/2", "There is no 31/2"),
        ("every mon 9:00 from 1/1/2026", "The start 1 Jan 2026 is past"),
        ("every mon 9:00 until 24/11", "The rule never happens from now to its end 24 Nov 2026"),
        ("every day 9:00 until 23/11", "The rule never happens from now to its end 23 Nov 2026"),
    ],
)
def test_what_is_no_rule_is_refused(text: str, sentence: str) -> None:
    """One moment is no rule; what is missing, left over or impossible is named."""
    with pytest.raises(WhenError) as refused:
        parse_rule(text, NOW, HANOI)
    assert sentence in str(refused.value)
