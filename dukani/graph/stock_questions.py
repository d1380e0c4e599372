""" "Is it there in M?" — answered from stock, with what is there when it is not."""

from __future__ import annotations

from dukani.agent.facts import Available, Fact, OptionsAgain
from dukani.core.store import products
from dukani.core.store.products import Variant
from dukani.graph.choosing import (
    any_said,
    candidates,
    points_at_an_option,
    shown_options,
)
from dukani.graph.context import Context
from dukani.graph.focus import focus_on, refine
from dukani.graph.sold_out import sold_out
from dukani.graph.state import Focus, QueuedAct, State, rest, said
from dukani.graph.variant_questions import settled
from dukani.tools import pieces


async def answer_availability(state: State, context: Context, act: QueuedAct) -> State:
    """About the piece in view; about another kind of piece it is a search."""
    focus = _piece(state, act)
    if focus is None and _asks_of_all(state, act):
        fact: Fact = OptionsAgain(options=tuple(shown_options(state)))
        return {"acts": rest(state), "facts": said(state, fact), "question": "which"}
    if focus is None:
        return {"acts": [{**act, "kind": "search"}, *rest(state)]}
    variants = await products.variants(context.conn, product_ids=[focus["product_id"]])
    if not variants:
        return {"acts": rest(state), "focus": None}
    focus = settled(focus, variants)
    fitting = [v for v in pieces.in_stock(variants) if _fits(v, focus)]
    if not fitting:
        told = sold_out(state, focus, variants, wanted=focus["quantity"] or 1)
        return told | {"acts": rest(state)}
    fact = Available(
        name=focus["name"],
        colour=focus["colour"],
        size=focus["size"],
        colours=pieces.colours_of(fitting),
        sizes=pieces.sizes_of(fitting, colour=focus["colour"]),
        price_minor=min(v.price_minor for v in fitting),
    )
    return {
        "acts": rest(state),
        "facts": said(state, fact),
        "focus": focus,
        "question": "take_it",
        "step": "size_recommended",
    }


def _asks_of_all(state: State, act: QueuedAct) -> bool:
    """ "What colours do they come in?" about several shown pieces."""
    told = any_said(act, "option", "name", "category", "colour", "size", "pattern", "occasion")
    return not told and bool(state.get("options"))


def _piece(state: State, act: QueuedAct) -> Focus | None:
    focus = state.get("focus")
    same_piece = focus is not None and act.get("category") in (None, focus["category"])
    if focus is not None and same_piece and not any_said(act, "option", "name"):
        return refine(focus, act)
    if not points_at_an_option(act) and act.get("colour") is None:
        return None
    meant = candidates(state, act)
    same_kind = act.get("category") is None or any(o.category == act["category"] for o in meant)
    return focus_on(meant[0], act) if len(meant) == 1 and same_kind else None


def _fits(variant: Variant, focus: Focus) -> bool:
    return focus["colour"] in (None, variant.colour) and (
        focus["size"] in (None, variant.size) or variant.size == "ONE"
    )
