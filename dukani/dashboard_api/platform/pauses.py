"""The platform pauses a boutique or one of its channels, and lets it go on."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter
from pydantic import StringConstraints

from dukani.core.channels import WhatsAppProvider
from dukani.dashboard_api.bodies import Answer, Body
from dukani.dashboard_api.platform.access import APlatformAdminOf
from dukani.tools import platform_pausing

router = APIRouter(prefix="/platform/boutiques/{boutique_id}/pauses", tags=["platform"])

Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=500)]


class PauseShown(Answer):
    provider: WhatsAppProvider | None  # none: the whole boutique
    reason: str
    paused_at: datetime


class NewPause(Body):
    """`reason` is read by the owner, on her dashboard."""

    provider: WhatsAppProvider | None = None
    reason: Reason


class EndOfPause(Body):
    provider: WhatsAppProvider | None = None


@router.post("", status_code=204)
async def pause_boutique(admin: APlatformAdminOf, pause: NewPause) -> None:
    await platform_pausing.pause(admin.conn, provider=pause.provider, reason=pause.reason)


@router.post("/end", status_code=204)
async def resume_boutique(admin: APlatformAdminOf, end: EndOfPause) -> None:
    """The owner's own pause stays as it is."""
    await platform_pausing.resume(admin.conn, provider=end.provider)
