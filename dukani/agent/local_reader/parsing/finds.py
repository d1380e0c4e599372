"""Defines a find: a slot value and its place in the message."""

from __future__ import annotations

from dataclasses import dataclass

Value = str | int | bool


@dataclass(frozen=True, slots=True)
class Find:
    """The value of `slot` at tokens[start:end]; `denied` where the customer negates it."""

    slot: str
    value: Value
    start: int
    end: int
    denied: bool = False
    sold: bool = False  # a name of a piece that is not in view
    filed_from: str | None = None  # the kind said, where the boutique files it under a broader one
