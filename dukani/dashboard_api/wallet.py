"""The wallet: message tokens, what became of each, what a message costs, and buying more."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from dukani.core.clients.daraja import NAIROBI
from dukani.core.errors import InvalidValue, NotFound
from dukani.core.inert import inert
from dukani.core.phone import BadPhoneNumber, to_e164
from dukani.core.store import boutiques, message_rates, top_ups, wallet, wallet_statement
from dukani.core.store.message_rates import REST
from dukani.core.store.wallet_statement import Move, Moves
from dukani.dashboard_api.access import AMember, AnActingOwner, AnOwner, Member
from dukani.dashboard_api.idempotency import IdempotencyKey, once
from dukani.dashboard_api.key_holders import PeopleOnly
from dukani.dashboard_api.looking import Uncovers
from dukani.dashboard_api.pages import AskedPage, Page
from dukani.dashboard_api.wallet_answers import (
    MessageRate,
    NewTopUp,
    Rates,
    TopUpList,
    Wallet,
    WalletMove,
    WalletTopUp,
)
from dukani.tools.payments import top_ups as buying

router = APIRouter(prefix="/boutiques/{boutique_id}/wallet", tags=["wallet"])

LOW_AT = 100  # tokens: too few for a campaign to a small shop's customers
MOST_IN_A_FILE = 20_000
_HEADINGS = ("number", "at", "kind", "tokens", "change", "available_after", "campaign_id",
             "campaign", "recipient", "receipt", "amount_minor", "currency", "note")  # fmt: skip
_A_CSV: dict[int | str, dict[str, Any]] = {
    200: {"description": "The statement", "content": {"text/csv": {"schema": {"type": "string"}}}}
}


def _today() -> date:
    return datetime.now(UTC).astimezone(NAIROBI).date()


async def _token_price(member: Member) -> int:
    price = await message_rates.token_price(member.conn, currency=buying.CURRENCY, day=_today())
    return price.price_minor if price else 0


@router.get("")
async def get_wallet(member: AMember) -> Wallet:
    now = await wallet.balance(member.conn)
    price = await _token_price(member)
    return Wallet(
        available=now.available,
        held=now.held,
        spent=now.spent,
        is_low=now.available < LOW_AT,
        currency=buying.CURRENCY,
        token_price_minor=price,
        worth_minor=now.available * price,
    )


@router.get("/rates")
async def get_message_rates(member: AMember) -> Rates:
    found = await message_rates.on(member.conn, day=_today())
    found.sort(key=lambda rate: (rate.category, rate.region == REST))
    return Rates(
        token_price_minor=await _token_price(member),
        currency=buying.CURRENCY,
        rates=[MessageRate.model_validate(rate) for rate in found],
    )


@router.get("/transfers")
async def list_wallet_transfers(
    owner: AnOwner,
    asked: AskedPage,
    which: Annotated[Moves, Query(alias="filter")] = "all",
    campaign_id: UUID | None = None,
) -> Page[WalletMove]:
    rows = await wallet_statement.page(
        owner.conn,
        which=which,
        campaign_id=str(campaign_id) if campaign_id else None,
        after=asked.after(int),
        limit=asked.limit + 1,
    )
    return asked.page(rows, Move.key, WalletMove.model_validate)


@router.get("/statement", response_class=Response, responses=_A_CSV)
async def get_wallet_statement(
    owner: AnOwner,
    _: Uncovers,
    which: Annotated[Moves, Query(alias="filter")] = "all",
    campaign_id: UUID | None = None,
) -> Response:
    """The newest moves as a file for a spreadsheet, at most twenty thousand."""
    rows = await wallet_statement.page(
        owner.conn,
        which=which,
        campaign_id=str(campaign_id) if campaign_id else None,
        after=None,
        limit=MOST_IN_A_FILE,
    )
    written = io.StringIO()
    lines = csv.writer(written)
    lines.writerow(_HEADINGS)
    lines.writerows(_line(row) for row in rows)
    headers = {"content-disposition": 'attachment; filename="message-tokens.csv"',
               "cache-control": "private, no-store"}  # fmt: skip
    return Response(written.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


def _line(row: Move) -> tuple[object, ...]:
    return (row.id, row.at.isoformat(), row.kind, row.tokens, row.change, row.available_after,
            row.campaign_id, inert(row.campaign_name or ""), inert(row.recipient or ""),
            row.receipt, row.amount_minor, row.currency, inert(row.note or ""))  # fmt: skip


@router.get("/top-ups")
async def list_top_ups(owner: AnOwner, limit: Annotated[int, Query(ge=1, le=50)] = 10) -> TopUpList:
    """The last ones, newest first."""
    found = await top_ups.latest(owner.conn, limit=limit)
    return TopUpList(items=[WalletTopUp.of(one) for one in found])


@router.post("/top-ups", status_code=201)
async def buy_tokens(
    owner: AnActingOwner,
    request: Request,
    wanted: NewTopUp,
    _: PeopleOnly,
    idempotency_key: IdempotencyKey = None,
) -> WalletTopUp:
    """A prompt to the phone; its tokens are there when it is paid."""

    async def begin() -> WalletTopUp:
        begun = await buying.begin(
            owner.conn,
            owner.services.settings,
            boutique_id=owner.boutique_id,
            tokens=wanted.tokens,
            phone=await _phone(owner, wanted.phone),
            user_id=owner.signed_in.user_id,
        )
        return WalletTopUp.of(begun)

    return await once(owner, request, idempotency_key, begin, WalletTopUp)


async def _phone(owner: Member, given: str | None) -> str:
    shop = await boutiques.get(owner.conn, boutique_id=owner.boutique_id)
    assert shop is not None  # the caller is a member of it
    if given is not None:
        try:
            return to_e164(given, region=shop.country)
        except BadPhoneNumber:
            raise InvalidValue(field="phone", remedy=buying.PHONE_REMEDY) from None
    if shop.owner_phone is None:
        raise InvalidValue(field="phone", remedy="Give the number that pays.")
    return shop.owner_phone


@router.get("/top-ups/{top_up_id}")
async def get_top_up(owner: AnOwner, top_up_id: UUID) -> WalletTopUp:
    found = await top_ups.get(owner.conn, top_up_id=str(top_up_id))
    if found is None:
        raise NotFound("There is no such top-up here.")
    return WalletTopUp.of(found)
