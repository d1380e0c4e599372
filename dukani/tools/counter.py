"""Sells a piece over the counter, so that the assistant never sells what is gone."""

from __future__ import annotations

from dukani.core.database import Connection
from dukani.core.errors import Conflict, NotFound, OutOfStock
from dukani.core.store import counter_sales, stock
from dukani.core.store.counter_sales import CounterSale, PaidBy


async def sell(
    conn: Connection,
    *,
    variant_id: str,
    quantity: int,
    unit_price_minor: int,
    paid_by: PaidBy,
    user_id: str,
) -> CounterSale:
    """The sale, with its entry in the stock ledger. Raises NotFound, OutOfStock.

    What open orders hold is not sold, though it still hangs in the shop.
    """
    levels = await stock.lock_levels(conn, variant_ids=[variant_id])
    if variant_id not in levels:
        raise NotFound("There is no such piece here.")
    available = levels[variant_id].available
    if quantity > available:
        raise OutOfStock(variant_id=variant_id, wanted=quantity, available=max(available, 0))
    sale_id = await counter_sales.add(
        conn,
        variant_id=variant_id,
        quantity=quantity,
        unit_price_minor=unit_price_minor,
        paid_by=paid_by,
        user_id=user_id,
    )
    return await the_sale(conn, sale_id=sale_id or "")


async def the_sale(conn: Connection, *, sale_id: str) -> CounterSale:
    """Raises NotFound."""
    found = await counter_sales.get(conn, sale_id=sale_id)
    if found is None:
        raise NotFound("There is no such sale here.")
    return found


async def undo(conn: Connection, *, sale_id: str, user_id: str) -> CounterSale:
    """Undoes a sale of the same day, once; its pieces are in stock again.

    Raises NotFound, or Conflict for a sale of another day.
    """
    sale = await the_sale(conn, sale_id=sale_id)
    if sale.undone_at is not None:
        return sale
    if not sale.is_of_today:
        raise Conflict("This was sold on another day: move the stock of the piece instead.")
    await counter_sales.undo(conn, sale_id=sale_id, user_id=user_id)
    return await the_sale(conn, sale_id=sale_id)
