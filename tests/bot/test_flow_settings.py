"""What a person prefers: language, zone, account, digest, notices."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from bot_scene import AN, BotScene
from flow_steps import forges, labels, menu, settled, unmended

from botapi.person import Person
from botapi.telegram_side import Telegram
from core.domain.access import Noise, NoticeKind
from core.domain.access import Person as Stored
from stories.fixtures import Shop


async def stored(product: BotScene, who: Person) -> Stored:
    """What is kept of a person."""
    found = await product.core.stores.people.get(str(who.id))
    assert found is not None
    return found


@pytest.mark.usefixtures("scene", "shop")
async def test_the_language_changes_card_and_menu_at_once(linh: Person, telegram: Telegram) -> None:
    """The same card is there in the other language, and the commands too; back is one tap."""
    await linh.says("/settings")
    card = await linh.sees("Settings", "Language: English", "Vietnam (UTC+7)", "@shop.hanoi (the default)")
    await linh.taps("Tiếng Việt", on=card)
    assert await linh.sees("Cài đặt", "Ngôn ngữ: Tiếng Việt", "@shop.hanoi (mặc định)") is card
    await linh.waits_for(lambda: (menu(telegram, linh, "vi") or {}).get("new") == "Viết bài mới")
    assert menu(telegram, linh, "") == menu(telegram, linh, "vi")
    await linh.taps("English", on=card)
    await linh.sees("Language: English")
    await linh.waits_for(lambda: (menu(telegram, linh, "vi") or {}).get("new") == "Write a post")
    assert telegram.refusals == []


@pytest.mark.usefixtures("scene")
async def test_a_zone_is_tapped(linh: Person, product: BotScene) -> None:
    """The chosen one is marked, and times are shown in it from then on."""
    await linh.says("/settings")
    card = await linh.sees("Settings")
    await linh.taps("Time zone", on=card)
    await linh.sees_button("● Vietnam", on=card)
    await linh.taps("New York", on=card)
    await linh.sees("Time zone: New York (UTC-")
    await linh.taps("Time zone", on=card)
    assert "● New York" in labels(await linh.sees("Which one is yours"))
    assert (await stored(product, linh)).zone == "America/New_York"


@pytest.mark.parametrize(
    ("typed", "kept", "shown"),
    [
        ("Hà Nội", "Asia/Ho_Chi_Minh", "Vietnam (UTC+7)"),
        ("berlin", "Europe/Berlin", "Berlin (UTC+"),
        ("UTC+7", "Etc/GMT-7", "UTC+7"),
        (" Asia/Kolkata ", "Asia/Kolkata", "Kolkata (UTC+5:30)"),
    ],
)
@pytest.mark.usefixtures("scene")
async def test_a_zone_is_typed(linh: Person, product: BotScene, typed: str, kept: str, shown: str) -> None:
    """Cities in any spelling, names and whole hours; the question goes when it is answered."""
    await linh.says("/settings")
    card = await linh.sees("Settings")
    await linh.taps("Time zone", on=card)
    await linh.taps("Another city", on=card)
    await linh.sees("Which city")
    await linh.says(typed)
    await linh.sees(f"Time zone: {shown}")
    assert (await stored(product, linh)).zone == kept
    assert card.deleted


@pytest.mark.usefixtures("scene")
async def test_what_is_no_zone_is_said_and_asked_again(
    minh: Person, product: BotScene, telegram: Telegram
) -> None:
    """In the person's language, with what may have been meant, until there is an answer."""
    await minh.says("/settings")
    await minh.taps("Múi giờ")
    await minh.taps("Nơi khác")
    for nonsense, hint in [("Berlinn", "Europe/Berlin"), ("<b>UTC+5:30", "<b>"), ("x" * 4000, "x")]:
        await minh.says(nonsense)
        await minh.sees("không phải múi giờ", hint, "Bạn ở thành phố nào", fresh=True)
    asked = [message for message in minh.messages if "Bạn ở thành phố nào" in message.text]
    assert len(asked) == 1
    await minh.says("Tokyo")
    await minh.sees("Múi giờ: Tokyo (UTC+9)")
    assert (await stored(product, minh)).zone == "Asia/Tokyo"
    assert telegram.refusals == []


@pytest.mark.usefixtures("scene", "shop")
async def test_back_takes_the_question_away(linh: Person) -> None:
    """What is typed afterwards is a post."""
    await linh.says("/settings")
    await linh.taps("Time zone")
    await linh.taps("Another city")
    await linh.taps("Back", on=await linh.sees("Which city"))
    await linh.sees("Language")
    await linh.says("Berlin is cold today")
    await linh.sees("Berlin is cold today", "@shop.hanoi")


@pytest.mark.usefixtures("scene")
async def test_new_posts_go_to_the_chosen_account(
    linh: Person, product: BotScene, shop: Shop, other_shop: Shop
) -> None:
    """One of those that are linked, or the default again."""
    await linh.says("/settings")
    card = await linh.sees("@shop.hanoi (the default)")
    await linh.taps("Account", on=card)
    assert labels(await linh.sees("New posts go to", "another account")) == [
        "● The default account",
        "@shop.hanoi",
        "@shop.saigon",
        "‹ Back",
    ]
    await linh.taps("@shop.saigon", on=card)
    await linh.sees("New posts go to: @shop.saigon")
    assert (await stored(product, linh)).account_id == other_shop.account.id
    await linh.says("Bánh mì")
    await linh.sees("Bánh mì", "@shop.saigon")
    assert "not linked" in await forges(linh, "s_account:nobody::", card=card)
    await linh.taps("Account", on=card)
    await linh.taps("The default account", on=card)
    await linh.sees(f"New posts go to: @{shop.account.username} (the default)")


