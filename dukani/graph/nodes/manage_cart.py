"""Shows the cart, takes pieces out of it, changes how many, empties it."""

from __future__ import annotations

from langgraph.runtime import Runtime

from dukani.agent.facts import (
    AskWhichLine,
    Cancelled,
    CartCleared,
    CartEmpty,
    CartShown,
    LineRemoved,
    StartedOver,
)
from dukani.core.store import carts
from dukani.core.store.carts import CartItem
from dukani.graph.choosing import describes_none, lines_meant
from dukani.graph.context import Context
from dukani.graph.line_changes import change_line
from dukani.graph.state import QueuedAct, State, current, rest, said
from dukani.tools import cart
from dukani.tools.lines import as_lines

_AGAIN = {"kind": "checkout"}
_FORGOTTEN: State = {
    "options": [],
    "search": None,
    "address": None,
    "payment_phone": None,
}


async def manage_cart(state: State, runtime: Runtime[Context]) -> State:
    context, act = runtime.context, current(state)
    match act["kind"]:
        case "clear_cart" | "start_over" | "cancel":
            return await _clear(state, context, act)
        case "view_cart":
            return await _show(state, context)
        case "remove_item":
            return await _remove(state, context, act)
        case _:
            return await _change(state, context, act)


async def _show(state: State, context: Context) -> State:
    items = await cart.current_items(context.conn, customer_id=context.customer.id)
    if not items:
        return {"acts": rest(state), "facts": said(state, CartEmpty())}
    shown = CartShown(lines=as_lines(items), total_minor=cart.total_minor(items))
    return {"acts": rest(state), "facts": said(state, shown)}


async def _clear(state: State, context: Context, act: QueuedAct) -> State:
    """Empty the cart; starting over also forgets what was looked at."""
    had_cart = await carts.abandon_open(context.conn, customer_id=context.customer.id)
    fresh: State = {
        "acts": rest(state),
        "later": [],
        "focus": None,
        "question": None,
        "last_variant_id": None,
        "step": "start",
    }
    match act["kind"]:
        case "start_over":
            return {**fresh, **_FORGOTTEN, "facts": said(state, StartedOver())}
        case "cancel":
            return {**fresh, "facts": said(state, Cancelled())}
        case _:
            return {**fresh, "facts": said(state, CartCleared() if had_cart else CartEmpty())}


async def _remove(state: State, context: Context, act: QueuedAct) -> State:
    items = await cart.current_items(context.conn, customer_id=context.customer.id)
    meant = _meant(state, items, act)
    if len(meant) != 1:
        return _ask_which(state, items, meant)
    left = await cart.take_out(context.conn, customer_id=context.customer.id, item=meant[0])
    fact = LineRemoved(
        name=meant[0].name, total_minor=cart.total_minor(left), pieces=cart.pieces(left)
    )
    confirming = bool(left) and state.get("step") == "awaiting_confirmation"
    return {
        "acts": [*rest(state), *([_AGAIN] if confirming else [])],
        "facts": said(state, fact),
        "question": None,
        "step": "cart_updated" if left else "start",
    }


async def _change(state: State, context: Context, act: QueuedAct) -> State:
    items = await cart.current_items(context.conn, customer_id=context.customer.id)
    meant = _meant(state, items, act)
    if not meant and _is_shown(state, act):
        # Not in the cart, but before her: "change the shirt to 2" takes two of it.
        return {"acts": [{**act, "kind": "add_to_cart"}, *rest(state)]}
    if len(meant) != 1:
        return _ask_which(state, items, meant)
    quantity = act.get("quantity", meant[0].quantity + 1)
    if quantity <= 0:
        return await _remove(state, context, {**act, "kind": "remove_item"})
    # The slots say which line it is; only the number changes.
    return await change_line(state, context, meant[0], {"quantity": quantity})


def _is_shown(state: State, act: QueuedAct) -> bool:
    described = any(act.get(slot) for slot in ("name", "category"))
    return described and not describes_none(state, act)


def _meant(state: State, items: list[CartItem], act: QueuedAct) -> list[CartItem]:
    meant = lines_meant(items, act)
    said_which = any(act.get(slot) for slot in ("option", "name", "category", "colour", "size"))
    if len(meant) > 1 and not said_which and act["kind"] == "change_quantity":
        last = [item for item in meant if item.variant_id == state.get("last_variant_id")]
        return last or meant
    return meant


def _ask_which(state: State, items: list[CartItem], meant: list[CartItem]) -> State:
    if not items:
        return {"acts": rest(state), "facts": said(state, CartEmpty())}
    numbered = as_lines(items)
    among = {item.variant_id for item in meant or items}
    lines = tuple(
        line for line, item in zip(numbered, items, strict=True) if item.variant_id in among
    )
    return {"acts": rest(state), "facts": said(state, AskWhichLine(lines=lines))}
