"""Sells pieces over the counter, so that the assistant never sells what is gone."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace

from dukani.core.database import Connection
from dukani.core.errors import Conflict, InvalidValue, NotFound, OutOfStock
from dukani.core.phone import BadPhoneNumber, to_e164
from dukani.core.store import boutiques, counter_sales, customers, stock
from dukani.core.store.counter_sales import NOBODY, Buyer, CounterSale, PaidBy, SoldPiece
from dukani.tools import debts

_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without look-alikes such as O and 0
_NUMBER_TRIES = 5


async def sell(
    conn: Connection,
    *,
    boutique_id: str,
    pieces: Sequence[SoldPiece],
    paid_by: PaidBy,
    reference: str | None = None,
    buyer: Buyer = NOBODY,
    user_id: str,
) -> CounterSale:
    """The sale, with its entries in the stock ledger.

    What open orders hold is not sold, though it still hangs in the shop. Raises NotFound,
    OutOfStock (nothing is sold then), InvalidValue, or Conflict for money that paid a debt.
    """
    if paid_by == "credit" and not buyer.name:
        raise InvalidValue(field="buyer_name", remedy="Say who will pay later.")
    variant_ids = [piece.variant_id for piece in pieces]
    if len(set(variant_ids)) < len(variant_ids):
        raise InvalidValue(field="items", remedy="Name a piece once, with its quantity.")
    if reference is not None:
        await debts.require_not_of_debt(conn, reference=reference)
    levels = await stock.lock_levels(conn, variant_ids=variant_ids)
    for piece in pieces:
        _require(piece, levels.get(piece.variant_id))
    sale_id = await _add(
        conn,
        pieces=pieces,
        paid_by=paid_by,
        reference=reference,
        buyer=await _known(conn, buyer, boutique_id=boutique_id),
        user_id=user_id,
    )
    await counter_sales.move_stock(conn, sale_id=sale_id)
    return await the_sale(conn, sale_id=sale_id)


def _require(piece: SoldPiece, level: stock.Level | None) -> None:
    if level is None:
        raise NotFound("There is no such piece here.")
    if piece.quantity > level.available:
        raise OutOfStock(
            variant_id=piece.variant_id, wanted=piece.quantity, available=max(level.available, 0)
        )


async def _known(conn: Connection, buyer: Buyer, *, boutique_id: str) -> Buyer:
    """The buyer with the phone in E.164, and the customer whose phone it is. InvalidValue."""
    if buyer.phone is None:
        return buyer
    boutique = await boutiques.get(conn, boutique_id=boutique_id)
    assert boutique is not None, "the boutique of an acting member's connection exists"
    try:
        phone = to_e164(buyer.phone, region=boutique.country)
    except BadPhoneNumber as error:
        raise InvalidValue(
            field="buyer_phone", value=buyer.phone, remedy="Send a number such as 0712 345 678."
        ) from error
    customer = await customers.by_phone(conn, phone=phone)
    return replace(buyer, phone=phone, customer_id=customer.id if customer else None)


async def note_told(
    conn: Connection, *, variant_id: str, quantity: int, unit_price_minor: int
) -> str:
    """Notes a sale that the owner told of in a message, which moved the stock; the sale's id.

    It counts at the price tag: the message says neither the price nor how it was paid.
    """
    piece = SoldPiece(variant_id, quantity, unit_price_minor)
    return await _add(conn, pieces=[piece], paid_by="unsaid")


async def _add(conn: Connection, **sale: object) -> str:
    for _ in range(_NUMBER_TRIES):
        number = "CS-" + "".join(secrets.choice(_LETTERS) for _ in range(6))
        sale_id = await counter_sales.add(conn, number=number, **sale)  # type: ignore[arg-type]
        if sale_id is not None:
            return sale_id
    raise NotFound("no free number of a sale was found")


async def the_sale(conn: Connection, *, sale_id: str) -> CounterSale:
    """Raises NotFound."""
    found = await counter_sales.get(conn, sale_id=sale_id)
    if found is None:
        raise NotFound("There is no such sale here.")
    return found


async def undo(conn: Connection, *, sale_id: str, user_id: str) -> CounterSale:
    """Undoes a sale of the same day, once; its pieces are in stock again.

    Raises NotFound, or Conflict for a sale of another day or one that was paid off in part.
    """
    sale = await the_sale(conn, sale_id=sale_id)
    if sale.undone_at is not None:
        return sale
    if not sale.is_of_today:
        raise Conflict("This was sold on another day: move the stock of the piece instead.")
    if sale.paid_by == "credit":
        await debts.require_unpaid(conn, debt_id=sale_id)
    await counter_sales.undo(conn, sale_id=sale_id, user_id=user_id)
    return await the_sale(conn, sale_id=sale_id)
