"""What the bytes of a file are, and what Threads takes of it."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.errors import RefusedError
from core.domain.media_files import FileFormat, fitting_size, sniff
from core.domain.post import MediaKind
from core.domain.video_files import VideoFacts, check_video, read_video
from core.local.sandbox.samples import sample

CLIP, _ = sample("clip.mp4")


def box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I", len(body) + 8) + kind + body


def mvhd(scale: int, length: int, version: int = 0) -> bytes:
    times = struct.pack(">QQIQ" if version else ">IIII", 0, 0, scale, length)
    return box(b"mvhd", bytes((version, 0, 0, 0)), times, bytes(80))


def track(width: int = 1080) -> bytes:
    return box(b"trak", box(b"tkhd", bytes(76), struct.pack(">II", width << 16, 1920 << 16)))


def movie(*inside: bytes, brand: bytes = b"isom", index_first: bool = True) -> bytes:
    moov, mdat = box(b"moov", *inside), box(b"mdat", bytes(64))
    rest = moov + mdat if index_first else mdat + moov
    return box(b"ftyp", brand, bytes(4)) + rest


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", FileFormat.JPEG),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", FileFormat.PNG),
        (b"GIF87a", FileFormat.GIF),
        (b"GIF89a\x01\x00", FileFormat.GIF),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", FileFormat.WEBP),
        (b"II*\x00\x08\x00\x00\x00", FileFormat.TIFF),
        (b"MM\x00*\x00\x00\x00\x08", FileFormat.TIFF),
        (b"BM" + bytes(12) + b"\x28\x00\x00\x00", FileFormat.BMP),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", FileFormat.HEIC),
        (b"\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00", FileFormat.HEIC),
        (b"\x00\x00\x00\x18ftypavif\x00\x00\x00\x00", FileFormat.AVIF),
        (b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00", FileFormat.MP4),
        (b"\x00\x00\x00\x18ftypmp42\x00\x00\x02\x00", FileFormat.MP4),
        (b"\x00\x00\x00\x14ftypqt  \x00\x00\x02\x00", FileFormat.MOV),
        (b"\x00\x00\x00\x08wide\x00\x00\x02\x00mdat", FileFormat.MOV),
        (b"\x00\x00\x00\x18ftypM4A \x00\x00\x02\x00", None),
        (b"RIFF\x10\x00\x00\x00WAVEfmt ", None),
        (b"RIFF\x10\x00\x00\x00AVI LIST", None),
        (b"RIFF????WAVE", None),
        (b"\x1aE\xdf\xa3webm", None),
        (b"BM is how some texts begin, after all", None),
        (b"%PDF-1.7", None),
        (b"PK\x03\x04", None),
        (b"<svg>", None),
        (b"", None),
        (b"\xff\xd8", None),
    ],
)
def test_a_file_is_known_by_its_bytes(head: bytes, expected: FileFormat | None) -> None:
    """Each format by its mark, and nothing that only looks a little like one."""
    assert sniff(head) is expected


def test_what_is_a_video() -> None:
    """MP4 and MOV are videos, all else are pictures."""
    videos = {found for found in FileFormat if found.kind is MediaKind.VIDEO}
    assert videos == {FileFormat.MP4, FileFormat.MOV}


@given(st.integers(1, 30_000), st.integers(1, 30_000))
def test_any_size_fits_or_is_refused(width: int, height: int) -> None:
    """The fitting size is within Threads' range, in the same proportion, and the same when asked again."""
    if max(width, height) > 10 * min(width, height):
        with pytest.raises(RefusedError):
            fitting_size(width, height)
        return
    fitting = fitting_size(width, height)
    assert 320 <= fitting[0] <= 1440
    assert abs(fitting[1] - height * fitting[0] / width) <= 0.5
    assert fitting == (width, height) or not 320 <= width <= 1440


