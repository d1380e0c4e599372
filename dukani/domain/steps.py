"""Where a conversation stands, and the steps that are meant together."""

from __future__ import annotations

from typing import Literal

Step = Literal[
    "start",
    "image_analyzed",  # a photo was seen and a question about it is open
    "products_found",  # numbered options are shown, none is chosen
    "size_recommended",  # a piece is chosen; its size, colour or quantity is open
    "cart_updated",
    "awaiting_delivery_address",
    "awaiting_confirmation",  # the total is shown; payment needs a yes
    "payment_initiated",
    "payment_failed",
    "order_completed",
    "human_handoff",
    "opted_out",
]

# Pieces are looked at, and none is in the cart yet.
CHOOSING: frozenset[Step] = frozenset(("image_analyzed", "products_found", "size_recommended"))

# Where the cart goes, and that its total is right.
AGREEING: frozenset[Step] = frozenset(("awaiting_delivery_address", "awaiting_confirmation"))

# A cart is being filled or ordered: what is said is about that cart.
FILLING_A_CART: frozenset[Step] = AGREEING | {"cart_updated"}

# An order is placed and its money is not in.
PAYING: frozenset[Step] = frozenset(("payment_initiated", "payment_failed"))

# The customer was shown a sum: whatever is not a yes to it shows it again.
SHOWN_A_TOTAL: frozenset[Step] = frozenset(("awaiting_confirmation", "payment_failed"))

# A person answers, or nobody: what becomes of an order does not move the step.
SILENT: frozenset[Step] = frozenset(("human_handoff", "opted_out"))
