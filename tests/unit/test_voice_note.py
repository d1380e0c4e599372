"""The sandbox's voice message is one that players open."""

from __future__ import annotations

import struct

from dukani.sandbox.voice_note import voice_note


def crc(page: bytes) -> int:
    """CRC-32 of RFC 3533, by table: another way than the writer's."""
    table = []
    for byte in range(256):
        value = byte << 24
        for _ in range(8):
            value = (value << 1) ^ (0x04C11DB7 if value & 0x80000000 else 0)
        table.append(value & 0xFFFFFFFF)
    value = 0
    for byte in page[:22] + b"\0\0\0\0" + page[26:]:
        value = ((value << 8) ^ table[(value >> 24) ^ byte]) & 0xFFFFFFFF
    return value


def test_its_pages_are_whole_and_last_as_long_as_they_say() -> None:
    rest, pages = voice_note(seconds=3), []
    while rest:
        assert rest[:4] == b"OggS"
        segments = rest[26]
        length = 27 + segments + sum(rest[27 : 27 + segments])
        pages.append(rest[:length])
        rest = rest[length:]

    assert [struct.unpack("<I", page[22:26])[0] for page in pages] == [crc(p) for p in pages]
    assert b"OpusHead" in pages[0] and b"OpusTags" in pages[1]
    assert struct.unpack("<q", pages[-1][6:14])[0] == 3 * 48_000
    assert [page[5] for page in pages] == [2, *[0] * (len(pages) - 2), 4]
