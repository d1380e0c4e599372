"""Names of the readers that a run of shoppers can use."""

from __future__ import annotations

from typing import Literal

MindName = Literal["reader", "perfect", "malicious"]
