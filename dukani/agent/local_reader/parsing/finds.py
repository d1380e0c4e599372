"""A slot value found in a message, and where."""

from __future__ import annotations

from dataclasses import dataclass

Value = str | int | bool


@dataclass(frozen=True, slots=True)
class Find:
    """tokens[start:end] give `slot` its value; `denied` when the customer says not that."""

    slot: str
    value: Value
    start: int
    end: int
    denied: bool = False
    sold: bool = False  # a name of a piece that is not in view
    filed_from: str | None = None  # the kind said, where the boutique files it under a broader one
