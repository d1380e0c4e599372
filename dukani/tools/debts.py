"""Takes what a buyer on credit pays back, in parts, and never more than is owed."""

from __future__ import annotations

from dukani.core.database import Connection
from dukani.core.errors import Conflict, InvalidValue, NotFound
from dukani.core.store import debts
from dukani.core.store.debts import Debt, PaymentMethod


async def the_debt(conn: Connection, *, debt_id: str) -> Debt:
    """Raises NotFound."""
    found = await debts.get(conn, debt_id=debt_id)
    if found is None:
        raise NotFound("There is no such debt here.")
    return found


async def take_payment(
    conn: Connection,
    *,
    debt_id: str,
    amount_minor: int,
    method: PaymentMethod,
    reference: str | None,
    user_id: str,
) -> Debt:
    """What is owed after it. Raises NotFound, InvalidValue, or Conflict for money noted before."""
    if (method == "mpesa") != (reference is not None):
        raise InvalidValue(field="reference", remedy="M-Pesa has a reference, cash has none.")
    await debts.lock(conn, debt_id=debt_id)
    debt = await the_debt(conn, debt_id=debt_id)
    if amount_minor > debt.owed_minor:
        raise InvalidValue(
            field="amount_minor", value=amount_minor, remedy=f"Only {debt.owed_minor} is owed."
        )
    if reference is not None:
        await _require_new(conn, reference)
    await debts.add_payment(
        conn,
        debt_id=debt_id,
        amount_minor=amount_minor,
        method=method,
        reference=reference,
        user_id=user_id,
    )
    return await the_debt(conn, debt_id=debt_id)


async def _require_new(conn: Connection, reference: str) -> None:
    await debts.lock_reference(conn, reference=reference)
    if await debts.is_used(conn, reference=reference):
        raise Conflict("This M-Pesa reference is written down already.")


async def require_unpaid(conn: Connection, *, debt_id: str) -> None:
    """Raises Conflict when something was paid: that money would be of no sale."""
    await debts.lock(conn, debt_id=debt_id)
    made = await debts.entries(conn, debt_id=debt_id)
    if any(entry.kind == "payment" for entry in made):
        raise Conflict("Part of this was paid: it cannot be undone.")
