"""Defines what waits for the owner's answer: a change for her yes, or a question.

It is kept as JSON in `owner_sessions` with a version and an end, so an answer counts for the
question that was asked last, and only for minutes.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from dukani.domain.owner_commands import Movement, SizeCount


class _Pending(BaseModel):
    model_config = ConfigDict(frozen=True)


class MoveOrder(_Pending):
    kind: Literal["move_order"] = "move_order"
    order_ids: tuple[str, ...]
    to: Movement


class MoveStock(_Pending):
    """`delta` units of a variant: below zero they were sold over the counter."""

    kind: Literal["move_stock"] = "move_stock"
    variant_id: str
    delta: int
    short_of_orders: bool = False  # she was told that it takes what open orders hold


class PauseShop(_Pending):
    kind: Literal["pause_shop"] = "pause_shop"


class ResumeShop(_Pending):
    kind: Literal["resume_shop"] = "resume_shop"


class PauseCustomer(_Pending):
    kind: Literal["pause_customer"] = "pause_customer"
    conversation_id: str


class SellPiece(_Pending):
    """Put a draft on sale."""

    kind: Literal["sell_piece"] = "sell_piece"
    product_id: str
    colour: str
    sizes: tuple[SizeCount, ...]


class WhichVariant(_Pending):
    """The SKU has several variants: her next words say which. A sale if `sale`, else a delivery."""

    kind: Literal["which_variant"] = "which_variant"
    variant_ids: tuple[str, ...]
    units: int
    sale: bool


class WhichSizes(_Pending):
    """A draft's sizes are to be said."""

    kind: Literal["which_sizes"] = "which_sizes"
    product_id: str
    colour: str


Change = MoveOrder | MoveStock | PauseShop | ResumeShop | PauseCustomer | SellPiece
Pending = Annotated[Change | WhichVariant | WhichSizes, Field(discriminator="kind")]
PENDING: TypeAdapter[Pending] = TypeAdapter(Pending)
CHANGES = (MoveOrder, MoveStock, PauseShop, ResumeShop, PauseCustomer, SellPiece)
