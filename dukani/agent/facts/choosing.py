"""Defines facts about choosing a piece: options, variants, sizes, stock and prices."""

from __future__ import annotations

from typing import Literal

from dukani.agent.facts.pieces import Fact, Option
from dukani.core.store.wearers import WornBy
from dukani.domain.acts import BodyMeasure
from dukani.domain.sizing.basis import Basis


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
    proposed: str | None = None  # the size that is advised: a yes takes it
    listed: bool = False  # each choice on its own line, because the question was asked before


class SizeAdvised(Fact):
    """Recommends a size, with what it rests on, the weightiest first."""

    kind: Literal["size_advised"] = "size_advised"
    size: str
    confidence: Literal["high", "medium", "low"]
    rests_on: tuple[Basis, ...]
    beside: str | None = None  # the second choice, where it is close
    in_stock: bool | None = None  # of the piece under discussion; None: of no piece
    others: tuple[str, ...] = ()  # out of stock: the piece's sizes in stock, the nearest first
    asked: str | None = None  # "will M fit me?"
    asked_is: Literal["same", "beside", "too_small", "too_large"] | None = None
    worn_by: WornBy | None = None  # None: the customer herself


class SizeUnknown(Fact):
    """Asks for the usual size, as nothing is known of it."""

    kind: Literal["size_unknown"] = "size_unknown"
    choices: tuple[str, ...] = ()
    worn_by: WornBy | None = None


class SizeNoted(Fact):
    """What was told of a size is kept for the next pieces too."""

    kind: Literal["size_noted"] = "size_noted"
    size: str | None = None
    category: str | None = None
    fit: Literal["too_small", "right", "too_large"] | None = None
    measures: tuple[BodyMeasure, ...] = ()


class FitOfWhat(Fact):
    """Asks which size it was that fitted so, as no piece with a size is known."""

    kind: Literal["fit_of_what"] = "fit_of_what"


class SizeConverted(Fact):
    """The size said is of another system; tells which of the piece's sizes it is."""

    kind: Literal["size_converted"] = "size_converted"
    name: str
    said: str
    size: str
    beside: str | None = None  # the piece's next size, which is as near
    in_stock: bool
    shop_chart: bool = False


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


class PieceDescribed(Fact):
    """What the shop has written about a piece, for who asks how it is made."""

    kind: Literal["piece_described"] = "piece_described"
    name: str
    description: str


class PriceTold(Fact):
    kind: Literal["price_told"] = "price_told"
    options: tuple[Option, ...]


class SumTold(Fact):
    """What so many of a piece would come to; nothing is ordered by it.

    `with_order_minor`: together with what is in the cart, where that was asked.
    """

    kind: Literal["sum_told"] = "sum_told"
    name: str
    quantity: int
    sum_minor: int
    with_order_minor: int | None = None


class SumWithoutTold(Fact):
    """What the order would come to without one of its lines; nothing is changed by it."""

    kind: Literal["sum_without_told"] = "sum_without_told"
    name: str
    sum_minor: int


class NoDiscount(Fact):
    """Prices are fixed; the customer may ask a person."""

    kind: Literal["no_discount"] = "no_discount"
