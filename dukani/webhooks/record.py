"""Records inbound events, each once (idempotent): message, event and job in one transaction."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import stamina
import structlog
from psycopg.errors import DeadlockDetected

from dukani.agent.local_reader import says_stop
from dukani.agent.wording.owner import nameless_note
from dukani.agent.wording.owner_alarms import flood_note
from dukani.campaigns.automations.statuses import note_told
from dukani.campaigns.statuses import note_statuses
from dukani.core.clients.send_errors import note_unknown
from dukani.core.database import Connection, Executes
from dukani.core.jobs import Partition, defer_paced_turn, defer_turn
from dukani.core.observability import metrics
from dukani.core.observability.following import following_on
from dukani.core.phone import mask_phone
from dukani.core.store import (
    automation_statuses,
    consents,
    conversations,
    inbox,
    outbox,
    owner_notices,
    webhook_events,
)
from dukani.core.store.boutiques import Boutique
from dukani.core.store.customers import Customer
from dukani.core.store.inbox import Arrival, Sender
from dukani.core.store.messages import Message
from dukani.core.store.outbox import Told
from dukani.core.store.pace import Pace, wait_of
from dukani.core.store.webhook_events import Outcome
from dukani.tools import refusals
from dukani.tools.messaging import queue_owner_note
from dukani.webhooks.bodies import kept
from dukani.webhooks.dependencies import Webhooks
from dukani.webhooks.directory import InboundNumber, SharedNumber
from dukani.webhooks.identity import recognise, record_change
from dukani.webhooks.inbound import (
    Aside,
    DeliveryStatus,
    IdentityChange,
    Inbound,
    InboundMessage,
    InboundSms,
    NamelessMessage,
    Preference,
)
from dukani.webhooks.owner_messages import is_the_owners, record_owner_message
from dukani.webhooks.raw_events import event_of, kind_of
from dukani.webhooks.shared_number import record_shared
from dukani.webhooks.sms_record import record_sms

log = structlog.get_logger()

FLOOD_IS_NEWS = timedelta(hours=24)


async def record(
    webhooks: Webhooks, number: InboundNumber | SharedNumber | None, item: Inbound
) -> None:
    """Store one event of a provider and defer the job it needs."""
    outcome = "failed"
    try:
        await _record(webhooks, number, item)
        outcome = "recorded" if number is not None else "unknown_number"
    finally:
        kind = _label(item)
        metrics.WEBHOOK_EVENTS.labels(item.provider, kind, outcome).inc()
        log.debug("webhook_recorded", provider=item.provider, kind=kind, outcome=outcome)


def _label(item: Inbound) -> str:
    """The item's kind for a metric, which must not have as many as providers invent."""
    if isinstance(item, IdentityChange):
        return "identity"
    return "aside" if isinstance(item, Aside) else kind_of(item)


async def _record(
    webhooks: Webhooks, number: InboundNumber | SharedNumber | None, item: Inbound
) -> None:
    match number:
        case InboundNumber():
            await _record_for(webhooks, number.boutique, item)
        case SharedNumber():
            theirs = partial(_record_for, webhooks)
            if not await record_shared(webhooks, number.credentials, item, theirs):
                await _store_without_boutique(webhooks, item)
        case None:
            await _store_without_boutique(webhooks, item)


async def _record_for(webhooks: Webhooks, boutique: Boutique, item: Inbound) -> None:
    match item:
        case InboundMessage():
            await _record_message(webhooks, boutique, item)
        case InboundSms():
            await record_sms(webhooks, boutique, item)
        case DeliveryStatus():
            await _record_status(webhooks, boutique, item)
        case Preference():
            await _record_preference(webhooks, boutique, item)
        case IdentityChange():
            await record_change(webhooks, boutique, item)
        case NamelessMessage():
            await _record_nameless(webhooks, boutique, item)
        case Aside():
            await _store(webhooks, boutique, item, outcome=item.outcome)
        case _:
            await _store(webhooks, boutique, item, outcome="ignored")


async def _store_without_boutique(webhooks: Webhooks, item: Inbound) -> None:
    """Store an event of no boutique, unless there is a flood of such events."""
    outcome: Outcome = "unknown_number"
    if isinstance(item, Aside) and not item.account:
        outcome = item.outcome
    welcome = await webhooks.limits.allow_stranger(item.provider)
    webhooks.strangers.note(item.provider, outcome, kept=welcome)
    if not welcome:
        return
    event = event_of(item)
    async with webhooks.services.database.system_connection() as conn:
        await webhook_events.store(
            conn, **(event | {"payload": kept(event["payload"])}), outcome=outcome
        )


