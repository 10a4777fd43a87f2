"""Saying when: by month, hour and minute, typed, or again and again; and moving a post that waits."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from bot_scene import BotScene
from composing_scene import all_posts, only_draft, scene
from open_drafts import open_drafts

from bot.cards.choosing import Choice, hours_screen, minutes_screen, month_screen
from bot.cards.repeating import Making, repeat_hours_screen
from bot.html import escape
from bot.screens import Screen
from bot.taps import Tap
from bot.wording import Words
from bot.wording.catalogue import TEXTS
from botapi.person import Person
from core.domain.post import Post, PostStatus
from core.domain.recurrence import Pattern, preview
from stories.fixtures import Shop

__all__ = ["scene"]

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
CHOICE = Choice(subject="a12345678901234567890", version=999, head=escape("x"), back=Tap("d_show"))


def words(now: datetime, zone: str = "Asia/Ho_Chi_Minh") -> Words:
    return Words(TEXTS, "en", ZoneInfo(zone), now)


def labels(screen: Screen) -> list[list[str]]:
    return [[button.label for button in row] for row in screen.buttons]


def tomorrow(scene: BotScene) -> date:
    return scene.core.clock.now().astimezone(HANOI).date() + timedelta(days=1)


async def test_a_day_an_hour_and_a_minute_are_tapped(scene: BotScene, shop: Shop, linh: Person) -> None:
    """Month, hours and minutes lead to the very moment, shown with weekday, zone and distance."""
    await linh.says("Grid")
    await linh.taps("📅 When")
    card = await linh.sees("When should it go out?")
    day = tomorrow(scene)
    await linh.taps("📆 Pick a day")
    await linh.sees("Which day?")
    while card.button("Back") is not None and f"{day:%b %Y}" not in str(card.buttons):
        await linh.taps("›")
    await linh.taps(str(day.day))
    await linh.sees("at what hour?")
    await linh.taps("13")
    await linh.sees("which minute?")
    await linh.taps("13:25")
    assert await linh.sees(f"{day:%a} {day.day} {day:%b}", "13:25 (Vietnam)", " h") is card
    at = datetime.combine(day, time(13, 25), HANOI)
    assert (await only_draft(scene, linh)).at == at.astimezone(UTC)
    assert await shop.feed() == []


async def test_days_and_hours_with_posts_are_marked(scene: BotScene, shop: Shop, linh: Person) -> None:
    """What the account has planned is seen while a time is chosen, and told before it is scheduled."""
    at = datetime.combine(tomorrow(scene), time(10), HANOI).astimezone(UTC)
    for number in range(2):
        await shop.schedule(f"Other {number}", at - scene.core.clock.now() + timedelta(minutes=number))
    await linh.says("Third")
    await linh.taps("📅 When")
    await linh.taps("📆 Pick a day")
    await linh.taps(f"{tomorrow(scene).day}•2")
    await linh.sees("there are posts")
    await linh.taps("10•")
    await linh.taps("10:00•")
    await linh.sees("10:00", "has 3 posts on")


async def test_a_typed_time_is_asked_for_until_it_is_one(scene: BotScene, shop: Shop, linh: Person) -> None:
    """What cannot be read is one sentence and the question stays; the card comes down to the answer."""
    await linh.says(f"Typed for {shop.account.name}")
    await linh.taps("📅 When")
    await linh.taps("⌨️ Type it")
    await linh.sees("Type the time")
    for wrong in ("sometime", "31/2 9:00"):
        await linh.says(wrong)
        card = await linh.sees(wrong.partition(" ")[0], "Type the time again", fresh=True)
        assert card.text.startswith("⚠️")
        assert len(card.text.splitlines()) == 3
        await linh.waits_for(lambda: sum(message.from_bot for message in linh.messages) == 1)
    await linh.says("tomorrow 9:30")
    await linh.sees("09:30 (Vietnam)", "Typed for")
    await linh.waits_for(lambda: sum(message.from_bot for message in linh.messages) == 1)
    assert linh.messages[-1].from_bot
    at = datetime.combine(tomorrow(scene), time(9, 30), HANOI)
    assert (await only_draft(scene, linh)).at == at.astimezone(UTC)


async def test_a_tap_instead_of_the_answer_ends_the_question(
    scene: BotScene, shop: Shop, linh: Person
) -> None:
    """Back on the draft a text is a new draft again, not a time."""
    await linh.says(f"One of {shop.account.name}")
    await linh.taps("📅 When")
    await linh.taps("⌨️ Type it")
    await linh.sees("Type the time")
    await linh.taps("‹ Back")
    card = await linh.sees("When should it go out?")
    await linh.taps("‹ Back", on=card)
    await linh.sees("/500")
    await linh.says("tomorrow 9:30")
    await linh.sees("Draft", "tomorrow 9:30")
    assert len(await open_drafts(scene.core, str(linh.id))) == 2


async def test_a_post_repeats_on_the_days_that_were_tapped(scene: BotScene, shop: Shop, linh: Person) -> None:
    """Weekdays tapped in a hurry all count; the next dates are shown before it starts, and it can be stopped."""
    await linh.says("Again")
    await linh.taps("📅 When")
    await linh.taps("🔁 Repeat")
    await linh.taps("Weekly…")
    await linh.sees("On which days?")
    for day in ("Mon", "Wed", "Thu", "Wed"):
        await linh.taps(day)
    await linh.taps("Next")
    await linh.taps("09")
    await linh.taps("09:30")
    await linh.sees("Until when?")
    await linh.taps("10 times")
    card = await linh.sees("every Monday and Thursday at 09:30", "10 in all", "Next:", "to @shop.hanoi")
    await linh.taps("✅ Start")
    assert await linh.sees("Series", "every Monday and Thursday") is card
    await scene.run_for(timedelta(days=8))
    days = [shown.published_at.astimezone(HANOI) for shown in await shop.feed()]
    assert {f"{day:%a %H:%M}" for day in days} == {"Mon 09:30", "Thu 09:30"}
    await linh.taps("⏹ Stop")
    await linh.sees("Stop this series?")
    await linh.taps("Yes, stop it")
    await linh.sees("has been stopped")
    assert {post.status for post in await all_posts(scene)} == {PostStatus.PUBLISHED}


async def test_a_series_can_be_undone_and_typed(scene: BotScene, shop: Shop, linh: Person) -> None:
    """A typed rule becomes a series; Undo takes it and its posts away."""
    await linh.says(f"Daily {shop.account.name}")
    await linh.taps("📅 When")
    await linh.taps("🔁 Repeat")
    await linh.sees("How often?")
    await linh.taps("⌨️ Type it")
    await linh.sees("Type how it repeats")
    await linh.says("every full moon")
    assert len((await linh.sees("full moon", "Type it again")).text.splitlines()) == 2
    await linh.says("every day 9:00")
    await linh.sees("every day", "09:00", "Next:")
    await linh.taps("✅ Start")
    await linh.sees("Series")
    assert await all_posts(scene) != []
    await linh.taps("Undo")
    await linh.sees("Undone", "Draft")
    assert await all_posts(scene) == []
    assert await scene.core.recurring.find() == []


async def test_the_last_day_and_the_day_of_the_month_are_tapped(
    scene: BotScene, shop: Shop, linh: Person
) -> None:
    """A monthly rule with a last day."""
    await linh.says(f"Rent {shop.account.name}")
    await linh.taps("📅 When")
    await linh.taps("🔁 Repeat")
    await linh.taps("Monthly…")
    await linh.taps("31")
    await linh.taps("08")
    await linh.taps("08:00")
    await linh.taps("📆 Last day…")
    await linh.sees("Last day?")
    await linh.taps("›")
    await linh.taps("›")
    await linh.taps("15")
    await linh.sees("every month on day 31", "until 15", "Next:")
    rule = (await only_draft(scene, linh)).rule
    assert rule is not None
    assert (rule.pattern, rule.day_of_month, rule.at) == (Pattern.MONTHLY, 31, time(8))


async def test_a_scheduled_post_is_moved(scene: BotScene, shop: Shop, linh: Person) -> None:
    """Move on the status card opens the same screens; the new time is confirmed before it counts."""
    await linh.says("Movable")
    await linh.taps("📅 When")
    await linh.taps("Tomorrow 09:00")
    await linh.taps("✅ Schedule")
    card = await linh.sees("Scheduled")
    await linh.taps("🕘 Move")
    await linh.taps("⌨️ Type it")
    await linh.sees("Type the time")
    await linh.says("in 3 days")
    await linh.sees_gone(card)
    await linh.sees("From", "in 3 days", "Movable")
    before = await only_post(scene)
    await linh.taps("✅ Move")
    await linh.sees("Moved", "Scheduled")
    after = await only_post(scene)
    assert before.scheduled_at is not None
    assert after.scheduled_at is not None
    assert timedelta(days=1) < after.scheduled_at - before.scheduled_at < timedelta(days=4)
    assert await shop.feed() == []


async def only_post(scene: BotScene) -> Post:
    (post,) = await all_posts(scene)
    return post


def test_past_days_hours_and_minutes_do_nothing() -> None:
    """What is over shows a dot that only answers; weeks that are over are not shown."""
    said = words(datetime(2026, 11, 25, 3, 7, tzinfo=UTC))
    month = labels(month_screen(CHOICE, date(2026, 11, 1), {date(2026, 11, 27): 3}, said))
    assert month[0] == ["Nov 2026", "›"]
    assert month[2] == ["·", "·", "25", "26", "27•3", "28", "29"]
    assert month[3] == ["30", "1/12", "2/12", "3/12", "4/12", "5/12", "6/12"]
    hours = labels(hours_screen(CHOICE, date(2026, 11, 25), {12}, said))
    assert hours[0] == ["·", "·", "·", "·", "10", "11"]
    assert hours[1][0] == "12•"
    assert len(hours) == 4
    minutes = labels(minutes_screen(CHOICE, date(2026, 11, 25), 10, set(), said))
    assert minutes[0] == ["·", "·", "10:10", "10:15"]
    assert labels(minutes_screen(CHOICE, date(2026, 11, 25), 9, set(), said)) == [["‹ Back"]]


def test_a_neighbours_day_is_chosen_like_any_other() -> None:
    """The weeks at the ends of a month are whole: what is to come of its neighbours names its month."""
    said = words(datetime(2026, 11, 25, 3, 7, tzinfo=UTC))
    screen = month_screen(CHOICE, date(2026, 12, 1), {date(2026, 11, 30): 2, date(2027, 1, 3): 1}, said)
    assert labels(screen)[2][:3] == ["30/11•2", "1", "2"]
    assert labels(screen)[-2][-3:] == ["1/1", "2/1", "3/1•"]
    first, last = screen.buttons[2][0].tap, screen.buttons[-2][-1].tap
    assert first is not None
    assert last is not None
    assert (first.args, last.args) == (("2026-11-30",), ("2027-01-03",))


def test_no_button_of_a_grid_is_blank() -> None:
    """Every button says something, in every month and at every hour."""
    for day in (date(2026, 11, 25) + timedelta(days=n) for n in range(120)):
        said = words(datetime.combine(day, time(22, 30), UTC))
        for screen in (month_screen(CHOICE, day, {}, said), hours_screen(CHOICE, day, (), said)):
            assert all(label.strip("\u2800 ") for row in labels(screen) for label in row)


def test_the_hours_before_dawn_are_last_and_named() -> None:
    """People post from six in the morning to midnight; what is before that on the same day says so."""
    said = words(datetime(2026, 11, 25, 3, 7, tzinfo=UTC))
    hours = labels(hours_screen(CHOICE, date(2026, 11, 26), {2}, said))
    assert [row[0] for row in hours] == ["06", "12", "18", "🌙 Before dawn, 0–5 h", "00", "‹ Back"]
    assert hours[4] == ["00", "01", "02•", "03", "04", "05"]
    assert labels(repeat_hours_screen(CHOICE, Making("w1"), said))[0] == ["06", "07", "08", "09", "10", "11"]


def test_an_hour_that_the_clocks_skip_cannot_be_tapped() -> None:
    """In Berlin there is no 02:00 on 29 March 2026."""
    said = words(datetime(2026, 3, 1, tzinfo=UTC), "Europe/Berlin")
    assert labels(hours_screen(CHOICE, date(2026, 3, 29), set(), said))[4][:4] == ["00", "01", "·", "03"]


@pytest.mark.parametrize("month", [date(2026, number, 1) for number in range(1, 13)])
def test_every_month_fits_a_keyboard(month: date) -> None:
    """At most eight buttons in a row and a hundred in all, each of at most 64 bytes."""
    screen = month_screen(CHOICE, month, {}, words(datetime(2025, 12, 30, tzinfo=UTC)))
    taps = [button.tap for row in screen.buttons for button in row]
    assert max(map(len, screen.buttons)) <= 8
    assert len(taps) <= 100
    assert all(tap is not None and len(tap.encode()) <= 64 for tap in taps)
    shown = [button.label for row in screen.buttons[2:-1] for button in row if button.label.isdecimal()]
    assert shown == [str(day) for day in range(1, len(shown) + 1)]


@pytest.mark.parametrize(
    "made",
    [Making("w"), Making("w7"), Making("m32"), Making("m1", "2400"), Making("w1", "0900", "u20261340")],
)
def test_a_forged_rule_is_none_or_never_happens(made: Making) -> None:
    """Buttons can be forged: what they cannot mean is no rule."""
    rule = made.rule(words(datetime(2026, 11, 25, tzinfo=UTC)))
    assert rule is None or not rule.weekdays


def test_a_number_of_times_counts_those_to_come() -> None:
    """Of a rule for a time that is over today, today is not one of the five."""
    now = datetime(2026, 11, 25, 5, tzinfo=UTC)
    rule = Making("w0123456", "0900", "c5").rule(words(now))
    assert rule is not None
    found = preview(rule, now, 10)
    assert [one.date.day for one in found] == [26, 27, 28, 29, 30]
