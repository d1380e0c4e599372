"""The router of all webhooks."""

from __future__ import annotations

from fastapi import APIRouter

from dukani.webhooks import (
    daraja,
    exports,
    media,
    meta,
    paylink,
    sms_africastalking,
    sms_twilio,
    twilio,
)

router = APIRouter()
for provider in (
    twilio,
    meta,
    sms_twilio,
    sms_africastalking,
    daraja,
    paylink,
    media,
    exports,
):
    router.include_router(provider.router)
