"""Alerts the shop's people while the app is closed: pushes to their devices, a note to the owner.

An event of a kind that alerts defers `send_alerts` in its own transaction. The job may run again:
each device has a row for each event, and a message that arrives twice replaces itself.
"""

from __future__ import annotations

import asyncio
import json

import structlog

from dukani.agent.wording.alerts import AlertText, Told, alert_text, trial_text
from dukani.core.clients.web_push import GONE, MAX_BYTES, WebPush, are_keys, build_web_push
from dukani.core.database import Connection
from dukani.core.errors import ConfigurationError, InvalidValue, ProviderError, ProviderRefused
from dukani.core.services import Services
from dukani.core.store import alerts as store
from dukani.core.store import boutiques, owner_notices, push_subscriptions
from dukani.core.store.alerts import Alerting
from dukani.core.store.push_subscriptions import Device, NewSubscription, Subscription
from dukani.domain.alerts import ALERT_OF, AlertKind
from dukani.tools.messaging import queue_owner_note

log = structlog.get_logger()

AT_ONCE = 8  # pushes of one event on their way together
# What waits for a person now wakes the phone; stock can wait till it is looked at.
URGENT: frozenset[AlertKind] = frozenset({"new_order", "person_wanted", "payment_review"})
_PAGE = {
    "order": "/orders",
    "conversation": "/chats",
    "product": "/pieces",
    "template": "/templates",
}
_ABOUT: dict[AlertKind, str] = {
    "new_order": "order",
    "payment_review": "order",
    "person_wanted": "conversation",
    "low_stock": "product",
    "template_news": "template",
}
# Of the other kinds a turn has queued the owner's note already.
_NOTED_HERE: frozenset[AlertKind] = frozenset({"low_stock", "template_news"})


async def send_alerts(
    services: Services, *, boutique_id: str, event_id: int, subject_id: str
) -> None:
    """Alert everybody who wants to hear of the event, but whoever did it.

    Raises ProviderError when some device could not be reached now: its job is tried again later.
    """
    async with services.database.tenant_connection(boutique_id) as conn:
        alerting = await store.event(conn, event_id=event_id, subject_id=subject_id)
        if alerting is None:
            return
        kind = ALERT_OF[alerting.kind]
        await _note_to_owner(conn, boutique_id, kind, alerting)
        devices = await store.to_push(conn, event_id=event_id, subject_id=subject_id, kind=kind)
    push = build_web_push(services.http, services.settings.push)
    if push is None or not devices:
        return
    slots = asyncio.Semaphore(AT_ONCE)

    async def send(to: Subscription) -> ProviderError | None:
        async with slots:
            return await _push(services, push, boutique_id, kind, alerting, to)

    failed = [error for error in await asyncio.gather(*map(send, devices)) if error is not None]
    if failed:
        raise failed[0]


async def _push(
    services: Services,
    push: WebPush,
    boutique_id: str,
    kind: AlertKind,
    alerting: Alerting,
    to: Subscription,
) -> ProviderError | None:
    """The error, if another try may help."""
    text = alert_text(kind, _told(alerting), language=to.language)
    about = _ABOUT[kind]
    message = _message(
        text,
        tag=f"{kind}:{alerting.subject_id}" if about == "product" else str(alerting.event_id),
        path=f"{_PAGE[about]}?id={alerting.subject_id}",
        boutique_id=boutique_id,
    )
    try:
        await push.send(to, message, topic=f"e{alerting.event_id}", urgent=kind in URGENT)
    except ProviderRefused as error:
        await _refused(services, boutique_id, to, error)
        return None
    except ProviderError as error:
        return error
    async with services.database.tenant_connection(boutique_id) as conn:
        await store.mark_pushed(conn, event_id=alerting.event_id, subscription_id=to.id)
    return None


async def _refused(
    services: Services, boutique_id: str, to: Subscription, error: ProviderRefused
) -> None:
    """Forget a device that is gone; what is refused otherwise would be refused again."""
    if error.code != GONE:
        log.error("push_refused", boutique=boutique_id, device=to.id, reason=str(error))
        return
    async with services.database.tenant_connection(boutique_id) as conn:
        await push_subscriptions.remove_gone(conn, subscription_id=to.id, endpoint=to.endpoint)


async def _note_to_owner(
    conn: Connection, boutique_id: str, kind: AlertKind, alerting: Alerting
) -> None:
    """A note on WhatsApp, of the kinds that no turn notes."""
    boutique = await boutiques.get(conn, boutique_id=boutique_id)
    if boutique is None or kind not in _NOTED_HERE or kind in boutique.owner_muted:
        return
    if boutique.owner_phone is None or (alerting.actor or "").startswith("owner:"):
        return
    if await owner_notices.first_time(conn, about=f"alert:{alerting.event_id}"):
        text = alert_text(kind, _told(alerting), language=boutique.language)
        await queue_owner_note(conn, boutique, f"{text.title}: {text.body}", alert=kind)


def _told(alerting: Alerting) -> Told:
    return Told(
        boutique=alerting.boutique,
        payload=alerting.payload,
        customer_name=alerting.customer_name,
        piece=alerting.piece,
        colour=alerting.colour,
        size=alerting.size,
    )


def _message(text: AlertText, *, tag: str, path: str, boutique_id: str) -> bytes:
    """What the service worker of the dashboard reads."""
    told = {"title": text.title, "body": text.body, "tag": tag, "path": path,
            "boutique_id": boutique_id}  # fmt: skip
    message = json.dumps(told, ensure_ascii=False).encode()
    assert len(message) <= MAX_BYTES, "names are cut by the wording"
    return message


async def add_device(
    services: Services, conn: Connection, new: NewSubscription, *, user_id: str
) -> Device:
    """Raises InvalidValue for an address or keys that are no browser's, ConfigurationError."""
    if not push_of(services).reaches(new.endpoint):
        raise InvalidValue(
            field="endpoint",
            remedy="Send the endpoint as the browser names it, at a known push service.",
        )
    if not are_keys(new.p256dh, new.auth):
        raise InvalidValue(field="keys", remedy="Send both keys as the browser names them.")
    return await push_subscriptions.put(conn, new, user_id=user_id)


async def try_device(services: Services, to: Subscription, *, boutique_id: str) -> None:
    """Push a trial message. Raises ProviderError, ConfigurationError."""
    text = trial_text(to.language)
    message = _message(text, tag="trial", path="/settings?part=alerts", boutique_id=boutique_id)
    await push_of(services).send(to, message, topic="trial", urgent=True)


def push_of(services: Services) -> WebPush:
    push = build_web_push(services.http, services.settings.push)
    if push is None:
        raise ConfigurationError("DUKANI_PUSH__PRIVATE_KEY is not set: nobody can be alerted")
    return push
