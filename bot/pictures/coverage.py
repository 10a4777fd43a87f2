"""Which characters a TrueType font has letters for."""

from __future__ import annotations

import struct

_RECORD = 16
_MAPPING = 8
_GROUP = 12
_WHOLE_UNICODE = 12
"""The format of a mapping that can hold every code point."""


def covered(font: bytes) -> frozenset[int]:
    """The code points of the font's mapping for the whole of Unicode.

    Its layout is in Microsoft's OpenType specification ("cmap", format 12).

    Raises:
        ValueError: the font has no such mapping.
    """
    table = _cmap(font)
    (mappings,) = struct.unpack_from(">H", font, table + 2)
    for number in range(mappings):
        (offset,) = struct.unpack_from(">I", font, table + 4 + number * _MAPPING + 4)
        (kind,) = struct.unpack_from(">H", font, table + offset)
        if kind == _WHOLE_UNICODE:
            return _groups(font, table + offset)
    raise ValueError("The font has no mapping for the whole of Unicode (cmap format 12): choose another.")


def _cmap(font: bytes) -> int:
    (tables,) = struct.unpack_from(">H", font, 4)
    for number in range(tables):
        tag, _, offset, _ = struct.unpack_from(">4sIII", font, 12 + number * _RECORD)
        if tag == b"cmap":
            return offset
    raise ValueError("This is no TrueType font: it has no cmap table.")


def _groups(font: bytes, start: int) -> frozenset[int]:
    (groups,) = struct.unpack_from(">I", font, start + 12)
    ranges = (struct.unpack_from(">II", font, start + 16 + number * _GROUP) for number in range(groups))
    return frozenset(code for first, last in ranges for code in range(first, last + 1))
