"""Defines the dialogue states of a conversation (steps), and groups of them."""

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

# The customer looks at pieces and has put none of them in the cart yet.
CHOOSING: frozenset[Step] = frozenset(("image_analyzed", "products_found", "size_recommended"))

# The address and the total are being agreed.
AGREEING: frozenset[Step] = frozenset(("awaiting_delivery_address", "awaiting_confirmation"))

# A cart is being filled or ordered: messages are about that cart.
FILLING_A_CART: frozenset[Step] = AGREEING | {"cart_updated"}

# An order is placed and its money is not in.
PAYING: frozenset[Step] = frozenset(("payment_initiated", "payment_failed"))

# The customer was shown a total: any answer but a yes shows the total again.
SHOWN_A_TOTAL: frozenset[Step] = frozenset(("awaiting_confirmation", "payment_failed"))

# A person answers, or nobody: order events do not change the step.
SILENT: frozenset[Step] = frozenset(("human_handoff", "opted_out"))