@pytest.mark.usefixtures("scene")
async def test_the_digest_comes_at_the_hour_of_the_person(linh: Person, product: BotScene) -> None:
    """Its next time is that hour of their zone, follows the zone, and goes with the digest."""
    await linh.says("/settings")
    card = await linh.sees("Daily digest: off")
    await linh.taps("Digest", on=card)
    await linh.taps("08:00", on=card)
    await linh.sees("Daily digest: at 08:00")
    person = await stored(product, linh)
    now = product.core.clock.now()
    assert person.digest_at == time(8)
    assert person.due_at == next_at(now, "Asia/Ho_Chi_Minh", 8)
    await linh.taps("Time zone", on=card)
    await linh.taps("Tokyo", on=card)
    await linh.sees("Time zone: Tokyo")
    assert (await stored(product, linh)).due_at == next_at(now, "Asia/Tokyo", 8)
    await linh.taps("Digest", on=card)
    await linh.sees_button("● 08:00", on=card)
    await linh.taps("Off", on=card)
    await linh.sees("Daily digest: off")
    assert (await stored(product, linh)).due_at is None


def next_at(now: datetime, zone: str, hour: int) -> datetime:
    """The next time that it is so late there."""
    local = now.astimezone(ZoneInfo(zone))
    today = local.replace(hour=hour, minute=0, second=0, microsecond=0)
    return (today if today > local else today + timedelta(days=1)).astimezone(UTC)


@pytest.mark.usefixtures("scene")
async def test_each_kind_of_notice_is_loud_silent_or_off(linh: Person, product: BotScene) -> None:
    """A tap changes one kind and leaves the others; the same tap twice is the same."""
    await linh.says("/settings")
    card = await linh.sees("Settings")
    await linh.taps("Notices", on=card)
    for before, after in [("🔔 Failed", "🔕 Failed"), ("🔕 Failed", "✖ Failed")]:
        await linh.waits_for(lambda label=before: label in labels(card))
        await linh.taps(before, on=card)
        await linh.waits_for(lambda label=after: label in labels(card))
    assert (await stored(product, linh)).noise == {NoticeKind.FAILED: Noise.OFF}
    await forges(linh, "s_noise:::failed,on", "s_noise:::failed,on", card=card)
    assert "🔔 Failed" in labels(card)
    assert "🔕 Published" in labels(card)
    assert (await stored(product, linh)).noise == {NoticeKind.FAILED: Noise.ON}


@pytest.mark.usefixtures("scene", "shop")
async def test_settings_show_a_role_what_it_can_use(linh: Person, minh: Person, an: Person) -> None:
    """People are for owners; where posts go is of no use to a viewer."""
    await linh.says("/settings")
    assert {"👥 People", "👤 Account"} <= set(labels(await linh.sees("Settings")))
    await minh.says("/settings")
    assert {"👥 Thành viên", "👤 Tài khoản"} & set(labels(await minh.sees("Cài đặt"))) == {"👤 Tài khoản"}
    await an.says("/settings")
    card = await an.sees("Settings")
    assert labels(card) == ["🌐 Tiếng Việt", "🕘 Time zone", "☀️ Digest", "🔔 Notices"]
    assert "posts go to" not in card.text


@pytest.mark.usefixtures("scene", "shop")
async def test_forged_taps_choose_nothing_that_there_is_not(
    an: Person, product: BotScene, telegram: Telegram
) -> None:
    """Unknown zones, hours, kinds and languages: a sentence or the same card, and nothing kept."""
    await an.says("/settings")
    card = await an.sees("Settings")
    told = await forges(
        an,
        "s_zone:Mars/Olympus::",
        "s_zone:::",
        f"s_zone:{'Z' * 50}::",
        "s_digest:::25",
        "s_digest:::9999999999999999999999999999999999999999999999",
        "s_digest:::-1",
        "s_noise:::failed",
        "s_noise:::nothing,on",
        "s_noise:::failed,loud",
        "s_language:::xx",
        card=card,
    )
    assert told.count("⚠️") == 3
    assert told.count("time zone") == 3
    person = await stored(product, an)
    assert (person.zone, person.digest_at, person.noise, person.language) == (None, None, {}, "en")
    assert "error" not in told
    assert unmended(telegram) == []


@pytest.mark.usefixtures("scene", "shop")
async def test_an_old_card_of_settings_still_works(an: Person, product: BotScene, telegram: Telegram) -> None:
    """A tap on a card from before, or one that the person has deleted, is one more change like any other."""
    await an.says("/settings")
    card = await an.sees("Settings")
    await an.taps("Time zone", on=card)
    await an.sees_button("Tokyo", on=card)
    await an.deletes(card)
    await an.taps_raw("s_zone:Asia/Tokyo::", card)
    await settled(an)
    await an.sees("Time zone: Tokyo")
    assert (await product.core.stores.people.get(str(AN)) or Stored(id="")).zone == "Asia/Tokyo"
    assert unmended(telegram) == []
