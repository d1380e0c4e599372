"""Builds quotes: lines, delivery fee, total, payer and address as shown before a yes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dukani.agent.facts import AskConfirmation
from dukani.core.money import whole_units
from dukani.core.phone import mask_phone
from dukani.core.store import orders
from dukani.core.store.orders import Order
from dukani.domain.pieces import Line
from dukani.graph.context import Context
from dukani.graph.state import Quote, State
from dukani.tools import cart
from dukani.tools.delivery_zones import Delivered, delivery_of
from dukani.tools.lines import as_lines
from dukani.tools.payments import accounts
from dukani.tools.payments.request import payable_minor, provider_for


@dataclass(frozen=True, slots=True)
class Draft:
    """The cart as an order that could be placed now, with its quote."""

    lines: tuple[Line, ...]
    delivery: Delivered
    phone: str
    quote: Quote


async def draft_of_cart(
    state: State, context: Context, lines: Sequence[Line], *, phone: str
) -> Draft:
    address = state.get("address") or {"text": ""}
    delivery = await delivery_of(
        context.conn,
        context.boutique,
        address=address["text"],
        latitude=address.get("latitude"),
        longitude=address.get("longitude"),
    )
    quote = Quote(
        order_id=None,
        pieces=_pieces(lines),
        delivery_minor=delivery.fee_minor,
        total_minor=_payable(context, cart.total_minor(lines) + (delivery.fee_minor or 0)),
        phone=phone,
        address=address["text"],
    )
    return Draft(tuple(lines), delivery, phone, quote)


async def quote_of_order(context: Context, order: Order, *, phone: str) -> Quote:
    """The quote of a placed order, whose payment failed."""
    lines = as_lines(await orders.items(context.conn, order_id=order.id))
    return Quote(
        order_id=order.id,
        pieces=_pieces(lines),
        delivery_minor=fee_of(order),
        total_minor=_payable(context, order.total_minor),
        phone=phone,
        address=order.address,
    )


def fee_of(order: Order) -> int | None:
    """The order's delivery fee in minor units; None if it is to be agreed with the shop."""
    return None if order.fee_to_confirm else order.delivery_minor


async def confirmation_of_draft(state: State, context: Context, draft: Draft) -> AskConfirmation:
    return AskConfirmation(
        lines=draft.lines,
        delivery_minor=draft.delivery.fee_minor,
        total_minor=draft.quote["total_minor"],
        address=draft.quote["address"],
        phone_masked=mask_phone(draft.phone),
        manual=await _is_manual(context, draft.quote),
        zone=draft.delivery.zone,
        days_min=draft.delivery.days_min,
        days_max=draft.delivery.days_max,
        pickup=draft.delivery.pickup,
        note=state.get("note"),
    )


async def confirmation_of_order(context: Context, order: Order, quote: Quote) -> AskConfirmation:
    return AskConfirmation(
        lines=as_lines(await orders.items(context.conn, order_id=order.id)),
        delivery_minor=quote["delivery_minor"],
        total_minor=quote["total_minor"],
        address=order.address,
        phone_masked=mask_phone(quote["phone"]),
        manual=await _is_manual(context, quote),
        zone=order.zone,
        note=order.note,
    )


async def _is_manual(context: Context, quote: Quote) -> bool:
    ways = await accounts.ways_of(context.conn, context.boutique)
    currency = context.boutique.currency
    units = whole_units(quote["total_minor"], currency)
    by = provider_for(ways, phone=quote["phone"], amount_units=units, currency=currency)
    return by == "manual"


def _pieces(lines: Sequence[Line]) -> dict[str, list[int]]:
    return {line.variant_id: [line.quantity, line.unit_price_minor] for line in lines}


def _payable(context: Context, total_minor: int) -> int:
    return payable_minor(total_minor, context.boutique.currency)
