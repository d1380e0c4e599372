"""By which model customers' photos are searched, and how far the next one is; for owners."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from fastapi import APIRouter, Request

from dukani.agent.eye import Eye
from dukani.core.store import photo_models
from dukani.core.store.photo_models import OwnModel
from dukani.dashboard_api.access import AnOwner
from dukani.dashboard_api.bodies import Answer
from dukani.tools.embedding import clip_of

router = APIRouter(prefix="/boutiques/{boutique_id}", tags=["photo models"])


class ComingModel(Answer):
    """A model that is looking at the shop's pictures; `begun_at`: none, it begins in minutes.

    It has `done` of `pictures`; `unreadable` ones cannot be opened and are not waited for.
    """

    model: str
    pictures: int
    done: int
    unreadable: int
    begun_at: datetime | None


class PhotoModels(Answer):
    """By which model photos are searched now. `since`: none, from the beginning.

    `local` is the eye that every installation has; `clip` also finds pictures for words.
    """

    model: str
    kind: Literal["local", "clip"]
    since: datetime | None
    pictures: int
    coming: ComingModel | None


@router.get("/models")
async def get_photo_models(owner: AnOwner, request: Request) -> PhotoModels:
    eye: Eye = request.app.state.eye
    clip = clip_of(eye)
    model = clip.networks.model if clip else eye.model
    found = await photo_models.own(owner.conn, model=model)
    if clip and found.ready_at:
        return PhotoModels(
            model=model, kind="clip", since=found.ready_at, pictures=found.pictures, coming=None
        )
    return PhotoModels(
        model=eye.model,
        kind="local",
        since=None,
        pictures=found.pictures,
        coming=_coming(model, found) if clip and found.pictures else None,
    )


def _coming(model: str, found: OwnModel) -> ComingModel:
    return ComingModel(
        model=model,
        pictures=found.pictures,
        done=found.done,
        unreadable=found.unreadable,
        begun_at=found.begun_at,
    )
