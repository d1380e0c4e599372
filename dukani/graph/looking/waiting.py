"""Remembers who wants to hear when a sold-out piece is there again, and says so.

In the order in which they asked (`stock_waits`). Who agreed to the shop's messages waits for what
she asked for and could not have; who did not is told how to.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from dukani.agent.facts import Fact, MayWait, OrderEdited, PieceOutOfStock, StockWaited, WaitForWhat
from dukani.core.store import consents, products, stock_waits
from dukani.core.store.products import Variant
from dukani.domain.acts import AskStock, Values, WaitForStock
from dukani.domain.pieces import SoldPiece
from dukani.domain.resolver import pieces_meant
from dukani.domain.view import View
from dukani.graph.context import Context
from dukani.graph.looking.stock import answer_availability, fits
from dukani.graph.state import State, with_facts

MOST = 6  # sizes and colours that one message waits for


async def wait_for(state: State, context: Context, act: WaitForStock, view: View) -> State:
    """She asks to be told: of the piece she names, else of the one spoken of last."""
    piece = _piece_meant(state, act, view)
    if piece is None:
        return {"facts": with_facts(state, WaitForWhat())}
    values = _values(act, view, piece)
    variants = await products.variants(context.conn, product_ids=[piece.product_id])
    gone = [one for one in variants if one.available <= 0 and fits(one, values)]
    if not gone:  # it is there, or never was: the answer says which
        asked = AskStock(target=act.target, values=values)
        return await answer_availability(state, context, asked, view)
    may = await consents.may_market(context.conn, customer_id=context.customer.id)
    await _add(context, gone, of=variants)
    told = StockWaited(name=piece.name, colour=values.colour, size=values.size, may_write=may)
    return {"facts": with_facts(state, told), "last_product_id": piece.product_id}


def _piece_meant(state: State, act: WaitForStock, view: View) -> SoldPiece | None:
    meant = pieces_meant(act.target, view, values=act.values)
    if len(meant) == 1:
        return meant[0]
    focus = view.focus.product_id if view.focus else state.get("last_product_id")
    if not act.target.says_nothing or focus is None:
        return None
    return next((one for one in view.pieces if one.product_id == focus), None)


def _values(act: WaitForStock, view: View, piece: SoldPiece) -> Values:
    """The colour and size she says, else those she asked for in vain."""
    said = act.values
    focus = view.focus if view.focus and view.focus.product_id == piece.product_id else None
    if focus is None or said.colour or said.size:
        return said
    return said.model_copy(update={"colour": focus.colour, "size": focus.asked_size or focus.size})


async def _add(context: Context, gone: Sequence[Variant], *, of: Sequence[Variant]) -> None:
    """A row for each; one for any of it where the whole piece is sold out."""
    anything = len(gone) == len(of)
    for one in gone[:1] if anything else gone[:MOST]:
        await stock_waits.add(
            context.conn,
            customer_id=context.customer.id,
            product_id=one.product_id,
            variant_id=None if anything and len(of) > 1 else one.id,
            source="chat",
        )


# ── what she asked for in vain ──────────────────────────────────────────────


async def with_waits(context: Context, facts: Sequence[Fact]) -> list[Fact]:
    """The facts, behind each piece that was gone that she will hear of it, or how she may."""
    if context.opted_out or any(isinstance(fact, StockWaited) for fact in facts):
        return list(facts)
    told = [[fact, *await _waited(context, fact)] for fact in facts]
    return list(chain.from_iterable(told))


async def _waited(context: Context, fact: Fact) -> list[Fact]:
    gone = _gone_of(fact)
    if not gone:
        return []
    if not await consents.may_market(context.conn, customer_id=context.customer.id):
        return [MayWait()] if not any(instead for *_, instead in gone) else []
    waited: list[Fact] = []
    for name, colour, size, _ in gone:
        found = await stock_waits.add_by_name(
            context.conn,
            customer_id=context.customer.id,
            name=name,
            colour=colour,
            size=size,
            source="chat",
        )
        waited += [StockWaited(name=name, colour=colour, size=size)] if found else []
    return waited


def _gone_of(fact: Fact) -> list[tuple[str, str | None, str | None, bool]]:
    """(name, colour, size, whether something else is offered) of what nobody can have."""
    if isinstance(fact, PieceOutOfStock) and not fact.left:
        instead = bool(fact.other_sizes or fact.other_colours)
        return [(fact.name, fact.colour, fact.size, instead)]
    if isinstance(fact, OrderEdited):
        return [
            (change.name, change.colour, change.size, bool(change.choices))
            for change in fact.changes
            if change.reason == "out_of_stock" and not change.left and change.name
        ]
    return []
