"""Resolves all edits of the turn against one snapshot: which lines and pieces they refer to."""

from __future__ import annotations

from collections.abc import Sequence

from langgraph.runtime import Runtime

from dukani.core.store import orders
from dukani.core.store.orders import Order
from dukani.core.store.wearers import WornBy
from dukani.domain.acts import EDITS, Add, Edit
from dukani.domain.resolution import Resolution, resolve
from dukani.domain.resolver import pieces_meant
from dukani.domain.sizes import named_for_children
from dukani.domain.steps import CHOOSING
from dukani.domain.view import View
from dukani.domain.wearers import GROWN_UP, audience_of, sex_of, sex_said
from dukani.domain.whose import Whose
from dukani.graph.context import Context
from dukani.graph.hearing.in_view import bought_before, swapped_in, taken_out, view_of
from dukani.graph.ordering.by_number import at_todays_price, beyond_the_list, is_beyond
from dukani.graph.ordering.keeping import keep_edits
from dukani.graph.ordering.not_found import as_search
from dukani.graph.ordering.placed import (
    open_order,
    prompt_is_out,
    reopen,
    request_change,
)
from dukani.graph.state import (
    State,
    Task,
    focus_in,
    newest_list,
    questions_in,
    tasks_of,
    wearer_in,
    with_facts,
)
from dukani.tools import cart
from dukani.tools.lines import as_lines

_CHANGES_OF_LINES = ("set", "change_quantity", "remove", "split", "substitute")


async def handle_selection(state: State, runtime: Runtime[Context]) -> State:
    context, said = runtime.context, tasks_of(state, *EDITS)
    edits = _for_the_wearer(state, said)
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
    sold = await context.senses.assortments.of(context.conn, boutique_id=context.boutique.id)
    bought = await bought_before(context, lines)
    swapped = await swapped_in(state, context, lines)
    gone = await taken_out(state, context, lines)
    now: State = {**state, **update}
    view = view_of(now, lines, sold, bought=bought, swapped=swapped, gone=gone)
    edits = _for_the_wearer(state, said, view)
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


def _for_the_wearer(state: State, edits: Sequence[Edit], view: View | None = None) -> list[Edit]:
    """The edits, what is added for the person spoken of last, unless another was said.

    What is in a child's age is for no grown person: "for my husband and our boys", "they are 4".
    Nor is what is named for children, or for the other sex.
    """
    worn_by = wearer_in(state)
    if worn_by is None:
        return list(edits)
    whose = Whose(worn_by)
    return [
        edit.model_copy(update={"for_whom": whose})
        if isinstance(edit, Add)
        and edit.for_whom is None
        and not _is_a_childs(edit, worn_by)
        and not _is_named_for_another(edit, worn_by, view)
        else edit
        for edit in edits
    ]


def _is_a_childs(edit: Add, worn_by: WornBy) -> bool:
    age = edit.values.age
    grown = audience_of(worn_by.relation, None) in ("women", "men")
    return grown and age is not None and age < GROWN_UP


def _is_named_for_another(edit: Add, worn_by: WornBy, view: View | None) -> bool:
    """Whether the piece is named for the other sex: "Ladies Belt", after one for her father."""
    meant = pieces_meant(edit.target, view, values=edit.values) if view else ()
    sex, grown = sex_of(worn_by.relation), audience_of(worn_by.relation, None) in ("women", "men")
    if not meant or sex is None:
        return False
    return all(
        sex_said(piece.name) not in (sex, None) or (grown and named_for_children(piece.name))
        for piece in meant
    )


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
