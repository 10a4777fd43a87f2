"""What a workbook would do, before it does: counts, conflicts, problems, and what can be decided about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from bot.cards.moments import moment, short_moment
from bot.cards.workbook_problems import NAME, first_problems, name_of, problems_of
from bot.html import NOTHING, Html, escape, lines, shorten
from bot.pictures import ImportPlan
from bot.screens import Button, File, Row, Screen, grid
from bot.taps import Tap
from bot.wording import Words
from core.domain.account import Account
from core.domain.policy import DAILY_POSTS
from core.domain.spread import DEFAULT_GAP
from core.domain.upload import SpreadChoice, Upload
from core.domain.zones import format_day, zone, zone_label
from core.services.outlook import Outlook
from core.services.sheet_plan import Action

FIRST_HOUR: Final = 9
LAST_HOUR: Final = 21
SPREADS: Final = tuple(
    (days, gap) for gap in (timedelta(hours=1), timedelta(minutes=15)) for days in (7, 14, 30)
)
"""Over how many days rows without a time can be spread, and how far apart at least."""
_NOTES: Final = 3
_ACCOUNTS: Final = 12
_MINUTE: Final = timedelta(minutes=1)
_HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """An upload with what its import would do; ``accounts`` are those that the person may choose from."""

    upload: Upload
    outlook: Outlook
    accounts: Sequence[Account]
    note: Html = NOTHING


def stage_screen(upload: Upload, key: str, words: Words) -> Screen:
    """How far it is."""
    return Screen(text=words.say(key, name=name_of(upload)))


def refused_screen(name: str, sentence: str, words: Words) -> Screen:
    """Why nothing can be done with it; where the file itself is no calendar, with one to start from."""
    told = words.sentence(sentence)
    if not sentence.startswith(name):
        title = words.say("book.name", name=shorten(name, NAME))
        return Screen(text=lines(title, words.say("transport.refused", sentence=told)))
    key = "transport.refused" if "/template" in told.plain else "book.refused"
    template = Button(words.label("import.b_template"), Tap("x_template"))
    return Screen(text=words.say(key, sentence=told), buttons=[[template]])


def dated(at: datetime, words: Words) -> Html:
    """Shortly, but with its year where that is not the present one: a calendar may reach into the next."""
    this_year = words.now.astimezone(words.zone).year
    return (short_moment if at.astimezone(words.zone).year == this_year else moment)(at, words)


def interrupted_screen(upload: Upload, sentence: str, words: Words, again: Tap) -> Screen:
    """A server is away; ``again`` goes on with it."""
    told = words.say("book.interrupted", name=name_of(upload), sentence=words.sentence(sentence))
    return Screen(text=told, buttons=[[Button(words.label("book.b_again"), again)]])


def workbook_screen(proposal: Proposal, words: Words) -> Screen:
    """The whole check on one card."""
    upload, outlook = proposal.upload, proposal.outlook
    return Screen(
        text=lines(
            proposal.note or None,
            words.say("book.title", name=name_of(upload)),
            *_counts(outlook, words),
            *_times(upload, outlook, words),
            *_of_accounts(outlook, words),
            *_conflicts(outlook, words),
            *(words.say("book.note", sentence=words.sentence(one)) for one in _notes(outlook)),
            *first_problems(outlook, words),
            _why_nothing(outlook, words),
        ),
        buttons=_buttons(proposal, words),
    )


def spread_screen(
    upload: Upload, outlook: Outlook, rooms: Sequence[int], start: datetime, words: Words
) -> Screen:
    """Over which days? ``rooms`` says how many rows each of :data:`SPREADS` has room for."""
    choices = [
        Button(
            words.label("book.days", n=days, gap=_length(gap, words)),
            Tap("x_spread", upload.id, upload.revision, (str(days), str(gap // _MINUTE))),
        )
        for (days, gap), room in zip(SPREADS, rooms, strict=True)
        if room >= outlook.drafts
    ]
    leave = [Button(words.label("book.b_leave"), Tap("x_spread", upload.id, upload.revision))]
    back = [Button(words.label("button.back"), Tap("x_show", upload.id, upload.revision))]
    text = words.say(
        "book.ask_spread",
        start=_day(start, words),
        first=FIRST_HOUR,
        last=LAST_HOUR,
        zone=zone_label(words.zone),
    )
    return Screen(
        text=text if choices else lines(text, words.say("book.no_room")),
        buttons=[*grid(choices, 3), *([leave] if upload.spread else []), back],
    )


def marked_screen(upload: Upload, data: bytes, words: Words) -> Screen:
    """The workbook back, with its bad cells coloured."""
    return Screen(text=words.say("book.marked"), file=File(name=upload.file_name, data=data), silent=True)


def import_plan(outlook: Outlook, words: Words) -> ImportPlan:
    """The days that would be filled, for the picture; in the person's zone."""

    def day(at: datetime) -> date:
        return at.astimezone(words.zone).date()

    times = [
        plan.row.scheduled_at
        for plan in outlook.check.plans
        if plan.row.scheduled_at is not None and plan.action is not Action.KEEP
    ]
    return ImportPlan(
        zone=zone_label(words.zone),
        today=day(words.now),
        days=Counter(map(day, times)),
        over_quota=frozenset(day(one.at) for one in outlook.overflows),
        too_close=frozenset(day(one.second) for one in outlook.crowds),
    )


