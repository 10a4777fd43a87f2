"""Files that are broken, or traps, come out as a sentence."""

from __future__ import annotations

import random
import struct
import zlib

import pytest

from adapters.drawn import a_picture, noise, opened, saved
from core.adapters.media.pictures import prepare
from core.domain.errors import RefusedError


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF", "AVIF"])
async def test_broken_files(file_format: str) -> None:
    """Cut short anywhere or with bytes changed, a file is a picture or a sentence, never a crash."""
    data = saved(a_picture((400, 300)), file_format)
    chance = random.Random(11)  # noqa: S311  # no secret
    hurt = [data[: chance.randrange(len(data))] for _ in range(25)]
    for _ in range(75):
        bytes_ = bytearray(data)
        for _ in range(chance.randrange(1, 9)):
            bytes_[chance.randrange(len(bytes_))] = chance.randrange(256)
        hurt.append(bytes(bytes_))

    refused: list[str] = []
    for file in hurt:
        try:
            opened(await prepare(file))
        except RefusedError as error:
            refused.append(str(error))
    assert refused
    assert not any("\n" in sentence for sentence in refused)


async def test_cut_short() -> None:
    """A photo whose download broke off is not published grey at its end."""
    for file_format in ("JPEG", "PNG", "WEBP"):
        data = saved(noise((640, 480)), file_format)
        with pytest.raises(RefusedError, match="its end is missing"):
            await prepare(data[: len(data) * 2 // 3])


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _png_bomb(width: int, height: int) -> bytes:
    """Claims to be huge, in some bytes."""
    header = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    body = _chunk(b"IDAT", zlib.compress(bytes(1_000_000), 9))
    return b"\x89PNG\r\n\x1a\n" + header + body + _chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(8000, 8000), (7071, 7072), (30_000, 30_000), (2**31 - 1, 2**31 - 1)])
async def test_a_bomb(size: tuple[int, int]) -> None:
    """More than 50 million pixels are refused before they are decoded."""
    with pytest.raises(RefusedError, match="million"):
        await prepare(_png_bomb(*size))


async def test_a_bomb_in_a_frame() -> None:
    """So is a small animation whose first picture claims to be huge."""
    screen = b"GIF89a" + struct.pack("<HHBBB", 100, 100, 0x80, 0, 0) + bytes(6)
    frame = b"," + struct.pack("<HHHHB", 0, 0, 60_000, 60_000, 0) + b"\x02\x02\x44\x01\x00;"

    with pytest.raises(RefusedError, match="million"):
        await prepare(screen + frame)


async def test_a_text_bomb() -> None:
    """A megabyte of zeros in a comment does not become a gigabyte in memory."""
    body = b"Comment\0\0" + zlib.compress(bytes(200_000_000), 9)
    data = saved(a_picture(), "PNG")
    bomb = data[:33] + _chunk(b"zTXt", body) + data[33:]

    with pytest.raises(RefusedError, match="broken"):
        await prepare(bomb)


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"%PDF-1.7", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%!PS-Adobe-3.0 EPSF"]
)
async def test_no_picture(data: bytes) -> None:
    """Other files, such as those that would run programs, are not even opened."""
    with pytest.raises(RefusedError, match="no picture"):
        await prepare(data)
