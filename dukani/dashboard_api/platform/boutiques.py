"""All boutiques of the installation."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from fastapi import APIRouter

from dukani.core.store import boutiques
from dukani.dashboard_api.bodies import Answer
from dukani.dashboard_api.platform.access import APlatformAdmin

router = APIRouter(prefix="/platform/boutiques", tags=["platform"])


class PlatformBoutique(Answer):
    id: UUID
    slug: str
    name: str
    active: bool
    paused_at: datetime | None


class PlatformBoutiques(Answer):
    items: list[PlatformBoutique]


@router.get("")
async def list_platform_boutiques(admin: APlatformAdmin) -> PlatformBoutiques:
    """By their names."""
    found = await boutiques.every(admin.conn)
    return PlatformBoutiques(items=[PlatformBoutique.model_validate(one) for one in found])
