"""Pictures, videos and albums become drafts, in their order and on one card."""

from __future__ import annotations

import socket
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from bot_scene import BotScene
from composing_scene import only_draft, scene
from open_drafts import open_drafts
from PIL import Image
from pillow_heif import register_heif_opener  # pyright: ignore[reportUnknownVariableType]  # its options are untyped

from botapi.person import Person
from botapi.telegram_side import Telegram
from core.domain.post import MediaKind
from core.local.sandbox.samples import sample
from stories.fixtures import Shop

__all__ = ["scene"]

BIG = 21 * 1024 * 1024


@pytest.fixture
def environment(environment: dict[str, Any]) -> dict[str, Any]:
    """The bot serves what it keeps, to the sandbox."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return {
        **environment,
        "media_public_url": f"http://127.0.0.1:{port}",
        "media_listen": f"127.0.0.1:{port}",
    }


def _png(width: int, height: int) -> bytes:
    file = BytesIO()
    Image.new("RGB", (width, height), "red").save(file, "PNG")
    return file.getvalue()


def _red(picture: bytes | None) -> float:
    """The share of a picture that is red."""
    image = Image.open(BytesIO(picture or b"")).convert("RGB")
    colours = image.getcolors(image.width * image.height) or []
    reds = (n for n, seen in colours if isinstance(seen, tuple) and seen[0] > 200 and max(seen[1:3]) < 60)
    return sum(reds) / (image.width * image.height)


def _heic() -> bytes:
    register_heif_opener()
    file = BytesIO()
    Image.new("RGB", (800, 600), "red").save(file, "HEIF")
    return file.getvalue()


def pictures(count: int) -> list[bytes]:
    return [sample(f"picture-{number}.jpg")[0] for number in range(count)]


async def test_an_album_out_of_order_is_one_post_in_its_order(
    scene: BotScene, telegram: Telegram, shop: Shop, linh: Person
) -> None:
    """Parts arrive in any order, the caption with one of them; one card shows and one post has them all."""
    messages = await linh.sends_album(pictures(4), "Four dishes", shuffled=True)
    card = await linh.sees("Four dishes", "4 pictures")
    draft = await only_draft(scene, linh)
    assert draft.sources == tuple(message.id for message in messages)
    assert sum(message.from_bot for message in linh.messages) == 1
    await linh.taps("📅 When")
    await linh.taps("In 1 h")
    await linh.taps("✅ Schedule")
    await linh.sees("Scheduled", "4 pictures")
    await scene.run_for(timedelta(hours=2))
    await linh.sees_button("Open on Threads", on=card)
    (shown,) = await shop.feed()
    assert (shown.text, len(shown.media)) == ("Four dishes", 4)
    assert shown.media == tuple(item.url for item in draft.content.media)
    assert telegram.token not in repr(shown)


async def test_a_picture_sent_as_a_file_and_a_video_are_media(
    scene: BotScene, shop: Shop, linh: Person
) -> None:
    """A picture as a document, and a clip, are what they are; a picture can be taken away again."""
    await linh.uploads("menu.png", sample("menu.png")[0], f"Menu of {shop.account.name}", mime="image/png")
    await linh.sees("Menu of", "1 picture")
    await linh.taps("More ▾")
    await linh.taps("🗑 Media 1")
    await linh.sees("Menu of", "/500", fresh=True)
    draft = await only_draft(scene, linh)
    assert draft.content.media == ()
    await linh.sends_video(sample("clip.mp4")[0], "A clip")
    await linh.sees("A clip", "1 video")
    newest, _ = await open_drafts(scene.core, str(linh.id))
    assert [item.kind for item in newest.content.media] == [MediaKind.VIDEO]


@pytest.mark.usefixtures("shop")
async def test_a_file_that_is_too_big_leaves_its_text(scene: BotScene, linh: Person) -> None:
    """More than a bot can fetch is one sentence on the card, which keeps the caption."""
    await linh.sends_video(b"\0" * BIG, "Too big")
    await linh.sees("Too big", "larger than 20 MB")
    assert (await only_draft(scene, linh)).content.media == ()


REFUSED = {
    "long.png": (_png(3000, 100), "10:1: crop it"),
    "cut.heic": (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(100), "send it as a photo"),
    "cut.jpg": (sample("picture-1.jpg")[0][:900], "is broken"),
    "song.heic": (b"ID3\x04" + bytes(600), "send a JPEG or PNG picture"),
}


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.usefixtures("shop")
async def test_a_refused_picture_does_not_leave_a_post_without_it(
    scene: BotScene, linh: Person, name: str
) -> None:
    """The card says what is missing and why, for as long as that is so; nothing goes out before a tap agrees."""
    data, why = REFUSED[name]
    await linh.uploads(name, data, "Look at this")
    card = await linh.sees("Draft", "Look at this", "What you sent with it is not in this draft", why)
    assert card.buttons == [["📅 Schedule without it"], ["✏️ Text"], ["✖ Discard"]]
    await linh.taps("✏️ Text")
    await linh.says("Look at that")
    card = await linh.sees("Look at that", "is not in this draft", why)
    assert card.button("When") is None
    await linh.taps("Schedule without it")
    assert await linh.sees("Look at that", fresh=True) is card
    assert "not in this draft" not in card.text
    assert card.button("Tomorrow 09:00")
    assert (await only_draft(scene, linh)).content.media == ()


@pytest.mark.usefixtures("shop")
async def test_a_picture_alone_that_is_refused_leaves_nothing_to_schedule(
    scene: BotScene, linh: Person
) -> None:
    """Without a caption there is nothing to go on with but a text."""
    await linh.uploads("long.png", _png(3000, 100), mime="image/png")
    card = await linh.sees("is not in this draft", "10:1: crop it")
    assert card.buttons == [["✏️ Text"], ["✖ Discard"]]
    assert (await only_draft(scene, linh)).refused


@pytest.mark.usefixtures("shop")
async def test_a_photo_of_an_iphone_is_a_picture(scene: BotScene, linh: Person) -> None:
    """A HEIC that was sent as a file, which Telegram calls no picture, becomes a JPEG."""
    await linh.uploads("IMG_0001.HEIC", _heic(), "From my phone", mime="application/octet-stream")
    card = await linh.sees("From my phone", "1 picture", "Converted from HEIC to JPEG")
    assert card.button("When")
    (item,) = (await only_draft(scene, linh)).content.media
    assert item.url.endswith(".jpg")


@pytest.mark.usefixtures("shop")
async def test_a_part_of_an_album_that_is_no_picture_is_named(scene: BotScene, linh: Person) -> None:
    """What Threads would not take is answered where it was sent; the others are kept, and the card counts."""
    first, second = pictures(2)
    await linh.sends_album([b"\0\0\0\x18ftypnope", first, second, b"nothing"], "Two of four")
    card = await linh.sees("Two of four", "2 pictures", "2 of the pictures and videos you sent are not in")
    assert any("⚠️" in message.text for message in linh.messages if message.from_bot and message is not card)
    assert len((await only_draft(scene, linh)).content.media) == 2
    await linh.taps("Schedule without it")
    await linh.sees("Two of four", "2 pictures", fresh=True)
    assert card.button("When")


@pytest.mark.usefixtures("scene", "shop")
async def test_the_preview_is_a_picture_in_place_of_the_card(linh: Person) -> None:
    """Preview turns the card into a picture that shows what was sent; Back turns it into the card again."""
    await linh.sends_photo(_png(800, 600), "Look")
    card = await linh.sees("Look", "1 picture")
    await linh.taps("👁 Preview")
    assert _red((await linh.sees_photo()).photo) > 0.2
    await linh.sees_gone(card)
    await linh.taps("‹ Back")
    await linh.sees("Draft", "Look")
    await linh.waits_for(lambda: sum(message.from_bot for message in linh.messages) == 1)
