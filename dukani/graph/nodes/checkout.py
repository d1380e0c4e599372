"""From the cart to a placed order: address, the total, and a yes."""

from __future__ import annotations

from typing import Any

from langgraph.runtime import Runtime

from dukani.agent.facts import (
    AddressNoted,
    AskAddress,
    AskConfirmation,
    AskPaymentPhone,
    CartEmpty,
    ChangeWhat,
)
from dukani.core.money import whole_units
from dukani.core.phone import mask_phone
from dukani.core.store import orders
from dukani.core.store.carts import CartItem
from dukani.graph.context import Context
from dukani.graph.order_placing import place_and_ask_for_money
from dukani.graph.state import QueuedAct, Quote, State, current, rest, said
from dukani.tools import cart
from dukani.tools.lines import as_lines
from dukani.tools.payments import accounts
from dukani.tools.payments.request import payable_minor, provider_for


async def checkout(state: State, runtime: Runtime[Context]) -> State:
    context, act = runtime.context, current(state)
    if act["kind"] == "deny":
        return _refused(state)
    items = await cart.current_items(context.conn, customer_id=context.customer.id)
    address = _address(state, act)
    if act["kind"] == "checkout" and _offers_a_piece(state, with_cart=bool(items)):
        # "Do you like it?" – "Checkout": she takes it, and then pays.
        return {"acts": [{"kind": "add_to_cart"}, *state["acts"]], "question": None}
    if not items:
        return _nothing_to_order(state, act, address)
    if address is None:
        return await _ask_address(state, context, act)
    confirmed = act["kind"] == "affirm" and state.get("step") == "awaiting_confirmation"
    agreed = confirmed and state.get("quote") == _quote(state, context, items)
    if agreed and state.get("question") != "payment_phone":
        return await place_and_ask_for_money(state, context, items)
    return await _ask_confirmation(state, context, items, address)


def _offers_a_piece(state: State, *, with_cart: bool) -> bool:
    """A piece is in view that nobody took yet: the only one shown, or one with all settled."""
    focus = state.get("focus")
    if focus is None or state.get("step") not in ("products_found", "size_recommended"):
        return False
    settled = state.get("question") == "take_it" and focus["colour"] and focus["size"]
    return bool(settled) or not with_cart


def _refused(state: State) -> State:
    if state.get("question") == "last_address":
        return {"acts": rest(state), "facts": said(state, AskAddress()), "question": None}
    # "No" beside a correction ("no, two of them") is already answered by the correction.
    facts = state.get("facts", []) if rest(state) else said(state, ChangeWhat())
    return {"acts": rest(state), "facts": facts, "step": "cart_updated"}


def _address(state: State, act: QueuedAct) -> dict[str, Any] | None:
    if act["kind"] == "provide_address" and act.get("address"):
        return {"text": act["address"], **_position(act.get("text"))}
    address = state.get("address")
    accepted = act["kind"] == "affirm" and state.get("question") == "last_address"
    return address if address and (accepted or not address.get("offered")) else None


def _position(pin: str | None) -> dict[str, float]:
    """Where a pin on the map stands; a written address has none."""
    if pin is None:
        return {}
    latitude, longitude = pin.split(",")
    return {"latitude": float(latitude), "longitude": float(longitude)}


def _nothing_to_order(state: State, act: QueuedAct, address: dict[str, Any] | None) -> State:
    if act["kind"] == "provide_address" and address is not None:
        noted = said(state, AddressNoted(address=address["text"]))
        # What is still open of the piece in view is asked again.
        asks = [{"kind": "set_variant"}] if state.get("focus") and state.get("question") else []
        return {"acts": [*asks, *rest(state)], "address": address, "facts": noted}
    return {"acts": rest(state), "facts": said(state, CartEmpty()), "step": "start"}


async def _ask_address(state: State, context: Context, act: QueuedAct) -> State:
    last = await orders.last_address(context.conn, customer_id=context.customer.id)
    return {
        "acts": rest(state),
        "facts": said(state, AskAddress(last_address=last)),
        "question": "last_address" if last else None,
        "address": {"text": last, "offered": True} if last else None,
        "step": "awaiting_delivery_address",
    }


async def _ask_confirmation(
    state: State, context: Context, items: list[CartItem], address: dict[str, Any]
) -> State:
    address = {k: v for k, v in address.items() if k != "offered"}
    phone = state.get("payment_phone") or context.customer.phone
    if phone is None:
        return {
            "acts": rest(state),
            "address": address,
            "facts": said(state, AskPaymentPhone()),
            "question": "payment_phone",
            "step": "awaiting_confirmation",
        }
    fee = context.boutique.delivery_fee_minor
    total = _total(context, items)
    ways = await accounts.ways_of(context.conn, context.boutique)
    provider = provider_for(
        ways, phone=phone, amount_units=whole_units(total, context.boutique.currency)
    )
    fact = AskConfirmation(
        lines=as_lines(items),
        delivery_minor=fee or None,
        total_minor=total,
        address=address["text"],
        phone_masked=mask_phone(phone),
        manual=provider == "manual",
    )
    return {
        "acts": rest(state),
        "address": address,
        "facts": said(state, fact),
        "question": None,
        "quote": _quote(state, context, items),
        "step": "awaiting_confirmation",
    }


def _total(context: Context, items: list[CartItem]) -> int:
    total = cart.total_minor(items) + context.boutique.delivery_fee_minor
    return payable_minor(total, context.boutique.currency)


def _quote(state: State, context: Context, items: list[CartItem]) -> Quote:
    """What she says yes to. Prices, fees and carts change between a total and its yes."""
    return Quote(
        total_minor=_total(context, items),
        pieces={item.variant_id: [item.quantity, item.unit_price_minor] for item in items},
        phone=state.get("payment_phone") or context.customer.phone or "",
    )
