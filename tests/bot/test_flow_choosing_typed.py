"""Times that are typed rather than tapped: at once, refused, and whose clocks they are of."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from bot_scene import BotScene
from composing_scene import all_posts, only_draft, scene
from open_drafts import open_drafts

from bot import table
from bot.cards.choosing import Choice, typed_screen
from bot.cards.moments import moment, placed_moment, rule_words
from bot.html import escape
from bot.taps import Tap
from bot.wording import Words
from bot.wording.catalogue import TEXTS
from botapi.messages import Message
from botapi.person import Person
from builders import an_account
from core.domain.access import Language
from core.domain.post import PostStatus
from core.domain.when import parse_rule
from stories.fixtures import Shop

__all__ = ["scene"]

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)
AT = datetime(2026, 11, 25, 3, tzinfo=UTC)
CHOICE = Choice(subject="a1", version=1, head=escape("x"), back=Tap("d_show"))


def words(zone: str, language: Language = "en") -> Words:
    return Words(TEXTS, language, ZoneInfo(zone), NOW)


def bots(who: Person) -> list[Message]:
    return [message for message in who.messages if message.from_bot]


@pytest.mark.usefixtures("shop")
async def test_a_time_is_typed_wherever_one_is_asked_for(scene: BotScene, linh: Person) -> None:
    """On the screens of When and on the last question a text that is a time is that; any other is a new post."""
    await linh.says("Bánh mì")
    await linh.taps("📅 When")
    await linh.says("tomorrow 9am")
    await linh.sees("09:00", "Bánh mì", fresh=True)
    await linh.says("tomorrow 10:30")
    await linh.sees("10:30", "Bánh mì", fresh=True)
    assert len(await open_drafts(scene.core, str(linh.id))) == 1

    await linh.says("Nine o'clock is when we open")
    await linh.sees("Nine o'clock", "/500", fresh=True)
    assert len(await open_drafts(scene.core, str(linh.id))) == 2


@pytest.mark.usefixtures("shop")
async def test_a_time_that_is_past_is_no_new_post(scene: BotScene, linh: Person) -> None:
    """On the screens of When a refused time is answered by why; the question stays, on one card."""
    await linh.says("Phở bò")
    await linh.taps("📅 When")
    await linh.says("today 0:00")
    await linh.sees("⚠️", "is past", "Type the time again", fresh=True)
    await linh.says("tomorrow")
    await linh.sees("⚠️", "does not say the hour", "Type the time again", fresh=True)
    await linh.waits_for(lambda: len(bots(linh)) == 1)
    await linh.says("every mon 18:30")
    await linh.sees("every Monday at 18:30", "Next:", fresh=True)
    assert len(await open_drafts(scene.core, str(linh.id))) == 1


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("yesterday", '"yesterday" is past: choose a later time, for example "tomorrow 9:00".'),
        ("thứ 8 9h", 'There is no such weekday in "thứ 8 9h"'),
        ("in 5 years", '"in 5 years" does not say which day: write the date'),
        ("weekend 9:00", 'write "every weekend 09:00" or "sat 09:00".'),
        ("cuối tuần 9h", 'write "every weekend 09:00" or "sat 09:00".'),
    ],
)
@pytest.mark.usefixtures("shop")
async def test_words_of_time_that_name_no_moment_are_answered_by_why(
    scene: BotScene, linh: Person, typed: str, why: str
) -> None:
    """Neither a new draft nor a series that nobody asked for: the true reason, and what can be typed instead."""
    await linh.says("Bún chả")
    await linh.taps("📅 When")
    await linh.says(typed)
    await linh.sees("⚠️", why, "Type the time again", fresh=True)
    await linh.says("mai 0900")
    await linh.sees("09:00 (Vietnam)", "Bún chả", fresh=True)
    draft = await only_draft(scene, linh)
    assert draft.rule is None
    assert draft.at is not None


@pytest.mark.parametrize("typed", ["now", "ngay", "đăng ngay"])
async def test_now_asks_whether_to_publish_at_once(
    scene: BotScene, shop: Shop, linh: Person, typed: str
) -> None:
    """Who types that it shall go out now is asked as after "Post now"; another time may be typed instead."""
    await linh.says(f"At once from {shop.account.name}")
    await linh.taps("📅 When")
    await linh.taps("⌨️ Type it")
    await linh.sees("Type the time")
    await linh.says(typed)
    await linh.sees("Publish this", "right now?", fresh=True)
    await linh.waits_for(lambda: len(bots(linh)) == 1)
    await linh.says("tomorrow 9:00")
    await linh.sees("09:00", "to @", fresh=True)
    await linh.says(typed)
    await linh.sees("right now?", fresh=True)
    await linh.taps("Yes, post now")
    card = await linh.sees("Scheduled", fresh=True)
    assert "(" not in card.text
    (post,) = await all_posts(scene)
    assert post.status is PostStatus.SCHEDULED
    assert post.scheduled_at is not None
    assert post.scheduled_at <= scene.core.clock.now()


async def test_now_for_a_post_that_waits_asks_the_same(product: BotScene, shop: Shop, linh: Person) -> None:
    """Move leads to the question of "Post now" when now is typed; nothing goes out before it is answered."""
    post = await shop.schedule("Moved to now", timedelta(days=1))
    async with product.answering(table.ROUTES):
        await linh.says(f"/post {post.id}")
        await linh.taps("🕘 Move")
        await linh.sees("When should it go out?")
        await linh.says("bây giờ")
        await linh.sees("Publish this", "right now?", fresh=True)
        assert (await product.core.posts.get(post.id)).scheduled_at == post.scheduled_at
        await linh.taps("Yes, publish now")
        await linh.sees("Scheduled", fresh=True)
    moved = await product.core.posts.get(post.id)
    assert moved.scheduled_at is not None
    assert post.scheduled_at is not None
    assert moved.scheduled_at < post.scheduled_at


@pytest.mark.parametrize(
    ("reader", "home", "shown"),
    [
        ("Asia/Ho_Chi_Minh", None, "Wed 25 Nov 2026 10:00"),
        ("Asia/Ho_Chi_Minh", "Asia/Ho_Chi_Minh", "Wed 25 Nov 2026 10:00"),
        ("Asia/Ho_Chi_Minh", "Asia/Bangkok", "Wed 25 Nov 2026 10:00"),
        ("Asia/Ho_Chi_Minh", "Europe/Berlin", "Wed 25 Nov 2026 10:00 (Vietnam)"),
        ("Europe/Berlin", "Asia/Ho_Chi_Minh", "Wed 25 Nov 2026 04:00 (Berlin)"),
        ("Etc/GMT+10", "Pacific/Kiritimati", "Tue 24 Nov 2026 17:00 (UTC-10)"),
    ],
)
def test_a_zone_is_named_where_it_is_another(reader: str, home: str | None, shown: str) -> None:
    """Whose clocks are those of the account reads times without a zone."""
    account = an_account(zone=home) if home else None
    assert moment(AT, words(reader), account).plain == shown


def test_a_moment_that_is_decided_on_has_its_zone() -> None:
    """In a short and friendly word, in the person's language."""
    assert placed_moment(AT, words("Asia/Ho_Chi_Minh")).plain == "Wed 25 Nov 2026 10:00 (Vietnam)"
    told = placed_moment(AT, words("Asia/Ho_Chi_Minh", "vi")).plain
    assert told == "Thứ Tư 25/11/2026 10:00 (Việt Nam)"


