"""Tells the owner her stock, and moves it as she says: sold over the counter, or come in."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz, process

from dukani.agent.lexicon.tables import WORDS
from dukani.agent.wording import owner_desk_stock as words
from dukani.core.store import audit, held_stock, stock
from dukani.core.store.held_stock import Held
from dukani.domain.owner_commands import PieceWords, Received, Sold, Stock
from dukani.domain.owner_pending import MoveStock, WhichVariant
from dukani.domain.owner_pieces import MOST_UNITS, Meant, chosen, variants_meant
from dukani.owner.context import Desk
from dukani.owner.reading import split
from dukani.tools import counter

COLOURS = {word: entry.value for word, entry in WORDS.items() if entry.kind == "colour"}
_NUMBERS = {word: entry.value for word, entry in WORDS.items() if entry.kind == "number"}


async def tell_stock(desk: Desk, command: Stock) -> None:
    meant = await _meant(desk, command)
    if meant is not None:
        await desk.say(words.stock_note(meant.variants, desk.language))


async def ask_to_move(desk: Desk, command: Sold | Received) -> None:
    """Asks for a yes; or which variant; or says what is wrong."""
    meant = await _meant(desk, command)
    if meant is None:
        return
    sale = isinstance(command, Sold)
    units = meant.units if meant.units is not None else (1 if sale else 0)
    if not 0 < units <= MOST_UNITS:
        await desk.say(words.how_many(command.sku, desk.language))
    elif len(meant.variants) == 1:
        await ask_about(desk, meant.variants[0], units=units, sale=sale)
    else:
        which = WhichVariant(
            variant_ids=tuple(one.variant_id for one in meant.variants), units=units, sale=sale
        )
        await desk.ask(which, words.which_variant(meant.variants, desk.language))


async def variant_said(desk: Desk, which: WhichVariant) -> Held | None:
    """The variant that her words say, of those she was asked about."""
    variants = await held_stock.of_variants(desk.conn, variant_ids=which.variant_ids)
    return chosen(split(desk.message.body), variants, colours=COLOURS)


async def move(desk: Desk, change: MoveStock) -> None:
    """Writes the ledger, if the stock is still as she was told it was."""
    levels = await stock.lock_levels(desk.conn, variant_ids=[change.variant_id])
    found = await held_stock.of_variants(desk.conn, variant_ids=[change.variant_id])
    level = levels.get(change.variant_id)
    if not found or level is None:  # it was taken off sale meanwhile
        await desk.tell("over")
        return
    [one] = found
    short = -change.delta > level.available
    if short and not change.short_of_orders:
        await desk.say(words.stock_changed(desk.language))
        await ask_about(desk, one, units=-change.delta, sale=True)
        return
    if -change.delta > level.on_hand:
        await desk.say(words.not_enough(one, -change.delta, desk.language))
        return
    moved = await stock.move(
        desk.conn,
        boutique_id=desk.boutique.id,
        variant_id=change.variant_id,
        delta=change.delta,
        reason="sale" if change.delta < 0 else "restock",
        owner_message_id=desk.message.id,
    )
    if moved:
        await _note(desk, one, change.delta)
    if moved and change.delta < 0:
        await counter.note_told(
            desk.conn,
            variant_id=one.variant_id,
            quantity=-change.delta,
            unit_price_minor=one.price_minor,
        )
    [now] = await held_stock.of_variants(desk.conn, variant_ids=[change.variant_id])
    await desk.say(words.stock_moved(now, change.delta, desk.language))


async def ask_about(desk: Desk, one: Held, *, units: int, sale: bool) -> None:
    """Asks for a yes to selling or receiving units of a variant."""
    if sale and units > one.on_hand:
        await desk.say(words.not_enough(one, units, desk.language))
        return
    delta = -units if sale else units
    change = MoveStock(
        variant_id=one.variant_id, delta=delta, short_of_orders=sale and units > one.available
    )
    await desk.confirm(change, words.stock_question(one, delta, desk.language))


async def _meant(desk: Desk, command: PieceWords) -> Meant | None:
    """The variants that are meant; None when the owner was told what is wrong."""
    variants = await held_stock.by_sku(desk.conn, sku=command.sku)
    if not variants:
        near = await _nearest(desk, command.sku)
        await desk.say(words.unknown_sku(command.sku, near, desk.language))
        return None
    said = [_NUMBERS.get(word.lower(), word) for word in command.words]
    meant = variants_meant(said, variants, colours=COLOURS)
    if meant.unknown:
        text = words.unknown_variant(command.sku, meant.unknown, meant.variants, desk.language)
        await desk.say(text)
        return None
    return meant


async def _nearest(desk: Desk, sku: str) -> Sequence[str]:
    known = {one.lower(): one for one in await held_stock.skus(desk.conn)}
    near = process.extract(sku.lower(), list(known), scorer=fuzz.ratio, score_cutoff=60, limit=3)
    return [known[one] for one, _, _ in near]


async def _note(desk: Desk, one: Held, delta: int) -> None:
    await audit.write(
        desk.conn,
        actor="staff",
        action="stock_sold" if delta < 0 else "stock_added",
        subject=f"variant:{one.sku}",
        details={"units": abs(delta)},
    )
