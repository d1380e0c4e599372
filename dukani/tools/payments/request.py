"""Requests payment of an order: stores an attempt and defers its push, in one transaction.

Nothing here calls M-Pesa; the job in `jobs` does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from dukani.core.clients.stk import MSISDN, most_units, takes_phone
from dukani.core.crypto import new_token
from dukani.core.database import Connection
from dukani.core.errors import CallerError
from dukani.core.jobs import defer_push
from dukani.core.money import to_minor, whole_units
from dukani.core.payment_providers import PROMPTERS, PromptProvider
from dukani.core.store import orders, payments
from dukani.core.store.orders import Order
from dukani.core.store.payments import Payment, PaymentProvider
from dukani.tools import orders as order_tools


class PhoneHadEnough(CallerError):
    """This phone has reached its daily number of prompts."""

    http_status = 429


@dataclass(frozen=True, slots=True)
class Ways:
    """A boutique's payment methods: the provider it chose, and those it has credentials of."""

    provider: PaymentProvider
    has: frozenset[PromptProvider]


def may_be_prompted(phone: str, *, by: PaymentProvider) -> bool:
    """Whether a shop that is paid `by` this can ask this phone (E.164) for money.

    Without prompts it does not matter which number it is: a person says how to pay.
    """
    prompters = PROMPTERS[by]
    return not prompters or any(takes_phone(MSISDN[one], phone) for one in prompters)


def provider_for(ways: Ways, *, phone: str, amount_units: int, currency: str) -> PaymentProvider:
    """Who prompts this phone (E.164) for this amount (whole units of `currency`), or `manual`.

    PayLink's schema refuses 2541… numbers, so those go to Daraja directly.
    """
    if amount_units > most_units(currency):
        return "manual"
    for prompter in PROMPTERS[ways.provider]:
        if prompter in ways.has and takes_phone(MSISDN[prompter], phone):
            return prompter
    return "manual"


def payable_minor(amount_minor: int, currency: str) -> int:
    """The amount M-Pesa is asked for: whole shillings, with cents rounded up; minor units."""
    return to_minor(whole_units(amount_minor, currency), currency)


async def request_payment(
    conn: Connection,
    *,
    boutique_id: str,
    order: Order,
    phone: str,
    ways: Ways,
    delay: timedelta | None = None,
) -> Payment | None:
    """Stores a new attempt, reserves the pieces and defers its push; None if one is in flight.

    Raises PhoneHadEnough, HeldEnough, and OutOfStock if released pieces were sold; then the caller
    must roll back.
    """
    units = whole_units(order.total_minor, order.currency)
    provider = provider_for(ways, phone=phone, amount_units=units, currency=order.currency)
    payment_id = await payments.add(
        conn,
        boutique_id=boutique_id,
        order_id=order.id,
        provider=provider,
        phone=phone,
        amount_minor=payable_minor(order.total_minor, order.currency),
        callback_token=new_token(),
    )
    if payment_id is None:
        return None
    if provider != "manual" and not await payments.count_prompt(conn, phone=phone):
        raise PhoneHadEnough
    await order_tools.reserve_again(conn, order, boutique_id=boutique_id)
    await orders.set_payment_status(conn, order_id=order.id, payment_status="pending")
    if provider == "manual":
        await payments.mark_pending(
            conn, payment_id=payment_id, checkout_request_id=None, merchant_request_id=None
        )
    else:
        await defer_push(conn, boutique_id=boutique_id, payment_id=payment_id, delay=delay)
    return await payments.get(conn, payment_id=payment_id)


async def payment_and_order(conn: Connection, payment_id: str) -> tuple[Payment, Order]:
    """The payment attempt of a job, with its order."""
    payment = await payments.get(conn, payment_id=payment_id)
    assert payment is not None  # a job is deferred with the payment it is about
    order = await orders.get(conn, order_id=payment.order_id)
    assert order is not None  # the foreign key holds it
    return payment, order