def test_a_real_clip() -> None:
    """Length, width and order are read from a real file, which Threads takes without a doubt."""
    facts = read_video(CLIP)

    assert facts == VideoFacts(2.0, 160, index_first=True)
    assert check_video(len(CLIP), facts) == ()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (movie(mvhd(1000, 61_500), track()), VideoFacts(61.5, 1080, index_first=True)),
        (movie(mvhd(90_000, 9_000_000_000, 1), track()), VideoFacts(100_000.0, 1080, index_first=True)),
        (movie(mvhd(600, 1200), track(0), track(720), index_first=False), VideoFacts(2.0, 720, index_first=False)),
        (movie(mvhd(600, 0), track()), VideoFacts(None, 1080, index_first=True)),
        (movie(mvhd(600, 0xFFFF_FFFF), track()), VideoFacts(None, 1080, index_first=True)),
        (movie(mvhd(0, 10), track()), VideoFacts(None, 1080, index_first=True)),
        (movie(mvhd(600, 600)), VideoFacts(1.0, 0, index_first=True)),
        (movie(track()), VideoFacts(None, 1080, index_first=True)),
        (movie(box(b"mvhd"), box(b"trak", box(b"tkhd"))), VideoFacts(None, 0, index_first=True)),
        (movie(mvhd(600, 600), track())[:-72] + b"\0\0\0\0mdat" + bytes(9), VideoFacts(1.0, 1080, index_first=True)),
        (
            struct.pack(">I4sQ", 1, b"mdat", 24) + bytes(8) + box(b"moov", mvhd(600, 600), track()),
            VideoFacts(1.0, 1080, index_first=False),
        ),
    ],
    ids=["plain", "64 bit", "sound first", "fragments", "unknown", "no scale", "no picture", "no header",
         "empty headers", "to the end", "large box"],
)  # fmt: skip
def test_what_a_video_says(data: bytes, expected: VideoFacts) -> None:
    """Length, the widest picture, and whether the index comes first; what is not said is not guessed."""
    assert read_video(data) == expected


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (box(b"ftyp", b"isom") + box(b"mdat", bytes(99)), "no index"),
        (CLIP[:-1], "its end is missing"),
        (CLIP[: len(CLIP) // 2], "its end is missing"),
        (box(b"ftyp", b"isom") + b"\0\0\0\4moov" + bytes(20), "broken"),
        (box(b"ftyp", b"isom") + b"\xff\xff\xff\xffmoov" + bytes(20), "broken"),
        (movie(mvhd(600, 600), box(b"trak", b"\0\0\0\x63tkhd")), "broken"),
    ],
)
def test_a_broken_video(data: bytes, sentence: str) -> None:
    """It is refused before it is sent anywhere, in one sentence."""
    with pytest.raises(RefusedError, match=sentence):
        read_video(data)


def test_a_video_of_crumbs() -> None:
    """Of a file that is all boxes the first thousands are read, wherever in it they lie."""
    crumbs, facts = [box(b"free")] * 6_000, (mvhd(600, 600), track())
    with pytest.raises(RefusedError, match="no index"):
        read_video(b"".join(crumbs) + movie(*facts))
    assert read_video(movie(*crumbs, *facts)).seconds is None
    assert read_video(movie(*facts) + b"".join(crumbs)) == VideoFacts(1.0, 1080, index_first=True)


@given(st.binary(max_size=200), st.integers(0, 1000))
def test_hurt_videos_never_crash(noise: bytes, at: int) -> None:
    """Whatever stands in the boxes, there are facts or a sentence."""
    hurt = CLIP[:at] + noise + CLIP[at + len(noise) :]
    try:
        facts = read_video(hurt)
    except RefusedError:
        return
    assert facts.width >= 0


@pytest.mark.parametrize(
    ("size", "facts", "sentence"),
    [
        (1_000_000_001, VideoFacts(10, 1080, index_first=True), "1000.0 MB and Threads takes 1 GB"),
        (1000, VideoFacts(300.6, 1080, index_first=True), "lasts 301 seconds and Threads takes 300"),
        (1000, VideoFacts(10, 0, index_first=True), "sound but no picture"),
    ],
)
def test_a_video_that_threads_refuses(size: int, facts: VideoFacts, sentence: str) -> None:
    """Too large, too long or without a picture is refused with what to do."""
    with pytest.raises(RefusedError, match=sentence):
        check_video(size, facts)


def test_a_video_that_threads_may_refuse() -> None:
    """A late index and a great width are told; the limits themselves and an unknown length are not."""
    assert check_video(1_000_000_000, VideoFacts(300, 1920, index_first=True)) == ()
    assert check_video(1000, VideoFacts(None, 1080, index_first=True)) == ()
    wide, late = check_video(1000, VideoFacts(10, 3840, index_first=False))
    assert wide.startswith("The video is 3840 pixels wide")
    assert late.startswith("The index of the video stands at its end")
