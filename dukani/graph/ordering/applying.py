"""Applies resolved edits to the lines of an order, as they would be. Nothing is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dukani.core.store import products
from dukani.core.store.products import Variant
from dukani.domain.acts import Add, Edit, Substitute, Undo
from dukani.domain.editing import Applied, apply
from dukani.domain.pieces import Line
from dukani.domain.whose import WHOSE, Whose
from dukani.graph.context import Context
from dukani.graph.state import State


async def applied_to(
    state: State, context: Context, lines: Sequence[Line], pinned: Sequence[Edit]
) -> tuple[Applied, list[Variant]]:
    """(what comes of the edits, every variant of the products in the order and in the edits)."""
    before = [(id_, amount) for id_, amount in state.get("undo") or []]
    variants = await _variants(context, pinned, lines, before)
    applied = apply(
        lines,
        pinned,
        variants,
        before=before if state.get("undo") is not None else None,
        last_variant_id=state.get("last_variant_id"),
        whose_before=_whose_before(state),
    )
    return applied, variants


async def _variants(
    context: Context,
    pinned: Sequence[Edit],
    lines: Sequence[Line],
    before: Sequence[tuple[str, int]],
) -> list[Variant]:
    wanted = {line.product_id for line in lines}
    for edit in pinned:
        if isinstance(edit, Add):
            wanted.add(edit.target.product_id or "")
        elif isinstance(edit, Substitute):
            wanted.add(edit.piece.product_id or "")
    if any(isinstance(edit, Undo) for edit in pinned):
        for variant_id, _ in before:
            variant = await products.variant(context.conn, variant_id=variant_id)
            wanted |= {variant.product_id} if variant else set()
    ids = [product_id for product_id in wanted if product_id]
    return await products.variants(context.conn, product_ids=ids) if ids else []


def _whose_before(state: State) -> Mapping[str, Whose]:
    told = state.get("undo_whose") or {}
    return {variant_id: WHOSE.validate_python(whose) for variant_id, whose in told.items()}
