"""What a person of the shop does with an order that its customer is told of."""

from __future__ import annotations

from typing import Literal

NewsKind = Literal[
    "partly_dispatched", "dispatched", "delivered", "refunded", "cancelled", "not_paid"
]
# Why the customer could not be told: no chat, the customer said stop, or the 24 hours are over and
# the boutique has no approved template for it.
NotTold = Literal["no_chat", "said_stop", "no_template"]
