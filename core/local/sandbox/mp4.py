"""An MP4 writer for one clip: a plain picture of 160x160 that stands still for two seconds.

The stream is real H.264 (ITU-T H.264, baseline): one picture of raw samples (I_PCM), then pictures in
which every macroblock is skipped. The ``moov`` box comes first, as Threads asks for.
"""

from __future__ import annotations

import struct

_SIDE = 160
_BLOCKS = _SIDE // 16
_FRAMES = 48
_RATE = 24
_PROFILE = bytes((66, 0xC0, 11))
"""Constrained baseline, level 1.1."""
_MATRIX = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)


def mp4_clip(luma: int, blue: int, red: int) -> bytes:
    """Write the clip in one colour: luma and the two chromas, each as its distance from 128."""
    levels = [max(16, min(235, 128 + level)) for level in (luma, blue, red)]
    samples = [_intra(levels)] + [_skipped(number) for number in range(1, _FRAMES)]
    head = _box(b"ftyp", b"isom\0\0\2\0isomiso2avc1mp41")
    size = len(_moov([len(each) for each in samples], 0))
    moov = _moov([len(each) for each in samples], len(head) + size + 8)
    return head + moov + _box(b"mdat", b"".join(samples))


def _box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I", len(body) + 8) + kind + body


def _full(kind: bytes, *parts: bytes, flags: int = 0) -> bytes:
    return _box(kind, struct.pack(">I", flags), *parts)


def _moov(sizes: list[int], offset: int) -> bytes:
    movie = struct.pack(">4I", 0, 0, _RATE, _FRAMES) + struct.pack(">IH10x", 0x10000, 0x100)
    track = (
        struct.pack(">5I", 0, 0, 1, 0, _FRAMES)
        + bytes(16)
        + _MATRIX
        + struct.pack(">II", _SIDE << 16, _SIDE << 16)
    )
    media = _box(
        b"mdia",
        _full(b"mdhd", struct.pack(">4IHH", 0, 0, _RATE, _FRAMES, 0x55C4, 0)),
        _full(b"hdlr", struct.pack(">I4s12x", 0, b"vide"), b"VideoHandler\0"),
        _box(b"minf", _full(b"vmhd", bytes(8), flags=1), _data_information(), _sample_table(sizes, offset)),
    )
    return _box(
        b"moov",
        _full(b"mvhd", movie, _MATRIX, bytes(24), struct.pack(">I", 2)),
        _box(b"trak", _full(b"tkhd", track, flags=3), media),
    )


def _data_information() -> bytes:
    return _box(b"dinf", _full(b"dref", struct.pack(">I", 1), _full(b"url ", flags=1)))


def _sample_table(sizes: list[int], offset: int) -> bytes:
    sps, pps = _sps(), _pps()
    config = (
        b"\1"
        + _PROFILE
        + b"\xff\xe1"
        + struct.pack(">H", len(sps))
        + sps
        + b"\1"
        + struct.pack(">H", len(pps))
        + pps
    )
    entry = struct.pack(">6xH16xHHIIIH32xHH", 1, _SIDE, _SIDE, 0x480000, 0x480000, 0, 1, 24, 0xFFFF)
    return _box(
        b"stbl",
        _full(b"stsd", struct.pack(">I", 1), _box(b"avc1", entry, _box(b"avcC", config))),
        _full(b"stts", struct.pack(">3I", 1, len(sizes), 1)),
        _full(b"stss", struct.pack(">2I", 1, 1)),
        _full(b"stsc", struct.pack(">4I", 1, 1, len(sizes), 1)),
        _full(b"stsz", struct.pack(">2I", 0, len(sizes)), struct.pack(f">{len(sizes)}I", *sizes)),
        _full(b"stco", struct.pack(">2I", 1, offset)),
    )


def _ue(value: int) -> str:
    """Code an unsigned number as Exp-Golomb (H.264, 9.1)."""
    bits = f"{value + 1:b}"
    return "0" * (len(bits) - 1) + bits


def _bytes(bits: str) -> bytes:
    return int(bits, 2).to_bytes(len(bits) // 8, "big")


def _ended(bits: str) -> bytes:
    """Close a unit: a stop bit, filled up to whole bytes."""
    stopped = bits + "1"
    return _bytes(stopped + "0" * (-len(stopped) % 8))


def _sps() -> bytes:
    last = _ue(_BLOCKS - 1)
    bits = _ue(0) + _ue(0) + _ue(2) + _ue(1) + "0" + last + last + "1" + "1" + "0" + "0"
    return b"\x67" + _PROFILE + _ended(bits)


def _pps() -> bytes:
    bits = _ue(0) + _ue(0) + "00" + _ue(0) + _ue(0) + _ue(0) + "0" + "00" + _ue(0) + _ue(0) + _ue(0) + "100"
    return b"\x68" + _ended(bits)


def _intra(levels: list[int]) -> bytes:
    """Code the first picture: each macroblock as raw samples of luma and of both chromas."""
    header = _ue(0) + _ue(7) + _ue(0) + "0000" + _ue(0) + "00" + _ue(0) + _ue(1)
    luma, blue, red = levels
    macroblock = bytes([luma]) * 256 + bytes([blue]) * 64 + bytes([red]) * 64
    first = header + _ue(25)
    aligned = _bytes(first + "0" * (-len(first) % 8))
    later = _ue(25)
    others = (_bytes(later + "0" * (-len(later) % 8)) + macroblock) * (_BLOCKS * _BLOCKS - 1)
    return _unit(b"\x65" + aligned + macroblock + others + b"\x80")


def _skipped(number: int) -> bytes:
    """Code a later picture: every macroblock as in the picture before."""
    header = _ue(0) + _ue(5) + _ue(0) + f"{number % 16:04b}" + "00" + "0" + _ue(0) + _ue(1)
    return _unit(b"\x61" + _ended(header + _ue(_BLOCKS * _BLOCKS)))


def _unit(data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + data
