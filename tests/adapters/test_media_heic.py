"""Pictures as iPhones keep them, sent as files, become JPEGs."""

from __future__ import annotations

import random
import struct

import pytest
from PIL import Image
from pillow_heif import register_heif_opener  # pyright: ignore[reportUnknownVariableType]  # its options are untyped

from adapters.drawn import BLUE, RED, a_picture, is_near, opened, saved
from core.adapters.media.pictures import prepare
from core.domain.errors import RefusedError

_ORIENTATION, _PLACE, _CAMERA = 0x0112, 0x8825, 0x0110
_SIZE = b"ispe" + bytes(4)
register_heif_opener()


def a_photo(size: tuple[int, int] = (4032, 3024), **options: object) -> bytes:
    return saved(a_picture(size), "HEIF", **options)


async def test_a_photo_becomes_a_jpeg() -> None:
    """It looks the same, and the notes say what was done to it."""
    prepared = await prepare(a_photo())

    picture = opened(prepared)
    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (1440, 1080))
    assert is_near(picture, (5, 5), RED)
    assert is_near(picture, (5, 1070), BLUE)
    assert prepared.notes == (
        "Converted from HEIC to JPEG, as Threads takes JPEG and PNG.",
        "Scaled from 4032x3024 to 1440x1080 pixels.",
    )


async def test_what_a_photo_tells_is_removed() -> None:
    """Place and camera are in no byte of what is published, and the note tells of the place."""
    exif = Image.Exif()
    exif[_CAMERA] = "Canary camera"
    place = exif.get_ifd(_PLACE)
    place[1], place[2] = "N", (21.0, 1.0, 42.5)
    data = a_photo((640, 480), exif=exif, xmp=b"<x>Canary</x>")
    assert b"Canary" in data

    prepared = await prepare(data)

    assert b"Canary" not in prepared.data
    assert prepared.notes[-1] == "The place that the camera had noted in it was removed."


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
async def test_a_photo_stands_upright(orientation: int) -> None:
    """However the phone was held, it is shown as the phone shows it."""
    turns = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}
    upright = a_picture((640, 480))
    lying = upright.transpose(turns[orientation]) if orientation in turns else upright
    exif = Image.Exif()
    exif[_ORIENTATION] = orientation

    picture = opened(await prepare(saved(lying, "HEIF", exif=exif.tobytes())))

    assert picture.size == (640, 480)
    assert is_near(picture, (320, 5), RED)
    assert is_near(picture, (320, 475), BLUE)


async def test_the_picture_that_counts_is_kept() -> None:
    """Of several in one file it is the one that the phone shows, not whichever stands first."""
    data = saved(
        Image.new("RGB", (640, 480), "green"),
        "HEIF",
        save_all=True,
        append_images=[a_picture()],
        primary_index=1,
    )

    assert is_near(opened(await prepare(data)), (5, 5), RED)


@pytest.mark.parametrize("share", [0.01, 0.2, 0.9])
async def test_a_photo_that_cannot_be_read(share: float) -> None:
    """One that is cut off is named, with another way to send it."""
    whole = a_photo((1600, 1200))

    with pytest.raises(RefusedError, match="The HEIC picture cannot be read: send it as a photo"):
        await prepare(whole[: max(16, int(len(whole) * share))])


async def test_a_bomb() -> None:
    """A photo that claims to be huge is judged by its head, before anything is decoded."""
    small = a_photo((640, 480))
    claimed = small.replace(_SIZE + struct.pack(">II", 640, 480), _SIZE + struct.pack(">II", 9000, 9000))
    assert claimed != small

    with pytest.raises(RefusedError, match="million pixels"):
        await prepare(claimed)


async def test_broken_photos() -> None:
    """With bytes changed anywhere, a file is a picture or a sentence, never a crash."""
    data = a_photo((400, 300))
    chance = random.Random(11)  # noqa: S311  # no secret
    refused: list[str] = []
    for _ in range(100):
        hurt = bytearray(data)
        for _ in range(chance.randrange(1, 9)):
            hurt[chance.randrange(len(hurt))] = chance.randrange(256)
        try:
            opened(await prepare(bytes(hurt)))
        except RefusedError as error:
            refused.append(str(error))
    assert refused
    assert not any("\n" in sentence for sentence in refused)
