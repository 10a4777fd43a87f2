"""Media in the preview: photos are shown, and bytes that are none are a tile with the kind of the file."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot import pictures
from bot.pictures import Preview, Thumbnail
from bot.pictures.thumbnails import opened, thumbnail, upright_size
from core.domain.post import MediaKind

RED, BLUE = (220, 30, 30), (30, 30, 220)


def encoded(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def card(*media: Thumbnail) -> bytes:
    return pictures.preview_card(Preview(username="shop", text="a", media=media), "en")


def photo(data: bytes | None) -> Thumbnail:
    return Thumbnail(MediaKind.IMAGE, data)


def near(png: bytes, colour: tuple[int, int, int]) -> bool:
    """Whether the colour, or nearly so, covers a good part of the card."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    found = image.getcolors(image.width * image.height) or []
    wide = [seen for number, seen in found if number > 2000 and isinstance(seen, tuple)]
    return any(all(abs(a - b) < 25 for a, b in zip(seen, colour, strict=True)) for seen in wide)


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it has very many pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(100_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


GOOD = encoded(Image.new("RGB", (600, 400), RED))
JPEG = encoded(Image.new("RGB", (600, 400), RED), "JPEG")
BROKEN = {
    "none": None,
    "empty": b"",
    "text": b"this is no picture",
    "video": b"\x00\x00\x00\x20ftypisom" + bytes(500),
    "cut png": GOOD[:-40],
    "cut header": GOOD[:20],
    "cut jpeg": JPEG[: len(JPEG) // 2],
    "wrong checksum": GOOD.replace(b"IDAT", b"IDAT\x00", 1),
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "tiff is not read": encoded(Image.new("RGB", (9, 9), RED), "TIFF"),
    "a hundred million pixels": bomb(10_000, 10_000),
    "four billion pixels": bomb(65_535, 65_535),
    "no width": bomb(0, 10),
    "just too many pixels": bomb(4_000, 3_001),
}


@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.parametrize("kind", MediaKind)
def test_what_is_no_picture_becomes_the_tile_of_its_kind(name: str, kind: MediaKind) -> None:
    """Broken, foreign, hostile and missing bytes look the same: the word for the kind of file."""
    assert card(Thumbnail(kind, BROKEN[name])).startswith(b"\x89PNG")
    assert not near(card(Thumbnail(kind, BROKEN[name])), RED)


def test_a_picture_with_too_many_pixels_is_not_decoded() -> None:
    """Its size is read from the header, and that is all."""
    assert opened(bomb(4_000, 3_001)) is None
    assert opened(bomb(4_000, 3_000)) is not None
    assert opened(bomb(65_535, 65_535)) is None


MODES = {
    "PNG": ("1", "L", "LA", "P", "RGB", "RGBA", "I;16"),
    "JPEG": ("L", "RGB", "CMYK"),
    "WEBP": ("RGB", "RGBA"),
    "GIF": ("1", "L", "P", "RGB", "RGBA"),
}


@pytest.mark.parametrize(("kind", "mode"), [(kind, mode) for kind, modes in MODES.items() for mode in modes])
def test_every_kind_of_picture_is_drawn(kind: str, mode: str) -> None:
    """Whatever its colours are stored as."""
    image = opened(encoded(Image.new(mode, (60, 40)), kind))
    assert image is not None
    small = thumbnail(image, (30, 20))
    assert small is not None
    assert (small.mode, small.size) == ("RGB", (30, 20))


def test_a_photo_is_shown() -> None:
    """Its colour is in the card; another photo gives another card."""
    assert near(card(photo(GOOD)), RED)
    assert near(card(photo(encoded(Image.new("RGB", (60, 40), BLUE)))), BLUE)


def test_a_carousel_shows_its_first_items_and_counts_the_others() -> None:
    """Three are drawn; each one more changes the number only."""
    reds = [photo(GOOD)] * 20
    drawn = [card(*reds[:many]) for many in (1, 2, 3, 4, 5, 20)]
    assert len(set(drawn)) == len(drawn)
    blue = photo(encoded(Image.new("RGB", (60, 40), BLUE)))
    assert near(card(reds[0], reds[0], blue), BLUE)


def height(*media: Thumbnail) -> int:
    return Image.open(io.BytesIO(card(*media))).height


def test_a_single_photo_keeps_its_ratio_up_to_four_by_five() -> None:
    """As on Threads: what is taller is cut, what is wider is not."""
    tall, taller, wide, wider = (
        height(photo(encoded(Image.new("RGB", size, RED))))
        for size in ((800, 1000), (800, 3000), (1200, 1000), (1600, 1000))
    )
    assert tall == taller > wide > wider


def test_photos_side_by_side_are_of_one_height_and_uncut() -> None:
    """A tall one beside a wide one: the row is as high as both need to be seen whole."""
    tall = Image.new("RGB", (800, 1000), RED)
    tall.paste(BLUE, (0, 0, 800, 60))
    tall.paste(BLUE, (0, 940, 800, 1000))
    image = Image.open(io.BytesIO(card(photo(encoded(tall)), photo(GOOD)))).convert("RGB")
    column = [image.getpixel((200, y)) for y in range(image.height)]
    blues = [y for y, seen in enumerate(column) if isinstance(seen, tuple) and seen[2] > 150 > seen[0]]
    reds = [y for y, seen in enumerate(column) if isinstance(seen, tuple) and seen[0] > 150 > seen[2]]
    assert min(blues) < min(reds) < max(reds) < max(blues)


def test_a_video_has_a_sign_on_its_picture() -> None:
    """The same picture as a photo looks different."""
    assert card(Thumbnail(MediaKind.VIDEO, GOOD)) != card(photo(GOOD))


def test_a_photo_taken_on_its_side_is_turned() -> None:
    """The EXIF orientation 6 puts the left half on top."""
    wide = Image.new("RGB", (80, 40), RED)
    wide.paste(BLUE, (40, 0, 80, 40))
    exif = Image.Exif()
    exif[0x0112] = 6
    image = opened(encoded(wide, "JPEG", exif=exif, quality=95))
    assert image is not None
    assert upright_size(image) == (40, 80)
    small = thumbnail(image, (40, 80))
    assert small is not None
    top, bottom = small.getpixel((20, 10)), small.getpixel((20, 70))
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert top[0] > 150 > top[2]
    assert bottom[2] > 150 > bottom[0]


@pytest.mark.parametrize("size", [(1, 1), (1, 9000), (9000, 1), (3000, 3000)])
def test_a_picture_of_any_shape_is_drawn(size: tuple[int, int]) -> None:
    """A line of one pixel is cut to a shape that can be looked at."""
    png = card(photo(encoded(Image.new("RGB", size, RED))))
    assert near(png, RED)
    assert Image.open(io.BytesIO(png)).height < 1400


def test_a_noisy_photo_still_fits_the_limit() -> None:
    """The worst case for PNG gets fewer colours and pixels."""
    noise = Image.effect_noise((1500, 1900), 120).convert("RGB")
    noise.paste(Image.effect_noise((1500, 900), 200), (0, 500))
    assert len(card(photo(encoded(noise)))) <= 300_000
    assert len(card(*[photo(encoded(noise, "JPEG"))] * 3)) <= 300_000


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", GOOD[:40], JPEG[:40], b"GIF89a", b"RIFF\x00\x00\x00\x00WEBPVP8 "]),
)
@settings(max_examples=40, deadline=None)
def test_any_bytes_whatsoever_are_drawn(tail: bytes, head: bytes) -> None:
    """Nothing that a file may hold is an exception."""
    assert card(photo(head + tail)).startswith(b"\x89PNG")


@given(st.integers(min_value=0, max_value=len(JPEG) - 1), st.integers(min_value=0, max_value=255))
@settings(max_examples=60, deadline=None)
def test_a_photo_with_one_wrong_byte_is_drawn(place: int, byte: int) -> None:
    """As a photo or as a tile."""
    data = bytearray(JPEG)
    data[place] = byte
    assert card(photo(bytes(data))).startswith(b"\x89PNG")
