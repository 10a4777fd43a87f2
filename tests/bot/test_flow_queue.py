"""/queue: pages, filters and what is typed behind it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bot_scene import BotScene
from browsing_scene import ROUTES, killed, plan, scene

from bot.cards.queue import Kind, Listing, listing_of
from bot.taps import decode
from botapi.person import Person
from botapi.telegram_side import Telegram
from core.domain.post import Content, PostStatus
from core.ports import PostFilter
from stories.fixtures import WHO, Shop
from stories.threads_side import ThreadsSide

__all__ = ["scene"]

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture
def environment(environment: dict[str, object]) -> dict[str, object]:
    """Hoa looks after the second account alone."""
    return {**environment, "telegram_allowed_users": "1001:owner, 1002:editor, 1003:viewer@shop-saigon"}


@pytest.mark.usefixtures("scene")
async def test_a_list_is_turned_and_opened_on_one_card(telegram: Telegram, shop: Shop, linh: Person) -> None:
    """Pages, a post and the way back to its page are one message."""
    posts = await plan(shop, 12)
    await linh.says("/queue")
    card = await linh.sees("Scheduled: 12", "Post 1 of", "Post 5 of")
    await linh.taps("›")
    assert await linh.sees("Post 6 of", "Post 10 of") is card
    await linh.taps("›")
    await linh.sees("Post 11 of", "Post 12 of")
    assert card.button("3/3") is not None
    assert [label for row in card.buttons for label in row if label.isdecimal()] == ["1", "2"]
    await linh.taps("2")
    assert await linh.sees(posts[11].id, "Post 12 of") is card
    await linh.taps("Back")
    assert await linh.sees("Post 11 of", "Scheduled: 12") is card
    assert telegram.refusals == []


@pytest.mark.usefixtures("scene")
async def test_filters_are_buttons(shop: Shop, other_shop: Shop, linh: Person) -> None:
    """Account, state and day are chosen from buttons, stay chosen while others change, and can be undone."""
    await plan(shop, 3)
    await plan(other_shop, 2, first=timedelta(days=1))
    await shop.draft("Some day")
    await linh.says("/queue")
    await linh.sees("Scheduled: 5", "@shop.hanoi", "@shop.saigon")
    await linh.taps("All accounts")
    await linh.taps("@shop.saigon")
    await linh.sees("Scheduled: 2", "@shop.saigon", "Post 2 of shop-saigon")
    await linh.taps("Any day")
    await linh.taps("Today")
    await linh.sees("Scheduled: 0", "No post fits this filter")
    await linh.taps("📅")
    await linh.taps("Tomorrow")
    await linh.sees("Scheduled: 2", fresh=True)
    await linh.taps("Scheduled ▾")
    await linh.taps("Drafts")
    await linh.sees("Drafts: 0", "@shop.saigon")
    await linh.taps("@shop.saigon ▾")
    await linh.taps("All accounts")
    await linh.taps("📅")
    await linh.taps("Any day")
    await linh.sees("Drafts: 1", "Some day")


@pytest.mark.usefixtures("scene")
async def test_a_day_is_picked_from_the_month(shop: Shop, linh: Person) -> None:
    """The month grid filters too, also in another month."""
    await plan(shop, 2)
    month = (shop.engine.clock.now().replace(day=1) + timedelta(days=31)).replace(day=15)
    post = await shop.draft("Mid-month")
    await shop.engine.core.posts.schedule(post.id, month, who=WHO)
    await linh.says("/queue")
    await linh.taps("Any day")
    await linh.sees("which day")
    await linh.taps("›")
    await linh.sees_button(f"{month:%b %Y}")
    await linh.taps("15")
    await linh.sees("Scheduled: 1", "Mid-month")


@pytest.mark.usefixtures("scene")
async def test_what_is_typed_filters_and_searches(shop: Shop, other_shop: Shop, minh: Person) -> None:
    """Accounts, states, days and words of the text may be typed behind the command, in either language."""
    await plan(shop, 2)
    await plan(other_shop, 2, first=timedelta(days=1))
    await shop.draft("Khai trương cửa hàng mới & <b>giảm giá</b>")
    await minh.says("/queue shop-saigon ngày mai")
    await minh.sees("Đã lên lịch: 2", "@shop.saigon", "Post 2 of shop-saigon")
    await minh.says("/queue nháp khai trương")
    card = await minh.sees("Bản nháp: 1", "“khai trương”", "<b>giảm giá</b>")
    await minh.taps("1")
    await minh.sees("Khai trương cửa hàng mới & <b>giảm giá</b>", fresh=True)
    await minh.taps("Quay lại")
    assert await minh.sees("Bản nháp: 1", fresh=True) is card
    await minh.taps("✖")
    await minh.sees("Bản nháp: 1", fresh=True)
    assert card.button("✖") is None
    await minh.says("/queue .*")
    await minh.sees("Đã lên lịch: 0", "“.*”")


@pytest.mark.usefixtures("scene")
async def test_posts_that_vanish_do_no_harm(shop: Shop, linh: Person) -> None:
    """A page that is no longer there becomes the last there is; a post that is gone says so."""
    posts = await plan(shop, 12)
    await linh.says("/queue")
    await linh.taps("›")
    card = await linh.sees("Post 6 of")
    for post in posts[3:]:
        await shop.engine.core.posts.delete(post.id, who=WHO)
    await linh.taps("1", on=card)
    assert (await linh.sees("was deleted")).button("Queue")
    await linh.taps("Queue", on=card)
    await linh.sees("Scheduled: 3", "Post 1 of", "Post 3 of")
    assert card.button("›") is None


@pytest.mark.usefixtures("scene")
async def test_published_posts_are_listed_newest_first(scene: BotScene, shop: Shop, linh: Person) -> None:
    """What went out last stands first, on every page."""
    await plan(shop, 7, first=HOUR)
    await scene.run_for(8 * HOUR)
    await linh.says("/queue published")
    card = await linh.sees("Published: 7")
    places = [card.text.index(f"Post {n} of") for n in (7, 6, 5, 4, 3)]
    assert places == sorted(places)
    await linh.taps("›")
    await linh.sees("Post 2 of", "Post 1 of")


async def test_failed_posts_are_listed_newest_first(
    scene: BotScene, shop: Shop, threads: ThreadsSide, linh: Person
) -> None:
    """What failed last stands first, on every page."""
    await threads.misbehave("error", on="create", code=100, text="Post", count=6)
    await plan(shop, 6, first=HOUR)
    await scene.run_for(7 * HOUR)
    await linh.says("/queue failed")
    card = await linh.sees("Failed: 6")
    places = [card.text.index(f"Post {n} of") for n in (6, 5, 4, 3, 2)]
    assert places == sorted(places)
    await linh.taps("›")
    await linh.sees("Post 1 of", fresh=True)


async def test_late_posts_are_marked(scene: BotScene, shop: Shop, linh: Person) -> None:
    """A post whose time has passed says for how long; one that is a little late, to come or out does not."""
    await plan(shop, 2, first=HOUR)
    await scene.run_for(HOUR + MINUTE)
    await shop.schedule("A little late", 30 * MINUTE)
    await shop.schedule("Very late", 3 * MINUTE)
    await scene.engine.clock.advance(15 * MINUTE)
    await linh.says("/queue")
    card = await linh.sees("Scheduled: 3", "Very late")
    heads = [line for line in card.text.splitlines() if "◷" in line]
    assert ["⏰ 12 min late" in head for head in heads] == [True, False, False]
    await scene.engine.clock.advance(15 * MINUTE + timedelta(seconds=30))
    await linh.says("/queue")
    card = await linh.sees("Scheduled: 3", "⏰ 27 min late", fresh=True)
    assert card.text.count("late") == 3
    await linh.says("/queue published")
    assert "⏰" not in (await linh.sees("Published: 1")).text


@pytest.mark.usefixtures("scene")
async def test_a_list_says_what_to_do_when_it_is_empty(shop: Shop, linh: Person) -> None:
    """Nothing scheduled, no drafts, nothing failed: each says how to go on, or that all is well."""
    assert shop.account
    await linh.says("/queue")
    await linh.sees("Nothing is scheduled", "Send me a text")
    for kind, told in (("drafts", "Keep as draft"), ("failed", "No post has failed"), ("held", "on hold")):
        await linh.says(f"/queue {kind}")
        await linh.sees(told, fresh=True)


async def test_nobody_sees_posts_of_other_accounts(
    scene: BotScene, shop: Shop, other_shop: Shop, an: Person
) -> None:
    """Whoever may see one account lists and opens its posts alone, also with forged buttons."""
    (hidden,) = await plan(shop, 1)
    await plan(other_shop, 1)
    await an.says("/queue")
    card = await an.sees("Scheduled: 1", "Post 1 of shop-saigon")
    forged = Listing(account_id=shop.account.id, kind=Kind.ALL).tap("q_go").encode()
    await an.gets_answer(await an.taps_raw(forged, card))
    await an.sees("All posts: 0")
    await an.gets_answer(await an.taps_raw(f"p_open:{hidden.id}::", card))
    await an.sees("was deleted")
    for data in ("q_go:::x,$ne,99,99999,!", "q_go:::s,,w999999,-1,====", "q_days:9999-99::", "q_kind:::nope"):
        await an.gets_answer(await an.taps_raw(data, card))
    await an.sees("Scheduled: 1", "shop-saigon")
    assert await scene.core.posts.count(PostFilter(statuses=[PostStatus.SCHEDULED])) == {
        PostStatus.SCHEDULED: 2
    }


async def test_a_list_is_left_alone_by_the_post_that_stood_there(
    scene: BotScene, shop: Shop, linh: Person
) -> None:
    """Once the list is shown again, the card does not follow the post any more."""
    await plan(shop, 2, first=HOUR)
    await linh.says("/queue")
    await linh.taps("1")
    await linh.taps("Back")
    card = await linh.sees("Scheduled: 2", fresh=True)
    await scene.run_for(1.5 * HOUR)
    await linh.says("/queue published")
    await linh.sees("Published: 1")
    assert "Scheduled: 2" in card.text


async def test_a_list_goes_on_after_a_kill(product: BotScene, shop: Shop, linh: Person) -> None:
    """Another process turns the page that a killed one has shown."""
    await plan(shop, 7)
    async with killed(product):
        await linh.says("/queue")
        card = await linh.sees("Scheduled: 7")
    async with killed(product):
        await linh.taps("›")
        assert await linh.sees("Post 7 of") is card


@pytest.mark.usefixtures("scene")
async def test_naughty_texts_are_shown_as_typed(telegram: Telegram, shop: Shop, linh: Person) -> None:
    """Markup, right-to-left marks and emoji of a post are shown in lists as they are."""
    texts = [
        "</b><a href='x'>&amp;&lt;",
        "\u202eHỏi & đáp\u200b",
        "🏳️‍🌈" * 20,
        "%s {n} {}",
        "\\u0000 ' OR 1=1 --",
    ]
    for number, text in enumerate(texts):
        await shop.schedule(Content(text=text), HOUR * (number + 1))
    await linh.says("/queue")
    await linh.sees("Scheduled: 5", "</b><a href='x'>&amp;&lt;", "Hỏi & đáp", "%s {n} {}", "' OR 1=1 --")
    assert telegram.refusals == []


@pytest.mark.parametrize("text", ["", "khai trương", "một hai ba bốn năm sáu bảy tám chín mười", "&" * 400])
def test_a_listing_rides_in_its_button(text: str) -> None:
    """Whatever is sought, the button fits, and what it says is the listing again with the text's beginning."""
    listing = Listing(kind=Kind.FAILED, account_id="a" * 12, text=text, page=1234)
    for subject, version in (("", 0), ("b" * 21, 999_999)):
        tap = decode(listing.tap("p_delete", subject, version).encode())
        assert tap is not None
        again = listing_of(tap.args)
        assert (again.kind, again.account_id, again.page) == (Kind.FAILED, "a" * 12, 1234)
        assert text.startswith(again.text)


def test_every_command_of_the_browsing_flows_is_routed() -> None:
    """The commands that this part owns are all there."""
    assert {"queue", "failed", "post", "why", "calendar", "stats"} <= ROUTES.commands.keys()
