"""Putting the prompt of an attempt on the phone, at most once.

The attempt is claimed just before the request that makes the prompt, so a job that runs again
after a crash finds it claimed and only asks. Everything that may take long (a token, a session)
comes before the claim: whoever dies there has pushed nothing, and the next one pushes.
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
    """The account this attempt is charged with. Raises ConfigurationError when it is gone."""
    async with services.database.tenant_connection(payment.boutique_id) as conn:
        return await accounts.of(conn, services, payment.boutique_id, payment.provider)


async def push_prompt(
    services: Services,
    account: accounts.Account,
    payment: Payment,
    order: Order,
) -> PushAccepted:
    """Claim the attempt and put its prompt on the phone; raises what the clients raise.

    Raises ProviderUnclear too when another worker has claimed it, and ProviderRefused when its
    order needs no money any more.
    """
    return await accounts.push(
        services,
        account,
        amount_units=whole_units(payment.amount_minor, order.currency),
        phone=payment.phone,
        reference=order.number,
        # 1025, a push that was not sent, often comes of too long a description.
        description="Order" if payment.attempt > 1 else order.number,
        callback_token=payment.callback_token,
        before_push=partial(_claim, services, payment),
    )


async def _claim(services: Services, payment: Payment) -> None:
    """Raises ProviderUnclear when another worker has claimed it meanwhile and may have pushed.

    Raises ProviderRefused when its order needs no money any more: an attempt may wait for half
    a minute, and the one before it may turn out paid, or she may cancel.
    """
    async with services.database.tenant_connection(payment.boutique_id) as conn:
        if await payments.mark_sending(conn, payment_id=payment.id):
            return
        now, order = await payment_and_order(conn, payment.id)
    if now.status == "requested":
        raise ProviderRefused(f"the order is {order.status}", provider=payment.provider)
    raise ProviderUnclear("claimed by another worker", provider=payment.provider)


async def adopt_unclear_push(conn: Connection, payment: Payment) -> None:
    """A worker died between claiming and hearing back: there may be a prompt, so only ask."""
    if payment.status == "sending":
        await note_accepted(conn, payment, None)


async def note_accepted(conn: Connection, payment: Payment, accepted: PushAccepted | None) -> None:
    """The prompt is out, or may be (None): from now on M-Pesa is asked about it."""
    await payments.mark_pending(
        conn,
        payment_id=payment.id,
        checkout_request_id=accepted.checkout_request_id if accepted else None,
        merchant_request_id=accepted.merchant_request_id if accepted else None,
    )
    await defer_question(conn, payment, step=0)
