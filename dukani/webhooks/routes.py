"""The router of all webhooks."""

from __future__ import annotations

from fastapi import APIRouter

from dukani.webhooks import daraja, exports, media, meta, paylink, twilio

router = APIRouter()
for provider in (twilio, meta, daraja, paylink, media, exports):
    router.include_router(provider.router)
