"""Merges what a customer tells the rider in several messages. Pure."""

from __future__ import annotations

MOST = 3  # notes kept of one order; the newest stand for what was said before them
BETWEEN = "; "


def noted_also(before: str | None, said: str) -> str:
    """Both notes: "call 0712… on arrival; bring it on Saturday". What is said twice stands once."""
    if not before:
        return said
    earlier = [note for note in before.split(BETWEEN) if note.casefold() != said.casefold()]
    return BETWEEN.join([*earlier, said][-MOST:])
