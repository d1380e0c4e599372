"""Replays stored webhook events: the same reading and handling as when they came.

A replay of a handled event changes nothing. An event that could not be read or matched is handled
once it can be. Every result is kept, so a job that dies goes on behind the last one.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from dukani.core.clients.callback_readers import READERS
from dukani.core.errors import DukaniError, UnreadableWebhook
from dukani.core.jobs import defer_webhook_replay
from dukani.core.observability.masking import mask_text
from dukani.core.services import Services
from dukani.core.store import boutiques, credentials, webhook_events, webhook_replays
from dukani.core.store.webhook_events import PAYMENT, WebhookEvent
from dukani.core.store.webhook_replays import ReplayResult
from dukani.core.transient_errors import is_transient
from dukani.webhooks.dependencies import Webhooks
from dukani.webhooks.directory import Directory, InboundNumber, SharedNumber
from dukani.webhooks.inbound import Inbound, TemplateNews
from dukani.webhooks.limits import Limits
from dukani.webhooks.proofs import is_proven
from dukani.webhooks.reading_again import is_idle, items_of
from dukani.webhooks.record import record
from dukani.webhooks.replaying_payments import replay_payment
from dukani.webhooks.template_news import record_template_news

log = structlog.get_logger()

# A job is cancelled after four minutes: the rest of an order is another job's.
AT_WORK_S = 120.0


@dataclass(frozen=True, slots=True)
class Replayed:
    result: ReplayResult
    reason: str = ""


async def replay_webhooks(services: Services, *, replay_id: str) -> None:
    """Replay the events of an order, one after another, the oldest first."""
    async with services.database.system_connection() as conn:
        event_ids = await webhook_replays.waiting(conn, replay_id=replay_id)
    webhooks = Webhooks(services, Directory(services), Limits())
    until = time.monotonic() + AT_WORK_S
    for event_id in event_ids:
        if time.monotonic() > until:
            async with services.database.system_connection() as conn:
                await defer_webhook_replay(conn, replay_id=replay_id)
            return
        await _replay_and_note(webhooks, replay_id, event_id)


async def _replay_and_note(webhooks: Webhooks, replay_id: str, event_id: int) -> None:
    database = webhooks.services.database
    async with database.system_connection() as conn:
        event = await webhook_events.get(conn, event_id=event_id)
    replayed = Replayed("gone") if event is None else await _replay_or_say_why_not(webhooks, event)
    async with database.system_connection() as conn:
        after = await webhook_events.get(conn, event_id=event_id)
        await webhook_replays.note(
            conn,
            replay_id=replay_id,
            event_id=event_id,
            result=replayed.result,
            reason=replayed.reason,
            before=event.outcome if event else None,
            after=after.outcome if after else None,
        )


async def _replay_or_say_why_not(webhooks: Webhooks, event: WebhookEvent) -> Replayed:
    try:
        return await _replay(webhooks, event)
    except UnreadableWebhook as error:
        return Replayed("unchanged", f"unreadable: {error}")
    except DukaniError as error:  # a provider that does not answer, a key that is missing
        log.warning("webhook_not_replayed", event_id=event.id, reason=str(error))
        return Replayed("failed", mask_text(str(error))[:300])
    except Exception as error:  # one event that breaks the code must not keep the others waiting
        if is_transient(error):
            raise
        log.exception("webhook_not_replayed", event_id=event.id)
        return Replayed("failed", type(error).__name__)


async def _replay(webhooks: Webhooks, event: WebhookEvent) -> Replayed:
    if event.outcome == "handled":
        return Replayed("unchanged", "handled_before")
    if event.kind == PAYMENT or event.provider in READERS:
        outcome = await replay_payment(webhooks.services, event)
        return _by_outcome(outcome, event)
    items = items_of(event)
    if len(items) == 1:
        return await _replay_item(webhooks, event, items[0])
    return await _replay_batch(webhooks, event, items)


async def _replay_batch(
    webhooks: Webhooks, event: WebhookEvent, items: Sequence[Inbound]
) -> Replayed:
    """A body of several events that was kept as one: each has an event of its own now."""
    handled = False
    for item in items:
        number = await _number_of(webhooks, event, item)
        if number is None or is_idle(item) or not is_proven(event, number.credentials):
            continue
        await record(webhooks, number, item)
        handled = True
    if not handled:
        return Replayed("unchanged", f"still_{event.outcome}")
    async with webhooks.services.database.system_connection() as conn:
        await webhook_events.set_outcome(conn, event_id=event.id, outcome="handled")
    return Replayed("handled")


def _by_outcome(outcome: str, event: WebhookEvent) -> Replayed:
    if outcome == "handled":
        return Replayed("handled")
    return Replayed("unchanged", outcome if outcome != event.outcome else f"still_{outcome}")


async def _replay_item(webhooks: Webhooks, event: WebhookEvent, item: Inbound) -> Replayed:
    if isinstance(item, TemplateNews):
        if not is_proven(event, None):
            return Replayed("refused", "not_verified")
        await record_template_news(webhooks, item)
        return await _settle(webhooks, event, item)
    if is_idle(item):
        return Replayed("unchanged", f"still_{event.outcome}")
    number = await _number_of(webhooks, event, item)
    if number is None:
        return Replayed("unchanged", "still_unknown_number")
    if not is_proven(event, number.credentials):
        return Replayed("refused", "not_verified")
    await _make_way(webhooks, event, item)
    await record(webhooks, number, item)
    return await _settle(webhooks, event, item)


async def _number_of(
    webhooks: Webhooks, event: WebhookEvent, item: Inbound
) -> InboundNumber | SharedNumber | None:
    """Whose the item's number is; of an event that has its boutique, that boutique's or nobody's.

    A name that sends SMS may be several boutiques', and a number another's by now.
    """
    number = await webhooks.directory.find(item.provider, item.account)
    if event.boutique_id is None or isinstance(number, SharedNumber):
        return number
    services = webhooks.services
    async with services.database.system_connection() as conn:
        boutique = await boutiques.get(conn, boutique_id=event.boutique_id)
        keys = await credentials.get(
            conn, boutique_id=event.boutique_id, provider=item.provider, box=services.secrets
        )
    if boutique is None or not boutique.active or keys is None or keys.account != item.account:
        return None
    return InboundNumber(boutique, keys)


async def _make_way(webhooks: Webhooks, event: WebhookEvent, item: Inbound) -> None:
    """Free the event's key: an event whose key is stored is recorded no second time."""
    if event.event_key == item.event_key:
        async with webhooks.services.database.system_connection() as conn:
            await webhook_events.step_aside(conn, event_id=event.id)


async def _settle(webhooks: Webhooks, event: WebhookEvent, item: Inbound) -> Replayed:
    """What was recorded, told by the event itself: it takes the place of the second recording.

    Of a delivery status that fitted, nothing is stored but the message's new status.
    """
    async with webhooks.services.database.system_connection() as conn:
        outcome = await webhook_events.replaced(
            conn, event=event, provider=item.provider, event_key=item.event_key
        )
        if outcome is None:
            await webhook_events.step_back(conn, event_id=event.id)
            if isinstance(item, TemplateNews):
                return Replayed("unchanged", "still_unknown_number")
            await webhook_events.set_outcome(conn, event_id=event.id, outcome="handled")
    return _by_outcome(outcome or "handled", event)
