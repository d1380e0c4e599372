"""Splits a long text into parts that fit a message."""

from __future__ import annotations


def split_text(text: str, limit: int) -> list[str]:
    """`text` in parts of at most `limit` characters, cut between paragraphs, lines or words."""
    parts, rest = [], text.strip()
    while len(rest) > limit:
        cut = _cut(rest, limit)
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*parts, rest] if rest else parts


def _cut(text: str, limit: int) -> int:
    for gap in ("\n\n", "\n", " "):
        place = text.rfind(gap, 1, limit + 1)
        if place > 0:
            return place
    return limit
