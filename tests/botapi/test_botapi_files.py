"""Photos, videos, documents and albums, both ways."""

from __future__ import annotations

import io
from datetime import timedelta

import httpx
from PIL import Image
from telegram import Bot, InputMediaDocument, InputMediaPhoto, InputMediaVideo
from telegram.error import NetworkError

from botapi.person import Person
from botapi.refusals import refused
from botapi.telegram_side import Telegram


def picture(size: tuple[int, int] = (320, 200), kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "orange").save(out, kind)
    return out.getvalue()


async def test_a_photo_must_be_a_picture(bot: Bot, linh: Person) -> None:
    """A photo decodes, has sides of 10,000 in sum, a ratio of 20 and 10 MB at most."""
    await bot.send_photo(linh.id, picture((2000, 100)))
    assert linh.last.photo == picture((2000, 100))
    for size in ((2001, 100), (100, 2001), (9000, 1001)):
        with refused("PHOTO_INVALID_DIMENSIONS"):
            await bot.send_photo(linh.id, picture(size))
    for data in (b"no picture", picture()[:-40]):
        with refused("IMAGE_PROCESS_FAILED"):
            await bot.send_photo(linh.id, data)
    with refused("too big for a photo; the maximum size is 10485760 bytes"):
        await bot.send_photo(linh.id, picture() + bytes(10 * 2**20))
    with refused("File must be non-empty"):
        await bot.send_document(linh.id, b"")
    assert len(linh.messages) == 1


async def test_a_document_keeps_name_and_bytes(bot: Bot, linh: Person) -> None:
    """A document arrives as it was, with a caption of at most 1024 units."""
    sent = await bot.send_document(
        linh.id, b"1,2", "<b>Checked</b>", parse_mode="HTML", filename="tuần 48.csv"
    )
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.file_size) == ("tuần 48.csv", 3)
    card = await linh.sees_document("48.csv")
    assert (card.document, card.html) == (b"1,2", "<b>Checked</b>")
    with refused("Message caption is too long"):
        await bot.send_document(linh.id, b"1", "x" * 1025)
    await bot.send_document(linh.id, sent.document.file_id)
    assert linh.last.document == b"1,2"
    with refused("wrong remote file identifier"):
        await bot.send_document(linh.id, "AgACno")
    with refused("type of file mismatch"):
        await bot.send_photo(linh.id, sent.document.file_id)


async def test_more_than_50_mb_is_not_taken(bot: Bot, linh: Person) -> None:
    """The limit of an upload answers 413."""
    with refused("Request Entity Too Large", NetworkError):
        await bot.send_document(linh.id, bytes(50 * 2**20 + 1), write_timeout=60)
    assert linh.messages == []


async def test_what_a_person_uploads_is_fetched(telegram: Telegram, bot: Bot, linh: Person) -> None:
    """GetFile gives a link that holds for an hour, to at most 20 MB."""
    await linh.uploads("calendar.xlsx", b"PK rows")
    await linh.uploads("big.bin", bytes(20 * 2**20 + 1))
    small, big = [update.message for update in await bot.get_updates()]
    assert small is not None
    assert small.document is not None
    assert big is not None
    assert big.document is not None
    assert small.document.mime_type == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    file = await small.document.get_file()
    assert bytes(await file.download_as_bytearray()) == b"PK rows"
    with refused("File is too big"):
        await big.document.get_file()
    with refused("wrong file_id"):
        await bot.get_file("AgACno")
    assert file.file_path is not None
    telegram.pass_time(timedelta(minutes=61))
    async with httpx.AsyncClient() as http:
        assert (await http.get(file.file_path)).status_code == 404


async def test_telegram_makes_a_jpeg_of_a_photo(bot: Bot, linh: Person) -> None:
    """A person's photo comes in sizes, the largest of them a JPEG of at most 2560 pixels a side."""
    await linh.sends_photo(picture((4000, 2000)), "Phở")
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.caption == "Phở"
    small, large = update.message.photo
    assert (small.width, large.width, large.height) == (90, 2560, 1280)
    data = bytes(await (await large.get_file()).download_as_bytearray())
    assert Image.open(io.BytesIO(data)).format == "JPEG"


async def test_an_album_comes_in_pieces(bot: Bot, linh: Person) -> None:
    """Each item is an update of its own, perhaps out of order; only the first has the caption."""
    await linh.sends_album([picture(), picture(), b"a clip"], "Three", shuffled=True, seed=3)
    messages = [update.message for update in await bot.get_updates() if update.message]
    numbers = [message.message_id for message in messages]
    assert numbers != sorted(numbers)
    assert len({message.media_group_id for message in messages}) == 1
    in_order = sorted(messages, key=lambda message: message.message_id)
    assert [message.caption for message in in_order] == ["Three", None, None]
    assert [bool(message.video) for message in in_order] == [False, False, True]


async def test_a_bots_album_has_2_to_10_items_of_a_kind(bot: Bot, linh: Person) -> None:
    """Photos and videos mix, documents do not; all arrive or none."""
    photo, video = InputMediaPhoto(picture(), "one"), InputMediaVideo(b"a clip")
    sent = await bot.send_media_group(linh.id, [photo, video])
    assert [message.media_group_id for message in sent] == [sent[0].media_group_id] * 2
    assert (linh.messages[0].text, linh.messages[1].video) == ("one", b"a clip")
    for media, problem in (
        ([photo], "at least 2"),
        ([photo] * 11, "Too many messages to send as an album"),
        ([photo, InputMediaDocument(b"x")], "can't be mixed with other media types"),
        ([photo, InputMediaPhoto(b"no picture")], "IMAGE_PROCESS_FAILED"),
    ):
        with refused(problem):
            await bot.send_media_group(linh.id, media)
    assert len(linh.messages) == 2
