"""A prompt that must not leave any more, or cannot: nobody waits for it."""

from __future__ import annotations

import pytest

from dukani.core.services import Services
from dukani.core.store import orders, payments
from dukani.core.store.payments import Payment
from dukani.tools.payments import jobs as payment_jobs
from tests.fakes.daraja import FakeDaraja


async def push(services: Services, payment: Payment) -> None:
    await payment_jobs.push_payment(
        services, boutique_id=payment.boutique_id, payment_id=payment.id
    )


async def told(services: Services, payment: Payment) -> list[str]:
    async with services.database.tenant_connection(payment.boutique_id) as conn:
        cursor = await conn.execute(
            "select payload ->> 'code' as code from conversation_events order by id"
        )
        return [row["code"] for row in await cursor.fetchall()]


@pytest.mark.parametrize("ended", ["cancelled", "confirmed"])
async def test_no_prompt_is_sent_for_an_order_that_needs_no_money(
    services: Services, payment: Payment, daraja: FakeDaraja, ended: str
) -> None:
    # given a push that waited, while its order was cancelled or paid by the attempt before
    async with services.database.tenant_connection(payment.boutique_id) as conn:
        finish = orders.cancel if ended == "cancelled" else orders.confirm_paid
        assert await finish(conn, order_id=payment.order_id)

    # when its time has come
    await push(services, payment)

    # then nothing rings on her phone, and the attempt is ended by the conversation
    assert daraja.pushes == []
    assert await told(services, payment) == ["refused"]


@pytest.mark.parametrize(
    "break_it",
    [
        "delete from provider_credentials",
        "update provider_credentials set secrets = 'sealed with a lost key'",
    ],
)
async def test_credentials_that_are_gone_end_the_attempt(
    services: Services, payment: Payment, break_it: str
) -> None:
    async with services.database.system_connection() as conn:
        await conn.execute(break_it.encode())
    await push(services, payment)
    assert await told(services, payment) == ["refused"]


async def test_credentials_without_a_secret_end_the_attempt(
    services: Services, payment: Payment
) -> None:
    async with services.database.system_connection() as conn:
        await conn.execute(
            "update provider_credentials set secrets = %s",
            (services.secrets.seal({"consumer_key": "k"}),),
        )
    await push(services, payment)
    assert await told(services, payment) == ["refused"]


def test_a_payment_shows_neither_phone_nor_token(payment: Payment) -> None:
    assert payment.phone not in repr(payment)
    assert payment.callback_token not in repr(payment)


async def test_a_push_is_claimed_once(services: Services, payment: Payment) -> None:
    async with services.database.tenant_connection(payment.boutique_id) as conn:
        assert await payments.mark_sending(conn, payment_id=payment.id)
        assert not await payments.mark_sending(conn, payment_id=payment.id)
