"""What facts are made of: pieces as shown, as wished for and as bought."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Fact(BaseModel):
    model_config = ConfigDict(frozen=True)


class Line(Fact):
    """A piece in the cart or an order."""

    number: int  # 1-based position
    name: str
    colour: str
    size: str
    quantity: int
    unit_price_minor: int


class Option(Fact):
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


class Wish(Fact):
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
