"""What the providers' webhooks told, of every boutique and of none."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from pydantic import AwareDatetime, Field

from dukani.core.errors import NotFound
from dukani.core.store import platform_acts, webhook_events, webhook_list, webhook_replays
from dukani.core.store.credentials import Provider
from dukani.core.store.webhook_events import Outcome, WebhookEvent
from dukani.core.store.webhook_list import WantedEvents
from dukani.core.store.webhook_replays import ReplayResult
from dukani.dashboard_api.bodies import Answer, Body, PlainText
from dukani.dashboard_api.pages import AskedPage, Page
from dukani.dashboard_api.platform.access import APlatformAdmin, PlatformAdmin
from dukani.dashboard_api.platform.masking import masked_payload

router = APIRouter(prefix="/platform", tags=["platform"])


class PlatformWebhookEvent(Answer):
    """`boutique_id` is none while it is nobody's; `replays` is how often it was replayed."""

    id: int
    boutique_id: UUID | None
    boutique: str | None
    provider: str
    event_key: str
    kind: str
    outcome: Outcome
    created_at: datetime
    replays: int


class WebhookEventReplay(Answer):
    replay_id: UUID
    actor: str
    result: ReplayResult
    reason: str
    outcome_before: str | None
    outcome_after: str | None
    replayed_at: datetime


class ReadWebhookEvent(PlatformWebhookEvent):
    """`payload` has phones, names, places and secrets masked."""

    payload: dict[str, Any]
    history: list[WebhookEventReplay]


class WebhookEventKinds(Answer):
    items: list[str]


class Reveal(Body):
    reason: Annotated[PlainText, Field(min_length=5, max_length=300)]


class RevealedPayload(Answer):
    payload: dict[str, Any]


def wanted_events(
    provider: Provider | None = None,
    boutique_id: UUID | None = None,
    nobodys: bool = False,
    kind: Annotated[PlainText | None, Query(max_length=60)] = None,
    outcome: Outcome | None = None,
    unhandled: bool = False,
    since: AwareDatetime | None = None,
    until: AwareDatetime | None = None,
    q: Annotated[
        PlainText, Query(max_length=300, description="the beginning of the provider's id")
    ] = "",
) -> WantedEvents:
    return WantedEvents(
        provider=provider,
        boutique_id=str(boutique_id) if boutique_id else None,
        nobodys=nobodys,
        kind=kind or None,
        outcome=outcome,
        unhandled=unhandled,
        since=since,
        until=until,
        search=q.strip(),
    )


TheWantedEvents = Annotated[WantedEvents, Depends(wanted_events)]


@router.get("/webhook-events")
async def list_webhook_events(
    admin: APlatformAdmin, asked: AskedPage, wanted: TheWantedEvents
) -> Page[PlatformWebhookEvent]:
    """The newest first."""
    rows = await webhook_list.page(
        admin.conn, wanted, after=asked.after(datetime), limit=asked.limit + 1
    )
    return asked.page(rows, lambda row: row.key, PlatformWebhookEvent.model_validate)


@router.get("/webhook-event-kinds")
async def list_webhook_event_kinds(admin: APlatformAdmin) -> WebhookEventKinds:
    return WebhookEventKinds(items=await webhook_list.kinds(admin.conn))


@router.get("/webhook-events/{event_id}")
async def read_webhook_event(admin: APlatformAdmin, event_id: int) -> ReadWebhookEvent:
    """One event, with what was sent and how its replays went."""
    found = await found_event(admin, event_id)
    listed = await webhook_list.get(admin.conn, event_id=event_id)
    history = await webhook_replays.of_event(admin.conn, event_id=event_id)
    return ReadWebhookEvent(
        **PlatformWebhookEvent.model_validate(listed).model_dump(),
        payload=masked_payload(found.payload),
        history=[WebhookEventReplay.model_validate(one) for one in history],
    )


@router.post("/webhook-events/{event_id}/reveal")
async def reveal_webhook_event(
    admin: APlatformAdmin, event_id: int, body: Reveal
) -> RevealedPayload:
    """The payload as it came. Who looked at it and why is kept, in the boutique's audit log too."""
    found = await found_event(admin, event_id)
    await platform_acts.write(
        admin.conn,
        actor=admin.actor,
        act="reveal_webhook_event",
        subject=f"webhook_event:{found.id}",
        boutique_id=found.boutique_id,
        details={"reason": body.reason},
    )
    return RevealedPayload(payload=found.payload)


async def found_event(admin: PlatformAdmin, event_id: int) -> WebhookEvent:
    """Raises NotFound."""
    found = await webhook_events.get(admin.conn, event_id=min(event_id, 2**63 - 1))
    if found is None:
        raise NotFound("There is no such event: it may have been deleted by its age.")
    return found
