"""What an MP4 or MOV file says of itself: a tree of boxes (ISO/IEC 14496-12), of which few are read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from core.domain.errors import RefusedError
from core.domain.media_files import VIDEO_BYTES, VIDEO_SECONDS, VIDEO_WIDTH, in_megabytes

_BOX: Final = 8
_LARGE_BOX: Final = 16
_IN_64_BITS: Final = 1
_UNKNOWN: Final = {0, 0xFFFF_FFFF, 0xFFFF_FFFF_FFFF_FFFF}
_MOST_BOXES: Final = 5_000
"""At the top of a file, and in its index: read in some milliseconds each."""


@dataclass(frozen=True, slots=True)
class VideoFacts:
    """``seconds`` is None where the file does not say; ``index_first`` that the moov box precedes the data."""

    seconds: float | None
    width: int
    """Pixels of the widest track; 0 when there is no picture at all."""
    index_first: bool


def read_video(data: bytes) -> VideoFacts:
    """Read the boxes.

    Raises:
        RefusedError: the file is broken, cut short or without its index.
    """
    top = list(_boxes(memoryview(data), _places()))
    names = [name for name, _ in top]
    if b"moov" not in names:
        raise RefusedError(
            "The video has no index (moov): the recording or the download was not finished; send it again."
        )
    moov = next(body for name, body in top if name == b"moov")
    places = _places()
    inside = list(_boxes(moov, places))
    widths = [_width(track, places) for name, track in inside if name == b"trak"]
    header = next((body for name, body in inside if name == b"mvhd"), None)
    index_first = b"mdat" not in names or names.index(b"moov") < names.index(b"mdat")
    return VideoFacts(_seconds(header), max(widths, default=0), index_first)


def check_video(size: int, facts: VideoFacts) -> tuple[str, ...]:
    """Doubts about a video, a sentence each.

    Raises:
        RefusedError: Threads would not take it.
    """
    if size > VIDEO_BYTES:
        raise RefusedError(f"The video has {in_megabytes(size)} and Threads takes 1 GB: make it smaller.")
    if not facts.width:
        raise RefusedError("The file has sound but no picture: send a video.")
    if facts.seconds is not None and facts.seconds > VIDEO_SECONDS:
        raise RefusedError(
            f"The video lasts {facts.seconds:.0f} seconds and Threads takes {VIDEO_SECONDS}: cut it."
        )
    notes: list[str] = []
    if facts.width > VIDEO_WIDTH:
        notes.append(
            f"The video is {facts.width} pixels wide and Threads takes {VIDEO_WIDTH}: it may be refused."
        )
    if not facts.index_first:
        notes.append(
            'The index of the video stands at its end and Threads wants it first: save it for the web ("fast'
            ' start") if Threads refuses it.'
        )
    return tuple(notes)


def _boxes(data: memoryview, places: Iterator[int]) -> Iterator[tuple[bytes, memoryview]]:
    """Name and body of each box; a box that is longer than the file means that its end is missing.

    Each takes one of ``places``, which may be shared with others; where none is left, the rest is not read.
    """
    at = 0
    for _ in places:
        if at + _BOX > len(data):
            return
        size, name, head = int.from_bytes(data[at : at + 4], "big"), bytes(data[at + 4 : at + _BOX]), _BOX
        if size == _IN_64_BITS:
            size, head = int.from_bytes(data[at + _BOX : at + _LARGE_BOX], "big"), _LARGE_BOX
        size = size or len(data) - at
        if size < head or at + size > len(data):
            raise RefusedError("The video is broken or its end is missing: send it again.")
        yield name, data[at + head : at + size]
        at += size


def _places() -> Iterator[int]:
    return iter(range(_MOST_BOXES))


def _seconds(header: memoryview | None) -> float | None:
    """Of the movie header: its time scale in ticks a second, and its length in ticks."""
    if header is None or not header:
        return None
    at, width = (20, 8) if header[0] == 1 else (12, 4)
    scale = int.from_bytes(header[at : at + 4], "big")
    length = int.from_bytes(header[at + 4 : at + 4 + width], "big")
    return None if not scale or length in _UNKNOWN else length / scale


def _width(track: memoryview, places: Iterator[int]) -> int:
    """Of a track's header; its last eight bytes are width and height, each in 16.16 bits."""
    header = next((body for name, body in _boxes(track, places) if name == b"tkhd"), None)
    return int.from_bytes(header[-8:-6], "big") if header is not None and len(header) > _LARGE_BOX else 0
