"""A prompt of one shilling to the owner's own phone, by the way that customers are asked.

It is of no order, and nothing but its own steps changes by it. The prompt leaves by a job, at most
once; its result comes by the callback, or Daraja is asked.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial

import structlog

from dukani.core.clients.mpesa_answers import refusal_as_result
from dukani.core.clients.stk import DARAJA_MSISDN, PAYLINK_MSISDN, takes_phone
from dukani.core.clients.stk_callback import StkCallback
from dukani.core.crypto import new_token
from dukani.core.database import Connection
from dukani.core.errors import (
    ConfigurationError,
    Conflict,
    InvalidValue,
    NotFound,
    ProviderRefused,
    ProviderUnavailable,
    ProviderUnclear,
)
from dukani.core.jobs import defer_trial_push, defer_trial_question
from dukani.core.services import Services
from dukani.core.store import boutiques, mpesa_tests, payments, provider_accounts
from dukani.core.store.boutiques import Boutique
from dukani.core.store.mpesa_tests import MpesaTest, TestProvider
from dukani.tools.payments import accounts
from dukani.tools.payments.loose_prompts import push_loose
from dukani.tools.payments.request import PhoneHadEnough

log = structlog.get_logger()

AMOUNT_UNITS = 1
ASK_AFTER_S = (45, 90)  # an owner waits for the answer with the phone in her hand
OPEN_FOR = timedelta(minutes=3)  # then nothing more is heard of a prompt


class TestUnderWay(Conflict):
    """A test prompt is on its way: answer it on the phone, or wait three minutes."""


async def begin(conn: Connection, *, boutique_id: str, user_id: str) -> MpesaTest:
    """Store a test and defer its prompt. Needs the assistant's rights.

    Raises InvalidValue, NotFound, TestUnderWay, PhoneHadEnough.
    """
    boutique = await boutiques.get(conn, boutique_id=boutique_id)
    assert boutique is not None  # the caller is a member of it
    provider, account = await _account(conn, boutique)
    phone = _phone(boutique, provider)
    last = await mpesa_tests.newest(conn, account=account)
    if last and last.ended_at is None and datetime.now(UTC) - last.created_at < OPEN_FOR:
        raise TestUnderWay
    if not await payments.count_prompt(conn, phone=phone):
        raise PhoneHadEnough
    test_id = await mpesa_tests.add(
        conn,
        provider=provider,
        account=account,
        phone=phone,
        amount_minor=AMOUNT_UNITS * 100,
        callback_token=new_token(),
        started_by=user_id,
    )
    await defer_trial_push(conn, boutique_id=boutique_id, test_id=test_id)
    return await _test(conn, test_id)


async def _account(conn: Connection, boutique: Boutique) -> tuple[TestProvider, str]:
    provider = boutique.payment_provider
    mine = {one.provider: one for one in await provider_accounts.of_boutique(conn)}
    if provider == "manual" or provider not in mine:
        raise NotFound("The shop has no M-Pesa account that can send prompts yet.")
    return provider, mine[provider].account


def _phone(boutique: Boutique, provider: TestProvider) -> str:
    phone = boutique.owner_phone
    pattern = PAYLINK_MSISDN if provider == "paylink" else DARAJA_MSISDN
    if phone is None or not takes_phone(pattern, phone):
        raise InvalidValue(
            field="owner_phone",
            remedy="Give the owner's Safaricom number in the shop profile: the prompt goes there.",
        )
    return phone


async def push_trial(services: Services, *, boutique_id: str, test_id: str) -> None:
    """Send the prompt, at most once."""
    async with services.database.tenant_connection(boutique_id) as conn:
        test = await _test(conn, test_id)
        boutique = await boutiques.get(conn, boutique_id=boutique_id)
        assert boutique is not None  # it has a test
        token = await mpesa_tests.token_of(conn, test_id=test_id)
        if test.sending_at is not None:  # a worker died after the claim: it may be on the phone
            await _ask_later(conn, test, step=0)
            return
        try:
            account = await accounts.account_for(conn, services, boutique_id, test.provider)
        except ConfigurationError as error:
            await _end(conn, test, *refusal_as_result("credentials", str(error)))
            return
    pushed = await push_loose(
        services,
        account,
        about=f"test:{test_id}",
        amount_units=AMOUNT_UNITS,
        currency=boutique.currency,
        phone=test.phone,
        reference="TEST",
        description="Test",
        callback_token=token,
        claim=partial(_claim, services, test),
    )
    async with services.database.tenant_connection(boutique_id) as conn:
        if pushed.refused is not None:
            await _end(conn, test, pushed.refused.code, pushed.refused.text)
            return
        await mpesa_tests.add_step(
            conn,
            boutique_id=boutique_id,
            test_id=test_id,
            step="accepted",
            checkout_request_id=pushed.checkout_request_id,
        )
        await _ask_later(conn, test, step=0)


async def _claim(services: Services, test: MpesaTest) -> None:
    """Raises ProviderUnclear when another worker claimed the prompt."""
    async with services.database.tenant_connection(test.boutique_id) as conn:
        if not await mpesa_tests.add_step(
            conn, boutique_id=test.boutique_id, test_id=test.id, step="sending"
        ):
            raise ProviderUnclear("claimed by another worker", provider=test.provider)


async def ask_about_trial(services: Services, *, boutique_id: str, test_id: str, step: int) -> None:
    """Ask Daraja, where no callback came; after the last question the test is over."""
    async with services.database.tenant_connection(boutique_id) as conn:
        test = await _test(conn, test_id)
        if test.ended_at is not None:
            return
        account = await accounts.query_account(conn, services, boutique_id, test.provider)
    answer = None
    if account is not None and test.checkout_request_id is not None:
        try:
            answer = await services.daraja.query(account, test.checkout_request_id)
        except (ProviderUnavailable, ProviderRefused) as error:
            log.warning("mpesa_test_not_told", test_id=test_id, reason=str(error))
    async with services.database.tenant_connection(boutique_id) as conn:
        if answer is not None and not answer.pending:
            await _end(conn, test, str(answer.result_code), answer.result_desc)
        elif step + 1 < len(ASK_AFTER_S):
            await _ask_later(conn, test, step=step + 1)
        else:
            await _end(conn, test, "no_answer", "M-Pesa did not answer")


async def note_callback(conn: Connection, test: MpesaTest, callback: StkCallback) -> None:
    """What M-Pesa reports to the test's own, unguessable address. Needs a system connection."""
    await _end(conn, test, callback.result_code, callback.result_desc, receipt=callback.receipt)


async def _end(
    conn: Connection, test: MpesaTest, code: str, text: str, *, receipt: str | None = None
) -> None:
    await mpesa_tests.add_step(
        conn,
        boutique_id=test.boutique_id,
        test_id=test.id,
        step="ended",
        result_code=code,
        result_text=text,
        receipt=receipt,
    )


async def _ask_later(conn: Connection, test: MpesaTest, *, step: int) -> None:
    await defer_trial_question(
        conn,
        boutique_id=test.boutique_id,
        test_id=test.id,
        step=step,
        delay=timedelta(seconds=ASK_AFTER_S[step]),
    )


async def _test(conn: Connection, test_id: str) -> MpesaTest:
    test = await mpesa_tests.get(conn, test_id=test_id)
    assert test is not None  # a job is deferred with the test it is about
    return test
