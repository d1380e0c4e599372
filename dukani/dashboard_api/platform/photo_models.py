"""The boutiques whose pictures a new model is looking at, and how far it is."""

from __future__ import annotations

from fastapi import APIRouter

from dukani.core.store import photo_models
from dukani.dashboard_api.bodies import Answer
from dukani.dashboard_api.platform.access import APlatformAdmin

router = APIRouter(prefix="/platform", tags=["platform"])


class PlatformPhotoModel(Answer):
    boutique: str
    model: str
    pictures: int
    done: int
    unreadable: int


class PlatformPhotoModels(Answer):
    """None: every boutique is searched by its newest model."""

    items: list[PlatformPhotoModel]


@router.get("/photo-models")
async def list_platform_photo_models(admin: APlatformAdmin) -> PlatformPhotoModels:
    waiting = await photo_models.unfinished(admin.conn)
    return PlatformPhotoModels(items=[PlatformPhotoModel.model_validate(one) for one in waiting])
