"""Pushes the prompt of a payment attempt to the phone, at most once.

The attempt is claimed just before the request that makes the prompt, so a job that runs again
after a crash finds the claim and only queries. Slow steps (a token, a session) come before the
claim: after a crash there nothing has been pushed, and the next run pushes.
"""

from __future__ import annotations

from functools import partial

from dukani.core.clients.stk import PushAccepted
from dukani.core.database import Connection
from dukani.core.errors import ProviderRefused, ProviderUnclear
from dukani.core.money import whole_units
from dukani.core.services import Services
from dukani.core.store import payments
from dukani.core.store.orders import Order
from dukani.core.store.payments import Payment
from dukani.tools.payments import accounts
from dukani.tools.payments.questions import defer_question
from dukani.tools.payments.request import payment_and_order


async def account_of(services: Services, payment: Payment) -> accounts.Account:
    """The account this attempt is charged with. Raises ConfigurationError if it is gone."""
    async with services.database.tenant_connection(payment.boutique_id) as conn:
        return await accounts.account_for(conn, services, payment.boutique_id, payment.provider)


async def push_prompt(
    services: Services,
    account: accounts.Account,
    payment: Payment,
    order: Order,
) -> PushAccepted:
    """Claims the attempt and pushes its prompt.

    Raises the clients' errors, ProviderUnclear if another worker has claimed the attempt, and
    ProviderRefused if its order needs no payment any more.
    """
    return await accounts.push(
        services,
        account,
        amount_units=whole_units(payment.amount_minor, order.currency),
        currency=order.currency,
        phone=payment.phone,
        reference=order.number,
        # Error 1025 (push not sent) is often caused by a long description, so a retry is short.
        description="Order" if payment.attempt > 1 else order.number,
        callback_token=payment.callback_token,
        before_push=partial(_claim, services, payment),
    )


async def _claim(services: Services, payment: Payment) -> None:
    """Claims the attempt. Raises ProviderUnclear if another worker has, and may have pushed.

    Raises ProviderRefused if the order needs no payment any more: a retry waits for half a minute,
    and meanwhile the earlier attempt may turn out paid, or the customer may cancel.
    """
    async with services.database.tenant_connection(payment.boutique_id) as conn:
        if await payments.mark_sending(conn, payment_id=payment.id):
            return
        now, order = await payment_and_order(conn, payment.id)
    if now.status == "requested":
        raise ProviderRefused(f"the order is {order.status}", provider=payment.provider)
    raise ProviderUnclear("claimed by another worker", provider=payment.provider)


async def adopt_unclear_push(conn: Connection, payment: Payment) -> None:
    """Queries an attempt whose worker died after the claim: the prompt may be on the phone."""
    if payment.status == "sending":
        await note_accepted(conn, payment, None)


async def note_accepted(conn: Connection, payment: Payment, accepted: PushAccepted | None) -> None:
    """Marks the attempt pending and defers its first query; `accepted` None: push unclear."""
    await payments.mark_pending(
        conn,
        payment_id=payment.id,
        checkout_request_id=accepted.checkout_request_id if accepted else None,
        merchant_request_id=accepted.merchant_request_id if accepted else None,
    )
    await defer_question(conn, payment, step=0)