def test_a_rule_names_another_zone_than_the_persons() -> None:
    """A rule keeps the zone in which it was made."""
    rule = parse_rule("every mon 9:00", NOW, HANOI)
    assert rule_words(rule, words("Asia/Ho_Chi_Minh")) == "every Monday at 09:00"
    assert rule_words(rule, words("Europe/Berlin")) == "every Monday at 09:00 (Vietnam)"


@pytest.mark.parametrize(
    ("zone", "language", "line"),
    [
        ("Asia/Ho_Chi_Minh", "en", "Times are Vietnam time (UTC+7)."),
        ("Asia/Ho_Chi_Minh", "vi", "Theo giờ Việt Nam (UTC+7)."),
        ("Europe/Berlin", "en", "Times are Berlin time (UTC+1)."),
        ("Etc/GMT-7", "vi", "Theo giờ UTC+7."),
    ],
)
def test_the_screens_say_whose_clocks_count(zone: str, language: Language, line: str) -> None:
    """Once, in friendly words."""
    assert typed_screen(CHOICE, words(zone, language)).text.plain.splitlines()[-1] == line


async def test_a_refused_move_tells_times_of_the_reader(product: BotScene, shop: Shop, linh: Person) -> None:
    """What core says in the account's zone is read in the person's own, as all else on the card."""
    at = product.core.clock.now() + timedelta(days=1)
    other = await shop.schedule("Twice", timedelta(days=1))
    post = await shop.schedule("Twice", timedelta(days=9))
    async with product.answering(table.ROUTES):
        await linh.says("/settings")
        await linh.taps("Time zone")
        await linh.taps("New York")
        await linh.sees("Time zone: New York")
        await linh.says(f"/post {post.id}")
        await linh.taps("🕘 Move")
        await linh.sees("When should it go out?")
        await linh.says(f"{at + timedelta(hours=1):%Y-%m-%d %H:%MZ}")
        await linh.taps("✅ Move")
        card = await linh.sees("⚠️", "has the same content")
    assert other.scheduled_at is not None
    local = other.scheduled_at.astimezone(ZoneInfo("America/New_York"))
    assert f"{local:%H:%M} (America/New_York)" in card.text
    assert "Asia/Ho_Chi_Minh" not in card.text
