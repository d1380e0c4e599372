"""Orders to replay webhook events; a job works them off, and tells how far it has come."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import AwareDatetime, Field, model_validator

from dukani.core.errors import Conflict, NotFound
from dukani.core.jobs import defer_webhook_replay
from dukani.core.store import platform_acts, webhook_list, webhook_replays
from dukani.core.store.credentials import Provider
from dukani.core.store.webhook_events import Outcome
from dukani.core.store.webhook_list import WantedEvents
from dukani.core.store.webhook_replays import MOST
from dukani.dashboard_api.bodies import Answer, Body, PlainText
from dukani.dashboard_api.platform.access import APlatformAdmin, PlatformAdmin
from dukani.dashboard_api.platform.webhook_events import found_event

router = APIRouter(prefix="/platform", tags=["platform"])


class NothingToReplay(Conflict):
    """No event that fits waits to be handled."""


class ReplayedFilter(Body):
    """The events of a list, but for those that were handled; the newest 500 at most."""

    provider: Provider | None = None
    boutique_id: UUID | None = None
    nobodys: bool = False
    kind: Annotated[PlainText | None, Field(max_length=60)] = None
    outcome: Outcome | None = None
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None
    q: Annotated[PlainText, Field(max_length=300)] = ""


class AskedReplay(Body):
    """`event_id` names one event, whatever its outcome; `all_of` names a list. One of the two."""

    event_id: Annotated[int | None, Field(ge=1, le=2**63 - 1)] = None
    all_of: ReplayedFilter | None = None

    @model_validator(mode="after")
    def _names_one_of_them(self) -> AskedReplay:
        if (self.event_id is None) == (self.all_of is None):
            raise ValueError("event_id: name one event, or a list in all_of")
        return self


class WebhookReplay(Answer):
    """`done` of `events` have been replayed; the others wait."""

    id: UUID
    actor: str
    events: int
    done: int
    handled: int
    unchanged: int
    refused: int
    failed: int
    created_at: datetime


class WebhookReplays(Answer):
    items: list[WebhookReplay]


@router.post("/webhook-replays", status_code=201)
async def replay_webhook_events(admin: APlatformAdmin, body: AskedReplay) -> WebhookReplay:
    """Replay one event, or what a list holds: each through the reading and handling it came by."""
    event_ids = await _named(admin, body)
    replay_id = await webhook_replays.add(admin.conn, actor=admin.actor, event_ids=event_ids)
    await defer_webhook_replay(admin.conn, replay_id=replay_id)
    return await _found(admin, replay_id)


@router.get("/webhook-replays")
async def list_webhook_replays(admin: APlatformAdmin) -> WebhookReplays:
    """The latest twenty, the newest first."""
    found = await webhook_replays.latest(admin.conn, limit=20)
    return WebhookReplays(items=[WebhookReplay.model_validate(one) for one in found])


@router.get("/webhook-replays/{replay_id}")
async def get_webhook_replay(admin: APlatformAdmin, replay_id: UUID) -> WebhookReplay:
    return await _found(admin, str(replay_id))


async def _found(admin: PlatformAdmin, replay_id: str) -> WebhookReplay:
    found = await webhook_replays.get(admin.conn, replay_id=replay_id)
    if found is None:
        raise NotFound("There is no such replay.")
    return WebhookReplay.model_validate(found)


async def _named(admin: PlatformAdmin, body: AskedReplay) -> list[int]:
    """The events to replay, the oldest first. Raises NotFound or NothingToReplay."""
    if body.event_id is not None:
        one = await found_event(admin, body.event_id)
        await _note(admin, one.id, one.boutique_id)
        return [one.id]
    asked = (body.all_of or ReplayedFilter()).model_dump()
    search = asked.pop("q").strip()
    asked["boutique_id"] = str(asked["boutique_id"]) if asked["boutique_id"] else None
    wanted = WantedEvents(**asked, unhandled=True, search=search)
    found = await webhook_list.page(admin.conn, wanted, after=None, limit=MOST)
    if not found:
        raise NothingToReplay
    for event in found:
        if event.boutique_id is not None:  # of the others the order itself tells
            await _note(admin, event.id, event.boutique_id)
    return [event.id for event in reversed(found)]


async def _note(admin: PlatformAdmin, event_id: int, boutique_id: str | None) -> None:
    await platform_acts.write(
        admin.conn,
        actor=admin.actor,
        act="replay_webhook_event",
        subject=f"webhook_event:{event_id}",
        boutique_id=boutique_id,
    )
