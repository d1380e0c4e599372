"""The minds that can stand in the reader's place, by name."""

from __future__ import annotations

from typing import Literal

MindName = Literal["reader", "perfect", "malicious"]
