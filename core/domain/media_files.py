"""What the bytes of a picture or video are, and what Threads takes of them (threads_api fact sheet §3.1)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from core.domain.errors import RefusedError
from core.domain.post import MediaKind

PICTURE_BYTES: Final = 8_000_000
VIDEO_BYTES: Final = 1_000_000_000
VIDEO_SECONDS: Final = 300
VIDEO_WIDTH: Final = 1920
NARROWEST, WIDEST = 320, 1440
"""Pixels of a picture's width."""
LONGEST_SIDE: Final = 10
"""How many times as long as the other a side may be."""
MOST_PIXELS: Final = 50_000_000
"""What is opened at all: more is a trap, or takes more memory than a small server has."""

_HEAD: Final = 12
_HEIF: Final = frozenset(
    {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"}
)
_AVIF: Final = frozenset({b"avif", b"avis"})
_SOUND: Final = frozenset({b"M4A ", b"M4B ", b"M4P "})
_OLD_QUICKTIME: Final = frozenset({b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"})
_BMP_HEADERS: Final = frozenset({12, 16, 40, 52, 56, 64, 108, 124})


class FileFormat(StrEnum):
    """By its common name."""

    JPEG = "JPEG"
    PNG = "PNG"
    GIF = "GIF"
    WEBP = "WEBP"
    HEIC = "HEIC"
    AVIF = "AVIF"
    BMP = "BMP"
    TIFF = "TIFF"
    MP4 = "MP4"
    MOV = "MOV"

    @property
    def kind(self) -> MediaKind:
        return MediaKind.VIDEO if self in (FileFormat.MP4, FileFormat.MOV) else MediaKind.IMAGE


_MARKS: Final = {
    FileFormat.JPEG: (b"\xff\xd8\xff",),
    FileFormat.PNG: (b"\x89PNG\r\n\x1a\n",),
    FileFormat.GIF: (b"GIF87a", b"GIF89a"),
    FileFormat.WEBP: (b"RIFF????WEBP",),
    FileFormat.TIFF: (b"II*\x00", b"MM\x00*"),
}


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file as Threads takes it; ``suffix`` has its dot, ``notes`` say what was changed or is doubtful."""

    data: bytes
    content_type: str
    suffix: str
    notes: tuple[str, ...] = ()


def sniff(data: bytes) -> FileFormat | None:
    """What the first bytes say that a file is, whatever it is called; None for anything Threads has no use for."""
    return _picture(data) or _video(data)


def fitting_size(width: int, height: int) -> tuple[int, int]:
    """The size nearest to this one that Threads takes, in the same proportion.

    Raises:
        RefusedError: no size of this proportion is taken.
    """
    if width < 1 or height < 1:
        raise RefusedError("The picture is empty: send another.")
    if max(width, height) > LONGEST_SIDE * min(width, height):
        raise RefusedError(
            f"The picture has {width}x{height} pixels and Threads takes at most {LONGEST_SIDE}:1: crop it."
        )
    fitting = min(max(width, NARROWEST), WIDEST)
    return fitting, max(1, round(height * fitting / width))


def in_megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"


def _picture(data: bytes) -> FileFormat | None:
    if data[:2] == b"BM" and int.from_bytes(data[14:18], "little") in _BMP_HEADERS:
        return FileFormat.BMP
    head = data[:4] + b"????" + data[8:_HEAD] if data.startswith(b"RIFF") else data
    return next((known for known, marks in _MARKS.items() if head.startswith(marks)), None)


def _video(data: bytes) -> FileFormat | None:
    """ISO base media files say their brand in a first box called ftyp; the oldest MOV have none."""
    kind, brand = data[4:8], data[8:_HEAD]
    if kind != b"ftyp":
        return FileFormat.MOV if kind in _OLD_QUICKTIME else None
    if brand in _HEIF:
        return FileFormat.HEIC
    if brand in _AVIF:
        return FileFormat.AVIF
    if brand in _SOUND:
        return None
    return FileFormat.MOV if brand == b"qt  " else FileFormat.MP4
