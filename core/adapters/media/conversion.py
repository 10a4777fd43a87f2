"""Converts pictures with Pillow. Nothing here trusts a file: sizes are judged before anything is decoded."""

from __future__ import annotations

import struct
import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from pi_heif import register_heif_opener  # pyright: ignore[reportUnknownVariableType]  # its options are untyped
from PIL import Image, ImageCms, ImageOps
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile

from core.domain.errors import RefusedError
from core.domain.media_files import (
    MOST_PIXELS,
    NARROWEST,
    PICTURE_BYTES,
    FileFormat,
    Prepared,
    fitting_size,
    in_megabytes,
    sniff,
)

_OPENED_AS: Final = {
    FileFormat.JPEG: "JPEG",
    FileFormat.PNG: "PNG",
    FileFormat.GIF: "GIF",
    FileFormat.WEBP: "WEBP",
    FileFormat.HEIC: "HEIF",
    FileFormat.AVIF: "AVIF",
    FileFormat.BMP: "BMP",
    FileFormat.TIFF: "TIFF",
}
_BROKEN: Final = (
    OSError,
    SyntaxError,
    ValueError,
    ArithmeticError,
    LookupError,
    RuntimeError,
    TypeError,
    EOFError,
    MemoryError,
    struct.error,
)
"""What Pillow's readers raise for files that are not what they say."""
_DAMAGED: Final = "The picture is broken or its end is missing: send it again."
_UNREADABLE: Final = "The HEIC picture cannot be read: send it as a photo, or save it as a JPEG."
_TYPES: Final = {FileFormat.JPEG: ("image/jpeg", ".jpg"), FileFormat.PNG: ("image/png", ".png")}
_QUALITIES: Final = (95, 92, 90)
_SMALLER: Final = 0.8
_PLACE, _ORIENTATION = 0x8825, 0x0112
_LYING: Final = (5, 6, 7, 8)
"""Orientations in which width and height change places (Exif 2.32, 4.6.4)."""
_HARMLESS_JPEG: Final = frozenset({"APP0", "APP14"})
_HARMLESS_PNG: Final = frozenset(
    {
        "dpi",
        "gamma",
        "srgb",
        "chromaticity",
        "transparency",
        "interlace",
        "icc_profile",
        "background",
        "aspect",
    }
)
_SIXTEEN_TO_EIGHT: Final = 1 / 257
_JPEG_END, _PNG_END = b"\xff\xd9", b"IEND\xaeB`\x82"
_SRGB: Final = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]  # untyped there

# Above the limit Pillow warns, above twice the limit it raises: here both end the reading.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)
register_heif_opener(thumbnails=False)


def prepare(data: bytes) -> Prepared:
    """See :func:`core.adapters.media.pictures.prepare`."""
    found = sniff(data)
    if found is None or found not in _OPENED_AS:
        raise RefusedError("This is no picture: send a JPEG or PNG.")
    try:
        with Image.open(BytesIO(data), formats=[_OPENED_AS[found]]) as picture:
            size = fitting_size(*_upright(picture))
            return _kept(data, found, picture, size) or _converted(data, found, picture, size)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        limit = MOST_PIXELS // 1_000_000
        raise RefusedError(f"The picture has more than {limit} million pixels: make it smaller.") from None
    except _BROKEN as error:
        raise RefusedError(_UNREADABLE if found is FileFormat.HEIC else _DAMAGED) from error


def _upright(picture: Image.Image) -> tuple[int, int]:
    """Width and height as it is shown."""
    turned = picture.getexif().get(_ORIENTATION) in _LYING
    return (picture.height, picture.width) if turned else (picture.width, picture.height)


def _kept(data: bytes, found: FileFormat, picture: Image.Image, size: tuple[int, int]) -> Prepared | None:
    """The file as it is, if Threads takes it so and it holds nothing but the picture."""
    if len(data) > PICTURE_BYTES or size != picture.size or _frames(picture) > 1:
        return None
    picture.load()
    if not (_is_srgb(picture) and _is_bare(picture, data)):
        return None
    return Prepared(data, *_TYPES[found])


def _is_bare(picture: Image.Image, data: bytes) -> bool:
    """Whether there is nothing beside the picture: no place, camera, author, comment or hidden second file."""
    if isinstance(picture, JpegImageFile):
        marks = {name for name, body in picture.applist if not body.startswith(b"ICC_PROFILE\0")}
        return marks <= _HARMLESS_JPEG and picture.mode in ("RGB", "L") and data.endswith(_JPEG_END)
    if isinstance(picture, PngImageFile):
        return picture.info.keys() <= _HARMLESS_PNG and not picture.private_chunks and data.endswith(_PNG_END)
    return False


