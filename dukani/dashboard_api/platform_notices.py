"""What the platform tells a boutique: why it is paused, and who looked at its dashboard."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from fastapi import APIRouter

from dukani.core.channels import WhatsAppProvider
from dukani.core.store import platform_looks, platform_pauses
from dukani.dashboard_api.access import AMember, AnOwner
from dukani.dashboard_api.bodies import Answer

router = APIRouter(prefix="/boutiques/{boutique_id}/platform-notices", tags=["platform notices"])

SHOWN_FOR = timedelta(days=30)
MOST = 50


class PlatformPause(Answer):
    provider: WhatsAppProvider | None  # none: the whole boutique
    reason: str
    paused_at: datetime


class PlatformPauses(Answer):
    items: list[PlatformPause]


class PlatformLook(Answer):
    """`ended_at`: none while it is open; `ends_at` is the end at the latest."""

    id: UUID
    reason: str
    began_at: datetime
    ends_at: datetime
    ended_at: datetime | None
    pages: list[str]  # kinds of pages, in the order they were looked at


class PlatformLooks(Answer):
    items: list[PlatformLook]


@router.get("/pauses")
async def list_platform_pauses(member: AMember) -> PlatformPauses:
    """Those in force; the owner's own pause is none of them."""
    found = await platform_pauses.open_ones(member.conn)
    return PlatformPauses(items=[PlatformPause.model_validate(one) for one in found])


@router.get("/looks")
async def list_platform_looks(owner: AnOwner) -> PlatformLooks:
    """Of the last month, the newest first."""
    found = await platform_looks.newest(owner.conn, since=SHOWN_FOR, limit=MOST)
    return PlatformLooks(items=[PlatformLook.model_validate(one) for one in found])
