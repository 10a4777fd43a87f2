"""Pictures of every kind come out as Threads takes them, and tell nothing about their maker."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from adapters.drawn import BLUE, RED, a_picture, is_near, noise, opened, saved
from core.adapters.media.pictures import prepare
from core.domain.errors import RefusedError
from core.domain.media_files import PICTURE_BYTES

_ORIENTATION, _PLACE, _CAMERA = 0x0112, 0x8825, 0x0110


@pytest.mark.parametrize("size", [(320, 320), (1440, 1080), (500, 50), (320, 3200), (640, 480)])
@pytest.mark.parametrize("file_format", ["JPEG", "PNG"])
async def test_what_fits_is_kept_byte_for_byte(file_format: str, size: tuple[int, int]) -> None:
    """A JPEG or PNG within all limits that tells nothing about its maker is not touched."""
    data = saved(a_picture(size), file_format)

    prepared = await prepare(data)

    assert prepared.data == data
    assert prepared.notes == ()
    opened(prepared)


async def test_more_that_is_kept() -> None:
    """So are grey and progressive JPEGs, an sRGB profile, and a PNG with transparency or a palette."""
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]  # untyped there
    for data in (
        saved(a_picture(mode="L"), "JPEG"),
        saved(a_picture(), "JPEG", progressive=True, dpi=(300, 300)),
        saved(a_picture(), "JPEG", icc_profile=srgb),
        saved(a_picture(mode="RGBA"), "PNG"),
        saved(a_picture().quantize(16), "PNG"),
    ):
        assert (await prepare(data)).data == data


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((4000, 3000), (1440, 1080)),
        ((1441, 1000), (1440, 999)),
        ((319, 100), (320, 100)),
        ((30, 40), (320, 427)),
        ((5000, 500), (1440, 144)),
    ],
)
@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP"])
async def test_scaled_into_range(file_format: str, size: tuple[int, int], expected: tuple[int, int]) -> None:
    """Too wide or too narrow, it gets the nearest width, keeps its proportions, and the note says so."""
    prepared = await prepare(saved(a_picture(size), file_format))

    picture = opened(prepared)
    assert picture.size == expected
    assert is_near(picture, (5, 5), RED)
    assert is_near(picture, (5, expected[1] - 5), BLUE)
    scaled = f"Scaled from {size[0]}x{size[1]} to {expected[0]}x{expected[1]} pixels."
    assert scaled in prepared.notes


@pytest.mark.parametrize("size", [(1001, 100), (100, 1001), (3000, 1)])
async def test_too_long(size: tuple[int, int]) -> None:
    """A picture of more than 10:1 cannot be made to fit."""
    with pytest.raises(RefusedError, match="10:1: crop it"):
        await prepare(saved(a_picture(size), "PNG"))


@pytest.mark.parametrize("file_format", ["WEBP", "BMP", "TIFF", "GIF", "AVIF"])
async def test_other_formats(file_format: str) -> None:
    """They become a JPEG that looks the same, and the note says what it was."""
    prepared = await prepare(saved(a_picture(), file_format))

    picture = opened(prepared)
    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (640, 480))
    assert is_near(picture, (5, 5), RED)
    assert prepared.notes == (f"Converted from {file_format} to JPEG, as Threads takes JPEG and PNG.",)


@pytest.mark.parametrize("file_format", ["WEBP", "TIFF", "PNG"])
async def test_transparency_is_kept(file_format: str) -> None:
    """What can be seen through stays so, as a PNG."""
    picture = a_picture((2000, 1000), "RGBA")
    picture.paste((0, 0, 0, 0), (0, 0, 1000, 1000))

    after = opened(await prepare(saved(picture, file_format)))

    assert (after.format, after.mode) == ("PNG", "RGBA")
    assert after.getpixel((100, 100)) == (0, 0, 0, 0)
    assert is_near(after, (1300, 100), RED)


async def test_an_animation() -> None:
    """Its first picture is taken, and the note says that the others are not."""
    frames = [a_picture(), Image.new("RGB", (640, 480), "green")]
    for file_format in ("GIF", "WEBP", "PNG"):
        data = saved(frames[0], file_format, save_all=True, append_images=frames[1:])

        prepared = await prepare(data)

        assert prepared.notes[0] == "Only the first of its 2 pictures is kept: Threads shows still ones."
        assert is_near(opened(prepared), (5, 5), RED)
        assert getattr(opened(prepared), "n_frames", 1) == 1


def with_exif(**tags: Any) -> Image.Exif:
    exif = Image.Exif()
    exif[_CAMERA] = "Canary camera"
    for name, value in tags.items():
        exif[{"orientation": _ORIENTATION}[name]] = value
    place = exif.get_ifd(_PLACE)
    place[1], place[2] = "N", (21.0, 1.0, 42.5)
    return exif


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP"])
async def test_what_a_picture_tells_is_removed(file_format: str) -> None:
    """Place and camera are in no byte of what is published, and the note tells of the place."""
    data = saved(a_picture(), file_format, exif=with_exif())
    assert b"Canary" in data

    prepared = await prepare(data)

    assert b"Canary" not in prepared.data
    assert len(opened(prepared).getexif()) == 0
    assert prepared.notes[-1] == "The place that the camera had noted in it was removed."


@pytest.mark.parametrize(
    "hide",
    [
        lambda: saved(a_picture(), "JPEG", comment=b"Canary"),
        lambda: saved(a_picture(), "JPEG", xmp=b"<x>Canary</x>"),
        lambda: saved(a_picture(), "JPEG") + b"Canary trailer",
        lambda: saved(a_picture(), "JPEG", extra=b"\xff\xe5\x00\x08Canary"),
        lambda: saved(a_picture(), "MPO", save_all=True, append_images=[a_picture((64, 64))]) + b"Canary",
        lambda: saved(a_picture(), "PNG", pnginfo=_text("Author", "Canary")),
        lambda: saved(a_picture(), "PNG", pnginfo=_private(b"prVt", b"Canary")),
        lambda: saved(a_picture(), "PNG") + b"Canary",
    ],
    ids=["comment", "xmp", "trailer", "segment", "second", "text", "chunk", "png-trailer"],
)
async def test_what_hides_in_a_picture_is_removed(hide: Callable[[], bytes]) -> None:
    """Comments, edits, author, second pictures and whatever lies behind the end go too."""
    data = hide()
    assert b"Canary" in data

    prepared = await prepare(data)

    assert b"Canary" not in prepared.data
    assert is_near(opened(prepared), (5, 5), RED)
    assert opened(prepared).size == (640, 480)


def _text(name: str, text: str) -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    info.add_text(name, text)
    return info


def _private(name: bytes, body: bytes) -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    info.add(name, body)
    return info


@pytest.mark.parametrize("size", [(640, 480), (3000, 1500)])
@pytest.mark.parametrize("orientation", range(1, 9))
async def test_stands_upright(orientation: int, size: tuple[int, int]) -> None:
    """A photo that lies on its side or head is turned as the camera meant it, before it is measured."""
    upright = a_picture(size)
    turned = {
        1: lambda: upright,
        2: lambda: upright.transpose(Image.Transpose.FLIP_LEFT_RIGHT),
        3: lambda: upright.transpose(Image.Transpose.ROTATE_180),
        4: lambda: upright.transpose(Image.Transpose.FLIP_TOP_BOTTOM),
        5: lambda: upright.transpose(Image.Transpose.TRANSPOSE),
        6: lambda: upright.transpose(Image.Transpose.ROTATE_90),
        7: lambda: upright.transpose(Image.Transpose.TRANSVERSE),
        8: lambda: upright.transpose(Image.Transpose.ROTATE_270),
    }[orientation]()

    after = opened(await prepare(saved(turned, "JPEG", exif=with_exif(orientation=orientation))))

    assert after.size == ((640, 480) if size == (640, 480) else (1440, 720))
    assert is_near(after, (after.width // 2, 5), RED)
    assert is_near(after, (after.width // 2, after.height - 5), BLUE)


@pytest.mark.parametrize("mode", ["CMYK", "L", "1", "LA", "I;16", "I", "YCbCr", "LAB"])
async def test_modes(mode: str) -> None:
    """Whatever colours are written as, they come out as RGB in about the same brightness."""
    grey = Image.new("L", (640, 480), 128)
    if mode in ("I;16", "I"):
        picture = Image.new("I", (640, 480), 128 * 257).convert(mode)
    elif mode == "LAB":
        picture = Image.new("LAB", (640, 480), (137, 128, 128))
    else:
        picture = grey.convert("RGB").convert(mode) if mode != "1" else Image.new("1", (640, 480), 1)

    after = opened(await prepare(saved(picture, "TIFF")))

    assert after.mode in ("RGB", "RGBA")
    assert is_near(after, (300, 200), (255,) * 3 if mode == "1" else (128,) * 3)


async def test_a_cmyk_jpeg() -> None:
    """A JPEG for print becomes one for screens."""
    data = saved(a_picture(mode="CMYK"), "JPEG")

    after = opened(await prepare(data))

    assert after.mode == "RGB"
    assert is_near(after, (5, 5), RED, by=20)


async def test_another_colour_space_is_converted() -> None:
    """Colours of a profile other than sRGB are computed, not relabelled; a broken profile is passed over."""
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]  # untyped there
    wide = _with_swapped_primaries()

    swapped = opened(await prepare(saved(a_picture(), "JPEG", icc_profile=wide)))
    unfit = opened(await prepare(saved(a_picture(), "JPEG", icc_profile=lab)))
    broken = opened(await prepare(saved(a_picture(), "PNG", icc_profile=b"no profile" * 20)))

    assert "icc_profile" not in swapped.info
    assert is_near(swapped, (5, 5), BLUE, by=40)
    assert is_near(unfit, (5, 5), RED)
    assert is_near(broken, (5, 5), RED)


def _with_swapped_primaries() -> bytes:
    """The profile of sRGB with red and blue exchanged, under another name."""
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]  # untyped there
    marked = srgb.replace(b"rXYZ", b"????").replace(b"bXYZ", b"rXYZ").replace(b"????", b"bXYZ")
    return marked.replace("sRGB".encode("utf-16-be"), "swap".encode("utf-16-be")).replace(b"sRGB", b"swap")


async def test_too_many_bytes() -> None:
    """A picture of more than 8 MB comes out below, in good quality, whatever its width."""
    large = saved(noise((2200, 3000)), "PNG")
    long = saved(noise((1440, 4000)), "JPEG", quality=100, subsampling=0)
    assert min(len(large), len(long)) > PICTURE_BYTES

    for data in (large, long):
        prepared = await prepare(data)
        picture = opened(prepared)
        assert picture.format == "JPEG"
        assert prepared.notes[-1].startswith(f"Made smaller, from {len(data) / 1e6:.1f} MB to ")


async def test_the_same_bytes_again() -> None:
    """The same file is converted to the same bytes, so that it has one address."""
    data = saved(a_picture((2000, 1000), "RGBA"), "WEBP")

    first, second = await asyncio.gather(prepare(data), prepare(data))

    assert first == second
