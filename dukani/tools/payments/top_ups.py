"""Buying message tokens: begins a prompt to the platform's till, and settles what M-Pesa tells.

The row of the top-up is there before its prompt, and every step of it is added once. Money that is
reported later than a failure still buys its tokens; none is credited twice.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import structlog

from dukani.core.clients.daraja import NAIROBI
from dukani.core.clients.mpesa_answers import outcome_of
from dukani.core.clients.mpesa_outcomes import Kind
from dukani.core.clients.stk import DARAJA_MSISDN, MAX_AMOUNT_UNITS, takes_phone
from dukani.core.crypto import new_token
from dukani.core.database import Connection
from dukani.core.errors import CallerError, ConfigurationError, Conflict, InvalidValue
from dukani.core.jobs import defer_top_up_push
from dukani.core.money import to_minor, whole_units
from dukani.core.settings import Settings
from dukani.core.store import audit, message_rates, payments, top_ups, wallet
from dukani.core.store.top_ups import TopUp
from dukani.tools.payments.judgement import Result
from dukani.tools.payments.platform_account import daraja_account, provider_for
from dukani.tools.payments.request import PhoneHadEnough

log = structlog.get_logger()

CURRENCY = "KES"  # M-Pesa's
LEAST_TOKENS = 10
PHONE_REMEDY = "Give a Safaricom number, as 0712 345 678: the prompt goes there."
OPEN_FOR = timedelta(minutes=3)  # then a prompt is on no phone any more, and another may be sent


class TopUpUnderWay(Conflict):
    """A payment for tokens is on its way: answer it on the phone, or wait three minutes."""


class TokensNotSold(CallerError):
    """Message tokens cannot be bought here yet: ask whoever runs this installation."""

    http_status = 409


async def price_minor(conn: Connection, *, tokens: int) -> int:
    """What so many tokens cost today, in whole shillings; minor units of KES."""
    today = datetime.now(UTC).astimezone(NAIROBI).date()
    price = await message_rates.token_price(conn, currency=CURRENCY, day=today)
    if price is None:
        raise TokensNotSold
    return to_minor(whole_units(tokens * price.price_minor, CURRENCY), CURRENCY)


async def begin(
    conn: Connection,
    settings: Settings,
    *,
    boutique_id: str,
    tokens: int,
    phone: str,
    user_id: str | None,
) -> TopUp:
    """Store a top-up and defer its prompt. Needs the assistant's rights, or an operator's.

    Raises InvalidValue, TokensNotSold, TopUpUnderWay, PhoneHadEnough.
    """
    try:
        account = daraja_account(settings)
    except ConfigurationError as missing:
        log.error("tokens_not_sold", reason=str(missing))
        raise TokensNotSold from missing
    amount_minor = await _amount(conn, tokens)
    if not takes_phone(DARAJA_MSISDN, phone):
        raise InvalidValue(field="phone", remedy=PHONE_REMEDY)
    last = await top_ups.newest(conn, lock=True)
    if last and last.state == "waiting" and datetime.now(UTC) - last.created_at < OPEN_FOR:
        raise TopUpUnderWay
    if not await payments.count_prompt(conn, phone=phone):
        raise PhoneHadEnough
    top_up_id = await top_ups.add(
        conn,
        tokens=tokens,
        amount_minor=amount_minor,
        currency=CURRENCY,
        provider=provider_for(settings, phone),
        account=account.till or account.shortcode,
        phone=phone,
        callback_token=new_token(),
        started_by=user_id,
    )
    await defer_top_up_push(conn, boutique_id=boutique_id, top_up_id=top_up_id)
    return await the_top_up(conn, top_up_id)


async def _amount(conn: Connection, tokens: int) -> int:
    amount_minor = await price_minor(conn, tokens=max(tokens, 1))
    if tokens < LEAST_TOKENS:
        raise InvalidValue(
            field="tokens", value=tokens, remedy=f"Buy at least {LEAST_TOKENS} tokens."
        )
    if whole_units(amount_minor, CURRENCY) > MAX_AMOUNT_UNITS:
        most = tokens * to_minor(MAX_AMOUNT_UNITS, CURRENCY) // amount_minor
        raise InvalidValue(
            field="tokens",
            value=tokens,
            remedy=f"M-Pesa takes {MAX_AMOUNT_UNITS:,} shillings at once: buy {most:,} or fewer.",
        )
    return amount_minor


async def settle(conn: Connection, top_up: TopUp, result: Result) -> None:
    """Note what M-Pesa told of a top-up; paid, its tokens are credited in the same transaction.

    `conn` is a connection of its boutique. What is not final is not noted.
    """
    meaning = outcome_of(result.code, result.text)
    if meaning.kind is Kind.PAID:
        await _take_money(conn, top_up, result)
    elif meaning.kind not in (Kind.UNKNOWN, Kind.SENT):
        await top_ups.add_step(
            conn,
            top_up_id=top_up.id,
            step="failed",
            result_code=result.code,
            result_text=result.text[:500],
        )


async def _take_money(conn: Connection, top_up: TopUp, result: Result) -> None:
    wrong = result.amount_minor not in (None, top_up.amount_minor)
    if wrong or result.unread:
        await _send_to_review(conn, top_up, result)
        return
    added = await top_ups.add_step(
        conn,
        top_up_id=top_up.id,
        step="paid",
        receipt=result.receipt,
        received_minor=result.amount_minor,
    )
    if added:
        await wallet.credit_top_up(conn, top_up_id=top_up.id)
        await audit.write(
            conn,
            actor="provider",
            action="tokens_bought",
            subject=f"top_up:{top_up.id}",
            details={
                "tokens": top_up.tokens,
                "amount_minor": top_up.amount_minor,
                "currency": top_up.currency,
                "receipt": result.receipt,
            },
        )
        return
    await _note_receipt(conn, top_up, result)


async def _note_receipt(conn: Connection, top_up: TopUp, result: Result) -> None:
    """Of a top-up that was paid before; a second receipt, or another's, is for a person."""
    now = await the_top_up(conn, top_up.id)
    if result.receipt is None or now.receipt == result.receipt:
        return
    if now.paid_at is None or now.receipt is not None:
        await _send_to_review(conn, top_up, result)
        return
    if not await top_ups.add_step(
        conn, top_up_id=top_up.id, step="receipt", receipt=result.receipt
    ):
        await _send_to_review(conn, top_up, result)


async def _send_to_review(conn: Connection, top_up: TopUp, result: Result) -> None:
    if await top_ups.add_step(
        conn,
        top_up_id=top_up.id,
        step="review",
        result_code=result.code,
        result_text=result.text[:500],
        receipt=result.receipt,
        received_minor=result.amount_minor,
    ):
        log.error(
            "top_up_needs_review", top_up_id=top_up.id, boutique_id=top_up.boutique_id,
            receipt=result.receipt, received_minor=result.amount_minor,
            asked_minor=top_up.amount_minor,
        )  # fmt: skip


async def the_top_up(conn: Connection, top_up_id: str) -> TopUp:
    found = await top_ups.get(conn, top_up_id=top_up_id)
    assert found is not None  # a job is deferred with the top-up it is about
    return found
