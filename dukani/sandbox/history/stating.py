"""M-Pesa's side of the month: a statement that was imported, and what its portal has since then."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from dukani.core.database import Connection
from dukani.core.services import Services
from dukani.core.store import payment_list
from dukani.core.store.payment_list import ListedPayment, Wanted
from dukani.sandbox.history import past
from dukani.sandbox.history.scene import Shop
from dukani.sandbox.models import TillPayment
from dukani.sandbox.statement import Moved, as_csv, strangers
from dukani.sandbox.till import remember
from dukani.tools.statements import importing
from dukani.tools.statements.reading import read_statement

_MOST = 2000  # payments of a month
FILE_NAME = "M-PESA statement.csv"


async def bring_in_a_statement(services: Services, shop: Shop, *, at: datetime) -> None:
    """As the owner would, at `at`: a sale without its receipt is left to her."""
    boutique = shop.boutique
    zone = ZoneInfo(boutique.timezone)
    async with services.database.tenant_connection(boutique.id) as conn:
        known = await _known(conn, until=at)
        moves = [_moved(one, zone) for one in known]
        moves += strangers(boutique.slug, at.astimezone(zone))
        written_down = [one for one in known if one.receipt]
        if written_down:
            moves.append(_reversed(_moved(written_down[-1], zone), boutique.slug))
        data = as_csv(boutique.name, moves)
        read = read_statement(data, timezone=boutique.timezone, currency=boutique.currency)
        await importing.take_in(
            conn,
            read,
            digest=importing.digest_of(data),
            file_name=FILE_NAME,
            imported_by=None,
        )
        await past.happened(conn, boutique_id=boutique.id, at=at)


async def tell_the_portal(services: Services, shop: Shop, *, since: datetime) -> None:
    """M-Pesa knows of what came since the statement, so that the shop's day can be closed."""
    boutique = shop.boutique
    async with services.database.tenant_connection(boutique.id) as conn:
        found = await payment_list.page(conn, Wanted(since=since), after=None, limit=_MOST)
    payments = [
        TillPayment(
            receipt=_receipt(one),
            account=boutique.slug,
            phone=(one.phone or "").removeprefix("+"),
            name=one.name or "",
            cents=one.amount_minor,
            at=one.at.timestamp(),
        )
        for one in found
        if one.state in ("matched", "under_review") and one.line_id is None
    ]
    remember(services.settings.data_dir / "sandbox.json", payments)


def _receipt(one: ListedPayment) -> str:
    """Nobody wrote it down, but M-Pesa has one."""
    return one.receipt or f"TN{one.id.replace('-', '')[:8].upper()}"


def _reversed(one: Moved, slug: str) -> Moved:
    """M-Pesa gave the customer's money back a quarter of an hour later."""
    receipt = f"TR{slug[:3].upper():X<3}7K2Q9"
    return Moved(
        receipt,
        one.at + timedelta(minutes=15),
        f"Transaction Reversal of {one.receipt}",
        -one.cents,
        one.party,
        one.receipt,
    )


async def _known(conn: Connection, *, until: datetime) -> list[ListedPayment]:
    """What M-Pesa took for the shop, the oldest first: prompts, and sales in the shop."""
    found = await payment_list.page(
        conn, Wanted(state="matched", until=until), after=None, limit=_MOST
    )
    return [one for one in reversed(found) if one.provider != "manual"]


def _moved(one: ListedPayment, zone: ZoneInfo) -> Moved:
    return Moved(
        _receipt(one),
        one.at.astimezone(zone),
        f"Merchant Payment from {_shown(one.phone)}",
        one.amount_minor,
        f"{_shown(one.phone)} - {(one.name or 'Customer').upper()}",
    )


def _shown(phone: str | None) -> str:
    """As M-Pesa shows a number to a shop."""
    return f"{phone[1:5]}******{phone[-3:]}" if phone else "2547******000"
