"""Tells of a piece that goes with the one just put into the cart: at most once a conversation.

Never while something is asked, and never at the total, where it would delay the yes.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from dukani.agent.facts import BoughtTogether, Fact
from dukani.core.store import product_pairs
from dukani.domain.editing import Applied
from dukani.graph.context import Context
from dukani.graph.state import State
from dukani.tools.options import as_options

LEAST_STRENGTH = 0.15  # of a pair: some buyers of the one have taken the other, and not by chance
MOST = 5  # that are looked at: one of them will be in stock


async def goes_with(
    state: State, context: Context, applied: Applied, *, busy: bool
) -> Sequence[Fact]:
    """The fact to tell, if there is one. `busy`: the turn asks or does something else too."""
    added = [change for change in applied.changes if change.what == "added"]
    line = next((x for x in applied.lines if x.variant_id == applied.last_variant_id), None)
    if busy or not added or line is None or state.get("cross_sold") or state.get("checking_out"):
        return ()
    strong = await _strongest(context, line.product_id, {x.product_id for x in applied.lines})
    for option in await as_options(context.conn, strong):
        if option.sizes:
            return (
                BoughtTogether(
                    name=option.name, price_minor=option.price_minor, with_name=line.name
                ),
            )
    return ()


async def _strongest(context: Context, product_id: str, has: Collection[str]) -> list[str]:
    """The pieces that buyers of this one take most, without those of the cart."""
    pairs = await product_pairs.strengths(context.conn, product_ids=[product_id])
    strong = {
        other: strength
        for (_, other), strength in pairs.items()
        if strength >= LEAST_STRENGTH and other not in has
    }
    return sorted(strong, key=lambda other: (-strong[other], other))[:MOST]
