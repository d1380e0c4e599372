"""The customer picks a piece, its size and colour, or corrects what she picked."""

from __future__ import annotations

from langgraph.runtime import Runtime

from dukani.agent.facts import AskWhatToFind, AskWhichOption, Option
from dukani.agent.steps import FILLING_A_CART
from dukani.core.store import products
from dukani.core.store.carts import CartItem
from dukani.graph.buying import buy
from dukani.graph.buying_again import buy_again
from dukani.graph.choosing import (
    any_said,
    candidates,
    describes_none,
    lines_meant,
    points_at_an_option,
    shown_options,
)
from dukani.graph.context import Context
from dukani.graph.focus import focus_on, refine
from dukani.graph.line_changes import change_line
from dukani.graph.state import Focus, QueuedAct, State, current, rest, said
from dukani.tools.cart import current_items

_VARIANT = ("size", "colour", "quantity", "exclude_size", "exclude_colour")
_WITH_A_CART = FILLING_A_CART | {"payment_failed"}


async def handle_selection(state: State, runtime: Runtime[Context]) -> State:
    """A clear choice goes into the cart; what is open is asked for."""
    act = current(state)
    if act.get("manner") == "again":
        return await buy_again(state, runtime.context, act)
    line = await _line_corrected(state, runtime.context, act)
    if line is not None:
        return await change_line(state, runtime.context, line, act)
    if _looks_further(state, act):
        taken = [{"kind": "add_to_cart"}] if act.get("name") and _chooses(act) else []
        return {"acts": [{**act, "kind": "search"}, *taken, *rest(state)]}
    focus = _piece_meant(state, act)
    if focus is None:
        return await _ask_which(state, runtime.context, act)
    return await buy(state, runtime.context, focus, replaces=_replaced(state, act))


async def _line_corrected(state: State, context: Context, act: QueuedAct) -> CartItem | None:
    """After a piece went into the cart, "no, size M" and "two" are about that piece."""
    if act["kind"] not in ("correction", "set_variant") or act.get("option") is not None:
        return None
    if not any_said(act, *_VARIANT):
        return None
    if state.get("step") not in _WITH_A_CART and not _of_no_kind_shown(state, act):
        return None
    items = await current_items(context.conn, customer_id=context.customer.id)
    # Her colour and size are the new ones; only the kind of piece says which line it is.
    named = {slot: act.get(slot) for slot in ("name", "category")}
    meant = lines_meant(items, named)
    last = [item for item in meant if item.variant_id == state.get("last_variant_id")]
    return last[0] if last else meant[0] if len(meant) == 1 else None


def _of_no_kind_shown(state: State, act: QueuedAct) -> bool:
    """ "change the sandals to black" while a hat is offered: the sandals in the cart."""
    focus = state.get("focus")
    shown = {option.category for option in shown_options(state)} | (
        {focus["category"]} if focus else set()
    )
    return act["kind"] == "correction" and act.get("category") not in {None, *shown}


def _looks_further(state: State, act: QueuedAct) -> bool:
    """A correction of the wish ("not blue ones", "no, a skirt") is another search."""
    if act["kind"] == "correction" and act.get("option") is None:
        wishes = any_said(act, "budget_min", "budget_max", "occasion", "pattern", "embroidery")
        other = act.get("category") is not None and not candidates(state, act)
        excludes = act.get("exclude_colour") is not None and state.get("focus") is None
        return wishes or other or excludes
    return act["kind"] != "set_variant" and describes_none(state, act)


def _chooses(act: QueuedAct) -> bool:
    """A piece called by its name and taken, though it is not among those shown."""
    return act["kind"] == "add_to_cart" or act.get("quantity") is not None


def _piece_meant(state: State, act: QueuedAct) -> Focus | None:
    focus = state.get("focus")
    if points_at_an_option(act) or focus is None:
        meant = candidates(state, act)
        if len(meant) == 1:
            return focus_on(meant[0], act, search=state.get("search"))
        if focus is None or act.get("option") is not None:
            return None
    other = _other_shown(state, focus, act)
    return focus_on(other, act, search=state.get("search")) if other else refine(focus, act)


def _other_shown(state: State, focus: Focus, act: QueuedAct) -> Option | None:
    """ "The brown one" after the beige hat went into the cart: the brown piece shown beside it."""
    colour, shown = act.get("colour"), shown_options(state)
    if act["kind"] != "select_option" or colour is None or state.get("step") != "cart_updated":
        return None
    fitting = [option for option in shown if colour in option.colours]
    mine = any(option.product_id == focus["product_id"] for option in fitting)
    return fitting[0] if len(fitting) == 1 and not mine else None


def _replaced(state: State, act: QueuedAct) -> str | None:
    """The line a correction by number takes the place of."""
    if act["kind"] == "correction" and state.get("step") == "cart_updated":
        return state.get("last_variant_id")
    return None


async def _ask_which(state: State, context: Context, act: QueuedAct) -> State:
    meant = candidates(state, {**act, "option": None})
    if not meant:
        categories = tuple(await products.categories(context.conn))
        return {"acts": rest(state), "facts": said(state, AskWhatToFind(categories=categories[:6]))}
    kept = {k: v for k, v in act.items() if k in _VARIANT}
    return {
        "acts": [],
        "later": [{"kind": "set_variant", **kept}, *rest(state)] if kept else rest(state),
        "facts": said(state, AskWhichOption(options=tuple(meant))),
        "question": "which",
    }
