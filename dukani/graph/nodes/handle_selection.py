"""Resolves all edits of the turn against one snapshot: which lines and pieces they refer to."""

from __future__ import annotations

from collections.abc import Sequence

from langgraph.runtime import Runtime

from dukani.core.store import orders
from dukani.core.store.orders import Order
from dukani.domain.acts import EDITS, Edit
from dukani.domain.resolution import Resolution, resolve
from dukani.domain.steps import CHOOSING
from dukani.graph.context import Context
from dukani.graph.ordering.by_number import at_todays_price, beyond_the_list, is_beyond
from dukani.graph.ordering.keeping import keep_edits
from dukani.graph.ordering.not_found import as_search
from dukani.graph.ordering.placed import (
    open_order,
    prompt_is_out,
    reopen,
    request_change,
)
from dukani.graph.ordering.resolving import for_the_wearer, view_for_edits
from dukani.graph.state import (
    State,
    Task,
    focus_in,
    newest_list,
    questions_in,
    tasks_of,
    with_facts,
)
from dukani.tools import cart
from dukani.tools.lines import as_lines

_CHANGES_OF_LINES = ("set", "change_quantity", "remove", "split", "substitute")


async def handle_selection(state: State, runtime: Runtime[Context]) -> State:
    context, said = runtime.context, tasks_of(state, *EDITS)
    edits = for_the_wearer(state, said)
    others: list[Task] = [t for t in state.get("acts", ()) if not isinstance(t, EDITS)]
    order = await open_order(state, context)
    if order is not None and await prompt_is_out(context, order):
        return await keep_edits({**state, "acts": others}, context, order, edits)
    update: State = {}
    if order is not None:
        update = await reopen(state, context, order)
    items = await cart.current_items(context.conn, customer_id=context.customer.id)
    lines = as_lines(items)
    if not lines and (paid := await _paid_order_meant({**state, **update}, context, edits)):
        fact = await request_change(context, paid, edits=edits)
        return {"acts": others, "facts": with_facts(state, fact)}
    now: State = {**state, **update}
    view = await view_for_edits(now, context, lines)
    edits = for_the_wearer(state, said, view)
    resolution = _with_kept_edits(state, resolve(edits, view, questions_in(state)))
    shown = newest_list(now)
    searches = [
        as_search(unknown)
        for unknown in resolution.unknown
        if not unknown.of_order and not is_beyond(unknown, shown)
    ]
    priced = await at_todays_price(now, context, edits)
    told: State = {**now, **priced}
    again = beyond_the_list(told, resolution.unknown)
    facts: State = {"facts": with_facts(told, *again)} if again else {}
    return {
        **update, **priced, **facts, "acts": [*searches, *others], "resolution": resolution
    }  # fmt: skip


def _with_kept_edits(state: State, now: Resolution) -> Resolution:
    """The resolution preceded by edits kept while a prompt was open, if this turn applies them."""
    kept = state.get("resolution")
    if kept is not None:
        now.pinned = [*kept.pinned, *now.pinned]
        now.open = [*kept.open, *now.open]
    return now


async def _paid_order_meant(state: State, context: Context, edits: Sequence[Edit]) -> Order | None:
    """The paid order the edits refer to, if they change lines and no other piece is in view."""
    looking = focus_in(state) is not None or state.get("step") in CHOOSING
    changes = any(edit.kind in _CHANGES_OF_LINES for edit in edits)
    if looking or not changes or questions_in(state):
        return None
    latest = await orders.latest(context.conn, customer_id=context.customer.id)
    return latest if latest is not None and latest.payment_status == "paid" else None
