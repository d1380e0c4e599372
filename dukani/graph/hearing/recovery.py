"""Finds what a message of the shop offered to take up again, and reads the answer to it.

It counts while that message is the last the shop said, or when she replies to it: a cart that she
left in the chat or in the window, an order whose payment failed, a piece.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from dukani.agent.local_reader import takes_up
from dukani.core.database import Connection
from dukani.core.store import last_offers, left_pieces, orders, products, window_carts
from dukani.core.store.last_offers import LastOffer
from dukani.core.store.left_pieces import LeftPiece
from dukani.core.store.messages import Message
from dukani.core.store.orders import Order
from dukani.domain.acts import (
    Act,
    Checkout,
    Confirm,
    Decline,
    Greeting,
    PayAgain,
    Remark,
    SetAddress,
    SetNote,
    SetPayer,
    Thanks,
    Unclear,
)
from dukani.domain.recovering import NOT_NOW, TAKE_UP
from dukani.graph.context import Context
from dukani.graph.ordering.placed import open_order
from dukani.graph.state import State

Kind = Literal["cart", "window_cart", "order", "product", "ordered"]
_COURTESY = (Thanks, Greeting, Remark, Unclear)
_YES = (Confirm, Checkout, PayAgain)
_BESIDE_A_YES = (SetAddress, SetNote, SetPayer)  # "yes, bring it to Kilimani"
_WHOLE_SECOND = timedelta(seconds=1)  # as providers cut times


@dataclass(frozen=True, slots=True)
class Recovery:
    """What may be taken up. `is_open`: the cart in the chat has these pieces already.

    `ordered`: the cart was ordered meanwhile, and the order is paid. `code`: of the rule's message.
    """

    kind: Kind
    id: str
    code: str | None = None
    left: tuple[LeftPiece, ...] = ()
    is_open: bool = False
    order: Order | None = None
    anonymous_id: str | None = None


@dataclass(frozen=True, slots=True)
class OutsideTheTalk:
    """What came from the shop outside of the talk: options that "3" is chosen from, an offer."""

    options: list[dict[str, Any]]
    recovery: Recovery | None = None


async def outside_the_talk(state: State, context: Context, last: Message) -> OutsideTheTalk:
    """By the message she replies to with `last`, else by the last that she was written."""
    said = await last_offers.of_conversation(
        context.conn, conversation_id=context.conversation.id, reply_to=last.reply_to
    )
    options = next((one.options for one in said if one.options and (one.quoted or one.outside)), [])
    offer = said[0] if said else None
    if offer is None or offer.recover is None or not _may_answer(offer, last):
        return OutsideTheTalk(options)
    return OutsideTheTalk(options, await _recovery(state, context, offer))


async def answers_an_offer(
    conn: Connection, written: Sequence[Message], *, conversation_id: str
) -> bool:
    """Whether she answers what the shop wrote to her first about something she left."""
    if not written:
        return False
    said = await last_offers.of_conversation(
        conn, conversation_id=conversation_id, reply_to=written[-1].reply_to
    )
    return bool(said) and said[0].recover is not None and _may_answer(said[0], written[-1])


def _may_answer(offer: LastOffer, last: Message) -> bool:
    """Whether the message had arrived when she wrote: hers may come in late."""
    written = last.sent_at
    return offer.arrived and (written is None or written + _WHOLE_SECOND > offer.created_at)


async def _recovery(state: State, context: Context, offer: LastOffer) -> Recovery | None:
    kind, id_ = (offer.recover or {}).get("kind"), str((offer.recover or {}).get("id"))
    if not _is_id(id_):
        return None
    if kind == "order":
        return await _of_order(context, id_, offer.code)
    if await open_order(state, context) is not None:
        return None  # that order is what a yes is about
    if kind == "product":
        there = await products.variants(context.conn, product_ids=[id_])
        return Recovery("product", id_, offer.code) if there else None
    if kind not in ("cart", "window_cart"):
        return None
    if (since := await _ordered_since(context, offer.created_at)) is not None:
        return Recovery("ordered", since.id, order=since)
    if kind == "cart":
        return await _of_cart(context, id_, offer.code)
    return await _of_window_cart(context, id_, offer.code)


def _is_id(id_: str) -> bool:
    try:
        UUID(id_)
    except ValueError:
        return False
    return True


async def _ordered_since(context: Context, at: datetime) -> Order | None:
    """The paid order that she placed after the message."""
    latest = await orders.latest(context.conn, customer_id=context.customer.id)
    if latest is None or latest.created_at < at or latest.payment_status != "paid":
        return None
    return latest


async def _of_order(context: Context, order_id: str, code: str | None) -> Recovery | None:
    """The order, if it can still be paid; one that was given up is a cart again."""
    order = await orders.get(context.conn, order_id=order_id)
    if order is None or order.customer_id != context.customer.id:
        return None
    if order.status == "cancelled" and order.cart_id is not None:
        return await _of_cart(context, order.cart_id, code)
    payable = order.status == "open" and order.payment_status != "paid"
    return Recovery("order", order.id, code, order=order) if payable else None


async def _of_cart(context: Context, cart_id: str, code: str | None) -> Recovery | None:
    whose = {"cart_id": cart_id, "customer_id": context.customer.id}
    status = await left_pieces.status_of(context.conn, **whose)
    if status not in ("active", "abandoned"):
        return None
    left = await left_pieces.of_cart(context.conn, **whose)
    if not left:
        return None
    return Recovery("cart", cart_id, code, tuple(left), is_open=status == "active")


async def _of_window_cart(context: Context, cart_id: str, code: str | None) -> Recovery | None:
    """Hers, as long as she has neither ordered it nor brought it into the chat herself."""
    cart = await window_carts.get(context.conn, cart_id=cart_id)
    if cart is None or not cart.is_open or cart.customer_id != context.customer.id:
        return None
    left = await left_pieces.of_variants(context.conn, lines=cart.lines)
    if not left:
        return None
    return Recovery("window_cart", cart_id, code, tuple(left), anonymous_id=cart.anonymous_id)


# ── the answer ──────────────────────────────────────────────────────────────


def answer_to(acts: Sequence[Act], written: Sequence[Message]) -> Literal["yes", "no"] | None:
    """Whether she takes it up, or not now; None: she says something else. Pure."""
    rows = {str(m.payload.get("row_id") or m.payload.get("payload") or "") for m in written}
    if not rows.isdisjoint((TAKE_UP, NOT_NOW)):
        return "yes" if TAKE_UP in rows else "no"
    plain = {takes_up(message.body) for message in written if message.body.strip()}
    if plain == {"yes"}:
        return "yes"
    if plain == {"later"}:
        return "no"
    kinds = {type(act) for act in acts if not isinstance(act, _COURTESY)}
    if kinds & set(_YES) and kinds <= {*_YES, *_BESIDE_A_YES}:
        return "yes"
    return "no" if kinds == {Decline} else None


def beside_a_yes(acts: Sequence[Act]) -> list[Act]:
    """What she tells of the order with her yes."""
    return [act for act in acts if isinstance(act, _BESIDE_A_YES)]
