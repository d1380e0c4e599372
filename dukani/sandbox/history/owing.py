"""What some buyers of the month took on credit, and what they paid of it since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from dukani.core.database import Connection
from dukani.core.services import Services
from dukani.core.store.counter_sales import Buyer, SoldPiece
from dukani.sandbox.history import past
from dukani.sandbox.history.people import Person
from dukani.sandbox.history.scene import Shop
from dukani.tools import counter, debts


@dataclass(frozen=True, slots=True)
class _Credit:
    """`customer`: the number of one of the month's customers; none: a neighbour, by her name."""

    days: int  # since it was taken
    customer: int | None
    name: str = ""
    paid: tuple[int, int] | None = None  # so many hundredths of it, so many days ago


_CREDITS = (
    _Credit(days=33, customer=None, name="Mama Njeri"),
    _Credit(days=19, customer=0, paid=(40, 6)),
    _Credit(days=9, customer=1),
    _Credit(days=3, customer=None, name="Teacher Otieno"),
    _Credit(days=2, customer=0),
)


async def take_on_credit(
    services: Services, shop: Shop, people: Sequence[Person], *, now: datetime, days: int
) -> None:
    """Only what lies within the shop's time, a month that may be shorter in a test."""
    for credit in _CREDITS:
        if credit.days > days + 5:
            continue
        person = people[credit.customer % len(people)] if credit.customer is not None else None
        async with services.database.tenant_connection(shop.boutique.id) as conn:
            sale_id = await _sell(conn, shop, credit, person)
            await past.happened(
                conn, boutique_id=shop.boutique.id, at=now - timedelta(days=credit.days, hours=3)
            )
        if credit.paid and sale_id:
            await _pay(services, shop, sale_id, credit.paid, now=now)


async def _sell(conn: Connection, shop: Shop, credit: _Credit, person: Person | None) -> str | None:
    variants = await shop.some_variants(conn, person)
    if not variants:
        return None
    member = await shop.somebody_works(conn)
    buyer = Buyer(person.name, person.phone) if person else Buyer(credit.name)
    sale = await counter.sell(
        conn,
        boutique_id=shop.boutique.id,
        pieces=[SoldPiece(variants[0].id, 1, variants[0].price_minor)],
        paid_by="credit",
        buyer=buyer,
        user_id=member.user_id,
    )
    return sale.id


async def _pay(
    services: Services, shop: Shop, sale_id: str, paid: tuple[int, int], *, now: datetime
) -> None:
    hundredths, days = paid
    async with services.database.tenant_connection(shop.boutique.id) as conn:
        member = await shop.somebody_works(conn)
        debt = await debts.the_debt(conn, debt_id=sale_id)
        await debts.take_payment(
            conn,
            debt_id=sale_id,
            amount_minor=debt.owed_minor * hundredths // 100 // 5000 * 5000,
            method="cash",
            reference=None,
            user_id=member.user_id,
        )
        await past.happened(
            conn, boutique_id=shop.boutique.id, at=now - timedelta(days=days, hours=2)
        )