def _converted(data: bytes, found: FileFormat, picture: Image.Image, size: tuple[int, int]) -> Prepared:
    """A new file of the first picture in it."""
    frames, before, has_place = _frames(picture), _upright(picture), bool(picture.getexif().get_ifd(_PLACE))
    drawn = _drawn(picture, size)
    file = _small_png(drawn) if found is FileFormat.PNG or drawn.mode == "RGBA" else None
    file = file or _small_jpeg(drawn)
    notes: list[str] = []
    if frames > 1:
        notes.append(f"Only the first of its {frames} pictures is kept: Threads shows still ones.")
    if found is not file.format:
        notes.append(f"Converted from {found} to {file.format}, as Threads takes JPEG and PNG.")
    if file.size != before:
        notes.append(f"Scaled from {_pixels(before)} to {_pixels(file.size)} pixels.")
    if len(data) > PICTURE_BYTES:
        notes.append(f"Made smaller, from {in_megabytes(len(data))} to {in_megabytes(len(file.data))}.")
    if has_place:
        notes.append("The place that the camera had noted in it was removed.")
    return Prepared(file.data, *_TYPES[file.format], tuple(notes))


def _drawn(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    """The picture upright, in sRGB, RGB or RGBA, of this size, with nothing attached."""
    width, height = size if _upright(picture) == picture.size else size[::-1]
    picture.draft(picture.mode, (width, height))
    if _frames(picture) > 1:
        picture.seek(0)
    profile = picture.info.get("icc_profile")
    drawn = ImageOps.exif_transpose(picture)
    drawn = _eight_bit(drawn)
    if drawn.size != size:
        drawn = _resized(drawn, size)
    drawn = _in_srgb(drawn, profile)
    drawn.info.clear()
    return drawn


def _eight_bit(picture: Image.Image) -> Image.Image:
    """In a mode that can be resized and has eight bits a channel."""
    if picture.mode.startswith("I"):
        eight = picture.point(lambda level: level * _SIXTEEN_TO_EIGHT)  # pyright: ignore[reportUnknownMemberType]  # as below
        return eight.convert("L")
    if picture.has_transparency_data:
        return picture.convert("RGBA")
    return picture if picture.mode in ("RGB", "CMYK", "L") else picture.convert("RGB")


def _resized(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    how = Image.Resampling.LANCZOS
    return picture.resize(size, how, reducing_gap=3.0)  # pyright: ignore[reportUnknownMemberType]  # numpy's


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """In sRGB; a profile that cannot be read or does not belong to the picture is passed over."""
    mode = "RGBA" if picture.mode == "RGBA" else "RGB"
    if profile and not _names_srgb(profile):
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            converted = ImageCms.profileToProfile(picture, source, _SRGB, outputMode=mode)
        except (ImageCms.PyCMSError, OSError):
            converted = None
        if converted is not None:
            return converted
    return picture.convert(mode)


def _is_srgb(picture: Image.Image) -> bool:
    profile = picture.info.get("icc_profile")
    return not profile or _names_srgb(profile)


def _names_srgb(profile: bytes) -> bool:
    try:
        return "srgb" in ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(BytesIO(profile))).lower()
    except (ImageCms.PyCMSError, OSError):
        return False


@dataclass(frozen=True, slots=True)
class _File:
    data: bytes
    format: FileFormat
    size: tuple[int, int]


def _small_png(drawn: Image.Image) -> _File | None:
    """As a PNG, which loses nothing; None when that is too large. An alpha that hides nothing is left out."""
    if drawn.mode == "RGBA" and drawn.getchannel("A").getextrema() == (255, 255):
        drawn = drawn.convert("RGB")
    data = _saved(drawn, "PNG")
    return _File(data, FileFormat.PNG, drawn.size) if len(data) <= PICTURE_BYTES else None


def _small_jpeg(drawn: Image.Image) -> _File:
    """As the best JPEG that is small enough, on white where it was transparent."""
    if drawn.mode == "RGBA":
        white = Image.new("RGBA", drawn.size, "white")
        drawn = Image.alpha_composite(white, drawn).convert("RGB")
    while True:
        for quality in _QUALITIES:
            data = _saved(drawn, "JPEG", quality=quality)
            if len(data) <= PICTURE_BYTES:
                return _File(data, FileFormat.JPEG, drawn.size)
        width = max(int(drawn.width * _SMALLER), NARROWEST)
        if width == drawn.width:
            raise RefusedError("The picture cannot be made smaller than 8 MB: send another.")
        drawn = _resized(drawn, (width, round(drawn.height * width / drawn.width)))


def _saved(drawn: Image.Image, file_format: str, **options: int) -> bytes:
    file = BytesIO()
    drawn.save(file, file_format, **options)
    return file.getvalue()


def _frames(picture: Image.Image) -> int:
    """How many pictures an animation has; the further ones that cameras hide in a JPEG or HEIC are none."""
    return 1 if picture.format in ("JPEG", "MPO", "HEIF") else int(getattr(picture, "n_frames", 1))


def _pixels(size: tuple[int, int]) -> str:
    return f"{size[0]}x{size[1]}"
