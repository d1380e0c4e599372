"""Facts of choosing: which piece, which size, whether it is there, what it costs."""

from __future__ import annotations

from typing import Literal

from dukani.agent.facts.pieces import Fact, Option


class AskWhichOption(Fact):
    """Unsure which of the shown options is meant; name them with their numbers."""

    kind: Literal["ask_which_option"] = "ask_which_option"
    options: tuple[Option, ...]


class OptionsAgain(Fact):
    """What the shown pieces come in, when she asks for their colours or sizes."""

    kind: Literal["options_again"] = "options_again"
    options: tuple[Option, ...]


class AskVariant(Fact):
    """The piece is chosen; ask for what is still open."""

    kind: Literal["ask_variant"] = "ask_variant"
    name: str
    missing: Literal["colour", "size", "quantity"]
    choices: tuple[str, ...]  # in stock
    colour: str | None = None
    size: str | None = None
    price_minor: int
    named: bool = False  # the fact before it has just named the piece
    listed: bool = False  # each choice on a line of its own: asked before in other words


class SizeAdvised(Fact):
    """Her size from what she bought here, and why."""

    kind: Literal["size_advised"] = "size_advised"
    size: str
    confidence: Literal["high", "medium"]
    orders: int  # how many paid orders it rests on
    category: str | None = None  # the kind of garment those were; None: mixed
    in_stock: bool | None = None  # of the piece under discussion


class SizeUnknown(Fact):
    """No history here: ask what she usually wears."""

    kind: Literal["size_unknown"] = "size_unknown"
    choices: tuple[str, ...] = ()


class Available(Fact):
    """Yes, it is there: ask whether she takes it."""

    kind: Literal["available"] = "available"
    name: str
    colour: str | None = None
    size: str | None = None
    colours: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    price_minor: int


class PieceOutOfStock(Fact):
    """Says so and offers what is there."""

    kind: Literal["out_of_stock"] = "out_of_stock"
    name: str
    colour: str | None = None
    size: str | None = None
    other_sizes: tuple[str, ...] = ()  # in stock in that colour
    other_colours: tuple[str, ...] = ()  # in stock in that size
    wanted: int = 1
    left: int = 0  # >0: some are left, fewer than wanted


class PriceTold(Fact):
    kind: Literal["price_told"] = "price_told"
    options: tuple[Option, ...]


class NoDiscount(Fact):
    """Prices are as marked; a person may be asked."""

    kind: Literal["no_discount"] = "no_discount"
