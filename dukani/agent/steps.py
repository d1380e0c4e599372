"""Steps of a conversation that are meant together."""

from __future__ import annotations

from dukani.agent.acts import Step

# Pieces are looked at, and none is in the cart yet.
CHOOSING: frozenset[Step] = frozenset(("image_analyzed", "products_found", "size_recommended"))

# Where the cart goes, and that its total is right.
AGREEING: frozenset[Step] = frozenset(("awaiting_delivery_address", "awaiting_confirmation"))

# A cart is being filled or ordered: what is said is about that cart.
FILLING_A_CART: frozenset[Step] = AGREEING | {"cart_updated"}

# An order is placed and its money is not in.
PAYING: frozenset[Step] = frozenset(("payment_initiated", "payment_failed"))

# A person answers, or nobody: what becomes of an order does not move the step.
SILENT: frozenset[Step] = frozenset(("human_handoff", "opted_out"))
