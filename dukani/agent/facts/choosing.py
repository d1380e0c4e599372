"""Defines facts about choosing a piece: options, variants, sizes, stock and prices."""

from __future__ import annotations

from typing import Literal

from dukani.agent.facts.pieces import Fact, Option


class AskWhichOption(Fact):
    """Asks which of the shown options is meant, naming them by number."""

    kind: Literal["ask_which_option"] = "ask_which_option"
    options: tuple[Option, ...]


class OptionsAgain(Fact):
    """Lists the colours and sizes of the shown pieces."""

    kind: Literal["options_again"] = "options_again"
    options: tuple[Option, ...]


class AskVariant(Fact):
    """Asks for the missing value (slot) of a chosen piece."""

    kind: Literal["ask_variant"] = "ask_variant"
    name: str
    missing: Literal["colour", "size", "quantity"]
    choices: tuple[str, ...]  # in stock
    colour: str | None = None
    size: str | None = None
    price_minor: int
    named: bool = False  # the fact before this one names the piece
    listed: bool = False  # each choice on its own line, because the question was asked before


class SizeAdvised(Fact):
    """Recommends a size from the customer's paid orders, with the reason."""

    kind: Literal["size_advised"] = "size_advised"
    size: str
    confidence: Literal["high", "medium"]
    orders: int  # number of paid orders behind the advice
    category: str | None = None  # the category of those orders' pieces; None: mixed
    in_stock: bool | None = None  # of the piece under discussion


class SizeUnknown(Fact):
    """Asks for the usual size, as the customer has no paid orders here."""

    kind: Literal["size_unknown"] = "size_unknown"
    choices: tuple[str, ...] = ()


class Available(Fact):
    """The piece is in stock; asks whether the customer takes it."""

    kind: Literal["available"] = "available"
    name: str
    colour: str | None = None
    size: str | None = None
    colours: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    price_minor: int


class PieceOutOfStock(Fact):
    """The piece is out of stock as wanted; offers the sizes and colours in stock."""

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
    """Prices are fixed; the customer may ask a person."""

    kind: Literal["no_discount"] = "no_discount"
