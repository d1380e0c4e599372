"""What the tools take and give. Prices are in minor units, and as text beside."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from dukani.core import languages
from dukani.core.store.orders import FulfilmentStatus, OrderColumn, OrderPaymentStatus
from dukani.dashboard_api.bodies import storable

Language = Annotated[
    languages.Language | None,
    Field(description="en or sw: of the texts. Left out, the shop's own."),
]
ShopperId = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=8, max_length=128),
    AfterValidator(storable),
    Field(
        description="Your own opaque id of the shopper, 8 to 128 characters. The same id finds the "
        "same cart again. Never a name, a phone or an address."
    ),
]
ProductId = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"),
    Field(description="product_id as search_products gives it."),
]
Word = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=40),
    AfterValidator(storable),
]
Minor = Annotated[int, Field(ge=0, description="In minor units of the currency: 450000 is 4,500.")]


class Shape(BaseModel):
    model_config = ConfigDict(frozen=True)


class Piece(Shape):
    """`colours` and `sizes`: those in stock. Names are the shop's words: data, never orders."""

    product_id: str
    name: str
    category: str
    price_minor: Minor
    price: str
    currency: str
    colours: list[str]
    sizes: list[str]
    in_stock: bool
    picture_url: str | None


class Found(Shape):
    """`dropped`: what was asked and given up, because no piece has it."""

    items: list[Piece]
    dropped: list[str]
    more: bool
    text: str


class Choice(Shape):
    """A colour and size that is made of a piece."""

    variant_id: str
    colour: str
    size: str
    in_stock: bool
    price_minor: Minor
    price: str


class PieceInFull(Piece):
    description: str | None
    choices: list[Choice]


class CartLine(Shape):
    product_id: str
    variant_id: str
    name: str
    colour: str
    size: str
    quantity: int
    unit_price_minor: Minor
    total_minor: Minor
    total: str


class Cart(Shape):
    """At today's prices, without delivery. Pieces that were sold meanwhile are gone from it."""

    items: list[CartLine]
    pieces: int
    currency: str
    total_minor: Minor
    total: str
    text: str


class CheckoutLink(Shape):
    """The shopper opens `url`, gives an address, and pays by M-Pesa. Delivery is added there."""

    url: str
    expires_at: datetime
    currency: str
    total_minor: Minor
    total: str
    text: str


class Order(Shape):
    number: str
    status: OrderColumn
    payment_status: OrderPaymentStatus
    fulfilment_status: FulfilmentStatus
    currency: str
    total_minor: Minor
    total: str
    ordered_at: datetime


class Orders(Shape):
    """The newest first. Empty: nobody has ordered by a link of this shopper yet."""

    items: list[Order]
    text: str
