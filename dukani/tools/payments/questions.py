"""Queries Daraja for the result of a payment attempt, and schedules these queries."""

from __future__ import annotations

from datetime import timedelta

import structlog

from dukani.core import jobs
from dukani.core.clients.daraja import DarajaAccount, StkResult
from dukani.core.clients.mpesa_answers import outcome_of_query_error
from dukani.core.database import Connection
from dukani.core.errors import ConfigurationError, ProviderRefused, ProviderUnavailable
from dukani.core.services import Services
from dukani.core.store.payments import Payment
from dukani.tools.payments import accounts
from dukani.tools.payments.setup_alarm import tell_of_setup

log = structlog.get_logger()

# Seconds from the push to each query, since callbacks come late, twice or never.
ASK_AFTER_S = (75, 180, 600, 1800)
LAST_QUESTION = len(ASK_AFTER_S) - 1
# Interval of further queries while the payment is under review.
ASK_IN_REVIEW_EVERY = timedelta(hours=1)


async def ask(services: Services, payment: Payment) -> StkResult | None:
    """Daraja's result of an attempt; None if Daraja cannot be queried or does not answer."""
    if payment.checkout_request_id is None:
        return None
    try:
        account = await _account(services, payment)
        if account is None:
            return None
        return await services.daraja.query(account, payment.checkout_request_id)
    except ConfigurationError as error:
        log.error("payment_query_impossible", payment_id=payment.id, reason=str(error))
        await _tell_the_owner(services, payment, "credentials", str(error))
    except ProviderRefused as error:
        log.warning("payment_query_refused", payment_id=payment.id, reason=str(error))
        await _tell_the_owner(services, payment, error.code, error.said)
    except ProviderUnavailable as error:
        log.warning("payment_query_failed", payment_id=payment.id, reason=str(error))
    return None


async def _tell_the_owner(
    services: Services, payment: Payment, code: str | None, said: str
) -> None:
    """Tells the owner if a query was refused because of the shop's M-Pesa set-up."""
    meaning = outcome_of_query_error(code, said)
    async with services.database.tenant_connection(payment.boutique_id) as conn:
        await tell_of_setup(
            conn, boutique_id=payment.boutique_id, meaning=meaning, code=code, said=said
        )


async def _account(services: Services, payment: Payment) -> DarajaAccount | None:
    async with services.database.tenant_connection(payment.boutique_id) as conn:
        return await accounts.query_account(conn, services, payment.boutique_id, payment.provider)


async def defer_question(conn: Connection, payment: Payment, *, step: int) -> None:
    """Defers the query number `step` to its time in ASK_AFTER_S."""
    waited = ASK_AFTER_S[step - 1] if step else 0
    await jobs.defer_question(
        conn,
        lock=jobs.question_lock(payment.id),
        boutique_id=payment.boutique_id,
        payment_id=payment.id,
        step=step,
        delay=timedelta(seconds=ASK_AFTER_S[step] - waited),
    )
