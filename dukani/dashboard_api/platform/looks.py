"""A platform admin looks at a boutique's dashboard: read-only, for a reason, an hour at most."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from dukani.dashboard_api.bodies import Answer, Body
from dukani.dashboard_api.platform.access import APlatformAdminOf
from dukani.dashboard_api.platform.pauses import Reason
from dukani.tools import platform_looking

router = APIRouter(prefix="/platform/boutiques/{boutique_id}/looks", tags=["platform"])


class NewLook(Body):
    """`reason` is read by the owner, on her dashboard."""

    reason: Reason
    minutes: Annotated[int, Field(ge=5, le=60)] = 30


class LookBegun(Answer):
    id: UUID
    ends_at: datetime


@router.post("", status_code=201)
async def begin_look(admin: APlatformAdminOf, look: NewLook) -> LookBegun:
    """From now on the boutique's own API answers the admin's reads, and no writing call."""
    begun = await platform_looking.begin(
        admin.conn,
        boutique_id=admin.the_boutique.id,
        admin_id=admin.signed_in.user_id,
        reason=look.reason,
        minutes=look.minutes,
    )
    return LookBegun.model_validate(begun)


@router.delete("", status_code=204)
async def end_look(admin: APlatformAdminOf) -> None:
    """Leave; nothing happens where no look is open."""
    await platform_looking.end(admin.conn, admin_id=admin.signed_in.user_id)