# A merge of two customers and a turn may lock in opposite order; the one that PostgreSQL aborts
# is retried, for Twilio does not call twice.
@stamina.retry(on=DeadlockDetected, attempts=3, wait_initial=0.05, wait_jitter=0.05)
async def _record_message(webhooks: Webhooks, boutique: Boutique, item: InboundMessage) -> None:
    arrival = _arrival(item)
    if is_the_owners(boutique, item):
        await record_owner_message(webhooks, boutique, arrival)
        return
    sender = Sender(item.phone, item.wa_user_id, item.name)
    recorded = await inbox.record_if_known(
        webhooks.services.database.at_once(boutique.id),
        sender=sender,
        arrival=arrival,
        delay=_quiet_time(webhooks),
        pace=_pace(webhooks),
        waits=_is_rate_limited(arrival),
    )
    held = recorded.held
    if not recorded.known:
        held = await _record_of_unknown(webhooks, boutique, sender, arrival)
    if held:
        await _tell_of_flood(webhooks, boutique, sender)


async def _record_of_unknown(
    webhooks: Webhooks, boutique: Boutique, sender: Sender, arrival: Arrival
) -> bool:
    """Record a message of a new customer, or one that tells a new name; whether it must wait."""
    pace = _pace(webhooks)
    async with webhooks.services.database.tenant_connection(boutique.id) as conn:
        customer = await recognise(conn, boutique, sender, at=arrival.sent_at)
        conversation = await conversations.find_or_create(
            conn, customer_id=customer.id, provider=arrival.provider
        )
        partition = {"boutique_id": boutique.id, "conversation_id": conversation.id}
        names = _current_names(sender, customer)
        if not await inbox.record(
            conn, conversation_id=conversation.id, arrival=arrival, sender=names, pace=pace
        ):
            return False
        wait = await wait_of(
            conn, conversation_id=conversation.id, pace=pace, waits=_is_rate_limited(arrival)
        )
        if wait:
            await defer_paced_turn(conn, **partition, delay=wait)
        else:
            await defer_turn(conn, **partition, delay=_quiet_time(webhooks))
        return bool(wait)


def _pace(webhooks: Webhooks) -> Pace:
    limits = webhooks.services.settings.limits
    return Pace(limits.sender_per_minute, limits.boutique_per_minute)


def _is_rate_limited(arrival: Arrival) -> bool:
    """Whether the rate limit applies: not to a stop, which is law, and not to the owner."""
    return arrival.author == "customer" and not says_stop(arrival.body)


async def _tell_of_flood(webhooks: Webhooks, boutique: Boutique, sender: Sender) -> None:
    who = mask_phone(sender.phone or sender.wa_user_id or "")
    log.warning("inbound_held_back", boutique=boutique.slug, sender=who)
    if not webhooks.limits.may_be_news(boutique.id):
        return
    async with webhooks.services.database.tenant_connection(boutique.id) as conn:
        if await owner_notices.is_news(conn, about="inbound_flood", again_after=FLOOD_IS_NEWS):
            await queue_owner_note(conn, boutique, flood_note(who, language=boutique.language))


def _quiet_time(webhooks: Webhooks) -> timedelta | None:
    """The delay of a message's turn. None where a mind outside reads at once; its turn waits."""
    settings = webhooks.services.settings
    if settings.gemini.api_key is not None:
        return None
    quiet_time_s = settings.conversation.quiet_time_s
    return timedelta(seconds=quiet_time_s) if quiet_time_s else None


def _arrival(item: InboundMessage) -> Arrival:
    return Arrival(
        provider_id=item.event_key,
        provider=item.provider,
        author="staff" if item.by_staff else "customer",
        kind=item.kind,
        body=item.text,
        reply_to=item.reply_to,
        payload=item.payload(),
        raw=item.raw,
        sent_at=item.sent_at,
        changes=item.changes,
    )


# Two statuses of one message may come at once, while a worker stores that it was sent.
@stamina.retry(on=DeadlockDetected, attempts=3, wait_initial=0.05, wait_jitter=0.05)
async def _record_status(webhooks: Webhooks, boutique: Boutique, item: DeliveryStatus) -> None:
    """Apply a status to the message's row; only a failure is stored as an event as well."""
    if item.status == "failed":
        await _record_failure(webhooks, boutique, item)
        return
    at_once = webhooks.services.database.at_once(boutique.id)
    told = await _apply(at_once, item)
    if told is not None and automation_statuses.send_of(told.message.reference) is not None:
        async with webhooks.services.database.tenant_connection(boutique.id) as conn:
            await _note_of_automation(conn, told.message, item)
    if told is None:
        await _store(webhooks, boutique, item, outcome="ignored")
    elif told.message.campaign_recipient_id is not None:
        await _note_of_campaign(webhooks, boutique, told.message.campaign_recipient_id)
    elif told.was_unclear or _is_picture(told.message):
        await outbox.defer_behind(at_once, message_id=told.message.id)


