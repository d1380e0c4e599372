"""Defines facts about what she left and takes up again."""

from __future__ import annotations

from typing import Literal

from dukani.agent.facts.pieces import Fact
from dukani.domain.recovering import PriceMove


class CartTakenUp(Fact):
    """The cart she left is hers again; what it holds, and what it lacks, is told behind this."""

    kind: Literal["cart_taken_up"] = "cart_taken_up"
    prices: tuple[PriceMove, ...] = ()
    lacks: bool = False  # some of it is gone


class LeftForLater(Fact):
    """She takes it up another time: it stays as it is."""

    kind: Literal["left_for_later"] = "left_for_later"
    of: Literal["cart", "order", "piece"]
