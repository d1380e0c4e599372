"""All webhooks on one screen."""

from __future__ import annotations

from fastapi import APIRouter

from dukani.webhooks import daraja, media, meta, paylink, twilio

router = APIRouter()
for provider in (twilio, meta, daraja, paylink, media):
    router.include_router(provider.router)
