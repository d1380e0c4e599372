"""Makes a silent voice message: Opus in an Ogg file, the format of WhatsApp's voice messages.

Ogg is RFC 3533, Opus in Ogg RFC 7845. The file is silent, but it can be played.
"""

from __future__ import annotations

import struct
from functools import cache

OGG_OPUS = "audio/ogg; codecs=opus"
RATE = 48_000  # samples a second, fixed in Ogg Opus
FRAME = RATE // 50  # samples of a frame of 20 ms
_SILENT_FRAME = b"\xf8\xff\xfe"  # 20 ms of mono silence (RFC 6716, a CELT frame)
_FIRST, _LAST = 0x02, 0x04  # a page's flags


@cache
def voice_note(*, seconds: int = 3) -> bytes:
    """`seconds` of silence."""
    frames = seconds * 50
    head = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 0, RATE, 0, 0)
    tags = b"OpusTags" + struct.pack("<I", 6) + b"dukani" + struct.pack("<I", 0)
    pages = [_page(0, 0, [head], _FIRST), _page(1, 0, [tags], 0)]
    for number, first in enumerate(range(0, frames, 50), start=2):
        until = min(first + 50, frames)
        flags = _LAST if until == frames else 0
        pages.append(_page(number, until * FRAME, [_SILENT_FRAME] * (until - first), flags))
    return b"".join(pages)


def _page(number: int, position: int, packets: list[bytes], flags: int) -> bytes:
    """An Ogg page of whole packets, none longer than 254 bytes."""
    lengths = bytes(len(packet) for packet in packets)
    header = struct.pack("<4sBBqIIIB", b"OggS", 0, flags, position, 1, number, 0, len(packets))
    page = bytearray(header + lengths + b"".join(packets))
    page[22:26] = struct.pack("<I", _checksum(page))
    return bytes(page)


def _checksum(page: bytes | bytearray) -> int:
    """Ogg's CRC-32: polynomial 0x04c11db7, not reflected, initial value 0."""
    crc = 0
    for byte in page:
        crc ^= byte << 24
        for _ in range(8):
            crc = ((crc << 1) ^ 0x04C11DB7 if crc & 0x80000000 else crc << 1) & 0xFFFFFFFF
    return crc
