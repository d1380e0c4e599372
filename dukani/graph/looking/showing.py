"""Shows the pieces of a catalogue card or an advertisement that the customer came from."""

from __future__ import annotations

from dukani.agent.facts import OptionsShown
from dukani.domain.acts import AskStock, Search, Target
from dukani.domain.offers import still_wanted
from dukani.domain.pieces import Focus, Option
from dukani.graph.context import Context
from dukani.graph.happenings import ShowPieces
from dukani.graph.looking.offering import offer_of
from dukani.graph.state import (
    LastSearch,
    State,
    as_plain,
    focus_in,
    questions_in,
    with_facts,
    with_list,
)
from dukani.tools.options import as_options


async def show_pieces(state: State, context: Context, task: ShowPieces) -> State:
    """Shows the pieces as options; a single sold-out piece leads to its alternatives."""
    focus = focus_in(state)
    shown = await as_options(context.conn, task.product_ids, colour=focus.colour if focus else None)
    acts = list(state.get("acts", ()))
    if not shown:
        return {"acts": [Search(), *acts]}
    if len(shown) == 1 and not shown[0].sizes:
        return {"acts": [AskStock(target=Target(product_id=shown[0].product_id)), *acts]}
    only = _spoken_of(shown[0], focus) if len(shown) == 1 else None
    offered = [offer_of(only)] if only else []
    return {
        "facts": with_facts(state, OptionsShown(options=shown)),
        "lists": with_list(state, shown),
        "search": LastSearch(wish={}, photo=None, shown=[o.product_id for o in shown]),
        "focus": only.model_dump(mode="json") if only else None,
        "last_product_id": only.product_id if only else state.get("last_product_id"),
        "questions": as_plain([*still_wanted(questions_in(state)), *offered]),
        "step": "products_found",
    }


def _spoken_of(option: Option, focus: Focus | None) -> Focus:
    if focus is not None and focus.product_id == option.product_id:
        return focus
    return Focus(
        product_id=option.product_id, sku=option.sku, name=option.name, category=option.category
    )
