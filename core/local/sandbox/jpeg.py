"""A JPEG writer for one picture: a colour that fades from top to bottom (ITU-T T.81, baseline).

Every 8x8 block is flat, so it is its DC coefficient and an end-of-block code; inside a row of blocks
nothing changes, so a row is one block and a repetition.
"""

from __future__ import annotations

import struct

_DC_CODES = 12
_QUANTUM = 8
"""With 8 in every place of the table, a flat block's DC coefficient is its level less 128."""


def jpeg_gradient(width: int, height: int, top: tuple[int, int, int], bottom: tuple[int, int, int]) -> bytes:
    """Write a JPEG of ``width`` x ``height`` that fades from ``top`` to ``bottom`` (red, green, blue)."""
    columns, rows = -(-width // 8), -(-height // 8)
    bits: list[str] = []
    before = (0, 0, 0)
    for row in range(rows):
        share = row / rows
        levels = luma_chroma(*(a + (b - a) * share for a, b in zip(top, bottom, strict=True)))
        change = (level - last for level, last in zip(levels, before, strict=True))
        bits.append("".join(_block(each) for each in change) + _block(0) * 3 * (columns - 1))
        before = levels
    return _headers(width, height) + _entropy("".join(bits)) + b"\xff\xd9"


def luma_chroma(red: float, green: float, blue: float) -> tuple[int, int, int]:
    """Convert a colour to luma, blue and red chroma, each as its distance from 128 (JFIF)."""
    luma = 0.299 * red + 0.587 * green + 0.114 * blue
    return round(luma - 128), round((blue - luma) * 0.564), round((red - luma) * 0.713)


def _block(change: int) -> str:
    """Code one flat block: category and bits of the DC change, then end of block."""
    size = abs(change).bit_length()
    value = change if change > 0 else change + (1 << size) - 1
    return f"{size:04b}" + (f"{value:0{size}b}" if size else "") + "0"


def _entropy(bits: str) -> bytes:
    padded = bits + "1" * (-len(bits) % 8)
    return int(padded, 2).to_bytes(len(padded) // 8, "big").replace(b"\xff", b"\xff\x00")


def _headers(width: int, height: int) -> bytes:
    components = b"".join(bytes((number, 0x11, 0)) for number in (1, 2, 3))
    # Twelve DC categories with codes of four bits each, and one AC symbol (end of block) of one bit.
    dc_table = bytes((0x00, 0, 0, 0, _DC_CODES, *[0] * 12, *range(_DC_CODES)))
    ac_table = bytes((0x10, 1, *[0] * 15, 0))
    return b"\xff\xd8" + b"".join(
        (
            _segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"),
            _segment(0xDB, bytes((0, *[_QUANTUM] * 64))),
            _segment(0xC0, struct.pack(">BHHB", 8, height, width, 3) + components),
            _segment(0xC4, dc_table + ac_table),
            _segment(0xDA, bytes((3, 1, 0, 2, 0, 3, 0, 0, 63, 0))),
        )
    )


def _segment(marker: int, data: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data
