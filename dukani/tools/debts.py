"""Takes what a buyer on credit pays back, in parts, and never more than is owed."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.core.database import Connection
from dukani.core.errors import Conflict, InvalidValue, NotFound
from dukani.core.store import audit, debtors, debts
from dukani.core.store.debtors import Debtor
from dukani.core.store.debts import Debt, PaymentMethod


async def the_debt(conn: Connection, *, debt_id: str) -> Debt:
    """Raises NotFound."""
    found = await debts.get(conn, debt_id=debt_id)
    if found is None:
        raise NotFound("There is no such debt here.")
    return found


async def the_debtor(conn: Connection, *, debtor_id: str) -> Debtor:
    """Raises NotFound, also for somebody who owes nothing any more."""
    found = await debtors.get(conn, debtor_id=debtor_id)
    if found is None:
        raise NotFound("Nobody here owes that.")
    return found


def split(amount_minor: int, open_debts: Sequence[Debt]) -> dict[str, int]:
    """How a payment goes to sales, the oldest first. Raises InvalidValue when it is too much."""
    owed = sum(debt.owed_minor for debt in open_debts)
    if amount_minor > owed:
        raise InvalidValue(field="amount_minor", value=amount_minor, remedy=f"Only {owed} is owed.")
    parts: dict[str, int] = {}
    left = amount_minor
    for debt in sorted(open_debts, key=lambda one: (one.created_at, one.id)):
        part = min(left, debt.owed_minor)
        if part:
            parts[debt.id] = part
        left -= part
    return parts


async def take_payment(
    conn: Connection,
    *,
    debt_id: str,
    amount_minor: int,
    method: PaymentMethod,
    reference: str | None,
    user_id: str,
) -> Debt:
    """For one sale; what is owed after it. Raises NotFound, InvalidValue, or Conflict."""
    await _require_money(conn, method, reference)
    await debts.lock(conn, debt_ids=[debt_id])
    debt = await the_debt(conn, debt_id=debt_id)
    await debts.add_payment(
        conn,
        parts=split(amount_minor, [debt]),
        method=method,
        reference=reference,
        phone=debt.buyer_phone,
        user_id=user_id,
    )
    return await the_debt(conn, debt_id=debt_id)


async def take_payment_of(
    conn: Connection,
    *,
    debtor_id: str,
    amount_minor: int,
    method: PaymentMethod,
    reference: str | None,
    user_id: str,
) -> str:
    """For all that she owes, the oldest sale first; the payment's id.

    Raises NotFound, InvalidValue, or Conflict for money noted before.
    """
    await _require_money(conn, method, reference)
    seen = await debtors.debts_of(conn, debtor_id=debtor_id)
    await debts.lock(conn, debt_ids=[debt.id for debt in seen])
    debtor = await the_debtor(conn, debtor_id=debtor_id)
    known = {debt.id for debt in seen}
    # What she took on credit meanwhile is not locked, and waits for her next payment.
    now = [debt for debt in await debtors.debts_of(conn, debtor_id=debtor_id) if debt.id in known]
    return await debts.add_payment(
        conn,
        parts=split(amount_minor, now),
        method=method,
        reference=reference,
        phone=debtor.phone,
        user_id=user_id,
    )


async def take_back(conn: Connection, *, payment_id: str, reason: str, user_id: str) -> None:
    """A payment that was a slip, or that M-Pesa took back. NotFound, the second time too."""
    sales = await debts.sales_of_payment(conn, payment_id=payment_id)
    if not sales:
        raise NotFound("There is no such payment here, or it was taken back.")
    await debts.lock(conn, debt_ids=sales)
    if not await debts.take_back(conn, payment_id=payment_id, reason=reason, user_id=user_id):
        raise NotFound("This payment was taken back.")
    await audit.write_by_member(
        conn,
        action="debt_payment_taken_back",
        subject=f"debt_payment:{payment_id}",
        details={"reason": reason},
    )


async def write_off(conn: Connection, *, debt_id: str, reason: str, user_id: str) -> Debt:
    """What is left of a sale is owed no more. Raises NotFound, or Conflict for a paid one."""
    await debts.lock(conn, debt_ids=[debt_id])
    debt = await the_debt(conn, debt_id=debt_id)
    if debt.owed_minor == 0:
        raise Conflict("Nothing is owed of this.")
    await debts.write_off(
        conn, debt_id=debt_id, amount_minor=debt.owed_minor, reason=reason, user_id=user_id
    )
    return await the_debt(conn, debt_id=debt_id)


async def _require_money(conn: Connection, method: PaymentMethod, reference: str | None) -> None:
    """Raises InvalidValue, or Conflict for M-Pesa money that was noted before."""
    if (method == "mpesa") != (reference is not None):
        raise InvalidValue(field="reference", remedy="M-Pesa has a reference, cash has none.")
    if reference is not None:
        await debts.lock_reference(conn, reference=reference)
        if await debts.is_used(conn, reference=reference):
            raise Conflict("This M-Pesa reference is written down already.")


async def require_not_of_debt(conn: Connection, *, reference: str) -> None:
    """Raises Conflict for M-Pesa money that was written down as a payment of a debt."""
    await debts.lock_reference(conn, reference=reference)
    if await debts.is_of_debt(conn, reference=reference):
        raise Conflict("This M-Pesa reference paid a debt already.")


async def require_unpaid(conn: Connection, *, debt_id: str) -> None:
    """Raises Conflict when something was paid or written off: that would be of no sale."""
    await debts.lock(conn, debt_ids=[debt_id])
    made = await debts.entries(conn, debt_id=debt_id)
    if sum(e.amount_minor for e in made if e.kind in ("payment", "taken_back", "write_off")):
        raise Conflict("Part of this was paid: it cannot be undone.")
