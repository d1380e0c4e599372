"""Names of the readers that a run of shoppers can use."""

from __future__ import annotations

from typing import Literal

MindName = Literal["reader", "gemini", "perfect", "gemini-perfect", "malicious"]
MindChoice = Literal[MindName, "both"]

KNOWS_WHAT_IS_MEANT: tuple[MindName, ...] = ("perfect", "gemini-perfect")


def minds_chosen(choice: MindChoice) -> tuple[MindName, ...]:
    return ("reader", "gemini") if choice == "both" else (choice,)
