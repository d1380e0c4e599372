"""Defines facts about the cart."""

from __future__ import annotations

from typing import Literal

from dukani.agent.facts.pieces import Fact, Line


class AddedToCart(Fact):
    kind: Literal["added_to_cart"] = "added_to_cart"
    line: Line
    total_minor: int
    pieces: int  # in the whole cart


class LineChanged(Fact):
    kind: Literal["line_changed"] = "line_changed"
    line: Line
    total_minor: int


class LineRemoved(Fact):
    kind: Literal["line_removed"] = "line_removed"
    name: str
    total_minor: int
    pieces: int


class CartShown(Fact):
    kind: Literal["cart_shown"] = "cart_shown"
    lines: tuple[Line, ...]
    total_minor: int


class CartEmpty(Fact):
    kind: Literal["cart_empty"] = "cart_empty"


class CartCleared(Fact):
    kind: Literal["cart_cleared"] = "cart_cleared"


class AskWhichLine(Fact):
    """Asks which line of the cart is meant."""

    kind: Literal["ask_which_line"] = "ask_which_line"
    lines: tuple[Line, ...]


class WindowCartOver(Fact):
    """The cart of the shop's window that was brought is too old, or somebody else's by now."""

    kind: Literal["window_cart_over"] = "window_cart_over"


class BoughtTogether(Fact):
    """Tells once of a piece that buyers of the one just added often take too; asks nothing."""

    kind: Literal["bought_together"] = "bought_together"
    name: str
    price_minor: int
    with_name: str