def _is_picture(message: Message) -> bool:
    """Whether the messages behind it wait until it has arrived."""
    return message.media_path is not None and message.conversation_id is not None


async def _record_failure(webhooks: Webhooks, boutique: Boutique, item: DeliveryStatus) -> None:
    async with webhooks.services.database.tenant_connection(boutique.id) as conn:
        told = await _apply(conn, item)
        outcome = "handled" if told else "ignored"
        event = event_of(item) | {"boutique_id": boutique.id, "outcome": outcome}
        is_new = await webhook_events.store(conn, **event)
        if is_new and told is not None and told.message.campaign_recipient_id is None:
            await _note_failure(conn, boutique, item, told.message)
            if told.was_unclear:
                await outbox.defer_behind(conn, message_id=told.message.id)
            await _note_of_automation(conn, told.message, item)
    if told is not None and told.message.campaign_recipient_id is not None:
        await _note_of_campaign(webhooks, boutique, told.message.campaign_recipient_id)


async def _note_of_campaign(webhooks: Webhooks, boutique: Boutique, recipient_id: str) -> None:
    """In a transaction of its own: the status is kept, and who dies here is helped by the clock."""
    await note_statuses(webhooks.services, boutique_id=boutique.id, recipient_id=recipient_id)


async def _note_of_automation(conn: Connection, message: Message, item: DeliveryStatus) -> None:
    send_id = automation_statuses.send_of(message.reference)
    if send_id is not None:
        await note_told(
            conn,
            message_id=message.id,
            send_id=send_id,
            status=item.status,
            code=item.error_code,
        )


async def _apply(conn: Executes, item: DeliveryStatus) -> Told | None:
    told = await outbox.apply_status(
        conn,
        provider_id=item.provider_id,
        message_id=item.message_id,
        status=item.status,
        error_code=item.error_code,
    )
    if told is not None:
        with following_on(told.message.trace_id, about=told.message.reference):
            log.debug("delivery_status", message=told.message.id, status=item.status)
    return told


async def _note_failure(
    conn: Connection, boutique: Boutique, item: DeliveryStatus, message: Message
) -> None:
    with following_on(message.trace_id):
        log.warning(
            "message_not_delivered",
            boutique=boutique.slug,
            message=message.id,
            code=item.error_code,
        )
    note_unknown(item.error_code, provider=item.provider)
    partition = Partition(boutique.id, message.conversation_id, message.channel)
    told_by = f"{item.provider}_status"
    await refusals.note_failure(conn, partition, message, code=item.error_code, told_by=told_by)


async def _record_preference(webhooks: Webhooks, boutique: Boutique, item: Preference) -> None:
    async with webhooks.services.database.tenant_connection(boutique.id) as conn:
        event = event_of(item) | {"boutique_id": boutique.id, "outcome": "handled"}
        if await webhook_events.store(conn, **event) is None:
            return
        sender = Sender(item.phone, item.wa_user_id, None)
        customer = await recognise(conn, boutique, sender, at=item.told_at)
        await consents.record(
            conn,
            customer_id=customer.id,
            purpose="marketing",
            granted=item.granted,
            source=f"{item.provider}_preferences",
            words=item.words or None,
        )


def _current_names(sender: Sender, customer: Customer) -> Sender | None:
    """The names of the sender, if they are still the customer's."""
    current = sender.phone == customer.phone or sender.wa_user_id == customer.wa_user_id
    return sender if current else None


async def _record_nameless(webhooks: Webhooks, boutique: Boutique, item: NamelessMessage) -> None:
    """Pass the text to the owner, who may know the sender: there is no one to answer."""
    log.warning("message_without_a_sender", boutique=boutique.slug, provider=item.provider)
    async with webhooks.services.database.tenant_connection(boutique.id) as conn:
        event = event_of(item) | {"boutique_id": boutique.id, "outcome": "handled"}
        if await webhook_events.store(conn, **event) is not None:
            note = nameless_note(item.text, language=boutique.language)
            await queue_owner_note(conn, boutique, note)


async def _store(
    webhooks: Webhooks, boutique: Boutique, item: Inbound, *, outcome: Outcome
) -> None:
    async with webhooks.services.database.tenant_connection(boutique.id) as conn:
        event = event_of(item) | {"boutique_id": boutique.id, "outcome": outcome}
        if isinstance(item, Aside):
            event["payload"] = kept(event["payload"])
        await webhook_events.store(conn, **event)
