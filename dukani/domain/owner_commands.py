"""Defines what the owner can ask for in her chat with her own shop (commands).

A command holds her words only; the catalogue and the orders are asked by code. Each has the name of
the file in `dukani/owner` that handles it.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Period = Literal["today", "yesterday", "week", "month"]
Movement = Literal["dispatched", "delivered"]


class _Command(BaseModel):
    model_config = ConfigDict(frozen=True)


class Help(_Command):
    kind: Literal["help"] = "help"


class Sales(_Command):
    kind: Literal["sales"] = "sales"
    period: Period = "today"


class Pending(_Command):
    kind: Literal["pending"] = "pending"


class MoveOrders(_Command):
    """Orders were sent out, or arrived; `numbers` as orders have them: `DK-7K3Q2A`."""

    kind: Literal["move_orders"] = "move_orders"
    to: Movement
    numbers: tuple[str, ...] = Field(min_length=1)


class PieceWords(_Command):
    """Words that name a piece: the SKU, then colour, size and a number in any order, as written."""

    sku: str
    words: tuple[str, ...] = ()


class Stock(PieceWords):
    kind: Literal["stock"] = "stock"


class Sold(PieceWords):
    """Pieces were sold over the counter."""

    kind: Literal["sold"] = "sold"


class Received(PieceWords):
    """Pieces came in."""

    kind: Literal["received"] = "received"


class Pause(_Command):
    kind: Literal["pause"] = "pause"


class Resume(_Command):
    kind: Literal["resume"] = "resume"


class HandBack(_Command):
    """The assistant may answer the customer again."""

    kind: Literal["hand_back"] = "hand_back"


class Shop(_Command):
    """From now on her words are a customer's."""

    kind: Literal["shop"] = "shop"


class Desk(_Command):
    """Her words are the owner's again."""

    kind: Literal["desk"] = "desk"


class Yes(_Command):
    kind: Literal["yes"] = "yes"


class No(_Command):
    kind: Literal["no"] = "no"


Command = Annotated[
    Help | Sales | Pending | MoveOrders | Stock | Sold | Received | Pause | Resume | HandBack
    | Shop | Desk | Yes | No,
    Field(discriminator="kind"),
]  # fmt: skip


class SizeCount(BaseModel):
    """So many pieces of a size."""

    model_config = ConfigDict(frozen=True)

    size: str
    units: int = Field(ge=1, le=999)


class PricedPhoto(BaseModel):
    """What the caption of a photo says of a new piece; `price` is in whole units of the currency.

    Category and colour are canonical names; what the caption leaves out, the eye proposes.
    """

    model_config = ConfigDict(frozen=True)

    price: int = Field(gt=0, le=100_000_000)
    name: str = ""
    category: str | None = None
    colour: str | None = None
    sizes: tuple[SizeCount, ...] = ()
