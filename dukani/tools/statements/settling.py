"""A person says what a line of a statement is: which order it pays, which sale, or neither."""

from __future__ import annotations

from dukani.core.database import Connection
from dukani.core.errors import Conflict, NotFound
from dukani.core.store import (
    audit,
    counter_sales,
    debtors,
    payments,
    statement_matches,
    statements,
)
from dukani.core.store import debts as debt_store
from dukani.core.store.statement_matches import OpenLine, SetAside, Thing
from dukani.core.store.statements import KeptLine
from dukani.domain.statement_lines import same_phone
from dukani.domain.statement_matching import WINDOW, candidates
from dukani.tools import debts, order_desk
from dukani.tools.dispatching import the_order

_MOST_DEBTORS = 300


async def choices_for(conn: Connection, line: KeptLine) -> list[Thing]:
    """What a person may choose from for a line that is left, the most likely first."""
    around = WINDOW["order"]
    found = await statement_matches.choices(
        conn,
        amount_minor=line.amount_minor,
        since=line.completed_at - around,
        until=line.completed_at + around,
    )
    open_line = OpenLine(
        line.id, line.kind, line.receipt, line.original, line.amount_minor, line.completed_at,
        line.phone,
    )  # fmt: skip
    return [*candidates(open_line, found), *await _who_may_have_paid(conn, line)]


async def _who_may_have_paid(conn: Connection, line: KeptLine) -> list[Thing]:
    """Those who owe just this sum, or have the phone that it came from and owe no less."""
    owing = await debtors.page(conn, age=None, after=None, limit=_MOST_DEBTORS)
    return [
        Thing("debtor", one.id, None, line.amount_minor, one.since, one.phone)
        for one in owing
        if one.owed_minor == line.amount_minor
        or (one.owed_minor > line.amount_minor and same_phone(line.phone, one.phone))
    ]


async def pays_order(
    conn: Connection, *, boutique_id: str, line_id: str, order_id: str, decided_by: str
) -> None:
    """Say that this money is for that order; an open order is then paid, as its chat is told.

    Raises NotFound, or Conflict where the line is decided, or the sum is another.
    """
    line = await _left(conn, line_id)
    order = await the_order(conn, order_id=order_id, lock=True)
    if order.total_minor != line.amount_minor and not await _its_receipt(conn, line, order.id):
        raise Conflict("The order is for another sum: set the money aside, or give it back.")
    payment_id = await _without_receipt(conn, order.id, line)
    if payment_id is None:
        await order_desk.paid_outside(
            conn, boutique_id=boutique_id, order_id=order.id, reference=line.receipt
        )
        latest = await payments.latest_of_order(conn, order_id=order.id)
        assert latest is not None  # `paid_outside` made an attempt, or found one
        payment_id = latest.id
    await _put(conn, line, kind="payment", thing_id=payment_id, decided_by=decided_by)


async def _its_receipt(conn: Connection, line: KeptLine, order_id: str) -> bool:
    holder = await payments.holder_of_receipt(conn, receipt=line.receipt)
    return holder is not None and holder.order_id == order_id


async def _without_receipt(conn: Connection, order_id: str, line: KeptLine) -> str | None:
    """The attempt that this line is: with its receipt, or one that succeeded without any."""
    attempts = await payments.of_order(conn, order_id=order_id)
    for one in attempts:
        if one.receipt == line.receipt:
            return one.id
    for one in attempts:
        if one.status == "succeeded" and one.receipt is None:
            return one.id
    return None


async def is_sale(conn: Connection, *, line_id: str, sale_id: str, decided_by: str) -> None:
    """Say that this money is of that sale in the shop. Raises NotFound, Conflict."""
    line = await _left(conn, line_id)
    sale = await counter_sales.get(conn, sale_id=sale_id)
    if sale is None:
        raise NotFound("There is no such sale here.")
    if sale.paid_by != "mpesa" or sale.undone_at is not None:
        raise Conflict("That sale was not paid by M-Pesa, or was undone.")
    if sale.total_minor != line.amount_minor:
        raise Conflict("That sale was for another sum.")
    await _put(conn, line, kind="sale", thing_id=sale.id, decided_by=decided_by)


async def is_debt_payment(
    conn: Connection, *, line_id: str, payment_id: str, decided_by: str
) -> None:
    """Say that this money is that payment of a debt. Raises NotFound, Conflict."""
    line = await _left(conn, line_id)
    paid = await debt_store.mpesa_payment(conn, payment_id=payment_id)
    if paid is None:
        raise NotFound("There is no such payment of a debt here.")
    if paid != line.amount_minor:
        raise Conflict("That payment was of another sum.")
    await _put(conn, line, kind="debt_payment", thing_id=payment_id, decided_by=decided_by)


async def pays_debt(conn: Connection, *, line_id: str, debtor_id: str, decided_by: str) -> None:
    """Say that this money pays what somebody owes. Raises NotFound, InvalidValue, Conflict."""
    line = await _left(conn, line_id)
    if line.kind != "paid_in":
        raise Conflict("Only money that came in pays for something.")
    payment_id = await debts.take_payment_of(
        conn,
        debtor_id=debtor_id,
        amount_minor=line.amount_minor,
        method="mpesa",
        reference=line.receipt,
        user_id=decided_by,
    )  # by its receipt it claims the line
    await _note(conn, line, "matched", {"debt_payment": payment_id})


async def set_aside(
    conn: Connection, *, line_id: str, reason: SetAside, note: str, decided_by: str
) -> None:
    """Say that this money is no sale of the shop's. Raises NotFound, Conflict."""
    line = await _left(conn, line_id)
    if not await statement_matches.set_aside(
        conn, line_id=line.id, reason=reason, note=note, decided_by=decided_by
    ):
        raise _decided()
    await _note(conn, line, "set_aside", {"reason": reason, "note": note})


async def _left(conn: Connection, line_id: str) -> KeptLine:
    await statements.lock(conn)
    line = await statements.line(conn, line_id=line_id)
    if line is None:
        raise NotFound("There is no such line here.")
    if line.state != "left":
        raise _decided()
    return line


async def _put(
    conn: Connection, line: KeptLine, *, kind: str, thing_id: str, decided_by: str
) -> None:
    if line.kind != "paid_in":
        raise Conflict("Only money that came in pays for something.")
    if not await statement_matches.put(
        conn, line_id=line.id, kind=kind, thing_id=thing_id, how="person", decided_by=decided_by
    ):
        raise Conflict("Other money was found to be that already.")
    await _note(conn, line, "matched", {kind: thing_id})


def _decided() -> Conflict:
    return Conflict("This line is dealt with already.")


async def _note(
    conn: Connection, line: KeptLine, action: str, details: dict[str, str | None]
) -> None:
    await audit.write_by_member(
        conn,
        action=f"statement_line_{action}",
        subject=f"statement_line:{line.id}",
        details={"receipt": line.receipt, **details},
    )
