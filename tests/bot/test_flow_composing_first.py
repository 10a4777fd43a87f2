"""The first post in few taps: times on the draft card itself, and nothing on it that this person cannot do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot_scene import BotScene
from composing_scene import all_posts, scene

from bot.cards.choosing import Quick
from bot.cards.draft import Draft, draft_screen
from bot.screens import Screen
from bot.taps import decode
from bot.wording import Words
from bot.wording.catalogue import TEXTS
from botapi.person import Person
from core.domain.access import Grant, Role
from core.domain.composition import Composition
from core.domain.content_rules import review
from core.domain.post import Content, PostStatus
from stories.fixtures import Shop

__all__ = ["scene"]

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
SLOT, SOON, TOMORROW = (
    Quick("Next slot", NOON + 2 * HOUR),
    Quick("In 1 h", NOON + HOUR),
    Quick("Tomorrow", NOON + 21 * HOUR),
)


async def test_two_taps_after_the_text(scene: BotScene, shop: Shop, linh: Person) -> None:
    """A text, a quick time, Schedule: the post waits for its time."""
    await linh.says(f"Two taps, {shop.account.name}")
    card = await linh.sees("Draft", "Two taps")
    await linh.taps("Tomorrow 09:00", on=card)
    await linh.taps("✅ Schedule", on=card)
    assert await linh.sees("Scheduled", "Two taps") is card
    (post,) = await all_posts(scene)
    assert post.status is PostStatus.SCHEDULED
    assert post.scheduled_at is not None
    zone = ZoneInfo(scene.core.settings.tz)
    assert f"{post.scheduled_at.astimezone(zone):%H:%M}" == "09:00"


async def test_the_card_offers_the_slot_that_when_offers(scene: BotScene, shop: Shop, linh: Person) -> None:
    """The next free slot is the same on both, and moves on when a post takes it; then the card has a time."""
    await linh.says(f"A slot, {shop.account.name}")
    card = await linh.sees("A slot")
    offered = card.button("Next slot")
    assert offered is not None
    await linh.taps("📅 When")
    again = (await linh.sees("When should it go out?")).button("Next slot")
    assert again is not None
    assert (again["text"], again["callback_data"]) == (offered["text"], offered["callback_data"])
    await linh.taps("Next slot", on=card)
    await linh.taps("✅ Schedule", on=card)
    await linh.sees("Scheduled", "A slot")
    (post,) = await all_posts(scene)
    tap = decode(offered["callback_data"])
    assert tap is not None
    assert post.scheduled_at == datetime.fromtimestamp(int(tap.arg()), tz=UTC)
    await linh.says("Another slot")
    later = (await linh.sees("Another slot")).button("Next slot")
    assert later is not None
    assert later["text"] != offered["text"]


def words() -> Words:
    return Words(TEXTS, "en", ZoneInfo("UTC"), NOON)


def drawn(*quick: Quick, text: str = "Hello", at: datetime | None = None, allowed: bool = True) -> Screen:
    composition = Composition(
        id="t1", person_id="1", content=Content(text=text), account_id="a", at=at, created_at=NOON
    )
    draft = Draft(
        composition=composition,
        account=None,
        accounts=(),
        quick=quick,
        allowed=allowed,
        findings=review(composition.content),
    )
    return draft_screen(draft, words())


def labels(screen: Screen) -> list[list[str]]:
    return [[button.label for button in row] for row in screen.buttons]


def test_the_card_stays_calm() -> None:
    """Quick times cost one row, and only a draft without a time has them."""
    without, quick, timed = drawn(), drawn(SLOT, SOON, TOMORROW), drawn(SLOT, TOMORROW, at=NOON + HOUR)
    assert labels(quick)[:2] == [["Next slot"], ["Tomorrow", "📅 When"]]
    assert len(labels(quick)) == len(labels(without)) + 1
    assert labels(timed)[0] == ["✅ Schedule…", "📅 When"]
    assert [row[0].style for row in quick.buttons[:2]] == ["primary", None]


def test_no_moment_is_offered_twice() -> None:
    """When the next slot is tomorrow's time, another quick time stands beside When."""
    slot = Quick("Next slot", TOMORROW.at)
    assert labels(drawn(slot, SOON, TOMORROW))[:2] == [["Next slot"], ["In 1 h", "📅 When"]]
    assert labels(drawn(slot, TOMORROW))[:2] == [["Next slot"], ["📅 When"]]


def test_what_threads_would_refuse_is_mended_first() -> None:
    """A text that is too long has no quick times: they would lead to a question that cannot be answered."""
    assert labels(drawn(SLOT, TOMORROW, text="x" * 501))[0] == ["📅 When"]


def test_who_may_write_nothing_has_nothing_to_tap_but_discard() -> None:
    """The card of somebody who may look only has no dead buttons."""
    screen = drawn(SLOT, TOMORROW, allowed=False)
    assert labels(screen) == [["✖ Discard"]]
    assert "You may look only" in screen.text.plain


async def test_an_editor_who_becomes_a_viewer(
    scene: BotScene, shop: Shop, linh: Person, stranger: Person
) -> None:
    """The next look at a draft is that of somebody who may look only."""
    owner = await scene.core.people.admit(str(linh.id), name="Linh")
    assert owner is not None
    editor = Grant(Role.EDITOR, (shop.account.name,))
    for grant in (editor, Grant(Role.VIEWER)):
        _, token = await scene.core.people.invite(grant, by=owner)
        assert await scene.core.people.join(token, str(stranger.id), "Mallory") is not None
        if grant == editor:
            await stranger.says("Mine for now")
            await stranger.sees("Mine for now", "/500")
            await stranger.taps("Discard")
            await stranger.sees("discarded")
    await stranger.taps("Bring back")
    card = await stranger.sees("You may look only", "Mine for now")
    assert card.buttons == [["✖ Discard"]]
