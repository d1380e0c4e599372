"""Pieces as they are shown, wished for, ordered and sold."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Line(Frozen):
    """A piece in the cart or an order, at the price of one in minor units."""

    number: int = Field(description="1-based position")
    name: str
    colour: str
    size: str
    quantity: int
    unit_price_minor: int
    variant_id: str = ""
    product_id: str = ""
    sku: str = Field("", description="the product's")
    category: str = ""

    @property
    def total_minor(self) -> int:
        return self.quantity * self.unit_price_minor


class Option(Frozen):
    """A numbered piece as shown."""

    number: int
    product_id: str
    sku: str = ""
    name: str
    category: str = ""
    colour: str | None = None  # the colour meant or pictured; None: any of `colours`
    colours: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()  # in stock in that colour (or in any)
    price_minor: int
    image_path: str | None = None
    age: int | None = None  # years of the child it was looked for


class Wish(Frozen):
    """What the customer asked for, in canonical words; None: not said."""

    category: str | None = None
    colour: str | None = None
    exclude_colour: str | None = None
    size: str | None = None
    budget_min_minor: int | None = None
    budget_max_minor: int | None = None
    occasion: str | None = None
    pattern: str | None = None
    embroidery: bool | None = None
    name: str | None = None  # words of a piece's name
    words: str | None = None  # other words that may tell it: heels, wrap


class SoldPiece(Frozen):
    """A product of the boutique, with all colours and sizes it comes in, sold out ones too."""

    product_id: str
    sku: str
    name: str
    category: str
    pattern: str = "plain"
    colours: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    price_minor: int = 0


class Assortment(Frozen):
    """What a boutique sells, in its own words; colours, categories and sizes as it files them."""

    pieces: tuple[SoldPiece, ...] = ()
    names: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()


class Focus(Frozen):
    """The piece under discussion; None: still open."""

    product_id: str
    sku: str = ""
    name: str = ""
    category: str = ""
    colour: str | None = None
    size: str | None = None
    quantity: int | None = None
    asked_size: str | None = Field(
        None, description="the size asked for and not had in that colour"
    )