def _counts(outlook: Outlook, words: Words) -> Iterator[Html]:
    check = outlook.check
    report = check.report
    bad = {problem.row for problem in report.errors}
    yield words.say("book.rows", n=report.total)
    numbers = {
        "book.new": check.counted(Action.ADD),
        "book.changed": check.counted(Action.UPDATE),
        "book.same": check.counted(Action.KEEP),
        "book.live": len(report.left_out),
        "book.twice": len(report.duplicates) + len(check.doubles),
        "book.bad": len(bad),
        "book.doubtful": len({problem.row for problem in report.warnings} - bad),
        "book.drafts": outlook.drafts,
    }
    yield from (words.say(key, n=number) for key, number in numbers.items() if number)


def _times(upload: Upload, outlook: Outlook, words: Words) -> Iterator[Html]:
    report = outlook.check.report
    if upload.spread is not None:
        yield _spread_told(upload.spread, words)
    if report.first is not None and report.last is not None:
        yield words.say("book.first", time=dated(report.first, words))
        if report.last != report.first:
            yield words.say("book.last", time=dated(report.last, words))


def _spread_told(chosen: SpreadChoice, words: Words) -> Html:
    where = zone(chosen.hours.zone)
    first, last = chosen.start.astimezone(where).date(), chosen.end.astimezone(where).date()
    return words.say(
        "book.spread",
        days=(last - first).days + 1,
        start=_day(chosen.start, words),
        first=chosen.hours.first,
        last=chosen.hours.last,
        gap=_length(chosen.gap, words),
    )


def _of_accounts(outlook: Outlook, words: Words) -> Iterator[Html]:
    """How many rows each account gets, and which one the rows without an account belong to."""
    plans = outlook.check.plans
    numbers = Counter(plan.account.username for plan in plans)
    if numbers:
        listed = [words.say("book.account", account=name, n=n) for name, n in numbers.most_common(_ACCOUNTS)]
        more = [escape("…")] if len(numbers) > _ACCOUNTS else []
        yield words.say("book.accounts", accounts=Html(" · ".join(one.markup for one in [*listed, *more])))
    if len(numbers) > 1 and outlook.default is not None and _has_orphans(outlook):
        yield words.say("book.default", account=outlook.default.username)


def _has_orphans(outlook: Outlook) -> bool:
    """Whether there are rows that name no account."""
    return any(plan.row.account is None for plan in outlook.check.plans)


def _conflicts(outlook: Outlook, words: Words) -> Iterator[Html]:
    seen: set[str] = set()
    for one in outlook.overflows:
        if one.account.id not in seen:
            seen.add(one.account.id)
            yield words.say(
                "book.overflow",
                account=one.account.username,
                limit=DAILY_POSTS,
                time=dated(one.at, words),
            )
    if outlook.crowds:
        first = outlook.crowds[0]
        yield words.say(
            "book.crowd",
            minutes=DEFAULT_GAP // _MINUTE,
            n=len(outlook.crowds),
            account=first.account.username,
            time=dated(first.first, words),
        )


def _notes(outlook: Outlook) -> Sequence[str]:
    return outlook.check.report.notes[:_NOTES]


def _why_nothing(outlook: Outlook, words: Words) -> Html | None:
    if outlook.changing:
        return None
    return words.say("book.nothing" if outlook.check.plans or outlook.check.live else "book.nothing_good")


def _buttons(proposal: Proposal, words: Words) -> list[Row]:
    upload, outlook = proposal.upload, proposal.outlook

    def button(key: str, verb: str, *args: str, **facts: object) -> Button:
        return Button(words.label(key, **facts), Tap(verb, upload.id, upload.revision, args))

    problems = sum(1 for _ in problems_of(outlook, words))
    go = button("book.b_import", "x_go", n=outlook.changing)
    look = [button("book.b_problems", "x_problems", "0", n=problems)] if problems else []
    if upload.spread is not None:
        look.append(button("book.b_other_days", "x_spreads"))
    elif outlook.drafts:
        look.append(button("book.b_spread", "x_spreads", n=outlook.drafts))
    rows: list[Row] = [[*([go] if outlook.changing else []), button("book.b_cancel", "x_cancel")]]
    if look:
        rows.append(look)
    return rows + _choice_of_account(proposal)


def _choice_of_account(proposal: Proposal) -> list[Row]:
    """For the rows that name none, where there are several accounts."""
    if len(proposal.accounts) < 2 or not _has_orphans(proposal.outlook):  # noqa: PLR2004  # one leaves no choice
        return []
    upload, chosen = proposal.upload, proposal.outlook.default
    buttons = [
        Button(
            f"{'● ' if chosen and one.id == chosen.id else ''}@{one.username}",
            Tap("x_account", upload.id, upload.revision, (one.id,)),
        )
        for one in proposal.accounts[:_ACCOUNTS]
    ]
    return grid(buttons, 2)


def _length(gap: timedelta, words: Words) -> str:
    if gap == _HOUR:
        return words.label("book.hour")
    return words.label("book.minutes", n=gap // _MINUTE)


def _day(at: datetime, words: Words) -> Html:
    return words.sentence(format_day(at.astimezone(words.zone).date()))
