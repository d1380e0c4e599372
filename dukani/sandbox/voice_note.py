"""Makes a silent voice message: Opus in an Ogg file, the format of WhatsApp's voice messages.

Ogg is RFC 3533, Opus in it RFC 7845. A file that can be played is what a shop gets.
"""

from __future__ import annotations

import secrets
import struct

OGG_OPUS = "audio/ogg; codecs=opus"
RATE = 48_000  # samples a second, fixed in Ogg Opus
FRAME = RATE // 50  # samples of a frame of 20 ms
_SILENT_FRAME = b"\xf8\xff\xfe"  # 20 ms of mono silence (RFC 6716, a CELT frame)
_FIRST, _LAST = 0x02, 0x04  # a page's flags


def voice_note(*, seconds: int = 3, serial: int | None = None) -> bytes:
    """So many seconds of silence; the stream's serial number makes each recording another one."""
    serial = secrets.randbits(31) if serial is None else serial
    frames = seconds * 50
    head = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 0, RATE, 0, 0)
    tags = b"OpusTags" + struct.pack("<I", 6) + b"dukani" + struct.pack("<I", 0)
    pages = [_page(serial, 0, 0, [head], _FIRST), _page(serial, 1, 0, [tags], 0)]
    for number, first in enumerate(range(0, frames, 50), start=2):
        until = min(first + 50, frames)
        flags = _LAST if until == frames else 0
        silence = [_SILENT_FRAME] * (until - first)
        pages.append(_page(serial, number, until * FRAME, silence, flags))
    return b"".join(pages)


def _page(serial: int, number: int, position: int, packets: list[bytes], flags: int) -> bytes:
    """An Ogg page of whole packets, none longer than 254 bytes."""
    lengths = bytes(len(packet) for packet in packets)
    header = struct.pack("<4sBBqIIIB", b"OggS", 0, flags, position, serial, number, 0, len(packets))
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
