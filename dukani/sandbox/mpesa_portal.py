"""Stand-in for M-Pesa's web portal, where a shop downloads the statement of its account."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Literal

from fastapi import APIRouter, HTTPException, Response

from dukani.core.clients.daraja import NAIROBI
from dukani.sandbox.models import Push, TillPayment
from dukani.sandbox.outside import TheOutside
from dukani.sandbox.statement import Moved, as_csv, as_pdf, as_xlsx, strangers

router = APIRouter(tags=["daraja"])

_MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


@router.get("/daraja/statement.{kind}")
async def download_statement(
    outside: TheOutside,
    kind: Literal["csv", "xlsx", "pdf"],
    account: str = "zuri",
    password: str | None = None,
) -> Response:
    """What came in by prompts and at the till, and of the day before: two payments more, a charge,
    and the reversal of the last."""
    if outside.world.accounts.get(account) is None:
        raise HTTPException(404, "There is no such account.")
    pushes = [one for one in outside.world.pushes.values() if one.account == account]
    moves = [_moved(one) for one in pushes if one.receipt]
    moves += [
        _at_the_till(it) for it in outside.world.till_payments.values() if it.account == account
    ]
    others = strangers(account, datetime.now(UTC).astimezone(NAIROBI))
    moves += [*others, _reversal(others[-1])]
    if kind == "pdf":
        data = as_pdf(account, moves, password=password)
    else:
        data = {"csv": as_csv, "xlsx": as_xlsx}[kind](account, moves)
    headers = {"content-disposition": f'attachment; filename="statement.{kind}"'}
    return Response(data, media_type=_MEDIA[kind], headers=headers)


def _moved(push: Push) -> Moved:
    who = f"{push.phone[:4]}******{push.phone[-3:]}"
    return Moved(
        push.receipt or "",
        datetime.fromtimestamp(push.at, NAIROBI),
        f"Merchant Payment from {who} Acc. {push.reference}",
        push.amount * 100,
        who,
    )


def _at_the_till(one: TillPayment) -> Moved:
    who = f"{one.phone[:4]}******{one.phone[-3:]}" if one.phone else "2547******000"
    said = "Merchant Payment from" if one.cents > 0 else "Merchant Payment to"
    party = f"{who} - {one.name.upper()}" if one.name else who
    at = datetime.fromtimestamp(one.at, NAIROBI)
    return Moved(one.receipt, at, f"{said} {party}", one.cents, party)


def _reversal(one: Moved) -> Moved:
    return Moved(
        f"{one.receipt[:-1]}R",
        one.at + timedelta(minutes=30),
        f"Transaction Reversal of {one.receipt}",
        -one.cents,
        one.party,
        one.receipt,
    )
