"""Records an SMS of a customer: a stop or a start is done at once, anything else is for a person.

The assistant does not talk by SMS. What was written stands in the customer's chat, and the shop is
asked once, until somebody has dealt with it.
"""

from __future__ import annotations

from typing import cast

import stamina
import structlog
from psycopg.errors import DeadlockDetected

from dukani.agent.wording.owner_replies import customer_named
from dukani.agent.wording.sms import consent_told, sms_note
from dukani.core.channels import SmsProvider
from dukani.core.database import Connection
from dukani.core.phone import mask_phone
from dukani.core.store import consents, conversations, requests, sms_inbox, webhook_events
from dukani.core.store.boutiques import Boutique
from dukani.core.store.consents import Purpose
from dukani.core.store.customers import Customer
from dukani.core.store.inbox import Sender
from dukani.core.store.messages import DESPITE_STOP
from dukani.domain.sms_words import consent_said
from dukani.tools.messaging import queue_owner_note
from dukani.tools.sms import queue_sms
from dukani.webhooks.dependencies import Webhooks
from dukani.webhooks.identity import recognise
from dukani.webhooks.inbound import InboundSms
from dukani.webhooks.raw_events import event_of

log = structlog.get_logger()

# A stop by SMS ends offers everywhere; a start lets SMS come again, and no offers.
_SAID: dict[str, tuple[bool, tuple[Purpose, ...]]] = {
    "stop": (False, ("sms", "marketing")),
    "start": (True, ("sms",)),
}


@stamina.retry(on=DeadlockDetected, attempts=3, wait_initial=0.05, wait_jitter=0.05)
async def record_sms(webhooks: Webhooks, boutique: Boutique, item: InboundSms) -> None:
    """All of it in one transaction, once however often it is told."""
    async with webhooks.services.database.tenant_connection(boutique.id) as conn:
        event = event_of(item) | {"boutique_id": boutique.id, "outcome": "handled"}
        if await webhook_events.store(conn, **event) is None:
            return
        sender = Sender(item.phone, None, None)
        customer = await recognise(conn, boutique, sender, at=item.sent_at)
        conversation_id = await conversations.of_customer(
            conn, customer_id=customer.id, provider=boutique.whatsapp_provider
        )
        if not await sms_inbox.keep(
            conn,
            conversation_id=conversation_id,
            provider=cast(SmsProvider, item.provider),
            provider_id=item.event_key,
            body=item.text,
            sent_at=item.sent_at,
        ):
            return
        said = consent_said(item.text)
        if said is None:
            await _ask_for_a_person(conn, boutique, customer, conversation_id, item.text)
        else:
            await _change_consent(conn, boutique, customer, item, said=said)


async def _change_consent(
    conn: Connection, boutique: Boutique, customer: Customer, item: InboundSms, *, said: str
) -> None:
    """Note what was said, every time; the customer is told where it changes something."""
    granted, purposes = _SAID[said]
    before = await consents.latest(conn, customer_id=customer.id, purpose="sms")
    for purpose in purposes:
        await consents.record(
            conn,
            customer_id=customer.id,
            purpose=purpose,
            granted=granted,
            source="sms",
            words=item.text,
        )
    log.info("sms_consent_changed", boutique=boutique.slug, granted=granted)
    if item.told_by_provider or (before is not None and before.granted is granted):
        return
    language = customer.language or boutique.language
    await queue_sms(
        conn,
        boutique_id=boutique.id,
        customer_id=customer.id,
        text=consent_told(boutique.name, granted=granted, language=language),
        purpose="utility",
        payload={DESPITE_STOP: True},
    )


async def _ask_for_a_person(
    conn: Connection, boutique: Boutique, customer: Customer, conversation_id: str, words: str
) -> None:
    if not words or await sms_inbox.is_asked_for(conn, conversation_id=conversation_id):
        return
    await requests.add(
        conn,
        customer_id=customer.id,
        conversation_id=conversation_id,
        kind="other",
        words=words,
        details={"channel": "sms"},
    )
    who = customer_named(
        customer.name, mask_phone(customer.phone or ""), language=boutique.language
    )
    note = sms_note(who, words, language=boutique.language)
    await queue_owner_note(conn, boutique, note, about=conversation_id)
