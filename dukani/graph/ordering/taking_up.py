"""Takes up again what she left: the cart as it was, an order to be paid, a piece told of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from dukani.agent.facts import AlreadyPaid, CartTakenUp, Fact, LeftForLater, OrderEdited
from dukani.core.store import left_pieces, orders, products, window_carts
from dukani.core.store.messages import Message
from dukani.domain.acts import EDITS, Act, Add, Checkout, PayAgain, Target
from dukani.domain.changes import Change
from dukani.domain.pieces import Focus, Line
from dukani.domain.recovering import taken_up
from dukani.graph.context import Context
from dukani.graph.hearing.recovery import Recovery, answer_to, beside_a_yes
from dukani.graph.ordering.placing import alternatives
from dukani.graph.state import CameBy, State, Task
from dukani.tools import cart
from dukani.tools.lines import as_lines


class Taken(NamedTuple):
    """What her answer comes to. `tasks` None: her words are understood as always."""

    tasks: list[Task] | None
    update: State
    facts: tuple[Fact, ...] = ()


async def answered(
    context: Context, recovery: Recovery, acts: Sequence[Act], written: Sequence[Message]
) -> Taken:
    """Her answer to the message that offered it."""
    answer = answer_to(acts, written)
    if answer == "no" and recovery.kind != "ordered":
        return _not_now(recovery)
    from_it: State = {"came_by": came_by(recovery.code)} if recovery.code else {}
    if answer == "yes":
        taken = await _taken(context, recovery, beside_a_yes(acts))
        return taken._replace(update={**taken.update, **from_it})
    edits = any(isinstance(act, EDITS) for act in acts)
    if edits and recovery.left and not recovery.is_open:
        facts, _ = await _bring_back(context, recovery)
        return Taken(None, {**_of_a_cart(), **from_it}, facts)
    # A total from before the message is not what she was told of last.
    return Taken(None, {"agreed": None, **from_it} if recovery.left else from_it)


def came_by(code: str) -> CameBy:
    return CameBy(code=code, at=datetime.now(UTC).isoformat())


def as_asked(state: State, recovery: Recovery) -> State:
    """The state her words are read in: what was asked before the message is not asked now.

    But for an address, which she may well answer with.
    """
    if state.get("step") == "awaiting_delivery_address":
        return state
    step = state.get("step", "start")
    if recovery.left:
        step = "cart_updated"
    elif recovery.kind == "order":
        step = "payment_failed"
    return {**state, "questions": [], "step": step}


def _not_now(recovery: Recovery) -> Taken:
    """What she left stays as it is; nothing of it is shown again in this turn."""
    told = LeftForLater(
        of="order" if recovery.order else "piece" if recovery.kind == "product" else "cart"
    )
    update: State = {"heard": False, "agreed": None}
    if recovery.left:
        update |= {"step": "cart_updated" if recovery.is_open else "start", "checking_out": False}
    return Taken([], update, (told,))


async def _taken(context: Context, recovery: Recovery, others: list[Act]) -> Taken:
    if recovery.kind == "ordered":
        assert recovery.order is not None  # by which it is known to be ordered
        return Taken([], {"heard": False}, (AlreadyPaid(order_number=recovery.order.number),))
    if recovery.kind == "product":
        return Taken([*others, Add(target=Target(product_id=recovery.id))], {})
    if recovery.order is not None:
        await orders.note_message(
            context.conn, order_id=recovery.order.id, utm_message_id=recovery.code
        )
        update: State = {"order_id": recovery.order.id, "step": "payment_failed"}
        return Taken([*others, PayAgain()], update)
    facts, lines = await _bring_back(context, recovery)
    if not lines:
        return Taken([], {**_of_a_cart(), **_of_what_is_gone(recovery)}, facts)
    return Taken([*others, Checkout()], {**_of_a_cart(), "checking_out": True}, facts)


def _of_a_cart() -> State:
    """Nothing that was asked or agreed before the message counts."""
    return {
        "questions": [],
        "agreed": None,
        "focus": None,
        "last_variant_id": None,
        "undo": None,
        "left_out": [],
        "shares": {},
        "step": "cart_updated",
    }


def _of_what_is_gone(recovery: Recovery) -> State:
    """ "size L then": of the piece that was told to be gone."""
    gone = recovery.left[0]
    focus = Focus(
        product_id=gone.product_id,
        sku=gone.sku,
        name=gone.name,
        category=gone.category,
        colour=gone.colour,
    )
    return {
        "step": "size_recommended",
        "focus": focus.model_dump(mode="json"),
        "last_product_id": gone.product_id,
        "checking_out": False,
        "heard": False,
    }


async def _bring_back(
    context: Context, recovery: Recovery
) -> tuple[tuple[Fact, ...], tuple[Line, ...]]:
    """Makes the cart what it was, as far as it can be had; tells what changed, and its lines."""
    customer_id = context.customer.id
    now = as_lines(await cart.current_items(context.conn, customer_id=customer_id))
    again = taken_up(recovery.left, now)
    if _differs(again.lines, now):
        await cart.replace(
            context.conn,
            boutique_id=context.boutique.id,
            customer_id=customer_id,
            lines=again.lines,
            as_it_was=True,
        )
    await left_pieces.note_prices_seen(context.conn, customer_id=customer_id)
    if recovery.anonymous_id is not None:
        await window_carts.end(context.conn, anonymous_id=recovery.anonymous_id)
    refused = tuple([await _with_choices(context, one, recovery) for one in again.refused])
    edited = OrderEdited(
        changes=refused,
        lines=again.lines,
        total_minor=cart.total_minor(again.lines),
        pieces=cart.pieces(again.lines),
    )
    told = CartTakenUp(prices=again.prices, lacks=bool(refused))
    return ((told, edited) if again.lines else (edited,)), again.lines


def _differs(lines: Sequence[Line], now: Sequence[Line]) -> bool:
    return {x.variant_id: x.quantity for x in lines} != {x.variant_id: x.quantity for x in now}


async def _with_choices(context: Context, change: Change, recovery: Recovery) -> Change:
    """With the sizes or colours that are had instead of what is gone."""
    piece = next(
        one
        for one in recovery.left
        if (one.name, one.colour, one.size) == (change.name, change.colour, change.size)
    )
    if change.left or not piece.on_sale:
        return change
    variant = await products.variant(context.conn, variant_id=piece.variant_id)
    return change.model_copy(
        update={"choices": await alternatives(context, variant) if variant else ()}
    )
