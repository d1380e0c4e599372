"""Erases one customer: her rows at once, her files by a job after that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from dukani.core.database import Connection
from dukani.core.errors import Conflict, NotFound
from dukani.core.queue import defer
from dukani.core.services import Services
from dukani.core.store import customer_erasing, debts


class NotErasable(Conflict):
    """Something of this customer is not over yet."""


@dataclass(frozen=True, slots=True)
class Report:
    """How many rows of each table went, how many stay without whose they were; and files."""

    erased_at: datetime
    removed: Mapping[str, int]
    kept: Mapping[str, int]
    files: int


async def erase(conn: Connection, *, boutique_id: str, customer_id: str) -> Report:
    """The report; the first one's, if she was erased before.

    Raises NotFound, and NotErasable while an order is under way, money is looked at or owed.
    """
    if (before := await customer_erasing.report(conn, customer_id=customer_id)) is not None:
        return Report(**before)
    if not await customer_erasing.lock(conn, customer_id=customer_id):
        raise NotFound("There is no such customer here.")
    await _require_nothing_open(conn, customer_id)
    done = await customer_erasing.erase(conn, customer_id=customer_id)
    files: Sequence[str] = done["files"]
    if files:
        await defer(
            conn,
            "remove_erased_files",
            lock=f"erased:{customer_id}",
            boutique_id=boutique_id,
            paths=list(files),
        )
    written = await customer_erasing.report(conn, customer_id=customer_id)
    assert written is not None  # just written
    return Report(**written)


async def _require_nothing_open(conn: Connection, customer_id: str) -> None:
    open_orders = await customer_erasing.open_orders(conn, customer_id=customer_id)
    for one in open_orders:
        if one.under_review:
            raise NotErasable(f"Money of order {one.number} is under review. Settle it first.")
    if open_orders:
        numbers = ", ".join(one.number for one in open_orders)
        raise NotErasable(
            f"Not over yet: {numbers}. Deliver or cancel first, then erase the customer."
        )
    if owed := await debts.owed_by(conn, customer_id=customer_id):
        raise NotErasable(f"Still owed for: {', '.join(owed)}. Take the money in first.")


async def remove_erased_files(
    services: Services, *, boutique_id: str, paths: Sequence[str]
) -> None:
    """Files that nothing points to any more. One that is gone already is no error."""
    for path in paths:
        if not path.startswith(f"{boutique_id}/"):
            raise ValueError(f"{path!r} is not of boutique {boutique_id}")
        await services.media.remove(path)
