"""An order that goes out in parts, and money of an order that goes back."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import AfterValidator, Field, StringConstraints, model_validator

from dukani.core.store.refunds import RefundMethod, RefundReason
from dukani.dashboard_api.access import AnActingMember, AnActingOwner
from dukani.dashboard_api.bodies import Body, Price
from dukani.dashboard_api.order_answers import Order, shown
from dukani.dashboard_api.orders import Reference
from dukani.tools import dispatching, refunding
from dukani.tools.refunding import RefundWanted, Returned

router = APIRouter(prefix="/boutiques/{boutique_id}/orders/{order_id}", tags=["orders"])

ItemId = Annotated[int, Field(ge=1, le=2**63 - 1)]
Pieces = Annotated[int, Field(ge=1, le=999)]
Number = Annotated[
    int,
    Field(
        ge=1,
        le=999,
        description="Which of the order's it is, from 1: sent again, it is carried out once.",
    ),
]


class SentItem(Body):
    item_id: ItemId
    quantity: Pieces


def _each_once(items: list[Any]) -> list[Any]:
    if len({item.item_id for item in items}) != len(items):
        raise ValueError("Name each item of the order once.")
    return items


class NewDispatch(Body):
    """What goes out now; the rest of the order follows."""

    number: Number
    items: Annotated[
        list[SentItem], Field(min_length=1, max_length=100), AfterValidator(_each_once)
    ]


class ReturnedItem(Body):
    """Pieces that are refunded; `restocked` of them go back on the shelf."""

    item_id: ItemId
    quantity: Pieces
    restocked: Annotated[int, Field(ge=0, le=999)] = 0

    @model_validator(mode="after")
    def _restocks_no_more(self) -> ReturnedItem:
        if self.restocked > self.quantity:
            raise ValueError("No more can go back on the shelf than is refunded.")
        return self


class NewRefund(Body):
    """Money that was given back, and where that is written; `reference` is not needed for cash."""

    number: Number
    amount_minor: Price
    reason: RefundReason
    words: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] = ""
    method: RefundMethod
    reference: Reference | None = None
    items: Annotated[
        list[ReturnedItem],
        Field(default_factory=list, max_length=100),
        AfterValidator(_each_once),
    ]


@router.post("/dispatches", status_code=201)
async def send_part_of_order(member: AnActingMember, order_id: UUID, sent: NewDispatch) -> Order:
    """Some of the pieces are on their way; the customer is told which, and what follows."""
    await dispatching.send_part(
        member.conn,
        order_id=str(order_id),
        number=sent.number,
        pieces={item.item_id: item.quantity for item in sent.items},
    )
    return await shown(member, str(order_id))


@router.post("/refunds", status_code=201)
async def refund_order(member: AnActingOwner, order_id: UUID, refund: NewRefund) -> Order:
    """Write down money that was given back: never more than came in. The customer is told."""
    wanted = RefundWanted(
        number=refund.number,
        amount_minor=refund.amount_minor,
        reason=refund.reason,
        words=refund.words,
        method=refund.method,
        reference=refund.reference.upper() if refund.reference else None,
        items=tuple(Returned(i.item_id, i.quantity, i.restocked) for i in refund.items),
    )
    await refunding.refund(
        member.conn, boutique_id=member.boutique_id, order_id=str(order_id), wanted=wanted
    )
    return await shown(member, str(order_id))
