"""The sample media: real files, made by name."""

from __future__ import annotations

import struct
import zlib

import httpx
import pytest

from core.local.sandbox.samples import sample


def boxes(data: bytes) -> dict[str, bytes]:
    """Split an MP4, or the inside of one of its boxes, into boxes by kind."""
    found: dict[str, bytes] = {}
    while data:
        size, kind = struct.unpack(">I4s", data[:8])
        found[kind.decode()] = data[8:size]
        data = data[size:]
    return found


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("pho-bo.jpg", "image/jpeg"),
        ("menu.png", "image/png"),
        ("bep.mp4", "video/mp4"),
        ("bep.mov", "video/quicktime"),
        ("whatever", "image/jpeg"),
        ("phở bò.jpeg", "image/jpeg"),
    ],
)
async def test_any_name_gives_a_file(http: httpx.AsyncClient, name: str, kind: str) -> None:
    """The ending says which kind; the same name gives the same bytes."""
    response = await http.get(f"/sandbox/media/{name}")
    assert response.headers["Content-Type"] == kind
    assert response.content == sample(name)[0]


def test_names_differ_in_colour() -> None:
    """Two names give two pictures, so that a person can tell them apart."""
    assert sample("a.jpg") != sample("b.jpg")
    assert sample("a.mp4") != sample("b.mp4")


def test_a_png_unpacks_to_its_pixels() -> None:
    """Header, checksums and the amount of pixels agree."""
    data = sample("menu.png")[0]
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", data[16:24])
    size = struct.unpack(">I", data[33:37])[0]
    packed = data[41 : 41 + size]
    assert struct.unpack(">I", data[41 + size : 45 + size])[0] == zlib.crc32(b"IDAT" + packed)
    assert len(zlib.decompress(packed)) == height * (1 + 3 * width)


def test_a_jpeg_has_its_frame() -> None:
    """It starts and ends as a JPEG and says a width that Threads takes."""
    data = sample("menu.jpg")[0]
    assert data.startswith(b"\xff\xd8\xff\xe0")
    assert data.endswith(b"\xff\xd9")
    frame = data.index(b"\xff\xc0")
    height, width = struct.unpack(">HH", data[frame + 5 : frame + 9])
    assert 320 <= width <= 1440
    assert 320 <= height <= 1440


def test_an_mp4_has_its_index_first() -> None:
    """``ftyp`` and ``moov`` come before the data, and the index points exactly at the data."""
    data = sample("bep.mp4")[0]
    outer = boxes(data)
    assert list(outer) == ["ftyp", "moov", "mdat"]
    table = boxes(boxes(boxes(boxes(boxes(outer["moov"])["trak"])["mdia"])["minf"])["stbl"])
    count = struct.unpack(">I", table["stsz"][8:12])[0]
    sizes = struct.unpack(f">{count}I", table["stsz"][12:])
    (offset,) = struct.unpack(">I", table["stco"][8:])
    assert offset == data.index(b"mdat") + 4
    assert sum(sizes) == len(outer["mdat"])
