"""Runs the jobs of a top-up: its prompt leaves once, and M-Pesa is asked until it has told the end.

A prompt of which nothing is known is asked about again and again, and never sent again by itself.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import structlog

from dukani.core.clients.daraja import StkResult
from dukani.core.clients.mpesa_answers import refusal_as_result
from dukani.core.database import Connection
from dukani.core.errors import (
    ConfigurationError,
    ProviderRefused,
    ProviderUnavailable,
    ProviderUnclear,
)
from dukani.core.jobs import defer_top_up_question
from dukani.core.money import whole_units
from dukani.core.services import Services
from dukani.core.store import top_ups, webhook_events
from dukani.core.store.top_ups import TopUp
from dukani.tools.payments import platform_account
from dukani.tools.payments.callbacks import read_callback, verify
from dukani.tools.payments.judgement import Result
from dukani.tools.payments.loose_prompts import push_loose
from dukani.tools.payments.top_ups import settle, the_top_up

log = structlog.get_logger()

# Seconds from the push to each question: the owner waits with the phone in her hand.
ASK_AFTER_S = (45, 100, 300, 900, 1800)
LAST_QUESTION = len(ASK_AFTER_S) - 1


async def push_top_up(services: Services, *, boutique_id: str, top_up_id: str) -> None:
    """Send the prompt, at most once."""
    async with services.database.tenant_connection(boutique_id) as conn:
        top_up = await the_top_up(conn, top_up_id)
        token = await top_ups.token_of(conn, top_up_id=top_up_id)
        if top_up.sending_at is not None:  # a worker died after the claim: it may be on the phone
            await _ask_later(conn, top_up, step=0)
            return
        try:
            account = platform_account.account_of(services.settings, top_up.provider)
        except ConfigurationError as error:
            await _fail(conn, top_up, Result(*refusal_as_result("credentials", str(error))))
            return
    pushed = await push_loose(
        services,
        account,
        about=f"top_up:{top_up_id}",
        amount_units=whole_units(top_up.amount_minor, top_up.currency),
        currency=top_up.currency,
        phone=top_up.phone,
        reference="TOKENS",
        description="Tokens",
        callback_token=token,
        claim=partial(_claim, services, top_up),
    )
    async with services.database.tenant_connection(boutique_id) as conn:
        if pushed.refused is not None:
            # So that no job sends it again.
            await top_ups.add_step(conn, top_up_id=top_up_id, step="sending")
            await _fail(conn, top_up, pushed.refused)
            return
        if pushed.checkout_request_id is not None:
            await top_ups.add_step(
                conn,
                top_up_id=top_up_id,
                step="accepted",
                checkout_request_id=pushed.checkout_request_id,
            )
        await _ask_later(conn, top_up, step=0)


async def _fail(conn: Connection, top_up: TopUp, refused: Result) -> None:
    """No prompt was made, whatever the code means elsewhere."""
    await top_ups.add_step(
        conn,
        top_up_id=top_up.id,
        step="failed",
        result_code=refused.code,
        result_text=refused.text[:500],
    )


async def _claim(services: Services, top_up: TopUp) -> None:
    """Raises ProviderUnclear when another worker claimed the prompt."""
    async with services.database.tenant_connection(top_up.boutique_id) as conn:
        if not await top_ups.add_step(conn, top_up_id=top_up.id, step="sending"):
            raise ProviderUnclear("claimed by another worker", provider=top_up.provider)


async def ask_about_top_up(
    services: Services, *, boutique_id: str, top_up_id: str, step: int
) -> None:
    """Ask Daraja, where no callback came; after the last question a person must look."""
    async with services.database.tenant_connection(boutique_id) as conn:
        top_up = await the_top_up(conn, top_up_id)
    if not top_up.is_open:
        return
    answer = await _ask(services, top_up.checkout_request_id)
    async with services.database.tenant_connection(boutique_id) as conn:
        if answer is not None and not answer.pending:
            await settle(conn, top_up, Result(str(answer.result_code), answer.result_desc))
        if not (await the_top_up(conn, top_up_id)).is_open:
            return
        if step < LAST_QUESTION:
            await _ask_later(conn, top_up, step=step + 1)
        elif await top_ups.add_step(conn, top_up_id=top_up_id, step="unanswered"):
            log.error("top_up_unanswered", top_up_id=top_up_id, boutique_id=boutique_id)


async def handle_top_up_callback(
    services: Services, *, boutique_id: str, top_up_id: str, webhook_event_id: int
) -> None:
    """Settle what came to the top-up's own, unguessable address."""
    async with services.database.system_connection() as conn:
        event = await webhook_events.get(conn, event_id=webhook_event_id)
    callback = read_callback(event) if event is not None else None
    if event is None or callback is None or event.outcome == "handled":
        return
    async with services.database.tenant_connection(boutique_id) as conn:
        top_up = await the_top_up(conn, top_up_id)
    known = top_up.checkout_request_id
    is_its = known in (None, callback.checkout_request_id)
    if is_its:
        result = await verify(
            callback,
            amount_minor=top_up.amount_minor,
            currency=top_up.currency,
            trusted=True,
            ask=partial(_ask, services, callback.checkout_request_id),
        )
        async with services.database.tenant_connection(boutique_id) as conn:
            # The callback may come before the answer to the push.
            await top_ups.add_step(
                conn,
                top_up_id=top_up_id,
                step="accepted",
                checkout_request_id=callback.checkout_request_id,
            )
            if result is not None:
                await settle(conn, top_up, result)
    else:
        log.error("top_up_callback_of_another_prompt", top_up_id=top_up_id)
    async with services.database.system_connection() as conn:
        outcome: webhook_events.Outcome = "handled" if is_its else "unmatched"
        await webhook_events.set_outcome(conn, event_id=event.id, outcome=outcome)


async def _ask(services: Services, checkout_request_id: str | None) -> StkResult | None:
    """Daraja's result; None if it cannot be asked or does not answer."""
    if checkout_request_id is None:
        return None
    try:
        account = platform_account.daraja_account(services.settings)
        return await services.daraja.query(account, checkout_request_id)
    except (ConfigurationError, ProviderUnavailable, ProviderRefused) as error:
        log.warning("top_up_not_told", reason=str(error))
        return None


async def _ask_later(conn: Connection, top_up: TopUp, *, step: int) -> None:
    waited = ASK_AFTER_S[step - 1] if step else 0
    await defer_top_up_question(
        conn,
        boutique_id=top_up.boutique_id,
        top_up_id=top_up.id,
        step=step,
        delay=timedelta(seconds=ASK_AFTER_S[step] - waited),
    )
